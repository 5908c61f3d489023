// ChartSpec: what a chart is of, as remembered with the window: its lines by name, how it is drawn, and whether it
// follows the selection. Plain values and their text form (JSON).
#pragma once

#include "ui/charts/figure.h"

#include <QList>

namespace weir {

enum class ChartKind { Throughput, Depth, Latency }; // of what is selected
enum class ChartLook { Lines, Bands, Heat };

struct ChartSpec {
    static constexpr qsizetype linesMax = 12;
    bool follows = false; // of the selected node, by kind; else the lines
    ChartKind kind = ChartKind::Latency;
    QList<LineSpec> lines;
    ChartLook look = ChartLook::Lines;
    bool log = false;
    bool operator==(const ChartSpec&) const = default;
};
inline constexpr qsizetype chartsMax = 16; // at a time
inline constexpr qsizetype chartsKeptMax = 64; // with those of other scenarios

QByteArray toJson(const QList<ChartSpec>& charts);
// What cannot be read is left out.
QList<ChartSpec> chartsFrom(const QByteArray& json);

} // namespace weir
