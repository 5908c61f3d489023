// Decimal: an exact number, digits * 10^-scale. Money, seconds and JSON's numbers are decimal; binary fractions would
// make 0.1 + 0.2 differ from 0.3 and figures differ between machines. It is no arbitrary precision: 18 significant
// digits (19 where a whole number fits 64 bits), and what needs more is rounded half to even.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weir {

// One form per number: a whole number that fits 64 bits has scale 0, another one beyond it has exactly 18 digits and a
// negative scale; fractions have a positive scale and no trailing zero. The range is 10^6144; arithmetic beyond it
// stays at the largest number, below 10^-6144 it is zero.
class Decimal {
  public:
    constexpr Decimal() = default;
    constexpr Decimal(std::int64_t whole) : m_digits(whole) {}
    Decimal(std::int64_t digits, int scale);

    // JSON's number grammar ("-1.50e3"); nothing where text is not one or is beyond the range.
    static std::optional<Decimal> parse(std::string_view text);
    // The nearest decimal of 15 significant digits: for figures that statistics produced. Finite numbers only.
    static Decimal fromDouble(double number);

    std::int64_t digits() const { return m_digits; }
    int scale() const { return m_scale; }
    bool isWhole() const { return m_scale <= 0; }
    // As an integer, or nothing where it is none or does not fit.
    std::optional<std::int64_t> whole() const;
    double toDouble() const;
    std::string text() const; // plain notation up to 18 digits either side of the point, else with an exponent
    void appendText(std::string& out) const;

    Decimal operator-() const;
    friend Decimal operator+(const Decimal& left, const Decimal& right);
    friend Decimal operator-(const Decimal& left, const Decimal& right);
    friend Decimal operator*(const Decimal& left, const Decimal& right);
    // Rounded to 18 significant digits. Nothing for a divisor of zero.
    friend std::optional<Decimal> divide(const Decimal& left, const Decimal& right);
    // What truncated division leaves, with the sign of the dividend. Nothing for a divisor of zero, or where the
    // quotient has more than 18 digits.
    friend std::optional<Decimal> remainder(const Decimal& left, const Decimal& right);
    friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);
    friend bool operator==(const Decimal& left, const Decimal& right) = default;

  private:
    std::int64_t m_digits = 0;
    std::int32_t m_scale = 0;
};
std::optional<Decimal> divide(const Decimal& left, const Decimal& right);
std::optional<Decimal> remainder(const Decimal& left, const Decimal& right);

} // namespace weir
