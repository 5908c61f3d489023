// Who leads a queue or partition that a broker with nodes keeps, in words: "b1 · 2 in sync".
#pragma once

#include "core/record/picture.h"

#include <QString>

#include <vector>

namespace weir {

QString leaderWords(const LeaderFigures& figures, const Catalogue& catalogue);
// Nodes of the broker that are down, in the order of their ids.
std::vector<NodeId> nodesDown(const Picture& picture);

} // namespace weir
