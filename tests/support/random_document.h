// A scenario file drawn from a seed, whose channels follow a profile: what a person would write down for that broker,
// small and short. Read through the same door as every file, so a profile's defaults hold and what it has nothing like
// is left out.
#pragma once

#include "core/scenario/scenario.h"

#include <string>
#include <string_view>

namespace weir {

// JSON text. An event type that has a schema allows 6 for "n" at most; its data have from 1 to 9.
std::string randomDocument(std::uint64_t seed, std::string_view profile);

// The same, read; it has no errors.
Scenario randomScenarioOf(std::uint64_t seed, std::string_view profile);

} // namespace weir
