#include "core/broker/ring_hash.h"

#include "core/broker/murmur2.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath> // round only
#include <string>

namespace weir {
namespace {

std::uint32_t byteAt(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

std::uint32_t fnv1a(std::string_view text) {
    std::uint32_t hash = 0x811C'9DC5;
    for (std::size_t i = 0; i < text.size(); ++i)
        hash = (hash ^ byteAt(text, i)) * 0x0100'0193;
    return hash;
}

constexpr std::array<std::uint32_t, 256> crcTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit)
            rest = rest >> 1 ^ (rest & 1 ? 0xEDB8'8320 : 0);
        table[byte] = rest;
    }
    return table;
}

std::uint32_t crc32(std::string_view text) {
    static constexpr auto table = crcTable();
    std::uint32_t rest = 0xFFFF'FFFF;
    for (std::size_t i = 0; i < text.size(); ++i)
        rest = rest >> 8 ^ table[(rest ^ byteAt(text, i)) & 0xFF];
    return ~rest;
}

// Spreads names that differ in their last digit over the whole ring, whatever their hash.
std::uint32_t placeOf(std::uint32_t hash) {
    hash = (hash ^ hash >> 16) * 0x7FEB'352D;
    hash = (hash ^ hash >> 15) * 0x846C'A68B;
    return hash ^ hash >> 16;
}

} // namespace

// Austin Appleby, public domain.
std::uint32_t murmur3(std::string_view text, std::uint32_t seed) {
    constexpr std::uint32_t first = 0xCC9E'2D51, second = 0x1B87'3593;
    const auto mixed = [&](std::uint32_t block) { return std::rotl(block * first, 15) * second; };
    std::uint32_t hash = seed;
    std::size_t at = 0;
    for (; at + 4 <= text.size(); at += 4) {
        const std::uint32_t block =
            byteAt(text, at) | byteAt(text, at + 1) << 8 | byteAt(text, at + 2) << 16 | byteAt(text, at + 3) << 24;
        hash = std::rotl(hash ^ mixed(block), 13) * 5 + 0xE654'6B64;
    }
    std::uint32_t rest = 0;
    for (std::size_t i = text.size(); i > at; --i)
        rest = rest << 8 | byteAt(text, i - 1);
    if (at < text.size())
        hash ^= mixed(rest);
    hash ^= static_cast<std::uint32_t>(text.size());
    hash = (hash ^ hash >> 16) * 0x85EB'CA6B;
    hash = (hash ^ hash >> 13) * 0xC2B2'AE35;
    return hash ^ hash >> 16;
}

std::uint32_t hashOf(HashName hash, std::string_view text) {
    switch (hash) {
    case HashName::murmur2:
        return static_cast<std::uint32_t>(murmur2(text));
    case HashName::murmur3:
        return murmur3(text, 0);
    case HashName::fnv1a:
        return fnv1a(text);
    case HashName::crc32:
        break;
    }
    return crc32(text);
}

void HashRing::add(HashName hash, std::string_view name, double weight, std::uint32_t owner) {
    if (!(weight > 0))
        return;
    const auto points = std::max(1L, std::lround(weight * pointsPerWeight));
    for (long i = 0; i < points; ++i)
        m_points.push_back({placeOf(hashOf(hash, std::string(name) + '#' + std::to_string(i))), owner});
}

void HashRing::close() {
    std::sort(m_points.begin(), m_points.end());
}

std::size_t HashRing::firstFrom(std::uint32_t hash) const {
    const auto at = std::lower_bound(m_points.begin(), m_points.end(), Point{placeOf(hash), 0});
    return at == m_points.end() ? 0 : static_cast<std::size_t>(at - m_points.begin());
}

} // namespace weir
