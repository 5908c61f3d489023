// weir tap ENDPOINT... [--format text|ndjson]: watches running ZeroMQ systems: records to standard output until SIGINT
// or SIGTERM.
#pragma once

namespace CLI {
class App;
}

namespace weir {

void addTap(CLI::App& app, int& exitCode);

} // namespace weir
