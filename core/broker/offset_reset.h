// OffsetReset: where a group goes on whose position the log has forgotten. Of what Kafka's protocol divides `from` is
// also that policy (auto.offset.reset): a group that reads from the latest goes on at the end, and what came meanwhile
// is not read. All others go on at the oldest record that is left, as RabbitMQ's streams, RocketMQ and those that keep
// a cursor in the broker do. A log from which more than retention takes records does not move its start in Kafka.
#pragma once

#include "core/broker/plan.h"

namespace weir {

inline bool resetsToTheEnd(const SubscriptionPlan& group, const ChannelSpec& stream) {
    return group.from.where == ReadFromSpec::Where::latest && stream.group.assignor != PartitionsBy::turn &&
           stream.group.delivery == GroupDelivery::partitions && stream.retainUntil == RetainUntil::limits &&
           !stream.compaction && !stream.retainPerSubject;
}

} // namespace weir
