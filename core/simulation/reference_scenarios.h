// The engine's reference scenarios: what its own report of its speed, the benchmarks and the test for allocations run.
// One definition, so that all of them speak of the same work.
#pragma once

#include "core/scenario/scenario.h"

#include <cstdint>

namespace weir {

// One topic exchange that routes to `queues` queues; each has a Poisson source of 320 messages a second and a service
// of four instances that takes 10 ms a message (utilization 0.8), with prefetch 20, acks, 2 % nacks, exponential
// backoff from 1 s, 3 retries, then dead letters, an ack timeout of 30 s, and 100 to 300 us between services and
// broker.
Scenario brokerScenario(std::uint32_t queues);

// One stream of 8 partitions, 100,000 records a second appended, read by one group of 4 instances.
Scenario streamScenario();

// `copies` copies in flight at the same time, none of which is ever settled, from the first instant on.
Scenario inFlightScenario(std::uint32_t copies);

// One server at a utilization of 0.8, for `lasts`: a run for replications.
Scenario singleServerScenario(Duration lasts);

} // namespace weir
