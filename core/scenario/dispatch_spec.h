// DispatchSpec: which of a queue's consumers get its copies, and in which turn.
#pragma once

#include <cstdint>
#include <optional>

namespace weir {

enum class DispatchMode : std::uint8_t {
    shared,       // all that have credit, in turn
    exclusive,    // the first that came; others are refused, also when it has gone
    singleActive, // the one that has been there longest; it stays until it goes
    failover,     // the first in order (priority, then the order in which they came); it takes over when it is back,
                  // with what the other one has in hand
    keyShared,    // each partition key has one consumer, as long as the same consumers are there
    broadcast     // every one that is there gets each message; nothing is tried again
};

// Whose turn it is among those with the same priority.
enum class ConsumerOrder : std::uint8_t {
    roundRobin, // one that is full keeps its turn, until it is passed over for it (RabbitMQ's classic queues, 3.10.8)
    random,
    leastInFlight,
    longestWaiting // one that is full has no turn; it queues up when it can take something again (whoever asks for it)
};

// Whether it is a line in which consumers stand.
inline bool takesTurns(ConsumerOrder order) {
    return order == ConsumerOrder::roundRobin || order == ConsumerOrder::longestWaiting;
}

struct DispatchSpec {
    DispatchMode dispatch = DispatchMode::shared;
    ConsumerOrder order = ConsumerOrder::roundRobin;
    // While so many copies have been delivered and are not settled, in hand or waiting to be delivered again, nothing is
    // delivered for the first time (JetStream's max_ack_pending). Of a stream: for each group that shares it.
    std::optional<std::int64_t> unackedMax;
};

} // namespace weir
