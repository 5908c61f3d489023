// Value: JSON-shaped data with exact decimal numbers (event data, business state, results of expressions), and Decimal.
// Lists and tables are immutable and shared, so copying a Value is cheap and a snapshot may hold millions of them.
// Tables keep the order in which they were written. Canonical text is the compact JSON that fingerprints are taken over.
#pragma once

#include "core/result.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace weir {

// digits * 10^-scale, always reduced (no trailing zero digits unless scale is 0 or below, zero is 0 * 10^0).
// 18 significant digits; what needs more is rounded half to even. No binary fractions anywhere.
class Decimal {
  public:
    constexpr Decimal() = default;
    constexpr Decimal(std::int64_t whole) : m_digits(whole) {}
    Decimal(std::int64_t digits, int scale);

    // JSON's number grammar ("-1.50e3"); nothing where text is not one.
    static std::optional<Decimal> parse(std::string_view text);
    // The nearest decimal of 15 significant digits: for figures that statistics produced.
    static Decimal fromDouble(double number);

    std::int64_t digits() const { return m_digits; }
    int scale() const { return m_scale; }
    bool isWhole() const { return m_scale <= 0; }
    // As an integer, or nothing where it is none or does not fit.
    std::optional<std::int64_t> whole() const;
    double toDouble() const;
    std::string text() const; // plain notation up to 18 digits either side of the point, else with an exponent

    Decimal operator-() const;
    friend Decimal operator+(const Decimal& left, const Decimal& right);
    friend Decimal operator-(const Decimal& left, const Decimal& right);
    friend Decimal operator*(const Decimal& left, const Decimal& right);
    // Rounded to 18 significant digits, half to even. Nothing for a divisor of zero.
    friend std::optional<Decimal> divide(const Decimal& left, const Decimal& right);
    friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);
    friend bool operator==(const Decimal& left, const Decimal& right) = default;

  private:
    std::int64_t m_digits = 0;
    std::int32_t m_scale = 0;
};
std::optional<Decimal> divide(const Decimal& left, const Decimal& right);

class Value {
  public:
    using List = std::vector<Value>;
    using Member = std::pair<std::string, Value>;
    using Table = std::vector<Member>; // names are unique

    Value() = default; // null
    Value(bool truth) : m_content(truth) {}
    Value(Decimal number) : m_content(number) {}
    Value(std::int64_t number) : m_content(Decimal(number)) {}
    Value(int number) : m_content(Decimal(number)) {}
    Value(std::string text) : m_content(std::move(text)) {}
    Value(const char* text) : m_content(std::string(text)) {}
    Value(List list) : m_content(std::make_shared<const List>(std::move(list))) {}
    Value(Table table) : m_content(std::make_shared<const Table>(std::move(table))) {}

    // RFC 8259 text; the error's `where` is "line:column". Nesting beyond 64 levels is refused.
    static Result<Value> parse(std::string_view json);

    bool isNull() const { return m_content.index() == 0; }
    const bool* truth() const { return std::get_if<bool>(&m_content); }
    const Decimal* number() const { return std::get_if<Decimal>(&m_content); }
    const std::string* text() const { return std::get_if<std::string>(&m_content); }
    const List* list() const;
    const Table* table() const;
    // The member of a table, or null where this is no table or has none of that name.
    const Value* member(std::string_view name) const;

    // Compact JSON, members in their order, strings escaped minimally, numbers as Decimal::text().
    std::string canonical() const;
    void appendCanonical(std::string& out) const;
    // Indented by two spaces, for people.
    std::string pretty() const;

    bool operator==(const Value& other) const; // tables compare without regard to order

  private:
    std::variant<std::monostate, bool, Decimal, std::string, std::shared_ptr<const List>, std::shared_ptr<const Table>>
        m_content;
};

} // namespace weir
