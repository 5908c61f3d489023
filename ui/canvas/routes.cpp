#include "ui/canvas/routes.h"

#include "ui/canvas/route_grid.h"

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr qreal arrowGap = 2;      // between an arrow's point and the node
constexpr qreal cornerRadius = 16; // of ways round
constexpr qreal forwardMin = 16;   // less room than this to the right, and an edge counts as running back
constexpr qreal aside = 12;        // of a port for what does not go forwards
constexpr std::size_t manyLanesMax = 80;
constexpr std::size_t twoLanesMax = 250; // boxes

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

bool touches(const Curve& curve, const std::vector<QRectF>& boxes, const Tie& tie) {
    constexpr qreal near = 5;
    const QRectF around = curve.bounds().adjusted(-near, -near, near, near);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (i == tie.from || i == tie.to || !around.intersects(boxes[i]))
            continue;
        const QRectF box = boxes[i].adjusted(-near, -near, near, near);
        if (std::any_of(curve.points().begin(), curve.points().end(),
                        [&box](QPointF point) { return box.contains(point); }))
            return true;
    }
    return false;
}

// To the right what runs back leaves a little above that which goes forwards, and dead letters below it.
std::vector<Port> leavingPorts(const std::vector<QRectF>& boxes, const Tie& tie) {
    const QRectF& box = boxes[tie.from];
    const qreal height = std::min(aside, box.height() / 4);
    const qreal down = tie.deadLetter ? height : forwards(box, boxes[tie.to]) ? 0 : -height;
    const qreal across = tie.deadLetter ? std::min(aside, box.width() / 4) : 0;
    return {{{box.right(), box.center().y() + down}, Side::right, 0},
            {{box.center().x() + across, box.bottom()}, Side::bottom, 40},
            {{box.center().x() + across, box.top()}, Side::top, 40},
            {{box.left(), box.center().y() + down}, Side::left, 60}};
}

// Rather not from the right: there is where messages leave.
std::vector<Port> enteringPorts(const QRectF& box) {
    return {{{box.left() - arrowGap, box.center().y()}, Side::left, 0},
            {{box.center().x(), box.top() - arrowGap}, Side::top, 20},
            {{box.center().x(), box.bottom() + arrowGap}, Side::bottom, 20},
            {{box.right() + arrowGap, box.center().y()}, Side::right, 150}};
}

} // namespace

Curve directTie(const QRectF& from, const QRectF& to) {
    if (forwards(from, to))
        return Curve(bezier({from.right(), from.center().y()}, {to.left() - arrowGap, to.center().y()}));
    const bool above = to.bottom() <= from.top();
    const QPointF start(from.center().x(), above ? from.top() : from.bottom());
    const QPointF goal(to.center().x(), above ? to.bottom() + arrowGap : to.top() - arrowGap);
    const qreal reach = std::max<qreal>(30, std::abs(goal.y() - start.y()) * 0.45) * (above ? -1 : 1);
    QPainterPath path(start);
    path.cubicTo(start + QPointF(0, reach), goal - QPointF(0, reach), goal);
    return Curve(path);
}

std::vector<Curve> routedTies(const std::vector<Tie>& ties, const std::vector<QRectF>& boxes) {
    std::vector<Curve> curves(ties.size());
    std::vector<std::size_t> round; // those that have to go round
    for (std::size_t i = 0; i < ties.size(); ++i) {
        const Tie& tie = ties[i];
        if (tie.from == tie.to)
            continue;
        if (!tie.deadLetter && forwards(boxes[tie.from], boxes[tie.to])) {
            curves[i] = directTie(boxes[tie.from], boxes[tie.to]);
            if (!touches(curves[i], boxes, tie))
                continue;
            curves[i] = {};
        }
        round.push_back(i);
    }
    if (round.empty())
        return curves;
    // Short ones first: they have the least choice. Dead letters after what is alive.
    std::stable_sort(round.begin(), round.end(), [&](std::size_t a, std::size_t b) {
        if (ties[a].deadLetter != ties[b].deadLetter)
            return ties[b].deadLetter;
        const auto length = [&](std::size_t tie) {
            const QPointF away = boxes[ties[tie].to].center() - boxes[ties[tie].from].center();
            return std::abs(away.x()) + std::abs(away.y());
        };
        return length(a) < length(b);
    });
    std::vector<Port> ports;
    for (const std::size_t i : round)
        for (const std::vector<Port>& some : {leavingPorts(boxes, ties[i]), enteringPorts(boxes[ties[i].to])})
            ports.insert(ports.end(), some.begin(), some.end());
    RouteGrid grid(boxes, ports, boxes.size() <= manyLanesMax ? 4 : boxes.size() <= twoLanesMax ? 2 : 1);
    for (const Curve& curve : curves)
        grid.avoid(curve.points());
    for (const std::size_t i : round) {
        const Tie& tie = ties[i];
        // What is dead and what is alive do not share a trunk, even to one node.
        const auto target = static_cast<std::uint16_t>(1 + (tie.to * 2 + (tie.deadLetter ? 1 : 0)) % 0xFFF0);
        const auto way = grid.way(leavingPorts(boxes, tie), enteringPorts(boxes[tie.to]), target);
        curves[i] = way ? Curve(roundedPath(*way, cornerRadius)) : directTie(boxes[tie.from], boxes[tie.to]);
    }
    return curves;
}

std::uint32_t deadLetterSource(const FlowGraph& topology, const std::vector<QRectF>& boxes, std::uint32_t channel) {
    std::uint32_t source = channel;
    for (const GraphEdge& edge : topology.edges())
        if (edge.kind == EdgeKind::deliver && edge.from == channel && forwards(boxes[channel], boxes[edge.to]) &&
            boxes[edge.to].right() > boxes[source].right())
            source = edge.to;
    return source;
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

} // namespace weir
