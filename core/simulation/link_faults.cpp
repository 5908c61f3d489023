// Faults on links: cuts, delays, losses, changes of order, between services and the broker or single nodes of it, and
// between nodes. A cut holds back what is on its way; when it lasts for the link's heartbeat, the connection ends.
#include "core/simulation/simulation.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {

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
    strikeNodeLinks(door);
    strikeLinks(door);
}

// The broker as a whole, where that holds for each of its nodes.
bool Simulation::isStruck(const FaultSpec& fault, LinkId link) const {
    const std::string& service = m_model->services[serviceOf(link).index()].name;
    const std::vector<NodePlan>& nodes = m_model->broker->nodes;
    if (const NodeId node = nodeOf(link); node.valid())
        return areApart(fault.sides, service, nodes[node.index()].spec.name);
    if (nodes.empty())
        return areApart(fault.sides, service, brokerEnd);
    return std::all_of(nodes.begin(), nodes.end(),
                       [&](const NodePlan& node) { return areApart(fault.sides, service, node.spec.name); });
}

void Simulation::strikeLinks(BrokerDoor& door) {
    m_links.resize(m_model->links.size());
    m_networked = true;
    std::vector<LinkId> cuts, heals;
    bool wholeIsCut = false; // then its nodes are not cut apart from it
    for (LinkId i = 0; i < m_links.size(); ++i) {
        LinkState& link = m_links[i];
        link.delay = Duration::zero();
        link.lose = link.reorder = 0;
        bool isCut = false;
        for (const FaultSpec& fault : m_linkFaults) {
            if (!isStruck(fault, i))
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
        if (!nodeOf(i).valid())
            wholeIsCut = isCut;
        else
            isCut = isCut && !wholeIsCut;
        if (isCut != link.cut)
            (isCut ? cuts : heals).push_back(i);
    }
    for (const LinkId link : cuts)
        cut(link, door);
    for (const LinkId link : heals)
        heal(link, door);
}

void Simulation::strikeNodeLinks(BrokerDoor& door) {
    const std::vector<NodePlan>& nodes = m_model->broker->nodes;
    std::vector<std::pair<NodeId, NodeId>> apart;
    std::vector<Duration> delays(nodes.size() * nodes.size());
    bool someDelay = false;
    for (std::uint16_t one = 0; one < nodes.size(); ++one)
        for (std::uint16_t other = 0; other < nodes.size(); ++other)
            for (const FaultSpec& fault : m_linkFaults) {
                if (one == other || !areNodesApart(fault.sides, nodes[one].spec.name, nodes[other].spec.name))
                    continue;
                if (fault.kind == FaultKind::delay) {
                    delays[one * nodes.size() + other] = fault.by;
                    someDelay = true;
                } else if (fault.kind == FaultKind::partition && one < other &&
                           (apart.empty() || apart.back() != std::pair(NodeId{one}, NodeId{other}))) {
                    apart.emplace_back(NodeId{one}, NodeId{other});
                }
            }
    m_nodeDelays = someDelay ? std::move(delays) : std::vector<Duration>();
    if (!nodes.empty())
        m_broker.separate(std::move(apart), door);
}

void Simulation::cut(LinkId id, BrokerDoor& door) {
    LinkState& link = m_links[id];
    link.cut = true;
    later(door.now + m_model->links[id].heartbeat, Priority::broker, Kind::connectionEnds, id, ++link.cuts);
}

std::vector<ConsumerId> Simulation::consumersOf(ServiceId service, std::uint32_t instance) const {
    std::vector<ConsumerId> consumers;
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i)
        if (m_model->consumers[i].service == service && m_model->consumers[i].instance == instance)
            consumers.push_back(ConsumerId{i});
    return consumers;
}

void Simulation::goUnheard(ServiceId service, std::uint32_t instance) {
    std::vector<std::uint32_t>& unheard = m_links[linkOf(service, NodeId::none())].unheard;
    if (std::find(unheard.begin(), unheard.end(), instance) == unheard.end())
        unheard.push_back(instance);
}

// MQTT 5.0, 3.1.2.5: the broker publishes it, since the client cannot any more.
void Simulation::publishWill(ServiceId service, BrokerDoor& door) {
    if (const SiteId will = m_model->services[service.index()].will; will.valid())
        emit(will, {}, {.message = noHandle, .event = nullptr, .requester = Family::noRequester, .waits = false}, {},
             door);
}

// The link is there again: connections of instances that went in the meantime are dead.
void Simulation::hearOf(ServiceId service, const std::vector<std::uint32_t>& instances, BrokerDoor& door) {
    for (const std::uint32_t instance : instances) {
        const std::vector<ConsumerId> consumers = consumersOf(service, instance);
        m_broker.disconnect(consumers, door);
        publishWill(service, door);
        for (const ConsumerId consumer : consumers)
            if (m_consumers[consumer.index()].up && instance < m_model->services[service.index()].instances)
                m_broker.resume(consumer, door);
    }
}

