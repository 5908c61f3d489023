#include "ui/editor/alignment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

namespace weir {
namespace {

// A box along one axis.
struct Extent {
    qreal low = 0, high = 0;
    std::array<qreal, 3> lines() const { return {low, (low + high) / 2, high}; }
};

Extent across(const QRectF& box, bool level) {
    return level ? Extent{box.left(), box.right()} : Extent{box.top(), box.bottom()};
}

struct Line {
    qreal shift = 0;
    qreal at = 0;
};

// The smallest shift that brings one of the box's lines onto one of another's. Centres come first among equals.
std::optional<Line> nearestLine(const QRectF& box, const std::vector<QRectF>& others, bool level, qreal reach) {
    std::optional<Line> best;
    const std::array<qreal, 3> mine = across(box, level).lines();
    for (const QRectF& other : others) {
        const std::array<qreal, 3> theirs = across(other, level).lines();
        for (const std::size_t i : {std::size_t{1}, std::size_t{0}, std::size_t{2}})
            for (const std::size_t j : {std::size_t{1}, std::size_t{0}, std::size_t{2}}) {
                if ((i == 1) != (j == 1)) // a centre on an edge is chance
                    continue;
                const qreal shift = theirs[j] - mine[i];
                if (std::abs(shift) <= reach && (!best || std::abs(shift) < std::abs(best->shift) - 1e-9))
                    best = Line{shift, theirs[j]};
            }
    }
    return best;
}

bool touches(const QRectF& box, bool level, qreal at) {
    const std::array<qreal, 3> lines = across(box, level).lines();
    return std::any_of(lines.begin(), lines.end(), [at](qreal line) { return std::abs(line - at) < 0.01; });
}

QLineF guide(const QRectF& box, const std::vector<QRectF>& others, bool level, qreal at) {
    Extent reach = across(box, !level);
    for (const QRectF& other : others)
        if (touches(other, level, at)) {
            const Extent theirs = across(other, !level);
            reach = {std::min(reach.low, theirs.low), std::max(reach.high, theirs.high)};
        }
    return level ? QLineF(at, reach.low, at, reach.high) : QLineF(reach.low, at, reach.high, at);
}

} // namespace

std::vector<QPointF> aligned(const std::vector<QRectF>& boxes, Alignment alignment) {
    QRectF all;
    for (const QRectF& box : boxes)
        all |= box;
    std::vector<QPointF> centres;
    for (QRectF box : boxes) {
        switch (alignment) {
        case Alignment::Left:
            box.moveLeft(all.left());
            break;
        case Alignment::Centre:
            box.moveCenter({all.center().x(), box.center().y()});
            break;
        case Alignment::Right:
            box.moveRight(all.right());
            break;
        case Alignment::Top:
            box.moveTop(all.top());
            break;
        case Alignment::Middle:
            box.moveCenter({box.center().x(), all.center().y()});
            break;
        case Alignment::Bottom:
            box.moveBottom(all.bottom());
            break;
        }
        centres.push_back(box.center());
    }
    return centres;
}

std::vector<QPointF> distributed(const std::vector<QRectF>& boxes, Qt::Orientation direction) {
    const bool level = direction == Qt::Horizontal;
    std::vector<QPointF> centres;
    for (const QRectF& box : boxes)
        centres.push_back(box.center());
    if (boxes.size() < 3)
        return centres;
    std::vector<std::size_t> order(boxes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return level ? centres[a].x() < centres[b].x() : centres[a].y() < centres[b].y();
    });
    const auto length = [&](std::size_t i) { return level ? boxes[i].width() : boxes[i].height(); };
    const Extent first = across(boxes[order.front()], level);
    const Extent last = across(boxes[order.back()], level);
    qreal inner = 0;
    for (std::size_t i = 1; i + 1 < order.size(); ++i)
        inner += length(order[i]);
    const qreal gap = (last.low - first.high - inner) / static_cast<qreal>(order.size() - 1);
    qreal at = first.high + gap;
    for (std::size_t i = 1; i + 1 < order.size(); ++i) {
        const qreal middle = at + length(order[i]) / 2;
        (level ? centres[order[i]].rx() : centres[order[i]].ry()) = middle;
        at += length(order[i]) + gap;
    }
    return centres;
}

QPointF shiftToRoom(const QRectF& box, const std::vector<QRectF>& taken) {
    constexpr qreal gap = 24;
    const auto across = [&taken](const QRectF& place) -> const QRectF* {
        const QRectF wide = place.adjusted(-gap + 0.5, -gap + 0.5, gap - 0.5, gap - 0.5);
        const auto found = std::find_if(taken.begin(), taken.end(), [&](const QRectF& each) { return each.intersects(wide); });
        return found == taken.end() ? nullptr : &*found;
    };
    std::optional<QPointF> shortest;
    // Below and to the right first: so is what was added last where both ways are as short.
    for (const QPoint way : {QPoint(0, 1), QPoint(1, 0), QPoint(0, -1), QPoint(-1, 0)}) {
        QRectF place = box;
        // Each time past what is in the way: never back, so at most once for each of them.
        while (const QRectF* const other = across(place)) {
            if (way.y() > 0)
                place.moveTop(other->bottom() + gap);
            else if (way.x() > 0)
                place.moveLeft(other->right() + gap);
            else if (way.y() < 0)
                place.moveBottom(other->top() - gap);
            else
                place.moveRight(other->left() - gap);
        }
        const QPointF shift = place.topLeft() - box.topLeft();
        if (!shortest || shift.manhattanLength() < shortest->manhattanLength())
            shortest = shift;
    }
    return *shortest;
}

QPointF onGrid(QPointF point) {
    return {std::round(point.x() / gridStep) * gridStep, std::round(point.y() / gridStep) * gridStep};
}

Snap snapped(QSizeF size, QPointF wanted, const std::vector<QRectF>& others, qreal reach) {
    Snap snap{.centre = onGrid(wanted), .guides = {}};
    QRectF box(QPointF(), size);
    box.moveCenter(wanted);
    const std::optional<Line> upright = nearestLine(box, others, true, reach);
    const std::optional<Line> level = nearestLine(box, others, false, reach);
    if (upright)
        snap.centre.setX(wanted.x() + upright->shift);
    if (level)
        snap.centre.setY(wanted.y() + level->shift);
    box.moveCenter(snap.centre);
    if (upright)
        snap.guides.push_back(guide(box, others, true, upright->at));
    if (level)
        snap.guides.push_back(guide(box, others, false, level->at));
    return snap;
}

} // namespace weir
