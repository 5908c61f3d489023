// What dies gives its place up before what its death brings about may come back to the same queue.
#pragma once

#include "core/broker/fill.h"
#include "core/broker/message.h"

#include <utility>

namespace weir {

// Of a copy in a queue; from then on it counts no longer as unsettled.
inline void freePlace(Copy& dying, Fill& unsettled, const Message& message) {
    if (!std::exchange(dying.settled, true))
        unsettled.take(message.size);
}

} // namespace weir
