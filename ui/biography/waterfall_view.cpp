#include "ui/biography/waterfall_view.h"

#include "ui/biography/segment_look.h"
#include "ui/format.h"
#include "ui/marks.h"
#include "ui/tabular.h"
#include "ui/trace/record_text.h"
#include "ui/widgets/spoken_role.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {
constexpr int indent = 12;
constexpr int valueWidth = 64;
constexpr int barHeight = 8;
} // namespace

WaterfallView::WaterfallView(const ThemeSource& themes, QWidget* parent)
    : QAbstractScrollArea(parent), m_themes(themes),
      m_eventName([](Ordinal ordinal) { return QStringLiteral("#%1").arg(ordinal); }) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setSpokenRole(*this, QAccessible::Chart);
    verticalScrollBar()->setSingleStep(rowHeight);
    setAccessibleName(tr("Waterfall"));
    connect(&m_themes, &ThemeSource::changed, viewport(), qOverload<>(&QWidget::update));
}

void WaterfallView::setStory(std::shared_ptr<const Story> story, std::shared_ptr<const Catalogue> catalogue) {
    const bool other = !m_story || !story || m_story->graph.nodes.empty() || story->graph.nodes.empty() ||
                       m_story->graph.nodes.front().ordinal != story->graph.nodes.front().ordinal;
    m_story = std::move(story);
    m_catalogue = std::move(catalogue);
    if (other) { // another conversation
        m_from = 0;
        m_to = 1;
    }
    if (m_story && m_current.first != m_story->message)
        m_current = {m_story->message, {}};
    rebuild();
    if (const auto row = current(); other && row)
        reveal(*row);
    Q_EMIT storyChanged();
}

void WaterfallView::setFolded(bool folded) {
    m_folded = folded;
    rebuild();
    Q_EMIT storyChanged();
}

void WaterfallView::setCriticalShown(bool shown) {
    m_criticalShown = shown;
    viewport()->update();
}

void WaterfallView::setRange(double from, double to) {
    const double width = std::clamp(to - from, 1e-4, 1.0);
    m_from = std::clamp(from, 0.0, 1 - width);
    m_to = m_from + width;
    viewport()->update();
    Q_EMIT rangeChanged();
}

void WaterfallView::rebuild() {
    m_rows.clear();
    m_lit.clear();
    std::vector<SimTime> instants;
    std::vector<FoldedTime::Stretch> work;
    if (m_story) {
        m_rows = waterfallRows(m_story->spans, m_closed);
        m_lit.resize(m_story->spans.size());
        for (const CriticalStretch& stretch : m_story->critical)
            m_lit[stretch.span] = std::pair(stretch.begin, stretch.end);
        instants = m_story->instants;
        for (const Span& span : m_story->spans)
            if (isWork(span.kind))
                work.emplace_back(span.begin, span.end);
    }
    m_time = FoldedTime(std::move(instants), work, m_folded);
    layOut();
    viewport()->update();
}

void WaterfallView::layOut() {
    const int page = std::max(0, viewport()->height() - rulerHeight);
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_rows.size()) * rowHeight - page));
}

int WaterfallView::labelWidth() const {
    return std::clamp(viewport()->width() * 36 / 100, 110, 300);
}

QRectF WaterfallView::barArea() const {
    const int left = labelWidth() + 8;
    return QRectF(left, rulerHeight, std::max(20, viewport()->width() - left - valueWidth - 8),
                  std::max(0, viewport()->height() - rulerHeight));
}

qreal WaterfallView::xAt(SimTime time) const {
    const QRectF area = barArea();
    return area.left() + (m_time.at(time) - m_from) / (m_to - m_from) * area.width();
}

QRect WaterfallView::rowRect(std::size_t row) const {
    return {0, rulerHeight + static_cast<int>(row) * rowHeight - verticalScrollBar()->value(), viewport()->width(),
            rowHeight};
}

QPoint WaterfallView::handleOf(std::size_t row) const {
    return {8 + static_cast<int>(std::min<std::uint32_t>(m_rows[row].depth, 12)) * indent, rowRect(row).center().y()};
}

QRectF WaterfallView::barOf(std::size_t row, std::size_t segment) const {
    const Span& span = m_story->spans[m_rows[row].segments[segment]];
    const qreal left = xAt(span.begin);
    // The shortest can still be seen.
    return {left, rowRect(row).center().y() + 1 - barHeight / 2.0, std::max(3.0, xAt(span.end) - left), barHeight};
}

std::optional<std::size_t> WaterfallView::rowAt(QPoint point) const {
    if (point.y() < rulerHeight)
        return std::nullopt;
    const int row = (point.y() - rulerHeight + verticalScrollBar()->value()) / rowHeight;
    return row >= 0 && static_cast<std::size_t>(row) < m_rows.size() ? std::optional(static_cast<std::size_t>(row))
                                                                     : std::nullopt;
}

