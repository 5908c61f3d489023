// Failure cause: why the handling of an event failed, where the scenario says so of the event itself ("data.account =
// 'nowhere'"). What fails by chance or by count has no cause that could be told.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/message_source.h"
#include "core/record/record.h"
#include "core/scenario/scenario.h"

#include <optional>
#include <string>

namespace weir {

// The condition under which every attempt of the record's handler at the record's event fails.
std::optional<std::string> failureCondition(const Scenario& scenario, const Catalogue& catalogue,
                                            const MessageSource& messages, const Record& record);

} // namespace weir
