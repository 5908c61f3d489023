#include "ui/widgets/title_menu_bar.h"

#include <QLabel>
#include <QPainter>

namespace weir {

TitleMenuBar::TitleMenuBar(const ThemeSource& themes, QWidget* parent)
    : QMenuBar(parent), m_themes(themes), m_name(new QLabel(QStringLiteral("Weir"), this)) {
    m_name->setForegroundRole(QPalette::WindowText); // a menu bar's children would take ButtonText
    m_name->setContentsMargins(14, 0, 10, 0);
    setCornerWidget(m_name, Qt::TopLeftCorner);
    connect(&m_themes, &ThemeSource::changed, this, &TitleMenuBar::dress);
    dress();
}

void TitleMenuBar::dress() {
    QFont font = m_themes.theme().font(TextRole::Strong);
    font.setPixelSize(13);
    font.setWeight(QFont::Bold);
    m_name->setFont(font);
    QPalette palette = m_name->palette();
    palette.setColor(QPalette::WindowText, m_themes.theme().accentText);
    m_name->setPalette(palette);
    update();
}

void TitleMenuBar::setDocument(const QString& document) {
    m_document = document;
    update();
}

void TitleMenuBar::setModified(bool modified) {
    m_modified = modified;
    update();
}

void TitleMenuBar::paintEvent(QPaintEvent* event) {
    QMenuBar::paintEvent(event);
    if (m_document.isEmpty())
        return;
    int menusEnd = 0;
    for (QAction* action : actions())
        menusEnd = std::max(menusEnd, actionGeometry(action).right());
    QFont font = m_themes.theme().font(TextRole::Body);
    font.setWeight(QFont::Medium);
    const QFontMetrics metrics(font);
    const int room = width() - 16 - (menusEnd + 16);
    if (room < 80)
        return;
    const QString shown = metrics.elidedText(m_modified ? QStringLiteral("• ") + m_document : m_document, Qt::ElideMiddle, room);
    const int textWidth = metrics.horizontalAdvance(shown);
    const int left = std::max(menusEnd + 16, std::min((width() - textWidth) / 2, width() - 16 - textWidth));
    QPainter painter(this);
    painter.setFont(font);
    painter.setPen(m_themes.theme().muted);
    painter.drawText(QRect(left, 0, textWidth + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, shown);
}

} // namespace weir
