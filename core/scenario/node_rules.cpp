// What it comes to that queues and streams are kept on nodes: numbers that buy nothing, or not what they look like.
#include "core/scenario/inspection.h"

#include <set>
#include <utility>

namespace weir {
namespace {

class NodeRules {
  public:
    explicit NodeRules(Inspection& inspection)
        : m_inspection(inspection), m_scenario(inspection.scenario), m_topology(inspection.topology) {}

    void inspect() {
        for (const ChannelSpec& channel : m_scenario.channels)
            if (channel.kind == ChannelKind::queue || channel.kind == ChannelKind::stream)
                inspectChannel(channel);
        for (const ServiceSpec& service : m_scenario.services) {
            for (const SourceSpec& source : service.sources)
                inspectEmissions(service, source.then);
            for (const HandlerSpec& handler : service.handlers)
                inspectEmissions(service, handler.then);
        }
    }

  private:
    std::string pointerOf(const ChannelSpec& channel) const {
        return m_topology.channelPointer(*m_topology.channel(channel.name));
    }
    void tell(Severity severity, const char* code, const ChannelSpec& channel, const char* field, std::string text,
              std::vector<std::string> arguments) {
        m_inspection.add({.severity = severity,
                          .code = code,
                          .where = pointerOf(channel) + '/' + field,
                          .text = std::move(text),
                          .names = {channel.name},
                          .arguments = std::move(arguments)});
    }

    void inspectChannel(const ChannelSpec& channel) {
        const std::string replicas = std::to_string(channel.replicas);
        if (m_scenario.nodes.empty()) {
            if (channel.replicas > 1)
                tell(Severity::warning, "replicasWithoutNodes", channel, "replicas",
                     channel.name + " asks for " + replicas +
                         " replicas, but the scenario has no \"nodes\", so it has "
                         "one broker that never fails; add nodes.",
                     {channel.name, replicas});
            return;
        }
        if (channel.commitRule == CommitRule::majority && channel.replicas % 2 == 0)
            tell(Severity::warning, "evenMajority", channel, "replicas",
                 channel.name + " has " + replicas +
                     " replicas and goes on with a majority of them: it bears no more "
                     "losses than with one replica less; use an odd number.",
                 {channel.name, replicas});
        if (channel.commitRule == CommitRule::inSync && channel.replicas > 1 && channel.minInSync == channel.replicas)
            tell(Severity::warning, "allInSync", channel, "minInSync",
                 channel.name + " needs all of its " + replicas +
                     " replicas in sync, so the loss of one stops "
                     "producers that ask for all of them; set \"minInSync\" below \"replicas\".",
                 {channel.name, replicas});
        if (channel.uncleanElection)
            tell(Severity::note, "uncleanElection", channel, "uncleanElection",
                 channel.name + " may get a leader that does not have all that was promised, and loses the rest.",
                 {channel.name});
    }

    // What it publishes to directly.
    void inspectEmissions(const ServiceSpec& service, const Actions& actions) {
        for (const Topology::Emission& emission : m_topology.emissions(actions, "")) {
            const EmitAction& emit = *emission.emit;
            const auto index = m_topology.channel(emit.to);
            if (m_scenario.nodes.empty() || !emit.confirm || !index)
                continue;
            const ChannelSpec& channel = m_scenario.channels[*index];
            const bool kept = channel.kind == ChannelKind::queue || channel.kind == ChannelKind::stream;
            if (!kept || !m_told.insert({service.name, channel.name}).second)
                continue;
            if (emit.confirm->acks == Acks::all && channel.commitRule == CommitRule::inSync && channel.minInSync == 1)
                tell(Severity::note, channel.replicas == 1 ? "allOfOne" : "oneOfAll", channel,
                     channel.replicas == 1 ? "replicas" : "minInSync",
                     channel.replicas == 1
                         ? service.name + " waits for all replicas of " + channel.name +
                               ", which has one: what its node loses is lost."
                         : service.name + " waits for all replicas of " + channel.name +
                               " that are in sync, which may be the leader alone; set \"minInSync\" to 2.",
                     {service.name, channel.name});
        }
    }

    Inspection& m_inspection;
    const Scenario& m_scenario;
    Topology& m_topology;
    std::set<std::pair<std::string, std::string>> m_told; // service, channel
};

} // namespace

void inspectNodes(Inspection& inspection) {
    NodeRules(inspection).inspect();
}

} // namespace weir