std::optional<std::size_t> WaterfallView::current() const {
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].key == m_current)
            return i;
    return std::nullopt;
}

void WaterfallView::reveal(std::size_t row) {
    const int top = static_cast<int>(row) * rowHeight;
    QScrollBar& bar = *verticalScrollBar();
    if (top < bar.value())
        bar.setValue(top);
    else if (top + rowHeight > bar.value() + bar.pageStep())
        bar.setValue(top + rowHeight - bar.pageStep());
}

void WaterfallView::toggle(std::size_t row) {
    if (!m_rows[row].opens)
        return;
    const RowKey key = m_rows[row].key;
    if (!m_closed.erase(key))
        m_closed.insert(key);
    rebuild();
}

QString WaterfallView::label(const WaterfallRow& row) const {
    const RecordText text(*m_catalogue, nullptr);
    if (row.isCopy()) {
        const QString channel = text.channel(row.place);
        const QString service =
            row.place.service.valid() ? toQt(m_catalogue->services()[row.place.service.index()].name) : QString();
        return service.isEmpty() ? channel : channel + QStringLiteral(" → ") + service;
    }
    const auto type = m_story->types.find(row.key.first);
    return type == m_story->types.end() ? tr("no longer kept")
                                        : toQt(m_catalogue->eventTypes()[type->second.index()].name);
}

QString WaterfallView::segmentWords(const WaterfallRow& row, const Span& span) const {
    const RecordText text(*m_catalogue, nullptr);
    QStringList lines{label(row) + QStringLiteral(" · ") + segmentName(span.kind) + QLatin1Char(' ') +
                      durationText(span.end - span.begin) + (span.open ? QStringLiteral(" …") : QString())};
    lines << segmentMeaning(span.kind);
    if (isWork(span.kind))
        lines << (span.attempt > 1 ? tr("%1, attempt %2").arg(text.service(span.place)).arg(span.attempt)
                                   : text.service(span.place));
    if (!span.open) {
        QString ending = RecordText::kind(span.ending);
        if (span.reason.valid())
            ending += QStringLiteral(" (") + toQt(m_catalogue->reasons()[span.reason.index()].name) + QLatin1Char(')');
        lines << tr("ended by %1").arg(ending);
    }
    lines << tr("from %1 to %2").arg(RecordText::exactTime(span.begin), RecordText::exactTime(span.end));
    return lines.join(QLatin1Char('\n'));
}

QString WaterfallView::wordsAt(QPoint point) const {
    if (!m_story || !m_catalogue)
        return {};
    for (const FoldedTime::Fold& fold : m_time.folds())
        if (point.y() < rulerHeight && point.x() >= xAt(fold.begin) && point.x() <= xAt(fold.end))
            return tr("%1 in which nothing begins or ends, folded").arg(durationText(fold.end - fold.begin));
    const auto index = rowAt(point);
    if (!index)
        return {};
    const WaterfallRow& row = m_rows[*index];
    for (std::size_t i = row.segments.size(); i-- > 0;) // those that began last are on top
        if (barOf(*index, i).adjusted(-2, -6, 2, 6).contains(point))
            return segmentWords(row, m_story->spans[row.segments[i]]);
    QString words = label(row);
    if (!row.isCopy())
        words += QLatin1Char('\n') + m_eventName(row.key.first);
    if (row.message != Span::noParent)
        words +=
            QLatin1Char('\n') + tr("published at %1").arg(RecordText::exactTime(m_story->spans[row.message].begin));
    return words;
}

// --- painting ---

