#include "core/broker/murmur2.h"

#include <bit>
#include <cassert>

namespace weir {

std::int32_t murmur2(std::string_view bytes) {
    constexpr std::uint32_t seed = 0x9747b28c;
    constexpr std::uint32_t mix = 0x5bd1e995;
    const auto byte = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(bytes[at])}; };

    std::uint32_t hash = seed ^ static_cast<std::uint32_t>(bytes.size());
    std::size_t at = 0;
    for (; at + 4 <= bytes.size(); at += 4) { // little-endian words, whatever the machine
        std::uint32_t word = byte(at) | byte(at + 1) << 8 | byte(at + 2) << 16 | byte(at + 3) << 24;
        word *= mix;
        word ^= word >> 24;
        word *= mix;
        hash = (hash * mix) ^ word;
    }
    if (at < bytes.size()) {
        for (std::size_t rest = bytes.size() - at; rest > 0; --rest)
            hash ^= byte(at + rest - 1) << (8 * (rest - 1));
        hash *= mix;
    }
    hash ^= hash >> 13;
    hash *= mix;
    hash ^= hash >> 15;
    return std::bit_cast<std::int32_t>(hash);
}

std::int32_t keyedPartition(std::string_view key, std::int32_t partitions) {
    assert(partitions >= 1);
    return (murmur2(key) & 0x7fffffff) % partitions;
}

} // namespace weir
