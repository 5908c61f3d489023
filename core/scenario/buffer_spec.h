// QueueSpec and StreamSpec: what a channel holds, and what it does when it holds too much.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <optional>

namespace weir {

enum class Overflow : std::uint8_t {
    reject,
    dropOldest,
    dropNewest,
    block,
    rejectDeadLetter // refused to its producer, and a copy goes to the dead-letter channel (RabbitMQ: reject-publish-dlx)
};
// Which copies take a place: those that wait (RabbitMQ's max-length), or all that are not settled yet.
enum class CapacityCounts : std::uint8_t { ready, unsettled };
// Where a time to live ends a copy: when it has come to the head, or at its time wherever it stands.
enum class TtlActs : std::uint8_t { head, anywhere };

struct QueueSpec {
    std::optional<std::int64_t> capacity; // copies
    std::optional<Bytes> capacityBytes;   // the sum of their sizes
    CapacityCounts capacityCounts = CapacityCounts::ready;
    Overflow overflow = Overflow::reject;
    TtlActs ttlActs = TtlActs::head;
    std::optional<Duration> idleExpiry; // without a consumer for this long it is deleted, until one comes
    int priorities = 0;                 // levels above 0; 0: plain FIFO

    bool bounded() const { return capacity || capacityBytes; }
};

struct StreamSpec {
    std::uint32_t partitions = 1;
    std::optional<Duration> retainFor;
    std::optional<std::int64_t> retainCount; // records per partition
};

} // namespace weir
