// The words between Weir's endpoint and a participant, as frames of ZeroMQ messages (DEALER at the participant, ROUTER
// here; one message is one request or answer, without an empty frame in front). Events are CloudEvents 1.0 as JSON.
// Only texts and values here: sockets are the endpoint's. resources/help/wire.md tells the same to participants.
//
//   to Weir                                   from Weir
//   hello SERVICE                             hello weir/1 (also unasked, to see who is there: needs no answer)
//   publish CHANNEL EVENT                     publish ID accepted, or error publish WHY ID
//   subscribe CHANNEL [PREFETCH]              subscribe CHANNEL, then deliver TAG CHANNEL ATTEMPT EVENT as they come
//   ack TAG...                                (nothing)
//   nack TAG [retry|requeue|reject [REASON]]  (nothing)
//   bye                                       bye; what was not acked goes back
//   anything else                             error VERB WHY
#pragma once

#include "core/broker/broker.h"
#include "core/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace weir::wire {

inline constexpr std::string_view version = "weir/1";
inline constexpr std::uint32_t prefetchDefault = 16;
inline constexpr std::uint32_t prefetchMax = 1000;
inline constexpr std::size_t tagsMax = 1000; // in one ack
inline constexpr std::size_t nameMax = 256;  // bytes of a service, channel or reason

// Names one delivery to one participant.
struct Tag {
    std::uint32_t consumer = 0; // the participant's subscriptions, in their order
    Ordinal ordinal = 0;
    DeliveryTag delivery;
    bool operator==(const Tag&) const = default;
};
std::string text(const Tag& tag);

struct Hello {
    std::string_view service;
};
struct Publish {
    std::string_view channel;
    std::string_view event;
};
struct Subscribe {
    std::string_view channel;
    std::uint32_t prefetch = prefetchDefault;
};
struct Ack {
    std::vector<Tag> tags;
};
struct Nack {
    Tag tag;
    Settlement settlement = Settlement::retry;
    std::string_view reason = "failure";
};
struct Bye {};
using Request = std::variant<Hello, Publish, Subscribe, Ack, Nack, Bye>;

// What a participant said; texts point into the frames. The error's `where` is the verb.
Result<Request> read(std::span<const std::string_view> frames);

using Frames = std::vector<std::string>;
Frames hello();
Frames accepted(std::string_view id);
Frames subscribed(std::string_view channel);
struct Delivered {
    Tag tag;
    std::string_view channel;
    std::uint16_t attempt = 1;
    std::string_view event;
};
Frames deliver(const Delivered& delivered);
Frames error(const Error& error, std::string_view id = {});
Frames bye();

} // namespace weir::wire
