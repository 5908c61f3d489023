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

} // namespace weir
