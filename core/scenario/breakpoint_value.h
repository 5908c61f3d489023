// Breakpoints as a scenario file writes them: what the loader reads under "/breakpoints".
#pragma once

#include "core/scenario/scenario.h"

namespace weir {

Value breakpointsValue(const std::vector<BreakpointSpec>& breakpoints); // a list, in their order

} // namespace weir
