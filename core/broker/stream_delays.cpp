// Delays of what comes to a stream. Where they hold back the append (RocketMQ: the message waits in the schedule topic)
// its copies are born delayed and without an offset, and it is appended when the delay is over, behind all that came
// meanwhile. Where they hold back the delivery (Pulsar) it is appended at once, and withheld from groups that share the
// records: these read past it, and get it when its delay is over, before what they have not read yet.
#include "core/broker/broker.h"

#include <algorithm>

namespace weir {

void Broker::holdBack(std::uint32_t partition, MessageHandle message, const Appending& to, BrokerDoor& door) {
    retain(message);
    const std::uint32_t late =
        m_lateAppends.add({.message = message, .to = to, .partition = partition, .generation = ++m_generation});
    Appending& waiting = m_lateAppends[late].to;
    waiting.delay = {};
    waiting.waited = true;
    if (waiting.asked) // they have their answer now
        waiting.asked = Acks::none;
    if (static_cast<std::int64_t>(++m_coming + m_copies.used()) > m_plan->copiesMax)
        m_boundReached = true;
    Record record = recordOf(RecordKind::enqueued, message, {}, door.now);
    record.value = to.via.valid() ? to.via.value : -1;
    record.extra = Record::noOffset;
    record.bits = Record::bitsOf(CopyState::none, true);
    for (const SubscriptionId id : m_plan->channels[to.channel.index()].subscriptions) {
        record.place = m_plan->subscriptions[id.index()].partitionPlaces[partition];
        door.recorder.append(record);
    }
    door.effects.schedule(door.now + to.delay,
                          {static_cast<std::uint8_t>(BrokerDue::append), late, m_lateAppends[late].generation});
}

// As a publish it finds room there, or not.
void Broker::appendLate(std::uint32_t late, BrokerDoor& door) {
    const LateAppend waited = m_lateAppends[late];
    m_lateAppends[late] = {};
    m_lateAppends.free(late);
    --m_coming;
    const ChannelPlan& channel = m_plan->channels[waited.to.channel.index()];
    if (channel.spec.refuseWhenFull && logFull(waited.to.channel, waited.partition, m_messages[waited.message])) {
        for (const SubscriptionId id : channel.subscriptions) {
            Record record = recordOf(RecordKind::dropped, waited.message,
                                     m_plan->subscriptions[id.index()].partitionPlaces[waited.partition], door.now);
            record.reason = m_plan->reasons.maxLength;
            record.value = -1;
            record.extra = Record::noOffset;
            record.bits = Record::bitsOf(CopyState::delayed);
            door.recorder.append(record);
        }
    } else {
        appendTo(waited.partition, waited.message, waited.to, door);
    }
    release(waited.message, door);
}

void Broker::withhold(ChannelId channel, std::uint32_t partition, std::uint64_t offset, BrokerDoor& door) {
    const Duration delay = m_streams[channel.index()].logs[partition].at(offset).message.delay;
    door.effects.schedule(door.now + delay, {static_cast<std::uint8_t>(BrokerDue::recordReady),
                                             std::uint32_t{channel.value} << 16U | partition, offset});
}

// Who has read it has a copy that is released by itself; for the others it waits to be read from now on. A record that
// was lost with its leader may have left its offset to another one, which is none of this.
void Broker::endWithholding(ChannelId channel, std::uint32_t partition, std::uint64_t offset, BrokerDoor& door) {
    StreamLog& log = m_streams[channel.index()].logs[partition];
    if (!log.holds(offset) || !log.at(offset).withheld || log.at(offset).at + log.at(offset).message.delay > door.now)
        return;
    for (const SubscriptionId id : m_plan->channels[channel.index()].subscriptions)
        if (m_subscriptions[id.index()].cursors[partition].next <= offset && isSeen(id, log, offset))
            door.recorder.append(recordAt(RecordKind::released, id, partition, offset, door.now));
    log.release(offset);
}

} // namespace weir
