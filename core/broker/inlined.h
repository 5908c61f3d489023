// The Broker's member functions that every message or copy goes through, and that do less than a call of them costs:
// they are inlined wherever they are called. A part of broker.h, which includes it.
#pragma once

#include "core/broker/broker.h"

#include <cassert>

namespace weir {

inline void Broker::dropFamily(FamilyHandle handle) {
    assert(m_families[handle].references > 0);
    if (--m_families[handle].references == 0)
        m_families.free(handle);
}

inline void Broker::closeOne(FamilyHandle handle, BrokerDoor& door) {
    Family& family = m_families[handle];
    assert(family.open > 0);
    if (--family.open == 0 && !family.complete)
        complete(family, door);
}

// `counted`: while it was there the family was open.
inline void Broker::leaveFamily(FamilyHandle family, bool counted, BrokerDoor& door) {
    if (counted)
        closeOne(family, door);
    dropFamily(family);
}

inline void Broker::dropReference(MessageHandle handle) {
    Message& message = m_messages[handle];
    assert(message.references > 0);
    if (--message.references > 0)
        return;
    message.content.reset();
    m_messages.free(handle);
}

inline void Broker::release(MessageHandle handle, BrokerDoor& door) {
    const FamilyHandle family = m_messages[handle].family;
    dropReference(handle);
    leaveFamily(family, true, door);
}

inline PlaceId Broker::placeOf(ConsumerId id, const Copy& copy) const {
    const Consumer& consumer = m_consumers[id.index()];
    return consumer.byPartition ? consumer.options.partitionPlaces[copy.partition] : consumer.options.place;
}

inline PlaceId Broker::placeOf(const Copy& copy) const {
    const SubscriptionPlan& plan = m_plan->subscriptions[copy.subscription.index()];
    return plan.partitionPlaces.empty() ? plan.place : plan.partitionPlaces[copy.partition];
}

inline Record Broker::recordOf(RecordKind kind, const Copy& copy, PlaceId place, SimTime now) const {
    Record record = recordOf(kind, copy.message, place, now);
    record.attempt = copy.attempt;
    if (isStream(copy.subscription))
        record.extra = static_cast<std::uint32_t>(offsetIn(copy));
    return record;
}

inline bool Broker::hasCredit(const Consumer& consumer) const {
    return consumer.present() && (consumer.options.automatic ||
                                  ((consumer.options.prefetch == 0 || consumer.unacked < consumer.options.prefetch) &&
                                   (consumer.options.shared.group == SharedCredit::none ||
                                    !m_creditGroups[consumer.options.shared.group].full())));
}

inline void Broker::takeCredit(Consumer& consumer, int copies) {
    consumer.unacked += static_cast<std::uint32_t>(copies);
    if (consumer.options.shared.group != SharedCredit::none)
        m_creditGroups[consumer.options.shared.group].unacked += static_cast<std::uint32_t>(copies);
}

inline void Broker::takeBack(CopyHandle handle) {
    Copy& copy = m_copies[handle];
    assert(copy.state == CopyState::inFlight);
    Consumer& consumer = m_consumers[copy.consumer.index()];
    if (copy.before != Copy::noMessage)
        m_copies[copy.before].after = copy.after;
    else
        consumer.firstInFlight = copy.after;
    if (copy.after != Copy::noMessage)
        m_copies[copy.after].before = copy.before;
    if (!copy.orphaned)
        takeCredit(consumer, -1);
    copy.generation = ++m_generation;
    noteUndone(handle, true);
}

// Its row is free, and it holds its message and its family no longer.
inline void Broker::freeCopy(CopyHandle handle, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    const MessageHandle message = copy.message;
    const FamilyHandle family = m_messages[message].family;
    const bool consumed = m_plan->subscriptions[copy.subscription.index()].consumed;
    copy.state = CopyState::none;
    copy.deaths.reset();
    copy.generation = ++m_generation;
    m_copies.free(handle);
    dropReference(message);
    leaveFamily(family, consumed, door);
}

inline void Broker::endInQueue(CopyHandle handle, BrokerDoor& door) {
    const Copy& copy = m_copies[handle];
    const SubscriptionId subscription = copy.subscription;
    if (!copy.settled)
        m_subscriptions[subscription.index()].unsettled.take(m_messages[copy.message].size);
    if (isKept(subscription))
        weigh(bufferOf(subscription), door);
    freeCopy(handle, door);
    --m_open[subscription.index()];
}

inline void Broker::end(CopyHandle handle, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    noLongerOutstanding(copy);
    if (!m_partsOfSuccessions.empty())
        leaveSuccession(handle, door);
    if (isStream(copy.subscription))
        endInStream(handle, door);
    else
        endInQueue(handle, door);
}

inline void Broker::endAcked(CopyHandle handle, BrokerDoor& door) {
    if (m_plan->subscriptions[m_copies[handle].subscription.index()].awaited)
        endAwaited(handle, door);
    else
        end(handle, door);
}

inline void Broker::standInLine(ConsumerId id) {
    Consumer& consumer = m_consumers[id.index()];
    if (consumer.inLine) // it gave its credit back while it was served
        return;
    SubscriptionState& state = m_subscriptions[consumer.options.subscription.index()];
    consumer.inLine = true;
    consumer.turn = ++state.turnNext;
    if (state.plainTurns)
        state.line.pushBack(id);
}

// As soon as it can take something.
inline void Broker::enterLine(ConsumerId id) {
    if (const Consumer& consumer = m_consumers[id.index()]; !consumer.inLine && hasCredit(consumer))
        standInLine(id);
}

// Drops those from the front of the line that have no credit, now that there would be something for them.
inline bool Broker::someCredit(SubscriptionState& state) {
    while (!state.line.empty()) {
        Consumer& consumer = m_consumers[state.line.front().index()];
        if (hasCredit(consumer))
            return true;
        consumer.inLine = false;
        state.line.popFront();
    }
    return false;
}

// To the consumer, and to those that share a limit with it.
inline void Broker::creditBack(ConsumerId id, BrokerDoor& door) {
    const Consumer& consumer = m_consumers[id.index()];
    if (consumer.options.shared.group != SharedCredit::none || !consumer.wanting.empty())
        offerCredit(id, door);
    else if (!hasOwners(consumer.options.subscription))
        enterLine(id);
}

inline void Broker::dispatchStream(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    const SubscriptionState& state = m_subscriptions[id.index()];
    if (state.shared) {
        dispatch(id, door);
        return;
    }
    const GroupCursor& cursor = state.cursors[partition];
    const StreamLog& log = m_streams[m_plan->subscriptions[id.index()].channel.index()].logs[partition];
    if (cursor.open == Copy::noMessage && cursor.next >= log.end())
        return; // it has read all there is
    while (deliverNext(id, partition, door)) {
    }
}

// It stands behind the others again, if it can take more or, in RabbitMQ's classic queues, in any case.
inline void Broker::afterTurn(ConsumerId consumer, SubscriptionId id) {
    if (m_plan->subscriptions[id.index()].roundRobin)
        standInLine(consumer);
    else
        enterLine(consumer);
}

// Nobody waits before a copy that comes, and whose turn it is can take it: it need not stand in the line.
inline bool Broker::goesStraight(SubscriptionState& state) {
    return hasNothing(state) && !state.paced && !m_losing && !hasNodes() && someCredit(state);
}

inline void Broker::handled(SubscriptionId id, std::uint32_t partition, const Record& record, BrokerDoor& door) {
    const CommitSpec& spec = m_plan->subscriptions[id.index()].commit;
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    if (spec.every != 0 && cursor.next >= cursor.committed + spec.every) {
        commit(id, partition, record, door);
    } else if (spec.interval && !cursor.commitScheduled) {
        cursor.commitScheduled = true;
        door.effects.schedule(door.now + *spec.interval,
                              {static_cast<std::uint8_t>(BrokerDue::commit), id.value, partition});
    }
}

// It gets its credit back, and whoever can take something now gets it.
inline void Broker::goOn(ConsumerId consumer, SubscriptionId subscription, std::uint32_t partition, BrokerDoor& door) {
    creditBack(consumer, door);
    if (hasOwners(subscription))
        dispatchStream(subscription, partition, door);
    else if (!m_plan->subscriptions[subscription.index()].asksNothing ||
             !hasNothing(m_subscriptions[subscription.index()]))
        dispatchReturned(subscription, door);
}

} // namespace weir
