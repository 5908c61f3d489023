// Faults and commands: crash and restart, pause, slow down, rates. Faults come from the scenario at their time,
// commands from a person; both do the same things.
#include "core/simulation/simulation.h"

#include <cassert>

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

void Simulation::beginFault(std::uint32_t index, BrokerDoor& door) {
    const FaultSpec& fault = m_model->faults[index];
    const ServiceId service = m_model->faultServices[index];
    const ServicePlan& plan = m_model->services[service.index()];
    std::optional<Duration> lasts = fault.lasts;
    switch (fault.kind) {
    case FaultKind::crash:
        for (std::uint32_t instance = 0; instance < plan.instances; ++instance)
            if (!fault.instance || *fault.instance == instance)
                crash(service, instance, door);
        lasts = fault.lasts.value_or(plan.restartAfter);
        break;
    case FaultKind::pause:
        note(RecordKind::commanded, plan.place, m_model->reasons.pause, 0, door);
        setPaused(service, true, door);
        break;
    case FaultKind::slow:
        note(RecordKind::commanded, plan.place, m_model->reasons.slow, 0, door);
        m_services[service.index()].slow = fault.factor;
        break;
    case FaultKind::rate:
        note(RecordKind::commanded, plan.place, m_model->reasons.rate, 0, door);
        setRate(service, fault.factor);
        break;
    }
    if (lasts)
        later(door.now + *lasts, Priority::command, Kind::faultEnds, index);
}

void Simulation::endFault(std::uint32_t index, BrokerDoor& door) {
    const FaultSpec& fault = m_model->faults[index];
    const ServiceId service = m_model->faultServices[index];
    const ServicePlan& plan = m_model->services[service.index()];
    switch (fault.kind) {
    case FaultKind::crash:
        for (std::uint32_t instance = 0; instance < plan.instances; ++instance)
            if (!fault.instance || *fault.instance == instance)
                restart(service, instance, door);
        return;
    case FaultKind::pause:
        note(RecordKind::commanded, plan.place, m_model->reasons.resume, 0, door);
        setPaused(service, false, door);
        return;
    case FaultKind::slow:
        note(RecordKind::commanded, plan.place, m_model->reasons.slow, 0, door);
        m_services[service.index()].slow = 1;
        return;
    case FaultKind::rate:
        note(RecordKind::commanded, plan.place, m_model->reasons.rate, 0, door);
        setRate(service, 1);
        return;
    }
}

// Its handlings end without effects, what it had taken goes back, and its workers are gone until the restart. Business
// state survives: it is the service's database, not the instance's memory.
void Simulation::crash(ServiceId service, std::uint32_t instance, BrokerDoor& door) {
    ServiceState& state = m_services[service.index()];
    if (!state.up[instance])
        return;
    state.up[instance] = false;
    note(RecordKind::crashed, m_model->services[service.index()].instancePlaces[instance], m_model->reasons.crash, 0, door);
    for (std::size_t i = 0; i < m_consumers.size(); ++i) {
        if (m_model->consumers[i].service != service || m_model->consumers[i].instance != instance)
            continue;
        ConsumerState& consumer = m_consumers[i];
        consumer.up = false;
        consumer.idle = 0;
        consumer.prefetched = {};
        const std::vector<std::uint32_t> jobs = std::move(consumer.jobs);
        consumer.jobs.clear();
        for (const std::uint32_t handle : jobs) {
            m_jobs[handle].active = false;
            const MessageHandle message = m_jobs[handle].message;
            m_jobs.free(handle);
            m_broker.release(message, door);
        }
        m_broker.disconnect(ConsumerId{static_cast<std::uint32_t>(i)}, door);
    }
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
        m_broker.resume(consumer, door);
    }
}

void Simulation::setPaused(ServiceId service, bool paused, BrokerDoor& door) {
    m_services[service.index()].paused = paused;
    for (std::size_t i = 0; !paused && i < m_consumers.size(); ++i)
        if (m_model->consumers[i].service == service)
            startNext(ConsumerId{static_cast<std::uint32_t>(i)}, door);
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
    }
}

Result<JournalEntry> Simulation::apply(const Command& command, Recorder& recorder) {
    if (m_stopped)
        return Error{"command", "needs a run that goes on", "one that has stopped"};
    const ServiceId service = m_model->catalogue->service(command.target);
    if (!service.valid())
        return Error{"command", "needs the name of a service", '"' + command.target + '"'};
    const ServicePlan& plan = m_model->services[service.index()];
    if (command.instance && *command.instance >= plan.instances)
        return Error{"command", "needs an instance below " + std::to_string(plan.instances),
                     std::to_string(*command.instance)};
    if (!(command.factor >= 0) || command.factor > 1e6)
        return Error{"command", "needs a factor from 0 to 1000000", std::to_string(command.factor)};
    BrokerDoor door{m_now, recorder, *this};
    if (!m_begun)
        begin(door);
    ReasonId reason;
    switch (command.kind) {
    case CommandKind::crash:
        reason = m_model->reasons.crash;
        break;
    case CommandKind::restart:
        reason = m_model->reasons.restart;
        break;
    case CommandKind::pause:
        reason = m_model->reasons.pause;
        break;
    case CommandKind::resume:
        reason = m_model->reasons.resume;
        break;
    case CommandKind::slow:
        reason = m_model->reasons.slow;
        break;
    case CommandKind::rate:
        reason = m_model->reasons.rate;
        break;
    }
    note(RecordKind::commanded, plan.place, reason, static_cast<std::int64_t>(++m_commands), door);
    for (std::uint32_t instance = 0; instance < plan.instances; ++instance) {
        if (command.instance && *command.instance != instance)
            continue;
        if (command.kind == CommandKind::crash)
            crash(service, instance, door);
        else if (command.kind == CommandKind::restart)
            restart(service, instance, door);
    }
    if (command.kind == CommandKind::pause || command.kind == CommandKind::resume)
        setPaused(service, command.kind == CommandKind::pause, door);
    else if (command.kind == CommandKind::slow)
        m_services[service.index()].slow = command.factor;
    else if (command.kind == CommandKind::rate)
        setRate(service, command.factor);
    return JournalEntry{m_now, m_dues, command};
}

} // namespace weir
