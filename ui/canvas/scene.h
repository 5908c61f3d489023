// Scene: what the canvas shows, placed: nodes with their boxes and faces, edges with their curves, faces and labels.
// A plain value in scene coordinates; ScenePainter draws it, Canvas fills it. It knows no view and no run.
#pragma once

#include "ui/canvas/faces.h"
#include "ui/canvas/geometry.h"
#include "ui/canvas/layout.h"

#include <QString>

#include <optional>
#include <vector>

namespace weir {

struct Scene {
    static constexpr std::size_t labelsMax = 400; // edges: beyond that rates are told by the pointer only

    FlowGraph topology;
    std::vector<QString> names;
    std::vector<QSizeF> sizes;
    std::vector<QRectF> boxes; // empty until there is a layout
    std::vector<NodeFace> faces;
    std::vector<Curve> curves;  // by edge
    std::vector<Curve> returns; // by edge; empty but for those that deliver from a queue
    std::vector<EdgeFace> edgeFaces;
    std::vector<QRectF> labels; // by edge; null: none
    std::optional<std::size_t> selected;

    bool placed() const { return !boxes.empty() && boxes.size() == names.size(); }
    QRectF bounds() const;
    std::optional<std::size_t> nodeAt(QPointF point) const;
    // The edge within `reach` of the point, the nearest one.
    std::optional<std::size_t> edgeAt(QPointF point, qreal reach) const;

    void place(const Positions& positions); // boxes, and all that follows from them
    void route();                           // curves and labels, after boxes moved
    void setTopology(FlowGraph next, const Theme& theme, const std::vector<int>& partitions);
};

enum class Direction { Left, Right, Up, Down };
// The next node in a direction: near and straight ahead, rather one that is tied to it; nothing where there is none.
std::optional<std::size_t> neighbour(const Scene& scene, std::size_t from, Direction direction);

} // namespace weir
