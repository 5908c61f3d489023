#include "core/scenario/channel_reader.h"

#include "core/broker/pattern.h"
#include "core/scenario/profile.h"
#include "core/scenario/stream_reader.h"

#include <algorithm>
#include <map>

namespace weir {
namespace {

constexpr std::int64_t countMax = 1'000'000'000;
constexpr std::int64_t retriesMax = 10'000;

constexpr Word<Overflow> overflows[] = {{"reject", Overflow::reject},
                                        {"dropOldest", Overflow::dropOldest},
                                        {"dropNewest", Overflow::dropNewest},
                                        {"block", Overflow::block}};
constexpr Word<Backoff> backoffs[] = {{"none", Backoff::none},
                                      {"fixed", Backoff::fixed},
                                      {"linear", Backoff::linear},
                                      {"exponential", Backoff::exponential},
                                      {"explicit", Backoff::explicitSteps}};

const FieldTable& fieldsOf(ChannelKind kind) {
    switch (kind) {
    case ChannelKind::topic:
        return fields::topic;
    case ChannelKind::exchange:
        return fields::exchange;
    case ChannelKind::queue:
        return fields::queue;
    case ChannelKind::stream:
        break;
    }
    return fields::stream;
}

std::optional<std::vector<Duration>> readSteps(const Given& given) {
    if (!given.isList("durations"))
        return std::nullopt;
    std::vector<Duration> steps;
    for (const Given& item : given.items())
        steps.push_back(readDuration(item).value_or(Duration::zero()));
    if (!steps.empty() && steps.size() <= static_cast<std::size_t>(retriesMax))
        return steps;
    given.refuse("needs 1 to " + std::to_string(retriesMax) + " durations");
    return std::nullopt;
}

// Nothing inside: without end.
std::optional<std::optional<std::int64_t>> readRetriesMax(const Given& given) {
    if (const std::string* text = given.value().text(); text && *text == "unbounded")
        return std::optional<std::int64_t>();
    const Decimal* number = given.value().number();
    const auto whole = number ? number->whole() : std::nullopt;
    if (whole && *whole >= 0 && *whole <= retriesMax)
        return std::optional<std::int64_t>(*whole);
    given.refuse("needs a whole number from 0 to " + std::to_string(retriesMax) + ", or \"unbounded\"");
    return std::nullopt;
}

// Keys that say something about some backoffs only.
void refuseIdleKeys(const Given& given, Backoff backoff) {
    const auto only = [&](std::string_view key, bool fits, const char* need) {
        if (const auto there = given.member(key); there && !fits)
            there->refuse(need);
    };
    only("factor", backoff == Backoff::exponential, "needs \"backoff\": \"exponential\", whose factor it is");
    only("steps", backoff == Backoff::explicitSteps, "needs \"backoff\": \"explicit\", whose steps they are");
    only("first", backoff != Backoff::none && backoff != Backoff::explicitSteps,
         "needs a backoff that grows from it: fixed, linear or exponential");
}

std::optional<RetrySpec> readRetry(const Given& given) {
    if (!given.isTable(fields::retry))
        return std::nullopt;
    RetrySpec retry;
    given.take("max", retry.max, readRetriesMax);
    given.take("backoff", retry.backoff, oneOf(backoffs));
    given.take("first", retry.first, readDuration);
    given.take("factor", retry.factor, numberBetween(1, 1000));
    given.take("ceiling", retry.ceiling, readDuration);
    given.take("jitter", retry.jitter, numberBetween(0, 1));
    given.take("steps", retry.steps, readSteps);
    refuseIdleKeys(given, retry.backoff);
    if (retry.backoff == Backoff::explicitSteps && !given.has("steps"))
        given.missing("steps", "a list of durations");
    return retry;
}

std::optional<BindingSpec> readBinding(const Given& given, const Names& names) {
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
    return binding;
}

std::vector<BindingSpec> readBindings(const Given& given, const Names& names) {
    std::vector<BindingSpec> bindings;
    if (given.isList("bindings {\"to\", \"pattern\"}"))
        for (const Given& item : given.items())
            if (auto binding = readBinding(item, names))
                bindings.push_back(std::move(*binding));
    return bindings;
}

ChannelSpec readChannel(const std::string& name, const Given& given, const Names& names) {
    ChannelSpec channel;
    channel.name = name;
    if (!given.isTable("a channel"))
        return channel;
    const auto kind = given.member("kind");
    if (!kind) {
        given.missing("kind", "one of topic, exchange, queue, stream");
        return channel;
    }
    const auto known = readChannelKind(*kind);
    if (!known)
        return channel;
    channel.kind = *known;
    given.isTable(fieldsOf(*known));
    given.take("title", channel.title, readTitle);
    given.take("profile", channel.profile, readProfile);
    if (const auto bind = given.member("bind"))
        channel.bindings = readBindings(*bind, names);
    if (*known == ChannelKind::exchange)
        given.take("type", channel.exchangeType, readExchangeType);
    if (*known == ChannelKind::stream)
        readStreamSettings(given, channel);
    if (*known == ChannelKind::queue || *known == ChannelKind::stream)
        readQueueSettings(given, names, channel);
    return channel;
}

// A message would go round for ever, were it not for a broker that remembers where it has been.
void refuseCircles(const std::vector<ChannelSpec>& channels, const Given& given) {
    std::map<std::string_view, const ChannelSpec*> byName;
    for (const ChannelSpec& channel : channels)
        byName.emplace(channel.name, &channel);
    enum class Mark { open, done };
    std::map<const ChannelSpec*, Mark> marks;
    struct Step {
        const ChannelSpec* channel;
        std::size_t next = 0;
    };
    for (const ChannelSpec& start : channels) {
        if (marks.contains(&start))
            continue;
        std::vector<Step> way{{&start}};
        marks[&start] = Mark::open;
        while (!way.empty()) {
            Step& step = way.back();
            if (step.next == step.channel->bindings.size()) {
                marks[step.channel] = Mark::done;
                way.pop_back();
                continue;
            }
            const std::size_t binding = step.next++;
            const auto found = byName.find(step.channel->bindings[binding].to);
            if (found == byName.end())
                continue;
            const auto mark = marks.find(found->second);
            if (mark == marks.end()) {
                marks[found->second] = Mark::open;
                way.push_back({found->second});
            } else if (mark->second == Mark::open) {
                const std::string where =
                    pointerTo(given.pointer(), step.channel->name) + "/bind/" + std::to_string(binding);
                given.complaints().add({where, "must not bind exchanges in a circle", quotedText(found->second->name)});
            }
        }
    }
}

} // namespace

std::optional<std::string> readProfile(const Given& given) {
    const std::span<const std::string_view> names = Profile::names();
    const auto index = readWord(given, std::vector<std::string>(names.begin(), names.end()));
    return index ? std::optional(std::string(names[*index])) : std::nullopt;
}

std::optional<Text> readTitle(const Given& given) {
    Text title;
    if (const std::string* text = given.value().text()) {
        title.en = *text;
        return title;
    }
    if (!given.value().table()) {
        given.refuse("needs a text, or {\"en\": text, \"zh\": text}");
        return std::nullopt;
    }
    if (!given.isTable(fields::text))
        return std::nullopt;
    given.take("en", title.en, readText);
    given.take("zh", title.zh, readText);
    return title;
}

std::string readPattern(const std::optional<Given>& given, const Given& around, const std::string& exchange,
                        const Names& names) {
    const Names::Channel& channel = names.channels.find(exchange)->second;
    const ExchangeType type = channel.kind == ChannelKind::exchange ? channel.exchangeType : ExchangeType::topic;
    if (!given) {
        if (type == ExchangeType::direct)
            around.missing("pattern", "the routing key, since " + quotedText(exchange) + " is a direct exchange");
        return "#";
    }
    if (type == ExchangeType::fanout) {
        given->refuse("needs no pattern, since " + quotedText(exchange) + " is a fan-out exchange");
        return "#";
    }
    const auto text = readText(*given);
    if (!text)
        return "#";
    const Dialect dialect{
        .kind = type == ExchangeType::direct ? DialectKind::rabbitmqDirect : DialectKind::rabbitmqTopic, .emitter = {}};
    if (const auto pattern = Pattern::compile(dialect, std::string_view(*text)); !pattern)
        given->refuseText(pattern.error());
    return *text;
}

void readQueueSettings(const Given& given, const Names& names, ChannelSpec& queue) {
    given.take("capacity", queue.capacity, wholeBetween(0, countMax));
    given.take("overflow", queue.overflow, oneOf(overflows));
    given.take("ttl", queue.ttl, readDuration);
    given.take("delay", queue.delay, readDuration);
    given.take("priorities", queue.priorities, wholeBetween<int>(0, 255));
    given.take("ackTimeout", queue.ackTimeout, readPositiveDuration);
    given.take("retry", queue.retry, readRetry);
    given.take("deadLetter", queue.deadLetter, [&](const Given& channel) { return names.readChannel(channel); });
    if (const auto overflow = given.member("overflow"); overflow && !given.has("capacity"))
        overflow->refuse("needs \"capacity\" beside it, since without one nothing overflows");
}

std::vector<ChannelSpec> readChannels(const Given& given, const Names& names) {
    std::vector<ChannelSpec> channels;
    if (!given.isTable("of channels by name"))
        return channels;
    for (const auto& [name, inside] : given.members())
        channels.push_back(readChannel(name, inside, names));
    refuseCircles(channels, given);
    return channels;
}

} // namespace weir
