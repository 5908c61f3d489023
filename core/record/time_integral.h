// TimeIntegral: a whole number that changes in time, its maximum and its exact time integral since the last reset.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <optional>

namespace weir {

class TimeIntegral {
  public:
    __extension__ using Wide = __int128;

    void change(SimTime now, std::int64_t by) { set(now, m_level + by); }
    void set(SimTime now, std::int64_t level) {
        m_area += static_cast<Wide>(m_level) * (now - m_since).count();
        m_since = now;
        m_level = level;
        m_max = level > m_max ? level : m_max;
    }
    // The level stays; what was before is forgotten.
    void reset(SimTime now) {
        m_area = 0;
        m_since = now;
        m_start = now;
        m_max = m_level;
    }

    std::int64_t level() const { return m_level; }
    std::int64_t max() const { return m_max; }
    // Level times nanoseconds from the last reset until now.
    Wide area(SimTime now) const { return m_area + static_cast<Wide>(m_level) * (now - m_since).count(); }
    // Nothing where no time has passed.
    std::optional<double> mean(SimTime now) const {
        if (now <= m_start)
            return std::nullopt;
        return static_cast<double>(area(now)) / static_cast<double>((now - m_start).count());
    }
    bool operator==(const TimeIntegral&) const = default;

  private:
    std::int64_t m_level = 0;
    std::int64_t m_max = 0;
    SimTime m_since;
    SimTime m_start;
    Wide m_area = 0;
};

} // namespace weir
