// Groups: which member of a consumer group reads which partition. A partition has one owner, which handles it one
// record at a time, in order. Members come, go and come back; each change is a rebalance with a generation of its own.
//
// Rules: Apache Kafka's group protocol. Eager assignors take every partition away while a rebalance goes on;
// cooperative-sticky lets its owners read on and takes away what moves, which a second rebalance gives to its new
// owner. A member whose connection is lost is counted on until its session ends. A static one that comes back before
// that goes on without a rebalance (KIP-345); any other is a new member to the group, and the rebalance that it asks
// for ends when nobody waits any more for the member that it was.
#include "core/broker/assignor.h"
#include "core/broker/broker.h"

#include <algorithm>
#include <utility>

namespace weir {
namespace {

// Who is back, and was somebody else before, whose session goes on.
template <class Subscriptions, class Consumers>
bool someAreCountedTwice(const std::vector<SubscriptionId>& streams, const Subscriptions& subscriptions,
                         const Consumers& consumers) {
    return std::any_of(streams.begin(), streams.end(), [&](SubscriptionId id) {
        const std::vector<ConsumerId>& members = subscriptions[id.index()].consumers;
        return std::any_of(members.begin(), members.end(), [&](ConsumerId member) {
            return consumers[member.index()].away && consumers[member.index()].connected;
        });
    });
}

} // namespace

void Broker::openGroups(BrokerDoor& door) {
    for (std::uint32_t buffer = 0; buffer < m_replicaSets.size(); ++buffer) {
        Record record = replicaRecord(RecordKind::leaderElected, buffer, m_replicaSets[buffer].leader, door.now);
        record.value = static_cast<std::int64_t>(m_replicaSets[buffer].term);
        door.recorder.append(record);
    }
    for (std::size_t i = 0; i < m_subscriptions.size(); ++i)
        if (const SubscriptionId id{static_cast<std::uint16_t>(i)};
            !isStream(id) && m_subscriptions[i].consumers.empty())
            watchIdleness(id, door);
    for (std::uint32_t group = 0; group < m_plan->groups.size(); ++group)
        for (const SubscriptionId id : m_plan->groups[group])
            if (!m_subscriptions[id.index()].consumers.empty()) {
                membersChanged(group, door);
                break;
            }
}

void Broker::noteRebalance(std::uint32_t group, ReasonId reason, BrokerDoor& door) {
    for (const SubscriptionId id : m_plan->groups[group]) {
        Record record;
        record.at = door.now;
        record.place = m_plan->subscriptions[id.index()].place;
        record.kind = RecordKind::rebalanced;
        record.value = m_groups[group].generation;
        record.reason = reason;
        door.recorder.append(record);
    }
}

// Whoever comes or goes while it is under way takes part in it.
void Broker::membersChanged(std::uint32_t group, BrokerDoor& door) {
    const StreamGroupSpec& spec = channelOf(m_plan->groups[group].front()).spec.group;
    const bool sessionsGoOn = someAreCountedTwice(m_plan->groups[group], m_subscriptions, m_consumers);
    if (spec.rebalanceTakes == Duration::zero() && !sessionsGoOn) {
        rebalance(group, door);
        return;
    }
    if (std::exchange(m_groups[group].rebalancing, true))
        return;
    noteRebalance(group, m_plan->reasons.rebalancing, door);
    if (spec.assignor != PartitionsBy::cooperativeSticky)
        for (const SubscriptionId id : m_plan->groups[group])
            for (GroupCursor& cursor : m_subscriptions[id.index()].cursors)
                cursor.owner = ConsumerId::none();
    if (!sessionsGoOn) // else it ends with the last of them
        door.effects.schedule(door.now + spec.rebalanceTakes,
                              {static_cast<std::uint8_t>(BrokerDue::rebalance), group, m_groups[group].generation});
}

void Broker::rebalance(std::uint32_t group, BrokerDoor& door) {
    const std::vector<SubscriptionId>& streams = m_plan->groups[group];
    if (m_groups[group].rebalancing && someAreCountedTwice(streams, m_subscriptions, m_consumers))
        return;
    m_groups[group].rebalancing = false;
    ++m_groups[group].generation;
    noteRebalance(group, ReasonId::none(), door);
    std::vector<std::vector<ConsumerId>> owners(streams.size());
    const bool followUp = divide(group, owners);
    for (std::size_t s = 0; s < streams.size(); ++s)
        for (std::uint32_t partition = 0; partition < owners[s].size(); ++partition)
            give(streams[s], partition, owners[s][partition], door);
    // Only now: what died above may have come back to this stream by way of its dead-letter channel.
    for (const SubscriptionId id : streams)
        forgetLines(id);
    if (followUp && channelOf(streams.front()).spec.group.rebalanceTakes == Duration::zero()) {
        rebalance(group, door);
        return;
    }
    for (const SubscriptionId id : streams)
        for (std::size_t partition = 0; partition < m_subscriptions[id.index()].cursors.size(); ++partition)
            dispatchStream(id, static_cast<std::uint32_t>(partition), door);
    if (followUp)
        membersChanged(group, door);
}

void Broker::forgetLines(SubscriptionId id) {
    for (const ConsumerId consumer : m_subscriptions[id.index()].consumers)
        m_consumers[consumer.index()].wanting = {};
    for (GroupCursor& cursor : m_subscriptions[id.index()].cursors)
        cursor.wanting = false;
}

// Members in the order they joined take the partitions in turn.
void Broker::divideInTurn(SubscriptionId id, std::vector<ConsumerId>& owners) const {
    const SubscriptionState& state = m_subscriptions[id.index()];
    std::vector<ConsumerId> members;
    for (const ConsumerId consumer : state.consumers)
        if (isMember(m_consumers[consumer.index()]))
            members.push_back(consumer);
    for (std::size_t partition = 0; partition < state.cursors.size(); ++partition)
        owners.push_back(members.empty() ? ConsumerId::none() : members[partition % members.size()]);
}

// True where some partitions have to be given up first, and another rebalance gives them away.
bool Broker::divide(std::uint32_t groupIndex, std::vector<std::vector<ConsumerId>>& owners) const {
    const std::vector<SubscriptionId>& streams = m_plan->groups[groupIndex];
    const PartitionsBy by = channelOf(streams.front()).spec.group.assignor;
    if (by == PartitionsBy::turn) {
        for (std::size_t s = 0; s < streams.size(); ++s)
            divideInTurn(streams[s], owners[s]);
        return false;
    }
    // A member is an instance; it has a consumer at each stream that it reads.
    std::vector<std::uint32_t> numbers;
    for (const SubscriptionId id : streams)
        for (const ConsumerId consumer : m_subscriptions[id.index()].consumers)
            if (isMember(m_consumers[consumer.index()]))
                numbers.push_back(m_consumers[consumer.index()].options.member);
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    const auto indexOf = [&](ConsumerId consumer) {
        const std::uint32_t number = m_consumers[consumer.index()].options.member;
        return static_cast<std::size_t>(std::lower_bound(numbers.begin(), numbers.end(), number) - numbers.begin());
    };
    Group group;
    group.members.resize(numbers.size());
    std::vector<std::vector<ConsumerId>> consumers(numbers.size(), std::vector<ConsumerId>(streams.size()));
    for (std::uint32_t s = 0; s < streams.size(); ++s) {
        const SubscriptionState& state = m_subscriptions[streams[s].index()];
        group.partitions.push_back(static_cast<std::uint32_t>(state.cursors.size()));
        for (const ConsumerId consumer : state.consumers)
            if (isMember(m_consumers[consumer.index()])) {
                GroupMember& member = group.members[indexOf(consumer)];
                if (member.topics.empty() || member.topics.back() != s)
                    member.topics.push_back(s);
                consumers[indexOf(consumer)][s] = consumer;
            }
        for (std::uint32_t partition = 0; partition < state.cursors.size(); ++partition)
            if (const ConsumerId before = state.cursors[partition].before;
                before.valid() && isMember(m_consumers[before.index()]))
                group.members[indexOf(before)].owned.push_back({s, partition});
        owners[s].resize(state.cursors.size());
    }
    constexpr Assignor assignors[] = {Assignor::range, Assignor::range, Assignor::roundRobin, Assignor::sticky,
                                      Assignor::cooperativeSticky}; // by PartitionsBy
    const Assignment assignment = assignPartitions(assignors[static_cast<std::size_t>(by)], group);
    for (std::size_t member = 0; member < assignment.owned.size(); ++member)
        for (const TopicPartition& place : assignment.owned[member])
            owners[place.topic][place.partition] = consumers[member][place.topic];
    return !assignment.withheld.empty();
}

// A member that loses a partition and is there commits what it has handled; what it is handling is taken back, unless
// it retires and finishes that first.
void Broker::give(SubscriptionId id, std::uint32_t partition, ConsumerId owner, BrokerDoor& door) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    if (owner == cursor.before) {
        cursor.owner = owner;
        return;
    }
    if (cursor.open != Copy::noMessage && m_copies[cursor.open].state == CopyState::inFlight &&
        !m_consumers[m_copies[cursor.open].consumer.index()].retired)
        revoke(id, partition, m_plan->reasons.disconnected, door);
    if (cursor.before.valid() && !m_consumers[cursor.before.index()].connected)
        goBack(id, partition, door); // it is lost together with the one whose leaving is told here
    else if (cursor.before.valid() && m_plan->subscriptions[id.index()].commit.every != 1)
        commitDue(id, partition, door);
    cursor.owner = cursor.before = owner;
    if (owner.valid())
        beginAt(id, partition, door);
}

