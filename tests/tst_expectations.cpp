// Expectations: when they are looked at, what violates them, and that the first violating record is the one named.
#include "core/scenario/load.h"
#include "core/simulation/whole_run.h"

#include <QTest>

using namespace weir;

namespace {

// Messages at whole seconds, `key` names the partition key; one worker.
Scenario jobs(const std::string& times, const std::string& queue, const std::string& handler,
              const std::string& expectation, const std::string& key = "\"same\"") {
    const std::string text =
        R"({ "weir": "1", "run": { "for": "60s" },
             "events": { "job": { "key": "data.key", "data": { "key": )" +
        key + R"( } } },
             "channels": { "jobs": { "kind": "queue", )" +
        queue + R"( } },
             "services": {
               "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "times": )" +
        times + R"( } } ] },
               "worker": { "state": { "left": { "n": 2 } },
                           "handlers": [ { "on": "jobs", )" +
        handler + R"( } ] } },
             "expect": [ )" +
        expectation + " ] }";
    Result<Scenario, Errors> scenario = loadScenario(text);
    if (!scenario)
        qFatal("%s", scenario.error().front().text().c_str());
    return std::move(scenario).value();
}

const std::string retry = R"("retry": { "max": 3, "backoff": "fixed", "first": "5s" })";

ExpectationOutcome outcomeOf(const Scenario& scenario) {
    return runWhole(scenario, {.seed = 1}, RunWatch{}).value().expectations.front();
}

} // namespace

class TestExpectations : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theLedgerIsLookedAtAfterEveryRecord();
    void stateThatMustAlwaysHoldNamesTheChangeThatBrokeIt();
    void effectsOfOneHandlingBelongTogether();
    void figuresThatMustAlwaysHoldNameTheRecordThatMovedThem();
    void whatHoldsAtTheStartIsLookedAtToo();
    void whatIsNotObservedYetIsPassedOverButNeverForGood();
    void aValueThatIsNoTruthIsNotAnExpectationThatHolds();
    void atTheEndLooksOnce();
    void aLaterMessageThatFinishesFirstBreaksTheOrder();
    void repeatedHandlingsBreakNoOrder();
    void keysAreOrderedEachForItself();
    void whatCannotBeAskedIsRefusedBeforeTheRun();
};

void TestExpectations::theLedgerIsLookedAtAfterEveryRecord() {
    const ExpectationOutcome outcome =
        outcomeOf(jobs(R"(["1s"])", retry, R"("takes": "1s")", R"({ "ledger": "closed" })"));
    QVERIFY(outcome.ok());
    // published routed enqueued delivered started finished acked completed stopped
    QCOMPARE(outcome.checks, 9u);
}

void TestExpectations::stateThatMustAlwaysHoldNamesTheChangeThatBrokeIt() {
    const ExpectationOutcome outcome =
        outcomeOf(jobs(R"(["1s", "2s", "3s", "4s"])", retry,
                       R"("takes": "100ms", "then": [ { "add": "left", "key": "n", "by": -1 } ])",
                       R"({ "always": "state('worker', 'left', 'n') >= 0" })"));
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.violation->record->kind, RecordKind::stateChanged);
    QCOMPARE(outcome.violation->record->ordinal, 3u); // 2 - 3 = -1
    QCOMPARE(outcome.violation->at, SimTime{3100ms});
    QCOMPARE(outcome.violation->why, "it does not hold");
    QCOMPARE(outcome.violation->recordLine,
             R"({"at":3.1,"kind":"stateChanged","ordinal":3,"id":"e-3","type":"job","source":"producer",)"
             R"("routingkey":"job","service":"worker","correlationid":"e-3",)"
             R"("data":{"table":"left","key":"n","value":-1}})");
    QCOMPARE(outcome.checks, 4u); // at the start and after three changes
}

void TestExpectations::effectsOfOneHandlingBelongTogether() {
    const ExpectationOutcome outcome =
        outcomeOf(jobs(R"(["1s", "2s"])", retry,
                       R"("takes": "100ms", "then": [ { "add": "left", "key": "n", "by": -1 },
                                                     { "add": "left", "key": "gone", "by": 1 } ])",
                       R"({ "always": "at = 0 OR state('worker','left','n') + state('worker','left','gone') = 2" })"));
    QVERIFY2(outcome.ok(), outcome.violation ? outcome.violation->why.c_str() : "");
    QVERIFY(outcome.checks >= 3);
}

void TestExpectations::figuresThatMustAlwaysHoldNameTheRecordThatMovedThem() {
    // Waiting: 0 until the third arrives, 1 s of work each; at 1.5 s two wait.
    const ExpectationOutcome outcome =
        outcomeOf(jobs(R"(["1s", "1200ms", "1500ms", "1700ms"])", retry, R"("takes": "1s")",
                       R"({ "always": "metric('channel', 'jobs', 'depth') < 2" })"));
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.violation->at, SimTime{1500ms});
    QCOMPARE(outcome.violation->record->ordinal, 3u);
    QCOMPARE(outcome.violation->record->kind, RecordKind::enqueued);
}

void TestExpectations::whatHoldsAtTheStartIsLookedAtToo() {
    const ExpectationOutcome outcome =
        outcomeOf(jobs(R"(["1s"])", retry, R"("takes": "1s")", R"({ "always": "state('worker', 'left', 'n') > 2" })"));
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.violation->at, SimTime{});
    QVERIFY(!outcome.violation->record);
}

