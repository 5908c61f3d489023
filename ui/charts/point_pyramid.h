// PointPyramid: the points of a line with the lowest and the highest of every sixteen, of every sixteen of these and so
// on, so that the extremes of any stretch are found without looking at all of it: a frame of a chart costs its pixel
// columns, not its points. Made once for points that stay.
#pragma once

#include <QList>
#include <QPointF>

#include <vector>

namespace weir {

class PointPyramid {
  public:
    struct Extremes { // places of points
        qsizetype lowest = 0, highest = 0;
        bool operator==(const Extremes&) const = default;
    };

    PointPyramid() = default;
    explicit PointPyramid(const QList<QPointF>& points); // ascending in x

    const QList<QPointF>& points() const { return m_points; }
    bool isOf(const QList<QPointF>& points) const { return m_points.isSharedWith(points); }
    // Of [begin, end), which is not empty: the first of the lowest and the first of the highest.
    Extremes extremes(qsizetype begin, qsizetype end) const;

  private:
    static constexpr qsizetype fan = 16;
    struct Stretch {
        qreal low = 0, high = 0;
        Extremes at;
        void add(const Stretch& other);
    };
    Stretch stretch(std::size_t level, qsizetype place) const;

    QList<QPointF> m_points;
    std::vector<std::vector<Stretch>> m_levels; // the first is of `fan` points each
};

} // namespace weir
