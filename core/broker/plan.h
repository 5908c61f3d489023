// BrokerPlan: what a broker is built from: channels with their bindings and policies, subscriptions, and the names
// (places, reasons) that its records carry. Compiled once from a scenario, immutable, shared by every copy of a broker.
#pragma once

#include "core/broker/pattern.h"
#include "core/broker/ring_hash.h"
#include "core/broker/subscription_index.h"
#include "core/expression/expression.h"
#include "core/ids.h"
#include "core/kernel/random.h"
#include "core/record/catalogue.h"
#include "core/scenario/scenario.h"
#include "core/schema/schema_registry.h"
#include "core/services/event_path.h"
#include "core/units.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace weir {

// What a route asks of the message itself. Everything else is decided by the routing key alone, once for each key.
struct RouteCondition {
    std::optional<Pattern> headers;
    std::optional<Expression> where;
    std::optional<Pattern> event;
    bool noLocal = false;
};

struct Route { // from an exchange to a channel
    ChannelId to;
    std::optional<Pattern> pattern; // nothing: any key
    std::optional<RouteCondition> condition;
    double weight = 1;
    std::uint32_t shared = notShared; // number of the shared subscription that it is a member of
    bool retained = true;             // retained messages go over it too
    bool prepended = false;           // before those of the same pattern
    static constexpr std::uint32_t notShared = 0xFFFF'FFFF;
};

// What an exchange hashes: the routing key, what stands at a path of the event, or a header.
struct HashedPart {
    std::optional<EventPath> path;
    std::string header; // empty: none
};

struct ArchivePlan { // of an exchange
    std::optional<Pattern> pattern; // nothing: everything
    std::optional<Duration> keep;   // nothing: for ever
};

// To a stream's namesake in another cluster.
struct ReplicatorPlan {
    ChannelId to;
    Duration takes{};
};

// What every message asks stands in front: with many channels each cache line counts. In a ChannelSpec that is the case
// too.
struct alignas(64) ChannelPlan {
    ChannelKind kind = ChannelKind::queue;
    bool perMessage = false;              // the way from here depends on more than the routing key
    bool gated = false;                   // not everything is let in
    bool asksNothing = false;             // but for a message's size, see asksNothing() in plan_compiler.cpp
    bool logged = false;                  // a stream, or an exchange that leads to streams alone
    bool inTurn = false;                  // an exchange that serves one queue after the other
    bool mustBeHeard = false;             // an exchange that refuses a key that nobody listens to
    bool resetsToTheEnd = false;          // one of its groups does
    ChannelId deadLetter;                 // none: what cannot be delivered is dropped
    ChannelId retryThrough;               // none: retries wait outside the queue
    ChannelId alternate;                  // exchanges: takes what no route does
    ServiceId client;                     // a queue's first consumer
    std::uint32_t firstBuffer = noBuffer; // of its partitions, where the broker has nodes
    static constexpr std::uint32_t noBuffer = 0xFFFF'FFFF;
    std::uint32_t groupBits = 0;               // of a stream's groups, see bitOf()
    std::int64_t messageSizeMax = INT64_MAX;   // bytes
    PlaceId place;                             // the channel alone
    SubscriptionId queue;                      // that of a queue
    std::vector<SubscriptionId> subscriptions; // a queue has one, a stream one for each group
    ChannelSpec spec;                        // capacity, overflow, ttl, delay, priorities, partitions, retention, retry
    std::vector<Route> routes;               // exchanges and topics
    std::optional<ArchivePlan> archive;      // exchanges
    std::optional<SubscriptionIndex> index;  // over the routes' patterns, where there are many
    HashedPart hashed;                       // sticky, consistentHash
    HashRing ring;                           // consistentHash: over the routes
    Stream choices;                          // random, weighted
    std::vector<ReplicatorPlan> replicators; // of a stream
    std::optional<EventPath> dedupPath;      // where spec has a dedup window
    Stream turns;                            // draws for the order of consumers
    Stream jitter;                           // draws for retry delays
    Stream losses, duplicates;               // draws for faults that lose copies or double messages
    std::vector<PlaceId> partitionPlaces;    // streams: channel and partition
    std::string name;

    // Beyond 31 groups the last bit stands for all of them: the first of these to ack is enough.
    static std::uint32_t bitOf(std::size_t group) { return 1U << std::min<std::size_t>(group, 31); }
};

