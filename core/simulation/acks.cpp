// Acks on their way: at once or over the network, one by one or gathered, and some that never arrive.
#include "core/simulation/simulation.h"
#include "core/simulation/tries.h"

#include <algorithm>

namespace weir {

void Simulation::gatherAck(ConsumerId consumer, const TravellingSettlement& ack, BrokerDoor& door) {
    const HandlerPlan& handler = handlerOf(consumer);
    TravellingSettlement owed = ack;
    owed.cumulative = handler.ack == AckMode::cumulative;
    ConsumerState& state = m_consumers[consumer.index()];
    state.owed.pushBack(owed);
    if (state.owed.size() >= handler.ackEvery.count)
        sendOwed(consumer, door);
    else if (state.owed.size() == 1 && handler.ackEvery.interval)
        later(door.now + *handler.ackEvery.interval, Priority::work, Kind::acksDue, consumer.value, ++state.gathering);
}

void Simulation::sendOwed(ConsumerId consumer, BrokerDoor& door) {
    ConsumerState& state = m_consumers[consumer.index()];
    ++state.gathering; // one that is to be sent later has gone now
    for (std::size_t count = state.owed.size(); count > 0; --count)
        send(consumer, state.owed.popFront(), door);
}

bool Simulation::losesAck(ConsumerId consumer, const TravellingSettlement& settlement, BrokerDoor& door) {
    const HandlerPlan& handler = handlerOf(consumer);
    if (handler.automatic || settlement.settlement != Settlement::ack)
        return false;
    Draw draw = handler.ackDraws.draw(settlement.ordinal, tryOf(settlement.attempt, settlement.round));
    if (!draw.happens(handler.ackLoss))
        return false;
    if (settlement.transaction != noHandle)
        abandon(settlement.transaction, consumer, door);
    noteRefusal(settlement, m_model->reasons.ackLost, door);
    return true;
}

void Simulation::settleAlone(const TravellingSettlement& settlement, BrokerDoor& door) {
    const bool done = settlement.cumulative
                          ? m_broker.settleThrough(settlement.tag, settlement.settlement, settlement.reason, door) > 0
                          : m_broker.settle(settlement.tag, settlement.settlement, settlement.reason, door);
    if (done ||
        (settlement.settlement == Settlement::ack && m_broker.ackLate(settlement.tag, settlement.ordinal, door)))
        return;
    noteRefusal(settlement, settlement.reason, door);
}

// It had no effect: it came too late, or not at all.
void Simulation::noteRefusal(const TravellingSettlement& settlement, ReasonId reason, BrokerDoor& door) {
    Record record;
    record.at = door.now;
    record.ordinal = settlement.ordinal;
    record.type = settlement.type;
    record.place = settlement.place;
    record.attempt = settlement.attempt;
    record.reason = reason;
    record.kind = RecordKind::ackRefused;
    door.recorder.append(record);
}

// A handler that is still at work asks for the whole time again.
void Simulation::extendAck(std::uint32_t handle, BrokerDoor& door) {
    const Job& job = m_jobs[handle];
    if (m_broker.extend(job.tag, door))
        later(door.now + *handlerOf(job.consumer).extend, Priority::work, Kind::extendAck, handle, job.generation);
}

} // namespace weir
