// Picture: all that views show at one instant, as a pure fold over records: ledger, figures of channels, subscriptions,
// services and edges, latency, business state. A plain value: copy it, keep it, fold it on. Metrics begin again when
// the warm-up ends; ledger and present states do not. It knows nothing of where records come from.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/figures.h"
#include "core/record/flat_map.h"
#include "core/record/histogram.h"
#include "core/record/ledger.h"
#include "core/record/record.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace weir {

// What a state slot holds: a quantity, or a status where `status` is valid.
struct StateValue {
    std::int64_t quantity = 0;
    ReasonId status;
    bool known = false;
    bool operator==(const StateValue&) const = default;
};

class Picture {
  public:
    void apply(const Record& record, const Catalogue& catalogue);
    // The same where its place is at hand; one without parts where it has none.
    void apply(const Record& record, const Catalogue& catalogue, const Place& place);
    // Hints that this record will be folded soon: what it will change is asked for, first what it names, and later,
    // nearer to it, what is found by way of that. For pictures of more places than are near at once.
    void foresee(const Record& record, const Place& place) const;
    void foreseeNear(const Record& record, const Place& place) const;

    SimTime time() const { return m_time; }
    std::uint64_t index() const { return m_index; } // records folded so far
    SimTime metricsStart() const { return m_metricsStart; }
    const Ledger& ledger() const { return m_ledger; }

    // By id. What no record has touched yet has the figures of nothing.
    const ChannelFigures& channel(ChannelId id) const { return at(m_channels, id.index()); }
    const SubscriptionFigures& subscription(SubscriptionId id) const { return at(m_subscriptions, id.index()); }
    const ServiceFigures& service(ServiceId id) const { return at(m_services, id.index()); }
    // In the order in which they were first seen.
    const std::vector<EdgeFigures>& edges() const { return m_edges; }
    const EdgeFigures* edge(EdgeKind kind, std::size_t from, std::size_t to) const;

    const Histogram& latency() const { return m_latency; } // end to end, by correlation
    StateValue state(std::uint32_t slot) const { return slot < m_state.size() ? m_state[slot] : StateValue{}; }
    std::int64_t publishedOf(EventTypeId type) const { return at(m_types, type.index()); }
    std::int64_t deadLetteredFor(ReasonId reason) const { return at(m_reasons, reason.index()); }
    bool stopped() const { return m_stopped; }
    ReasonId stopReason() const { return m_stopReason; }

    const NodesFigures& nodes() const { return m_nodes; }

    // Records that a stream's group has still to read, by its committed positions; nothing where it reads no stream.
    // For those who read committed records the stream ends where the oldest open transaction begins.
    std::optional<std::int64_t> lag(SubscriptionId id, const Catalogue& catalogue) const;

    std::size_t memoryBytes() const;
    bool operator==(const Picture&) const = default; // of folds over the same records

  private:
    template <class T> static const T& at(const std::vector<T>& items, std::size_t index) {
        static const T none{};
        return index < items.size() ? items[index] : none;
    }
    void applyMessage(const Record& record, const Catalogue& catalogue, const Place& place);
    void applyEnd(const Record& record, ChannelFigures& channel, std::size_t partition);
    void applyMarker(const Record& record, const Catalogue& catalogue, const Place& place);
    void moveCopy(const Record& record, const Catalogue& catalogue, const Place& place);
    void applyCopy(const Record& record, const Catalogue& catalogue, const Place& place);
    void applyEnqueued(const Record& record, const Catalogue& catalogue, const Place& place);
    void applyDelivered(const Record& record, const Catalogue& catalogue, const Place& place);
    void applyAcked(const Record& record, const Catalogue& catalogue, const Place& place);
    static Histogram& responseAt(SubscriptionFigures& subscription, const Place& place, const Catalogue& catalogue);
    void applyLeft(const Record& record, const Place& place, SubscriptionFigures& subscription);
    void applyOther(const Record& record, const Catalogue& catalogue, const Place& place);
    void applyStarted(const Record& record, const Catalogue& catalogue, const Place& place);
    void applyFinished(const Record& record, const Catalogue& catalogue, const Place& place);
    void applyService(const Record& record, const Catalogue& catalogue, const Place& place);
    static std::int64_t workersOf(const Record& record);
    void release(std::int64_t workers, InstanceFigures& instance, ServiceFigures& service);
    InstanceFigures& workingAt(const Record& record, const Place& place, ServiceFigures& service);
    InstanceFigures& newlyWorkingAt(const Record& record, std::size_t instance, ServiceFigures& service);
    void applyScaled(const Record& record, ServiceFigures& service);
    void applyTaken(const Record& record, const Catalogue& catalogue, const Place& place);
    void applyNodes(const Record& record, const Catalogue& catalogue, const Place& place);
    // Not a part of apply(): with these in it the way to all others would need a frame.
    [[gnu::noinline]] void applyInNewBucket(const Record& record, const Catalogue& catalogue, const Place& place);
    [[gnu::noinline]] void applyCompleted(const Record& record);
    [[gnu::noinline]] void applyDeadLettered(const Record& record, const Catalogue& catalogue, const Place& place);
    [[gnu::noinline]] void applyCommitted(const Record& record, const Place& place);
    void warmUp();
    void touchEdge(const Record& record, EdgeKind kind, std::size_t from, std::size_t to);
    void touchOtherEdge(std::size_t place, EdgeKind kind, std::size_t from, std::size_t to);
    std::uint32_t findEdge(EdgeKind kind, std::size_t from, std::size_t to); // made where it is new
    // What no record has touched yet is made.
    ChannelFigures& channelAt(ChannelId id, const Catalogue& catalogue) {
        return id.index() < m_channels.size() ? m_channels[id.index()] : newChannel(id, catalogue);
    }
    SubscriptionFigures& subscriptionAt(SubscriptionId id) {
        return id.index() < m_subscriptions.size() ? m_subscriptions[id.index()] : newSubscription(id);
    }
    ServiceFigures& serviceAt(ServiceId id, const Catalogue& catalogue) {
        return id.index() < m_services.size() ? m_services[id.index()] : newService(id, catalogue);
    }
    ChannelFigures& newChannel(ChannelId id, const Catalogue& catalogue);
    SubscriptionFigures& newSubscription(SubscriptionId id);
    ServiceFigures& newService(ServiceId id, const Catalogue& catalogue);

    SimTime m_time;
    SimTime m_metricsStart;
    std::uint64_t m_index = 0;
    RateWindow::Bucket m_bucket; // of the rates, at m_time
    SimTime m_bucketEnd{RateWindow::bucketWidth};
    Ledger m_ledger;
    std::vector<ChannelFigures> m_channels;
    std::vector<SubscriptionFigures> m_subscriptions;
    std::vector<ServiceFigures> m_services;
    std::vector<EdgeFigures> m_edges;
    FlatMap<std::uint32_t> m_edgeIndex;  // (kind, from, to) -> its place in m_edges
    std::vector<std::uint32_t> m_edgeAt; // by place: the edge that a record there was about last, to be looked at first
    FlatMap<std::int64_t> m_waits;       // (ordinal, subscription) -> wait, of copies in flight that were started
    Histogram m_latency;
    std::vector<StateValue> m_state;
    NodesFigures m_nodes;
    std::vector<std::int64_t> m_types;
    std::vector<std::int64_t> m_reasons;
    bool m_stopped = false;
    ReasonId m_stopReason;
};

} // namespace weir
