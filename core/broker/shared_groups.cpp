// Shared groups: the records of a stream go to whoever of a group has credit, each by itself, and each is settled by
// itself. What NATS JetStream's consumers, Redis Streams' groups and Pulsar's shared subscriptions do. RocketMQ's
// groups and Pulsar's failover subscriptions have one member for each partition, which settles its records likewise.
// What was delivered once comes again before what was not, in the stream's order; what nobody can handle is given up
// and stays in the stream.
#include "core/broker/broker.h"

#include <algorithm>
#include <utility>

namespace weir {

// Partitions take turns. False where there is nothing to read, or nobody who would take it. What is withheld is read
// too, and passed by what stands behind it (Pulsar: the dispatcher hands it to the tracker of delayed deliveries).
bool Broker::readShared(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    const auto takes = [this](ConsumerId each) { return hasCredit(m_consumers[each.index()]); };
    if (state.plainTurns ? !someCredit(state) : std::none_of(state.consumers.begin(), state.consumers.end(), takes))
        return false;
    const auto partitions = static_cast<std::uint32_t>(state.cursors.size());
    const bool byPartition = channelOf(id).spec.isReadByPartition();
    for (std::uint32_t tried = 0; tried < partitions;) {
        const std::uint32_t partition = state.readNext++ % partitions;
        const ConsumerId reader = byPartition ? readerOf(id, partition) : ConsumerId::none();
        if ((byPartition && !(reader.valid() && takes(reader))) || !passRemoved(id, partition)) {
            ++tried;
            continue;
        }
        takeOverPending(id, partition, door);
        const CopyHandle handle = readNext(id, partition);
        const Copy& copy = m_copies[handle];
        if (copy.state == CopyState::ready) {
            pushReady(handle, RequeueTo::tail, door);
            return true;
        }
        door.effects.schedule(copy.readySince,
                              {static_cast<std::uint8_t>(BrokerDue::release), handle, copy.generation});
        tried = 0;
    }
    return false;
}

// --- the ack floor: all before it is settled (JetStream); a group's lag is counted from there ---

// What is passed over is done with, but for what is still pending (Redis): it was trimmed before the group, gone back,
// came to it again, and whoever has it holds the floor until it is acked or claimed.
void Broker::noteRead(SubscriptionId id, std::uint32_t partition, std::uint64_t offset) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    std::uint64_t next = cursor.committed + cursor.settled.size();
    for (; next < std::min(offset, cursor.passedTo); ++next) {
        const bool isPending = pendingAt(id, partition, next) != Copy::noMessage;
        if (cursor.settled.empty() && !isPending)
            ++cursor.committed;
        else
            cursor.settled.pushBack(isPending ? 0 : 1);
    }
    if (cursor.settled.empty())
        cursor.committed = std::max(cursor.committed, offset);
    while (cursor.committed + cursor.settled.size() < offset)
        cursor.settled.pushBack(1);
    cursor.settled.pushBack(0);
}

void Broker::raiseFloor(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, Record record,
                        BrokerDoor& door) {
    GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    if (offset < cursor.committed || offset - cursor.committed >= cursor.settled.size())
        return; // the group went ahead meanwhile, or back
    cursor.settled[offset - cursor.committed] = 1;
    if (offset != cursor.committed)
        return;
    while (!cursor.settled.empty() && cursor.settled.front() != 0) {
        cursor.settled.popFront();
        ++cursor.committed;
    }
    record.kind = RecordKind::committed;
    record.attempt = 0;
    record.extra = static_cast<std::uint32_t>(cursor.committed);
    door.recorder.append(record);
}

// --- what is no longer in the stream ---

// JetStream and Redis: what the stream has forgotten meanwhile is not delivered again.
void Broker::forgetRemoved(SubscriptionId id, BrokerDoor& door) {
    const SubscriptionState& state = m_subscriptions[id.index()];
    const StreamState& stream = m_streams[m_plan->subscriptions[id.index()].channel.index()];
    while (!state.ready.empty()) {
        const Copy& copy = m_copies[state.ready.front()];
        if (stream.logs[copy.partition].holds(offsetIn(copy)))
            return;
        const PlaceId place = placeOf(copy);
        endRemoved(popReady(id), CopyState::ready, place, door);
    }
}

