// ChannelSpec: a channel as a scenario file says it: the sum of the broker's five parts, each with its own header, plus
// what it is called. Flat, so that a policy is named alike in the file, here and where it acts.
#pragma once

#include "core/record/catalogue.h"
#include "core/scenario/admission_spec.h"
#include "core/scenario/buffer_spec.h"
#include "core/scenario/dispatch_spec.h"
#include "core/scenario/node_spec.h"
#include "core/scenario/routing_spec.h"
#include "core/scenario/settlement_spec.h"
#include "core/scenario/text.h"

#include <string>

namespace weir {

struct ChannelSpec : DispatchSpec, QueueSpec, SettlementSpec, AdmissionSpec, StreamSpec, ReplicationSpec, RoutingSpec {
    std::string name;
    ChannelKind kind = ChannelKind::queue;
    std::string profile; // whose rules its fields were filled with; empty: none, the defaults are the format's own
    Text title;
    bool implicit = false; // made for a handler that names a topic; not in the file
    // A stream whose partitions are handled by one consumer each, one record at a time.
    bool hasOwners() const { return kind == ChannelKind::stream && group.delivery == GroupDelivery::partitions; }
    // Of each partition one member gets all records, one by one or several at a time.
    bool isReadByPartition() const {
        return hasOwners() || (kind == ChannelKind::stream && group.delivery == GroupDelivery::partitionShared);
    }
};

} // namespace weir
