// Whether every value that one JSON Schema accepts is accepted by another. What cannot be shown is denied: a registry
// that lets an incompatible version in does harm, one that asks for a look does not. Where one of them accepts only
// values that are listed, the validator itself decides. What would take too long, or leads too deep, is denied too,
// with that as the reason.
#pragma once

#include "core/value.h"

#include <optional>
#include <string>

namespace weir {

// Nothing: all that `narrow` accepts, `wide` accepts too. Else why that is not so: where in `wide` (a JSON pointer),
// and what it asks there.
std::optional<std::string> exceeds(const Value& narrow, const Value& wide);

} // namespace weir
