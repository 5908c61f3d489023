// The sticky division of partitions, after Kafka's AbstractStickyAssignor: as balanced as the subscriptions allow, and
// with as much left where it is as that permits. Used through assignPartitions().
#pragma once

#include "core/broker/assignor.h"

#include <vector>

namespace weir {

std::vector<std::vector<TopicPartition>> assignSticky(const Group& group);

} // namespace weir
