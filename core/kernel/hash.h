// Hashes that are part of the results: the same on every machine, for ever. Names of random streams and fingerprints
// are made of them. Not for use against an adversary.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace weir {

// A bijection of 64 bits in which every input bit changes every output bit with probability 1/2.
constexpr std::uint64_t mix64(std::uint64_t bits) {
    bits ^= std::rotr(bits, 49) ^ std::rotr(bits, 24);
    bits *= 0x9FB21C651E98DF25u;
    bits ^= bits >> 28;
    bits *= 0x9FB21C651E98DF25u;
    return bits ^ bits >> 28;
}

// The 128 bits of left * right, folded into 64.
constexpr std::uint64_t foldedProduct(std::uint64_t left, std::uint64_t right) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(left) * right;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Eight bytes, least significant first, whatever the machine's order; missing ones count as zero.
inline std::uint64_t littleEndian64(const char* bytes, std::size_t count) {
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&word, bytes, count);
    } else {
        for (std::size_t i = 0; i < count; ++i)
            word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return word;
}

// `from` chains: the hash of what came before, or 0.
inline std::uint64_t hash64(std::string_view text, std::uint64_t from = 0) {
    constexpr std::uint64_t factor = 0xD1B54A32D192ED03u;
    std::uint64_t hash = mix64(from + text.size() + 0x9E3779B97F4A7C15u);
    while (text.size() >= 8) {
        hash = foldedProduct(hash ^ littleEndian64(text.data(), 8), factor);
        text.remove_prefix(8);
    }
    if (!text.empty())
        hash = foldedProduct(hash ^ littleEndian64(text.data(), text.size()), factor);
    return mix64(hash);
}

} // namespace weir
