// Comments in scenario files: "// to the end of the line" and "/* up to here */", outside texts. JSON has none, so they
// are turned into blanks before the strict reader sees the text; every line and column stays where it was.
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>

namespace weir {

// The error's `where` is "line:column", counted from 1 in characters: a comment that nobody closes.
Result<std::string> withoutComments(std::string_view text);

} // namespace weir
