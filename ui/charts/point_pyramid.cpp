#include "ui/charts/point_pyramid.h"

#include <algorithm>
#include <cassert>

namespace weir {

void PointPyramid::Stretch::add(const Stretch& other) {
    if (other.low < low || (other.low == low && other.at.lowest < at.lowest)) {
        low = other.low;
        at.lowest = other.at.lowest;
    }
    if (other.high > high || (other.high == high && other.at.highest < at.highest)) {
        high = other.high;
        at.highest = other.at.highest;
    }
}

PointPyramid::Stretch PointPyramid::stretch(std::size_t level, qsizetype place) const {
    if (level > 0)
        return m_levels[level - 1][static_cast<std::size_t>(place)];
    const qreal y = m_points.at(place).y();
    return {y, y, {place, place}};
}

PointPyramid::PointPyramid(const QList<QPointF>& points) : m_points(points) {
    for (qsizetype count = m_points.size(); count > fan;) {
        const std::size_t below = m_levels.size();
        std::vector<Stretch> made;
        made.reserve(static_cast<std::size_t>((count + fan - 1) / fan));
        for (qsizetype begin = 0; begin < count; begin += fan) {
            Stretch all = stretch(below, begin);
            for (qsizetype i = begin + 1; i < std::min(count, begin + fan); ++i)
                all.add(stretch(below, i));
            made.push_back(all);
        }
        count = static_cast<qsizetype>(made.size());
        m_levels.push_back(std::move(made));
    }
}

PointPyramid::Extremes PointPyramid::extremes(qsizetype begin, qsizetype end) const {
    assert(begin < end);
    Stretch all = stretch(0, begin);
    // What no whole stretch of the next level covers is looked at one by one, then the same a level up.
    for (std::size_t level = 0; begin < end; ++level) {
        const bool top = level == m_levels.size();
        for (; begin < end && (top || begin % fan != 0); ++begin)
            all.add(stretch(level, begin));
        for (; begin < end && end % fan != 0; --end)
            all.add(stretch(level, end - 1));
        begin /= fan;
        end /= fan;
    }
    return all.at;
}

} // namespace weir
