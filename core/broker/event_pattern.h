// Amazon EventBridge's event pattern: a JSON table that mirrors the event. A field's list holds alternatives: values to
// equal, or filters (prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists, cidr). All fields
// must match, a list in the event matches through any of its elements, and `$or` takes alternatives of whole patterns.
// One difference: numbers equal by value here, so that 300 and 3.0e2 do (EventBridge compares how they are written).
#pragma once

#include "core/decimal.h"
#include "core/result.h"
#include "core/value.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class EventPattern {
  public:
    // Refuses what EventBridge refuses; `where` is a JSON pointer into the pattern.
    static Result<EventPattern> compile(const Value& pattern);

    bool matches(const Value& event) const { return matches(m_root, &event); }

  private:
    enum class Kind : std::uint8_t { equals, prefix, suffix, wildcard, anythingBut, numeric, exists, cidr };
    struct Bound {
        Decimal value;
        bool inclusive = false;
    };
    struct Network {
        std::array<std::uint8_t, 16> address{};
        int bits = 0;
        bool v6 = false;
    };
    struct Filter { // one alternative; only the members of its kind are set
        Kind kind = Kind::equals;
        bool ignoreCase = false;
        bool present = false;           // exists
        Value value;                    // equals, prefix, suffix
        std::vector<std::string> parts; // wildcard: what stands between the asterisks
        std::vector<Filter> excluded;   // anythingBut
        std::optional<Bound> low;       // numeric
        std::optional<Bound> high;
        Network network; // cidr
    };
    struct Field;
    struct Node {
        std::vector<Field> fields;
        std::vector<std::vector<Node>> alternatives; // each `$or`
    };
    struct Field {
        std::string name;
        std::vector<Filter> filters; // a leaf, or
        std::vector<Node> nested;    // one node
    };
    friend class EventPatternReader;

    static bool matches(const Node& node, const Value* event);
    static bool matches(const Field& field, const Value* value);
    static bool matches(const Filter& filter, const Value& leaf);
    static bool matchesAny(const Filter& filter, const Value& value);

    Node m_root;
};

} // namespace weir
