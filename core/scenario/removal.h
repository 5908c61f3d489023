// Removal: nodes and ties taken off the canvas, with all that cannot be without them, so that the rest still loads. What
// goes with a channel or service that is named anywhere is references.h's; here are ties by what they tie, handlers' own
// queues, and what would dangle in groups and layout. Pure: edits, and counts for telling before it happens.
#pragma once

#include "core/scenario/ties.h"

#include <set>
#include <string>
#include <vector>

namespace weir {

struct NodeTie {
    TieKind kind = TieKind::emit;
    std::string from;
    std::string to;
    auto operator<=>(const NodeTie&) const = default;
};

struct Removal {
    std::vector<Edit> edits;
    // What goes of the nodes that stay, by kind.
    int sources = 0;
    int emits = 0;
    int handlers = 0;
    int bindings = 0;
    int deadLetters = 0;
    int faults = 0;
    int links = 0;
    int expectations = 0;
    int breakpoints = 0;

    int dependants() const {
        return sources + emits + handlers + bindings + deadLetters + faults + links + expectations + breakpoints;
    }
};

// Of services and channels by name, and of ties by what they tie. A handler's own queue goes with its handler.
Removal removalOf(const Document& document, const Scenario& scenario, const std::set<std::string>& nodes,
                  const std::set<NodeTie>& ties = {});

} // namespace weir
