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

    // A bucket and its place among those that are kept: whoever adds to many windows works it out once.
    struct Bucket {
        std::int64_t number = 0;
        std::size_t place = 0;
        bool operator==(const Bucket&) const = default;
    };

    static Bucket bucketOf(SimTime time) {
        const std::int64_t number = time.time_since_epoch() / bucketWidth;
        return {number, static_cast<std::size_t>(number % bucketCount)};
    }

    void add(const Bucket& bucket) {
        if (bucket.number == m_newest)
            ++m_counts[bucket.place];
        else
            addToOther(bucket);
    }
    double perSecond(SimTime now) const {
        const std::int64_t newest = bucketOf(now).number;
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
    [[gnu::noinline]] void addToOther(const Bucket& bucket) { // seldom: kept out of what each event runs through
        if (bucket.number - m_newest >= bucketCount)
            m_counts.fill(0);
        else
            while (m_newest < bucket.number)
                m_counts[static_cast<std::size_t>(++m_newest % bucketCount)] = 0;
        m_newest = bucket.number;
        ++m_counts[bucket.place];
    }

    std::int64_t m_newest = 0;
    std::array<std::uint32_t, bucketCount> m_counts{};
};

} // namespace weir
