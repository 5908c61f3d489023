// KeptRun: one run of the document as the session keeps it: the worker that makes it, the messages behind its records,
// and which scenario holds from which record on.
#pragma once

#include "ui/session/session.h"
#include "ui/session/simulation_worker.h"

#include <memory>
#include <vector>

namespace weir {

struct Session::KeptRun {
    KeptRun(std::unique_ptr<SimulationWorker> made, std::uint64_t number);

    // What views are told of it.
    Run told() const;
    // As commands before that record have left it.
    const std::shared_ptr<const Scenario>& scenarioAt(std::uint64_t record) const;
    // A command has been given, whose first record is that one. Versions of what was taken back are forgotten.
    void noteScenario(std::uint64_t record, const Scenario& appearance);

    // Titles, layout and so on, in all versions.
    void takeAppearance(const Scenario& from);

    struct Version {
        std::uint64_t from = 0; // the first record made under it is at or after this
        std::shared_ptr<const Scenario> scenario;
    };

    std::uint64_t id;
    QString profile; // the broker that all channels follow; empty: as the document says
    std::unique_ptr<SimulationWorker> worker;
    std::shared_ptr<const MessageSource> messages;
    std::vector<Version> versions; // never empty
    std::shared_ptr<const Scenario> noted; // the worker's, of the last version
    std::optional<std::uint64_t> forkedFrom;
    std::uint64_t forkedAt = 0;
    SimTime forkedTime;
};

} // namespace weir
