// A scenario drawn from a seed: any topology, policy and fault that the model can express, small and short. For tests
// that must hold whatever the scenario is; a failure prints the seed.
#pragma once

#include "core/scenario/scenario.h"

namespace weir {

Scenario randomScenario(std::uint64_t seed);

// The same scenario on a broker with nodes, some of which go down, and with producers that wait for answers.
Scenario onNodes(Scenario scenario, std::uint64_t seed);

// The same scenario with channels, services, event types and layout listed in another order.
Scenario shuffled(Scenario scenario, std::uint64_t seed);

} // namespace weir
