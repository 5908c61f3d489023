// Replications: the same scenario run several times with seeds of their own, on several threads, and what all of them
// together say of every figure: mean and 95 % confidence interval. Each run has its own model and shares nothing;
// results are taken in the order of their index, so that they are the same for any number of threads.
#pragma once

#include "core/result.h"
#include "core/simulation/whole_run.h"
#include "core/value.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace weir {

struct ReplicationOptions {
    std::uint64_t seed = 1; // replication 0 has it itself, the others are derived from it
    std::uint64_t count = 1;
    unsigned threads = 1;
    // Says how many have ended; called from any of the threads, one at a time.
    std::function<void(std::uint64_t)> ended;
};

struct Replications {
    FinishedRun first;                       // of index 0
    std::vector<std::uint64_t> fingerprints; // by index
    std::uint64_t fingerprint = 0;           // of all together
    // runFigures() with {"mean", "ci95"} in place of each number: over the replications that observed it. ci95 is half
    // the interval's width, null below two observations.
    Value figures;
    std::vector<std::uint64_t> unexpected; // indices of those in which an expectation failed
    std::vector<std::uint64_t> bounded;    // of those that were stopped by a bound
    std::vector<ExpectationOutcome>
        expectations; // as the lowest index that failed each found it, else as the first did
};

// `watch` is for replication 0 (its thread is any); no journal fits the others, so it has none.
Result<Replications, Errors> replicate(const Scenario& scenario, const ReplicationOptions& options,
                                       const RunWatch& watch);

} // namespace weir
