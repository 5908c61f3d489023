// Channels as a scenario file writes them, and the queue that a handler on a topic brings along.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <vector>

namespace weir {

// All of them, in file order. Refuses exchanges that are bound in a circle.
// The name of a profile that is built in.
std::optional<std::string> readProfile(const Given& given);
std::vector<ChannelSpec> readChannels(const Given& given, const Names& names);

// The settings of a queue that is not declared by itself: a handler's own.
void readQueueSettings(const Given& given, const Names& names, ChannelSpec& queue);

// The pattern of a binding to this exchange: given where it is needed, absent where it means nothing.
std::string readPattern(const std::optional<Given>& given, const Given& around, const std::string& exchange,
                        const Names& names);

std::optional<Text> readTitle(const Given& given);

} // namespace weir
