// Hashes that are the same on every machine and in every build: of an integer and of text. Fingerprints and partitions
// are built on them. Not for secrets.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir {

// A bijection whose every output bit depends on every input bit (the finalizer of SplitMix64, variant 13 by D.
// Stafford).
constexpr std::uint64_t mix64(std::uint64_t number) {
    number ^= number >> 30;
    number *= 0xbf58476d1ce4e5b9ULL;
    number ^= number >> 27;
    number *= 0x94d049bb133111ebULL;
    number ^= number >> 31;
    return number;
}

// Bytewise FNV-1a, then mixed. For names: short texts, off the hot path.
constexpr std::uint64_t hash64(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    return mix64(hash ^ text.size());
}

} // namespace weir
