// Links: what goes between a service and the broker takes its time, and may be lost, doubled or held back on its way;
// faults make that worse, or cut the link. Each draw depends on what travels and on nothing else.
//
// A link is a TCP connection, as in all the named systems: what the network loses it sends again, so that "loss" is
// what a client library does not repair. While a link is cut, what is on its way waits in the buffers of both ends; if
// the cut ends in time, it arrives. After the link's heartbeat both ends give the connection up (RabbitMQ: heartbeat,
// NATS: ping interval, MQTT: keep alive, Kafka: session timeout): what waits is lost, the broker takes back what its
// consumers have, and their acks for it will be refused. Without a connection a publish fails at once; one with a
// confirm is repeated as that says. When the link is there again, the consumers are back at once.
#include "core/simulation/simulation.h"
#include "core/simulation/tries.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {

namespace {
// What is held back where the link's own latency would not do.
constexpr Duration heldBackMin = 1ms;
// RocketMQ: sendMsgTimeout, after which a producer knows that its half message has not arrived.
constexpr Duration halfTimeout = 3s;
} // namespace

void Simulation::adoptLinks() {
    bool takesTime = false, unsure = !m_links.empty();
    for (const LinkPlan& link : m_model->links) {
        takesTime = takesTime || link.latency;
        unsure = unsure || !link.isSure();
    }
    if (unsure)
        m_links.resize(m_model->services.size());
    m_networked = takesTime || unsure;
}

bool Simulation::isImmediate(ServiceId service) const {
    const LinkPlan& link = m_model->links[service.index()];
    return !m_networked || (!link.latency && (m_links.empty() || (link.isSure() && m_links[service.index()].isSure())));
}

Duration Simulation::latency(ServiceId service, Ordinal ordinal, std::uint64_t hop) const {
    if (!m_networked)
        return Duration::zero();
    const LinkPlan& link = m_model->links[service.index()];
    const auto drawn = [&link](Draw& draw) {
        return link.latency ? link.latency->sampleDuration(draw) : Duration::zero();
    };
    Draw draw = m_model->latencyDraws.draw(ordinal, hop);
    const Duration travels = drawn(draw);
    if (m_links.empty())
        return travels;
    const LinkState& state = m_links[service.index()];
    Draw order = m_model->reorderDraws.draw(ordinal, hop);
    const bool heldBack = order.happens(std::max(link.reorder, state.reorder));
    return travels + state.delay + (heldBack ? std::max(drawn(order), heldBackMin) : Duration::zero());
}

Simulation::Fate Simulation::fateOf(ServiceId service, Ordinal ordinal, std::uint64_t hop) const {
    if (m_links.empty())
        return Fate::arrives;
    const LinkState& state = m_links[service.index()];
    if (state.cut)
        return state.ended ? Fate::refused : Fate::held;
    Draw draw = m_model->lossDraws.draw(ordinal, hop);
    return draw.happens(std::max(m_model->links[service.index()].loss, state.lose)) ? Fate::lost : Fate::arrives;
}

bool Simulation::comesTwice(ServiceId service, Ordinal ordinal, std::uint64_t hop) const {
    if (m_links.empty())
        return false;
    Draw draw = m_model->doublingDraws.draw(ordinal, hop);
    return draw.happens(m_model->links[service.index()].duplicates);
}

void Simulation::hold(ServiceId service, Kind kind, std::uint32_t a, std::uint64_t b) {
    m_links[service.index()].held.push_back({static_cast<std::uint8_t>(kind), a, b});
}

void Simulation::stray(Record record, Stray what, ReasonId reason, BrokerDoor& door) {
    record.at = door.now;
    record.kind = RecordKind::strayed;
    record.value = static_cast<std::int64_t>(what);
    record.reason = reason;
    door.recorder.append(record);
}

// --- what arrives at the other end ---

// Nothing: it does not get there, or not yet, and its producer does not know.
std::optional<Admission> Simulation::land(Broker::Publish publish, BrokerDoor& door) {
    if (m_links.empty())
        return m_broker.publish(publish, door);
    const Message& message = m_broker.message(publish.message);
    const ServiceId service = message.source;
    switch (fateOf(service, message.ordinal, 0)) {
    case Fate::arrives:
        break;
    case Fate::lost:
        m_broker.withdraw(publish, m_model->reasons.linkLoss, door);
        return std::nullopt;
    case Fate::held:
        if (!isConfirm(publish.token))
            publish.token = noHandle; // its producer goes on
        hold(service, Kind::publishArrives, m_publishes.add({publish, false}));
        return std::nullopt;
    case Fate::refused:
        m_broker.withdraw(publish, m_model->reasons.partition, door);
        return isConfirm(publish.token) ? std::nullopt : std::optional(Admission::refused);
    }
    // An idempotent producer's numbers tell the broker that it has it already.
    const bool numbered = message.content && message.content->producer != 0;
    publish.twice = !numbered && comesTwice(service, message.ordinal, 0);
    return m_broker.publish(publish, door);
}

