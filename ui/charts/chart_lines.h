// ChartLines: what a chart draws, made from a Series: named lines of points (seconds, value), their unit and colours.
// Pure functions; a bin gives one point, or its minimum and maximum where both matter, so never more than two a bin.
#pragma once

#include "core/record/series.h"
#include "ui/theme.h"

#include <QList>
#include <QPointF>
#include <QString>

#include <optional>
#include <vector>

namespace weir {

enum class ChartKind { Throughput, Depth, Latency };
enum class ChartUnit { PerSecond, Count, Seconds };

struct ChartLine {
    enum class Role { Published, Acked, Failed, Depth, P99, P90, P50 };
    Role role = Role::Published;
    Tone tone = Tone::Accent;
    QList<QPointF> points;
};

struct ChartLines {
    ChartUnit unit = ChartUnit::PerSecond;
    std::vector<ChartLine> lines;
    double highest = 0;
    double pointWidth = 0; // seconds that a point stands for
};

// `group` bins make one point of a rate or a percentile, so that a point stands for enough messages to be calm.
ChartLines chartLines(const Series& series, ChartKind kind, std::size_t group = 1);
// How many bins make a point where the axis ends there: about 120 points over the axis, and half a second at least.
std::size_t binsPerPoint(const Series& series, double endSeconds);
// The value of a line at a time: that of the bin the time lies in, or nothing.
std::optional<double> valueAt(const ChartLine& line, double seconds, double pointWidth);

} // namespace weir
