#include "ui/trace/trace_list.h"

#include "ui/trace/trace_access.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace weir {
namespace {

// The next event that one led to is looked for in this many records.
constexpr std::uint64_t effectReach = 500'000;

int toInt(std::uint64_t number) {
    return static_cast<int>(std::min<std::uint64_t>(number, std::numeric_limits<int>::max()));
}

} // namespace

TraceList::TraceList(TraceRows& rows, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QAbstractScrollArea(parent), m_rows(rows), m_selection(selection), m_themes(themes),
      m_model(new TraceModel(rows, this)), m_header(new TraceHeader(themes, this)) {
    installTraceAccess(); // before anybody is told of it
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Trace"));

    m_header->setModel(m_model);
    m_header->resetArrangement();
    for (const auto changed : {&QHeaderView::sectionResized, &QHeaderView::sectionMoved})
        connect(m_header, changed, this, [this] {
            placeHeader();
            viewport()->update();
            Q_EMIT arranged();
        });
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        // By hand; the slider's position is the one that will hold.
        scrolled(verticalScrollBar()->sliderPosition());
    });
    for (const auto changed : {&TraceModel::rowsInserted, &TraceModel::rowsRemoved})
        connect(m_model, changed, viewport(), qOverload<>(&QWidget::update));
    connect(m_model, &TraceModel::modelReset, viewport(), qOverload<>(&QWidget::update));
    connect(&m_selection, &Selection::changed, this, &TraceList::showSelection);
    connect(&m_themes, &ThemeSource::changed, this, [this] {
        m_texts.clear();
        viewport()->update();
    });
    placeHeader();
}

int TraceList::rowsPerPage() const {
    return std::max(1, viewport()->height() / rowHeight);
}

std::uint64_t TraceList::lastTop() const {
    const auto page = static_cast<std::uint64_t>(rowsPerPage());
    return m_rows.count() - std::min(m_rows.count(), page);
}

void TraceList::refresh() {
    const std::uint64_t top = m_following ? lastTop() : std::min(m_rows.rowsBefore(m_anchor), lastTop());
    QScrollBar* const bar = verticalScrollBar();
    const QSignalBlocker quiet(bar);
    bar->setRange(0, toInt(lastTop()));
    bar->setPageStep(rowsPerPage());
    scrollTo(top);
}

void TraceList::rebuild() {
    m_model->rebuild();
    refresh();
    viewport()->update();
}

void TraceList::setLook(const TraceLook& look) {
    const int before = m_model->columnCount();
    m_model->setLook(look);
    for (int column = before; column < m_model->columnCount(); ++column)
        m_header->resizeSection(column, TraceHeader::widthOf(column));
    placeHeader();
    refresh();
    viewport()->update();
}

void TraceList::setFollowing(bool following) {
    if (following == m_following)
        return;
    m_following = following;
    if (following)
        refresh();
    else if (m_top < m_rows.count())
        m_anchor = m_rows.indexOf(m_top);
    Q_EMIT followingChanged(following);
}

// Shows the rows from `top` on. Does not decide about following.
void TraceList::scrollTo(std::uint64_t top) {
    m_top = top;
    {
        const QSignalBlocker quiet(verticalScrollBar());
        verticalScrollBar()->setValue(toInt(top));
    }
    const int rest = viewport()->height() - rowsPerPage() * rowHeight;
    const bool cut = rest > 0 && top > 0 && top == lastTop();
    m_first = cut ? top - 1 : top;
    m_offset = cut ? rest - rowHeight : 0;
    m_model->show(m_first, rowsPerPage() + 1);
}

// The user scrolled: away from the end stands still, to the end follows.
void TraceList::scrolled(int value) {
    const auto top = std::min(static_cast<std::uint64_t>(std::max(value, 0)), lastTop());
    if (top < m_rows.count())
        m_anchor = m_rows.indexOf(top);
    const bool atEnd = top >= lastTop();
    if (atEnd != m_following && (atEnd || lastTop() > 0)) {
        m_following = atEnd;
        Q_EMIT followingChanged(atEnd);
    }
    scrollTo(top);
}

void TraceList::scrollContentsBy(int dx, int) {
    if (dx != 0) {
        m_header->setOffset(horizontalScrollBar()->value());
        viewport()->update();
    }
}

void TraceList::wheelEvent(QWheelEvent* event) {
    if (event->angleDelta().y() == 0) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    // Three rows a notch; the rest of finer wheels is kept for the next event.
    m_wheel += event->angleDelta().y() * 3;
    const int rows = m_wheel / 120;
    m_wheel -= rows * 120;
    if (rows != 0)
        scrolled(toInt(m_top) - rows);
    event->accept();
}

void TraceList::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    placeHeader();
    refresh();
}

void TraceList::placeHeader() {
    const int height = m_header->sizeHint().height();
    setViewportMargins(0, height, 0, 0);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(area.left(), area.top() - height, area.width(), height);
    const int beyond = std::max(0, m_header->length() - area.width());
    horizontalScrollBar()->setRange(0, beyond);
    horizontalScrollBar()->setPageStep(area.width());
    m_header->setOffset(horizontalScrollBar()->value());
}

