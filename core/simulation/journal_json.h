// The journal of a run as JSON lines, one command a line, stamped with where the run was when it was given:
//   {"at":12.5,"dues":4711,"command":{"crash":"inventory-service","instance":0}}
// A command is written as faults are in a scenario file: {"KIND": service} with KIND one of crash, restart, pause,
// resume, slow, rate; crash and restart may have "instance" (from 0), slow and rate need "factor".
#pragma once

#include "core/result.h"
#include "core/simulation/command.h"

#include <string>
#include <string_view>

namespace weir {

// One line with its end.
void appendJournalLine(std::string& out, const JournalEntry& entry);

// Empty lines are skipped. Errors have "line N" or "line N: /command/factor" as their place; all are told at once.
// Whether the commands fit a run is told when they are replayed.
Result<Journal, Errors> readJournal(std::string_view text);

} // namespace weir
