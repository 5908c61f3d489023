// CausalGraph: the messages of a causal tree, one a row in the order in which they were published, with the ties between
// them: what caused what, and joins, where a service took several messages of the conversation before it published one
// (only one of them is named as its cause). For drawing: rows have lanes, few and used again. It knows no pixels.
#pragma once

#include "core/record/causal_tree.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir {

struct CausalGraph {
    struct Node {
        Ordinal ordinal = 0;
        EventTypeId type;
        SimTime at;              // when it was published
        std::uint64_t index = 0; // of its published record
        std::uint32_t lane = 0;
        bool gone = false; // its records are no longer kept: neither type nor time is known
        bool operator==(const Node&) const = default;
    };
    enum class Tie : std::uint8_t { cause, join };
    struct Edge {
        std::size_t from = 0, to = 0; // nodes; from < to
        Tie tie = Tie::cause;
        bool operator==(const Edge&) const = default;
    };
    std::vector<Node> nodes; // in the order in which they were published
    std::vector<Edge> edges;
    std::uint32_t lanes = 0;
    std::size_t leftOut = 0; // messages beyond `nodesMax`
};

CausalGraph causalGraph(const CausalTree& tree, std::span<const Record> facts, const Catalogue& catalogue,
                        std::size_t nodesMax = 10'000);

} // namespace weir
