#include "ui/editor/name_field.h"

#include "ui/style.h"

#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>

namespace weir {
namespace {

constexpr int widthMin = 140;
constexpr int heightOf = 28;

} // namespace

NameField::NameField(const ThemeSource& themes, QWidget* parent) : QLineEdit(parent), m_themes(themes) {
    setMaxLength(200);
    setAlignment(Qt::AlignHCenter);
    hide();
    connect(this, &QLineEdit::textChanged, this, &NameField::judge);
}

void NameField::edit(const QRectF& where, const QString& text, const QString& accessible,
                     std::function<QString(const QString&)> refusal, std::function<void(const QString&)> taken,
                     bool fresh) {
    m_before = fresh ? QString() : text;
    m_refusal = std::move(refusal);
    m_taken = std::move(taken);
    setFont(m_themes.theme().font(TextRole::Strong));
    setAccessibleName(accessible);
    setText(text);
    selectAll();
    moveTo(where);
    judge();
    show();
    raise();
    setFocus();
}

void NameField::moveTo(const QRectF& where) {
    const int width = std::max(widthMin, static_cast<int>(where.width()) + 8);
    setGeometry(static_cast<int>(where.center().x()) - width / 2, static_cast<int>(where.center().y()) - heightOf / 2,
                width, heightOf);
}

QString NameField::refusal() const {
    const QString typed = text().trimmed();
    return typed == m_before || !m_refusal ? QString() : m_refusal(typed);
}

void NameField::judge() {
    const QString why = refusal();
    setFieldState(*this, !why.isEmpty()                ? FieldState::Refused
                         : text().trimmed() == m_before ? FieldState::Neutral
                                                        : FieldState::Accepted);
    setToolTip(why);
    setAccessibleDescription(why);
    if (!why.isEmpty() && isVisible())
        QToolTip::showText(mapToGlobal(QPoint(0, height())), why, this);
    else
        QToolTip::hideText();
}

void NameField::finish() {
    if (isHidden())
        return;
    const QString typed = text().trimmed();
    const bool take = typed != m_before && refusal().isEmpty();
    const auto taken = std::exchange(m_taken, nullptr);
    hide(); // first: it loses the focus
    QToolTip::hideText();
    if (take && taken)
        taken(typed);
}

void NameField::cancel() {
    m_taken = nullptr;
    finish();
}

void NameField::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (refusal().isEmpty()) {
            if (parentWidget())
                parentWidget()->setFocus();
            finish();
        }
        return;
    case Qt::Key_Escape:
        cancel();
        if (parentWidget())
            parentWidget()->setFocus();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void NameField::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) // its own menu
        finish();
}

} // namespace weir
