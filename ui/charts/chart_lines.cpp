#include "ui/charts/chart_lines.h"

#include <algorithm>

namespace weir {

namespace {

Series::Bin merged(const std::vector<Series::Bin>& bins, std::size_t first, std::size_t count) {
    Series::Bin sum = bins[first];
    for (std::size_t i = first + 1; i < first + count; ++i) {
        sum.published += bins[i].published;
        sum.acked += bins[i].acked;
        sum.failed += bins[i].failed;
        sum.deadLettered += bins[i].deadLettered;
        sum.latency.merge(bins[i].latency);
    }
    return sum;
}

} // namespace

std::size_t binsPerPoint(const Series& series, double endSeconds) {
    const double width = std::max(0.5, endSeconds / 120);
    return std::max<std::size_t>(1, static_cast<std::size_t>(width / seconds(series.binWidth()) + 0.5));
}

ChartLines chartLines(const Series& series, ChartKind kind, std::size_t group) {
    using Role = ChartLine::Role;
    ChartLines made;
    const std::vector<Series::Bin>& bins = series.bins();
    made.pointWidth = seconds(series.binWidth()) * static_cast<double>(kind == ChartKind::Depth ? 1 : group);
    const double width = made.pointWidth;
    // What is still being filled is left out: rates and percentiles of a part of it would mislead.
    std::vector<Series::Bin> points;
    for (std::size_t i = 0; kind != ChartKind::Depth && i + group < bins.size(); i += group)
        points.push_back(merged(bins, i, group));
    const auto line = [&](Role role, Tone tone, auto valueOf) {
        ChartLine drawn{role, tone, {}};
        drawn.points.reserve(static_cast<qsizetype>(points.size()));
        for (std::size_t i = 0; i < points.size(); ++i)
            if (const std::optional<double> value = valueOf(points[i])) {
                drawn.points.append({(static_cast<double>(i) + 0.5) * width, *value});
                made.highest = std::max(made.highest, *value);
            }
        made.lines.push_back(std::move(drawn));
    };
    const auto rate = [width](std::int64_t count) { return std::optional(static_cast<double>(count) / width); };
    const auto percentile = [](double fraction) {
        return [fraction](const Series::Bin& bin) -> std::optional<double> {
            const std::optional<double> value = bin.latency.quantile(fraction);
            return value ? std::optional(*value * 1e-9) : std::nullopt;
        };
    };
    switch (kind) {
    case ChartKind::Throughput:
        made.unit = ChartUnit::PerSecond;
        line(Role::Published, Tone::Accent, [&](const Series::Bin& bin) { return rate(bin.published); });
        line(Role::Acked, Tone::Ok, [&](const Series::Bin& bin) { return rate(bin.acked); });
        line(Role::Failed, Tone::Danger, [&](const Series::Bin& bin) { return rate(bin.failed + bin.deadLettered); });
        break;
    case ChartKind::Depth: {
        made.unit = ChartUnit::Count;
        ChartLine depth{Role::Depth, Tone::Accent, {}};
        for (std::size_t i = 0; i < bins.size(); ++i) {
            const double at = static_cast<double>(i) * width;
            depth.points.append({at + 0.25 * width, static_cast<double>(bins[i].depthMin)});
            depth.points.append({at + 0.75 * width, static_cast<double>(bins[i].depthMax)});
            made.highest = std::max(made.highest, static_cast<double>(bins[i].depthMax));
        }
        made.lines.push_back(std::move(depth));
        break;
    }
    case ChartKind::Latency:
        made.unit = ChartUnit::Seconds;
        line(Role::P99, Tone::Danger, percentile(0.99));
        line(Role::P90, Tone::Warn, percentile(0.9));
        line(Role::P50, Tone::Accent, percentile(0.5));
        break;
    }
    return made;
}

std::optional<double> valueAt(const ChartLine& line, double at, double binWidth) {
    const auto found = std::lower_bound(line.points.begin(), line.points.end(), at - binWidth / 2,
                                        [](const QPointF& point, double time) { return point.x() < time; });
    if (found == line.points.end() || found->x() > at + binWidth / 2)
        return std::nullopt;
    // Of a minimum and a maximum the maximum is what matters.
    const auto next = found + 1;
    return next != line.points.end() && next->x() <= at + binWidth / 2 ? std::max(found->y(), next->y()) : found->y();
}

} // namespace weir
