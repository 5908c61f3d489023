// Settlement: what becomes of a copy after its delivery: acked, retried, put back, dead-lettered, dropped.
#include "core/broker/broker.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {

PlaceId Broker::placeOf(ConsumerId id, const Copy& copy) const {
    const ConsumerOptions& options = m_consumers[id.index()].options;
    return options.partitionPlaces.empty() ? options.place : options.partitionPlaces[copy.partition];
}

bool Broker::settle(DeliveryTag tag, Settlement settlement, ReasonId reason, BrokerDoor& door) {
    if (!copy(tag))
        return false;
    const CopyHandle handle = tag.copy;
    const Copy& copy = m_copies[handle];
    const ConsumerId consumer = copy.consumer;
    const SubscriptionId subscription = copy.subscription;
    const std::uint32_t partition = copy.partition;
    const PlaceId place = placeOf(consumer, copy);
    const std::uint64_t position =
        channelOf(subscription).kind == ChannelKind::stream ? offsetIn(copy) : copy.position;
    const bool acked = copy.settled || settlement == Settlement::ack;
    takeBack(handle);
    if (copy.settled) { // acked on delivery already: all that can be told now is that the work was not done
        if (settlement != Settlement::ack) {
            Record record = recordOf(RecordKind::effectLost, copy, place, door.now);
            record.reason = reason;
            door.recorder.append(record);
        }
        end(handle, door);
    } else if (settlement == Settlement::ack) {
        Record record = recordOf(RecordKind::acked, copy, place, door.now);
        record.value = (door.now - m_messages[copy.message].published).count();
        door.recorder.append(record);
        end(handle, door);
    } else {
        Record record = recordOf(RecordKind::nacked, copy, place, door.now);
        record.reason = reason;
        door.recorder.append(record);
        if (settlement == Settlement::requeue)
            backToOldPlace(handle, place, reason, door);
        else if (settlement == Settlement::retry)
            afterFailure(handle, CopyState::inFlight, place, reason, door);
        else
            die(handle, CopyState::inFlight, place, m_plan->reasons.rejected, door);
    }
    creditBack(consumer, door);
    if (acked && channelOf(subscription).kind == ChannelKind::stream)
        ackedInStream(subscription, partition, position, door);
    if (isStream(subscription)) {
        dispatchStream(subscription, partition, door);
    } else {
        dispatch(subscription, door);
    }
    return true;
}

void Broker::takeBack(CopyHandle handle) {
    Copy& copy = m_copies[handle];
    assert(copy.state == CopyState::inFlight);
    Consumer& consumer = m_consumers[copy.consumer.index()];
    if (copy.before != Copy::noMessage)
        m_copies[copy.before].after = copy.after;
    else
        consumer.firstInFlight = copy.after;
    if (copy.after != Copy::noMessage)
        m_copies[copy.after].before = copy.before;
    --consumer.unacked;
    copy.generation = ++m_generation;
}

void Broker::creditBack(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    const SubscriptionId subscription = consumer.options.subscription;
    if (!isStream(subscription)) {
        enterLine(id);
        return;
    }
    while (!consumer.wanting.empty() && hasCredit(consumer)) {
        const std::uint32_t partition = consumer.wanting.popFront();
        m_subscriptions[subscription.index()].cursors[partition].wanting = false;
        dispatchStream(subscription, partition, door);
    }
}

// By the retry policy; `max` counts retries, so max + 1 deliveries in all. Without a policy one delivery is all.
void Broker::afterFailure(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    const ChannelPlan& channel = channelOf(copy.subscription);
    const auto& retry = channel.spec.retry;
    if (!retry || (retry->max && copy.attempt > *retry->max)) {
        die(handle, from, place, retry ? m_plan->reasons.deliveryLimit : m_plan->reasons.rejected, door);
        return;
    }
    const Duration delay = backoff(channel, copy);
    Record record = recordOf(RecordKind::retryScheduled, copy, place, door.now);
    record.value = delay.count();
    record.reason = reason;
    door.recorder.append(record);
    copy.state = CopyState::delayed;
    if (delay == Duration::zero())
        makeReady(handle, door);
    else
        door.effects.schedule(door.now + delay,
                              {static_cast<std::uint8_t>(BrokerDue::release), handle, copy.generation});
}

