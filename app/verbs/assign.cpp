#include "app/verbs/assign.h"

#include "app/command_line.h"
#include "app/verbs/json_lines.h"
#include "core/broker/group_history.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace weir {
namespace {

LineAnswer assignLine(const Value& line) {
    Result<Value> steps = assignHistory(line);
    if (!steps)
        return unusable(steps.error());
    return {{"steps", std::move(steps).value()}};
}

} // namespace

void addAssign(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("assign", "How a consumer group divides partitions among its members");
    const auto batch = std::make_shared<bool>(false);
    verb->add_flag("--batch", *batch,
                   "JSON lines {assignor,partitions,steps:[{event,subscriptions}]} from standard input, each out again "
                   "with every step's assignment, or with error");
    verb->callback([batch, &exitCode] {
        exitCode = *batch
                       ? answerLines({std::cin, std::cout, "assign", {"error"}}, assignLine)
                       : complain("assign", {"", "needs --batch, and histories as JSON lines on standard input", ""});
    });
}

} // namespace weir
