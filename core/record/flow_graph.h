// FlowGraph: who is tied to whom, by name: services and channels as nodes, and the ways a message can take between them
// as edges. Known from a scenario before anything runs, and extended by what a run has shown (a live system is known
// from nothing else). It only grows: what was once there keeps its place. No positions, no figures.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/picture.h"
#include "core/scenario/scenario.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weir {

enum class NodeKind : std::uint8_t { service, exchange, topic, queue, stream };

struct GraphNode {
    NodeKind kind = NodeKind::service;
    std::string name;
    bool deadLetter = false; // some channel sends its dead letters here

    bool isService() const { return kind == NodeKind::service; }
    bool operator==(const GraphNode&) const = default;
};

struct GraphEdge {
    EdgeKind kind = EdgeKind::publish; // deliver: channel -> service (not subscription -> service, as figures count)
    std::uint32_t from = 0;            // indices of nodes
    std::uint32_t to = 0;
    auto operator<=>(const GraphEdge&) const = default;
};

class FlowGraph {
  public:
    const std::vector<GraphNode>& nodes() const { return m_nodes; }
    const std::vector<GraphEdge>& edges() const { return m_edges; }

    // A service and a channel may share a name (in a live system they do).
    std::optional<std::size_t> service(const std::string& name) const { return find(true, name); }
    std::optional<std::size_t> channel(const std::string& name) const { return find(false, name); }
    std::optional<std::size_t> edge(const GraphEdge& edge) const;

    // The index of the node, or of the edge, which is added where it is new. A channel's dead-letter flag is set, never
    // taken away.
    std::size_t add(const GraphNode& node);
    std::size_t add(const GraphEdge& edge);

    // Everything the catalogue and the Picture's edges know. True where something was new.
    bool extend(const Catalogue& catalogue, const Picture& picture);

  private:
    std::optional<std::size_t> find(bool service, const std::string& name) const;

    std::vector<GraphNode> m_nodes;
    std::vector<GraphEdge> m_edges;
    std::map<std::pair<bool, std::string>, std::size_t> m_nodeIndex;
    std::map<GraphEdge, std::size_t> m_edgeIndex;
};

// In the file's order: services, then channels; names that the scenario does not define are left out.
FlowGraph flowGraphOf(const Scenario& scenario);

} // namespace weir
