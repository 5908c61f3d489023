// TimeScale: where steps stand along the axis of time, in pixels. Three ways: linear (proportional), by number (each step
// as far from the next), and nonlinear (long gaps count less, quiet stretches are folded, with the duration left out).
// Steps at the same instant stand beside each other in their order, in every way. Pure.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir {

enum class TimeMode : std::uint8_t { linear, number, nonlinear };

class TimeScale {
  public:
    static constexpr double hop = 12;       // between two steps at one instant, where there is room
    static constexpr double foldWidth = 48; // of a folded stretch

    struct Fold {
        SimTime begin, end;
        double from = 0, to = 0;
        bool operator==(const Fold&) const = default;
    };
    TimeScale() = default;
    // `times`: of the steps that are shown, ascending. `zoom`: 1 shows a step every 28 pixels in the mean.
    TimeScale(std::vector<SimTime> times, TimeMode mode, double zoom);

    std::size_t size() const { return m_at.size(); }
    double at(std::size_t step) const { return m_at[step]; }
    double length() const { return m_at.empty() ? 0 : m_at.back(); }
    double atTime(SimTime time) const; // before the first and behind the last: beyond, linear
    SimTime time(double at) const;
    const std::vector<Fold>& folds() const { return m_folds; }
    // A position that outlives a change of scale: a step, and a share of the way to the next.
    double anchorOf(double at) const;
    double atAnchor(double anchor) const;
    // The first step at or behind the position.
    std::size_t stepFrom(double at) const;

  private:
    std::vector<SimTime> m_times;
    std::vector<double> m_at; // ascending
    std::vector<Fold> m_folds;
    double m_perSecond = 0; // in the mean, for what lies outside
};

} // namespace weir
