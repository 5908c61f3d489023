#include "core/scenario/routing_reader.h"

#include "core/broker/pattern.h"
#include "core/broker/route_compiler.h"
#include "core/expression/expression.h"
#include "core/scenario/action_reader.h"

namespace weir {
namespace {

constexpr double weightMax = 1000;

constexpr Word<Overlap> overlaps[] = {
    {"queue", Overlap::queue}, {"subscription", Overlap::subscription}, {"client", Overlap::client}};
constexpr Word<CopyTiming> timings[] = {{"atOnce", CopyTiming::atOnce}, {"inTurn", CopyTiming::inTurn}};
constexpr Word<HashName> hashes[] = {{"murmur3", HashName::murmur3},
                                     {"murmur2", HashName::murmur2},
                                     {"fnv1a", HashName::fnv1a},
                                     {"crc32", HashName::crc32}};

// Why a binding to an exchange of this type has no pattern; empty where it may have one.
std::string_view withoutPattern(ExchangeType type) {
    switch (type) {
    case ExchangeType::direct:
    case ExchangeType::topic:
        return {};
    case ExchangeType::fanout:
        return "a fan-out exchange";
    case ExchangeType::headers:
        return "a headers exchange";
    default:
        return "an exchange that picks one of its bindings";
    }
}

void refuseUnless(bool fits, const Given& given, std::string_view key, const char* need) {
    if (const auto there = given.member(key); there && !fits)
        there->refuse(need);
}

std::optional<std::string> readHashedPart(const Given& given) {
    constexpr std::string_view headers = "headers.";
    if (const std::string* text = given.value().text();
        text && text->starts_with(headers) && text->size() > headers.size())
        return *text;
    return readEventPath(given);
}

std::optional<Value> readPatternValue(const Given& given, DialectKind dialect) {
    const auto pattern = Pattern::compile(Dialect{dialect, {}}, given.value());
    if (pattern)
        return given.value();
    given.refuseInside(pattern.error());
    return std::nullopt;
}

// What holds for one event, whatever the run has come to.
std::optional<std::string> readCondition(const Given& given) {
    const auto text = readExpression(given);
    if (text && Expression::parse(*text)->readsRun()) {
        given.refuse("needs an expression over the event alone, without metric() and state()");
        return std::nullopt;
    }
    return text;
}

std::optional<BindingSpec> readBinding(const Given& given, ChannelKind kind, const Names& names) {
    BindingSpec binding;
    const bool brief = given.value().text() != nullptr;
    if (!brief && !given.isTable(fields::binding))
        return std::nullopt;
    if (!brief && !given.has("to")) {
        given.missing("to", "the name of an exchange or topic");
        return std::nullopt;
    }
    const auto to = names.readExchange(brief ? given : *given.member("to"));
    if (!to)
        return std::nullopt;
    binding.to = *to;
    binding.pattern = readPattern(brief ? std::nullopt : given.member("pattern"), given, *to, names);
    const ExchangeType type = names.channels.find(*to)->second.routing.exchangeType;
    if (type == ExchangeType::leastInFlight && kind != ChannelKind::queue)
        given.refuse("needs to stand in a queue, whose copies " + quotedText(*to) + " counts");
    refuseUnless(type == ExchangeType::headers, given, "headers", "needs \"to\" to name a headers exchange");
    refuseUnless(type == ExchangeType::weighted || type == ExchangeType::consistentHash, given, "weight",
                 "needs \"to\" to name an exchange of the type weighted or consistentHash");
    given.take("headers", binding.headers,
               [](const Given& table) { return readPatternValue(table, DialectKind::rabbitmqHeaders); });
    given.take("where", binding.where, readCondition);
    given.take("event", binding.event,
               [](const Given& table) { return readPatternValue(table, DialectKind::eventbridge); });
    given.take("weight", binding.weight, numberBetween(0, weightMax));
    given.take("noLocal", binding.noLocal, readTruth);
    given.take("retained", binding.retained, readTruth);
    given.take("prepend", binding.prepend, readTruth);
    refuseUnless(names.channels.find(*to)->second.routing.copyOrder == CopyOrder::specific, given, "prepend",
                 "needs \"to\" to name a topic of the order specific, whose listeners are called one by one");
    for (const char* key : {"noLocal", "retained"})
        refuseUnless(kind == ChannelKind::queue, given, key, "needs to stand in a queue, whose consumer it is about");
    return binding;
}

// True: everything, for ever.
std::optional<std::optional<ArchiveSpec>> readArchive(const Given& given) {
    if (const bool* truth = given.value().truth())
        return *truth ? std::optional(ArchiveSpec()) : std::nullopt;
    if (!given.value().table()) {
        given.refuse("needs true, false or {\"pattern\": event pattern, \"for\": duration}");
        return std::nullopt;
    }
    if (!given.isTable(fields::archive))
        return std::nullopt;
    ArchiveSpec archive;
    given.take("pattern", archive.pattern,
               [](const Given& table) { return readPatternValue(table, DialectKind::eventbridge); });
    given.take("for", archive.keep, readPositiveDuration);
    return std::optional(std::move(archive));
}

} // namespace

void readRouting(const Given& given, const Names& names, ChannelSpec& exchange) {
    if (exchange.kind == ChannelKind::exchange)
        given.take("type", exchange.exchangeType, readExchangeType);
    given.take("dialect", exchange.dialect, readTopicDialect);
    given.take("alternate", exchange.alternate, [&](const Given& name) { return names.readExchange(name); });
    given.take("archive", exchange.archive, readArchive);
    given.take("overlap", exchange.overlap, oneOf(overlaps));
    given.take("order", exchange.copyOrder, readCopyOrder);
    given.take("copies", exchange.copyTiming, oneOf(timings));
    given.take("mustBeHeard", exchange.mustBeHeard, readText);
    given.take("senderSelected", exchange.senderSelected, readTruth);
    given.take("hash", exchange.hash, oneOf(hashes));
    given.take("hashOn", exchange.hashOn, readHashedPart);
    if (const auto alternate = given.member("alternate"); alternate && exchange.alternate == exchange.name)
        alternate->refuse("needs the name of another exchange");
    const ExchangeType type = exchange.exchangeType;
    const bool byKey = type == ExchangeType::topic || type == ExchangeType::direct;
    refuseUnless(type == ExchangeType::topic, given, "dialect", "needs the type topic, whose patterns it is about");
    refuseUnless(type == ExchangeType::topic, given, "order", "needs the type topic, whose patterns it is about");
    refuseUnless(byKey, given, "senderSelected", "needs the type direct or topic, which match routing keys");
    for (const char* key : {"overlap", "copies"})
        refuseUnless(!picksOne(type), given, key, "needs an exchange that does not pick one of its bindings");
    refuseUnless(type == ExchangeType::consistentHash, given, "hash", "needs the type consistentHash");
    refuseUnless(type == ExchangeType::consistentHash || type == ExchangeType::sticky, given, "hashOn",
                 "needs the type consistentHash or sticky");
}

std::vector<BindingSpec> readBindings(const Given& given, ChannelKind kind, const Names& names) {
    std::vector<BindingSpec> bindings;
    if (given.isList("bindings {\"to\", \"pattern\"}"))
        for (const Given& item : given.items())
            if (auto binding = readBinding(item, kind, names))
                bindings.push_back(std::move(*binding));
    return bindings;
}

std::string readPattern(const std::optional<Given>& given, const Given& around, const std::string& exchange,
                        const Names& names) {
    const RoutingSpec& routing = names.channels.find(exchange)->second.routing;
    const std::string all(patternOfEverything(routing.dialect));
    if (!given) {
        if (routing.exchangeType == ExchangeType::direct)
            around.missing("pattern", "the routing key, since " + quotedText(exchange) + " is a direct exchange");
        return all;
    }
    if (const std::string_view what = withoutPattern(routing.exchangeType); !what.empty()) {
        given->refuse("needs no pattern, since " + quotedText(exchange) + " is " + std::string(what));
        return all;
    }
    const auto text = readText(*given);
    if (!text)
        return all;
    if (const auto pattern = Pattern::compile(*patternDialect(routing), std::string_view(*text)); !pattern)
        given->refuseText(pattern.error());
    return *text;
}

} // namespace weir
