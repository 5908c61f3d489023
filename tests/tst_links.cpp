// The ways between services and the broker: how long they take, what they lose, double and hold back, and what faults
// do to them: cuts, delays, losses, clocks that are off. Exact times, from scenarios as files give them.
#include "core/scenario/check.h"
#include "core/scenario/references.h"
#include "core/simulation/active_faults.h"
#include "core/simulation/journal_json.h"
#include "support/played_scenario.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <set>

using namespace weir;
using enum RecordKind;

namespace {

// "shop" publishes jobs at `times`, "worker" handles them. `more` are members of the file.
std::string jobs(const std::string& times, const std::string& more, const std::string& handler = {},
                 const std::string& publish = {}, const std::string& queue = {}) {
    return R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "queue")" +
           queue + R"( } },
        "services": { "shop": { "sources": [ { "arrivals": { )" +
           times + R"( }, "emit": "job", "to": "jobs")" + publish + R"( } ] },
                      "worker": { "handlers": [ { "on": "jobs")" +
           handler + " } ] } }, " + more + " }";
}

std::string at(const std::string& times) {
    return "\"times\": [" + times + "]";
}

const std::string thousand = R"("every": "10ms", "count": 1000)";

std::string way(const std::string& service, const std::string& settings) {
    return R"({ "between": [")" + service + R"(", "broker"], )" + settings + " }";
}

std::string links(const std::string& each) {
    return "\"links\": [ " + each + " ]";
}

std::string faults(const std::string& each) {
    return "\"faults\": [ " + each + " ]";
}

std::set<Ordinal> refusedOf(const PlayedScenario& run) {
    std::set<Ordinal> ordinals;
    run.forEach([&ordinals](const Record& record) {
        if (record.kind == refused)
            ordinals.insert(record.ordinal);
    });
    return ordinals;
}

std::int64_t strayedOf(const PlayedScenario& run, Stray what) {
    std::int64_t count = 0;
    run.forEach([&](const Record& record) {
        count += record.kind == strayed && record.value == static_cast<std::int64_t>(what) ? 1 : 0;
    });
    return count;
}

QString refusal(const std::string& more) {
    const auto loaded = loadScenario(jobs(at(R"("1s")"), more));
    return loaded ? QStringLiteral("accepted") : QString::fromStdString(loaded.error().front().text());
}

QStringList findings(const std::string& scenario) {
    QStringList codes;
    for (const Finding& finding : check(loadScenario(scenario).value()))
        codes << QString::fromStdString(finding.code + ' ' + finding.where);
    return codes.filter(QRegularExpression(QStringLiteral("^(unusedLink|lossyPublish|stuckDelivery) ")));
}

} // namespace

class TestLinks : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aLinkSaysHowLongEachHopTakes();
    void theFirstLinkThatFitsHolds();
    void aLinkThatSaysNothingChangesNothing();
    void aPublishThatIsLostCountsAsRefused();
    void aConfirmedPublishThatIsLostIsRepeated();
    void aDeliveryThatIsLostTimesOut();
    void aDeliveryThatIsLostWithAnAutomaticAckIsAnEffectLost();
    void aShareOfAllIsLostEachWay();
    void anAnswerThatIsLostMakesARepeat();
    void aHalfMessageThatIsLostFails();
    void aPublishThatComesTwiceIsTwoCopies();
    void aDedupWindowAndAnIdempotentProducerKnowWhatComesTwice();
    void aDeliveryThatComesTwiceIsHandledTwiceWhileItIsInHand();
    void whatIsHeldBackIsOvertaken();
    void whatIsLostDoesNotDependOnOtherLinks();
    void whatIsOnItsWayWaitsForTheEndOfAShortCut();
    void aLongCutEndsTheConnection();
    void anAckAfterTheConnectionIsRefused();
    void withoutAConnectionAPublishFailsAtOnce();
    void aConfirmedPublishGetsThroughAfterTheCut();
    void aTransactionThatCannotSettlePublishesNothing();
    void whatWasAckedOnDeliveryAndIsInHandIsDone();
    void theBrokerPublishesTheWillOfAServiceThatIsCutOff();
    void whoRestartsBehindACutComesBackAfterIt();
    void whatIsOnItsWayToAMemberThatCrashesDoesNotArrive();
    void aCrashBehindACutIsHeardOfWhenTheConnectionEnds();
    void aCrashBehindAShortCutIsHeardOfAfterIt();
    void cutsOverlap();
    void aPartitionLeavesAloneWhoIsOnNoSide();
    void delaysAndLossesComeAndGo();
    void aClockThatIsAheadShiftsWhatItsServiceSays();
    void aClockThatIsBehindLetsThingsExpireEarly();
    void commandsDoWhatFaultsDoAndAreUndone();
    void commandsReplayFromTheirJournal();
    void whatHoldsIsTold();
    void aLinkCanBeChangedWhileItRuns();
    void namesFollowTheirService();
    void whatStaysLostIsFound();
    void aLinkLeadsToTheBroker();
};

void TestLinks::aLinkSaysHowLongEachHopTakes() {
    const PlayedScenario run = played(
        jobs(at(R"("1s")"), links(way("shop", R"("latency": "10ms")") + ", " + way("worker", R"("latency": "30ms")")),
             R"(, "takes": "5ms")", R"(, "confirm": true)"));
    QCOMPARE(run.log({routed, delivered, started, acked, confirmed}),
             QStringLiteral("1.01 routed 1; 1.01 delivered 1; 1.02 confirmed 1; 1.04 started 1; 1.075 acked 1"));
}

void TestLinks::theFirstLinkThatFitsHolds() {
    const std::string both = links(R"({ "between": ["broker", "shop"] }, { "between": ["*", "*"], "latency": "2s" })");
    QCOMPARE(played(jobs(at(R"("1s")"), both)).log({routed, started, acked}),
             QStringLiteral("1 routed 1; 3 started 1; 5 acked 1"));
    // What a link does not say the run says.
    std::string text = jobs(at(R"("1s")"), links(way("shop", R"("heartbeat": "1s")")));
    text.replace(text.find(R"("for": "end")"), 12, R"("for": "end", "latency": "1s")");
    QCOMPARE(played(text).log({routed, started, acked}), QStringLiteral("2 routed 1; 3 started 1; 4 acked 1"));
}

void TestLinks::aLinkThatSaysNothingChangesNothing() {
    const std::string handler = R"(, "takes": { "exponential": "9ms" }, "fails": 0.1)";
    const std::string queue = R"(, "retry": { "max": 2 }, "ackTimeout": "1s")";
    const PlayedScenario without = played(jobs(thousand, R"("notes": "")", handler, {}, queue));
    const PlayedScenario with = played(jobs(thousand, links(way("*", R"("loss": 0)")), handler, {}, queue));
    QCOMPARE(with.recorder->fingerprint(), without.recorder->fingerprint());
    QCOMPARE(with.simulation->dues(), without.simulation->dues());
}

void TestLinks::aPublishThatIsLostCountsAsRefused() {
    const PlayedScenario run = played(jobs(at(R"("1s")"), links(way("shop", R"("loss": 1, "latency": "20ms")"))));
    QCOMPARE(run.log({published, refused, routed}), QStringLiteral("1 published 1; 1.02 refused 1 link_loss"));
    QCOMPARE(run.ledger().messages.refused, std::int64_t{1});
    QVERIFY(run.ledger().closed());
}

void TestLinks::aConfirmedPublishThatIsLostIsRepeated() {
    const PlayedScenario run = played(jobs(at(R"("1s")"), links(way("shop", R"("loss": 1)")), {},
                                           R"(, "confirm": { "timeout": "2s", "retries": 1, "backoff": "1s" })"));
    QCOMPARE(run.log({published, refused, unconfirmed}),
             QStringLiteral("1 published 1; 1 refused 1 link_loss; 3 unconfirmed 1 confirm_timeout; 4 published 2; "
                            "4 refused 2 link_loss; 6 unconfirmed 1 confirm_timeout"));
    QVERIFY(run.ledger().closed());
}

void TestLinks::aDeliveryThatIsLostTimesOut() {
    const PlayedScenario run = played(jobs(at(R"("1s")"), links(way("worker", R"("loss": 1, "latency": "100ms")")), {},
                                           {}, R"(, "ackTimeout": "3s", "retry": { "max": 1, "backoff": "none" })"));
    QCOMPARE(run.log({delivered, strayed, started, timedOut, dropped}),
             QStringLiteral("1 delivered 1; 1.1 strayed 1 link_loss; 4 timedOut 1 ack_timeout; 4 delivered 1#2; "
                            "4.1 strayed 1#2 link_loss; 7 timedOut 1#2 ack_timeout; 7 dropped 1#2 delivery_limit"));
    // Without one it stays in flight for good.
    const PlayedScenario stuck = played(jobs(at(R"("1s")"), links(way("worker", R"("loss": 1)"))));
    QCOMPARE(stuck.ledger().copies.inFlight, std::int64_t{1});
    QVERIFY(stuck.ledger().closed());
}

void TestLinks::aDeliveryThatIsLostWithAnAutomaticAckIsAnEffectLost() {
    const PlayedScenario run =
        played(jobs(at(R"("1s")"), links(way("worker", R"("loss": 1, "latency": "1s")")), R"(, "ack": "automatic")"));
    QCOMPARE(run.log({acked, strayed, started, effectLost}),
             QStringLiteral("1 acked 1; 2 strayed 1 link_loss; 2 effectLost 1 link_loss"));
    QCOMPARE(run.ledger().effectsLost, std::int64_t{1});
}

void TestLinks::aShareOfAllIsLostEachWay() {
    const PlayedScenario run =
        played(jobs(thousand, links(way("*", R"("loss": 0.1)")), {}, {},
                    R"(, "ackTimeout": "1s", "retry": { "max": "unbounded", "backoff": "none" })"));
    QCOMPARE(run.ledger().messages.routed + run.count(refused, "link_loss"), std::int64_t{1000});
    QCOMPARE(run.ledger().copies.acked, run.ledger().messages.routed);
    // Within four standard deviations of a tenth.
    const auto isATenth = [](std::int64_t part, std::int64_t all) {
        return std::abs(static_cast<double>(part) - 0.1 * static_cast<double>(all)) <
               4 * std::sqrt(0.09 * static_cast<double>(all));
    };
    QVERIFY2(isATenth(run.count(refused), 1000), qPrintable(QString::number(run.count(refused))));
    const std::int64_t deliveries = strayedOf(run, Stray::delivery);
    QVERIFY2(isATenth(deliveries, run.count(delivered)), qPrintable(QString::number(deliveries)));
    QVERIFY2(isATenth(strayedOf(run, Stray::settlement), run.count(delivered) - deliveries),
             qPrintable(QString::number(strayedOf(run, Stray::settlement))));
    QCOMPARE(run.count(timedOut), deliveries + strayedOf(run, Stray::settlement));
}

void TestLinks::anAnswerThatIsLostMakesARepeat() {
    const std::string publish =
        R"(, "confirm": { "timeout": "1s", "retries": 100, "backoff": "0s", "idempotent": true })";
    const PlayedScenario run =
        played(jobs(R"("every": "10ms", "count": 300)", links(way("shop", R"("loss": 0.2)")), {}, publish));
    QCOMPARE(run.count(confirmed), std::int64_t{300});
    QCOMPARE(run.ledger().copies.acked, std::int64_t{300}); // exactly once, whatever was lost
    const std::int64_t answers = strayedOf(run, Stray::answer);
    QVERIFY(answers > 30);
    QCOMPARE(run.ledger().messages.refused + answers, run.count(unconfirmed));
    QVERIFY(run.ledger().closed());
}

void TestLinks::aHalfMessageThatIsLostFails() {
    const PlayedScenario run =
        played(jobs(at(R"("1s")"), links(way("shop", R"("loss": 1)")), {}, R"(, "half": { "takes": "1s" })"));
    QCOMPARE(run.log({published, refused, routed, checkedBack}),
             QStringLiteral("1 published 1; 1 refused 1 link_loss"));
    QVERIFY(run.ledger().closed());
    // What it was to be part of fails, when its producer knows.
    const PlayedScenario handled = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {}, "note": {} },
        "channels": { "jobs": { "kind": "queue", "ackTimeout": "1min" }, "notes": { "kind": "queue" } },
        "services": { "shop": { "sources": [ { "arrivals": { "times": ["1s"] }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "takes": "500ms",
                                                  "then": { "emit": "note", "to": "notes", "half": { "takes": "1s" } } } ] } },
        "faults": [ { "at": "3s", "lose": ["worker", "broker"], "for": "1s" } ] })");
    QCOMPARE(handled.log({finished, acked, routed, dropped}), QStringLiteral("1 routed 1; 1.5 finished 1; 2.5 routed 2; 2.5 acked 1"));
    std::string text = handled.simulation->model().scenario->document.canonical();
    text.replace(text.find(R"("at":"3s")"), 9, R"("at":"1200ms")");
    QCOMPARE(played(text).log({finished, refused, nacked, dropped}),
             QStringLiteral("1.5 finished 1; 1.5 refused 2 link_loss; 4.5 nacked 1 unconfirmed; 4.5 dropped 1 rejected"));
}

void TestLinks::aPublishThatComesTwiceIsTwoCopies() {
    const PlayedScenario run = played(jobs(at(R"("1s")"), links(way("shop", R"("duplicates": 1)"))));
    QCOMPARE(run.log({published, routed, enqueued, acked}),
             QStringLiteral("1 published 1; 1 routed 1 duplicate; 1 enqueued 1; 1 enqueued 1; 1 acked 1; 1 acked 1"));
}

void TestLinks::aDedupWindowAndAnIdempotentProducerKnowWhatComesTwice() {
    const std::string twice = links(way("shop", R"("duplicates": 1)"));
    QCOMPARE(played(jobs(at(R"("1s")"), twice, {}, {}, R"(, "dedup": { "window": "1min" })")).count(acked),
             std::int64_t{1});
    QCOMPARE(played(jobs(at(R"("1s")"), twice, {}, R"(, "confirm": { "idempotent": true })")).count(acked),
             std::int64_t{1});
    QCOMPARE(played(jobs(at(R"("1s")"), twice, {}, R"(, "confirm": true)")).count(acked), std::int64_t{2});
}

void TestLinks::aDeliveryThatComesTwiceIsHandledTwiceWhileItIsInHand() {
    const std::string twice = links(way("worker", R"("duplicates": 1, "latency": "100ms")"));
    const PlayedScenario run = played(jobs(at(R"("1s")"), twice, R"(, "takes": "1s")"));
    QCOMPARE(run.log({delivered, started, finished, acked, ackRefused}),
             QStringLiteral("1 delivered 1; 1.1 started 1; 2.1 finished 1; 2.1 started 1; 2.2 acked 1; 3.1 finished 1; "
                            "3.2 ackRefused 1"));
    const PlayedScenario sure = played(jobs(at(R"("1s")"), twice, R"(, "takes": "1s", "idempotent": true)"));
    QCOMPARE(sure.count(finished), std::int64_t{1});
    QCOMPARE(sure.count(skipped, "duplicate"), std::int64_t{1});
}

void TestLinks::whatIsHeldBackIsOvertaken() {
    const PlayedScenario run =
        played(jobs(R"("every": "2ms", "count": 400)", links(way("shop", R"("latency": "10ms", "reorder": 0.25)"))));
    std::int64_t late = 0, overtaken = 0;
    Ordinal last = 0;
    run.forEach([&](const Record& record) {
        if (record.kind != enqueued)
            return;
        overtaken += record.ordinal < last ? 1 : 0;
        last = std::max(last, record.ordinal);
        const SimTime published{2ms * static_cast<std::int64_t>(record.ordinal)};
        if (record.at == published + 20ms)
            ++late;
        else
            QCOMPARE(record.at, published + 10ms);
    });
    QVERIFY2(late > 65 && late < 135, qPrintable(QString::number(late)));
    QVERIFY(overtaken > 50);
    QCOMPARE(run.ledger().copies.acked, std::int64_t{400});
    // A link that takes no time holds back for a millisecond.
    QCOMPARE(played(jobs(at(R"("1s")"), links(way("shop", R"("reorder": 1)")))).log({enqueued}),
             QStringLiteral("1.001 enqueued 1"));
}

void TestLinks::whatIsLostDoesNotDependOnOtherLinks() {
    const std::string shop = way("shop", R"("loss": 0.2)");
    const std::set<Ordinal> lost = refusedOf(played(jobs(thousand, links(shop))));
    QVERIFY(lost.size() > 100);
    QCOMPARE(
        refusedOf(played(jobs(thousand, links(way("worker", R"("latency": "7ms", "reorder": 0.3)") + ", " + shop)))),
        lost);
    QCOMPARE(refusedOf(played(jobs(thousand, links(way("shop", R"("loss": 0.2, "latency": "3ms")"))))), lost);
}

void TestLinks::whatIsOnItsWayWaitsForTheEndOfAShortCut() {
    // The first is being handled, the second on its way, the third in its producer's buffer.
    const PlayedScenario run =
        played(jobs(at(R"("1s", "1900ms", "2500ms")"),
                    links(way("*", R"("latency": "200ms")")) + ", " +
                        faults(R"({ "at": "2s", "partition": [["shop", "worker"], ["broker"]], "for": "3s" })"),
                    R"(, "takes": "1s", "prefetch": 5)"));
    QCOMPARE(run.log({commanded, routed, delivered, started, finished, acked, requeued, refused}),
             QStringLiteral("1.2 routed 1; 1.2 delivered 1; 1.4 started 1; 2 commanded partition; 2.4 finished 1; "
                            "5 commanded heal; 5 routed 2; 5 delivered 2; 5 routed 3; 5 delivered 3; 5 acked 1; "
                            "5.2 started 2; 6.2 finished 2; 6.2 started 3; 6.4 acked 2; 7.2 finished 3; 7.4 acked 3"));
}

void TestLinks::aLongCutEndsTheConnection() {
    const PlayedScenario run =
        played(jobs(at(R"("1s", "1100ms")"),
                    links(way("worker", R"("heartbeat": "2s")")) + ", " +
                        faults(R"({ "at": "2s", "partition": [["worker"], ["broker"]], "for": "8s" })"),
                    R"(, "takes": "10s", "prefetch": 2)"));
    // What is being handled is done to its end, for nothing: both are handled again.
    QCOMPARE(run.log({delivered, started, finished, requeued, acked, strayed, ackRefused}),
             QStringLiteral("1 delivered 1; 1 started 1; 1.1 delivered 2; 4 requeued 1 disconnected; "
                            "4 requeued 2 disconnected; 10 delivered 1#2; 10 delivered 2#2; 11 finished 1; "
                            "11 ackRefused 1; 11 started 1#2; 21 finished 1#2; 21 acked 1#2; 21 started 2#2; "
                            "31 finished 2#2; 31 acked 2#2"));
    QVERIFY(run.ledger().closed());
}

void TestLinks::anAckAfterTheConnectionIsRefused() {
    const PlayedScenario run =
        played(jobs(at(R"("1s")"),
                    links(way("worker", R"("heartbeat": "1s")")) + ", " +
                        faults(R"({ "at": "2s", "partition": [["worker"], ["broker"]], "for": "8s" })"),
                    R"(, "takes": "1500ms")"));
    // At 2.5 it waits in the buffer, at 3 the connection is gone.
    QCOMPARE(run.log({finished, strayed, requeued, acked}),
             QStringLiteral("2.5 finished 1; 3 strayed 1 partition; 3 requeued 1 disconnected; 11.5 finished 1#2; "
                            "11.5 acked 1#2"));
}

void TestLinks::withoutAConnectionAPublishFailsAtOnce() {
    const PlayedScenario run =
        played(jobs(at(R"("1500ms", "4s", "7s")"),
                    links(way("shop", R"("heartbeat": "2s")")) + ", " +
                        faults(R"({ "at": "1s", "partition": [["shop"], ["broker"]], "for": "5s" })")));
    QCOMPARE(run.log({published, refused, routed}),
             QStringLiteral("1.5 published 1; 3 refused 1 partition; 4 published 2; 4 refused 2 partition; "
                            "7 published 3; 7 routed 3"));
    QVERIFY(run.ledger().closed());
}

void TestLinks::aConfirmedPublishGetsThroughAfterTheCut() {
    const PlayedScenario run =
        played(jobs(at(R"("2s")"),
                    links(way("shop", R"("heartbeat": "1s")")) + ", " +
                        faults(R"({ "at": "1s", "partition": [["shop"], ["broker"]], "for": "5s" })"),
                    {}, R"(, "confirm": { "timeout": "1s", "retries": 10, "backoff": "1s", "ceiling": "1s" })"));
    QCOMPARE(run.log({published, refused, routed, unconfirmed, confirmed}),
             QStringLiteral("2 published 1; 2 refused 1 partition; 3 unconfirmed 1 confirm_timeout; 4 published 2; "
                            "4 refused 2 partition; 5 unconfirmed 1 confirm_timeout; 6 published 3; 6 routed 3; "
                            "6 confirmed 1"));
}

void TestLinks::aTransactionThatCannotSettlePublishesNothing() {
    const PlayedScenario run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {}, "note": {} },
        "channels": { "jobs": { "kind": "queue" }, "notes": { "kind": "queue" } },
        "services": { "shop": { "sources": [ { "arrivals": { "times": ["1s"] }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "takes": "3s", "transaction": true,
                                                  "then": { "emit": "note", "to": "notes" } } ] } },
        "links": [ { "between": ["worker", "broker"], "heartbeat": "1s" } ],
        "faults": [ { "at": "2s", "partition": [["worker"], ["broker"]], "for": "3s" } ] })");
    QCOMPARE(run.log({finished, published, refused, routed, strayed, requeued, acked}),
             QStringLiteral("1 published 1; 1 routed 1; 3 requeued 1 disconnected; 4 finished 1; 4 published 2; "
                            "4 refused 2 aborted; 4 strayed 1 partition; 8 finished 1#2; 8 published 3; 8 routed 3; "
                            "8 acked 1#2"));
    QVERIFY(run.ledger().closed());
}

