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
    const std::span<const RouteTarget> targets = m_routes.targets(*m_plan, publish.channel, key);
    if (targets.empty()) {
        // As in RabbitMQ: dropped, and confirmed to its producer all the same.
        door.recorder.append(recordOf(RecordKind::unroutable, publish.message, from, door.now));
        unhold(publish.message, door);
        return Admission::accepted;
    }
    bool someAccept = false;
    for (const RouteTarget& target : targets) {
        const ChannelPlan& channel = m_plan->channels[target.channel.index()];
        if (channel.kind == ChannelKind::stream && streamFull(target.channel, m_messages[publish.message]))
            continue;
        if (channel.kind == ChannelKind::stream || !channel.spec.capacity || !full(channel.subscriptions.front())) {
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
        someAccept = someAccept || channel.spec.overflow != Overflow::reject;
    }
    unblocked();
    if (!someAccept) {
        refuse(publish, m_plan->reasons.maxLength, door);
        return Admission::refused;
    }
    Record record = recordOf(RecordKind::routed, publish.message, from, door.now);
    const int times = timesOf(publish);
    record.value = times * copiesOn(targets);
    if (times > 1)
        record.reason = m_plan->reasons.duplicate;
    record.extra = static_cast<std::uint32_t>(std::min<std::int64_t>(m_messages[publish.message].size, UINT32_MAX));
    door.recorder.append(record);
    for (int time = 0; time < times; ++time)
        for (const RouteTarget& target : targets) {
            const ChannelPlan& channel = m_plan->channels[target.channel.index()];
            if (channel.kind == ChannelKind::stream && streamFull(target.channel, m_messages[publish.message]))
                dropAtStream(publish.message, target.channel, door);
            else if (channel.kind == ChannelKind::stream)
                append(publish.message, target.channel, target.via, door);
            else
                enqueue(publish.message,
                        {.subscription = channel.subscriptions.front(), .via = target.via, .deaths = nullptr}, door);
        }
    unhold(publish.message, door);
    return Admission::accepted;
}

std::int64_t Broker::copiesOn(std::span<const RouteTarget> targets) const {
    std::int64_t copies = 0;
    for (const RouteTarget& target : targets)
        copies += static_cast<std::int64_t>(m_plan->channels[target.channel.index()].subscriptions.size());
    return copies;
}

void Broker::refuse(const Publish& publish, ReasonId reason, BrokerDoor& door) {
    Record record = recordOf(RecordKind::refused, publish.message, m_messages[publish.message].from, door.now);
    record.reason = reason;
    door.recorder.append(record);
    unhold(publish.message, door);
}

void Broker::unhold(MessageHandle handle, BrokerDoor& door) {
    release(handle, door);
}

// Room is a free place, or a consumer that would take the copy at once (so that capacity 0 is a queue without places).
bool Broker::full(SubscriptionId id) {
    SubscriptionState& state = m_subscriptions[id.index()];
    const auto& capacity = channelOf(id).spec.capacity;
    return capacity && static_cast<std::int64_t>(state.ready.size()) >= *capacity && !someCredit(state);
}

void Broker::wakePublishers(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (state.waking)
        return;
    state.waking = true;
    while (!state.waiting.empty()) {
        const std::uint32_t handle = state.waiting.front();
        if (full(id) && channelOf(id).spec.overflow == Overflow::block)
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
