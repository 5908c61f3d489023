#include "ui/charts/chart_lines.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace weir {
namespace {

double beginOf(const Series& series) {
    return seconds(series.window().begin);
}

using Bins = std::span<const Series::Bin>;

// Groups of bins that are complete: what is still being filled is left out, rates and percentiles of a part of it would
// mislead.
template <class Visit> void forEachGroup(const Series& series, std::size_t group, Visit visit) {
    const Bins bins = series.bins();
    const std::size_t end = bins.size() + (series.complete() ? 1 : 0);
    for (std::size_t i = 0; i + group < end; i += group)
        visit(i, bins.subspan(i, group));
}

std::optional<double> quantileOf(Bins bins, const Figure& figure) {
    if (bins.size() == 1)
        return histogramOf(bins.front(), figure.measure)->quantile(figure.fraction);
    Histogram merged;
    for (const Series::Bin& bin : bins)
        merged.merge(*histogramOf(bin, figure.measure));
    return merged.quantile(figure.fraction);
}

// Of several bins only what the figure is made of is put together: a rate needs none of their histograms.
std::optional<double> groupValue(Bins bins, const Figure& figure, double width) {
    const auto sum = [bins](std::int64_t Series::Bin::*count) {
        return std::accumulate(bins.begin(), bins.end(), std::int64_t{0},
                               [count](std::int64_t all, const Series::Bin& bin) { return all + bin.*count; });
    };
    const auto area = [bins](Series::Level Series::Bin::*level) {
        return std::accumulate(bins.begin(), bins.end(), 0.0,
                               [level](double all, const Series::Bin& bin) { return all + (bin.*level).area; });
    };
    const auto rate = [&](std::int64_t Series::Bin::*count) { return static_cast<double>(sum(count)) / width; };
    switch (figure.measure) {
    case Measure::Published:
        return rate(&Series::Bin::published);
    case Measure::Acked:
        return rate(&Series::Bin::acked);
    case Measure::Failed:
        return rate(&Series::Bin::failed);
    case Measure::DeadLettered:
        return rate(&Series::Bin::deadLettered);
    case Measure::Redelivered:
        return rate(&Series::Bin::redelivered);
    case Measure::ErrorShare: {
        const std::int64_t failed = sum(&Series::Bin::failed);
        const std::int64_t ended = sum(&Series::Bin::handled) + failed;
        return ended > 0 ? std::optional(static_cast<double>(failed) / static_cast<double>(ended)) : std::nullopt;
    }
    case Measure::Utilization: {
        const double up = area(&Series::Bin::up);
        return up > 0 ? std::optional(area(&Series::Bin::busy) / up) : std::nullopt;
    }
    default:
        break;
    }
    const std::optional<double> value = figure.isTime() ? quantileOf(bins, figure) : std::nullopt;
    return value ? std::optional(*value * 1e-9) : std::nullopt;
}

} // namespace

Figure figureForRun(const Series& series, const Figure& figure) {
    const auto has = [&series](const Histogram Series::Bin::*times) {
        return std::any_of(series.bins().begin(), series.bins().end(),
                           [times](const Series::Bin& bin) { return (bin.*times).count() > 0; });
    };
    Figure shown = figure;
    if (figure.measure == Measure::Latency && !has(&Series::Bin::latency) && has(&Series::Bin::response))
        shown.measure = Measure::Response;
    return shown;
}

std::size_t binsPerPoint(const Series& series, double shownSeconds) {
    const double width = std::max(series.window().bounded() ? 0.0 : 0.5, shownSeconds / 120);
    return std::max<std::size_t>(1, static_cast<std::size_t>(width / seconds(series.binWidth()) + 0.5));
}

LinePoints linePoints(const Series& series, const Figure& figure, std::size_t group) {
    LinePoints made;
    const double binWidth = seconds(series.binWidth());
    const double begin = beginOf(series);
    made.width = binWidth * static_cast<double>(group);
    if (figure.isLevel()) {
        const std::vector<Series::Bin>& bins = series.bins();
        made.points.reserve(static_cast<qsizetype>(2 * (bins.size() / group + 1)));
        for (std::size_t i = 0; i < bins.size(); i += group) {
            Series::Level all;
            for (std::size_t j = i; j < std::min(bins.size(), i + group); ++j) {
                const Series::Level& level = *levelOf(bins[j], figure.measure);
                all.min = std::min(all.min, level.min); // of one that is not known they are beyond all others
                all.max = std::max(all.max, level.max);
            }
            if (!all.known())
                continue;
            const double at = begin + static_cast<double>(i) * binWidth;
            made.points.append({at + 0.25 * made.width, static_cast<double>(all.min)});
            made.points.append({at + 0.75 * made.width, static_cast<double>(all.max)});
        }
        return made;
    }
    forEachGroup(series, group, [&](std::size_t first, Bins bins) {
        if (const std::optional<double> value = groupValue(bins, figure, made.width))
            made.points.append({begin + static_cast<double>(first) * binWidth + made.width / 2, *value});
    });
    return made;
}

