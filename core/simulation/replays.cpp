// Replays of an archive: each event is published again, as the same event with the replay's name on it, in the order in
// which it first came, all of them now.
#include "core/kernel/hash.h"
#include "core/simulation/simulation.h"

namespace weir {

void Simulation::replayArchive(const FaultPlan& fault, BrokerDoor& door) {
    auto replay = std::make_shared<Replay>();
    replay->name = fault.spec.name;
    for (const std::string& rule : fault.spec.rules)
        replay->rules.push_back(m_model->catalogue->channel(rule));
    const SimTime until{fault.spec.until.value_or(door.now.time_since_epoch())};
    const ReasonId name = m_model->catalogue->addReason(replay->name);
    for (const MessageHandle handle : m_broker.archived(fault.channel, SimTime{fault.spec.from}, until, door.now)) {
        Message again = m_broker.message(handle);
        auto content = again.content ? std::make_shared<Content>(*again.content) : std::make_shared<Content>();
        content->identity = again.identity();
        content->producer = content->sequence = 0;
        content->replay = replay;
        Value::Table headers = content->headers.table() ? *content->headers.table() : Value::Table();
        std::erase_if(headers, [](const Value::Member& member) { return member.first == replayHeader; });
        headers.emplace_back(replayHeader, Value(replay->name));
        content->headers = Value(std::move(headers));
        again.content = std::move(content);
        Record record;
        record.at = door.now;
        record.ordinal = ++m_ordinals;
        record.value = static_cast<std::int64_t>(again.ordinal);
        record.place = again.from;
        record.type = again.type;
        record.kind = RecordKind::published;
        record.bits = Record::repeat;
        record.reason = name;
        const bool hasData = !again.content->data.isNull();
        door.recorder.append(record, hasData ? hash64(again.content->data.canonical()) : 0);
        again.ordinal = record.ordinal;
        again.published = door.now;
        again.cause = 0; // a conversation of its own
        Broker::Publish publish;
        publish.message = m_broker.add(std::move(again));
        publish.channel = fault.channel;
        publish.token = noHandle; // nobody waits for it
        publish.replayed = true;
        m_broker.publish(publish, door);
    }
}

} // namespace weir
