#include "core/record/record.h"

namespace weir {
namespace {

constexpr std::array<std::string_view, recordKindCount> names{
    "published",    "refused",        "deduplicated", "unroutable", "routed",     "blocked",   "unblocked",
    "throttled",    "completed",      "appended",     "sent",       "enqueued",   "released",  "delivered",
    "started",      "finished",       "failed",       "acked",      "ackRefused", "nacked",    "timedOut",
    "requeued",     "retryScheduled", "deadLettered", "expired",    "dropped",    "purged",    "lost",
    "skipped",      "effectLost",     "crashed",      "restarted",  "rebalanced", "committed", "compensated",
    "stateChanged", "commanded",      "warmedUp",     "stopped",    "scaled",
    "confirmed",    "unconfirmed",    "checkedBack",  "strayed",
    "leaderElected", "leaderLost",    "replicaBehind", "replicaCaughtUp", "nodeDown", "nodeUp",
    "transactionCommitted", "transactionAborted", "stored", "relayed", "diskFull", "diskFree"};
static_assert(names.back() == "diskFree", "one name for each kind, in their order");

} // namespace

std::string_view name(RecordKind kind) {
    return names[static_cast<std::size_t>(kind)];
}

std::optional<RecordKind> recordKind(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<RecordKind>(i);
    return std::nullopt;
}

} // namespace weir
