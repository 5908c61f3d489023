// Queueing theory as the judge: scenario files in tests/data/queueing with the exact answers beside them, taken from
// closed forms (the formula is named there). A mean over replications must lie within three of its standard errors;
// seeds are fixed, since of a hundred fresh ones that are right about one would not.
// Not here: token buckets, which are of admission; of the single-queue cases the share of messages that wait at all.
#include "core/kernel/random.h"
#include "core/scenario/load.h"
#include "core/simulation/run_report.h"
#include "core/simulation/whole_run.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <atomic>
#include <cmath>
#include <map>
#include <thread>
#include <unordered_map>

using namespace weir;

namespace {

const QString folder = QStringLiteral(WEIR_SOURCE_DIR "/tests/data/queueing/");

Value document(const QString& name) {
    QFile file(folder + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return Value::parse(file.readAll().toStdString()).value();
}

double numberAt(const Value& value, const char* key) {
    return value.member(key)->number()->toDouble();
}

// What the records alone say, folded here once more.
struct Observed {
    std::map<std::string, std::pair<double, double>> waits; // by event type: sum and count, after the warm-up
    double settledAfter = 0;                                // from publish to ack or dead letter
    double settled = 0;
    double events = 0, handlings = 0; // begun, after the warm-up
    std::vector<std::pair<Ordinal, std::int64_t>> started, deadLettered; // nanoseconds
    std::vector<Ordinal> dropped;
};

struct Watched {
    Value report;
    Observed observed;
};

Watched runOnce(const Scenario& scenario, std::uint64_t seed) {
    Watched outcome;
    Observed& observed = outcome.observed;
    std::unordered_map<Ordinal, SimTime> published;
    const SimTime warmup{scenario.run.warmup};
    RunWatch watch;
    watch.records = [&](std::span<const Record> records, const MessageSource&, const Catalogue& catalogue) {
        for (const Record& record : records) {
            switch (record.kind) {
            case RecordKind::published:
                published[record.ordinal] = record.at;
                break;
            case RecordKind::started:
                observed.started.emplace_back(record.ordinal, record.at.time_since_epoch().count());
                if (record.at >= warmup) {
                    auto& [sum, count] = observed.waits[catalogue.eventTypes()[record.type.index()].name];
                    sum += static_cast<double>(record.value) * 1e-9;
                    ++count;
                    ++observed.events;
                    observed.handlings += record.follows() ? 0 : 1;
                }
                break;
            case RecordKind::acked:
            case RecordKind::deadLettered:
                if (record.kind == RecordKind::deadLettered)
                    observed.deadLettered.emplace_back(record.ordinal, record.at.time_since_epoch().count());
                observed.settledAfter += seconds(record.at - published.at(record.ordinal));
                ++observed.settled;
                break;
            case RecordKind::dropped:
                observed.dropped.push_back(record.ordinal);
                break;
            default:
                break;
            }
        }
        return true;
    };
    const FinishedRun run = runWhole(scenario, {.seed = seed}, watch).value();
    outcome.report = runReport(run, {.scenario = "", .wallSeconds = std::nullopt});
    return outcome;
}

// "/subscriptions/q/waitMean", "wait of TYPE", "settled after", "batch size", or two of them joined by " / " or " + ".
double figure(const Watched& outcome, const std::string& text) {
    for (const char* const sign : {" / ", " + "})
        if (const std::size_t place = text.find(sign); place != std::string::npos) {
            const double left = figure(outcome, text.substr(0, place));
            const double right = figure(outcome, text.substr(place + 3));
            return sign[1] == '/' ? left / right : left + right;
        }
    if (text.starts_with("wait of ")) {
        const auto& [sum, count] = outcome.observed.waits.at(text.substr(8));
        return sum / count;
    }
    if (text == "batch size")
        return outcome.observed.events / outcome.observed.handlings;
    if (text == "settled after")
        return outcome.observed.settledAfter / outcome.observed.settled;
    const Value* value = &outcome.report;
    for (std::size_t begin = 1; value && begin <= text.size();) {
        const std::size_t end = std::min(text.find('/', begin), text.size());
        value = value->member(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return value && value->number() ? value->number()->toDouble() : std::nan("");
}

std::vector<Watched> replications(const Scenario& scenario, std::size_t count) {
    std::vector<Watched> outcomes(count);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            outcomes[i] = runOnce(scenario, deriveSeed(scenario.run.seed, i));
    };
    std::jthread other(work);
    work();
    other.join();
    return outcomes;
}

} // namespace

class TestQueueing : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void figuresAreThoseOfTheory_data();
    void figuresAreThoseOfTheory();
    void schedulesAreExact_data();
    void schedulesAreExact();
    void littlesLawIsExactFromEmptyToEmpty();
};

namespace {
void addCases(const char* kind) {
    QTest::addColumn<QString>("name");
    int count = 0;
    QDirIterator files(folder, {QStringLiteral("*.expected.json")});
    while (files.hasNext()) {
        files.next();
        const QString name = files.fileName().chopped(14);
        if (document(files.fileName()).member(kind)) {
            QTest::newRow(qPrintable(name)) << name;
            ++count;
        }
    }
    QVERIFY(count > 0);
}
} // namespace

void TestQueueing::figuresAreThoseOfTheory_data() {
    addCases("figures");
}

void TestQueueing::figuresAreThoseOfTheory() {
    QFETCH(const QString, name);
    const Value truth = document(name + QStringLiteral(".expected.json"));
    const Scenario scenario = loadScenarioFile((folder + name + QStringLiteral(".json")).toStdString()).value();
    const std::vector<Watched> outcomes =
        replications(scenario, static_cast<std::size_t>(numberAt(truth, "replications")));
    const auto count = static_cast<double>(outcomes.size());
    for (const Watched& outcome : outcomes) {
        QVERIFY(*outcome.report.member("stopped")->text() != "bound");
        const Value& ledger = *outcome.report.member("ledger");
        double sum = 0;
        for (const auto& [key, value] : *ledger.member("outcomes")->table())
            sum += value.number()->toDouble();
        QCOMPARE(sum, numberAt(ledger, "copies"));
    }
    for (const Value& expected : *truth.member("figures")->list()) {
        const std::string& text = *expected.member("figure")->text();
        const double exact = numberAt(expected, "expected");
        double mean = 0;
        for (const Watched& outcome : outcomes)
            mean += figure(outcome, text) / count;
        double squares = 0;
        for (const Watched& outcome : outcomes)
            squares += (figure(outcome, text) - mean) * (figure(outcome, text) - mean);
        const double standardError = std::sqrt(squares / (count - 1) / count);
        // A percentile is the middle of a histogram's bucket, which is within 0.8 % of everything in it.
        const bool percentile = text.find("P5") != std::string::npos || text.find("P9") != std::string::npos;
        const double allowed = 3 * standardError + (percentile ? 0.008 : 1e-9) * exact;
        const QString said =
            QStringLiteral("%1, seed %2: %3 (%4) is %5, exactly %6, standard error %7")
                .arg(name)
                .arg(scenario.run.seed)
                .arg(QString::fromStdString(*expected.member("name")->text()), QString::fromStdString(text))
                .arg(mean)
                .arg(exact)
                .arg(standardError);
        QVERIFY2(std::abs(mean - exact) <= allowed, qPrintable(said));
        QVERIFY2(standardError <= 0.05 * std::max(exact, 1e-9), qPrintable(said)); // else it would say nothing
    }
}

void TestQueueing::schedulesAreExact_data() {
    addCases("exact");
}

void TestQueueing::schedulesAreExact() {
    QFETCH(const QString, name);
    const Value expected = document(name + QStringLiteral(".expected.json"));
    const Value& truth = *expected.member("exact");
    const Scenario scenario = loadScenarioFile((folder + name + QStringLiteral(".json")).toStdString()).value();
    const Watched outcome = runOnce(scenario, scenario.run.seed);
    const auto moments = [&](const char* key) {
        std::vector<std::pair<Ordinal, std::int64_t>> list;
        if (const Value* given = truth.member(key))
            for (const Value& each : *given->list())
                list.emplace_back(*(*each.list())[0].number()->whole(),
                                  *(*(*each.list())[1].number() * Decimal(1'000'000'000)).whole());
        return list;
    };
    QVERIFY(!moments("started").empty());
    QCOMPARE(outcome.observed.started, moments("started"));
    QCOMPARE(outcome.observed.deadLettered, moments("deadLettered"));
    std::vector<Ordinal> dropped;
    if (const Value* given = truth.member("dropped"))
        for (const Value& each : *given->list())
            dropped.push_back(*each.number()->whole());
    QCOMPARE(outcome.observed.dropped, dropped);
    QCOMPARE(figure(outcome, "/simulatedSeconds"), numberAt(truth, "stoppedAt"));
}

// From empty to empty, time averages times the run's length are the sums of what was waited and worked, exactly.
void TestQueueing::littlesLawIsExactFromEmptyToEmpty() {
    Value scenarioDocument = document(QStringLiteral("mm1-2.json"));
    Scenario scenario = readScenario(scenarioDocument).value();
    scenario.run.lasts = std::nullopt;
    scenario.run.warmup = {};
    SourceSpec& source = scenario.services.front().sources.front();
    source.arrivals = source.arrivals.within({.count = 5'000}).value();
    const Watched outcome = runOnce(scenario, 3);
    const auto [waited, count] = outcome.observed.waits.at("job");
    QCOMPARE(count, 5'000.0);
    const double lasts = figure(outcome, "/simulatedSeconds");
    const auto close = [](double one, double other) { return std::abs(one - other) <= 1e-9 * other; };
    QVERIFY(close(figure(outcome, "/subscriptions/q/depthMean") * lasts, waited));
    QVERIFY(close(figure(outcome, "/services/consumer/utilization") * lasts,
                  count * figure(outcome, "/services/consumer/serviceMean")));
    QVERIFY(close(figure(outcome, "/subscriptions/q/depthMean + /subscriptions/q/unackedMean") * lasts,
                  count * figure(outcome, "/services/consumer/responseMean")));
}

QTEST_APPLESS_MAIN(TestQueueing)
#include "tst_queueing.moc"
