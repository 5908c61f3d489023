// RateLimitSpec: how much may pass a channel or be delivered in a time, and what becomes of the rest.
#pragma once

#include "core/units.h"

#include <cstdint>

namespace weir {

enum class RateAction : std::uint8_t {
    shape, // it waits for its tokens, in order; its producer goes on
    drop,  // it is refused, a delivery dropped
    block  // it waits, and its producer with it (Kafka's quotas: the answer comes late)
};

enum class Refill : std::uint8_t {
    steady, // token by token
    atOnce  // the whole burst, when it would have come token by token since the first of it was taken: a fixed window
};

struct RateLimitSpec {
    std::int64_t tokens = 1; // so many every `per`: an exact ratio, "5/s" is 5 every second
    Duration per = 1s;
    std::int64_t burst = 1; // at once at most
    bool bytes = false;     // tokens are bytes of its size, else messages
    Refill refill = Refill::steady;
    RateAction action = RateAction::shape;
    std::int64_t waitingMax = 100'000; // wait at once; beyond, they are refused
    bool operator==(const RateLimitSpec&) const = default;
};

} // namespace weir
