// What a stream's settings come to with those who write and read it: compaction without keys, groups that are divided
// apart; and what stays pending for ever, in queues too.
#include "core/scenario/by_name.h"
#include "core/scenario/inspection.h"

#include <algorithm>
#include <set>

namespace weir {
namespace {

class StreamRules {
  public:
    explicit StreamRules(Inspection& inspection)
        : m_inspection(inspection), m_scenario(inspection.scenario), m_topology(inspection.topology) {}

    void inspect() {
        for (const ServiceSpec& service : m_scenario.services) {
            for (const SourceSpec& source : service.sources)
                inspectEmissions(source.then);
            for (const HandlerSpec& handler : service.handlers)
                inspectEmissions(handler.then);
            inspectGroups(service);
            for (std::size_t i = 0; i < service.handlers.size(); ++i)
                inspectCommit(service, i);
        }
        for (const ChannelSpec& channel : m_scenario.channels) {
            inspectWhenGone(channel);
            inspectReplication(channel);
        }
        inspectIsolation();
    }

  private:
    const ChannelSpec* streamNamed(const std::string& name) const {
        const auto index = m_topology.channel(name);
        return index && m_scenario.channels[*index].kind == ChannelKind::stream ? &m_scenario.channels[*index]
                                                                                : nullptr;
    }

    void inspectEmissions(const Actions& actions) {
        for (const Topology::Emission& emission : m_topology.emissions(actions, "")) {
            const EmitAction& emit = *emission.emit;
            const ChannelSpec* stream = streamNamed(emit.to);
            const auto type = std::find_if(m_scenario.events.begin(), m_scenario.events.end(),
                                           [&](const EventTypeSpec& spec) { return spec.name == emit.type; });
            if (!stream || !stream->compaction || type == m_scenario.events.end() || !type->key.empty() ||
                !m_told.insert({stream->name, type->name}).second)
                continue;
            m_inspection.add({.severity = Severity::warning,
                              .code = "keylessCompaction",
                              .where = m_topology.channelPointer(*m_topology.channel(stream->name)) + "/retain/compact",
                              .text = stream->name + " keeps the last record of each key, but " + type->name +
                                      " has none, so all of them stay; give the event type a \"key\".",
                              .names = {stream->name},
                              .arguments = {stream->name, type->name}});
        }
    }

    // Kafka's assignors see all that a group reads; here only what has the same settings is divided together.
    void inspectGroups(const ServiceSpec& service) {
        const ChannelSpec* first = nullptr;
        for (std::size_t i = 0; i < service.handlers.size(); ++i) {
            const ChannelSpec* stream = streamNamed(service.handlers[i].on);
            if (!stream || stream->group.assignor == PartitionsBy::turn)
                continue;
            if (!first) {
                first = stream;
                continue;
            }
            if (stream->group == first->group)
                continue;
            m_inspection.add({.severity = Severity::note,
                              .code = "groupsApart",
                              .where = m_topology.channelPointer(*m_topology.channel(stream->name)) +
                                       (stream->implicit ? "/queue" : "") + "/group",
                              .text = service.name + " reads " + first->name + " and " + stream->name +
                                      ", whose \"group\" settings differ, so each is divided by itself; give both the "
                                      "same to divide them as one.",
                              .names = {service.name, first->name, stream->name},
                              .arguments = {service.name, first->name, stream->name}});
            return;
        }
    }

    // Shared records are acked one by one.
    void inspectCommit(const ServiceSpec& service, std::size_t index) {
        const HandlerSpec& handler = service.handlers[index];
        const ChannelSpec* stream = streamNamed(handler.on);
        if (!stream || stream->hasOwners() || handler.commit == CommitSpec())
            return;
        m_inspection.add(
            {.severity = Severity::note,
             .code = "commitIdle",
             .where = elementPointer("/services", service.name) + "/handlers/" + std::to_string(index) + "/commit",
             .text = service.name + " commits no offsets: " + stream->name +
                     " shares its records among a group, and each is acked by itself.",
             .names = {service.name, stream->name},
             .arguments = {service.name, stream->name}});
    }

