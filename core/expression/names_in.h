// Names that an expression compares with or asks for: the texts in it that stand for an event type, a channel, a
// subscription or a service, and where they stand. So that a rename can follow. It reads texts only; a name that is put
// together (CONCAT) or matched (LIKE 'order.%') is not found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

struct NameInExpression {
    enum class What : std::uint8_t { eventType, channel, subscription, service };
    What what = What::eventType;
    std::string name;
    std::size_t at = 0, end = 0; // bytes, the quotes included
};

// In their order; empty where it is no expression.
std::vector<NameInExpression> namesIn(std::string_view expression);
// A text in quotes, as an expression has it. `like`: with the quote that stands at the beginning of this.
std::string quotedLike(std::string_view text, std::string_view like);

} // namespace weir
