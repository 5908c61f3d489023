// The report of a run, against a deterministic queue that is computed by hand.
#include "core/scenario/load.h"
#include "core/simulation/reference_scenarios.h"
#include "core/simulation/run_report.h"

#include <QTest>

using namespace weir;

namespace {

// Orders at 1, 2 and 3 s, one worker, 1.5 s each, ten seconds in all: started at 1, 2.5 and 4, done at 2.5, 4 and 5.5.
constexpr const char* threeOrders = R"({ "weir": "1", "title": "Three orders", "run": { "seed": 5, "for": "10s" },
  "events": { "order": { "size": "100B" } },
  "channels": { "orders": { "kind": "queue" }, "unread": { "kind": "queue" }, "nobody": { "kind": "topic" } },
  "services": {
    "shop": { "sources": [ { "emit": "order", "to": "orders", "arrivals": { "times": ["1s", "2s", "3s"] } },
                           { "emit": "order", "to": "nobody", "arrivals": { "times": ["4s", "11s"] } } ] },
    "desk": { "state": { "sold": { "n": 10 }, "orders": { "A": "OPEN" } },
              "handlers": [ { "on": "orders", "takes": "1.5s",
                              "then": [ { "add": "sold", "key": "n", "by": 0.5 },
                                        { "set": "orders", "key": "O-{event.id}", "to": "DONE" } ] } ] } },
  "expect": [ { "ledger": "closed" }, { "that": "metric('channel', 'orders', 'waitMean') < 100ms", "title": "Hardly waits" } ] })";

FinishedRun finished(const char* text) {
    const Scenario scenario = loadScenario(text).value();
    return runWhole(scenario, {.seed = scenario.run.seed}, RunWatch{}).value();
}

Value reportOf(const FinishedRun& run) {
    return runReport(run, {.scenario = "Three orders", .wallSeconds = 0.25});
}

std::string keys(const Value& value) {
    std::string line;
    for (const auto& [key, inside] : *value.table())
        line += (line.empty() ? "" : " ") + key;
    return line;
}

const Value& at(const Value& value, std::initializer_list<const char*> path) {
    const Value* place = &value;
    for (const char* const key : path) {
        place = place->member(key);
        if (!place)
            qFatal("the report has no %s", key);
    }
    return *place;
}

double number(const Value& value, std::initializer_list<const char*> path) {
    return at(value, path).number()->toDouble();
}

} // namespace

class TestRunReport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void keysAreThoseThatScriptsRelyOn();
    void figuresAreThoseComputedByHand();
    void ledgerAddsUpExactly();
    void stateIsSummedUpByTable();
    void failedExpectationsNameTheirRecord();
    void whatNobodyObservedIsNull();
    void textSaysTheSameToPeople();
};

void TestRunReport::keysAreThoseThatScriptsRelyOn() {
    const Value report = reportOf(finished(threeOrders));
    QCOMPARE(keys(report),
             "scenario seed simulatedSeconds wallSeconds messages dues fingerprint stopped ledger channels "
             "subscriptions services latency state expectations");
    QCOMPARE(keys(at(report, {"ledger"})),
             "published refused deduplicated unroutable held routed copies outcomes effectsLost");
    QCOMPARE(keys(at(report, {"ledger", "outcomes"})),
             "inTransit delayed ready inFlight acked deadLettered expired dropped purged lost");
    QCOMPARE(keys(at(report, {"channels"})), "nobody orders unread");
    QCOMPARE(keys(at(report, {"channels", "nobody"})), "published bytes");
    const std::string ofSubscription = "delivered acked redelivered deadLettered expired dropped depthMean depthMax "
                                       "unackedMean waitMean waitP50 waitP90 waitP99 waitP999";
    QCOMPARE(keys(at(report, {"channels", "orders"})), "published bytes " + ofSubscription);
    QCOMPARE(keys(at(report, {"subscriptions"})), "orders unread");
    QCOMPARE(keys(at(report, {"subscriptions", "orders"})), ofSubscription);
    QCOMPARE(keys(at(report, {"services"})), "desk shop");
    QCOMPARE(keys(at(report, {"services", "desk"})),
             "handled failed utilization throughput serviceMean responseMean responseP99");
    QCOMPARE(keys(at(report, {"latency"})), "mean p50 p90 p99 p999 max");
}

void TestRunReport::figuresAreThoseComputedByHand() {
    const Value report = reportOf(finished(threeOrders));
    QCOMPARE(at(report, {"scenario"}), Value("Three orders"));
    QCOMPARE(at(report, {"seed"}), Value(5));
    QCOMPARE(at(report, {"simulatedSeconds"}), Value(10));
    QCOMPARE(at(report, {"wallSeconds"}), Value(Decimal(25, 2)));
    QCOMPARE(at(report, {"messages"}), Value(4));
    QCOMPARE(at(report, {"dues"}), Value(7)); // four arrivals, three ends of a handling
    QCOMPARE(at(report, {"fingerprint"}).text()->size(), 16u);
    QCOMPARE(at(report, {"stopped"}), Value("done"));

    const Value& orders = at(report, {"subscriptions", "orders"});
    QCOMPARE(at(orders, {"delivered"}), Value(3));
    QCOMPARE(at(orders, {"acked"}), Value(3));
    QCOMPARE(at(orders, {"depthMax"}), Value(1));
    QCOMPARE(number(orders, {"depthMean"}), 0.15);   // 0 + 0.5 + 1 s of waiting in 10 s
    QCOMPARE(number(orders, {"unackedMean"}), 0.45); // 4.5 s of work in 10 s
    QCOMPARE(number(orders, {"waitMean"}), 0.5);
    QCOMPARE(at(report, {"channels", "orders", "published"}), Value(3));
    QCOMPARE(at(report, {"channels", "orders", "bytes"}), Value(300));
    QCOMPARE(at(report, {"channels", "orders", "waitMean"}), at(orders, {"waitMean"}));

    const Value& desk = at(report, {"services", "desk"});
    QCOMPARE(at(desk, {"handled"}), Value(3));
    QCOMPARE(at(desk, {"failed"}), Value(0));
    QCOMPARE(number(desk, {"utilization"}), 0.45);
    QCOMPARE(number(desk, {"throughput"}), 0.3);
    QCOMPARE(number(desk, {"serviceMean"}), 1.5);
    QCOMPARE(number(desk, {"responseMean"}), 2.0); // 1.5, 2 and 2.5 s
    // Of the fourth, which nobody takes, the latency is 0.
    QCOMPARE(number(report, {"latency", "mean"}), 1.5);
    QCOMPARE(number(report, {"latency", "max"}), 2.5);
}

