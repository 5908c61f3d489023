// Value: JSON-shaped data with exact decimal numbers (event data, business state, results of expressions).
// Lists and tables are immutable and shared, so copying a Value is cheap and a snapshot may hold millions of them.
// Tables keep the order in which they were written. Canonical text is the compact JSON that fingerprints are taken
// over.
#pragma once

#include "core/decimal.h"
#include "core/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace weir {

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
    Value(std::string_view text) : m_content(std::string(text)) {}
    Value(const char* text) : m_content(std::string(text)) {}
    Value(List list) : m_content(std::make_shared<const List>(std::move(list))) {}
    Value(Table table) : m_content(std::make_shared<const Table>(std::move(table))) {}

    // RFC 8259 text, read strictly: the error's `where` is "line:column", counted from 1 in characters. Refused are
    // nesting beyond 64 levels, a name twice in one table, broken UTF-8, half surrogates and numbers beyond 10^6144.
    static Result<Value> parse(std::string_view json);

    bool isNull() const { return m_content.index() == 0; }
    const bool* truth() const { return std::get_if<bool>(&m_content); }
    const Decimal* number() const { return std::get_if<Decimal>(&m_content); }
    const std::string* text() const { return std::get_if<std::string>(&m_content); }
    const List* list() const;   // null where this is no list
    const Table* table() const; // null where this is no table
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
