// Confirms and acks in two steps (MQTT's QoS 2): nothing happens twice, whatever is lost on the way or cut, and what
// each step takes. Exact times, from scenarios as files give them.
#include "core/scenario/check.h"
#include "core/scenario/profiled_document.h"
#include "support/played_scenario.h"
#include "support/way_scenarios.h"

#include <QTest>

#include <map>
#include <set>

using namespace weir;
using enum RecordKind;

namespace {

const std::string tenMs = links(way("*", R"("latency": "10ms")"));

// The shop waits for both answers a second each time.
const std::string inTwoSteps = R"(, "confirm": { "steps": 2, "timeout": "1s", "retries": 100, "backoff": "0s" })";

JobScenario publishing(const std::string& more) {
    return {.more = tenMs + ", " + more, .publish = inTwoSteps};
}

// The worker's acks have two steps; what is not acked in a second is delivered again.
JobScenario delivering(const std::string& more, const std::string& handler = {}) {
    return {.more = tenMs + ", " + more,
            .handler = R"(, "ackSteps": 2)" + handler,
            .queue = R"(, "ackTimeout": "1s", "retry": { "max": "unbounded", "backoff": "none" })"};
}

// How often each message's work was done.
std::map<Ordinal, int> timesHandled(const PlayedScenario& run) {
    std::map<Ordinal, int> times;
    run.forEach([&](const Record& record) {
        if (record.kind == finished)
            ++times[record.ordinal];
    });
    return times;
}

int mostOften(const PlayedScenario& run) {
    int most = 0;
    for (const auto& [ordinal, times] : timesHandled(run))
        most = std::max(most, times);
    return most;
}

QString refusal(const JobScenario& scenario) {
    const auto loaded = loadScenario(scenario.text());
    return loaded ? QStringLiteral("accepted") : QString::fromStdString(loaded.error().front().text());
}

QStringList stepFindings(const std::string& scenario) {
    QStringList found;
    for (const Finding& finding : check(loadScenario(scenario).value()))
        if (finding.code == "stepsElsewhere")
            found << QString::fromStdString(finding.where);
    return found;
}

} // namespace

class TestTwoSteps : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aPublishIsHandedOnWhenItsProducerKnowsThatItIsThere();
    void withoutAWayBothStepsTakeNoTime();
    void aRepeatOfWhatIsKeptIsKnown();
    void aPublishThatComesTwiceIsKeptOnce();
    void aReleaseThatIsLostIsSaidAgainWithoutTheEvent();
    void anAnswerToAReleaseThatIsLostMakesNoSecondMessage();
    void overALossyLinkEachPublishComesOnce();
    void whatIsKeptOutlastsALostConnection();
    void whoGivesUpWithdrawsWhatIsKept();
    void whoDiesBetweenTheStepsWithdrawsWhatIsKept();
    void whatIsRefusedAtItsReleaseBeginsAnew();
    void whatWaitsForRoomIsAnsweredWhenItHasIt();
    void anOutboxsRelayPublishesInTwoSteps();
    void whoWaitsForNoAnswerTakesNoSteps();
    void aDeliveryIsHandledWhenTheBrokerKnowsThatItIsThere();
    void aDeliveryThatComesTwiceIsHandledOnce();
    void aReceiptThatIsLostIsSaidAgain();
    void aReleaseOfADeliveryThatIsLostIsSaidAgain();
    void anAckThatIsLostIsSaidAgainAndNothingIsHandledAgain();
    void whatIsInWorkIsTheSameWorkWhenItIsDeliveredAgain();
    void theWorkOfWhatDiedIsNotThatOfALaterCopy();
    void whatFailsIsHandledAnew();
    void overALossyLinkEachDeliveryIsHandledOnce();
    void inOneStepALossyLinkLetsWorkBeDoneTwice();
    void afterALostConnectionWorkIsNotDoneAgain();
    void whatAnInstanceForgotIsLostAndCounted();
    void whatTheBrokerDoesNotKnowToBeThereComesAgain();
    void noMoreAreOnTheirWayThanItsWindowHolds();
    void stepsNeedAcksOfTheirOwn();
    void consumersThatShareAreWarned();
    void mqttsQos2IsExactlyOnceAllTheWay();
    void mqttsQosIsOneChangedWord();
    void stepsOfWhatIsUnderWayDoNotChange();
    void aSnapshotBetweenTheStepsGoesOnIdentically();
};

