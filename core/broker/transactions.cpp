// Transactions in a log: what is published within one is appended at once, with its offset, and stands there open until
// a marker says what became of it (Kafka: control records, which take an offset each). Groups that read committed
// records wait at the first record of the oldest open transaction, and pass over what was aborted; for them a copy is
// born when its transaction commits. The others read all of it as it comes. A transaction that nobody ends is aborted
// after its timeout (Kafka: transaction.timeout.ms), and whoever comes back to end it then is told that it is too late.
#include "core/broker/broker.h"

#include <algorithm>
#include <utility>

namespace weir {

TransactionTag Broker::beginTransaction(Duration timeout, BrokerDoor& door) {
    const std::uint32_t handle = m_transactions.add(
        {.records = {}, .deadline = door.now + timeout, .generation = ++m_generation, .failed = false, .open = true});
    if (m_transactions[handle].deadline < m_transactionsLook) {
        m_transactionsLook = m_transactions[handle].deadline;
        door.effects.schedule(m_transactionsLook,
                              {static_cast<std::uint8_t>(BrokerDue::transactions), 0,
                               static_cast<std::uint64_t>(m_transactionsLook.time_since_epoch().count())});
    }
    return {handle, m_transactions[handle].generation};
}

bool Broker::endTransaction(TransactionTag tag, bool commits, ReasonId reason, BrokerDoor& door) {
    if (!isOpen(tag))
        return false;
    const bool done = !commits || !m_transactions[tag.transaction].failed;
    finishTransaction(tag.transaction, commits && done, done ? reason : m_plan->reasons.aborted, door);
    return done;
}

// Those that are over by now; one look for all of them.
void Broker::timeOutTransactions(std::uint64_t look, BrokerDoor& door) {
    if (m_transactionsLook.time_since_epoch().count() != static_cast<std::int64_t>(look))
        return; // another one was to end earlier, and looked for all
    m_transactionsLook = SimTime::max();
    for (std::uint32_t handle = 0; handle < m_transactions.reach(); ++handle)
        if (m_transactions[handle].open && m_transactions[handle].deadline <= door.now)
            finishTransaction(handle, false, m_plan->reasons.transactionTimeout, door);
    for (std::uint32_t handle = 0; handle < m_transactions.reach(); ++handle)
        if (m_transactions[handle].open)
            m_transactionsLook = std::min(m_transactionsLook, m_transactions[handle].deadline);
    if (m_transactionsLook != SimTime::max())
        door.effects.schedule(m_transactionsLook,
                              {static_cast<std::uint8_t>(BrokerDue::transactions), 0,
                               static_cast<std::uint64_t>(m_transactionsLook.time_since_epoch().count())});
}

// A record of an open transaction has got its offset. Its correlation stays open until it is known what becomes of it.
void Broker::joinTransaction(TransactionTag tag, const LogPlace& at, FamilyHandle family) {
    StreamState& stream = m_streams[at.channel.index()];
    if (stream.transactions.empty())
        stream.transactions.resize(stream.logs.size());
    stream.transactions[at.partition].note(tag.transaction, at.offset);
    stream.logs[at.partition].mark(at.offset, StreamLog::Mark::open);
    m_transactions[tag.transaction].records.push_back({at, family});
    ++m_families[family].open;
    ++m_families[family].references;
}

std::uint64_t Broker::stableEnd(ChannelId channel, std::uint32_t partition) const {
    const StreamState& stream = m_streams[channel.index()];
    const std::uint64_t end = stream.logs[partition].end();
    return stream.transactions.empty() ? end : stream.transactions[partition].stableEnd(end);
}

// Whether the group ever reads it: it is there, and not what only the others see.
bool Broker::isSeen(SubscriptionId id, const StreamLog& log, std::uint64_t offset) const {
    return log.holds(offset) &&
           (!m_plan->subscriptions[id.index()].committedOnly || log.at(offset).mark == StreamLog::Mark::none);
}

void Broker::finishTransaction(std::uint32_t handle, bool commits, ReasonId reason, BrokerDoor& door) {
    const std::vector<LoggedRecord> records = std::move(m_transactions[handle].records);
    m_transactions[handle].records.clear();
    m_transactions[handle].open = false;
    std::vector<LogPlace> ends; // one for each partition, in the order in which it came to them
    for (const LoggedRecord& record : records)
        if (std::none_of(ends.begin(), ends.end(), [&record](const LogPlace& end) {
                return end.channel == record.at.channel && end.partition == record.at.partition;
            }))
            ends.push_back(record.at);
    for (const LoggedRecord& record : records)
        decideRecord(record.at, commits, door);
    // Kafka: each partition is stable from its own marker on, when that is replicated. On nodes who reads several reads
    // on behind the first one.
    for (LogPlace& end : ends) {
        StreamState& stream = m_streams[end.channel.index()];
        if (hasNodes())
            stream.transactions[end.partition].end(handle, stream.logs[end.partition].end(), {commits, reason});
        else
            stream.transactions[end.partition].close(handle);
        end.offset = appendMarker(end, commits, reason, door);
    }
    m_transactions.free(handle);
    for (const LoggedRecord& record : records)
        leaveFamily(record.family, true, door);
    for (const LogPlace& end : ends)
        readOnBehind(end, door);
}

// What is decided is born for those who had not seen it, or never will be.
void Broker::decideRecord(const LogPlace& at, bool commits, BrokerDoor& door) {
    StreamLog& log = m_streams[at.channel.index()].logs[at.partition];
    if (!log.holds(at.offset))
        return; // retention was quicker
    log.mark(at.offset, commits ? StreamLog::Mark::none : StreamLog::Mark::aborted);
    if (commits && !m_plan->channels[at.channel.index()].replicators.empty()) {
        Message message = log.at(at.offset).message;
        message.references = 1;
        const MessageHandle handle = m_messages.add(std::move(message));
        const StreamLog::Entry& entry = log.at(at.offset);
        crossOver(handle,
                  {.channel = at.channel,
                   .via = {},
                   .round = entry.round,
                   .delay = std::max(Duration::zero(), entry.at + entry.message.delay - door.now)},
                  at.partition, door);
        dropReference(handle);
    }
    for (const SubscriptionId id : m_plan->channels[at.channel.index()].subscriptions) {
        GroupCursor& cursor = m_subscriptions[id.index()].cursors[at.partition];
        if (!m_plan->subscriptions[id.index()].committedOnly || cursor.next > at.offset)
            continue;
        if (!commits) {
            ackedInStream(id, at.partition, at.offset, door); // it will never ask for it
            continue;
        }
        Record record = recordAt(RecordKind::enqueued, id, at.partition, at.offset, door.now);
        record.value = -1;
        record.bits = Record::bitsOf(CopyState::none, unreadState(id, log, at.offset) == CopyState::delayed);
        door.recorder.append(record);
        countUnread(id, at.partition, at.offset, door.now);
    }
}

// A copy that is born where the group has still to read it.
void Broker::countUnread(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, SimTime now) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    const bool again = offset < cursor.againTo;
    if (again && cursor.againUnread++ == 0)
        cursor.again = m_families.add({.root = 0, .started = now, .complete = true});
    const StreamLog& log = m_streams[m_plan->subscriptions[id.index()].channel.index()].logs[partition];
    Family& family = m_families[again ? cursor.again : log.at(offset).message.family];
    family.open += m_plan->subscriptions[id.index()].consumed ? 1 : 0;
    ++family.references;
}

