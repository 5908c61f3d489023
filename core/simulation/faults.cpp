// Faults: crash and restart, pause, slow down, rates, losses, duplicates, poison, links, clocks. They come from the
// scenario at their time, or from a person as commands; both do the same things.
#include "core/simulation/simulation.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace weir {

void Simulation::note(RecordKind kind, PlaceId place, ReasonId reason, std::int64_t value, BrokerDoor& door) {
    Record record;
    record.at = door.now;
    record.kind = kind;
    record.place = place;
    record.reason = reason;
    record.value = value;
    door.recorder.append(record);
}

PlaceId Simulation::placeOf(const FaultPlan& fault) const {
    if (fault.node.valid())
        return m_model->broker->nodes[fault.node.index()].place;
    if (fault.spec.kind == FaultKind::seek)
        return m_model->broker->channels[fault.channel.index()].place;
    if (fault.service.valid())
        return m_model->services[fault.service.index()].place;
    return fault.channel.valid() ? m_model->broker->channels[fault.channel.index()].place : PlaceId::none();
}

ReasonId Simulation::reasonOf(FaultKind kind, bool ends) const {
    const ServiceReasons& reasons = m_model->reasons;
    switch (kind) {
    case FaultKind::crash:
        return ends ? reasons.restart : reasons.crash;
    case FaultKind::pause:
        return ends ? reasons.resume : reasons.pause;
    case FaultKind::slow:
        return reasons.slow;
    case FaultKind::rate:
        return reasons.rate;
    case FaultKind::drop:
        return m_model->broker->reasons.drop;
    case FaultKind::duplicate:
        return m_model->broker->reasons.duplicate;
    case FaultKind::poison:
        return reasons.poison;
    case FaultKind::redrive:
        return m_model->broker->reasons.redrive;
    case FaultKind::purge:
        return m_model->broker->reasons.discard;
    case FaultKind::seek:
        return m_model->broker->reasons.seek;
    case FaultKind::partition:
        return ends ? reasons.heal : reasons.partition;
    case FaultKind::delay:
        return reasons.delay;
    case FaultKind::reorder:
        return reasons.reorder;
    case FaultKind::lose:
        return reasons.lose;
    case FaultKind::clockSkew:
        return reasons.clockSkew;
    case FaultKind::replay:
        return reasons.replay;
    case FaultKind::nodeDown:
        return ends ? m_model->broker->reasons.nodeUp : m_model->broker->reasons.nodeDown;
    case FaultKind::powerOff:
        return ends ? m_model->broker->reasons.nodeUp : m_model->broker->reasons.powerOff;
    case FaultKind::diskFull:
        return ends ? m_model->broker->reasons.diskFree : m_model->broker->reasons.diskFull;
    case FaultKind::slowDisk:
        return m_model->broker->reasons.slowDisk;
    case FaultKind::rollingRestart:
        return m_model->broker->reasons.rollingRestart;
    }
    return ReasonId::none();
}

std::optional<Duration> Simulation::lengthOf(const FaultPlan& fault) const {
    if (fault.spec.kind == FaultKind::crash)
        return fault.spec.lasts.value_or(m_model->services[fault.service.index()].restartAfter);
    if (fault.spec.kind == FaultKind::rollingRestart)
        return std::nullopt; // it goes on by itself
    return fault.spec.lasts;
}

// The records of the instances tell of a crash; all else is told here.
void Simulation::beginFault(std::uint32_t index, BrokerDoor& door) {
    const FaultPlan& fault = m_model->faults[index];
    if (fault.spec.kind != FaultKind::crash)
        note(RecordKind::commanded, placeOf(fault), reasonOf(fault.spec.kind, false), 0, door);
    m_faultsOn.push_back(index);
    strike(fault, door);
    if (const std::optional<Duration> lasts = lengthOf(fault))
        later(door.now + *lasts, Priority::command, Kind::faultEnds, index);
}

void Simulation::endFault(std::uint32_t index, BrokerDoor& door) {
    if (std::erase(m_faultsOn, index) == 0)
        return; // a command has taken its place
    const FaultPlan& fault = m_model->faults[index];
    if (fault.spec.kind != FaultKind::crash)
        note(RecordKind::commanded, placeOf(fault), reasonOf(fault.spec.kind, true), 0, door);
    liftUnlessOthers(fault, door);
}

