// Draws an event type's Mark at any size. One drawing for canvas, trace, outline and legends, so that a sign means the
// same everywhere. Shapes are of equal visual weight: a mark of size 5 fits a circle of radius about 5.
#pragma once

#include "ui/theme.h"

#include <QPainterPath>

class QPainter;

namespace weir {

// The outline around (0, 0) for a radius of 1; Cross is closed too, so every shape can be filled.
QPainterPath markPath(MarkShape shape);

// `halo` separates a mark from what lies under it (the canvas colour); an invalid colour draws none.
void drawMark(QPainter& painter, const Mark& mark, QPointF centre, qreal radius, const QColor& halo = {});

} // namespace weir
