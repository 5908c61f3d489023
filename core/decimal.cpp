#include "core/decimal.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>

namespace weir {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t wholeMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t wholeMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t exponentMax = 6144;

// 10^0 to 10^38.
constexpr std::array<Wide, 39> powers = [] {
    std::array<Wide, 39> table{};
    Wide power = 1;
    for (std::size_t i = 0; i < table.size(); ++i, power = i < table.size() ? power * 10 : power)
        table[i] = power;
    return table;
}();
Wide power(std::int64_t exponent) {
    return powers[static_cast<std::size_t>(exponent)];
}

Wide magnitude(Wide number) {
    return number < 0 ? -number : number;
}
bool digitsFit(std::int64_t digits) {
    return digits > -power(18) && digits < power(18);
}
bool fits(Wide number) {
    return number >= wholeMin && number <= wholeMax;
}

int digitCount(Wide number) {
    const Wide size = magnitude(number);
    int count = 1;
    while (count < 39 && size >= powers[static_cast<std::size_t>(count)])
        ++count;
    return count;
}

// An intermediate result: digits / 10^scale, and whether something non-zero of the same sign follows the last digit.
struct Raw {
    Wide digits = 0;
    std::int64_t scale = 0;
    bool more = false;
};

// Drops the last `count` digits, rounding half to even.
void roundOff(Raw& raw, int count) {
    const Wide unit = power(count);
    const Wide rest = magnitude(raw.digits % unit);
    raw.digits /= unit;
    raw.scale -= count;
    const Wide half = unit / 2;
    if (rest > half || (rest == half && (raw.more || raw.digits % 2 != 0)))
        raw.digits += rest == 0 ? 0 : 1;
    raw.more = false;
}

// The one form that Decimal's header describes.
Raw reduced(Raw raw) {
    const bool negative = raw.digits < 0;
    raw.digits = magnitude(raw.digits); // so that rounding adds one, whatever the sign
    for (;;) {
        if (raw.digits == 0)
            return {};
        if (!raw.more)
            while (raw.scale > 0 && raw.digits % 10 == 0) {
                raw.digits /= 10;
                --raw.scale;
            }
        if (raw.scale <= 0 && raw.scale >= -18) {
            const Wide whole = raw.digits <= wholeMax ? raw.digits * power(-raw.scale) : raw.digits;
            if ((raw.scale == 0 || raw.digits <= wholeMax) && fits(negative ? -whole : whole)) {
                raw = {whole, 0, false};
                break;
            }
        }
        const int count = digitCount(raw.digits);
        if (count > 18) {
            roundOff(raw, count - 18);
            continue; // rounding may have carried into a further digit, or left zeros
        }
        if (raw.scale < 0 && count < 18) {
            raw.digits *= power(18 - count);
            raw.scale += 18 - count;
        }
        break;
    }
    if (const std::int64_t exponent = digitCount(raw.digits) - 1 - raw.scale; exponent < -exponentMax)
        return {};
    else if (exponent > exponentMax)
        raw = {power(18) - 1, 17 - exponentMax, false};
    raw.digits = negative ? -raw.digits : raw.digits;
    return raw;
}

Decimal decimal(const Raw& raw) {
    const Raw form = reduced(raw);
    // Already reduced: the constructor leaves it as it is.
    return Decimal(static_cast<std::int64_t>(form.digits), static_cast<int>(form.scale));
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

Decimal::Decimal(std::int64_t digits, int scale) : m_digits(digits), m_scale(scale) {
    // Most numbers come with the digits of 64 bits and a small scale: nanoseconds, cents.
    while (m_scale > 0 && m_scale <= 18 && m_digits % 10 == 0 && m_digits != 0) {
        m_digits /= 10;
        --m_scale;
    }
    if (m_scale == 0 || (m_scale > 0 && m_scale <= 18 && m_digits % 10 != 0 && digitsFit(m_digits)))
        return;
    const Raw form = reduced({digits, scale, false});
    m_digits = static_cast<std::int64_t>(form.digits);
    m_scale = static_cast<std::int32_t>(form.scale);
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
    std::size_t at = 0;
    const auto here = [&] { return at < text.size() ? text[at] : '\0'; };
    const bool negative = here() == '-';
    if (negative)
        ++at;
    Raw raw;
    // 36 digits decide the rounding of 18; of what follows only "is there more" matters.
    const auto take = [&](char c, bool fraction) {
        if (raw.digits < power(36)) {
            raw.digits = raw.digits * 10 + (c - '0');
            raw.scale += fraction ? 1 : 0;
        } else {
            raw.more = raw.more || c != '0';
            raw.scale -= fraction ? 0 : 1;
        }
    };
    if (!isDigit(here()))
        return std::nullopt;
    if (here() == '0')
        ++at;
    else
        while (isDigit(here()))
            take(text[at++], false);
    if (here() == '.') {
        ++at;
        if (!isDigit(here()))
            return std::nullopt;
        while (isDigit(here()))
            take(text[at++], true);
    }
    if (here() == 'e' || here() == 'E') {
        ++at;
        const bool down = here() == '-';
        if (here() == '-' || here() == '+')
            ++at;
        if (!isDigit(here()))
            return std::nullopt;
        std::int64_t exponent = 0;
        while (isDigit(here())) {
            exponent = std::min<std::int64_t>(exponent * 10 + (text[at] - '0'), 1'000'000'000'000);
            ++at;
        }
        raw.scale += down ? exponent : -exponent;
    }
    if (at != text.size())
        return std::nullopt;
    if (raw.digits != 0 && digitCount(raw.digits) - 1 - raw.scale > exponentMax)
        return std::nullopt;
    raw.digits = negative ? -raw.digits : raw.digits;
    return decimal(raw);
}

Decimal Decimal::fromDouble(double number) {
    assert(std::isfinite(number));
    std::array<char, 40> buffer;
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific, 14);
    return parse(std::string_view(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())))
        .value_or(Decimal());
}

