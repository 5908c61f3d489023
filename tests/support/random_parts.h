// Parts that only some random scenarios have, with draws of their own: outboxes and crashes between state and events,
// archives and their replays, streams that replicate to another cluster. A seed's scenario is what it was without them.
#pragma once

#include "core/scenario/scenario.h"

namespace weir {

// The scenario with each of these parts or without, by its seed.
Scenario withParts(Scenario scenario, std::uint64_t seed);

} // namespace weir