void Broker::endRemoved(CopyHandle handle, CopyState from, PlaceId place, BrokerDoor& door) {
    Record record = recordOf(RecordKind::expired, m_copies[handle], place, door.now);
    record.reason = m_plan->reasons.retention;
    record.bits = Record::bitsOf(from);
    door.recorder.append(record);
    end(handle, door);
}

// Redis (7.0.15): what is pending stays so where the group goes back, until it is acked, or read again: then the entry
// is whoever's reads it, and its deliveries are counted anew.
bool Broker::keepsPending(SubscriptionId id) const {
    return channelOf(id).spec.group.whenGone == WhenGone::resume;
}

void Broker::takeOverPending(SubscriptionId id, std::uint32_t partition, BrokerDoor& door) {
    const GroupCursor& cursor = m_subscriptions[id.index()].cursors[partition];
    if (cursor.next >= cursor.againTo || !keepsPending(id))
        return;
    const CopyHandle handle = pendingAt(id, partition, cursor.next);
    if (handle == Copy::noMessage)
        return;
    const ConsumerId before = m_copies[handle].consumer;
    const PlaceId place = placeOf(before, m_copies[handle]);
    takeBack(handle);
    drop(handle, CopyState::inFlight, place, m_plan->reasons.seek, door);
    enterLine(before);
}

// A seek: what the group has of the partition from there on is given up, and read again. For what people do: looks at
// all copies.
void Broker::giveUpFrom(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    for (CopyHandle handle = 0; handle < m_copies.reach(); ++handle) {
        Copy& copy = m_copies[handle];
        if (copy.state == CopyState::none || copy.subscription != id || copy.partition != partition ||
            offsetIn(copy) < offset)
            continue;
        if (copy.settled) { // acked on delivery: its handler goes on, and the record is read again
            copy.passedBy = true;
            continue;
        }
        const CopyState from = copy.state;
        if (from == CopyState::inFlight && keepsPending(id))
            continue;
        const PlaceId place = from == CopyState::inFlight ? placeOf(copy.consumer, copy) : placeOf(copy);
        if (from == CopyState::inFlight)
            takeBack(handle);
        else if (from == CopyState::ready && state.ready.takeFirst(state.ready.size(), [handle](CopyHandle each) {
                     return each == handle;
                 }) == handle)
            leaveReady(state, copy);
        drop(handle, from, place, m_plan->reasons.seek, door);
    }
    for (std::size_t i = 0; i < state.consumers.size(); ++i)
        enterLine(state.consumers[i]);
}

// --- pending entries ---

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

// It changes hands; who had it may not settle it any more by the tag it was given.
void Broker::handOver(CopyHandle handle, ConsumerId to, bool counts, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    Record record = recordOf(RecordKind::requeued, copy, placeOf(copy.consumer, copy), door.now);
    record.reason = m_plan->reasons.claimed;
    takeBack(handle);
    door.recorder.append(record);
    copy.state = CopyState::ready;
    copy.readySince = door.now;
    if (!counts)
        --copy.attempt;
    deliver(handle, to, door);
}

// Redis's XCLAIM: its deliveries are counted on unless only its id is asked for; what is deleted from the stream is
// deleted from the list of what is pending, too (since 7.0).
bool Broker::claim(ConsumerId consumer, const Claim& claim, BrokerDoor& door) {
    const SubscriptionId id = m_consumers[consumer.index()].options.subscription;
    const CopyHandle handle = pendingAt(id, claim.partition, claim.offset);
    if (handle == Copy::noMessage)
        return false;
    const ConsumerId before = m_copies[handle].consumer;
    const ChannelId channel = m_plan->subscriptions[id.index()].channel;
    const bool there = m_streams[channel.index()].logs[claim.partition].holds(claim.offset);
    if (there && door.now - m_copies[handle].readySince < claim.idle)
        return false;
    if (there) {
        handOver(handle, consumer, claim.counts, door);
    } else {
        const PlaceId place = placeOf(before, m_copies[handle]);
        takeBack(handle);
        endRemoved(handle, CopyState::inFlight, place, door);
    }
    creditBack(before, door);
    dispatch(id, door);
    return there;
}

