// weir bench: the engine's own figures on this machine, in a few seconds.
#pragma once

namespace CLI {
class App;
}

namespace weir {

void addBench(CLI::App& app, int& exitCode);

} // namespace weir
