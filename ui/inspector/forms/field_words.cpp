#include "ui/inspector/forms/field_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace weir {
namespace {

#define TEXT(text) QT_TRANSLATE_NOOP("weir::FieldWords", text)
constexpr auto always = true;

constexpr FieldWord fieldWords[] = {
    // Lines of one kind come before those of every kind.
    {"scenario", "run", TEXT("Run")},
    {"scenario", "faults", TEXT("Faults"), Reference::none, always},
    {"scenario", "expect", TEXT("Expectations"), Reference::none, always},
    {"scenario", "notes", TEXT("Notes")},
    {"scenario", "title", TEXT("Title"), Reference::none, always},
    {"text", "en", TEXT("English"), Reference::none, always},
    {"text", "zh", TEXT("Chinese"), Reference::none, always},
    {"run", "seed", TEXT("Seed"), Reference::none, always},
    {"run", "for", TEXT("Runs for"), Reference::none, always},
    {"run", "warmup", TEXT("Warm-up"), Reference::none, always},
    {"run", "latency", TEXT("Latency of a hop"), Reference::none, always},
    {"run", "limits", TEXT("Limits")},
    {"limits", "messages", TEXT("Messages at most"), Reference::none, always},
    {"limits", "copies", TEXT("Copies at most"), Reference::none, always},
    {"event", "version", TEXT("Version"), Reference::none, always},
    {"event", "key", TEXT("Partition key"), Reference::none, always},
    {"event", "subject", TEXT("Subject")},
    {"event", "dataSchema", TEXT("Data schema")},
    {"event", "size", TEXT("Size"), Reference::none, always},
    {"event", "data", TEXT("Data"), Reference::none, always},

    {"exchange", "type", TEXT("Matches by"), Reference::none, always},
    {"binding", "to", TEXT("Receives from"), Reference::exchange, always},
    {"binding", "pattern", TEXT("Pattern"), Reference::none, always},
    {"", "bind", TEXT("Bindings"), Reference::none, always},
    {"", "profile", TEXT("Follows")},
    {"", "kind", TEXT("Kind")},
    {"", "capacity", TEXT("Capacity"), Reference::none, always},
    {"", "overflow", TEXT("When full")},
    {"", "priorities", TEXT("Priorities")},
    {"", "ackTimeout", TEXT("Ack timeout"), Reference::none, always},
    {"", "retry", TEXT("Retry"), Reference::none, always},
    {"", "deadLetter", TEXT("Dead letters to"), Reference::channel, always},
    {"stream", "partitions", TEXT("Partitions"), Reference::none, always},
    {"stream", "retain", TEXT("Keeps"), Reference::none, always},
    {"retain", "for", TEXT("For"), Reference::none, always},
    {"retain", "count", TEXT("Records a partition"), Reference::none, always},
    {"retry", "max", TEXT("Retries"), Reference::none, always},
    {"retry", "backoff", TEXT("Backoff"), Reference::none, always},
    {"retry", "first", TEXT("First after"), Reference::none, always},
    {"retry", "factor", TEXT("Factor"), Reference::none, always},
    {"retry", "ceiling", TEXT("Never longer than"), Reference::none, always},
    {"retry", "jitter", TEXT("Jitter"), Reference::none, always},
    {"retry", "steps", TEXT("Steps"), Reference::none, always},

    {"service", "instances", TEXT("Instances"), Reference::none, always},
    {"service", "restartAfter", TEXT("Restarts after")},
    {"service", "state", TEXT("State at the start")},
    {"service", "sources", TEXT("Sources"), Reference::none, always},
    {"service", "handlers", TEXT("Handlers"), Reference::none, always},
    {"source", "arrivals", TEXT("Arrivals"), Reference::none, always},
    {"source", "emit", TEXT("Emits"), Reference::eventType, always},
    {"handler", "on", TEXT("On"), Reference::channel, always},
    {"handler", "queue", TEXT("Own queue")},
    {"handler", "filter", TEXT("Filter")},
    {"handler", "pattern", TEXT("Pattern")},
    {"handler", "takes", TEXT("Takes"), Reference::none, always},
    {"handler", "concurrency", TEXT("Workers each"), Reference::none, always},
    {"handler", "prefetch", TEXT("Prefetch")},
    {"handler", "ack", TEXT("Acks"), Reference::none},
    {"handler", "fails", TEXT("Fails"), Reference::none, always},
    {"handler", "idempotent", TEXT("Idempotent"), Reference::none, always},
    {"failure", "how", TEXT("How"), Reference::none, always},
    {"failure", "probability", TEXT("Probability"), Reference::none, always},
    {"failure", "when", TEXT("When"), Reference::none, always},
    {"failure", "every", TEXT("Every so many"), Reference::none, always},
    {"failure", "attempts", TEXT("First attempts"), Reference::none, always},
    {"idempotency", "key", TEXT("By"), Reference::none, always},
    {"idempotency", "ttl", TEXT("Remembers for"), Reference::none, always},

    {"emit", "emit", TEXT("Event type"), Reference::eventType, always},
    {"", "to", TEXT("To"), Reference::channel, always},
    {"", "routingKey", TEXT("Routing key")},
    {"", "data", TEXT("Data")},
    {"", "priority", TEXT("Priority")},
    {"", "ttl", TEXT("Expires after")},
    {"", "delay", TEXT("Delay")},
    {"", "timeout", TEXT("Gives up after")},
    {"", "when", TEXT("Only when")},
    {"reserve", "reserve", TEXT("Takes out of"), Reference::stateTable, always},
    {"reserve", "else", TEXT("Else"), Reference::none, always},
    {"release", "release", TEXT("Gives back to"), Reference::stateTable, always},
    {"", "items", TEXT("Items")},
    {"reserve", "key", TEXT("Entry by")},
    {"release", "key", TEXT("Entry by")},
    {"", "quantity", TEXT("Quantity by")},
    {"add", "add", TEXT("Adds to"), Reference::stateTable, always},
    {"add", "by", TEXT("By"), Reference::none, always},
    {"fill", "fill", TEXT("Fills"), Reference::stateTable, always},
    {"fill", "to", TEXT("Up to"), Reference::none, always},
    {"set", "set", TEXT("Sets in"), Reference::stateTable, always},
    {"set", "to", TEXT("Status"), Reference::none, always},
    {"set", "from", TEXT("Only from"), Reference::none, always},
    {"", "key", TEXT("Entry"), Reference::none, always},
    {"choose", "choose", TEXT("Branches"), Reference::none, always},
    {"branch", "weight", TEXT("Weight"), Reference::none, always},
    {"condition", "if", TEXT("If"), Reference::none, always},
    {"condition", "else", TEXT("Else"), Reference::none, always},
    {"", "then", TEXT("Then"), Reference::none, always},

    {"arrivals", "every", TEXT("Every"), Reference::none, always},
    {"arrivals", "rate", TEXT("Rate"), Reference::none, always},
    {"arrivals", "poisson", TEXT("Mean rate"), Reference::none, always},
    {"arrivals", "bursts", TEXT("Bursts"), Reference::none, always},
    {"arrivals", "schedule", TEXT("Schedule"), Reference::none, always},
    {"arrivals", "users", TEXT("Users"), Reference::none, always},
    {"arrivals", "times", TEXT("At"), Reference::none, always},
    {"arrivals", "think", TEXT("Thinks for"), Reference::none, always},
    {"arrivals", "spacing", TEXT("Spacing"), Reference::none, always},
    {"arrivals", "repeat", TEXT("Repeats"), Reference::none, always},
    {"arrivals", "batch", TEXT("Batch")},
    {"arrivals", "from", TEXT("From")},
    {"arrivals", "until", TEXT("Until")},
    {"arrivals", "count", TEXT("Count")},
    {"bursts", "on", TEXT("Busy for"), Reference::none, always},
    {"bursts", "off", TEXT("Quiet for"), Reference::none, always},
    {"bursts", "rateOn", TEXT("Rate while busy"), Reference::none, always},
    {"bursts", "rateOff", TEXT("Rate while quiet"), Reference::none, always},
    {"ratePoint", "at", TEXT("At"), Reference::none, always},
    {"ratePoint", "rate", TEXT("Rate"), Reference::none, always},

    {"distribution", "constant", TEXT("Always"), Reference::none, always},
    {"distribution", "exponential", TEXT("Mean"), Reference::none, always},
    {"distribution", "uniform", TEXT("Uniform"), Reference::none, always},
    {"distribution", "normal", TEXT("Normal"), Reference::none, always},
    {"distribution", "lognormal", TEXT("Lognormal"), Reference::none, always},
    {"distribution", "erlang", TEXT("Erlang"), Reference::none, always},
    {"distribution", "gamma", TEXT("Gamma"), Reference::none, always},
    {"distribution", "weibull", TEXT("Weibull"), Reference::none, always},
    {"distribution", "pareto", TEXT("Pareto"), Reference::none, always},
    {"distribution", "hyperexponential", TEXT("Branches"), Reference::none, always},
    {"distribution", "empirical", TEXT("Values"), Reference::none, always},
    {"distribution", "quantiles", TEXT("Points"), Reference::none, always},
    {"uniform", "low", TEXT("From"), Reference::none, always},
    {"uniform", "high", TEXT("To"), Reference::none, always},
    {"normal", "min", TEXT("Not below"), Reference::none, always},
    {"normal", "max", TEXT("Not above"), Reference::none, always},
    {"pareto", "min", TEXT("Smallest"), Reference::none, always},
    {"", "mean", TEXT("Mean"), Reference::none, always},
    {"", "median", TEXT("Median"), Reference::none, always},
    {"", "sd", TEXT("Standard deviation"), Reference::none, always},
    {"", "p90", TEXT("90 % below"), Reference::none, always},
    {"", "p95", TEXT("95 % below"), Reference::none, always},
    {"", "p99", TEXT("99 % below"), Reference::none, always},
    {"", "p999", TEXT("99.9 % below"), Reference::none, always},
    {"", "phases", TEXT("Phases"), Reference::none, always},
    {"", "shape", TEXT("Shape"), Reference::none, always},
    {"", "scale", TEXT("Scale"), Reference::none, always},
    {"", "probability", TEXT("Probability"), Reference::none, always},
    {"", "value", TEXT("Value"), Reference::none, always},
    {"", "weight", TEXT("Weight"), Reference::none, always},

    {"crash", "crash", TEXT("Crashes"), Reference::service, always},
    {"crash", "instance", TEXT("Instance"), Reference::none, always},
    {"crash", "for", TEXT("Back after"), Reference::none, always},
    {"pause", "pause", TEXT("Pauses"), Reference::service, always},
    {"slow", "slow", TEXT("Slows down"), Reference::service, always},
    {"rateChange", "rate", TEXT("Changes the rate of"), Reference::service, always},
    {"", "at", TEXT("At"), Reference::none, always},
    {"", "factor", TEXT("Factor"), Reference::none, always},
    {"", "for", TEXT("For"), Reference::none, always},
    {"ledgerClosed", "ledger", TEXT("Ledger"), Reference::none, always},
    {"atEnd", "that", TEXT("At the end"), Reference::none, always},
    {"always", "always", TEXT("Always"), Reference::none, always},
    {"ordered", "ordered", TEXT("In order on"), Reference::subscription, always},
    {"", "title", TEXT("Title")},
};

struct Named {
    std::string_view word;
    const char* text;
};

constexpr Named choices[] = {
    {"reject", TEXT("Reject")},
    {"dropOldest", TEXT("Drop the oldest")},
    {"dropNewest", TEXT("Drop the newest")},
    {"block", TEXT("Block the producer")},
    {"none", TEXT("At once")},
    {"fixed", TEXT("Fixed")},
    {"linear", TEXT("Linear")},
    {"exponential", TEXT("Exponential")},
    {"explicit", TEXT("Explicit steps")},
    {"manual", TEXT("After the work")},
    {"automatic", TEXT("On delivery")},
    {"nack", TEXT("Fail")},
    {"crash", TEXT("Crash")},
    {"crashAfterEffect", TEXT("Crash after the work")},
    {"direct", TEXT("Exact key")},
    {"fanout", TEXT("Everything")},
    {"topic", TEXT("Pattern")},
    {"poisson", TEXT("Poisson")},
    {"regular", TEXT("Regular")},
    {"rabbitmq-classic", TEXT("RabbitMQ, classic queues")},
    {"unbounded", TEXT("Without end")},
    {"end", TEXT("Until nothing is left to do")},
    {"closed", TEXT("Closed")},
};

constexpr Named kinds[] = {
    {"handler", TEXT("Handler")},
    {"source", TEXT("Source")},
    {"binding", TEXT("Binding")},
    {"failure", TEXT("Failure")},
    {"branch", TEXT("Branch")},
    {"ratePoint", TEXT("Point")},
    {"phase", TEXT("Branch")},
    {"weightedValue", TEXT("Value")},
    {"quantile", TEXT("Point")},
    {"emit", TEXT("Emit")},
    {"reserve", TEXT("Reserve")},
    {"release", TEXT("Release")},
    {"add", TEXT("Add")},
    {"fill", TEXT("Fill")},
    {"set", TEXT("Set a status")},
    {"choose", TEXT("Choose")},
    {"condition", TEXT("If")},
    {"crash", TEXT("Crash")},
    {"pause", TEXT("Pause")},
    {"slow", TEXT("Slow down")},
    {"rateChange", TEXT("Change of rate")},
    {"ledgerClosed", TEXT("Ledger closed")},
    {"atEnd", TEXT("Holds at the end")},
    {"always", TEXT("Always holds")},
    {"ordered", TEXT("Kept in order")},
    {"arrivals", TEXT("Pattern")},
    {"distribution", TEXT("Shape")},
    {"lognormal", TEXT("Given by")},
    {"weibull", TEXT("Given by")},
    {"pareto", TEXT("Given by")},
    {"every", TEXT("At equal intervals")},
    {"rate", TEXT("At a steady rate")},
    {"poisson", TEXT("Poisson")},
    {"bursts", TEXT("Bursts")},
    {"schedule", TEXT("Schedule")},
    {"users", TEXT("Users who wait for each other")},
    {"times", TEXT("At given times")},
    {"constant", TEXT("Constant")},
    {"uniform", TEXT("Uniform")},
    {"exponential", TEXT("Exponential")},
    {"normal", TEXT("Normal")},
    {"lognormalShape", TEXT("Lognormal")},
    {"erlang", TEXT("Erlang")},
    {"gamma", TEXT("Gamma")},
    {"weibullShape", TEXT("Weibull")},
    {"paretoShape", TEXT("Pareto")},
    {"hyperexponential", TEXT("Hyperexponential")},
    {"empirical", TEXT("Empirical")},
    {"quantiles", TEXT("By quantiles")},
    {"table", TEXT("Table")},
    {"entry", TEXT("Entry")},
};
#undef TEXT

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
