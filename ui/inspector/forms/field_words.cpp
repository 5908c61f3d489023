#include "ui/inspector/forms/field_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace weir {
namespace {

constexpr auto always = true;

constexpr FieldWord fieldWords[] = {
    // Lines of one kind come before those of every kind.
    {"scenario", "run", QT_TRANSLATE_NOOP("weir::FieldWords", "Run")},
    {"scenario", "faults", QT_TRANSLATE_NOOP("weir::FieldWords", "Faults"), Reference::none, always},
    {"scenario", "expect", QT_TRANSLATE_NOOP("weir::FieldWords", "Expectations"), Reference::none, always},
    {"scenario", "notes", QT_TRANSLATE_NOOP("weir::FieldWords", "Notes")},
    {"scenario", "title", QT_TRANSLATE_NOOP("weir::FieldWords", "Title"), Reference::none, always},
    {"text", "en", QT_TRANSLATE_NOOP("weir::FieldWords", "English"), Reference::none, always},
    {"text", "zh", QT_TRANSLATE_NOOP("weir::FieldWords", "Chinese"), Reference::none, always},
    {"run", "seed", QT_TRANSLATE_NOOP("weir::FieldWords", "Seed"), Reference::none, always},
    {"run", "for", QT_TRANSLATE_NOOP("weir::FieldWords", "Runs for"), Reference::none, always},
    {"run", "warmup", QT_TRANSLATE_NOOP("weir::FieldWords", "Warm-up"), Reference::none, always},
    {"run", "latency", QT_TRANSLATE_NOOP("weir::FieldWords", "Latency of a hop"), Reference::none, always},
    {"run", "limits", QT_TRANSLATE_NOOP("weir::FieldWords", "Limits")},
    {"limits", "messages", QT_TRANSLATE_NOOP("weir::FieldWords", "Messages at most"), Reference::none, always},
    {"limits", "copies", QT_TRANSLATE_NOOP("weir::FieldWords", "Copies at most"), Reference::none, always},
    {"event", "version", QT_TRANSLATE_NOOP("weir::FieldWords", "Version"), Reference::none, always},
    {"event", "key", QT_TRANSLATE_NOOP("weir::FieldWords", "Partition key"), Reference::none, always},
    {"event", "subject", QT_TRANSLATE_NOOP("weir::FieldWords", "Subject")},
    {"event", "dataSchema", QT_TRANSLATE_NOOP("weir::FieldWords", "Data schema")},
    {"event", "size", QT_TRANSLATE_NOOP("weir::FieldWords", "Size"), Reference::none, always},
    {"event", "data", QT_TRANSLATE_NOOP("weir::FieldWords", "Data"), Reference::none, always},

    {"exchange", "type", QT_TRANSLATE_NOOP("weir::FieldWords", "Matches by"), Reference::none, always},
    {"binding", "to", QT_TRANSLATE_NOOP("weir::FieldWords", "Receives from"), Reference::exchange, always},
    {"binding", "pattern", QT_TRANSLATE_NOOP("weir::FieldWords", "Pattern"), Reference::none, always},
    {"", "bind", QT_TRANSLATE_NOOP("weir::FieldWords", "Bindings"), Reference::none, always},
    {"", "profile", QT_TRANSLATE_NOOP("weir::FieldWords", "Follows")},
    {"", "kind", QT_TRANSLATE_NOOP("weir::FieldWords", "Kind")},
    {"", "capacity", QT_TRANSLATE_NOOP("weir::FieldWords", "Capacity"), Reference::none, always},
    {"", "overflow", QT_TRANSLATE_NOOP("weir::FieldWords", "When full"), Reference::none, always},
    {"", "priorities", QT_TRANSLATE_NOOP("weir::FieldWords", "Priorities")},
    {"", "ackTimeout", QT_TRANSLATE_NOOP("weir::FieldWords", "Ack timeout"), Reference::none, always},
    {"", "retry", QT_TRANSLATE_NOOP("weir::FieldWords", "Retry"), Reference::none, always},
    {"", "deadLetter", QT_TRANSLATE_NOOP("weir::FieldWords", "Dead letters to"), Reference::channel, always},
    {"stream", "partitions", QT_TRANSLATE_NOOP("weir::FieldWords", "Partitions"), Reference::none, always},
    {"stream", "keyHash", QT_TRANSLATE_NOOP("weir::FieldWords", "Hash of keys"), Reference::none, always},
    {"stream", "keylessBatch", QT_TRANSLATE_NOOP("weir::FieldWords", "Without a key, in a row"), Reference::none, always},
    {"stream", "retain", QT_TRANSLATE_NOOP("weir::FieldWords", "Keeps"), Reference::none, always},
    {"stream", "group", QT_TRANSLATE_NOOP("weir::FieldWords", "Groups"), Reference::none, always},
    {"retain", "for", QT_TRANSLATE_NOOP("weir::FieldWords", "For"), Reference::none, always},
    {"retain", "count", QT_TRANSLATE_NOOP("weir::FieldWords", "Records a partition"), Reference::none, always},
    {"retain", "bytes", QT_TRANSLATE_NOOP("weir::FieldWords", "Bytes a partition"), Reference::none, always},
    {"retain", "perSubject", QT_TRANSLATE_NOOP("weir::FieldWords", "Records a routing key"), Reference::none, always},
    {"retain", "until", QT_TRANSLATE_NOOP("weir::FieldWords", "Until"), Reference::none, always},
    {"retain", "whenFull", QT_TRANSLATE_NOOP("weir::FieldWords", "When full"), Reference::none, always},
    {"retain", "compact", QT_TRANSLATE_NOOP("weir::FieldWords", "Compacts"), Reference::none, always},
    {"compaction", "dirty", QT_TRANSLATE_NOOP("weir::FieldWords", "Cleans at a dirty share of"), Reference::none, always},
    {"compaction", "tombstones", QT_TRANSLATE_NOOP("weir::FieldWords", "Tombstones go after"), Reference::none, always},
    {"streamGroup", "delivery", QT_TRANSLATE_NOOP("weir::FieldWords", "Records go to"), Reference::none, always},
    {"streamGroup", "assignor", QT_TRANSLATE_NOOP("weir::FieldWords", "Partitions go by"), Reference::none, always},
    {"streamGroup", "rebalanceTakes", QT_TRANSLATE_NOOP("weir::FieldWords", "A rebalance takes"), Reference::none, always},
    {"streamGroup", "sessionTimeout", QT_TRANSLATE_NOOP("weir::FieldWords", "Session timeout"), Reference::none, always},
    {"streamGroup", "static", QT_TRANSLATE_NOOP("weir::FieldWords", "Static members"), Reference::none, always},
    {"retry", "max", QT_TRANSLATE_NOOP("weir::FieldWords", "Retries"), Reference::none, always},
    {"retry", "backoff", QT_TRANSLATE_NOOP("weir::FieldWords", "Backoff"), Reference::none, always},
    {"retry", "first", QT_TRANSLATE_NOOP("weir::FieldWords", "First after"), Reference::none, always},
    {"retry", "factor", QT_TRANSLATE_NOOP("weir::FieldWords", "Factor"), Reference::none, always},
    {"retry", "ceiling", QT_TRANSLATE_NOOP("weir::FieldWords", "Never longer than"), Reference::none, always},
    {"retry", "jitter", QT_TRANSLATE_NOOP("weir::FieldWords", "Jitter"), Reference::none, always},
    {"retry", "steps", QT_TRANSLATE_NOOP("weir::FieldWords", "Steps"), Reference::none, always},

    {"service", "instances", QT_TRANSLATE_NOOP("weir::FieldWords", "Instances"), Reference::none, always},
    {"service", "restartAfter", QT_TRANSLATE_NOOP("weir::FieldWords", "Restarts after")},
    {"service", "state", QT_TRANSLATE_NOOP("weir::FieldWords", "State at the start")},
    {"service", "sources", QT_TRANSLATE_NOOP("weir::FieldWords", "Sources"), Reference::none, always},
    {"service", "handlers", QT_TRANSLATE_NOOP("weir::FieldWords", "Handlers"), Reference::none, always},
    {"source", "arrivals", QT_TRANSLATE_NOOP("weir::FieldWords", "Arrivals"), Reference::none, always},
    {"source", "emit", QT_TRANSLATE_NOOP("weir::FieldWords", "Emits"), Reference::eventType, always},
    {"handler", "on", QT_TRANSLATE_NOOP("weir::FieldWords", "On"), Reference::channel, always},
    {"handler", "queue", QT_TRANSLATE_NOOP("weir::FieldWords", "Own queue")},
    {"handler", "filter", QT_TRANSLATE_NOOP("weir::FieldWords", "Filter")},
    {"handler", "pattern", QT_TRANSLATE_NOOP("weir::FieldWords", "Pattern")},
    {"handler", "takes", QT_TRANSLATE_NOOP("weir::FieldWords", "Takes"), Reference::none, always},
    {"handler", "concurrency", QT_TRANSLATE_NOOP("weir::FieldWords", "Workers each"), Reference::none, always},
    {"handler", "prefetch", QT_TRANSLATE_NOOP("weir::FieldWords", "Prefetch")},
    {"handler", "ack", QT_TRANSLATE_NOOP("weir::FieldWords", "Acks"), Reference::none},
    {"handler", "from", QT_TRANSLATE_NOOP("weir::FieldWords", "Begins at")},
    {"handler", "commit", QT_TRANSLATE_NOOP("weir::FieldWords", "Commits")},
    {"commit", "every", QT_TRANSLATE_NOOP("weir::FieldWords", "Every so many"), Reference::none, always},
    {"commit", "interval", QT_TRANSLATE_NOOP("weir::FieldWords", "After"), Reference::none, always},
    {"handler", "fails", QT_TRANSLATE_NOOP("weir::FieldWords", "Fails"), Reference::none, always},
    {"handler", "idempotent", QT_TRANSLATE_NOOP("weir::FieldWords", "Idempotent"), Reference::none, always},
    {"failure", "how", QT_TRANSLATE_NOOP("weir::FieldWords", "How"), Reference::none, always},
    {"failure", "probability", QT_TRANSLATE_NOOP("weir::FieldWords", "Probability"), Reference::none, always},
    {"failure", "when", QT_TRANSLATE_NOOP("weir::FieldWords", "When"), Reference::none, always},
    {"failure", "every", QT_TRANSLATE_NOOP("weir::FieldWords", "Every so many"), Reference::none, always},
    {"failure", "attempts", QT_TRANSLATE_NOOP("weir::FieldWords", "First attempts"), Reference::none, always},
    {"idempotency", "key", QT_TRANSLATE_NOOP("weir::FieldWords", "By"), Reference::none, always},
    {"idempotency", "ttl", QT_TRANSLATE_NOOP("weir::FieldWords", "Remembers for"), Reference::none, always},

    {"emit", "emit", QT_TRANSLATE_NOOP("weir::FieldWords", "Event type"), Reference::eventType, always},
    {"", "to", QT_TRANSLATE_NOOP("weir::FieldWords", "To"), Reference::channel, always},
    {"", "routingKey", QT_TRANSLATE_NOOP("weir::FieldWords", "Routing key")},
    {"", "data", QT_TRANSLATE_NOOP("weir::FieldWords", "Data")},
    {"", "priority", QT_TRANSLATE_NOOP("weir::FieldWords", "Priority")},
    {"", "ttl", QT_TRANSLATE_NOOP("weir::FieldWords", "Expires after")},
    {"", "delay", QT_TRANSLATE_NOOP("weir::FieldWords", "Delay")},
    {"", "timeout", QT_TRANSLATE_NOOP("weir::FieldWords", "Gives up after")},
    {"", "when", QT_TRANSLATE_NOOP("weir::FieldWords", "Only when")},
    {"reserve", "reserve", QT_TRANSLATE_NOOP("weir::FieldWords", "Takes out of"), Reference::stateTable, always},
    {"reserve", "else", QT_TRANSLATE_NOOP("weir::FieldWords", "Else"), Reference::none, always},
    {"release", "release", QT_TRANSLATE_NOOP("weir::FieldWords", "Gives back to"), Reference::stateTable, always},
    {"", "items", QT_TRANSLATE_NOOP("weir::FieldWords", "Items")},
    {"reserve", "key", QT_TRANSLATE_NOOP("weir::FieldWords", "Entry by")},
    {"release", "key", QT_TRANSLATE_NOOP("weir::FieldWords", "Entry by")},
    {"", "quantity", QT_TRANSLATE_NOOP("weir::FieldWords", "Quantity by")},
    {"add", "add", QT_TRANSLATE_NOOP("weir::FieldWords", "Adds to"), Reference::stateTable, always},
    {"add", "by", QT_TRANSLATE_NOOP("weir::FieldWords", "Amount"), Reference::none, always},
    {"fill", "fill", QT_TRANSLATE_NOOP("weir::FieldWords", "Fills"), Reference::stateTable, always},
    {"fill", "to", QT_TRANSLATE_NOOP("weir::FieldWords", "Up to"), Reference::none, always},
    {"set", "set", QT_TRANSLATE_NOOP("weir::FieldWords", "Sets in"), Reference::stateTable, always},
    {"set", "to", QT_TRANSLATE_NOOP("weir::FieldWords", "Status"), Reference::none, always},
    {"set", "from", QT_TRANSLATE_NOOP("weir::FieldWords", "Only from"), Reference::none, always},
    {"", "key", QT_TRANSLATE_NOOP("weir::FieldWords", "Entry"), Reference::none, always},
    {"choose", "choose", QT_TRANSLATE_NOOP("weir::FieldWords", "Branches"), Reference::none, always},
    {"branch", "weight", QT_TRANSLATE_NOOP("weir::FieldWords", "Weight"), Reference::none, always},
    {"condition", "if", QT_TRANSLATE_NOOP("weir::FieldWords", "If"), Reference::none, always},
    {"condition", "else", QT_TRANSLATE_NOOP("weir::FieldWords", "Else"), Reference::none, always},
    {"", "then", QT_TRANSLATE_NOOP("weir::FieldWords", "Then"), Reference::none, always},

    {"arrivals", "every", QT_TRANSLATE_NOOP("weir::FieldWords", "Every"), Reference::none, always},
    {"arrivals", "rate", QT_TRANSLATE_NOOP("weir::FieldWords", "Rate"), Reference::none, always},
    {"arrivals", "poisson", QT_TRANSLATE_NOOP("weir::FieldWords", "Mean rate"), Reference::none, always},
    {"arrivals", "bursts", QT_TRANSLATE_NOOP("weir::FieldWords", "Bursts"), Reference::none, always},
    {"arrivals", "schedule", QT_TRANSLATE_NOOP("weir::FieldWords", "Schedule"), Reference::none, always},
    {"arrivals", "users", QT_TRANSLATE_NOOP("weir::FieldWords", "Users"), Reference::none, always},
    {"arrivals", "times", QT_TRANSLATE_NOOP("weir::FieldWords", "At"), Reference::none, always},
    {"arrivals", "think", QT_TRANSLATE_NOOP("weir::FieldWords", "Thinks for"), Reference::none, always},
    {"arrivals", "spacing", QT_TRANSLATE_NOOP("weir::FieldWords", "Spacing"), Reference::none, always},
    {"arrivals", "repeat", QT_TRANSLATE_NOOP("weir::FieldWords", "Repeats"), Reference::none, always},
    {"arrivals", "batch", QT_TRANSLATE_NOOP("weir::FieldWords", "Batch")},
    {"arrivals", "from", QT_TRANSLATE_NOOP("weir::FieldWords", "From")},
    {"arrivals", "until", QT_TRANSLATE_NOOP("weir::FieldWords", "Until")},
    {"arrivals", "count", QT_TRANSLATE_NOOP("weir::FieldWords", "Count")},
    {"bursts", "on", QT_TRANSLATE_NOOP("weir::FieldWords", "Busy for"), Reference::none, always},
    {"bursts", "off", QT_TRANSLATE_NOOP("weir::FieldWords", "Quiet for"), Reference::none, always},
    {"bursts", "rateOn", QT_TRANSLATE_NOOP("weir::FieldWords", "Rate while busy"), Reference::none, always},
    {"bursts", "rateOff", QT_TRANSLATE_NOOP("weir::FieldWords", "Rate while quiet"), Reference::none, always},
    {"ratePoint", "at", QT_TRANSLATE_NOOP("weir::FieldWords", "At"), Reference::none, always},
    {"ratePoint", "rate", QT_TRANSLATE_NOOP("weir::FieldWords", "Rate"), Reference::none, always},

    {"distribution", "constant", QT_TRANSLATE_NOOP("weir::FieldWords", "Value"), Reference::none, always},
    {"distribution", "exponential", QT_TRANSLATE_NOOP("weir::FieldWords", "Mean"), Reference::none, always},
    {"distribution", "uniform", QT_TRANSLATE_NOOP("weir::FieldWords", "Uniform"), Reference::none, always},
    {"distribution", "normal", QT_TRANSLATE_NOOP("weir::FieldWords", "Normal"), Reference::none, always},
    {"distribution", "lognormal", QT_TRANSLATE_NOOP("weir::FieldWords", "Lognormal"), Reference::none, always},
    {"distribution", "erlang", QT_TRANSLATE_NOOP("weir::FieldWords", "Erlang"), Reference::none, always},
    {"distribution", "gamma", QT_TRANSLATE_NOOP("weir::FieldWords", "Gamma"), Reference::none, always},
    {"distribution", "weibull", QT_TRANSLATE_NOOP("weir::FieldWords", "Weibull"), Reference::none, always},
    {"distribution", "pareto", QT_TRANSLATE_NOOP("weir::FieldWords", "Pareto"), Reference::none, always},
    {"distribution", "hyperexponential", QT_TRANSLATE_NOOP("weir::FieldWords", "Branches"), Reference::none, always},
    {"distribution", "empirical", QT_TRANSLATE_NOOP("weir::FieldWords", "Values"), Reference::none, always},
    {"distribution", "quantiles", QT_TRANSLATE_NOOP("weir::FieldWords", "Points"), Reference::none, always},
    {"uniform", "low", QT_TRANSLATE_NOOP("weir::FieldWords", "Lowest"), Reference::none, always},
    {"uniform", "high", QT_TRANSLATE_NOOP("weir::FieldWords", "Highest"), Reference::none, always},
    {"normal", "min", QT_TRANSLATE_NOOP("weir::FieldWords", "Not below"), Reference::none, always},
    {"normal", "max", QT_TRANSLATE_NOOP("weir::FieldWords", "Not above"), Reference::none, always},
    {"pareto", "min", QT_TRANSLATE_NOOP("weir::FieldWords", "Smallest"), Reference::none, always},
    {"", "mean", QT_TRANSLATE_NOOP("weir::FieldWords", "Mean"), Reference::none, always},
    {"", "median", QT_TRANSLATE_NOOP("weir::FieldWords", "Median"), Reference::none, always},
    {"", "sd", QT_TRANSLATE_NOOP("weir::FieldWords", "Standard deviation"), Reference::none, always},
    {"", "p90", QT_TRANSLATE_NOOP("weir::FieldWords", "90 % below"), Reference::none, always},
    {"", "p95", QT_TRANSLATE_NOOP("weir::FieldWords", "95 % below"), Reference::none, always},
    {"", "p99", QT_TRANSLATE_NOOP("weir::FieldWords", "99 % below"), Reference::none, always},
    {"", "p999", QT_TRANSLATE_NOOP("weir::FieldWords", "99.9 % below"), Reference::none, always},
    {"", "phases", QT_TRANSLATE_NOOP("weir::FieldWords", "Phases"), Reference::none, always},
    {"", "shape", QT_TRANSLATE_NOOP("weir::FieldWords", "Shape"), Reference::none, always},
    {"", "scale", QT_TRANSLATE_NOOP("weir::FieldWords", "Scale"), Reference::none, always},
    {"", "probability", QT_TRANSLATE_NOOP("weir::FieldWords", "Probability"), Reference::none, always},
    {"", "value", QT_TRANSLATE_NOOP("weir::FieldWords", "Value"), Reference::none, always},
    {"", "weight", QT_TRANSLATE_NOOP("weir::FieldWords", "Weight"), Reference::none, always},

    {"crash", "crash", QT_TRANSLATE_NOOP("weir::FieldWords", "Crashes"), Reference::service, always},
    {"crash", "instance", QT_TRANSLATE_NOOP("weir::FieldWords", "Instance"), Reference::none, always},
    {"crash", "for", QT_TRANSLATE_NOOP("weir::FieldWords", "Back after"), Reference::none, always},
    {"pause", "pause", QT_TRANSLATE_NOOP("weir::FieldWords", "Pauses"), Reference::service, always},
    {"slow", "slow", QT_TRANSLATE_NOOP("weir::FieldWords", "Slows down"), Reference::service, always},
    {"rateChange", "rate", QT_TRANSLATE_NOOP("weir::FieldWords", "Changes the rate of"), Reference::service, always},
    {"drop", "drop", QT_TRANSLATE_NOOP("weir::FieldWords", "Loses copies to"), Reference::consumer, always},
    {"duplicate", "duplicate", QT_TRANSLATE_NOOP("weir::FieldWords", "Doubles"), Reference::channel, always},
    {"poison", "poison", QT_TRANSLATE_NOOP("weir::FieldWords", "Poisons messages of"), Reference::poisonTarget, always},
    {"poison", "count", QT_TRANSLATE_NOOP("weir::FieldWords", "Messages"), Reference::none, always},
    {"seek", "seek", QT_TRANSLATE_NOOP("weir::FieldWords", "Moves groups of"), Reference::channel, always},
    {"seek", "group", QT_TRANSLATE_NOOP("weir::FieldWords", "Group"), Reference::service, always},
    {"seek", "to", QT_TRANSLATE_NOOP("weir::FieldWords", "To"), Reference::none, always},
    {"", "at", QT_TRANSLATE_NOOP("weir::FieldWords", "At"), Reference::none, always},
    {"", "factor", QT_TRANSLATE_NOOP("weir::FieldWords", "Factor"), Reference::none, always},
    {"", "for", QT_TRANSLATE_NOOP("weir::FieldWords", "For"), Reference::none, always},
    {"ledgerClosed", "ledger", QT_TRANSLATE_NOOP("weir::FieldWords", "Ledger"), Reference::none, always},
    {"atEnd", "that", QT_TRANSLATE_NOOP("weir::FieldWords", "At the end"), Reference::none, always},
    {"always", "always", QT_TRANSLATE_NOOP("weir::FieldWords", "Always"), Reference::none, always},
    {"ordered", "ordered", QT_TRANSLATE_NOOP("weir::FieldWords", "In order on"), Reference::subscription, always},
    {"", "title", QT_TRANSLATE_NOOP("weir::FieldWords", "Title")},
};

struct Named {
    std::string_view word;
    const char* text;
};

constexpr Named choices[] = {
    {"reject", QT_TRANSLATE_NOOP("weir::FieldWords", "Reject")},
    {"dropOldest", QT_TRANSLATE_NOOP("weir::FieldWords", "Drop the oldest")},
    {"dropNewest", QT_TRANSLATE_NOOP("weir::FieldWords", "Drop the newest")},
    {"block", QT_TRANSLATE_NOOP("weir::FieldWords", "Block the producer")},
    {"none", QT_TRANSLATE_NOOP("weir::FieldWords", "At once")},
    {"fixed", QT_TRANSLATE_NOOP("weir::FieldWords", "Fixed")},
    {"linear", QT_TRANSLATE_NOOP("weir::FieldWords", "Linear")},
    {"exponential", QT_TRANSLATE_NOOP("weir::FieldWords", "Exponential")},
    {"explicit", QT_TRANSLATE_NOOP("weir::FieldWords", "Explicit steps")},
    {"manual", QT_TRANSLATE_NOOP("weir::FieldWords", "After the work")},
    {"automatic", QT_TRANSLATE_NOOP("weir::FieldWords", "On delivery")},
    {"nack", QT_TRANSLATE_NOOP("weir::FieldWords", "Fail")},
    {"crash", QT_TRANSLATE_NOOP("weir::FieldWords", "Crash")},
    {"crashAfterEffect", QT_TRANSLATE_NOOP("weir::FieldWords", "Crash after the work")},
    {"direct", QT_TRANSLATE_NOOP("weir::FieldWords", "Exact key")},
    {"fanout", QT_TRANSLATE_NOOP("weir::FieldWords", "Everything")},
    {"topic", QT_TRANSLATE_NOOP("weir::FieldWords", "Pattern")},
    {"poisson", QT_TRANSLATE_NOOP("weir::FieldWords", "Poisson")},
    {"regular", QT_TRANSLATE_NOOP("weir::FieldWords", "Regular")},
    {"rabbitmq-classic", QT_TRANSLATE_NOOP("weir::FieldWords", "RabbitMQ, classic queues")},
    {"unbounded", QT_TRANSLATE_NOOP("weir::FieldWords", "Without end")},
    {"end", QT_TRANSLATE_NOOP("weir::FieldWords", "Until nothing is left to do")},
    {"closed", QT_TRANSLATE_NOOP("weir::FieldWords", "Closed")},
    {"forgetOldest", QT_TRANSLATE_NOOP("weir::FieldWords", "Forget the oldest")},
    {"refuse", QT_TRANSLATE_NOOP("weir::FieldWords", "Refuse")},
    {"limits", QT_TRANSLATE_NOOP("weir::FieldWords", "The limits")},
    {"acked", QT_TRANSLATE_NOOP("weir::FieldWords", "Every group has acked")},
    {"interest", QT_TRANSLATE_NOOP("weir::FieldWords", "Every group has acked, if any")},
    {"turn", QT_TRANSLATE_NOOP("weir::FieldWords", "In turn")},
    {"range", QT_TRANSLATE_NOOP("weir::FieldWords", "Range")},
    {"roundrobin", QT_TRANSLATE_NOOP("weir::FieldWords", "Round robin")},
    {"sticky", QT_TRANSLATE_NOOP("weir::FieldWords", "Sticky")},
    {"cooperative-sticky", QT_TRANSLATE_NOOP("weir::FieldWords", "Sticky, cooperative")},
    {"earliest", QT_TRANSLATE_NOOP("weir::FieldWords", "The earliest")},
    {"latest", QT_TRANSLATE_NOOP("weir::FieldWords", "The latest")},
    {"partitions", QT_TRANSLATE_NOOP("weir::FieldWords", "The owner of their partition")},
    {"shared", QT_TRANSLATE_NOOP("weir::FieldWords", "Any member")},
};

constexpr Named kinds[] = {
    {"handler", QT_TRANSLATE_NOOP("weir::FieldWords", "Handler")},
    {"source", QT_TRANSLATE_NOOP("weir::FieldWords", "Source")},
    {"binding", QT_TRANSLATE_NOOP("weir::FieldWords", "Binding")},
    {"failure", QT_TRANSLATE_NOOP("weir::FieldWords", "Failure")},
    {"branch", QT_TRANSLATE_NOOP("weir::FieldWords", "Branch")},
    {"ratePoint", QT_TRANSLATE_NOOP("weir::FieldWords", "Point")},
    {"phase", QT_TRANSLATE_NOOP("weir::FieldWords", "Branch")},
    {"weightedValue", QT_TRANSLATE_NOOP("weir::FieldWords", "Value")},
    {"quantile", QT_TRANSLATE_NOOP("weir::FieldWords", "Point")},
    {"emit", QT_TRANSLATE_NOOP("weir::FieldWords", "Emit")},
    {"reserve", QT_TRANSLATE_NOOP("weir::FieldWords", "Reserve")},
    {"release", QT_TRANSLATE_NOOP("weir::FieldWords", "Release")},
    {"add", QT_TRANSLATE_NOOP("weir::FieldWords", "Add")},
    {"fill", QT_TRANSLATE_NOOP("weir::FieldWords", "Fill")},
    {"set", QT_TRANSLATE_NOOP("weir::FieldWords", "Set a status")},
    {"choose", QT_TRANSLATE_NOOP("weir::FieldWords", "Choose")},
    {"condition", QT_TRANSLATE_NOOP("weir::FieldWords", "If")},
    {"crash", QT_TRANSLATE_NOOP("weir::FieldWords", "Crash")},
    {"pause", QT_TRANSLATE_NOOP("weir::FieldWords", "Pause")},
    {"slow", QT_TRANSLATE_NOOP("weir::FieldWords", "Slow down")},
    {"rateChange", QT_TRANSLATE_NOOP("weir::FieldWords", "Change of rate")},
    {"drop", QT_TRANSLATE_NOOP("weir::FieldWords", "Loss")},
    {"duplicate", QT_TRANSLATE_NOOP("weir::FieldWords", "Duplication")},
    {"poison", QT_TRANSLATE_NOOP("weir::FieldWords", "Poison")},
    {"seek", QT_TRANSLATE_NOOP("weir::FieldWords", "Seek")},
    {"ledgerClosed", QT_TRANSLATE_NOOP("weir::FieldWords", "Ledger closed")},
    {"atEnd", QT_TRANSLATE_NOOP("weir::FieldWords", "Holds at the end")},
    {"always", QT_TRANSLATE_NOOP("weir::FieldWords", "Always holds")},
    {"ordered", QT_TRANSLATE_NOOP("weir::FieldWords", "Kept in order")},
    {"arrivals", QT_TRANSLATE_NOOP("weir::FieldWords", "Pattern")},
    {"distribution", QT_TRANSLATE_NOOP("weir::FieldWords", "Distribution")},
    {"lognormal", QT_TRANSLATE_NOOP("weir::FieldWords", "Given by")},
    {"weibull", QT_TRANSLATE_NOOP("weir::FieldWords", "Given by")},
    {"pareto", QT_TRANSLATE_NOOP("weir::FieldWords", "Given by")},
    {"every", QT_TRANSLATE_NOOP("weir::FieldWords", "At equal intervals")},
    {"rate", QT_TRANSLATE_NOOP("weir::FieldWords", "At a steady rate")},
    {"poisson", QT_TRANSLATE_NOOP("weir::FieldWords", "Poisson")},
    {"bursts", QT_TRANSLATE_NOOP("weir::FieldWords", "Bursts")},
    {"schedule", QT_TRANSLATE_NOOP("weir::FieldWords", "Schedule")},
    {"users", QT_TRANSLATE_NOOP("weir::FieldWords", "Users in a closed loop")},
    {"times", QT_TRANSLATE_NOOP("weir::FieldWords", "At given times")},
    {"constant", QT_TRANSLATE_NOOP("weir::FieldWords", "Constant")},
    {"uniform", QT_TRANSLATE_NOOP("weir::FieldWords", "Uniform")},
    {"exponential", QT_TRANSLATE_NOOP("weir::FieldWords", "Exponential")},
    {"normal", QT_TRANSLATE_NOOP("weir::FieldWords", "Normal")},
    {"lognormalShape", QT_TRANSLATE_NOOP("weir::FieldWords", "Lognormal")},
    {"erlang", QT_TRANSLATE_NOOP("weir::FieldWords", "Erlang")},
    {"gamma", QT_TRANSLATE_NOOP("weir::FieldWords", "Gamma")},
    {"weibullShape", QT_TRANSLATE_NOOP("weir::FieldWords", "Weibull")},
    {"paretoShape", QT_TRANSLATE_NOOP("weir::FieldWords", "Pareto")},
    {"hyperexponential", QT_TRANSLATE_NOOP("weir::FieldWords", "Hyperexponential")},
    {"empirical", QT_TRANSLATE_NOOP("weir::FieldWords", "Empirical")},
    {"quantiles", QT_TRANSLATE_NOOP("weir::FieldWords", "By quantiles")},
    {"table", QT_TRANSLATE_NOOP("weir::FieldWords", "Table")},
    {"entry", QT_TRANSLATE_NOOP("weir::FieldWords", "Entry")},
};

template <std::size_t count> QString labelIn(const Named (&names)[count], std::string_view word) {
    for (const Named& named : names)
        if (named.word == word)
            return QCoreApplication::translate("weir::FieldWords", named.text);
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace

const FieldWord* fieldWord(std::string_view definition, std::string_view key) {
    const FieldWord* general = nullptr;
    for (const FieldWord& word : fieldWords) {
        if (word.key != key)
            continue;
        if (word.definition == definition)
            return &word;
        if (word.definition.empty())
            general = &word;
    }
    return general;
}

QString fieldLabel(std::string_view definition, std::string_view key) {
    if (const FieldWord* const word = fieldWord(definition, key))
        return QCoreApplication::translate("weir::FieldWords", word->label);
    return QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
}

QString choiceLabel(std::string_view word) {
    return labelIn(choices, word);
}

QString kindLabel(std::string_view definition) {
    return labelIn(kinds, definition);
}

std::size_t fieldWordCount() {
    return std::size(fieldWords);
}

const FieldWord& fieldWordAt(std::size_t index) {
    return fieldWords[index];
}

} // namespace weir
