#include "ui/layouts/name_popup.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>

namespace weir {

NamePopup::NamePopup(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_themes(themes), m_question(new QLabel(this)), m_field(new QLineEdit(this)) {
    m_field->setMaxLength(40);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(6);
    column->addWidget(m_question);
    column->addWidget(m_field);
    setFixedWidth(300);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        const QString name = m_field->text().trimmed();
        if (name.isEmpty())
            return;
        close();
        Q_EMIT named(name);
    });
}

void NamePopup::openOver(const QWidget& widget, const QString& question) {
    m_question->setFont(m_themes.theme().font(TextRole::Strong));
    m_question->setText(question);
    m_field->setAccessibleName(question);
    m_field->clear();
    adjustSize();
    move(widget.mapToGlobal(QPoint((widget.width() - width()) / 2, 84)));
    show();
    m_field->setFocus();
}

void NamePopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setBrush(m_themes.theme().surface);
    painter.setPen(m_themes.theme().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace weir
