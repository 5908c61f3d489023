#include "core/live/wire.h"

#include "core/utf8.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace weir::wire {
namespace {

template <class Number> bool takeNumber(std::string_view& text, Number& number) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc())
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool takeDash(std::string_view& text) {
    if (text.empty() || text.front() != '-')
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Tag> tagOf(std::string_view text) {
    Tag tag;
    if (takeNumber(text, tag.consumer) && takeDash(text) && takeNumber(text, tag.ordinal) && takeDash(text) &&
        takeNumber(text, tag.delivery.copy) && takeDash(text) && takeNumber(text, tag.delivery.generation) &&
        text.empty())
        return tag;
    return std::nullopt;
}

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= nameMax && isUtf8(text);
}

// A word from outside, short and harmless enough to be sent back.
std::string shown(std::string_view text) {
    std::string word(text.substr(0, 40));
    std::replace_if(
        word.begin(), word.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '?');
    return '"' + word + '"';
}

Error wrongCount(std::string_view verb, std::string_view frames) {
    return {std::string(verb), "needs the frames " + std::string(frames), ""};
}

Result<Request> readSubscribe(std::span<const std::string_view> frames) {
    if (frames.size() < 2 || frames.size() > 3 || !isName(frames[1]))
        return wrongCount("subscribe", "CHANNEL [PREFETCH]");
    Subscribe subscribe{.channel = frames[1]};
    if (frames.size() == 3) {
        std::string_view text = frames[2];
        if (!takeNumber(text, subscribe.prefetch) || !text.empty() || subscribe.prefetch < 1 ||
            subscribe.prefetch > prefetchMax)
            return Error{"subscribe", "needs a prefetch from 1 to " + std::to_string(prefetchMax), shown(frames[2])};
    }
    return Request(subscribe);
}

Result<Request> readAck(std::span<const std::string_view> frames) {
    if (frames.size() < 2 || frames.size() - 1 > tagsMax)
        return wrongCount("ack", "TAG..., at most " + std::to_string(tagsMax));
    Ack ack;
    for (const std::string_view frame : frames.subspan(1)) {
        const std::optional<Tag> tag = tagOf(frame);
        if (!tag)
            return Error{"ack", "needs tags as they came with deliver", shown(frame)};
        ack.tags.push_back(*tag);
    }
    return Request(std::move(ack));
}

Result<Request> readNack(std::span<const std::string_view> frames) {
    if (frames.size() < 2 || frames.size() > 4)
        return wrongCount("nack", "TAG [retry|requeue|reject [REASON]]");
    const std::optional<Tag> tag = tagOf(frames[1]);
    if (!tag)
        return Error{"nack", "needs a tag as it came with deliver", shown(frames[1])};
    Nack nack{.tag = *tag};
    if (frames.size() > 2) {
        if (frames[2] == "requeue")
            nack.settlement = Settlement::requeue;
        else if (frames[2] == "reject")
            nack.settlement = Settlement::reject;
        else if (frames[2] != "retry")
            return Error{"nack", "needs retry, requeue or reject", shown(frames[2])};
    }
    if (frames.size() > 3) {
        if (!isName(frames[3]))
            return Error{"nack", "needs a reason of 1 to " + std::to_string(nameMax) + " bytes", ""};
        nack.reason = frames[3];
    }
    return Request(nack);
}

} // namespace

std::string text(const Tag& tag) {
    return std::to_string(tag.consumer) + '-' + std::to_string(tag.ordinal) + '-' + std::to_string(tag.delivery.copy) +
           '-' + std::to_string(tag.delivery.generation);
}

Result<Request> read(std::span<const std::string_view> frames) {
    const std::string_view verb = frames.empty() ? std::string_view() : frames.front();
    if (verb == "hello") {
        if (frames.size() != 2 || !isName(frames[1]))
            return wrongCount(verb, "SERVICE");
        return Request(Hello{frames[1]});
    }
    if (verb == "publish") {
        if (frames.size() != 3 || !isName(frames[1]))
            return wrongCount(verb, "CHANNEL EVENT");
        return Request(Publish{.channel = frames[1], .event = frames[2]});
    }
    if (verb == "subscribe")
        return readSubscribe(frames);
    if (verb == "ack")
        return readAck(frames);
    if (verb == "nack")
        return readNack(frames);
    if (verb == "bye") {
        if (frames.size() != 1)
            return wrongCount(verb, "(none)");
        return Request(Bye{});
    }
    return Error{"frames", "needs hello, publish, subscribe, ack, nack or bye as the first frame", shown(verb)};
}

Frames hello() {
    return {"hello", std::string(version)};
}

Frames accepted(std::string_view id) {
    return {"publish", std::string(id), "accepted"};
}

Frames subscribed(std::string_view channel) {
    return {"subscribe", std::string(channel)};
}

Frames deliver(const Delivered& delivered) {
    return {"deliver", text(delivered.tag), std::string(delivered.channel), std::to_string(delivered.attempt),
            std::string(delivered.event)};
}

Frames error(const Error& error, std::string_view id) {
    const Error rest{"", error.what, error.given};
    Frames frames{"error", error.where, rest.text()};
    if (!id.empty())
        frames.emplace_back(id);
    return frames;
}

Frames bye() {
    return {"bye"};
}

} // namespace weir::wire
