// Faults that a profile's system knows nothing of are left out of a run; they stay in the document, so that the others
// keep their numbers.
#pragma once

#include "core/scenario/profiled_document.h"

#include <cstddef>
#include <vector>

namespace weir {

// The numbers that faults have in the file, of those that are not left out.
std::vector<std::size_t> faultsKept(const std::vector<LeftOut>& leftOut, std::size_t faults);

} // namespace weir
