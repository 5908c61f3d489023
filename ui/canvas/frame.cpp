#include "ui/canvas/frame.h"

#include <QPainter>

#include <algorithm>
#include <cstring>
#include <numeric>

namespace weir {
namespace {

// Eight pixels as they are, and as sixteen halves of two channels each.
using Pixels = quint32 __attribute__((vector_size(32)));
using Halves = quint16 __attribute__((vector_size(32)));
static_assert(sizeof(Pixels) == Sprite::Step::pixels * sizeof(quint32));

struct Rows { // of a sprite
    int first = 0;
    int count = 0;
    bool has(int row) const { return static_cast<unsigned>(row - first) < static_cast<unsigned>(count); }
};

// What is below hides everything. Rounded as Qt does, so that it makes no difference who drew.
[[gnu::always_inline]] inline void mix(const Sprite::Step& step, quint32* below) {
    Pixels above, under;
    Halves clear;
    std::memcpy(&above, step.above.data(), sizeof(above));
    std::memcpy(&clear, step.clear.data(), sizeof(clear));
    std::memcpy(&under, below, sizeof(under));
    Halves even = reinterpret_cast<Halves>(under & 0x00FF00FFU) * clear;
    even = (even + (even >> 8) + 0x80) >> 8;
    Halves odd = reinterpret_cast<Halves>(under >> 8 & 0x00FF00FFU) * clear;
    odd = (odd + (odd >> 8) + 0x80) & 0xFF00;
    above += reinterpret_cast<Pixels>(even | odd);
    std::memcpy(below, &above, sizeof(above));
}

[[gnu::always_inline]] inline void blendRows(const Sprite& sprite, Rows rows, quint32* corner, qsizetype width) {
    for (const Sprite::Step& step : sprite.solid)
        if (rows.has(step.y))
            std::memcpy(corner + step.y * width + step.x, step.above.data(), sizeof(step.above));
    for (const Sprite::Step& step : sprite.mixed)
        if (rows.has(step.y))
            mix(step, corner + step.y * width + step.x);
}

using Blend = void (*)(const Sprite& sprite, Rows rows, quint32* corner, qsizetype width);

void blendAnywhere(const Sprite& sprite, Rows rows, quint32* corner, qsizetype width) {
    blendRows(sprite, rows, corner, width);
}

#if defined(__x86_64__)
// Where the processor takes eight pixels at once.
[[gnu::target("avx2")]] void blendWide(const Sprite& sprite, Rows rows, quint32* corner, qsizetype width) {
    blendRows(sprite, rows, corner, width);
}

Blend quickestBlend() {
    return __builtin_cpu_supports("avx2") ? blendWide : blendAnywhere;
}
#else
Blend quickestBlend() {
    return blendAnywhere;
}
#endif

} // namespace

void Frame::begin(const StaticLayer& layer, const ViewTransform& view, const QColor& ground) {
    m_below = layer.picture();
    m_density = m_below.devicePixelRatio();
    if (!layer.stands(view)) {
        m_below = QImage(layer.picture().size(), layer.picture().format());
        m_below.setDevicePixelRatio(m_density);
        QPainter painter(&m_below);
        layer.draw(painter, view, ground);
    }
    m_placed.clear();
    m_sideMost = 0;
}

void Frame::put(const Sprite& sprite, QPointF centre) {
    const int side = sprite.side;
    const int left = qRound(centre.x() * m_density - side / 2.0);
    const int top = qRound(centre.y() * m_density - side / 2.0);
    if (left + side > 0 && top + side > 0 && left < m_below.width() && top < m_below.height()) {
        m_placed.push_back({&sprite, left, top});
        m_sideMost = std::max(m_sideMost, side);
    }
}

void Frame::sortByBand() {
    const int bands = (m_below.height() + bandHeight - 1) / bandHeight;
    const auto first = [](const Placed& placed) { return std::max(0, placed.top) / bandHeight; };
    const auto last = [bands](const Placed& placed) {
        return std::min((placed.top + placed.sprite->side - 1) / bandHeight, bands - 1);
    };
    m_ends.assign(static_cast<std::size_t>(bands) + 1, 0);
    for (const Placed& placed : m_placed)
        for (int band = first(placed); band <= last(placed); ++band)
            ++m_ends[static_cast<std::size_t>(band) + 1];
    std::partial_sum(m_ends.begin(), m_ends.end(), m_ends.begin());
    m_order.resize(m_ends.back());
    for (std::size_t i = 0; i < m_placed.size(); ++i)
        for (int band = first(m_placed[i]); band <= last(m_placed[i]); ++band)
            m_order[m_ends[static_cast<std::size_t>(band)]++] = static_cast<std::uint32_t>(i);
    m_ends.pop_back(); // each begin has moved to the end
}

void Frame::copyBand(int top, int rows) {
    for (int y = 0; y < rows; ++y)
        std::memcpy(m_pixels + static_cast<qsizetype>(y) * m_band.width(), m_below.constScanLine(top + y),
                    static_cast<std::size_t>(m_below.width()) * sizeof(quint32));
}

void Frame::draw(QPainter& painter, const QRect& part) {
    if (m_margin < m_sideMost + Sprite::Step::pixels || m_band.width() != m_below.width() + 2 * m_margin) {
        m_margin = std::max(m_margin, m_sideMost + Sprite::Step::pixels);
        m_band = QImage(m_below.width() + 2 * m_margin, bandHeight, m_below.format());
        m_band.fill(0);
    }
    sortByBand();
    const Blend blend = quickestBlend();
    painter.save();
    painter.scale(1 / m_density, 1 / m_density); // pixel by pixel
    for (std::size_t band = 0, begin = 0; band < m_ends.size(); begin = m_ends[band++]) {
        const int top = static_cast<int>(band) * bandHeight;
        const int rows = std::min(bandHeight, m_below.height() - top);
        if (top >= (part.bottom() + 1) * m_density || top + rows <= part.top() * m_density)
            continue;
        m_pixels = reinterpret_cast<quint32*>(m_band.bits()) + m_margin;
        copyBand(top, rows);
        for (std::size_t i = begin; i < m_ends[band]; ++i) {
            const Placed& placed = m_placed[m_order[i]];
            const int down = placed.top - top; // in the band
            blend(*placed.sprite, {.first = std::max(0, -down), .count = rows - std::max(0, down)},
                  m_pixels + down * m_band.width() + placed.left, m_band.width());
        }
        painter.drawImage(QPoint(0, top), m_band, QRect(m_margin, 0, m_below.width(), rows));
    }
    painter.restore();
    m_below = {}; // so that parts of it can be painted anew in place
}

} // namespace weir
