// RateLimiter and Pacing: a token bucket and those who wait for it: publishes before a channel, copies before their
// delivery. The broker moves them; here is only what has to be remembered.
#pragma once

#include "core/broker/slab.h"
#include "core/broker/token_bucket.h"
#include "core/scenario/rate_limit_spec.h"

#include <cstdint>

namespace weir {

inline TokenTerms termsOf(const RateLimitSpec& rate) {
    return {.tokens = rate.tokens, .per = rate.per, .burst = rate.burst, .atOnce = rate.refill == Refill::atOnce};
}

// Before a channel: who came later goes later.
struct RateLimiter {
    struct Place {
        std::uint32_t waiting = noHandle; // a publish of the broker's
        std::int64_t cost = 1;
    };
    TokenBucket bucket;
    Ring<Place> line;
    std::int64_t lineCost = 0;    // of all in line
    std::uint32_t generation = 0; // of the due that lets the first one pass; older ones pass without effect
    bool limited = false;

    // What is larger than a burst that was made smaller meanwhile passes with a whole one.
    std::int64_t firstCost() const { return std::min(line.front().cost, bucket.terms().burst); }
};

// Before the deliveries of a subscription. Nobody stands in line here: the queue is the line.
struct Pacing {
    TokenBucket bucket;
    std::uint32_t generation = 0;
    std::uint32_t turn = 0; // streams: the partition that is asked first
    bool limited = false;
    bool waits = false; // a due will look again
};

} // namespace weir
