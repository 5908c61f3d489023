// A run from its start to its end, watched: records stream past in slices, expectations are checked, a journal is
// replayed. Memory is bounded whatever the run's length. The command line, replications and tests run this way; the
// window has a pace of its own.
#pragma once

#include "core/simulation/expectations.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace weir {

struct FinishedRun {
    Simulation simulation; // at its end
    Picture picture;
    std::uint64_t fingerprint = 0;
    std::uint64_t recordsMissed = 0; // made in one slice beyond what is kept, so that nobody could see them
    std::vector<ExpectationOutcome> expectations;

    bool asExpected() const;
    // Stopped by a bound of the scenario's limits.
    bool boundReached() const;
};

struct RunWatch {
    Journal journal;
    // Every record in its order, a stretch at a time; null: nobody wants them. False ends the run.
    std::function<bool(std::span<const Record>, const MessageSource&, const Catalogue&)> records;
    // Called every few thousand dues; null: nobody asks.
    std::function<void(const Simulation&)> progress;
    std::uint64_t recordsKept = 1'000'000; // where anybody wants them: what their messages can be made from
    bool ownThread = false; // records are folded on a thread of their own, see Recorder
};

// The scenario's expectations are checked. Errors: what the scenario cannot be compiled for; a journal that does not
// fit ("journal").
Result<FinishedRun, Errors> runWhole(const Scenario& scenario, Model::Options options, const RunWatch& watch);

} // namespace weir
