// Hashes of keys by name, and the ring that they place keys and bindings on: consistent hashing. A binding has points
// on the ring in proportion to its weight; a key belongs to the first point at or behind its hash. So a binding that
// comes takes only its share of the keys, from all others, and one that goes gives back only its own.
#pragma once

#include "core/scenario/routing_spec.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace weir {

// murmur2: Kafka's partitioner; murmur3: x86, 32 bits, seed 0 (Pulsar, Guava); fnv1a: 32 bits; crc32: ISO 3309.
std::uint32_t hashOf(HashName hash, std::string_view text);
// MurmurHash3, x86, 32 bits.
std::uint32_t murmur3(std::string_view text, std::uint32_t seed);

class HashRing {
  public:
    static constexpr int pointsPerWeight = 160; // as in libketama: shares are even within about a tenth

    // Whoever has a weight above 0 gets at least one point. `name` places the points and must not be somebody else's.
    void add(HashName hash, std::string_view name, double weight, std::uint32_t owner);
    void close(); // once all are added
    bool empty() const { return m_points.empty(); }
    // The owner of the first point at or behind `hash` that is wanted; nobody (the largest number) where none is.
    template <class Wanted> std::uint32_t owner(std::uint32_t hash, Wanted wanted) const {
        const std::size_t first = firstFrom(hash);
        for (std::size_t i = 0; i < m_points.size(); ++i)
            if (const Point& point = m_points[(first + i) % m_points.size()]; wanted(point.owner))
                return point.owner;
        return nobody;
    }
    static constexpr std::uint32_t nobody = 0xFFFF'FFFF;

  private:
    struct Point {
        std::uint32_t at;
        std::uint32_t owner;
        bool operator<(const Point& other) const { return at != other.at ? at < other.at : owner < other.owner; }
    };
    std::size_t firstFrom(std::uint32_t hash) const;

    std::vector<Point> m_points;
};

} // namespace weir
