// GroupCursor: how far a consumer group has come in one partition: what it reads next, what it has committed, who
// reads. Positions only; records and copies are the broker's.
#pragma once

#include "core/broker/message.h"
#include "core/broker/slab.h"
#include "core/ids.h"

#include <cstdint>

namespace weir {

struct GroupCursor {
    std::uint64_t next = 0;            // offset to deliver next
    CopyHandle open = Copy::noMessage; // being handled, or waiting for its retry
    std::uint64_t committed = 0;       // where the group goes on when its member is gone
    bool commits = false;              // it has committed something, ever
    bool commitScheduled = false;
    ConsumerId owner;
    ConsumerId before;    // the last owner, while it may still have what it took
    bool wanting = false; // stands in its owner's line
    Ring<std::uint8_t> settled; // shared: of those from `committed` on that were read, which are done
    std::uint64_t passedTo = 0; // how far it had read when it was sent elsewhere; what it left pending is before that

    // What is read again after a crash or a seek counts as born again, in a correlation of its own: the first one may
    // be complete and forgotten. Below this offset records that are not read yet belong to it.
    std::uint64_t againTo = 0;
    std::uint64_t againUnread = 0;
    FamilyHandle again = noHandle;

    FamilyHandle familyOf(std::uint64_t offset, const Message& message) const {
        return offset < againTo ? again : message.family;
    }
    // It is read, or it will not be.
    void left(std::uint64_t offset) { againUnread -= offset < againTo ? 1 : 0; }
};

} // namespace weir
