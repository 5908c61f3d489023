#include "ui/marks.h"

#include <QPainter>

#include <cmath>
#include <numbers>

namespace weir {
namespace {

// Corners at equal angles from the top; every second at the inner radius where one is given.
QPainterPath corners(int count, qreal radius, qreal innerRadius = 0) {
    const int points = innerRadius > 0 ? 2 * count : count;
    QPolygonF polygon;
    for (int i = 0; i < points; ++i) {
        const qreal angle = 2 * std::numbers::pi * i / points;
        const qreal r = innerRadius > 0 && i % 2 == 1 ? innerRadius : radius;
        polygon << QPointF(r * std::sin(angle), -r * std::cos(angle));
    }
    QPainterPath path;
    path.addPolygon(polygon);
    path.closeSubpath();
    return path;
}

QPainterPath triangle(qreal direction) {
    QPainterPath path;
    path.addPolygon(QPolygonF{{0, -direction * 1.05}, {1.05, direction * 0.8}, {-1.05, direction * 0.8}});
    path.closeSubpath();
    return path;
}

QPainterPath cross() {
    QPainterPath bars;
    bars.addRect(-1.15, -0.32, 2.3, 0.64);
    QPainterPath other;
    other.addRect(-0.32, -1.15, 0.64, 2.3);
    QTransform turn;
    turn.rotate(45);
    return turn.map(bars.united(other));
}

} // namespace

QPainterPath markPath(MarkShape shape) {
    QPainterPath path;
    switch (shape) {
    case MarkShape::Circle:
        path.addEllipse(QPointF(0, 0), 1, 1);
        return path;
    case MarkShape::Square:
        path.addRoundedRect(-0.87, -0.87, 1.74, 1.74, 0.2, 0.2);
        return path;
    case MarkShape::Triangle:
        return triangle(1);
    case MarkShape::Diamond:
        return corners(4, 1.2);
    case MarkShape::Cross:
        return cross();
    case MarkShape::Pentagon:
        return corners(5, 1.1);
    case MarkShape::Star:
        return corners(5, 1.25, 0.55);
    case MarkShape::TriangleDown:
        return triangle(-1);
    }
    Q_UNREACHABLE();
}

void drawMark(QPainter& painter, const Mark& mark, QPointF centre, qreal radius, const QColor& halo) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(centre);
    painter.scale(radius, radius);
    const QPainterPath path = markPath(mark.shape);
    if (halo.isValid())
        painter.strokePath(path, QPen(halo, 2.4 / radius, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(path, mark.colour);
    painter.restore();
}

} // namespace weir