void TestTwoSteps::aPublishIsHandedOnWhenItsProducerKnowsThatItIsThere() {
    const PlayedScenario run = played(publishing(R"("notes": "")").text());
    QCOMPARE(run.log({published, routed, confirmed}), QStringLiteral("1 published 1; 1.03 routed 1; 1.04 confirmed 1"));
    QCOMPARE(run.ledger().messages.held, std::int64_t{0});
}

void TestTwoSteps::withoutAWayBothStepsTakeNoTime() {
    JobScenario two{.handler = R"(, "ackSteps": 2)", .publish = inTwoSteps}, one;
    one.publish = R"(, "confirm": { "timeout": "1s", "retries": 100, "backoff": "0s" })";
    const auto kinds = {published, routed, confirmed, started, acked};
    QCOMPARE(played(two.text()).log(kinds), played(one.text()).log(kinds));
}

void TestTwoSteps::aRepeatOfWhatIsKeptIsKnown() {
    const PlayedScenario run = played(publishing(lostFrom("shop", "1015ms")).text());
    QCOMPARE(run.log({published, strayed, unconfirmed, deduplicated, routed, confirmed}),
             QStringLiteral("1 published 1; 1.02 strayed 1 link_loss; 2 unconfirmed 1 confirm_timeout; 2 published 2; "
                            "2.01 deduplicated 2 duplicate; 2.03 routed 1; 2.04 confirmed 1"));
    QVERIFY(run.ledger().closed());
}

void TestTwoSteps::aPublishThatComesTwiceIsKeptOnce() {
    const JobScenario twice{.more = links(way("shop", R"("duplicates": 1)")), .publish = inTwoSteps};
    QCOMPARE(played(twice.text()).ledger().copies.acked, std::int64_t{1});
    JobScenario inOne = twice;
    inOne.publish = R"(, "confirm": true)";
    QCOMPARE(played(inOne.text()).ledger().copies.acked, std::int64_t{2});
}

void TestTwoSteps::aReleaseThatIsLostIsSaidAgainWithoutTheEvent() {
    const PlayedScenario run = played(publishing(lostFrom("shop", "1025ms")).text());
    QCOMPARE(run.log({published, strayed, unconfirmed, deduplicated, routed, confirmed}),
             QStringLiteral("1 published 1; 1.03 strayed 1 link_loss; 2.02 unconfirmed 1 confirm_timeout; "
                            "2.03 routed 1; 2.04 confirmed 1"));
}

void TestTwoSteps::anAnswerToAReleaseThatIsLostMakesNoSecondMessage() {
    const PlayedScenario run = played(publishing(lostFrom("shop", "1035ms")).text());
    QCOMPARE(run.log({published, strayed, unconfirmed, deduplicated, routed, confirmed}),
             QStringLiteral("1 published 1; 1.03 routed 1; 1.04 strayed 1 link_loss; "
                            "2.02 unconfirmed 1 confirm_timeout; 2.04 confirmed 1"));
}

void TestTwoSteps::overALossyLinkEachPublishComesOnce() {
    const PlayedScenario run = played(JobScenario{.arrivals = R"("every": "10ms", "count": 300)",
                                                  .more = links(way("shop", R"("loss": 0.2, "latency": "1ms")")),
                                                  .publish = inTwoSteps}
                                          .text());
    QCOMPARE(run.count(confirmed), std::int64_t{300});
    QCOMPARE(run.ledger().messages.routed, std::int64_t{300});
    QCOMPARE(run.ledger().copies.acked, std::int64_t{300});
    QVERIFY2(run.ledger().messages.deduplicated > 30, qPrintable(QString::number(run.ledger().messages.deduplicated)));
    // Each repeat of an event stands for a publish or an answer to one that was lost.
    QCOMPARE(run.count(published) - 300, run.ledger().messages.refused + run.ledger().messages.deduplicated);
    QVERIFY(run.ledger().closed());
}

// The client's session at the broker (MQTT): the repeat is known in the next connection, too.
void TestTwoSteps::whatIsKeptOutlastsALostConnection() {
    const PlayedScenario run =
        played(publishing(faults(R"({ "at": "1015ms", "partition": [["shop"], ["broker"]], "for": "30s" })")).text());
    QCOMPARE(run.ledger().messages.deduplicated, std::int64_t{1});
    QCOMPARE(run.log({routed, confirmed}), QStringLiteral("32.03 routed 1; 32.04 confirmed 1"));
    QVERIFY(run.ledger().closed());
}

