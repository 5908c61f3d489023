#include "ui/canvas/traffic_painter.h"

#include "ui/canvas/scene_painter.h"

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

// Which sprites stand where, as far as a table of fixed size remembers: of many messages on one pixel that look alike,
// one is drawn. Where they crowd, most are.
class DrawnSprites {
  public:
    explicit DrawnSprites(qreal density) : m_density(density), m_keys(std::size_t{1} << bits, UINT64_MAX) {}

    // True the first time.
    bool add(QPointF at, std::size_t type, SpriteMood mood) {
        const auto pixel = [this](qreal place) {
            return static_cast<std::uint64_t>(std::lround(place * m_density)) & 0xFFFFU;
        };
        const std::uint64_t look = type * spriteMoods + static_cast<std::size_t>(mood);
        const std::uint64_t key = look << 32 | pixel(at.x()) << 16 | pixel(at.y());
        std::uint64_t& place = m_keys[(key * 0x9E3779B97F4A7C15U) >> (64 - bits)];
        return std::exchange(place, key) != key;
    }

  private:
    static constexpr int bits = 15;
    qreal m_density;
    std::vector<std::uint64_t> m_keys;
};

struct PlacedSprite {
    QPointF at; // view
    EventTypeId type;
    SpriteMood mood;
};

// From top to bottom, in bands that a processor's cache holds: messages stand in the order of their start, all over the
// window, and fetching its pixels again and again would cost more than drawing.
void sortByBand(std::vector<PlacedSprite>& sprites, const QRectF& area) {
    constexpr qreal bandHeight = 24;
    const auto band = [&area](const PlacedSprite& sprite) {
        return static_cast<std::size_t>(std::max(0.0, (sprite.at.y() - area.top()) / bandHeight));
    };
    std::vector<std::size_t> next(static_cast<std::size_t>(area.height() / bandHeight) + 2, 0);
    for (const PlacedSprite& sprite : sprites)
        ++next[band(sprite) + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<PlacedSprite> sorted(sprites.size());
    for (const PlacedSprite& sprite : sprites)
        sorted[next[band(sprite)]++] = sprite;
    sprites.swap(sorted);
}

void drawCentred(QPainter& painter, const QPixmap& picture, QPointF at) {
    const qreal half = picture.width() / picture.devicePixelRatio() / 2;
    painter.drawPixmap(at - QPointF(half, half), picture);
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

void TrafficPainter::drawFlights(QPainter& painter, const Scene& scene, const ViewTransform& view,
                                 const QRectF& visible, const Traffic& traffic, const TrafficEmphasis& emphasis) {
    const qreal half = m_sprites->side() / 2;
    const QRectF reach = visible.adjusted(-half, -half, half, half);
    DrawnSprites drawn(m_density);
    std::vector<PlacedSprite> sprites;
    sprites.reserve(traffic.flights().size());
    for (const Flight& flight : traffic.flights()) {
        const double share = traffic.share(flight);
        if (share < 0 || flight.hop.edge >= scene.curves.size())
            continue;
        const Curve& way = wayOf(scene, flight.hop);
        if (way.isEmpty()) // inside a folded group
            continue;
        const QPointF at = view.toView(way.at(std::min(share, 1.0)));
        if (at.x() < reach.left() || at.x() > reach.right() || at.y() < reach.top() || at.y() > reach.bottom())
            continue;
        SpriteMood mood = flight.again ? SpriteMood::returned : moodOf(flight.hop);
        if (emphasis.message != 0 && flight.ordinal == emphasis.message)
            mood = SpriteMood::marked;
        else if (emphasis.message != 0 || (emphasis.type.valid() && flight.type != emphasis.type))
            mood = SpriteMood::faded;
        if (drawn.add(at, flight.type.index(), mood))
            sprites.push_back({at, flight.type, mood});
    }
    sortByBand(sprites, reach);
    for (const PlacedSprite& sprite : sprites)
        drawCentred(painter, m_sprites->mark(sprite.type.index(), sprite.mood), sprite.at);
}

void TrafficPainter::drawRivers(QPainter& painter, const Scene& scene, const ViewTransform& view, const QRectF& visible,
                                double clockMs) {
    const auto flows = [&scene](std::size_t edge) { return scene.drawn(edge) && scene.edgeFaces[edge].rate > 0; };
    qreal length = 0;
    for (std::size_t i = 0; i < scene.curves.size(); ++i)
        if (flows(i))
            length += scene.curves[i].length() * view.scale;
    const qreal gap = std::max<qreal>(28, length / dashesMax);
    constexpr qreal pixelsPerMs = 0.09;
    const qreal phase = std::fmod(clockMs * pixelsPerMs, gap);
    constexpr qreal half = Sprites::dashSide / 2;
    for (std::size_t i = 0; i < scene.curves.size(); ++i) {
        const Curve& curve = scene.curves[i];
        if (!flows(i) || curve.isEmpty() || !view.toView(curve.bounds().adjusted(-1, -1, 1, 1)).intersects(visible))
            continue;
        // Lights on the water, narrower than the river.
        const int width = std::clamp(static_cast<int>(std::lround(scene.edgeFaces[i].riverWidth() * view.scale * 0.4)),
                                     1, Sprites::dashWidthMax);
        const qreal whole = curve.length() * view.scale;
        for (qreal along = phase; along < whole; along += gap) {
            const qreal share = along / whole;
            const QPointF direction = curve.direction(share);
            const double turn = std::atan2(direction.y(), direction.x()) / std::numbers::pi; // -1..1
            const int angle =
                (static_cast<int>(std::lround(turn * Sprites::angles)) + Sprites::angles) % Sprites::angles;
            painter.drawPixmap(view.toView(curve.at(share)) - QPointF(half, half), m_sprites->dash(angle, width));
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
        ScenePainter(m_theme, view.scale, m_density).paintEdge(painter, way, ink, 2.4, false);
        painter.restore();
    }
    if (focus.node < scene.boxes.size()) {
        const QRectF box = view.toView(scene.boxes[focus.node]).adjusted(-5, -5, 5, 5);
        painter.setPen(QPen(ink, 1.6, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box, 14, 14);
        const auto kind = name(focus.record.kind);
        const QString word = QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()));
        painter.setFont(m_theme.font(TextRole::Label));
        const QFontMetricsF metrics(painter.font());
        const qreal width = metrics.horizontalAdvance(word) + 16;
        const QRectF tag(box.center().x() - width / 2, box.top() - 20, width, 18);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawRoundedRect(tag, 9, 9);
        painter.setPen(m_theme.onAccent);
        painter.drawText(tag, Qt::AlignCenter, word);
    }
    if (seen && focus.record.type.valid()) {
        const QPointF at = view.toView(wayOf(scene, *focus.hop).at(std::min(focus.share, 0.97)));
        const SpriteMood mood = moodOf(*focus.hop) == SpriteMood::plain ? SpriteMood::marked : moodOf(*focus.hop);
        drawCentred(painter, m_sprites->mark(focus.record.type.index(), mood), at);
    }
    painter.restore();
}

} // namespace weir
