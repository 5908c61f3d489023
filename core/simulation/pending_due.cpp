#include "core/simulation/pending_due.h"

#include "core/simulation/simulation.h"

#include <array>

namespace weir {

std::string_view name(PendingKind kind) {
    constexpr std::array<std::string_view, pendingKindCount> names{"arrival",  "finish", "travel", "release",
                                                                   "deadline", "fault",  "other"};
    return names[static_cast<std::size_t>(kind)];
}

PendingDues Simulation::pending(std::size_t most) const {
    PendingDues pending;
    if (m_stopped)
        return pending;
    // What lies beyond the run's end will never happen.
    const SimTime end = m_model->run.lasts ? SimTime{*m_model->run.lasts} : SimTime::max();
    for (const Due& due : m_agenda.upcoming(most)) {
        if (due.at > end)
            return pending;
        if (const std::optional<PendingDue> told = toldOf(due))
            pending.dues.push_back(*told);
    }
    pending.leftOut = m_agenda.size() > most ? m_agenda.size() - most : 0;
    return pending;
}

// Nothing where it will pass without anything being done.
std::optional<PendingDue> Simulation::toldOf(const Due& due) const {
    PendingDue told{.at = due.at};
    const auto ofMessage = [&](MessageHandle handle) {
        const Message& message = m_broker.message(handle);
        told.ordinal = message.ordinal;
        told.type = message.type;
    };
    if (due.what.kind < brokerDueKinds) {
        const Broker::Waits waits = m_broker.waitsFor(static_cast<BrokerDue>(due.what.kind), due.what.a, due.what.b);
        if (!waits.valid)
            return std::nullopt;
        told.kind = waits.release ? PendingKind::release : PendingKind::deadline;
        told.place = waits.place;
        if (waits.message != noHandle)
            ofMessage(waits.message);
        return told;
    }
    switch (static_cast<Kind>(due.what.kind)) {
    case Kind::arrival:
    case Kind::userArrival: {
        const SourceState& source = m_sources[due.what.a];
        if (static_cast<Kind>(due.what.kind) == Kind::arrival && source.generation != due.what.b)
            return std::nullopt;
        told.kind = PendingKind::arrival;
        told.place = m_model->services[source.service.index()].place;
        return told;
    }
    case Kind::finish:
    case Kind::transactionEnds: {
        const Job& job = m_jobs[due.what.a];
        if (!job.active || job.generation != due.what.b)
            return std::nullopt;
        told.kind = PendingKind::finish;
        told.place = m_model->consumerPlaces[job.consumer.index()];
        ofMessage(job.message);
        return told;
    }
    case Kind::deliveryArrives:
    case Kind::receiptArrives:
    case Kind::deliveryReleased: {
        const Copy* copy = m_broker.copy({due.what.a, static_cast<std::uint32_t>(due.what.b)});
        if (!copy)
            return std::nullopt;
        told.kind = PendingKind::travel;
        told.place = m_model->consumerPlaces[copy->consumer.index()];
        ofMessage(copy->message);
        return told;
    }
    case Kind::publishArrives: {
        const MessageHandle message = m_publishes[due.what.a].publish.message;
        told.kind = PendingKind::travel;
        told.place = m_broker.message(message).from;
        ofMessage(message);
        return told;
    }
    case Kind::settlementArrives: {
        const TravellingSettlement& settlement = m_settlements[due.what.a];
        told.kind = PendingKind::travel;
        told.place = settlement.place;
        told.ordinal = settlement.ordinal;
        told.type = settlement.type;
        return told;
    }
    case Kind::answerArrives:
    case Kind::publishReleased:
    case Kind::confirmTimeout:
    case Kind::publishAgain:
    case Kind::publishWaiting: {
        const Confirm& confirm = m_confirms[due.what.a];
        const std::uint64_t which = static_cast<Kind>(due.what.kind) == Kind::answerArrives ? due.what.b >> 1U : due.what.b;
        const bool late = static_cast<Kind>(due.what.kind) == Kind::confirmTimeout && confirm.answered;
        if (!confirm.open || confirm.id != which >> 8U || late)
            return std::nullopt;
        told.kind = static_cast<Kind>(due.what.kind) == Kind::answerArrives    ? PendingKind::travel
                    : static_cast<Kind>(due.what.kind) == Kind::publishReleased ? PendingKind::travel
                    : static_cast<Kind>(due.what.kind) == Kind::confirmTimeout ? PendingKind::deadline
                                                                               : PendingKind::release;
        told.place = m_broker.message(confirm.first).from;
        ofMessage(confirm.first);
        return told;
    }
    case Kind::halfArrives:
    case Kind::localEnds:
    case Kind::checkAnswered: {
        const LocalTransaction& local = m_locals[due.what.a];
        if (!local.open || local.id != due.what.b)
            return std::nullopt;
        told.kind = static_cast<Kind>(due.what.kind) == Kind::localEnds ? PendingKind::finish : PendingKind::travel;
        told.place = m_model->services[local.service.index()].place;
        told.ordinal = local.ordinal;
        return told;
    }
    case Kind::pollsAgain:
        if (!m_broker.hasLeft(ConsumerId{due.what.a}))
            return std::nullopt;
        told.kind = PendingKind::release;
        told.place = m_model->consumerPlaces[due.what.a];
        return told;
    case Kind::faultBegins:
    case Kind::faultEnds:
        told.kind = PendingKind::fault;
        told.place = placeOf(m_model->faults[due.what.a]);
        return told;
    case Kind::commandEnds:
        if (!m_commandEnds[due.what.a].active)
            return std::nullopt;
        told.kind = PendingKind::fault;
        told.place = placeOf(m_commandEnds[due.what.a].fault);
        return told;
    case Kind::connectionEnds:
        if (const LinkState& link = m_links[due.what.a]; !link.cut || link.cuts != due.what.b)
            return std::nullopt;
        told.kind = PendingKind::deadline;
        told.place = m_model->services[serviceOf(due.what.a).index()].place;
        return told;
    case Kind::relayLooks:
    case Kind::relayMarks:
        if (m_outboxes[due.what.a].generation != due.what.b)
            return std::nullopt;
        told.place = m_model->services[due.what.a].place;
        return told;
    case Kind::rollOn: {
        const Roll& roll = m_rolls[due.what.a];
        if (!roll.active)
            return std::nullopt;
        told.kind = PendingKind::fault;
        told.place = m_model->broker->nodes[roll.nodes[roll.next].index()].place;
        return told;
    }
    case Kind::goOn:
    case Kind::warmedUp:
        break;
    case Kind::batchStarts:
    case Kind::acksDue:
        told.place = m_model->consumerPlaces[due.what.a];
        return told;
    case Kind::extendAck:
        if (!m_jobs[due.what.a].active || m_jobs[due.what.a].generation != due.what.b)
            return std::nullopt;
        told.place = m_model->consumerPlaces[m_jobs[due.what.a].consumer.index()];
        ofMessage(m_jobs[due.what.a].message);
        return told;
    }
    return told;
}

} // namespace weir
