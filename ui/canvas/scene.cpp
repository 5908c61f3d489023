#include "ui/canvas/scene.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace weir {
namespace {

constexpr QSizeF labelSize(44, 13);

// Deliveries follow their routes: only where one channel feeds several services do they tell something new.
bool labelled(const FlowGraph& topology, const GraphEdge& edge) {
    if (edge.kind != EdgeKind::deliver)
        return true;
    return std::count_if(topology.edges().begin(), topology.edges().end(), [&edge](const GraphEdge& other) {
               return other.kind == EdgeKind::deliver && other.from == edge.from;
           }) > 1;
}

qreal preferredShare(const Scene& scene, const GraphEdge& edge) {
    if (edge.kind == EdgeKind::deadLetter)
        return 0.85; // near the place where they end up
    const bool back = scene.boxes[edge.to].left() < scene.boxes[edge.from].right();
    if (back) // on its own part, before it joins the others
        return std::min(0.5,
                        22 / std::max<qreal>(1, scene.curves[scene.topology.edge(edge).value_or(0)].length()) + 0.04);
    const NodeKind from = scene.topology.nodes()[edge.from].kind;
    return from == NodeKind::exchange || from == NodeKind::topic ? 0.74 : 0.5; // past the bundle
}

} // namespace

QRectF Scene::bounds() const {
    QRectF all;
    for (const QRectF& box : boxes)
        all |= box;
    for (const Curve& curve : curves)
        all |= curve.bounds();
    return all;
}

std::optional<std::size_t> Scene::nodeAt(QPointF point) const {
    for (std::size_t i = boxes.size(); i-- > 0;)
        if (boxes[i].contains(point))
            return i;
    return std::nullopt;
}

std::optional<std::size_t> Scene::edgeAt(QPointF point, qreal reach) const {
    std::optional<std::size_t> nearest;
    qreal best = reach;
    for (std::size_t i = 0; i < curves.size(); ++i) {
        if (!curves[i].bounds().adjusted(-reach, -reach, reach, reach).contains(point))
            continue;
        if (const qreal distance = curves[i].distance(point); distance <= best) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

void Scene::place(const Positions& positions) {
    boxes.clear();
    for (std::size_t i = 0; i < positions.size(); ++i)
        boxes.emplace_back(positions[i] - QPointF(sizes[i].width() / 2, sizes[i].height() / 2), sizes[i]);
    route();
}

void Scene::route() {
    const std::vector<GraphEdge>& edges = topology.edges();
    curves = routedEdges(topology, boxes);
    returns.assign(edges.size(), {});
    for (std::size_t i = 0; i < edges.size(); ++i)
        if (edges[i].kind == EdgeKind::deliver)
            returns[i] = returnCurve(boxes[edges[i].to], boxes[edges[i].from]);
    labels.assign(edges.size(), {});
    if (edges.size() > labelsMax)
        return;
    std::vector<QRectF> obstacles;
    for (const QRectF& box : boxes)
        obstacles.push_back(box.adjusted(-2, -2, 2, 2));
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (!labelled(topology, edges[i]))
            continue;
        labels[i] = labelPlace(curves[i], labelSize, preferredShare(*this, edges[i]), obstacles);
        if (!labels[i].isNull())
            obstacles.push_back(labels[i].adjusted(-2, -2, 2, 2));
    }
}

void Scene::setTopology(FlowGraph next, const Theme& theme, const std::vector<int>& partitions) {
    topology = std::move(next);
    names.clear();
    sizes.clear();
    const QFontMetricsF metrics(theme.font(TextRole::Strong));
    for (std::size_t i = 0; i < topology.nodes().size(); ++i) {
        const GraphNode& node = topology.nodes()[i];
        names.push_back(QString::fromStdString(node.name));
        sizes.push_back(nodeSize({.kind = node.kind,
                                  .nameWidth = metrics.horizontalAdvance(names.back()),
                                  .partitions = i < partitions.size() ? partitions[i] : 0}));
    }
    faces.resize(names.size());
    edgeFaces.assign(topology.edges().size(), {});
}

std::optional<std::size_t> neighbour(const Scene& scene, std::size_t from, Direction direction) {
    const QPointF origin = scene.boxes[from].center();
    std::optional<std::size_t> best;
    qreal bestCost = std::numeric_limits<qreal>::max();
    for (std::size_t i = 0; i < scene.boxes.size(); ++i) {
        const QPointF away = scene.boxes[i].center() - origin;
        const bool level = direction == Direction::Left || direction == Direction::Right;
        const qreal ahead =
            (level ? away.x() : away.y()) * (direction == Direction::Left || direction == Direction::Up ? -1 : 1);
        const qreal aside = std::abs(level ? away.y() : away.x());
        if (i == from || ahead < 8)
            continue;
        const bool tied =
            std::any_of(scene.topology.edges().begin(), scene.topology.edges().end(), [&](const GraphEdge& edge) {
                return (edge.from == from && edge.to == i) || (edge.from == i && edge.to == from);
            });
        const qreal cost = (ahead + 2 * aside) * (tied ? 0.4 : 1);
        if (cost < bestCost) {
            bestCost = cost;
            best = i;
        }
    }
    return best;
}

} // namespace weir
