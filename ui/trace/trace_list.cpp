#include "ui/trace/trace_list.h"

#include "ui/marks.h"
#include "ui/tabular.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace weir {
namespace {

constexpr int inset = 14; // of the first column's text
constexpr int gap = 10;   // between columns

// The next event that one led to is looked for in this many records.
constexpr std::uint64_t effectReach = 500'000;

// Titles stand where the texts below them do.
class TraceHeader final : public QHeaderView {
  public:
    TraceHeader(const ThemeSource& themes, QWidget* parent) : QHeaderView(Qt::Horizontal, parent), m_themes(themes) {
        connect(&m_themes, &ThemeSource::changed, viewport(), qOverload<>(&QWidget::update));
    }

  protected:
    void paintSection(QPainter* painter, const QRect& area, int section) const override {
        const Theme& theme = m_themes.theme();
        painter->fillRect(area, theme.surface);
        painter->fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.line);
        painter->setFont(theme.font(TextRole::Label));
        painter->setPen(theme.muted);
        const QRect words = area.adjusted(visualIndex(section) == 0 ? inset : gap / 2, 0, -gap / 2, 0);
        painter->drawText(
            words, Qt::AlignVCenter | Qt::AlignLeft,
            painter->fontMetrics().elidedText(model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString(),
                                              Qt::ElideRight, words.width()));
    }

  private:
    const ThemeSource& m_themes;
};

int toInt(std::uint64_t number) {
    return static_cast<int>(std::min<std::uint64_t>(number, std::numeric_limits<int>::max()));
}

} // namespace

TraceList::TraceList(TraceRows& rows, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QAbstractScrollArea(parent), m_rows(rows), m_selection(selection), m_themes(themes),
      m_model(new TraceModel(rows, this)), m_header(new TraceHeader(themes, this)) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Trace"));

    m_header->setModel(m_model);
    m_header->setSectionsMovable(true);
    m_header->setStretchLastSection(true);
    m_header->setHighlightSections(false);
    m_header->setMinimumSectionSize(40);
    m_header->setFocusPolicy(Qt::NoFocus);
    constexpr std::array<int, traceColumnCount> widths{102, 102, 152, 76, 90, 138, 58, 66, 40};
    for (int column = 0; column < traceColumnCount; ++column)
        m_header->resizeSection(column, widths[static_cast<std::size_t>(column)]);
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        placeHeader();
        viewport()->update();
    });
    connect(m_header, &QHeaderView::sectionMoved, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        // By hand; the slider's position is the one that will hold.
        scrolled(verticalScrollBar()->sliderPosition());
    });
    for (const auto changed : {&TraceModel::rowsInserted, &TraceModel::rowsRemoved})
        connect(m_model, changed, viewport(), qOverload<>(&QWidget::update));
    connect(m_model, &TraceModel::modelReset, viewport(), qOverload<>(&QWidget::update));
    connect(&m_selection, &Selection::changed, this, &TraceList::showSelection);
    connect(&m_themes, &ThemeSource::changed, viewport(), qOverload<>(&QWidget::update));
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
    const RecordReader& reader = m_rows.reader();
    if (index < reader.first() || index >= reader.end())
        return;
    const Record& record = reader.at(index);
    m_choosing = true;
    m_selection.selectRecord(index, record.ordinal, NodeRef::of(reader.catalogue(), record.place), record.type);
    m_choosing = false;
    m_shownRecord = index;
    setFollowing(false);
    if (m_rows.isRow(index))
        reveal(m_rows.rowsBefore(index));
    viewport()->update();
    tellCurrent();
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
    const RecordReader& reader = m_rows.reader();
    const TraceRow row = RecordText(reader.catalogue(), m_rows.messages()).row(*index, reader.at(*index));
    QStringList words;
    for (const QString& text : row.texts)
        if (!text.isEmpty())
            words << text;
    setAccessibleDescription(words.join(QStringLiteral(", ")));
}

void TraceList::chooseRow(std::uint64_t row) {
    if (row < m_rows.count())
        choose(m_rows.indexOf(row));
}

void TraceList::move(std::int64_t rows) {
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
    chooseRow(static_cast<std::uint64_t>(std::clamp<std::int64_t>(from, 0, last)));
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
    if (event->button() == Qt::LeftButton)
        if (const auto index = recordAt(event->position().toPoint()))
            choose(*index);
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
        cell = m_model->index(shown, static_cast<int>(TraceColumn::kind));
        at = QPoint(inset, m_offset + (shown + 1) * rowHeight);
    }
    if (!cell.isValid())
        return;
    const TraceRow row = m_model->row(cell.row());
    if (event->reason() == QContextMenuEvent::Mouse)
        choose(row.index);
    const QString term = RecordText(m_rows.reader().catalogue(), m_rows.messages())
                             .filterTerm(row, static_cast<TraceColumn>(cell.column()));
    Q_EMIT menuWanted(viewport()->mapToGlobal(at), row.index, term);
}

