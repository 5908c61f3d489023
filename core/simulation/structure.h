// What of a scenario cannot change while a run of it goes on: which channels, services, sources and handlers there are, how
// they are tied together, and what events carry (messages are made again from it when somebody reads them). All else are
// parameters.
#pragma once

#include "core/result.h"
#include "core/scenario/scenario.h"

#include <optional>

namespace weir {

// The first thing in which they differ, with the JSON pointer of what differs; nothing where a run can go on.
std::optional<Error> structureChange(const Scenario& before, const Scenario& after);

} // namespace weir