bool Simulation::sameTarget(const FaultPlan& left, const FaultPlan& right) {
    return left.spec.kind == right.spec.kind && left.service == right.service && left.channel == right.channel &&
           left.type == right.type && left.node == right.node &&
           left.spec.sides == right.spec.sides;
}

// Where others of its kind go on they hold again, the one that began last.
void Simulation::liftUnlessOthers(const FaultPlan& ended, BrokerDoor& door) {
    std::vector<const FaultPlan*> others;
    for (const CommandEnd& end : m_commandEnds)
        if (end.active && sameTarget(end.fault, ended))
            others.push_back(&end.fault);
    for (const std::uint32_t index : m_faultsOn)
        if (sameTarget(m_model->faults[index], ended))
            others.push_back(&m_model->faults[index]);
    if (others.empty()) {
        lift(ended, door);
        return;
    }
    if (ended.spec.kind != FaultKind::crash) {
        strike(*others.back(), door);
        return;
    }
    for (std::uint32_t instance = 0; instance < m_model->services[ended.service.index()].instances; ++instance) {
        const auto keepsDown = [instance](const FaultPlan* other) {
            return !other->spec.instance || *other->spec.instance == instance;
        };
        if ((!ended.spec.instance || *ended.spec.instance == instance) &&
            std::none_of(others.begin(), others.end(), keepsDown))
            restart(ended.service, instance, door);
    }
}

void Simulation::endCommand(std::uint32_t index, BrokerDoor& door) {
    if (!std::exchange(m_commandEnds[index].active, false))
        return;
    const FaultPlan fault = m_commandEnds[index].fault;
    note(RecordKind::commanded, placeOf(fault), reasonOf(fault.spec.kind, true), 0, door);
    liftUnlessOthers(fault, door);
}

void Simulation::strike(const FaultPlan& fault, BrokerDoor& door) {
    switch (fault.spec.kind) {
    case FaultKind::crash:
        for (std::uint32_t instance = 0; instance < m_model->services[fault.service.index()].instances; ++instance)
            if (!fault.spec.instance || *fault.spec.instance == instance)
                crash(fault.service, instance, door);
        return;
    case FaultKind::pause:
        setPaused(fault.service, true, door);
        return;
    case FaultKind::slow:
        strained(fault.service).slow = fault.spec.factor;
        return;
    case FaultKind::rate:
        setRate(fault.service, fault.spec.factor);
        return;
    case FaultKind::drop:
        setLoss(fault, fault.spec.probability);
        return;
    case FaultKind::duplicate:
        m_broker.setDuplicates(fault.channel, fault.spec.probability);
        return;
    case FaultKind::poison:
        setPoison(fault, fault.spec.count);
        return;
    case FaultKind::redrive:
        m_broker.redrive(m_model->broker->channels[fault.channel.index()].subscriptions.front(), 0, fault.to, door);
        return;
    case FaultKind::purge:
        m_broker.discard(m_model->broker->channels[fault.channel.index()].subscriptions.front(), 0, door);
        return;
    case FaultKind::seek:
        seek(fault, door);
        return;
    case FaultKind::replay:
        replayArchive(fault, door);
        return;
    case FaultKind::partition:
    case FaultKind::delay:
    case FaultKind::reorder:
    case FaultKind::lose:
        setLinkFault(fault, true, door);
        return;
    case FaultKind::clockSkew:
        setClock(fault, fault.spec.by, door);
        return;
    case FaultKind::nodeDown:
        m_broker.setNode(fault.node, NodeTrouble::down, true, door);
        return;
    case FaultKind::powerOff:
        m_broker.setNode(fault.node, NodeTrouble::powerOff, true, door);
        return;
    case FaultKind::diskFull:
        m_broker.setDiskFull(fault.node, true, door);
        return;
    case FaultKind::slowDisk:
        m_broker.setSlowDisk(fault.node, fault.spec.by);
        return;
    case FaultKind::rollingRestart:
        beginRoll(fault, door);
        return;
    }
}

