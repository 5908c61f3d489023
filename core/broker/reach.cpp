// Reach: nodes that cannot reach each other, and consumers that cannot reach a node.
//
// A follower that its leader does not reach gets nothing, and is out of sync after the lag time, or, where the
// controllers do not hear from it either, as soon as they miss it. A leader that is cut
// off from the majority leads on for as long as an election takes; if somebody else can lead then, he does: of Raft's
// replicas one with the votes of a majority (the Raft paper, 5.2), of Kafka's one in sync on the side of the
// controllers (KIP-500: a broker whose heartbeats do not arrive is fenced after broker.session.timeout.ms). What the
// old leader took meanwhile and nobody else has is lost. Where no side has a majority nobody takes its place, and
// nobody leaves the replicas in sync.
#include "core/broker/broker.h"
#include "core/broker/together.h"

#include <algorithm>
#include <utility>

namespace weir {

// --- between nodes ---

void Broker::separate(std::vector<std::pair<NodeId, NodeId>> apart, BrokerDoor& door) {
    m_nodeLinks.separate(std::move(apart));
    for (std::uint32_t buffer = 0; buffer < m_replicaSets.size(); ++buffer) {
        reconnect(buffer, door);
        watchLeader(buffer, door);
    }
}

// Whom the leader reaches now; what was on its way to the others is not any more.
void Broker::reconnect(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    if (!set.hasLeader()) {
        scheduleElection(buffer, door);
        return;
    }
    bool changed = false;
    for (std::uint32_t i = 0; i < set.replicas.size(); ++i) {
        Replica& replica = set.replicas[i];
        const bool cutOff = !m_nodeLinks.reaches(set.replicas[set.leader].node, replica.node);
        if (std::exchange(replica.cutOff, cutOff) == cutOff)
            continue;
        changed = true;
        if (!cutOff) {
            if (replica.inSync) // it asks for what it has missed before anybody counts its lag
                replica.behindSince = door.now;
            continue;
        }
        replica.step = Replica::Step::idle;
        ++replica.fetches;
        if (replica.up) { // else it is missed already
            replica.fetched = door.now;
            replica.watched = false;
        }
        watch(buffer, i, door);
    }
    if (changed)
        serveAgain(buffer, door);
}

bool Broker::isDeposed(std::uint32_t buffer) const {
    const ReplicaSet& set = m_replicaSets[buffer];
    if (!set.hasLeader())
        return false;
    const ChannelSpec& spec = specOf(buffer);
    const bool stands = spec.commitRule == CommitRule::majority
                            ? set.hasMajority()
                            : m_nodeLinks.isInMajority(set.replicas[set.leader].node);
    return !stands && set.candidate(spec.commitRule, spec.uncleanElection, m_nodeLinks) != ReplicaSet::none;
}

void Broker::watchLeader(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    if (isDeposed(buffer) && !std::exchange(set.deposing, true))
        door.effects.schedule(door.now + specOf(buffer).election,
                              {static_cast<std::uint8_t>(BrokerDue::leaderCutOff), buffer, set.term});
}

void Broker::checkLeader(std::uint32_t buffer, std::uint64_t term, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    set.deposing = false;
    if (!isDeposed(buffer))
        return;
    if (set.term != term) { // another one than then
        watchLeader(buffer, door);
        return;
    }
    set.electing = true; // the others have waited already
    loseLeader(buffer, door);
    holdElection(buffer, door);
}

// --- between consumers and nodes ---

bool Broker::reaches(ConsumerId consumer, std::uint32_t buffer) const {
    if (m_unreached.empty())
        return true;
    const ReplicaSet& set = m_replicaSets[buffer];
    return !set.hasLeader() || !std::binary_search(m_unreached.begin(), m_unreached.end(),
                                                   std::pair(consumer, set.replicas[set.leader].node));
}

void Broker::setReach(std::span<const ConsumerId> consumers, NodeId node, bool on, BrokerDoor& door) {
    for (const ConsumerId consumer : consumers) {
        const std::pair pair(consumer, node);
        const auto at = std::lower_bound(m_unreached.begin(), m_unreached.end(), pair);
        const bool there = at != m_unreached.end() && *at == pair;
        if (on && there)
            m_unreached.erase(at);
        else if (!on && !there)
            m_unreached.insert(at, pair);
    }
    for (std::uint32_t buffer = 0; buffer < m_replicaSets.size(); ++buffer)
        if (const ReplicaSet& set = m_replicaSets[buffer]; set.hasLeader() && set.replicas[set.leader].node == node)
            lookAtReach(consumers, buffer, door);
}

// Another node leads it now.
void Broker::lookAtReach(std::uint32_t buffer, BrokerDoor& door) {
    for (const SubscriptionId id : m_plan->channels[m_plan->buffers[buffer].channel.index()].subscriptions) {
        const std::vector<ConsumerId> consumers = m_subscriptions[id.index()].consumers;
        lookAtReach(consumers, buffer, door);
    }
}

void Broker::lookAtReach(std::span<const ConsumerId> consumers, std::uint32_t buffer, BrokerDoor& door) {
    const BufferPlan& plan = m_plan->buffers[buffer];
    const bool queue = m_plan->channels[plan.channel.index()].kind == ChannelKind::queue;
    std::vector<ConsumerId> gone, came;
    for (const ConsumerId id : consumers) {
        Consumer& consumer = m_consumers[id.index()];
        const SubscriptionId subscription = consumer.options.subscription;
        if (m_plan->subscriptions[subscription.index()].channel != plan.channel)
            continue;
        if (queue) { // what one gives back must not go to another one that goes as well
            const bool unreached = !reaches(id, buffer);
            if (std::exchange(consumer.unreached, unreached) != unreached)
                (unreached ? gone : came).push_back(id);
        } else if (hasOwners(subscription) &&
                   m_subscriptions[subscription.index()].cursors[plan.partition].owner == id) {
            if (reaches(id, buffer)) {
                dispatchStream(subscription, plan.partition, door);
            } else {
                revoke(subscription, plan.partition, m_plan->reasons.disconnected, door);
                creditBack(id, door);
            }
        }
    }
    for (const ConsumerId id : gone) {
        const SubscriptionId subscription = m_consumers[id.index()].options.subscription;
        asOneCommand(subscription, door, [&] {
            takeAllBack(id, door);
            creditBack(id, door);
            consumersChanged(subscription, ConsumerId::none(), door);
            dispatchReturned(subscription, door);
        });
    }
    for (const ConsumerId id : came) {
        const SubscriptionId subscription = m_consumers[id.index()].options.subscription;
        m_consumers[id.index()].joined = ++m_joins;
        consumersChanged(subscription, id, door);
        enterLine(id);
        dispatch(subscription, door);
    }
}

} // namespace weir
