// What a stream has on its way to its namesakes in other clusters, see geo_replication.cpp; and what an exchange keeps
// to publish it again, see archives.cpp.
#pragma once

#include "core/broker/message.h"
#include "core/broker/slab.h"
#include "core/units.h"

#include <cstdint>

namespace weir {

struct Crossing {
    MessageHandle message = 0; // retained
    std::uint32_t partition = 0;
    std::uint16_t round = 0;
    SimTime due;
    SimTime delayedTo; // where its message has a delay: counted from when it came here
};
struct Replicator { // to a namesake in another cluster
    Ring<Crossing> line;
    SimTime last; // when the last one of them is due
};

struct Archived { // its family is not kept open
    MessageHandle message = 0;
    SimTime at;
};

} // namespace weir
