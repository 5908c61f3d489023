// weir compare: the same workload on several brokers, side by side.
#pragma once

namespace CLI {
class App;
}

namespace weir {

void addCompare(CLI::App& app, int& exitCode);

} // namespace weir
