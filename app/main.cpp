// weir, the command line: which verbs there are. What each does is in app/verbs.
#include "app/command_line.h"
#include "app/verbs/assign.h"
#include "app/verbs/bench.h"
#include "app/verbs/check.h"
#include "app/verbs/compare.h"
#include "app/verbs/filter.h"
#include "app/verbs/match.h"
#include "app/verbs/partition.h"
#include "app/verbs/run.h"
#include "app/verbs/tap.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{"Weir: see an event-driven architecture flow, before it is built and while it runs", "weir"};
    int exitCode = 0;
    weir::addAssign(app, exitCode);
    weir::addBench(app, exitCode);
    weir::addCheck(app, exitCode);
    weir::addCompare(app, exitCode);
    weir::addFilter(app, exitCode);
    weir::addMatch(app, exitCode);
    weir::addPartition(app, exitCode);
    weir::addRun(app, exitCode);
    weir::addTap(app, exitCode);
    return weir::runCommandLine(app, argc, argv, exitCode);
}
