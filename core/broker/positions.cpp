// Positions: how far a group has come in a partition, what it has committed, and how it goes back or ahead. What is
// read a second time, because its position was not committed or somebody went back, counts as born again for the group.
#include "core/broker/broker.h"

#include <algorithm>
#include <utility>

namespace weir {

Record Broker::recordAt(RecordKind kind, SubscriptionId id, std::uint32_t partition, std::uint64_t offset,
                        SimTime now) const {
    const SubscriptionPlan& plan = m_plan->subscriptions[id.index()];
    const Message& message = m_streams[plan.channel.index()].logs[partition].at(offset).message;
    Record record;
    record.at = now;
    record.ordinal = message.ordinal;
    record.type = message.type;
    record.place = plan.partitionPlaces[partition];
    record.kind = kind;
    record.extra = static_cast<std::uint32_t>(offset);
    return record;
}

Broker::GroupPosition Broker::position(SubscriptionId group, std::uint32_t partition) const {
    const GroupCursor& cursor = m_subscriptions[group.index()].cursors[partition];
    const StreamLog& log = m_streams[m_plan->subscriptions[group.index()].channel.index()].logs[partition];
    return {.start = log.start(),
            .end = log.end(),
            .stable = stableEnd(m_plan->subscriptions[group.index()].channel, partition),
            .next = reach(group, partition),
            .committed = cursor.committed,
            .owner = cursor.owner};
}

// All before it is handled.
std::uint64_t Broker::reach(SubscriptionId id, std::uint32_t partition) const {
    const GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    return cursor.open == Copy::noMessage ? cursor.next : std::min(cursor.next, m_copies[cursor.open].position);
}

// Kafka: for those who read committed records the log ends where they may read to.
std::uint64_t Broker::offsetOf(const ReadFromSpec& from, SubscriptionId id, std::uint32_t partition) const {
    const SubscriptionPlan& plan = m_plan->subscriptions[id.index()];
    const StreamLog& log = m_streams[plan.channel.index()].logs[partition];
    switch (from.where) {
    case ReadFromSpec::Where::earliest:
        break;
    case ReadFromSpec::Where::latest:
        return plan.committedOnly ? stableEnd(plan.channel, partition) : log.end();
    case ReadFromSpec::Where::offset:
        return std::clamp(static_cast<std::uint64_t>(from.offset), log.start(), log.end());
    case ReadFromSpec::Where::time:
        return log.offsetAt(SimTime{from.time});
    }
    return log.start();
}

// --- commits ---

void Broker::commit(SubscriptionId id, std::uint32_t partition, Record record, BrokerDoor& door) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    cursor.committed = reach(id, partition);
    cursor.commits = true;
    record.kind = RecordKind::committed;
    record.extra = static_cast<std::uint32_t>(cursor.committed); // what retention took meanwhile is passed over
    door.recorder.append(record);
}

void Broker::commitDue(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    cursor.commitScheduled = false;
    if (reach(id, partition) <= cursor.committed)
        return; // committed meanwhile, or gone back
    Record record;
    record.at = door.now;
    record.place = m_plan->subscriptions[id.index()].partitionPlaces[partition];
    commit(id, partition, record, door);
}

// --- going back and ahead ---

// An owner has come, and nothing was ever committed: it begins where the group is told to (Kafka's auto.offset.reset).
void Broker::beginAt(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    if (m_subscriptions[id.index()].cursors[partition].commits)
        return;
    const std::uint64_t begin = offsetOf(m_plan->subscriptions[id.index()].from, id, partition);
    if (begin <= reach(id, partition))
        return;
    layBack(id, partition, m_plan->reasons.offsetReset, door);
    passOver(id, partition, begin, m_plan->reasons.offsetReset, door);
}

// Its owner has gone without a word: what it had handled and not committed is read again.
void Broker::goBack(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    const GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    readAgain(id, partition,
              cursor.commits ? cursor.committed : offsetOf(m_plan->subscriptions[id.index()].from, id, partition),
              m_plan->reasons.uncommitted, door);
}

// What is being handled is taken back, and its ack will come too late; one that was settled on its delivery is left to
// its handler.
void Broker::revoke(SubscriptionId id, std::uint32_t partition, ReasonId reason, BrokerDoor& door) {
    const CopyHandle open = m_subscriptions[id.index()].cursors[partition].open;
    if (open == Copy::noMessage || m_copies[open].state != CopyState::inFlight || m_copies[open].settled)
        return;
    const PlaceId place = placeOf(m_copies[open].consumer, m_copies[open]);
    takeBack(open);
    giveBack(open, RequeueTo::oldPlace, place, reason, door);
}

