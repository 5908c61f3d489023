// Axis: where ticks go and what they say. Pure functions: round steps (1, 2, 5 times a power of ten; for times also the
// minute's and the hour's fractions), limits that grow at once and shrink only when much room is left, so that nothing
// jumps while a run goes on.
#pragma once

#include <QString>

#include <vector>

namespace weir {

struct AxisTicks {
    double step = 1;
    double end = 1; // the axis ends here, a whole number of steps
    std::vector<double> values;
};

// Ticks for [0, largest] with about `wanted` steps.
AxisTicks valueTicks(double largest, int wanted);
// The same for seconds: 1, 2, 5, 10, 15, 30 s, 1, 2, 5, 10, 15, 30 min, 1, 2, 6 h ...; the axis ends at `end` itself.
AxisTicks timeTicks(double endSeconds, int wanted);
// The end to show: grows to fit, stays while the need is above 45 % of it.
double steadyEnd(double shown, double needed);
QString timeTickText(double seconds, double step); // "3 min", "45 s", "2 h"

} // namespace weir
