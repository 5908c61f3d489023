#include "core/record/picture.h"

#include "core/kernel/prefetch.h"
#include "core/record/copy_move.h"

#include <algorithm>

namespace weir {
namespace {

std::uint64_t edgeKey(EdgeKind kind, std::size_t from, std::size_t to) {
    return static_cast<std::uint64_t>(kind) << 32 | static_cast<std::uint64_t>(from) << 16 | to;
}

std::uint64_t copyKey(const Record& record, const Place& place) {
    return record.ordinal << 16 | place.subscription.value;
}

constexpr Place nowhere;

// The element at an index that a record names, made where it is new.
template <class T> [[gnu::noinline]] T& grow(std::vector<T>& items, std::size_t index) {
    items.resize(index + 1);
    return items[index];
}
template <class T> T& grown(std::vector<T>& items, std::size_t index) {
    return index < items.size() ? items[index] : grow(items, index);
}

} // namespace

void Picture::apply(const Record& record, const Catalogue& catalogue) {
    apply(record, catalogue, record.place.valid() ? catalogue.place(record.place) : nowhere);
}

// Each kind ends in one function of its own, so that the usual ones are near.
void Picture::apply(const Record& record, const Catalogue& catalogue, const Place& place) {
    if (record.at >= m_bucketEnd) {
        applyInNewBucket(record, catalogue, place);
        return;
    }
    ++m_index;
    m_time = std::max(m_time, record.at);
    switch (record.kind) {
    case RecordKind::published:
    case RecordKind::refused:
    case RecordKind::deduplicated:
    case RecordKind::unroutable:
    case RecordKind::routed:
        applyMessage(record, catalogue, place);
        break;
    case RecordKind::completed:
        applyCompleted(record);
        break;
    case RecordKind::appended:
        applyTaken(record, catalogue, place);
        break;
    case RecordKind::enqueued:
        applyEnqueued(record, catalogue, place);
        break;
    case RecordKind::delivered:
        applyDelivered(record, catalogue, place);
        break;
    case RecordKind::acked:
        applyAcked(record, catalogue, place);
        break;
    case RecordKind::deadLettered:
        applyDeadLettered(record, catalogue, place);
        break;
    case RecordKind::sent:
    case RecordKind::released:
    case RecordKind::requeued:
    case RecordKind::retryScheduled:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::lost:
        applyCopy(record, catalogue, place);
        break;
    case RecordKind::started:
        applyStarted(record, catalogue, place);
        break;
    case RecordKind::finished:
        applyFinished(record, catalogue, place);
        break;
    case RecordKind::skipped:
    case RecordKind::failed:
    case RecordKind::crashed:
    case RecordKind::restarted:
    case RecordKind::scaled:
        applyService(record, catalogue, place);
        break;
    case RecordKind::committed:
        applyCommitted(record, place);
        break;
    case RecordKind::transactionCommitted:
    case RecordKind::transactionAborted:
        applyMarker(record, catalogue, place);
        break;
    case RecordKind::leaderElected:
    case RecordKind::leaderLost:
    case RecordKind::replicaBehind:
    case RecordKind::replicaCaughtUp:
    case RecordKind::nodeDown:
    case RecordKind::nodeUp:
    case RecordKind::diskFull:
    case RecordKind::diskFree:
        applyNodes(record, catalogue, place);
        break;
    case RecordKind::effectLost:
    case RecordKind::stateChanged:
    case RecordKind::stored:
    case RecordKind::relayed:
    case RecordKind::warmedUp:
    case RecordKind::stopped:
    case RecordKind::rebalanced:
        applyOther(record, catalogue, place);
        break;
    case RecordKind::blocked:
    case RecordKind::unblocked:
    case RecordKind::throttled:
    case RecordKind::ackRefused:
    case RecordKind::nacked:
    case RecordKind::timedOut:
    case RecordKind::compensated:
    case RecordKind::commanded:
    case RecordKind::confirmed:
    case RecordKind::unconfirmed:
    case RecordKind::checkedBack:
    case RecordKind::strayed:
        break; // facts for the trace; no figure counts them
    }
}

void Picture::foresee(const Record& record, const Place& place) const {
    if (place.channel.index() < m_channels.size())
        prefetchLines<4>(m_channels[place.channel.index()]);
    if (place.subscription.index() < m_subscriptions.size()) {
        const SubscriptionFigures& figures = m_subscriptions[place.subscription.index()];
        prefetchLines<2>(figures);
        if (record.kind == RecordKind::acked) {
            prefetchLines<2>(figures.wait);
            prefetchLines<2>(figures.response);
        }
    }
    if (place.service.index() < m_services.size()) {
        const ServiceFigures& figures = m_services[place.service.index()];
        prefetchLines<2>(figures);
        if (record.kind == RecordKind::finished)
            prefetchLines<2>(figures.service);
    }
}

void Picture::foreseeNear(const Record& record, const Place& place) const {
    const auto edge = [&] {
        if (const std::size_t at = record.place.index(); at < m_edgeAt.size() && m_edgeAt[at] < m_edges.size())
            prefetchLines<2>(m_edges[m_edgeAt[at]]);
    };
    switch (record.kind) {
    case RecordKind::enqueued:
    case RecordKind::appended:
    case RecordKind::delivered:
        edge();
        break;
    case RecordKind::acked:
        if (place.subscription.index() < m_subscriptions.size())
            m_subscriptions[place.subscription.index()].response.foresee(record.value);
        break;
    case RecordKind::started:
    case RecordKind::finished:
        if (place.service.index() < m_services.size()) {
            const ServiceFigures& figures = m_services[place.service.index()];
            prefetch(figures.instances.data());
            if (record.kind == RecordKind::finished)
                figures.service.foresee(record.value);
        }
        break;
    default:
        break;
    }
}

void Picture::applyCompleted(const Record& record) {
    m_latency.add(record.value);
}

void Picture::applyCommitted(const Record& record, const Place& place) {
    if (place.subscription.valid() && place.partition != Place::noIndex)
        grown(subscriptionAt(place.subscription).positions, place.partition) = record.extra;
}

void Picture::applyOther(const Record& record, const Catalogue& catalogue, const Place& place) {
    switch (record.kind) {
    case RecordKind::effectLost:
        m_ledger.apply(record);
        break;
    case RecordKind::stateChanged:
        grown(m_state, record.extra) = StateValue{record.reason.valid() ? 0 : record.value, record.reason, true};
        break;
    case RecordKind::stored:
    case RecordKind::relayed:
        if (place.service.valid())
            serviceAt(place.service, catalogue).outbox += record.kind == RecordKind::stored ? 1 : -1;
        break;
    case RecordKind::rebalanced: // it has a reason where it begins, and none where it is done
        if (place.subscription.valid())
            subscriptionAt(place.subscription).rebalancing = record.reason.valid();
        break;
    case RecordKind::warmedUp:
        warmUp();
        break;
    case RecordKind::stopped:
        m_stopped = true;
        m_stopReason = record.reason;
        break;
    default:
        break;
    }
}

void Picture::applyNodes(const Record& record, const Catalogue& catalogue, const Place& place) {
    if (record.kind == RecordKind::nodeDown || record.kind == RecordKind::nodeUp) {
        if (place.node.index() >= m_nodes.down.size())
            m_nodes.down.resize(place.node.index() + 1);
        m_nodes.down[place.node.index()] = record.kind == RecordKind::nodeDown;
        return;
    }
    if (record.kind == RecordKind::diskFull || record.kind == RecordKind::diskFree) {
        if (place.node.index() >= m_nodes.full.size())
            m_nodes.full.resize(place.node.index() + 1);
        m_nodes.full[place.node.index()] = record.kind == RecordKind::diskFull;
        return;
    }
    ChannelFigures& channel = channelAt(place.channel, catalogue);
    const std::size_t partition = place.partition == Place::noIndex ? 0 : place.partition;
    LeaderFigures& figures = grown(channel.leaders, partition);
    if (record.kind == RecordKind::leaderLost) {
        figures.leader = NodeId::none();
    } else if (record.kind == RecordKind::leaderElected) {
        figures.leader = place.node;
        if (figures.term == 0)
            figures.inSync = catalogue.channels()[place.channel.index()].replicas;
        m_nodes.elections += figures.term == 0 ? 0 : 1;
        figures.term = record.value;
        if (place.partition != Place::noIndex && partition < channel.ends.size())
            channel.ends[partition] = record.extra; // what the new leader has not is cut off
    } else {
        figures.inSync = record.value;
    }
}

void Picture::applyInNewBucket(const Record& record, const Catalogue& catalogue, const Place& place) {
    m_bucket = RateWindow::bucketOf(record.at);
    m_bucketEnd = SimTime{(m_bucket.number + 1) * RateWindow::bucketWidth};
    apply(record, catalogue, place);
}

void Picture::applyMessage(const Record& record, const Catalogue& catalogue, const Place& place) {
    m_ledger.apply(record);
    if (record.kind == RecordKind::published) {
        if (record.type.valid())
            ++grown(m_types, record.type.index());
        if (!place.channel.valid())
            return;
        ++channelAt(place.channel, catalogue).published;
        if (place.service.valid())
            touchEdge(record, EdgeKind::publish, place.service.index(), place.channel.index());
    } else if (record.kind == RecordKind::routed && place.channel.valid()) {
        ChannelFigures& channel = channelAt(place.channel, catalogue);
        channel.bytes += record.extra;
        if (channel.kind == ChannelKind::exchange || channel.kind == ChannelKind::topic) {
            ++channel.taken;
            channel.rate.add(m_bucket);
        }
    }
}

void Picture::applyTaken(const Record& record, const Catalogue& catalogue, const Place& place) {
    if (!place.channel.valid())
        return;
    ChannelFigures& channel = channelAt(place.channel, catalogue);
    ++channel.taken;
    channel.rate.add(m_bucket);
    if (record.kind == RecordKind::appended && place.partition != Place::noIndex)
        applyEnd(record, channel, place.partition);
    if (record.value < 0)
        return;
    // What a queue or stream passes on are dead letters, and their edge was counted when the copy died; or it crossed
    // over to another cluster.
    const ChannelKind source = catalogue.channels()[static_cast<std::size_t>(record.value)].kind;
    const bool over = record.kind == RecordKind::appended && record.hasCrossed();
    if (source == ChannelKind::exchange || source == ChannelKind::topic || over)
        touchEdge(record, EdgeKind::route, static_cast<std::size_t>(record.value), place.channel.index());
}

// What belongs to an open transaction holds back what comes after it.
void Picture::applyEnd(const Record& record, ChannelFigures& channel, std::size_t partition) {
    if (record.isOpen() && channel.stables.empty())
        channel.stables = channel.ends;
    if (!channel.stables.empty()) {
        std::int64_t& stable = grown(channel.stables, partition);
        if (!record.isOpen() && stable == std::int64_t{record.extra})
            ++stable;
    }
    grown(channel.ends, partition) = std::int64_t{record.extra} + 1;
}

void Picture::applyMarker(const Record& record, const Catalogue& catalogue, const Place& place) {
    ChannelFigures& channel = channelAt(place.channel, catalogue);
    if (channel.stables.empty())
        channel.stables = channel.ends;
    grown(channel.ends, place.partition) = std::int64_t{record.extra} + 1;
    grown(channel.stables, place.partition) = record.value;
}

inline void Picture::moveCopy(const Record& record, const Catalogue& catalogue, const Place& place) {
    const CopyMove move = CopyMove::of(record);
    move.applyTo(m_ledger.copies);
    if (place.channel.valid())
        move.applyTo(channelAt(place.channel, catalogue).copies);
}

void Picture::applyCopy(const Record& record, const Catalogue& catalogue, const Place& place) {
    moveCopy(record, catalogue, place);
    m_nodes.promisesLost += record.kind == RecordKind::lost && record.wasPromised() ? 1 : 0;
    if (!place.subscription.valid())
        return;
    SubscriptionFigures& subscription = subscriptionAt(place.subscription);
    if (record.kind == RecordKind::released)
        subscription.depth.change(m_time, 1);
    else if (record.kind != RecordKind::sent)
        applyLeft(record, place, subscription);
}

void Picture::applyEnqueued(const Record& record, const Catalogue& catalogue, const Place& place) {
    if (place.channel.valid() && channelAt(place.channel, catalogue).kind != ChannelKind::stream)
        applyTaken(record, catalogue, place);
    moveCopy(record, catalogue, place);
    if (place.subscription.valid())
        subscriptionAt(place.subscription).depth.change(m_time, record.bornDelayed() ? 0 : 1);
}

void Picture::applyDelivered(const Record& record, const Catalogue& catalogue, const Place& place) {
    moveCopy(record, catalogue, place);
    if (!place.subscription.valid())
        return;
    SubscriptionFigures& subscription = subscriptionAt(place.subscription);
    ++subscription.delivered;
    subscription.redelivered += record.attempt > 1 ? 1 : 0;
    subscription.unacked.change(m_time, 1);
    if (place.service.valid())
        touchEdge(record, EdgeKind::deliver, place.subscription.index(), place.service.index());
}

void Picture::applyAcked(const Record& record, const Catalogue& catalogue, const Place& place) {
    moveCopy(record, catalogue, place);
    if (!place.subscription.valid())
        return;
    SubscriptionFigures& subscription = subscriptionAt(place.subscription);
    responseAt(subscription, place, catalogue).add(record.value);
    applyLeft(record, place, subscription);
}

void Picture::applyDeadLettered(const Record& record, const Catalogue& catalogue, const Place& place) {
    if (record.reason.valid())
        ++grown(m_reasons, record.reason.index());
    if (record.value >= 0 && place.channel.valid())
        touchEdge(record, EdgeKind::deadLetter, place.channel.index(), static_cast<std::size_t>(record.value));
    applyCopy(record, catalogue, place);
}

Histogram& Picture::responseAt(SubscriptionFigures& subscription, const Place& place, const Catalogue& catalogue) {
    if (!place.service.valid() || catalogue.subscriptions()[place.subscription.index()].service == place.service)
        return subscription.response;
    for (SharedResponse& other : subscription.shared)
        if (other.service == place.service)
            return other.response;
    return subscription.shared.emplace_back(SharedResponse{place.service, {}}).response;
}

// A copy leaves where it was: settled, given back, or ended.
void Picture::applyLeft(const Record& record, const Place& place, SubscriptionFigures& subscription) {
    const bool handedBack = record.kind == RecordKind::acked || record.kind == RecordKind::requeued ||
                            record.kind == RecordKind::retryScheduled;
    const CopyState from = handedBack && record.from() == CopyState::none ? CopyState::inFlight : record.from();
    std::int64_t waiting = from == CopyState::ready ? -1 : 0; // how the number of waiting copies changes
    if (from == CopyState::inFlight) {
        subscription.unacked.change(m_time, -1);
        const std::optional<std::int64_t> wait = m_waits.take(copyKey(record, place));
        waiting = wait ? 0 : -1;
        if (wait && record.kind == RecordKind::acked)
            subscription.wait.add(*wait);
    }
    switch (record.kind) {
    case RecordKind::acked:
        ++subscription.acked;
        break;
    case RecordKind::requeued:
        ++waiting;
        break;
    case RecordKind::deadLettered:
        ++subscription.deadLettered;
        break;
    case RecordKind::expired:
        ++subscription.expired;
        break;
    case RecordKind::dropped:
        ++subscription.dropped;
        break;
    default:
        break;
    }
    if (waiting != 0)
        subscription.depth.change(m_time, waiting);
}

void Picture::applyStarted(const Record& record, const Catalogue& catalogue, const Place& place) {
    if (place.subscription.valid()) {
        SubscriptionFigures& subscription = subscriptionAt(place.subscription);
        if (record.from() == CopyState::none) // settled on receipt: no ack will follow to tell the wait
            subscription.wait.add(record.value);
        else if (m_waits.set(copyKey(record, place), record.value))
            subscription.depth.change(m_time, -1);
    }
    if (!place.service.valid())
        return;
    ServiceFigures& service = serviceAt(place.service, catalogue);
    workingAt(record, place, service).busy += workersOf(record);
    service.busy.change(m_time, workersOf(record));
}

// The instance that a record tells of; one that works is up.
inline InstanceFigures& Picture::workingAt(const Record& record, const Place& place, ServiceFigures& service) {
    const std::size_t number = place.instance == Place::noIndex ? 0 : place.instance;
    if (number < service.instances.size() && service.instances[number].up)
        return service.instances[number];
    return newlyWorkingAt(record, number, service);
}

InstanceFigures& Picture::newlyWorkingAt(const Record& record, std::size_t number, ServiceFigures& service) {
    if (number >= service.instances.size()) { // one that nobody had told of: it comes up with its first record
        service.instances.resize(number + 1, InstanceFigures{false, 0});
        service.inService = number + 1;
    }
    InstanceFigures& instance = service.instances[number];
    if (!instance.up && record.kind != RecordKind::crashed && number < service.inService) {
        instance.up = true;
        service.up.change(m_time, service.workers);
    }
    return instance;
}

// Workers of it; those of a batch have one between them.
std::int64_t Picture::workersOf(const Record& record) {
    return record.follows() ? 0 : 1;
}

// Never more than are busy: a source may miss a beginning.
void Picture::release(std::int64_t workers, InstanceFigures& instance, ServiceFigures& service) {
    workers = std::min(workers, instance.busy);
    instance.busy -= workers;
    service.busy.change(m_time, -workers);
}

void Picture::applyFinished(const Record& record, const Catalogue& catalogue, const Place& place) {
    if (!place.service.valid())
        return;
    ServiceFigures& service = serviceAt(place.service, catalogue);
    release(workersOf(record), workingAt(record, place, service), service);
    ++service.handled;
    if (!record.follows())
        service.service.add(record.value);
}

void Picture::applyService(const Record& record, const Catalogue& catalogue, const Place& place) {
    if (!place.service.valid())
        return;
    ServiceFigures& service = serviceAt(place.service, catalogue);
    if (record.kind == RecordKind::scaled) {
        applyScaled(record, service);
        return;
    }
    InstanceFigures& instance = workingAt(record, place, service);
    if (record.kind == RecordKind::crashed && record.attempt == 0) { // the instance itself
        release(instance.busy, instance, service);
        if (instance.up)
            service.up.change(m_time, -service.workers);
        instance.up = false;
        return;
    }
    if (record.kind == RecordKind::failed || record.kind == RecordKind::crashed)
        ++service.failed;
    if (record.kind != RecordKind::restarted)
        release(workersOf(record), instance, service);
}

// Instances that come are up at once; those that go count no longer, though they may be busy for a while.
void Picture::applyScaled(const Record& record, ServiceFigures& service) {
    const std::size_t before = service.inService;
    service.workers = record.value;
    service.inService = record.extra;
    if (service.instances.size() < service.inService)
        service.instances.resize(service.inService, InstanceFigures{false, 0});
    std::int64_t up = 0;
    for (std::size_t i = 0; i < service.instances.size(); ++i) {
        InstanceFigures& instance = service.instances[i];
        instance.up = i < service.inService && (instance.up || i >= before);
        up += instance.up ? 1 : 0;
    }
    service.up.set(m_time, up * service.workers);
}

void Picture::warmUp() {
    m_metricsStart = m_time;
    for (ChannelFigures& channel : m_channels)
        channel.published = channel.bytes = channel.taken = 0;
    for (SubscriptionFigures& subscription : m_subscriptions) {
        SubscriptionFigures fresh;
        fresh.depth = subscription.depth;
        fresh.unacked = subscription.unacked;
        fresh.positions = std::move(subscription.positions);
        fresh.depth.reset(m_time);
        fresh.unacked.reset(m_time);
        subscription = std::move(fresh);
    }
    for (ServiceFigures& service : m_services) {
        ServiceFigures fresh;
        fresh.busy = service.busy;
        fresh.up = service.up;
        fresh.instances = std::move(service.instances);
        fresh.workers = service.workers;
        fresh.inService = service.inService;
        fresh.busy.reset(m_time);
        fresh.up.reset(m_time);
        service = std::move(fresh);
    }
    for (EdgeFigures& edge : m_edges)
        edge.count = 0;
    m_latency.clear();
    std::fill(m_types.begin(), m_types.end(), 0);
    std::fill(m_reasons.begin(), m_reasons.end(), 0);
}

void Picture::touchEdge(const Record& record, EdgeKind kind, std::size_t from, std::size_t to) {
    const std::size_t place = record.place.index();
    if (place < m_edgeAt.size() && m_edgeAt[place] < m_edges.size() && m_edges[m_edgeAt[place]].joins(kind, from, to))
        m_edges[m_edgeAt[place]].add(m_bucket);
    else
        touchOtherEdge(place, kind, from, to);
}

// Not the one that a record there was about last.
void Picture::touchOtherEdge(std::size_t place, EdgeKind kind, std::size_t from, std::size_t to) {
    const std::uint32_t at = findEdge(kind, from, to);
    grown(m_edgeAt, place) = at;
    m_edges[at].add(m_bucket);
}

std::uint32_t Picture::findEdge(EdgeKind kind, std::size_t from, std::size_t to) {
    const std::uint64_t key = edgeKey(kind, from, to);
    if (const std::uint32_t* known = m_edgeIndex.find(key))
        return *known;
    const auto at = static_cast<std::uint32_t>(m_edges.size());
    m_edgeIndex.set(key, at);
    EdgeFigures& fresh = m_edges.emplace_back();
    fresh.kind = kind;
    fresh.from = static_cast<std::uint16_t>(from);
    fresh.to = static_cast<std::uint16_t>(to);
    return at;
}

const EdgeFigures* Picture::edge(EdgeKind kind, std::size_t from, std::size_t to) const {
    const std::uint32_t* place = m_edgeIndex.find(edgeKey(kind, from, to));
    return place ? &m_edges[*place] : nullptr;
}

ChannelFigures& Picture::newChannel(ChannelId id, const Catalogue& catalogue) {
    while (m_channels.size() <= id.index()) {
        const ChannelKind kind = catalogue.channels()[m_channels.size()].kind;
        m_channels.emplace_back().kind = kind;
    }
    return m_channels[id.index()];
}

SubscriptionFigures& Picture::newSubscription(SubscriptionId id) {
    while (m_subscriptions.size() <= id.index()) {
        SubscriptionFigures& fresh = m_subscriptions.emplace_back();
        fresh.depth.reset(m_metricsStart);
        fresh.unacked.reset(m_metricsStart);
    }
    return m_subscriptions[id.index()];
}

ServiceFigures& Picture::newService(ServiceId id, const Catalogue& catalogue) {
    while (m_services.size() <= id.index()) {
        // It was up and idle from the beginning; no record said so.
        const ServiceRow& row = catalogue.services()[m_services.size()];
        ServiceFigures& fresh = m_services.emplace_back();
        fresh.instances.resize(row.instances);
        fresh.inService = row.instances;
        fresh.workers = row.workers;
        fresh.busy.reset(m_metricsStart);
        fresh.up.set(m_metricsStart, std::int64_t{row.instances} * row.workers);
        fresh.up.reset(m_metricsStart);
    }
    return m_services[id.index()];
}

std::optional<std::int64_t> Picture::lag(SubscriptionId id, const Catalogue& catalogue) const {
    const ChannelId channelId = catalogue.subscriptions()[id.index()].channel;
    if (!channelId.valid() || catalogue.channels()[channelId.index()].kind != ChannelKind::stream)
        return std::nullopt;
    const ChannelFigures& stream = channel(channelId);
    const bool waits = catalogue.subscriptions()[id.index()].committedOnly && !stream.stables.empty();
    const std::vector<std::int64_t>& ends = waits ? stream.stables : stream.ends;
    const std::vector<std::int64_t>& positions = subscription(id).positions;
    std::int64_t sum = 0;
    for (std::size_t partition = 0; partition < ends.size(); ++partition)
        sum += ends[partition] - (partition < positions.size() ? positions[partition] : 0);
    return sum;
}

std::size_t Picture::memoryBytes() const {
    std::size_t bytes = sizeof(Picture) + m_latency.memoryBytes() + m_edgeIndex.memoryBytes() + m_waits.memoryBytes() +
                        m_edges.size() * sizeof(EdgeFigures) + m_edgeAt.size() * sizeof(std::uint32_t) +
                        m_state.size() * sizeof(StateValue) +
                        (m_types.size() + m_reasons.size()) * sizeof(std::int64_t);
    for (const ChannelFigures& channel : m_channels)
        bytes += sizeof channel + (channel.ends.size() + channel.stables.size()) * sizeof(std::int64_t) +
                 channel.leaders.size() * sizeof(LeaderFigures);
    for (const SubscriptionFigures& subscription : m_subscriptions)
        bytes += sizeof subscription + subscription.wait.memoryBytes() + subscription.response.memoryBytes() +
                 subscription.positions.size() * sizeof(std::int64_t);
    for (const SubscriptionFigures& subscription : m_subscriptions)
        for (const SharedResponse& other : subscription.shared)
            bytes += sizeof other + other.response.memoryBytes();
    for (const ServiceFigures& service : m_services)
        bytes += sizeof service + service.service.memoryBytes() + service.instances.size() * sizeof(InstanceFigures);
    return bytes;
}

} // namespace weir
