// An event as one JSON table, for rules that are patterns over all of it: CloudEvents' attributes and its data, and
// under EventBridge's own names "detail-type" (the type) and "detail" (the data), so that a rule written there holds
// here.
#pragma once

#include "core/services/event_view.h"

namespace weir {

Value eventValue(const EventView& event);

} // namespace weir
