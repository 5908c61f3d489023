// Replications: the same for any number of threads; means and intervals computed by hand from the single runs.
#include "core/kernel/random.h"
#include "core/record/fingerprint.h"
#include "core/record/metrics.h"
#include "core/simulation/reference_scenarios.h"
#include "core/simulation/replicated_comparison.h"
#include "core/simulation/replications.h"
#include "core/simulation/run_report.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace weir;

namespace {

Replications replicated(const Scenario& scenario, std::uint64_t count, unsigned threads) {
    return replicate(scenario, {.seed = 11, .count = count, .threads = threads, .ended = nullptr}, RunWatch{}).value();
}

const Value& leaf(const Value& tree, const char* kind, const char* name, const char* figure) {
    return *tree.member(kind)->member(name)->member(figure);
}

} // namespace

class TestReplications : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void anyNumberOfThreadsGivesTheSame();
    void theFirstIsTheRunItself();
    void meansAndIntervalsAreThoseOfTheSingleRuns();
    void whatOnlySomeObserveIsTheMeanOfThose();
    void failedExpectationsAreFoundInEachOfThem();
    void endsAreToldOneByOne();
    void aComparisonMeetsTheSameArrivalsOnBothSides();
    void theFirstPairIsTheRunsThemselves();
    void aComparisonIsTheSameForAnyNumberOfThreads();
    void aComparisonCanBeGivenUp();
};

namespace {

const std::vector<FigureName> compared{{MetricScope::run, {}, "published"},
                                       {MetricScope::run, {}, "latencyMean"},
                                       {MetricScope::run, {}, "refused"}};

// The server, which is busy four fifths of the time, gets slower by a tenth at 100 s. `then`: is what it comes to at
// 2,000 s.
Journal slower(const Scenario& scenario, Picture* then = nullptr) {
    const auto model = Model::compile(scenario, {.seed = 11}).value();
    Simulation simulation(model);
    Recorder made(model->catalogue, {.recordsMax = 0});
    simulation.run(SimTime{100s}, UINT64_MAX, made);
    simulation.waitUntil(SimTime{100s});
    const Command command{.kind = CommandKind::slow, .target = scenario.services.back().name, .factor = 1.1};
    const JournalEntry entry = simulation.apply(command, made).value();
    simulation.run(SimTime{2000s}, UINT64_MAX, made);
    if (then)
        *then = made.head();
    return {entry};
}

ReplicatedComparison comparedWith(const Scenario& scenario, const Journal& other, std::uint64_t count,
                                  unsigned threads) {
    const std::atomic<bool> over = false;
    return compareReplicated({scenario, {}}, {scenario, other},
                             {.seed = 11, .count = count, .threads = threads, .until = SimTime{2000s}, .figures = compared},
                             over)
        .value();
}

} // namespace

void TestReplications::anyNumberOfThreadsGivesTheSame() {
    Scenario scenario = brokerScenario(2);
    scenario.run.lasts = 2s;
    const Replications one = replicated(scenario, 7, 1);
    QCOMPARE(one.fingerprints.size(), 7u);
    QCOMPARE(one.fingerprint, Fingerprint::combine(one.fingerprints));
    for (const unsigned threads : {2U, 3U, 16U}) {
        const Replications many = replicated(scenario, 7, threads);
        QCOMPARE(many.fingerprints, one.fingerprints);
        QCOMPARE(many.fingerprint, one.fingerprint);
        QCOMPARE(many.figures.canonical(), one.figures.canonical());
    }
}

void TestReplications::theFirstIsTheRunItself() {
    const Scenario scenario = singleServerScenario(500s);
    const FinishedRun run = runWhole(scenario, {.seed = 11}, RunWatch{}).value();
    const Replications replications = replicated(scenario, 3, 2);
    QCOMPARE(replications.first.fingerprint, run.fingerprint);
    QCOMPARE(replications.fingerprints[0], run.fingerprint);
    QVERIFY(replications.fingerprints[1] != run.fingerprint);
    QCOMPARE(replicated(scenario, 1, 1).fingerprint, run.fingerprint);
}

