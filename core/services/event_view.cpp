#include "core/services/event_view.h"

#include <array>
#include <charconv>

namespace weir {

namespace {

void appendNumber(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void appendPadded(std::string& out, unsigned number, unsigned width) {
    const std::size_t begin = out.size();
    out.append(width, '0');
    for (std::size_t at = begin + width; at > begin && number > 0; number /= 10)
        out[--at] = static_cast<char>('0' + number % 10);
}

} // namespace

void appendEventId(std::string& out, Ordinal ordinal) {
    out += "e-";
    appendNumber(out, ordinal);
}

std::string eventId(Ordinal ordinal) {
    std::string id;
    appendEventId(id, ordinal);
    return id;
}

void appendTimeText(std::string& out, SimTime time) {
    using namespace std::chrono;
    constexpr sys_days start{year{2026} / January / 1};
    const sys_time<milliseconds> instant = start + floor<milliseconds>(time.time_since_epoch());
    const sys_days day = floor<days>(instant);
    const year_month_day date{day};
    const hh_mm_ss clock{instant - day};
    appendPadded(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    out += '-';
    appendPadded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    appendPadded(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    appendPadded(out, static_cast<unsigned>(clock.hours().count()), 2);
    out += ':';
    appendPadded(out, static_cast<unsigned>(clock.minutes().count()), 2);
    out += ':';
    appendPadded(out, static_cast<unsigned>(clock.seconds().count()), 2);
    out += '.';
    appendPadded(out, static_cast<unsigned>(clock.subseconds().count()), 3);
    out += 'Z';
}

std::string timeText(SimTime time) {
    std::string text;
    appendTimeText(text, time);
    return text;
}

} // namespace weir
