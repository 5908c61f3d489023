// Distributions and arrivals as a scenario file writes them: "20ms", {"exponential": "20ms"}, {"poisson": "20/s"} ...
#pragma once

#include "core/kernel/arrivals.h"
#include "core/kernel/distribution.h"
#include "core/scenario/given.h"

#include <optional>

namespace weir {

// Of times: durations as text.
std::optional<Distribution> readDistribution(const Given& given);
// Of plain numbers, such as sizes of batches.
std::optional<Distribution> readNumberDistribution(const Given& given);

std::optional<Arrivals> readArrivals(const Given& given);

} // namespace weir
