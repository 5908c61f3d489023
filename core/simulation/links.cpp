// Links: what goes between a service and the broker takes its time, and may be lost, doubled or held back on its way;
// faults make that worse, or cut the link. Each draw depends on what travels and on nothing else.
//
// A link is a TCP connection, as in all the named systems: what the network loses it sends again, so that "loss" is
// what a client library does not repair. While a link is cut, what is on its way waits in the buffers of both ends; if
// the cut ends in time, it arrives. After the link's heartbeat both ends give the connection up (RabbitMQ: heartbeat,
// NATS: ping interval, MQTT: keep alive, Kafka: session timeout): what waits is lost, the broker takes back what its
// consumers have, and their acks for it will be refused. Without a connection a publish fails at once; one with a
// confirm is repeated as that says. When the link is there again, the consumers are back at once.
//
// Of a broker with nodes what is published to a queue or stream goes to the node that leads it, and what is delivered
// comes from there, as in Kafka; what is published to an exchange goes to any of them.
#include "core/simulation/simulation.h"
#include "core/simulation/tries.h"

#include <algorithm>

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
        takesTime = takesTime || link.takesTime();
        unsure = unsure || !link.isSure();
    }
    if (unsure)
        m_links.resize(m_model->links.size());
    m_networked = takesTime || unsure;
}

// A group that shares a stream's records has them through any node.
NodeId Simulation::nodeOf(ChannelId channel, std::uint16_t partition) const {
    if (m_model->broker->nodes.empty())
        return NodeId::none();
    const ChannelPlan& plan = m_model->broker->channels[channel.index()];
    if (plan.kind == ChannelKind::stream && !plan.spec.hasOwners())
        return NodeId::none();
    return m_broker.nodeOf(channel, partition == Place::noIndex ? 0 : partition);
}

Simulation::LinkId Simulation::linkTo(ConsumerId consumer, const Copy& copy) const {
    const ServiceId service = m_consumers[consumer.index()].service;
    if (m_model->broker->nodes.empty())
        return linkOf(service, NodeId::none());
    return linkOf(service, nodeOf(m_model->broker->subscriptions[copy.subscription.index()].channel, copy.partition));
}

Simulation::LinkId Simulation::linkOf(const Message& message, ChannelId channel) const {
    return linkOf(message.source, m_broker.nodeFor(channel, message));
}

Simulation::LinkId Simulation::linkOf(const TravellingSettlement& settlement) const {
    const Place& place = m_model->catalogue->place(settlement.place);
    return linkOf(place.service, nodeOf(place.channel, place.partition));
}

Simulation::LinkId Simulation::linkOf(const LocalTransaction& local) const {
    return linkOf(m_broker.message(local.publish.message), local.publish.channel);
}

ServiceId Simulation::serviceOf(LinkId link) const {
    return ServiceId{static_cast<std::uint16_t>(link / (m_model->broker->nodes.size() + 1))};
}

NodeId Simulation::nodeOf(LinkId link) const {
    const std::size_t place = link % (m_model->broker->nodes.size() + 1);
    return place == 0 ? NodeId::none() : NodeId{static_cast<std::uint16_t>(place - 1)};
}

bool Simulation::isImmediate(LinkId id) const {
    if (linksAlike())
        return !m_networked;
    const LinkPlan& link = m_model->links[id];
    return !m_networked || (!link.takesTime() &&
                            (m_links.empty() || (link.isSure() && m_links[id].isSure() && !isCutOff(serviceOf(id)))));
}

// What each round trip takes is like what the hop itself takes, with draws of its own.
Duration Simulation::accessCost(LinkId id, Ordinal ordinal, std::uint64_t hop, Load load) const {
    const LinkPlan& link = m_model->links[id];
    const AccessSpec& access = link.access;
    Draw draw = m_model->accessDraws.draw(ordinal, hop);
    const auto& time = load.cargo == Cargo::publish    ? access.publish
                       : load.cargo == Cargo::delivery ? access.delivery
                                                       : access.ack;
    Duration cost = time ? time->sampleDuration(draw) : Duration::zero();
    if (load.cargo != Cargo::word)
        for (std::uint32_t hops = 2 * access.roundTrips; hops > 0; --hops)
            cost += (link.latency ? link.latency->sampleDuration(draw) : Duration::zero()) +
                    (m_links.empty() ? Duration::zero() : m_links[id].delay);
    if (link.bandwidth)
        cost += Distribution::durationOf(static_cast<double>(load.bytes + access.overhead.count) /
                                         static_cast<double>(link.bandwidth->count));
    return cost;
}

Duration Simulation::latencyOf(LinkId id, Ordinal ordinal, std::uint64_t hop, Load load) const {
    const LinkPlan& link = m_model->links[id];
    const bool costs = link.hasCosts() || (link.access.roundTrips > 0 && !m_links.empty());
    const auto drawn = [&link](Draw& draw) {
        return link.latency ? link.latency->sampleDuration(draw) : Duration::zero();
    };
    Draw draw = m_model->latencyDraws.draw(ordinal, hop);
    const Duration travels = drawn(draw) + (costs ? accessCost(id, ordinal, hop, load) : Duration::zero());
    if (m_links.empty())
        return travels;
    const LinkState& state = m_links[id];
    Draw order = m_model->reorderDraws.draw(ordinal, hop);
    const bool heldBack = order.happens(std::max(link.reorder, state.reorder));
    return travels + state.delay + (heldBack ? std::max(drawn(order), heldBackMin) : Duration::zero());
}

