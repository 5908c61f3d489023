// weir check SCENARIO...: what would go wrong with a scenario, before it runs.
#pragma once

namespace CLI {
class App;
}

namespace weir {

void addCheck(CLI::App& app, int& exitCode);

} // namespace weir
