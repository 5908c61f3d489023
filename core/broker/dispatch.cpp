// Dispatch: consumers come and go, and get copies as long as they have credit (prefetch); whose turn it is stands in
// turns.cpp. How a stream's partitions find their owners is in groups.cpp.
#include "core/broker/broker.h"
#include "core/broker/together.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace weir {

ConsumerId Broker::attach(ConsumerOptions options, BrokerDoor& door) {
    const ConsumerId id{static_cast<std::uint32_t>(m_consumers.size())};
    const SubscriptionId subscription = options.subscription;
    Consumer consumer;
    consumer.options = std::move(options);
    consumer.byPartition = !consumer.options.partitionPlaces.empty();
    consumer.joined = ++m_joins;
    m_consumers.push_back(std::move(consumer));
    joinCredit(id);
    m_subscriptions[subscription.index()].consumers.push_back(id);
    if (!hasOwners(subscription)) {
        consumersChanged(subscription, id, door);
        if (const SubscriptionState& state = m_subscriptions[subscription.index()]; state.consumers.size() == 1)
            for (std::uint32_t partition = 0; partition < state.cursors.size(); ++partition)
                beginAt(subscription, partition, door);
        if (!m_retained.empty())
            sendRetained(id, door);
        enterLine(id);
        dispatch(subscription, door);
    }
    return id;
}

void Broker::disconnect(std::span<const ConsumerId> consumers, BrokerDoor& door) {
    for (const ConsumerId id : consumers) // what one gives back must not go to another one that goes as well
        m_consumers[id.index()].connected = false;
    for (const ConsumerId id : consumers) {
        const SubscriptionId subscription = m_consumers[id.index()].options.subscription;
        asOneCommand(subscription, door, [&] {
            takeAllBack(id, door);
            creditBack(id, door);
            if (hasOwners(subscription)) {
                memberLeft(id, door);
            } else {
                dropOwn(id, door);
                leaveLine(id);
                consumersChanged(subscription, ConsumerId::none(), door);
                dispatchReturned(subscription, door);
            }
        });
    }
}

// RabbitMQ, quorum queues too: it stands before all that never left.
RequeueTo Broker::placeAfterLoss(const ChannelSpec& spec) {
    return spec.requeueTo == RequeueTo::returnedIfLimited ? RequeueTo::returned : RequeueTo::oldPlace;
}

// The oldest delivery first: those that die of it come to their dead-letter channel in the order of the queue.
void Broker::takeAllBack(ConsumerId id, BrokerDoor& door) {
    const WhenGone whenGone = channelOf(m_consumers[id.index()].options.subscription).spec.group.whenGone;
    std::vector<DeliveryTag> given; // the oldest last
    for (CopyHandle each = m_consumers[id.index()].firstInFlight; each != Copy::noMessage; each = m_copies[each].after)
        given.push_back({each, m_copies[each].generation});
    dieTogether(door, [&] {
        for (auto tag = given.rbegin(); tag != given.rend(); ++tag)
            if (copy(*tag)) // else what was given back before it has taken its place
                loseHold(id, tag->copy, whenGone, door);
    });
}

void Broker::loseHold(ConsumerId id, CopyHandle handle, WhenGone whenGone, BrokerDoor& door) {
    const PlaceId place = placeOf(id, m_copies[handle]);
    if (!m_copies[handle].settled && (whenGone == WhenGone::wait || whenGone == WhenGone::resume)) {
        if (!std::exchange(m_copies[handle].orphaned, true)) // its ack timeout goes on
            takeCredit(m_consumers[id.index()], -1);
        return;
    }
    if (!m_copies[handle].settled && whenGone == WhenGone::forget) {
        leavePending(handle, place, door);
        return;
    }
    takeBack(handle);
    if (m_copies[handle].settled) { // acked on delivery: nobody will do the work now
        Record record = recordOf(RecordKind::effectLost, m_copies[handle], place, door.now);
        record.reason = m_plan->reasons.disconnected;
        door.recorder.append(record);
        endAcked(handle, door);
    } else {
        giveBack(handle, placeAfterLoss(channelOf(m_copies[handle].subscription).spec), place,
                 m_plan->reasons.disconnected, door);
    }
}

void Broker::resume(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.connected = true;
    consumer.retired = false;
    consumer.refused = false;
    consumer.left = false;
    consumer.joined = ++m_joins;
    if (hasOwners(consumer.options.subscription)) {
        memberCame(id, door);
        return;
    }
    consumersChanged(consumer.options.subscription, id, door);
    if (!m_retained.empty())
        sendRetained(id, door);
    if (channelOf(consumer.options.subscription).spec.group.whenGone == WhenGone::resume)
        readHistory(id, door);
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
    if (!hasOwners(subscription))
        consumersChanged(subscription, ConsumerId::none(), door);
    creditBack(id, door);
    if (!hasOwners(subscription))
        dispatch(subscription, door);
}

