#include "core/scenario/stream_reader.h"

#include "core/broker/partitioner.h"
#include "core/scenario/delivery_reader.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace weir {
namespace {

constexpr std::int64_t countMax = 1'000'000'000;
constexpr std::int64_t partitionsMax = 10'000;
constexpr std::int64_t offsetMax = std::numeric_limits<std::uint32_t>::max(); // what a record can say

// The names that `weir partition` knows, and those of the hashes alone.
std::optional<Partitioner> readKeyHash(const Given& given) {
    constexpr Word<Partitioner> hashes[] = {{"murmur2", Partitioner::kafka},
                                            {"murmur3", Partitioner::pulsarMurmur3},
                                            {"crc32", Partitioner::librdkafka},
                                            {"fnv1a", Partitioner::sarama}};
    std::vector<std::string> words;
    for (const Word<Partitioner>& hash : hashes)
        words.emplace_back(hash.text);
    for (const std::string_view name : partitionerNames())
        words.emplace_back(name);
    const auto index = readWord(given, words);
    if (!index)
        return std::nullopt;
    return *index < std::size(hashes) ? hashes[*index].meaning : static_cast<Partitioner>(*index - std::size(hashes));
}

constexpr Word<RetainUntil> retainUntils[] = {
    {"limits", RetainUntil::limits}, {"acked", RetainUntil::acked}, {"interest", RetainUntil::interest}};
constexpr Word<DelayHolds> delayHoldsWords[] = {
    {"nothing", DelayHolds::nothing}, {"append", DelayHolds::append}, {"delivery", DelayHolds::delivery}};
constexpr Word<bool> whenFulls[] = {{"forgetOldest", false}, {"refuse", true}};
constexpr Word<PartitionsBy> assignors[] = {{"turn", PartitionsBy::turn},
                                            {"range", PartitionsBy::range},
                                            {"roundrobin", PartitionsBy::roundRobin},
                                            {"sticky", PartitionsBy::sticky},
                                            {"cooperative-sticky", PartitionsBy::cooperativeSticky}};

constexpr Word<GroupDelivery> deliveries[] = {{"partitions", GroupDelivery::partitions},
                                              {"shared", GroupDelivery::shared},
                                              {"keyShared", GroupDelivery::keyShared},
                                              {"partitionShared", GroupDelivery::partitionShared}};

std::optional<CompactionSpec> readCompaction(const Given& given) {
    if (const bool* truth = given.value().truth(); truth && *truth)
        return CompactionSpec();
    if (!given.value().table()) {
        given.refuse("needs true or {\"dirty\": share, \"tombstones\": duration}");
        return std::nullopt;
    }
    if (!given.isTable(fields::compaction))
        return std::nullopt;
    CompactionSpec compaction;
    given.take("dirty", compaction.dirty, numberBetween(0, 1));
    given.take("tombstones", compaction.tombstones, readDuration);
    return compaction;
}

void readRetention(const Given& given, ChannelSpec& stream) {
    if (!given.isTable(fields::retain))
        return;
    given.take("for", stream.retainFor, readPositiveDuration);
    given.take("count", stream.retainCount, wholeBetween(1, countMax));
    given.take("bytes", stream.retainBytes, readBytes);
    given.take("perSubject", stream.retainPerSubject, wholeBetween(1, countMax));
    given.take("until", stream.retainUntil, oneOf(retainUntils));
    given.take("whenFull", stream.refuseWhenFull, oneOf(whenFulls));
    given.take("compact", stream.compaction, readCompaction);
    if (const auto full = given.member("whenFull"); full && !given.has("count") && !given.has("bytes"))
        full->refuse("needs \"count\" or \"bytes\" beside it, since without one it is never full");
    if (const auto until = given.member("until");
        until && stream.retainUntil != RetainUntil::limits && stream.compaction)
        until->refuse("needs a stream that is not compacted: what is acked goes, whatever its key");
}

void readGroup(const Given& given, StreamGroupSpec& group) {
    if (!given.isTable(fields::streamGroup))
        return;
    given.take("delivery", group.delivery, oneOf(deliveries));
    given.take("whenGone", group.whenGone, oneOf(whenGones));
    given.take("assignor", group.assignor, oneOf(assignors));
    given.take("rebalanceTakes", group.rebalanceTakes, readDuration);
    given.take("sessionTimeout", group.sessionTimeout, readDuration);
    given.take("static", group.staticMembers, readTruth);
    given.take("maxPollInterval", group.maxPollInterval, readPositiveDuration);
    for (const char* const key : {"assignor", "rebalanceTakes", "sessionTimeout", "static", "maxPollInterval"})
        if (const auto there = given.member(key); there && group.delivery != GroupDelivery::partitions)
            there->refuse("needs \"delivery\": \"partitions\": members that share the records own no partitions");
    if (const auto gone = given.member("whenGone"); gone && group.delivery == GroupDelivery::partitions)
        gone->refuse("needs \"delivery\": \"shared\": else a partition goes on behind what was committed");
    if (const auto fixed = given.member("static"); fixed && group.staticMembers && !given.has("sessionTimeout"))
        fixed->refuse("needs \"sessionTimeout\" beside it: a member is counted on for so long");
}

} // namespace

