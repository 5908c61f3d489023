// Buffers: a copy's birth in a queue; capacity, delay, time to live.
#include "core/broker/broker.h"

#include <algorithm>
#include <cassert>

namespace weir {

void Broker::enqueue(MessageHandle messageHandle, const Birth& birth, BrokerDoor& door) {
    const SubscriptionId id = birth.subscription;
    SubscriptionState& state = m_subscriptions[id.index()];
    const SubscriptionPlan& subscription = m_plan->subscriptions[id.index()];
    const ChannelSpec& spec = channelOf(id).spec;
    Message& message = m_messages[messageHandle];

    const Duration delay = std::max(spec.delay.value_or(Duration::zero()), message.delay);
    const bool noRoom = spec.capacity && delay == Duration::zero() && full(id);
    if (noRoom && (spec.overflow == Overflow::reject || spec.overflow == Overflow::dropNewest)) {
        Record record = recordOf(RecordKind::dropped, messageHandle, subscription.place, door.now);
        record.reason = m_plan->reasons.maxLength;
        record.bits = Record::bitsOf(CopyState::none);
        door.recorder.append(record);
        return;
    }

    Copy copy;
    copy.born = copy.readySince = door.now;
    copy.position = state.positionNext++;
    copy.message = messageHandle;
    copy.subscription = id;
    copy.priority = static_cast<std::uint8_t>(std::min<int>(message.priority, spec.priorities));
    copy.deaths = birth.deaths;
    copy.state = delay > Duration::zero() ? CopyState::delayed : CopyState::ready;
    Duration ttl = spec.ttl.value_or(Duration::max());
    if (!birth.forgetTtl)
        ttl = std::min(ttl, message.ttl);
    if (ttl != Duration::max()) {
        copy.expires = door.now + delay + ttl;
        state.expires = true;
    }
    copy.generation = ++m_generation;
    ++message.references;
    m_families[message.family].open += subscription.consumed ? 1 : 0;
    ++m_families[message.family].references;
    const CopyHandle handle = m_copies.add(std::move(copy));

    Record record = recordOf(RecordKind::enqueued, messageHandle, subscription.place, door.now);
    record.value = birth.via.valid() ? birth.via.value : -1;
    record.bits = Record::bitsOf(CopyState::none, delay > Duration::zero());
    door.recorder.append(record);
    if (static_cast<std::int64_t>(m_copies.used()) > m_plan->copiesMax)
        m_boundReached = true;

    if (delay > Duration::zero()) {
        door.effects.schedule(door.now + delay,
                              {static_cast<std::uint8_t>(BrokerDue::release), handle, m_copies[handle].generation});
        return;
    }
    state.ready.pushBack(handle, m_copies[handle].priority);
    if (noRoom && spec.overflow == Overflow::dropOldest) // more than one where copies came back meanwhile
        while (static_cast<std::int64_t>(state.ready.size()) > *spec.capacity)
            dropHead(id, door);
    dispatch(id, door);
}

void Broker::makeReady(CopyHandle handle, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    const SubscriptionId id = copy.subscription;
    copy.state = CopyState::ready;
    copy.readySince = door.now;
    const SubscriptionPlan& subscription = m_plan->subscriptions[id.index()];
    if (isStream(id)) {
        door.recorder.append(
            recordOf(RecordKind::released, copy, subscription.partitionPlaces[copy.partition], door.now));
        dispatchStream(id, copy.partition, door);
        return;
    }
    SubscriptionState& state = m_subscriptions[id.index()];
    if (state.shared) { // before what was never delivered, in the stream's order
        door.recorder.append(
            recordOf(RecordKind::released, copy, subscription.partitionPlaces[copy.partition], door.now));
        state.ready.putBack(handle, copy.priority, copy.position);
        dispatch(id, door);
        return;
    }
    copy.position = state.positionNext++; // at the tail: what waited outside has lost its place
    door.recorder.append(recordOf(RecordKind::released, copy, subscription.place, door.now));
    state.ready.pushBack(handle, copy.priority);
    dispatch(id, door);
}

// RabbitMQ's drop-head: what would be delivered next goes, so in a priority queue the highest priority.
void Broker::dropHead(SubscriptionId id, BrokerDoor& door) {
    const CopyHandle handle = m_subscriptions[id.index()].ready.popFront();
    die(handle, CopyState::ready, m_plan->subscriptions[id.index()].place, m_plan->reasons.maxLength, door);
}

void Broker::expireHeads(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    while (!state.ready.empty() && m_copies[state.ready.front()].expires <= door.now) {
        const CopyHandle handle = state.ready.popFront();
        die(handle, CopyState::ready, m_plan->subscriptions[id.index()].place, m_plan->reasons.expired, door);
    }
}

void Broker::scheduleExpiry(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (state.ready.empty())
        return;
    const SimTime expires = m_copies[state.ready.front()].expires;
    if (expires == Copy::never || (!state.expiryDues.empty() && state.expiryDues.back() <= expires))
        return;
    state.expiryDues.push_back(expires);
    door.effects.schedule(expires, {static_cast<std::uint8_t>(BrokerDue::expireHead), id.value, 0});
}

} // namespace weir
