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

// A node's lane goes straight on to the last of its effects; the others branch off it, each into the first lane that is
// free from there to its own last effect.
void placeNodes(CausalGraph& graph) {
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> cause(graph.nodes.size(), none);
    std::vector<std::size_t> lastEffect(graph.nodes.size(), none);
    for (const CausalGraph::Edge& edge : graph.edges)
        if (edge.tie == CausalGraph::Tie::cause) {
            cause[edge.to] = edge.from;
            lastEffect[edge.from] = edge.to; // edges come in the order of their targets
        }
    std::vector<std::size_t> busyUntil; // by lane, a row
    for (std::size_t row = 0; row < graph.nodes.size(); ++row) {
        std::size_t lane = 0;
        if (cause[row] != none && lastEffect[cause[row]] == row)
            lane = graph.nodes[cause[row]].lane;
        else
            while (lane < busyUntil.size() && busyUntil[lane] >= row)
                ++lane;
        if (lane == busyUntil.size())
            busyUntil.push_back(0);
        busyUntil[lane] = lastEffect[row] == none ? row : lastEffect[row];
        graph.nodes[row].lane = static_cast<std::uint32_t>(lane);
    }
    graph.lanes = static_cast<std::uint32_t>(busyUntil.size());
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