std::uint64_t Broker::appendMarker(const LogPlace& at, bool commits, ReasonId reason, BrokerDoor& door) {
    StreamLog& log = m_streams[at.channel.index()].logs[at.partition];
    Record record;
    record.at = door.now;
    record.kind = commits ? RecordKind::transactionCommitted : RecordKind::transactionAborted;
    record.place = m_plan->channels[at.channel.index()].partitionPlaces[at.partition];
    record.reason = reason;
    const std::uint64_t start = log.start();
    const std::uint64_t offset = log.appendMarker(door.now);
    for (const SubscriptionId id : m_plan->channels[at.channel.index()].subscriptions)
        if (GroupCursor& cursor = m_subscriptions[id.index()].cursors[at.partition];
            cursor.next >= start && m_plan->subscriptions[id.index()].resetsToTheEnd)
            cursor.next = std::max(cursor.next, log.start()); // in an empty log it is forgotten at once
    record.extra = static_cast<std::uint32_t>(offset);
    record.value =
        static_cast<std::int64_t>(m_streams[at.channel.index()].transactions[at.partition].openEnd(log.end()));
    door.recorder.append(record);
    if (hasNodes()) {
        m_replicaSets[bufferOf(at.channel, at.partition)].appended = offset + 1;
        replicate(bufferOf(at.channel, at.partition), door);
    } else {
        replaceOlder(at.channel, at.partition, offset + 1, offset + 1, door);
    }
    return offset;
}

