#include "app/verbs/bench.h"

#include "app/command_line.h"
#include "core/kernel/reference_workloads.h"
#include "core/simulation/reference_scenarios.h"
#include "core/simulation/replications.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <thread>

namespace weir {
namespace {

using Clock = std::chrono::steady_clock;

struct BenchFigure {
    std::string name;  // in JSON
    std::string words; // for people
    double value;
    std::string unit;
};
using BenchFigures = std::vector<BenchFigure>;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// Runs slices of `work` for about `span` seconds; how many units of work a second it came to.
template <class Work> double unitsPerSecond(double span, const Work& work) {
    const Clock::time_point start = Clock::now();
    double units = 0;
    double took = 0;
    do {
        units += work();
        took = secondsSince(start);
    } while (took < span);
    return units / took;
}

void addKernel(BenchFigures& figures) {
    constexpr std::uint64_t slice = 10'000;
    for (const std::size_t pending : {10, 1'000, 100'000, 1'000'000}) {
        HoldWorkload workload(pending);
        const double holds = unitsPerSecond(0.25, [&] {
            workload.run(slice);
            return static_cast<double>(slice);
        });
        figures.push_back({"hold" + std::to_string(pending),
                           "agenda, hold with " + std::to_string(pending) + " pending", 1e9 / holds, "ns"});
    }
    SingleServerWorkload server;
    const double dues = unitsPerSecond(0.5, [&] {
        server.run(slice);
        return static_cast<double>(slice);
    });
    figures.push_back({"mm1", "kernel, M/M/1 at 0.8, per event", 1e9 / dues, "ns"});
}

// A scenario with metrics and recording on, once it is as full as it stays.
class Steady {
  public:
    Steady(const Scenario& scenario, Duration warmup)
        : m_model(Model::compile(scenario).value()), m_simulation(m_model),
          m_recorder(m_model->catalogue,
                     {.recordsMax = 1'000'000, .ownThread = std::thread::hardware_concurrency() > 1}) {
        m_simulation.run(SimTime{warmup}, UINT64_MAX, m_recorder);
    }
    double deliveredPerSecond(double span) {
        std::int64_t before = delivered();
        return unitsPerSecond(span, [&] {
            m_simulation.run(SimTime::max(), 50'000, m_recorder);
            const std::int64_t now = delivered();
            return static_cast<double>(now - std::exchange(before, now));
        });
    }
    // The median of some copies, in seconds.
    double secondsToCopy() const {
        std::array<double, 11> took{};
        for (double& each : took) {
            const Clock::time_point start = Clock::now();
            const auto copy = std::make_unique<Simulation>(m_simulation);
            each = secondsSince(start);
            assert(copy->dues() == m_simulation.dues());
        }
        std::nth_element(took.begin(), took.begin() + took.size() / 2, took.end());
        return took[took.size() / 2];
    }

  private:
    std::int64_t delivered() const {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < m_model->catalogue->subscriptions().size(); ++i)
            sum += m_recorder.head().subscription(SubscriptionId{static_cast<std::uint16_t>(i)}).delivered;
        return sum;
    }

    std::shared_ptr<const Model> m_model;
    Simulation m_simulation;
    Recorder m_recorder;
};

void addBroker(BenchFigures& figures) {
    figures.push_back(
        {"broker10", "broker, 10 queues, delivered", Steady(brokerScenario(10), 40s).deliveredPerSecond(1), "/s"});
    figures.push_back({"broker1000", "broker, 1000 queues, delivered",
                       Steady(brokerScenario(1'000), 1500ms).deliveredPerSecond(1), "/s"});
    figures.push_back(
        {"stream", "stream, appended and read", Steady(streamScenario(), 2s).deliveredPerSecond(0.5), "/s"});
    figures.push_back({"snapshot", "snapshot with 100000 copies in flight",
                       Steady(inFlightScenario(100'000), 1s).secondsToCopy() * 1e3, "ms"});
}

// How much faster two threads are than one. False where they gave other results.
bool addReplications(BenchFigures& figures) {
    const Scenario scenario = singleServerScenario(100'000s);
    std::array<double, 2> took{};
    std::array<std::uint64_t, 2> fingerprints{};
    for (const unsigned threads : {1U, 2U}) {
        const Clock::time_point start = Clock::now();
        const auto outcome =
            replicate(scenario, {.seed = 1, .count = 12, .threads = threads, .ended = nullptr}, RunWatch{});
        took[threads - 1] = secondsSince(start);
        fingerprints[threads - 1] = outcome.value().fingerprint;
    }
    figures.push_back({"threads2", "replications, two threads against one", took[0] / took[1], "x"});
    return fingerprints[0] == fingerprints[1];
}

std::string shown(const BenchFigure& figure) {
    std::array<char, 64> text;
    if (figure.unit == "/s")
        std::snprintf(text.data(), text.size(), "%9.2f million/s", figure.value * 1e-6);
    else
        std::snprintf(text.data(), text.size(), "%9.2f %s", figure.value, figure.unit.c_str());
    return text.data();
}

int runBench(const std::string& format) {
    if (format != "text" && format != "json")
        return complain("bench", {"--format", "needs text or json", inQuotes(format)});
    BenchFigures figures;
    addKernel(figures);
    addBroker(figures);
    const bool same = addReplications(figures);
    Value::Table table;
    for (const BenchFigure& figure : figures) {
        table.emplace_back(figure.name, Value(Value::Table{{"value", Value(Decimal::fromDouble(figure.value))},
                                                           {"unit", Value(figure.unit)}}));
        if (format == "text")
            std::cout << figure.words << std::string(44 - std::min<std::size_t>(44, figure.words.size()), ' ')
                      << shown(figure) << '\n';
    }
    if (format == "json")
        std::cout << Value(std::move(table)).pretty() << '\n';
    std::cout << std::flush;
    if (same)
        return exit_code::fine;
    complain("bench", {"", "two threads gave another fingerprint than one", ""});
    return exit_code::findings;
}

} // namespace

void addBench(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("bench", "Measure the engine on this machine, in a few seconds");
    const auto format = std::make_shared<std::string>("text");
    verb->add_option("--format", *format, "text or json");
    verb->callback([format, &exitCode] { exitCode = runBench(*format); });
}

} // namespace weir
