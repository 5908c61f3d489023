// What has been done to a run on purpose and still holds at an instant: by the faults of its scenario and by commands.
// A pure fold over both; it asks no simulation. How each would be ended, and written into a scenario's faults.
#pragma once

#include "core/scenario/scenario.h"
#include "core/simulation/command.h"

#include <optional>
#include <string>
#include <vector>

namespace weir {

struct ActiveFault {
    CommandKind kind = CommandKind::crash; // crash, pause, slow, rate, drop, duplicate, partition to lose, clockSkew, or of a node
    std::string target; // empty where there are sides
    Sides sides;
    std::optional<std::uint32_t> instance;
    double amount = 1; // the factor, or the share
    Duration by{};     // delay, clockSkew
    SimTime since;
    std::optional<SimTime> until;
    bool byCommand = false; // else by the scenario

    bool strikes(std::string_view node) const; // it is named among those that it strikes
    bool operator==(const ActiveFault&) const = default;
};

// Each thing that is struck once, in the order in which they began.
std::vector<ActiveFault> activeFaults(const Scenario& scenario, const Journal& journal, SimTime now);

Command ending(const ActiveFault& fault);
bool endsFault(const Command& command); // it does nothing but end what was done before
// As a scenario's faults have it; nothing where they have no such kind. It lasts until it was ended, or on.
std::optional<Value> asScenarioFault(const ActiveFault& fault);

} // namespace weir
