// Tabular figures: draws text with every digit in a cell of equal width, so that numbers that change do not dance.
// Inter's digits are proportional and this Qt cannot switch on its `tnum` feature, hence by hand.
// For single lines of figures; text in a fixed-pitch font needs none of it.
#pragma once

#include <QFont>
#include <QList>
#include <QString>

class QPainter;
class QRectF;

namespace weir {

// A digit, or a stretch without any.
struct TabularPiece {
    QString text;
    qreal x = 0; // where it begins
};

struct TabularText {
    TabularText(const QFont& font, const QString& text);

    QList<TabularPiece> pieces;
    qreal width = 0;
};

qreal tabularWidth(const QFont& font, const QString& text);

// With the painter's pen and font, aligned in the rectangle (horizontal alignment; vertically in the middle).
void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text);

} // namespace weir
