#include "ui/inspector/forms/field_editor.h"

#include "ui/details/json_ink.h"
#include "ui/inspector/forms/field_text.h"
#include "ui/style.h"

#include <QBoxLayout>
#include <QCompleter>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>

#include <cmath>

namespace weir {

QString stepped(const QString& text, bool whole, int by) {
    static const QRegularExpression front(QStringLiteral(R"(^\s*(\d+(?:\.\d+)?))"));
    const QRegularExpressionMatch match = front.match(text);
    if (!match.hasMatch())
        return text;
    const double number = match.captured(1).toDouble();
    double next = number + by;
    if (!whole) {
        // Along 1, 2, 5: the next one beyond what stands there.
        if (number <= 0)
            return text;
        const double decade = std::pow(10, std::floor(std::log10(number * 1.000001)));
        const double lead = number / decade;
        constexpr double near = 1e-6;
        if (by > 0)
            next = decade * (lead < 2 - near ? 2 : lead < 5 - near ? 5 : 10);
        else
            next = decade * (lead > 5 + near ? 5 : lead > 2 + near ? 2 : lead > 1 + near ? 1 : 0.5);
    }
    if (next < 0)
        return text;
    return QString::number(next, 'g', 12) + text.mid(match.capturedEnd(1));
}

LineEditor::LineEditor(const FormField& field, const QStringList& names, QWidget* parent)
    : FieldEditor(parent), m_field(field), m_names(names), m_line(new QLineEdit(this)) {
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_line);
    setFocusProxy(m_line);
    m_line->installEventFilter(this);
    m_line->setPlaceholderText(defaultText(field));
    if (!names.isEmpty()) {
        auto* const completer = new QCompleter(names, m_line);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        m_line->setCompleter(completer);
    }
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
}

Result<std::optional<Value>> LineEditor::value() const {
    return readEdited(m_field, m_line->text());
}

QString LineEditor::text() const {
    return m_line->text();
}

void LineEditor::setText(const QString& text) {
    m_line->setText(text);
    m_line->selectAll();
}

void LineEditor::type(const QString& text) {
    m_line->selectAll();
    QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, text);
    QCoreApplication::sendEvent(m_line, &press);
}

void LineEditor::setRefused(bool refused) {
    setFieldState(*m_line, refused ? FieldState::Refused : FieldState::Neutral);
}

void LineEditor::step(int by) {
    const bool numeric = m_field.kind == FieldKind::whole || m_field.kind == FieldKind::number ||
                         m_field.kind == FieldKind::duration || m_field.kind == FieldKind::rate ||
                         m_field.kind == FieldKind::size || m_field.kind == FieldKind::amount;
    if (!numeric)
        return;
    const QString shown =
        m_line->text().isEmpty()
            ? editedText(m_field, m_field.fallback.isNull() ? std::optional<Value>() : std::optional(m_field.fallback))
            : m_line->text();
    const QString next = stepped(shown, m_field.kind == FieldKind::whole, by);
    if (next == m_line->text())
        return;
    m_line->setText(next);
    Q_EMIT edited();
}

bool LineEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        const bool completing = m_line->completer() && m_line->completer()->popup()->isVisible();
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (completing)
                break;
            Q_EMIT finished(true);
            return true;
        case Qt::Key_Escape:
            if (completing)
                break;
            Q_EMIT cancelled();
            return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
            if (m_names.isEmpty()) {
                step(key->key() == Qt::Key_Up ? 1 : -1);
                return true;
            }
            break;
        default:
            break;
        }
    }
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason)
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT finished(false); }, Qt::QueuedConnection);
    return FieldEditor::eventFilter(watched, event);
}

JsonEditor::JsonEditor(const FormField& field, const ThemeSource& themes, QWidget* parent)
    : FieldEditor(parent), m_field(field), m_lines(new QPlainTextEdit(this)) {
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_lines);
    setFocusProxy(m_lines);
    m_lines->setFont(themes.theme().font(TextRole::Mono));
    m_lines->setTabChangesFocus(true);
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    new JsonInk(m_lines->document(), themes);
    m_lines->installEventFilter(this);
    connect(m_lines, &QPlainTextEdit::textChanged, this, &FieldEditor::edited);
}

Result<std::optional<Value>> JsonEditor::value() const {
    return readEdited(m_field, m_lines->toPlainText());
}

QString JsonEditor::text() const {
    return m_lines->toPlainText();
}

void JsonEditor::setText(const QString& text) {
    const QSignalBlocker blocker(m_lines);
    m_lines->setPlainText(text);
}

void JsonEditor::setRefused(bool refused) {
    setFieldState(*m_lines, refused ? FieldState::Refused : FieldState::Neutral);
}

bool JsonEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers() & Qt::ControlModifier) {
            Q_EMIT finished(true);
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            Q_EMIT cancelled();
            return true;
        }
    }
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason)
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT finished(false); }, Qt::QueuedConnection);
    return FieldEditor::eventFilter(watched, event);
}

} // namespace weir
