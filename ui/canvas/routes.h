// Routes: which way each edge of a topology runs between placed nodes. Forwards, where nothing is in the way, edges are
// beziers; all others and dead letters go round at right angles, and what comes to one node so shares a trunk. A pure
// function of graph and boxes; while a node is dragged only its own edges are asked for.
#pragma once

#include "ui/canvas/geometry.h"

#include <cstdint>
#include <vector>

namespace weir {

// One edge to be drawn, between boxes.
struct Tie {
    std::uint32_t from = 0, to = 0;
    bool deadLetter = false;
    bool operator==(const Tie&) const = default;
};

// One curve a tie. Ties between a box and itself have none. Null boxes are in nobody's way.
std::vector<Curve> routedTies(const std::vector<Tie>& ties, const std::vector<QRectF>& boxes);
// As the crow flies, out of the side that faces the target: for edges whose node is under way.
Curve directTie(const QRectF& from, const QRectF& to);

// Who reads the channel to its right, as far as any: what it gives up leaves from there. The channel, where nobody
// does.
std::uint32_t deadLetterSource(const FlowGraph& topology, const std::vector<QRectF>& boxes, std::uint32_t channel);
// From a service back to the queue it reads, under the edge between the two.
Curve returnCurve(const QRectF& service, const QRectF& queue);

} // namespace weir
