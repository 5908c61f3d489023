// NodeLinks: which nodes of a broker cannot reach each other. Whoever reaches less than half of all nodes, itself
// included, is cut off from whoever decides about leaders (Kafka's controllers, a quorum of their own); a node that is
// down is no matter of links.
#pragma once

#include "core/ids.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace weir {

class NodeLinks {
  public:
    explicit NodeLinks(std::size_t nodes = 0) : m_nodes(nodes) {}

    // These pairs and no others, each in any order.
    void separate(std::vector<std::pair<NodeId, NodeId>> apart);
    bool reaches(NodeId one, NodeId other) const;
    bool isInMajority(NodeId node) const;

  private:
    std::size_t m_nodes;
    std::vector<std::pair<NodeId, NodeId>> m_apart; // sorted, the lower one first
};

} // namespace weir