// --- what is pointed at ---

int TraceList::rowAt(int y) const {
    const int row = (y - m_offset) / rowHeight;
    return y >= 0 && row < m_model->rowCount() ? row : -1;
}

QModelIndex TraceList::cellAt(QPoint point) const {
    const int row = rowAt(point.y());
    const int column = m_header->logicalIndexAt(point.x());
    return row >= 0 && column >= 0 ? m_model->index(row, column) : QModelIndex();
}

std::optional<std::uint64_t> TraceList::recordAt(QPoint point) const {
    const int row = rowAt(point.y());
    return row >= 0 ? std::optional(m_model->row(row).index) : std::nullopt;
}

void TraceList::choose(std::uint64_t index) {
    choose(index, Marking::alone);
}

void TraceList::choose(std::uint64_t index, Marking marking) {
    const RecordReader& reader = m_rows.reader();
    if (index < reader.first() || index >= reader.end())
        return;
    const Record& record = reader.at(index);
    m_choosing = true;
    m_selection.selectRecord(index, record.ordinal, NodeRef::of(reader.catalogue(), record.place), record.type);
    m_choosing = false;
    m_shownRecord = index;
    mark(index, marking);
    setFollowing(false);
    if (m_rows.isRow(index))
        reveal(m_rows.rowsBefore(index));
    viewport()->update();
    tellCurrent();
}

void TraceList::mark(std::uint64_t index, Marking marking) {
    switch (marking) {
    case Marking::alone:
        m_marked.clear();
        m_marked.add({index, index});
        m_pivot = index;
        break;
    case Marking::upTo:
        m_marked.clear();
        m_marked.add({std::min(index, m_pivot), std::max(index, m_pivot)});
        break;
    case Marking::toggle:
        if (m_marked.contains(index))
            m_marked.remove(index);
        else
            m_marked.add({index, index});
        m_pivot = index;
        break;
    }
    Q_EMIT markedChanged();
}

bool TraceList::isMarked(std::uint64_t index) const {
    return m_marked.contains(index) && m_rows.isRow(index);
}

std::uint64_t TraceList::markedCount() const {
    std::uint64_t count = 0;
    for (const IndexRanges::Range& range : m_marked.ranges())
        count += m_rows.rowsBefore(range.last + 1) - m_rows.rowsBefore(range.first);
    return count;
}

std::vector<std::uint64_t> TraceList::marked(std::size_t max) const {
    std::vector<std::uint64_t> rows;
    for (const IndexRanges::Range& range : m_marked.ranges())
        for (std::uint64_t row = m_rows.rowsBefore(range.first);
             row < m_rows.rowsBefore(range.last + 1) && rows.size() < max; ++row)
            rows.push_back(row);
    return rows;
}

QRect TraceList::rowArea(int row) const {
    return {0, m_offset + row * rowHeight, viewport()->width(), rowHeight};
}

int TraceList::currentInSight() const {
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->row(row).index == current())
            return row;
    return -1;
}

void TraceList::reveal(std::uint64_t row) {
    const auto page = static_cast<std::uint64_t>(rowsPerPage());
    std::uint64_t top = m_top;
    if (row < top)
        top = row;
    else if (row >= top + page)
        top = row - page + 1;
    top = std::min(top, lastTop());
    if (top < m_rows.count())
        m_anchor = m_rows.indexOf(top);
    scrollTo(top);
}

// Selected in another view: into the middle of sight, and still.
void TraceList::showSelection() {
    viewport()->update();
    if (m_choosing || m_selection.record() == m_shownRecord)
        return;
    m_shownRecord = m_selection.record();
    m_marked.clear();
    if (m_shownRecord)
        mark(*m_shownRecord, Marking::alone);
    if (!m_shownRecord || !m_rows.isRow(*m_shownRecord))
        return;
    setFollowing(false);
    const std::uint64_t row = m_rows.rowsBefore(*m_shownRecord);
    const auto page = static_cast<std::uint64_t>(rowsPerPage());
    if (row < m_top || row >= m_top + page) {
        const std::uint64_t top = std::min(row - std::min(row, page / 2), lastTop());
        m_anchor = m_rows.indexOf(top);
        scrollTo(top);
    }
    tellCurrent();
}

void TraceList::tellCurrent() {
    const auto index = current();
    if (!index || !m_rows.isRow(*index))
        return;
    setAccessibleDescription(rowWords(m_model->made(m_rows.rowsBefore(*index)), *m_header));
    const int place = currentInSight();
    if (place < 0 || !hasFocus())
        return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(place);
    QAccessible::updateAccessibility(&event);
}

void TraceList::chooseRow(std::uint64_t row, Marking marking) {
    if (row < m_rows.count())
        choose(m_rows.indexOf(row), marking);
}

