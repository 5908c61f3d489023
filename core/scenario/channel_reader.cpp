#include "core/scenario/channel_reader.h"

#include "core/scenario/admission_reader.h"
#include "core/scenario/delivery_reader.h"
#include "core/scenario/node_reader.h"
#include "core/scenario/profile.h"
#include "core/scenario/routing_reader.h"
#include "core/scenario/stream_reader.h"

namespace weir {
namespace {

constexpr std::int64_t countMax = 1'000'000'000;

constexpr Word<Overflow> overflows[] = {{"reject", Overflow::reject},
                                        {"dropOldest", Overflow::dropOldest},
                                        {"dropNewest", Overflow::dropNewest},
                                        {"block", Overflow::block},
                                        {"rejectDeadLetter", Overflow::rejectDeadLetter}};

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
    readAdmission(given, channel);
    if (const auto bind = given.member("bind"))
        channel.bindings = readBindings(*bind, *known, names);
    if (*known == ChannelKind::exchange || *known == ChannelKind::topic)
        readRouting(given, names, channel);
    if (*known == ChannelKind::stream) {
        readStreamSettings(given, channel);
        if (const auto replicate = given.member("replicate"))
            channel.replicate = readReplicate(*replicate, name, names);
    }
    if (*known == ChannelKind::queue || *known == ChannelKind::stream)
        readQueueSettings(given, names, channel);
    return channel;
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

void readQueueSettings(const Given& given, const Names& names, ChannelSpec& queue) {
    given.take("capacity", queue.capacity, wholeBetween(0, countMax));
    given.take("overflow", queue.overflow, oneOf(overflows));
    given.take("ttl", queue.ttl, readDuration);
    given.take("delay", queue.delay, readDuration);
    given.take("priorities", queue.priorities, wholeBetween<int>(0, 255));
    given.take("ackTimeout", queue.ackTimeout, readPositiveDuration);
    readDeliveryRate(given, queue);
    readTimes(given, queue);
    given.take("retry", queue.retry, [&](const Given& retry) { return readRetry(retry, names); });
    given.take("deadLetter", queue.deadLetter, [&](const Given& channel) { return names.readChannel(channel); });
    readDelivery(given, queue);
    readReplication(given, names, queue);
    if (const auto overflow = given.member("overflow"); overflow && !given.has("capacity") && !given.has("capacityBytes"))
        overflow->refuse("needs \"capacity\" or \"capacityBytes\" beside it, since without one nothing overflows");
}

std::vector<ChannelSpec> readChannels(const Given& given, const Names& names) {
    std::vector<ChannelSpec> channels;
    for (const auto& [name, inside] : given.members())
        channels.push_back(readChannel(name, inside, names));
    return channels;
}

} // namespace weir
