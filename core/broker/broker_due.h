// BrokerDue: what a broker asks to be called for at some time, and what its two numbers say then.
#pragma once

#include <cstdint>

namespace weir {

// What a broker's own dues carry in DueKey::kind; whoever drives it keeps its own kinds from `brokerDueKinds` up.
enum class BrokerDue : std::uint8_t {
    ackDeadline,      // a: subscription, b: generation of its deadlines
    release,          // a: copy, b: generation
    expireHead,       // a: subscription
    publisherTimeout, // a: waiting publish, b: generation
    retention,        // a: channel, b: partition
    expireCopy,       // a: copy, b: generation
    idleExpiry,       // a: subscription, b: generation of its idleness
    rateLimit,        // a: channel, b: generation of its limiter
    deliveryRate,     // a: subscription, b: generation of its pacing
    checkBack,        // a: half message, b: generation
    rebalance,        // a: group
    sessionEnds,      // a: consumer, b: number of its absence
    commit,           // a: subscription, b: partition
    fetch,            // a: buffer, b: replica, number of its fetch
    lag,              // a: buffer, b: replica
    election,         // a: buffer
    leaderReturns,    // a: buffer, b: term
    transactions,     // b: when it was to be
    replicator,       // a: channel, b: which of its replicators
    leaderCutOff,     // a: buffer, b: term
    disk,             // a: node
    nextInTurn,       // a: succession, b: its generation
    append,           // a: a message that waits to be appended, b: generation
    recordReady,      // a: channel and, below it, partition in 16 bits, b: offset
    pollEnds,         // a: consumer
};
inline constexpr std::uint8_t brokerDueKinds = 25;

} // namespace weir
