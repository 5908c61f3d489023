// The nodes of a broker, and how a queue or stream is kept on them.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/node_spec.h"
#include "core/scenario/scenario.h"

#include <vector>

namespace weir {

std::vector<NodeSpec> readNodes(const Given& given);

// By how much a disk may be slower.
inline constexpr Duration slowDiskMost = 24h;
void readSlowDisk(const Given& given, const Names& names, FaultSpec& fault);
// The first node, and how the others follow; `for` is read with the other faults'.
void readRollingRestart(const Given& given, const Names& names, FaultSpec& fault);
void readReplication(const Given& given, const Names& names, ReplicationSpec& channel);

} // namespace weir
