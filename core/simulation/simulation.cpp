#include "core/simulation/simulation.h"

#include <algorithm>
#include <cassert>

namespace weir {

Simulation::Simulation(std::shared_ptr<const Model> model) : m_model(std::move(model)), m_broker(m_model->broker) {
    for (std::size_t i = 0; i < m_model->services.size(); ++i) {
        const ServicePlan& plan = m_model->services[i];
        ServiceState service;
        service.state = plan.state;
        service.up.assign(plan.instances, true);
        m_services.push_back(std::move(service));
        for (std::uint32_t s = 0; s < plan.sources.size(); ++s)
            m_sources.push_back({.service = ServiceId{static_cast<std::uint16_t>(i)},
                                 .only = onlySite(plan.sources[s]),
                                 .closedLoop = plan.sources[s].arrivals.isClosedLoop(),
                                 .arrivals = ArrivalState(plan.sources[s].arrivals, plan.sources[s].arrivalDraws, {}),
                                 .index = s});
    }
    for (const HandlerPlan& handler : m_model->handlers)
        m_seen.push_back(IdempotencyStore({.ttl = handler.idempotencyTtl}));
    m_handlings.assign(m_model->handlers.size(), 0);
    adoptLinks();
    m_spareFlow = m_flows.add({});
    m_consumers.resize(m_model->consumers.size());
    const EmitSites& sites = m_model->generator->sites();
    m_emissions.assign(sites.size(), 0);
    for (const EmitSite& site : sites.all())
        m_routingKeys.push_back(site.routingKey.isConstant() ? m_broker.routes().intern(site.constantRoutingKey)
                                                             : noHandle);
}

void Simulation::begin(BrokerDoor& door) {
    m_begun = true;
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i)
        attachConsumer(ConsumerId{i}, door);
    m_broker.openGroups(door);
    for (std::size_t f = 0; f < m_model->faults.size(); ++f)
        later(SimTime{m_model->faults[f].spec.at}, Priority::command, Kind::faultBegins, static_cast<std::uint32_t>(f));
    if (m_model->run.warmup > Duration::zero())
        later(SimTime{m_model->run.warmup}, Priority::command, Kind::warmedUp, 0);
    for (std::uint32_t s = 0; s < m_sources.size(); ++s) {
        SourceState& source = m_sources[s];
        if (!source.closedLoop) {
            scheduleArrival(s, source.arrivals.next());
            continue;
        }
        const std::uint32_t users = m_model->services[source.service.index()].sources[source.index].arrivals.users();
        for (std::uint32_t user = 0; user < users; ++user)
            scheduleArrival(s, source.arrivals.userReturns(m_now));
    }
}

void Simulation::attachConsumer(ConsumerId consumer, BrokerDoor& door) {
    const ConsumerPlan& plan = m_model->consumers[consumer.index()];
    ConsumerState& state = m_consumers[consumer.index()];
    state.service = plan.service;
    state.handler = m_model->services[plan.service.index()].firstHandler + plan.handler;
    state.place = m_model->consumerPlaces[consumer.index()];
    state.byPartition = !m_model->consumerPartitionPlaces[consumer.index()].empty();
    const HandlerPlan& handler = handlerOf(consumer);
    state.idle = handler.concurrency;
    std::uint32_t same = 0; // handlers of the service that read the same stream are members of their own
    for (std::uint32_t h = 0; h < plan.handler; ++h)
        same += m_model->handlersOf(plan.service)[h].subscription == handler.subscription ? 1 : 0;
    m_broker.attach({.subscription = handler.subscription,
                     .place = m_model->consumerPlaces[consumer.index()],
                     .prefetch = handler.prefetch,
                     .automatic = handler.automatic,
                     .priority = handler.priority,
                     .shared = sharedCreditOf(consumer),
                     .member = same << 16U | plan.instance,
                     .partitionPlaces = m_model->consumerPartitionPlaces[consumer.index()]},
                    door);
}

// An instance's handlers share a limit, as consumers on one channel of AMQP do.
SharedCredit Simulation::sharedCreditOf(ConsumerId id) const {
    const ConsumerPlan& consumer = m_model->consumers[id.index()];
    const std::uint32_t prefetch = m_model->services[consumer.service.index()].prefetch;
    if (prefetch == 0)
        return {};
    std::uint32_t first = 0;
    while (m_model->consumers[first].service != consumer.service ||
           m_model->consumers[first].instance != consumer.instance)
        ++first;
    return {.group = first, .prefetch = prefetch};
}

Simulation Simulation::forked() const {
    Simulation copy = *this;
    copy.m_model = m_model->forked();
    return copy;
}

