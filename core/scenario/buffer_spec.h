// QueueSpec and StreamSpec: what a channel holds, and what it does when it holds too much.
#pragma once

#include "core/scenario/routing_spec.h"
#include "core/scenario/stream_group_spec.h"
#include "core/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

// Which of the copies of one priority is delivered first: the oldest, or the newest (last in, first out).
enum class Line : std::uint8_t { fifo, lifo };

struct QueueSpec {
    std::optional<std::int64_t> capacity; // copies
    std::optional<Bytes> capacityBytes;   // the sum of their sizes
    CapacityCounts capacityCounts = CapacityCounts::ready;
    Overflow overflow = Overflow::reject;
    TtlActs ttlActs = TtlActs::head;
    std::optional<Duration> idleExpiry; // without a consumer for this long it is deleted, until one comes
    int priorities = 0;                 // levels above 0; 0: all are alike
    Line line = Line::fifo;

    bool bounded() const { return capacity || capacityBytes; }
};

enum class Partitioner : std::uint8_t; // core/broker/partitioner.h

// What a record is kept for, beside the limits of time, number and size.
enum class RetainUntil : std::uint8_t {
    limits,
    acked,   // until every group has acked it, and while none reads (a work queue)
    interest // until every group has acked it; where none reads it is not kept at all
};
// What the delay of a message that comes to a stream holds back.
enum class DelayHolds : std::uint8_t {
    nothing, // it is read at once (Kafka, RabbitMQ's streams, JetStream 2.9, Redis Streams)
    append,  // it gets its offset when its delay is over, for all groups (RocketMQ: it waits in the schedule topic)
    delivery // it stands in the log; groups that share records get it when its delay is over, owners at once (Pulsar)
};
// Kafka's log compaction: of the records with one key the last one stays.
struct CompactionSpec {
    double dirty = 0.5;        // a cleaning begins when so much of what is kept has come since the last one
    Duration tombstones = 24h; // a record without data goes so long after the cleaning that first met it
};

// Asynchronous replication to a namesake in another cluster (Pulsar).
struct ReplicateSpec {
    std::string to;   // a stream
    Duration takes{}; // until a record is there
    bool operator==(const ReplicateSpec&) const = default;
};

struct StreamSpec {
    std::uint32_t partitions = 1;
    std::optional<Duration> retainFor;
    std::optional<std::int64_t> retainCount; // records per partition
    std::optional<Bytes> retainBytes;        // per partition
    std::optional<std::int64_t> retainPerSubject; // records per partition with the same routing key
    RetainUntil retainUntil = RetainUntil::limits;
    bool refuseWhenFull = false; // of retainCount and retainBytes: what comes is refused, instead of the oldest forgotten
    std::optional<CompactionSpec> compaction;
    Partitioner keyHash{}; // kafka's where nothing is said: which partition a key goes to
    std::optional<Bytes> keylessBatch;   // messages without a key stay with one partition for so much; nothing: in turn
    DelayHolds delayHolds = DelayHolds::nothing;
    StreamGroupSpec group;
    std::vector<ReplicateSpec> replicate;
};

} // namespace weir
