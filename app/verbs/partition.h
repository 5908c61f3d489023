// weir partition KEY --partitions N [--partitioner NAME] | --batch: the partition that a keyed message goes to.
#pragma once

namespace CLI {
class App;
}

namespace weir {

void addPartition(CLI::App& app, int& exitCode);

} // namespace weir
