// Half messages: held, invisible, until their producer says what became of its local transaction; where it does not
// say, the broker asks (RocketMQ: first after transactionTimeOut, then every transactionCheckInterval,
// transactionCheckMax times; then the message is discarded). RocketMQ's broker looks at all of them at once, each
// transactionCheckInterval, and asks about those that are old enough by then.
#include "core/broker/broker.h"

namespace weir {

HalfTag Broker::prepare(const Publish& publish, BrokerDoor& door) {
    const CheckBackSpec& check = m_plan->channels[publish.channel.index()].spec.checkBack;
    const std::uint32_t handle = m_halves.add(
        {.publish = publish, .token = publish.token, .generation = ++m_generation, .checks = 0, .open = true});
    m_halves[handle].publish.token = noHandle; // its producer does not wait for room
    scheduleCheck(handle, check.after, door);
    return {handle, m_halves[handle].generation};
}

void Broker::scheduleCheck(std::uint32_t handle, Duration after, BrokerDoor& door) {
    const Half& half = m_halves[handle];
    const CheckBackSpec& check = m_plan->channels[half.publish.channel.index()].spec.checkBack;
    SimTime due = door.now + after;
    if (check.scans) // by the first look then or later
        due = SimTime{(due.time_since_epoch() + check.every - Duration{1}) / check.every * check.every};
    door.effects.schedule(due, {static_cast<std::uint8_t>(BrokerDue::checkBack), handle, half.generation});
}

void Broker::checkBack(std::uint32_t handle, BrokerDoor& door) {
    Half& half = m_halves[handle];
    const CheckBackSpec& check = m_plan->channels[half.publish.channel.index()].spec.checkBack;
    if (half.checks >= check.max) {
        const std::uint64_t token = half.token;
        finishHalf({handle, half.generation}, HalfEnd::givenUp, door);
        door.effects.discarded(token, door);
        return;
    }
    Record record =
        recordOf(RecordKind::checkedBack, half.publish.message, m_messages[half.publish.message].from, door.now);
    record.value = ++half.checks;
    door.recorder.append(record);
    scheduleCheck(handle, check.every, door);
    door.effects.checkBack({handle, half.generation}, half.token, door);
}

bool Broker::finishHalf(HalfTag tag, HalfEnd end, BrokerDoor& door) {
    if (!isOpen(tag))
        return false;
    const Publish publish = m_halves[tag.half].publish;
    if (end == HalfEnd::commit && unavailable(publish, door))
        return false;
    m_halves[tag.half].open = false;
    m_halves.free(tag.half);
    if (end == HalfEnd::commit)
        this->publish(publish, door);
    else
        refuse(publish, end == HalfEnd::rollback ? m_plan->reasons.rolledBack : m_plan->reasons.checkLimit, door);
    return true;
}

void Broker::withdraw(const Publish& publish, ReasonId reason, BrokerDoor& door) {
    refuse(publish, reason, door);
}

} // namespace weir
