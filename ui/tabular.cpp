#include "ui/tabular.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QHash>
#include <QPaintEngine>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <array>

namespace weir {
namespace {

bool isDigit(QChar c) {
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

// What is known of a font: finding the glyphs of a text costs ten times as much as drawing them, and figures are drawn
// with every frame. Bounded: beyond that it begins anew.
class FontFigures {
  public:
    struct Piece {
        QList<QGlyphRun> runs; // from the upper left corner
        qreal ascent = 0;
    };

    static FontFigures& of(const QFont& font) {
        static QHash<QFont, FontFigures> known; // of the thread that draws
        if (const auto found = known.find(font); found != known.end())
            return *found;
        if (known.size() >= fontsMax)
            known.clear();
        return *known.insert(font, FontFigures(font));
    }

    qreal cell() const { return m_cell; } // that holds any digit
    qreal ascent() const { return m_ascent; }
    qreal descent() const { return m_descent; }

    qreal advance(const QString& text) {
        if (text.size() == 1 && isDigit(text.front()))
            return m_digits[static_cast<std::size_t>(text.front().unicode() - u'0')];
        if (const auto found = m_advances.constFind(text); found != m_advances.constEnd())
            return *found;
        if (m_advances.size() >= textsMax)
            m_advances.clear();
        return *m_advances.insert(text, QFontMetricsF(m_font).horizontalAdvance(text));
    }

    const Piece& piece(const QString& text) {
        if (const auto found = m_pieces.constFind(text); found != m_pieces.constEnd())
            return *found;
        if (m_pieces.size() >= textsMax)
            m_pieces.clear();
        QTextLayout layout(text, m_font);
        layout.beginLayout();
        const QTextLine line = layout.createLine();
        layout.endLayout();
        return *m_pieces.insert(text, line.isValid() ? Piece{layout.glyphRuns(), line.ascent()} : Piece{});
    }

  private:
    static constexpr qsizetype fontsMax = 64;
    static constexpr qsizetype textsMax = 256;

    explicit FontFigures(const QFont& font) : m_font(font) {
        const QFontMetricsF metrics(font);
        for (std::size_t digit = 0; digit < m_digits.size(); ++digit)
            m_digits[digit] = metrics.horizontalAdvance(QChar(static_cast<char16_t>(u'0' + digit)));
        m_cell = *std::max_element(m_digits.begin(), m_digits.end());
        m_ascent = metrics.ascent();
        m_descent = metrics.descent();
    }

    QFont m_font;
    std::array<qreal, 10> m_digits{};
    qreal m_cell = 0, m_ascent = 0, m_descent = 0;
    QHash<QString, qreal> m_advances;
    QHash<QString, Piece> m_pieces;
};

} // namespace

TabularText::TabularText(const QFont& font, const QString& text) {
    FontFigures& figures = FontFigures::of(font);
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        const bool digit = isDigit(text[at]);
        while (!digit && end < text.size() && !isDigit(text[end]))
            ++end;
        const QString piece = text.mid(at, end - at);
        const qreal advance = figures.advance(piece);
        pieces.append({piece, digit ? width + (figures.cell() - advance) / 2 : width});
        width += digit ? figures.cell() : advance;
        at = end;
    }
}

qreal tabularWidth(const QFont& font, const QString& text) {
    return TabularText(font, text).width;
}

void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text) {
    const TabularText tabular(painter.font(), text);
    FontFigures& figures = FontFigures::of(painter.font());
    qreal left = rect.left();
    if (alignment & Qt::AlignRight)
        left = rect.right() - tabular.width;
    else if (alignment & Qt::AlignHCenter)
        left = rect.center().x() - tabular.width / 2;
    const qreal baseline = rect.center().y() + (figures.ascent() - figures.descent()) / 2;
    // Pixels are made from glyphs that are known; a file is to hold the text, so that it can be searched.
    const bool pixels = painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::Raster;
    for (const TabularPiece& piece : tabular.pieces) {
        if (!pixels) {
            painter.drawText(QPointF(left + piece.x, baseline), piece.text);
            continue;
        }
        const FontFigures::Piece& glyphs = figures.piece(piece.text);
        for (const QGlyphRun& run : glyphs.runs)
            painter.drawGlyphRun(QPointF(left + piece.x, baseline - glyphs.ascent), run);
    }
}

} // namespace weir