void TestTwoSteps::whoGivesUpWithdrawsWhatIsKept() {
    JobScenario scenario = publishing(faults(R"({ "at": "1015ms", "lose": ["shop", "broker"] })"));
    scenario.publish = R"(, "confirm": { "steps": 2, "timeout": "1s", "retries": 1, "backoff": "0s" })";
    const PlayedScenario run = played(scenario.text());
    QCOMPARE(run.log({refused, unconfirmed, routed}),
             QStringLiteral("2 unconfirmed 1 confirm_timeout; 2.01 refused 2 link_loss; "
                            "3 unconfirmed 1 confirm_timeout; 3 refused 1 unconfirmed"));
    QCOMPARE(run.ledger().messages.held, std::int64_t{0});
    QVERIFY(run.ledger().closed());
}

void TestTwoSteps::whoDiesBetweenTheStepsWithdrawsWhatIsKept() {
    const PlayedScenario run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {}, "note": {} },
        "channels": { "jobs": { "kind": "queue" }, "notes": { "kind": "queue" } },
        "services": { "shop": { "sources": [ { "arrivals": { "times": ["1s"] }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "then": { "emit": "note", "to": "notes",
                          "confirm": { "steps": 2, "timeout": "500ms", "backoff": "0s" } } } ] } },
        "links": [ { "between": ["worker", "broker"], "latency": "10ms" } ],
        "faults": [ { "at": "1025ms", "crash": "worker", "for": "5s" } ] })");
    // Its answer finds nobody who could go on; the job itself is handled again.
    QCOMPARE(run.log({refused, confirmed}), QStringLiteral("1.03 refused 2 unconfirmed; 6.075 confirmed 3"));
    QVERIFY(run.ledger().closed());
}

void TestTwoSteps::whatIsRefusedAtItsReleaseBeginsAnew() {
    JobScenario scenario{.arrivals = R"("times": ["1s", "1100ms"])",
                         .more = tenMs + ", " + faults(R"({ "at": "0s", "crash": "worker", "for": "3s" })"),
                         .publish = R"(, "confirm": { "steps": 2, "retries": 100, "backoff": "1s" })",
                         .queue = R"(, "capacity": 1, "overflow": "reject")"};
    const PlayedScenario run = played(scenario.text());
    QCOMPARE(run.log({published, refused, unconfirmed, routed, confirmed}),
             QStringLiteral("1 published 1; 1.03 routed 1; 1.04 confirmed 1; 1.1 published 2; "
                            "1.13 refused 2 maxlen; 1.14 unconfirmed 2 nack; 2.14 published 3; "
                            "2.17 refused 3 maxlen; 2.18 unconfirmed 2 nack; 4.18 published 4; 4.21 routed 4; "
                            "4.22 confirmed 2"));
    QVERIFY(run.ledger().closed());
}

void TestTwoSteps::whatWaitsForRoomIsAnsweredWhenItHasIt() {
    JobScenario scenario{.arrivals = R"("times": ["1s", "1100ms"])",
                         .more = tenMs + ", " + faults(R"({ "at": "0s", "crash": "worker", "for": "3s" })"),
                         .publish = R"(, "confirm": { "steps": 2, "timeout": "1s", "retries": 100, "backoff": "0s" })",
                         .queue = R"(, "capacity": 1, "overflow": "block")"};
    const PlayedScenario run = played(scenario.text());
    QCOMPARE(run.log({blocked, unblocked, confirmed}),
             QStringLiteral("1.04 confirmed 1; 1.13 blocked 2; 3 unblocked 2; 3.01 confirmed 2"));
    QCOMPARE(run.count(published), std::int64_t{2}); // only the release was said again
    QCOMPARE(run.ledger().copies.acked, std::int64_t{2});
}

void TestTwoSteps::anOutboxsRelayPublishesInTwoSteps() {
    const PlayedScenario run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "queue" } },
        "services": { "shop": { "outbox": { "every": "100ms" }, "sources": [ { "arrivals": { "every": "10ms", "count": 200 },
                          "emit": "job", "to": "jobs",
                          "confirm": { "steps": 2, "timeout": "1s", "retries": 100, "backoff": "0s" } } ] },
                      "worker": { "handlers": [ { "on": "jobs" } ] } },
        "links": [ { "between": ["shop", "broker"], "latency": "1ms", "loss": 0.2 } ] })");
    QCOMPARE(run.count(relayed), std::int64_t{200});
    QCOMPARE(run.ledger().copies.acked, std::int64_t{200});
    QVERIFY(run.ledger().closed());
}

