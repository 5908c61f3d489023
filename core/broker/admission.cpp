// Admission: may a message come in, must its producer wait, or is it refused.
#include "core/broker/broker.h"

#include <algorithm>
#include <cassert>

namespace weir {

Admission Broker::publish(const Publish& publish, BrokerDoor& door) {
    return decide(publish, door, noHandle);
}

// `waiting` names the blocked publish that is tried again, or noHandle at the first try.
Admission Broker::decide(const Publish& publish, BrokerDoor& door, std::uint32_t waiting) {
    // Deliveries below may move the slab.
    const PlaceId from = m_messages[publish.message].from;
    const RoutingKeyId key = m_messages[publish.message].routingKey;
    const auto unblocked = [&] {
        if (waiting == noHandle)
            return;
        Record record = recordOf(RecordKind::unblocked, publish.message, from, door.now);
        record.value = (door.now - m_waiting[waiting].since).count();
        door.recorder.append(record);
    };
    if (key == RouteTable::tooMany) {
        refuse(publish, m_plan->reasons.bound, door);
        return Admission::refused;
    }
    const Routing routing = route(publish.message, publish.channel, door);
    const std::span<const RouteTarget> targets = routing.targets();
    if (std::all_of(targets.begin(), targets.end(), [this](const RouteTarget& target) { return isDeleted(target); })) {
        // AMQP 0-9-1: dropped, and confirmed to its producer all the same; a mandatory one is returned before that.
        Record record = recordOf(RecordKind::unroutable, publish.message, from, door.now);
        if (publish.mandatory)
            record.reason = m_plan->reasons.returned;
        door.recorder.append(record);
        if (publish.retain)
            keep(publish);
        unhold(publish.message, door);
        return Admission::accepted;
    }
    bool someAccept = false;
    for (const RouteTarget& target : targets) {
        const ChannelPlan& channel = m_plan->channels[target.channel.index()];
        if (isDeleted(target) ||
            (channel.kind == ChannelKind::stream && streamFull(target.channel, m_messages[publish.message])))
            continue;
        if (channel.kind == ChannelKind::stream || !takesPlaceAtOnce(channel.spec, m_messages[publish.message]) ||
            !full(channel.subscriptions.front(), publish.message)) {
            someAccept = true;
            continue;
        }
        if (channel.spec.overflow == Overflow::block) {
            if (waiting == noHandle) {
                const std::uint32_t handle = m_waiting.add(
                    {.publish = publish, .since = door.now, .generation = ++m_generation, .at = {}, .open = true});
                door.recorder.append(recordOf(RecordKind::blocked, publish.message, channel.place, door.now));
                if (publish.timeout != Duration::max())
                    door.effects.schedule(
                        door.now + publish.timeout,
                        {static_cast<std::uint8_t>(BrokerDue::publisherTimeout), handle, m_waiting[handle].generation});
                waiting = handle;
            }
            m_waiting[waiting].at = channel.subscriptions.front();
            m_subscriptions[channel.subscriptions.front().index()].waiting.pushBack(waiting);
            return Admission::blocked;
        }
        someAccept = someAccept || channel.spec.overflow == Overflow::dropOldest ||
                     channel.spec.overflow == Overflow::dropNewest;
    }
    unblocked();
    take(routing);
    if (!someAccept) {
        recordRefusal(publish, m_plan->reasons.maxLength, door);
        for (const RouteTarget& target : targets)
            if (const ChannelPlan& channel = m_plan->channels[target.channel.index()];
                channel.spec.overflow == Overflow::rejectDeadLetter && !isDeleted(target))
                buryAtBirth(publish.message, channel.subscriptions.front(), {}, door);
        unhold(publish.message, door);
        return Admission::refused;
    }
    Record record = recordOf(RecordKind::routed, publish.message, from, door.now);
    const int times = timesOf(publish);
    record.value = times * copiesOn(targets);
    if (times > 1)
        record.reason = m_plan->reasons.duplicate;
    record.extra = static_cast<std::uint32_t>(std::min<std::int64_t>(m_messages[publish.message].size, UINT32_MAX));
    door.recorder.append(record);
    if (publish.retain)
        keep(publish);
    reserve(publish.message, targets);
    for (int time = 0; time < times; ++time)
        for (const RouteTarget& target : targets) {
            const ChannelPlan& channel = m_plan->channels[target.channel.index()];
            if (channel.kind == ChannelKind::stream && streamFull(target.channel, m_messages[publish.message])) {
                dropAtStream(publish.message, target.channel, door);
            } else if (channel.kind == ChannelKind::stream) {
                append(publish.message, target.channel, target.via, door);
            } else if (!isDeleted(target)) {
                if (time == 0 && channel.spec.bounded())
                    m_subscriptions[channel.subscriptions.front().index()].reserved.take(
                        m_messages[publish.message].size);
                enqueue(publish.message,
                        {.subscription = channel.subscriptions.front(), .via = target.via, .deaths = nullptr}, door);
            }
        }
    unhold(publish.message, door);
    return Admission::accepted;
}

Routing Broker::route(MessageHandle message, ChannelId channel, BrokerDoor& door, RoutingKeyId other) {
    const RoutingKeyId key = other != noHandle ? other : m_messages[message].routingKey;
    const bool perMessage = m_plan->channels[channel.index()].perMessage;
    if (!perMessage)
        if (const auto kept = m_routes.targets(*m_plan, channel, key))
            return Routing(*kept);
    RoutingResult& result = m_routings.open();
    if (perMessage) {
        EventView event = door.effects.view(message);
        event.routingKey = m_routes.key(key);
        const RoutedMessage asked{
            .event = event, .now = door.now, .open = m_open, .source = m_messages[message].source};
        m_router.route(*m_plan, channel, m_routes.key(key), &asked, result);
    } else {
        m_router.route(*m_plan, channel, m_routes.key(key), nullptr, result);
    }
    return Routing(m_routings, result);
}

std::int64_t Broker::copiesOn(std::span<const RouteTarget> targets) const {
    std::int64_t copies = 0;
    for (const RouteTarget& target : targets)
        if (!isDeleted(target))
            copies += static_cast<std::int64_t>(m_plan->channels[target.channel.index()].subscriptions.size());
    return copies;
}

// What the copies of a publish set free on their way (a dropped head that becomes a dead letter elsewhere, a producer that
// is woken) must not take the places that it was let in for.
void Broker::reserve(MessageHandle message, std::span<const RouteTarget> targets) {
    for (const RouteTarget& target : targets)
        if (const ChannelPlan& channel = m_plan->channels[target.channel.index()];
            channel.kind == ChannelKind::queue && channel.spec.bounded() && !isDeleted(target))
            m_subscriptions[channel.subscriptions.front().index()].reserved.add(m_messages[message].size);
}

void Broker::refuse(const Publish& publish, ReasonId reason, BrokerDoor& door) {
    recordRefusal(publish, reason, door);
    unhold(publish.message, door);
}

void Broker::recordRefusal(const Publish& publish, ReasonId reason, BrokerDoor& door) {
    Record record = recordOf(RecordKind::refused, publish.message, m_messages[publish.message].from, door.now);
    record.reason = reason;
    door.recorder.append(record);
}

void Broker::unhold(MessageHandle handle, BrokerDoor& door) {
    release(handle, door);
}

// One that is delayed needs its place when its delay is over, where waiting copies are what counts.
bool Broker::takesPlaceAtOnce(const ChannelSpec& spec, const Message& message) const {
    return spec.capacityCounts == CapacityCounts::unsettled ||
           std::max(spec.delay.value_or(Duration::zero()), message.delay) == Duration::zero();
}

// Room is a free place, or a consumer that would take the copy at once (so that capacity 0 is a queue without places).
bool Broker::full(SubscriptionId id, MessageHandle message) {
    const ChannelSpec& spec = channelOf(id).spec;
    const SubscriptionState& state = m_subscriptions[id.index()];
    if (!spec.bounded() || state.deleted)
        return false;
    const bool all = spec.capacityCounts == CapacityCounts::unsettled;
    const Fill& fill = all ? state.unsettled : state.filled;
    const bool place = !spec.capacity || fill.copies + state.reserved.copies < *spec.capacity;
    // RabbitMQ 3.10: the bytes with the message's own must not be more than the limit.
    const bool bytes = !spec.capacityBytes || fill.bytes + state.reserved.bytes + m_messages[message].size <=
                                                  spec.capacityBytes->count;
    if (place && bytes)
        return false;
    return all || state.reserved.copies > 0 || !wouldBeTaken(id, m_messages[message]);
}

void Broker::wakePublishers(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (state.waking)
        return;
    state.waking = true;
    while (!state.waiting.empty()) {
        const std::uint32_t handle = state.waiting.front();
        if (full(id, m_waiting[handle].publish.message) && channelOf(id).spec.overflow == Overflow::block)
            break;
        state.waiting.popFront();
        const Publish publish = m_waiting[handle].publish;
        const Admission outcome = decide(publish, door, handle);
        if (outcome == Admission::blocked)
            continue; // it waits at another queue now
        m_waiting[handle].open = false;
        m_waiting.free(handle);
        door.effects.admitted(publish.token, outcome, door);
    }
    state.waking = false;
}

void Broker::giveUp(std::uint32_t handle, BrokerDoor& door) {
    Waiting& waiting = m_waiting[handle];
    const Publish publish = waiting.publish;
    Ring<std::uint32_t>& line = m_subscriptions[waiting.at.index()].waiting;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (line[i] == handle) {
            line.erase(i);
            break;
        }
    waiting.open = false;
    m_waiting.free(handle);
    Record record = recordOf(RecordKind::unblocked, publish.message, m_messages[publish.message].from, door.now);
    record.value = (door.now - waiting.since).count();
    door.recorder.append(record);
    refuse(publish, m_plan->reasons.publisherTimeout, door);
    door.effects.admitted(publish.token, Admission::refused, door);
}

} // namespace weir
