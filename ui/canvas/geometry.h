// Geometry of the canvas as pure functions: how big nodes are, which way edges run between them, where labels find
// room, how the view maps the scene. Beside the widget, so that it is tested without one. Scene units are pixels at
// 100 %. Nothing here paints or knows figures.
#pragma once

#include "core/record/flow_graph.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <vector>

namespace weir {

// --- view ---

struct ViewTransform {
    static constexpr qreal scaleMin = 0.05;
    static constexpr qreal scaleMax = 4;

    qreal scale = 1;
    QPointF offset; // where the scene's origin is in the view

    QPointF toView(QPointF scene) const { return scene * scale + offset; }
    QPointF toScene(QPointF view) const { return (view - offset) / scale; }
    QRectF toView(const QRectF& scene) const { return {toView(scene.topLeft()), scene.size() * scale}; }
    QRectF toScene(const QRectF& view) const { return {toScene(view.topLeft()), view.size() / scale}; }
    // What was under `anchor` (view) stays there.
    ViewTransform zoomed(QPointF anchor, qreal factor) const;
    // The scene's rectangle as large as it goes inside the view's, at most at 100 %.
    static ViewTransform fitted(const QRectF& scene, const QRectF& view);
    bool operator==(const ViewTransform&) const = default;
};

// --- nodes ---

inline constexpr qreal hexagonWidth = 68;
inline constexpr qreal hexagonHeight = 72;
inline constexpr int lanesMax = 4; // of a stream that are drawn one by one

struct NodeMeasure {
    NodeKind kind = NodeKind::service;
    qreal nameWidth = 0; // in the font it is drawn with
    int partitions = 0;  // streams
};
QSizeF nodeSize(const NodeMeasure& measure);
// Pointed at top and bottom.
QPainterPath hexagon(const QRectF& rect);

// --- edges ---

// A way through the scene that is asked for points at equal distances.
class Curve {
  public:
    Curve() = default;
    explicit Curve(const QPainterPath& path);

    const QPainterPath& path() const { return m_path; }
    qreal length() const { return m_length; }
    QPointF at(qreal share) const; // 0..1 of its length
    QPointF end() const { return m_points.empty() ? QPointF() : m_points.back(); }
    QPointF direction(qreal share) const; // of length 1
    QRectF bounds() const { return m_bounds; }
    bool isEmpty() const { return m_points.empty(); }
    // How far the point is from the nearest place on it.
    qreal distance(QPointF point) const;

  private:
    QPainterPath m_path;
    std::vector<QPointF> m_points; // at equal distances
    qreal m_length = 0;
    QRectF m_bounds;
};

// Straight lines through the points with rounded corners.
QPainterPath roundedPath(const std::vector<QPointF>& points, qreal radius);

// One curve an edge. Forwards they are beziers; what runs backwards goes over the top and shares a lane with all that
// come back to the same node; dead letters leave to the right of those who read the queue and go below.
std::vector<Curve> routedEdges(const FlowGraph& topology, const std::vector<QRectF>& boxes);
// From a service back to the queue it reads, under the edge between the two.
Curve returnCurve(const QRectF& service, const QRectF& queue);

// --- labels ---

// A rectangle of that size beside the curve which touches none of the obstacles, as near to the preferred place as
// there is one; null where none is free.
QRectF labelPlace(const Curve& curve, QSizeF size, qreal preferredShare, const std::vector<QRectF>& obstacles);

} // namespace weir
