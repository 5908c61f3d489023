#include "app/verbs/partition.h"

#include "app/command_line.h"
#include "app/verbs/json_lines.h"
#include "core/broker/partitioner.h"

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
    std::string partitioner = "kafka";
    bool batch = false;
};

constexpr std::int64_t partitionsMax = std::numeric_limits<std::int32_t>::max();

LineAnswer partitionLine(const Value& line) {
    const Value* key = line.member("key");
    const Value* count = line.member("partitions");
    if (!key || !key->text())
        return unusable(
            {"key", "needs a text (a message without key goes where its producer likes)", key ? key->canonical() : ""});
    const auto partitions = count && count->number() ? count->number()->whole() : std::nullopt;
    if (!partitions || *partitions < 1 || *partitions > partitionsMax)
        return unusable({"partitions", "needs a whole number from 1 to 2147483647", count ? count->canonical() : ""});
    const Value* name = line.member("partitioner");
    if (name && !name->text())
        return unusable({"partitioner", "needs a text", name->canonical()});
    const Result<Partitioner> partitioner = partitionerNamed(name ? *name->text() : std::string("kafka"));
    if (!partitioner)
        return unusable(partitioner.error());
    return {
        {"partition", std::int64_t{partitionOf(*partitioner, *key->text(), static_cast<std::int32_t>(*partitions))}}};
}

int runPartition(const PartitionOptions& options, bool keyGiven, bool partitionerGiven) {
    if (options.batch) {
        if (keyGiven || options.partitions || partitionerGiven)
            return complain("partition", {"", "takes neither KEY nor --partitions nor --partitioner with --batch", ""});
        return answerLines({std::cin, std::cout, "partition", {"partition", "error"}}, partitionLine);
    }
    if (!keyGiven || !options.partitions)
        return complain("partition", {"", "needs KEY and --partitions N, or --batch", ""});
    if (*options.partitions < 1 || *options.partitions > partitionsMax)
        return complain("partition", {"--partitions", "needs a whole number from 1 to 2147483647",
                                      std::to_string(*options.partitions)});
    const Result<Partitioner> partitioner = partitionerNamed(options.partitioner);
    if (!partitioner)
        return complain("partition", {"--partitioner", partitioner.error().what, partitioner.error().given});
    std::cout << partitionOf(*partitioner, options.key, static_cast<std::int32_t>(*options.partitions)) << '\n';
    return exit_code::fine;
}

} // namespace

void addPartition(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("partition", "Where a keyed message goes, as the clients of a named system do");
    const auto options = std::make_shared<PartitionOptions>();
    const CLI::Option* key = verb->add_option("KEY", options->key, "The message's key, as bytes");
    verb->add_option("--partitions", options->partitions, "How many partitions there are");
    std::string names;
    for (const std::string_view name : partitionerNames())
        names += (names.empty() ? "" : ", ") + std::string(name);
    const CLI::Option* partitioner =
        verb->add_option("--partitioner", options->partitioner, "Whose rule: " + names + "; else kafka");
    verb->add_flag("--batch", options->batch,
                   "JSON lines {key,partitions,partitioner} from standard input, each out again with partition");
    verb->callback([options, key, partitioner, &exitCode] {
        exitCode = runPartition(*options, key->count() > 0, partitioner->count() > 0);
    });
}

} // namespace weir
