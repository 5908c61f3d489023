// Sprites: the small pictures that move over the canvas, drawn once for a theme, a size and a pixel density, and then
// only copied: marks of event types in their moods, and the dashes of rivers.
#pragma once

#include "ui/canvas/ways.h"
#include "ui/theme.h"

#include <QImage>

#include <array>
#include <deque>
#include <vector>

namespace weir {

enum class SpriteMood : std::uint8_t { plain, returned, deadLetter, faded, marked };
inline constexpr std::size_t spriteMoods = 5;

// A picture, and its pixels as they are put into a frame: those that show, eight of a row at a time: a small mark
// is no wider.
struct Sprite {
    struct Step {
        static constexpr int pixels = 8;
        std::array<quint32, pixels> above{}; // premultiplied; behind the picture's edge transparent
        std::array<quint32, pixels> clear{}; // how much of what is below shows, 0 to 255, in both halves
        int x = 0;                           // of the first one
        int y = 0;
    };
    QImage picture; // as high as wide
    int side = 0;   // pixels
    std::vector<Step> mixed;
    std::vector<Step> solid; // hide what is below

    Sprite() = default;
    explicit Sprite(const QImage& drawn); // premultiplied
    bool isNull() const { return picture.isNull(); }
};

class Sprites {
  public:
    Sprites(const Theme& theme, qreal radius, qreal density) : m_theme(theme), m_radius(radius), m_density(density) {}

    // Centred in a square, of side() at most.
    const Sprite& mark(std::size_t eventType, SpriteMood mood);
    static constexpr int angles = 24; // over half a turn: a dash looks the same from both ends
    const Sprite& dash(int angle, int width);
    // In logical pixels.
    qreal side() const { return 2 * (m_radius + ringGap + 2); }
    static constexpr qreal dashSide = 14;
    static constexpr int dashWidthMax = 7;

  private:
    static constexpr qreal ringGap = 2.5;
    QImage blank(qreal side) const;

    const Theme& m_theme;
    qreal m_radius;
    qreal m_density;
    std::deque<std::array<Sprite, spriteMoods>> m_marks; // a sprite stays where it is
    std::array<std::array<Sprite, dashWidthMax + 1>, angles> m_dashes;
};

} // namespace weir
