// The kernel's benchmarks. Absolute figures drift with the machine: compare with a peer of the same run (run_peers).
#include "core/kernel/elementary.h"
#include "core/kernel/reference_workloads.h"

#include <benchmark/benchmark.h>

using namespace weir;

static void hold(benchmark::State& state) {
    HoldWorkload workload(static_cast<std::size_t>(state.range(0)));
    constexpr std::uint64_t slice = 1'000;
    for (auto _ : state)
        workload.run(slice);
    benchmark::DoNotOptimize(workload.now());
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * slice));
}
BENCHMARK(hold)->Arg(10)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->MinTime(1);

static void mm1(benchmark::State& state) {
    SingleServerWorkload workload;
    constexpr std::uint64_t slice = 1'000;
    for (auto _ : state)
        workload.run(slice);
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * slice));
    state.counters["meanWait"] = workload.meanWait();
}
BENCHMARK(mm1)->MinTime(1);

static void snapshot(benchmark::State& state) {
    Agenda agenda;
    const Stream stream(1, "snapshot");
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        const auto at = static_cast<std::int64_t>(stream.draw(i).below(1'000'000'000));
        agenda.schedule(SimTime{Duration{at}}, Priority::work, {0, 0, i});
    }
    for (auto _ : state) {
        Agenda copy = agenda;
        benchmark::DoNotOptimize(copy.size());
    }
}
BENCHMARK(snapshot)->Unit(benchmark::kMicrosecond);

static void draw(benchmark::State& state) {
    const Stream stream(1, "draw");
    std::uint64_t ordinal = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(stream.draw(++ordinal).uniform());
}
BENCHMARK(draw);

template <class Made> static void sample(benchmark::State& state, const Made& made) {
    const Distribution distribution = made.value();
    const Stream stream(1, "sample");
    std::uint64_t ordinal = 0;
    for (auto _ : state) {
        Draw one = stream.draw(++ordinal);
        benchmark::DoNotOptimize(distribution.sample(one));
    }
}
BENCHMARK_CAPTURE(sample, exponential, Distribution::exponential(1));
BENCHMARK_CAPTURE(sample, lognormal, Distribution::lognormal(Distribution::MeanAndSd{.mean = 1, .sd = 1}));
BENCHMARK_CAPTURE(sample, normal, Distribution::normal({.mean = 10, .sd = 1}));
BENCHMARK_CAPTURE(sample, gamma, Distribution::gamma({.shape = 2.5, .mean = 1}));
BENCHMARK_CAPTURE(sample, weibull, Distribution::weibull(Distribution::ShapeAndScale{.shape = 2, .scale = 1}));

static void logarithm(benchmark::State& state) {
    double x = 0.001;
    for (auto _ : state) {
        benchmark::DoNotOptimize(elementary::log(x));
        x += 0.001;
    }
}
BENCHMARK(logarithm);

static void hash(benchmark::State& state) {
    const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
    for (auto _ : state)
        benchmark::DoNotOptimize(hash64(text));
}
BENCHMARK(hash)->Arg(16)->Arg(875);

BENCHMARK_MAIN();