// --- members that go and come back ---

void Broker::memberLeft(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    if (std::exchange(consumer.left, false))
        return; // it is no member any more
    const SubscriptionId subscription = consumer.options.subscription;
    SubscriptionState& state = m_subscriptions[subscription.index()];
    for (std::uint32_t partition = 0; partition < state.cursors.size(); ++partition)
        if (state.cursors[partition].before == id)
            goBack(subscription, partition, door);
    const StreamGroupSpec& spec = channelOf(subscription).spec.group;
    if (spec.sessionTimeout == Duration::zero()) {
        membersChanged(groupOf(subscription), door);
        return;
    }
    const bool wasBack = std::exchange(consumer.away, true);
    ++consumer.absence;
    door.effects.schedule(door.now + spec.sessionTimeout,
                          {static_cast<std::uint8_t>(BrokerDue::sessionEnds), id.value, consumer.absence});
    // The rebalance has waited for its first session; now it waits for the second.
    if (const std::uint32_t group = groupOf(subscription); wasBack && m_groups[group].rebalancing)
        door.effects.schedule(door.now + spec.sessionTimeout,
                              {static_cast<std::uint8_t>(BrokerDue::rebalance), group, m_groups[group].generation});
}

void Broker::memberCame(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    const SubscriptionId subscription = consumer.options.subscription;
    const StreamGroupSpec& spec = channelOf(subscription).spec.group;
    if (!consumer.away || !spec.staticMembers) {
        if (spec.sessionTimeout < spec.rebalanceTakes) // which is over before a rebalance is
            consumer.away = false;
        membersChanged(groupOf(subscription), door);
        return;
    }
    consumer.away = false;
    SubscriptionState& state = m_subscriptions[subscription.index()];
    consumer.wanting = {};
    for (std::uint32_t partition = 0; partition < state.cursors.size(); ++partition)
        if (state.cursors[partition].owner == id) {
            state.cursors[partition].wanting = false;
            dispatchStream(subscription, partition, door);
        }
}

