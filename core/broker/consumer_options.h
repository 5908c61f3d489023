// What a consumer is attached with, and how it settles what it was given.
#pragma once

#include "core/ids.h"
#include "core/record/catalogue.h"

#include <cstdint>
#include <vector>

namespace weir {

enum class Settlement : std::uint8_t {
    ack,     // done
    retry,   // failed: by the channel's retry policy, else dead-letter
    requeue, // not done, no fault of it: back to its old place or the tail; deliveries are still counted
    reject   // refused for good: dead-letter
};

struct ConsumerTerms {
    std::uint32_t prefetch = 1;       // unacked at most; 0: unlimited
    bool automatic = false;           // settled on delivery (at-most-once)
    int priority = 0;                 // those with a higher one come first, while they have credit
    std::uint32_t sharedPrefetch = 0; // of its group, see SharedCredit
    bool operator==(const ConsumerTerms&) const = default;
};
// A limit that several consumers share: the channel-wide prefetch of AMQP.
struct SharedCredit {
    static constexpr std::uint32_t none = 0xFFFF'FFFFU;
    std::uint32_t group = none; // the caller's number for it, small
    std::uint32_t prefetch = 0; // unacked over all of the group at most; 0: unlimited
};
struct ConsumerOptions {
    SubscriptionId subscription;
    PlaceId place;              // channel, subscription, service, instance
    std::uint32_t prefetch = 1; // as in ConsumerTerms, the next two too
    bool automatic = false;
    int priority = 0;
    SharedCredit shared;
    std::uint32_t member = 0;                  // of its group: consumers of one member read several streams as one
    std::vector<PlaceId> partitionPlaces = {}; // streams: its places with the partition
};

} // namespace weir
