// Throttling: rate limits before a channel and before the deliveries of a subscription. What waits keeps its order.
#include "core/broker/broker.h"

#include <cassert>

namespace weir {

void Broker::adoptRates(SimTime now) {
    const auto adopt = [now](auto& state, const std::optional<RateLimitSpec>& rate) {
        if (rate && state.limited && state.bucket.terms() != termsOf(*rate))
            state.bucket.change(termsOf(*rate), now);
        else if (rate && !state.limited)
            state.bucket = TokenBucket(termsOf(*rate), now);
        state.limited = rate.has_value();
    };
    for (std::size_t c = 0; c < m_plan->channels.size(); ++c) {
        const ChannelPlan& channel = m_plan->channels[c];
        if (channel.spec.rate && m_limiters.empty())
            m_limiters.resize(m_plan->channels.size());
        if (channel.spec.deliveryRate && m_pacings.empty())
            m_pacings.resize(m_plan->subscriptions.size());
        if (!m_limiters.empty())
            adopt(m_limiters[c], channel.spec.rate);
        for (const SubscriptionId id : channel.subscriptions) {
            if (!m_pacings.empty())
                adopt(m_pacings[id.index()], channel.spec.deliveryRate);
            m_subscriptions[id.index()].paced = channel.spec.deliveryRate.has_value();
        }
    }
}

std::int64_t Broker::costOf(const RateLimitSpec& rate, MessageHandle message) const {
    return rate.bytes ? m_messages[message].size : 1;
}

// The publish passes at once, waits in line, or is refused.
Admission Broker::throttle(Publish publish, BrokerDoor& door) {
    const RateLimitSpec& rate = *m_plan->channels[publish.channel.index()].spec.rate;
    RateLimiter& limiter = m_limiters[publish.channel.index()];
    const std::int64_t cost = costOf(rate, publish.message);
    if (limiter.line.empty() && limiter.bucket.take(door.now, cost))
        return decide(publish, door, noHandle);
    if (rate.action == RateAction::drop || cost > rate.burst ||
        static_cast<std::int64_t>(limiter.line.size()) >= rate.waitingMax) {
        refuse(publish, m_plan->reasons.rateLimit, door);
        return Admission::refused;
    }
    const bool answeredLater = rate.action == RateAction::block || publish.confirmed;
    if (!answeredLater)
        publish.token = noHandle; // nobody waits for it
    const Duration wait = limiter.bucket.wait(door.now, limiter.lineCost + cost);
    Record record = recordOf(RecordKind::throttled, publish.message, m_messages[publish.message].from, door.now);
    record.value = wait.count();
    record.reason = m_plan->reasons.rateLimit;
    door.recorder.append(record);
    const std::uint32_t handle =
        m_waiting.add({.publish = publish, .since = door.now, .generation = ++m_generation, .at = {}, .open = true});
    if (rate.action == RateAction::block && publish.timeout != Duration::max())
        door.effects.schedule(door.now + publish.timeout, {static_cast<std::uint8_t>(BrokerDue::publisherTimeout),
                                                           handle, m_waiting[handle].generation});
    limiter.line.pushBack({handle, cost});
    limiter.lineCost += cost;
    if (limiter.line.size() == 1)
        scheduleThrottled(publish.channel, door);
    return answeredLater ? Admission::blocked : Admission::accepted;
}

void Broker::scheduleThrottled(ChannelId channel, BrokerDoor& door) {
    RateLimiter& limiter = m_limiters[channel.index()];
    door.effects.schedule(door.now + limiter.bucket.wait(door.now, limiter.firstCost()),
                          {static_cast<std::uint8_t>(BrokerDue::rateLimit), channel.value, ++limiter.generation});
}

void Broker::passThrottled(ChannelId channel, BrokerDoor& door) {
    while (!m_limiters[channel.index()].line.empty()) {
        RateLimiter& limiter = m_limiters[channel.index()];
        const RateLimiter::Place first = limiter.line.front();
        if (limiter.limited && !limiter.bucket.take(door.now, limiter.firstCost()))
            break;
        limiter.line.popFront();
        limiter.lineCost -= first.cost;
        const Publish publish = m_waiting[first.waiting].publish;
        m_waiting[first.waiting].open = false;
        m_waiting.free(first.waiting);
        const Admission outcome = decide(publish, door, noHandle);
        if (isDecided(outcome) && publish.token != noHandle)
            door.effects.admitted(publish.token, outcome, door);
    }
    if (!m_limiters[channel.index()].line.empty())
        scheduleThrottled(channel, door);
}

void Broker::leaveThrottled(ChannelId channel, std::uint32_t waiting, BrokerDoor& door) {
    RateLimiter& limiter = m_limiters[channel.index()];
    for (std::size_t i = 0; i < limiter.line.size(); ++i)
        if (limiter.line[i].waiting == waiting) {
            limiter.lineCost -= limiter.line[i].cost;
            limiter.line.erase(i);
            if (i == 0 && !limiter.line.empty())
                scheduleThrottled(channel, door);
            return;
        }
    assert(false);
}

// Whether the copy that is first in its queue or partition may be delivered now, later, or not at all.
Broker::Pace Broker::pace(SubscriptionId id, CopyHandle handle, PlaceId place, BrokerDoor& door) {
    Pacing& pacing = m_pacings[id.index()];
    const RateLimitSpec& rate = *channelOf(id).spec.deliveryRate;
    const std::int64_t cost = costOf(rate, m_copies[handle].message);
    if (!pacing.waits && pacing.bucket.take(door.now, cost))
        return Pace::now;
    if (rate.action == RateAction::drop || cost > rate.burst)
        return Pace::never;
    if (!pacing.waits) {
        pacing.waits = true;
        const Duration wait = pacing.bucket.wait(door.now, cost);
        Record record = recordOf(RecordKind::throttled, m_copies[handle], place, door.now);
        record.value = wait.count();
        record.reason = m_plan->reasons.rateLimit;
        door.recorder.append(record);
        door.effects.schedule(door.now + wait,
                              {static_cast<std::uint8_t>(BrokerDue::deliveryRate), id.value, ++pacing.generation});
    }
    return Pace::later;
}

void Broker::resumePaced(SubscriptionId id, BrokerDoor& door) {
    Pacing& pacing = m_pacings[id.index()];
    pacing.waits = false;
    ++pacing.generation;
    if (!hasOwners(id)) {
        if (channelOf(id).spec.group.whenGone == WhenGone::resume)
            for (const ConsumerId consumer : m_subscriptions[id.index()].consumers)
                if (m_consumers[consumer.index()].connected)
                    readOn(consumer, door);
        dispatch(id, door);
        return;
    }
    // Partitions in turn, so that the first does not take all tokens.
    const auto partitions = static_cast<std::uint32_t>(m_subscriptions[id.index()].cursors.size());
    const std::uint32_t first = pacing.turn++ % partitions;
    for (std::uint32_t i = 0; i < partitions; ++i)
        dispatchStream(id, (first + i) % partitions, door);
}

} // namespace weir
