// Handling: deliveries wait for a worker, a worker takes its time, and then the event has its effects and is settled.
#include "core/simulation/simulation.h"

#include <algorithm>
#include <cassert>

namespace weir {

namespace {
// Hops of a copy for the draws of network latencies: 0 is the publish.
std::uint32_t hopOf(SubscriptionId subscription, std::uint16_t attempt, bool settles) {
    return (static_cast<std::uint32_t>(subscription.value) << 16U |
            static_cast<std::uint32_t>(attempt & 0x7FFFU) << 1U | (settles ? 1U : 0U)) +
           1U;
}
} // namespace

void Simulation::deliver(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    if (m_model->run.latency) {
        const Copy& copy = *m_broker.copy(tag);
        const Duration travels =
            latency(m_broker.message(copy.message).ordinal, hopOf(copy.subscription, copy.attempt, false));
        later(door.now + travels, Priority::work, Kind::deliveryArrives, tag.copy, tag.generation);
        return;
    }
    receive(consumer, tag, door);
}

void Simulation::receive(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    ConsumerState& state = m_consumers[consumer.index()];
    if (state.idle == 0 || !state.prefetched.empty() ||
        m_services[m_model->consumers[consumer.index()].service.index()].paused) {
        while (!state.prefetched.empty() && !m_broker.copy(state.prefetched.front()))
            state.prefetched.popFront(); // taken back by an ack timeout: a stuck worker must not pile them up
        state.prefetched.pushBack(tag);
        return;
    }
    start(consumer, tag, door);
}

void Simulation::startNext(ConsumerId consumer, BrokerDoor& door) {
    ConsumerState& state = m_consumers[consumer.index()];
    if (m_services[m_model->consumers[consumer.index()].service.index()].paused)
        return;
    while (state.up && state.idle > 0 && !state.prefetched.empty()) {
        const DeliveryTag tag = state.prefetched.popFront();
        if (m_broker.copy(tag)) // else it was taken back while it waited here
            start(consumer, tag, door);
    }
}

Record Simulation::recordOf(RecordKind kind, const Job& job, SimTime now) const {
    const Message& message = m_broker.message(job.message);
    Record record;
    record.at = now;
    record.ordinal = message.ordinal;
    record.type = message.type;
    record.place = m_model->consumerPlaces[job.consumer.index()];
    record.attempt = job.attempt;
    record.kind = kind;
    if (job.offset >= 0)
        record.extra = static_cast<std::uint32_t>(job.offset);
    return record;
}

void Simulation::start(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    const Copy& copy = *m_broker.copy(tag);
    const HandlerPlan& handler = handlerOf(consumer);
    HandlerState& shared = handlerState(consumer);
    ConsumerState& state = m_consumers[consumer.index()];
    assert(state.idle > 0);
    --state.idle;
    Job job;
    job.consumer = consumer;
    job.tag = tag;
    job.message = copy.message;
    job.started = door.now;
    job.count = ++shared.count;
    job.generation = ++m_generation;
    job.attempt = copy.attempt;
    job.active = true;
    if (!m_model->consumerPartitionPlaces[consumer.index()].empty())
        job.offset = static_cast<std::int64_t>(copy.position);
    m_broker.retain(job.message);

    Record record = recordOf(RecordKind::started, job, door.now);
    record.value = (door.now - copy.born).count();
    record.bits = Record::bitsOf(copy.settled ? CopyState::none : CopyState::inFlight);
    door.recorder.append(record);

    double fraction = 1; // of the work that is done before it ends
    if (!handler.reads.empty() && !isReadable(handler, m_broker.message(job.message))) {
        job.end = JobEnd::reject; // the consumer's own schema: its work never begins
        job.reason = m_model->broker->reasons.invalidSchema;
        fraction = 0;
    } else if (handler.readsEvent) {
        const EventView event = viewOf(job.message, &job);
        const ServiceId service = m_model->consumers[consumer.index()].service;
        const EventSubject subject(event, {.service = m_model->services[service.index()].name,
                                           .now = door.now,
                                           .state = &m_services[service.index()].state});
        if (handler.filter && !handler.filter->holds(subject)) {
            job.end = JobEnd::skip;
            job.reason = m_model->reasons.filtered;
        } else if (handler.idempotencyKey && shared.seen.contains(idempotencyKey(handler, event), door.now)) {
            job.end = JobEnd::skip;
            job.reason = m_model->reasons.duplicate;
        } else {
            job.end = outcomeOf(handler, job, &subject, fraction);
        }
    } else if (!handler.fails.empty()) {
        job.end = outcomeOf(handler, job, nullptr, fraction);
    }
    if (job.end != JobEnd::skip && fraction > 0 && (!m_poisons.empty() || m_poisoned.size() > 0) &&
        isPoisoned(job, record.ordinal, record.type)) {
        job.end = JobEnd::nack;
        job.reason = m_model->reasons.poison;
        fraction = 1;
    }
    Duration takes{};
    if (job.end != JobEnd::skip) {
        Draw draw = handler.takesDraws.draw(record.ordinal, job.attempt);
        takes = handler.takes.sampleDuration(draw);
        const double slow = m_services[m_model->consumers[consumer.index()].service.index()].slow * fraction;
        if (slow != 1)
            takes = Distribution::durationOf(seconds(takes) * slow);
    }
    const std::uint32_t generation = job.generation;
    const std::uint32_t handle = m_jobs.add(job);
    state.jobs.push_back(handle);
    later(door.now + takes, Priority::work, Kind::finish, handle, generation);
}

bool Simulation::isReadable(const HandlerPlan& handler, const Message& message) {
    const std::string& type = m_model->catalogue->eventTypes()[message.type.index()].name;
    const auto demand = std::find_if(handler.reads.begin(), handler.reads.end(),
                                     [&type](const auto& reads) { return reads.first == type; });
    return demand == handler.reads.end() || m_verdicts.accepts(*demand->second, message.content ? message.content->data : Value());
}

// The first failure that applies decides; each has its own draw, so that adding one leaves the others as they were.
// The subject is null where no failure has a condition.
Simulation::JobEnd Simulation::outcomeOf(const HandlerPlan& handler, const Job& job, const Subject* subject,
                                         double& fraction) const {
    const Ordinal ordinal = m_broker.message(job.message).ordinal;
    for (std::size_t i = 0; i < handler.fails.size(); ++i) {
        const FailurePlan& plan = handler.fails[i];
        const FailureSpec& spec = plan.spec;
        if (spec.attemptsMax > 0 && job.attempt > spec.attemptsMax)
            continue;
        if (spec.every > 0 && job.count % static_cast<std::uint64_t>(spec.every) != 0)
            continue;
        Draw draw = handler.failDraws.draw(ordinal, static_cast<std::uint64_t>(job.attempt) << 8U | i);
        if (!draw.happens(spec.probability))
            continue;
        if (plan.when && !plan.when->holds(*subject))
            continue;
        switch (spec.how) {
        case FailureKind::nack:
            return JobEnd::nack;
        case FailureKind::reject:
            return JobEnd::reject;
        case FailureKind::crashAfterEffect:
            return JobEnd::crashAfterEffect;
        case FailureKind::crash:
            fraction = draw.uniform();
            return JobEnd::crash;
        }
    }
    return JobEnd::success;
}

std::uint64_t Simulation::idempotencyKey(const HandlerPlan& handler, const EventView& event) const {
    if (handler.idempotencyKey->attribute() == EventAttribute::id)
        return IdempotencyStore::keyOf(event.ordinal);
    std::string text;
    handler.idempotencyKey->appendText(text, event);
    return IdempotencyStore::keyOf(text);
}

void Simulation::finish(std::uint32_t handle, BrokerDoor& door) {
    const Job& job = m_jobs[handle];
    const ServiceReasons& reasons = m_model->reasons;
    const auto note = [&](RecordKind kind, ReasonId reason) {
        Record record = recordOf(kind, job, door.now);
        record.value = (door.now - job.started).count();
        record.reason = reason;
        door.recorder.append(record);
    };
    switch (job.end) {
    case JobEnd::skip:
        note(RecordKind::skipped, job.reason);
        conclude(handle, Settlement::ack, ReasonId::none(), door);
        return;
    case JobEnd::nack:
    {
        const ReasonId reason = job.reason.valid() ? job.reason : reasons.failure;
        note(RecordKind::failed, reason);
        conclude(handle, Settlement::retry, reason, door);
        return;
    }
    case JobEnd::reject:
    {
        const ReasonId reason = job.reason.valid() ? job.reason : m_model->broker->reasons.rejected;
        note(RecordKind::failed, reason);
        conclude(handle, Settlement::reject, reason, door);
        return;
    }
    case JobEnd::crash:
        note(RecordKind::crashed, reasons.crash);
        conclude(handle, Settlement::retry, reasons.crash, door);
        return;
    case JobEnd::success:
    case JobEnd::crashAfterEffect:
        if (work(handle, door))
            conclude(handle, Settlement::ack, ReasonId::none(), door);
        return;
    }
}

// The effects of a handling. False where one of its publishes is blocked, or where it was settled here as a failure.
bool Simulation::work(std::uint32_t handle, BrokerDoor& door) {
    if (handlerOf(m_jobs[handle].consumer).transaction)
        m_jobs[handle].transaction = m_transactions.add({});
    const Job job = m_jobs[handle];
    const HandlerPlan& handler = handlerOf(job.consumer);
    const ServiceId service = m_model->consumers[job.consumer.index()].service;
    Record record = recordOf(RecordKind::finished, job, door.now);
    record.value = (door.now - job.started).count();
    Flow owner;
    owner.job = handle;
    owner.jobGeneration = job.generation;

    const auto sites = handler.processor ? handler.processor->plainEmits() : std::span<const SiteId>();
    if ((!sites.empty() || !handler.processor) && !handler.idempotencyKey) {
        door.recorder.append(record);
        return playPlain(owner, sites, {.message = job.message}, door);
    }
    const EventView event = viewOf(job.message, &job);
    IdempotencyStore& seen = handlerState(job.consumer).seen;
    const std::uint64_t key = handler.idempotencyKey ? idempotencyKey(handler, event) : 0;
    if (handler.idempotencyKey && seen.contains(key, door.now)) {
        record.kind = RecordKind::skipped; // another delivery of it got there first
        record.reason = m_model->reasons.duplicate;
        door.recorder.append(record);
        return true;
    }
    Draw draw = handler.effectDraws.draw(event.ordinal, job.attempt);
    m_output.clear();
    const Handling handling{
        .event = &event, .count = job.count, .now = door.now, .service = m_model->services[service.index()].name};
    HandleOutcome outcome;
    if (handler.processor)
        outcome = handler.processor->handle(handling, m_services[service.index()].state, m_output, draw);
    if (!outcome) {
        record.kind = RecordKind::failed;
        record.reason = m_model->catalogue->reason(outcome.reason);
        door.recorder.append(record);
        conclude(handle, Settlement::retry, record.reason, door);
        return false;
    }
    if (handler.idempotencyKey)
        seen.firstTime(key, door.now);
    door.recorder.append(record);
    return play(owner, m_output, 0, {.message = job.message, .event = &event}, door);
}

// Settles, frees the worker and lets it go on with what was prefetched.
void Simulation::conclude(std::uint32_t handle, Settlement settlement, ReasonId reason, BrokerDoor& door) {
    const Job job = m_jobs[handle];
    if (job.end == JobEnd::crashAfterEffect && settlement == Settlement::ack) {
        Record record = recordOf(RecordKind::crashed, job, door.now);
        record.value = (door.now - job.started).count();
        record.reason = reason = m_model->reasons.crash;
        door.recorder.append(record);
        settlement = Settlement::retry;
    }
    m_jobs[handle].active = false;
    m_jobs.free(handle);
    ConsumerState& state = m_consumers[job.consumer.index()];
    state.jobs.erase(std::find(state.jobs.begin(), state.jobs.end(), handle));
    if (state.idle + state.jobs.size() < handlerOf(job.consumer).concurrency) // else its place was taken away
        ++state.idle;

    const Message& message = m_broker.message(job.message);
    const TravellingSettlement travelling{.tag = job.tag,
                                          .settlement = settlement,
                                          .reason = reason,
                                          .ordinal = message.ordinal,
                                          .place = m_model->consumerPlaces[job.consumer.index()],
                                          .type = message.type,
                                          .attempt = job.attempt,
                                          .transaction = job.transaction};
    const SubscriptionId subscription = handlerOf(job.consumer).subscription;
    const Duration travels =
        m_model->run.latency ? latency(message.ordinal, hopOf(subscription, job.attempt, true)) : Duration::zero();
    if (travels == Duration::zero())
        settle(travelling, door);
    else
        later(door.now + travels, Priority::broker, Kind::settlementArrives, m_settlements.add(travelling));
    m_broker.release(job.message, door);
    startNext(job.consumer, door);
}

void Simulation::settle(const TravellingSettlement& settlement, BrokerDoor& door) {
    if (settlement.transaction != noHandle)
        settleWith(settlement, door);
    else
        settleAlone(settlement, door);
}

void Simulation::settleAlone(const TravellingSettlement& settlement, BrokerDoor& door) {
    if (m_broker.settle(settlement.tag, settlement.settlement, settlement.reason, door))
        return;
    Record record;
    record.at = door.now;
    record.ordinal = settlement.ordinal;
    record.type = settlement.type;
    record.place = settlement.place;
    record.attempt = settlement.attempt;
    record.reason = settlement.reason;
    record.kind = RecordKind::ackRefused;
    door.recorder.append(record);
}

} // namespace weir
