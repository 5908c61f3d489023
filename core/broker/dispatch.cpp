// Dispatch: who gets the next copy. Competing consumers take turns among those that have credit (prefetch), as
// RabbitMQ's queues do. How a stream's partitions find their owners is in groups.cpp.
#include "core/broker/broker.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace weir {

ConsumerId Broker::attach(ConsumerOptions options, BrokerDoor& door) {
    const ConsumerId id{static_cast<std::uint32_t>(m_consumers.size())};
    const SubscriptionId subscription = options.subscription;
    Consumer consumer;
    consumer.options = std::move(options);
    m_consumers.push_back(std::move(consumer));
    m_subscriptions[subscription.index()].consumers.push_back(id);
    if (!isStream(subscription)) {
        SubscriptionState& state = m_subscriptions[subscription.index()];
        for (std::uint32_t partition = 0; state.consumers.size() == 1 && partition < state.cursors.size(); ++partition)
            beginAt(subscription, partition, door);
        enterLine(id);
        dispatch(subscription, door);
    }
    return id;
}

void Broker::disconnect(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.connected = false;
    const SubscriptionId subscription = consumer.options.subscription;
    while (consumer.firstInFlight != Copy::noMessage) {
        const CopyHandle handle = consumer.firstInFlight;
        const PlaceId place = placeOf(id, m_copies[handle]);
        takeBack(handle);
        if (m_copies[handle].settled) { // acked on delivery: nobody will do the work now
            Record record = recordOf(RecordKind::effectLost, m_copies[handle], place, door.now);
            record.reason = m_plan->reasons.disconnected;
            door.recorder.append(record);
            end(handle, door);
        } else {
            backToOldPlace(handle, place, m_plan->reasons.disconnected, door);
        }
    }
    if (isStream(subscription))
        memberLeft(id, door);
    else
        dispatch(subscription, door);
}

void Broker::resume(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.connected = true;
    consumer.retired = false;
    if (isStream(consumer.options.subscription)) {
        memberCame(id, door);
        return;
    }
    enterLine(id);
    dispatch(consumer.options.subscription, door);
}

void Broker::setTerms(ConsumerId id, ConsumerTerms terms, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.options.prefetch = terms.prefetch;
    consumer.options.automatic = terms.automatic;
    creditBack(id, door);
    if (!isStream(consumer.options.subscription))
        dispatch(consumer.options.subscription, door);
}

void Broker::retire(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.retired = true;
    if (isStream(consumer.options.subscription))
        membersChanged(groupOf(consumer.options.subscription), door);
}

void Broker::enterLine(ConsumerId id) {
    Consumer& consumer = m_consumers[id.index()];
    if (consumer.inLine || !hasCredit(consumer))
        return;
    consumer.inLine = true;
    m_subscriptions[consumer.options.subscription.index()].line.pushBack(id);
}

// Drops those from the front of the line that lost their connection or their credit meanwhile.
bool Broker::someCredit(SubscriptionState& state) {
    while (!state.line.empty()) {
        Consumer& consumer = m_consumers[state.line.front().index()];
        if (hasCredit(consumer))
            return true;
        consumer.inLine = false;
        state.line.popFront();
    }
    return false;
}

void Broker::dispatch(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    while (true) {
        if (state.expires)
            expireHeads(id, door);
        if (state.ready.empty() && !(state.shared && someCredit(state) && readShared(id)))
            break;
        if (!someCredit(state))
            break;
        const ConsumerId consumer = state.line.popFront();
        m_consumers[consumer.index()].inLine = false;
        const CopyHandle copy = state.ready.popFront();
        if (m_losing && isLost(m_copies[copy], consumer))
            lose(copy, consumer, door);
        else
            deliver(copy, consumer, door);
        enterLine(consumer);
    }
    if (state.expires)
        scheduleExpiry(id, door);
    if (!state.waiting.empty())
        wakePublishers(id, door);
}

void Broker::deliver(CopyHandle handle, ConsumerId consumerId, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    Consumer& consumer = m_consumers[consumerId.index()];
    copy.state = CopyState::inFlight;
    copy.consumer = consumerId;
    if (copy.attempt < std::numeric_limits<std::uint16_t>::max())
        ++copy.attempt;
    copy.before = Copy::noMessage;
    copy.after = consumer.firstInFlight;
    if (copy.after != Copy::noMessage)
        m_copies[copy.after].before = handle;
    consumer.firstInFlight = handle;
    ++consumer.unacked;

    const PlaceId place = placeOf(consumerId, copy);
    Record record = recordOf(RecordKind::delivered, copy, place, door.now);
    record.value = (door.now - copy.readySince).count();
    door.recorder.append(record);
    copy.readySince = door.now; // from here on the time of its delivery
    const DeliveryTag tag{handle, copy.generation};
    if (consumer.options.automatic) {
        copy.settled = true;
        record.kind = RecordKind::acked;
        record.value = (door.now - m_messages[copy.message].published).count();
        door.recorder.append(record);
    } else if (const auto& timeout = channelOf(copy.subscription).spec.ackTimeout) {
        addDeadline(copy, tag, *timeout, door);
    }
    door.effects.deliver(consumerId, tag, door);
}

} // namespace weir
