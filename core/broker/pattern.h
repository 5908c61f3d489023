// The one door to all pattern dialects: a binding's pattern, compiled once, asked for every message. The dialects
// differ on purpose, each does what its system does, refusals included; which one applies is named in scenario files,
// in code and on the command line with the same words. What a pattern is worth in a broker (order, load) is not known
// here.
#pragma once

#include "core/broker/emitter_pattern.h"
#include "core/broker/event_pattern.h"
#include "core/broker/glob_pattern.h"
#include "core/broker/headers_pattern.h"
#include "core/broker/mqtt_pattern.h"
#include "core/broker/nats_pattern.h"
#include "core/broker/pattern_word.h"
#include "core/broker/topic_pattern.h"
#include "core/result.h"
#include "core/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace weir {

enum class DialectKind : std::uint8_t {
    rabbitmqTopic,
    rabbitmqDirect,
    rabbitmqHeaders,
    mqtt,
    nats,
    eventemitter2,
    redisGlob,
    eventbridge,
    zeromqPrefix
};

struct Dialect {
    DialectKind kind = DialectKind::rabbitmqTopic;
    EmitterPattern::Options emitter; // of eventemitter2 alone

    // "rabbitmq-topic" and so on. An emitter built with other options is "eventemitter2-delim-::",
    // "eventemitter2-nowildcard" or "eventemitter2-array".
    static Result<Dialect> parse(std::string_view name);
};

// What a binding without a pattern has: the one that matches every key (of redis-glob: every key but the empty one).
std::string_view patternOfEverything(DialectKind kind);
// The names of the dialects, in the order of DialectKind.
std::vector<std::string> dialectNames();
std::string toText(DialectKind kind);

class Pattern {
  public:
    // Of a text: for rabbitmq-headers and eventbridge it is JSON, for the others the pattern itself.
    static Result<Pattern> compile(const Dialect& dialect, std::string_view text);
    // Of a value: a text, a table (rabbitmq-headers, eventbridge) or a list of segments (eventemitter2).
    static Result<Pattern> compile(const Dialect& dialect, const Value& value);

    // Whether messages may be published under this key at all; the reason if not.
    static std::optional<Error> checkKey(const Dialect& dialect, const Value& key);

    // The hot path: never allocates. False for the dialects whose keys are no texts.
    bool matches(std::string_view key) const;
    // A key of any dialect: a text, a table of headers (null: none), an event, a list of segments. A key of another
    // form than the dialect's matches nothing.
    bool matches(const Value& key) const;

    // The pieces it is split into; nothing where the dialect does not split names (redis-glob, rabbitmq-headers,
    // eventbridge, zeromq-prefix). A pattern that no key can match is nothing too. rabbitmq-direct is one literal.
    std::optional<std::vector<PatternWord>> words() const;
    // Of an mqtt pattern: the group that shares it; empty: none.
    std::string_view sharedGroup() const;

  private:
    struct Exact { // rabbitmq-direct
        std::string key;
    };
    struct Prefix { // zeromq-prefix
        std::string start;
    };
    using Matcher = std::variant<TopicPattern, Exact, Prefix, HeadersPattern, MqttPattern, NatsPattern, EmitterPattern,
                                 GlobPattern, EventPattern>;
    explicit Pattern(Matcher matcher) : m_matcher(std::move(matcher)) {}
    template <class Compiled> static Result<Pattern> wrapped(Result<Compiled> compiled) {
        if (!compiled)
            return compiled.error();
        return Pattern(Matcher(std::move(compiled).value()));
    }

    Matcher m_matcher;
};

} // namespace weir