void TestRunReport::ledgerAddsUpExactly() {
    Scenario scenario = brokerScenario(3);
    scenario.run.lasts = 5s;
    const FinishedRun run = runWhole(scenario, {.seed = 2}, RunWatch{}).value();
    const Value figures = runFigures(run.simulation.model(), run.picture);
    const Value& ledger = at(figures, {"ledger"});
    std::int64_t outcomes = 0;
    for (const auto& [key, count] : *at(ledger, {"outcomes"}).table())
        outcomes += *count.number()->whole();
    QVERIFY(outcomes > 4'000); // 3 x 320/s x 5 s
    QCOMPARE(Value(outcomes), at(ledger, {"copies"}));
    std::int64_t messages = 0;
    for (const char* const key : {"refused", "deduplicated", "unroutable", "held", "routed"})
        messages += *at(ledger, {key}).number()->whole();
    QCOMPARE(Value(messages), at(ledger, {"published"}));
}

void TestRunReport::stateIsSummedUpByTable() {
    const Value report = reportOf(finished(threeOrders));
    QCOMPARE(at(report, {"state"}).canonical(), R"({"desk":{"orders":{"entries":4,"statuses":{"DONE":3,"OPEN":1}},)"
                                                R"("sold":{"entries":1,"sum":11.5,"quantities":{"n":11.5}}}})");
}

void TestRunReport::failedExpectationsNameTheirRecord() {
    const FinishedRun run = finished(threeOrders);
    QVERIFY(!run.asExpected());
    const Value report = reportOf(run);
    const Value::List& expectations = *at(report, {"expectations"}).list();
    QCOMPARE(expectations.size(), 2u);
    QCOMPARE(at(expectations[0], {"expect"}), Value("ledger closed"));
    QCOMPARE(at(expectations[0], {"ok"}), Value(true));
    QCOMPARE(at(expectations[0], {"violation"}), Value());
    QCOMPARE(at(expectations[1], {"expect"}), Value("metric('channel', 'orders', 'waitMean') < 100ms"));
    QCOMPARE(at(expectations[1], {"title"}), Value("Hardly waits"));
    QCOMPARE(at(expectations[1], {"ok"}), Value(false));
    QCOMPARE(at(expectations[1], {"violation", "at"}), Value(10));
    QCOMPARE(at(expectations[1], {"violation", "record", "kind"}), Value("stopped"));
}

void TestRunReport::whatNobodyObservedIsNull() {
    const Value report = reportOf(finished(threeOrders));
    QCOMPARE(at(report, {"subscriptions", "unread", "waitMean"}), Value());
    QCOMPARE(at(report, {"subscriptions", "unread", "waitP99"}), Value());
    QCOMPARE(at(report, {"subscriptions", "unread", "delivered"}), Value(0));
    QCOMPARE(at(report, {"services", "shop", "utilization"}), Value()); // it has no workers
    QCOMPARE(at(report, {"services", "shop", "responseMean"}), Value());
    const FinishedRun run = finished(threeOrders);
    QCOMPARE(at(runReport(run, {.scenario = "", .wallSeconds = std::nullopt}), {"wallSeconds"}), Value());
}

void TestRunReport::textSaysTheSameToPeople() {
    const FinishedRun run = finished(threeOrders);
    const QString text = QString::fromStdString(reportText(reportOf(run)));
    QVERIFY2(text.startsWith("Three orders\n10 s simulated in 250 ms, 4 messages, 7 dues\nseed 5, fingerprint "),
             qPrintable(text));
    QVERIFY2(text.contains("stopped: its time was over\n"), qPrintable(text));
    QVERIFY2(text.contains("  published 4 = refused 0 + deduplicated 0 + unroutable 1 + held 0 + routed 3\n"),
             qPrintable(text));
    QVERIFY2(text.contains("  copies 3 = in transit 0 + delayed 0 + ready 0 + in flight 0\n"), qPrintable(text));
    QVERIFY2(text.contains("  desk            3       0  45.0 %    0.3    1.5 s       2 s  2.5 s\n"), qPrintable(text));
    QVERIFY2(text.contains("  desk  orders  DONE 3, OPEN 1\n  desk  sold    n 11.5\n"), qPrintable(text));
    QVERIFY2(text.contains("  ok      ledger closed\n  FAILED  metric('channel', 'orders', 'waitMean') < 100ms\n"
                           "          Hardly waits\n          at 10 s: it does not hold\n"
                           "          {\"at\":10"),
             qPrintable(text));
}

QTEST_APPLESS_MAIN(TestRunReport)
#include "tst_run_report.moc"
