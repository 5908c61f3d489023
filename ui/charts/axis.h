// Axis: where ticks go and what they say. Pure functions: round steps (1, 2, 5 times a power of ten; for times also the
// minute's and the hour's fractions; decades on a log axis), limits that grow at once and shrink only when much room is
// left, so that nothing jumps while a run goes on.
#pragma once

#include <QString>

#include <vector>

namespace weir {

struct AxisTicks {
    double step = 1;
    double end = 1; // the axis ends here: a whole number of steps, or the end that was asked for
    std::vector<double> values;
};

// Ticks for [0, largest] with about `wanted` steps.
AxisTicks valueTicks(double largest, int wanted);
// Ticks within [low, high], which stays as it is.
AxisTicks rangeTicks(double low, double high, int wanted);
// Powers of ten within [low, high], with 2 and 5 times them where there are few; low is above 0.
AxisTicks logTicks(double low, double high);
// The same for seconds: 1, 2, 5, 10, 15, 30 s, 1, 2, 5, 10, 15, 30 min, 1, 2, 6 h ... within [begin, end].
AxisTicks timeTicks(double beginSeconds, double endSeconds, int wanted);
inline AxisTicks timeTicks(double endSeconds, int wanted) {
    return timeTicks(0, endSeconds, wanted);
}
// The end to show: grows to fit, stays while the need is above 45 % of it.
double steadyEnd(double shown, double needed);
QString timeTickText(double seconds, double step); // "3 min", "45 s", "2 h", "3:12.5"

} // namespace weir
