#include "ui/inspector/forms/choice_words.h"

#include "core/scenario/profile.h"
#include "ui/inspector/behaviour.h"

#include <QCoreApplication>

#include <cstddef>
#include <map>
#include <string>

namespace weir {
namespace {

struct Named {
    std::string_view word;
    const char* text;
};

// Words that mean something else in these fields.
struct Choice {
    std::string_view key, word;
    const char* text;
};

constexpr Choice choicesOfFields[] = {
    {"keyHash", "kafka", QT_TRANSLATE_NOOP("weir::FieldWords", "Clients of Apache Kafka")},
    {"keyHash", "librdkafka", QT_TRANSLATE_NOOP("weir::FieldWords", "Clients on librdkafka")},
    {"keyHash", "sarama", QT_TRANSLATE_NOOP("weir::FieldWords", "Sarama, in Go")},
    {"keyHash", "pulsar", QT_TRANSLATE_NOOP("weir::FieldWords", "Clients of Apache Pulsar")},
    {"keyHash", "pulsar-murmur3", QT_TRANSLATE_NOOP("weir::FieldWords", "Apache Pulsar with MurmurHash3")},
    {"keyHash", "rabbitmq-super-stream", QT_TRANSLATE_NOOP("weir::FieldWords", "RabbitMQ, super stream")},
    {"keyHash", "nats", QT_TRANSLATE_NOOP("weir::FieldWords", "NATS, by subject mapping")},
    {"keyHash", "rocketmq", QT_TRANSLATE_NOOP("weir::FieldWords", "Clients of Apache RocketMQ")},
    {"broken", "any", QT_TRANSLATE_NOOP("weir::FieldWords", "Any of them")},
    {"kind", "stream", QT_TRANSLATE_NOOP("weir::FieldWords", "Stream")},
    {"schemaCheck", "deadLetter", QT_TRANSLATE_NOOP("weir::FieldWords", "To the dead letters")},
    {"action", "drop", QT_TRANSLATE_NOOP("weir::FieldWords", "Drop")},
    {"ttlFrom", "ready", QT_TRANSLATE_NOOP("weir::FieldWords", "From being ready")},
    {"compatibility", "full", QT_TRANSLATE_NOOP("weir::FieldWords", "Full")},
    {"type", "random", QT_TRANSLATE_NOOP("weir::FieldWords", "At random")},
    {"type", "roundRobin", QT_TRANSLATE_NOOP("weir::FieldWords", "In turn")},
    {"type", "leastInFlight", QT_TRANSLATE_NOOP("weir::FieldWords", "Fewest in flight")},
    {"type", "sticky", QT_TRANSLATE_NOOP("weir::FieldWords", "Sticky by key")},
    {"delivery", "partitions", QT_TRANSLATE_NOOP("weir::FieldWords", "The owner of their partition")},
    {"delivery", "shared", QT_TRANSLATE_NOOP("weir::FieldWords", "Any member")},
    {"delivery", "keyShared", QT_TRANSLATE_NOOP("weir::FieldWords", "One member for each key")},
    {"delivery", "partitionShared", QT_TRANSLATE_NOOP("weir::FieldWords", "One member for each partition")},
    {"delayHolds", "nothing", QT_TRANSLATE_NOOP("weir::FieldWords", "Nothing")},
    {"delayHolds", "append", QT_TRANSLATE_NOOP("weir::FieldWords", "The append, for all groups")},
    {"delayHolds", "delivery", QT_TRANSLATE_NOOP("weir::FieldWords", "The delivery to those who share")},
    {"whenGone", "giveBack", QT_TRANSLATE_NOOP("weir::FieldWords", "The others, at once")},
    {"whenGone", "wait", QT_TRANSLATE_NOOP("weir::FieldWords", "The others, after the ack timeout")},
    {"whenGone", "resume", QT_TRANSLATE_NOOP("weir::FieldWords", "Itself, if it is back before the others")},
    {"whenGone", "forget", QT_TRANSLATE_NOOP("weir::FieldWords", "Nobody")},
    {"commit", "inSync", QT_TRANSLATE_NOOP("weir::FieldWords", "All in sync have it")},
    {"commit", "majority", QT_TRANSLATE_NOOP("weir::FieldWords", "A majority has it")},
    {"whenDiskFull", "block", QT_TRANSLATE_NOOP("weir::FieldWords", "Publishers wait")},
    {"whenDiskFull", "offline", QT_TRANSLATE_NOOP("weir::FieldWords", "Its replica is not there")},
    {"acks", "none", QT_TRANSLATE_NOOP("weir::FieldWords", "It is sent")},
    {"acks", "leader", QT_TRANSLATE_NOOP("weir::FieldWords", "The leader has it")},
    {"acks", "all", QT_TRANSLATE_NOOP("weir::FieldWords", "It is safe")},
    {"isolation", "committed", QT_TRANSLATE_NOOP("weir::FieldWords", "What is committed")},
    {"isolation", "uncommitted", QT_TRANSLATE_NOOP("weir::FieldWords", "Everything, at once")},
    {"fsync", "always", QT_TRANSLATE_NOOP("weir::FieldWords", "With each write")},
    {"fsync", "never", QT_TRANSLATE_NOOP("weir::FieldWords", "When the system does it")},
};

constexpr Named choices[] = {
    {"reject", QT_TRANSLATE_NOOP("weir::FieldWords", "Reject")},
    {"dropOldest", QT_TRANSLATE_NOOP("weir::FieldWords", "Drop the oldest")},
    {"dropNewest", QT_TRANSLATE_NOOP("weir::FieldWords", "Drop the newest")},
    {"block", QT_TRANSLATE_NOOP("weir::FieldWords", "Block the producer")},
    {"rejectDeadLetter", QT_TRANSLATE_NOOP("weir::FieldWords", "Reject into the dead letters")},
    {"none", QT_TRANSLATE_NOOP("weir::FieldWords", "At once")},
    {"fixed", QT_TRANSLATE_NOOP("weir::FieldWords", "Fixed")},
    {"linear", QT_TRANSLATE_NOOP("weir::FieldWords", "Linear")},
    {"exponential", QT_TRANSLATE_NOOP("weir::FieldWords", "Exponential")},
    {"summed", QT_TRANSLATE_NOOP("weir::FieldWords", "Exponential, summed")},
    {"explicit", QT_TRANSLATE_NOOP("weir::FieldWords", "Explicit steps")},
    {"manual", QT_TRANSLATE_NOOP("weir::FieldWords", "After the work")},
    {"automatic", QT_TRANSLATE_NOOP("weir::FieldWords", "On delivery")},
    {"ready", QT_TRANSLATE_NOOP("weir::FieldWords", "Those that wait")},
    {"unsettled", QT_TRANSLATE_NOOP("weir::FieldWords", "All that are not settled")},
    {"head", QT_TRANSLATE_NOOP("weir::FieldWords", "At the head")},
    {"anywhere", QT_TRANSLATE_NOOP("weir::FieldWords", "Anywhere")},
    {"shared", QT_TRANSLATE_NOOP("weir::FieldWords", "All in turn")},
    {"exclusive", QT_TRANSLATE_NOOP("weir::FieldWords", "The first alone")},
    {"singleActive", QT_TRANSLATE_NOOP("weir::FieldWords", "The one longest there")},
    {"failover", QT_TRANSLATE_NOOP("weir::FieldWords", "The first that is there")},
    {"keyShared", QT_TRANSLATE_NOOP("weir::FieldWords", "One for each key")},
    {"broadcast", QT_TRANSLATE_NOOP("weir::FieldWords", "Every one")},
    {"roundRobin", QT_TRANSLATE_NOOP("weir::FieldWords", "Round robin")},
    {"random", QT_TRANSLATE_NOOP("weir::FieldWords", "At random")},
    {"leastInFlight", QT_TRANSLATE_NOOP("weir::FieldWords", "Least in flight")},
    {"longestWaiting", QT_TRANSLATE_NOOP("weir::FieldWords", "Whoever has waited longest")},
    {"oldPlace", QT_TRANSLATE_NOOP("weir::FieldWords", "Its old place")},
    {"tail", QT_TRANSLATE_NOOP("weir::FieldWords", "The tail")},
    {"returned", QT_TRANSLATE_NOOP("weir::FieldWords", "Before the new, behind the returned")},
    {"returnedIfLimited", QT_TRANSLATE_NOOP("weir::FieldWords", "There, if deliveries are limited")},
    {"refused", QT_TRANSLATE_NOOP("weir::FieldWords", "Refused")},
    {"accepted", QT_TRANSLATE_NOOP("weir::FieldWords", "Accepted")},
    {"proportional", QT_TRANSLATE_NOOP("weir::FieldWords", "In proportion")},
    {"full", QT_TRANSLATE_NOOP("weir::FieldWords", "From nothing to all")},
    {"equal", QT_TRANSLATE_NOOP("weir::FieldWords", "From half to all")},
    {"below", QT_TRANSLATE_NOOP("weir::FieldWords", "Shorter in proportion")},
    {"fifo", QT_TRANSLATE_NOOP("weir::FieldWords", "The oldest first")},
    {"lifo", QT_TRANSLATE_NOOP("weir::FieldWords", "The newest first")},
    {"steady", QT_TRANSLATE_NOOP("weir::FieldWords", "One by one")},
    {"atOnce", QT_TRANSLATE_NOOP("weir::FieldWords", "All at once")},
    {"failures", QT_TRANSLATE_NOOP("weir::FieldWords", "Every redelivery")},
    {"nacks", QT_TRANSLATE_NOOP("weir::FieldWords", "After nacks only")},
    {"ackTimeout", QT_TRANSLATE_NOOP("weir::FieldWords", "The ack timeout")},
    {"deadLetter", QT_TRANSLATE_NOOP("weir::FieldWords", "Dead letter")},
    {"drop", QT_TRANSLATE_NOOP("weir::FieldWords", "Drop it")},
    {"stay", QT_TRANSLATE_NOOP("weir::FieldWords", "It stays")},
    {"onReceipt", QT_TRANSLATE_NOOP("weir::FieldWords", "When the work begins")},
    {"batch", QT_TRANSLATE_NOOP("weir::FieldWords", "Several together")},
    {"cumulative", QT_TRANSLATE_NOOP("weir::FieldWords", "With all before it")},
    {"nack", QT_TRANSLATE_NOOP("weir::FieldWords", "Fail")},
    {"crash", QT_TRANSLATE_NOOP("weir::FieldWords", "Crash")},
    {"crashAfterEffect", QT_TRANSLATE_NOOP("weir::FieldWords", "Crash after the work")},
    {"crashBetween", QT_TRANSLATE_NOOP("weir::FieldWords", "Crash between state and publish")},
    {"off", QT_TRANSLATE_NOOP("weir::FieldWords", "Off")},
    {"warn", QT_TRANSLATE_NOOP("weir::FieldWords", "Warn")},
    {"shape", QT_TRANSLATE_NOOP("weir::FieldWords", "Wait in line")},
    {"least", QT_TRANSLATE_NOOP("weir::FieldWords", "The shorter one")},
    {"message", QT_TRANSLATE_NOOP("weir::FieldWords", "The message's own")},
    {"channel", QT_TRANSLATE_NOOP("weir::FieldWords", "The channel's")},
    {"published", QT_TRANSLATE_NOOP("weir::FieldWords", "From the publish")},
    {"backward", QT_TRANSLATE_NOOP("weir::FieldWords", "Backward")},
    {"backwardTransitive", QT_TRANSLATE_NOOP("weir::FieldWords", "Backward, all")},
    {"forward", QT_TRANSLATE_NOOP("weir::FieldWords", "Forward")},
    {"forwardTransitive", QT_TRANSLATE_NOOP("weir::FieldWords", "Forward, all")},
    {"fullTransitive", QT_TRANSLATE_NOOP("weir::FieldWords", "Full, all")},
    {"direct", QT_TRANSLATE_NOOP("weir::FieldWords", "Exact key")},
    {"fanout", QT_TRANSLATE_NOOP("weir::FieldWords", "Everything")},
    {"topic", QT_TRANSLATE_NOOP("weir::FieldWords", "Pattern")},
    {"headers", QT_TRANSLATE_NOOP("weir::FieldWords", "Headers")},
    {"weighted", QT_TRANSLATE_NOOP("weir::FieldWords", "By weight")},
    {"sticky", QT_TRANSLATE_NOOP("weir::FieldWords", "Sticky")},
    {"consistentHash", QT_TRANSLATE_NOOP("weir::FieldWords", "Consistent hash")},
    {"rabbitmq-topic", QT_TRANSLATE_NOOP("weir::FieldWords", "RabbitMQ: * and #")},
    {"mqtt", QT_TRANSLATE_NOOP("weir::FieldWords", "MQTT: + and #")},
    {"nats", QT_TRANSLATE_NOOP("weir::FieldWords", "NATS: * and >")},
    {"eventemitter2", QT_TRANSLATE_NOOP("weir::FieldWords", "EventEmitter2: * and **")},
    {"redis-glob", QT_TRANSLATE_NOOP("weir::FieldWords", "Redis: * ? [a-c]")},
    {"zeromq-prefix", QT_TRANSLATE_NOOP("weir::FieldWords", "ZeroMQ: how it begins")},
    {"queue", QT_TRANSLATE_NOOP("weir::FieldWords", "Queue")},
    {"subscription", QT_TRANSLATE_NOOP("weir::FieldWords", "Subscription")},
    {"client", QT_TRANSLATE_NOOP("weir::FieldWords", "Consuming service")},
    {"name", QT_TRANSLATE_NOOP("weir::FieldWords", "Name")},
    {"inTurn", QT_TRANSLATE_NOOP("weir::FieldWords", "In turn, until one fails")},
    {"specific", QT_TRANSLATE_NOOP("weir::FieldWords", "Most specific first")},
    {"murmur3", QT_TRANSLATE_NOOP("weir::FieldWords", "MurmurHash3")},
    {"murmur2", QT_TRANSLATE_NOOP("weir::FieldWords", "MurmurHash2")},
    {"fnv1a", QT_TRANSLATE_NOOP("weir::FieldWords", "FNV-1a")},
    {"crc32", QT_TRANSLATE_NOOP("weir::FieldWords", "CRC-32")},
    {"poisson", QT_TRANSLATE_NOOP("weir::FieldWords", "Poisson")},
    {"regular", QT_TRANSLATE_NOOP("weir::FieldWords", "Regular")},
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
    {"cooperative-sticky", QT_TRANSLATE_NOOP("weir::FieldWords", "Sticky, cooperative")},
    {"earliest", QT_TRANSLATE_NOOP("weir::FieldWords", "The earliest")},
    {"latest", QT_TRANSLATE_NOOP("weir::FieldWords", "The latest")},
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
    {"demand", QT_TRANSLATE_NOOP("weir::FieldWords", "Version")},
    {"rateLimit", QT_TRANSLATE_NOOP("weir::FieldWords", "Rate limit")},
    {"deliveryLimit", QT_TRANSLATE_NOOP("weir::FieldWords", "Rate limit")},
    {"dedup", QT_TRANSLATE_NOOP("weir::FieldWords", "Dedup window")},
    {"checkBack", QT_TRANSLATE_NOOP("weir::FieldWords", "Check-back")},
    {"confirm", QT_TRANSLATE_NOOP("weir::FieldWords", "Confirm")},
    {"half", QT_TRANSLATE_NOOP("weir::FieldWords", "Half message")},
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
    {"redrive", QT_TRANSLATE_NOOP("weir::FieldWords", "Redrive")},
    {"purge", QT_TRANSLATE_NOOP("weir::FieldWords", "Purge")},
    {"seek", QT_TRANSLATE_NOOP("weir::FieldWords", "Seek")},
    {"replay", QT_TRANSLATE_NOOP("weir::FieldWords", "Replay")},
    {"archive", QT_TRANSLATE_NOOP("weir::FieldWords", "Archive")},
    {"outbox", QT_TRANSLATE_NOOP("weir::FieldWords", "Outbox")},
    {"transaction", QT_TRANSLATE_NOOP("weir::FieldWords", "Transaction")},
    {"replicate", QT_TRANSLATE_NOOP("weir::FieldWords", "Replication")},
    {"link", QT_TRANSLATE_NOOP("weir::FieldWords", "Link")},
    {"access", QT_TRANSLATE_NOOP("weir::FieldWords", "Access")},
    {"partition", QT_TRANSLATE_NOOP("weir::FieldWords", "Partition")},
    {"delay", QT_TRANSLATE_NOOP("weir::FieldWords", "Delay on a link")},
    {"reorder", QT_TRANSLATE_NOOP("weir::FieldWords", "Other order on a link")},
    {"lose", QT_TRANSLATE_NOOP("weir::FieldWords", "Loss on a link")},
    {"clockSkew", QT_TRANSLATE_NOOP("weir::FieldWords", "Clock that is off")},
    {"nodeDown", QT_TRANSLATE_NOOP("weir::FieldWords", "Node down")},
    {"powerOff", QT_TRANSLATE_NOOP("weir::FieldWords", "Power failure")},
    {"diskFull", QT_TRANSLATE_NOOP("weir::FieldWords", "Disk full")},
    {"slowDisk", QT_TRANSLATE_NOOP("weir::FieldWords", "Slow disk")},
    {"rollingRestart", QT_TRANSLATE_NOOP("weir::FieldWords", "Rolling restart")},
    {"node", QT_TRANSLATE_NOOP("weir::FieldWords", "Node")},
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
    {"gaps", QT_TRANSLATE_NOOP("weir::FieldWords", "At random gaps")},
    {"saturated", QT_TRANSLATE_NOOP("weir::FieldWords", "As fast as let in")},
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

// As the profile's own table calls the system; the tables are read once.
QString profileLabel(std::string_view name) {
    static const std::map<std::string_view, Text> titles = [] {
        std::map<std::string_view, Text> read;
        for (const std::string_view known : Profile::names())
            read.emplace(known, Profile::named(known)->title());
        return read;
    }();
    const auto found = titles.find(name);
    return found == titles.end() ? QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
                                 : textOf(found->second);
}

} // namespace

QString choiceLabel(std::string_view word, std::string_view key) {
    if (key == "profile")
        return profileLabel(word);
    for (const Choice& choice : choicesOfFields)
        if (choice.key == key && choice.word == word)
            return QCoreApplication::translate("weir::FieldWords", choice.text);
    return labelIn(choices, word);
}

QString kindLabel(std::string_view definition) {
    return labelIn(kinds, definition);
}

QString shapeLabel(std::string_view shape) {
    // Some shapes are also definitions, whose word is another one.
    const std::string own = std::string(shape) + "Shape";
    const QString label = kindLabel(own);
    return (label == QString::fromStdString(own) ? kindLabel(shape) : label).toLower();
}

} // namespace weir