    void inspectWhenGone(const ChannelSpec& channel) {
        const bool stream = channel.kind == ChannelKind::stream;
        if ((!stream && channel.kind != ChannelKind::queue) || channel.ackTimeout)
            return;
        // Redis: a history leaves out what was trimmed, which stays pending until somebody claims it. What is read
        // again may have been acked before, and then it is kept no longer than the others need it.
        const bool isReadAgain =
            std::any_of(m_scenario.faults.begin(), m_scenario.faults.end(), [&](const FaultSpec& fault) {
                return fault.kind == FaultKind::seek && fault.channel == channel.name;
            });
        const bool trims = channel.retainFor || channel.retainCount || channel.retainBytes ||
                           channel.retainPerSubject || channel.compaction ||
                           (channel.retainUntil != RetainUntil::limits && isReadAgain);
        const bool loses = channel.group.whenGone == WhenGone::resume && stream && trims;
        if (channel.group.whenGone != WhenGone::wait && !loses)
            return;
        m_inspection.add({.severity = Severity::warning,
                          .code = "pendingForever",
                          .where = m_topology.channelPointer(*m_topology.channel(channel.name)) +
                                   (channel.implicit ? "/queue" : "") + (stream ? "/group/whenGone" : "/whenGone"),
                          .text = std::string("What a lost ") + (stream ? "member" : "consumer") + " had of " +
                                  channel.name + (loses ? " and was trimmed meanwhile" : "") +
                                  " stays pending for ever: nobody waits for its ack; give the " +
                                  (stream ? "stream" : "queue") + " an \"ackTimeout\".",
                          .names = {channel.name},
                          .arguments = {channel.name}});
    }

    // What is published there comes to streams and nowhere else: within a transaction it is appended at once.
    bool isLogged(std::size_t index, std::set<std::size_t>& seen) const {
        const ChannelSpec& channel = m_scenario.channels[index];
        if (channel.kind == ChannelKind::stream || !seen.insert(index).second)
            return true;
        if (channel.kind == ChannelKind::queue)
            return false;
        bool bound = false, logged = true;
        for (std::size_t i = 0; i < m_scenario.channels.size(); ++i)
            for (const BindingSpec& binding : m_scenario.channels[i].bindings)
                if (binding.to == channel.name) {
                    bound = true;
                    logged = logged && isLogged(i, seen);
                }
        const auto alternate = m_topology.channel(channel.alternate);
        return bound && logged && (!alternate || isLogged(*alternate, seen));
    }

    // Who publishes to the stream within a transaction, if anybody does.
    const ServiceSpec* transactionalProducer(const ChannelSpec& stream) {
        for (const ServiceSpec& service : m_scenario.services)
            for (const HandlerSpec& handler : service.handlers) {
                if (!handler.transaction)
                    continue;
                for (const Topology::Emission& emission : m_topology.emissions(handler.then, "")) {
                    const auto to = m_topology.channel(emission.emit->to);
                    std::set<std::size_t> seen;
                    if (!to || !isLogged(*to, seen))
                        continue;
                    for (const Topology::Target& target : m_topology.route(*to, Topology::routingKey(*emission.emit)))
                        if (m_scenario.channels[target.channel].name == stream.name)
                            return &service;
                }
            }
        return nullptr;
    }

    void inspectIsolation() {
        for (const ServiceSpec& service : m_scenario.services)
            for (std::size_t i = 0; i < service.handlers.size(); ++i) {
                const HandlerSpec& handler = service.handlers[i];
                const ChannelSpec* const stream = streamNamed(handler.on);
                if (!stream || handler.isolation == Isolation::committed)
                    continue;
                const ServiceSpec* const producer = transactionalProducer(*stream);
                if (!producer)
                    continue;
                m_inspection.add({.severity = Severity::warning,
                                  .code = "dirtyRead",
                                  .where = elementPointer("/services", service.name) + "/handlers/" +
                                           std::to_string(i) + "/isolation",
                                  .text = service.name + " reads " + stream->name + " uncommitted, so it also handles " +
                                          "what " + producer->name +
                                          " aborts and publishes again; use \"isolation\": \"committed\".",
                                  .names = {service.name, stream->name, producer->name},
                                  .arguments = {service.name, producer->name, stream->name}});
            }
    }

    // What came from another cluster goes no further, so each cluster has to name all others.
    void inspectReplication(const ChannelSpec& stream) {
        for (const ReplicateSpec& first : stream.replicate) {
            const ChannelSpec* const middle = streamNamed(first.to);
            if (!middle)
                continue;
            for (const ReplicateSpec& second : middle->replicate) {
                const auto named = [&](const ReplicateSpec& replicate) { return replicate.to == second.to; };
                if (second.to == stream.name ||
                    std::any_of(stream.replicate.begin(), stream.replicate.end(), named))
                    continue;
                m_inspection.add({.severity = Severity::warning,
                                  .code = "replicationEnds",
                                  .where = m_topology.channelPointer(*m_topology.channel(stream.name)) + "/replicate",
                                  .text = "What " + stream.name + " replicates to " + middle->name +
                                          " is not passed on from there to " + second.to + "; let " + stream.name +
                                          " replicate to it, too.",
                                  .names = {stream.name, middle->name, second.to},
                                  .arguments = {stream.name, middle->name, second.to}});
            }
        }
    }

    Inspection& m_inspection;
    const Scenario& m_scenario;
    Topology& m_topology;
    std::set<std::pair<std::string, std::string>> m_told; // stream, event type
};

} // namespace

void inspectStreams(Inspection& inspection) {
    StreamRules(inspection).inspect();
}

} // namespace weir
