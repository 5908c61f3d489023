// Polls: a member of a consumer group that has what it was given for too long leaves the group, and is back when it has
// nothing in hand.
//
// Rules: Apache Kafka's max.poll.interval.ms. A consumer that does not ask for more in time sends a LeaveGroup; its
// partitions go to others, which begin at what was committed, and what it commits later is refused. With its next poll
// it joins again. A static member sends nothing: its session ends so much later. Here a member is handed one record of
// a partition at a time, so that the time from one poll to the next is how long it has had the one that it has longest;
// what was acked on its delivery is not in hand.
#include "core/broker/broker.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace weir {

// It is about to get a record. One due at a time for each member, however much it gets meanwhile.
void Broker::watchPolls(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    if (!std::exchange(consumer.watched, true))
        door.effects.schedule(door.now + m_plan->subscriptions[consumer.options.subscription.index()].inHandMax,
                              {static_cast<std::uint8_t>(BrokerDue::pollEnds), id.value, 0});
}

void Broker::pollEnds(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    consumer.watched = false;
    SimTime oldest = SimTime::max();
    for (CopyHandle each = consumer.firstInFlight; each != Copy::noMessage; each = m_copies[each].after)
        if (!m_copies[each].settled)
            oldest = std::min(oldest, m_copies[each].readySince);
    if (oldest == SimTime::max() || !consumer.connected || consumer.retired)
        return; // the next that it gets is watched
    const SimTime ends = oldest + m_plan->subscriptions[consumer.options.subscription.index()].inHandMax;
    if (ends <= door.now) {
        leaveGroup(id, door);
        return;
    }
    consumer.watched = true;
    door.effects.schedule(ends, {static_cast<std::uint8_t>(BrokerDue::pollEnds), id.value, 0});
}

// With its consumers at all streams that its group reads. A session of an earlier connection of it is over as well.
void Broker::leaveGroup(ConsumerId id, BrokerDoor& door) {
    const std::uint32_t group = groupOf(m_consumers[id.index()].options.subscription);
    std::vector<ConsumerId> member;
    for (const SubscriptionId stream : m_plan->groups[group])
        for (const ConsumerId each : m_subscriptions[stream.index()].consumers)
            if (const Consumer& other = m_consumers[each.index()];
                other.connected && !other.retired && other.options.member == m_consumers[id.index()].options.member)
                member.push_back(each);
    bool wasAway = false;
    for (const ConsumerId each : member) {
        Consumer& consumer = m_consumers[each.index()];
        consumer.connected = false;
        consumer.left = true;
        wasAway = std::exchange(consumer.away, false) || wasAway;
    }
    for (const ConsumerId each : member) {
        takeOutOf(m_consumers[each.index()].options.subscription, each, door);
        creditBack(each, door);
    }
    if (wasAway && m_groups[group].rebalancing) // it has waited for that session
        door.effects.schedule(door.now + channelOf(m_plan->groups[group].front()).spec.group.rebalanceTakes,
                              {static_cast<std::uint8_t>(BrokerDue::rebalance), group, m_groups[group].generation});
    else
        membersChanged(group, door);
    for (const ConsumerId each : member)
        door.effects.left(each, door);
}

// What it has in hand there, and what it has not committed.
void Broker::takeOutOf(SubscriptionId id, ConsumerId consumer, BrokerDoor& door) {
    for (std::uint32_t partition = 0; partition < m_subscriptions[id.index()].cursors.size(); ++partition) {
        const GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
        if (cursor.open != Copy::noMessage && m_copies[cursor.open].state == CopyState::inFlight &&
            m_copies[cursor.open].consumer == consumer)
            revoke(id, partition, m_plan->reasons.pollTimeout, door);
        const bool goesOn = cursor.open != Copy::noMessage && m_copies[cursor.open].state == CopyState::inFlight;
        if (cursor.before == consumer && !goesOn)
            goBack(id, partition, door);
    }
}

} // namespace weir
