// What the draws of one try to deliver and handle a message depend on, beside its ordinal.
#pragma once

#include "core/ids.h"

#include <cstdint>

namespace weir {

// A copy that was born of another one counts its own attempts; rounds tell them apart.
inline std::uint64_t tryOf(std::uint16_t attempt, std::uint16_t round) {
    return static_cast<std::uint64_t>(round) << 16U | attempt;
}

// Hops of a copy, for the draws of network latencies: 0 is the publish.
inline std::uint64_t hopOf(SubscriptionId subscription, std::uint16_t attempt, std::uint16_t round, bool settles) {
    return (static_cast<std::uint64_t>(round) << 33U) +
           (static_cast<std::uint64_t>(subscription.value) << 16U |
            static_cast<std::uint64_t>(attempt & 0x7FFFU) << 1U | (settles ? 1U : 0U)) +
           1U;
}

// Of answers to a publish and to a question about a half message; a message's own hops are below. `look`: of the relay
// that publishes it, each with chances of its own.
inline std::uint64_t hopOfAnswer(std::uint64_t attempt, std::uint32_t look) {
    return (static_cast<std::uint64_t>(look & 0xFFFU) << 50U) +
           (0xFFFF'FFF0U - 2 * static_cast<std::uint32_t>(attempt));
}
inline std::uint64_t hopOfCheck(std::int64_t check) {
    return 0xFFFF'FFF1U - 2 * static_cast<std::uint32_t>(check & 0xFFFF);
}

// What is said in two steps: that the receiver has what took a hop, and that its sender knows it.
inline std::uint64_t receiptOf(std::uint64_t hop) {
    return hop | 1ULL << 63U;
}
inline std::uint64_t releaseOf(std::uint64_t hop) {
    return hop | 3ULL << 62U;
}

// The second one of a delivery that comes twice.
inline std::uint64_t secondOf(std::uint64_t hop) {
    return hop | 1ULL << 62U;
}

} // namespace weir
