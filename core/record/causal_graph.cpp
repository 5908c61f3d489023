#include "core/record/causal_graph.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace weir {
namespace {

using NodeIndex = std::unordered_map<Ordinal, std::size_t>;

// Messages that a service had done with, and that led to nothing there, when it published one more of the same
// conversation: it had waited for them.
void addJoins(CausalGraph& graph, std::span<const Record> facts, const Catalogue& catalogue, const NodeIndex& nodes) {
    std::map<ServiceId, std::vector<std::size_t>> taken;
    const auto forget = [&](ServiceId service, std::size_t node) {
        std::erase(taken[service], node);
    };
    for (const Record& record : facts) {
        const Place place = record.place.valid() ? catalogue.place(record.place) : Place{};
        const auto node = nodes.find(record.ordinal);
        if (node == nodes.end() || !place.service.valid())
            continue;
        if (record.kind == RecordKind::finished) {
            forget(place.service, node->second);
            taken[place.service].push_back(node->second);
        } else if (record.kind == RecordKind::published && record.value > 0) {
            const auto cause = nodes.find(static_cast<Ordinal>(record.value));
            if (cause == nodes.end())
                continue;
            forget(place.service, cause->second);
            for (const std::size_t from : std::exchange(taken[place.service], {}))
                if (from < node->second)
                    graph.edges.push_back({from, node->second, CausalGraph::Tie::join});
        }
    }
}

// Behind all that leads to a node; the first effect goes on in its cause's lane, each further one opens a new one.
void placeNodes(CausalGraph& graph) {
    std::vector<std::vector<std::size_t>> effects(graph.nodes.size());
    std::vector<bool> caused(graph.nodes.size());
    for (const CausalGraph::Edge& edge : graph.edges)
        if (edge.tie == CausalGraph::Tie::cause) {
            effects[edge.from].push_back(edge.to);
            caused[edge.to] = true;
        }
    std::vector<CausalGraph::Edge> byTarget = graph.edges;
    std::stable_sort(byTarget.begin(), byTarget.end(),
                     [](const CausalGraph::Edge& a, const CausalGraph::Edge& b) { return a.to < b.to; });
    for (const CausalGraph::Edge& edge : byTarget)
        graph.nodes[edge.to].layer = std::max(graph.nodes[edge.to].layer, graph.nodes[edge.from].layer + 1);
    for (const CausalGraph::Node& node : graph.nodes)
        graph.layers = std::max(graph.layers, node.layer + 1);
    std::vector<std::size_t> open; // depth first, without recursion: chains may be long
    for (std::size_t i = graph.nodes.size(); i-- > 0;)
        if (!caused[i])
            open.push_back(i);
    std::vector<bool> opens(graph.nodes.size(), true); // a lane of its own
    while (!open.empty()) {
        const std::size_t node = open.back();
        open.pop_back();
        graph.nodes[node].lane = opens[node] ? graph.lanes++ : graph.lanes - 1;
        for (auto it = effects[node].rbegin(); it != effects[node].rend(); ++it)
            open.push_back(*it);
        if (!effects[node].empty())
            opens[effects[node].front()] = false;
    }
}

} // namespace

CausalGraph causalGraph(const CausalTree& tree, std::span<const Record> facts, const Catalogue& catalogue,
                        std::size_t nodesMax) {
    CausalGraph graph;
    NodeIndex nodes;
    if (tree.gone != 0) {
        nodes[tree.gone] = 0;
        graph.nodes.push_back({.ordinal = tree.gone, .type = {}, .at = {}, .gone = true});
    }
    std::unordered_map<Ordinal, const Record*> published;
    for (const Record& record : facts)
        if (record.kind == RecordKind::published)
            published[record.ordinal] = &record;
    for (const CausalTree::Message& message : tree.messages) {
        if (graph.nodes.size() >= nodesMax) {
            ++graph.leftOut;
            continue;
        }
        const auto record = published.find(message.ordinal);
        if (record == published.end())
            continue;
        const std::size_t place = graph.nodes.size();
        nodes[message.ordinal] = place;
        graph.nodes.push_back({.ordinal = message.ordinal,
                               .type = record->second->type,
                               .at = record->second->at,
                               .index = message.index});
        if (const auto cause = nodes.find(message.cause); cause != nodes.end())
            graph.edges.push_back({cause->second, place, CausalGraph::Tie::cause});
    }
    addJoins(graph, facts, catalogue, nodes);
    placeNodes(graph);
    return graph;
}

} // namespace weir
