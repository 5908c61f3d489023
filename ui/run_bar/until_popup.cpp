#include "ui/run_bar/until_popup.h"

#include "ui/format.h"
#include "ui/style.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPointer>

#include <charconv>
#include <vector>

namespace weir {

Result<SimTime> parseClock(std::string_view text) {
    const Error error{"", "needs a time such as \"10min\", \"90s\" or \"00:03:12.480\"", '"' + std::string(text) + '"'};
    if (text.find(':') == std::string_view::npos) {
        const Result<Duration> duration = parseDuration(text);
        return duration ? Result<SimTime>(SimTime{*duration}) : Result<SimTime>(error);
    }
    std::string_view whole = text.substr(0, text.find('.'));
    std::int64_t seconds = 0;
    int fields = 0;
    for (bool more = true; more; ++fields) {
        const std::size_t colon = whole.find(':');
        const std::string_view part = whole.substr(0, colon);
        int number = 0;
        const auto [end, code] = std::from_chars(part.data(), part.data() + part.size(), number);
        // Hours may be many; minutes and seconds stay below 60.
        if (part.empty() || code != std::errc{} || end != part.data() + part.size() || number < 0 || fields > 2 ||
            (fields > 0 ? number > 59 : number > 99'999))
            return error;
        seconds = seconds * 60 + number;
        more = colon != std::string_view::npos;
        whole.remove_prefix(more ? colon + 1 : whole.size());
    }
    Duration rest{};
    if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
        std::string fractionText = "0";
        fractionText.append(text.substr(point)).append("s");
        const Result<Duration> fraction = parseDuration(fractionText);
        if (!fraction)
            return error;
        rest = *fraction;
    }
    return SimTime{std::chrono::seconds(seconds) + rest};
}

UntilPopup::UntilPopup(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_themes(themes), m_question(new QLabel(this)), m_field(new QLineEdit(this)),
      m_reason(new QLabel(this)) {
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::PlainText);
    m_field->setMaxLength(40);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addWidget(m_question);
    column->addWidget(m_field);
    column->addWidget(m_reason);
    setFixedWidth(268);
    connect(m_field, &QLineEdit::textChanged, this, &UntilPopup::judge);
    connect(m_field, &QLineEdit::returnPressed, this, &UntilPopup::choose);
    connect(&m_themes, &ThemeSource::changed, this, &UntilPopup::dress);
    dress();
    retranslate();
}

void UntilPopup::openBelow(const QWidget& anchor, SimTime now) {
    m_now = now;
    m_field->clear();
    judge();
    adjustSize();
    move(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)));
    show();
    m_field->setFocus();
}

QString UntilPopup::reason() const {
    const std::string text = m_field->text().trimmed().toStdString();
    if (text.empty())
        return {};
    const Result<SimTime> time = parseClock(text);
    return time ? QString() : tr("That is no time. Write 10min, 90s or 00:03:12.480.");
}

QString UntilPopup::words() const {
    return m_reason->text();
}

void UntilPopup::judge() {
    const QString why = reason();
    const bool empty = m_field->text().trimmed().isEmpty();
    setFieldState(*m_field, empty ? FieldState::Neutral : why.isEmpty() ? FieldState::Accepted : FieldState::Refused);
    const Result<SimTime> time = parseClock(m_field->text().trimmed().toStdString());
    m_reason->setText(!why.isEmpty()           ? why
                      : time && *time <= m_now ? tr("Enter goes back to there.")
                                               : tr("Enter runs up to there and pauses."));
    QPalette palette = m_reason->palette();
    palette.setColor(QPalette::WindowText, why.isEmpty() ? m_themes.theme().muted : m_themes.theme().dangerText);
    m_reason->setPalette(palette);
}

void UntilPopup::choose() {
    if (m_field->text().trimmed().isEmpty() || !reason().isEmpty())
        return;
    const Result<SimTime> time = parseClock(m_field->text().trimmed().toStdString());
    close();
    Q_EMIT timeChosen(*time);
}

void UntilPopup::dress() {
    m_question->setFont(m_themes.theme().font(TextRole::Strong));
    m_field->setFont(m_themes.theme().font(TextRole::Mono));
    m_reason->setFont(m_themes.theme().font(TextRole::Label));
    judge();
}

void UntilPopup::retranslate() {
    m_question->setText(tr("Run until"));
    m_field->setAccessibleName(tr("Run until"));
    m_field->setPlaceholderText(tr("10min or 00:03:12.480"));
    judge();
}

void UntilPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setBrush(m_themes.theme().surface);
    painter.setPen(m_themes.theme().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void UntilPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace weir
