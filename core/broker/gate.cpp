// The gate: whether a channel lets a message in: its size, whether it has been here, whether its data are what its
// event type's schema says. Asked of the exchange that it is published to, and of each queue and stream that would take
// it.
#include "core/broker/broker.h"

#include <optional>
#include <string>
#include <vector>

namespace weir {

void Broker::adoptGates() {
    for (std::size_t c = 0; c < m_plan->channels.size(); ++c) {
        const std::optional<DedupSpec>& dedup = m_plan->channels[c].spec.dedup;
        if (!dedup)
            continue;
        if (m_gatekeeping.seen.empty())
            m_gatekeeping.seen.resize(m_plan->channels.size());
        IdempotencyStore& seen = m_gatekeeping.seen[c];
        seen.setLimits({.ttl = dedup->window, .keysMax = static_cast<std::size_t>(dedup->keysMax)});
    }
}

std::uint64_t Broker::dedupKey(const ChannelPlan& channel, MessageHandle handle, BrokerDoor& door) const {
    if (channel.dedupPath->attribute() == EventAttribute::id)
        return IdempotencyStore::keyOf(m_messages[handle].identity());
    const EventView view = door.effects.view(handle);
    std::string text;
    channel.dedupPath->appendText(text, view);
    return IdempotencyStore::keyOf(text);
}

bool Broker::isValid(MessageHandle handle, const JsonSchema& schema, BrokerDoor& door) {
    const EventView view = door.effects.view(handle);
    return m_gatekeeping.verdicts.accepts(schema, view.data ? *view.data : Value());
}

Broker::Entry Broker::checkSchema(const ChannelPlan& channel, MessageHandle handle, BrokerDoor& door) {
    using Standing = SchemaRegistry::Standing;
    const std::size_t type = m_messages[handle].type.index();
    SchemaRegistry::Entry entry;
    if (type < m_plan->schemas.size()) {
        entry = m_plan->schemas[type];
    } else { // a live system's
        const EventTypeRow& row = door.recorder.catalogue()->eventTypes()[type];
        entry = m_plan->registry->find(row.name, row.version);
    }
    if (entry.standing == Standing::free)
        return {};
    ReasonId reason;
    if (entry.standing == Standing::unknown)
        reason = m_plan->reasons.unknownSchema;
    else if (entry.standing == Standing::incompatible)
        reason = m_plan->reasons.incompatibleSchema;
    else if (!isValid(handle, *entry.schema, door))
        reason = m_plan->reasons.invalidSchema;
    else
        return {};
    switch (channel.spec.schemaCheck) {
    case SchemaCheck::deadLetter:
        return {Entry::Way::dead, reason};
    case SchemaCheck::warn:
        return {Entry::Way::open, reason};
    case SchemaCheck::reject:
    case SchemaCheck::none:
        break;
    }
    return {Entry::Way::refused, reason};
}

// Nothing is remembered yet: a message that is refused elsewhere, or waits for room, has not been here.
Broker::Entry Broker::askGate(ChannelId id, MessageHandle handle, BrokerDoor& door) {
    const ChannelPlan& channel = m_plan->channels[id.index()];
    if (!channel.gated)
        return {};
    if (channel.spec.messageSizeMax && m_messages[handle].size > channel.spec.messageSizeMax->count)
        return {Entry::Way::refused, m_plan->reasons.messageSize};
    // A repeat is passed over before its data are looked at: they were, the first time.
    if (channel.spec.dedup && m_gatekeeping.seen[id.index()].contains(dedupKey(channel, handle, door), door.now))
        return {Entry::Way::repeated, m_plan->reasons.duplicate};
    if (channel.spec.schemaCheck != SchemaCheck::none)
        return checkSchema(channel, handle, door);
    return {};
}

// It has come in, or come again.
void Broker::noteEntry(ChannelId id, MessageHandle handle, BrokerDoor& door) {
    const ChannelPlan& channel = m_plan->channels[id.index()];
    if (!channel.spec.dedup)
        return;
    IdempotencyStore& seen = m_gatekeeping.seen[id.index()];
    const std::uint64_t key = dedupKey(channel, handle, door);
    if (!seen.firstTime(key, door.now) && channel.spec.dedup->sliding)
        seen.renew(key, door.now);
}

// A producer's repeat is known by its number, whatever else the channel asks.
Broker::Entry Broker::askSequence(const Publish& publish) const {
    const Content* content = m_messages[publish.message].content.get();
    if (!content || content->producer == 0)
        return {};
    switch (m_gatekeeping.sequences.placeOf(content->producer, publish.channel.value, content->sequence)) {
    case ProducerSequences::Place::next:
        return {};
    case ProducerSequences::Place::repeated:
        return {Entry::Way::repeated, m_plan->reasons.sequence};
    case ProducerSequences::Place::early:
        break;
    }
    return {Entry::Way::refused, m_plan->reasons.sequence};
}

bool Broker::leavesGap(std::uint32_t producer, std::uint32_t sequence, ChannelId channel) const {
    return m_gatekeeping.sequences.placeOf(producer, channel.value, sequence) == ProducerSequences::Place::early;
}

void Broker::noteSequence(const Publish& publish) {
    const Content* content = m_messages[publish.message].content.get();
    if (content && content->producer != 0)
        m_gatekeeping.sequences.letIn(content->producer, publish.channel.value, content->sequence);
}

// The whole message is decided at its first gate. Nothing: it goes on.
std::optional<Admission> Broker::turnAway(const Publish& publish, Entry entry, BrokerDoor& door) {
    if (entry.way == Entry::Way::repeated) {
        // As if it had been published (JetStream answers with the stream's name and "duplicate": true).
        Record record = recordOf(RecordKind::deduplicated, publish.message, m_messages[publish.message].from, door.now);
        record.reason = entry.reason;
        door.recorder.append(record);
        unhold(publish.message, door);
        return Admission::accepted;
    }
    if (entry.way == Entry::Way::refused || entry.way == Entry::Way::dead) {
        refuse(publish, entry.reason, door);
        return isForGood(entry.reason) ? Admission::unacceptable : Admission::refused;
    }
    return std::nullopt;
}

// Kafka: RecordTooLargeException and InvalidRecordException are none of the retriable ones; Pulsar:
// InvalidMessageException and IncompatibleSchemaException.
bool Broker::isForGood(ReasonId reason) const {
    const auto& reasons = m_plan->reasons;
    return reason == reasons.messageSize || reason == reasons.invalidSchema || reason == reasons.unknownSchema ||
           reason == reasons.incompatibleSchema;
}

// A target that does not let in what others take: the copy ends where it would have been born. As with any death, what
// would come back to where it died is dropped: a channel that demands a schema does not get what it refused as a dead
// letter.
void Broker::buryAtGate(const Publish& publish, const RouteTarget& target, Entry entry, BrokerDoor& door) {
    const ChannelPlan& channel = m_plan->channels[target.channel.index()];
    const RoutingKeyId own = m_messages[publish.message].routingKey;
    const RoutingKeyId after = m_deadLetterKeys[target.channel.index()];
    std::optional<Routing> routing;
    std::vector<RouteTarget> graves;
    ReasonId reason = entry.reason;
    if (entry.way == Entry::Way::dead && channel.deadLetter.valid()) {
        routing.emplace(route(publish.message, channel.deadLetter, door, after != noHandle ? after : own));
        bool someThere = false;
        for (const RouteTarget& to : routing->targets()) {
            someThere = someThere || !isDeleted(to);
            if (!isDeleted(to) && to.channel != target.channel)
                graves.push_back(to);
        }
        if (graves.empty())
            reason = someThere ? m_plan->reasons.cycle : m_plan->reasons.noRoute;
    }
    for (const SubscriptionId id : channel.subscriptions) {
        Record record = recordOf(graves.empty() ? RecordKind::dropped : RecordKind::deadLettered, publish.message,
                                 m_plan->subscriptions[id.index()].place, door.now);
        record.reason = reason;
        record.value = channel.deadLetter.valid() && entry.way == Entry::Way::dead ? channel.deadLetter.value : -1;
        record.bits = Record::bitsOf(CopyState::none);
        door.recorder.append(record);
    }
    if (graves.empty())
        return;
    take(*routing);
    const auto death = withDeath(nullptr, {.channel = target.channel,
                                           .reason = entry.reason,
                                           .at = door.now,
                                           .key = own,
                                           .after = after,
                                           .before = nullptr});
    const auto round = static_cast<std::uint16_t>(publish.round + 1);
    for (const RouteTarget& to : graves) {
        const ChannelPlan& grave = m_plan->channels[to.channel.index()];
        if (grave.kind == ChannelKind::stream)
            append(publish.message, {.channel = to.channel, .via = target.channel, .round = round, .deaths = death},
                   door);
        else
            enqueue(publish.message,
                    {.subscription = grave.subscriptions.front(),
                     .via = target.channel,
                     .deaths = death,
                     .forgetTtl = true,
                     .round = round,
                     .delay = {}},
                    door);
    }
}

} // namespace weir
