// JSON pointers (RFC 6901) into a document: what stands at one, and the document with something else there. For --set and
// for commands that change a parameter. Text and its layout are not its matter.
#pragma once

#include "core/result.h"
#include "core/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

// What is to become of keys that tables on the way do not have. `added`: they come, and a replacement that is null takes
// its key away.
enum class Absent : std::uint8_t { refused, added };

// The document with the value at `pointer` replaced. Where the place must exist, the error names the deepest part of the
// pointer that does, and the nearest key there.
Result<Value> withValueAt(const Value& document, std::string_view pointer, const Value& replacement,
                          Absent absent = Absent::refused);
// Null where nothing stands there.
const Value* valueAt(const Value& document, std::string_view pointer);
// "/a~1b/0" is "a/b", "0"; nothing where it is no pointer.
std::optional<std::vector<std::string>> pointerSteps(std::string_view pointer);

} // namespace weir
