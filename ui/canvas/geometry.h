// Geometry of the canvas as pure functions: how the view maps the scene, how big nodes are, what a curve is. Beside the
// widget, so that it is tested without one. Scene units are pixels at 100 %. Which way edges run is in routes.h, where
// labels find room in label_places.h. Nothing here paints or knows figures.
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
    const std::vector<QPointF>& points() const { return m_points; }
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

} // namespace weir