// RabbitMQ counts a delivery that ended with its connection too; a limit of N means N + 1 deliveries.
void Broker::backToOldPlace(CopyHandle handle, PlaceId place, ReasonId reason, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    const SubscriptionId id = copy.subscription;
    const auto& retry = channelOf(id).spec.retry;
    if (retry && retry->max && copy.attempt > *retry->max) {
        die(handle, CopyState::inFlight, place, m_plan->reasons.deliveryLimit, door);
        return;
    }
    Record record = recordOf(RecordKind::requeued, copy, place, door.now);
    record.reason = reason;
    door.recorder.append(record);
    copy.state = CopyState::ready;
    copy.readySince = door.now;
    if (!isStream(id))
        m_subscriptions[id.index()].ready.putBack(handle, copy.priority, copy.position);
}

Duration Broker::backoff(const ChannelPlan& channel, const Copy& copy) const {
    const RetrySpec& retry = *channel.spec.retry;
    double delay = static_cast<double>(retry.first.count());
    switch (retry.backoff) {
    case Backoff::none:
        return Duration::zero();
    case Backoff::fixed:
        break;
    case Backoff::linear:
        delay *= copy.attempt;
        break;
    case Backoff::exponential:
        for (int i = 1; i < copy.attempt && delay < static_cast<double>(retry.ceiling.count()); ++i)
            delay *= retry.factor;
        break;
    case Backoff::explicitSteps:
        if (retry.steps.empty())
            return Duration::zero();
        delay = static_cast<double>(retry.steps[std::min<std::size_t>(copy.attempt, retry.steps.size()) - 1].count());
        break;
    }
    delay = std::min(delay, static_cast<double>(retry.ceiling.count()));
    if (retry.jitter > 0) {
        Draw draw = channel.jitter.draw(m_messages[copy.message].ordinal, copy.attempt);
        delay *= 1 - retry.jitter + 2 * retry.jitter * draw.uniform();
    }
    return Duration{static_cast<std::int64_t>(delay + 0.5)};
}

// RabbitMQ's x-death: one entry for each channel and reason, the latest in front. So the history of a message that goes
// round for ever is no longer than the ways it takes.
std::shared_ptr<const Death> Broker::withDeath(const std::shared_ptr<const Death>& history, Death death) {
    std::vector<const Death*> later; // than its entry so far
    const Death* earlier = history.get();
    for (; earlier && (earlier->channel != death.channel || earlier->reason != death.reason);
         earlier = earlier->before.get())
        later.push_back(earlier);
    death.before = history;
    if (earlier) {
        death.count = earlier->count + 1;
        death.before = earlier->before;
        for (auto kept = later.rbegin(); kept != later.rend(); ++kept) {
            Death entry = **kept;
            entry.before = std::move(death.before);
            death.before = std::make_shared<const Death>(std::move(entry));
        }
    }
    return std::make_shared<const Death>(std::move(death));
}