void Simulation::landDelivery(const DueKey& what, BrokerDoor& door) {
    const DeliveryTag tag{what.a, static_cast<std::uint32_t>(what.b)};
    const Copy* const copy = m_broker.copy(tag);
    if (!copy || copy->orphaned)
        return; // taken back meanwhile, or kept for a member whose connection was lost
    const ConsumerId consumer = copy->consumer;
    if (m_links.empty()) {
        receive(consumer, tag, door);
        return;
    }
    const ServiceId service = m_model->consumers[consumer.index()].service;
    const Message& message = m_broker.message(copy->message);
    const bool second = (what.b & secondDelivery) != 0;
    const std::uint64_t hop = hopOf(copy->subscription, copy->attempt, copy->round, false);
    switch (fateOf(service, message.ordinal, second ? secondOf(hop) : hop)) {
    case Fate::arrives:
        receive(consumer, tag, door);
        return;
    case Fate::held:
        hold(service, Kind::deliveryArrives, what.a, what.b);
        return;
    case Fate::lost:
    case Fate::refused:
        break;
    }
    Record record;
    record.ordinal = message.ordinal;
    record.type = message.type;
    record.place = m_broker.placeOf(consumer, *copy);
    record.attempt = copy->attempt;
    stray(record, Stray::delivery, m_model->reasons.linkLoss, door);
    if (copy->settled && !second) // acked when it was sent: nobody will send it again
        m_broker.settle(tag, Settlement::requeue, m_model->reasons.linkLoss, door);
}

void Simulation::landSettlement(const TravellingSettlement& settlement, BrokerDoor& door) {
    if (m_links.empty()) {
        settle(settlement, door);
        return;
    }
    const Copy* const copy = m_broker.copy(settlement.tag);
    const Place& place = m_model->catalogue->place(settlement.place);
    // An automatic one is the end of the work alone, of which the broker knows nothing.
    const bool travels = !copy || !copy->settled;
    switch (travels ? fateOf(place.service, settlement.ordinal,
                             hopOf(place.subscription, settlement.attempt, settlement.round, true))
                    : Fate::arrives) {
    case Fate::arrives:
        settle(settlement, door);
        return;
    case Fate::held:
        hold(place.service, Kind::settlementArrives, m_settlements.add(settlement));
        return;
    case Fate::lost:
        loseSettlement(settlement, m_model->reasons.linkLoss, door);
        return;
    case Fate::refused:
        loseSettlement(settlement, m_model->reasons.partition, door);
        return;
    }
}

void Simulation::loseSettlement(const TravellingSettlement& settlement, ReasonId reason, BrokerDoor& door) {
    if (settlement.transaction != noHandle)
        abandon(settlement.transaction, settlement.consumer, door);
    Record record;
    record.ordinal = settlement.ordinal;
    record.type = settlement.type;
    record.place = settlement.place;
    record.attempt = settlement.attempt;
    stray(record, Stray::settlement, reason, door);
}

void Simulation::landAnswer(const DueKey& what, BrokerDoor& door) {
    const Confirm& confirm = m_confirms[what.a];
    const std::uint64_t which = what.b >> 1U;
    if (!m_links.empty() && confirm.open && confirm.id == which >> 8U) {
        const Message& message = m_broker.message(confirm.first);
        const Fate fate = fateOf(message.source, message.ordinal, hopOfAnswer(which & 0xFFU));
        if (fate == Fate::held)
            hold(message.source, Kind::answerArrives, what.a, what.b);
        else if (fate != Fate::arrives)
            stray(producerRecord(RecordKind::strayed, confirm.first, door.now), Stray::answer,
                  fate == Fate::lost ? m_model->reasons.linkLoss : m_model->reasons.partition, door);
        if (fate != Fate::arrives)
            return;
    }
    receiveAnswer(what.a, which, (what.b & 1U) != 0, door);
}

void Simulation::landHalf(std::uint32_t handle, BrokerDoor& door) {
    const LocalTransaction& local = m_locals[handle];
    switch (fateOf(local.service, local.ordinal, 0)) {
    case Fate::arrives:
        prepareHalf(handle, door);
        return;
    case Fate::held:
        hold(local.service, Kind::halfArrives, handle, local.id);
        return;
    case Fate::lost:
        loseHalf(handle, m_model->reasons.linkLoss, door);
        return;
    case Fate::refused:
        loseHalf(handle, m_model->reasons.partition, door);
        return;
    }
}

// Its local transaction never begins, and what was to be done with it fails.
void Simulation::loseHalf(std::uint32_t handle, ReasonId reason, BrokerDoor& door) {
    const LocalTransaction local = m_locals[handle];
    m_locals[handle].open = false;
    m_locals.free(handle);
    m_broker.withdraw(local.publish, reason, door);
    m_flows[local.flow].failed = true;
    later(door.now + halfTimeout, Priority::work, Kind::goOn, local.flow);
}

// --- faults ---

const FaultSpec* Simulation::linkFault(const FaultSpec& like) const {
    const auto found = std::find_if(m_linkFaults.begin(), m_linkFaults.end(), [&like](const FaultSpec& fault) {
        return fault.kind == like.kind && fault.sides == like.sides;
    });
    return found == m_linkFaults.end() ? nullptr : &*found;
}

