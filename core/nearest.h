// The known word nearest to one that somebody mistyped: "did you mean". For verbs, options and keys of files.
// Plain edit distance on bytes; it suggests nothing rather than something far off.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace weir {

// Empty where nothing known is within a third of the word's length (at least one edit, two from four letters on).
std::string nearest(std::string_view word, std::span<const std::string> known);

} // namespace weir