void Simulation::heal(LinkId id, BrokerDoor& door) {
    LinkState& link = m_links[id];
    link.cut = false;
    for (const DueKey& what : std::exchange(link.held, {})) {
        const auto kind = static_cast<Kind>(what.kind);
        const bool toConsumer =
            kind == Kind::deliveryArrives || kind == Kind::answerArrives || kind == Kind::deliveryReleased;
        later(door.now, toConsumer ? Priority::work : Priority::broker, kind, what.a, what.b);
    }
    const bool ended = std::exchange(link.ended, false);
    const std::vector<std::uint32_t> unheard = std::exchange(link.unheard, {});
    const ServiceId service = serviceOf(id);
    if (!ended) {
        hearOf(service, unheard, door);
        return;
    }
    const bool ofNode = nodeOf(id).valid();
    std::vector<ConsumerId> back;
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i)
        if (const ConsumerPlan& consumer = m_model->consumers[i];
            consumer.service == service &&
            (ofNode || (m_consumers[i].up && consumer.instance < m_model->services[service.index()].instances)))
            back.push_back(ConsumerId{i});
    if (ofNode)
        m_broker.setReach(back, nodeOf(id), true, door);
    else
        for (const ConsumerId consumer : back)
            m_broker.resume(consumer, door);
}

// What it is doing it does to the end; what was acked long since will be done.
void Simulation::letWorkEnd(ConsumerId consumer, BrokerDoor& door) {
    for (const std::uint32_t handle : jobsOf(consumer))
        if (Job& job = m_jobs[handle]; m_broker.copy(job.tag) && m_broker.copy(job.tag)->settled) {
            job.acked = true;
            m_broker.settle(job.tag, Settlement::ack, ReasonId::none(), door);
        }
}

// What its workers were about to do is thrown away with the connection.
void Simulation::endConnection(LinkId id, BrokerDoor& door) {
    if (nodeOf(id).valid()) {
        endNodeConnection(id, door);
        return;
    }
    LinkState& link = m_links[id];
    link.ended = true;
    const std::vector<std::uint32_t> unheard = std::exchange(link.unheard, {});
    const auto isUnheard = [&unheard](std::uint32_t instance) {
        return std::find(unheard.begin(), unheard.end(), instance) != unheard.end();
    };
    for (const DueKey& what : std::exchange(link.held, {}))
        letGo(what, door);
    const ServiceId service = serviceOf(id);
    std::vector<ConsumerId> gone;
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i) {
        ConsumerState& consumer = m_consumers[i];
        const ConsumerPlan& plan = m_model->consumers[i];
        if (plan.service != service || !(consumer.up || isUnheard(plan.instance)))
            continue;
        consumer.prefetched = {};
        consumer.owed = {};
        letWorkEnd(ConsumerId{i}, door);
        gone.push_back(ConsumerId{i});
    }
    m_broker.disconnect(gone, door);
    for (std::uint32_t instance = 0; instance < m_model->services[service.index()].instances; ++instance)
        if (m_services[service.index()].up[instance] || isUnheard(instance))
            publishWill(service, door);
}

// With the others of the broker's nodes it goes on.
void Simulation::endNodeConnection(LinkId id, BrokerDoor& door) {
    m_links[id].ended = true;
    const NodeId node = nodeOf(id);
    const std::vector<DueKey> held = std::exchange(m_links[id].held, {});
    for (const DueKey& what : held)
        letGo(what, door);
    std::vector<ConsumerId> gone;
    for (std::uint32_t i = 0; i < m_consumers.size(); ++i) {
        if (m_model->consumers[i].service != serviceOf(id))
            continue;
        gone.push_back(ConsumerId{i});
        const SubscriptionId read = handlerOf(ConsumerId{i}).subscription;
        const ChannelId channel = m_model->broker->subscriptions[read.index()].channel;
        if (m_model->broker->channels[channel.index()].kind != ChannelKind::queue || nodeOf(channel, 0) != node)
            continue;
        m_consumers[i].prefetched = {};
        m_consumers[i].owed = {};
        letWorkEnd(ConsumerId{i}, door);
    }
    m_broker.setReach(gone, node, false, door);
    // What was delivered from there by a node that does not lead any more.
    for (const DueKey& what : held)
        if (static_cast<Kind>(what.kind) == Kind::deliveryArrives)
            m_broker.settle({what.a, static_cast<std::uint32_t>(what.b)}, Settlement::requeue,
                            m_model->reasons.partition, door);
}

// One that is new.
void Simulation::adoptReach(ConsumerId consumer, BrokerDoor& door) {
    const ServiceId service = m_model->consumers[consumer.index()].service;
    for (LinkId link = linkOf(service, NodeId::none()) + 1; link < m_links.size() && serviceOf(link) == service; ++link)
        if (m_links[link].ended)
            m_broker.setReach({&consumer, 1}, nodeOf(link), false, door);
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
    case Kind::publishReleased: {
        const std::uint64_t which = static_cast<Kind>(what.kind) == Kind::answerArrives ? what.b >> 1U : what.b;
        if (const Confirm& confirm = m_confirms[what.a]; confirm.open && confirm.id == which >> 8U)
            stray(producerRecord(RecordKind::strayed, confirm.first, door.now), Stray::answer, reason, door);
        return;
    }
    case Kind::receiptArrives:
        if (const Copy* const copy = m_broker.copy({what.a, static_cast<std::uint32_t>(what.b)}))
            strayStep(*copy, Stray::settlement, reason, door);
        return;
    case Kind::deliveryReleased:
        return; // the broker will say it again
    case Kind::halfArrives:
        loseHalf(what.a, reason, door);
        return;
    default:
        assert(static_cast<Kind>(what.kind) == Kind::deliveryArrives); // the broker takes its copy back
    }
}

} // namespace weir
