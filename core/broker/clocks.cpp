// Clocks of nodes that are off. A stream's records are stamped by the clock of the node that leads when they come, and
// forgotten by the clock of the one that leads now; a time to live that counts from the publish ends by the clock of
// the queue's leader as of the copy's birth. Everything that is counted on one node (delays, timeouts, a time to live
// from the arrival) is right whatever its clock says; so are seeks to a time, which go by the true one.
#include "core/broker/broker.h"

#include <algorithm>

namespace weir {

Duration Broker::aheadOf(ChannelId channel, std::uint32_t partition) const {
    const NodeId node = nodeOf(channel, partition);
    return node.valid() ? m_nodes[node.index()].ahead : Duration::zero();
}

void Broker::noteClock(ChannelId channel, std::uint32_t partition, std::uint64_t offset) {
    StreamState& stream = m_streams[channel.index()];
    const Duration ahead = aheadOf(channel, partition);
    if (ahead == Duration::zero() && stream.clocks.empty())
        return;
    stream.clocks.resize(stream.logs.size());
    std::vector<ClockSpan>& spans = stream.clocks[partition];
    if (ahead != (spans.empty() ? Duration::zero() : spans.back().ahead))
        spans.push_back({.from = offset, .ahead = ahead});
}

SimTime Broker::stampOf(ChannelId channel, std::uint32_t partition, std::uint64_t offset) const {
    const StreamState& stream = m_streams[channel.index()];
    const SimTime came = stream.logs[partition].at(offset).at;
    if (stream.clocks.empty())
        return came;
    const std::vector<ClockSpan>& spans = stream.clocks[partition];
    const auto after = std::upper_bound(spans.begin(), spans.end(), offset,
                                        [](std::uint64_t at, const ClockSpan& span) { return at < span.from; });
    return after == spans.begin() ? came : came + std::prev(after)->ahead;
}

void Broker::setClock(NodeId node, Duration ahead, BrokerDoor& door) {
    m_nodes[node.index()].ahead = ahead;
    for (std::uint32_t buffer = 0; buffer < m_replicaSets.size(); ++buffer)
        if (const ReplicaSet& set = m_replicaSets[buffer]; set.hasLeader() && set.replicas[set.leader].node == node)
            clockChanged(buffer, door);
}

// What is scheduled by the clock before may be too late.
void Broker::clockChanged(std::uint32_t buffer, BrokerDoor& door) {
    const BufferPlan& plan = m_plan->buffers[buffer];
    if (m_plan->channels[plan.channel.index()].kind != ChannelKind::stream || !specOf(buffer).retainFor)
        return;
    m_streams[plan.channel.index()].retentionScheduled[plan.partition] = false;
    applyRetention(plan.channel, plan.partition, door);
}

} // namespace weir
