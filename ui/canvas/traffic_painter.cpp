#include "ui/canvas/traffic_painter.h"

#include "ui/canvas/scene_painter.h"
#include "ui/trace/kind_words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

namespace weir {
namespace {

const Curve& wayOf(const Scene& scene, const Hop& hop) {
    return hop.kind == Hop::Kind::returned ? scene.returns[hop.edge] : scene.curves[hop.edge];
}

// Points of a curve in the view, for many that are asked for one after the other.
class WayInView {
  public:
    WayInView(const Curve& way, const ViewTransform& view)
        : m_points(way.points()), m_last(static_cast<qreal>(m_points.size() - 1)), m_view(view) {}

    QPointF at(qreal share) const { // 0..1
        const qreal place = share * m_last;
        const auto before = static_cast<std::size_t>(place);
        if (before + 1 >= m_points.size())
            return m_view.toView(m_points.back());
        const QPointF& from = m_points[before];
        return m_view.toView(from + (m_points[before + 1] - from) * (place - static_cast<qreal>(before)));
    }

  private:
    const std::vector<QPointF>& m_points;
    qreal m_last;
    ViewTransform m_view;
};

bool meets(const Curve& way, const ViewTransform& view, const QRectF& area) {
    return !way.isEmpty() && view.toView(way.bounds().adjusted(-1, -1, 1, 1)).intersects(area);
}

QRectF areaOf(const Frame& frame) {
    return {QPointF(), QSizeF(frame.size()) / frame.density()};
}

SpriteMood moodOf(const Hop& hop) {
    switch (hop.kind) {
    case Hop::Kind::message:
        return SpriteMood::plain;
    case Hop::Kind::returned:
        return SpriteMood::returned;
    case Hop::Kind::deadLetter:
        return SpriteMood::deadLetter;
    }
    return SpriteMood::plain;
}

} // namespace

void TrafficPainter::prepare(qreal scale, qreal density) {
    const qreal radius = std::round(std::clamp(5 * scale, 2.5, 9.0) * 2) / 2;
    if (m_sprites && radius == m_radius && density == m_density)
        return;
    m_radius = radius;
    m_density = density;
    m_sprites.emplace(m_theme, radius, density);
}

// Marks stand in the order of their start, all over the window. Way by way, what is read and written for one is still
// in the processor's cache for the next; fetching it again and again would cost more than drawing.
void TrafficPainter::sortByWay(std::size_t ways) {
    m_ends.assign(ways + 1, 0);
    for (const Mark& mark : m_marks)
        ++m_ends[mark.way + 1];
    std::partial_sum(m_ends.begin(), m_ends.end(), m_ends.begin());
    m_sorted.resize(m_marks.size());
    for (const Mark& mark : m_marks)
        m_sorted[m_ends[mark.way]++] = mark;
    m_ends.pop_back(); // each begin has moved to the end
}

// Of many messages on one pixel that look alike one is drawn: of what a table of fixed size remembers, which is most of
// it, because those that crowd stand on one way.
bool TrafficPainter::isFirst(std::uint64_t key) {
    constexpr int bits = 12;
    if (m_drawn.empty())
        m_drawn.resize(std::size_t{1} << bits);
    std::uint64_t& place = m_drawn[(key * 0x9E3779B97F4A7C15U) >> (64 - bits)];
    return std::exchange(place, key) != key;
}

void TrafficPainter::drawFlights(Frame& frame, const Scene& scene, const ViewTransform& view, const Traffic& traffic,
                                 const TrafficEmphasis& emphasis) {
    const std::size_t edges = scene.curves.size();
    m_marks.clear();
    for (const Flight& flight : traffic.flights()) {
        const double share = traffic.share(flight);
        if (share < 0 || flight.hop.edge >= edges)
            continue;
        SpriteMood mood = flight.again ? SpriteMood::returned : moodOf(flight.hop);
        if (emphasis.message != 0 && flight.ordinal == emphasis.message)
            mood = SpriteMood::marked;
        else if (emphasis.message != 0 || (emphasis.type.valid() && flight.type != emphasis.type))
            mood = SpriteMood::faded;
        const bool returned = flight.hop.kind == Hop::Kind::returned;
        m_marks.push_back({.way = 2 * flight.hop.edge + (returned ? 1 : 0),
                           .type = flight.type,
                           .mood = mood,
                           .share = static_cast<float>(std::min(share, 1.0))});
    }
    sortByWay(2 * edges);
    std::fill(m_drawn.begin(), m_drawn.end(), UINT64_MAX);
    const qreal half = m_sprites->side() / 2;
    const QRectF reach = areaOf(frame).adjusted(-half, -half, half, half);
    const qreal density = frame.density();
    const Sprite* sprite = nullptr; // of the look of the mark before: those on one way are mostly alike
    std::uint64_t lookBefore = 0;
    for (std::size_t way = 0, begin = 0; way < m_ends.size(); begin = m_ends[way++]) {
        if (begin == m_ends[way])
            continue;
        const Curve& curve = (way % 2 == 0 ? scene.curves : scene.returns)[way / 2];
        if (!meets(curve, view, reach)) // or inside a folded group
            continue;
        const WayInView points(curve, view);
        for (std::size_t i = begin; i < m_ends[way]; ++i) {
            const Mark& mark = m_sorted[i];
            const QPointF at = points.at(mark.share);
            if (at.x() < reach.left() || at.x() > reach.right() || at.y() < reach.top() || at.y() > reach.bottom())
                continue;
            const auto pixel = [density](qreal place) {
                return static_cast<std::uint64_t>(qRound(place * density)) & 0xFFFFU;
            };
            const std::uint64_t look = mark.type.index() * spriteMoods + static_cast<std::size_t>(mark.mood);
            if (!isFirst(look << 32 | pixel(at.x()) << 16 | pixel(at.y())))
                continue;
            if (!sprite || look != lookBefore)
                sprite = &m_sprites->mark(mark.type.index(), mark.mood);
            lookBefore = look;
            frame.put(*sprite, at);
        }
    }
}

void TrafficPainter::drawRivers(Frame& frame, const Scene& scene, const ViewTransform& view, double clockMs) {
    const auto flows = [&scene](std::size_t edge) { return scene.drawn(edge) && scene.edgeFaces[edge].rate > 0; };
    qreal length = 0;
    for (std::size_t i = 0; i < scene.curves.size(); ++i)
        if (flows(i))
            length += scene.curves[i].length() * view.scale;
    const qreal gap = std::max<qreal>(28, length / dashesMax);
    constexpr qreal pixelsPerMs = 0.09;
    const qreal phase = std::fmod(clockMs * pixelsPerMs, gap);
    const QRectF area = areaOf(frame);
    for (std::size_t i = 0; i < scene.curves.size(); ++i) {
        const Curve& curve = scene.curves[i];
        if (!flows(i) || !meets(curve, view, area))
            continue;
        // Lights on the water, narrower than the river.
        const int width = std::clamp(static_cast<int>(std::lround(scene.edgeFaces[i].riverWidth() * view.scale * 0.4)),
                                     1, Sprites::dashWidthMax);
        const qreal whole = curve.length() * view.scale;
        const WayInView points(curve, view);
        for (qreal along = phase; along < whole; along += gap) {
            const qreal share = along / whole;
            const QPointF direction = curve.direction(share);
            const double turn = std::atan2(direction.y(), direction.x()) / std::numbers::pi; // -1..1
            const int angle =
                (static_cast<int>(std::lround(turn * Sprites::angles)) + Sprites::angles) % Sprites::angles;
            frame.put(m_sprites->dash(angle, width), points.at(share));
        }
    }
}

void TrafficPainter::drawFlashes(QPainter& painter, const Scene& scene, const ViewTransform& view,
                                 const Traffic& traffic) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Flash& flash : traffic.flashes()) {
        const double share = (traffic.now() - flash.start) / Flash::lasts;
        if (share < 0 || share > 1 || flash.node >= scene.boxes.size())
            continue;
        QColor colour = flash.kind == Flash::Kind::crash  ? m_theme.danger
                        : flash.kind == Flash::Kind::loss ? m_theme.warn
                                                          : m_theme.ok;
        colour.setAlphaF(static_cast<float>(0.9 * (1 - share)));
        const qreal away = 2 + 14 * share;
        painter.setPen(QPen(colour, 3 - 2 * share));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(view.toView(scene.boxes[flash.node]).adjusted(-away, -away, away, away), 10 + away,
                                10 + away);
    }
    painter.restore();
}

