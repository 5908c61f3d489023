// ChartLines: what a chart draws, made from a Series: points (seconds, value) of a figure, bands between percentiles,
// and the reduction to a minimum and a maximum per pixel column. Pure functions.
#pragma once

#include "core/record/series.h"
#include "ui/charts/figure.h"
#include "ui/charts/point_pyramid.h"

#include <QList>
#include <QPointF>

#include <optional>
#include <span>

namespace weir {

struct LinePoints {
    QList<QPointF> points; // ascending in time
    double width = 0;      // seconds that a point stands for
};

// `group` bins make one point of a rate, share or percentile, so that a point stands for enough messages to be calm; of
// a level they make two, its minimum and its maximum.
LinePoints linePoints(const Series& series, const Figure& figure, std::size_t group = 1);
// A live system tells when an event was answered, but not when all that followed from it is done: where nothing tells
// the end to end time, the response stands for it.
Figure figureForRun(const Series& series, const Figure& figure);
// How many bins make a point where that many seconds are shown: about 120 points over them, and half a second at least
// where the whole run is shown.
std::size_t binsPerPoint(const Series& series, double shownSeconds);
// The value of a line at a time: that of the point whose stretch the time lies in, or nothing.
std::optional<double> valueAt(const LinePoints& line, double seconds);

// The points between two times, with the neighbour beyond on either side, so that lines leave the picture instead of
// ending in it; at most first, lowest, highest and last a column, in their order. Where that saves nothing the points
// themselves.
QList<QPointF> reduced(const PointPyramid& line, double begin, double end, int columns);

// Counts over time and value, log-spaced: a latency heat map.
struct HeatCells {
    double begin = 0; // seconds, of the first column
    double columnWidth = 0;
    double low = 0; // seconds, the first row's lower edge; each row is `ratio` times as high as the one below
    double ratio = 1;
    int columns = 0, rows = 0;
    std::uint64_t highest = 0;
    std::vector<std::uint64_t> counts; // columns times rows, by column

    std::uint64_t at(int column, int row) const {
        return counts[static_cast<std::size_t>(column) * static_cast<std::size_t>(rows) +
                      static_cast<std::size_t>(row)];
    }
    double rowLow(int row) const;
};
// Rows from the smallest to the largest value that occurs; a bucket that spans two rows counts for that of its middle.
HeatCells heatCells(const Series& series, Measure measure, std::size_t group, int rows);

} // namespace weir
