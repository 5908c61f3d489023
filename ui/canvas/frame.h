// Frame: one moment of the canvas, drawn: the cached picture of what stands still, and sprites over it. Their pixels
// are written here and not through a painter, band by band from top to bottom, so that a band stays in the processor's
// cache while it is copied, drawn on and shown: fifty thousand messages cost what their pixels cost. It is kept from
// one moment to the next only to need no new memory.
#pragma once

#include "ui/canvas/sprites.h"
#include "ui/canvas/static_layer.h"

#include <QImage>

#include <cstdint>
#include <vector>

class QPainter;

namespace weir {

class Frame {
  public:
    // What stands still. It must not change until draw().
    void begin(const StaticLayer& layer, const ViewTransform& view, const QColor& ground);
    // With its middle there, in the view's coordinates; over all that was put before. The sprite stays until draw().
    void put(const Sprite& sprite, QPointF centre);
    // At least that part of the view.
    void draw(QPainter& painter, const QRect& part);

    QSize size() const { return m_below.size(); } // in pixels
    qreal density() const { return m_density; }

  private:
    static constexpr int bandHeight = 48; // pixels: a few sprites high

    struct Placed { // pixels
        const Sprite* sprite = nullptr;
        int left = 0;
        int top = 0;
    };
    void sortByBand();
    void copyBand(int top, int rows);

    QImage m_below;
    qreal m_density = 1;
    std::vector<Placed> m_placed;
    std::vector<std::uint32_t> m_order; // of what was placed, by band; what lies in two bands twice
    std::vector<std::uint32_t> m_ends;  // by band: where its part of the order ends
    int m_sideMost = 0;                 // of what was placed
    // With a margin on either side, so that what stands over the edge of the picture needs no care.
    QImage m_band;
    int m_margin = 0;
    quint32* m_pixels = nullptr; // of the band under way, behind the margin
};

} // namespace weir
