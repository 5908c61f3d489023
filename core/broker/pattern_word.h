// PatternWord: one piece of a pattern that is split at a separator, for those that look into compiled patterns: the
// subscription index, and orders by how specific a pattern is.
#pragma once

#include <cstdint>
#include <string>

namespace weir {

struct PatternWord {
    enum class Kind : std::uint8_t {
        literal,
        one, // any single word
        many // the rest of the key or any part of it, by the dialect's rules
    };
    Kind kind = Kind::literal;
    std::string text = {}; // of a literal
    bool operator==(const PatternWord&) const = default;
};

} // namespace weir
