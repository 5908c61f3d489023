// Emission: what a handling or an arrival does, played in order: state changes are recorded, events are published. A
// publish that is blocked suspends the rest until there is room.
#include "core/broker/murmur2.h"
#include "core/kernel/hash.h"
#include "core/simulation/simulation.h"

#include <cassert>

namespace weir {

// The names of the buffer and the node tell hops apart, whatever else there is.
Duration Simulation::travel(const NodeHop& hop) const {
    const std::size_t way = hop.from.index() * m_model->broker->nodes.size() + hop.to.index();
    const bool ownLatency = !m_model->nodeLatencies.empty() && m_model->nodeLatencies[way];
    const auto& latency = ownLatency ? m_model->nodeLatencies[way] : m_model->run.latency;
    const Duration delay = m_nodeDelays.empty() ? Duration::zero() : m_nodeDelays[way];
    if (!latency)
        return delay;
    const NodeId follower = hop.count % 2 == 0 ? hop.to : hop.from;
    Draw draw = m_model->nodeDraws.draw(hop.buffer ^ m_model->catalogue->nodes()[follower.index()].nameHash, hop.count);
    return latency->sampleDuration(draw) + delay;
}

EventView Simulation::viewOf(MessageHandle handle, const Job* job) const {
    const Message& message = m_broker.message(handle);
    const Catalogue& catalogue = *m_model->catalogue;
    const EventTypeRow& type = catalogue.eventTypes()[message.type.index()];
    EventView view;
    view.ordinal = message.ordinal;
    view.type = type.name;
    view.version = type.version;
    view.source = message.source.valid() ? std::string_view(catalogue.services()[message.source.index()].name) : handSource;
    view.time = message.published;
    view.cause = message.cause;
    view.correlation = message.correlation;
    view.priority = message.priority;
    view.routingKey = m_broker.routes().key(message.routingKey);
    if (message.content) {
        view.subject = message.content->subject;
        view.key = message.content->partitionKey;
        if (!message.content->data.isNull())
            view.data = &message.content->data;
        if (!message.content->headers.isNull())
            view.headers = &message.content->headers;
    }
    if (message.content) {
        view.time += message.content->clockAhead; // as its producer's clock says
        if (message.content->identity != 0)
            view.ordinal = message.content->identity; // a repeat is the same event
    }
    if (job) {
        if (job->routingKey != noHandle) // that of its copy, which a dead letter may have been given
            view.routingKey = m_broker.routes().key(job->routingKey);
        view.attempt = job->attempt;
        view.offset = job->offset;
        const Place& place = catalogue.place(m_model->consumerPlaces[job->consumer.index()]);
        view.channel = catalogue.channels()[place.channel.index()].name;
    }
    return view;
}

// False where a publish is blocked: then a flow keeps what is left.
bool Simulation::play(const Owner& owner, const ProcessorOutput& output, std::size_t from, const Trigger& trigger,
                      BrokerDoor& door) {
    const ServiceId service = owner.job == noJob
                                  ? m_sources[owner.source].service
                                  : m_model->consumers[m_jobs[owner.job].consumer.index()].service;
    Trigger first = trigger;
    for (std::size_t i = from; i < output.effects().size(); ++i) {
        const ProcessorOutput::Effect& effect = output.effects()[i];
        if (effect.kind == ProcessorOutput::Effect::Kind::change) {
            const Ordinal cause = trigger.message == noHandle ? 0 : m_broker.message(trigger.message).ordinal;
            changeState(service, output.change(effect.change), cause, door);
            continue;
        }
        const Admission admission = emit(effect.site, effect.reason, first, owner, door);
        first.requester = Family::noRequester; // a user waits for the first of its events
        if (admission == Admission::blocked) {
            Flow& flow = suspend(owner);
            flow.output = output;
            flow.next = i + 1;
            return false;
        }
    }
    return true;
}

// The spare flow's handle was the token of the publish that is blocked; the next publish gets another one.
Simulation::Flow& Simulation::suspend(const Owner& owner) {
    const std::uint32_t handle = m_spareFlow;
    m_spareFlow = m_flows.add({});
    static_cast<Owner&>(m_flows[handle]) = owner;
    return m_flows[handle];
}

bool Simulation::playPlain(const Owner& owner, std::span<const SiteId> sites, const Trigger& trigger,
                           BrokerDoor& door) {
    Trigger first = trigger;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const Admission admission = emit(sites[i], {}, first, owner, door);
        first.requester = Family::noRequester;
        if (admission == Admission::blocked) {
            Flow& flow = suspend(owner);
            for (std::size_t rest = i + 1; rest < sites.size(); ++rest)
                flow.output.emit(sites[rest]);
            return false;
        }
    }
    return true;
}

