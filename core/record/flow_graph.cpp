#include "core/record/flow_graph.h"

#include <type_traits>

namespace weir {
namespace {

NodeKind nodeKind(ChannelKind kind) {
    switch (kind) {
    case ChannelKind::exchange:
        return NodeKind::exchange;
    case ChannelKind::topic:
        return NodeKind::topic;
    case ChannelKind::queue:
        return NodeKind::queue;
    case ChannelKind::stream:
        return NodeKind::stream;
    }
    return NodeKind::queue;
}

// Calls visit(channel name) for every emit that a list of actions may come to.
template <class Visit> void forEachTarget(const Actions& actions, const Visit& visit) {
    const auto within = [&visit](const std::shared_ptr<Actions>& inner) {
        if (inner)
            forEachTarget(*inner, visit);
    };
    for (const Action& action : actions)
        std::visit(
            [&](const auto& what) {
                using What = std::decay_t<decltype(what)>;
                if constexpr (std::is_same_v<What, EmitAction>) {
                    visit(what.to);
                } else if constexpr (std::is_same_v<What, ReserveAction>) {
                    within(what.orElse);
                } else if constexpr (std::is_same_v<What, ChooseAction>) {
                    for (const ChooseAction::Branch& branch : what.branches)
                        within(branch.then);
                } else if constexpr (std::is_same_v<What, IfAction>) {
                    within(what.then);
                    within(what.orElse);
                }
            },
            action.what);
}

} // namespace

std::optional<std::size_t> FlowGraph::find(bool service, const std::string& name) const {
    const auto found = m_nodeIndex.find({service, name});
    return found == m_nodeIndex.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> FlowGraph::edge(const GraphEdge& edge) const {
    const auto found = m_edgeIndex.find(edge);
    return found == m_edgeIndex.end() ? std::nullopt : std::optional(found->second);
}

std::size_t FlowGraph::add(const GraphNode& node) {
    const auto [place, fresh] = m_nodeIndex.try_emplace({node.isService(), node.name}, m_nodes.size());
    if (fresh)
        m_nodes.push_back(node);
    else
        m_nodes[place->second].deadLetter |= node.deadLetter;
    return place->second;
}

std::size_t FlowGraph::add(const GraphEdge& edge) {
    const auto [place, fresh] = m_edgeIndex.try_emplace(edge, m_edges.size());
    if (fresh)
        m_edges.push_back(edge);
    return place->second;
}

bool FlowGraph::extend(const Catalogue& catalogue, const Picture& picture) {
    const std::size_t nodesBefore = m_nodes.size();
    const std::size_t edgesBefore = m_edges.size();
    bool flagged = false;
    std::vector<std::uint32_t> services;
    std::vector<std::uint32_t> channels;
    for (std::size_t i = 0; i < catalogue.services().size(); ++i)
        services.push_back(static_cast<std::uint32_t>(
            add({.kind = NodeKind::service, .name = catalogue.services()[i].name, .deadLetter = false})));
    for (std::size_t i = 0; i < catalogue.channels().size(); ++i) {
        const ChannelRow& row = catalogue.channels()[i];
        const auto known = channel(row.name);
        flagged |= known && row.deadLetter && !m_nodes[*known].deadLetter;
        channels.push_back(static_cast<std::uint32_t>(
            add({.kind = nodeKind(row.kind), .name = row.name, .deadLetter = row.deadLetter})));
    }
    for (const EdgeFigures& figures : picture.edges()) {
        GraphEdge tie{.kind = figures.kind, .from = 0, .to = 0};
        if (figures.kind == EdgeKind::publish) {
            tie.from = services.at(figures.from);
            tie.to = channels.at(figures.to);
        } else if (figures.kind == EdgeKind::deliver) {
            const ChannelId source = catalogue.subscriptions()[figures.from].channel;
            if (!source.valid())
                continue;
            tie.from = channels.at(source.index());
            tie.to = services.at(figures.to);
        } else {
            tie.from = channels.at(figures.from);
            tie.to = channels.at(figures.to);
        }
        add(tie);
    }
    return flagged || m_nodes.size() != nodesBefore || m_edges.size() != edgesBefore;
}

FlowGraph flowGraphOf(const Scenario& scenario) {
    FlowGraph topology;
    for (const ServiceSpec& service : scenario.services)
        topology.add({.kind = NodeKind::service, .name = service.name, .deadLetter = false});
    for (const ChannelSpec& channel : scenario.channels)
        topology.add({.kind = nodeKind(channel.kind), .name = channel.name, .deadLetter = false});
    for (const ChannelSpec& channel : scenario.channels)
        if (const auto target = topology.channel(channel.deadLetter)) {
            GraphNode flagged = topology.nodes()[*target];
            flagged.deadLetter = true;
            topology.add(flagged);
        }

    const auto tie = [&topology](EdgeKind kind, std::optional<std::size_t> from, std::optional<std::size_t> to) {
        if (from && to)
            topology.add(GraphEdge{
                .kind = kind, .from = static_cast<std::uint32_t>(*from), .to = static_cast<std::uint32_t>(*to)});
    };
    for (const ServiceSpec& service : scenario.services) {
        const auto from = topology.service(service.name);
        const auto publish = [&](const std::string& to) { tie(EdgeKind::publish, from, topology.channel(to)); };
        for (const SourceSpec& source : service.sources)
            forEachTarget(source.then, publish);
        for (const HandlerSpec& handler : service.handlers) {
            forEachTarget(handler.then, publish);
            tie(EdgeKind::deliver, topology.channel(handler.on), from);
        }
        forEachTarget(service.will, publish);
    }
    for (const ChannelSpec& channel : scenario.channels) {
        const auto place = topology.channel(channel.name);
        for (const BindingSpec& binding : channel.bindings)
            tie(EdgeKind::route, topology.channel(binding.to), place);
        for (const ReplicateSpec& replicate : channel.replicate)
            tie(EdgeKind::route, place, topology.channel(replicate.to));
        if (!channel.alternate.empty())
            tie(EdgeKind::route, place, topology.channel(channel.alternate));
        if (!channel.deadLetter.empty())
            tie(EdgeKind::deadLetter, place, topology.channel(channel.deadLetter));
    }
    return topology;
}

} // namespace weir
