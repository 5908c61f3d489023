// Replication: how an entry that the leader has taken comes to the other replicas, and when it is committed. Followers
// fetch (Kafka) or are sent to (Raft): either way one hop there and one back, and whatever came meanwhile goes with the
// next one. Writing goes on beside that, at the leader too.
#include "core/broker/broker.h"

#include <algorithm>
#include <utility>

namespace weir {

void Broker::openNodes() {
    m_nodes.resize(m_plan->nodes.size());
    m_nodeLinks = NodeLinks(m_plan->nodes.size());
    m_replicaSets.resize(m_plan->buffers.size());
    for (std::size_t buffer = 0; buffer < m_replicaSets.size(); ++buffer) {
        ReplicaSet& set = m_replicaSets[buffer];
        for (const NodeId node : m_plan->buffers[buffer].nodes)
            set.replicas.emplace_back().node = node;
        set.leader = 0;
        set.term = 1;
    }
    openDisks();
}

NodeId Broker::nodeOf(ChannelId channel, std::uint32_t partition) const {
    if (!hasNodes() || m_plan->channels[channel.index()].firstBuffer == ChannelPlan::noBuffer)
        return NodeId::none();
    const ReplicaSet& set = m_replicaSets[bufferOf(channel, partition)];
    return set.hasLeader() ? set.replicas[set.leader].node : NodeId::none();
}

NodeId Broker::nodeFor(ChannelId channel, const Message& message) const {
    if (!hasNodes())
        return NodeId::none();
    return nodeOf(channel,
                  m_plan->channels[channel.index()].kind == ChannelKind::stream ? partitionFor(channel, message) : 0);
}

std::size_t Broker::inSync(ChannelId channel, std::uint32_t partition) const {
    return hasNodes() ? m_replicaSets[bufferOf(channel, partition)].inSyncCount() : 0;
}

// Consumers see what is committed (Kafka: up to the high watermark).
std::uint64_t Broker::readableEnd(ChannelId channel, std::uint32_t partition) const {
    const StreamLog& log = m_streams[channel.index()].logs[partition];
    if (!hasNodes())
        return log.end();
    const std::uint32_t buffer = bufferOf(channel, partition);
    return serves(buffer) ? m_replicaSets[buffer].committed : 0;
}

Record Broker::replicaRecord(RecordKind kind, std::uint32_t buffer, std::uint32_t replica, SimTime now) const {
    Record record;
    record.at = now;
    record.kind = kind;
    record.place = m_plan->buffers[buffer].places[replica];
    return record;
}

// A copy comes to a queue that is kept on nodes: as an entry of its leader's log, and into the queue when that is
// committed.
void Broker::log(MessageHandle message, const Birth& birth, BrokerDoor& door) {
    const std::uint32_t buffer = bufferOf(birth.subscription);
    ReplicaSet& set = m_replicaSets[buffer];
    if (!set.hasLeader()) {
        loseUnled(message, birth, door);
        return;
    }
    const std::uint64_t entry = ++set.appended;
    retain(message);
    m_subscriptions[birth.subscription.index()].reserved.add(m_messages[message].size);
    weigh(buffer, door);
    set.coming.pushBack({.message = message,
                         .via = birth.via,
                         .reason = birth.reason,
                         .deaths = birth.deaths,
                         .delay = birth.delay,
                         .round = birth.round,
                         .forgetTtl = birth.forgetTtl,
                         .sent = birth.from == CopyState::inTransit,
                         .succession = birth.succession,
                         .asked = birth.logged.asked});
    if (birth.succession != noHandle)
        ++m_successions[birth.succession].open;
    if (static_cast<std::int64_t>(++m_coming + m_copies.used()) > m_plan->copiesMax)
        m_boundReached = true;
    replicate(buffer, door);
    const std::uint64_t before = set.appended - set.coming.size(); // entries that are not coming any more
    if (entry <= before)
        return;
    if (std::exchange(set.coming[entry - before - 1].sent, true))
        return;
    Record record =
        recordOf(RecordKind::sent, message, m_plan->subscriptions[birth.subscription.index()].place, door.now);
    record.value = birth.via.valid() ? birth.via.value : -1;
    door.recorder.append(record);
}

// Nobody is there to take it. RabbitMQ's dead letters and Kafka's producers that ask for no answer lose it so; others
// were told before.
void Broker::loseUnled(MessageHandle message, const Birth& birth, BrokerDoor& door) {
    Record record =
        recordOf(RecordKind::lost, message, m_plan->subscriptions[birth.subscription.index()].place, door.now);
    record.reason = m_plan->reasons.noLeader;
    record.bits = Record::bitsOf(birth.from);
    if (birth.logged.asked == Acks::none)
        record.bits |= Record::promised;
    door.recorder.append(record);
    if (!birth.deaths)
        forgetEntry(message, m_plan->subscriptions[birth.subscription.index()].channel, door);
}

void Broker::replicate(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    for (std::uint32_t i = 0; i < set.replicas.size(); ++i) {
        const Replica& replica = set.replicas[i];
        // One that was away, or is out of sync, shows that it is there even where nothing has come.
        if (replica.known < set.appended || !replica.inSync || replica.behindSince != Replica::never)
            fetch(buffer, i, door);
        if (set.replicas[i].known < set.appended)
            watch(buffer, i, door);
    }
    advance(buffer, door);
}

// From the leader to a replica, or its answer.
Duration Broker::hop(std::uint32_t buffer, std::uint32_t replica, bool answers, BrokerDoor& door) const {
    const ReplicaSet& set = m_replicaSets[buffer];
    const NodeId leader = set.replicas[set.leader].node;
    const NodeId other = set.replicas[replica].node;
    return door.effects.travel({.from = answers ? other : leader,
                                .to = answers ? leader : other,
                                .buffer = m_plan->buffers[buffer].hash,
                                .count = std::uint64_t{set.replicas[replica].fetches} << 1U | (answers ? 1U : 0U)});
}

void Broker::fetch(std::uint32_t buffer, std::uint32_t index, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    Replica& replica = set.replicas[index];
    if (!replica.up || replica.cutOff || !set.hasLeader() || replica.step != Replica::Step::idle)
        return;
    ++replica.fetches;
    replica.target = set.appended;
    replica.fetched = door.now;
    const Duration write = m_plan->nodes[replica.node.index()].spec.write + m_nodes[replica.node.index()].slower;
    const Duration takes = index == set.leader ? write : write + hop(buffer, index, false, door);
    replica.step = Replica::Step::comes;
    if (takes > Duration::zero())
        scheduleFetch(buffer, index, takes, door);
    else
        fetched(buffer, index, door);
}

void Broker::scheduleFetch(std::uint32_t buffer, std::uint32_t index, Duration after, BrokerDoor& door) {
    door.effects.schedule(door.now + after,
                          {static_cast<std::uint8_t>(BrokerDue::fetch), buffer,
                           std::uint64_t{index} << 32U | m_replicaSets[buffer].replicas[index].fetches});
}

// It has it now.
void Broker::fetched(std::uint32_t buffer, std::uint32_t index, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    Replica& replica = set.replicas[index];
    if (const auto& every = m_plan->nodes[replica.node.index()].spec.flushEvery) {
        const std::int64_t interval = door.now.time_since_epoch() / *every;
        if (interval > replica.flushed)
            replica.synced = replica.has;
        replica.flushed = interval;
    }
    replica.has = replica.target;
    const Duration back = index == set.leader ? Duration::zero() : hop(buffer, index, true, door);
    replica.step = Replica::Step::answers;
    if (back > Duration::zero())
        scheduleFetch(buffer, index, back, door);
    else
        answered(buffer, index, door);
}

// The leader knows that it has it.
void Broker::answered(std::uint32_t buffer, std::uint32_t index, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    Replica& replica = set.replicas[index];
    replica.step = Replica::Step::idle;
    replica.known = replica.has;
    // Kafka: caught up as of the time of a fetch that brought all there was then.
    replica.behindSince = replica.known < set.appended ? replica.fetched : Replica::never;
    caughtUp(replica, door); // it brought all that there was when it was there again
    if (replica.known == set.appended && !replica.inSync)
        setInSync(buffer, index, true, door);
    const ChannelSpec& spec = specOf(buffer);
    if (index == 0 && set.leader != 0 && replica.inSync && (spec.leaderReturns || !spec.leader.empty()) &&
        !set.returning) {
        set.returning = true;
        door.effects.schedule(door.now + spec.leaderReturns.value_or(spec.election),
                              {static_cast<std::uint8_t>(BrokerDue::leaderReturns), buffer, set.term});
    }
    advance(buffer, door);
    if (set.hasLeader() && replica.known < set.appended) {
        fetch(buffer, index, door);
        watch(buffer, index, door);
    }
}

void Broker::fetchDue(std::uint32_t buffer, std::uint64_t which, BrokerDoor& door) {
    const auto index = static_cast<std::uint32_t>(which >> 32U);
    const Replica& replica = m_replicaSets[buffer].replicas[index];
    if (replica.fetches != static_cast<std::uint32_t>(which))
        return; // its leader or its node went away meanwhile
    if (replica.step == Replica::Step::comes)
        fetched(buffer, index, door);
    else if (replica.step == Replica::Step::answers)
        answered(buffer, index, door);
}

// --- partitions without a leader, of a group that shares records ---

bool Broker::isUnserved(const Copy& copy) const {
    return !serves(bufferOf(m_plan->subscriptions[copy.subscription.index()].channel, copy.partition));
}

bool Broker::waitsUnserved(SubscriptionId id) const {
    const SubscriptionState& state = m_subscriptions[id.index()];
    if (!state.shared || state.cursors.size() == 1 || state.ready.empty())
        return false;
    const std::uint32_t first = bufferOf(m_plan->subscriptions[id.index()].channel, 0);
    bool someUnserved = false;
    for (std::uint32_t buffer = first; buffer < first + state.cursors.size(); ++buffer)
        someUnserved = someUnserved || !serves(buffer);
    for (CopyHandle handle = 0; someUnserved && handle < m_copies.reach(); ++handle)
        if (const Copy& copy = m_copies[handle];
            copy.subscription == id && copy.state == CopyState::ready && isUnserved(copy))
            return true;
    return false;
}

// --- in sync ---

namespace {

// Kafka: when it has not caught up for replica.lag.time.max.ms. One whose node is away, or does not reach the
// controllers, leaves sooner where they miss it sooner: they fence it, and take it out of all that it is in sync with.
SimTime outOfSyncAt(const Replica& replica, const ChannelSpec& spec, const NodeLinks& links) {
    const SimTime lags = replica.behindSince + spec.lagMax;
    const bool missed =
        spec.commitRule == CommitRule::inSync && (!replica.up || (replica.cutOff && !links.isInMajority(replica.node)));
    return missed ? std::min(lags, replica.fetched + spec.election) : lags;
}

} // namespace

void Broker::watch(std::uint32_t buffer, std::uint32_t index, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    Replica& replica = set.replicas[index];
    if (index == set.leader)
        return;
    if (replica.behindSince == Replica::never)
        replica.behindSince = door.now;
    if (!replica.inSync || replica.watched)
        return;
    replica.watched = true;
    door.effects.schedule(std::max(door.now, outOfSyncAt(replica, specOf(buffer), m_nodeLinks)),
                          {static_cast<std::uint8_t>(BrokerDue::lag), buffer, index});
}

// Only where there is a leader to go on without it.
void Broker::checkLag(std::uint32_t buffer, std::uint32_t index, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    Replica& replica = set.replicas[index];
    replica.watched = false;
    if (!set.hasLeader() || index == set.leader || !replica.inSync || replica.behindSince == Replica::never)
        return;
    // One that is cut off from the controllers cannot make its followers leave.
    if (specOf(buffer).commitRule == CommitRule::inSync && !m_nodeLinks.isInMajority(set.replicas[set.leader].node))
        return;
    if (outOfSyncAt(replica, specOf(buffer), m_nodeLinks) > door.now) {
        watch(buffer, index, door);
        return;
    }
    setInSync(buffer, index, false, door);
    advance(buffer, door);
}

void Broker::setInSync(std::uint32_t buffer, std::uint32_t index, bool inSync, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    set.replicas[index].inSync = inSync;
    Record record =
        replicaRecord(inSync ? RecordKind::replicaCaughtUp : RecordKind::replicaBehind, buffer, index, door.now);
    record.value = static_cast<std::int64_t>(set.inSyncCount());
    door.recorder.append(record);
}

// --- commits ---

void Broker::advance(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    if (!set.hasLeader())
        return;
    const std::uint64_t committed = set.commitPoint(specOf(buffer).commitRule);
    if (committed > set.committed) {
        const std::uint64_t before = std::exchange(set.committed, committed);
        const BufferPlan& plan = m_plan->buffers[buffer];
        const ChannelPlan& channel = m_plan->channels[plan.channel.index()];
        if (channel.kind == ChannelKind::queue)
            enterCommitted(buffer, door);
        else {
            std::vector<OpenTransactions>& transactions = m_streams[plan.channel.index()].transactions;
            if (!transactions.empty() && transactions[plan.partition].endReplicated(committed))
                readOnBehind({.channel = plan.channel, .partition = plan.partition}, door);
            else
                for (const SubscriptionId id : channel.subscriptions)
                    dispatchStream(id, plan.partition, door);
            replaceOlder(plan.channel, plan.partition, before, committed, door);
        }
    }
    keepPromises(buffer, door);
}

void Broker::enterCommitted(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    if (set.committing) // what one of them leads to commits more; the outer call goes on with that
        return;
    const SubscriptionId queue = m_plan->channels[m_plan->buffers[buffer].channel.index()].subscriptions.front();
    set.committing = true;
    while (!set.coming.empty() && set.appended - set.coming.size() < set.committed) {
        const std::uint64_t entry = set.appended - set.coming.size() + 1;
        const ReplicaSet::Coming next = set.coming.popFront();
        --m_coming;
        m_subscriptions[queue.index()].reserved.take(m_messages[next.message].size);
        enter(next.message,
              {.subscription = queue,
               .via = next.via,
               .deaths = next.deaths,
               .forgetTtl = next.forgetTtl,
               .reason = next.reason,
               .round = next.round,
               .delay = next.delay,
               .from = next.sent ? CopyState::inTransit : CopyState::none,
               .logged = {.entry = entry, .asked = next.asked},
               .succession = next.succession},
              door);
        oneLessInTurn(next.succession, door);
        release(next.message, door);
    }
    set.committing = false;
    weigh(buffer, door);         // what came may have been dropped
    wakePublishers(queue, door); // what is delayed has a place no more
}

// Its queue is deleted.
void Broker::purgeComing(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    const SubscriptionId queue = m_plan->channels[m_plan->buffers[buffer].channel.index()].subscriptions.front();
    for (; !set.coming.empty(); --m_coming) {
        const ReplicaSet::Coming gone = set.coming.popFront();
        m_subscriptions[queue.index()].reserved.take(m_messages[gone.message].size);
        Record record =
            recordOf(RecordKind::purged, gone.message, m_plan->subscriptions[queue.index()].place, door.now);
        record.reason = m_plan->reasons.queueExpired;
        record.value = -1;
        record.bits = Record::bitsOf(gone.sent ? CopyState::inTransit : CopyState::none);
        door.recorder.append(record);
        oneLessInTurn(gone.succession, door);
        release(gone.message, door);
    }
    weigh(buffer, door);
}

} // namespace weir
