// The schemas of an event type as a scenario file writes them: within it, or in files beside it.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/scenario.h"

#include <string>

namespace weir {

// `folder`: where files that are named stand; empty: not known, and what they say is left out.
void readEventSchemas(const Given& given, const std::string& folder, EventTypeSpec& event);

} // namespace weir