void TestLinks::whatWasAckedOnDeliveryAndIsInHandIsDone() {
    // The second one waits for the worker, and goes with the connection.
    const PlayedScenario run =
        played(jobs(at(R"("1s", "1100ms")"),
                    links(way("worker", R"("heartbeat": "1s")")) + ", " +
                        faults(R"({ "at": "2s", "partition": [["worker"], ["broker"]], "for": "3s" })"),
                    R"(, "takes": "4s", "ack": "automatic", "prefetch": 2)"));
    QCOMPARE(run.log({acked, finished, effectLost, ackRefused, requeued}),
             QStringLiteral("1 acked 1; 1.1 acked 2; 3 effectLost 2 disconnected; 5 finished 1"));
    QVERIFY(run.ledger().closed());
}

void TestLinks::theBrokerPublishesTheWillOfAServiceThatIsCutOff() {
    const PlayedScenario run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "gone": {}, "job": {} },
        "channels": { "wills": { "kind": "queue" }, "jobs": { "kind": "queue" } },
        "services": { "worker": { "instances": 2, "will": { "emit": "gone", "to": "wills" },
                                  "handlers": [ { "on": "jobs" } ] } },
        "links": [ { "between": ["worker", "broker"], "heartbeat": "1s", "loss": 1 } ],
        "faults": [ { "at": "2s", "partition": [["worker"], ["broker"]], "for": "3s" } ] })");
    QCOMPARE(run.log({published, enqueued}),
             QStringLiteral("3 published 1; 3 enqueued 1; 3 published 2; 3 enqueued 2"));
}

