// The routing of a channel as a scenario file writes it: an exchange's type, dialect and choices, and the bindings of
// whatever receives from it.
#pragma once

#include "core/scenario/channel_spec.h"
#include "core/scenario/given.h"
#include "core/scenario/names.h"

#include <optional>
#include <string>
#include <vector>

namespace weir {

// Of an exchange or topic. Refuses what means nothing for its type.
void readRouting(const Given& given, const Names& names, ChannelSpec& exchange);

// `kind` is that of the channel that receives.
std::vector<BindingSpec> readBindings(const Given& given, ChannelKind kind, const Names& names);

// The pattern of a binding to this exchange: given where it is needed, absent where it means nothing.
std::string readPattern(const std::optional<Given>& given, const Given& around, const std::string& exchange,
                        const Names& names);

} // namespace weir
