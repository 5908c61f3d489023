// weir filter EXPRESSION [FILE.ndjson] [--eval]: keeps the events and records (JSON lines) for which an expression
// holds.
#pragma once

namespace CLI {
class App;
}

namespace weir {

void addFilter(CLI::App& app, int& exitCode);

} // namespace weir
