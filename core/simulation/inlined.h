// The Simulation's member functions that every handling goes through, and that do less than a call of them costs: they
// are inlined wherever they are called. A part of simulation.h, which includes it.
#pragma once

#include "core/simulation/simulation.h"
#include "core/simulation/tries.h"

#include <algorithm>

namespace weir {

inline Record Simulation::recordOf(RecordKind kind, const Job& job, SimTime now) const {
    Record record = m_broker.message(job.message).recordOf(kind, m_consumers[job.consumer.index()].place, now);
    record.attempt = job.attempt;
    if (job.offset >= 0)
        record.extra = static_cast<std::uint32_t>(job.offset);
    record.bits = job.follows ? Record::follower : std::uint8_t{0};
    return record;
}

inline void Simulation::begun(std::uint32_t handle, BrokerDoor& door) {
    if (const HandlerPlan& handler = handlerOf(m_jobs[handle].consumer);
        handler.extends || handler.ack == AckMode::onReceipt)
        actOnStart(handle, door);
}

// The job is done with; its message is released later.
inline void Simulation::dropJob(std::uint32_t handle) {
    Job& job = m_jobs[handle];
    ConsumerState& state = m_consumers[job.consumer.index()];
    (job.before == noJob ? state.firstJob : m_jobs[job.before].after) = job.after;
    (job.after == noJob ? state.lastJob : m_jobs[job.after].before) = job.before;
    job.active = false;
    m_jobs.free(handle);
}

inline Simulation::TravellingSettlement Simulation::settlementOf(const Job& job, Settlement settlement,
                                                                 ReasonId reason) const {
    const Message& message = m_broker.message(job.message);
    return {.tag = job.tag,
            .settlement = settlement,
            .reason = reason,
            .ordinal = message.ordinal,
            .place = m_consumers[job.consumer.index()].place,
            .consumer = job.consumer,
            .type = message.type,
            .attempt = job.attempt,
            .round = job.round,
            .transaction = job.transaction};
}

inline Duration Simulation::wayBack(ConsumerId consumer, const TravellingSettlement& settlement) const {
    return m_networked
               ? latencyOver([&] { return linkOf(settlement); }, settlement.ordinal,
                             hopOf(handlerOf(consumer).subscription, settlement.attempt, settlement.round, true))
               : Duration::zero();
}

inline void Simulation::settle(const TravellingSettlement& settlement, BrokerDoor& door) {
    if (settlement.transaction != noHandle)
        settleWith(settlement, door);
    else
        settleAlone(settlement, door);
}

inline void Simulation::send(ConsumerId consumer, const TravellingSettlement& settlement, BrokerDoor& door) {
    if (handlerOf(consumer).ackLoss != 0 && losesAck(consumer, settlement, door))
        return;
    Duration travels = wayBack(consumer, settlement);
    if (settlement.transaction != noHandle) // its end does not overtake what was published within it
        travels = std::max(travels, m_transactions[settlement.transaction].arrives - door.now);
    if (travels == Duration::zero() && m_links.empty())
        settle(settlement, door);
    else if (travels == Duration::zero())
        landSettlement(settlement, door);
    else
        later(door.now + travels, Priority::broker, Kind::settlementArrives, m_settlements.add(settlement));
}

inline void Simulation::sendAck(ConsumerId consumer, const TravellingSettlement& ack, BrokerDoor& door) {
    const AckMode mode = handlerOf(consumer).ack;
    if (mode == AckMode::batch || mode == AckMode::cumulative)
        gatherAck(consumer, ack, door);
    else
        send(consumer, ack, door);
}

// A handling's end goes to the broker, in the way that its handler acks.
inline void Simulation::hand(const Job& job, Settlement settlement, ReasonId reason, BrokerDoor& door) {
    if (!m_handshakes.empty() && !job.acked)
        noteEndOfWork(settlementOf(job, settlement, reason));
    if (job.acked) { // on receipt: all that can be told now is that the work was not done
        if (settlement == Settlement::ack)
            return;
        Record record = recordOf(RecordKind::effectLost, job, door.now);
        record.reason = reason;
        door.recorder.append(record);
    } else if (settlement == Settlement::ack) {
        sendAck(job.consumer, settlementOf(job, settlement, reason), door);
    } else {
        send(job.consumer, settlementOf(job, settlement, reason), door);
    }
}

} // namespace weir
