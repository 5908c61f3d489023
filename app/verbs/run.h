// weir run: runs a scenario to its end and tells what came of it.
#pragma once

namespace CLI {
class App;
}

namespace weir {

void addRun(CLI::App& app, int& exitCode);

} // namespace weir
