#include "ui/details/segment_bars.h"

#include "ui/biography/segment_look.h"
#include "ui/format.h"
#include "ui/tabular.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace weir {

SegmentBars::SegmentBars(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void SegmentBars::setSegments(std::vector<LifeSegment> segments, SimTime begin) {
    if (segments == m_segments && begin == m_begin)
        return;
    const bool resized = segments.size() != m_segments.size();
    m_segments = std::move(segments);
    m_begin = begin;
    QStringList words;
    for (const LifeSegment& segment : m_segments)
        words << segment.label + QLatin1Char(' ') + durationText(segment.end - segment.begin);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    if (resized)
        updateGeometry();
    update();
}

QSize SegmentBars::sizeHint() const {
    const std::size_t rows = m_segments.size() > rowsMax ? rowsMax + 1 : m_segments.size();
    return {240, static_cast<int>(rows) * rowHeight};
}

void SegmentBars::paintEvent(QPaintEvent*) {
    if (m_segments.empty())
        return;
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    SimTime end = m_begin + 1ns;
    for (const LifeSegment& segment : m_segments)
        end = std::max(end, segment.end);
    const int labelWidth = std::min(150, width() * 45 / 100);
    constexpr int valueWidth = 62;
    const QRectF scale(labelWidth + 8, 0, std::max(20, width() - labelWidth - 8 - valueWidth), rowHeight);
    const double total = seconds(end - m_begin);
    int y = 0;
    painter.setFont(theme.font(TextRole::Label));
    for (std::size_t i = 0; i < std::min(m_segments.size(), rowsMax); ++i, y += rowHeight) {
        const LifeSegment& segment = m_segments[i];
        painter.setPen(segment.tone == Tone::Neutral ? theme.muted : theme.textColour(segment.tone));
        const QRect label(0, y, labelWidth, rowHeight);
        painter.drawText(label, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(segment.label, Qt::ElideMiddle, labelWidth));
        const double from = seconds(segment.begin - m_begin) / total;
        const double to = seconds(segment.end - m_begin) / total;
        QRectF bar(scale.left() + from * scale.width(), y + rowHeight / 2.0 - 4, (to - from) * scale.width(), 8);
        bar.setWidth(std::max(bar.width(), 3.0)); // the shortest can still be seen
        bar.moveRight(std::min(bar.right(), scale.right()));
        painter.fillRect(QRectF(scale.left(), y + rowHeight / 2.0 - 0.5, scale.width(), 1), theme.line);
        paintSegment(painter, bar, {.kind = segment.kind, .tone = segment.tone, .open = segment.open}, theme);
        painter.setPen(theme.text);
        drawTabular(painter, QRectF(width() - valueWidth, y, valueWidth, rowHeight), Qt::AlignRight,
                    durationText(segment.end - segment.begin) + (segment.open ? QStringLiteral(" …") : QString()));
    }
    if (m_segments.size() > rowsMax) {
        painter.setPen(theme.muted);
        painter.drawText(QRect(0, y, width(), rowHeight), Qt::AlignVCenter,
                         tr("%1 more").arg(countText(static_cast<std::int64_t>(m_segments.size() - rowsMax))));
    }
}

void SegmentBars::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace weir
