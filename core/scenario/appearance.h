// What of a scenario a run does not depend on: titles, notes, groups, layout, expectations, breakpoints. An edit of
// these leaves a run that is going on alone.
#pragma once

#include "core/scenario/scenario.h"

namespace weir {

// Whether two documents run alike, record for record.
bool sameBehaviour(const Value& left, const Value& right);

// Gives `into` the appearance of `from`, which behaves alike.
void takeAppearance(Scenario& into, const Scenario& from);

} // namespace weir
