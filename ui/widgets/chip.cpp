#include "ui/widgets/chip.h"

#include "ui/tabular.h"

#include <QPainter>

#include <cmath>

namespace weir {

Chip::Chip(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void Chip::setText(const QString& text) {
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Chip::setTone(Tone tone) {
    m_tone = tone;
    update();
}

QFont Chip::chipFont() const {
    QFont font = m_themes.theme().font(TextRole::Label);
    font.setWeight(QFont::DemiBold);
    return font;
}

QSize Chip::sizeHint() const {
    return {static_cast<int>(std::ceil(tabularWidth(chipFont(), m_text))) + 20, 20};
}

void Chip::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.tint(m_tone));
    painter.drawRoundedRect(QRectF(rect()), 10, 10);
    painter.setFont(chipFont());
    painter.setPen(theme.textColour(m_tone));
    drawTabular(painter, rect(), Qt::AlignHCenter, m_text);
}

} // namespace weir
