// BrokerPlan: what a broker is built from: channels with their bindings and policies, subscriptions, and the names
// (places, reasons) that its records carry. Compiled once from a scenario, immutable, shared by every copy of a broker.
#pragma once

#include "core/broker/pattern.h"
#include "core/ids.h"
#include "core/kernel/random.h"
#include "core/record/catalogue.h"
#include "core/scenario/scenario.h"
#include "core/units.h"

#include <optional>
#include <string>
#include <vector>

namespace weir {

struct Route { // from an exchange to a channel
    ChannelId to;
    std::optional<Pattern> pattern; // nothing: takes everything (fan-out)
};

struct ChannelPlan {
    std::string name;
    ChannelKind kind = ChannelKind::queue;
    std::vector<Route> routes;                  // exchanges and topics
    std::vector<SubscriptionId> subscriptions;  // a queue has one, a stream one for each group
    ChannelSpec spec;                           // capacity, overflow, ttl, delay, priorities, partitions, retention, retry
    ChannelId deadLetter;                       // none: what cannot be delivered is dropped
    Stream jitter;                              // draws for retry delays
    Stream losses, duplicates;                  // draws for faults that lose copies or double messages
    PlaceId place;                              // the channel alone
    std::vector<PlaceId> partitionPlaces;       // streams: channel and partition
};

struct SubscriptionPlan {
    std::string name;
    ChannelId channel;
    bool consumed = false;                // somebody settles its copies; else they only wait there
    std::uint32_t group = 0;              // streams: those of one service with one assignor are divided as one
    ReadFromSpec from;                    // streams
    CommitSpec commit;                    // streams
    PlaceId place;                        // channel and subscription
    std::vector<PlaceId> partitionPlaces; // streams: with the partition
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
    ReasonId noRoute;          // its dead-letter exchange has no binding for it
    ReasonId cycle;            // it came back to a queue it had died in, without a rejection on the way
    ReasonId retention;        // the stream forgot it before the group read it
    ReasonId bound;            // a bound of the run
    ReasonId drop;             // faults, commands
    ReasonId duplicate;
    ReasonId redrive;
    ReasonId discard;
    ReasonId compacted;   // a stream kept a later record with its key
    ReasonId superseded;  // a stream kept later records of its subject
    ReasonId rebalancing; // a group's members are about to be given their partitions anew
    ReasonId offsetReset; // a group that had committed nothing began elsewhere
    ReasonId uncommitted; // it was read before, and its position was not committed
    ReasonId seek;
    ReasonId claimed; // another member of its group took it over
    static BrokerReasons in(Catalogue& catalogue);
};

struct BrokerPlan {
    std::vector<ChannelPlan> channels;           // by ChannelId
    std::vector<SubscriptionPlan> subscriptions; // by SubscriptionId
    std::vector<std::vector<SubscriptionId>> groups; // consumer groups of streams: what each reads, in the order of names
    BrokerReasons reasons;
    std::int64_t copiesMax = 1'000'000;          // unsettled at once; beyond, the run is stopped
};

} // namespace weir