void TestLinks::whoRestartsBehindACutComesBackAfterIt() {
    const PlayedScenario run =
        played(jobs(at(R"("1s", "5s")"),
                    links(way("worker", R"("heartbeat": "1s")")) + ", " +
                        faults(R"({ "at": "2s", "partition": [["worker"], ["broker"]], "for": "8s" },
                                  { "at": "4s", "crash": "worker", "for": "2s" },
                                  { "at": "9s", "crash": "worker", "for": "3s" })"),
                    R"(, "takes": "10ms")"));
    QCOMPARE(run.log({crashed, restarted, delivered, acked}),
             QStringLiteral("1 delivered 1; 1.01 acked 1; 4 crashed crash; 6 restarted; 9 crashed crash; 12 restarted; "
                            "12 delivered 2; 12.01 acked 2"));
}

void TestLinks::whatIsOnItsWayToAMemberThatCrashesDoesNotArrive() {
    const PlayedScenario run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "stream", "group": { "delivery": "shared", "whenGone": "resume" } } },
        "services": { "shop": { "sources": [ { "arrivals": { "times": ["1s"] }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "takes": "1s" } ] } },
        "links": [ { "between": ["worker", "broker"], "latency": "2s" } ],
        "faults": [ { "at": "2s", "crash": "worker", "for": "8s" } ] })");
    QCOMPARE(run.log({delivered, crashed, restarted, started, finished, acked}),
             QStringLiteral("1 delivered 1; 2 crashed crash; 10 restarted; 10 delivered 1#2; 12 started 1#2; "
                            "13 finished 1#2; 15 acked 1#2"));
}