void TestReplications::meansAndIntervalsAreThoseOfTheSingleRuns() {
    const Scenario scenario = singleServerScenario(2'000s);
    std::array<double, 2> waits{};
    for (std::uint64_t i = 0; i < 2; ++i) {
        const FinishedRun run = runWhole(scenario, {.seed = deriveSeed(11, i)}, RunWatch{}).value();
        waits[i] = run.picture.subscription(SubscriptionId{0}).wait.mean().value() * 1e-9;
    }
    QVERIFY(waits[0] != waits[1]);
    const Replications replications = replicated(scenario, 2, 2);
    const Value& summary = leaf(replications.figures, "subscriptions", "jobs", "waitMean");
    const auto close = [](double one, double other) { return std::abs(one - other) <= 1e-12 * std::abs(other); };
    QVERIFY(close(summary.member("mean")->number()->toDouble(), (waits[0] + waits[1]) / 2));
    // One degree of freedom: t = 12.7062, and the standard error of two is half their distance.
    QVERIFY(close(summary.member("ci95")->number()->toDouble(), 12.7062 * std::abs(waits[0] - waits[1]) / 2));
}

// In one second at 0.8 a second, some runs see no message at all.
void TestReplications::whatOnlySomeObserveIsTheMeanOfThose() {
    const Scenario scenario = singleServerScenario(1s);
    const Replications replications = replicated(scenario, 12, 2);
    double sum = 0;
    int count = 0;
    for (std::uint64_t i = 0; i < 12; ++i) {
        const FinishedRun run = runWhole(scenario, {.seed = deriveSeed(11, i)}, RunWatch{}).value();
        if (const auto mean = run.picture.subscription(SubscriptionId{0}).wait.mean()) {
            sum += *mean * 1e-9;
            ++count;
        }
    }
    QVERIFY(count > 0 && count < 12);
    const Value& summary = leaf(replications.figures, "subscriptions", "jobs", "waitMean");
    QVERIFY(std::abs(summary.member("mean")->number()->toDouble() - sum / count) < 1e-12);
    // Nobody ever works at the producer.
    QVERIFY(leaf(replications.figures, "services", "producer", "serviceMean").member("mean")->isNull());
}

void TestReplications::failedExpectationsAreFoundInEachOfThem() {
    Scenario scenario = singleServerScenario(100s);
    std::vector<std::int64_t> published;
    for (std::uint64_t i = 0; i < 6; ++i)
        published.push_back(
            runWhole(scenario, {.seed = deriveSeed(11, i)}, RunWatch{}).value().picture.ledger().messages.published);
    // So that it holds in the first, and in those that were as busy.
    scenario.expect.push_back({.kind = Expectation::Kind::atEnd,
                               .expression = "metric('run', '', 'published') >= " + std::to_string(published[0])});
    std::vector<std::uint64_t> calmer;
    for (std::uint64_t i = 0; i < 6; ++i)
        if (published[i] < published[0])
            calmer.push_back(i);
    QVERIFY(!calmer.empty());
    const Replications replications = replicated(scenario, 6, 2);
    QCOMPARE(replications.unexpected, calmer);
    QVERIFY(replications.first.asExpected());
    QVERIFY(!replications.expectations.front().ok());
}

void TestReplications::endsAreToldOneByOne() {
    std::vector<std::uint64_t> told;
    const auto outcome =
        replicate(singleServerScenario(10s),
                  {.seed = 1, .count = 5, .threads = 3, .ended = [&](std::uint64_t ended) { told.push_back(ended); }},
                  RunWatch{});
    QVERIFY(outcome.ok());
    QCOMPARE(told, (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
}

void TestReplications::aComparisonMeetsTheSameArrivalsOnBothSides() {
    const Scenario scenario = singleServerScenario(3000s);
    const ReplicatedComparison none = comparedWith(scenario, {}, 6, 1);
    for (const ComparedFigure& figure : none.figures) {
        QVERIFY(!figure.isCertain());
        QCOMPARE(figure.difference.mean(), std::optional(0.0));
        QCOMPARE(figure.difference.ci95(), std::optional(0.0));
    }
    const ReplicatedComparison slow = comparedWith(scenario, slower(scenario), 6, 1);
    QCOMPARE(slow.refused, std::uint64_t{0});
    const ComparedFigure& published = slow.figures[0];
    QVERIFY(*published.mine.ci95() > 0);                       // seeds differ
    QCOMPARE(published.difference.mean(), std::optional(0.0)); // but not within a pair
    QCOMPARE(published.difference.ci95(), std::optional(0.0));
    const ComparedFigure& latency = slow.figures[1];
    QVERIFY(*latency.difference.mean() > 0);
    QVERIFY(latency.isCertain());
    QVERIFY(*latency.difference.ci95() < *latency.other.ci95()); // what pairs are for
    QVERIFY(std::abs(*latency.other.mean() - *latency.mine.mean() - *latency.difference.mean()) < 1e-9);
}

void TestReplications::theFirstPairIsTheRunsThemselves() {
    const Scenario scenario = singleServerScenario(3000s);
    Picture picture;
    const Journal journal = slower(scenario, &picture);
    const ReplicatedComparison one = comparedWith(scenario, journal, 1, 1);
    for (std::size_t i = 0; i < compared.size(); ++i)
        QCOMPARE(one.figures[i].other.mean(), runMetric(picture, compared[i].figure));
    QVERIFY(*one.figures[1].difference.mean() > 0);
    QVERIFY(!one.figures[1].isCertain()); // nothing is, of one pair
}

void TestReplications::aComparisonIsTheSameForAnyNumberOfThreads() {
    const Scenario scenario = singleServerScenario(3000s);
    const Journal journal = slower(scenario);
    const ReplicatedComparison one = comparedWith(scenario, journal, 7, 1);
    for (const unsigned threads : {2U, 16U}) {
        const ReplicatedComparison many = comparedWith(scenario, journal, 7, threads);
        for (std::size_t i = 0; i < compared.size(); ++i) {
            QCOMPARE(many.figures[i].difference.mean(), one.figures[i].difference.mean());
            QCOMPARE(many.figures[i].other.ci95(), one.figures[i].other.ci95());
        }
    }
}

void TestReplications::aComparisonCanBeGivenUp() {
    std::atomic<bool> over = false;
    std::uint64_t pairs = 0;
    const Scenario scenario = singleServerScenario(3000s);
    const auto outcome = compareReplicated({scenario, {}}, {scenario, {}},
                                           {.seed = 11,
                                            .count = 1000,
                                            .threads = 1,
                                            .until = SimTime{2000s},
                                            .figures = compared,
                                            .ended =
                                                [&](std::uint64_t ended) {
                                                    pairs = ended;
                                                    over = true;
                                                }},
                                           over);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().front().where, std::string("cancelled"));
    QCOMPARE(pairs, std::uint64_t{1});
}

QTEST_APPLESS_MAIN(TestReplications)
#include "tst_replications.moc"