Simulation::Fate Simulation::fateOf(LinkId id, Ordinal ordinal, std::uint64_t hop) const {
    if (m_links.empty())
        return Fate::arrives;
    for (const LinkId each : {linkOf(serviceOf(id), NodeId::none()), id})
        if (m_links[each].cut)
            return m_links[each].ended ? Fate::refused : Fate::held;
    Draw draw = m_model->lossDraws.draw(ordinal, hop);
    return draw.happens(std::max(m_model->links[id].loss, m_links[id].lose)) ? Fate::lost : Fate::arrives;
}

bool Simulation::comesTwice(LinkId id, Ordinal ordinal, std::uint64_t hop) const {
    if (m_links.empty())
        return false;
    Draw draw = m_model->doublingDraws.draw(ordinal, hop);
    return draw.happens(m_model->links[id].duplicates);
}

void Simulation::hold(LinkId id, Kind kind, std::uint32_t a, std::uint64_t b) {
    const LinkId whole = linkOf(serviceOf(id), NodeId::none());
    m_links[m_links[whole].cut ? whole : id].held.push_back({static_cast<std::uint8_t>(kind), a, b});
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
std::optional<Admission> Simulation::land(const Broker::Publish& publish, BrokerDoor& door) {
    return m_links.empty() ? std::optional(takeIn(publish, door)) : landOverLink(publish, door);
}

std::optional<Admission> Simulation::landOverLink(Broker::Publish publish, BrokerDoor& door) {
    const Message& message = m_broker.message(publish.message);
    const LinkId link = linkOf(message, publish.channel);
    switch (fateOf(link, message.ordinal, 0)) {
    case Fate::arrives:
        break;
    case Fate::lost:
        m_broker.withdraw(publish, m_model->reasons.linkLoss, door);
        return std::nullopt;
    case Fate::held:
        if (!isConfirm(publish.token))
            publish.token = noHandle; // its producer goes on
        hold(link, Kind::publishArrives, m_publishes.add({publish, false}));
        return std::nullopt;
    case Fate::refused:
        m_broker.withdraw(publish, m_model->reasons.partition, door);
        return isConfirm(publish.token) ? std::nullopt : std::optional(Admission::refused);
    }
    // An idempotent producer's numbers tell the broker that it has it already; so does what is kept of a first step.
    const bool numbered = (message.content && message.content->producer != 0) || isFirstStep(publish.token);
    publish.twice = !numbered && comesTwice(link, message.ordinal, 0);
    return takeIn(publish, door);
}

Admission Simulation::takeIn(const Broker::Publish& publish, BrokerDoor& door) {
    return isFirstStep(publish.token) ? keep(publish, door) : m_broker.publish(publish, door);
}

void Simulation::landPublish(std::uint32_t travelling, BrokerDoor& door) {
    const auto [publish, byBroker] = m_publishes[travelling];
    m_publishes.free(travelling);
    const std::optional<Admission> outcome = byBroker ? m_broker.publish(publish, door) : land(publish, door);
    if (isConfirm(publish.token) && outcome && isDecided(*outcome))
        answer(publish.token, *outcome, door);
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
    const LinkId link = linkTo(consumer, *copy);
    const Message& message = m_broker.message(copy->message);
    const bool second = (what.b & secondDelivery) != 0;
    const std::uint64_t hop = hopOf(copy->subscription, copy->attempt, copy->round, false);
    switch (fateOf(link, message.ordinal, second ? secondOf(hop) : hop)) {
    case Fate::arrives:
        receive(consumer, tag, door);
        return;
    case Fate::held:
        hold(link, Kind::deliveryArrives, what.a, what.b);
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

void Simulation::landSettlement(std::uint32_t travelling, BrokerDoor& door) {
    const TravellingSettlement settlement = m_settlements[travelling];
    m_settlements.free(travelling);
    landSettlement(settlement, door);
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
    const LinkId link = linkOf(settlement);
    switch (travels ? fateOf(link, settlement.ordinal,
                             hopOf(place.subscription, settlement.attempt, settlement.round, true))
                    : Fate::arrives) {
    case Fate::arrives:
        settle(settlement, door);
        return;
    case Fate::held:
        hold(link, Kind::settlementArrives, m_settlements.add(settlement));
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
        const LinkId link = linkOf(message, m_model->generator->sites()[confirm.site].channelId);
        const Fate fate = fateOf(link, message.ordinal, hopOfAnswer(which & 0xFFU, confirm.look));
        if (fate == Fate::held)
            hold(link, Kind::answerArrives, what.a, what.b);
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
    const LinkId link = linkOf(local);
    switch (fateOf(link, local.ordinal, 0)) {
    case Fate::arrives:
        prepareHalf(handle, door);
        return;
    case Fate::held:
        hold(link, Kind::halfArrives, handle, local.id);
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

} // namespace weir
