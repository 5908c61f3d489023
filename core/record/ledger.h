// Ledger: what became of every message and every copy, as exact integers. A pure fold over records; that it closes at
// every instant is the promise that nothing is lost without being counted. Warm-up never touches it.
#pragma once

#include "core/record/record.h"

#include <cstdint>

namespace weir {

// Per message: published = refused + deduplicated + unroutable + held + routed.
struct MessageCounts {
    std::int64_t published = 0;
    std::int64_t refused = 0;
    std::int64_t deduplicated = 0;
    std::int64_t unroutable = 0;
    std::int64_t held = 0;
    std::int64_t routed = 0;

    bool closed() const;
    bool operator==(const MessageCounts&) const = default;
};

// Per copy: born = the sum of all others. The first four are where copies are now, the rest how they ended.
struct CopyCounts {
    std::int64_t born = 0;
    std::int64_t inTransit = 0;
    std::int64_t delayed = 0;
    std::int64_t ready = 0;
    std::int64_t inFlight = 0;
    std::int64_t acked = 0;
    std::int64_t deadLettered = 0;
    std::int64_t expired = 0;
    std::int64_t dropped = 0;
    std::int64_t purged = 0;
    std::int64_t lost = 0;

    void apply(const Record& record);
    std::int64_t outcomes() const; // the sum of all but born
    bool closed() const;
    bool operator==(const CopyCounts&) const = default;
};

struct Ledger {
    MessageCounts messages;
    CopyCounts copies;
    std::int64_t effectsLost = 0; // settled, but the work was not done

    void apply(const Record& record);
    // Both equations hold and nothing is below zero.
    bool closed() const { return messages.closed() && copies.closed() && effectsLost >= 0; }
    bool operator==(const Ledger&) const = default;
};

} // namespace weir
