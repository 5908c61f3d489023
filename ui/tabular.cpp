#include "ui/tabular.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace weir {
namespace {

bool isDigit(QChar c) {
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

qreal digitCell(const QFontMetricsF& metrics) {
    qreal widest = 0;
    for (char digit = '0'; digit <= '9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
    return widest;
}

// Calls visit(piece, width, isDigit) for each digit and for each stretch without digits, in order.
template <class Visit> void forEachPiece(const QFontMetricsF& metrics, const QString& text, Visit visit) {
    const qreal cell = digitCell(metrics);
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        const bool digit = isDigit(text[at]);
        while (!digit && end < text.size() && !isDigit(text[end]))
            ++end;
        const QString piece = text.mid(at, end - at);
        visit(piece, digit ? cell : metrics.horizontalAdvance(piece), digit);
        at = end;
    }
}

} // namespace

qreal tabularWidth(const QFont& font, const QString& text) {
    qreal width = 0;
    forEachPiece(QFontMetricsF(font), text, [&width](const QString&, qreal advance, bool) { width += advance; });
    return width;
}

void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    const qreal width = tabularWidth(painter.font(), text);
    qreal x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - width / 2;
    const qreal baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    forEachPiece(metrics, text, [&](const QString& piece, qreal advance, bool digit) {
        const qreal inset = digit ? (advance - metrics.horizontalAdvance(piece)) / 2 : 0;
        painter.drawText(QPointF(x + inset, baseline), piece);
        x += advance;
    });
}

} // namespace weir
