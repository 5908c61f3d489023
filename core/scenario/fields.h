// The keys that each kind of table in a scenario file has, one list a kind. The readers refuse every other key, and the
// definitions of resources/scenario.schema.json have the same names and the same keys, which a test holds them to.
#pragma once

#include <span>
#include <string_view>

namespace weir {

struct FieldTable {
    std::string_view name; // of the definition in the schema
    std::string_view what; // "a handler": for errors
    std::span<const std::string_view> keys;
};

namespace fields {

using Keys = const std::string_view[];

inline constexpr Keys scenarioKeys = {"$schema",  "weir",   "title",  "notes",  "run",    "events",      "channels",
                                      "services", "faults", "expect", "groups", "layout", "breakpoints", "profile",
                                 "links", "nodes"};
inline constexpr FieldTable scenario{"scenario", "a scenario", scenarioKeys};
inline constexpr Keys textKeys = {"en", "zh"};
inline constexpr FieldTable text{"text", "a text by language", textKeys};
inline constexpr Keys runKeys = {"seed", "for", "warmup", "latency", "limits"};
inline constexpr FieldTable run{"run", "a run", runKeys};
inline constexpr Keys limitsKeys = {"messages", "copies"};
inline constexpr FieldTable limits{"limits", "the limits of a run", limitsKeys};
inline constexpr Keys eventKeys = {"title", "version", "key",    "subject",  "dataSchema",
                                   "size",  "data",    "schema", "versions", "compatibility"};
inline constexpr FieldTable event{"event", "an event type", eventKeys};

inline constexpr Keys topicKeys = {"kind",           "title",   "profile",     "bind",           "dialect",
                                   "alternate",      "overlap", "order",       "senderSelected", "rate",
                                   "messageSizeMax", "dedup",   "schemaCheck", "delayLevels",    "checkBack", "archive",
                                   "copies", "mustBeHeard"};
inline constexpr FieldTable topic{"topic", "a topic", topicKeys};
inline constexpr Keys exchangeKeys = {"kind",        "title",       "profile",  "bind",           "type",
                                      "dialect",     "alternate",   "overlap",  "order",          "senderSelected",
                                      "hash",        "hashOn",      "rate",     "messageSizeMax", "dedup",
                                      "schemaCheck", "delayLevels", "checkBack", "archive", "copies", "mustBeHeard"};
inline constexpr FieldTable exchange{"exchange", "an exchange", exchangeKeys};
inline constexpr Keys queueKeys = {"kind",           "title",         "profile",     "bind",       "capacity",
                                   "overflow",       "ttl",           "delay",       "priorities", "ackTimeout",
                                   "retry",          "deadLetter",    "rate",        "deliveryRate", "messageSizeMax",
                                   "dedup",          "schemaCheck",   "delayLevels", "checkBack",  "ttlRule",
                                   "ttlFrom",        "capacityBytes", "capacityCounts", "ttlActs", "idleExpiry",
                                   "dispatch",       "order",         "requeueTo",   "lateAcks",   "deadLetterKey",
                                   "whenGone", "line", "unackedMax", "replicas", "minInSync", "commit", "leader", "election", "leaderReturns", "lagMax", "uncleanElection", "whenDiskFull"};
inline constexpr FieldTable queue{"queue", "a queue", queueKeys};
inline constexpr Keys streamKeys = {
    "kind",         "title",        "profile",        "bind",       "partitions",      "keyHash",
    "keylessBatch", "retain",       "group",          "ackTimeout", "retry",           "deadLetter",
    "rate",         "deliveryRate", "messageSizeMax", "dedup",      "schemaCheck",     "delayLevels",
    "checkBack",    "lateAcks",     "unackedMax",     "replicas",   "minInSync",       "commit",
    "leader",       "election",     "leaderReturns",  "lagMax",     "uncleanElection", "whenDiskFull",
    "replicate",    "delayHolds"};
inline constexpr FieldTable stream{"stream", "a stream", streamKeys};
inline constexpr Keys replicateKeys = {"to", "takes"};
inline constexpr FieldTable replicate{"replicate", "a replication to another cluster", replicateKeys};
inline constexpr Keys archiveKeys = {"pattern", "for"};
inline constexpr FieldTable archive{"archive", "an archive", archiveKeys};
inline constexpr Keys rateLimitKeys = {"limit", "burst", "action", "waiting"};
inline constexpr FieldTable rateLimit{"rateLimit", "a rate limit", rateLimitKeys};
inline constexpr Keys deliveryLimitKeys = {"limit", "burst", "refill", "action"};
inline constexpr FieldTable deliveryLimit{"deliveryLimit", "a rate limit of deliveries", deliveryLimitKeys};
inline constexpr Keys dedupKeys = {"key", "window", "sliding", "keys"};
inline constexpr FieldTable dedup{"dedup", "a dedup window", dedupKeys};
inline constexpr Keys checkBackKeys = {"after", "every", "scan", "max"};
inline constexpr FieldTable checkBack{"checkBack", "a check of half messages", checkBackKeys};
inline constexpr Keys bindingKeys = {"to", "pattern", "headers", "where", "event", "weight", "noLocal", "retained", "prepend"};
inline constexpr FieldTable binding{"binding", "a binding", bindingKeys};
inline constexpr Keys retainKeys = {"for", "count", "bytes", "perSubject", "until", "whenFull", "compact"};
inline constexpr FieldTable retain{"retain", "a retention", retainKeys};
inline constexpr Keys compactionKeys = {"dirty", "tombstones"};
inline constexpr FieldTable compaction{"compaction", "a compaction", compactionKeys};
inline constexpr Keys streamGroupKeys = {"delivery",       "whenGone", "assignor",       "rebalanceTakes",
                                         "sessionTimeout", "static",   "maxPollInterval"};
inline constexpr FieldTable streamGroup{"streamGroup", "what the groups of a stream do", streamGroupKeys};
inline constexpr Keys retryKeys = {"max",       "backoff",     "first",      "factor",   "ceiling",
                                   "jitter",    "steps",       "jitterKind", "paces",    "afterTimeout",
                                   "afterLast", "afterReject", "returnTo",   "timeouts", "through"};
inline constexpr FieldTable retry{"retry", "a retry policy", retryKeys};

inline constexpr Keys serviceKeys = {"title", "instances", "prefetch", "restartAfter", "state", "sources", "handlers",
                                     "will", "outbox"};
inline constexpr FieldTable service{"service", "a service", serviceKeys};
inline constexpr Keys outboxKeys = {"every", "batch", "marks"};
inline constexpr FieldTable outbox{"outbox", "an outbox", outboxKeys};
inline constexpr Keys sourceKeys = {"arrivals",  "then",       "emit",     "to",   "routingKey", "data",    "headers",
                                    "mandatory", "retain",     "priority", "ttl",  "delay",      "timeout", "version",
                                    "deliverAt", "delayLevel", "confirm",  "half", "when"};
inline constexpr FieldTable source{"source", "a source", sourceKeys};
inline constexpr Keys handlerKeys = {"on",    "pattern", "queue",      "filter", "concurrency", "prefetch", "ack",
                                     "from",  "commit",  "takes",      "fails",  "idempotent",  "reads",
                                     "transaction", "then", "ackEvery", "ackLoss", "extend", "batch", "priority",
                                     "isolation", "ackSteps"};
inline constexpr FieldTable handler{"handler", "a handler", handlerKeys};
inline constexpr Keys transactionKeys = {"lasts", "timeout"};
inline constexpr FieldTable transaction{"transaction", "a transaction", transactionKeys};
inline constexpr Keys commitKeys = {"every", "interval"};
inline constexpr FieldTable commit{"commit", "a commit policy", commitKeys};
inline constexpr Keys ackEveryKeys = {"count", "interval"};
inline constexpr FieldTable ackEvery{"ackEvery", "when acks are sent", ackEveryKeys};
inline constexpr Keys batchKeys = {"max", "min", "linger"};
inline constexpr FieldTable batch{"batch", "a batch", batchKeys};
// With the kind stream those of a stream, else those of a queue.
inline constexpr Keys ownQueueKeys = {
    "kind",          "partitions",      "keyHash",       "keylessBatch", "delayHolds", "retain",
    "group",         "capacity",        "overflow",      "ttl",          "delay",      "priorities",
    "ackTimeout",    "retry",           "deadLetter",    "deliveryRate", "ttlRule",    "ttlFrom",
    "capacityBytes", "capacityCounts",  "ttlActs",       "idleExpiry",   "dispatch",   "order",
    "requeueTo",     "lateAcks",        "deadLetterKey", "whenGone",     "line",       "unackedMax",
    "replicas",      "minInSync",       "commit",        "leader",       "election",   "leaderReturns",
    "lagMax",        "uncleanElection", "whenDiskFull"};
inline constexpr FieldTable ownQueue{"ownQueue", "the queue of a handler", ownQueueKeys};
inline constexpr Keys demandKeys = {"event", "version"};
inline constexpr FieldTable demand{"demand", "a version that is read", demandKeys};
inline constexpr Keys failureKeys = {"how", "probability", "when", "every", "attempts"};
inline constexpr FieldTable failure{"failure", "a failure", failureKeys};
inline constexpr Keys idempotencyKeys = {"key", "ttl"};
inline constexpr FieldTable idempotency{"idempotency", "an idempotency store", idempotencyKeys};

inline constexpr Keys emitKeys = {"emit",      "to",         "routingKey", "data",  "headers", "mandatory",
                                  "retain",    "priority",   "ttl",        "delay", "timeout", "version",
                                  "deliverAt", "delayLevel", "confirm",    "half",  "when"};
inline constexpr FieldTable emit{"emit", "an emit action", emitKeys};
inline constexpr Keys confirmKeys = {"acks", "timeout",    "retries", "backoff", "ceiling",
                                     "lost", "idempotent", "steps",   "window",  "awaited"};
inline constexpr FieldTable confirm{"confirm", "a confirmation", confirmKeys};
inline constexpr Keys halfKeys = {"takes", "commits", "unknown"};
inline constexpr FieldTable half{"half", "a half message", halfKeys};
inline constexpr Keys reserveKeys = {"reserve", "items", "key", "quantity", "else"};
inline constexpr FieldTable reserve{"reserve", "a reserve action", reserveKeys};
inline constexpr Keys releaseKeys = {"release", "items", "key", "quantity"};
inline constexpr FieldTable release{"release", "a release action", releaseKeys};
inline constexpr Keys addKeys = {"add", "key", "by"};
inline constexpr FieldTable add{"add", "an add action", addKeys};
inline constexpr Keys fillKeys = {"fill", "to"};
inline constexpr FieldTable fill{"fill", "a fill action", fillKeys};
inline constexpr Keys setKeys = {"set", "key", "to", "from"};
inline constexpr FieldTable set{"set", "a set action", setKeys};
inline constexpr Keys chooseKeys = {"choose"};
inline constexpr FieldTable choose{"choose", "a choose action", chooseKeys};
inline constexpr Keys branchKeys = {"weight", "then"};
inline constexpr FieldTable branch{"branch", "a branch", branchKeys};
inline constexpr Keys ifKeys = {"if", "then", "else"};
inline constexpr FieldTable condition{"condition", "an if action", ifKeys};

inline constexpr Keys arrivalsKeys = {"every", "rate",    "poisson", "bursts", "schedule", "users", "times",
                                      "think", "spacing", "repeat",  "batch",  "from",     "until", "count",
                                      "gaps",  "saturated", "first"};
inline constexpr FieldTable arrivals{"arrivals", "arrivals", arrivalsKeys};
inline constexpr Keys burstsKeys = {"on", "off", "rateOn", "rateOff"};
inline constexpr FieldTable bursts{"bursts", "bursts", burstsKeys};
inline constexpr Keys ratePointKeys = {"at", "rate"};
inline constexpr FieldTable ratePoint{"ratePoint", "a point of a schedule", ratePointKeys};

inline constexpr Keys distributionKeys = {"constant",  "uniform",          "exponential", "normal",
                                          "lognormal", "erlang",           "gamma",       "weibull",
                                          "pareto",    "hyperexponential", "empirical",   "quantiles"};
inline constexpr FieldTable distribution{"distribution", "a distribution", distributionKeys};
inline constexpr Keys uniformKeys = {"low", "high"};
inline constexpr FieldTable uniform{"uniform", "a uniform distribution", uniformKeys};
inline constexpr Keys normalKeys = {"mean", "sd", "min", "max"};
inline constexpr FieldTable normal{"normal", "a normal distribution", normalKeys};
inline constexpr Keys lognormalKeys = {"mean", "median", "sd", "p90", "p95", "p99", "p999"};
inline constexpr FieldTable lognormal{"lognormal", "a lognormal distribution", lognormalKeys};
inline constexpr Keys erlangKeys = {"phases", "mean"};
inline constexpr FieldTable erlang{"erlang", "an Erlang distribution", erlangKeys};
inline constexpr Keys gammaKeys = {"shape", "mean"};
inline constexpr FieldTable gamma{"gamma", "a gamma distribution", gammaKeys};
inline constexpr Keys weibullKeys = {"shape", "scale", "mean"};
inline constexpr FieldTable weibull{"weibull", "a Weibull distribution", weibullKeys};
inline constexpr Keys paretoKeys = {"shape", "min", "mean"};
inline constexpr FieldTable pareto{"pareto", "a Pareto distribution", paretoKeys};
inline constexpr Keys phaseKeys = {"probability", "mean"};
inline constexpr FieldTable phase{"phase", "a branch of a hyperexponential distribution", phaseKeys};
inline constexpr Keys weightedValueKeys = {"value", "weight"};
inline constexpr FieldTable weightedValue{"weightedValue", "a value with a weight", weightedValueKeys};
inline constexpr Keys quantileKeys = {"probability", "value"};
inline constexpr FieldTable quantile{"quantile", "a point of a distribution", quantileKeys};

inline constexpr Keys crashKeys = {"at", "crash", "instance", "for"};
inline constexpr FieldTable crash{"crash", "a crash", crashKeys};
inline constexpr Keys pauseKeys = {"at", "pause", "for"};
inline constexpr FieldTable pause{"pause", "a pause", pauseKeys};
inline constexpr Keys slowKeys = {"at", "slow", "factor", "for"};
inline constexpr FieldTable slow{"slow", "a slowdown", slowKeys};
inline constexpr Keys rateChangeKeys = {"at", "rate", "factor", "for"};
inline constexpr FieldTable rateChange{"rateChange", "a change of rate", rateChangeKeys};

inline constexpr Keys dropKeys = {"at", "drop", "probability", "for"};
inline constexpr FieldTable drop{"drop", "a loss of copies", dropKeys};
inline constexpr Keys duplicateKeys = {"at", "duplicate", "probability", "for"};
inline constexpr FieldTable duplicate{"duplicate", "a duplication of messages", duplicateKeys};
inline constexpr Keys poisonKeys = {"at", "poison", "count", "for"};
inline constexpr FieldTable poison{"poison", "a poisoning of messages", poisonKeys};
inline constexpr Keys redriveKeys = {"at", "redrive", "to"};
inline constexpr FieldTable redrive{"redrive", "a redrive of dead letters", redriveKeys};
inline constexpr Keys purgeKeys = {"at", "purge"};
inline constexpr FieldTable purge{"purge", "a purge of a queue", purgeKeys};

inline constexpr Keys seekKeys = {"at", "seek", "group", "to"};
inline constexpr FieldTable seek{"seek", "going to another place in a stream", seekKeys};

inline constexpr Keys linkKeys = {"between", "latency", "loss", "duplicates", "reorder", "heartbeat", "access", "bandwidth"};
inline constexpr FieldTable link{"link", "a link", linkKeys};
inline constexpr Keys accessKeys = {"publish", "delivery", "ack", "roundTrips", "overhead"};
inline constexpr FieldTable access{"access", "what an access costs", accessKeys};
inline constexpr Keys partitionKeys = {"at", "partition", "for"};
inline constexpr FieldTable partition{"partition", "a partition", partitionKeys};
inline constexpr Keys delayKeys = {"at", "delay", "by", "for"};
inline constexpr FieldTable delay{"delay", "a delay on a link", delayKeys};
inline constexpr Keys reorderKeys = {"at", "reorder", "probability", "for"};
inline constexpr FieldTable reorder{"reorder", "a change of order on a link", reorderKeys};
inline constexpr Keys loseKeys = {"at", "lose", "probability", "for"};
inline constexpr FieldTable lose{"lose", "a loss on a link", loseKeys};
inline constexpr Keys clockSkewKeys = {"at", "clockSkew", "by", "for"};
inline constexpr FieldTable clockSkew{"clockSkew", "a clock that is off", clockSkewKeys};

inline constexpr Keys replayKeys = {"at", "replay", "from", "until", "rules", "name"};
inline constexpr FieldTable replay{"replay", "a replay of an archive", replayKeys};
inline constexpr Keys nodeDownKeys = {"at", "nodeDown", "for"};
inline constexpr FieldTable nodeDown{"nodeDown", "a node that goes down", nodeDownKeys};
inline constexpr Keys powerOffKeys = {"at", "powerOff", "for"};
inline constexpr FieldTable powerOff{"powerOff", "a power failure of a node", powerOffKeys};
inline constexpr Keys diskFullKeys = {"at", "diskFull", "for"};
inline constexpr FieldTable diskFull{"diskFull", "a full disk", diskFullKeys};
inline constexpr Keys slowDiskKeys = {"at", "slowDisk", "by", "for"};
inline constexpr FieldTable slowDisk{"slowDisk", "a slow disk", slowDiskKeys};
inline constexpr Keys rollingRestartKeys = {"at", "rollingRestart", "for", "wait", "whenInSync"};
inline constexpr FieldTable rollingRestart{"rollingRestart", "a rolling restart", rollingRestartKeys};
inline constexpr Keys nodeKeys = {"write", "fsync", "disk"};
inline constexpr FieldTable node{"node", "a node of the broker", nodeKeys};

inline constexpr Keys breakpointKeys = {"when", "type", "metric", "broken", "at", "enabled"};
inline constexpr FieldTable breakpoint{"breakpoint", "a breakpoint", breakpointKeys};

inline constexpr Keys ledgerClosedKeys = {"ledger", "title"};
inline constexpr FieldTable ledgerClosed{"ledgerClosed", "an expectation of the ledger", ledgerClosedKeys};
inline constexpr Keys atEndKeys = {"that", "title"};
inline constexpr FieldTable atEnd{"atEnd", "an expectation at the end", atEndKeys};
inline constexpr Keys alwaysKeys = {"always", "title"};
inline constexpr FieldTable always{"always", "an expectation at all times", alwaysKeys};
inline constexpr Keys orderedKeys = {"ordered", "title"};
inline constexpr FieldTable ordered{"ordered", "an expectation of order", orderedKeys};

inline constexpr FieldTable all[] = {
    scenario,      text,    run,           limits,       event,  topic,     exchange, queue,      stream,
    binding,       retain,  retry,         service,      source, handler,   ownQueue, failure,    idempotency,
    emit,          reserve, release,       add,          fill,   set,       choose,   branch,     condition,
    arrivals,      bursts,  ratePoint,     uniform,      normal, lognormal, erlang,   gamma,      weibull,
    pareto,        phase,   weightedValue, quantile,     crash,  pause,     slow,     rateChange, ledgerClosed,
    atEnd,         always,  ordered,       distribution, drop,   duplicate, poison,   redrive,    purge,
    breakpoint,    ackEvery, batch,        rateLimit,    deliveryLimit, dedup, checkBack, confirm, half, demand,
    compaction,    streamGroup, commit,    seek,         link,   partition, delay,    reorder,    lose,
    clockSkew,     node,    nodeDown,      powerOff,     diskFull, slowDisk, rollingRestart, replay, archive, replicate,
    outbox,        transaction, access};

} // namespace fields
} // namespace weir