void Broker::endSession(ConsumerId id, std::uint64_t absence, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    if (!consumer.away || consumer.absence != absence)
        return; // it is back
    consumer.away = false;
    const std::uint32_t group = groupOf(consumer.options.subscription);
    if (consumer.connected && m_groups[group].rebalancing)
        rebalance(group, door);
    else
        membersChanged(group, door);
}

// --- delivery ---

// Over what was cleaned away; false where there is nothing to read.
bool Broker::passRemoved(SubscriptionId id, std::uint32_t partition) {
    const SubscriptionPlan& plan = m_plan->subscriptions[id.index()];
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    const StreamLog& log = m_streams[plan.channel.index()].logs[partition];
    if (cursor.next < log.start() && plan.resetsToTheEnd)
        return false;                                 // its position is forgotten
    cursor.next = std::max(cursor.next, log.start()); // what was taken out of the middle may have been the oldest
    if (cursor.next >= log.end())
        return false;
    if (!plan.committedOnly && !hasNodes() && log.isWhole())
        return true;
    const std::uint64_t stable = plan.committedOnly ? stableEnd(plan.channel, partition) : log.end();
    const auto passes = [&](const StreamLog::Entry& entry) {
        return entry.removed || (entry.mark == StreamLog::Mark::aborted && plan.committedOnly && cursor.next < stable);
    };
    while (cursor.next < log.end() && passes(log.at(cursor.next)))
        ++cursor.next;
    return cursor.next < readableEnd(plan.channel, partition) && cursor.next < stable;
}

