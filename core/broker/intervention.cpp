// Intervention: what faults and people do to a broker from outside: losses, duplicates, redriving and discarding.
#include "core/broker/broker.h"

#include <algorithm>

namespace weir {

void Broker::setLoss(SubscriptionId subscription, double share) {
    m_subscriptions[subscription.index()].loss = share;
    m_losing = m_losing || share > 0;
}

void Broker::setLoss(ConsumerId consumer, double share) {
    m_consumers[consumer.index()].loss = share;
    m_losing = m_losing || share > 0;
}

// One draw for each delivery that is due, whoever it would go to.
bool Broker::isLost(const Copy& copy, ConsumerId consumer) const {
    const double share = std::max(m_subscriptions[copy.subscription.index()].loss, m_consumers[consumer.index()].loss);
    if (share == 0)
        return false;
    const std::uint64_t delivery = static_cast<std::uint64_t>(copy.subscription.value) << 32U |
                                   static_cast<std::uint64_t>(copy.attempt) << 16U | copy.round;
    Draw draw = channelOf(copy.subscription).losses.draw(m_messages[copy.message].ordinal, delivery);
    return draw.happens(share);
}

void Broker::lose(CopyHandle handle, ConsumerId consumer, BrokerDoor& door) {
    Record record = recordOf(RecordKind::lost, m_copies[handle], placeOf(consumer, m_copies[handle]), door.now);
    record.reason = m_plan->reasons.drop;
    record.bits = Record::bitsOf(CopyState::ready);
    door.recorder.append(record);
    end(handle, door);
}

int Broker::timesOf(const Publish& publish) const {
    if (publish.twice)
        return 2;
    const double share = m_duplicates[publish.channel.index()];
    if (share == 0)
        return 1;
    Draw draw = m_plan->channels[publish.channel.index()].duplicates.draw(m_messages[publish.message].ordinal);
    return draw.happens(share) ? 2 : 1;
}

// Empty where there is none. `goes`: it is not only asked about.
std::vector<RouteTarget> Broker::wayBack(const Copy& copy, ChannelId to, bool goes, BrokerDoor& door) {
    if (!to.valid())
        return copy.deaths ? std::vector<RouteTarget>{{copy.deaths->channel, {}}} : std::vector<RouteTarget>();
    const Routing routing = route(copy.message, to, door);
    if (goes)
        take(routing);
    std::vector<RouteTarget> targets(routing.targets().begin(), routing.targets().end());
    if (hasNodes()) // what goes back by hand goes where somebody takes it
        std::erase_if(targets, [&](const RouteTarget& target) {
            const std::uint32_t buffer = targetBuffer(target, copy.message);
            return buffer != ChannelPlan::noBuffer && !m_replicaSets[buffer].hasLeader();
        });
    return targets;
}

void Broker::purge(CopyHandle handle, ChannelId to, ReasonId reason, BrokerDoor& door) {
    const Copy& copy = m_copies[handle];
    Record record =
        recordOf(RecordKind::purged, copy, m_plan->subscriptions[copy.subscription.index()].place, door.now);
    record.reason = reason;
    record.value = to.valid() ? to.value : -1;
    record.bits = Record::bitsOf(copy.state);
    door.recorder.append(record);
}

// It has had its last delivery, and stays.
bool Broker::staysIn(const Copy& copy, SubscriptionId queue) const {
    return copy.subscription == queue && copy.state == CopyState::delayed && copy.readySince == Copy::never;
}

template <class Visit> void Broker::forEachReady(SubscriptionId id, Visit visit) const {
    const SubscriptionState& state = m_subscriptions[id.index()];
    state.ready.forEach(visit);
    for (const ConsumerId consumer : state.consumers)
        for (std::size_t i = 0; i < m_consumers[consumer.index()].own.size(); ++i)
            visit(m_consumers[consumer.index()].own[i]);
}

// Out of the lines, and of those that stay in the queue after their last delivery.
template <class Predicate> std::vector<CopyHandle> Broker::takeWaiting(SubscriptionId queue, Predicate holds) {
    SubscriptionState& state = m_subscriptions[queue.index()];
    std::vector<CopyHandle> taken = state.ready.takeIf(holds);
    for (const ConsumerId consumer : state.consumers) {
        Ring<CopyHandle>& own = m_consumers[consumer.index()].own;
        for (std::size_t count = own.size(); count > 0; --count) {
            const CopyHandle handle = own.popFront();
            if (holds(handle))
                taken.push_back(handle);
            else
                own.pushBack(handle);
        }
    }
    for (const CopyHandle handle : taken)
        leaveReady(state, m_copies[handle]);
    const auto& retry = channelOf(queue).spec.retry;
    const bool someStay = retry && (retry->afterLast == AfterLast::stay || retry->afterReject == AfterLast::stay);
    for (CopyHandle handle = 0; someStay && handle < m_copies.reach(); ++handle)
        if (staysIn(m_copies[handle], queue) && holds(handle))
            taken.push_back(handle);
    return taken;
}

std::size_t Broker::waiting(SubscriptionId queue, Ordinal ordinal) const {
    std::size_t count = 0;
    forEachReady(queue, [&](CopyHandle copy) {
        count += ordinal == 0 || m_messages[m_copies[copy].message].ordinal == ordinal ? 1 : 0;
    });
    return count;
}

std::size_t Broker::redrivable(SubscriptionId queue, Ordinal ordinal, ChannelId to, BrokerDoor& door) {
    std::size_t count = 0;
    forEachReady(queue, [&](CopyHandle handle) {
        const Copy& copy = m_copies[handle];
        const bool meant = ordinal == 0 || m_messages[copy.message].ordinal == ordinal;
        count += meant && !wayBack(copy, to, false, door).empty() ? 1 : 0;
    });
    return count;
}

std::size_t Broker::discard(SubscriptionId queue, Ordinal ordinal, BrokerDoor& door) {
    const std::vector<CopyHandle> taken = takeWaiting(
        queue, [&](CopyHandle copy) { return ordinal == 0 || m_messages[m_copies[copy].message].ordinal == ordinal; });
    for (const CopyHandle handle : taken) {
        purge(handle, ChannelId::none(), m_plan->reasons.discard, door);
        end(handle, door);
    }
    if (!m_outstanding.empty())
        dispatch(queue, door); // some of them may have kept others from being delivered
    wakePublishers(queue, door);
    return taken.size();
}

// It begins anew there: no history of deaths, no deliveries counted.
std::size_t Broker::redrive(SubscriptionId queue, Ordinal ordinal, ChannelId to, BrokerDoor& door) {
    const ChannelId from = m_plan->subscriptions[queue.index()].channel;
    const std::vector<CopyHandle> taken = takeWaiting(queue, [&](CopyHandle handle) {
        const Copy& copy = m_copies[handle];
        const bool meant = ordinal == 0 || m_messages[copy.message].ordinal == ordinal;
        return meant && !wayBack(copy, to, false, door).empty();
    });
    for (const CopyHandle handle : taken) {
        const std::vector<RouteTarget> targets = wayBack(m_copies[handle], to, true, door);
        const MessageHandle message = m_copies[handle].message;
        const auto round = static_cast<std::uint16_t>(m_copies[handle].round + 1);
        purge(handle, to.valid() ? to : targets.front().channel, m_plan->reasons.redrive, door);
        for (const RouteTarget& target : targets) {
            const ChannelPlan& channel = m_plan->channels[target.channel.index()];
            if (channel.kind == ChannelKind::stream)
                append(message, {.channel = target.channel, .via = from, .round = round}, door);
            else if (!isDeleted(target))
                enqueue(message,
                        {.subscription = channel.subscriptions.front(),
                         .via = from,
                         .deaths = nullptr,
                         .forgetTtl = true,
                         .round = round,
                         .delay = {}},
                        door);
        }
        end(handle, door);
    }
    if (!m_outstanding.empty())
        dispatch(queue, door); // some of them may have kept others from being delivered
    wakePublishers(queue, door);
    return taken.size();
}

Broker::Waits Broker::waitsFor(BrokerDue kind, std::uint32_t a, std::uint64_t b) const {
    switch (kind) {
    case BrokerDue::checkBack:
        if (!m_halves[a].open || m_halves[a].generation != b)
            return {};
        return {m_plan->channels[m_halves[a].publish.channel.index()].place, m_halves[a].publish.message, false, true};
    case BrokerDue::release: {
        const Copy& copy = m_copies[a];
        const bool valid = copy.generation == b && copy.state == CopyState::delayed;
        if (!valid)
            return {};
        return {m_plan->subscriptions[copy.subscription.index()].place, copy.message, true, true};
    }
    case BrokerDue::expireCopy: {
        const Copy& copy = m_copies[a];
        if (copy.generation != b || copy.state != CopyState::ready)
            return {};
        return {m_plan->subscriptions[copy.subscription.index()].place, copy.message, false, true};
    }
    case BrokerDue::idleExpiry:
        return {m_plan->subscriptions[a].place, Copy::noMessage, false, m_subscriptions[a].idleGeneration == b};
    case BrokerDue::publisherTimeout:
        if (!m_waiting[a].open || m_waiting[a].generation != b)
            return {};
        return {m_waiting[a].at.valid() ? m_plan->subscriptions[m_waiting[a].at.index()].place
                                        : m_plan->channels[m_waiting[a].publish.channel.index()].place,
                m_waiting[a].publish.message, false, true};
    case BrokerDue::ackDeadline: {
        // The first one that is still under way is looked at then.
        const SubscriptionState& state = m_subscriptions[a];
        for (std::size_t i = 0; state.deadlineGeneration == b && i < state.deadlines.size(); ++i)
            if (const Copy* const first = copy(state.deadlines[i].tag))
                return {m_plan->subscriptions[a].place, first->message, false, true};
        return {};
    }
    case BrokerDue::expireHead:
        return {m_plan->subscriptions[a].place, Copy::noMessage, false, !m_subscriptions[a].ready.empty()};
    case BrokerDue::rateLimit: {
        const RateLimiter& limiter = m_limiters[a];
        if (limiter.generation != b || limiter.line.empty())
            return {};
        return {m_plan->channels[a].place, m_waiting[limiter.line.front().waiting].publish.message, true, true};
    }
    case BrokerDue::deliveryRate:
        return {m_plan->subscriptions[a].place, Copy::noMessage, true,
                m_pacings[a].waits && m_pacings[a].generation == b};
    case BrokerDue::rebalance:
        return {m_plan->subscriptions[m_plan->groups[a].front().index()].place, Copy::noMessage, false,
                m_groups[a].rebalancing && m_groups[a].generation == b};
    case BrokerDue::sessionEnds:
        return {m_consumers[a].options.place, Copy::noMessage, false,
                m_consumers[a].away && m_consumers[a].absence == b};
    case BrokerDue::pollEnds:
        return {m_consumers[a].options.place, Copy::noMessage, false, m_consumers[a].firstInFlight != Copy::noMessage};
    case BrokerDue::replicator:
        return {m_plan->channels[a].place, m_streams[a].replicators[b].line.front().message, true, true};
    case BrokerDue::transactions:
        return {PlaceId::none(), Copy::noMessage, false,
                b == static_cast<std::uint64_t>(m_transactionsLook.time_since_epoch().count())};
    case BrokerDue::commit:
        return {m_plan->subscriptions[a].partitionPlaces[b], Copy::noMessage, false, true};
    case BrokerDue::fetch:
    case BrokerDue::lag:
        return {}; // between nodes only
    case BrokerDue::election:
        return {m_plan->channels[m_plan->buffers[a].channel.index()].place, Copy::noMessage, false,
                m_replicaSets[a].term == b && !m_replicaSets[a].hasLeader()};
    case BrokerDue::nextInTurn: {
        const Succession& succession = m_successions[a];
        if (succession.generation != b || succession.first == noHandle)
            return {};
        return {m_plan->channels[m_successors[succession.first].queue.index()].place, succession.message, true, true};
    }
    case BrokerDue::append:
        if (m_lateAppends[a].generation != b)
            return {};
        return {m_plan->channels[m_lateAppends[a].to.channel.index()].partitionPlaces[m_lateAppends[a].partition],
                m_lateAppends[a].message, true, true};
    case BrokerDue::recordReady: {
        const StreamLog& log = m_streams[a >> 16U].logs[a & 0xFFFFU];
        return {m_plan->channels[a >> 16U].partitionPlaces[a & 0xFFFFU], Copy::noMessage, true,
                log.holds(b) && log.at(b).withheld};
    }
    case BrokerDue::disk:
        return {m_plan->nodes[a].place, Copy::noMessage, false, true};
    case BrokerDue::leaderCutOff:
    case BrokerDue::leaderReturns:
        return {m_plan->channels[m_plan->buffers[a].channel.index()].place, Copy::noMessage, false,
                m_replicaSets[a].term == b};
    case BrokerDue::retention:
        return {m_plan->channels[a].place, Copy::noMessage, false, true};
    }
    return {};
}

} // namespace weir
