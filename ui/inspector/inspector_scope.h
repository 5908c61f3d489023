// Which element of the scenario the inspector's form is of, for what is selected: a service, a channel, the queue that
// a handler on a topic brings along, an event type, or the scenario as a whole.
#pragma once

#include "core/record/catalogue.h"
#include "core/value.h"
#include "ui/inspector/forms/form_rows.h"
#include "ui/session/selection.h"

#include <optional>
#include <string>

namespace weir {

// Nothing where the document has no such element.
std::optional<FormScope> serviceScope(const Value& document, const std::string& name);
std::optional<FormScope> channelScope(const Value& document, const std::string& name);
std::optional<FormScope> eventTypeScope(const Value& document, const std::string& name);
FormScope scenarioScope();

} // namespace weir
