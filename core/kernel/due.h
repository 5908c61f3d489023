// Due: what the kernel will run, and when. Plain data: the kernel knows an order, its callers know the meaning.
// Time, then priority, then sequence: a total order, so that equal times replay identically.
#pragma once

#include "core/units.h"

#include <cstdint>

namespace weir {

// Who goes first among the dues of one instant; the lower value does. Commands act on the state that the instant
// found, the broker settles what is already under way, handlers finish, and only then does new work arrive.
enum class Priority : std::uint8_t { command, broker, work, source };

// What is to be run: `kind` selects the caller's handler; `a` and `b` are its arguments, e.g. a dense handle and an
// ordinal or generation. There is no cancelling: a handler that finds an older generation lets the due pass.
struct DueKey {
    std::uint8_t kind = 0;
    std::uint32_t a = 0;
    std::uint64_t b = 0;
    bool operator==(const DueKey&) const = default;
};
static_assert(sizeof(DueKey) == 16);

struct Due {
    SimTime at;
    std::uint64_t sequence = 0;
    Priority priority = Priority::command;
    DueKey what;
    bool operator==(const Due&) const = default;
};

// Whether `left` is run before `right`. Never true both ways, and true one way for any two dues of one agenda.
constexpr bool runsBefore(const Due& left, const Due& right) {
    if (left.at != right.at)
        return left.at < right.at;
    if (left.priority != right.priority)
        return left.priority < right.priority;
    return left.sequence < right.sequence;
}

} // namespace weir