void TrafficPainter::drawFocus(QPainter& painter, const Scene& scene, const ViewTransform& view, const Focus& focus) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = focus.hop && focus.hop->kind == Hop::Kind::deadLetter ? m_theme.danger
                       : focus.hop && focus.hop->kind == Hop::Kind::returned ? m_theme.warn
                                                                             : m_theme.accent;
    const bool seen = focus.hop && focus.hop->edge < scene.curves.size() && !wayOf(scene, *focus.hop).isEmpty();
    if (seen) {
        const Curve& way = wayOf(scene, *focus.hop);
        painter.save();
        painter.translate(view.offset);
        painter.scale(view.scale, view.scale);
        ScenePainter(m_theme, view.scale, m_density).paintEdge(painter, way, ink, 2.4, ScenePainter::Stroke::solid);
        painter.restore();
    }
    QRectF mark; // of the message
    const QImage* picture = nullptr;
    if (seen && focus.record.type.valid()) {
        const QPointF at = view.toView(wayOf(scene, *focus.hop).at(std::min(focus.share, 0.97)));
        const SpriteMood mood = moodOf(*focus.hop) == SpriteMood::plain ? SpriteMood::marked : moodOf(*focus.hop);
        picture = &m_sprites->mark(focus.record.type.index(), mood).picture;
        mark = QRectF(QPointF(), QSizeF(picture->size()) / picture->devicePixelRatio());
        mark.moveCenter(at);
    }
    if (focus.node < scene.boxes.size()) {
        const QRectF box = view.toView(scene.boxes[focus.node]).adjusted(-5, -5, 5, 5);
        painter.setPen(QPen(ink, 1.6, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box, 14, 14);
        const QString word = kindWord(focus.record.kind);
        painter.setFont(m_theme.font(TextRole::Label));
        const QFontMetricsF metrics(painter.font());
        const qreal width = metrics.horizontalAdvance(word) + 16;
        QRectF tag(box.center().x() - width / 2, box.top() + 5 - focusReach, width, 18);
        if (tag.intersects(mark)) // what comes from above would stand on it
            tag.moveBottom(box.bottom() - 5 + focusReach);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawRoundedRect(tag, 9, 9);
        painter.setPen(m_theme.onAccent);
        painter.drawText(tag, Qt::AlignCenter, word);
    }
    if (picture)
        painter.drawImage(mark.topLeft(), *picture);
    painter.restore();
}

} // namespace weir
