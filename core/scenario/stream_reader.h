// What a scenario file says of streams beside what they share with queues: partitions, what they keep, how groups share
// them; where a group begins, when it commits, and going back to an earlier place.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <string_view>

namespace weir {

void readStreamSettings(const Given& given, ChannelSpec& stream);

// "earliest", "latest", an offset, or a time of the run.
std::optional<ReadFromSpec> readReadFrom(const Given& given);
// The same as text, "42" being an offset; nothing where it says none of these.
std::optional<ReadFromSpec> readFromText(std::string_view text);

std::optional<CommitSpec> readCommit(const Given& given);

// A group that reads several times from one stream does so from one place.
void refuseDisagreements(const Given& handlers, const ServiceSpec& service);

// The stream, the group and where it goes.
void readSeek(const Given& given, const Names& names, const std::vector<ServiceSpec>& services, FaultSpec& fault);

} // namespace weir
