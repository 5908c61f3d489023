// QueueSpec and StreamSpec: what a channel holds, and what it does when it holds too much.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <optional>

namespace weir {

enum class Overflow : std::uint8_t { reject, dropOldest, dropNewest, block };

struct QueueSpec {
    std::optional<std::int64_t> capacity; // copies ready (delayed and unacked do not count, as in RabbitMQ's max-length)
    Overflow overflow = Overflow::reject;
    int priorities = 0; // levels above 0; 0: plain FIFO
};

struct StreamSpec {
    std::uint32_t partitions = 1;
    std::optional<Duration> retainFor;
    std::optional<std::int64_t> retainCount; // records per partition
};

} // namespace weir
