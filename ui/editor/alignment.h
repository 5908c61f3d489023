// Alignment: where nodes go when they are lined up, spread evenly or dragged near to where they would line up. Pure
// functions over boxes in scene units; they move nothing.
#pragma once

#include <QLineF>
#include <QPointF>
#include <QRectF>

#include <vector>

namespace weir {

enum class Alignment { Left, Centre, Right, Top, Middle, Bottom };
// The new centres. Edges line up with the outermost box, centres with the middle of all.
std::vector<QPointF> aligned(const std::vector<QRectF>& boxes, Alignment alignment);

// The new centres with equal gaps in between; the outermost two stay.
std::vector<QPointF> distributed(const std::vector<QRectF>& boxes, Qt::Orientation direction);

inline constexpr qreal gridStep = 4;
QPointF onGrid(QPointF point);

// The shortest way, along one axis, for a box to stand free of all others with a gap to each; none where it does already.
QPointF shiftToRoom(const QRectF& box, const std::vector<QRectF>& taken);

struct Snap {
    QPointF centre;            // of the box that is dragged
    std::vector<QLineF> guides; // along what it lines up with, as far as both reach
};
// A box that is dragged to `wanted` (its centre) lines up with another's edges or centres within `reach`; else it keeps
// to the grid.
Snap snapped(QSizeF size, QPointF wanted, const std::vector<QRectF>& others, qreal reach);

} // namespace weir