// Nobody is there to tell the broker: what the worker had stays with it until the heartbeat is missed.
void TestLinks::aCrashBehindACutIsHeardOfWhenTheConnectionEnds() {
    const PlayedScenario run = played(jobs(at(R"("1s")"), faults(R"(
        { "at": "2s", "partition": [["worker"], ["broker"]], "for": "20s" }, { "at": "3s", "crash": "worker", "for": "2s" })"),
                                           R"(, "takes": "5s")"));
    QCOMPARE(run.log({delivered, crashed, restarted, requeued, acked}),
             QStringLiteral("1 delivered 1; 3 crashed crash; 5 restarted; 12 requeued 1 disconnected; "
                            "22 delivered 1#2; 27 acked 1#2"));
}

void TestLinks::aCrashBehindAShortCutIsHeardOfAfterIt() {
    std::string text = jobs(at(R"("1s")"), faults(R"(
        { "at": "2s", "partition": [["worker"], ["broker"]], "for": "4s" }, { "at": "3s", "crash": "worker", "for": "1s" })"),
                            R"(, "takes": "5s")");
    const PlayedScenario run = played(text);
    QCOMPARE(run.log({delivered, crashed, restarted, requeued, acked}),
             QStringLiteral("1 delivered 1; 3 crashed crash; 4 restarted; 6 requeued 1 disconnected; "
                            "6 delivered 1#2; 11 acked 1#2"));
    text.replace(text.find(R"("worker": { )"), 12, R"("worker": { "will": { "emit": "job", "to": "jobs" }, )");
    QCOMPARE(played(text).log({published}), QStringLiteral("1 published 1; 6 published 2")); // nobody knew before
}

