#include "ui/attach/attach_popup.h"

#include "ui/style.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>

namespace weir {

AttachPopup::AttachPopup(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_themes(themes), m_question(new QLabel(this)), m_field(new QLineEdit(this)),
      m_reason(new QLabel(this)) {
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::PlainText);
    m_field->setMaxLength(1000);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addWidget(m_question);
    column->addWidget(m_field);
    column->addWidget(m_reason);
    setFixedWidth(420);
    connect(m_field, &QLineEdit::textChanged, this, &AttachPopup::judge);
    connect(m_field, &QLineEdit::returnPressed, this, &AttachPopup::choose);
    connect(&m_themes, &ThemeSource::changed, this, &AttachPopup::dress);
    dress();
    retranslate();
}

void AttachPopup::openOver(const QWidget& widget, const QStringList& before) {
    m_field->setText(before.join(QStringLiteral(", ")));
    m_field->selectAll();
    judge();
    adjustSize();
    move(widget.mapToGlobal(QPoint((widget.width() - width()) / 2, 84)));
    show();
    m_field->setFocus();
}

QStringList AttachPopup::endpoints() const {
    static const QRegularExpression separators(QStringLiteral("[,\\s]+"));
    return m_field->text().split(separators, Qt::SkipEmptyParts);
}

QString AttachPopup::reason() const {
    static const QRegularExpression form(QStringLiteral("^(tcp://[^:/]+:\\d{1,5}|tcp://\\[[0-9a-fA-F:]+\\]:\\d{1,5}|ipc://.+)$"));
    for (const QString& endpoint : endpoints())
        if (!form.match(endpoint).hasMatch())
            return tr("\"%1\" is no endpoint. Write tcp://host:port or ipc://path.").arg(endpoint);
    return {};
}

void AttachPopup::judge() {
    const QString why = reason();
    const bool empty = endpoints().isEmpty();
    setFieldState(*m_field, empty ? FieldState::Neutral : why.isEmpty() ? FieldState::Accepted : FieldState::Refused);
    m_reason->setText(why.isEmpty() ? tr("Enter watches what is published there as CloudEvents in JSON.") : why);
    QPalette palette = m_reason->palette();
    palette.setColor(QPalette::WindowText, why.isEmpty() ? m_themes.theme().muted : m_themes.theme().dangerText);
    m_reason->setPalette(palette);
}

void AttachPopup::choose() {
    if (endpoints().isEmpty() || !reason().isEmpty())
        return;
    close();
    Q_EMIT endpointsChosen(endpoints());
}

void AttachPopup::dress() {
    m_question->setFont(m_themes.theme().font(TextRole::Strong));
    m_field->setFont(m_themes.theme().font(TextRole::Mono));
    m_reason->setFont(m_themes.theme().font(TextRole::Label));
    judge();
}

void AttachPopup::retranslate() {
    m_question->setText(tr("Attach to a running system"));
    m_field->setAccessibleName(tr("ZeroMQ endpoints"));
    m_field->setPlaceholderText(QStringLiteral("tcp://127.0.0.1:5556"));
    judge();
}

void AttachPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setBrush(m_themes.theme().surface);
    painter.setPen(m_themes.theme().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void AttachPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace weir
