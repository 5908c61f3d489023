// Dispatch: consumers come and go, and get copies as long as they have credit (prefetch); whose turn it is stands in
// turns.cpp. A stream's partitions each have one owner, which handles them one record at a time, in order.
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
    consumer.joined = ++m_joins;
    m_consumers.push_back(std::move(consumer));
    joinCredit(id);
    m_subscriptions[subscription.index()].consumers.push_back(id);
    if (!isStream(subscription)) {
        consumersChanged(subscription, id, door);
        enterLine(id);
        dispatch(subscription, door);
    }
    return id;
}

void Broker::openGroups(BrokerDoor& door) {
    for (std::size_t i = 0; i < m_subscriptions.size(); ++i) {
        const SubscriptionId id{static_cast<std::uint16_t>(i)};
        if (!isStream(id) && m_subscriptions[i].consumers.empty())
            watchIdleness(id, door);
        else if (isStream(id) && !m_subscriptions[i].consumers.empty())
            rebalance(id, door);
    }
}

void Broker::disconnect(std::span<const ConsumerId> consumers, BrokerDoor& door) {
    for (const ConsumerId id : consumers) // what one gives back must not go to another one that goes as well
        m_consumers[id.index()].connected = false;
    for (const ConsumerId id : consumers) {
        takeAllBack(id, door);
        const SubscriptionId subscription = m_consumers[id.index()].options.subscription;
        creditBack(id, door);
        if (isStream(subscription)) {
            rebalance(subscription, door);
        } else {
            consumersChanged(subscription, ConsumerId::none(), door);
            dispatch(subscription, door);
        }
    }
}

// The oldest delivery first: those that die of it come to their dead-letter channel in the order of the queue.
void Broker::takeAllBack(ConsumerId id, BrokerDoor& door) {
    CopyHandle oldest = m_consumers[id.index()].firstInFlight;
    while (oldest != Copy::noMessage && m_copies[oldest].after != Copy::noMessage)
        oldest = m_copies[oldest].after;
    while (oldest != Copy::noMessage) {
        const CopyHandle handle = oldest;
        oldest = m_copies[handle].before;
        const PlaceId place = placeOf(id, m_copies[handle]);
        takeBack(handle);
        if (m_copies[handle].settled) { // acked on delivery: nobody will do the work now
            Record record = recordOf(RecordKind::effectLost, m_copies[handle], place, door.now);
            record.reason = m_plan->reasons.disconnected;
            door.recorder.append(record);
            end(handle, door);
        } else {
            // RabbitMQ, quorum queues too: what a lost connection gives back stands before all that never left.
            giveBack(handle, RequeueTo::oldPlace, place, m_plan->reasons.disconnected, door);
        }
    }
}

void Broker::resume(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.connected = true;
    consumer.retired = false;
    consumer.refused = false;
    consumer.joined = ++m_joins;
    if (isStream(consumer.options.subscription)) {
        rebalance(consumer.options.subscription, door);
        return;
    }
    consumersChanged(consumer.options.subscription, id, door);
    if (!m_retained.empty())
        sendRetained(id, door);
    enterLine(id);
    dispatch(m_consumers[id.index()].options.subscription, door);
}

void Broker::setTerms(ConsumerId id, ConsumerTerms terms, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.options.prefetch = terms.prefetch;
    consumer.options.automatic = terms.automatic;
    consumer.options.priority = terms.priority;
    if (consumer.options.shared.group != SharedCredit::none)
        m_creditGroups[consumer.options.shared.group].prefetch = terms.sharedPrefetch;
    const SubscriptionId subscription = consumer.options.subscription;
    if (!isStream(subscription))
        consumersChanged(subscription, ConsumerId::none(), door);
    creditBack(id, door);
    if (!isStream(subscription))
        dispatch(subscription, door);
}

void Broker::retire(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.retired = true;
    const SubscriptionId subscription = consumer.options.subscription;
    if (isStream(subscription)) {
        rebalance(subscription, door);
        return;
    }
    consumersChanged(subscription, ConsumerId::none(), door);
    dispatch(subscription, door); // where another one is the active one now
}

void Broker::dispatch(SubscriptionId id, BrokerDoor& door, CopyHandle spared) {
    SubscriptionState& state = m_subscriptions[id.index()];
    while (true) {
        if (state.expires)
            expireHeads(id, spared, door);
        if (state.ready.empty())
            break;
        if (state.paced) {
            const CopyHandle next = peekTurn(id);
            if (next == Copy::noMessage)
                break;
            const PlaceId place = m_plan->subscriptions[id.index()].place;
            const Pace paced = pace(id, next, place, door);
            if (paced == Pace::later)
                break;
            if (paced == Pace::never) {
                state.ready.takeFirst(state.ready.size(), [next](CopyHandle copy) { return copy == next; });
                leaveReady(state, m_copies[next]);
                die(next, CopyState::ready, place, m_plan->reasons.rateLimit, door);
                continue;
            }
        }
        const Turn turn = takeTurn(id);
        if (!turn.consumer.valid())
            break;
        if (m_losing && isLost(m_copies[turn.copy], turn.consumer))
            lose(turn.copy, turn.consumer, door);
        else
            deliver(turn.copy, turn.consumer, door);
        enterLine(turn.consumer);
    }
    if (state.expires) {
        expireHeads(id, Copy::noMessage, door);
        scheduleExpiry(id, door);
    }
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
    if (consumer.options.shared.group != SharedCredit::none)
        ++m_creditGroups[consumer.options.shared.group].unacked;

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
    } else if (const auto timeout = ackTimeoutOf(copy)) {
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
            giveBack(cursor.open, RequeueTo::oldPlace, place, m_plan->reasons.disconnected, door);
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
