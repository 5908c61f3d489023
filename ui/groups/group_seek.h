// Group seek: the question from where the groups of a stream go on reading, and the command that an answer makes. It
// asks nobody and gives nothing: that is its callers' matter.
#pragma once

#include "core/record/catalogue.h"
#include "core/simulation/command.h"
#include "ui/editor/choice_popup.h"

#include <optional>

namespace weir {

// Without a group it is about all of them, and one can be picked beside the answer.
Question seekQuestion(const Catalogue& catalogue, ChannelId stream, std::optional<SubscriptionId> group);
Command seekCommand(const Catalogue& catalogue, ChannelId stream, std::optional<SubscriptionId> group,
                    const PickedAnswer& answer);

} // namespace weir
