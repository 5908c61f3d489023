// What both ends know of something that passes between them in two steps, see two_steps.cpp.
#pragma once

#include "core/broker/message.h"
#include "core/ids.h"
#include "core/units.h"

#include <cstdint>

namespace weir {

// Of a publish, at the broker.
enum class KeptStage : std::uint8_t {
    unknown,  // it has not come, or all was said of it
    kept,     // its producer has not said yet that it knows
    released, // it has, and the broker has not decided yet
    taken,
    refused
};

// Of a delivery. What its consumer knows dies with it.
struct Handshake {
    enum class Known : std::uint8_t { nothing, received, handedOver };
    Ordinal ordinal = 0; // this and the next ones: which copy
    SimTime born;
    ConsumerId consumer;
    std::uint16_t round = 0;
    Known known = Known::nothing;
    bool released = false; // the broker knows that it is received, and never sends it again
    bool done = false;     // its work: the ack is on its way, or was lost
    DeliveryTag tag;       // with which its consumer saw it last
};

} // namespace weir
