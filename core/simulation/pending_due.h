// PendingDue: one thing that a simulation is going to do: when, what, and where. For people; the agenda's own dues carry
// handles of whoever scheduled them.
#pragma once

#include "core/ids.h"
#include "core/units.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace weir {

enum class PendingKind : std::uint8_t {
    arrival,    // a source emits
    finish,     // a handling ends
    travel,     // a publish, delivery or settlement arrives
    release,    // a delay or backoff is over
    deadline,   // an ack timeout, a time to live, a producer's patience, retention
    fault,      // a fault of the scenario, or a command's end
    other
};
inline constexpr std::size_t pendingKindCount = static_cast<std::size_t>(PendingKind::other) + 1;
std::string_view name(PendingKind kind);

struct PendingDue {
    SimTime at;
    PendingKind kind = PendingKind::other;
    PlaceId place;       // none: of the run
    Ordinal ordinal = 0; // the message; 0: none
    EventTypeId type;    // of the message
};

struct PendingDues {
    std::vector<PendingDue> dues; // the nearest first
    std::uint64_t leftOut = 0;
};

} // namespace weir
