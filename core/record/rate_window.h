// RateWindow: how often something happened lately, in simulated time: counts in 20 buckets of half a second. The rate
// is what the window holds by the time it covers (9.5 to 10 s, or since the start where that is less).
#pragma once

#include "core/units.h"

#include <array>
#include <cstdint>

namespace weir {

class RateWindow {
  public:
    static constexpr std::int64_t bucketCount = 20;
    static constexpr Duration bucketWidth = 500ms;

    static std::int64_t bucketOf(SimTime time) { return time.time_since_epoch() / bucketWidth; }

    void add(std::int64_t bucket) {
        if (bucket != m_newest)
            advance(bucket);
        ++m_counts[static_cast<std::size_t>(bucket % bucketCount)];
    }
    double perSecond(SimTime now) const {
        const std::int64_t newest = bucketOf(now);
        std::uint64_t count = 0;
        for (std::int64_t bucket = newest - bucketCount + 1; bucket <= newest; ++bucket)
            if (bucket >= 0 && bucket <= m_newest && bucket > m_newest - bucketCount)
                count += m_counts[static_cast<std::size_t>(bucket % bucketCount)];
        const std::int64_t first = newest - bucketCount + 1;
        const SimTime since = first <= 0 ? SimTime{} : SimTime{first * bucketWidth};
        const double covered = seconds(now - since);
        return covered > 0 ? static_cast<double>(count) / covered : 0;
    }
    bool operator==(const RateWindow&) const = default;

  private:
    void advance(std::int64_t bucket) {
        if (bucket - m_newest >= bucketCount)
            m_counts.fill(0);
        else
            while (m_newest < bucket)
                m_counts[static_cast<std::size_t>(++m_newest % bucketCount)] = 0;
        m_newest = bucket;
    }

    std::int64_t m_newest = 0;
    std::array<std::uint32_t, bucketCount> m_counts{};
};

} // namespace weir
