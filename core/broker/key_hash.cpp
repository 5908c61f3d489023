#include "core/broker/key_hash.h"

#include "core/broker/murmur2.h"

#include <array>

namespace weir {
namespace {

constexpr std::array<std::uint32_t, 256> crcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit)
            rest = (rest >> 1U) ^ ((rest & 1U) != 0 ? 0xEDB8'8320U : 0U);
        table[byte] = rest;
    }
    return table;
}();

std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xFFFF'FFFFU;
    for (const char byte : bytes)
        crc = (crc >> 8U) ^ crcTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFFU];
    return ~crc;
}

std::uint32_t fnv1a(std::string_view bytes) {
    std::uint32_t hash = 0x811C'9DC5U;
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x0100'0193U;
    return hash;
}

} // namespace

std::uint32_t partitionOfKey(KeyHash hash, std::string_view key, std::uint32_t partitions) {
    switch (hash) {
    case KeyHash::murmur2:
        break;
    case KeyHash::crc32:
        return crc32(key) % partitions;
    case KeyHash::fnv1a:
        return fnv1a(key) % partitions;
    }
    return static_cast<std::uint32_t>(keyedPartition(key, static_cast<std::int32_t>(partitions)));
}

} // namespace weir
