// Handling: deliveries wait for a worker, a worker takes its time, and then the event has its effects and is settled.
#include "core/simulation/simulation.h"
#include "core/simulation/tries.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

namespace weir {

void Simulation::deliver(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    if (!m_networked) {
        receive(consumer, tag, door);
        return;
    }
    const Copy& copy = *m_broker.copy(tag);
    const bool alike = linksAlike();
    const LinkId link = alike ? LinkId{} : linkTo(consumer, copy);
    if (!alike && isImmediate(link)) {
        receive(consumer, tag, door);
        return;
    }
    const Ordinal ordinal = m_broker.message(copy.message).ordinal;
    const Load load{Cargo::delivery, m_broker.message(copy.message).size};
    const std::uint64_t hop = hopOf(copy.subscription, copy.attempt, copy.round, false);
    later(door.now + latency(link, ordinal, hop, load), Priority::work, Kind::deliveryArrives, tag.copy,
          tag.generation);
    if (!alike && comesTwice(link, ordinal, hop))
        later(door.now + latency(link, ordinal, secondOf(hop), load), Priority::work, Kind::deliveryArrives, tag.copy,
              tag.generation | secondDelivery);
}

void Simulation::receive(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    ConsumerState& state = m_consumers[consumer.index()];
    if (!state.up)
        return; // it was on its way when its instance died, and its group leaves it pending
    const HandlerPlan& handler = handlerOf(consumer);
    if (handler.ackSteps > 1 && !takesOver(consumer, tag, door))
        return;
    const bool alone = handler.batch.max == 1;
    while (!state.prefetched.empty() && !m_broker.copy(state.prefetched.front().tag))
        state.prefetched.popFront(); // taken back by an ack timeout: a stuck worker must not pile them up
    if (alone && state.idle > 0 && state.prefetched.empty() && !isPaused(state.service)) {
        start(consumer, tag, door);
        return;
    }
    state.prefetched.pushBack({tag, door.now});
    if (!alone)
        startSoon(consumer, door.now);
}

void Simulation::startNext(ConsumerId consumer, BrokerDoor& door) {
    ConsumerState& state = m_consumers[consumer.index()];
    if (isPaused(state.service))
        return;
    if (handlerOf(consumer).batch.max > 1) {
        startSoon(consumer, door.now);
        return;
    }
    while (state.up && state.idle > 0 && !state.prefetched.empty()) {
        const DeliveryTag tag = state.prefetched.popFront().tag;
        if (m_broker.copy(tag)) // else it was taken back while it waited here
            start(consumer, tag, door);
    }
}

void Simulation::start(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    ConsumerState& state = m_consumers[consumer.index()];
    assert(state.idle > 0);
    --state.idle;
    ++state.busy;
    double fraction = 1;
    const std::uint32_t job = addJob({consumer, tag}, fraction, door);
    later(door.now + serviceTime(m_jobs[job], fraction), Priority::work, Kind::finish, job, m_jobs[job].generation);
    begun(job, door);
}

// One event's part of a handling; `fraction`: of the work that is done before it ends.
std::uint32_t Simulation::addJob(const Taken& taken, double& fraction, BrokerDoor& door) {
    const ConsumerId consumer = taken.consumer;
    const Copy& copy = *m_broker.copy(taken.tag);
    const HandlerPlan& handler = handlerOf(consumer);
    Job job;
    job.consumer = consumer;
    job.tag = taken.tag;
    job.message = copy.message;
    job.started = door.now;
    job.count = ++m_handlings[m_consumers[consumer.index()].handler];
    job.generation = ++m_generation;
    job.attempt = copy.attempt;
    job.round = copy.round;
    job.routingKey = m_broker.routingKeyOf(copy);
    job.active = true;
    job.leader = taken.leader;
    job.follows = taken.leader != noJob;
    if (m_consumers[consumer.index()].byPartition)
        job.offset = static_cast<std::int64_t>(m_broker.offsetIn(copy));
    m_broker.retain(job.message);

    Record record = recordOf(RecordKind::started, job, door.now);
    record.value = (door.now - copy.born).count();
    record.bits |= Record::bitsOf(copy.settled ? CopyState::none : CopyState::inFlight);
    door.recorder.append(record);

    const bool decides = taken.decider == noJob; // one outcome for all of a batch
    fraction = 1;
    if (handler.checksReads && !isReadable(handler, m_broker.message(job.message))) {
        job.unreadable = true; // its work never begins
        job.end = JobEnd::reject;
        job.reason = m_model->broker->reasons.invalidSchema;
        fraction = 0;
    } else if (handler.readsEvent) {
        const EventView event = viewOf(job.message, &job);
        const ServiceId service = m_consumers[consumer.index()].service;
        const EventSubject subject(event, {.service = m_model->services[service.index()].name,
                                           .now = door.now + clockAhead(service),
                                           .state = &m_services[service.index()].state});
        if (handler.filter && !handler.filter->holds(subject)) {
            job.end = JobEnd::skip;
            job.reason = m_model->reasons.filtered;
        } else if (handler.idempotencyKey && seenBy(consumer).contains(idempotencyKey(handler, event), door.now)) {
            job.end = JobEnd::skip;
            job.reason = m_model->reasons.duplicate;
        } else if (decides) {
            job.end = outcomeOf(handler, job, &subject, fraction);
        }
    } else if (decides && !handler.fails.empty()) {
        job.end = outcomeOf(handler, job, nullptr, fraction);
    }
    if (!decides && job.end != JobEnd::skip && !job.unreadable)
        job.end = m_jobs[taken.decider].end;
    if (job.end != JobEnd::skip && !job.unreadable && (!m_poisons.empty() || m_poisoned.size() > 0) &&
        isPoisoned(job, record.ordinal, record.type)) {
        job.end = JobEnd::nack;
        job.reason = m_model->reasons.poison;
        fraction = 1;
    }
    const std::uint32_t handle = m_jobs.add(job);
    ConsumerState& state = m_consumers[consumer.index()];
    m_jobs[handle].before = std::exchange(state.lastJob, handle);
    if (m_jobs[handle].before == noJob)
        state.firstJob = handle;
    else
        m_jobs[m_jobs[handle].before].after = handle;
    return handle;
}

Duration Simulation::serviceTime(const Job& job, double fraction) const {
    if (job.end == JobEnd::skip)
        return Duration::zero();
    const HandlerPlan& handler = handlerOf(job.consumer);
    Draw draw = handler.takesDraws.draw(m_broker.message(job.message).ordinal, tryOf(job.attempt, job.round));
    const Duration takes = handler.takes.sampleDuration(draw);
    const double slow = slowness(m_consumers[job.consumer.index()].service) * fraction;
    return slow == 1 ? takes : Distribution::durationOf(seconds(takes) * slow);
}

// What its start brings about: an ack on receipt, a first extension to come.
void Simulation::actOnStart(std::uint32_t handle, BrokerDoor& door) {
    const HandlerPlan& handler = handlerOf(m_jobs[handle].consumer);
    if (handler.extends)
        later(door.now + *handler.extend, Priority::work, Kind::extendAck, handle, m_jobs[handle].generation);
    if (handler.ack != AckMode::onReceipt)
        return;
    m_jobs[handle].acked = true;
    if (!m_handshakes.empty())
        noteEndOfWork(settlementOf(m_jobs[handle], Settlement::ack, ReasonId::none()));
    sendAck(m_jobs[handle].consumer, settlementOf(m_jobs[handle], Settlement::ack, ReasonId::none()), door);
}

bool Simulation::isReadable(const HandlerPlan& handler, const Message& message) {
    const std::string& type = m_model->catalogue->eventTypes()[message.type.index()].name;
    const auto demand = std::find_if(handler.reads.begin(), handler.reads.end(),
                                     [&type](const auto& reads) { return reads.first == type; });
    return demand == handler.reads.end() ||
           m_verdicts.accepts(*demand->second, message.content ? message.content->data : Value());
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
        Draw draw = handler.failDraws.draw(ordinal, tryOf(job.attempt, job.round) << 8U | i);
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
        case FailureKind::crashBetween:
            return JobEnd::crashBetween;
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

// All events of the handling, one after the other.
void Simulation::finish(std::uint32_t leader, BrokerDoor& door) {
    std::uint32_t next = leader;
    do {
        const std::uint32_t job = next;
        next = m_jobs[job].next; // its row may be another's when it has ended
        finishOne(job, door);
    } while (next != noJob);
}

void Simulation::finishOne(std::uint32_t handle, BrokerDoor& door) {
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
    case JobEnd::nack: {
        const ReasonId reason = job.reason.valid() ? job.reason : reasons.failure;
        note(RecordKind::failed, reason);
        conclude(handle, Settlement::retry, reason, door);
        return;
    }
    case JobEnd::reject: {
        const ReasonId reason = job.reason.valid() ? job.reason : m_model->broker->reasons.rejected;
        note(RecordKind::failed, reason);
        conclude(handle, Settlement::reject, reason, door);
        return;
    }
    case JobEnd::crash:
        note(RecordKind::crashed, reasons.crash);
        conclude(handle, Settlement::retry, reasons.crash, door);
        return;
    case JobEnd::crashBetween: {
        Record record = recordOf(RecordKind::crashed, job, door.now);
        record.value = (door.now - job.started).count();
        record.reason = reasons.crash;
        dieBetween(handle, door); // what it publishes may set others to work, and move the jobs
        door.recorder.append(record);
        conclude(handle, Settlement::retry, reasons.crash, door);
        return;
    }
    case JobEnd::success:
    case JobEnd::crashAfterEffect:
        if (work(handle, door))
            endWork(handle, door);
        return;
    }
}

// The effects of a handling. False where one of its publishes is blocked, or where it was settled here as a failure.
bool Simulation::work(std::uint32_t handle, BrokerDoor& door) {
    const HandlerPlan& handler = handlerOf(m_jobs[handle].consumer);
    if (handler.transacts)
        m_jobs[handle].transaction = m_transactions.add({});
    if (!handler.hasEffects) {
        Record record = recordOf(RecordKind::finished, m_jobs[handle], door.now);
        record.value = (door.now - m_jobs[handle].started).count();
        door.recorder.append(record);
        return true;
    }
    const Job job = m_jobs[handle]; // its row moves when others begin
    const ServiceId service = m_consumers[job.consumer.index()].service;
    Record record = recordOf(RecordKind::finished, job, door.now);
    record.value = (door.now - job.started).count();
    const Owner owner{.job = handle, .jobGeneration = job.generation};

    const auto sites = handler.processor ? handler.processor->plainEmits() : std::span<const SiteId>();
    if (!sites.empty() && !handler.idempotencyKey) {
        door.recorder.append(record);
        return playPlain(owner, sites, {.message = job.message}, door);
    }
    const EventView event = viewOf(job.message, &job);
    IdempotencyStore& seen = seenBy(job.consumer);
    const std::uint64_t key = handler.idempotencyKey ? idempotencyKey(handler, event) : 0;
    if (handler.idempotencyKey && seen.contains(key, door.now)) {
        record.kind = RecordKind::skipped; // another delivery of it got there first
        record.reason = m_model->reasons.duplicate;
        door.recorder.append(record);
        return true;
    }
    Draw draw = handler.effectDraws.draw(event.ordinal, tryOf(job.attempt, job.round));
    m_output.clear();
    const Handling handling{.event = &event,
                            .count = job.count,
                            .now = door.now + clockAhead(service),
                            .service = m_model->services[service.index()].name};
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

// Its work is done; a transaction may take its time until it commits.
void Simulation::endWork(std::uint32_t handle, BrokerDoor& door) {
    const Job& job = m_jobs[handle];
    if (const HandlerPlan& handler = handlerOf(job.consumer); job.transaction != noHandle && handler.transacts) {
        Draw draw = handler.transactionDraws.draw(m_broker.message(job.message).ordinal, tryOf(job.attempt, job.round));
        if (const Duration lasts = handler.transaction->lasts.sampleDuration(draw); lasts > Duration::zero()) {
            later(door.now + lasts, Priority::work, Kind::transactionEnds, handle, job.generation);
            return;
        }
    }
    conclude(handle, Settlement::ack, ReasonId::none(), door);
}

// A dual write: state and broker are not written as one. What comes first in its list has happened (its idempotency
// store is part of the state), the rest never will. An outbox is in the same database: nothing has happened.
void Simulation::dieBetween(std::uint32_t handle, BrokerDoor& door) {
    const Job job = m_jobs[handle];
    const HandlerPlan& handler = handlerOf(job.consumer);
    const ServiceId service = m_consumers[job.consumer.index()].service;
    if (!handler.processor || hasOutbox(service))
        return;
    const EventView event = viewOf(job.message, &job);
    IdempotencyStore& seen = seenBy(job.consumer);
    const std::uint64_t key = handler.idempotencyKey ? idempotencyKey(handler, event) : 0;
    if (handler.idempotencyKey && seen.contains(key, door.now))
        return;
    Draw draw = handler.effectDraws.draw(event.ordinal, tryOf(job.attempt, job.round));
    ProcessorOutput output;
    const Handling handling{.event = &event,
                            .count = job.count,
                            .now = door.now + clockAhead(service),
                            .service = m_model->services[service.index()].name};
    State& state = m_services[service.index()].state;
    if (!handler.processor->handle(handling, state, output, draw))
        return;
    using Effect = ProcessorOutput::Effect;
    const auto changes = [](const Effect& effect) { return effect.kind == Effect::Kind::change; };
    const auto effects = output.effects();
    const auto firstChange = std::find_if(effects.begin(), effects.end(), changes);
    const bool publishesFirst = firstChange != effects.begin() && firstChange != effects.end();
    std::vector<Effect> done;
    if (publishesFirst) {
        done.assign(effects.begin(), firstChange);
        output.undo(state); // its effects are forgotten
    } else {
        std::copy_if(effects.begin(), effects.end(), std::back_inserter(done), changes);
        if (handler.idempotencyKey)
            seen.firstTime(key, door.now);
    }
    if (handler.transaction) // what it has published by then is rolled back
        m_jobs[handle].transaction = m_transactions.add({});
    const Owner owner{.job = handle, .jobGeneration = job.generation};
    const Ordinal cause = m_broker.message(job.message).ordinal;
    for (const Effect& effect : done)
        if (changes(effect))
            changeState(service, output.change(effect.change), cause, door);
        else
            emit(effect.site, effect.reason, {.message = job.message, .event = &event, .waits = false}, owner, door);
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
    if (job.batched()) {
        m_jobs[handle].active = false;
        m_jobs[handle].settlement = settlement;
        m_jobs[handle].reason = reason;
        const std::uint32_t leader = job.follows ? job.leader : handle;
        if (--m_jobs[leader].open == 0)
            concludeBatch(leader, door);
        return;
    }
    dropJob(handle);
    workerDone(job.consumer);
    hand(job, settlement, reason, door);
    m_broker.release(job.message, door);
    startNext(job.consumer, door);
    if (m_someLeft)
        pollAgain(job.consumer, door);
}

std::vector<std::uint32_t> Simulation::jobsOf(ConsumerId consumer) const {
    std::vector<std::uint32_t> jobs;
    for (std::uint32_t job = m_consumers[consumer.index()].firstJob; job != noJob; job = m_jobs[job].after)
        jobs.push_back(job);
    return jobs;
}

void Simulation::workerDone(ConsumerId consumer) {
    ConsumerState& state = m_consumers[consumer.index()];
    --state.busy;
    if (state.idle + state.busy < handlerOf(consumer).concurrency) // else its place was taken away
        ++state.idle;
}

// It may have nothing more to do that would bring it to its next poll.
void Simulation::left(ConsumerId consumer, BrokerDoor& door) {
    m_someLeft = true;
    later(door.now, Priority::work, Kind::pollsAgain, consumer.value);
}

// An instance asks for more when all that it reads for its group is done, and is a member again.
void Simulation::pollAgain(ConsumerId consumer, BrokerDoor& door) {
    const ConsumerPlan& plan = m_model->consumers[consumer.index()];
    if (!m_broker.hasLeft(consumer) || !m_consumers[consumer.index()].up || isPaused(plan.service))
        return;
    std::vector<ConsumerId> left = consumersOf(plan.service, plan.instance);
    std::erase_if(left, [this](ConsumerId each) { return !m_broker.hasLeft(each); });
    if (std::all_of(left.begin(), left.end(), [this](ConsumerId each) { return m_consumers[each.index()].busy == 0; }))
        for (const ConsumerId each : left)
            m_broker.resume(each, door);
}

} // namespace weir