void WaterfallView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const Theme& theme = m_themes.theme();
    painter.fillRect(viewport()->rect(), theme.surface);
    if (!m_story || !m_catalogue || m_rows.empty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const auto first = static_cast<std::size_t>(verticalScrollBar()->value() / rowHeight);
    const std::size_t count = static_cast<std::size_t>(viewport()->height() / rowHeight) + 2;
    for (std::size_t i = first; i < std::min(m_rows.size(), first + count); ++i)
        paintRow(painter, i, rowRect(i));
    paintRuler(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

void WaterfallView::paintRuler(QPainter& painter) const {
    const Theme& theme = m_themes.theme();
    const QRectF area = barArea();
    painter.fillRect(QRectF(0, 0, viewport()->width(), rulerHeight), theme.surface);
    painter.setFont(theme.font(TextRole::Tiny));
    const QFontMetricsF metrics(painter.font());
    // Folds: a zigzag through all rows, and what it leaves out.
    const int rowsEnd = std::min(viewport()->height(), rowRect(m_rows.size()).top());
    std::vector<std::pair<qreal, qreal>> taken;
    for (const FoldedTime::Fold& fold : m_time.folds()) {
        const qreal left = xAt(fold.begin);
        const qreal right = xAt(fold.end);
        if (right < area.left() || left > area.right())
            continue;
        const qreal middle = (left + right) / 2;
        painter.setPen(QPen(theme.edge, 1));
        QPolygonF zigzag;
        for (int i = 0; i * 4 < rowsEnd - rulerHeight + 4; ++i)
            zigzag << QPointF(middle + (i % 2 == 0 ? -2 : 2), rulerHeight + i * 4);
        painter.drawPolyline(zigzag);
        const QString text = durationText(fold.end - fold.begin);
        const qreal width = tabularWidth(painter.font(), text);
        const qreal x = std::clamp(middle - width / 2, area.left(), area.right() - width);
        if (!taken.empty() && x < taken.back().second + 4)
            continue;
        painter.setPen(theme.warnText);
        drawTabular(painter, QRectF(x, 0, width + 1, rulerHeight), Qt::AlignLeft, text);
        taken.emplace_back(x, x + width);
    }
    painter.setPen(theme.muted);
    const int steps = std::max(1, static_cast<int>(area.width() / 110));
    for (int i = 0; i <= steps; ++i) {
        const double at = m_from + (m_to - m_from) * i / steps;
        const QString text = QLatin1Char('+') + durationText(m_time.time(at) - m_time.begin());
        const qreal width = tabularWidth(painter.font(), text);
        const qreal centre = area.left() + area.width() * i / steps;
        const qreal x = std::clamp(centre - width / 2, area.left(), area.right() - width + valueWidth);
        const bool free = std::none_of(taken.begin(), taken.end(), [&](const auto& other) {
            return x < other.second + 6 && x + width > other.first - 6;
        });
        if (free)
            drawTabular(painter, QRectF(x, 0, width + 1, rulerHeight), Qt::AlignLeft, text);
    }
    painter.fillRect(QRectF(0, rulerHeight - 1, viewport()->width(), 1), theme.line);
}

void WaterfallView::paintRow(QPainter& painter, std::size_t index, const QRect& rect) const {
    const Theme& theme = m_themes.theme();
    const WaterfallRow& row = m_rows[index];
    if (row.key == m_current)
        painter.fillRect(rect, theme.selection);
    else if (row.key.first == m_story->message)
        painter.fillRect(rect, theme.raised);
    const QPoint handle = handleOf(index);
    if (row.opens) {
        painter.setPen(QPen(theme.muted, 1.4));
        const QPolygonF chevron = row.closed ? QPolygonF{{handle.x() - 1.5, handle.y() - 3.5},
                                                         {handle.x() + 2.0, handle.y() + 0.0},
                                                         {handle.x() - 1.5, handle.y() + 3.5}}
                                             : QPolygonF{{handle.x() - 3.5, handle.y() - 1.5},
                                                         {handle.x() + 0.0, handle.y() + 2.0},
                                                         {handle.x() + 3.5, handle.y() - 1.5}};
        painter.drawPolyline(chevron);
    }
    int x = handle.x() + 10;
    if (!row.isCopy()) {
        if (const auto type = m_story->types.find(row.key.first); type != m_story->types.end()) {
            drawMark(painter, theme.mark(type->second.value), QPointF(x + 4, rect.center().y() + 0.5), 4.2);
            x += 14;
        }
    }
    painter.setFont(theme.font(row.isCopy() ? TextRole::Label : TextRole::Body));
    painter.setPen(row.isCopy() ? theme.muted : theme.text);
    QString text = label(row);
    if (row.closed)
        text += QStringLiteral("  +") + countText(static_cast<std::int64_t>(row.hidden));
    const QRect room(x, rect.top(), std::max(0, labelWidth() - x), rowHeight);
    painter.drawText(room, Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
    paintBars(painter, index);
}

void WaterfallView::paintBars(QPainter& painter, std::size_t index) const {
    const Theme& theme = m_themes.theme();
    const WaterfallRow& row = m_rows[index];
    const QRectF area = barArea();
    const QRect rect = rowRect(index);
    painter.save();
    painter.setClipRect(QRectF(area.left(), rect.top(), area.width(), rowHeight));
    if (!row.isCopy() && row.message != Span::noParent) {
        const Span& span = m_story->spans[row.message];
        painter.fillRect(QRectF(xAt(span.begin), rect.center().y(), std::max(1.0, xAt(span.end) - xAt(span.begin)), 1),
                         theme.edge);
        painter.fillRect(QRectF(xAt(span.begin), rect.center().y() - 4, 1.5, 9), theme.muted);
    }
    painter.setFont(theme.font(TextRole::Tiny));
    Duration whole{};
    bool open = false;
    for (std::size_t i = 0; i < row.segments.size(); ++i) {
        const Span& span = m_story->spans[row.segments[i]];
        whole = std::max(whole, span.end - m_story->spans[row.segments.front()].begin);
        open = open || span.open;
        const QRectF bar = barOf(index, i);
        const bool moment = span.begin == span.end && !isWork(span.kind); // it did not have to wait
        if (moment || bar.right() < area.left() || bar.left() > area.right())
            continue;
        paintSegment(painter, bar, {.kind = span.kind, .tone = segmentTone(span, span.open), .open = span.open}, theme);
        if (isWork(span.kind) && span.attempt > 1 && bar.width() > 14) {
            painter.setPen(theme.onAccent);
            painter.drawText(bar, Qt::AlignCenter, QString::number(span.attempt));
        }
        if (const auto& lit = m_lit[row.segments[i]]; lit && m_criticalShown)
            painter.fillRect(
                QRectF(xAt(lit->first), bar.bottom() + 2, std::max(3.0, xAt(lit->second) - xAt(lit->first)), 2),
                theme.text);
    }
    painter.restore();
    if (row.segments.empty())
        return;
    painter.setFont(theme.font(TextRole::Label));
    painter.setPen(theme.text);
    drawTabular(painter, QRectF(viewport()->width() - valueWidth - 6, rect.top(), valueWidth, rowHeight),
                Qt::AlignRight, durationText(whole) + (open ? QStringLiteral(" …") : QString()));
}

// --- input ---

void WaterfallView::resizeEvent(QResizeEvent*) {
    layOut();
}

void WaterfallView::scrollContentsBy(int, int) {
    viewport()->update();
}

void WaterfallView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    const QRectF area = barArea();
    const double anchor = std::clamp((event->position().x() - area.left()) / area.width(), 0.0, 1.0);
    const double factor = std::pow(0.8, event->angleDelta().y() / 120.0);
    const double width = std::min(1.0, (m_to - m_from) * factor);
    const double fixed = m_from + (m_to - m_from) * anchor;
    setRange(fixed - width * anchor, fixed - width * anchor + width);
    event->accept();
}

void WaterfallView::mousePressEvent(QMouseEvent* event) {
    const auto row = rowAt(event->pos());
    if (event->button() != Qt::LeftButton || !row)
        return;
    if (m_rows[*row].opens && std::abs(event->pos().x() - handleOf(*row).x()) < 9)
        toggle(*row);
    else
        moveTo(*row);
}

void WaterfallView::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto index = rowAt(event->pos());
    if (!index || event->button() != Qt::LeftButton)
        return;
    const WaterfallRow& row = m_rows[*index];
    for (std::size_t i = row.segments.size(); i-- > 0;)
        if (barOf(*index, i).adjusted(-2, -6, 2, 6).contains(event->pos())) {
            Q_EMIT timeWanted(m_story->spans[row.segments[i]].begin);
            return;
        }
    toggle(*index);
}

void WaterfallView::moveTo(std::size_t row) {
    m_current = m_rows[row].key;
    reveal(row);
    const WaterfallRow& here = m_rows[row];
    QStringList words{label(here)};
    for (const std::size_t segment : here.segments) {
        const Span& span = m_story->spans[segment];
        words << segmentName(span.kind) + QLatin1Char(' ') + durationText(span.end - span.begin);
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    viewport()->update();
    const Ordinal message = here.key.first;
    if (!m_story || message != m_story->message)
        Q_EMIT messageChosen(message); // may bring another story
}

void WaterfallView::keyPressEvent(QKeyEvent* event) {
    const std::size_t row = current().value_or(0);
    if (m_rows.empty()) {
        event->ignore();
        return;
    }
    const std::size_t last = m_rows.size() - 1;
    const auto page = static_cast<std::size_t>(std::max(1, verticalScrollBar()->pageStep() / rowHeight - 1));
    switch (event->key()) {
    case Qt::Key_Up:
        moveTo(row > 0 ? row - 1 : 0);
        return;
    case Qt::Key_Down:
        moveTo(std::min(last, row + 1));
        return;
    case Qt::Key_PageUp:
        moveTo(row > page ? row - page : 0);
        return;
    case Qt::Key_PageDown:
        moveTo(std::min(last, row + page));
        return;
    case Qt::Key_Home:
        moveTo(0);
        return;
    case Qt::Key_End:
        moveTo(last);
        return;
    case Qt::Key_Left:
        if (m_rows[row].opens && !m_rows[row].closed)
            toggle(row);
        return;
    case Qt::Key_Right:
        if (m_rows[row].closed)
            toggle(row);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_rows[row].segments.empty())
            Q_EMIT timeWanted(m_story->spans[m_rows[row].segments.front()].begin);
        return;
    case Qt::Key_Escape:
        setRange(0, 1);
        return;
    default:
        event->ignore();
    }
}

bool WaterfallView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), wordsAt(help->pos()), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void WaterfallView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Waterfall"));
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

} // namespace weir
