#include "ui/layouts/name_popup.h"

#include <QLineEdit>

namespace weir {

NamePopup::NamePopup(const ThemeSource& themes, QWidget* parent)
    : AskPopup(themes, new QLineEdit, TextRole::Body, 300, parent), m_field(findChild<QLineEdit*>()) {
    m_field->setMaxLength(40);
    begin();
}

void NamePopup::openOver(const QWidget& widget, const QString& question) {
    m_question = question;
    retranslate();
    m_field->clear();
    AskPopup::openOver(widget);
}

AskPopup::Question NamePopup::question() const {
    return {.title = m_question, .name = m_question};
}

AskPopup::Verdict NamePopup::verdict() const {
    return {.state = m_field->text().trimmed().isEmpty() ? FieldState::Neutral : FieldState::Accepted, .words = {}};
}

void NamePopup::answer() {
    const QString name = m_field->text().trimmed();
    close();
    Q_EMIT named(name);
}

} // namespace weir
