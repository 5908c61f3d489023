// Sprites: the small pictures that move over the canvas, drawn once for a theme, a size and a pixel density, and then
// only copied: marks of event types in their moods, and the dashes of rivers.
#pragma once

#include "ui/canvas/ways.h"
#include "ui/theme.h"

#include <QPixmap>

#include <array>
#include <vector>

namespace weir {

enum class SpriteMood : std::uint8_t { plain, returned, deadLetter, faded, marked };
inline constexpr std::size_t spriteMoods = 5;

class Sprites {
  public:
    Sprites(const Theme& theme, qreal radius, qreal density) : m_theme(theme), m_radius(radius), m_density(density) {}

    // Centred in a square, of side() at most.
    const QPixmap& mark(std::size_t eventType, SpriteMood mood);
    static constexpr int angles = 24; // over half a turn: a dash looks the same from both ends
    const QPixmap& dash(int angle, int width);
    // In logical pixels.
    qreal side() const { return 2 * (m_radius + ringGap + 2); }
    static constexpr qreal dashSide = 14;
    static constexpr int dashWidthMax = 7;

  private:
    static constexpr qreal ringGap = 2.5;
    QPixmap blank(qreal side) const;

    const Theme& m_theme;
    qreal m_radius;
    qreal m_density;
    std::vector<std::array<QPixmap, spriteMoods>> m_marks;
    std::array<std::array<QPixmap, dashWidthMax + 1>, angles> m_dashes;
};

} // namespace weir