// The record becomes a copy, ready to be delivered.
CopyHandle Broker::readNext(SubscriptionId id, std::uint32_t partition) {
    SubscriptionState& state = m_subscriptions[id.index()];
    GroupCursor& cursor = state.cursors[partition];
    const StreamLog& log = m_streams[m_plan->subscriptions[id.index()].channel.index()].logs[partition];
    const std::uint64_t offset = cursor.next++;
    const StreamLog::Entry& entry = log.at(offset);
    const CopyHandle handle = m_copies.addFresh();
    Copy& copy = m_copies[handle];
    copy.message = m_messages.add(entry.message);
    Message& message = m_messages[copy.message];
    message.references = 1;
    message.family = cursor.familyOf(offset, message);
    if (message.content)
        copy.deaths = message.content->deaths;
    copy.born = entry.at;
    copy.readySince = copy.born + std::exchange(message.delay, Duration::zero());
    copy.position = state.shared ? offset * state.cursors.size() + partition : offset;
    copy.subscription = id;
    copy.partition = static_cast<std::uint16_t>(partition);
    // What was read before counts as delivered again; in a shared group its pending entry is a new one.
    copy.attempt = !state.shared && offset < cursor.againTo ? 1 : 0;
    copy.round = entry.round;
    copy.state = unreadState(id, log, offset);
    copy.generation = ++m_generation;
    if (state.shared)
        noteRead(id, partition, offset);
    cursor.left(offset);
    if (static_cast<std::int64_t>(m_copies.used()) > m_plan->copiesMax)
        m_boundReached = true;
    return handle;
}

// True where the next record was lost or dropped, so that there may be another one to deliver.
bool Broker::deliverNext(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    if (!cursor.owner.valid())
        return false;
    if (!m_unreached.empty() && !reaches(cursor.owner, bufferOf(m_plan->subscriptions[id.index()].channel, partition)))
        return false;
    Consumer& owner = m_consumers[cursor.owner.index()];
    if (cursor.open == Copy::noMessage) {
        if (const SubscriptionPlan& plan = m_plan->subscriptions[id.index()];
            plan.resetsToTheEnd && owner.present() &&
            cursor.next < m_streams[plan.channel.index()].logs[partition].start())
            passOver(id, partition, offsetOf(plan.from, id, partition), m_plan->reasons.offsetReset, door);
        if (!passRemoved(id, partition))
            return false;
    } else if (m_copies[cursor.open].state != CopyState::ready) {
        return false; // one record is being handled or waits for its retry: order is kept
    }
    if (!hasCredit(owner)) {
        if (!cursor.wanting) {
            cursor.wanting = true;
            owner.wanting.pushBack(partition);
        }
        return false;
    }
    if (cursor.open == Copy::noMessage)
        cursor.open = readNext(id, partition);
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
    if (m_plan->subscriptions[id.index()].inHandMax != Duration::max())
        watchPolls(cursor.owner, door);
    deliver(cursor.open, cursor.owner, door);
    return false;
}

} // namespace weir
