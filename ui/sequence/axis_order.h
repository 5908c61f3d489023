// Which axes a sequence has, and in which order: as the nodes stand on the canvas, column by column, each from top to
// bottom. Pure.
#pragma once

#include "core/record/flow_graph.h"
#include "core/scenario/scenario.h"
#include "ui/session/selection.h"

#include <QString>

#include <vector>

namespace weir {

struct SequenceAxis {
    NodeRef node;
    QString name;
    NodeKind kind = NodeKind::service;
    bool operator==(const SequenceAxis&) const = default;
};

// `scenario` may be null; where it gives positions, they count.
std::vector<SequenceAxis> axesOf(const FlowGraph& graph, const Scenario* scenario, const Catalogue& catalogue);

} // namespace weir
