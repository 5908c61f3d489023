// Dispatch: who gets the next copy. Competing consumers take turns among those that have credit (prefetch), as
// RabbitMQ's queues do; a stream's partitions each have one owner, which handles them one record at a time, in order.
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
        enterLine(id);
        dispatch(subscription, door);
    }
    return id;
}

void Broker::openGroups(BrokerDoor& door) {
    for (std::size_t i = 0; i < m_subscriptions.size(); ++i)
        if (const SubscriptionId id{static_cast<std::uint16_t>(i)};
            isStream(id) && !m_subscriptions[i].consumers.empty())
            rebalance(id, door);
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
        rebalance(subscription, door);
    else
        dispatch(subscription, door);
}

void Broker::resume(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.connected = true;
    consumer.retired = false;
    if (isStream(consumer.options.subscription)) {
        rebalance(consumer.options.subscription, door);
        return;
    }
    if (!m_retained.empty())
        sendRetained(id, door);
    enterLine(id);
    dispatch(m_consumers[id.index()].options.subscription, door);
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
        rebalance(consumer.options.subscription, door);
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
        if (state.ready.empty() || !someCredit(state))
            break;
        if (state.paced) {
            const Pace paced = pace(id, state.ready.front(), m_plan->subscriptions[id.index()].place, door);
            if (paced == Pace::later)
                break;
            if (paced == Pace::never) {
                die(state.ready.popFront(), CopyState::ready, m_plan->subscriptions[id.index()].place,
                    m_plan->reasons.rateLimit, door);
                continue;
            }
        }
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

// --- streams ---

// Members in the order they joined take the partitions in turn (round robin over one topic, as Kafka's
// RoundRobinAssignor does). What a former owner still handles is taken back: its acks come too late.
void Broker::rebalance(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    std::vector<ConsumerId> members;
    for (const ConsumerId consumer : state.consumers)
        if (m_consumers[consumer.index()].connected && !m_consumers[consumer.index()].retired)
            members.push_back(consumer);
    ++state.groupGeneration;
    Record record;
    record.at = door.now;
    record.place = m_plan->subscriptions[id.index()].place;
    record.kind = RecordKind::rebalanced;
    record.value = state.groupGeneration;
    door.recorder.append(record);
    for (std::size_t partition = 0; partition < state.cursors.size(); ++partition) {
        Cursor& cursor = state.cursors[partition];
        const ConsumerId owner = members.empty() ? ConsumerId::none() : members[partition % members.size()];
        if (owner == cursor.owner)
            continue;
        // One that was settled on its delivery, or whose consumer retires, is left to its handler; the new owner goes on
        // when it has ended.
        if (cursor.open != Copy::noMessage && m_copies[cursor.open].state == CopyState::inFlight &&
            !m_copies[cursor.open].settled && !m_consumers[m_copies[cursor.open].consumer.index()].retired) {
            const PlaceId place = placeOf(m_copies[cursor.open].consumer, m_copies[cursor.open]);
            takeBack(cursor.open);
            backToOldPlace(cursor.open, place, m_plan->reasons.disconnected, door);
        }
        cursor.owner = owner;
    }
    // Only now: what died above may have come back to this stream by way of its dead-letter channel.
    for (const ConsumerId consumer : state.consumers)
        m_consumers[consumer.index()].wanting = {};
    for (Cursor& cursor : state.cursors)
        cursor.wanting = false;
    for (std::size_t partition = 0; partition < state.cursors.size(); ++partition)
        dispatchStream(id, static_cast<std::uint32_t>(partition), door);
}

void Broker::dispatchStream(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    while (deliverNext(id, partition, door)) {
    }
}

// True where the next record was lost, so that there may be another one to deliver.
bool Broker::deliverNext(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    Cursor& cursor = m_subscriptions[id.index()].cursors[partition];
    if (!cursor.owner.valid())
        return false;
    StreamState& stream = m_streams[m_plan->subscriptions[id.index()].channel.index()];
    const StreamLog& log = stream.logs[partition];
    if (cursor.open == Copy::noMessage ? cursor.next >= log.end() : m_copies[cursor.open].state != CopyState::ready)
        return false; // nothing to read, or one record is being handled or waits for its retry: order is kept
    Consumer& owner = m_consumers[cursor.owner.index()];
    if (!hasCredit(owner)) {
        if (!cursor.wanting) {
            cursor.wanting = true;
            owner.wanting.pushBack(partition);
        }
        return false;
    }
    if (cursor.open == Copy::noMessage) {
        Message message = log.at(cursor.next).message;
        message.references = 1;
        Copy copy;
        copy.born = copy.readySince = log.at(cursor.next).at;
        copy.position = cursor.next++;
        copy.message = m_messages.add(std::move(message));
        copy.subscription = id;
        copy.partition = static_cast<std::uint16_t>(partition);
        copy.state = CopyState::ready;
        copy.generation = ++m_generation;
        cursor.open = m_copies.add(std::move(copy));
    }
    if (m_subscriptions[id.index()].paced)
        switch (pace(id, cursor.open, placeOf(cursor.owner, m_copies[cursor.open]), door)) {
        case Pace::now:
            break;
        case Pace::later:
            return false;
        case Pace::never:
            die(cursor.open, CopyState::ready, placeOf(cursor.owner, m_copies[cursor.open]), m_plan->reasons.rateLimit,
                door);
            return true;
        }
    if (m_losing && isLost(m_copies[cursor.open], cursor.owner)) {
        lose(cursor.open, cursor.owner, door);
        return true;
    }
    deliver(cursor.open, cursor.owner, door);
    return false;
}

} // namespace weir
