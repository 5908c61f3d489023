#include "ui/attach/attach_popup.h"

#include <QLineEdit>
#include <QRegularExpression>

namespace weir {

AttachPopup::AttachPopup(const ThemeSource& themes, QWidget* parent)
    : AskPopup(themes, new QLineEdit, TextRole::Mono, 420, parent), m_field(findChild<QLineEdit*>()) {
    m_field->setMaxLength(1000);
    begin();
}

void AttachPopup::openOver(const QWidget& widget, const QStringList& before) {
    m_field->setText(before.join(QStringLiteral(", ")));
    m_field->selectAll();
    AskPopup::openOver(widget);
}

QStringList AttachPopup::endpoints() const {
    static const QRegularExpression separators(QStringLiteral("[,\\s]+"));
    return m_field->text().split(separators, Qt::SkipEmptyParts);
}

QString AttachPopup::reason() const {
    static const QRegularExpression form(
        QStringLiteral("^(tcp://[^:/]+:\\d{1,5}|tcp://\\[[0-9a-fA-F:]+\\]:\\d{1,5}|ipc://.+)$"));
    for (const QString& endpoint : endpoints())
        if (!form.match(endpoint).hasMatch())
            return tr("\"%1\" is no endpoint. Write tcp://host:port or ipc://path.").arg(endpoint);
    return {};
}

AskPopup::Question AttachPopup::question() const {
    return {.title = tr("Attach to a running system"),
            .name = tr("ZeroMQ endpoints"),
            .placeholder = QStringLiteral("tcp://127.0.0.1:5556")};
}

AskPopup::Verdict AttachPopup::verdict() const {
    if (const QString why = reason(); !why.isEmpty())
        return {.state = FieldState::Refused, .words = why};
    return {.state = endpoints().isEmpty() ? FieldState::Neutral : FieldState::Accepted,
            .words = tr("Enter watches what is published there as CloudEvents in JSON.")};
}

void AttachPopup::answer() {
    close();
    Q_EMIT endpointsChosen(endpoints());
}

} // namespace weir
