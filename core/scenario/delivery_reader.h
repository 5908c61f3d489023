// DeliveryReader: the fields of a queue, stream or handler about who gets what, and what becomes of it: dispatch,
// retries, acks, batches.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/scenario.h"

#include <optional>

namespace weir {

inline constexpr Word<WhenGone> whenGones[] = {{"giveBack", WhenGone::giveBack},
                                               {"wait", WhenGone::wait},
                                               {"resume", WhenGone::resume},
                                               {"forget", WhenGone::forget}};

std::optional<RetrySpec> readRetry(const Given& given, const Names& names);
// What a queue has beyond what streams have, too.
void readDelivery(const Given& given, ChannelSpec& queue);
void readHandlerDelivery(const Given& given, HandlerSpec& handler);

} // namespace weir
