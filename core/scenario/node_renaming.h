// NodeRenaming: another name for a service or channel, followed to wherever it is named: what references.h knows, and
// members of groups and the positions of handlers' own queues, whose names are made of it.
#pragma once

#include "core/scenario/document.h"
#include "core/scenario/scenario.h"

#include <string>
#include <vector>

namespace weir {

// Nothing for what has no name of its own in the file.
std::vector<Edit> nodeRenaming(const Document& document, const Scenario& scenario, const std::string& node,
                               const std::string& newName);

} // namespace weir
