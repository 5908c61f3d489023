#include "ui/dead_letters/letter_editor.h"

#include "ui/details/json_ink.h"
#include "ui/errors/error_text.h"
#include "ui/style.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

namespace weir {

LetterEditor::LetterEditor(const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_themes(themes), m_title(new QLabel(this)), m_field(new QPlainTextEdit(this)),
      m_reason(new QLabel(this)), m_send(new QPushButton(this)), m_leave(new QPushButton(this)) {
    m_field->setFrameShape(QFrame::NoFrame);
    m_field->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_field->setTabChangesFocus(true);
    new JsonInk(m_field->document(), themes);
    m_reason->setTextFormat(Qt::PlainText);
    setButtonLook(*m_send, ButtonLook::Primary);
    setButtonLook(*m_leave, ButtonLook::Raised);
    for (QPushButton* const button : {m_send, m_leave})
        button->setFixedHeight(24);
    auto* const foot = new QHBoxLayout;
    foot->setSpacing(6);
    foot->addWidget(m_reason, 1);
    foot->addWidget(m_leave);
    foot->addWidget(m_send);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 12, 8);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_field, 1);
    column->addLayout(foot);
    connect(m_field, &QPlainTextEdit::textChanged, this, &LetterEditor::judge);
    connect(m_send, &QPushButton::clicked, this, &LetterEditor::send);
    connect(m_leave, &QPushButton::clicked, this, &LetterEditor::left);
    connect(&m_themes, &ThemeSource::changed, this, &LetterEditor::dress);
    retranslate();
    dress();
}

void LetterEditor::open(const QString& event, const QString& channel, const Value& content) {
    m_event = event;
    m_channel = channel;
    m_field->setPlainText(QString::fromStdString(content.pretty()));
    retranslate();
    m_field->setFocus();
}

QString LetterEditor::reason() const {
    const Result<Value> parsed = Value::parse(m_field->toPlainText().toStdString());
    return parsed ? QString() : errorText(parsed.error());
}

void LetterEditor::setRefusal(const QString& why) {
    if (why == m_refusal)
        return;
    m_refusal = why;
    judge();
}

void LetterEditor::judge() {
    const QString why = reason();
    m_send->setEnabled(why.isEmpty() && m_refusal.isEmpty());
    m_send->setToolTip(m_refusal.isEmpty()
                           ? tr("Publishes a new event with this data, and discards the dead letter (Ctrl+Enter)")
                           : m_refusal);
    m_reason->setText(why.isEmpty() ? QString() : tr("No JSON: %1").arg(why));
    m_reason->setToolTip(m_reason->text());
    m_field->setAccessibleDescription(m_reason->text());
}

void LetterEditor::send() {
    const Result<Value> parsed = Value::parse(m_field->toPlainText().toStdString());
    if (parsed && m_refusal.isEmpty())
        Q_EMIT sent(*parsed);
}

void LetterEditor::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if (event->key() == Qt::Key_Return && event->modifiers().testFlag(Qt::ControlModifier))
        send();
    else
        QWidget::keyPressEvent(event);
}

void LetterEditor::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void LetterEditor::retranslate() {
    m_title->setText(tr("Data of %1").arg(m_event));
    m_field->setAccessibleName(m_title->text());
    m_send->setText(tr("Send to %1").arg(m_channel));
    m_leave->setText(tr("Leave as it is"));
    m_leave->setToolTip(tr("Changes nothing (Esc)"));
    judge();
}

void LetterEditor::dress() {
    m_title->setFont(m_themes.theme().font(TextRole::Strong));
    m_field->setFont(m_themes.theme().font(TextRole::Mono));
    m_reason->setFont(m_themes.theme().font(TextRole::Label));
    QPalette palette = m_reason->palette();
    palette.setColor(QPalette::WindowText, m_themes.theme().dangerText);
    m_reason->setPalette(palette);
}

} // namespace weir
