// Reconfiguration: a running simulation goes on with another model of the same structure. What is under way goes on as it
// began; whatever begins from now on follows the new policies.
#include "core/json_pointer.h"
#include "core/scenario/by_name.h"
#include "core/simulation/simulation.h"

#include <algorithm>
#include <utility>

namespace weir {

void Simulation::adopt(std::shared_ptr<const Model> model, BrokerDoor& door) {
    const std::shared_ptr<const Model> before = std::exchange(m_model, std::move(model));
    adoptLinks();
    m_broker.reconfigure(m_model->broker, door);
    for (std::uint32_t source = 0; source < m_sources.size(); ++source)
        adoptSource(source, *before);
    for (std::uint16_t service = 0; service < m_services.size(); ++service)
        adoptService(ServiceId{service}, *before, door);
}

void Simulation::adoptSource(std::uint32_t index, const Model& before) {
    SourceState& source = m_sources[index];
    const ServicePlan& plan = m_model->services[source.service.index()];
    source.only = onlySite(plan.sources[source.index]);
    const std::string where =
        elementPointer("/services", plan.name) + "/sources/" + std::to_string(source.index) + "/arrivals";
    const Value* const old = valueAt(before.scenario->document, where);
    const Value* const now = valueAt(m_model->scenario->document, where);
    if (old == now || (old && now && *old == *now))
        return;
    const Arrivals& arrivals = plan.sources[source.index].arrivals;
    const bool within = !source.closedLoop && source.remaining > 0;
    const std::optional<Arrival> moved = source.arrivals.change(arrivals, m_now, within);
    if (!source.closedLoop) {
        if (!within)
            scheduleArrival(index, moved);
        return;
    }
    const std::uint32_t usersBefore = before.services[source.service.index()].sources[source.index].arrivals.users();
    for (std::uint32_t user = arrivals.users(); user < usersBefore; ++user)
        ++source.leaving;
    for (std::uint32_t user = usersBefore; user < arrivals.users(); ++user)
        userReturns(index);
}

void Simulation::adoptService(ServiceId service, const Model& before, BrokerDoor& door) {
    const ServicePlan& old = before.services[service.index()];
    const ServicePlan& plan = m_model->services[service.index()];
    const std::span<const HandlerPlan> handlersBefore = before.handlersOf(service);
    const std::span<const HandlerPlan> handlers = m_model->handlersOf(service);
    const auto workers = [](std::span<const HandlerPlan> of) {
        std::int64_t sum = 0;
        for (const HandlerPlan& handler : of)
            sum += handler.concurrency;
        return sum;
    };
    for (std::size_t h = 0; h < handlers.size(); ++h)
        m_seen[plan.firstHandler + h].setTtl(handlers[h].idempotencyTtl);
    if (old.instances != plan.instances || workers(handlersBefore) != workers(handlers)) {
        Record record;
        record.at = door.now;
        record.kind = RecordKind::scaled;
        record.place = plan.place;
        record.value = workers(handlers);
        record.extra = plan.instances;
        record.reason = m_model->reasons.set;
        door.recorder.append(record);
    }
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i) {
        const ConsumerPlan& consumer = m_model->consumers[i];
        if (consumer.service != service || consumer.instance >= plan.instances)
            continue;
        const HandlerPlan& handler = handlers[consumer.handler];
        const HandlerPlan& handlerBefore = handlersBefore[consumer.handler];
        if (handler.concurrency != handlerBefore.concurrency && m_consumers[i].up)
            m_consumers[i].idle = idleOf(ConsumerId{i});
        if (handler.prefetch != handlerBefore.prefetch || handler.automatic != handlerBefore.automatic ||
            handler.priority != handlerBefore.priority || plan.prefetch != old.prefetch)
            m_broker.setTerms(ConsumerId{i},
                              {.prefetch = handler.prefetch,
                               .automatic = handler.automatic,
                               .priority = handler.priority,
                               .sharedPrefetch = plan.prefetch},
                              door);
        startNext(ConsumerId{i}, door);
    }
    scale(service, old.instances, door);
}

std::uint32_t Simulation::idleOf(ConsumerId consumer) const {
    const std::uint32_t busy = m_consumers[consumer.index()].busy;
    const std::uint32_t workers = handlerOf(consumer).concurrency;
    return workers > busy ? workers - busy : 0;
}

// Instances that go get nothing more and finish what they have taken; one that comes back is up, whatever it was.
void Simulation::scale(ServiceId service, std::uint32_t instancesBefore, BrokerDoor& door) {
    const std::uint32_t instances = m_model->services[service.index()].instances;
    std::vector<bool>& up = m_services[service.index()].up;
    if (up.size() < instances)
        up.resize(instances, true);
    for (std::uint32_t i = 0; i < m_model->consumers.size(); ++i) {
        const ConsumerPlan& consumer = m_model->consumers[i];
        const ConsumerId id{i};
        if (consumer.service != service)
            continue;
        if (i >= m_consumers.size()) {
            assert(i == m_consumers.size()); // the broker counts its consumers in the same order
            m_consumers.emplace_back();
            attachConsumer(id, door);
            m_broker.setLoss(id, m_services[service.index()].loss);
            m_broker.resume(id, door);
            adoptReach(id, door);
            if (isCutOff(service)) {
                m_broker.disconnect(id, door);
                goUnheard(service, consumer.instance);
            }
        } else if (consumer.instance >= instances && consumer.instance < instancesBefore) {
            m_broker.retire(id, door);
        } else if (consumer.instance >= instancesBefore && consumer.instance < instances) {
            m_consumers[i].up = true;
            m_consumers[i].idle = idleOf(id);
            if (isCutOff(service))
                goUnheard(service, consumer.instance);
            else
                m_broker.resume(id, door);
        }
    }
    for (std::uint32_t instance = instancesBefore; instance < instances; ++instance)
        up[instance] = true;
}

} // namespace weir