void readStreamSettings(const Given& given, ChannelSpec& stream) {
    given.take("partitions", stream.partitions, wholeBetween<std::uint32_t>(1, partitionsMax));
    given.take("keyHash", stream.keyHash, readKeyHash);
    given.take("keylessBatch", stream.keylessBatch, readBytes);
    given.take("delayHolds", stream.delayHolds, oneOf(delayHoldsWords));
    if (const auto retain = given.member("retain"))
        readRetention(*retain, stream);
    if (const auto group = given.member("group"))
        readGroup(*group, stream.group);
    if (stream.group.delivery == GroupDelivery::keyShared || stream.group.delivery == GroupDelivery::partitionShared)
        stream.dispatch = DispatchMode::keyShared;
}

std::optional<ReadFromSpec> readFromText(std::string_view text) {
    using Where = ReadFromSpec::Where;
    if (text == "earliest")
        return ReadFromSpec{.where = Where::earliest};
    if (text == "latest")
        return ReadFromSpec{.where = Where::latest};
    if (!text.empty() && text.size() <= 10 && text.find_first_not_of("0123456789") == std::string_view::npos) {
        const std::int64_t offset = std::stoll(std::string(text));
        return offset <= offsetMax ? std::optional(ReadFromSpec{.where = Where::offset, .offset = offset})
                                   : std::nullopt;
    }
    const Result<Duration> time = parseDuration(text);
    if (!time || *time < Duration::zero())
        return std::nullopt;
    return ReadFromSpec{.where = Where::time, .time = *time};
}

std::vector<ReplicateSpec> readReplicate(const Given& given, const std::string& stream, const Names& names) {
    std::vector<ReplicateSpec> all;
    if (!given.isList("replications {\"to\", \"takes\"}"))
        return all;
    for (const Given& item : given.items()) {
        if (!item.isTable(fields::replicate))
            continue;
        const auto to = item.member("to");
        const std::string* const name = to ? to->value().text() : nullptr;
        const auto channel = name ? names.channels.find(*name) : names.channels.end();
        const bool isStream = channel != names.channels.end() && channel->second.kind == ChannelKind::stream;
        const bool twice =
            std::any_of(all.begin(), all.end(), [&](const ReplicateSpec& other) { return name && other.to == *name; });
        if (!to)
            item.missing("to", "the name of a stream in another cluster");
        else if (!isStream || *name == stream || twice)
            to->refuse("needs the name of another stream, once");
        else
            all.emplace_back().to = *name;
        if (!all.empty())
            item.take("takes", all.back().takes, readDuration);
    }
    return all;
}

std::optional<Isolation> readIsolation(const Given& given) {
    constexpr Word<Isolation> words[] = {{"committed", Isolation::committed}, {"uncommitted", Isolation::uncommitted}};
    return oneOf(words)(given);
}

std::optional<ReadFromSpec> readReadFrom(const Given& given) {
    const Decimal* number = given.value().number();
    const std::string* text = given.value().text();
    std::optional<ReadFromSpec> from;
    if (number || text)
        from = readFromText(text ? std::string_view(*text) : given.value().canonical());
    if (!from)
        given.refuse("needs \"earliest\", \"latest\", an offset such as 42, or a time of the run such as \"30s\"");
    return from;
}

