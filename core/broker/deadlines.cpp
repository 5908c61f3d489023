// Deadlines: what is not settled in time is taken back. They wait in one FIFO for each subscription, and only the first has
// a due.
#include "core/broker/broker.h"

#include <algorithm>
#include <utility>

namespace weir {

std::optional<Duration> Broker::ackTimeoutOf(const Copy& copy) const {
    const SubscriptionPlan& plan = m_plan->subscriptions[copy.subscription.index()];
    if (plan.ownAckTimeouts)
        return backoff(channelOf(copy.subscription), copy);
    return plan.ackTimeout == Duration::max() ? std::nullopt : std::optional(plan.ackTimeout);
}

bool Broker::isCurrent(const Deadline& deadline) const {
    const Copy* const there = copy(deadline.tag);
    return there && there->extensions == deadline.extensions;
}

bool Broker::extend(DeliveryTag tag, BrokerDoor& door) {
    if (!copy(tag) || copy(tag)->settled)
        return false;
    Copy& extended = m_copies[tag.copy];
    const std::optional<Duration> timeout = ackTimeoutOf(extended);
    if (!timeout)
        return false;
    ++extended.extensions;
    addDeadline(extended, tag, *timeout, door);
    return true;
}

// Those that were settled meanwhile are cleared away many at a time: whether one was is asked of its copy, whose row
// nobody else looks at any more. Where a due is to be set for the first one, that has to be one that still holds.
void Broker::addDeadline(const Copy& copied, DeliveryTag tag, Duration timeout, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[copied.subscription.index()];
    const SubscriptionPlan& plan = m_plan->subscriptions[copied.subscription.index()];
    if (plan.ownAckTimeouts || !state.deadlineScheduled)
        while (!state.deadlines.empty() && !isCurrent(state.deadlines.front()))
            state.deadlines.popFront();
    if (state.deadlines.size() == state.deadlinesMax) {
        for (std::size_t count = state.deadlines.size(); count > 0; --count)
            if (const Deadline first = state.deadlines.popFront(); isCurrent(first))
                state.deadlines.pushBack(first);
        state.deadlinesMax =
            std::max(SubscriptionState::deadlinesMin, 2 * static_cast<std::uint32_t>(state.deadlines.size()));
    }
    state.deadlines.pushBack({door.now + timeout, door.effects.reserve(), tag, copied.extensions});
    // Those of one length come in the order of their times; where lengths differ, one may overtake.
    std::size_t place = state.deadlines.size() - 1;
    for (; place > 0 && state.deadlines[place].at < state.deadlines[place - 1].at; --place)
        std::swap(state.deadlines[place], state.deadlines[place - 1]);
    if (place == 0 && plan.ownAckTimeouts) { // a due for what stood here before may be too late
        ++state.deadlineGeneration;
        state.deadlineScheduled = false;
    }
    scheduleDeadline(copied.subscription, door);
}

void Broker::scheduleDeadline(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (std::exchange(state.deadlineScheduled, true))
        return;
    const Deadline& first = state.deadlines.front();
    door.effects.scheduleReserved( // one that has passed meanwhile had to wait for its queue's leader
        std::max(first.at, door.now), first.sequence,
        {static_cast<std::uint8_t>(BrokerDue::ackDeadline), id.value, state.deadlineGeneration});
}

// Those under way end no later than one that begins now; so they stay in the order of their times. They get new places
// in the total order, and the due that was to look at the first of them is void.
void Broker::shortenDeadlines(SubscriptionId id, Duration timeout, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (state.deadlines.empty())
        return;
    for (std::size_t i = 0; i < state.deadlines.size(); ++i) {
        Deadline& deadline = state.deadlines[i];
        deadline = {std::min(deadline.at, door.now + timeout), door.effects.reserve(), deadline.tag,
                    deadline.extensions};
    }
    ++state.deadlineGeneration;
    state.deadlineScheduled = false;
    scheduleDeadline(id, door);
}

// Looks at the oldest deadline; those settled meanwhile are passed over.
void Broker::checkDeadlines(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    state.deadlineScheduled = false;
    while (!state.deadlines.empty()) {
        const Deadline deadline = state.deadlines.front();
        if (!isCurrent(deadline)) {
            state.deadlines.popFront();
            continue;
        }
        if (deadline.at > door.now) {
            scheduleDeadline(id, door);
            return;
        }
        state.deadlines.popFront();
        // A retry without backoff is delivered at once, and would schedule the next deadline itself.
        const CopyHandle handle = deadline.tag.copy;
        const ConsumerId consumer = m_copies[handle].consumer;
        const std::uint32_t partition = m_copies[handle].partition;
        const PlaceId place = placeOf(consumer, m_copies[handle]);
        Record record = recordOf(RecordKind::timedOut, m_copies[handle], place, door.now);
        record.reason = m_plan->reasons.ackTimeout;
        door.recorder.append(record);
        takeBack(handle);
        afterFailure(handle, CopyState::inFlight, place, m_plan->reasons.ackTimeout, door);
        creditBack(consumer, door);
        if (hasOwners(id))
            dispatchStream(id, partition, door);
        else
            dispatchReturned(id, door);
    }
}

} // namespace weir