std::size_t Simulation::memoryBytes() const {
    std::size_t bytes = sizeof(Simulation) + m_agenda.memoryBytes() + m_broker.memoryBytes() + m_jobs.memoryBytes() +
                        m_flows.memoryBytes() + m_publishes.memoryBytes() + m_settlements.memoryBytes() +
                        m_emissions.size() * sizeof(std::uint64_t) + m_routingKeys.size() * sizeof(RoutingKeyId) +
                        m_sources.size() * sizeof(SourceState);
    bytes += m_confirms.memoryBytes() + m_producers.size() * 64 + m_locals.memoryBytes() +
             m_transactions.memoryBytes() + m_verdicts.memoryBytes() + m_handshakes.capacity() * sizeof(Handshake);
    for (const auto& [sender, window] : m_windows)
        bytes += 64 + sizeof window + window.waiting.memoryBytes();
    for (const OutboxState& outbox : m_outboxes)
        bytes += sizeof outbox + outbox.rows.memoryBytes();
    for (const LinkState& link : m_links)
        bytes += sizeof link + link.held.capacity() * sizeof(DueKey);
    bytes += m_nodeDelays.size() * sizeof(Duration) + m_rolls.size() * sizeof(Roll);
    for (const ServiceState& service : m_services) {
        bytes += sizeof service + service.state.memoryBytes();
    }
    for (const IdempotencyStore& seen : m_seen)
        bytes += sizeof(std::uint64_t) + sizeof seen + seen.memoryBytes();
    for (const ConsumerState& consumer : m_consumers)
        bytes += sizeof consumer + consumer.prefetched.memoryBytes() + consumer.owed.memoryBytes();
    return bytes;
}

void Simulation::waitUntil(SimTime at) {
    assert(at >= m_now && (m_stopped || !nextAt() || at <= *nextAt()));
    m_now = at;
}

std::optional<SimTime> Simulation::nextAt() const {
    if (m_stopped)
        return std::nullopt;
    if (!m_begun)
        return SimTime{};
    if (!m_agenda.empty())
        return m_agenda.nextAt();
    return waitsForCommands() ? std::optional(endTime()) : std::nullopt;
}

// Whoever took a hand in a run may do so again (let a source emit that was stopped, say), so it is not over before its
// end though nothing is left to do.
bool Simulation::waitsForCommands() const {
    return m_commands > 0;
}

SimTime Simulation::endTime() const {
    return m_model->run.lasts ? SimTime{*m_model->run.lasts} : SimTime::max();
}

bool Simulation::step(Recorder& recorder) {
    return runDues(SimTime::max(), 1, recorder) == 1 && !m_stopped;
}

std::uint64_t Simulation::run(SimTime until, std::uint64_t duesMax, Recorder& recorder) {
    return runDues(until, duesMax, recorder);
}

// The one loop that everything goes through; what does not change from due to due stands before it.
std::uint64_t Simulation::runDues(SimTime until, std::uint64_t duesMax, Recorder& recorder) {
    if (m_stopped || duesMax == 0 || until < m_now)
        return 0;
    const Recorder::Stretch stretch(recorder);
    BrokerDoor door{m_now, recorder, *this};
    if (!m_begun)
        begin(door);
    const SimTime end = endTime();
    const auto ordinalsMax = static_cast<Ordinal>(m_model->run.messagesMax);
    const SimTime limit = std::min(until, end);
    std::uint64_t ran = 0;
    while (ran < duesMax) {
        const std::optional<Due> due = m_agenda.popUntil(limit);
        if (!due) {
            stopBetween(until, end, recorder);
            break;
        }
        assert(due->at >= m_now);
        if (due->at != m_now)
            m_duesBefore = m_dues;
        m_now = door.now = due->at;
        ++m_dues;
        ++ran;
        runDue(due->what, door);
        if (m_broker.boundReached() || m_outboxFull || m_ordinals >= ordinalsMax || goesRoundAtOnce()) {
            stop(m_model->broker->reasons.bound, recorder);
            break;
        }
    }
    return ran;
}

// Nothing is due up to `until` and the run's end. The end may lie before `until`; else the run may go on later.
void Simulation::stopBetween(SimTime until, SimTime end, Recorder& recorder) {
    const bool nobodyWaits = !waitsForCommands() || std::min(until, end) == SimTime::max(); // nobody waits for ever
    if (m_agenda.empty() && nobodyWaits) {
        stop(m_model->reasons.idle, recorder);
    } else if (end <= until) {
        m_now = end;
        stop(m_model->reasons.done, recorder);
    }
}

void Simulation::stop(ReasonId reason, Recorder& recorder) {
    m_stopped = true;
    Record record;
    record.at = m_now;
    record.kind = RecordKind::stopped;
    record.reason = reason;
    recorder.append(record);
}