// Redis's XAUTOCLAIM: what is deleted counts among the `most`, what is not idle for so long does not; ten times as many
// are looked at.
std::optional<std::uint64_t> Broker::claimIdle(ConsumerId consumer, const Claim& from, std::size_t most,
                                               BrokerDoor& door) {
    std::size_t looks = 10 * most;
    const SubscriptionId id = m_consumers[consumer.index()].options.subscription;
    const StreamState& stream = m_streams[m_plan->subscriptions[id.index()].channel.index()];
    for (const Pending& entry : pending(id, door.now)) {
        if (entry.partition != from.partition || entry.offset < from.offset)
            continue;
        if (most == 0 || looks-- == 0)
            return entry.offset;
        const bool there = stream.logs[entry.partition].holds(entry.offset);
        Claim one = from;
        one.offset = entry.offset;
        most -= claim(consumer, one, door) || !there ? 1 : 0;
    }
    return std::nullopt;
}

// --- members that go and come back ---

// Nobody of the group will have it.
void Broker::leavePending(CopyHandle handle, PlaceId place, BrokerDoor& door) {
    takeBack(handle);
    drop(handle, CopyState::inFlight, place, m_plan->reasons.forgotten, door);
}

std::size_t Broker::forget(ConsumerId id, BrokerDoor& door) {
    std::size_t forgotten = 0;
    for (CopyHandle handle = m_consumers[id.index()].firstInFlight; handle != Copy::noMessage;) {
        const CopyHandle next = m_copies[handle].after;
        if (!m_copies[handle].settled) {
            leavePending(handle, placeOf(id, m_copies[handle]), door);
            ++forgotten;
        }
        handle = next;
    }
    retire(id, door);
    return forgotten;
}

// Redis's consumers, when they are back, read what they had not settled before anything new; that counts as a delivery.
void Broker::readHistory(ConsumerId id, BrokerDoor& door) {
    Consumer& consumer = m_consumers[id.index()];
    for (CopyHandle handle = consumer.firstInFlight; handle != Copy::noMessage; handle = m_copies[handle].after)
        if (!m_copies[handle].settled && !std::exchange(m_copies[handle].orphaned, true))
            takeCredit(consumer, -1);
    readOn(id, door);
}

// By id, whatever order it was delivered in (Redis: XREADGROUP with an id reads the list of what is pending, as a radix
// tree has it). Of what was trimmed it gets no more than the id: that stays pending until somebody claims it, and is no
// delivery. As far as the rate of deliveries lets it; the rest waits, orphaned.
void Broker::readOn(ConsumerId id, BrokerDoor& door) {
    const SubscriptionId subscription = m_consumers[id.index()].options.subscription;
    const StreamState& stream = m_streams[m_plan->subscriptions[subscription.index()].channel.index()];
    const auto isThere = [&](const Copy& copy) {
        return !isStream(subscription) || stream.logs[copy.partition].holds(offsetIn(copy));
    };
    std::vector<CopyHandle> history;
    for (CopyHandle handle = m_consumers[id.index()].firstInFlight; handle != Copy::noMessage;
         handle = m_copies[handle].after)
        if (m_copies[handle].orphaned && isThere(m_copies[handle]))
            history.push_back(handle);
    std::sort(history.begin(), history.end(), [this](CopyHandle left, CopyHandle right) {
        return std::pair(m_copies[left].partition, m_copies[left].position) <
               std::pair(m_copies[right].partition, m_copies[right].position);
    });
    const bool isPaced = m_subscriptions[subscription.index()].paced;
    for (const CopyHandle oldest : history) {
        const PlaceId place = placeOf(id, m_copies[oldest]);
        const Pace paced = isPaced ? pace(subscription, oldest, place, door) : Pace::now;
        if (paced == Pace::later)
            return;
        if (paced == Pace::now) {
            handOver(oldest, id, true, door);
        } else {
            takeBack(oldest);
            die(oldest, CopyState::inFlight, place, m_plan->reasons.rateLimit, door);
        }
    }
}

} // namespace weir