// What every copy asks of its channel stands here once more.
struct alignas(64) SubscriptionPlan {
    ChannelId channel;
    bool consumed = false;      // somebody settles its copies; else they only wait there
    bool committedOnly = false; // streams: it does not see what is not committed
    bool stream = false;
    bool broadcast = false;
    bool asksNothing = false;
    bool ownAckTimeouts = false;     // each delivery's is that of the retry policy
    bool roundRobin = false;         // who was served stands in the line again, with or without credit
    bool deliversBeforeTrim = false; // what came back is offered before the queue is cut to its capacity
    bool dropsOldest = false;        // where it has more than its capacity
    bool awaited = false;            // streams: a record is kept until it is acked here
    bool resetsToTheEnd = false;     // streams: there it goes on when the log has forgotten its position
    TtlRule ttlRule = TtlRule::least;
    TtlFrom ttlFrom = TtlFrom::ready;
    int priorities = 0;
    PlaceId place;                         // channel and subscription
    Duration ackTimeout = Duration::max(); // max: none
    Duration ttl = Duration::max();        // max: none
    Duration inHandMax = Duration::max();  // streams: a member that has a record for so long leaves its group
    std::vector<PlaceId> partitionPlaces;  // streams: with the partition
    std::uint32_t group = 0;               // streams: those of one service with one assignor are divided as one
    ReadFromSpec from;                     // streams
    CommitSpec commit;                     // streams
    std::string name;
};

struct NodePlan {
    NodeSpec spec;
    PlaceId place;
};

// What is kept on nodes as one: a queue, or a partition of a stream.
struct BufferPlan {
    ChannelId channel;
    std::uint32_t partition = 0;
    std::vector<NodeId> nodes;   // of its replicas; the first is to lead
    std::vector<PlaceId> places; // channel, partition, node: by replica
    std::uint64_t hash = 0;      // of its names
};

// The broker's own reasons; services add theirs to the same catalogue.
struct BrokerReasons {
    ReasonId maxLength;        // no room ("maxlen", as RabbitMQ says)
    ReasonId expired;          // time to live
    ReasonId rejected;         // refused for good by a consumer
    ReasonId deliveryLimit;    // its last retry failed
    ReasonId ackTimeout;       // not settled in time
    ReasonId disconnected;     // its consumer went away
    ReasonId publisherTimeout; // the producer gave up waiting for room
    ReasonId returned;         // mandatory, and no queue took it: goes back to its producer
    ReasonId retained;         // it was published before, and kept for who comes later
    ReasonId noRoute;          // its dead-letter exchange has no binding for it
    ReasonId cycle;            // it came back to a queue it had died in, without a rejection on the way
    ReasonId retention;        // the stream forgot it before the group read it
    ReasonId bound;            // a bound of the run
    ReasonId drop;             // faults, commands
    ReasonId duplicate;
    ReasonId redrive;
    ReasonId discard;
    ReasonId rateLimit;          // no token for it ("rate_limit")
    ReasonId rolledBack;         // its producer's local transaction did not end well
    ReasonId checkLimit;         // nobody said how that ended, however often the broker asked
    ReasonId messageSize;        // larger than the channel takes
    ReasonId sequence;           // an idempotent producer's number that was here before, or comes too early
    ReasonId invalidSchema;      // its data are not what the schema says
    ReasonId unknownSchema;      // nobody registered that version
    ReasonId incompatibleSchema; // that version breaks its type's compatibility
    ReasonId retry;              // it goes on in the queue through which retries go
    ReasonId queueExpired;       // its queue was deleted, since nobody used it
    ReasonId compacted;          // a stream kept a later record with its key
    ReasonId superseded;         // a stream kept later records of its subject
    ReasonId rebalancing;        // a group's members are about to be given their partitions anew
    ReasonId offsetReset;        // a group that had committed nothing began elsewhere
    ReasonId uncommitted;        // it was read before, and its position was not committed
    ReasonId seek;
    ReasonId claimed;      // another member of its group took it over
    ReasonId noConsumer;   // a broadcast met nobody
    ReasonId unheard;      // nobody listens to a key that must be heard
    ReasonId earlierFailed; // what came before it in turn failed
    ReasonId forgotten;    // the member of its group that had it is deleted
    ReasonId noLeader;     // nobody leads the queue or partition
    ReasonId tooFewInSync; // fewer replicas are in sync than it asks for
    ReasonId leaderLost;   // the replica that leads now never had it
    ReasonId nodeDown, nodeUp, powerOff;
    ReasonId diskFull, diskFree, slowDisk, rollingRestart;
    ReasonId aborted, fenced;    // a transaction did not commit; it was over when its producer came to end it
    ReasonId transactionTimeout; // nobody ended it in time
    ReasonId pollTimeout;        // a member of a group had a record in hand for too long
    static BrokerReasons in(Catalogue& catalogue);
};

struct BrokerPlan {
    std::vector<ChannelPlan> channels;           // by ChannelId
    std::vector<SubscriptionPlan> subscriptions; // by SubscriptionId
    std::vector<std::vector<SubscriptionId>> groups; // of streams: what each consumer group reads, in the order of names
    std::vector<NodePlan> nodes;                 // by NodeId
    std::vector<BufferPlan> buffers;             // empty where it has no nodes
    BrokerReasons reasons;
    std::shared_ptr<const SchemaRegistry> registry; // never null
    std::vector<SchemaRegistry::Entry> schemas;     // by EventTypeId; of those that came later the registry is asked
    std::int64_t copiesMax = 1'000'000;             // unsettled at once; beyond, the run is stopped
};

} // namespace weir
