// What a channel lets in, and how fast, as a scenario file writes it.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/scenario.h"

namespace weir {

// Of channels of every kind.
void readAdmission(const Given& given, ChannelSpec& channel);

// Of queues: how times to live are meant.
void readTimes(const Given& given, ChannelSpec& channel);

// Of queues and streams: what their subscriptions deliver.
void readDeliveryRate(const Given& given, ChannelSpec& channel);

} // namespace weir
