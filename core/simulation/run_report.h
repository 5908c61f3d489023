// What a finished run says, as the one JSON object that `weir run --format json` prints (its keys are stable, DESIGN
// lists them), and the same as text for people. Figures are null where there is no observation; objects are in the
// order of their names, so that two reports can be compared line by line.
#pragma once

#include "core/record/picture.h"
#include "core/simulation/replications.h"
#include "core/simulation/whole_run.h"
#include "core/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace weir {

struct RunReportOptions {
    std::string scenario;                       // its title, or where it has none its file's name
    std::optional<double> wallSeconds;          // nothing: null
    const Replications* replications = nullptr; // more than the one run
};

// ledger, channels, subscriptions, services, latency: all that is a figure, with nothing but numbers and nulls as
// leaves. A subscription whose name several channels have (a service that reads several streams) is
// "channel/subscription".
Value runFigures(const Model& model, const Picture& picture);
// By service and table: `entries`, and `quantities` by key (at most 100, and the `sum` of all) or `statuses` with how
// many entries have each.
Value stateSummary(const Simulation& simulation);
Value runReport(const FinishedRun& run, const RunReportOptions& options);
// For people, of an object that runReport() made.
std::string reportText(const Value& report);

} // namespace weir
