// A stream and those who read it, for tests of its rules; called "log" where they do not say otherwise.
#pragma once

#include "core/scenario/scenario.h"

#include <string>

namespace weir {

inline ChannelSpec logStream(std::uint32_t partitions = 1, const StreamGroupSpec& group = {},
                             const std::string& name = "log") {
    ChannelSpec channel;
    channel.name = name;
    channel.kind = ChannelKind::stream;
    channel.partitions = partitions;
    channel.group = group;
    return channel;
}

inline ServiceSpec logReader(const std::string& name, const ReadFromSpec& from = {}, const std::string& stream = "log") {
    ServiceSpec service{.name = name};
    HandlerSpec handler;
    handler.on = stream;
    handler.from = from;
    service.handlers.push_back(handler);
    return service;
}

} // namespace weir
