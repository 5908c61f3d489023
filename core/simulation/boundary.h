// Boundary: a place in a run between two dues.
#pragma once

#include "core/units.h"

#include <cstdint>

namespace weir {

// So many records have been made, and time has got to there: no due before it is left.
struct Boundary {
    std::uint64_t records = 0;
    SimTime at;
};

} // namespace weir
