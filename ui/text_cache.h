// TextCache: single lines of text laid out once and then drawn by their glyphs, for views that show much the same texts
// again and again: finding the glyphs of a text costs ten times as much as drawing them. Bounded: what was not drawn
// for long goes. Its owner clears it when fonts change.
#pragma once

#include "ui/theme.h"

#include <QFont>
#include <QGlyphRun>
#include <QHash>
#include <QList>
#include <QString>

class QPainter;
class QRectF;

namespace weir {

class TextCache {
  public:
    // With the painter's pen, from the left, in the middle of the area's height; cut with an ellipsis where it is
    // wider.
    void draw(QPainter& painter, const Theme& theme, TextRole role, const QRectF& area, const QString& text);
    // The same with digits of equal width (see tabular.h).
    void drawTabular(QPainter& painter, const Theme& theme, TextRole role, const QRectF& area, const QString& text);
    void clear();

    static constexpr qsizetype textsMax = 1'024; // of each of two generations: few enough to let one go at once

  private:
    struct Key {
        QString text;
        TextRole role;
        int width; // tabular texts are never cut: -1
        bool operator==(const Key&) const = default;
        friend std::size_t qHash(const Key& key, std::size_t seed = 0) {
            return qHashMulti(seed, key.text, static_cast<int>(key.role), key.width);
        }
    };
    struct Laid {
        QList<QGlyphRun> runs;
        qreal down = 0; // from the middle of the area to where the runs count from
    };
    // Lays out where nobody did before: a Laid by lay(font).
    template <class Lay> const Laid& laid(const Key& key, const Theme& theme, Lay lay);
    static void drawLaid(QPainter& painter, const QRectF& area, const Laid& text);

    QHash<TextRole, QFont> m_fonts;
    QHash<Key, Laid> m_texts, m_before;
};

} // namespace weir