std::optional<std::int64_t> Decimal::whole() const {
    if (m_scale != 0)
        return std::nullopt;
    return m_digits;
}

double Decimal::toDouble() const {
    // Both are exact below 2^53 and up to 10^22, so one operation rounds once.
    if (m_scale >= 0 && m_scale <= 22 && magnitude(m_digits) <= (std::int64_t{1} << 53))
        return static_cast<double>(m_digits) / static_cast<double>(power(m_scale));
    const std::string number = text();
    double result = 0;
    std::from_chars(number.data(), number.data() + number.size(), result);
    return result;
}

std::string Decimal::text() const {
    std::string out;
    appendText(out);
    return out;
}

void Decimal::appendText(std::string& out) const {
    std::array<char, 24> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), m_digits);
    std::string_view digits(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    if (m_scale == 0) {
        out += digits;
        return;
    }
    if (digits.front() == '-') {
        out += '-';
        digits.remove_prefix(1);
    }
    const auto scale = static_cast<std::size_t>(m_scale < 0 ? -m_scale : m_scale);
    if (m_scale > 0 && m_scale <= 18) {
        if (digits.size() <= scale) {
            out += "0.";
            out.append(scale - digits.size(), '0');
            out += digits;
        } else {
            out += digits.substr(0, digits.size() - scale);
            out += '.';
            out += digits.substr(digits.size() - scale);
        }
        return;
    }
    const auto exponent = static_cast<std::int64_t>(digits.size()) - 1 - m_scale;
    digits = digits.substr(0, digits.find_last_not_of('0') + 1);
    out += digits.front();
    if (digits.size() > 1) {
        out += '.';
        out += digits.substr(1);
    }
    out += 'e';
    out += std::to_string(exponent);
}

Decimal Decimal::operator-() const {
    if (m_digits == wholeMin) // has no 64-bit opposite
        return decimal({-static_cast<Wide>(m_digits), m_scale, false});
    Decimal result = *this;
    result.m_digits = -m_digits;
    if (m_scale < 0) // -2^63 fits 64 bits where 2^63 does not
        return decimal({result.m_digits, m_scale, false});
    return result;
}

