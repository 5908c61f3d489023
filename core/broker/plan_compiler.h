// From the channels of a scenario to a BrokerPlan, with the names that its records need in the catalogue. The
// simulation and the live broker both begin here, so that one scenario means the same to both.
#pragma once

#include "core/broker/plan.h"
#include "core/record/catalogue.h"
#include "core/result.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <memory>

namespace weir {

struct BrokerPlanOptions {
    std::uint64_t seed = 1;
    // Consumers may come that the scenario does not name, so every queue's copies will be settled by somebody.
    bool anybodyConsumes = false;
};

// The scenario's services must be in the catalogue already, and no others, in the order of their names.
Result<std::shared_ptr<const BrokerPlan>, Errors> compileBrokerPlan(const Scenario& scenario, BrokerPlanOptions options,
                                                                    Catalogue& catalogue);

} // namespace weir
