// Elections: nodes that go and come back, and who leads then. What is in consumers' hands stays there while another
// replica can take over (their clients go on with the new leader, and repeat what they had to say to the old one); a
// queue that is gone with all its replicas has lost its consumers.
//
// Rules: Apache Kafka, Design, "Replication"; broker settings unclean.leader.election.enable,
// auto.leader.rebalance.enable; RabbitMQ, "Quorum Queues"; the Raft paper.
#include "core/broker/broker.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {

void Broker::setNode(NodeId node, NodeTrouble trouble, bool on, BrokerDoor& door) {
    const std::uint8_t before = m_nodes[node.index()].troubles;
    const auto bit = static_cast<std::uint8_t>(trouble);
    m_nodes[node.index()].troubles = on ? before | bit : before & static_cast<std::uint8_t>(~bit);
    const bool wasUp = before == 0;
    if (wasUp != isUp(node)) {
        Record record;
        record.at = door.now;
        record.kind = wasUp ? RecordKind::nodeDown : RecordKind::nodeUp;
        record.place = m_plan->nodes[node.index()].place;
        if (wasUp)
            record.reason = trouble == NodeTrouble::powerOff  ? m_plan->reasons.powerOff
                            : trouble == NodeTrouble::restart ? m_plan->reasons.rollingRestart
                                                              : m_plan->reasons.nodeDown;
        door.recorder.append(record);
    }
    if (wasUp && !isUp(node))
        eachReplicaOn(node, [&](std::uint32_t buffer, std::uint32_t i) {
            const ReplicaSet& set = m_replicaSets[buffer];
            const bool led = set.leader == i;
            if (set.replicas[i].up)
                leave(buffer, i, door);
            // Who stops as planned hands over first what it leads (Kafka: controlled.shutdown.enable; RabbitMQ:
            // rabbitmq-upgrade drain; NATS: lame duck mode). Without anybody to hand it to it goes as in a crash.
            const ChannelSpec& spec = specOf(buffer);
            if (led && trouble == NodeTrouble::restart &&
                set.candidate(spec.commitRule, spec.uncleanElection, m_nodeLinks) != ReplicaSet::none)
                holdElection(buffer, door);
        });
    if (on && trouble == NodeTrouble::powerOff)
        eachReplicaOn(node, [&](std::uint32_t buffer, std::uint32_t i) { loseUnflushed(buffer, i, door.now); });
    if (!wasUp && isUp(node))
        eachReplicaOn(node, [&](std::uint32_t buffer, std::uint32_t i) {
            if (!m_replicaSets[buffer].replicas[i].offline)
                comeBack(buffer, i, door);
        });
}

void Broker::comeBack(std::uint32_t buffer, std::uint32_t index, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    set.replicas[index].up = true;
    if (set.hasLeader())
        serveAgain(buffer, door);
    else
        scheduleElection(buffer, door);
    watchLeader(buffer, door); // which may be cut off, and have had nobody to take its place
}

void Broker::caughtUp(Replica& replica, BrokerDoor& door) {
    if (std::exchange(replica.away, false))
        door.effects.caughtUp(door);
}

bool Broker::allCaughtUp() const {
    return std::all_of(m_replicaSets.begin(), m_replicaSets.end(), [](const ReplicaSet& set) {
        return std::none_of(set.replicas.begin(), set.replicas.end(), [](const Replica& each) { return each.away; });
    });
}

void Broker::leave(std::uint32_t buffer, std::uint32_t index, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    Replica& replica = set.replicas[index];
    replica.up = false;
    replica.away = true;
    replica.step = Replica::Step::idle;
    ++replica.fetches;
    replica.fetched = door.now; // since then it asks for nothing
    replica.watched = false; // a look that is due when it would lag too long may come after it is missed
    if (index == set.leader)
        loseLeader(buffer, door);
    else
        watch(buffer, index, door);
    const ChannelPlan& channel = m_plan->channels[m_plan->buffers[buffer].channel.index()];
    if (channel.kind == ChannelKind::queue && set.upCount() == 0)
        takeBackFromConsumers(channel.subscriptions.front(), door);
}