void TestLinks::cutsOverlap() {
    const PlayedScenario run =
        played(jobs(at(R"("1s")"), faults(R"({ "at": "500ms", "partition": [["worker"], ["broker"]], "for": "2s" },
                              { "at": "1s", "partition": [["shop"], ["worker"], ["broker"]], "for": "3s" })")));
    // The publish is held from 1 to 4, and so is the delivery.
    QCOMPARE(run.log({published, routed, acked}), QStringLiteral("1 published 1; 4 routed 1; 4 acked 1"));
}

void TestLinks::aPartitionLeavesAloneWhoIsOnNoSide() {
    const std::string cut = R"({ "at": "500ms", "partition": [["shop"], ["*"]], "for": "2s" })";
    QCOMPARE(played(jobs(at(R"("1s")"), faults(cut))).log({routed, acked}),
             QStringLiteral("2.5 routed 1; 2.5 acked 1"));
    const std::string other = R"({ "at": "500ms", "partition": [["shop"], ["worker"]], "for": "2s" })";
    QCOMPARE(played(jobs(at(R"("1s")"), faults(other))).log({routed, acked}), QStringLiteral("1 routed 1; 1 acked 1"));
}

void TestLinks::delaysAndLossesComeAndGo() {
    const PlayedScenario run =
        played(jobs(at(R"("1s", "2s", "3s", "4s", "5s", "6s", "7s")"),
                    faults(R"({ "at": "1500ms", "delay": ["shop", "broker"], "by": "400ms", "for": "1s" },
                       { "at": "3500ms", "lose": ["broker", "shop"], "for": "1s" },
                       { "at": "5500ms", "reorder": ["*", "broker"], "probability": 1, "for": "1s" })")));
    QCOMPARE(run.log({commanded, enqueued, refused, acked}),
             QStringLiteral("1 enqueued 1; 1 acked 1; 1.5 commanded delay; 2.4 enqueued 2; 2.4 acked 2; "
                            "2.5 commanded delay; 3 enqueued 3; 3 acked 3; 3.5 commanded lose; 4 refused 4 link_loss; "
                            "4.5 commanded lose; 5 enqueued 5; 5 acked 5; 5.5 commanded reorder; 6.001 enqueued 6; "
                            "6.003 acked 6; 6.5 commanded reorder; 7 enqueued 7; 7 acked 7"));
}

void TestLinks::aClockThatIsAheadShiftsWhatItsServiceSays() {
    const std::string skew = faults(R"({ "at": "2s", "clockSkew": "shop", "by": "1h", "for": "2s" })");
    // To be delivered when its clock says a time that it thinks has passed.
    QCOMPARE(played(jobs(at(R"("1s", "3s", "5s")"), skew, {}, R"(, "deliverAt": "10s")")).log({enqueued, released}),
             QStringLiteral("1 enqueued 1; 3 enqueued 2; 5 enqueued 3; 10 released 1; 10 released 3"));
    const PlayedScenario filtered =
        played(jobs(at(R"("1s", "3s", "5s")"), skew, R"(, "filter": "time LIKE '2026-01-01T01:%'")"));
    QCOMPARE(filtered.log({finished, skipped}),
             QStringLiteral("1 skipped 1 filtered; 3 finished 2; 5 skipped 3 filtered"));
    // What reads by a clock of its own takes it for that much older or younger.
    const std::string reader = faults(R"({ "at": "2s", "clockSkew": "worker", "by": "1h", "for": "2s" })");
    QCOMPARE(
        played(jobs(at(R"("1s", "3s", "5s")"), reader, R"(, "filter": "latency < 1min")")).log({finished, skipped}),
        QStringLiteral("1 finished 1; 3 skipped 2 filtered; 5 finished 3"));
}

void TestLinks::aClockThatIsBehindLetsThingsExpireEarly() {
    const std::string slow = R"(, "takes": "10s")";
    const std::string skew = faults(R"({ "at": "1500ms", "clockSkew": "shop", "by": "-3s" })");
    QCOMPARE(played(jobs(at(R"("1s", "2s")"), skew, slow, R"(, "ttl": "5s")")).log({expired}),
             QStringLiteral("4 expired 2 expired"));
}

void TestLinks::commandsDoWhatFaultsDoAndAreUndone() {
    PlayedScenario run = opened(jobs(R"("every": "1s", "count": 8)", R"("notes": "")"));
    Simulation& simulation = *run.simulation;
    const auto until = [&](Duration time) {
        simulation.run(SimTime{time}, UINT64_MAX, *run.recorder);
        simulation.waitUntil(SimTime{time});
    };
    const Sides sides{{"shop"}, {"broker"}};
    const Command partition{.kind = CommandKind::partition, .sides = sides};
    until(1500ms);
    const auto healing = simulation.inverse(partition);
    QVERIFY(healing && healing->kind == CommandKind::heal && healing->sides == sides);
    QVERIFY(simulation.apply(partition, *run.recorder).ok());
    QCOMPARE(simulation.inverse(partition)->kind, CommandKind::partition);
    until(2500ms);
    QVERIFY(simulation.apply(*healing, *run.recorder).ok());
    const Command delay{.kind = CommandKind::delay, .sides = sides, .by = 300ms};
    const auto undelayed = simulation.inverse(delay);
    QCOMPARE(undelayed->by, Duration::zero());
    QVERIFY(simulation.apply(delay, *run.recorder).ok());
    QCOMPARE(simulation.inverse(*undelayed)->by, Duration{300ms});
    until(3500ms);
    QVERIFY(simulation.apply(*undelayed, *run.recorder).ok());
    QVERIFY(simulation.apply({.kind = CommandKind::lose, .probability = 1, .lasts = 1s, .sides = sides}, *run.recorder)
                .ok());
    until(5500ms);
    const Command skew{.kind = CommandKind::clockSkew, .target = "shop", .by = -2s};
    QCOMPARE(simulation.inverse(skew)->by, Duration::zero());
    QVERIFY(simulation.apply(skew, *run.recorder).ok());
    QCOMPARE(simulation.inverse(skew)->by, Duration{-2s});
    until(20s);
    QCOMPARE(run.log({commanded, enqueued, refused}),
             QStringLiteral("1 enqueued 1; 1.5 commanded partition; 2.5 commanded heal; 2.5 commanded delay; "
                            "2.5 enqueued 2; 3.3 enqueued 3; 3.5 commanded delay; 3.5 commanded lose; "
                            "4 refused 4 link_loss; 4.5 commanded lose; 5 enqueued 5; 5.5 commanded clock_skew; "
                            "6 enqueued 6; 7 enqueued 7; 8 enqueued 8"));
    const auto refusal = [&](const Command& command) {
        return QString::fromStdString(
            opened(jobs(at(R"("1s")"), R"("notes": "")")).simulation->apply(command, *run.recorder).error().text());
    };
    QCOMPARE(refusal({.kind = CommandKind::partition, .sides = {{"shop"}}}),
             QStringLiteral("command: needs two sides at least, got 1"));
    QCOMPARE(refusal({.kind = CommandKind::partition, .sides = {{"shop"}, {"shop"}}}),
             QStringLiteral("command: needs an end that stands on no other side, got \"shop\""));
    QCOMPARE(refusal({.kind = CommandKind::lose, .sides = {{"shop"}, {"jobs"}}}),
             QStringLiteral("command: needs the name of a service or node, \"broker\" or \"*\", got \"jobs\""));
    QCOMPARE(refusal({.kind = CommandKind::delay, .sides = sides, .by = -1s}),
             QStringLiteral("command: needs a delay from 0 to 24h, got -1s"));
    QCOMPARE(refusal({.kind = CommandKind::clockSkew, .target = "jobs", .by = 1s}),
             QStringLiteral("command: needs the name of a service or node, got \"jobs\""));
}

void TestLinks::commandsReplayFromTheirJournal() {
    const std::string text =
        jobs(R"("every": "1s", "count": 8)", links(way("*", R"("latency": "10ms", "heartbeat": "1s")")));
    PlayedScenario run = opened(text);
    Journal journal;
    const Sides sides{{"shop", "worker"}, {"broker"}};
    const std::vector<std::pair<Duration, Command>> given{
        {1500ms, {.kind = CommandKind::partition, .lasts = 2s, .sides = sides}},
        {1800ms, {.kind = CommandKind::reorder, .probability = 0.5, .sides = {{"*"}, {"broker"}}}},
        {4500ms, {.kind = CommandKind::delay, .lasts = 1s, .sides = {{"worker"}, {"broker"}}, .by = 300ms}},
        {4600ms, {.kind = CommandKind::lose, .probability = 0.25, .sides = {{"worker"}, {"broker"}}}},
        {5500ms, {.kind = CommandKind::clockSkew, .target = "shop", .by = -1500ms}},
        {6500ms, {.kind = CommandKind::heal, .sides = sides}}};
    for (const auto& [time, command] : given) {
        run.simulation->run(SimTime{time}, UINT64_MAX, *run.recorder);
        run.simulation->waitUntil(SimTime{time});
        const auto entry = run.simulation->apply(command, *run.recorder);
        QVERIFY2(entry.ok(), entry ? "" : entry.error().text().c_str());
        journal.push_back(*entry);
    }
    run.simulation->run(SimTime{20s}, UINT64_MAX, *run.recorder);
    std::string lines;
    for (const JournalEntry& entry : journal)
        appendJournalLine(lines, entry);
    QVERIFY2(lines.find(R"({"clockSkew":"shop","by":"-1500ms"})") != std::string::npos ||
                 lines.find(R"({"by":"-1500ms","clockSkew":"shop"})") != std::string::npos ||
                 lines.find(R"("-1.5s")") != std::string::npos,
             lines.c_str());
    const auto read = readJournal(lines);
    QVERIFY2(read.ok(), read ? "" : read.error().front().text().c_str());
    QCOMPARE(read->size(), journal.size());
    QVERIFY(*read == journal);
    PlayedScenario again = opened(text);
    QVERIFY(again.simulation->replay(*read, SimTime{20s}, *again.recorder).ok());
    QCOMPARE(again.recorder->fingerprint(), run.recorder->fingerprint());
    const auto refused = readJournal(R"({"at": 1, "dues": 2, "command": {"partition": ["shop", "broker"]}})");
    QCOMPARE(QString::fromStdString(refused.error().front().text()),
             QStringLiteral(
                 R"(line 1: /command/partition: needs sides such as [["desk"], ["broker"]], got ["shop","broker"])"));
}

void TestLinks::whatHoldsIsTold() {
    const std::string text =
        jobs(at(R"("1s")"), faults(R"({ "at": "1s", "partition": [["shop"], ["broker"]], "for": "4s" },
                                                           { "at": "2s", "clockSkew": "worker", "by": "-2s" },
                                                           { "at": "3s", "delay": ["shop", "broker"], "by": "1s" })"));
    const Scenario scenario = loadScenario(text).value();
    const std::vector<ActiveFault> active = activeFaults(scenario, {}, SimTime{4s});
    QCOMPARE(active.size(), std::size_t{3});
    QVERIFY(active[0].kind == CommandKind::partition && active[0].sides == (Sides{{"shop"}, {"broker"}}));
    QCOMPARE(ending(active[0]).kind, CommandKind::heal);
    QVERIFY(active[1].kind == CommandKind::clockSkew && active[1].by == -2s && active[1].target == "worker");
    QCOMPARE(ending(active[1]).by, Duration::zero());
    QCOMPARE(QString::fromStdString(asScenarioFault(active[0])->canonical()),
             QStringLiteral(R"({"at":"1s","partition":[["shop"],["broker"]],"for":"4s"})"));
    QCOMPARE(QString::fromStdString(asScenarioFault(active[2])->canonical()),
             QStringLiteral(R"({"at":"3s","delay":["shop","broker"],"by":"1s"})"));
    // A command takes its place, and ends it.
    const Journal journal{{SimTime{3500ms}, 9, {.kind = CommandKind::heal, .sides = {{"shop"}, {"broker"}}}},
                          {SimTime{3600ms}, 9, {.kind = CommandKind::clockSkew, .target = "worker"}}};
    QCOMPARE(activeFaults(scenario, journal, SimTime{4s}).size(), std::size_t{1});
}

void TestLinks::aLinkCanBeChangedWhileItRuns() {
    PlayedScenario run = opened(jobs(at(R"("1s", "3s")"), links(way("shop", R"("loss": 0)"))));
    run.simulation->run(SimTime{2s}, UINT64_MAX, *run.recorder);
    run.simulation->waitUntil(SimTime{2s});
    const Command set{.kind = CommandKind::set, .pointer = "/links/0/loss", .value = Value(1)};
    QVERIFY(run.simulation->apply(set, *run.recorder).ok());
    run.simulation->run(SimTime{5s}, UINT64_MAX, *run.recorder);
    QCOMPARE(run.log({routed, refused}), QStringLiteral("1 routed 1; 3 refused 2 link_loss"));
}

void TestLinks::namesFollowTheirService() {
    const Value document =
        Value::parse(jobs(at(R"("1s")"), links(way("worker", R"("loss": 0)")) + ", " +
                                             faults(R"({ "at": "1s", "partition": [["shop", "worker"], ["broker"]] },
                                                       { "at": "2s", "delay": ["broker", "worker"], "by": "1s" },
                                                       { "at": "3s", "clockSkew": "worker", "by": "1s" })")))
            .value();
    const Element worker{Element::Kind::service, "worker"};
    QStringList pointers;
    for (const Reference& reference : referencesTo(document, worker))
        pointers << QString::fromStdString(reference.pointer);
    QCOMPARE(pointers.join(QLatin1Char(' ')),
             QStringLiteral("/faults/2/clockSkew /faults/0/partition/0/1 /faults/1/delay/1 "
                            "/links/0/between/0"));
    const Deletion deletion = deletionOf(document, {{worker}});
    QCOMPARE(deletion.dependants.size(), std::size_t{4});
}

void TestLinks::whatStaysLostIsFound() {
    QCOMPARE(findings(jobs(at(R"("1s")"), links(way("*", R"("loss": 0.1)") + ", " + way("shop", R"("loss": 0.1)")))),
             QStringList(
                 {"stuckDelivery /services/worker/handlers/0", "unusedLink /links/1", "lossyPublish /services/shop"}));
    QCOMPARE(
        findings(jobs(at(R"("1s")"), faults(R"({ "at": "1s", "lose": ["worker", "broker"], "probability": 0.5 })"))),
        QStringList({"stuckDelivery /services/worker/handlers/0"}));
    QCOMPARE(findings(jobs(at(R"("1s")"), links(way("*", R"("loss": 0.1)")), {}, R"(, "confirm": true)",
                           R"(, "ackTimeout": "1s")")),
             QStringList());
}

void TestLinks::aLinkLeadsToTheBroker() {
    QCOMPARE(refusal(links(R"({ "between": ["shop", "worker"] })")),
             QStringLiteral(
                 "/links/0/between: needs a service and \"broker\": services reach each other through the broker, "
                 "got [\"shop\",\"worker\"]"));
    QCOMPARE(refusal(links(R"({ "between": ["shop", "jobs"] })")),
             QStringLiteral(
                 "/links/0/between/1: needs the name of a service or node, \"broker\" or \"*\" (shop, worker), got \"jobs\""));
    QCOMPARE(refusal(links(R"({ "loss": 0.5 })")),
             QStringLiteral("/links/0: needs \"between\", two ends such as [\"a-service\", \"broker\"]"));
    QCOMPARE(refusal(links(R"({ "between": ["shop"] })")),
             QStringLiteral("/links/0/between: needs two ends such as [\"a-service\", \"broker\"], got [\"shop\"]"));
    QCOMPARE(refusal(links(way("shop", R"("loss": 2)"))),
             QStringLiteral("/links/0/loss: needs a number from 0 to 1, got 2"));
    QCOMPARE(
        refusal(faults(R"({ "at": "1s", "partition": [["shop"]] })")),
        QStringLiteral("/faults/0/partition: needs two sides at least, such as [[\"a-service\"], [\"broker\"]], got "
                       "[[\"shop\"]]"));
    QCOMPARE(refusal(faults(R"({ "at": "1s", "delay": ["shop", "broker"] })")),
             QStringLiteral("/faults/0: needs \"by\", a duration such as \"200ms\""));
    QCOMPARE(refusal(faults(R"({ "at": "1s", "clockSkew": "shop", "by": "25h" })")),
             QStringLiteral(
                 "/faults/0/by: needs a duration such as \"5s\", or \"-5s\" for a clock that is behind, of at most "
                 "\"24h\", got \"25h\""));
}

QTEST_APPLESS_MAIN(TestLinks)
#include "tst_links.moc"
