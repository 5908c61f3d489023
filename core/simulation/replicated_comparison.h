// Two runs that differ by the commands they were given, or by the broker that they stand on, each run again several
// times: what the difference makes of every figure, with 95 % intervals. Replication i has the same seed on both sides, so that both
// meet the same arrivals and draws; the difference is taken pair by pair, which makes its interval far narrower than
// two separate ones.
#pragma once

#include "core/record/metrics.h"
#include "core/record/summary.h"
#include "core/result.h"
#include "core/scenario/scenario.h"
#include "core/simulation/command.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

struct FigureName {
    MetricScope scope = MetricScope::run;
    std::string place;       // of the channel or service; empty for the run
    std::string_view figure; // of metrics.h
};

struct ComparisonOptions {
    std::uint64_t seed = 1; // replication 0 has it itself, the others are derived from it
    std::uint64_t count = 10;
    unsigned threads = 1;
    SimTime until; // both are looked at then
    std::vector<FigureName> figures;
    std::function<void(std::uint64_t)> ended; // says how many pairs have; from any of the threads, one at a time
};

struct ComparedFigure {
    Summary mine, other;
    Summary difference; // other - mine, over the replications in which both were observed
    // Whether the interval leaves out 0. False below two observations.
    bool isCertain() const;
};

struct ReplicatedComparison {
    std::vector<ComparedFigure> figures; // in the order they were asked for
    std::uint64_t refused = 0;           // commands that a replication had nothing for: a letter that did not die there
};

struct ComparedSide {
    const Scenario& scenario; // as its run began
    const Journal& journal;
};

// Commands come at their time, in replication 0 at exactly their place, so that it is the run itself. Errors: what the
// scenarios cannot be compiled for. `over`, once true, ends it early with an error ("cancelled").
Result<ReplicatedComparison, Errors> compareReplicated(const ComparedSide& mine, const ComparedSide& other,
                                                       const ComparisonOptions& options, const std::atomic<bool>& over);

} // namespace weir
