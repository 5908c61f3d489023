#include "ui/report/figure_chart.h"

#include "ui/charts/axis.h"
#include "ui/format.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace weir {

void FigureChart::paint(QPainter& painter, const QRectF& rect, const Theme& theme) const {
    double highest = 0;
    for (const FigureLine& line : lines)
        for (const QPointF& point : line.points)
            highest = std::max(highest, point.y());
    const AxisTicks values = valueTicks(highest, 4);
    const AxisTicks times = timeTicks(endSeconds, 8);
    const QRectF plot = rect.adjusted(56, 28, -16, -26);
    const auto at = [&](double seconds, double value) {
        return QPointF(plot.left() + plot.width() * seconds / times.end,
                       plot.bottom() - plot.height() * value / values.end);
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(TextRole::Label));
    const QString suffix = unit.isEmpty() ? QString() : unit.startsWith(u'/') ? unit : QStringLiteral(" ") + unit;
    for (const double value : values.values) {
        const qreal y = at(0, value).y();
        painter.setPen(theme.grid);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(rect.left(), y - 9, 50, 18), Qt::AlignRight | Qt::AlignVCenter, numberText(value) + suffix);
    }
    for (const double second : times.values)
        painter.drawText(QRectF(at(second, 0).x() - 40, plot.bottom() + 4, 80, 18), Qt::AlignCenter,
                         timeTickText(second, times.step));
    qreal x = plot.left();
    for (const FigureLine& line : lines) {
        painter.setPen(QPen(line.colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        QPainterPath path;
        for (const QPointF& point : line.points) {
            const QPointF place = at(std::min(point.x(), times.end), point.y());
            if (path.elementCount() == 0)
                path.moveTo(place);
            else
                path.lineTo(place);
        }
        painter.drawPath(path);
        painter.drawLine(QPointF(x, rect.top() + 13), QPointF(x + 16, rect.top() + 13));
        painter.setPen(theme.text);
        painter.drawText(QPointF(x + 22, rect.top() + 17), line.name);
        x += 22 + painter.fontMetrics().horizontalAdvance(line.name) + 20;
    }
    painter.restore();
}

} // namespace weir
