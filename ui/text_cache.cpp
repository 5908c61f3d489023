#include "ui/text_cache.h"

#include "ui/tabular.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <cmath>
#include <utility>

namespace weir {
namespace {

struct Line {
    QList<QGlyphRun> runs; // from the upper left corner
    qreal width = 0, ascent = 0, descent = 0;
};

Line lineOf(const QFont& font, const QString& text) {
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    if (!line.isValid())
        return {};
    return {layout.glyphRuns(), line.naturalTextWidth(), line.ascent(), line.descent()};
}

} // namespace

template <class Lay> const TextCache::Laid& TextCache::laid(const Key& key, const Theme& theme, Lay lay) {
    if (const auto found = m_texts.constFind(key); found != m_texts.constEnd())
        return *found;
    if (m_texts.size() >= textsMax)
        m_before = std::exchange(m_texts, {});
    if (const auto found = m_before.constFind(key); found != m_before.constEnd())
        return *m_texts.insert(key, *found);
    auto font = m_fonts.constFind(key.role);
    if (font == m_fonts.constEnd())
        font = m_fonts.insert(key.role, theme.font(key.role));
    return *m_texts.insert(key, lay(*font));
}

void TextCache::drawLaid(QPainter& painter, const QRectF& area, const Laid& text) {
    for (const QGlyphRun& run : text.runs)
        painter.drawGlyphRun(QPointF(area.left(), area.center().y() + text.down), run);
}

void TextCache::draw(QPainter& painter, const Theme& theme, TextRole role, const QRectF& area, const QString& text) {
    const int width = std::max(0, static_cast<int>(area.width()));
    const Laid& made = laid({text, role, width}, theme, [&](const QFont& font) {
        Line line = lineOf(font, text);
        if (line.width > width)
            line = lineOf(font, QFontMetrics(font).elidedText(text, Qt::ElideRight, width));
        return Laid{line.runs, -(line.ascent + line.descent) / 2};
    });
    drawLaid(painter, area, made);
}

void TextCache::drawTabular(QPainter& painter, const Theme& theme, TextRole role, const QRectF& area,
                            const QString& text) {
    const Laid& made = laid({text, role, -1}, theme, [&](const QFont& font) {
        const QFontMetricsF metrics(font);
        Laid all{.down = (metrics.ascent() - metrics.descent()) / 2};
        for (const TabularPiece& piece : TabularText(font, text).pieces) {
            const Line line = lineOf(font, piece.text);
            for (QGlyphRun run : line.runs) {
                QList<QPointF> positions = run.positions();
                for (QPointF& position : positions)
                    position += QPointF(piece.x, -line.ascent);
                run.setPositions(positions);
                all.runs.append(run);
            }
        }
        return all;
    });
    drawLaid(painter, area, made);
}

void TextCache::clear() {
    m_texts.clear();
    m_before.clear();
    m_fonts.clear();
}

} // namespace weir