// Cleaned away while a copy of it waited: nobody can read it again.
void Broker::forgetOpen(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    const SubscriptionPlan& plan = m_plan->subscriptions[id.index()];
    Copy& copy = m_copies[cursor.open];
    Record record = recordOf(RecordKind::expired, copy, plan.partitionPlaces[partition], door.now);
    record.reason = m_plan->reasons.retention;
    record.bits = Record::bitsOf(copy.state);
    door.recorder.append(record);
    freeCopy(std::exchange(cursor.open, Copy::noMessage), door);
}

// A copy that waits is as if it had not been read.
void Broker::layBack(SubscriptionId id, std::uint32_t partition, ReasonId reason, BrokerDoor& door) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    if (cursor.open == Copy::noMessage)
        return;
    Copy& copy = m_copies[cursor.open];
    const StreamLog& log = m_streams[m_plan->subscriptions[id.index()].channel.index()].logs[partition];
    if (copy.state == CopyState::inFlight)
        return;
    if (!log.holds(copy.position)) {
        forgetOpen(id, partition, door);
        return;
    }
    if (copy.state == CopyState::delayed) {
        Record record = recordOf(RecordKind::released, copy,
                                 m_plan->subscriptions[id.index()].partitionPlaces[partition], door.now);
        record.reason = reason;
        door.recorder.append(record);
    }
    const std::uint64_t offset = copy.position;
    const MessageHandle message = copy.message;
    copy.state = CopyState::none;
    copy.deaths.reset();
    copy.generation = ++m_generation;
    m_copies.free(cursor.open);
    dropReference(message);
    cursor.open = Copy::noMessage;
    cursor.next = offset;
    cursor.againUnread += offset < cursor.againTo ? 1 : 0;
}

void Broker::readAgain(SubscriptionId id, std::uint32_t partition, std::uint64_t from, ReasonId reason,
                       BrokerDoor& door) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    if (from >= reach(id, partition))
        return;
    layBack(id, partition, reason, door);
    const StreamLog& log = m_streams[m_plan->subscriptions[id.index()].channel.index()].logs[partition];
    if (!m_plan->subscriptions[id.index()].resetsToTheEnd) // else it tells what is forgotten
        from = std::max(from, log.start());
    const std::uint64_t readTo = cursor.next;
    if (cursor.againUnread == 0)
        cursor.againTo = 0; // a new correlation, made when the first is born
    for (std::uint64_t offset = std::max(from, log.start()); offset < readTo; ++offset) {
        if (!isSeen(id, log, offset))
            continue;
        if (cursor.againUnread == 0)
            cursor.again = m_families.add({.root = 0, .started = door.now, .complete = true});
        cursor.againTo = std::max(cursor.againTo, readTo);
        ++cursor.againUnread;
        m_families[cursor.again].open += m_plan->subscriptions[id.index()].consumed ? 1 : 0;
        ++m_families[cursor.again].references;
        Record record = recordAt(RecordKind::enqueued, id, partition, offset, door.now);
        record.value = -1;
        record.reason = reason;
        record.bits = Record::bitsOf(CopyState::none, unreadState(id, log, offset) == CopyState::delayed);
        door.recorder.append(record);
    }
    cursor.next = std::min(from, readTo);
}

void Broker::passOver(SubscriptionId id, std::uint32_t partition, std::uint64_t to, ReasonId reason, BrokerDoor& door) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    const StreamLog& log = m_streams[m_plan->subscriptions[id.index()].channel.index()].logs[partition];
    while (cursor.next < to) {
        const std::uint64_t offset = cursor.next++;
        if (log.holds(offset))
            endUnread(id, partition, offset, RecordKind::dropped, reason, door);
    }
}

void Broker::seek(SubscriptionId id, const ReadFromSpec& to, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    for (std::uint32_t partition = 0; partition < state.cursors.size(); ++partition) {
        const std::uint64_t offset = offsetOf(to, id, partition);
        const ConsumerId owner = state.cursors[partition].owner;
        revoke(id, partition, m_plan->reasons.seek, door);
        layBack(id, partition, m_plan->reasons.seek, door);
        if (state.shared)
            giveUpFrom(id, partition, offset, door);
        GroupCursor& cursor = state.cursors[partition];
        if (state.shared && keepsPending(id))
            cursor.passedTo = std::max(cursor.passedTo, cursor.next);
        if (offset < cursor.next)
            readAgain(id, partition, offset, m_plan->reasons.seek, door);
        else
            passOver(id, partition, offset, m_plan->reasons.seek, door);
        cursor.committed = offset;
        cursor.commits = true;
        cursor.settled = {};
        Record record;
        record.at = door.now;
        record.place = m_plan->subscriptions[id.index()].partitionPlaces[partition];
        record.kind = RecordKind::committed;
        record.reason = m_plan->reasons.seek;
        record.extra = static_cast<std::uint32_t>(offset);
        door.recorder.append(record);
        if (owner.valid())
            creditBack(owner, door);
        dispatchStream(id, partition, door);
    }
}

} // namespace weir
