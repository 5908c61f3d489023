// Datum: what an expression reads from its subject and computes with. A view: texts and structures are borrowed from
// the subject (or from the evaluation), so that filtering a million records allocates nothing.
#pragma once

#include "core/value.h"

#include <cstdint>
#include <string_view>
#include <variant>

namespace weir {

// The three types of CESQL (String, Integer of 32 bits, Boolean) and two of the extensions: exact decimals (numbers in
// data, record fields, quantities) and structures (lists and tables in data). Absent: the subject has no such thing.
class Datum {
  public:
    Datum() = default; // absent
    static Datum boolean(bool value) { return Datum(Content(value)); }
    static Datum integer(std::int32_t value) { return Datum(Content(value)); }
    static Datum decimal(Decimal value) { return Datum(Content(value)); }
    static Datum text(std::string_view value) { return Datum(Content(value)); }
    // JSON data: null is absent, numbers are decimals, lists and tables structures. The value must outlive the datum.
    static Datum data(const Value& value);

    bool isAbsent() const { return m_content.index() == 0; }
    const bool* boolean() const { return std::get_if<bool>(&m_content); }
    const std::int32_t* integer() const { return std::get_if<std::int32_t>(&m_content); }
    const Decimal* decimal() const { return std::get_if<Decimal>(&m_content); }
    const std::string_view* text() const { return std::get_if<std::string_view>(&m_content); }
    const Value* structure() const {
        const auto* value = std::get_if<const Value*>(&m_content);
        return value ? *value : nullptr;
    }
    bool sameType(const Datum& other) const { return m_content.index() == other.m_content.index(); }

    // A copy that owns what it holds; absent becomes null.
    Value value() const;
    // For messages: "abc" in quotes, numbers and structures as JSON, cut after 40 characters.
    std::string shown() const;

  private:
    using Content = std::variant<std::monostate, bool, std::int32_t, Decimal, std::string_view, const Value*>;
    explicit Datum(Content content) : m_content(content) {}
    Content m_content;
};

} // namespace weir