void Simulation::admitted(std::uint64_t token, Admission outcome, BrokerDoor& door) {
    if (isConfirm(token)) {
        answer(token, outcome, door);
        return;
    }
    later(door.now, Priority::work, Kind::goOn, static_cast<std::uint32_t>(token));
}

void Simulation::goOn(std::uint32_t handle, BrokerDoor& door) {
    const Flow flow = std::move(m_flows[handle]);
    m_flows[handle] = {};
    m_flows.free(handle);
    if (flow.job == noJob) { // a source goes on, sure or not
        if (play(flow, flow.output, flow.next, {}, door) && !m_sources[flow.source].closedLoop)
            continueSource(flow.source, door);
        return;
    }
    if (!m_jobs[flow.job].active || m_jobs[flow.job].generation != flow.jobGeneration)
        return; // its worker died meanwhile
    if (flow.failed) { // what it was to lead to is not sure: the delivery counts as failed
        conclude(flow.job, Settlement::retry, m_model->reasons.unconfirmed, door);
        return;
    }
    const EventView event = viewOf(m_jobs[flow.job].message, &m_jobs[flow.job]);
    if (play(flow, flow.output, flow.next, {.message = m_jobs[flow.job].message, .event = &event}, door))
        endWork(flow.job, door);
}

// What it carries beyond its envelope, and what follows from that. The hash of its data, 0 where it has none.
std::uint64_t Simulation::giveContent(Message& message, const Emission& emission) {
    const DataGenerator& generator = *m_model->generator;
    auto content = std::make_shared<Content>();
    content->data = generator.generateData(emission);
    content->partitionKey = generator.partitionKey(emission, content->data);
    content->subject = generator.subject(emission, content->data);
    content->headers = generator.headers(emission, content->data);
    message.size = generator.size(emission, content->data);
    if (!content->partitionKey.empty()) {
        message.keyed = true;
        message.keyHash = static_cast<std::uint32_t>(murmur2(content->partitionKey));
    }
    if (message.routingKey == noHandle)
        message.routingKey = m_broker.routes().intern(generator.routingKey(emission, content->data));
    const std::uint64_t payloadHash = content->data.isNull() ? 0 : hash64(content->data.canonical());
    message.content = std::move(content);
    return payloadHash;
}

// By the clock of its producer.
void Simulation::stampAhead(Message& message, Duration ahead) {
    auto content = message.content ? std::make_shared<Content>(*message.content) : std::make_shared<Content>();
    content->clockAhead = ahead;
    message.content = std::move(content);
    if (message.ttl != Duration::max()) // it says until when
        message.ttl = std::max(Duration::zero(), message.ttl + ahead);
}

