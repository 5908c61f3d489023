// Channels as a scenario file writes them, and the queue that a handler on a topic brings along.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <vector>

namespace weir {

// The name of a profile that is built in.
std::optional<std::string> readProfile(const Given& given);
// All of them, in file order.
std::vector<ChannelSpec> readChannels(const Given& given, const Names& names);

// The settings of a queue that is not declared by itself: a handler's own.
void readQueueSettings(const Given& given, const Names& names, ChannelSpec& queue);

std::optional<Text> readTitle(const Given& given);

} // namespace weir
