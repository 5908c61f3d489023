// Ways: from a record's handles to the nodes and edges of the topology, so that a message's hop is found without
// comparing names. Built when the topology or the catalogue has grown. It holds no positions and no figures.
#pragma once

#include "core/record/flat_map.h"
#include "core/record/flow_graph.h"
#include "core/record/record.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

// One step of one message that can be seen.
struct Hop {
    enum class Kind : std::uint8_t {
        message,    // along its edge
        returned,   // from the service back to the queue it came from: a retry, or given back
        deadLetter, // along its edge
    };
    Kind kind = Kind::message;
    std::uint32_t edge = 0; // returned: the edge that delivers, taken backwards
    std::uint32_t from = 0; // nodes
    std::uint32_t to = 0;
    bool operator==(const Hop&) const = default;
};

class Ways {
  public:
    static constexpr std::uint32_t nowhere = 0xFFFFFFFF;

    Ways() = default;
    Ways(const FlowGraph& topology, const Catalogue& catalogue);

    std::uint32_t node(ServiceId id) const { return at(m_services, id.index()); }
    std::uint32_t node(ChannelId id) const { return at(m_channels, id.index()); }
    std::uint32_t edge(EdgeKind kind, std::uint32_t from, std::uint32_t to) const;

    // Nothing for a record that moves no message from one node to another.
    std::optional<Hop> hop(const Record& record, const Catalogue& catalogue) const;
    // The edges by which other channels route to a node.
    const std::vector<std::uint32_t>& routesInto(std::uint32_t node) const;
    const GraphEdge& edge(std::uint32_t index) const { return m_ties[index]; }
    // Where a record happened: the service, else the channel, else nowhere.
    std::uint32_t scene(const Record& record, const Catalogue& catalogue) const;
    // As hop() says, without knowing the topology: for counting.
    static bool isHop(const Record& record, const Catalogue& catalogue);

  private:
    static std::uint32_t at(const std::vector<std::uint32_t>& nodes, std::size_t index) {
        return index < nodes.size() ? nodes[index] : nowhere;
    }
    std::optional<Hop> along(Hop::Kind kind, EdgeKind edgeKind, std::uint32_t from, std::uint32_t to) const;

    std::vector<std::uint32_t> m_services; // node by id
    std::vector<std::uint32_t> m_channels;
    FlatMap<std::uint32_t> m_edges; // by kind, from, to
    std::vector<GraphEdge> m_ties;  // by edge
    std::vector<std::vector<std::uint32_t>> m_routesInto; // edges by node
};

} // namespace weir
