// Hints to the processor: what will be needed soon may be far away. They change nothing but how long it takes.
#pragma once

#include <cstddef>

namespace weir {

constexpr std::size_t cacheLine = 64;

inline void prefetch(const void* address) {
    __builtin_prefetch(address);
}

// So many cache lines of an object, from its first one on.
template <std::size_t lines, class Object> void prefetchLines(const Object& object) {
    static_assert((lines - 1) * cacheLine < sizeof(Object));
    const char* const first = reinterpret_cast<const char*>(&object);
    for (std::size_t line = 0; line < lines; ++line)
        prefetch(first + line * cacheLine);
}

} // namespace weir