void TestTwoSteps::whoWaitsForNoAnswerTakesNoSteps() {
    JobScenario scenario = publishing(R"("notes": "")");
    scenario.publish = R"(, "confirm": { "steps": 2, "acks": "none" })";
    QCOMPARE(played(scenario.text()).log({routed, confirmed}), QStringLiteral("1 confirmed 1; 1.01 routed 1"));
}

void TestTwoSteps::aDeliveryIsHandledWhenTheBrokerKnowsThatItIsThere() {
    const PlayedScenario run = played(delivering(R"("notes": "")").text());
    QCOMPARE(run.log({delivered, started, acked}), QStringLiteral("1.01 delivered 1; 1.04 started 1; 1.05 acked 1"));
}

void TestTwoSteps::aDeliveryThatComesTwiceIsHandledOnce() {
    JobScenario twice{.arrivals = R"("every": "10ms", "count": 100)",
                      .more = links(way("worker", R"("duplicates": 1, "latency": { "exponential": "5ms" })")),
                      .handler = R"(, "ackSteps": 2, "takes": "20ms", "prefetch": 50)"};
    const PlayedScenario run = played(twice.text());
    QCOMPARE(run.count(finished), std::int64_t{100});
    QCOMPARE(run.ledger().copies.acked, std::int64_t{100});
    QCOMPARE(run.count(ackRefused), std::int64_t{0});
    twice.handler = R"(, "takes": "20ms", "prefetch": 50)";
    QVERIFY(played(twice.text()).count(finished) > 100);
}

// The jobs come over the shop's link at 1.01; lost is what the worker's link carries at that time.
void TestTwoSteps::aReceiptThatIsLostIsSaidAgain() {
    const PlayedScenario run = played(delivering(lostFrom("worker", "1025ms")).text());
    QCOMPARE(run.log({strayed, timedOut, delivered, started, acked}),
             QStringLiteral("1.01 delivered 1; 1.03 strayed 1 link_loss; 2.01 timedOut 1 ack_timeout; "
                            "2.01 delivered 1#2; 2.04 started 1#2; 2.05 acked 1#2"));
}

void TestTwoSteps::aReleaseOfADeliveryThatIsLostIsSaidAgain() {
    const PlayedScenario run = played(delivering(lostFrom("worker", "1035ms")).text());
    QCOMPARE(run.log({strayed, timedOut, delivered, started, acked}),
             QStringLiteral("1.01 delivered 1; 1.04 strayed 1 link_loss; 2.01 timedOut 1 ack_timeout; "
                            "2.01 delivered 1#2; 2.02 started 1#2; 2.03 acked 1#2"));
}

void TestTwoSteps::anAckThatIsLostIsSaidAgainAndNothingIsHandledAgain() {
    const PlayedScenario run = played(delivering(lostFrom("worker", "1045ms")).text());
    QCOMPARE(run.log({strayed, timedOut, delivered, started, acked, ackRefused}),
             QStringLiteral("1.01 delivered 1; 1.04 started 1; 1.05 strayed 1 link_loss; "
                            "2.01 timedOut 1 ack_timeout; 2.01 delivered 1#2; 2.03 acked 1#2"));
    QCOMPARE(run.ledger().effectsLost, std::int64_t{0});
}

void TestTwoSteps::whatIsInWorkIsTheSameWorkWhenItIsDeliveredAgain() {
    const PlayedScenario run = played(delivering(R"("notes": "")", R"(, "takes": "1500ms")").text());
    QCOMPARE(run.log({started, timedOut, delivered, finished, acked, ackRefused}),
             QStringLiteral("1.01 delivered 1; 1.04 started 1; 2.01 timedOut 1 ack_timeout; 2.01 delivered 1#2; "
                            "2.54 finished 1; 2.55 acked 1#2"));
}

