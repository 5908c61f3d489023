// What the faults of a scenario may do, and when: whether there is one of a kind, whose clock is off by how much.
#pragma once

#include "core/simulation/model.h"

#include <algorithm>
#include <optional>

namespace weir::invariants {

inline bool strikes(const Model& model, FaultKind kind) {
    return std::any_of(model.faults.begin(), model.faults.end(),
                       [kind](const FaultPlan& fault) { return fault.spec.kind == kind; });
}

// By how much a clock is ahead. Nothing: the fault begins or ends just then, and what came first no record tells.
template <class IsStruck> std::optional<Duration> aheadAt(const Model& model, SimTime now, IsStruck isStruck) {
    std::optional<SimTime> latest;
    Duration ahead{};
    for (const FaultPlan& fault : model.faults) {
        if (fault.spec.kind != FaultKind::clockSkew || !isStruck(fault))
            continue;
        const SimTime begins{fault.spec.at};
        if (begins == now || (fault.spec.lasts && begins + *fault.spec.lasts == now) || latest == begins)
            return std::nullopt;
        const bool on = begins < now && (!fault.spec.lasts || now < begins + *fault.spec.lasts);
        if (!on || (latest && *latest > begins))
            continue;
        latest = begins; // the one that began last holds
        ahead = fault.spec.by;
    }
    return ahead;
}

} // namespace weir::invariants
