// FigureChart: a chart for paper: a few lines over simulated time with axes and a legend, painted in one go. What moves
// and answers the pointer is the charts view; this is its still picture for reports.
#pragma once

#include "ui/theme.h"

#include <QList>
#include <QPointF>
#include <QString>

#include <vector>

class QPainter;
class QRectF;

namespace weir {

struct FigureLine {
    QString name;
    QColor colour;
    QList<QPointF> points; // seconds, value
};
struct FigureChart {
    QString unit; // "s", "/s"; empty: a count
    std::vector<FigureLine> lines;
    double endSeconds = 1;

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const;
};

} // namespace weir