void Simulation::lift(const FaultPlan& fault, BrokerDoor& door) {
    switch (fault.spec.kind) {
    case FaultKind::crash:
        for (std::uint32_t instance = 0; instance < m_model->services[fault.service.index()].instances; ++instance)
            if (!fault.spec.instance || *fault.spec.instance == instance)
                restart(fault.service, instance, door);
        return;
    case FaultKind::pause:
        setPaused(fault.service, false, door);
        return;
    case FaultKind::slow:
        strained(fault.service).slow = 1;
        return;
    case FaultKind::rate:
        setRate(fault.service, 1);
        return;
    case FaultKind::drop:
        setLoss(fault, 0);
        return;
    case FaultKind::duplicate:
        m_broker.setDuplicates(fault.channel, 0);
        return;
    case FaultKind::poison:
        setPoison(fault, 0);
        return;
    case FaultKind::partition:
    case FaultKind::delay:
    case FaultKind::reorder:
    case FaultKind::lose:
        setLinkFault(fault, false, door);
        return;
    case FaultKind::clockSkew:
        setClock(fault, Duration::zero(), door);
        return;
    case FaultKind::nodeDown:
        m_broker.setNode(fault.node, NodeTrouble::down, false, door);
        return;
    case FaultKind::powerOff:
        m_broker.setNode(fault.node, NodeTrouble::powerOff, false, door);
        return;
    case FaultKind::diskFull:
        m_broker.setDiskFull(fault.node, false, door);
        return;
    case FaultKind::slowDisk:
        m_broker.setSlowDisk(fault.node, Duration::zero());
        return;
    case FaultKind::redrive:
    case FaultKind::purge:
    case FaultKind::seek:
    case FaultKind::replay:
    case FaultKind::rollingRestart:
        return; // done at once, or going on by itself
    }
}

void Simulation::setClock(const FaultPlan& fault, Duration ahead, BrokerDoor& door) {
    if (fault.node.valid())
        m_broker.setClock(fault.node, ahead, door);
    else
        strained(fault.service).clockAhead = ahead;
}

void Simulation::setLoss(const FaultPlan& fault, double share) {
    if (fault.channel.valid()) {
        for (const SubscriptionId id : m_model->broker->channels[fault.channel.index()].subscriptions)
            m_broker.setLoss(id, share);
        return;
    }
    m_services[fault.service.index()].loss = share;
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i)
        if (m_model->consumers[i].service == fault.service)
            m_broker.setLoss(ConsumerId{i}, share);
}

void Simulation::seek(const FaultPlan& fault, BrokerDoor& door) {
    for (const SubscriptionId group : m_model->broker->channels[fault.channel.index()].subscriptions)
        if (!fault.service.valid() || m_model->catalogue->subscriptions()[group.index()].service == fault.service)
            m_broker.seek(group, fault.spec.seek, door);
}

// Those that are poisoned already stay so.
void Simulation::setPoison(const FaultPlan& fault, std::uint64_t count) {
    std::erase_if(m_poisons, [&](const Poison& poison) {
        return poison.service == fault.service && poison.type == fault.type;
    });
    if (count > 0)
        m_poisons.push_back({fault.service, fault.type, count});
}

// A message whose deliveries begin again has been dead-lettered and redriven: it is cured.
bool Simulation::isPoisoned(const Job& job, Ordinal ordinal, EventTypeId type) {
    const ConsumerPlan& consumer = m_model->consumers[job.consumer.index()];
    const std::uint64_t key = ordinal << 16U | handlerOf(job.consumer).subscription.value;
    if (m_poisoned.find(key)) {
        if (job.attempt == 1)
            m_poisoned.take(key);
        return job.attempt != 1;
    }
    if (job.attempt != 1)
        return false;
    for (Poison& poison : m_poisons) {
        const bool struck = poison.service.valid() ? poison.service == consumer.service : poison.type == type;
        if (!struck)
            continue;
        m_poisoned.set(key, true);
        if (--poison.remaining == 0)
            std::erase_if(m_poisons, [](const Poison& each) { return each.remaining == 0; });
        return true;
    }
    return false;
}

