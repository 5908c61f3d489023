#include "ui/widgets/metric_tile.h"

#include "ui/tabular.h"

#include <QPainter>

namespace weir {

MetricTile::MetricTile(const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_themes(themes), m_sparkline(new Sparkline(themes, this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void MetricTile::setLabel(const QString& label) {
    m_label = label;
    setAccessibleName(label);
    update();
}

void MetricTile::setValue(const QString& value) {
    if (value == m_value)
        return;
    m_value = value;
    setAccessibleDescription(value);
    update();
}

void MetricTile::setTone(Tone tone) {
    m_sparkline->setTone(tone);
}

void MetricTile::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(rect()), 8, 8);
    const QRect words = rect().adjusted(10, 0, -10, 0);
    painter.setFont(theme.font(TextRole::Label));
    painter.setPen(theme.muted);
    painter.drawText(QRect(words.left(), 7, words.width(), 16), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_label, Qt::ElideRight, words.width()));
    painter.setFont(theme.font(TextRole::Value));
    painter.setPen(m_value.isEmpty() ? theme.muted : theme.text);
    drawTabular(painter, QRectF(words.left(), 22, words.width(), 20), Qt::AlignLeft,
                m_value.isEmpty() ? QStringLiteral("–") : m_value);
}

void MetricTile::resizeEvent(QResizeEvent*) {
    m_sparkline->setGeometry(10, height() - 24, width() - 20, 18);
}

} // namespace weir