void Broker::retire(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.retired = true;
    consumer.left = false; // it will not be back
    const SubscriptionId subscription = consumer.options.subscription;
    if (hasOwners(subscription)) {
        membersChanged(groupOf(subscription), door);
        return;
    }
    dropOwn(id, door);
    leaveLine(id);
    consumersChanged(subscription, ConsumerId::none(), door);
    dispatch(subscription, door); // where another one is the active one now
}

// After all that came back together: RabbitMQ's classic queues drop their head before they deliver, the others after.
void Broker::dispatchReturned(SubscriptionId id, BrokerDoor& door) {
    if (!deliversBeforeTrim(id)) {
        trim(id, door);
        dispatch(id, door);
        return;
    }
    asOneCommand(id, door, [&] {
        dispatch(id, door);
        trim(id, door);
        if (!m_outstanding.empty())
            dispatch(id, door);
    });
}

void Broker::dispatch(SubscriptionId id, BrokerDoor& door, CopyHandle spared) {
    if (hasNothing(m_subscriptions[id.index()]))
        return;
    if (broadcasts(id)) {
        serveAll(id, door);
        return;
    }
    if (isKept(id) && m_subscriptions[id.index()].cursors.size() <= 1 && !serves(bufferOf(id)))
        return;
    SubscriptionState& state = m_subscriptions[id.index()];
    std::vector<ReadyLine::Standing> aside; // from partitions that nobody leads
    if (hasNodes() && waitsUnserved(id))
        aside = state.ready.takeAside([this](CopyHandle copy) { return isUnserved(m_copies[copy]); });
    while (true) {
        if (state.expires)
            expireHeads(id, spared, door);
        if (state.shared)
            forgetRemoved(id, door);
        if (state.ready.empty() && !(state.shared && !isSaturated(id) && readShared(id, door)))
            break;
        const bool readsAhead = state.shared && looksAhead(id) && !isSaturated(id);
        if (state.paced) {
            const CopyHandle next = peekTurn(id);
            if (next == Copy::noMessage && readsAhead && readShared(id, door))
                continue; // as below: a rate does not change who may pass whom
            if (next == Copy::noMessage)
                break;
            const PlaceId place = placeOf(m_copies[next]);
            const bool expired = state.expires && next != state.jumped && isExpired(next, spared, door.now);
            const Pace paced = expired ? Pace::now : pace(id, next, place, door);
            if (paced == Pace::later)
                break;
            if (paced == Pace::never) {
                state.ready.takeFirst(state.ready.size(), [next](CopyHandle copy) { return copy == next; });
                leaveReady(state, m_copies[next]);
                die(next, CopyState::ready, place, m_plan->reasons.rateLimit, door);
                continue;
            }
        }
        const CopyHandle jumped = state.jumped;
        const Turn turn = takeTurn(id);
        if (!turn.consumer.valid() && readsAhead && readShared(id, door))
            continue; // behind a record whose consumer has no credit there may be one for another
        if (!turn.consumer.valid())
            break;
        if (state.expires && turn.copy != jumped &&
            isExpired(turn.copy, spared, door.now)) { // from behind the head, as keys and redeliveries pass others
            if (state.plainTurns)
                standInLine(turn.consumer);
            else
                m_consumers[turn.consumer.index()].inLine = true; // it has not had its turn
            die(turn.copy, CopyState::ready, placeOf(m_copies[turn.copy]), m_plan->reasons.expired, door);
            continue;
        }
        if (m_losing && isLost(m_copies[turn.copy], turn.consumer))
            lose(turn.copy, turn.consumer, door);
        else
            deliver(turn.copy, turn.consumer, door);
        afterTurn(turn.consumer, id);
    }
    for (const auto& [copy, position] : aside)
        state.ready.putBack(copy, m_copies[copy].priority,
                            position.value_or(Copy::firstPosition + m_copies[copy].position));
    if (state.expires) {
        expireHeads(id, Copy::noMessage, door);
        scheduleExpiry(id, door);
    }
    if (state.everWaiting && !state.waiting.empty())
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
    copy.orphaned = false;
    takeCredit(consumer, 1);
    if (!m_outstanding.empty() && !consumer.options.automatic && channelOf(copy.subscription).spec.unackedMax &&
        !std::exchange(copy.outstanding, true))
        ++m_outstanding[copy.subscription.index()];

    const PlaceId place = placeOf(consumerId, copy);
    Record record = recordOf(RecordKind::delivered, copy, place, door.now);
    record.value = (door.now - copy.readySince).count();
    door.recorder.append(record);
    copy.readySince = door.now; // from here on the time of its delivery
    const DeliveryTag tag{handle, copy.generation};
    if (consumer.options.automatic) {
        copy.settled = true;
        if (!isStream(copy.subscription)) // it takes no place any more, though its work goes on
            m_subscriptions[copy.subscription.index()].unsettled.take(m_messages[copy.message].size);
        record.kind = RecordKind::acked;
        record.value = (door.now - m_messages[copy.message].published).count();
        door.recorder.append(record);
    } else if (const auto timeout = ackTimeoutOf(copy)) {
        addDeadline(copy, tag, *timeout, door);
    }
    door.effects.deliver(consumerId, tag, door);
}

} // namespace weir
