// The broker's benchmarks: whole scenarios in virtual time, with metrics and recording on. An item is a delivered
// message (streams: a record appended and read). By the clock, since two threads may be at work.
#include "core/simulation/reference_scenarios.h"
#include "core/simulation/simulation.h"

#include <benchmark/benchmark.h>

using namespace weir;

namespace {

constexpr std::uint64_t slice = 50'000; // dues

// Runs until it is as full as it stays, then in slices.
void runScenario(benchmark::State& state, const Scenario& scenario, Duration warmup, Recorder::Options options) {
    const auto model = Model::compile(scenario).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue, options);
    simulation.run(SimTime{warmup}, UINT64_MAX, recorder);
    const auto delivered = [&] {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < model->catalogue->subscriptions().size(); ++i)
            sum += recorder.head().subscription(SubscriptionId{static_cast<std::uint16_t>(i)}).delivered;
        return sum;
    };
    const std::int64_t before = delivered();
    const std::uint64_t records = recorder.head().index();
    for (auto _ : state)
        simulation.run(SimTime::max(), slice, recorder);
    const std::int64_t items = delivered() - before;
    state.SetItemsProcessed(items);
    state.counters["recordsPerItem"] =
        static_cast<double>(recorder.head().index() - records) / static_cast<double>(items);
}

void broker(benchmark::State& state) {
    const auto queues = static_cast<std::uint32_t>(state.range(0));
    runScenario(state, brokerScenario(queues), queues > 100 ? 2s : 60s,
                {.recordsMax = static_cast<std::uint64_t>(state.range(1)), .ownThread = state.range(2) != 0});
}
BENCHMARK(broker)
    ->ArgNames({"queues", "records", "foldThread"})
    ->ArgsProduct({{10, 1'000}, {0, 10'000'000}, {0, 1}})
    ->MinTime(2)
    ->UseRealTime();

void stream(benchmark::State& state) {
    runScenario(state, streamScenario(), 1s,
                {.recordsMax = static_cast<std::uint64_t>(state.range(0)), .ownThread = state.range(1) != 0});
}
BENCHMARK(stream)
    ->ArgNames({"records", "foldThread"})
    ->ArgsProduct({{0, 10'000'000}, {0, 1}})
    ->MinTime(2)
    ->UseRealTime();

void snapshot(benchmark::State& state) {
    const auto model = Model::compile(inFlightScenario(100'000)).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = 0});
    simulation.run(SimTime{1s}, UINT64_MAX, recorder);
    for (auto _ : state) {
        Simulation copy = simulation;
        benchmark::DoNotOptimize(copy.dues());
    }
    state.counters["inFlight"] = static_cast<double>(recorder.head().ledger().copies.inFlight);
}
BENCHMARK(snapshot)->Unit(benchmark::kMillisecond);

} // namespace
BENCHMARK_MAIN();
