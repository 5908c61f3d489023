// Finding: what check() has to say about a scenario. A plain value, so that the command line, the window and tests tell
// the same. The text is English; who speaks another language makes a sentence of its own from `code` and `arguments`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

enum class Severity : std::uint8_t { error, warning, note };
std::string_view name(Severity severity); // "error" ...

struct Finding {
    Severity severity = Severity::note;
    std::string code;                   // "overload"; stable
    std::string where;                  // JSON pointer into the scenario file
    std::string text;                   // one sentence: what is wrong, and how to mend it
    std::vector<std::string> names;     // the nodes concerned: services and channels
    std::vector<std::string> arguments; // the words and figures of the text, in its order
    bool operator==(const Finding&) const = default;
};

} // namespace weir
