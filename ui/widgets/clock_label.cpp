#include "ui/widgets/clock_label.h"

#include "ui/format.h"
#include "ui/tabular.h"

#include <QEvent>
#include <QPainter>

#include <cmath>

namespace weir {

ClockLabel::ClockLabel(const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_themes(themes), m_text(clockText(m_time)) {
    setAccessibleName(tr("Simulated time"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void ClockLabel::setTime(SimTime time) {
    m_time = time;
    refresh();
}

void ClockLabel::refresh() {
    QString text = clockText(m_time);
    if (text == m_text)
        return;
    const bool resized = text.size() != m_text.size();
    m_text = std::move(text);
    setAccessibleDescription(m_text);
    if (resized)
        updateGeometry();
    update();
}

QSize ClockLabel::sizeHint() const {
    return {static_cast<int>(std::ceil(tabularWidth(m_themes.theme().font(TextRole::Clock), m_text))), 28};
}

void ClockLabel::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setFont(theme.font(TextRole::Clock));
    painter.setPen(isEnabled() ? theme.text : theme.muted);
    drawTabular(painter, rect(), Qt::AlignLeft, m_text);
}

void ClockLabel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Simulated time"));
        refresh(); // the decimal sign may differ
    }
    QWidget::changeEvent(event);
}

} // namespace weir
