// Histogram: counts of nanoseconds in log-linear buckets, 64 to an octave, so that a bucket's midpoint is within 0.8 %
// of everything in it and whole numbers below 128 are exact. Mergeable and copyable; only octaves that were touched
// take room (256 bytes each). Count, sum, minimum and maximum are exact. Below zero counts as zero.
#pragma once

#include "core/kernel/prefetch.h"

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

class alignas(64) Histogram { // what each value touches lies in two cache lines
  public:
    __extension__ using Wide = __int128;

    void add(std::int64_t value) {
        const auto [number, octave, sub] = bucketOf(value);
        const unsigned slot = m_slots[octave];
        if (slot == noSlot) [[unlikely]] {
            addToNew(octave, value);
            return;
        }
        ++m_count;
        m_sum += number;
        const auto counted = static_cast<std::int64_t>(number);
        m_min = counted < m_min ? counted : m_min;
        m_max = counted > m_max ? counted : m_max;
        if (++m_octaves[slot][sub] == 0) [[unlikely]]
            carry(octave * subBuckets + sub);
    }
    // Hints that such a value will be added soon, once the histogram itself is near.
    void foresee(std::int64_t value) const {
        const auto [number, octave, sub] = bucketOf(value);
        if (const unsigned slot = m_slots[octave]; slot != noSlot)
            prefetch(&m_octaves[slot][sub]);
    }
    void merge(const Histogram& other);
    void clear() { *this = Histogram(); }

    std::uint64_t count() const { return m_count; }
    Wide sum() const { return m_sum; }
    std::optional<double> mean() const;
    std::optional<std::int64_t> min() const;
    std::optional<std::int64_t> max() const;
    // The value of rank max(1, ceil(fraction * count)) in ascending order: the midpoint of its bucket, never outside
    // [min, max]. Nothing where nothing was counted. fraction is within [0, 1].
    std::optional<double> quantile(double fraction) const;

    // visit(low, width, count) for every bucket that holds something, in ascending order; it covers [low, low + width).
    template <class Visit> void forEachBucket(Visit visit) const {
        for (unsigned octave = 0; octave < octaveCount; ++octave)
            for (unsigned sub = 0; m_slots[octave] != noSlot && sub < subBuckets; ++sub)
                if (const std::uint64_t count = counted(octave, sub); count > 0) {
                    const unsigned shift = octave == 0 ? 0 : octave - 1;
                    const std::uint64_t first = octave == 0 ? std::uint64_t{sub} : std::uint64_t{sub} + subBuckets;
                    visit(first << shift, std::uint64_t{1} << shift, count);
                }
    }

    std::size_t memoryBytes() const {
        return m_octaves.capacity() * sizeof(Octave) + m_carries.capacity() * sizeof(std::uint16_t);
    }
    bool operator==(const Histogram& other) const; // the same counts, whatever the order of arrival

  private:
    static constexpr unsigned subBuckets = 64;
    static constexpr unsigned octaveCount = 58; // up to 2^63 - 1
    static constexpr std::uint8_t noSlot = 0xFF;
    using Octave = std::array<std::uint32_t, subBuckets>;
    static constexpr std::array<std::uint8_t, octaveCount> untouched() {
        std::array<std::uint8_t, octaveCount> slots{};
        slots.fill(noSlot);
        return slots;
    }
    struct Bucket {
        std::uint64_t number; // the value as it is counted
        unsigned octave, sub;
    };
    // Octave 0 holds 0..63, octave k from 1 holds [2^(k+5), 2^(k+6)).
    static Bucket bucketOf(std::int64_t value) {
        const std::uint64_t number = value < 0 ? 0 : static_cast<std::uint64_t>(value);
        const unsigned octave = number < subBuckets ? 0 : static_cast<unsigned>(std::bit_width(number)) - 6;
        return {number, octave, static_cast<unsigned>(octave == 0 ? number : (number >> (octave - 1)) - subBuckets)};
    }
    Octave& touch(unsigned octave);
    void addToNew(unsigned octave, std::int64_t value);
    void carry(unsigned bucket);
    std::uint64_t counted(unsigned octave, unsigned sub) const;

    std::array<std::uint8_t, octaveCount> m_slots = untouched(); // octave -> its place in m_octaves
    std::vector<Octave> m_octaves;                               // in the order in which they were touched
    std::uint64_t m_count = 0;
    Wide m_sum = 0;
    std::int64_t m_min = INT64_MAX;
    std::int64_t m_max = 0;
    std::vector<std::uint16_t> m_carries; // buckets that went past 2^32, once for each time
};

} // namespace weir