std::optional<CommitSpec> readCommit(const Given& given) {
    if (!given.isTable(fields::commit))
        return std::nullopt;
    CommitSpec commit;
    if (!given.has("every") && !given.has("interval"))
        given.refuse("needs \"every\", a number of records, or \"interval\", a duration, or both");
    commit.every = given.has("every") ? 1 : 0;
    given.take("every", commit.every, wholeBetween<std::uint32_t>(1, countMax));
    given.take("interval", commit.interval, readPositiveDuration);
    return commit;
}

void refuseDisagreements(const Given& handlers, const ServiceSpec& service) {
    const std::vector<Given> items = handlers.items();
    for (std::size_t i = 0; i < service.handlers.size() && i < items.size(); ++i)
        for (std::size_t first = 0; first < i; ++first) {
            const HandlerSpec& left = service.handlers[first];
            const HandlerSpec& right = service.handlers[i];
            if (left.on.empty() || left.on != right.on ||
                (left.from == right.from && left.commit == right.commit && left.isolation == right.isolation))
                continue;
            items[i].refuse(
                "needs the \"from\", \"commit\" and \"isolation\" of the handler before it: both are of one group");
            break;
        }
}

// Whom it is for stands in its rules: what is bound to the exchange.
void readReplay(const Given& given, const std::vector<ChannelSpec>& channels, FaultSpec& fault) {
    const Given target = *given.member("replay");
    const auto named = [&channels](const std::string* name) {
        return std::find_if(channels.begin(), channels.end(),
                            [name](const ChannelSpec& channel) { return name && channel.name == *name; });
    };
    const auto exchange = named(target.value().text());
    if (exchange == channels.end() || !exchange->archive) {
        target.refuse("needs the name of an exchange or topic with an \"archive\"");
        return;
    }
    fault.channel = exchange->name;
    given.take("from", fault.from, readDuration);
    given.take("until", fault.until, readDuration);
    given.take("name", fault.name, readText);
    if (const auto name = given.member("name"); name && fault.name.empty())
        name->refuse("needs a name, which its events get");
    if (const auto until = given.member("until"); until && fault.until && *fault.until < fault.from)
        until->refuse("needs a time that is not before \"from\"");
    const auto rules = given.member("rules");
    if (!rules || !rules->isList("names of queues and streams"))
        return;
    for (const Given& item : rules->items()) {
        const auto rule = named(item.value().text());
        const bool bound = rule != channels.end() &&
                           (rule->kind == ChannelKind::queue || rule->kind == ChannelKind::stream) &&
                           std::any_of(rule->bindings.begin(), rule->bindings.end(),
                                       [&](const BindingSpec& binding) { return binding.to == exchange->name; });
        if (bound)
            fault.rules.push_back(rule->name);
        else
            item.refuse("needs the name of a queue or stream that is bound to " + quotedText(exchange->name));
    }
}

void readSeek(const Given& given, const Names& names, const std::vector<ServiceSpec>& services, FaultSpec& fault) {
    const Given target = *given.member("seek");
    const std::string* const name = target.value().text();
    const auto channel = name ? names.channels.find(*name) : names.channels.end();
    if (channel == names.channels.end() || channel->second.kind != ChannelKind::stream)
        target.refuse("needs the name of a stream");
    else
        fault.channel = *name;
    if (const auto group = given.member("group")) {
        const std::string* const reader = group->value().text();
        const bool reads =
            reader && std::any_of(services.begin(), services.end(), [&](const ServiceSpec& service) {
                return service.name == *reader &&
                       std::any_of(service.handlers.begin(), service.handlers.end(),
                                   [&](const HandlerSpec& handler) { return handler.on == fault.channel; });
            });
        if (!reads)
            group->refuse("needs the name of a service that reads the stream");
        else
            fault.service = *reader;
    }
    if (!given.has("to"))
        given.missing("to", "where the group goes on: \"earliest\", \"latest\", an offset or a time");
    given.take("to", fault.seek, readReadFrom);
}

} // namespace weir
