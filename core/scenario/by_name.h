// A scenario's elements by their names: in the order of the names, in which handles are given, and as JSON pointers, as
// errors name them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

template <class Spec> std::vector<const Spec*> byName(const std::vector<Spec>& specs) {
    std::vector<const Spec*> sorted;
    for (const Spec& spec : specs)
        sorted.push_back(&spec);
    std::sort(sorted.begin(), sorted.end(),
              [](const Spec* left, const Spec* right) { return left->name < right->name; });
    return sorted;
}

// "/channels" and "a/b" make "/channels/a~1b" (RFC 6901).
inline std::string elementPointer(std::string_view base, std::string_view name) {
    std::string text(base);
    text += '/';
    for (const char c : name)
        text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return text;
}

} // namespace weir
