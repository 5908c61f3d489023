#include "core/record/histogram.h"

#include <algorithm>
#include <cassert>

namespace weir {

Histogram::Octave& Histogram::touch(unsigned octave) {
    m_slots[octave] = static_cast<std::uint8_t>(m_octaves.size());
    m_octaves.reserve(m_octaves.size() + 1); // there are few: no spare room
    return m_octaves.emplace_back(Octave{});
}

void Histogram::addToNew(unsigned octave, std::int64_t value) {
    touch(octave);
    add(value);
}

void Histogram::carry(unsigned bucket) {
    m_carries.push_back(static_cast<std::uint16_t>(bucket));
}

std::uint64_t Histogram::counted(unsigned octave, unsigned sub) const {
    if (m_slots[octave] == noSlot)
        return 0;
    const auto carries = std::count(m_carries.begin(), m_carries.end(), octave * subBuckets + sub);
    return (static_cast<std::uint64_t>(carries) << 32) + m_octaves[m_slots[octave]][sub];
}

void Histogram::merge(const Histogram& other) {
    for (unsigned octave = 0; octave < octaveCount; ++octave) {
        if (other.m_slots[octave] == noSlot)
            continue;
        const Octave& theirs = other.m_octaves[other.m_slots[octave]];
        Octave& ours = m_slots[octave] == noSlot ? touch(octave) : m_octaves[m_slots[octave]];
        for (unsigned sub = 0; sub < subBuckets; ++sub) {
            ours[sub] += theirs[sub];
            if (ours[sub] < theirs[sub])
                carry(octave * subBuckets + sub);
        }
    }
    m_carries.insert(m_carries.end(), other.m_carries.begin(), other.m_carries.end());
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_min = std::min(m_min, other.m_min);
    m_max = std::max(m_max, other.m_max);
}

std::optional<double> Histogram::mean() const {
    if (m_count == 0)
        return std::nullopt;
    return static_cast<double>(m_sum) / static_cast<double>(m_count);
}

std::optional<std::int64_t> Histogram::min() const {
    return m_count == 0 ? std::nullopt : std::optional(m_min);
}

std::optional<std::int64_t> Histogram::max() const {
    return m_count == 0 ? std::nullopt : std::optional(m_max);
}

std::optional<double> Histogram::quantile(double fraction) const {
    assert(fraction >= 0 && fraction <= 1);
    if (m_count == 0)
        return std::nullopt;
    // ceil() without the C library; the small difference keeps 0.07 * 100 from becoming rank 8.
    const double exact = fraction * static_cast<double>(m_count) - 1e-9;
    auto rank = static_cast<std::uint64_t>(exact < 0 ? 0 : exact);
    rank += static_cast<double>(rank) < exact ? 1 : 0;
    rank = std::clamp<std::uint64_t>(rank, 1, m_count);
    std::uint64_t below = 0;
    for (unsigned octave = 0; octave < octaveCount; ++octave) {
        if (m_slots[octave] == noSlot)
            continue;
        for (unsigned sub = 0; sub < subBuckets; ++sub) {
            below += counted(octave, sub);
            if (below < rank)
                continue;
            const unsigned shift = octave == 0 ? 0 : octave - 1;
            const std::uint64_t low = (octave == 0 ? std::uint64_t{sub} : std::uint64_t{sub} + subBuckets) << shift;
            const double midpoint = static_cast<double>(low) + static_cast<double>((std::uint64_t{1} << shift) - 1) / 2;
            return std::clamp(midpoint, static_cast<double>(m_min), static_cast<double>(m_max));
        }
    }
    return static_cast<double>(m_max);
}

bool Histogram::operator==(const Histogram& other) const {
    if (m_count != other.m_count || m_sum != other.m_sum || m_min != other.m_min || m_max != other.m_max)
        return false;
    for (unsigned octave = 0; octave < octaveCount; ++octave)
        for (unsigned sub = 0; sub < subBuckets; ++sub)
            if (counted(octave, sub) != other.counted(octave, sub))
                return false;
    return true;
}

} // namespace weir
