#include "ui/widgets/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace weir {

std::vector<QPolygonF> sparklinePoints(std::span<const double> values, const QRectF& area) {
    double low = 0;
    double high = 0;
    for (const double value : values)
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    const double range = high > low ? high - low : 1;
    const double step = values.size() > 1 ? area.width() / static_cast<double>(values.size() - 1) : 0;
    std::vector<QPolygonF> stretches;
    bool open = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            open = false;
            continue;
        }
        if (!open)
            stretches.emplace_back();
        open = true;
        stretches.back() << QPointF(area.left() + static_cast<double>(i) * step,
                                    area.bottom() - (values[i] - low) / range * area.height());
    }
    return stretches;
}

Sparkline::Sparkline(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void Sparkline::append(double value) {
    m_values.push_back(value);
    if (m_values.size() > capacity)
        m_values.pop_front();
    update();
}

void Sparkline::setValues(std::span<const double> values) {
    const auto kept = values.last(std::min(values.size(), capacity));
    m_values.assign(kept.begin(), kept.end());
    update();
}

void Sparkline::setTone(Tone tone) {
    m_tone = tone;
    update();
}

void Sparkline::paintEvent(QPaintEvent*) {
    const QColor colour = m_themes.theme().colour(m_tone);
    QColor ground = colour;
    ground.setAlphaF(0.14F);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<double> values(m_values.begin(), m_values.end());
    const QRectF area = QRectF(rect()).adjusted(1, 1.5, -1, -1);
    for (const QPolygonF& line : sparklinePoints(values, area)) {
        QPolygonF filled = line;
        filled << QPointF(line.last().x(), area.bottom()) << QPointF(line.first().x(), area.bottom());
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawPolygon(filled);
        painter.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(line);
    }
}

} // namespace weir