void TraceList::move(std::int64_t rows, Marking marking) {
    if (m_rows.count() == 0)
        return;
    const auto last = static_cast<std::int64_t>(m_rows.count() - 1);
    const auto index = current();
    // Without a current row the first step takes the last row in sight.
    std::int64_t from =
        static_cast<std::int64_t>(std::min(m_top + static_cast<std::uint64_t>(rowsPerPage()) - 1, m_rows.count() - 1));
    if (index) {
        from = static_cast<std::int64_t>(m_rows.rowsBefore(*index)) + rows;
        if (!m_rows.isRow(*index) && rows > 0)
            --from; // the row before which it would be is one step already
    }
    chooseRow(static_cast<std::uint64_t>(std::clamp<std::int64_t>(from, 0, last)), marking);
}

void TraceList::showCause() {
    const Ordinal message = m_selection.message();
    const auto published = m_rows.reader().published(message);
    if (message == 0 || !published || published->value <= 0)
        return;
    if (const auto cause = m_rows.reader().publishedIndex(static_cast<Ordinal>(published->value)))
        choose(*cause);
}

void TraceList::showEffect() {
    const Ordinal message = m_selection.message();
    const RecordReader& reader = m_rows.reader();
    const auto begin = message == 0 ? std::nullopt : reader.publishedIndex(message);
    if (!begin)
        return;
    const std::uint64_t end = std::min(reader.end(), *begin + effectReach);
    for (std::uint64_t index = *begin; index < end;) {
        for (const Record& record : reader.from(index)) {
            if (record.kind == RecordKind::published && record.value == static_cast<std::int64_t>(message)) {
                choose(index);
                return;
            }
            if (++index == end)
                return;
        }
    }
}

// --- input ---

void TraceList::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto index = recordAt(event->position().toPoint()))
        choose(*index, event->modifiers().testFlag(Qt::ShiftModifier)     ? Marking::upTo
                       : event->modifiers().testFlag(Qt::ControlModifier) ? Marking::toggle
                                                                          : Marking::alone);
}

void TraceList::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto index = recordAt(event->position().toPoint()))
        Q_EMIT playheadWanted(*index + 1);
}

void TraceList::contextMenuEvent(QContextMenuEvent* event) {
    QPoint at = event->pos(); // of the viewport; the keyboard knows no place
    QModelIndex cell = cellAt(at);
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const auto index = current();
        if (!index || !m_rows.isRow(*index))
            return;
        const std::uint64_t row = m_rows.rowsBefore(*index);
        reveal(row);
        const int shown = static_cast<int>(row - m_first);
        const std::vector<int> columns = m_header->shownColumns();
        const auto kind = std::find(columns.begin(), columns.end(), static_cast<int>(TraceColumn::kind));
        cell = m_model->index(shown, kind == columns.end() ? columns.front() : *kind);
        at = QPoint(TraceHeader::inset, m_offset + (shown + 1) * rowHeight);
    }
    if (!cell.isValid())
        return;
    const std::uint64_t index = m_model->row(cell.row()).index;
    const std::uint64_t row = m_first + static_cast<std::uint64_t>(cell.row());
    if (event->reason() == QContextMenuEvent::Mouse && !isMarked(index))
        choose(index);
    Q_EMIT menuWanted(viewport()->mapToGlobal(at), row, cell.column());
}

bool TraceList::event(QEvent* event) {
    // The window has keys of the same name, which do something else there.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::AltModifier &&
            ((key->key() == Qt::Key_Left && m_back) || (key->key() == Qt::Key_Right && m_forward)))
            event->accept();
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll))
            event->accept();
    }
    return QAbstractScrollArea::event(event);
}

void TraceList::markAll() {
    if (m_rows.count() == 0)
        return;
    m_marked.clear();
    m_marked.add({m_rows.indexOf(0), m_rows.indexOf(m_rows.count() - 1)});
    viewport()->update();
    Q_EMIT markedChanged();
}

void TraceList::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    const Marking marking = event->modifiers().testFlag(Qt::ShiftModifier) ? Marking::upTo : Marking::alone;
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyWanted();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        markAll();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Up:
        move(-1, marking);
        return;
    case Qt::Key_Down:
        move(1, marking);
        return;
    case Qt::Key_PageUp:
        move(-rowsPerPage(), marking);
        return;
    case Qt::Key_PageDown:
        move(rowsPerPage(), marking);
        return;
    case Qt::Key_Home:
        chooseRow(0, marking);
        return;
    case Qt::Key_End:
        if (m_rows.count() > 0)
            chooseRow(m_rows.count() - 1, marking);
        setFollowing(true);
        return;
    case Qt::Key_Left:
        if (alt)
            Q_EMIT filterHistoryWanted(true);
        else if (control)
            showCause();
        else
            break;
        return;
    case Qt::Key_Right:
        if (alt)
            Q_EMIT filterHistoryWanted(false);
        else if (control)
            showEffect();
        else
            break;
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto index = current(); index && m_rows.isRow(*index))
            Q_EMIT playheadWanted(*index + 1);
        return;
    default:
        break;
    }
    event->ignore();
}

bool TraceList::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const QModelIndex cell = cellAt(help->pos());
        QToolTip::showText(help->globalPos(), cell.data(Qt::ToolTipRole).toString(), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TraceList::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Trace"));
        rebuild();
    } else if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        m_texts.clear();
        placeHeader();
    }
    QAbstractScrollArea::changeEvent(event);
}

} // namespace weir
