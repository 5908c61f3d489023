// Broadcast: every consumer that is there gets each message, as a copy of its own that waits with it. What RocketMQ's
// and EventMesh's broadcasting subscriptions do, and plain subscribers of NATS and Redis: nothing is tried again
// (RocketMQ: what fails is logged and passed over), and what a consumer had when it went is gone for it.
#include "core/broker/broker.h"

#include <algorithm>
#include <utility>

namespace weir {

void Broker::broadcast(MessageHandle message, const Birth& birth, Duration delay, BrokerDoor& door) {
    const SubscriptionId id = birth.subscription;
    const SubscriptionState& state = m_subscriptions[id.index()];
    bool someThere = false;
    Birth own = birth; // the first of them is the one that was on its way
    for (std::size_t i = 0; i < state.consumers.size(); ++i) {
        const ConsumerId consumer = state.consumers[i];
        if (!m_consumers[consumer.index()].present() || (birth.only.valid() && birth.only != consumer))
            continue;
        someThere = true;
        if (delay == Duration::zero() && lineFull(consumer, message)) {
            Record record =
                recordOf(RecordKind::dropped, message, m_consumers[consumer.index()].options.place, door.now);
            record.reason = m_plan->reasons.maxLength;
            record.bits = Record::bitsOf(std::exchange(own.from, CopyState::none));
            door.recorder.append(record);
            continue;
        }
        const CopyHandle handle = bear(message, own, delay, door);
        own.from = CopyState::none;
        m_copies[handle].consumer = consumer;
        m_copies[handle].round = static_cast<std::uint16_t>(birth.round + i); // each has draws of its own
        if (delay == Duration::zero())
            await(handle, door);
    }
    if (!someThere) {
        Record record = recordOf(RecordKind::dropped, message, m_plan->subscriptions[id.index()].place, door.now);
        record.reason = m_plan->reasons.noConsumer;
        record.bits = Record::bitsOf(birth.from);
        door.recorder.append(record);
        return;
    }
    serveAll(id, door);
    trimBroadcast(id, door);
}

// ZeroMQ: a publisher drops what a slow subscriber has no room for, and the others get it. Room is a free place in its
// line, or that it would take the copy at once.
bool Broker::lineFull(ConsumerId id, MessageHandle message) const {
    const Consumer& consumer = m_consumers[id.index()];
    const ChannelSpec& spec = channelOf(consumer.options.subscription).spec;
    if (spec.overflow != Overflow::dropNewest || !spec.bounded())
        return false;
    const bool all = spec.capacityCounts == CapacityCounts::unsettled;
    const bool inHand = all && !consumer.options.automatic; // what is settled on delivery takes no place
    if (!all && consumer.own.empty() && hasCredit(consumer))
        return false;
    if (spec.capacity &&
        static_cast<std::int64_t>(consumer.own.size() + (inHand ? consumer.unacked : 0)) >= *spec.capacity)
        return true;
    if (!spec.capacityBytes)
        return false;
    std::int64_t bytes = m_messages[message].size;
    for (std::size_t i = 0; i < consumer.own.size(); ++i)
        bytes += m_messages[m_copies[consumer.own[i]].message].size;
    for (CopyHandle each = inHand ? consumer.firstInFlight : Copy::noMessage; each != Copy::noMessage;
         each = m_copies[each].after)
        bytes += m_messages[m_copies[each].message].size;
    return bytes > spec.capacityBytes->count;
}

std::int64_t Broker::presentAt(SubscriptionId id) const {
    const std::vector<ConsumerId>& consumers = m_subscriptions[id.index()].consumers;
    return std::count_if(consumers.begin(), consumers.end(),
                         [this](ConsumerId each) { return m_consumers[each.index()].present(); });
}

// In the line of the consumer that it is for.
void Broker::await(CopyHandle handle, BrokerDoor& door) {
    const Copy& copy = m_copies[handle];
    if (copy.expires != Copy::never) // wherever it stands then
        door.effects.schedule(std::max(copy.expires, door.now),
                              {static_cast<std::uint8_t>(BrokerDue::expireCopy), handle, copy.generation});
    m_subscriptions[copy.subscription.index()].filled.add(m_messages[copy.message].size);
    m_consumers[copy.consumer.index()].own.pushBack(handle);
}

// It is ready now; its consumer may have gone meanwhile.
void Broker::endBroadcastDelay(CopyHandle handle, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    const SubscriptionId id = copy.subscription;
    if (!m_consumers[copy.consumer.index()].present()) {
        drop(handle, CopyState::delayed, placeOf(copy), m_plan->reasons.disconnected, door);
        wakePublishers(id, door); // where all copies count, it had a place
        return;
    }
    copy.state = CopyState::ready;
    copy.readySince = door.now;
    door.recorder.append(recordOf(RecordKind::released, copy, placeOf(copy), door.now));
    await(handle, door);
    serveAll(id, door);
    trimBroadcast(id, door);
}

// The one that is furthest behind loses what it would have got next.
void Broker::trimBroadcast(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    while (channelOf(id).spec.overflow == Overflow::dropOldest && overfull(id)) {
        const auto longest =
            std::max_element(state.consumers.begin(), state.consumers.end(), [this](ConsumerId left, ConsumerId right) {
                return m_consumers[left.index()].own.size() < m_consumers[right.index()].own.size();
            });
        Ring<CopyHandle>& line = m_consumers[longest->index()].own;
        if (line.empty())
            return;
        const CopyHandle handle = line.popFront();
        leaveReady(state, m_copies[handle]);
        die(handle, CopyState::ready, placeOf(m_copies[handle]), m_plan->reasons.maxLength, door);
    }
}

void Broker::serveAll(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    for (std::size_t i = 0; i < state.consumers.size(); ++i)
        serve(state.consumers[i], door);
    if (!state.waiting.empty())
        wakePublishers(id, door);
}

void Broker::serve(ConsumerId id, BrokerDoor& door) {
    const SubscriptionId subscription = m_consumers[id.index()].options.subscription;
    SubscriptionState& state = m_subscriptions[subscription.index()];
    while (!m_consumers[id.index()].own.empty() && hasCredit(m_consumers[id.index()])) {
        const CopyHandle handle = m_consumers[id.index()].own.front();
        const PlaceId place = placeOf(m_copies[handle]);
        const bool comesNow = m_copies[handle].born == door.now;
        if (isExpired(handle, comesNow ? handle : Copy::noMessage, door.now)) {
            m_consumers[id.index()].own.popFront();
            leaveReady(state, m_copies[handle]);
            die(handle, CopyState::ready, place, m_plan->reasons.expired, door);
            continue;
        }
        const Pace paced = state.paced ? pace(subscription, handle, place, door) : Pace::now;
        if (paced == Pace::later)
            return;
        m_consumers[id.index()].own.popFront();
        leaveReady(state, m_copies[handle]);
        if (paced == Pace::never)
            die(handle, CopyState::ready, place, m_plan->reasons.rateLimit, door);
        else if (m_losing && isLost(m_copies[handle], id))
            lose(handle, id, door);
        else
            deliver(handle, id, door);
    }
}

// What waits for a consumer that goes; what it has in flight is given back, which ends it, too.
void Broker::dropOwn(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    while (!consumer.own.empty()) {
        const CopyHandle handle = consumer.own.popFront();
        leaveReady(m_subscriptions[consumer.options.subscription.index()], m_copies[handle]);
        drop(handle, CopyState::ready, placeOf(m_copies[handle]), m_plan->reasons.disconnected, door);
    }
}

} // namespace weir
