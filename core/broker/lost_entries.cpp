// Lost entries: what the next leader's log has not is gone. It is counted, apart where its producer had been told that
// it is safe, and whoever is asked later whether it has been here does not know it any more.
#include "core/broker/broker.h"

#include <algorithm>

namespace weir {

void Broker::cut(std::uint32_t buffer, std::uint64_t to, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    const BufferPlan& plan = m_plan->buffers[buffer];
    const bool queue = m_plan->channels[plan.channel.index()].kind == ChannelKind::queue;
    if (!queue) // what is forgotten everywhere nobody misses
        to = std::max(to, m_streams[plan.channel.index()].logs[plan.partition].start());
    if (to >= set.appended)
        return;
    if (queue)
        cutQueue(buffer, to, door);
    else
        cutStream(buffer, to, door);
    set.appended = to;
    set.committed = std::min(set.committed, to);
    weigh(buffer, door);
    breakPromises(buffer, to, door);
}

bool Broker::wasPromised(std::uint32_t buffer, std::uint64_t entry, std::optional<Acks> asked) const {
    const ReplicaSet& set = m_replicaSets[buffer];
    return asked && (*asked == Acks::none || entry <= (*asked == Acks::leader ? set.told : set.committed));
}

// It has not been here; nor has it been published, where it came from its producer or through an exchange. A queue or
// stream that it went on from has had it.
void Broker::forgetEntry(MessageHandle handle, ChannelId channel, BrokerDoor& door) {
    const Message& message = m_messages[handle];
    ChannelId publishedTo = message.from.valid() ? door.recorder.catalogue()->place(message.from).channel : channel;
    if (publishedTo.valid() && publishedTo != channel)
        if (const ChannelKind kind = m_plan->channels[publishedTo.index()].kind;
            kind == ChannelKind::queue || kind == ChannelKind::stream)
            publishedTo = ChannelId::none();
    if (message.content && message.content->producer != 0 && publishedTo.valid())
        m_gatekeeping.sequences.takeBack(message.content->producer, publishedTo.value, message.content->sequence);
    for (const ChannelId each : {channel, publishedTo})
        if (each.valid() && m_plan->channels[each.index()].spec.dedup)
            m_gatekeeping.seen[each.index()].forget(dedupKey(m_plan->channels[each.index()], handle, door));
}

void Broker::cutQueue(std::uint32_t buffer, std::uint64_t to, BrokerDoor& door) {
    ReplicaSet& set = m_replicaSets[buffer];
    const ChannelId channel = m_plan->buffers[buffer].channel;
    const SubscriptionId queue = m_plan->channels[channel.index()].subscriptions.front();
    SubscriptionState& state = m_subscriptions[queue.index()];
    for (; !set.coming.empty() && set.appended > to; --set.appended) {
        const ReplicaSet::Coming last = set.coming.popBack();
        --m_coming;
        Record record = recordOf(RecordKind::lost, last.message, m_plan->subscriptions[queue.index()].place, door.now);
        record.reason = m_plan->reasons.leaderLost;
        record.bits = Record::bitsOf(last.sent ? CopyState::inTransit : CopyState::none);
        if (wasPromised(buffer, set.appended, last.asked))
            record.bits |= Record::promised;
        door.recorder.append(record);
        state.reserved.take(m_messages[last.message].size);
        if (!last.deaths) // a dead letter has been where it died
            forgetEntry(last.message, channel, door);
        oneLessInTurn(last.succession, door);
        release(last.message, door);
    }
    if (set.appended <= to)
        return;
    // Committed ones: an unclean election, or power failures on nodes that had not flushed them.
    const auto isCut = [&](CopyHandle handle) { return m_copyEntries[handle].entry > to; };
    for (const CopyHandle handle : state.ready.takeIf(isCut))
        leaveReady(state, m_copies[handle]);
    for (CopyHandle handle = 0; handle < m_copies.reach(); ++handle) {
        const Copy& copy = m_copies[handle];
        if (copy.subscription != queue || copy.state == CopyState::none || copy.settled || !isCut(handle))
            continue;
        const CopyEntry& logged = m_copyEntries[handle];
        if (!copy.deaths)
            forgetEntry(copy.message, channel, door);
        loseCopy(handle, wasPromised(buffer, logged.entry, logged.asked), door);
    }
}

// Wherever it is, but not in a queue's line any more. Its consumer does not hear of it: its ack will be refused.
void Broker::loseCopy(CopyHandle handle, bool promised, BrokerDoor& door) {
    const Copy& copy = m_copies[handle];
    const ConsumerId consumer = copy.state == CopyState::inFlight ? copy.consumer : ConsumerId::none();
    const PlaceId place = consumer.valid() ? placeOf(consumer, copy) : placeOf(copy);
    Record record = recordOf(RecordKind::lost, copy, place, door.now);
    record.reason = m_plan->reasons.leaderLost;
    record.bits = Record::bitsOf(copy.state);
    if (promised)
        record.bits |= Record::promised;
    door.recorder.append(record);
    if (consumer.valid())
        takeBack(handle);
    end(handle, door);
    if (consumer.valid())
        creditBack(consumer, door);
}

// What a group that shares the partition has of it from there on.
void Broker::loseShared(SubscriptionId id, std::uint32_t partition, std::uint64_t from, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    const std::uint32_t buffer = bufferOf(m_plan->subscriptions[id.index()].channel, partition);
    const StreamLog& log = m_streams[m_plan->subscriptions[id.index()].channel.index()].logs[partition];
    const auto isCut = [&](CopyHandle handle) {
        return m_copies[handle].partition == partition && offsetIn(m_copies[handle]) >= from;
    };
    for (const CopyHandle handle : state.ready.takeIf(isCut))
        leaveReady(state, m_copies[handle]);
    for (CopyHandle handle = 0; handle < m_copies.reach(); ++handle) {
        const Copy& copy = m_copies[handle];
        if (copy.subscription != id || copy.state == CopyState::none || copy.settled || !isCut(handle))
            continue;
        const std::uint64_t offset = offsetIn(copy);
        loseCopy(handle, log.holds(offset) && wasPromised(buffer, offset + 1, log.at(offset).asked), door);
    }
}

void Broker::cutStream(std::uint32_t buffer, std::uint64_t to, BrokerDoor& door) {
    const BufferPlan& plan = m_plan->buffers[buffer];
    const ChannelPlan& channel = m_plan->channels[plan.channel.index()];
    StreamState& stream = m_streams[plan.channel.index()];
    StreamLog& log = stream.logs[plan.partition];
    for (std::uint64_t offset = to; offset < log.end(); ++offset) {
        if (!log.holds(offset))
            continue;
        Message gone = log.at(offset).message;
        const bool promised = wasPromised(buffer, offset + 1, log.at(offset).asked);
        for (const SubscriptionId id : channel.subscriptions)
            if (m_subscriptions[id.index()].cursors[plan.partition].next <= offset)
                endUnread(id, plan.partition, offset, RecordKind::lost, m_plan->reasons.leaderLost, door, promised);
        gone.references = 1; // for whoever looks at it
        const MessageHandle handle = m_messages.add(std::move(gone));
        forgetEntry(handle, plan.channel, door);
        dropReference(handle);
    }
    // A group that was beyond goes on from the new end (Kafka: truncation is detected by the leader's epoch).
    for (const SubscriptionId id : channel.subscriptions) {
        GroupCursor& cursor = m_subscriptions[id.index()].cursors[plan.partition];
        cursor.next = std::min(cursor.next, to);
        cursor.againTo = std::min(cursor.againTo, to);
        if (m_subscriptions[id.index()].shared)
            loseShared(id, plan.partition, to, door);
        if (cursor.open == Copy::noMessage || m_copies[cursor.open].position < to || m_copies[cursor.open].settled)
            continue;
        const std::uint64_t offset = m_copies[cursor.open].position;
        loseCopy(cursor.open, log.holds(offset) && wasPromised(buffer, offset + 1, log.at(offset).asked), door);
    }
    cutTransactions(plan.channel, plan.partition, to, door);
    log.cut(to);
    if (!stream.subjects.empty())
        stream.subjects[plan.partition].cut(to);
    if (!stream.cleaners.empty())
        stream.cleaners[plan.partition].cut(to);
    if (!stream.clocks.empty())
        std::erase_if(stream.clocks[plan.partition], [to](const ClockSpan& span) { return span.from >= to; });
    for (const SubscriptionId id : channel.subscriptions) {
        GroupCursor& cursor = m_subscriptions[id.index()].cursors[plan.partition];
        while (!cursor.settled.empty() && cursor.committed + cursor.settled.size() > to)
            cursor.settled.popBack();
        if (cursor.committed <= to)
            continue;
        cursor.committed = to;
        Record record;
        record.at = door.now;
        record.kind = RecordKind::committed;
        record.place = m_plan->subscriptions[id.index()].partitionPlaces[plan.partition];
        record.reason = m_plan->reasons.leaderLost;
        record.extra = static_cast<std::uint32_t>(to);
        door.recorder.append(record);
    }
}

} // namespace weir