Decimal operator+(const Decimal& left, const Decimal& right) {
    if (left.m_scale == right.m_scale)
        return decimal({static_cast<Wide>(left.m_digits) + right.m_digits, left.m_scale, false});
    if (left.m_digits == 0 || right.m_digits == 0)
        return left.m_digits == 0 ? right : left;
    const Decimal& coarse = left.m_scale < right.m_scale ? left : right;
    const Decimal& fine = left.m_scale < right.m_scale ? right : left;
    const std::int64_t distance = std::int64_t{fine.m_scale} - coarse.m_scale;
    const std::int64_t room = 37 - digitCount(coarse.m_digits);
    if (distance <= room)
        return decimal({coarse.m_digits * power(distance) + fine.m_digits, fine.m_scale, false});
    // Too far apart for 128 bits: below the last of 37 digits only "is there more" matters.
    Raw raw{coarse.m_digits * power(room), coarse.m_scale + room, true};
    const std::int64_t lost = distance - room;
    if (lost <= 18) {
        const Wide unit = power(lost);
        raw.digits += fine.m_digits / unit;
        raw.more = fine.m_digits % unit != 0;
    }
    if (raw.more && (fine.m_digits < 0) != (raw.digits < 0))
        raw.digits += raw.digits < 0 ? 1 : -1; // so that what follows has the sign of the sum
    return decimal(raw);
}

Decimal operator-(const Decimal& left, const Decimal& right) {
    return left + -right;
}

Decimal operator*(const Decimal& left, const Decimal& right) {
    return decimal(
        {static_cast<Wide>(left.m_digits) * right.m_digits, std::int64_t{left.m_scale} + right.m_scale, false});
}

std::optional<Decimal> divide(const Decimal& left, const Decimal& right) {
    if (right.m_digits == 0)
        return std::nullopt;
    const int shift = 37 - digitCount(left.m_digits); // the quotient has then at least 18 digits and one more
    const Wide dividend = left.m_digits * power(shift);
    Raw raw{dividend / right.m_digits, std::int64_t{left.m_scale} + shift - right.m_scale, false};
    raw.more = dividend % right.m_digits != 0;
    return decimal(raw);
}

std::optional<Decimal> remainder(const Decimal& left, const Decimal& right) {
    if (right.m_digits == 0)
        return std::nullopt;
    const std::int64_t scale = std::max(left.m_scale, right.m_scale);
    const std::int64_t leftShift = scale - left.m_scale;
    const std::int64_t rightShift = scale - right.m_scale;
    if (rightShift > 19 && left.m_scale == scale)
        return left; // the divisor is larger by far
    if (leftShift > 18 || rightShift > 19)
        return std::nullopt;
    return decimal({(left.m_digits * power(leftShift)) % (right.m_digits * power(rightShift)), scale, false});
}

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) {
    if (left.m_scale == right.m_scale)
        return left.m_digits <=> right.m_digits;
    const std::int64_t distance = std::int64_t{left.m_scale} - right.m_scale;
    if (distance >= -18 && distance <= 18) { // both fit 128 bits on one scale
        const Wide leftDigits = distance < 0 ? left.m_digits * power(-distance) : left.m_digits;
        const Wide rightDigits = distance > 0 ? right.m_digits * power(distance) : right.m_digits;
        return leftDigits < rightDigits   ? std::strong_ordering::less
               : leftDigits > rightDigits ? std::strong_ordering::greater
                                          : std::strong_ordering::equal;
    }
    const auto sign = [](std::int64_t digits) { return digits < 0 ? -1 : digits > 0 ? 1 : 0; };
    const int side = sign(left.m_digits);
    if (side != sign(right.m_digits) || side == 0)
        return side <=> sign(right.m_digits);
    const std::int64_t leftSize = digitCount(left.m_digits) - std::int64_t{left.m_scale};
    const std::int64_t rightSize = digitCount(right.m_digits) - std::int64_t{right.m_scale};
    // More than 18 apart in scale and at most 19 digits each, so the sizes differ.
    return side > 0 ? leftSize <=> rightSize : rightSize <=> leftSize;
}

} // namespace weir
