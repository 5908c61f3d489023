// StreamGroupSpec: how the consumer groups of a stream share it, and where a group begins and commits. A group is a
// service's name; its members are the service's instances.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <optional>

namespace weir {

enum class PartitionsBy : std::uint8_t {
    turn, // to the members in the order they joined, one after the other
    range,
    roundRobin,
    sticky,
    cooperativeSticky // Kafka's assignors, see core/broker/assignor.h
};

enum class GroupDelivery : std::uint8_t {
    partitions,     // a partition has one owner, which handles it in order
    shared,         // each record goes to any member with credit, and is acked by itself
    keyShared,      // as shared, but all of one key to one member
    partitionShared // as shared, but all of one partition to one member
};

// What becomes of the records that a member of a shared group had not settled when its connection was lost.
enum class WhenGone : std::uint8_t {
    giveBack, // the others get them at once (Pulsar)
    wait,     // nobody gets them before their ack timeout (JetStream)
    resume,   // as wait, but it gets them itself when it is back (Redis: it reads its history, others claim)
    forget    // nobody gets them (Redis, where the consumer is deleted)
};

struct StreamGroupSpec {
    GroupDelivery delivery = GroupDelivery::partitions;
    WhenGone whenGone = WhenGone::giveBack;
    PartitionsBy assignor = PartitionsBy::turn;
    Duration rebalanceTakes{};  // meanwhile nobody reads; with cooperative-sticky only what moves is not read
    Duration sessionTimeout{};  // a member that went away keeps its partitions this long
    bool staticMembers = false; // one that comes back within its session goes on without a rebalance
    // One that has a record in hand for longer leaves its group until it has none (Kafka: max.poll.interval.ms).
    std::optional<Duration> maxPollInterval;
    bool operator==(const StreamGroupSpec&) const = default;
};

// Where a group begins that has committed nothing, or what a seek goes to.
struct ReadFromSpec {
    enum class Where : std::uint8_t { earliest, latest, offset, time };
    Where where = Where::earliest;
    std::int64_t offset = 0;
    Duration time{}; // of the run: the first record that came then or later
    bool operator==(const ReadFromSpec&) const = default;
};

// When a group commits its position in a partition, behind what it has handled: the first of the two that comes. A
// crash takes it back to what was committed.
struct CommitSpec {
    std::uint32_t every = 1;          // records; 0: only by the interval
    std::optional<Duration> interval; // after the first record that is not committed
    bool operator==(const CommitSpec&) const = default;
};

} // namespace weir
