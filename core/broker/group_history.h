// The history of a consumer group as JSON: who subscribes to what, step by step. Each step's assignment follows from
// the one before, as in a group whose members come and go.
//   {"assignor": "range", "partitions": {"orders": 6}, "steps": [{"event": "join b", "subscriptions": {"a": ["orders"],
//   "b": ["orders"]}}]}
// A static member is written {"topics": ["orders"], "instance": "east-1"}: what it owns is known by its instance, so it
// comes back under another name without a loss. A step may have "partitions" of its own; they hold from there on.
#pragma once

#include "core/result.h"
#include "core/value.h"

namespace weir {

// The steps, each with its "assignment": member -> ["orders-0", ...].
Result<Value> assignHistory(const Value& history);

} // namespace weir
