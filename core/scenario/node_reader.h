// The nodes of a broker, and how a queue or stream is kept on them.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/node_spec.h"

#include <vector>

namespace weir {

std::vector<NodeSpec> readNodes(const Given& given);
void readReplication(const Given& given, const Names& names, ReplicationSpec& channel);

} // namespace weir