// The first one is in work when its last delivery times out. The second one comes after that.
void TestTwoSteps::theWorkOfWhatDiedIsNotThatOfALaterCopy() {
    const JobScenario scenario{.arrivals = R"("times": ["1s", "1850ms"])",
                               .handler = R"(, "ackSteps": 2, "concurrency": 2, "takes": "1s")",
                               .queue = R"(, "ackTimeout": "100ms", "retry": { "max": 1, "backoff": "none" })"};
    const PlayedScenario run = played(scenario.text());
    QCOMPARE(
        run.log({delivered, timedOut, dropped, finished, acked, ackRefused}),
        QStringLiteral("1 delivered 1; 1.1 timedOut 1 ack_timeout; 1.1 delivered 1#2; 1.2 timedOut 1#2 ack_timeout; "
                       "1.2 dropped 1#2 delivery_limit; 1.85 delivered 2; 1.95 timedOut 2 ack_timeout; "
                       "1.95 delivered 2#2; 2 finished 1; 2 ackRefused 1; 2.05 timedOut 2#2 ack_timeout; "
                       "2.05 dropped 2#2 delivery_limit; 2.85 finished 2; 2.85 ackRefused 2"));
}

void TestTwoSteps::whatFailsIsHandledAnew() {
    const PlayedScenario run = played(delivering(R"("notes": "")", R"(, "fails": { "attempts": 1 })").text());
    QCOMPARE(run.log({delivered, failed, finished, acked}),
             QStringLiteral("1.01 delivered 1; 1.04 failed 1 failure; 1.05 delivered 1#2; 1.08 finished 1#2; "
                            "1.09 acked 1#2"));
}

void TestTwoSteps::overALossyLinkEachDeliveryIsHandledOnce() {
    JobScenario lossy = delivering(R"("notes": "")", R"(, "prefetch": 100)");
    lossy.arrivals = R"("every": "10ms", "count": 1000)";
    lossy.more = links(way("worker", R"("loss": 0.2, "latency": "1ms")"));
    const PlayedScenario run = played(lossy.text());
    QCOMPARE(timesHandled(run).size(), std::size_t{1000});
    QCOMPARE(mostOften(run), 1);
    QCOMPARE(run.ledger().copies.acked, std::int64_t{1000});
    QVERIFY2(run.count(timedOut) > 500,
             qPrintable(QString::number(run.count(timedOut)))); // four words, a fifth of each
    QVERIFY(run.ledger().closed());
}

void TestTwoSteps::inOneStepALossyLinkLetsWorkBeDoneTwice() {
    JobScenario lossy = delivering(R"("notes": "")");
    lossy.arrivals = R"("every": "10ms", "count": 1000)";
    lossy.handler = R"(, "prefetch": 100)";
    lossy.more = links(way("worker", R"("loss": 0.2, "latency": "1ms")"));
    QVERIFY(mostOften(played(lossy.text())) > 1);
}

void TestTwoSteps::afterALostConnectionWorkIsNotDoneAgain() {
    JobScenario cut{.arrivals = R"("every": "100ms", "count": 300)",
                    .more = links(way("worker", R"("latency": { "exponential": "20ms" }, "heartbeat": "1s")")) + ", " +
                            faults(R"({ "at": "5s", "partition": [["worker"], ["broker"]], "for": "4s" },
                                      { "at": "15s", "partition": [["worker"], ["broker"]], "for": "500ms" },
                                      { "at": "20s", "partition": [["worker"], ["broker"]], "for": "3s" })"),
                    .handler = R"(, "ackSteps": 2, "prefetch": 20, "concurrency": 2, "takes": "150ms")",
                    .queue = R"(, "whenGone": "resume")"};
    const PlayedScenario run = played(cut.text());
    QCOMPARE(timesHandled(run).size(), std::size_t{300});
    QCOMPARE(mostOften(run), 1);
    QCOMPARE(run.ledger().copies.acked, std::int64_t{300});
    QVERIFY(run.ledger().closed());
    // In one step what was done and not acked is done again.
    cut.handler = R"(, "prefetch": 20, "concurrency": 2, "takes": "150ms")";
    QVERIFY(mostOften(played(cut.text())) > 1);
}

// It had said that it has it, and the broker does not have it any more.
void TestTwoSteps::whatAnInstanceForgotIsLostAndCounted() {
    JobScenario scenario =
        delivering(faults(R"({ "at": "1500ms", "crash": "worker", "for": "1s" })"), R"(, "takes": "2s")");
    scenario.queue = R"(, "whenGone": "resume")";
    const PlayedScenario run = played(scenario.text());
    QCOMPARE(run.log({started, delivered, finished, effectLost, acked}),
             QStringLiteral("1.01 delivered 1; 1.04 started 1; 2.5 delivered 1#2; 2.51 effectLost 1#2 crash; "
                            "2.52 acked 1#2"));
    QCOMPARE(run.ledger().effectsLost, std::int64_t{1});
    QVERIFY(run.ledger().closed());
}

