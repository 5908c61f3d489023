// Amazon EventBridge's event pattern: a JSON table that mirrors the event. A field's list holds alternatives: values to
// equal, or filters (prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists, cidr). All fields
// must match, a list in the event matches through any of its elements, and `$or` takes alternatives of whole patterns.
// As in Event Ruler, EventBridge's own matcher, fields are asked in the order of their joined names: what matched in a
// table of a list binds those that follow to that table, and a field that must not be is asked of all tables of a list
// that nothing has bound yet. A field that a `$or` names again has what is said last.
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

    bool matches(const Value& event) const;

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
    struct Field {
        std::string name;             // the joined names
        std::vector<std::string> way; // the single ones
        std::vector<Filter> filters;
    };
    using Rule = std::vector<Field>; // all hold; sorted by name
    friend class EventPatternReader;

    class Search;

    static bool matches(const Filter& filter, const Value& leaf);

    std::vector<Rule> m_rules; // one of them holds: each choice out of the `$or`s
};

} // namespace weir
