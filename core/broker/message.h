// Message, its copies, and the correlation (family) they belong to, as the broker holds them: rows of slabs.
#pragma once

#include "core/broker/slab.h"
#include "core/ids.h"
#include "core/record/record.h"
#include "core/units.h"
#include "core/value.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace weir {

using MessageHandle = std::uint32_t;
using CopyHandle = std::uint32_t;
using FamilyHandle = std::uint32_t;
using RoutingKeyId = std::uint32_t; // interned by RouteTable

struct Death;

// On a message that was published again out of an archive.
struct Replay {
    std::string name;
    std::vector<ChannelId> rules; // whom it is for; empty: all
};

// What a message carries beyond its envelope; shared by its copies, in snapshots too.
struct Content {
    Value data; // null: none
    std::string partitionKey;
    std::string subject;
    Value headers = {}; // a table; null: none
    std::uint64_t identity = 0; // what it shares with its repeats: the ordinal of its first publish, or from outside the
                                // hash of its id; 0: its own ordinal
    std::uint32_t producer = 0; // of an idempotent producer; 0: none
    std::uint32_t sequence = 0; // its number among that producer's to the same channel, from 1
    Duration clockAhead{};      // of its producer's clock when it was published
    std::shared_ptr<const Replay> replay = {};
    std::shared_ptr<const Death> deaths = {}; // of a dead letter in a log, when it came there
};

struct Message {
    // What is said of it.
    Record recordOf(RecordKind kind, PlaceId place, SimTime now) const {
        Record record;
        record.at = now;
        record.ordinal = ordinal;
        record.type = type;
        record.place = place;
        record.kind = kind;
        return record;
    }

    std::shared_ptr<const Content> content; // null: neither data nor key nor subject
    std::int64_t size = 0;                  // bytes
    Ordinal ordinal = 0;
    Ordinal cause = 0;       // 0: a root
    Ordinal correlation = 0; // the root's ordinal
    SimTime published;
    Duration ttl = Duration::max(); // time to live in a queue; max: none
    Duration delay{};               // before it may be delivered, from its arrival in the queue
    RoutingKeyId routingKey = 0;
    std::uint32_t keyHash = 0; // murmur2 of the partition key
    FamilyHandle family = 0;
    std::uint32_t references = 0; // while held, per copy, per handling in progress
    PlaceId from;                 // service and channel of its publishing, for records about the message itself
    EventTypeId type;
    ServiceId source;
    std::uint8_t priority = 0;
    bool keyed = false; // has a partition key

    std::uint64_t identity() const { return content && content->identity != 0 ? content->identity : ordinal; }
};

// The deaths of a message in one channel for one reason; the latest first, the others see withDeath(). RabbitMQ's x-death, as a chain.
struct Death {
    ChannelId channel;
    ReasonId reason;
    SimTime at; // of the last one
    std::uint32_t count = 1;
    RoutingKeyId key = noHandle;   // with which it died
    RoutingKeyId after = noHandle; // with which it goes on; noHandle: with its own
    std::shared_ptr<const Death> before;
};

struct Copy {
    static constexpr SimTime never = SimTime::max();
    static constexpr std::uint64_t firstPosition = std::uint64_t{1} << 48U; // in a queue: what comes in stands behind it

    SimTime born;               // entry into this queue: waits are measured from here
    SimTime readySince;         // last time it became ready; in flight: when it was delivered
    SimTime expires = never;    // its time to live ends; acts while ready, at the head
    std::uint64_t position = 0; // its place in the queue's order; in a stream its offset
    std::shared_ptr<const Death> deaths;
    MessageHandle message = noMessage;
    std::uint32_t generation = 0;                     // raised whenever it is taken back or ends: older tags are void
    CopyHandle before = noMessage, after = noMessage; // the consumer's copies in flight, a doubly linked list
    ConsumerId consumer;
    SubscriptionId subscription;
    std::uint16_t attempt = 0; // deliveries so far
    std::uint16_t partition = 0;
    CopyState state = CopyState::none;
    std::uint8_t priority = 0;
    bool settled = false; // automatic ack: settled on delivery, still being handled
    bool passedBy = false; // settled, and its group has been sent elsewhere: its end is no step of the group's
    bool orphaned = false; // in flight to a connection that was lost: it takes nobody's credit
    bool outstanding = false; // delivered, not settled, and its channel counts these
    std::uint8_t extensions = 0; // of the ack timeout; a deadline of an earlier one is void
    std::uint16_t timeouts = 0;  // that were no failed attempts
    std::uint16_t round = 0;     // births of copies of its message out of copies: each round has draws of its own

    static constexpr std::uint32_t noMessage = std::numeric_limits<std::uint32_t>::max();
};

// A delivery, as its receiver names it when settling. Void once the copy was taken back.
struct DeliveryTag {
    CopyHandle copy = Copy::noMessage;
    std::uint32_t generation = 0;
    bool operator==(const DeliveryTag&) const = default;
};

// A half message, as its producer names it when its local transaction has ended. Void once it was decided.
struct HalfTag {
    std::uint32_t half = Copy::noMessage;
    std::uint32_t generation = 0;
    bool operator==(const HalfTag&) const = default;
};

// All messages with one root cause. Complete when nothing of it is held, unsettled or being handled.
struct Family {
    Ordinal root = 0;
    SimTime started;
    std::uint32_t open = 0;                // held messages, copies that somebody will settle, handlings
    std::uint32_t references = 0;          // all copies, held messages, handlings: the row is kept while there are any
    std::uint32_t requester = noRequester; // a closed-loop source that waits for the completion
    bool complete = false;

    static constexpr std::uint32_t noRequester = std::numeric_limits<std::uint32_t>::max();
};

} // namespace weir
