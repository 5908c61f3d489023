#include "ui/widgets/meter.h"

#include "ui/format.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace weir {

Meter::Meter(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void Meter::setShare(double share) {
    const double shown = std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0.0;
    if (shown == m_share)
        return;
    m_share = shown;
    setAccessibleDescription(percentText(shown));
    update();
}

void Meter::draw(QPainter& painter, const QRectF& rect, double share, const Theme& theme) {
    const qreal radius = rect.height() / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.line);
    painter.drawRoundedRect(rect, radius, radius);
    if (share > 0) {
        painter.setBrush(theme.colour(theme.loadTone(share)));
        // Never shorter than its round ends.
        painter.drawRoundedRect(
            QRectF(rect.topLeft(), QSizeF(std::max(rect.height(), rect.width() * share), rect.height())), radius,
            radius);
    }
    painter.restore();
}

void Meter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    draw(painter, QRectF(0, (height() - 6) / 2.0, width(), 6), m_share, m_themes.theme());
}

} // namespace weir
