// ScenePainter: draws a Scene's ground, frames, edges and, by NodePainter, nodes in the theme's colours, whole or only
// what meets a rectangle. Small scales leave out what could not be read. It draws faces and decides nothing about
// figures; dots on their way are not its business.
#pragma once

#include "ui/canvas/node_painter.h"

#include <cstdint>

class QPainter;

namespace weir {

class ScenePainter {
  public:
    ScenePainter(const Theme& theme, qreal scale, qreal density)
        : m_theme(theme), m_scale(scale), m_nodes(theme, scale, density) {}

    // The painter is transformed so that it takes scene coordinates.
    void paint(QPainter& painter, const Scene& scene, const QRectF& clip);
    enum class Stroke : std::uint8_t { solid, dashed, dotted };
    void paintEdge(QPainter& painter, const Curve& curve, const QColor& colour, qreal width, Stroke stroke) const;

    static constexpr qreal labelScaleMin = 0.5;   // of rates
    static constexpr qreal detailScaleMin = 0.22; // of arrowheads

  private:
    static constexpr qreal dimmed = 0.28; // what a highlighted path did not touch

    void paintGround(QPainter& painter, const QRectF& clip) const;
    void paintEdges(QPainter& painter, const Scene& scene, const QRectF& near) const;
    void paintRiver(QPainter& painter, const Curve& curve, bool danger, qreal width) const;
    void paintLabels(QPainter& painter, const Scene& scene, const QRectF& near) const;
    void paintLabel(QPainter& painter, const QRectF& rect, int rate, bool danger) const;
    void paintSteps(QPainter& painter, const Scene& scene, const QRectF& near) const;

    const Theme& m_theme;
    qreal m_scale;
    NodePainter m_nodes;
};

} // namespace weir
