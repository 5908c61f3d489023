#include "core/record/summary.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace weir {

void Summary::add(double observation) {
    ++m_count;
    const double distance = observation - m_mean;
    m_mean += distance / static_cast<double>(m_count);
    m_squares += distance * (observation - m_mean);
}

std::optional<double> Summary::mean() const {
    return m_count > 0 ? std::optional(m_mean) : std::nullopt;
}

std::optional<double> Summary::ci95() const {
    if (m_count < 2)
        return std::nullopt;
    const auto count = static_cast<double>(m_count);
    return studentT975(m_count - 1) * std::sqrt(m_squares / (count - 1) / count);
}

double Summary::studentT975(std::uint64_t freedom) {
    assert(freedom > 0);
    static constexpr std::array table{12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
                                      2.2010,  2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
                                      2.0796,  2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423};
    if (freedom <= table.size())
        return table[freedom - 1];
    // Beyond, the quantile is all but linear in 1 / freedom: 1.95996 in the limit.
    struct Point {
        double freedom, value;
    };
    static constexpr std::array points{Point{30, 2.0423}, Point{40, 2.0211}, Point{60, 2.0003}, Point{120, 1.9799}};
    const auto exact = static_cast<double>(freedom);
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (exact > points[i].freedom)
            continue;
        const Point& low = points[i - 1];
        const Point& high = points[i];
        const double share = (1 / low.freedom - 1 / exact) / (1 / low.freedom - 1 / high.freedom);
        return low.value + share * (high.value - low.value);
    }
    return 1.95996 + (1.9799 - 1.95996) * 120 / exact;
}

} // namespace weir
