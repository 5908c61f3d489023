// LiveContent: what an event brought with it from outside, byte for byte: made once, shared by its copies, its
// receivers and those who look at it, never changed. Nothing parses it on its way through the broker.
#pragma once

#include "core/broker/message.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace weir {

struct EventHead;

struct LiveContent : Content {
    enum class Form : std::uint8_t {
        data, // payload is the event's data alone (JSON, or shown as text); the rest stands here
        event // payload is the whole event as CloudEvents JSON
    };
    std::string payload;
    std::string id;         // the CloudEvents id; empty: made of the ordinal
    std::string routingKey; // empty: the event type
    std::uint64_t hash = 0; // of the payload, for fingerprints
    Form form = Form::data;

    // Data without more; `partitionKey` empty: none.
    static std::shared_ptr<const LiveContent> ofData(std::string data, std::string partitionKey = {});
    // A CloudEvent as JSON, with what its reader found in it.
    static std::shared_ptr<const LiveContent> ofEvent(std::string_view event, const EventHead& head);
};

} // namespace weir
