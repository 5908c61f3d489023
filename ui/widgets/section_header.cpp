#include "ui/widgets/section_header.h"

#include "ui/tabular.h"

#include <QPainter>

namespace weir {

SectionHeader::SectionHeader(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void SectionHeader::setText(const QString& text) {
    m_text = text;
    setAccessibleName(text);
    update();
}

void SectionHeader::setCount(const QString& count) {
    m_count = count;
    update();
}

void SectionHeader::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setPen(theme.muted);
    painter.setFont(theme.font(TextRole::Caption));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, m_text);
    painter.setFont(theme.font(TextRole::Label));
    drawTabular(painter, rect(), Qt::AlignRight, m_count);
}

} // namespace weir
