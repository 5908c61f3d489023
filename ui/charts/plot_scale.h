// PlotScale: seconds and values to pixels of a plot and back, linear or logarithmic. Pure.
#pragma once

#include "ui/charts/axis.h"
#include "ui/timeline/time_span.h"

#include <QRectF>

#include <algorithm>
#include <cmath>

namespace weir {

struct ValueRange {
    double low = 0;
    double high = 1; // above low
    bool operator==(const ValueRange&) const = default;
};

struct PlotScale {
    QRectF area;
    TimeSpan time;
    ValueRange values;
    bool log = false; // values.low is above 0 then

    double x(double seconds) const { return area.left() + (seconds - time.begin) / time.length() * area.width(); }
    double secondsAt(double x) const {
        return time.begin + std::clamp((x - area.left()) / std::max(1.0, area.width()), 0.0, 1.0) * time.length();
    }
    // What cannot be on a log axis (zero and below) lies at its foot.
    double share(double value) const {
        if (!log)
            return (value - values.low) / (values.high - values.low);
        return value <= values.low ? 0 : std::log(value / values.low) / std::log(values.high / values.low);
    }
    double y(double value) const { return area.bottom() - share(value) * area.height(); }
    double valueAt(double y) const {
        const double up = (area.bottom() - y) / std::max(1.0, area.height());
        return log ? values.low * std::pow(values.high / values.low, up) : values.low + up * (values.high - values.low);
    }
    AxisTicks valueTicks(int wanted) const {
        return log ? logTicks(values.low, values.high) : rangeTicks(values.low, values.high, wanted);
    }
};

// Around a value, which stays where it is; factor above 1 shows less.
inline ValueRange zoomed(const PlotScale& scale, double at, double factor) {
    if (scale.log)
        return {at * std::pow(scale.values.low / at, 1 / factor), at * std::pow(scale.values.high / at, 1 / factor)};
    return {at + (scale.values.low - at) / factor, at + (scale.values.high - at) / factor};
}
// The range for values between low and high (of those above zero on a log axis): round, from zero where nothing is
// below it.
inline ValueRange rangeFor(double low, double high, bool log) {
    if (log) {
        const double top = high > 0 ? high : 1;
        const double foot = low > 0 ? std::min(low, top / 10) : top / 1000;
        return {std::pow(10.0, std::floor(std::log10(foot) + 1e-9)), std::pow(10.0, std::ceil(std::log10(top) - 1e-9))};
    }
    const auto above = [high](double end, double length) { // a curve does not lie on the edge
        return high > end - 0.04 * length ? end + 0.06 * length : end;
    };
    if (low >= 0) {
        const double end = valueTicks(high, 4).end;
        return {0, above(end, end)};
    }
    const double step = valueTicks(std::max(high, 0.0) - low, 4).step;
    const double foot = std::floor(low / step) * step;
    const double end = std::max(step, std::ceil(high / step) * step);
    return {foot, above(end, end - foot)};
}

} // namespace weir
