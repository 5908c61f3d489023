// Setting a value inside a JSON document by its pointer (RFC 6901), for --set.
#pragma once

#include "core/result.h"
#include "core/value.h"

#include <string_view>

namespace weir {

// The document with the value at `pointer` replaced. The place must exist: the error names the deepest part of the
// pointer that does, and the nearest key there.
Result<Value> withValueAt(const Value& document, std::string_view pointer, const Value& replacement);

} // namespace weir
