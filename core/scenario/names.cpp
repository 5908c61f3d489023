#include "core/scenario/names.h"

#include "core/broker/pattern.h"

namespace weir {
namespace {

constexpr Word<ChannelKind> kinds[] = {{"topic", ChannelKind::topic},
                                       {"exchange", ChannelKind::exchange},
                                       {"queue", ChannelKind::queue},
                                       {"stream", ChannelKind::stream}};
constexpr Word<ExchangeType> exchangeTypes[] = {
    {"direct", ExchangeType::direct},         {"fanout", ExchangeType::fanout},
    {"topic", ExchangeType::topic},           {"headers", ExchangeType::headers},
    {"random", ExchangeType::random},         {"weighted", ExchangeType::weighted},
    {"roundRobin", ExchangeType::roundRobin}, {"leastInFlight", ExchangeType::leastInFlight},
    {"sticky", ExchangeType::sticky},         {"consistentHash", ExchangeType::consistentHash}};
constexpr Word<DialectKind> topicDialects[] = {{"rabbitmq-topic", DialectKind::rabbitmqTopic},
                                               {"mqtt", DialectKind::mqtt},
                                               {"nats", DialectKind::nats},
                                               {"eventemitter2", DialectKind::eventemitter2},
                                               {"redis-glob", DialectKind::redisGlob},
                                               {"zeromq-prefix", DialectKind::zeromqPrefix}};

constexpr Word<CopyOrder> orders[] = {{"name", CopyOrder::name}, {"specific", CopyOrder::specific}};

template <class Enum, std::size_t count>
std::optional<Enum> meaning(const Value* value, const Word<Enum> (&words)[count]) {
    const std::string* text = value ? value->text() : nullptr;
    for (const Word<Enum>& word : words)
        if (text && *text == word.text)
            return word.meaning;
    return std::nullopt;
}

// A topic is a topic exchange, whatever else stands there.
RoutingSpec routingOf(const Value& channel) {
    RoutingSpec routing;
    if (meaning(channel.member("kind"), kinds) == ChannelKind::exchange)
        routing.exchangeType = meaning(channel.member("type"), exchangeTypes).value_or(ExchangeType::topic);
    routing.dialect = meaning(channel.member("dialect"), topicDialects).value_or(DialectKind::rabbitmqTopic);
    routing.copyOrder = meaning(channel.member("order"), orders).value_or(CopyOrder::name);
    return routing;
}

bool routes(const Names::Channel& channel) {
    return !channel.kind || *channel.kind == ChannelKind::exchange || *channel.kind == ChannelKind::topic;
}

std::optional<std::string> refuseUnknown(const Given& given, const char* need, const std::vector<std::string>& known) {
    const std::string* name = given.value().text();
    given.refuse(need + (name ? suggestionOf(*name, known) : std::string()));
    return std::nullopt;
}

} // namespace

std::optional<ChannelKind> readChannelKind(const Given& given) {
    return oneOf(kinds)(given);
}

std::optional<ExchangeType> readExchangeType(const Given& given) {
    return oneOf(exchangeTypes)(given);
}

std::optional<DialectKind> readTopicDialect(const Given& given) {
    return oneOf(topicDialects)(given);
}

std::optional<CopyOrder> readCopyOrder(const Given& given) {
    return oneOf(orders)(given);
}

Names Names::in(const Value& document) {
    Names names;
    const auto gather = [&](std::string_view key, std::set<std::string>& into) {
        const Value* declared = document.member(key);
        if (const Value::Table* table = declared ? declared->table() : nullptr)
            for (const auto& [name, value] : *table)
                into.insert(name);
    };
    gather("events", names.events);
    gather("services", names.services);
    gather("nodes", names.nodes);
    const Value* declared = document.member("channels");
    if (const Value::Table* table = declared ? declared->table() : nullptr)
        for (const auto& [name, value] : *table)
            names.channels[name] = {meaning(value.member("kind"), kinds), routingOf(value)};
    return names;
}

std::optional<std::string> Names::readEvent(const Given& given) const {
    const std::string* name = given.value().text();
    if (name && events.contains(*name))
        return *name;
    return refuseUnknown(given, "needs the name of an event type", {events.begin(), events.end()});
}

std::optional<std::string> Names::readService(const Given& given) const {
    const std::string* name = given.value().text();
    if (name && services.contains(*name))
        return *name;
    return refuseUnknown(given, "needs the name of a service", {services.begin(), services.end()});
}

std::optional<std::string> Names::readNode(const Given& given) const {
    const std::string* name = given.value().text();
    if (name && nodes.contains(*name))
        return *name;
    return refuseUnknown(given, "needs the name of a node", {nodes.begin(), nodes.end()});
}

std::optional<std::string> Names::readChannel(const Given& given) const {
    const std::string* name = given.value().text();
    if (name && channels.contains(*name))
        return *name;
    std::vector<std::string> known;
    for (const auto& [channel, kind] : channels)
        known.push_back(channel);
    return refuseUnknown(given, "needs the name of a channel", known);
}

std::optional<std::string> Names::readExchange(const Given& given) const {
    const std::string* name = given.value().text();
    const auto found = name ? channels.find(*name) : channels.end();
    if (found != channels.end() && routes(found->second))
        return *name;
    std::vector<std::string> known;
    for (const auto& [channel, kind] : channels)
        if (routes(kind))
            known.push_back(channel);
    return refuseUnknown(given, "needs the name of an exchange or topic", known);
}

} // namespace weir
