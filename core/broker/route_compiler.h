// From the bindings of a scenario's channels to the routes of a plan's exchanges: patterns, conditions, rings, and the
// index over many patterns.
#pragma once

#include "core/broker/plan.h"

#include <span>
#include <vector>

namespace weir {

// `specs` in the order of the plan's channels, which have everything but their routes.
void compileRoutes(std::span<const ChannelSpec* const> specs, const Catalogue& catalogue,
                   std::vector<ChannelPlan>& channels, Errors& errors);

// The dialect of the patterns in a channel's bindings; nothing where they have none.
std::optional<Dialect> patternDialect(const RoutingSpec& exchange);

} // namespace weir
