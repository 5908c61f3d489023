// Command: what somebody does to a running simulation, and the journal that keeps it. A scenario with its seed and its
// journal gives the same records again, bit for bit; undo is one more command, the inverse.
#pragma once

#include "core/ids.h"
#include "core/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir {

enum class CommandKind : std::uint8_t {
    crash,   // an instance (or all) of a service is gone until `restart`
    restart, // it is up again
    pause,   // a service starts no handling; what runs is finished
    resume,
    slow, // service times are multiplied by `factor` from the next handling on
    rate  // arrival rates of the service's sources are multiplied by `factor`
};

struct Command {
    CommandKind kind = CommandKind::crash;
    std::string service;
    std::optional<std::uint32_t> instance; // crash, restart; nothing: all
    double factor = 1;                     // slow, rate: relative to what the scenario says
    bool operator==(const Command&) const = default;
};

// Stamped with where the run was: simulated time, and how many dues had been run.
struct JournalEntry {
    SimTime at;
    std::uint64_t dues = 0;
    Command command;
    bool operator==(const JournalEntry&) const = default;
};
using Journal = std::vector<JournalEntry>;

} // namespace weir
