// Promises: when a producer that asked for it is told that its message is safe: with the leader, or committed (Kafka's
// acks; RabbitMQ's confirms of quorum queues and JetStream's acks come with the commit). Of a message that goes to
// several queues all must have it.
#include "core/broker/broker.h"

#include <algorithm>
#include <limits>

namespace weir {

// noBuffer: it is kept nowhere.
std::uint32_t Broker::targetBuffer(const RouteTarget& target, MessageHandle message) const {
    const ChannelPlan& channel = m_plan->channels[target.channel.index()];
    if (isDeleted(target) || channel.firstBuffer == ChannelPlan::noBuffer)
        return ChannelPlan::noBuffer;
    return channel.kind == ChannelKind::stream
               ? bufferOf(target.channel, partitionFor(target.channel, m_messages[message]))
               : bufferOf(target.channel, 0);
}

// Kafka: NOT_LEADER_OR_FOLLOWER, NOT_ENOUGH_REPLICAS. Whoever asks for no answer sends it all the same.
std::optional<ReasonId> Broker::unavailable(const Publish& publish, BrokerDoor& door) {
    if (!hasNodes() || publish.acks == Acks::none)
        return std::nullopt;
    const Routing routing = route(publish.message, publish.channel, door);
    bool someUnled = false, someTake = false;
    for (const RouteTarget& target : routing.targets()) {
        const bool isUnled = this->isUnled(target, publish.message);
        someUnled = someUnled || isUnled;
        someTake = someTake || (!isUnled && !isDeleted(target));
        const std::uint32_t buffer = targetBuffer(target, publish.message);
        if (buffer == ChannelPlan::noBuffer || isUnled)
            continue;
        const ReplicaSet& set = m_replicaSets[buffer];
        const ChannelSpec& spec = specOf(buffer);
        if (publish.acks == Acks::all && spec.commitRule == CommitRule::inSync && set.inSyncCount() < spec.minInSync)
            return m_plan->reasons.tooFewInSync;
    }
    return someUnled && !someTake ? std::optional(m_plan->reasons.noLeader) : std::nullopt;
}

bool Broker::isUnled(const RouteTarget& target, MessageHandle message) const {
    const std::uint32_t buffer = hasNodes() ? targetBuffer(target, message) : ChannelPlan::noBuffer;
    return buffer != ChannelPlan::noBuffer && !m_replicaSets[buffer].hasLeader();
}

// What is served in turn is safe when the last one is done with it, with nodes and without.
std::uint32_t Broker::beginWait(const Publish& publish, bool inTurn) {
    const bool asksForEnd = inTurn && publish.acks && publish.acks != Acks::none && publish.token != noHandle;
    return asksForEnd || asks(publish) ? m_waits.add({.token = publish.token, .remaining = 1, .generation = ++m_generation})
                         : noHandle;
}

Admission Broker::endWait(std::uint32_t handle) {
    if (handle == noHandle)
        return Admission::accepted;
    if (--m_waits[handle].remaining > 0)
        return Admission::awaited;
    m_waits[handle].generation = 0;
    m_waits.free(handle);
    return Admission::accepted;
}

void Broker::expect(std::uint32_t handle, Acks acks, std::uint32_t buffer, std::uint64_t entry) {
    ReplicaSet& set = m_replicaSets[buffer];
    const bool leader = acks == Acks::leader;
    if (entry <= (leader && set.hasLeader() ? set.replicas[set.leader].has : set.committed))
        return;
    Wait& wait = m_waits[handle];
    ++wait.remaining;
    set.promises[leader ? 0 : 1].pushBack({.entry = entry, .wait = handle, .generation = wait.generation});
}

// It is here already, as its producer's last attempt perhaps; that must be safe before anybody says so. Which entry it
// is nobody knows any more, so all that is on its way now must be.
Admission Broker::answerRepeat(const Publish& publish, BrokerDoor& door) {
    if (!asks(publish) || publish.acks != Acks::all)
        return Admission::accepted;
    const std::uint32_t wait = beginWait(publish, false);
    const Routing routing = route(publish.message, publish.channel, door);
    for (const RouteTarget& target : routing.targets()) {
        const ChannelPlan& channel = m_plan->channels[target.channel.index()];
        if (channel.firstBuffer == ChannelPlan::noBuffer)
            continue;
        const std::uint32_t partitions = channel.kind == ChannelKind::stream ? channel.spec.partitions : 1;
        for (std::uint32_t partition = 0; partition < partitions; ++partition) {
            const std::uint32_t buffer = bufferOf(target.channel, partition);
            expect(wait, Acks::all, buffer, m_replicaSets[buffer].appended);
        }
    }
    return endWait(wait);
}

void Broker::keepPromises(std::uint32_t buffer, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    const std::uint64_t reached[] = {set.replicas[set.leader].has, set.committed};
    // Kafka: NOT_ENOUGH_REPLICAS_AFTER_APPEND, where the set shrank while it was on its way.
    const bool tooFew = specOf(buffer).commitRule == CommitRule::inSync && set.inSyncCount() < specOf(buffer).minInSync;
    std::vector<std::uint64_t> denied;
    for (std::size_t which = 0; which < set.promises.size(); ++which) {
        Ring<ReplicaSet::Promise>& promises = set.promises[which];
        while (!promises.empty() && promises.front().entry <= reached[which]) {
            const ReplicaSet::Promise promise = promises.popFront();
            Wait& wait = m_waits[promise.wait];
            const bool refused = which == 1 && tooFew;
            const bool settled = wait.generation != promise.generation; // with a no, of another queue
            if (refused || settled)
                denied.push_back(promise.entry);
            if (settled || (!refused && --wait.remaining > 0))
                continue;
            const std::uint64_t token = wait.token;
            forgetWait(promise.wait);
            door.effects.admitted(token, refused ? Admission::refused : Admission::accepted, door);
        }
    }
    unpromise(buffer, std::move(denied));
}

void Broker::forgetWait(std::uint32_t wait) {
    m_waits[wait].generation = 0;
    m_waits.free(wait);
}

// They are there, but their producers were told no.
void Broker::unpromise(std::uint32_t buffer, std::vector<std::uint64_t> entries) {
    if (entries.empty())
        return;
    std::sort(entries.begin(), entries.end());
    ReplicaSet& set = m_replicaSets[buffer];
    const BufferPlan& plan = m_plan->buffers[buffer];
    const ChannelPlan& channel = m_plan->channels[plan.channel.index()];
    if (channel.kind == ChannelKind::stream) {
        for (const std::uint64_t entry : entries)
            m_streams[plan.channel.index()].logs[plan.partition].forgetAsked(entry - 1);
        return;
    }
    const auto isDenied = [&entries](std::uint64_t entry) {
        return std::binary_search(entries.begin(), entries.end(), entry);
    };
    const std::uint64_t before = set.appended - set.coming.size();
    for (std::size_t i = 0; i < set.coming.size(); ++i)
        if (isDenied(before + i + 1))
            set.coming[i].asked.reset();
    for (CopyHandle handle = 0; handle < m_copies.reach(); ++handle)
        if (const Copy& copy = m_copies[handle]; copy.subscription == channel.subscriptions.front() &&
                                                 copy.state != CopyState::none && isDenied(m_copyEntries[handle].entry))
            m_copyEntries[handle].asked.reset();
}

// Of the entries beyond: their producers are told no, and publish again.
void Broker::breakPromises(std::uint32_t buffer, std::uint64_t beyond, BrokerDoor& door) {
    std::vector<std::uint64_t> denied;
    for (Ring<ReplicaSet::Promise>& promises : m_replicaSets[buffer].promises)
        for (std::size_t i = 0; i < promises.size();) {
            const ReplicaSet::Promise promise = promises[i];
            if (promise.entry <= beyond) {
                ++i;
                continue;
            }
            promises.erase(i);
            if (promise.entry <= m_replicaSets[buffer].appended)
                denied.push_back(promise.entry);
            const Wait& wait = m_waits[promise.wait];
            if (wait.generation != promise.generation)
                continue;
            const std::uint64_t token = wait.token;
            forgetWait(promise.wait);
            door.effects.admitted(token, Admission::refused, door);
        }
    unpromise(buffer, std::move(denied));
}

} // namespace weir
