#include "ui/widgets/empty_state.h"

#include "ui/icons.h"

#include <QPainter>

#include <algorithm>

namespace weir {

EmptyState::EmptyState(const ThemeSource& themes, QString icon, QWidget* parent)
    : QWidget(parent), m_themes(themes), m_icon(std::move(icon)) {
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void EmptyState::setTitle(const QString& title) {
    m_title = title;
    setAccessibleName(title);
    update();
}

void EmptyState::setHint(const QString& hint) {
    m_hint = hint;
    setAccessibleDescription(hint);
    update();
}

void EmptyState::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    if (height() < 32) { // a strip has room for one line only
        painter.setFont(theme.font(TextRole::Body));
        painter.setPen(theme.muted);
        painter.drawText(rect().adjusted(14, 0, -14, 0), Qt::AlignVCenter | Qt::AlignLeft, m_hint);
        return;
    }
    const int width = std::min(this->width() - 32, 420);
    const int left = (this->width() - width) / 2;
    const QFont titleFont = theme.font(TextRole::Title);
    const QFont hintFont = theme.font(TextRole::Body);
    constexpr int flags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    const QRect wide(0, 0, width, 400);
    const int iconHeight = m_icon.isEmpty() ? 0 : 48;
    const int titleHeight =
        m_title.isEmpty() ? 0 : QFontMetrics(titleFont).boundingRect(wide, flags, m_title).height() + 8;
    const int hintHeight = QFontMetrics(hintFont).boundingRect(wide, flags, m_hint).height();
    const bool withIcon = iconHeight + titleHeight + hintHeight + 16 <= height();
    int y = std::max(8, (height() - (withIcon ? iconHeight : 0) - titleHeight - hintHeight) / 2);
    if (withIcon && iconHeight > 0) {
        drawIcon(painter, m_icon, QRectF(this->width() / 2.0 - 16, y, 32, 32), theme.edge);
        y += iconHeight;
    }
    if (!m_title.isEmpty()) {
        painter.setFont(titleFont);
        painter.setPen(theme.text);
        painter.drawText(QRect(left, y, width, titleHeight), flags, m_title);
        y += titleHeight;
    }
    painter.setFont(hintFont);
    painter.setPen(theme.muted);
    painter.drawText(QRect(left, y, width, hintHeight), flags, m_hint);
}

} // namespace weir
