#include "ui/canvas/heat_legend.h"

#include "ui/tabular.h"

#include <QEvent>
#include <QLinearGradient>
#include <QPainter>

#include <cmath>

namespace weir {
namespace {
constexpr int margin = 10;
constexpr int gap = 8;
constexpr int scaleWidth = 96;
constexpr int legendHeight = 32;
} // namespace

HeatLegend::HeatLegend(const ThemeSource& themes, QWidget* parent) : QAbstractButton(parent), m_themes(themes) {
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setObjectName(QStringLiteral("heat"));
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    word();
}

void HeatLegend::tell(HeatBy by, const QString& low, const QString& high) {
    if (by == m_by && low == m_low && high == m_high)
        return;
    m_by = by;
    m_low = low;
    m_high = high;
    word();
}

void HeatLegend::word() {
    m_title = m_by == HeatBy::none ? tr("Heat") : heatWord(m_by);
    setAccessibleName(m_by == HeatBy::none ? tr("Heat: off")
                                           : tr("Heat: %1, from %2 to %3").arg(m_title, m_low, m_high));
    setToolTip(tr("Colour the nodes by utilisation, latency, errors or lag (H: the next one)"));
    resize(sizeHint());
    update();
}

QSize HeatLegend::sizeHint() const {
    const QFont font = m_themes.theme().font(TextRole::Label);
    qreal width = 2 * margin + QFontMetricsF(font).horizontalAdvance(m_title);
    if (m_by != HeatBy::none)
        width += gap + tabularWidth(font, m_low) + gap + scaleWidth + gap + tabularWidth(font, m_high);
    return {static_cast<int>(std::ceil(width)), legendHeight};
}

void HeatLegend::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? theme.accent : theme.line, hasFocus() ? 2 : 1));
    painter.setBrush(isDown() ? theme.pressed : underMouse() ? theme.hover : theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter.setFont(theme.font(TextRole::Label));
    QRectF room = QRectF(rect()).adjusted(margin, 0, -margin, 0);
    painter.setPen(m_by == HeatBy::none ? theme.muted : theme.text);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    if (m_by == HeatBy::none)
        return;
    painter.setPen(theme.muted);
    drawTabular(painter, room, Qt::AlignRight, m_high);
    room.setRight(room.right() - tabularWidth(painter.font(), m_high) - gap);
    const QRectF scale(room.right() - scaleWidth, room.center().y() - 5, scaleWidth, 10);
    room.setRight(scale.left() - gap);
    drawTabular(painter, room, Qt::AlignRight, m_low);
    QLinearGradient colours(scale.topLeft(), scale.topRight());
    constexpr int stops = 8;
    for (int i = 0; i <= stops; ++i)
        colours.setColorAt(static_cast<qreal>(i) / stops, theme.heat(static_cast<double>(i) / stops));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours);
    painter.drawRoundedRect(scale, 3, 3);
}

void HeatLegend::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        word();
    QAbstractButton::changeEvent(event);
}

} // namespace weir
