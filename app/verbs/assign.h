// weir assign --batch: how a consumer group's partitions are divided, step by step.
#pragma once

namespace CLI {
class App;
}

namespace weir {

void addAssign(CLI::App& app, int& exitCode);

} // namespace weir
