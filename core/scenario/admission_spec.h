// AdmissionSpec: what becomes of a message before it has a place in a queue: how long it may live, how long it has to wait.
#pragma once

#include "core/units.h"

#include <optional>

namespace weir {

struct AdmissionSpec {
    std::optional<Duration> ttl;   // from the entry into the queue; acts at the head
    std::optional<Duration> delay; // every message waits this long before it is ready
};

} // namespace weir
