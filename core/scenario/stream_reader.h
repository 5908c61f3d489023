// What a scenario file says of streams beside what they share with queues: partitions, what they keep, how groups share
// them; where a group begins, when it commits, and going back to an earlier place.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

void readStreamSettings(const Given& given, ChannelSpec& stream);

// "earliest", "latest", an offset, or a time of the run.
std::optional<ReadFromSpec> readReadFrom(const Given& given);
// The same as text, "42" being an offset; nothing where it says none of these.
std::optional<ReadFromSpec> readFromText(std::string_view text);

std::optional<CommitSpec> readCommit(const Given& given);
std::optional<Isolation> readIsolation(const Given& given);
std::vector<ReplicateSpec> readReplicate(const Given& given, const std::string& stream, const Names& names);

// A group that reads several times from one stream does so from one place.
void refuseDisagreements(const Given& handlers, const ServiceSpec& service);

// The stream, the group and where it goes.
void readSeek(const Given& given, const Names& names, const std::vector<ServiceSpec>& services, FaultSpec& fault);
// The exchange, which of its events, and to whom they go.
void readReplay(const Given& given, const std::vector<ChannelSpec>& channels, FaultSpec& fault);

} // namespace weir
