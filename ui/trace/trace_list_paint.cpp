// How the trace's rows are drawn.
#include "ui/marks.h"
#include "ui/trace/trace_list.h"

#include <QPainter>

namespace weir {

void TraceList::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme.surface);
    const std::vector<int> columns = m_header->shownColumns();
    for (int i = 0; i < m_model->rowCount(); ++i)
        paintRow(painter, m_model->row(i), m_offset + i * rowHeight, columns);
}

void TraceList::paintRow(QPainter& painter, const TraceRow& row, int y, const std::vector<int>& columns) {
    const Theme& theme = m_themes.theme();
    const QRect area(0, y, viewport()->width(), rowHeight);
    const bool selected = row.index == current();
    if (selected || isMarked(row.index))
        painter.fillRect(area, theme.selection);
    else if (row.tone != Tone::Neutral)
        painter.fillRect(area, theme.tint(row.tone));
    // The other records of the selected message.
    else if (row.record.ordinal > 0 && row.record.ordinal == m_selection.message())
        painter.fillRect(area, theme.raised);
    if (selected && hasFocus())
        painter.fillRect(QRect(0, y, 2, rowHeight), theme.accent);
    const bool aboutEvent = row.record.type.valid();
    constexpr int typeColumn = static_cast<int>(TraceColumn::eventType);
    const bool typeShown = !m_header->isSectionHidden(typeColumn);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int column = columns[i];
        if (column == static_cast<int>(TraceColumn::detail) && !aboutEvent && typeShown)
            continue; // stands in the place of the event type
        const int left = m_header->sectionViewportPosition(column);
        int width = m_header->sectionSize(column);
        if (left >= area.width() || left + width <= 0)
            continue;
        const int from = left + (i == 0 ? TraceHeader::inset : TraceHeader::gap / 2);
        // A fact about no event is told in the place of the event type, as far as there is room.
        if (column == typeColumn && !aboutEvent)
            for (std::size_t next = i + 1; next < columns.size(); ++next) {
                const bool detail = columns[next] == static_cast<int>(TraceColumn::detail);
                if (!detail && !row.text(columns[next]).isEmpty())
                    break;
                width += m_header->sectionSize(columns[next]);
            }
        paintCell(painter, row, column, QRect(from, y, left + width - TraceHeader::gap / 2 - from, rowHeight));
    }
}

void TraceList::paintCell(QPainter& painter, const TraceRow& row, int place, const QRect& cell) {
    const auto column = static_cast<TraceColumn>(place);
    const Theme& theme = m_themes.theme();
    QString text = row.text(place);
    QRect area = cell;
    painter.setPen(theme.text);
    if (!TraceCells::isOwn(place)) {
        painter.setFont(theme.font(TextRole::Body));
        m_texts.drawTabular(painter, theme, TextRole::Body, area,
                            painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
        return;
    }
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
    if (column == TraceColumn::latency || column == TraceColumn::attempt)
        m_texts.drawTabular(painter, theme, TextRole::Body, area, text);
    else
        m_texts.draw(painter, theme, column == TraceColumn::time ? TextRole::Mono : TextRole::Body, area, text);
}

} // namespace weir
