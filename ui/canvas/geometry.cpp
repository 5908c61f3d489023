#include "ui/canvas/geometry.h"

#include <QLineF>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace weir {

ViewTransform ViewTransform::zoomed(QPointF anchor, qreal factor) const {
    const QPointF held = toScene(anchor);
    ViewTransform next{std::clamp(scale * factor, scaleMin, scaleMax), {}};
    next.offset = anchor - held * next.scale;
    return next;
}

ViewTransform ViewTransform::fitted(const QRectF& scene, const QRectF& view) {
    if (scene.isEmpty() || view.isEmpty())
        return {1, view.center()};
    const qreal scale =
        std::clamp(std::min(view.width() / scene.width(), view.height() / scene.height()), scaleMin, qreal(1));
    return {scale, view.center() - scene.center() * scale};
}

QSizeF nodeSize(const NodeMeasure& measure) {
    switch (measure.kind) {
    case NodeKind::service:
        return {std::clamp<qreal>(std::ceil(measure.nameWidth) + 70, 172, 240), 66};
    case NodeKind::exchange:
    case NodeKind::topic:
        return {hexagonWidth, hexagonHeight}; // a longer name stands below it
    case NodeKind::queue:
        return {std::clamp<qreal>(std::ceil(measure.nameWidth) + 76, 142, 220), 44};
    case NodeKind::stream: {
        const int lanes = std::clamp(measure.partitions, 1, lanesMax);
        const qreal more = measure.partitions > lanesMax ? 12 : 0;
        return {std::clamp<qreal>(std::ceil(measure.nameWidth) + 84, 164, 240), 34.0 + lanes * 14 + more};
    }
    }
    return {};
}

QPainterPath hexagon(const QRectF& rect) {
    const qreal quarter = rect.height() / 4;
    QPainterPath path;
    path.addPolygon(QPolygonF{{rect.center().x(), rect.top()},
                              {rect.right(), rect.top() + quarter},
                              {rect.right(), rect.bottom() - quarter},
                              {rect.center().x(), rect.bottom()},
                              {rect.left(), rect.bottom() - quarter},
                              {rect.left(), rect.top() + quarter}});
    path.closeSubpath();
    return path;
}

Curve::Curve(const QPainterPath& path) : m_path(path), m_bounds(path.boundingRect()) {
    const QPolygonF flat = path.toSubpathPolygons().value(0);
    if (flat.size() < 2)
        return;
    std::vector<qreal> reached{0};
    for (int i = 1; i < flat.size(); ++i)
        reached.push_back(reached.back() + QLineF(flat[i - 1], flat[i]).length());
    m_length = reached.back();
    const int steps = std::clamp(static_cast<int>(m_length / 5), 8, 256);
    std::size_t at = 1;
    for (int step = 0; step <= steps; ++step) {
        const qreal wanted = m_length * step / steps;
        while (at + 1 < reached.size() && reached[at] < wanted)
            ++at;
        const qreal span = reached[at] - reached[at - 1];
        const qreal share = span > 0 ? std::clamp<qreal>((wanted - reached[at - 1]) / span, 0, 1) : 0;
        const int after = static_cast<int>(at);
        m_points.push_back(flat[after - 1] + (flat[after] - flat[after - 1]) * share);
    }
}

QPointF Curve::at(qreal share) const {
    if (m_points.empty())
        return {};
    const qreal place = std::clamp<qreal>(share, 0, 1) * static_cast<qreal>(m_points.size() - 1);
    const auto before = static_cast<std::size_t>(place);
    if (before + 1 >= m_points.size())
        return m_points.back();
    return m_points[before] + (m_points[before + 1] - m_points[before]) * (place - static_cast<qreal>(before));
}

QPointF Curve::direction(qreal share) const {
    const QPointF span = at(std::min<qreal>(1, share + 0.02)) - at(std::max<qreal>(0, share - 0.02));
    const qreal size = std::hypot(span.x(), span.y());
    return size > 0 ? span / size : QPointF(1, 0);
}

qreal Curve::distance(QPointF point) const {
    qreal nearest = std::numeric_limits<qreal>::max();
    for (std::size_t i = 1; i < m_points.size(); ++i) {
        const QPointF along = m_points[i] - m_points[i - 1];
        const qreal square = QPointF::dotProduct(along, along);
        const qreal share =
            square > 0 ? std::clamp<qreal>(QPointF::dotProduct(point - m_points[i - 1], along) / square, 0, 1) : 0;
        nearest = std::min(nearest, QLineF(point, m_points[i - 1] + along * share).length());
    }
    return nearest;
}

QPainterPath roundedPath(const std::vector<QPointF>& points, qreal radius) {
    if (points.empty())
        return {};
    QPainterPath path(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(points[i], points[i - 1]);
        const QLineF out(points[i], points[i + 1]);
        const qreal room =
            std::min({radius, in.length() / (i == 1 ? 1 : 2), out.length() / (i + 2 == points.size() ? 1 : 2)});
        if (room <= 0) {
            path.lineTo(points[i]);
            continue;
        }
        path.lineTo(in.pointAt(room / in.length()));
        path.quadTo(points[i], out.pointAt(room / out.length()));
    }
    path.lineTo(points.back());
    return path;
}

} // namespace weir
