#include "ui/timeline/timeline_geometry.h"

#include <algorithm>
#include <cmath>

namespace weir {
namespace {
constexpr qreal marksHeight = 20;
constexpr qreal labelHeight = 12;
} // namespace

TimelineGeometry::TimelineGeometry(QSize size, TimeSpan shown, TimeSpan whole)
    : m_size(size), m_shown(shown), m_whole(whole) {}

QRectF TimelineGeometry::overview() const {
    const qreal height = partial() ? std::clamp(m_size.height() / 8, 6.0, 20.0) : 0;
    return {side, m_size.height() - height - (partial() ? 1 : 0), std::max(1.0, m_size.width() - 2 * side), height};
}

QRectF TimelineGeometry::marks() const {
    return {0, 0, m_size.width(), marksHeight};
}

QRectF TimelineGeometry::labels() const {
    return {0, overview().top() - labelHeight, m_size.width(), labelHeight};
}

QRectF TimelineGeometry::strip() const {
    return {side, marksHeight, std::max(1.0, m_size.width() - 2 * side), std::max(1.0, labels().top() - marksHeight)};
}

qreal TimelineGeometry::xAt(double at) const {
    return side + (at - m_shown.begin) / m_shown.length() * strip().width();
}

double TimelineGeometry::secondsAt(qreal x) const {
    return m_shown.begin + std::clamp((x - side) / strip().width(), 0.0, 1.0) * m_shown.length();
}

double TimelineGeometry::secondsOf(qreal pixels) const {
    return pixels / strip().width() * m_shown.length();
}

qreal TimelineGeometry::overviewXAt(double at) const {
    return side + (at - m_whole.begin) / m_whole.length() * strip().width();
}

double TimelineGeometry::overviewSecondsAt(qreal x) const {
    return m_whole.begin + std::clamp((x - side) / strip().width(), 0.0, 1.0) * m_whole.length();
}

TimelineGeometry::Zone TimelineGeometry::zoneAt(QPointF point, std::optional<TimeSpan> brush) const {
    if (partial() && point.y() >= overview().top() - 2)
        return Zone::Overview;
    if (brush) {
        const qreal toBegin = std::abs(xAt(brush->begin) - point.x());
        const qreal toEnd = std::abs(xAt(brush->end) - point.x());
        if (std::min(toBegin, toEnd) <= grip)
            return toBegin < toEnd ? Zone::BrushBegin : Zone::BrushEnd;
    }
    return point.y() < marksHeight ? Zone::Marks : Zone::Strip;
}

std::optional<std::size_t> TimelineGeometry::markAt(QPointF point, std::span<const RunMark> marks, double now) const {
    if (point.y() >= marksHeight + 4)
        return std::nullopt;
    std::optional<std::size_t> nearest;
    qreal least = markGrip;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const qreal away = std::abs(xAt(seconds(marks[i].at)) - point.x());
        if (away <= least) {
            least = away;
            nearest = i;
        }
    }
    for (std::size_t i = marks.size(); !nearest && i-- > 0;)
        if (marks[i].lasts && point.x() >= xAt(seconds(marks[i].at)) &&
            point.x() <= xAt(marks[i].end ? seconds(*marks[i].end) : now))
            nearest = i;
    return nearest;
}

std::optional<std::size_t> markBefore(std::span<const RunMark> marks, SimTime time) {
    for (std::size_t i = marks.size(); i-- > 0;)
        if (marks[i].at < time)
            return i;
    return std::nullopt;
}

std::optional<std::size_t> markAfter(std::span<const RunMark> marks, SimTime time) {
    for (std::size_t i = 0; i < marks.size(); ++i)
        if (marks[i].at > time)
            return i;
    return std::nullopt;
}

} // namespace weir