void Broker::loseUnflushed(std::uint32_t buffer, std::uint32_t index, SimTime now) {
    Replica& replica = m_replicaSets[buffer].replicas[index];
    const auto& every = m_plan->nodes[replica.node.index()].spec.flushEvery;
    if (!every || now.time_since_epoch() / *every > replica.flushed)
        return;
    replica.has = std::min(replica.has, replica.synced);
    replica.known = std::min(replica.known, replica.has);
}

// AMQP: a consumer whose queue is gone is cancelled, and what it had not acked is delivered again.
void Broker::takeBackFromConsumers(SubscriptionId queue, BrokerDoor& door) {
    for (const ConsumerId id : m_subscriptions[queue.index()].consumers) {
        std::vector<DeliveryTag> taken; // the oldest last
        for (CopyHandle each = m_consumers[id.index()].firstInFlight; each != Copy::noMessage;
             each = m_copies[each].after)
            if (!m_copies[each].settled)
                taken.push_back({each, m_copies[each].generation});
        for (auto tag = taken.rbegin(); tag != taken.rend(); ++tag) {
            if (!copy(*tag)) // what was given back before it has taken its place
                continue;
            const PlaceId place = placeOf(id, m_copies[tag->copy]);
            takeBack(tag->copy);
            giveBack(tag->copy, placeAfterLoss(channelOf(queue).spec), place, m_plan->reasons.disconnected, door);
        }
        if (!taken.empty())
            creditBack(id, door);
    }
    if (!deliversBeforeTrim(queue))
        trim(queue, door);
}

void Broker::loseLeader(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    Record record = replicaRecord(RecordKind::leaderLost, buffer, set.leader, door.now);
    record.value = static_cast<std::int64_t>(set.term);
    door.recorder.append(record);
    set.told = set.replicas[set.leader].has;
    set.leader = ReplicaSet::none;
    for (Replica& replica : set.replicas) {
        replica.step = Replica::Step::idle;
        ++replica.fetches;
    }
    // Kafka: the requests that wait die with their leader. Clients of a Raft queue hand them to the next one.
    if (specOf(buffer).commitRule == CommitRule::inSync)
        breakPromises(buffer, 0, door);
    scheduleElection(buffer, door);
}

void Broker::scheduleElection(std::uint32_t buffer, BrokerDoor& door) {
    if (!std::exchange(m_replicaSets[buffer].electing, true))
        door.effects.schedule(door.now + specOf(buffer).election,
                              {static_cast<std::uint8_t>(BrokerDue::election), buffer, m_replicaSets[buffer].term});
}

void Broker::holdElection(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    set.electing = false;
    const ChannelSpec& spec = specOf(buffer);
    const std::uint32_t winner = set.candidate(spec.commitRule, spec.uncleanElection, m_nodeLinks);
    if (winner != ReplicaSet::none)
        elect(buffer, winner, door);
}

// Its place had been taken while it was away. What only the other one has is lost, as with any new leader.
void Broker::returnLeader(std::uint32_t buffer, std::uint64_t term, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    set.returning = false;
    const Replica& first = set.replicas.front();
    if (set.term != term || !set.hasLeader() || !first.up || !first.inSync || first.cutOff ||
        (specOf(buffer).commitRule == CommitRule::inSync && !m_nodeLinks.isInMajority(first.node)))
        return;
    // Raft: nobody votes for one that has less. It is tried again with its next answer.
    const auto votes = std::count_if(set.replicas.begin(), set.replicas.end(), [&](const Replica& each) {
        return each.up && each.has <= first.has && m_nodeLinks.reaches(each.node, first.node);
    });
    if (specOf(buffer).commitRule == CommitRule::majority && 2 * static_cast<std::size_t>(votes) <= set.replicas.size())
        return;
    set.told = set.replicas[set.leader].has;
    if (specOf(buffer).commitRule == CommitRule::inSync)
        breakPromises(buffer, 0, door);
    elect(buffer, 0, door);
}

