// FoldedTime: simulated time along a line of length 1, on which stretches where nothing begins or ends and nobody works
// may be folded to a short piece, so that milliseconds of work stay readable beside an hour in a queue. A pure value.
#pragma once

#include "core/units.h"

#include <utility>
#include <vector>

namespace weir {

class FoldedTime {
  public:
    struct Fold {
        SimTime begin, end; // what was left out
        double from = 0, to = 0;
        bool operator==(const Fold&) const = default;
    };
    FoldedTime() = default;
    using Stretch = std::pair<SimTime, SimTime>; // begin and end
    // `instants`: when something begins or ends, in any order. `work`: what is never folded, however long it takes. Not
    // folded: plain proportion.
    FoldedTime(std::vector<SimTime> instants, const std::vector<Stretch>& work, bool folded);

    double at(SimTime time) const;  // 0..1, clamped
    SimTime time(double at) const;
    SimTime begin() const { return m_knots.empty() ? SimTime{} : m_knots.front().time; }
    SimTime end() const { return m_knots.empty() ? SimTime{} : m_knots.back().time; }
    const std::vector<Fold>& folds() const { return m_folds; }

  private:
    struct Knot {
        SimTime time;
        double at = 0;
    };
    std::vector<Knot> m_knots; // both ascending; times distinct
    std::vector<Fold> m_folds;
};

} // namespace weir
