// Disks: nodes that have no room left. What a node's disk holds are the bytes of the messages of its replicas; how full
// it is is looked at a little later than something comes or goes, as real brokers do.
//
// Rules: RabbitMQ, "Free Disk Space Alarms" (one node's alarm blocks all publishers of the cluster; consumers go on;
// the monitor looks each 100 ms at most) and Apache Kafka, KIP-112 (a log directory that cannot be written is offline:
// its replicas are not there, other ones lead) and JetStream (a server without room does without its streams). Kafka
// wants its node restarted; here what was offline is back as soon as there is room.
#include "core/broker/broker.h"

#include <utility>

namespace weir {

namespace {
constexpr Duration looksAfter = 100ms;
}

void Broker::openDisks() {
    for (const NodePlan& node : m_plan->nodes)
        if (node.spec.disk)
            m_weights.resize(m_replicaSets.size());
}

std::int64_t Broker::bytesIn(std::uint32_t buffer) const {
    const BufferPlan& plan = m_plan->buffers[buffer];
    const ChannelPlan& channel = m_plan->channels[plan.channel.index()];
    if (channel.kind == ChannelKind::stream)
        return m_streams[plan.channel.index()].logs[plan.partition].bytes();
    const SubscriptionState& queue = m_subscriptions[channel.subscriptions.front().index()];
    return queue.unsettled.bytes + queue.reserved.bytes; // these: on their way into it
}

void Broker::weigh(std::uint32_t buffer, BrokerDoor& door) {
    if (m_weights.empty())
        return;
    const std::int64_t bytes = bytesIn(buffer);
    const std::int64_t more = bytes - std::exchange(m_weights[buffer], bytes);
    for (const Replica& replica : m_replicaSets[buffer].replicas) {
        const auto& disk = m_plan->nodes[replica.node.index()].spec.disk;
        BrokerNode& node = m_nodes[replica.node.index()];
        node.used += more;
        if (disk && (node.used >= disk->count) != node.overfull && !std::exchange(node.looking, true))
            door.effects.schedule(door.now + looksAfter,
                                  {static_cast<std::uint8_t>(BrokerDue::disk), replica.node.value, 0});
    }
}

void Broker::lookAtDisk(NodeId id, BrokerDoor& door) {
    BrokerNode& node = m_nodes[id.index()];
    const bool wasFull = node.isFull();
    node.looking = false;
    node.overfull = node.used >= m_plan->nodes[id.index()].spec.disk->count;
    if (node.isFull() != wasFull)
        diskChanged(id, door);
}

void Broker::setDiskFull(NodeId id, bool on, BrokerDoor& door) {
    BrokerNode& node = m_nodes[id.index()];
    const bool wasFull = node.isFull();
    node.struckFull = on;
    if (node.isFull() != wasFull)
        diskChanged(id, door);
}

void Broker::diskChanged(NodeId id, BrokerDoor& door) {
    const bool full = m_nodes[id.index()].isFull();
    Record record;
    record.at = door.now;
    record.kind = full ? RecordKind::diskFull : RecordKind::diskFree;
    record.place = m_plan->nodes[id.index()].place;
    record.value = m_nodes[id.index()].used;
    door.recorder.append(record);
    m_disksFull += full ? 1 : 0;
    m_disksFull -= full ? 0 : 1;
    eachReplicaOn(id, [&](std::uint32_t buffer, std::uint32_t i) {
        Replica& replica = m_replicaSets[buffer].replicas[i];
        if (specOf(buffer).whenDiskFull != WhenDiskFull::offline)
            return;
        replica.offline = full;
        if (full && replica.up)
            leave(buffer, i, door);
        else if (!full && isUp(id))
            comeBack(buffer, i, door);
    });
    wakeDiskWaiters(door);
}

// --- publishers that wait ---

bool Broker::meetsFullDisk(std::span<const RouteTarget> targets) const {
    for (const RouteTarget& target : targets)
        if (const ChannelPlan& channel = m_plan->channels[target.channel.index()];
            channel.firstBuffer != ChannelPlan::noBuffer && channel.spec.whenDiskFull == WhenDiskFull::block &&
            !isDeleted(target))
            return true;
    return false;
}

void Broker::waitForDisk(const Publish& publish, std::uint32_t waiting, BrokerDoor& door) {
    if (waiting == noHandle)
        waiting =
            beginWaiting(publish, m_plan->channels[publish.channel.index()].place, m_plan->reasons.diskFull, door);
    m_waiting[waiting].at = SubscriptionId::none();
    m_waiting[waiting].forDisk = true;
    m_diskLine.pushBack(waiting);
}

void Broker::leaveDiskLine(std::uint32_t waiting) {
    for (std::size_t i = 0; i < m_diskLine.size(); ++i)
        if (m_diskLine[i] == waiting) {
            m_diskLine.erase(i);
            return;
        }
}

void Broker::wakeDiskWaiters(BrokerDoor& door) {
    if (std::exchange(m_wakingDiskLine, true))
        return;
    while (m_disksFull == 0 && !m_diskLine.empty()) {
        const std::uint32_t handle = m_diskLine.popFront();
        m_waiting[handle].forDisk = false;
        tryAgain(handle, door);
    }
    m_wakingDiskLine = false;
}

} // namespace weir
