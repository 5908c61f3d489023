#include "ui/canvas/geometry.h"

#include <QLineF>
#include <QPolygonF>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace weir {
namespace {

constexpr qreal arrowGap = 2;      // between an arrow's point and the node
constexpr qreal trunkGap = 26;     // between the nodes and the first lane beside or above them
constexpr qreal laneGap = 12;      // between lanes
constexpr qreal cornerRadius = 24; // of lanes
constexpr qreal forwardMin = 16;   // less room than this to the right, and an edge counts as running back

bool forwards(const QRectF& from, const QRectF& to) {
    return to.left() >= from.right() + forwardMin;
}

QPainterPath bezier(QPointF from, QPointF to) {
    const qreal across = to.x() - from.x();
    const qreal reach = std::max(std::min<qreal>(40, across * 0.6), across * 0.45);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    return path;
}

bool touches(const QPainterPath& path, const std::vector<QRectF>& boxes, std::size_t from, std::size_t to) {
    const QRectF around = path.boundingRect();
    const Curve curve(path);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (i == from || i == to || !around.adjusted(-1, -1, 1, 1).intersects(boxes[i]))
            continue;
        constexpr int probes = 24;
        for (int probe = 0; probe <= probes; ++probe)
            if (boxes[i].contains(curve.at(static_cast<qreal>(probe) / probes)))
                return true;
    }
    return false;
}

// Past other nodes: out to a free height between the columns, along it, and in again.
QPainterPath forwardPath(const std::vector<QRectF>& boxes, std::size_t from, std::size_t to) {
    const QPointF start(boxes[from].right(), boxes[from].center().y());
    const QPointF goal(boxes[to].left() - arrowGap, boxes[to].center().y());
    const QPainterPath direct = bezier(start, goal);
    constexpr std::size_t carefulMax = 300; // looking for ways round is quadratic: large graphs do without
    if (boxes.size() > carefulMax || goal.x() - start.x() < 150 || !touches(direct, boxes, from, to))
        return direct;
    const qreal middle = (start.y() + goal.y()) / 2;
    const qreal reach = std::min<qreal>(70, (goal.x() - start.x()) / 3);
    for (qreal away = 28; away <= 480; away += 28)
        for (const qreal height : {middle - away, middle + away}) {
            QPainterPath path(start);
            path.cubicTo(start + QPointF(reach * 0.6, 0), QPointF(start.x() + reach * 0.4, height),
                         QPointF(start.x() + reach, height));
            path.lineTo(goal.x() - reach, height);
            path.cubicTo(QPointF(goal.x() - reach * 0.4, height), goal - QPointF(reach * 0.6, 0), goal);
            if (!touches(path, boxes, from, to))
                return path;
        }
    return direct;
}

// The first x from `x` rightwards where a vertical line between the heights meets no node.
qreal freeColumn(qreal x, qreal top, qreal bottom, const std::vector<QRectF>& boxes) {
    for (std::size_t tries = 0; tries <= boxes.size(); ++tries) {
        std::optional<qreal> blocked;
        for (const QRectF& box : boxes)
            if (box.left() - 8 < x && x < box.right() + 8 && box.top() < bottom && box.bottom() > top)
                blocked = std::max(blocked.value_or(x), box.right() + trunkGap);
        if (!blocked)
            return x;
        x = *blocked;
    }
    return x;
}

qreal topOver(qreal left, qreal right, const std::vector<QRectF>& boxes, qreal otherwise) {
    qreal top = otherwise;
    for (const QRectF& box : boxes)
        if (box.right() > left && box.left() < right)
            top = std::min(top, box.top());
    return top;
}

QPainterPath backPath(const std::vector<QRectF>& boxes, std::size_t from, std::size_t to, int lane) {
    const QRectF& source = boxes[from];
    const QRectF& target = boxes[to];
    const QPointF start(source.right(), source.center().y() - std::min<qreal>(12, source.height() / 4));
    const QPointF goal(target.center().x(), target.top() - arrowGap);
    const qreal near = topOver(goal.x(), source.right() + trunkGap, boxes, target.top());
    const qreal trunk = freeColumn(source.right() + trunkGap + lane * laneGap, near, start.y(), boxes);
    const qreal height =
        topOver(std::min(goal.x(), trunk), std::max(goal.x(), trunk), boxes, target.top()) - trunkGap - lane * laneGap;
    return roundedPath({start, {trunk, start.y()}, {trunk, height}, {goal.x(), height}, goal}, cornerRadius);
}

