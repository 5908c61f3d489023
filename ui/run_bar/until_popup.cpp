#include "ui/run_bar/until_popup.h"

#include <QLineEdit>

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
    : AskPopup(themes, new QLineEdit, TextRole::Mono, 268, parent), m_field(findChild<QLineEdit*>()) {
    m_field->setMaxLength(40);
    begin();
}

void UntilPopup::openBelow(const QWidget& anchor, SimTime now) {
    m_now = now;
    m_field->clear();
    openAt(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)));
}

AskPopup::Question UntilPopup::question() const {
    return {.title = tr("Run until"), .name = tr("Run until"), .placeholder = tr("10min or 00:03:12.480")};
}

AskPopup::Verdict UntilPopup::verdict() const {
    const std::string text = m_field->text().trimmed().toStdString();
    if (text.empty())
        return {.state = FieldState::Neutral, .words = tr("Enter runs up to there and pauses.")};
    const Result<SimTime> time = parseClock(text);
    if (!time)
        return {.state = FieldState::Refused, .words = tr("That is no time. Write 10min, 90s or 00:03:12.480.")};
    return {.state = FieldState::Accepted,
            .words = *time <= m_now ? tr("Enter goes back to there.") : tr("Enter runs up to there and pauses.")};
}

void UntilPopup::answer() {
    const Result<SimTime> time = parseClock(m_field->text().trimmed().toStdString());
    close();
    Q_EMIT timeChosen(*time);
}

} // namespace weir
