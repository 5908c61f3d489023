// TrafficPainter: draws what moves over the picture of the scene, in view coordinates: marks on their way, rivers,
// flashes, and the hop of a step with its receiver framed. Marks are copied from Sprites, made once for a size.
#pragma once

#include "ui/canvas/scene.h"
#include "ui/canvas/sprites.h"
#include "ui/canvas/traffic_feed.h"

#include <optional>

class QPainter;

namespace weir {

// What the user points at, as far as it shows on messages.
struct TrafficEmphasis {
    EventTypeId type;
    Ordinal message = 0;
};

class TrafficPainter {
  public:
    explicit TrafficPainter(const Theme& theme) : m_theme(theme) {}

    // Before drawing: sprites for that scale and density.
    void prepare(qreal scale, qreal density);
    void forget() { m_sprites.reset(); } // the theme changed

    void drawFlights(QPainter& painter, const Scene& scene, const ViewTransform& view, const QRectF& visible,
                     const Traffic& traffic, const TrafficEmphasis& emphasis);
    void drawRivers(QPainter& painter, const Scene& scene, const ViewTransform& view, const QRectF& visible,
                    double clockMs);
    void drawFlashes(QPainter& painter, const Scene& scene, const ViewTransform& view, const Traffic& traffic) const;
    void drawFocus(QPainter& painter, const Scene& scene, const ViewTransform& view, const Focus& focus);

    static constexpr int dashesMax = 4'000; // of all rivers; more run together

  private:
    const Theme& m_theme;
    std::optional<Sprites> m_sprites;
    qreal m_radius = 0;
    qreal m_density = 0;
};

} // namespace weir
