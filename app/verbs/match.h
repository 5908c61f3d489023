// weir match DIALECT PATTERN KEY | --batch: whether a routing pattern lets a key through.
#pragma once

namespace CLI {
class App;
}

namespace weir {

void addMatch(CLI::App& app, int& exitCode);

} // namespace weir