// Kafka: the coordinator sends a marker until it is replicated.
void Broker::writeMarkersAgain(std::uint32_t buffer, BrokerDoor& door) {
    const BufferPlan& plan = m_plan->buffers[buffer];
    StreamState& stream = m_streams[plan.channel.index()];
    if (stream.transactions.empty())
        return;
    const StreamLog& log = stream.logs[plan.partition];
    while (const auto lost = stream.transactions[plan.partition].takeLost(log.end()))
        appendMarker({.channel = plan.channel, .partition = plan.partition}, lost->commits, lost->reason, door);
}

// Those who waited for the decision, and those whose position stands before what nobody reads.
void Broker::readOnBehind(const LogPlace& marker, BrokerDoor& door) {
    for (const SubscriptionId id : m_plan->channels[marker.channel.index()].subscriptions) {
        dispatchStream(id, marker.partition, door);
        GroupCursor& cursor = m_subscriptions[id.index()].cursors[marker.partition];
        if (!hasOwners(id) || !cursor.owner.valid() || cursor.open != Copy::noMessage)
            continue;
        passRemoved(id, marker.partition);
        if (cursor.next <= cursor.committed)
            continue;
        Record record;
        record.at = door.now;
        record.place = m_plan->subscriptions[id.index()].partitionPlaces[marker.partition];
        handled(id, marker.partition, record, door);
    }
}

// The log of a new leader ends before: what stood behind that is lost, and no business of its transaction any more.
void Broker::cutTransactions(ChannelId channel, std::uint32_t partition, std::uint64_t to, BrokerDoor& door) {
    StreamState& stream = m_streams[channel.index()];
    if (stream.transactions.empty())
        return;
    stream.transactions[partition].cut(to);
    std::vector<FamilyHandle> families;
    for (std::uint32_t handle = 0; handle < m_transactions.reach(); ++handle)
        if (m_transactions[handle].open)
            std::erase_if(m_transactions[handle].records, [&](const LoggedRecord& record) {
                const bool cut =
                    record.at.channel == channel && record.at.partition == partition && record.at.offset >= to;
                if (cut)
                    families.push_back(record.family);
                return cut;
            });
    for (const FamilyHandle family : families)
        leaveFamily(family, true, door);
}

// The offsets that a transaction sends along are committed with it, whatever the group's own interval.
void Broker::commitWithTransaction(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    if (!hasOwners(id) || reach(id, partition) <= m_subscriptions[id.index()].cursors[partition].committed)
        return;
    Record record;
    record.at = door.now;
    record.place = m_plan->subscriptions[id.index()].partitionPlaces[partition];
    commit(id, partition, record, door);
}

} // namespace weir