std::optional<double> valueAt(const LinePoints& line, double at) {
    const double half = line.width / 2;
    const auto found = std::lower_bound(line.points.begin(), line.points.end(), at - half,
                                        [](const QPointF& point, double time) { return point.x() < time; });
    if (found == line.points.end() || found->x() > at + half)
        return std::nullopt;
    // Of a minimum and a maximum the maximum is what matters.
    const auto next = found + 1;
    return next != line.points.end() && next->x() <= at + half ? std::max(found->y(), next->y()) : found->y();
}

namespace {

bool before(const QPointF& point, double time) {
    return point.x() < time;
}

// The first point at or after that time, from `at` on, which is likely to be where `guess` points away from it.
qsizetype endOfColumn(const QList<QPointF>& points, qsizetype at, qsizetype last, qsizetype guess, double time) {
    qsizetype from = std::min(at + guess, last);
    qsizetype to = from;
    for (qsizetype step = 1; from > at && points.at(from - 1).x() >= time; step *= 2) {
        to = from - 1;
        from = std::max(at, from - step);
    }
    for (qsizetype step = 1; to < last && points.at(to).x() < time; step *= 2) {
        from = to + 1;
        to = std::min(last, to + step);
    }
    return std::lower_bound(points.begin() + from, points.begin() + to, time, before) - points.begin();
}

} // namespace

QList<QPointF> reduced(const PointPyramid& line, double begin, double end, int columns) {
    const QList<QPointF>& points = line.points();
    qsizetype first = std::lower_bound(points.begin(), points.end(), begin, before) - points.begin();
    qsizetype last = std::lower_bound(points.begin() + first, points.end(), end, before) - points.begin();
    first -= first > 0 ? 1 : 0;
    last += last < points.size() ? 1 : 0;
    if (columns < 1 || end <= begin || last - first <= qsizetype{4} * columns)
        return points.mid(first, last - first);
    QList<QPointF> kept;
    kept.reserve(qsizetype{4} * columns + 8);
    const double perSecond = columns / (end - begin);
    for (qsizetype at = first, wide = 1; at < last; at += wide) {
        const double column = std::floor((points.at(at).x() - begin) * perSecond);
        const double columnEnd = begin + (column + 1) / perSecond;
        const qsizetype stop = std::max(at + 1, endOfColumn(points, at, last, wide, columnEnd));
        const auto [low, high] = line.extremes(at, stop);
        const auto [earlier, later] = std::minmax(low, high);
        kept.append(points.at(at));
        if (earlier != at)
            kept.append(points.at(earlier));
        if (later != earlier && later != at)
            kept.append(points.at(later));
        if (stop - 1 > later)
            kept.append(points.at(stop - 1));
        wide = stop - at;
    }
    return kept;
}

double HeatCells::rowLow(int row) const {
    return low * std::pow(ratio, row);
}

HeatCells heatCells(const Series& series, Measure measure, std::size_t group, int rows) {
    HeatCells made;
    std::int64_t least = 0, most = 0;
    bool any = false;
    for (const Series::Bin& bin : series.bins())
        if (const Histogram* histogram = histogramOf(bin, measure); histogram && histogram->count() > 0) {
            least = any ? std::min(least, *histogram->min()) : *histogram->min();
            most = any ? std::max(most, *histogram->max()) : *histogram->max();
            any = true;
        }
    if (!any || rows < 1)
        return made;
    // Nothing takes no time at all to the eye: everything below a microsecond is in the lowest row.
    const double low = std::max(1e3, static_cast<double>(least));
    const double high = std::max(low * 1.1, static_cast<double>(most) * 1.000001);
    made.begin = beginOf(series);
    made.columnWidth = seconds(series.binWidth()) * static_cast<double>(group);
    made.low = low * 1e-9;
    made.ratio = std::pow(high / low, 1.0 / rows);
    made.rows = rows;
    made.columns = static_cast<int>((series.bins().size() + group - 1) / group);
    made.counts.assign(static_cast<std::size_t>(made.columns) * static_cast<std::size_t>(rows), 0);
    const double perLog = 1 / std::log(made.ratio);
    for (std::size_t i = 0; i < series.bins().size(); ++i) {
        const std::size_t column = i / group * static_cast<std::size_t>(rows);
        histogramOf(series.bins()[i], measure)
            ->forEachBucket([&](std::uint64_t first, std::uint64_t width, std::uint64_t n) {
                const double middle = static_cast<double>(first) + static_cast<double>(width) / 2;
                const int row =
                    std::clamp(static_cast<int>(std::log(std::max(low, middle) / low) * perLog), 0, rows - 1);
                made.highest = std::max(made.highest, made.counts[column + static_cast<std::size_t>(row)] += n);
            });
    }
    return made;
}

} // namespace weir