Admission Simulation::emit(SiteId siteId, std::string_view reason, const Trigger& trigger, const Owner& owner,
                           BrokerDoor& door) {
    const EmitSite& site = m_model->generator->sites()[siteId];
    Message message;
    message.ordinal = ++m_ordinals;
    message.published = door.now;
    message.type = site.typeId;
    message.source = site.serviceId;
    message.from = m_model->sitePlaces[siteId.index()];
    message.priority = static_cast<std::uint8_t>(site.priority);
    message.ttl = site.ttl;
    message.delay = site.delay;
    message.correlation = message.ordinal;
    if (trigger.message != noHandle) {
        const Message& cause = m_broker.message(trigger.message);
        message.cause = cause.ordinal;
        message.correlation = cause.correlation;
        message.family = cause.family;
    }

    Record record;
    record.at = door.now;
    record.ordinal = message.ordinal;
    record.value = static_cast<std::int64_t>(message.cause);
    record.place = message.from;
    record.extra = static_cast<std::uint32_t>(m_emissions[siteId.index()]++);
    record.type = message.type;
    record.attempt = siteId.value;
    record.kind = RecordKind::published;
    if (!reason.empty())
        record.reason = m_model->catalogue->reason(reason);

    message.routingKey = m_routingKeys[siteId.index()];
    std::uint64_t payloadHash = 0;
    if (site.plain)
        message.size = site.size ? site.size->count : 0;
    else
        payloadHash = giveContent(message, {.site = siteId,
                                            .ordinal = message.ordinal,
                                            .count = m_emissions[siteId.index()],
                                            .now = door.now,
                                            .reason = reason,
                                            .event = trigger.event});
    door.recorder.append(record, payloadHash);

    const Ordinal ordinal = message.ordinal;
    const Duration travels =
        latencyOver([&] { return linkOf(message, site.channelId); }, ordinal, 0, {Cargo::publish, message.size});
    const Duration ahead = clockAhead(site.serviceId);
    if (!site.simple && site.deliverAt)
        message.delay = std::max(Duration::zero(), *site.deliverAt - (door.now + travels + ahead).time_since_epoch());
    if (ahead != Duration::zero())
        stampAhead(message, ahead);
    const std::uint32_t transaction = owner.job == noJob ? noHandle : m_jobs[owner.job].transaction;
    const bool relayed = trigger.waits && transaction == noHandle && hasOutbox(site.serviceId);
    if (relayed || (!site.simple && site.confirm && trigger.waits && transaction == noHandle))
        message.content = identified(message, site, owner);
    Broker::Publish publish;
    publish.message = m_broker.add(std::move(message), trigger.requester);
    publish.channel = site.channelId;
    publish.timeout = site.timeout;
    publish.mandatory = site.mandatory;
    publish.retain = site.retain;
    publish.token = noHandle;
    if (transaction != noHandle) { // held until the settlement says, or in a log from now on
        OwnTransaction& own = m_transactions[transaction];
        if (!m_broker.isLogged(publish.channel)) {
            own.held.push_back(publish);
            return Admission::accepted;
        }
        if (!own.logged.valid())
            own.logged = m_broker.beginTransaction(
                handlerOf(m_jobs[owner.job].consumer).transaction.value_or(TransactionSpec()).timeout, door);
        own.arrives = std::max(own.arrives, door.now + travels);
        publish.transaction = own.logged;
    } else if (relayed) {
        store(publish, siteId, door);
        return Admission::accepted;
    } else if (!site.simple && trigger.waits) {
        if (site.half)
            return publishHalf(publish, siteId, owner, door);
        if (site.confirm)
            return publishConfirmed(publish, siteId, owner, door);
    }
    if (travels == Duration::zero()) {
        publish.token = trigger.waits ? m_spareFlow : noHandle;
        if (trigger.waits && !m_links.empty())
            return land(publish, door).value_or(Admission::accepted);
        return m_broker.publish(publish, door);
    }
    // On its way nobody waits for it: producers without confirms do not wait for answers over the network.
    later(door.now + travels, Priority::broker, Kind::publishArrives, m_publishes.add({publish, !trigger.waits}));
    return Admission::accepted;
}

void Simulation::changeState(ServiceId service, const ProcessorOutput::Change& change, Ordinal ordinal,
                             BrokerDoor& door) {
    Catalogue& catalogue = *m_model->catalogue;
    const State& state = m_services[service.index()].state;
    Record record;
    record.at = door.now;
    record.ordinal = ordinal;
    record.kind = RecordKind::stateChanged;
    record.place = m_model->services[service.index()].place;
    record.extra = catalogue.addStateSlot(service, state.tableName(change.table), change.key);
    if (change.now.isStatus())
        record.reason = catalogue.addReason(state.statusName(change.table, change.now.status));
    else
        record.value = change.now.quantity.whole().value_or(static_cast<std::int64_t>(change.now.quantity.toDouble()));
    door.recorder.append(record);
}

} // namespace weir