void TraceList::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    switch (event->key()) {
    case Qt::Key_Up:
        move(-1);
        return;
    case Qt::Key_Down:
        move(1);
        return;
    case Qt::Key_PageUp:
        move(-rowsPerPage());
        return;
    case Qt::Key_PageDown:
        move(rowsPerPage());
        return;
    case Qt::Key_Home:
        chooseRow(0);
        return;
    case Qt::Key_End:
        if (m_rows.count() > 0)
            chooseRow(m_rows.count() - 1);
        setFollowing(true);
        return;
    case Qt::Key_Left:
        if (!control)
            break;
        showCause();
        return;
    case Qt::Key_Right:
        if (!control)
            break;
        showEffect();
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
        placeHeader();
    }
    QAbstractScrollArea::changeEvent(event);
}

// --- drawing ---

void TraceList::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme.surface);
    for (int i = 0; i < m_model->rowCount(); ++i)
        paintRow(painter, m_model->row(i), m_offset + i * rowHeight);
}

void TraceList::paintRow(QPainter& painter, const TraceRow& row, int y) const {
    const Theme& theme = m_themes.theme();
    const QRect area(0, y, viewport()->width(), rowHeight);
    const bool selected = row.index == current();
    if (selected)
        painter.fillRect(area, theme.selection);
    // The other records of the selected message.
    else if (row.record.ordinal > 0 && row.record.ordinal == m_selection.message())
        painter.fillRect(area, theme.raised);
    if (selected && hasFocus())
        painter.fillRect(QRect(0, y, 2, rowHeight), theme.accent);
    for (int visual = 0; visual < traceColumnCount; ++visual) {
        const int column = m_header->logicalIndex(visual);
        if (static_cast<TraceColumn>(column) == TraceColumn::detail && !row.record.type.valid())
            continue; // stands in the place of the event type
        const int left = m_header->sectionViewportPosition(column);
        int width = m_header->sectionSize(column);
        if (left >= area.width() || left + width <= 0)
            continue;
        const int from = left + (visual == 0 ? inset : gap / 2);
        // A fact about no event is told in the place of the event type, as far as there is room.
        if (static_cast<TraceColumn>(column) == TraceColumn::eventType && !row.record.type.valid())
            for (int next = visual + 1; next < traceColumnCount; ++next) {
                const int beside = m_header->logicalIndex(next);
                if (!row.texts[static_cast<std::size_t>(beside)].isEmpty())
                    break;
                width += m_header->sectionSize(beside);
            }
        paintCell(painter, row, static_cast<TraceColumn>(column),
                  QRect(from, y, left + width - gap / 2 - from, rowHeight));
    }
}

void TraceList::paintCell(QPainter& painter, const TraceRow& row, TraceColumn column, const QRect& cell) const {
    const Theme& theme = m_themes.theme();
    QString text = row.text(column);
    QRect area = cell;
    painter.setPen(theme.text);
    painter.setFont(theme.font(column == TraceColumn::time ? TextRole::Mono : TextRole::Body));
    switch (column) {
    case TraceColumn::time:
    case TraceColumn::detail:
        painter.setPen(theme.muted);
        break;
    case TraceColumn::kind:
        painter.setPen(theme.textColour(RecordText::kindTone(row.record.kind)));
        break;
    case TraceColumn::eventType:
        if (row.record.type.valid()) {
            painter.setRenderHint(QPainter::Antialiasing);
            drawMark(painter, theme.mark(row.record.type.value), QPointF(area.left() + 5, area.center().y() + 0.5), 4);
            painter.setRenderHint(QPainter::Antialiasing, false);
        }
        area.setLeft(area.left() + 15);
        if (!row.record.type.valid()) {
            text = row.text(TraceColumn::detail);
            painter.setPen(theme.muted);
        }
        break;
    case TraceColumn::attempt:
        if (row.record.attempt > 1)
            painter.setPen(theme.warnText);
        break;
    case TraceColumn::latency:
        if (text.isEmpty() && row.record.type.valid()) {
            painter.setPen(theme.faint);
            text = QStringLiteral("–");
        }
        break;
    case TraceColumn::event:
    case TraceColumn::channel:
    case TraceColumn::service:
        break;
    }
    const auto aligned = Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine;
    if (column == TraceColumn::latency || column == TraceColumn::attempt)
        drawTabular(painter, area, Qt::AlignLeft, text);
    else
        painter.drawText(area, aligned, painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
}

} // namespace weir
