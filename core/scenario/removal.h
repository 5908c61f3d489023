// Removal: what else has to go when nodes or ties go, so that the rest still loads: handlers and bindings on a channel,
// emits and sources to it, dead letters, faults of a service, positions. Pure: it says so as counts, for telling before
// it happens, and as the edits that do it all at once.
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
    int expectations = 0;

    int dependants() const { return sources + emits + handlers + bindings + deadLetters + faults + expectations; }
};

// Of services and channels by name, and of ties by what they tie. A handler's own queue goes with its handler.
Removal removalOf(const Value& document, const Scenario& scenario, const std::set<std::string>& nodes,
                  const std::set<NodeTie>& ties = {});

} // namespace weir
