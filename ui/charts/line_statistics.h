// LineStatistics: what a figure was over a stretch of time, from a Series of exactly that stretch: of times every
// single observation counts, of rates and shares the points, of levels the time that they stood. Pure.
#pragma once

#include "ui/charts/chart_lines.h"

#include <optional>

namespace weir {

struct LineStatistics {
    std::int64_t count = 0; // observations; messages of a rate; points of a level
    std::optional<double> mean, min, max, p50, p90, p99;
    std::optional<double> area; // value times seconds; of a rate what it adds up to
};

LineStatistics statisticsOf(const Series& series, const Figure& figure);

} // namespace weir
