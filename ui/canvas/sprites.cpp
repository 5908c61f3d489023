#include "ui/canvas/sprites.h"

#include "ui/marks.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace weir {

Sprite::Sprite(const QImage& drawn) : picture(drawn), side(drawn.width()) {
    for (int y = 0; y < side; ++y) {
        const auto* const row = reinterpret_cast<const quint32*>(picture.constScanLine(y));
        int x = 0;
        while (x < side) {
            if (row[x] == 0) {
                ++x;
                continue;
            }
            Step step{.x = x, .y = y};
            for (std::size_t i = 0; i < Step::pixels; ++i, ++x) {
                step.above[i] = x < side ? row[x] : 0;
                step.clear[i] = (255 - (step.above[i] >> 24)) * 0x10001U;
            }
            const bool hides =
                std::all_of(step.clear.begin(), step.clear.end(), [](quint32 clear) { return clear == 0; });
            (hides ? solid : mixed).push_back(step);
        }
    }
}

QImage Sprites::blank(qreal side) const {
    const int pixels = std::max(1, static_cast<int>(std::ceil(side * m_density)));
    QImage picture(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(m_density);
    picture.fill(Qt::transparent);
    return picture;
}

const Sprite& Sprites::mark(std::size_t eventType, SpriteMood mood) {
    if (m_marks.size() <= eventType)
        m_marks.resize(eventType + 1);
    Sprite& sprite = m_marks[eventType][static_cast<std::size_t>(mood)];
    if (!sprite.isNull())
        return sprite;
    // As tight as it goes: most messages have no ring, and drawing them is by the pixel.
    constexpr qreal shapeMost = 1.25; // radii: the tip of a star
    constexpr qreal halo = 1.2;
    const bool ring = mood != SpriteMood::plain && mood != SpriteMood::faded;
    const qreal whole = ring ? side() : std::ceil(2 * (shapeMost * m_radius + halo));
    QImage picture = blank(whole);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(whole / 2, whole / 2);
    if (mood == SpriteMood::faded)
        painter.setOpacity(0.2);
    if (mood == SpriteMood::returned || mood == SpriteMood::deadLetter || mood == SpriteMood::marked) {
        painter.setBrush(m_theme.canvas);
        painter.setPen(QPen(mood == SpriteMood::returned     ? m_theme.warn
                            : mood == SpriteMood::deadLetter ? m_theme.danger
                                                             : m_theme.accent,
                            1.6));
        painter.drawEllipse(centre, m_radius + ringGap, m_radius + ringGap);
    }
    drawMark(painter, m_theme.mark(static_cast<int>(eventType)), centre, m_radius, m_theme.canvas);
    painter.end();
    return sprite = Sprite(picture);
}

const Sprite& Sprites::dash(int angle, int width) {
    Sprite& sprite = m_dashes[static_cast<std::size_t>(angle % angles)]
                             [static_cast<std::size_t>(std::clamp(width, 1, dashWidthMax))];
    if (!sprite.isNull())
        return sprite;
    QImage picture = blank(dashSide);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(dashSide / 2, dashSide / 2);
    painter.rotate(180.0 * (angle % angles) / angles);
    painter.setPen(QPen(m_theme.accent, std::clamp(width, 1, dashWidthMax), Qt::SolidLine, Qt::RoundCap));
    const qreal half = std::max(0.5, 3.5 - std::clamp(width, 1, dashWidthMax) / 2.0);
    painter.drawLine(QPointF(-half, 0), QPointF(half, 0));
    painter.end();
    return sprite = Sprite(picture);
}

} // namespace weir
