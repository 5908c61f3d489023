// Staff: how many instances and workers a service has at the playhead: what the document gives it, and what commands and
// faults have made of that.
#pragma once

#include "core/ids.h"

#include <cstdint>

namespace weir {

class Catalogue;
class Picture;

struct Staff {
    std::int64_t instances = 0; // that are to be there; one that was scaled away only finishes what it has
    std::int64_t up = 0;        // of these
    std::int64_t workersEach = 0;
    std::int64_t workers() const { return instances * workersEach; }
    std::int64_t workersUp() const { return up * workersEach; }
};

Staff staffOf(ServiceId service, const Picture& picture, const Catalogue& catalogue);

} // namespace weir
