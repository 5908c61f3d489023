// The same workload on other brokers: a scenario run once under each profile, and what came of it side by side.
#pragma once

#include "core/result.h"
#include "core/scenario/profiled_document.h"
#include "core/scenario/scenario.h"
#include "core/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

struct ProfileOutcome {
    std::string profile; // empty: as the file has it
    std::uint64_t fingerprint = 0;
    double throughput = 0;                        // handled events per second, all services, less warm-up
    std::optional<double> latencyP50, latencyP99; // end to end by correlation, seconds
    std::int64_t published = 0;                   // messages
    std::int64_t refused = 0;                     // messages that the broker did not take
    std::int64_t lost = 0;               // copies that nobody will handle: expired, dropped, lost; and effects lost
    std::int64_t deadLettered = 0;       // copies
    std::uint64_t redelivered = 0;       // deliveries after a copy's first
    std::uint64_t repeated = 0;          // handlings that finished for a message its subscription had handled before
    std::vector<std::string> outOfOrder; // subscriptions on which some key's messages were overtaken
    std::vector<LeftOut> leftOut;        // what the scenario asks for and the profile cannot do
    bool asExpected = true;              // the scenario's own expectations
    bool bounded = false;                // stopped by a bound
};

struct ProfileRun {
    std::string profile; // empty: as the file has it
    std::optional<std::uint64_t> seed;
    std::optional<Duration> lasts;
    std::string folder; // where files that the scenario names stand
};

// Errors have JSON pointers into the document.
Result<ProfileOutcome, Errors> runOnProfile(const Value& document, const ProfileRun& run);

// For scripts, and for people as a table, one row a profile.
Value comparisonReport(const std::vector<ProfileOutcome>& outcomes);
std::string comparisonText(const std::vector<ProfileOutcome>& outcomes);

} // namespace weir
