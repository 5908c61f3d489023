// ChartLines: what a chart draws, made from a Series: named lines of points (seconds, value), their unit and colours.
// Pure functions; a bin gives one point, or its minimum and maximum where both matter, so never more than two a bin.
#pragma once

#include "core/record/series.h"
#include "ui/theme.h"

#include <QList>
#include <QPointF>
#include <QString>

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
};

ChartLines chartLines(const Series& series, ChartKind kind);
// The value of a line at a time: that of the bin the time lies in, or nothing.
std::optional<double> valueAt(const ChartLine& line, double seconds, double binWidth);

} // namespace weir
