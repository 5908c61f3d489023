// How an emit hands its message over, as a scenario file writes it: when it is due, confirms, transactions.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/scenario.h"

namespace weir {

void readPublish(const Given& given, PublishSpec& publish);

} // namespace weir
