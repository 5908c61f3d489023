// Producer: a source, or a handler of one instance, at one channel: what publishes one after the other. What its client
// knows of what it has sent: the numbers that it gave, and what is under way.
#pragma once

#include "core/broker/slab.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace weir {

using ProducerKey = std::pair<std::uint64_t, std::uint16_t>;

struct Producer { // an idempotent one
    std::uint32_t id = 0;
    std::uint32_t last = 0; // sequence number
};

struct SendWindow {
    std::uint32_t underWay = 0;  // that have no last answer yet
    Ring<std::uint32_t> waiting; // confirms that have not been sent, in order
    // Beyond, whoever waits for no answer waits for a place after all (Kafka: buffer.memory).
    static constexpr std::size_t waitingMax = 10'000;
};

} // namespace weir
