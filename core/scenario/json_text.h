// JsonText: a JSON document with comments as its author wrote it: every blank, comment and spelling is kept, so that
// printing gives the same bytes, and changing one thing changes nothing else. It knows layout, not scenarios; what it
// reads must have passed the strict reader before.
#pragma once

#include "core/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

struct JsonEntry;

struct JsonNode {
    enum class Kind : std::uint8_t { scalar, list, table };
    Kind kind = Kind::scalar;
    std::string text;               // of a scalar, as written
    std::string head;               // a comment on the line of the opening bracket
    std::vector<JsonEntry> entries; // of a list or table
    std::string tail;               // before the closing bracket

    Value value() const;
    void print(std::string& out) const;
    // The place of a table's member; entries.size() where there is none.
    std::size_t indexOf(std::string_view name) const;
};

struct JsonEntry {
    std::string before; // blanks and comments
    std::string name;   // of a table's member, as written, with its quotes
    std::string colon;  // from the name to the value
    JsonNode value;
    std::string after; // from the value to the comma
    std::string note;  // from the comma to the end of the line, where a comment stands there

    std::string plainName() const;
};

class JsonText {
  public:
    // A text that Value::parse accepts once its comments are taken out.
    explicit JsonText(std::string_view text);

    JsonNode& root() { return m_root; }
    std::string text() const;

    // A way down: the indentation of the line on which a node begins, and how deep it lies.
    struct Place {
        std::string indent;
        int depth = 0;
    };
    Place placeInside(const JsonNode& parent, std::size_t index, const Place& parentPlace) const;

    // Gives a node another value. Tables and lists are compared member by member: what is the same in both stays as it is
    // written.
    void set(JsonNode& node, const Value& value, const Place& place) const;
    // A new member or element at `index`, in the style of its neighbours. `name` is empty in a list.
    void insert(JsonNode& parent, std::size_t index, std::string_view name, const Value& value,
                const Place& parentPlace) const;
    // Its comments go with it: those on its line and directly above. One with a blank line between belongs to the section.
    void remove(JsonNode& parent, std::size_t index, const Place& parentPlace) const;

  private:
    void setTable(JsonNode& node, const Value::Table& table, const Place& place) const;
    void setList(JsonNode& node, const Value::List& list, const Place& place) const;
    std::string indentInside(const JsonNode& parent, const Place& parentPlace) const;
    std::string separatorBefore(const JsonNode& parent, std::size_t index, const Value& value,
                                const Place& parentPlace) const;
    JsonNode made(const Value& value, const Place& place, std::size_t column, bool spread) const;
    std::string onOneLine(const Value& value) const;
    void keepApart(const std::string& comment, std::string& next, const std::string& indent) const;

    std::string m_mark; // a byte order mark
    std::string m_before, m_after;
    JsonNode m_root;
    std::string m_newline = "\n";
    std::string m_unit = "  "; // of indentation
    bool m_dense = false;      // {"a":1} rather than { "a": 1 }
};

} // namespace weir