void TestTwoSteps::whatTheBrokerDoesNotKnowToBeThereComesAgain() {
    JobScenario scenario = delivering(faults(R"({ "at": "1025ms", "crash": "worker", "for": "1s" })"));
    scenario.queue = R"(, "whenGone": "resume")";
    const PlayedScenario run = played(scenario.text());
    QCOMPARE(run.log({started, delivered, finished, effectLost, acked}),
             QStringLiteral("1.01 delivered 1; 2.025 delivered 1#2; 2.055 started 1#2; 2.055 finished 1#2; "
                            "2.065 acked 1#2"));
}

void TestTwoSteps::noMoreAreOnTheirWayThanItsWindowHolds() {
    JobScenario scenario{.arrivals = R"("times": ["1s", "1s", "1s"])",
                         .more = links(way("worker", R"("latency": "10ms")")),
                         .handler = R"(, "ackSteps": 2, "prefetch": 2, "concurrency": 3)"};
    QCOMPARE(
        played(scenario.text()).log({delivered, acked}),
        QStringLiteral("1 delivered 1; 1 delivered 2; 1.04 acked 1; 1.04 delivered 3; 1.04 acked 2; 1.08 acked 3"));
}

void TestTwoSteps::stepsNeedAcksOfTheirOwn() {
    const QString need = "/services/worker/handlers/0/ackSteps: ";
    QCOMPARE(refusal({.handler = R"(, "ackSteps": 2, "ack": "automatic")"}),
             need + "needs an \"ack\" of its own for each delivery, got 2");
    QCOMPARE(refusal({.handler = R"(, "ackSteps": 2, "ack": "cumulative", "ackEvery": { "count": 2 })"}),
             need + "needs an \"ack\" of its own for each delivery, got 2");
    QCOMPARE(refusal({.handler = R"(, "ackSteps": 3)"}), need + "needs a whole number from 1 to 2, got 3");
    QCOMPARE(refusal({.publish = R"(, "confirm": { "steps": 0 })"}),
             QStringLiteral("/services/shop/sources/0/confirm/steps: needs a whole number from 1 to 2, got 0"));
    const auto stream = loadScenario(R"({ "weir": "1", "events": {}, "channels": { "log": { "kind": "stream" } },
        "services": { "worker": { "handlers": [ { "on": "log", "ackSteps": 2 } ] } } })");
    QVERIFY(!stream.ok());
    QCOMPARE(QString::fromStdString(stream.error().front().text()),
             need + "needs \"on\" to name a queue: who reads a stream says how far it has come, got 2");
}

void TestTwoSteps::consumersThatShareAreWarned() {
    const auto scenario = [](const char* instances, const char* queue) {
        std::string text = JobScenario{.handler = R"(, "ackSteps": 2)", .queue = queue}.text();
        text.replace(text.find(R"("worker": { )"), 12, R"("worker": { "instances": )" + std::string(instances) + ", ");
        return text;
    };
    const QStringList there{"/services/worker/handlers/0/ackSteps"};
    QCOMPARE(stepFindings(scenario("2", "")), there);
    QCOMPARE(stepFindings(scenario("1", "")), QStringList());
    QCOMPARE(stepFindings(scenario("2", R"(, "whenGone": "resume")")), QStringList());
    QCOMPARE(stepFindings(scenario("2", R"(, "whenGone": "resume", "ackTimeout": "1s")")), there);
}

namespace {
const std::string sensors = R"({ "weir": "1", "profile": "mqtt-qos2", "run": { "for": "end" },
    "events": { "measured": {} },
    "channels": { "in": { "kind": "topic", "dialect": "mqtt" } },
    "services": {
      "sensor": { "sources": [ { "arrivals": { "every": "100ms", "count": 200 }, "emit": "measured", "to": "in",
                                 "routingKey": "room/temperature" } ] },
      "screen": { "handlers": [ { "on": "in", "pattern": "room/#", "takes": "30ms" } ] },
      "store": { "handlers": [ { "on": "in", "pattern": "+/temperature", "takes": "120ms" } ] } },
    "links": [ { "between": ["*", "broker"], "latency": { "exponential": "10ms" }, "heartbeat": "1s" } ],
    "faults": [ { "at": "3s", "partition": [["sensor"], ["broker"]], "for": "4s" },
                { "at": "6s", "partition": [["screen"], ["broker"]], "for": "3s" },
                { "at": "9s", "partition": [["store"], ["broker"]], "for": "5s" },
                { "at": "15s", "partition": [["sensor", "store"], ["broker"]], "for": "5s" } ] })";
} // namespace

