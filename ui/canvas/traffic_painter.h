// TrafficPainter: draws what moves over the picture of the scene, in view coordinates: marks on their way and the
// lights on rivers, copied into a Frame from Sprites that were made once for a size; flashes, and the hop of a step
// with its receiver framed, with a painter.
#pragma once

#include "ui/canvas/frame.h"
#include "ui/canvas/scene.h"
#include "ui/canvas/traffic_feed.h"

#include <cstdint>
#include <optional>
#include <vector>

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

    void drawFlights(Frame& frame, const Scene& scene, const ViewTransform& view, const Traffic& traffic,
                     const TrafficEmphasis& emphasis);
    void drawRivers(Frame& frame, const Scene& scene, const ViewTransform& view, double clockMs);
    void drawFlashes(QPainter& painter, const Scene& scene, const ViewTransform& view, const Traffic& traffic) const;
    void drawFocus(QPainter& painter, const Scene& scene, const ViewTransform& view, const Focus& focus);

    static constexpr int dashesMax = 4'000; // of all rivers; more run together
    static constexpr qreal focusReach = 25; // of the frame around a receiver with its tag, from the node

  private:
    struct Mark {
        std::uint32_t way = 0; // of an edge twice its number, and one more where it returns
        EventTypeId type;
        SpriteMood mood = SpriteMood::plain;
        float share = 0;
    };
    void sortByWay(std::size_t ways);
    bool isFirst(std::uint64_t key);

    const Theme& m_theme;
    std::optional<Sprites> m_sprites;
    qreal m_radius = 0;
    qreal m_density = 0;
    // Of the frame under way; kept to need no new memory.
    std::vector<Mark> m_marks, m_sorted;
    std::vector<std::uint32_t> m_ends; // by way: where its marks end among the sorted ones
    std::vector<std::uint64_t> m_drawn;
};

} // namespace weir
