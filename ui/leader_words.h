// Who leads a queue or partition that a broker with nodes keeps, in words: "b1 · 2 in sync".
#pragma once

#include "core/record/picture.h"

#include <QString>

#include <vector>

namespace weir {

QString leaderWords(const LeaderFigures& figures, const Catalogue& catalogue);
// Nodes of the broker that are down, or whose disk is full, in the order of their ids.
std::vector<NodeId> nodesDown(const Picture& picture);
std::vector<NodeId> nodesFull(const Picture& picture);
// "b1, b2"
QString nodeNames(const std::vector<NodeId>& nodes, const Catalogue& catalogue);

} // namespace weir