void Broker::elect(std::uint32_t buffer, std::uint32_t winner, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    const bool clean = specOf(buffer).commitRule == CommitRule::majority || set.replicas[winner].inSync;
    for (Replica& replica : set.replicas) {
        replica.step = Replica::Step::idle;
        ++replica.fetches;
    }
    cut(buffer, set.replicas[winner].has, door);
    set.leader = winner;
    ++set.term;
    set.returning = false;
    Record record = replicaRecord(RecordKind::leaderElected, buffer, winner, door.now);
    record.value = static_cast<std::int64_t>(set.term);
    record.extra = static_cast<std::uint32_t>(set.appended);
    door.recorder.append(record);
    set.replicas[winner].has = set.replicas[winner].known = set.appended;
    set.replicas[winner].behindSince = Replica::never;
    caughtUp(set.replicas[winner], door);
    if (!set.replicas[winner].inSync)
        setInSync(buffer, winner, true, door);
    for (std::uint32_t i = 0; i < set.replicas.size(); ++i) {
        Replica& replica = set.replicas[i];
        replica.cutOff = !m_nodeLinks.reaches(set.replicas[winner].node, replica.node);
        replica.has = std::min(replica.has, set.appended); // what it has beyond is not the new leader's
        replica.synced = std::min(replica.synced, set.appended);
        replica.known = std::min(replica.known, replica.has);
        if (i == winner || !replica.inSync)
            continue;
        const bool fenced = specOf(buffer).commitRule == CommitRule::inSync && !m_nodeLinks.isInMajority(replica.node);
        if (!clean || !replica.up || fenced)
            setInSync(buffer, i, false, door);
        else
            replica.behindSince = replica.known == set.appended ? Replica::never : door.now;
        if (replica.cutOff)
            watch(buffer, i, door);
    }
    clockChanged(buffer, door);
    lookAtReach(buffer, door);
    writeMarkersAgain(buffer, door);
    serveAgain(buffer, door);
}

// There is a leader, or a majority again.
void Broker::serveAgain(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    const BufferPlan& plan = m_plan->buffers[buffer];
    const ChannelPlan& channel = m_plan->channels[plan.channel.index()];
    if (!serves(buffer)) {
        replicate(buffer, door);
        return;
    }
    for (std::size_t count = set.settlements.size(); count > 0; --count) {
        const ReplicaSet::HeldSettlement held = set.settlements.popFront();
        if (!copy(held.tag))
            continue;
        const ConsumerId consumer = m_copies[held.tag.copy].consumer;
        settleOne(held.tag, static_cast<Settlement>(held.settlement), held.reason, door);
        creditBack(consumer, door);
    }
    for (std::size_t count = set.dues.size(); count > 0; --count) {
        const ReplicaSet::HeldDue due = set.dues.popFront();
        run(static_cast<BrokerDue>(due.kind), due.a, due.b, door);
    }
    replicate(buffer, door);
    for (const SubscriptionId id : channel.subscriptions) {
        if (channel.kind == ChannelKind::stream) {
            dispatchStream(id, plan.partition, door);
            continue;
        }
        for (const ConsumerId consumer : m_subscriptions[id.index()].consumers)
            enterLine(consumer);
        dispatchReturned(id, door);
        wakePublishers(id, door);
    }
}

// What a queue does by itself waits for its leader; so does a message that is to be appended to a stream (RocketMQ's
// schedule service tries again until that is done).
bool Broker::holdsDue(BrokerDue kind, std::uint32_t a, std::uint64_t b) {
    SubscriptionId queue;
    switch (kind) {
    case BrokerDue::append:
        return m_lateAppends[a].generation == b &&
               holdsDueOf(bufferOf(m_lateAppends[a].to.channel, m_lateAppends[a].partition), kind, a, b);
    case BrokerDue::ackDeadline:
    case BrokerDue::expireHead:
    case BrokerDue::idleExpiry:
        queue = SubscriptionId{static_cast<std::uint16_t>(a)};
        break;
    case BrokerDue::release:
    case BrokerDue::expireCopy:
        if (m_copies[a].generation != b)
            return false;
        queue = m_copies[a].subscription;
        break;
    default:
        return false;
    }
    return !isStream(queue) && isKept(queue) && holdsDueOf(bufferOf(queue), kind, a, b);
}

bool Broker::holdsDueOf(std::uint32_t buffer, BrokerDue kind, std::uint32_t a, std::uint64_t b) {
    if (serves(buffer))
        return false;
    m_replicaSets[buffer].dues.pushBack({.kind = static_cast<std::uint8_t>(kind), .a = a, .b = b});
    return true;
}

} // namespace weir