// The end of a copy that nobody acked. With a dead-letter channel it bears a new copy there, with its history.
void Broker::die(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    const SubscriptionId subscription = copy.subscription;
    const ChannelId channelId = m_plan->subscriptions[subscription.index()].channel;
    const ChannelPlan& channel = m_plan->channels[channelId.index()];
    Record record = recordOf(RecordKind::dropped, copy, place, door.now);
    record.reason = reason;
    record.value = channel.deadLetter.valid() ? channel.deadLetter.value : -1;
    record.bits = Record::bitsOf(from);

    std::span<const RouteTarget> targets;
    bool someTake = false;
    if (channel.deadLetter.valid()) {
        targets = m_routes.targets(*m_plan, channel.deadLetter, m_messages[copy.message].routingKey);
        for (const RouteTarget& target : targets)
            someTake = someTake || !inCycle(copy, reason, target.channel);
        if (!someTake)
            record.reason = targets.empty() ? m_plan->reasons.noRoute : m_plan->reasons.cycle;
    }
    if (someTake)
        record.kind = RecordKind::deadLettered;
    else if (reason == m_plan->reasons.expired)
        record.kind = RecordKind::expired;
    door.recorder.append(record);
    if (someTake) {
        const auto death = withDeath(copy.deaths, {.channel = channelId, .reason = reason, .at = door.now});
        const Copy dying = copy; // a birth may move the slab
        for (const RouteTarget& target : targets) {
            if (inCycle(dying, reason, target.channel))
                continue;
            const ChannelPlan& to = m_plan->channels[target.channel.index()];
            if (to.kind == ChannelKind::stream)
                append(dying.message, target.channel, channelId, door);
            else
                enqueue(
                    dying.message,
                    {.subscription = to.subscriptions.front(), .via = channelId, .deaths = death, .forgetTtl = true},
                    door);
        }
    }
    end(handle, door);
}

// RabbitMQ: a message that comes to a queue it died in before is dropped, unless it was rejected on the way round.
bool Broker::inCycle(const Copy& copy, ReasonId reason, ChannelId target) const {
    const auto rejected = [this](ReasonId why) {
        return why == m_plan->reasons.rejected || why == m_plan->reasons.deliveryLimit;
    };
    if (rejected(reason))
        return false;
    if (m_plan->subscriptions[copy.subscription.index()].channel == target)
        return true;
    for (const Death* earlier = copy.deaths.get(); earlier; earlier = earlier->before.get()) {
        if (rejected(earlier->reason))
            return false;
        if (earlier->channel == target)
            return true;
    }
    return false;
}

void Broker::end(CopyHandle handle, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    const MessageHandle message = copy.message;
    const FamilyHandle family = m_messages[message].family;
    const SubscriptionId subscription = copy.subscription;
    const std::uint32_t partition = copy.partition;
    const PlaceId place = isStream(subscription)
                              ? m_plan->subscriptions[subscription.index()].partitionPlaces[partition]
                              : PlaceId::none();
    Record record = recordOf(RecordKind::committed, copy, place, door.now);
    copy.state = CopyState::none;
    copy.deaths.reset();
    copy.generation = ++m_generation;
    m_copies.free(handle);
    dropReference(message);
    if (m_plan->subscriptions[subscription.index()].consumed)
        closeOne(family, door);
    dropFamily(family);
    if (!isStream(subscription))
        return;
    m_subscriptions[subscription.index()].cursors[partition].open = Copy::noMessage;
    record.attempt = 0;
    handled(subscription, partition, record, door);
}

void Broker::addDeadline(const Copy& copied, DeliveryTag tag, Duration timeout, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[copied.subscription.index()];
    const auto settled = [this](const Deadline& deadline) { return copy(deadline.tag) == nullptr; };
    while (!state.deadlines.empty() && settled(state.deadlines.front()))
        state.deadlines.popFront();
    if (state.deadlines.size() == state.deadlinesMax) { // one that is never settled must not keep all later ones here
        for (std::size_t count = state.deadlines.size(); count > 0; --count)
            if (const Deadline first = state.deadlines.popFront(); !settled(first))
                state.deadlines.pushBack(first);
        state.deadlinesMax = std::max<std::size_t>(64, 2 * state.deadlines.size());
    }
    state.deadlines.pushBack({door.now + timeout, door.effects.reserve(), tag});
    scheduleDeadline(copied.subscription, door);
}

void Broker::scheduleDeadline(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (std::exchange(state.deadlineScheduled, true))
        return;
    const Deadline& first = state.deadlines.front();
    door.effects.scheduleReserved(
        first.at, first.sequence,
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
        deadline = {std::min(deadline.at, door.now + timeout), door.effects.reserve(), deadline.tag};
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
        if (!copy(deadline.tag)) {
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
        if (isStream(id))
            dispatchStream(id, partition, door);
        else
            dispatch(id, door);
    }
}

} // namespace weir
