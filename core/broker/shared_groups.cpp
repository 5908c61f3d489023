// Shared groups: the records of a stream go to whoever of a group has credit, each by itself, and each is settled by itself.
// What NATS JetStream's consumers, Redis Streams' groups and Pulsar's shared subscriptions do. What was delivered once comes
// again before what was not, in the stream's order; what nobody can handle is given up and stays in the stream.
#include "core/broker/broker.h"

#include <algorithm>

namespace weir {

// In the line of a group copies stand by offset; those of several partitions in turn.
std::uint64_t Broker::offsetIn(const Copy& copy) const {
    const SubscriptionState& state = m_subscriptions[copy.subscription.index()];
    return state.shared ? copy.position / state.cursors.size() : copy.position;
}

// Partitions take turns. False where there is nothing to read.
bool Broker::readShared(SubscriptionId id) {
    SubscriptionState& state = m_subscriptions[id.index()];
    const auto partitions = static_cast<std::uint32_t>(state.cursors.size());
    for (std::uint32_t tried = 0; tried < partitions; ++tried) {
        const std::uint32_t partition = state.readNext++ % partitions;
        if (!passRemoved(id, partition))
            continue;
        const CopyHandle handle = readNext(id, partition);
        m_copies[handle].position = m_copies[handle].position * partitions + partition;
        state.ready.pushBack(handle, m_copies[handle].priority);
        return true;
    }
    return false;
}

std::vector<Broker::Pending> Broker::pending(SubscriptionId group, SimTime now) const {
    std::vector<Pending> all;
    for (const ConsumerId consumer : m_subscriptions[group.index()].consumers)
        for (CopyHandle handle = m_consumers[consumer.index()].firstInFlight; handle != Copy::noMessage;
             handle = m_copies[handle].after)
            if (const Copy& copy = m_copies[handle]; !copy.settled)
                all.push_back({.partition = copy.partition,
                               .offset = offsetIn(copy),
                               .consumer = consumer,
                               .deliveries = copy.attempt,
                               .idle = now - copy.readySince});
    std::sort(all.begin(), all.end(), [](const Pending& left, const Pending& right) {
        return std::pair(left.partition, left.offset) < std::pair(right.partition, right.offset);
    });
    return all;
}

CopyHandle Broker::pendingAt(SubscriptionId id, std::uint32_t partition, std::uint64_t offset) const {
    for (const ConsumerId consumer : m_subscriptions[id.index()].consumers)
        for (CopyHandle handle = m_consumers[consumer.index()].firstInFlight; handle != Copy::noMessage;
             handle = m_copies[handle].after)
            if (const Copy& copy = m_copies[handle];
                !copy.settled && copy.partition == partition && offsetIn(copy) == offset)
                return handle;
    return Copy::noMessage;
}

// Redis's XCLAIM: the entry changes hands, its deliveries are counted on unless only its id is asked for. Who had it may
// not settle it any more by the tag it was given.
bool Broker::claim(ConsumerId consumer, const Claim& claim, BrokerDoor& door) {
    const SubscriptionId id = m_consumers[consumer.index()].options.subscription;
    const CopyHandle handle = pendingAt(id, claim.partition, claim.offset);
    if (handle == Copy::noMessage || door.now - m_copies[handle].readySince < claim.idle)
        return false;
    const ConsumerId before = m_copies[handle].consumer;
    Record record = recordOf(RecordKind::requeued, m_copies[handle], placeOf(before, m_copies[handle]), door.now);
    record.reason = m_plan->reasons.claimed;
    takeBack(handle);
    door.recorder.append(record);
    m_copies[handle].state = CopyState::ready;
    m_copies[handle].readySince = door.now;
    if (!claim.counts)
        --m_copies[handle].attempt;
    deliver(handle, consumer, door);
    creditBack(before, door);
    dispatch(id, door);
    return true;
}

} // namespace weir
