#include "core/units.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace weir {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t factor;
};

constexpr std::array timeUnits{Unit{"d", 86'400'000'000'000}, Unit{"h", 3'600'000'000'000},
                               Unit{"min", 60'000'000'000},   Unit{"s", 1'000'000'000},
                               Unit{"ms", 1'000'000},         Unit{"us", 1'000},
                               Unit{"ns", 1}};
constexpr std::array byteUnits{Unit{"GiB", 1'073'741'824}, Unit{"GB", 1'000'000'000}, Unit{"MiB", 1'048'576},
                               Unit{"MB", 1'000'000},      Unit{"KiB", 1'024},        Unit{"kB", 1'000},
                               Unit{"KB", 1'000},          Unit{"B", 1}};

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

// Digits and the unit behind them; the number is digits / 10^scale.
struct Split {
    std::int64_t digits = 0;
    int scale = 0;
    std::string_view unit;
};

std::optional<Split> split(std::string_view text) {
    Split result;
    std::size_t at = 0;
    bool any = false;
    bool point = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '.' && !point && any) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            if (result.digits > (INT64_MAX - 9) / 10)
                return std::nullopt;
            result.digits = result.digits * 10 + (c - '0');
            result.scale += point ? 1 : 0;
            any = true;
        } else {
            break;
        }
    }
    if (!any || text[at - 1] == '.')
        return std::nullopt;
    while (at < text.size() && text[at] == ' ')
        ++at;
    result.unit = text.substr(at);
    return result;
}

// digits * factor / 10^scale, or nothing where that is no whole number or does not fit.
std::optional<std::int64_t> whole(const Split& split, std::int64_t factor) {
    __extension__ using Wide = __int128;
    Wide product = static_cast<Wide>(split.digits) * factor;
    for (int i = 0; i < split.scale; ++i) {
        if (product % 10 != 0)
            return std::nullopt;
        product /= 10;
    }
    if (product > INT64_MAX)
        return std::nullopt;
    return static_cast<std::int64_t>(product);
}

// The whole number in the largest unit that needs at most three decimals.
template <std::size_t N>
std::string shortest(std::int64_t number, const std::array<Unit, N>& units) {
    for (const Unit& unit : units) {
        if (number < unit.factor)
            continue;
        const std::int64_t rest = number % unit.factor;
        if (rest == 0)
            return std::to_string(number / unit.factor) + std::string(unit.name);
        if (unit.factor % 1000 == 0 && rest % (unit.factor / 1000) == 0 && unit.factor <= 1'000'000'000) {
            std::string decimals = std::to_string(rest / (unit.factor / 1000) + 1000).substr(1);
            decimals.erase(decimals.find_last_not_of('0') + 1);
            return std::to_string(number / unit.factor) + '.' + decimals + std::string(unit.name);
        }
    }
    return std::to_string(number) + std::string(units.back().name);
}

} // namespace

Result<Duration> parseDuration(std::string_view text) {
    const Error error{"", "needs a duration such as \"20ms\", \"1.5s\" or \"10min\"", quoted(text)};
    const auto parts = split(text);
    if (!parts)
        return error;
    if (parts->unit.empty() && parts->digits == 0)
        return Duration::zero();
    for (const Unit& unit : timeUnits) {
        if (unit.name != parts->unit)
            continue;
        if (const auto count = whole(*parts, unit.factor))
            return Duration{*count};
        return Error{"", "needs a duration that is a whole number of nanoseconds below 292 years", quoted(text)};
    }
    return error;
}

Result<Rate> parseRate(std::string_view text) {
    const Error error{"", "needs a rate such as \"20/s\" or \"90/min\"", quoted(text)};
    const auto parts = split(text);
    if (!parts || parts->unit.empty() || parts->unit.front() != '/')
        return error;
    for (const Unit& unit : timeUnits) {
        if (unit.name != parts->unit.substr(1))
            continue;
        double number = static_cast<double>(parts->digits);
        double divisor = static_cast<double>(unit.factor) / 1e9;
        for (int i = 0; i < parts->scale; ++i)
            divisor *= 10;
        return Rate{number / divisor};
    }
    return error;
}

Result<Bytes> parseBytes(std::string_view text) {
    const Error error{"", "needs a size such as \"1KiB\", \"10MB\" or \"512B\"", quoted(text)};
    const auto parts = split(text);
    if (!parts)
        return error;
    if (parts->unit.empty() && parts->digits == 0)
        return Bytes{0};
    for (const Unit& unit : byteUnits)
        if (unit.name == parts->unit)
            if (const auto count = whole(*parts, unit.factor))
                return Bytes{*count};
    return error;
}

std::string toText(Duration duration) { return duration.count() == 0 ? "0s" : shortest(duration.count(), timeUnits); }

std::string toText(Rate rate) {
    std::array<char, 32> buffer;
    double number = rate.perSecond;
    std::string_view unit = "/s";
    if (number > 0 && number < 0.1) { // rare things read better by the hour
        number *= 3600;
        unit = "/h";
    }
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return std::string(buffer.data(), end.ptr) + std::string(unit);
}

std::string toText(Bytes bytes) {
    if (bytes.count >= 1024 && bytes.count % 1024 == 0)
        return shortest(bytes.count, std::array{byteUnits[0], byteUnits[2], byteUnits[4], byteUnits[7]});
    return shortest(bytes.count, std::array{byteUnits[1], byteUnits[3], byteUnits[5], byteUnits[7]});
}

std::string secondsText(SimTime time) {
    const std::int64_t ns = time.time_since_epoch().count();
    std::string text = std::to_string(ns / 1'000'000'000);
    if (const std::int64_t rest = ns % 1'000'000'000; rest != 0) {
        std::string decimals = std::to_string(rest + 1'000'000'000).substr(1);
        decimals.erase(decimals.find_last_not_of('0') + 1);
        text += '.' + decimals;
    }
    return text;
}

} // namespace weir