// Each kind ends in one call, so that this costs no more than a jump.
void Simulation::runDue(const DueKey& what, BrokerDoor& door) {
    if (what.kind < brokerDueKinds) {
        m_broker.run(static_cast<BrokerDue>(what.kind), what.a, what.b, door);
        return;
    }
    switch (static_cast<Kind>(what.kind)) {
    case Kind::arrival:
        arrive(what.a, what.b, door);
        return;
    case Kind::userArrival:
        userArrives(what.a, door);
        return;
    case Kind::finish:
        if (m_jobs[what.a].active && m_jobs[what.a].generation == what.b)
            finish(what.a, door);
        return;
    case Kind::deliveryArrives:
        landDelivery(what, door);
        return;
    case Kind::publishArrives:
        landPublish(what.a, door);
        return;
    case Kind::settlementArrives:
        landSettlement(what.a, door);
        return;
    case Kind::answerArrives:
        landAnswer(what, door);
        return;
    case Kind::publishReleased:
        landRelease(what.a, what.b, door);
        return;
    case Kind::receiptArrives:
        landReceipt(what, door);
        return;
    case Kind::deliveryReleased:
        landDeliveryRelease(what, door);
        return;
    case Kind::confirmTimeout:
        confirmTimesOut(what.a, what.b, door);
        return;
    case Kind::publishAgain:
        publishAgain(what.a, what.b, door);
        return;
    case Kind::publishWaiting:
        publishWaiting(what.a, door);
        return;
    case Kind::pollsAgain:
        pollAgain(ConsumerId{what.a}, door);
        return;
    case Kind::halfArrives:
        landHalf(what.a, door);
        return;
    case Kind::localEnds:
        localEnds(what.a, door);
        return;
    case Kind::checkAnswered:
        if (m_locals[what.a].open && m_locals[what.a].id == what.b)
            answerCheck(what.a, door);
        return;
    case Kind::goOn:
        goOn(what.a, door);
        return;
    case Kind::faultBegins:
        beginFault(what.a, door);
        return;
    case Kind::faultEnds:
        endFault(what.a, door);
        return;
    case Kind::commandEnds:
        endCommand(what.a, door);
        return;
    case Kind::batchStarts:
        if (m_consumers[what.a].lookAt == door.now)
            startBatches(ConsumerId{what.a}, door);
        return;
    case Kind::acksDue:
        if (m_consumers[what.a].gathering == what.b)
            sendOwed(ConsumerId{what.a}, door);
        return;
    case Kind::extendAck:
        if (m_jobs[what.a].active && m_jobs[what.a].generation == what.b)
            extendAck(what.a, door);
        return;
    case Kind::transactionEnds:
        if (m_jobs[what.a].active && m_jobs[what.a].generation == what.b)
            conclude(what.a, Settlement::ack, ReasonId::none(), door);
        return;
    case Kind::relayLooks:
        if (m_outboxes[what.a].generation == what.b)
            relayLooks(ServiceId{static_cast<std::uint16_t>(what.a)}, door);
        return;
    case Kind::relayMarks:
        if (m_outboxes[what.a].generation == what.b)
            relayMarks(ServiceId{static_cast<std::uint16_t>(what.a)}, door);
        return;
    case Kind::connectionEnds:
        if (const LinkState& link = m_links[what.a]; link.cut && link.cuts == what.b)
            endConnection(what.a, door);
        return;
    case Kind::rollOn:
        rollOn(what.a, static_cast<RollStep>(what.b), door);
        return;
    case Kind::warmedUp:
        note(RecordKind::warmedUp, PlaceId::none(), ReasonId::none(), 0, door);
        return;
    }
}

Result<std::uint64_t> Simulation::replay(const Journal& journal, SimTime until, Recorder& recorder) {
    const std::uint64_t before = m_dues;
    for (const JournalEntry& entry : journal) {
        while (m_dues < entry.dues && step(recorder)) {
        }
        if (m_dues != entry.dues)
            return Error{"journal", "needs a command after " + std::to_string(m_dues) + " dues, where the run is",
                         std::to_string(entry.dues)};
        if (const auto next = nextAt(); entry.at < m_now || (next && entry.at > *next))
            return Error{"journal",
                         "needs a command after " + std::to_string(m_dues) + " dues to be from " + secondsText(m_now) +
                             (next ? " to " + secondsText(*next) : " on") + " s",
                         secondsText(entry.at)};
        waitUntil(entry.at);
        if (const auto applied = apply(entry.command, recorder); !applied)
            return applied.error();
    }
    run(until, UINT64_MAX, recorder);
    return m_dues - before;
}

} // namespace weir
