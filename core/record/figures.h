// What a Picture says of each channel, subscription, service and edge. Plain values; metrics since the end of the
// warm-up, states as they are now.
#pragma once

#include "core/ids.h"
#include "core/record/catalogue.h"
#include "core/record/histogram.h"
#include "core/record/ledger.h"
#include "core/record/rate_window.h"
#include "core/record/time_integral.h"

#include <cstdint>
#include <vector>

namespace weir {

// Of a queue, or a partition of a stream, that a broker with nodes keeps.
struct LeaderFigures {
    NodeId leader; // none: nobody leads
    std::int64_t term = 0;
    std::int64_t inSync = 0; // replicas
    bool operator==(const LeaderFigures&) const = default;
};

// Since the start.
struct NodesFigures {
    std::vector<bool> down;        // by node
    std::vector<bool> full;        // by node: its disk
    std::int64_t elections = 0;    // leaders after the first ones
    std::int64_t promisesLost = 0; // copies that were lost though their producers had been told that they are safe
    bool operator==(const NodesFigures&) const = default;
};

struct alignas(64) ChannelFigures {
    ChannelKind kind = ChannelKind::queue;
    std::int64_t published = 0; // messages that producers published to it
    std::int64_t bytes = 0;     // of those of them that were routed
    std::int64_t taken =
        0;             // copies that were born in it (queues), records appended (streams), messages routed (exchanges)
    CopyCounts copies; // since the start, like the ledger
    RateWindow rate;   // of what it took
    std::vector<std::int64_t> ends;     // streams: per partition, the offset that the next record gets
    std::vector<std::int64_t> stables;  // as `ends`, to which offset no transaction is open; empty before the first one
    std::vector<LeaderFigures> leaders; // per partition; a queue has one
    bool operator==(const ChannelFigures&) const = default;
};

// Response times by one of several services that read the same queue.
struct SharedResponse {
    ServiceId service;
    Histogram response;
    bool operator==(const SharedResponse&) const = default;
};

struct alignas(64) SubscriptionFigures { // in the order that keeps what one record changes in one cache line
    std::int64_t delivered = 0;
    std::int64_t acked = 0;
    TimeIntegral depth;           // waiting to be started, prefetched ones included
    TimeIntegral unacked;         // in flight
    std::int64_t redelivered = 0; // deliveries with attempt > 1
    std::int64_t deadLettered = 0;
    std::int64_t expired = 0;
    std::int64_t dropped = 0;
    Histogram wait;                      // from being in the queue to the start of the handling that settled it
    Histogram response;                  // from publish to the settling ack, by the service that the catalogue names
    std::vector<SharedResponse> shared;  // and by the others; empty nearly always
    std::vector<std::int64_t> positions; // streams: per partition, the offset to be read next
    bool rebalancing = false;            // streams: the partitions are being shared out anew
    bool operator==(const SubscriptionFigures&) const = default;

    Histogram responseOfAll() const {
        Histogram all = response;
        for (const SharedResponse& other : shared)
            all.merge(other.response);
        return all;
    }
};

struct InstanceFigures {
    bool up = true;
    std::int64_t busy = 0; // workers
    bool operator==(const InstanceFigures&) const = default;
};

struct alignas(64) ServiceFigures { // in the order that keeps what one record changes in one cache line
    TimeIntegral busy;              // workers
    std::int64_t handled = 0;       // handlings that finished
    std::int64_t failed = 0;        // handlings that failed or crashed
    std::vector<InstanceFigures> instances;
    std::size_t inService = 0; // instances; those beyond only finish what they have taken
    std::int64_t workers = 0;  // of one instance
    std::int64_t outbox = 0;   // events in it
    TimeIntegral up;           // workers of instances that are up; 0 where the number is not known (live)
    Histogram service;         // ns of handlings that finished
    bool operator==(const ServiceFigures&) const = default;
};

enum class EdgeKind : std::uint8_t { publish, route, deliver, deadLetter };

// Who sent to whom. `from` and `to` are indices: of services, channels or subscriptions, by kind.
struct alignas(64) EdgeFigures {
    EdgeKind kind = EdgeKind::publish;
    std::uint16_t from = 0; // publish: service; route, deadLetter: channel; deliver: subscription
    std::uint16_t to = 0;   // deliver: service; else channel
    std::int64_t count = 0;
    RateWindow rate;
    bool joins(EdgeKind sort, std::size_t here, std::size_t there) const {
        return kind == sort && from == here && to == there;
    }
    void add(const RateWindow::Bucket& now) {
        ++count;
        rate.add(now);
    }
    bool operator==(const EdgeFigures&) const = default;
};

} // namespace weir
