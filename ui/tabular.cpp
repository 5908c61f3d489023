#include "ui/tabular.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>

namespace weir {
namespace {

bool isDigit(QChar c) {
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

} // namespace

TabularText::TabularText(const QFontMetricsF& metrics, const QString& text) {
    if (text.isEmpty())
        return;
    std::array<qreal, 10> digits;
    for (std::size_t digit = 0; digit < digits.size(); ++digit)
        digits[digit] = metrics.horizontalAdvance(QChar(static_cast<char16_t>(u'0' + digit)));
    const qreal cell = *std::max_element(digits.begin(), digits.end());
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        const bool digit = isDigit(text[at]);
        while (!digit && end < text.size() && !isDigit(text[end]))
            ++end;
        const QString piece = text.mid(at, end - at);
        if (digit) {
            const qreal advance = digits[static_cast<std::size_t>(text[at].unicode() - u'0')];
            pieces.append({piece, width + (cell - advance) / 2});
            width += cell;
        } else {
            pieces.append({piece, width});
            width += metrics.horizontalAdvance(piece);
        }
        at = end;
    }
}

qreal tabularWidth(const QFont& font, const QString& text) {
    return TabularText(QFontMetricsF(font), text).width;
}

void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    const TabularText tabular(metrics, text);
    qreal left = rect.left();
    if (alignment & Qt::AlignRight)
        left = rect.right() - tabular.width;
    else if (alignment & Qt::AlignHCenter)
        left = rect.center().x() - tabular.width / 2;
    const qreal baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    for (const TabularPiece& piece : tabular.pieces)
        painter.drawText(QPointF(left + piece.x, baseline), piece.text);
}

} // namespace weir