void TestTwoSteps::mqttsQos2IsExactlyOnceAllTheWay() {
    const PlayedScenario run = played(sensors);
    std::map<std::pair<Ordinal, std::uint16_t>, int> times; // by the event and who handled it
    std::map<Ordinal, Ordinal> first;
    run.forEach([&](const Record& record) {
        if (record.kind == published)
            first[record.ordinal] = record.isRepeat() ? first[static_cast<Ordinal>(record.value)] : record.ordinal;
        if (record.kind == finished)
            ++times[{first[record.ordinal], run.simulation->model().catalogue->place(record.place).service.value}];
    });
    QCOMPARE(times.size(), std::size_t{400});
    for (const auto& [what, count] : times)
        QCOMPARE(count, 1);
    QCOMPARE(run.ledger().effectsLost, std::int64_t{0});
    QCOMPARE(run.ledger().copies.acked, std::int64_t{400});
    QVERIFY(run.ledger().closed());
}

// QoS 0 loses, QoS 1 without confirms loses publishes and repeats deliveries; the file says nothing else.
void TestTwoSteps::mqttsQosIsOneChangedWord() {
    const auto on = [](const char* profile) {
        const Value document = onProfile(Value::parse(sensors).value(), profile);
        return played(document.canonical());
    };
    const PlayedScenario qos0 = on("mqtt-qos0"), qos1 = on("mqtt"), qos2 = on("mqtt-qos2");
    QVERIFY(qos0.count(finished) < qos1.count(finished));
    QCOMPARE(qos2.count(finished), std::int64_t{400});
    QCOMPARE(mostOften(qos0), 2); // each of the two has it once
    QVERIFY(mostOften(qos1) > 2);
}

// What began in two steps ends in two, what began in one ends in one.
void TestTwoSteps::stepsOfWhatIsUnderWayDoNotChange() {
    for (const int now : {1, 2}) {
        JobScenario scenario = publishing(R"("notes": "")");
        scenario.publish = R"(, "confirm": { "steps": )" + std::to_string(3 - now) + " }";
        PlayedScenario run = opened(scenario.text());
        run.simulation->run(SimTime{1015ms}, UINT64_MAX, *run.recorder);
        run.simulation->waitUntil(SimTime{1015ms});
        const Command set{
            .kind = CommandKind::set, .pointer = "/services/shop/sources/0/confirm/steps", .value = Value(now)};
        QVERIFY(run.simulation->apply(set, *run.recorder).ok());
        run.simulation->run(SimTime{5s}, UINT64_MAX, *run.recorder);
        QCOMPARE(run.log({routed, confirmed}), now == 1 ? QStringLiteral("1.03 routed 1; 1.04 confirmed 1")
                                                        : QStringLiteral("1.01 routed 1; 1.02 confirmed 1"));
    }
}

void TestTwoSteps::aSnapshotBetweenTheStepsGoesOnIdentically() {
    JobScenario lossy = delivering(R"("notes": "")", R"(, "prefetch": 20)");
    lossy.arrivals = R"("every": "10ms", "count": 300)";
    lossy.more = links(way("*", R"("loss": 0.1, "latency": { "exponential": "20ms" })"));
    lossy.publish = inTwoSteps;
    const auto model = Model::compile(loadScenario(lossy.text()).value()).value();
    for (const std::uint64_t at : {std::uint64_t{500}, std::uint64_t{1500}, std::uint64_t{3000}}) {
        Simulation simulation(model);
        Recorder before(model->catalogue, {.recordsMax = 0});
        QCOMPARE(simulation.run(SimTime::max(), at, before), at);
        Simulation snapshot = simulation;
        Recorder one = before.scratch(before.mark()), other = before.scratch(before.mark());
        simulation.run(SimTime::max(), UINT64_MAX, one);
        snapshot.run(SimTime::max(), UINT64_MAX, other);
        QCOMPARE(one.fingerprint(), other.fingerprint());
        QVERIFY(one.head().ledger().closed());
    }
}

QTEST_GUILESS_MAIN(TestTwoSteps)
#include "tst_two_steps.moc"
