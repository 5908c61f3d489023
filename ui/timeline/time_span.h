// TimeSpan: a stretch of simulated time in seconds that a view shows, and how it zooms and moves within the whole run.
// Pure functions; the timeline and the charts share them.
#pragma once

#include <optional>

namespace weir {

struct TimeSpan {
    double begin = 0;
    double end = 1; // above begin
    double length() const { return end - begin; }
    bool operator==(const TimeSpan&) const = default;
};

inline constexpr double spanLeast = 1e-4; // seconds: nothing is to be seen in less

// What is at `at` stays there; factor above 1 shows less. Never beyond the whole, never less than spanLeast.
TimeSpan zoomed(TimeSpan shown, double at, double factor, TimeSpan whole);
// Moved, as far as the whole goes.
TimeSpan moved(TimeSpan shown, double by, TimeSpan whole);
// As much moved as it takes to show that time, with a tenth of the span beside it.
TimeSpan reaching(TimeSpan shown, double at, TimeSpan whole);
// A stretch on a fixed grid, at least as long as what is shown and with room on both sides, so that small moves need no
// other one.
TimeSpan gridded(TimeSpan shown);

} // namespace weir