// Of several that strike one link the one that began last holds.
void Simulation::setLinkFault(const FaultPlan& plan, bool holds, BrokerDoor& door) {
    if (const FaultSpec* const before = linkFault(plan.spec))
        m_linkFaults.erase(m_linkFaults.begin() + (before - m_linkFaults.data()));
    const bool isSome =
        plan.spec.kind == FaultKind::partition ||
        (plan.spec.kind == FaultKind::delay ? plan.spec.by > Duration::zero() : plan.spec.probability > 0);
    if (holds && isSome)
        m_linkFaults.push_back(plan.spec);
    m_links.resize(m_model->services.size());
    m_networked = true;
    for (std::uint16_t i = 0; i < m_links.size(); ++i) {
        LinkState& link = m_links[i];
        link.delay = Duration::zero();
        link.lose = link.reorder = 0;
        bool isCut = false;
        for (const FaultSpec& fault : m_linkFaults) {
            if (!areApart(fault.sides, m_model->services[i].name, brokerEnd))
                continue;
            if (fault.kind == FaultKind::partition)
                isCut = true;
            else if (fault.kind == FaultKind::delay)
                link.delay = fault.by;
            else if (fault.kind == FaultKind::lose)
                link.lose = fault.probability;
            else
                link.reorder = fault.probability;
        }
        if (isCut && !link.cut)
            cut(ServiceId{i}, door);
        else if (!isCut && link.cut)
            heal(ServiceId{i}, door);
    }
}

void Simulation::cut(ServiceId service, BrokerDoor& door) {
    LinkState& link = m_links[service.index()];
    link.cut = true;
    later(door.now + m_model->links[service.index()].heartbeat, Priority::broker, Kind::connectionEnds, service.value,
          ++link.cuts);
}

void Simulation::heal(ServiceId service, BrokerDoor& door) {
    LinkState& link = m_links[service.index()];
    link.cut = false;
    for (const DueKey& what : std::exchange(link.held, {})) {
        const auto kind = static_cast<Kind>(what.kind);
        const bool toConsumer = kind == Kind::deliveryArrives || kind == Kind::answerArrives;
        later(door.now, toConsumer ? Priority::work : Priority::broker, kind, what.a, what.b);
    }
    if (!std::exchange(link.ended, false))
        return;
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i)
        if (const ConsumerPlan& consumer = m_model->consumers[i];
            consumer.service == service && m_consumers[i].up &&
            consumer.instance < m_model->services[service.index()].instances)
            m_broker.resume(ConsumerId{i}, door);
}

// What its workers are doing they do to the end; what they were about to do is thrown away with the connection.
void Simulation::endConnection(ServiceId service, BrokerDoor& door) {
    m_links[service.index()].ended = true;
    for (const DueKey& what : std::exchange(m_links[service.index()].held, {}))
        letGo(what, door);
    std::vector<ConsumerId> gone;
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i) {
        ConsumerState& consumer = m_consumers[i];
        if (m_model->consumers[i].service != service || !consumer.up)
            continue;
        consumer.prefetched = {};
        consumer.owed = {};
        for (const std::uint32_t handle : consumer.jobs)
            if (Job& job = m_jobs[handle]; m_broker.copy(job.tag) && m_broker.copy(job.tag)->settled) {
                job.acked = true; // long since, and its work will be done
                m_broker.settle(job.tag, Settlement::ack, ReasonId::none(), door);
            }
        gone.push_back(ConsumerId{i});
    }
    m_broker.disconnect(gone, door);
    const ServicePlan& plan = m_model->services[service.index()];
    for (std::uint32_t instance = 0; plan.will.valid() && instance < plan.instances; ++instance)
        if (m_services[service.index()].up[instance])
            emit(plan.will, {},
                 {.message = noHandle, .event = nullptr, .requester = Family::noRequester, .waits = false}, {}, door);
}

// What waited for the link to be there again.
void Simulation::letGo(const DueKey& what, BrokerDoor& door) {
    const ReasonId reason = m_model->reasons.partition;
    switch (static_cast<Kind>(what.kind)) {
    case Kind::publishArrives: {
        const Broker::Publish publish = m_publishes[what.a].publish;
        m_publishes.free(what.a);
        m_broker.withdraw(publish, reason, door);
        return;
    }
    case Kind::settlementArrives: {
        const TravellingSettlement settlement = m_settlements[what.a];
        m_settlements.free(what.a);
        loseSettlement(settlement, reason, door);
        return;
    }
    case Kind::answerArrives:
        if (const Confirm& confirm = m_confirms[what.a]; confirm.open && confirm.id == what.b >> 9U)
            stray(producerRecord(RecordKind::strayed, confirm.first, door.now), Stray::answer, reason, door);
        return;
    case Kind::halfArrives:
        loseHalf(what.a, reason, door);
        return;
    default:
        assert(static_cast<Kind>(what.kind) == Kind::deliveryArrives); // the broker takes its copy back
    }
}

} // namespace weir
