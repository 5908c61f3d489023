// Values of a scenario as texts of a form: how they are shown to people, how they are edited, and what was typed as a
// value again, or why it is none. A text is judged by itself here; whether it fits the rest is the loader's matter.
#pragma once

#include "core/result.h"
#include "core/value.h"

#include <QString>

#include <optional>

namespace weir {

struct FormField;

// "240 ms", "20/s", "lognormal · mean 240 ms · p99 800 ms", "3 × exponential · 1 s first".
QString shownValue(const FormField& field, const Value& value);
// A table of that kind in one line; for items of lists and for tables that are folded up.
QString shownTable(const std::string& definition, const Value& value);
QString shownCount(std::size_t entries); // "none", "1 entry", "12 entries"
// "emit order.created to orders, 2 more".
QString shownActions(const Value& value);

// As the file has it: "240ms".
QString editedText(const FormField& field, const std::optional<Value>& value);
// An empty text is nothing: the default. Errors have no `where`, of JSON "line:column".
Result<std::optional<Value>> readEdited(const FormField& field, const QString& text);

} // namespace weir
