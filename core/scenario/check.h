// check(): what would go wrong with a scenario, or is probably not meant, before anything runs. Scenario in, findings
// out: errors first, then warnings, then notes. Rates are computed, not simulated: mean arrivals go through routing,
// branches and retries; what depends on data counts as not happening for an error, and as likely or possible for a
// warning. Faults are left out of account.
#pragma once

#include "core/scenario/finding.h"
#include "core/scenario/scenario.h"

#include <vector>

namespace weir {

std::vector<Finding> check(const Scenario& scenario);

} // namespace weir
