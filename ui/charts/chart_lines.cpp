#include "ui/charts/chart_lines.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace weir {
namespace {

double beginOf(const Series& series) {
    return seconds(series.window().begin);
}

// Groups of bins that are complete: what is still being filled is left out, rates and percentiles of a part of it would
// mislead.
template <class Visit> void forEachGroup(const Series& series, std::size_t group, Visit visit) {
    const std::vector<Series::Bin>& bins = series.bins();
    const std::size_t end = bins.size() + (series.complete() ? 1 : 0);
    for (std::size_t i = 0; i + group < end; i += group) {
        if (group == 1) {
            visit(i, bins[i]);
            continue;
        }
        Series::Bin merged = bins[i];
        for (std::size_t j = i + 1; j < i + group; ++j)
            merged.merge(bins[j]);
        visit(i, merged);
    }
}

std::optional<double> groupValue(const Series::Bin& bin, const Figure& figure, double width) {
    const auto rate = [width](std::int64_t count) { return static_cast<double>(count) / width; };
    switch (figure.measure) {
    case Measure::Published:
        return rate(bin.published);
    case Measure::Acked:
        return rate(bin.acked);
    case Measure::Failed:
        return rate(bin.failed);
    case Measure::DeadLettered:
        return rate(bin.deadLettered);
    case Measure::Redelivered:
        return rate(bin.redelivered);
    case Measure::ErrorShare: {
        const std::int64_t ended = bin.handled + bin.failed;
        return ended > 0 ? std::optional(static_cast<double>(bin.failed) / static_cast<double>(ended)) : std::nullopt;
    }
    case Measure::Utilization:
        return bin.up.area > 0 ? std::optional(bin.busy.area / bin.up.area) : std::nullopt;
    default:
        break;
    }
    const Histogram* histogram = histogramOf(bin, figure.measure);
    const std::optional<double> value = histogram ? histogram->quantile(figure.fraction) : std::nullopt;
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
    if (figure.isLevel()) {
        made.width = binWidth;
        const std::vector<Series::Bin>& bins = series.bins();
        made.points.reserve(static_cast<qsizetype>(2 * bins.size()));
        for (std::size_t i = 0; i < bins.size(); ++i) {
            const Series::Level& level = *levelOf(bins[i], figure.measure);
            if (!level.known())
                continue;
            const double at = begin + static_cast<double>(i) * binWidth;
            made.points.append({at + 0.25 * binWidth, static_cast<double>(level.min)});
            made.points.append({at + 0.75 * binWidth, static_cast<double>(level.max)});
        }
        return made;
    }
    made.width = binWidth * static_cast<double>(group);
    forEachGroup(series, group, [&](std::size_t first, const Series::Bin& bin) {
        if (const std::optional<double> value = groupValue(bin, figure, made.width))
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

using PointIterator = std::span<const QPointF>::iterator;

bool before(const QPointF& point, double time) {
    return point.x() < time;
}

// The first point at or after that time, which is likely to be near.
PointIterator endOfColumn(PointIterator at, PointIterator last, double time) {
    std::ptrdiff_t step = 1;
    while (last - at > step && at[step].x() < time) {
        at += step;
        step *= 2;
    }
    return std::lower_bound(at, at + std::min(step, last - at), time, before);
}

// The first of the lowest and the first of the highest. The values are found before the places, four side by side: a
// million points are looked through while a frame is made.
std::pair<PointIterator, PointIterator> lowestAndHighest(PointIterator first, PointIterator last) {
    std::array<double, 4> lows;
    lows.fill(first->y());
    std::array<double, 4> highs = lows;
    auto at = first;
    for (; last - at >= 4; at += 4)
        for (std::size_t i = 0; i < 4; ++i) {
            const double value = at[static_cast<std::ptrdiff_t>(i)].y();
            lows[i] = value < lows[i] ? value : lows[i];
            highs[i] = value > highs[i] ? value : highs[i];
        }
    for (; at != last; ++at) {
        lows[0] = std::min(lows[0], at->y());
        highs[0] = std::max(highs[0], at->y());
    }
    const auto place = [&](double value) {
        return std::find_if(first, last, [value](const QPointF& point) { return point.y() == value; });
    };
    return {place(*std::min_element(lows.begin(), lows.end())), place(*std::max_element(highs.begin(), highs.end()))};
}

} // namespace

QList<QPointF> reduced(std::span<const QPointF> points, double begin, double end, int columns) {
    auto first = std::lower_bound(points.begin(), points.end(), begin, before);
    auto last = std::lower_bound(first, points.end(), end, before);
    first -= first != points.begin() ? 1 : 0;
    last += last != points.end() ? 1 : 0;
    const auto count = static_cast<std::size_t>(last - first);
    if (columns < 1 || end <= begin || count <= 4 * static_cast<std::size_t>(columns))
        return QList<QPointF>(first, last);
    QList<QPointF> kept;
    kept.reserve(4 * columns + 8);
    const double perSecond = columns / (end - begin);
    for (auto at = first; at != last;) {
        const double column = std::floor((at->x() - begin) * perSecond);
        const double columnEnd = begin + (column + 1) / perSecond;
        const auto stop = std::max(at + 1, endOfColumn(at, last, columnEnd));
        const auto [low, high] = lowestAndHighest(at, stop);
        const auto [earlier, later] = std::minmax(low, high);
        kept.append(*at);
        if (earlier != at)
            kept.append(*earlier);
        if (later != earlier && later != at)
            kept.append(*later);
        if (stop - 1 > later)
            kept.append(*(stop - 1));
        at = stop;
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
