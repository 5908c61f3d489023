#include "ui/charts/line_statistics.h"

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

void takeRanks(LineStatistics& made, std::vector<double> values) {
    if (values.empty())
        return;
    std::sort(values.begin(), values.end());
    const auto rank = [&values](double fraction) {
        const double exact = std::ceil(fraction * static_cast<double>(values.size()) - 1e-9);
        return values[static_cast<std::size_t>(std::max(1.0, exact)) - 1];
    };
    made.min = values.front();
    made.max = values.back();
    made.p50 = rank(0.5);
    made.p90 = rank(0.9);
    made.p99 = rank(0.99);
}

std::int64_t countOf(const Series::Bin& bin, Measure measure) {
    switch (measure) {
    case Measure::Published:
        return bin.published;
    case Measure::Acked:
        return bin.acked;
    case Measure::Failed:
        return bin.failed;
    case Measure::DeadLettered:
        return bin.deadLettered;
    case Measure::Redelivered:
        return bin.redelivered;
    default:
        return bin.handled + bin.failed;
    }
}

} // namespace

LineStatistics statisticsOf(const Series& series, const Figure& figure) {
    LineStatistics made;
    if (series.bins().empty())
        return made;
    Series::Bin all;
    for (const Series::Bin& bin : series.bins())
        all.merge(bin);
    if (const Histogram* histogram = histogramOf(all, figure.measure)) {
        const auto inSeconds = [](auto value) {
            return value ? std::optional(static_cast<double>(*value) * 1e-9) : std::nullopt;
        };
        made.count = static_cast<std::int64_t>(histogram->count());
        made.mean = inSeconds(histogram->mean());
        made.min = inSeconds(histogram->min());
        made.max = inSeconds(histogram->max());
        made.p50 = inSeconds(histogram->quantile(0.5));
        made.p90 = inSeconds(histogram->quantile(0.9));
        made.p99 = inSeconds(histogram->quantile(0.99));
        return made;
    }
    const double binWidth = seconds(series.binWidth());
    if (figure.isLevel()) {
        const Series::Level& level = *levelOf(all, figure.measure);
        if (!level.known())
            return made;
        std::vector<double> means; // every bin stands for the same time; the one that is being filled is left out
        double area = 0;
        const std::size_t end = series.bins().size() - (series.complete() || series.bins().size() == 1 ? 0 : 1);
        for (std::size_t i = 0; i < end; ++i)
            if (const Series::Level& part = *levelOf(series.bins()[i], figure.measure); part.known()) {
                means.push_back(part.area / binWidth);
                area += part.area;
            }
        made.count = static_cast<std::int64_t>(means.size());
        made.area = area;
        if (!means.empty())
            made.mean = area / (binWidth * static_cast<double>(means.size()));
        takeRanks(made, std::move(means));
        made.min = static_cast<double>(level.min); // exact, where bins' means are smoothed
        made.max = static_cast<double>(level.max);
        return made;
    }
    const LinePoints line =
        linePoints(series, figure, binsPerPoint(series, binWidth * static_cast<double>(series.bins().size())));
    std::vector<double> values;
    for (const QPointF& point : line.points)
        values.push_back(point.y());
    takeRanks(made, std::move(values));
    made.count = countOf(all, figure.measure);
    const double length = binWidth * static_cast<double>(series.bins().size());
    if (figure.unit() == ChartUnit::PerSecond) {
        made.mean = static_cast<double>(made.count) / length;
        made.area = static_cast<double>(made.count);
    } else if (figure.measure == Measure::Utilization && all.up.area > 0) {
        made.count = static_cast<std::int64_t>(line.points.size());
        made.mean = all.busy.area / all.up.area;
    } else if (figure.measure == Measure::ErrorShare && made.count > 0) {
        made.mean = static_cast<double>(all.failed) / static_cast<double>(made.count);
    }
    return made;
}

} // namespace weir
