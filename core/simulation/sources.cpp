// Sources: arrivals, batches, closed loops. A source whose publish is blocked does not make up arrivals meanwhile; what
// was due in that time follows at once when there is room again (the workload waits at the producer).
#include "core/simulation/simulation.h"

#include <algorithm>

namespace weir {

void Simulation::scheduleArrival(std::uint32_t index, const std::optional<Arrival>& arrival) {
    SourceState& source = m_sources[index];
    if (!source.closedLoop)
        ++source.generation; // what was scheduled is void, also where nothing comes any more
    if (!arrival)
        return;
    const SimTime at = std::max(arrival->at, m_now);
    if (source.closedLoop)
        later(at, Priority::source, Kind::userArrival, index, arrival->index);
    else
        later(at, Priority::source, Kind::arrival, index, source.generation);
}

void Simulation::arrive(std::uint32_t index, std::uint64_t generation, BrokerDoor& door) {
    SourceState& source = m_sources[index];
    if (source.generation != generation)
        return;
    source.remaining = source.arrivals.upcoming()->size;
    continueSource(index, door);
}

void Simulation::userArrives(std::uint32_t index, BrokerDoor& door) {
    SourceState& source = m_sources[index];
    ++source.count;
    const Ordinal before = m_ordinals;
    if (runSource(index, index, door) && m_ordinals == before)
        userReturns(index); // it emitted nothing, so nothing will complete
}

void Simulation::continueSource(std::uint32_t index, BrokerDoor& door) {
    while (m_sources[index].remaining > 0) {
        --m_sources[index].remaining;
        ++m_sources[index].count;
        if (!runSource(index, Family::noRequester, door))
            return; // a publish is blocked: goOn() comes back here
    }
    scheduleArrival(index, m_sources[index].arrivals.next());
}

SiteId Simulation::onlySite(const SourcePlan& source) {
    const std::span<const SiteId> sites = source.processor->plainEmits();
    return sites.size() == 1 ? sites.front() : SiteId::none();
}

// False where a publish is blocked.
bool Simulation::runSource(std::uint32_t index, std::uint32_t requester, BrokerDoor& door) {
    SourceState& source = m_sources[index];
    if (const SiteId only = source.only; only.valid())
        return playPlain({.source = index}, {&only, 1}, {.requester = requester}, door);
    const SourcePlan& plan = m_model->services[source.service.index()].sources[source.index];
    const Trigger trigger{.requester = requester};
    const Owner owner{.source = index};
    if (const auto sites = plan.processor->plainEmits(); !sites.empty())
        return playPlain(owner, sites, trigger, door);
    Draw draw = plan.effectDraws.draw(source.count);
    m_output.clear();
    const Handling handling{.event = nullptr,
                            .count = source.count,
                            .now = door.now,
                            .service = m_model->services[source.service.index()].name};
    if (!plan.processor->handle(handling, m_services[source.service.index()].state, m_output, draw))
        return true;
    return play(owner, m_output, 0, trigger, door);
}

void Simulation::completed(std::uint32_t requester, BrokerDoor&) {
    userReturns(requester);
}

void Simulation::userReturns(std::uint32_t index) {
    SourceState& source = m_sources[index];
    if (source.leaving > 0)
        --source.leaving;
    else if (!(source.arrivals.factor() > 0))
        ++source.resting;
    else
        scheduleArrival(index, source.arrivals.userReturns(m_now));
}

} // namespace weir