// Its handlings end without effects, what it had taken goes back, and its workers are gone until the restart. Business
// state survives: it is the service's database, not the instance's memory.
void Simulation::crash(ServiceId service, std::uint32_t instance, BrokerDoor& door) {
    ServiceState& state = m_services[service.index()];
    if (!state.up[instance])
        return;
    const bool wasRelay = hasOutbox(service) && relayOf(service) == instance;
    state.up[instance] = false;
    note(RecordKind::crashed, m_model->services[service.index()].instancePlaces[instance], m_model->reasons.crash, 0, door);
    std::vector<ConsumerId> gone;
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i) {
        if (m_model->consumers[i].service != service || m_model->consumers[i].instance != instance)
            continue;
        ConsumerState& consumer = m_consumers[i];
        consumer.up = false;
        consumer.idle = consumer.busy = 0;
        consumer.prefetched = {};
        consumer.owed = {}; // what it has not acked yet comes back, though it was done
        forgetHandshakes(ConsumerId{i});
        const std::vector<std::uint32_t> jobs = jobsOf(ConsumerId{i});
        consumer.firstJob = consumer.lastJob = noJob;
        for (const std::uint32_t handle : jobs) {
            const Job job = m_jobs[handle];
            m_jobs[handle].active = false;
            if (job.transaction != noHandle)
                abandon(job.transaction, job.consumer, door);
            m_jobs.free(handle);
            if (job.acked)
                hand(job, Settlement::requeue, m_model->broker->reasons.disconnected, door);
            m_broker.release(job.message, door);
        }
        // What comes back is another producer: it knows nothing of the numbers that this one gave.
        m_producers.erase(m_producers.lower_bound({i, 0}), m_producers.lower_bound({i + 1, 0}));
        forgetUnconfirmed(ConsumerId{i});
        gone.push_back(ConsumerId{i});
    }
    if (wasRelay)
        relayGone(service);
    if (isCutOff(service)) { // nobody tells the broker before its heartbeat does
        goUnheard(service, instance);
        return;
    }
    m_broker.disconnect(gone, door);
    publishWill(service, door);
}

void Simulation::restart(ServiceId service, std::uint32_t instance, BrokerDoor& door) {
    ServiceState& state = m_services[service.index()];
    if (state.up[instance])
        return;
    state.up[instance] = true;
    note(RecordKind::restarted, m_model->services[service.index()].instancePlaces[instance], ReasonId::none(), 0, door);
    for (std::size_t i = 0; i < m_consumers.size(); ++i) {
        if (m_model->consumers[i].service != service || m_model->consumers[i].instance != instance)
            continue;
        const ConsumerId consumer{static_cast<std::uint32_t>(i)};
        m_consumers[i].up = true;
        m_consumers[i].idle = handlerOf(consumer).concurrency;
        abortAbandoned(consumer, door);
        if (!isCutOff(service))
            m_broker.resume(consumer, door);
    }
    if (hasOutbox(service))
        scheduleRelay(service, door.now);
}

void Simulation::setPaused(ServiceId service, bool paused, BrokerDoor& door) {
    strained(service).paused = paused;
    if (!paused && hasOutbox(service))
        scheduleRelay(service, door.now);
    for (std::uint32_t i = 0; !paused && i < m_consumers.size(); ++i)
        if (m_model->consumers[i].service == service) {
            startNext(ConsumerId{i}, door);
            if (m_someLeft)
                pollAgain(ConsumerId{i}, door);
        }
}

void Simulation::setRate(ServiceId service, double factor) {
    for (std::uint32_t i = 0; i < m_sources.size(); ++i) {
        SourceState& source = m_sources[i];
        if (source.service != service)
            continue;
        // A source in the middle of a batch schedules its next arrival itself when it is through.
        const std::optional<Arrival> moved = source.arrivals.setFactor(m_now, factor);
        if (!source.closedLoop && source.remaining == 0)
            scheduleArrival(i, moved);
        for (std::uint32_t user = std::exchange(source.resting, 0); user > 0; --user)
            userReturns(i);
    }
}

} // namespace weir
