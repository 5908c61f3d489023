// Streams: a record's way into a partitioned log, and how it is forgotten there: by age, number, size, key and subject,
// or because everybody has acked it.
#include "core/broker/broker.h"
#include "core/broker/partitioner.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace weir {

// Kafka's default partitioner: murmur2 of the key made positive. Without a key in turn, or, as Kafka's sticky
// partitioner does since 2.4, so many bytes to one partition before the next one's turn.
std::uint32_t Broker::partitionFor(ChannelId channelId, const Message& message) const {
    const ChannelSpec& spec = m_plan->channels[channelId.index()].spec;
    const StreamState& stream = m_streams[channelId.index()];
    const auto partitions = static_cast<std::uint32_t>(stream.logs.size());
    if (!message.keyed) {
        // Kafka's producer passes over partitions without a leader.
        for (std::uint32_t i = 0; hasNodes() && i < partitions; ++i)
            if (const std::uint32_t next = (stream.partitionNext + i) % partitions;
                m_replicaSets[bufferOf(channelId, next)].hasLeader())
                return next;
        return stream.partitionNext % partitions;
    }
    if (spec.keyHash == Partitioner::kafka || !message.content)
        return (message.keyHash & 0x7FFF'FFFFU) % partitions;
    return static_cast<std::uint32_t>(
        partitionOf(spec.keyHash, message.content->partitionKey, static_cast<std::int32_t>(partitions)));
}

// Where what comes is refused rather than the oldest forgotten (JetStream's discard new).
bool Broker::streamFull(ChannelId channelId, const Publish& publish) const {
    const ChannelSpec& spec = m_plan->channels[channelId.index()].spec;
    if (!spec.refuseWhenFull || isAppendedLate(spec, delayOf(publish), publish.transaction))
        return false; // it needs its place when its delay is over
    const Message& message = m_messages[publish.message];
    return logFull(channelId, partitionFor(channelId, message), message);
}

bool Broker::logFull(ChannelId channelId, std::uint32_t partition, const Message& message) const {
    const ChannelSpec& spec = m_plan->channels[channelId.index()].spec;
    const StreamLog& log = m_streams[channelId.index()].logs[partition];
    return (spec.retainCount && log.kept() >= *spec.retainCount) ||
           (spec.retainBytes && log.bytes() + message.size > spec.retainBytes->count);
}

// Of several channels that a message goes to this one has no room: its groups do without.
void Broker::dropAtStream(MessageHandle message, ChannelId channelId, BrokerDoor& door) {
    for (const SubscriptionId id : m_plan->channels[channelId.index()].subscriptions) {
        Record record = recordOf(RecordKind::dropped, message, m_plan->subscriptions[id.index()].place, door.now);
        record.reason = m_plan->reasons.maxLength;
        record.bits = Record::bitsOf(CopyState::none);
        door.recorder.append(record);
    }
}

// The one that it goes to; where it has no key the next one has its turn some time.
std::uint32_t Broker::takePartition(const Message& message, const Appending& to) {
    StreamState& stream = m_streams[to.channel.index()];
    if (to.hasCrossed())
        return to.crossed % static_cast<std::uint32_t>(stream.logs.size());
    const std::uint32_t partition = partitionFor(to.channel, message);
    if (message.keyed)
        return partition;
    stream.batchBytes += message.size;
    const auto& batch = m_plan->channels[to.channel.index()].spec.keylessBatch;
    if (!batch || stream.batchBytes >= batch->count) {
        ++stream.partitionNext;
        stream.batchBytes = 0;
    }
    return partition;
}

void Broker::append(MessageHandle messageHandle, const Appending& to, BrokerDoor& door) {
    const ChannelPlan& channel = m_plan->channels[to.channel.index()];
    const std::uint32_t partition = takePartition(m_messages[messageHandle], to);
    if (hasNodes() && !m_replicaSets[bufferOf(to.channel, partition)].hasLeader()) {
        for (const SubscriptionId id : channel.subscriptions)
            loseUnled(messageHandle,
                      {.subscription = id, .via = to.via, .deaths = to.deaths, .logged = {.asked = to.asked}}, door);
        return;
    }
    if (isAppendedLate(channel.spec, to.delay, to.transaction))
        holdBack(partition, messageHandle, to, door);
    else
        appendTo(partition, messageHandle, to, door);
}

void Broker::appendTo(std::uint32_t partition, MessageHandle messageHandle, const Appending& to, BrokerDoor& door) {
    const ChannelId channelId = to.channel;
    const ChannelPlan& channel = m_plan->channels[channelId.index()];
    const ChannelSpec& spec = channel.spec;
    StreamState& stream = m_streams[channelId.index()];
    const Message& message = m_messages[messageHandle];
    const bool crossed = to.hasCrossed();
    StreamLog& log = stream.logs[partition];
    const std::uint64_t offset = log.end();
    StreamLog::Entry& entry = log.append(message, door.now, channel.groupBits, to.round, to.asked);
    const bool withheld =
        spec.delayHolds == DelayHolds::delivery && to.delay > Duration::zero() && !spec.isReadByPartition();
    entry.withheld = withheld;
    entry.message.delay = withheld ? to.delay : Duration::zero();
    if (to.deaths || (message.content && message.content->deaths)) { // not those of where it comes from
        auto content = message.content ? std::make_shared<Content>(*message.content) : std::make_shared<Content>();
        content->deaths = to.deaths;
        entry.message.content = std::move(content);
    }
    const bool open = to.transaction.valid();
    if (open)
        joinTransaction(to.transaction, {channelId, partition, offset}, message.family);
    if (hasNodes()) {
        noteClock(channelId, partition, offset);
        weigh(bufferOf(channelId, partition), door);
    }

    Record record = recordOf(RecordKind::appended, messageHandle, channel.partitionPlaces[partition], door.now);
    record.extra = static_cast<std::uint32_t>(offset);
    record.value = to.via.valid() ? to.via.value : -1;
    record.bits = open ? Record::open : crossed ? Record::crossed : std::uint8_t{0};
    door.recorder.append(record);
    record.kind = to.waited ? RecordKind::released : RecordKind::enqueued;
    record.value = to.waited ? 0 : record.value;
    record.bits = Record::bitsOf(CopyState::none, withheld);
    if (withheld)
        withhold(channelId, partition, offset, door);
    for (const SubscriptionId id : channel.subscriptions) {
        if (open && m_plan->subscriptions[id.index()].committedOnly)
            continue;
        record.place = m_plan->subscriptions[id.index()].partitionPlaces[partition];
        door.recorder.append(record);
        m_families[message.family].open += m_plan->subscriptions[id.index()].consumed ? 1 : 0;
        ++m_families[message.family].references;
    }
    if (hasNodes()) {
        m_replicaSets[bufferOf(channelId, partition)].appended = offset + 1;
        replicate(bufferOf(channelId, partition), door);
    }
    for (const SubscriptionId id : channel.subscriptions)
        dispatchStream(id, partition, door);
    if (!channel.replicators.empty() && !crossed && !open)
        crossOver(messageHandle, to, partition, door);
    if (spec.retainUntil == RetainUntil::interest && channel.groupBits == 0 && log.holds(offset))
        log.remove(offset);
    if (!hasNodes() && (spec.compaction || spec.retainPerSubject || !stream.transactions.empty()))
        replaceOlder(channelId, partition, offset, offset + 1, door);
    if (spec.retainFor || spec.retainCount || spec.retainBytes)
        applyRetention(channelId, partition, door);
}

// Drops what is too old or too much; what a group had not read is expired for it. The latest record stays, whatever its
// size.
void Broker::applyRetention(ChannelId channelId, std::uint32_t partition, BrokerDoor& door) {
    const ChannelSpec& spec = m_plan->channels[channelId.index()].spec;
    StreamState& stream = m_streams[channelId.index()];
    const StreamLog& log = stream.logs[partition];
    const ReasonId reason = m_plan->reasons.retention;
    while ((spec.retainCount && log.kept() > *spec.retainCount) ||
           (spec.retainBytes && log.bytes() > spec.retainBytes->count && log.kept() > 1))
        removeRecord(channelId, partition, log.start(), reason, door);
    if (!spec.retainFor)
        return;
    const SimTime clock = door.now + aheadOf(channelId, partition); // of the node that leads it
    while (log.kept() > 0 && stampOf(channelId, partition, log.start()) + *spec.retainFor <= clock)
        removeRecord(channelId, partition, log.start(), reason, door);
    if (log.kept() == 0 || stream.retentionScheduled[partition])
        return;
    stream.retentionScheduled[partition] = true;
    door.effects.schedule(door.now + (stampOf(channelId, partition, log.start()) + *spec.retainFor - clock),
                          {static_cast<std::uint8_t>(BrokerDue::retention), channelId.value, partition});
}

// Those from `from` to `to` are there for good: they take the place of older ones with their key, or of their subject.
void Broker::replaceOlder(ChannelId channelId, std::uint32_t partition, std::uint64_t from, std::uint64_t to,
                          BrokerDoor& door) {
    const ChannelSpec& spec = m_plan->channels[channelId.index()].spec;
    StreamState& stream = m_streams[channelId.index()];
    const StreamLog& log = stream.logs[partition];
    if (!stream.transactions.empty()) { // what may still be aborted waits with that
        OpenTransactions& transactions = stream.transactions[partition];
        from = std::min(from, transactions.replaced());
        const std::uint64_t stable = transactions.stableEnd(to);
        transactions.setReplaced(stable < to ? std::max(from, stable) : OpenTransactions::nothingWaits);
        to = stable;
        if (to <= from)
            return;
    }
    if (!stream.subjects.empty())
        for (std::uint64_t offset = std::max(from, log.start()); offset < to; ++offset)
            if (const auto tooMany = !log.holds(offset) || log.at(offset).mark == StreamLog::Mark::aborted
                                         ? std::nullopt
                                         : stream.subjects[partition].add(log.at(offset).message.routingKey, offset,
                                                                          *spec.retainPerSubject, log))
                removeRecord(channelId, partition, *tooMany, m_plan->reasons.superseded, door);
    if (!spec.compaction || !stream.cleaners[partition].due(log, to, *spec.compaction))
        return;
    for (const std::uint64_t offset : stream.cleaners[partition].clean(log, to, *spec.compaction, door.now))
        removeRecord(channelId, partition, offset, m_plan->reasons.compacted, door);
}

void Broker::removeRecord(ChannelId channelId, std::uint32_t partition, std::uint64_t offset, ReasonId reason,
                          BrokerDoor& door) {
    const ChannelPlan& channel = m_plan->channels[channelId.index()];
    for (const SubscriptionId id : channel.subscriptions) {
        GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
        if (cursor.next > offset)
            continue; // read, or being handled
        endUnread(id, partition, offset, RecordKind::expired, reason, door);
        if (cursor.next == offset && !m_plan->subscriptions[id.index()].resetsToTheEnd)
            ++cursor.next;
    }
    StreamLog& log = m_streams[channelId.index()].logs[partition];
    log.remove(offset);
    if (channel.resetsToTheEnd) // nobody's position is forgotten with the markers behind it
        for (const SubscriptionId id : channel.subscriptions)
            if (GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
                cursor.next > offset && m_plan->subscriptions[id.index()].resetsToTheEnd)
                cursor.next = std::max(cursor.next, log.start());
    if (hasNodes())
        weigh(bufferOf(channelId, partition), door);
    if (!channel.spec.hasOwners())
        for (const SubscriptionId id : channel.subscriptions)
            forgetRemoved(id, door);
}

// What the group had not read and will not read.
void Broker::endUnread(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, RecordKind kind,
                       ReasonId reason, BrokerDoor& door, bool promised) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    const StreamLog& log = m_streams[m_plan->subscriptions[id.index()].channel.index()].logs[partition];
    Record record = recordAt(kind, id, partition, offset, door.now);
    record.reason = reason;
    if (!isSeen(id, log, offset)) { // it is not born for the group; what was aborted never will be
        if (log.at(offset).mark == StreamLog::Mark::open)
            door.recorder.append(record);
        return;
    }
    record.bits = Record::bitsOf(unreadState(id, log, offset));
    if (promised)
        record.bits |= Record::promised;
    const FamilyHandle family = cursor.familyOf(offset, log.at(offset).message);
    cursor.left(offset);
    door.recorder.append(record);
    leaveFamily(family, m_plan->subscriptions[id.index()].consumed, door);
}

// A record that every group has acked goes, where it is kept for that only.
void Broker::ackedInStream(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, BrokerDoor& door) {
    const ChannelId channelId = m_plan->subscriptions[id.index()].channel;
    if (m_plan->channels[channelId.index()].spec.retainUntil == RetainUntil::limits)
        return;
    StreamLog& log = m_streams[channelId.index()].logs[partition];
    const std::vector<SubscriptionId>& groups = m_plan->channels[channelId.index()].subscriptions;
    const auto group = static_cast<std::size_t>(std::find(groups.begin(), groups.end(), id) - groups.begin());
    if (log.holds(offset) && log.acked(offset, ChannelPlan::bitOf(group)))
        removeRecord(channelId, partition, offset, m_plan->reasons.retention, door);
}

} // namespace weir
