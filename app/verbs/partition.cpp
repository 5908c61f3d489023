#include "app/verbs/partition.h"

#include "app/command_line.h"
#include "core/broker/murmur2.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <limits>
#include <memory>
#include <optional>

namespace weir {
namespace {

struct PartitionOptions {
    std::string key;
    std::optional<std::int64_t> partitions;
};

int runPartition(const PartitionOptions& options, bool keyGiven) {
    if (!keyGiven || !options.partitions)
        return complain("partition", {"", "needs KEY and --partitions N", ""});
    if (*options.partitions < 1 || *options.partitions > std::numeric_limits<std::int32_t>::max())
        return complain("partition", {"--partitions", "needs a whole number from 1 to 2147483647",
                                      std::to_string(*options.partitions)});
    std::cout << keyedPartition(options.key, static_cast<std::int32_t>(*options.partitions)) << '\n';
    return exit_code::fine;
}

} // namespace

void addPartition(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("partition", "Where a keyed message goes (murmur2, as Kafka's clients do)");
    const auto options = std::make_shared<PartitionOptions>();
    const CLI::Option* key = verb->add_option("KEY", options->key, "The message's key, as bytes");
    verb->add_option("--partitions", options->partitions, "How many partitions there are");
    verb->callback([options, key, &exitCode] { exitCode = runPartition(*options, key->count() > 0); });
}

} // namespace weir
