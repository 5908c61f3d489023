#include "core/broker/pattern.h"

#include "core/nearest.h"

#include <algorithm>
#include <array>
#include <type_traits>

namespace weir {
namespace {

constexpr std::size_t amqpKeySizeMax = 255;
constexpr std::array<std::string_view, 9> names{"rabbitmq-topic", "rabbitmq-direct", "rabbitmq-headers", "mqtt",
                                                "nats",           "eventemitter2",   "redis-glob",       "eventbridge",
                                                "zeromq-prefix"};

bool takesJson(DialectKind kind) {
    return kind == DialectKind::rabbitmqHeaders || kind == DialectKind::eventbridge;
}

std::optional<Error> checkAmqpKey(std::string_view key) {
    if (key.size() > amqpKeySizeMax)
        return Error{"", "needs a routing key of at most 255 bytes", std::to_string(key.size()) + " bytes"};
    return std::nullopt;
}

} // namespace

std::vector<std::string> dialectNames() {
    return {names.begin(), names.end()};
}

std::string toText(DialectKind kind) {
    return std::string(names[static_cast<std::size_t>(kind)]);
}

std::string_view patternOfEverything(DialectKind kind) {
    switch (kind) {
    case DialectKind::nats:
        return ">";
    case DialectKind::eventemitter2:
        return "**";
    case DialectKind::redisGlob:
        return "*";
    case DialectKind::zeromqPrefix:
        return "";
    default:
        return "#";
    }
}

Result<Dialect> Dialect::parse(std::string_view name) {
    if (const auto at = std::find(names.begin(), names.end(), name); at != names.end())
        return Dialect{static_cast<DialectKind>(at - names.begin()), {}};
    constexpr std::string_view delimited = "eventemitter2-delim-";
    Dialect emitter{DialectKind::eventemitter2, {}};
    if (name == "eventemitter2-array")
        return emitter;
    if (name == "eventemitter2-nowildcard") {
        emitter.emitter.wildcard = false;
        return emitter;
    }
    if (name.starts_with(delimited) && name.size() > delimited.size()) {
        emitter.emitter.delimiter = name.substr(delimited.size());
        return emitter;
    }
    std::string all;
    for (const std::string_view known : names)
        all.append(all.empty() ? "" : ", ").append(known);
    const std::string near = nearest(name, dialectNames());
    return Error{"dialect", "needs one of " + all + (near.empty() ? "" : " (did you mean " + near + "?)"),
                 '"' + std::string(name.substr(0, 120)) + '"'};
}

Result<Pattern> Pattern::compile(const Dialect& dialect, std::string_view text) {
    switch (dialect.kind) {
    case DialectKind::rabbitmqTopic:
        return wrapped(TopicPattern::compile(text));
    case DialectKind::rabbitmqDirect:
        if (const auto error = checkAmqpKey(text))
            return *error;
        return Pattern(Matcher(Exact{std::string(text)}));
    case DialectKind::mqtt:
        return wrapped(MqttPattern::compile(text));
    case DialectKind::nats:
        return wrapped(NatsPattern::compile(text));
    case DialectKind::eventemitter2:
        return wrapped(EmitterPattern::compile(text, dialect.emitter));
    case DialectKind::redisGlob:
        return Pattern(Matcher(GlobPattern(text)));
    case DialectKind::zeromqPrefix:
        return Pattern(Matcher(Prefix{std::string(text)}));
    case DialectKind::rabbitmqHeaders:
    case DialectKind::eventbridge:
        break;
    }
    const Result<Value> value = Value::parse(text);
    return value ? compile(dialect, *value) : Result<Pattern>(value.error());
}

Result<Pattern> Pattern::compile(const Dialect& dialect, const Value& value) {
    if (dialect.kind == DialectKind::rabbitmqHeaders)
        return wrapped(HeadersPattern::compile(value));
    if (dialect.kind == DialectKind::eventbridge)
        return wrapped(EventPattern::compile(value));
    if (dialect.kind == DialectKind::eventemitter2 && value.list())
        return wrapped(EmitterPattern::compile(*value.list(), dialect.emitter));
    if (!value.text())
        return Error{"", "needs a text", value.canonical()};
    return compile(dialect, std::string_view(*value.text()));
}

std::optional<Error> Pattern::checkKey(const Dialect& dialect, const Value& key) {
    if (takesJson(dialect.kind)) {
        if (key.table() || (key.isNull() && dialect.kind == DialectKind::rabbitmqHeaders))
            return std::nullopt;
        return Error{"", "needs a table", key.canonical()};
    }
    if (dialect.kind == DialectKind::eventemitter2 && key.list())
        return std::nullopt;
    if (!key.text())
        return Error{"", "needs a text", key.canonical()};
    switch (dialect.kind) {
    case DialectKind::rabbitmqTopic:
    case DialectKind::rabbitmqDirect:
        return checkAmqpKey(*key.text());
    case DialectKind::mqtt:
        return MqttPattern::checkKey(*key.text());
    case DialectKind::nats:
        return NatsPattern::checkKey(*key.text());
    default:
        return std::nullopt;
    }
}

bool Pattern::matches(std::string_view key) const {
    return std::visit(
        [&](const auto& matcher) {
            using Type = std::decay_t<decltype(matcher)>;
            if constexpr (std::is_same_v<Type, Exact>)
                return matcher.key == key;
            else if constexpr (std::is_same_v<Type, Prefix>)
                return key.starts_with(matcher.start);
            else if constexpr (std::is_same_v<Type, HeadersPattern> || std::is_same_v<Type, EventPattern>)
                return false;
            else
                return matcher.matches(key);
        },
        m_matcher);
}

bool Pattern::matches(const Value& key) const {
    if (const auto* headers = std::get_if<HeadersPattern>(&m_matcher))
        return (key.isNull() || key.table()) && headers->matches(key);
    if (const auto* event = std::get_if<EventPattern>(&m_matcher))
        return key.table() && event->matches(key);
    if (const auto* emitter = std::get_if<EmitterPattern>(&m_matcher); emitter && key.list())
        return emitter->matches(*key.list());
    return key.text() && matches(std::string_view(*key.text()));
}

std::optional<std::vector<PatternWord>> Pattern::words() const {
    if (const auto* exact = std::get_if<Exact>(&m_matcher))
        return std::vector<PatternWord>{{PatternWord::Kind::literal, exact->key}};
    if (const auto* topic = std::get_if<TopicPattern>(&m_matcher))
        return topic->words();
    if (const auto* mqtt = std::get_if<MqttPattern>(&m_matcher))
        return mqtt->reachable() ? std::optional(mqtt->words()) : std::nullopt;
    if (const auto* nats = std::get_if<NatsPattern>(&m_matcher))
        return nats->words();
    if (const auto* emitter = std::get_if<EmitterPattern>(&m_matcher))
        return emitter->words();
    return std::nullopt;
}

std::string_view Pattern::sharedGroup() const {
    const auto* mqtt = std::get_if<MqttPattern>(&m_matcher);
    return mqtt ? std::string_view(mqtt->group()) : std::string_view();
}

} // namespace weir
