// Layout: where nodes go, left to right in the direction messages flow, dead letters below. Pure functions: the
// project's own layered layout, the text for Graphviz and the reading of its answer, and fitting both around positions
// that are given. Running Graphviz is DotProcess's.
#pragma once

#include "core/record/flow_graph.h"

#include <QByteArray>
#include <QPointF>
#include <QSizeF>

#include <optional>
#include <vector>

namespace weir {

struct LayoutGraph {
    struct Tie {
        std::size_t from = 0, to = 0;
        bool operator==(const Tie&) const = default;
    };
    std::vector<QSizeF> sizes; // of the nodes
    std::vector<Tie> ties;     // dead letters are not among them
    std::vector<Tie> deadLetters;
    std::vector<bool> below; // dead-letter channels, and what is reached from them only
    static constexpr std::uint32_t alone = 0xFFFFFFFF;
    std::vector<std::uint32_t> groupOf; // by node; members are kept together. Empty: no groups
};
LayoutGraph layoutGraph(const FlowGraph& topology, const std::vector<QSizeF>& sizes,
                        const std::vector<std::uint32_t>& groupOf = {});

using Positions = std::vector<QPointF>; // centres, by node

// Longest paths make columns, barycentres their order, and heights as near to the neighbours' as room allows. Groups
// are laid out each for itself first, and then as one node each with a frame's room around it.
// Many parts that do not hang together stand in columns; Graphviz would set them one below the other.
Positions layeredLayout(const LayoutGraph& graph);
bool fallsApart(const LayoutGraph& graph); // into so many parts

// The part above as Graphviz's language; without the ties that would run backwards.
QByteArray dotText(const LayoutGraph& graph);
// Positions from `dot -Tjson`, the part below added; nothing where the answer is not one to this graph.
std::optional<Positions> dotPositions(const QByteArray& json, const LayoutGraph& graph);

// Given positions stand; the others are shifted along with them, and make room where they would overlap.
Positions around(const LayoutGraph& graph, const Positions& automatic,
                 const std::vector<std::optional<QPointF>>& given);

} // namespace weir