void TestExpectations::whatIsNotObservedYetIsPassedOverButNeverForGood() {
    const std::string wait = R"({ "always": "metric('channel', 'jobs', 'waitMax') < 1s" })";
    QVERIFY(outcomeOf(jobs(R"(["1s"])", retry, R"("takes": "1s")", wait)).ok());
    const ExpectationOutcome never = outcomeOf(jobs("[]", retry, R"("takes": "1s")", wait));
    QVERIFY(!never.ok());
    QVERIFY(never.violation->why.starts_with("it could never be evaluated: "));
    const ExpectationOutcome unknown = outcomeOf(
        jobs(R"(["1s"])", retry, R"("takes": "1s")", R"({ "that": "metric('channel', 'jobs', 'waitP98') < 1s" })"));
    QVERIFY(!unknown.ok());
}

void TestExpectations::aValueThatIsNoTruthIsNotAnExpectationThatHolds() {
    const ExpectationOutcome outcome = outcomeOf(
        jobs(R"(["1s"])", retry, R"("takes": "1s")", R"({ "that": "metric('channel', 'jobs', 'acked') + 0" })"));
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.violation->why, "it is no condition: its value is 1");
}

void TestExpectations::atTheEndLooksOnce() {
    const Scenario holds = jobs(R"(["1s", "2s"])", retry, R"("takes": "500ms")",
                                R"({ "that": "metric('service', 'worker', 'handled') = 2 AND at = 2.5" })");
    QVERIFY(outcomeOf(holds).ok());
    QCOMPARE(outcomeOf(holds).checks, 1u);
    const ExpectationOutcome outcome = outcomeOf(
        jobs(R"(["1s", "2s"])", retry, R"("takes": "500ms")", R"({ "that": "metric('run', '', 'published') = 3" })"));
    QCOMPARE(outcome.violation->at, SimTime{2500ms}); // then nothing is left to do
    QCOMPARE(outcome.violation->record->kind, RecordKind::stopped);
}

// The first is tried again 5 s after its failure, and meanwhile the second is done.
void TestExpectations::aLaterMessageThatFinishesFirstBreaksTheOrder() {
    const ExpectationOutcome outcome = outcomeOf(
        jobs(R"(["1s", "2s"])", retry, R"("takes": "100ms", "fails": { "when": "ordinal = 1", "attempts": 1 })",
             R"({ "ordered": "jobs" })"));
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.violation->at, SimTime{6200ms}); // 1.1 s + 5 s + 0.1 s
    QCOMPARE(outcome.violation->record->ordinal, 1u);
    QCOMPARE(outcome.violation->record->kind, RecordKind::finished);
    QCOMPARE(outcome.violation->why, "a message with the key \"same\" finished after 2, which was published later");
}

// The first is done in time, but dies before its ack, so that it is handled once more after the second.
void TestExpectations::repeatedHandlingsBreakNoOrder() {
    const ExpectationOutcome outcome = outcomeOf(
        jobs(R"(["1s", "2s"])", retry,
             R"("takes": "100ms", "fails": { "how": "crashAfterEffect", "when": "ordinal = 1", "attempts": 1 })",
             R"({ "ordered": "jobs" })"));
    QVERIFY(outcome.ok());
    QCOMPARE(outcome.checks, 2u);
    QCOMPARE(outcome.unchecked, 0u);
}

void TestExpectations::keysAreOrderedEachForItself() {
    const std::string fails = R"("takes": "100ms", "fails": { "when": "ordinal = 1", "attempts": 1 })";
    const ExpectationOutcome outcome =
        outcomeOf(jobs(R"(["1s", "2s", "3s"])", retry, fails, R"({ "ordered": "jobs" })", R"("K-{count}")"));
    QVERIFY(outcome.ok());
    QCOMPARE(outcome.checks, 3u);
}

void TestExpectations::whatCannotBeAskedIsRefusedBeforeTheRun() {
    Scenario scenario = jobs(R"(["1s"])", retry, R"("takes": "1s")", R"({ "ledger": "closed" })");
    scenario.expect = {{.kind = Expectation::Kind::atEnd, .expression = "nope(1)"},
                       {.kind = Expectation::Kind::orderPerKey, .expression = "nobody"}};
    const auto refused = runWhole(scenario, {.seed = 1}, RunWatch{});
    QVERIFY(!refused);
    QCOMPARE(refused.error().size(), 2u);
    QCOMPARE(refused.error()[0].where, "/expect/0/that");
    QCOMPARE(refused.error()[1].where, "/expect/1/ordered");
}

QTEST_APPLESS_MAIN(TestExpectations)
#include "tst_expectations.moc"
