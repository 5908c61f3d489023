// Settlement: what becomes of a copy after its delivery: acked, retried, put back, dead-lettered, dropped.
#include "core/broker/broker.h"
#include "core/broker/freed_place.h"
#include "core/broker/together.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

namespace weir {
namespace {

// Whether what is tried again from one channel comes by another one.
bool retriesComeTo(const BrokerPlan& plan, ChannelId from, ChannelId to) {
    for (std::size_t steps = plan.channels.size(); steps > 0 && from.valid() && from != to; --steps)
        from = plan.channels[from.index()].retryThrough;
    return from == to;
}

std::uint8_t priorityIn(const ChannelSpec& spec, const Message& message) {
    return static_cast<std::uint8_t>(std::min<int>(message.priority, spec.priorities));
}

} // namespace

bool Broker::settle(DeliveryTag tag, Settlement settlement, ReasonId reason, BrokerDoor& door) {
    if (!copy(tag))
        return false;
    const ConsumerId consumer = m_copies[tag.copy].consumer;
    const SubscriptionId subscription = m_copies[tag.copy].subscription;
    const std::uint32_t partition = m_copies[tag.copy].partition;
    settleOne(tag, settlement, reason, door);
    goOn(consumer, subscription, partition, door);
    return true;
}

std::size_t Broker::settleAll(std::span<const DeliveryTag> tags, Settlement settlement, ReasonId reason,
                              BrokerDoor& door) {
    const auto first = std::find_if(tags.begin(), tags.end(), [this](DeliveryTag tag) { return copy(tag); });
    if (first == tags.end())
        return 0;
    const ConsumerId consumer = m_copies[first->copy].consumer;
    const SubscriptionId subscription = m_consumers[consumer.index()].options.subscription;
    std::size_t settled = 0;
    asOneCommand(subscription, door, [&] {
        dieTogether(door, [&] {
            for (const DeliveryTag tag : tags)
                if (copy(tag)) {
                    settleOne(tag, settlement, reason, door);
                    ++settled;
                }
        });
        const std::size_t partitions = std::max<std::size_t>(1, m_subscriptions[subscription.index()].cursors.size());
        for (std::uint32_t partition = 0; partition < partitions; ++partition)
            goOn(consumer, subscription, partition, door);
    });
    return settled;
}

// Those that are refused die by their priorities, the highest first (RabbitMQ's priority queues, observed on 3.10.8).
std::size_t Broker::settleThrough(DeliveryTag tag, Settlement settlement, ReasonId reason, BrokerDoor& door) {
    if (!copy(tag))
        return 0;
    std::vector<DeliveryTag> tags;
    for (CopyHandle each = tag.copy; each != Copy::noMessage; each = m_copies[each].after)
        tags.push_back({each, m_copies[each].generation});
    std::reverse(tags.begin(), tags.end());
    if (settlement != Settlement::ack)
        std::stable_sort(tags.begin(), tags.end(), [this](DeliveryTag left, DeliveryTag right) {
            return m_copies[left.copy].priority > m_copies[right.copy].priority;
        });
    return settleAll(tags, settlement, reason, door);
}

void Broker::settleOne(DeliveryTag tag, Settlement settlement, ReasonId reason, BrokerDoor& door) {
    const CopyHandle handle = tag.copy;
    const Copy& copy = m_copies[handle];
    if (isKept(copy.subscription) && !isStream(copy.subscription))
        if (const std::uint32_t buffer = bufferOf(copy.subscription); !serves(buffer)) {
            // Its client says it again as soon as there is somebody to say it to.
            m_replicaSets[buffer].settlements.pushBack(
                {.tag = tag, .settlement = static_cast<std::uint8_t>(settlement), .reason = reason});
            return;
        }
    const PlaceId place = placeOf(copy.consumer, copy);
    takeBack(handle);
    if (settlement == Settlement::ack)
        noteUndone(handle, false);
    if (copy.settled) { // acked on delivery already: all that can be told now is that the work was not done
        if (settlement != Settlement::ack) {
            Record record = recordOf(RecordKind::effectLost, copy, place, door.now);
            record.reason = reason;
            door.recorder.append(record);
        }
        endAcked(handle, door);
        return;
    }
    if (settlement == Settlement::ack) {
        Record record = recordOf(RecordKind::acked, copy, place, door.now);
        record.value = (door.now - m_messages[copy.message].published).count();
        door.recorder.append(record);
        endAcked(handle, door);
        return;
    }
    Record record = recordOf(RecordKind::nacked, copy, place, door.now);
    record.reason = reason;
    door.recorder.append(record);
    if (settlement == Settlement::requeue)
        giveBack(handle, limitedPlace(channelOf(copy.subscription).spec, channelOf(copy.subscription).spec.requeueTo),
                 place, reason, door);
    else if (settlement == Settlement::retry)
        afterFailure(handle, CopyState::inFlight, place, reason, door);
    else
        refuse(handle, place, door);
}

// By its consumer, for good. BullMQ keeps what an UnrecoverableError ends among the failed jobs.
void Broker::refuse(CopyHandle handle, PlaceId place, BrokerDoor& door) {
    const SubscriptionId subscription = m_copies[handle].subscription;
    const auto& retry = channelOf(subscription).spec.retry;
    if (broadcasts(subscription))
        drop(handle, CopyState::inFlight, place, m_plan->reasons.rejected, door);
    else if (retry && retry->afterReject == AfterLast::stay)
        stay(handle, CopyState::inFlight, place, m_plan->reasons.rejected, door);
    else
        die(handle, CopyState::inFlight, place, m_plan->reasons.rejected, door);
}

// JetStream: an ack of an earlier delivery counts, though the message has been delivered again or is about to be.
bool Broker::ackLate(DeliveryTag tag, Ordinal ordinal, BrokerDoor& door) {
    if (tag.copy >= m_copies.reach())
        return false;
    const Copy& copy = m_copies[tag.copy];
    if (copy.state == CopyState::none || copy.settled || m_messages[copy.message].ordinal != ordinal ||
        channelOf(copy.subscription).spec.lateAcks != LateAcks::accepted || broadcasts(copy.subscription))
        return false;
    const SubscriptionId subscription = copy.subscription;
    const std::uint32_t partition = copy.partition;
    const ConsumerId consumer = copy.state == CopyState::inFlight ? copy.consumer : ConsumerId::none();
    Record record =
        recordOf(RecordKind::acked, copy, consumer.valid() ? placeOf(consumer, copy) : placeOf(copy), door.now);
    record.value = (door.now - m_messages[copy.message].published).count();
    if (copy.state != CopyState::inFlight)
        record.bits = Record::bitsOf(copy.state);
    door.recorder.append(record);
    if (consumer.valid()) {
        takeBack(tag.copy);
    } else if (copy.state == CopyState::ready && !hasOwners(subscription)) {
        SubscriptionState& state = m_subscriptions[subscription.index()];
        state.ready.takeFirst(state.ready.size(), [&](CopyHandle each) { return each == tag.copy; });
        leaveReady(state, copy);
    }
    noteUndone(tag.copy, false);
    endAcked(tag.copy, door);
    if (consumer.valid())
        creditBack(consumer, door);
    if (hasOwners(subscription))
        dispatchStream(subscription, partition, door);
    else
        dispatch(subscription, door);
    return true;
}

void Broker::offerCredit(ConsumerId id, BrokerDoor& door) {
    const auto offer = [&](ConsumerId to, bool dispatches) {
        Consumer& consumer = m_consumers[to.index()];
        const SubscriptionId subscription = consumer.options.subscription;
        if (!hasOwners(subscription)) {
            enterLine(to);
            if (dispatches)
                dispatch(subscription, door);
            return;
        }
        while (!consumer.wanting.empty() && hasCredit(consumer)) {
            const std::uint32_t partition = consumer.wanting.popFront();
            m_subscriptions[subscription.index()].cursors[partition].wanting = false;
            dispatchStream(subscription, partition, door);
        }
    };
    offer(id, false);
    const std::uint32_t group = m_consumers[id.index()].options.shared.group;
    if (group == SharedCredit::none)
        return;
    const SubscriptionId own = m_consumers[id.index()].options.subscription;
    for (std::size_t i = 0; i < m_creditGroups[group].members.size(); ++i)
        if (const ConsumerId member = m_creditGroups[group].members[i]; member != id)
            offer(member, m_consumers[member.index()].options.subscription != own);
}

// How often it was tried: deliveries here, less those whose timeout is no failure, and where it waited for its retries.
// What another channel had tried before its message died there is none of this one's (RabbitMQ: x-death has an entry
// for each queue, and a delivery count is the queue's own), unless this one sends its retries through a queue as well:
// the count goes along with the message then (Pulsar: RECONSUMETIMES stands among the properties of a dead letter).
std::int64_t Broker::attemptsOf(const Copy& copy) const {
    std::int64_t attempts = copy.attempt - copy.timeouts;
    if (isStream(copy.subscription))
        return attempts; // its records begin anew
    const ChannelId here = m_plan->subscriptions[copy.subscription.index()].channel;
    const bool goesAlong = m_plan->channels[here.index()].retryThrough.valid();
    for (const Death* death = copy.deaths.get(); death; death = death->before.get())
        if (death->reason == m_plan->reasons.retry && (goesAlong || retriesComeTo(*m_plan, death->channel, here)))
            attempts += death->count;
    return attempts;
}

// By the retry policy; `max` counts retries, so max + 1 deliveries in all. Without a policy one delivery is all.
void Broker::afterFailure(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    const ChannelPlan& channel = channelOf(copy.subscription);
    const auto& retry = channel.spec.retry;
    if (broadcasts(copy.subscription)) {
        drop(handle, from, place, m_plan->reasons.rejected, door);
        return;
    }
    if (!retry) {
        die(handle, from, place, m_plan->reasons.rejected, door);
        return;
    }
    if (retry->timeouts && reason == m_plan->reasons.ackTimeout) {
        // BullMQ: a stalled job comes before all that wait, whatever its priority, and is no attempt; one time too
        // many, and it has failed.
        if (copy.timeouts++ >= *retry->timeouts) {
            afterLast(handle, from, place, door);
            return;
        }
        giveBack(handle, RequeueTo::oldPlace, place, reason, door);
        return;
    }
    copy.priority = priorityIn(channel.spec, m_messages[copy.message]);
    if (retry->max && attemptsOf(copy) > *retry->max) {
        afterLast(handle, from, place, door);
        return;
    }
    const bool timedOut = reason == m_plan->reasons.ackTimeout;
    const bool paced = retry->paces == Paces::failures || (retry->paces == Paces::nacks && !timedOut);
    const Duration delay = timedOut && retry->afterTimeout ? *retry->afterTimeout
                           : paced                         ? backoff(channel, copy)
                                                           : Duration::zero();
    if (channel.retryThrough.valid() &&
        !m_subscriptions[m_plan->channels[channel.retryThrough.index()].subscriptions.front().index()].deleted &&
        (!isKept(m_plan->channels[channel.retryThrough.index()].subscriptions.front()) ||
         m_replicaSets[bufferOf(channel.retryThrough, 0)].hasLeader())) {
        retryThrough(handle, from, place, delay, door);
        return;
    }
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

// Retry topics (Pulsar's retry letter topic, Kafka's chains of them): the copy ends here and bears another one there,
// which waits and keeps count.
void Broker::retryThrough(CopyHandle handle, CopyState from, PlaceId place, Duration delay, BrokerDoor& door) {
    const Copy dying = m_copies[handle];
    const ChannelId channel = m_plan->subscriptions[dying.subscription.index()].channel;
    const ChannelId through = m_plan->channels[channel.index()].retryThrough;
    Record record = recordOf(RecordKind::deadLettered, dying, place, door.now);
    record.reason = m_plan->reasons.retry;
    record.value = through.value;
    record.bits = Record::bitsOf(from);
    door.recorder.append(record);
    if (!isStream(dying.subscription))
        freePlace(m_copies[handle], m_subscriptions[dying.subscription.index()].unsettled, m_messages[dying.message]);
    enqueue(dying.message,
            {.subscription = m_plan->channels[through.index()].subscriptions.front(),
             .via = channel,
             .deaths = deathOf(dying, m_plan->reasons.retry, noHandle, door.now),
             .forgetTtl = true,
             .round = static_cast<std::uint16_t>(dying.round + 1),
             .delay = delay},
            door);
    endAcked(handle, door);
}

void Broker::afterLast(CopyHandle handle, CopyState from, PlaceId place, BrokerDoor& door) {
    const SubscriptionId subscription = m_copies[handle].subscription;
    switch (channelOf(subscription).spec.retry->afterLast) {
    case AfterLast::deadLetter:
        die(handle, from, place, m_plan->reasons.deliveryLimit, door);
        return;
    case AfterLast::drop:
        drop(handle, from, place, m_plan->reasons.deliveryLimit, door);
        return;
    case AfterLast::stay:
        stay(handle, from, place, m_plan->reasons.deliveryLimit, door);
        return;
    }
}

// In its queue, and nobody gets it any more (JetStream after max_deliver).
void Broker::stay(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door) {
    if (isStream(m_copies[handle].subscription)) { // the log keeps the record anyway; the group goes on behind it
        drop(handle, from, place, reason, door);
        return;
    }
    Record record = recordOf(RecordKind::retryScheduled, m_copies[handle], place, door.now);
    record.value = -1;
    record.reason = reason;
    door.recorder.append(record);
    noLongerOutstanding(m_copies[handle]);
    m_copies[handle].state = CopyState::delayed;
    m_copies[handle].readySince = Copy::never;
}

RequeueTo Broker::limitedPlace(const ChannelSpec& spec, RequeueTo place) {
    const bool limited = spec.retry && spec.retry->max;
    return place != RequeueTo::returnedIfLimited ? place : limited ? RequeueTo::returned : RequeueTo::tail;
}

// What was not settled goes back into the queue, which may be too full now: whoever has given back all there is looks
// for that. A limit of N means N + 1 deliveries, and a delivery that ended with its connection counts too (RabbitMQ's
// delivery limit).
void Broker::giveBack(CopyHandle handle, RequeueTo to, PlaceId place, ReasonId reason, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    const SubscriptionId id = copy.subscription;
    const auto& retry = channelOf(id).spec.retry;
    if (broadcasts(id)) {
        drop(handle, CopyState::inFlight, place, reason, door);
        return;
    }
    if (retry && retry->max && attemptsOf(copy) > *retry->max) {
        afterLast(handle, CopyState::inFlight, place, door);
        return;
    }
    Record record = recordOf(RecordKind::requeued, copy, place, door.now);
    record.reason = reason;
    door.recorder.append(record);
    copy.state = CopyState::ready;
    copy.readySince = door.now;
    if (hasOwners(id))
        return;
    const bool stalled = retry && retry->timeouts && reason == m_plan->reasons.ackTimeout;
    copy.priority = stalled ? static_cast<std::uint8_t>(channelOf(id).spec.priorities)
                            : priorityIn(channelOf(id).spec, m_messages[copy.message]);
    if (isStream(id))
        to = RequeueTo::oldPlace; // before what was never delivered, in the stream's order
    if (to == RequeueTo::tail)
        copy.position = m_subscriptions[id.index()].positionNext++;
    pushReady(handle, to, door);
}

Duration Broker::backoff(const ChannelPlan& channel, const Copy& copy) const {
    const RetrySpec& retry = *channel.spec.retry;
    const std::int64_t attempts = attemptsOf(copy);
    double delay = static_cast<double>(retry.first.count());
    switch (retry.backoff) {
    case Backoff::none:
        return Duration::zero();
    case Backoff::fixed:
        break;
    case Backoff::linear:
        delay *= static_cast<double>(attempts);
        break;
    case Backoff::exponential:
        for (std::int64_t i = 1; i < attempts && delay < static_cast<double>(retry.ceiling.count()); ++i)
            delay *= retry.factor;
        break;
    case Backoff::summed:
        for (std::int64_t i = 1; i < attempts && delay < static_cast<double>(retry.ceiling.count()); ++i)
            delay = delay * retry.factor + static_cast<double>(retry.first.count());
        break;
    case Backoff::explicitSteps:
        if (retry.steps.empty())
            return Duration::zero();
        delay = static_cast<double>(
            retry.steps[std::min(static_cast<std::size_t>(attempts), retry.steps.size()) - 1].count());
        break;
    }
    const auto ceiling = static_cast<double>(retry.ceiling.count());
    delay = std::min(delay, ceiling);
    if (retry.jitter > 0 || retry.jitterKind != JitterKind::proportional) {
        Draw draw = channel.jitter.draw(m_messages[copy.message].ordinal,
                                        static_cast<std::uint64_t>(copy.round) << 16U | copy.attempt);
        switch (retry.jitterKind) {
        case JitterKind::proportional:
            delay *= 1 - retry.jitter + 2 * retry.jitter * draw.uniform();
            break;
        case JitterKind::full:
            delay *= draw.uniform();
            break;
        case JitterKind::equal:
            delay = delay / 2 + delay / 2 * draw.uniform();
            break;
        case JitterKind::below:
            delay *= 1 - retry.jitter + retry.jitter * draw.uniform();
            break;
        }
        delay = std::min(delay, ceiling);
    }
    return Duration{static_cast<std::int64_t>(delay + 0.5)};
}

// Every group that acks a record brings it nearer to its end, where it is kept for that only.
void Broker::endAwaited(CopyHandle handle, BrokerDoor& door) {
    const SubscriptionId subscription = m_copies[handle].subscription;
    const std::uint32_t partition = m_copies[handle].partition;
    const std::uint64_t offset = offsetIn(m_copies[handle]);
    const Ordinal ordinal = m_messages[m_copies[handle].message].ordinal;
    end(handle, door);
    const StreamLog& log = m_streams[m_plan->subscriptions[subscription.index()].channel.index()].logs[partition];
    // After its leader was lost another one may have got its offset.
    if (!hasNodes() || (log.holds(offset) && log.at(offset).message.ordinal == ordinal))
        ackedInStream(subscription, partition, offset, door);
}

void Broker::endInStream(CopyHandle handle, BrokerDoor& door) {
    const Copy& copy = m_copies[handle];
    const SubscriptionId subscription = copy.subscription;
    const SubscriptionPlan& plan = m_plan->subscriptions[subscription.index()];
    SubscriptionState& state = m_subscriptions[subscription.index()];
    const std::uint32_t partition = copy.partition;
    const std::uint64_t offset = offsetIn(copy);
    const bool passedBy = copy.passedBy;
    Record record = recordOf(RecordKind::committed, copy, plan.partitionPlaces[partition], door.now);
    freeCopy(handle, door);
    if (state.shared) {
        if (!passedBy)
            raiseFloor(subscription, partition, offset, record, door);
        return;
    }
    state.cursors[partition].open = Copy::noMessage;
    if (!m_streams[plan.channel.index()].transactions.empty())
        passRemoved(subscription, partition); // its position is beyond markers and what was aborted
    record.attempt = 0;
    handled(subscription, partition, record, door);
}

} // namespace weir
