#include "ui/canvas/label_places.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>

namespace weir {
namespace {

constexpr qreal besideLine = 7; // half a message on its way, and a little
constexpr qreal offLines = 6;
constexpr qreal offLabels = 3;

// The curves' points by squares, so that a rectangle asks only for those near it.
class PointField {
  public:
    explicit PointField(const std::vector<Curve>& curves) {
        for (std::size_t i = 0; i < curves.size(); ++i)
            for (const QPointF point : curves[i].points())
                m_squares[key(square(point.x()), square(point.y()))].push_back({point, i});
    }

    struct Touched {
        bool own = false;
        std::size_t others = 0; // curves
    };
    Touched touched(const QRectF& rect, std::size_t own) const {
        Touched found;
        std::vector<std::size_t> others;
        for (int x = square(rect.left()); x <= square(rect.right()); ++x)
            for (int y = square(rect.top()); y <= square(rect.bottom()); ++y) {
                const auto held = m_squares.find(key(x, y));
                if (held == m_squares.end())
                    continue;
                for (const Spot& spot : held->second) {
                    if (!rect.contains(spot.at))
                        continue;
                    if (spot.curve == own)
                        found.own = true;
                    else if (std::find(others.begin(), others.end(), spot.curve) == others.end())
                        others.push_back(spot.curve);
                }
            }
        found.others = others.size();
        return found;
    }

  private:
    struct Spot {
        QPointF at;
        std::size_t curve;
    };
    static constexpr qreal side = 48;
    static int square(qreal at) { return static_cast<int>(std::floor(at / side)); }
    static std::uint64_t key(int x, int y) {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(x)) << 32 | static_cast<std::uint32_t>(y);
    }
    std::unordered_map<std::uint64_t, std::vector<Spot>> m_squares;
};

// Above or below a level line, right or left of a steep one; on which side is the caller's choice.
QRectF beside(const Curve& curve, qreal share, QSizeF size, qreal side) {
    const QPointF along = curve.direction(share);
    const bool level = std::abs(along.x()) > 0.5;
    const QPointF normal = level ? QPointF(0, -1) : QPointF(1, 0);
    const qreal slope = level ? std::abs(along.y() / along.x()) * size.width() * 0.35 : 0;
    const qreal off = (level ? size.height() : size.width()) / 2 + besideLine + slope;
    const QPointF centre = curve.at(share) + normal * off * side;
    return {centre.x() - size.width() / 2, centre.y() - size.height() / 2, size.width(), size.height()};
}

} // namespace

std::vector<QRectF> labelPlaces(const std::vector<LabelWish>& wishes, QSizeF size, const std::vector<Curve>& curves,
                                const std::vector<QRectF>& obstacles) {
    const PointField field(curves);
    std::vector<QRectF> places, labels;
    for (const LabelWish& wish : wishes) {
        const Curve& curve = curves[wish.curve];
        QRectF best;
        qreal bestCost = std::numeric_limits<qreal>::max();
        constexpr int shares = 24;
        for (int i = 1; i < shares && !curve.isEmpty(); ++i)
            for (const qreal side : {1.0, -1.0}) {
                const qreal share = static_cast<qreal>(i) / shares;
                const qreal away = std::abs(share - wish.share) * std::min<qreal>(curve.length(), 600);
                if (away >= bestCost)
                    continue;
                const QRectF rect = beside(curve, share, size, side);
                const QRectF wide = rect.adjusted(-offLabels, -offLabels, offLabels, offLabels);
                const auto taken = [&wide](const QRectF& other) { return other.intersects(wide); };
                if (std::any_of(obstacles.begin(), obstacles.end(), taken) ||
                    std::any_of(labels.begin(), labels.end(), taken))
                    continue;
                const PointField::Touched touched =
                    field.touched(rect.adjusted(-offLines, -offLines, offLines, offLines), wish.curve);
                if (touched.others > 1)
                    continue;
                const qreal cost =
                    away + (side < 0 ? 1 : 0) + (touched.own ? 60 : 0) + static_cast<qreal>(touched.others) * 160;
                if (cost < bestCost) {
                    bestCost = cost;
                    best = rect;
                }
            }
        places.push_back(best);
        if (!best.isNull())
            labels.push_back(best);
    }
    return places;
}

} // namespace weir
