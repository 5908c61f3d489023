#include "ui/canvas/bottleneck_banner.h"

#include "ui/format.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace weir {

BottleneckBanner::BottleneckBanner(const ThemeSource& themes, QWidget* parent)
    : QAbstractButton(parent), m_themes(themes) {
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void BottleneckBanner::tell(const std::optional<Bottleneck>& bottleneck, const QString& service,
                            const QString& channel) {
    m_bottleneck = bottleneck;
    m_service = service;
    m_channel = channel;
    word();
    setVisible(m_bottleneck.has_value());
}

void BottleneckBanner::word() {
    if (!m_bottleneck)
        return;
    m_title = tr("Bottleneck: %1").arg(m_service);
    m_line = tr("%1 grows by %2").arg(m_channel, rateText(m_bottleneck->growth));
    m_line += QStringLiteral(" · ");
    if (m_bottleneck->workersMore == 0)
        m_line += tr("nobody works on it");
    else if (m_bottleneck->workersMore == 1)
        m_line += tr("1 more worker would hold it");
    else
        m_line += tr("%1 more workers would hold it").arg(countText(m_bottleneck->workersMore));
    setAccessibleName(m_title);
    setAccessibleDescription(m_line);
    setToolTip(m_compact ? m_title + QLatin1Char('\n') + m_line : tr("Show %1").arg(m_service));
    if (m_compact) // the sign and the name say it
        m_title = m_service;
    // Wider at once, narrower never while it shows: a figure that changes must not make it tremble.
    const QSize wanted = sizeHint();
    resize(isVisible() ? std::max(width(), wanted.width()) : wanted.width(), wanted.height());
    update();
}

void BottleneckBanner::setCompact(bool compact) {
    if (m_compact == compact)
        return;
    m_compact = compact;
    resize(sizeHint());
    word();
}

QSize BottleneckBanner::sizeHint() const {
    const QFontMetricsF title(m_themes.theme().font(TextRole::Strong));
    if (m_compact)
        return {36 + static_cast<int>(std::ceil(title.horizontalAdvance(m_title))) + 16, 30};
    const QFontMetricsF line(m_themes.theme().font(TextRole::Label));
    const qreal width = std::max(title.horizontalAdvance(m_title), line.horizontalAdvance(m_line));
    return {36 + static_cast<int>(std::ceil(width)) + 16, 46};
}

void BottleneckBanner::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.warn, hasFocus() ? 2 : 1));
    painter.setBrush(isDown() ? theme.pressed : underMouse() ? theme.hover : theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 10, 10);
    const qreal middle = height() / 2.0;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.warn);
    painter.drawEllipse(QPointF(20, middle), 8, 8);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(19, middle - 5, 2, 6.5), 1, 1);
    painter.drawEllipse(QPointF(20, middle + 4), 1.2, 1.2);
    painter.setFont(theme.font(TextRole::Strong));
    painter.setPen(theme.text);
    painter.drawText(QRect(36, 6, width() - 44, 18), Qt::AlignVCenter | Qt::TextSingleLine, m_title);
    if (m_compact)
        return;
    painter.setFont(theme.font(TextRole::Label));
    painter.setPen(theme.muted);
    painter.drawText(QRect(36, 23, width() - 44, 16), Qt::AlignVCenter | Qt::TextSingleLine, m_line);
}

void BottleneckBanner::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        word();
    QAbstractButton::changeEvent(event);
}

} // namespace weir
