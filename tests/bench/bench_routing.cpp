// Routing: how long it takes to find the bindings that a key matches, among very many. `index` walks the subscription
// index each time (a key that was never seen); `cached` is what a publish does with a key it has seen: look the key up,
// then its targets. The subjects are those of a fleet: region.site.device.measure; of each device's bindings some are
// exact, some leave one word open, some all that follows.
#include "core/broker/plan_compiler.h"
#include "core/broker/routing.h"

#include <benchmark/benchmark.h>

#include <string>

using namespace weir;

namespace {

constexpr std::int64_t keysAsked = 1 << 16;

std::string subject(std::int64_t device, const char* measure) {
    return "region" + std::to_string(device % 7) + ".site" + std::to_string(device % 101) + ".device" +
           std::to_string(device) + '.' + measure;
}

// The n-th of so many bindings; a key matches at most `matches` of them.
std::string patternOf(DialectKind dialect, std::int64_t number, std::int64_t matches) {
    const std::string rest = dialect == DialectKind::nats ? ">" : "#";
    const std::int64_t device = number / matches;
    const std::string base = "region" + std::to_string(device % 7) + ".site" + std::to_string(device % 101) +
                             ".device" + std::to_string(device) + '.';
    switch (number % matches % 8) {
    case 0:
        return base + "temperature";
    case 1:
        return base + '*';
    case 2:
        return base + rest;
    case 3:
        return "*.site" + std::to_string(device % 101) + ".device" + std::to_string(device) + ".*";
    case 4:
        return "*.*.device" + std::to_string(device) + ".temperature";
    case 5:
        return "*.*.device" + std::to_string(device) + '.' + rest;
    case 6:
        return "region" + std::to_string(device % 7) + ".*.device" + std::to_string(device) + ".temperature";
    default:
        return "*.*.device" + std::to_string(device) + ".*";
    }
}

std::vector<std::string> keysFor(std::int64_t bindings, std::int64_t matches) {
    std::vector<std::string> keys;
    for (std::int64_t i = 0; i < keysAsked; ++i) // spread, so that neighbours do not warm each other's way
        keys.push_back(subject(i * 7919 % std::max<std::int64_t>(1, bindings / matches), "temperature"));
    return keys;
}

void index(benchmark::State& state, DialectKind dialect) {
    const std::int64_t bindings = state.range(0);
    const std::int64_t matches = state.range(1);
    SubscriptionIndex index(dialect);
    for (std::int64_t i = 0; i < bindings; ++i)
        index.add(*Pattern::compile({dialect, {}}, std::string_view(patternOf(dialect, i, matches)))->words(),
                  static_cast<std::uint32_t>(i));
    const std::vector<std::string> keys = keysFor(bindings, matches);
    SubscriptionIndex::Scratch scratch;
    std::vector<std::uint32_t> ids;
    std::size_t at = 0;
    std::size_t found = 0;
    for (auto _ : state) {
        ids.clear();
        index.match(keys[at++ % keysAsked], scratch, ids);
        found += ids.size();
    }
    state.SetItemsProcessed(state.iterations());
    state.counters["matches"] = static_cast<double>(found) / static_cast<double>(state.iterations());
    state.counters["MiB"] = static_cast<double>(index.memoryBytes()) / 1048576.0;
}
BENCHMARK_CAPTURE(index, nats, DialectKind::nats)
    ->ArgNames({"bindings", "matches"})
    ->ArgsProduct({{1'000, 10'000, 100'000}, {1, 8}});
BENCHMARK_CAPTURE(index, rabbitmq, DialectKind::rabbitmqTopic)
    ->ArgNames({"bindings", "matches"})
    ->ArgsProduct({{1'000, 10'000, 100'000}, {1, 8}});

// One queue for each device, so that a plan may have as many bindings as that.
void cached(benchmark::State& state) {
    const std::int64_t bindings = state.range(0);
    constexpr std::int64_t matches = 8;
    Scenario scenario;
    scenario.channels.push_back({});
    scenario.channels.back().name = "in";
    scenario.channels.back().kind = ChannelKind::topic;
    for (std::int64_t first = 0; first < bindings; first += matches) {
        ChannelSpec queue;
        queue.name = "queue" + std::to_string(first / matches);
        for (std::int64_t i = first; i < first + matches; ++i)
            queue.bindings.push_back({.to = "in", .pattern = patternOf(DialectKind::rabbitmqTopic, i, matches)});
        scenario.channels.push_back(std::move(queue));
    }
    Catalogue catalogue;
    const auto plan = compileBrokerPlan(scenario, {}, catalogue).value();
    const ChannelId in = catalogue.channel("in");
    const std::vector<std::string> keys = keysFor(bindings, matches);
    RouteTable table;
    for (const std::string& key : keys)
        table.targets(*plan, in, table.intern(key));
    std::size_t at = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(table.targets(*plan, in, table.intern(keys[at++ % keysAsked])));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(cached)->ArgName("bindings")->Arg(1'000)->Arg(10'000)->Arg(100'000);

} // namespace
BENCHMARK_MAIN();