QPainterPath deadLetterPath(const std::vector<QRectF>& boxes, std::size_t from, std::size_t to, int lane) {
    const QRectF& source = boxes[from];
    const QRectF& target = boxes[to];
    const QPointF start(source.right(), source.center().y() + std::min<qreal>(12, source.height() / 4));
    if (forwards(source, target))
        return bezier(start, {target.left() - arrowGap, target.center().y()});
    const QPointF goal(target.right() + arrowGap, target.center().y());
    const qreal left = std::max(source.right(), target.right()) + trunkGap + lane * laneGap;
    const qreal trunk = freeColumn(left, std::min(start.y(), goal.y()), std::max(start.y(), goal.y()), boxes);
    const QRectF run(goal, QPointF(trunk, goal.y() + 1));
    qreal bottom = target.bottom();
    bool blocked = false;
    for (std::size_t i = 0; i < boxes.size(); ++i)
        if (i != to && boxes[i].intersects(run.adjusted(0, -4, 0, 4))) {
            blocked = true;
            bottom = std::max(bottom, boxes[i].bottom());
        }
    if (!blocked)
        return roundedPath({start, {trunk, start.y()}, {trunk, goal.y()}, goal}, cornerRadius * 1.5);
    // Under what stands in between, and in from below.
    const QPointF foot(target.center().x(), target.bottom() + arrowGap);
    const qreal height = bottom + trunkGap + lane * laneGap / 2;
    return roundedPath({start, {trunk, start.y()}, {trunk, height}, {foot.x(), height}, foot}, cornerRadius);
}

// Who reads the channel, as far right as any: what it gives up leaves from there.
std::size_t deadLetterSource(const FlowGraph& topology, const std::vector<QRectF>& boxes, std::size_t channel) {
    std::size_t source = channel;
    for (const GraphEdge& edge : topology.edges())
        if (edge.kind == EdgeKind::deliver && edge.from == channel && boxes[edge.to].right() > boxes[source].right())
            source = edge.to;
    return source;
}

} // namespace

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

std::vector<Curve> routedEdges(const FlowGraph& topology, const std::vector<QRectF>& boxes) {
    std::vector<Curve> curves;
    curves.reserve(topology.edges().size());
    // One lane for each node that something comes back to; dead letters take the lanes after those.
    std::vector<std::uint32_t> backTargets, deadTargets;
    const auto laneOf = [](std::vector<std::uint32_t>& targets, std::uint32_t target) {
        const auto found = std::find(targets.begin(), targets.end(), target);
        const auto lane = static_cast<int>(found - targets.begin());
        if (found == targets.end())
            targets.push_back(target);
        return lane;
    };
    for (const GraphEdge& edge : topology.edges())
        if (edge.kind != EdgeKind::deadLetter && !forwards(boxes[edge.from], boxes[edge.to]))
            laneOf(backTargets, edge.to);
    for (const GraphEdge& edge : topology.edges()) {
        if (edge.kind == EdgeKind::deadLetter) {
            const std::size_t source = deadLetterSource(topology, boxes, edge.from);
            const int lane = static_cast<int>(backTargets.size()) + laneOf(deadTargets, edge.to);
            curves.emplace_back(deadLetterPath(boxes, source, edge.to, lane));
        } else if (forwards(boxes[edge.from], boxes[edge.to])) {
            curves.emplace_back(forwardPath(boxes, edge.from, edge.to));
        } else {
            curves.emplace_back(backPath(boxes, edge.from, edge.to, laneOf(backTargets, edge.to)));
        }
    }
    return curves;
}

Curve returnCurve(const QRectF& service, const QRectF& queue) {
    if (!forwards(queue, service)) { // somewhere else on the canvas: the shortest way
        QPainterPath path(service.center());
        path.lineTo(queue.center());
        return Curve(path);
    }
    const QPointF start(service.left(), service.center().y() + service.height() / 4);
    const QPointF goal(queue.right() - 4, queue.center().y() + queue.height() / 4);
    const qreal reach = (start.x() - goal.x()) * 0.4;
    QPainterPath path(start);
    path.cubicTo(start + QPointF(-reach, 20), goal + QPointF(reach, 20), goal);
    return Curve(path);
}

QRectF labelPlace(const Curve& curve, QSizeF size, qreal preferredShare, const std::vector<QRectF>& obstacles) {
    if (curve.isEmpty())
        return {};
    constexpr std::array<qreal, 13> away{0,     -0.06, 0.06,  -0.12, 0.12,  -0.18, 0.18,
                                         -0.26, 0.26,  -0.34, 0.34,  -0.42, 0.42};
    for (const qreal by : away) {
        const qreal share = preferredShare + by;
        if (share < 0.04 || share > 0.96)
            continue;
        const QPointF place = curve.at(share);
        const QPointF along = curve.direction(share);
        const bool level = std::abs(along.x()) > 0.5;
        // Above or below a level line, right or left of a steep one.
        const QPointF normal = level ? QPointF(0, -1) : QPointF(1, 0);
        const qreal off =
            level ? size.height() / 2 + 3 + std::abs(along.y() / along.x()) * size.width() * 0.3 : size.width() / 2 + 5;
        for (const qreal side : {1.0, -1.0}) {
            const QPointF centre = place + normal * off * side;
            const QRectF rect(centre.x() - size.width() / 2, centre.y() - size.height() / 2, size.width(),
                              size.height());
            if (std::none_of(obstacles.begin(), obstacles.end(),
                             [&rect](const QRectF& taken) { return taken.intersects(rect); }))
                return rect;
        }
    }
    return {};
}

} // namespace weir
