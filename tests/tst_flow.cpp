// How much flows where, and which flows feed themselves for ever: the branching process behind check()'s loads and
// loops.
#include "core/scenario/flow.h"
#include "support/checked_parts.h"

#include <QTest>

#include <cmath>
#include <map>

using namespace weir;
using Parts = CheckedParts;

class TestFlow : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void loadGoesThroughRoutingBranchesAndRetries();
    void loopsThatDieDownAreNoFinding();
    void loopsThatDataDecideAreWarnings();
    void loopsThroughDeadLettersAreFound();
    void deadLettersGoOnUnderTheirKey();
    void loopsOfWhatIsRepeatedAreWarnings();
    void whatIsNotToldToBeSafeIsMadeAgain();
    void whatIsLostAndDoubledCountsForLoops();
    void allOfABroadcastsConsumersFeedALoop();
    void eachConsumerOfABroadcastWorksOnItsOwnCopies();
    void whoIsActiveAloneMayFeedALoop();
    void whoGetsItsCreditBackMayFeedALoop();
    void whoLosesItsCreditLeavesAllToAnother();
    void whatTimesOutBeforeItsWorkHasPassedNoFilter();
    void whatOverflowsOrExpiresMayGoRound_data();
    void whatOverflowsOrExpiresMayGoRound();
    void whatOnlyDiesDoesNotGoRound();
    void whatWasRejectedOnceMayGoRoundByDeathsAlone_data();
    void whatWasRejectedOnceMayGoRoundByDeathsAlone();
    void whoReadsWhatGoesRoundTakesEachInTheEnd();
    void whatALogForgotMayGoRoundByDeathsAlone();
    void whatMayBeInvalidMayFeedALoop();
    void whatMayBeInvalidMayAsWellBeWorkedOn();
    void whatComesOverFromAnotherClusterFeedsALoop();
    void whatARelayPublishesAgainFeedsALoop();
    void whatIsRefusedBesideItARelayPublishesAgain();
    void whatIsTriedAgainElsewhereFeedsALoopFromThere();
    void whatComesBackThroughItsRetriesGoesRoundAsOftenAsTheyLast();
    void whatIsPublishedBeforeACrashInBetweenFeedsALoop();
    void everyBindingMayMakeACopyOfItsOwn();
    void whoIsLedToFirstDecidesAboutAnotherCopy();
    void whatFailsItsLastAttemptDoesNotGoRound();
    void whatComesTooLateForTheAckTimeoutMayGoRound();
    void attemptsFollowTheRetryPolicy();
};

void TestFlow::loadGoesThroughRoutingBranchesAndRetries() {
    const auto scenario = loadScenario(R"({
      "weir": "1",
      "events": { "a": {}, "b": {}, "c": {} },
      "channels": {
        "t": { "kind": "topic" },
        "qa": { "kind": "queue", "bind": [ { "to": "t", "pattern": "a" } ], "retry": { "max": 2 }, "deadLetter": "dead" },
        "qb": { "kind": "queue", "bind": [ { "to": "t", "pattern": "b" }, { "to": "t", "pattern": "#" } ] },
        "dead": { "kind": "queue" }
      },
      "services": {
        "s": { "sources": [ { "emit": "a", "to": "t", "arrivals": { "poisson": "8/s", "batch": 2 } } ] },
        "x": { "handlers": [ { "on": "qa", "concurrency": 50, "takes": "100ms", "fails": 0.5, "then": [
              { "choose": [ { "weight": 3, "then": { "emit": "b", "to": "t" } }, { "weight": 1 } ] } ] } ] },
        "y": { "handlers": [ { "on": "qb", "concurrency": 50, "takes": "100ms" } ] }
      } })");
    QVERIFY(scenario.ok());
    Topology topology(*scenario);
    const Flow flow(topology);
    std::map<std::string, double> rates, work;
    for (const Flow::Class& copies : flow.classes()) {
        const std::string& queue = topology.subscriptions()[copies.subscription].name;
        rates[queue + ' ' + copies.type] = copies.rate.sure;
        work[queue + ' ' + copies.type] = copies.work.sure;
    }
    QCOMPARE(rates.size(), std::size_t{4});
    QCOMPARE(rates.at("qa a"), 16.0);
    QCOMPARE(rates.at("qb a"), 16.0);
    QCOMPARE(rates.at("dead a"), 2.0); // half of a half of a half of 16
    QCOMPARE(rates.at("qb b"), 10.5);  // three quarters of the 14 that get through, once though bound twice
    QVERIFY(std::abs(work.at("qa a") - 0.175) < 1e-12); // 1 + 1/2 + 1/4 attempts of 100 ms
}

void TestFlow::loopsThatDieDownAreNoFinding() {
    const Parts parts{
        .channels = R"("jobs": { "kind": "queue" })",
        .taker =
            R"("handlers": [ { "on": "jobs", "takes": "5ms", "then": { "choose": [ { "weight": 9, "then": { "emit": "made", "to": "jobs" } }, { "weight": 1 } ] } } ])"};
    QCOMPARE(summaryOf(parts), QString());
    // One in ten ends, so each comes ten times: 100/s of 5 ms each.
    const auto scenario = loadScenario(parts.text().toStdString());
    Topology topology(*scenario);
    const Flow flow(topology);
    QCOMPARE(flow.classes().size(), std::size_t{1});
    QVERIFY(std::abs(flow.classes().front().rate.sure - 100) < 1e-6);
}

void TestFlow::loopsThatDataDecideAreWarnings() {
    const QString found = summaryOf(Parts{
        .taker =
            R"("handlers": [ { "on": "jobs", "takes": "5ms", "then": { "if": "data.again = TRUE", "then": { "emit": "made", "to": "jobs" } } } ])"});
    QCOMPARE(found,
             QString("warning deadLoop /services/taker/handlers/0: Events may go round for ever: taker -> jobs -> "
                     "taker; each sets off 1 more on the mean where the conditions on the way hold, which must be "
                     "less than 1: break the loop or make it end."));
}

void TestFlow::loopsThroughDeadLettersAreFound() {
    // What fails for good is dead-lettered into an exchange that leads back.
    const QString found = summaryOf(Parts{
        .channels =
            R"("again": { "kind": "exchange", "type": "fanout" }, "jobs": { "kind": "queue", "bind": ["again"], "deadLetter": "again" })",
        .taker =
            R"("handlers": [ { "on": "jobs", "takes": "5ms", "fails": { "how": "reject", "probability": 1 } } ])"});
    QCOMPARE(found,
             QString("error deadLoop /channels: Events go round for ever: jobs -> again -> jobs; each sets off 1 "
                     "more on the mean, which must be less than 1: break the loop or make it end."));
}

// Half of it comes to parked, whose binding is for that key, and back twice.
void TestFlow::deadLettersGoOnUnderTheirKey() {
    Parts parts{
        .channels = R"("dead": { "kind": "exchange", "type": "direct" },
                       "jobs": { "kind": "queue", "deadLetter": "dead", "deadLetterKey": "parked" },
                       "parked": { "kind": "queue", "bind": [ { "to": "dead", "pattern": "parked" } ] })",
        .maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "every": "1min" } } ])",
        .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "fails": { "how": "reject", "probability": 0.25 } },
                                  { "on": "parked", "takes": "5ms", "then": [ { "emit": "made", "to": "jobs" },
                                                                              { "emit": "made", "to": "jobs" } ] } ])"};
    QCOMPARE(summaryOf(parts), QString());
    parts.taker.replace("0.25", "0.5");
    QVERIFY2(summaryOf(parts).contains("error deadLoop /services/taker/handlers/1: Events go round for ever: "
                                       "jobs -> dead -> parked -> taker -> jobs; each sets off 1 more on the mean"),
             qPrintable(summaryOf(parts)));
    parts.channels.replace(R"(, "deadLetterKey": "parked")", "");
    QVERIFY2(summaryOf(parts).contains("deadBinding /channels/parked/bind/0: "), qPrintable(summaryOf(parts)));
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
}

void TestFlow::loopsOfWhatIsRepeatedAreWarnings() {
    // Four deliveries of each, where all time out, each of which sets off 0.3 more.
    Parts parts{
        .channels = R"("jobs": { "kind": "queue", "ackTimeout": "30s", "retry": { "max": 3 } })",
        .taker =
            R"("handlers": [ { "on": "jobs", "takes": "5ms", "then": { "choose": [ { "weight": 3, "then": { "emit": "made", "to": "jobs" } }, { "weight": 7 } ] } } ])"};
    const QString found = "warning repeatLoop /services/taker/handlers/0: Events may go round for ever where acks or "
                          "confirms come too late: taker -> jobs -> taker; each then sets off as many as 1.2 more, "
                          "which must be less than 1: give them more time, let the handler be idempotent, or break the "
                          "loop.";
    const auto isFound = [&found](const Parts& given) { return summaryOf(given).contains(found); };
    QVERIFY2(isFound(parts), qPrintable(summaryOf(parts)));
    Parts harmless = parts;
    harmless.taker.replace(R"("takes")", R"("idempotent": true, "takes")"); // works once for each
    QCOMPARE(summaryOf(harmless), QString());
    harmless = parts;
    harmless.taker.replace(R"("takes")", R"("transaction": true, "takes")"); // is seen once
    QVERIFY(!isFound(harmless));
    harmless = parts;
    harmless.channels.replace(R"("ackTimeout": "30s", )", ""); // nothing comes too late
    QVERIFY(!isFound(harmless));
    // Four publishes of each, where all answers come too late.
    parts = harmless;
    parts.channels.replace(R"(, "retry": { "max": 3 })", "");
    parts.taker.replace(R"("to": "jobs")", R"("to": "jobs", "confirm": { "retries": 3 })");
    QVERIFY2(isFound(parts), qPrintable(summaryOf(parts)));
    parts.taker.replace(R"("retries": 3)", R"("retries": 3, "idempotent": true)");
    QVERIFY(!isFound(parts));
}

// Whoever is not told that what it published is safe has failed, and publishes anew when it is tried again: 0.5 of the
// first attempts, 0.25 of the second ones, and so on. Each publishes twice.
void TestFlow::whatIsNotToldToBeSafeIsMadeAgain() {
    const auto radiusOf = [](const QByteArray& retries, const QByteArray& handler, const QByteArray& service = {}) {
        const Parts parts{
            .channels = R"("jobs": { "kind": "queue", "retry": { "max": )" + retries + " } }",
            .taker =
                service + R"("handlers": [ { "on": "jobs", "takes": "5ms")" + handler +
                R"(, "then": { "choose": [ { "weight": 1, "then": { "emit": "made", "to": "jobs", "confirm": { "retries": 1 } } }, { "weight": 1 } ] } } ])"};
        const auto scenario = loadScenario(parts.text().toStdString());
        if (!scenario)
            qFatal("%s", scenario.error().front().text().c_str());
        Topology topology(*scenario);
        const std::vector<Flow::Loop> loops = Flow(topology).deadLoops();
        return loops.empty() ? 0.0 : loops.front().radius;
    };
    QCOMPARE(radiusOf("0", ""), 1.0);
    QCOMPARE(radiusOf("1", ""), 1.5);
    QCOMPARE(radiusOf("2", ""), 1.75);
    QCOMPARE(radiusOf("2", R"(, "idempotent": true)"), 1.0);  // passes over what it has done
    QCOMPARE(radiusOf("2", R"(, "ack": "onReceipt")"), 1.0);  // is not tried again
    QCOMPARE(radiusOf("2", R"(, "transaction": true)"), 1.0); // waits for none
    QCOMPARE(radiusOf("2", "", R"("outbox": true, )"), 1.0);  // its relay waits
}

void TestFlow::whatIsLostAndDoubledCountsForLoops() {
    const auto radiusOf = [](const QByteArray& queue, const QByteArray& handler, const QByteArray& emit,
                             const QByteArray& link) {
        const Parts parts{.channels =
                              R"("jobs": { "kind": "queue", "ackTimeout": "30s", "retry": { "max": 1 })" + queue + " }",
                          .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms")" + handler +
                                   R"(, "then": { "emit": "made", "to": "jobs")" + emit + " } } ]",
                          .faults = "",
                          .expect = R"({ "ledger": "closed" } ], "links": [ )" + link};
        const auto scenario = loadScenario(parts.text().toStdString());
        if (!scenario)
            qFatal("%s", scenario.error().front().text().c_str());
        Topology topology(*scenario);
        const std::vector<Flow::Loop> loops = Flow(topology).deadLoops();
        return loops.empty() ? 0.0 : loops.front().radius;
    };
    QCOMPARE(radiusOf("", "", "", ""), 1.0);
    QCOMPARE(radiusOf("", R"(, "ackLoss": 0.25)", "", ""), 1.25);                          // and tried a second time
    QCOMPARE(radiusOf("", "", R"(, "confirm": { "lost": 0.5, "retries": 2 })", ""), 1.75); // 1 + 1/2 + 1/4
    const QByteArray link = R"({ "between": ["taker", "broker"], "duplicates": 0.5 })";
    QCOMPARE(radiusOf("", "", "", link), 2.25); // the delivery and the publish
}

void TestFlow::allOfABroadcastsConsumersFeedALoop() {
    const Parts parts{
        .channels = R"("jobs": { "kind": "queue", "dispatch": "broadcast" })",
        .taker =
            R"("instances": 3, "handlers": [ { "on": "jobs", "takes": "5ms", "then": { "choose": [ { "weight": 1, "then": { "emit": "made", "to": "jobs" } }, { "weight": 1 } ] } } ])"};
    QCOMPARE(
        summaryOf(parts),
        QString("error deadLoop /services/taker/handlers/0: Events go round for ever: taker -> jobs -> taker; each "
                "sets off 1.5 more on the mean, which must be less than 1: break the loop or make it end."));
}

void TestFlow::eachConsumerOfABroadcastWorksOnItsOwnCopies() {
    Parts parts{.channels = R"("jobs": { "kind": "queue", "dispatch": "broadcast" })",
                .taker = R"("instances": 3, "handlers": [ { "on": "jobs", "takes": "80ms" } ])"};
    QCOMPARE(summaryOf(parts), QString()); // 10/s of 80 ms each
    parts.taker.replace("80ms", "120ms");
    QVERIFY2(summaryOf(parts).startsWith("error overload "), qPrintable(summaryOf(parts)));
}

// Nine of ten go the other way, unless the one that rejects them gets them all.
void TestFlow::whoIsActiveAloneMayFeedALoop() {
    Parts parts{
        .channels = R"("jobs": { "kind": "queue", "deadLetter": "jobs" })",
        .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "fails": { "how": "reject", "probability": 1 } } ])",
        .services =
            R"(, "other": { "instances": 9, "handlers": [ { "on": "jobs", "takes": "5ms", "ack": "automatic" } ] })"};
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
    parts.channels.replace(R"("kind")", R"("dispatch": "singleActive", "kind")");
    QVERIFY2(summaryOf(parts).contains("warning repeatLoop /channels: "), qPrintable(summaryOf(parts)));
}

// The others may have used up their credit, while what timed out gives its own back each time.
void TestFlow::whoGetsItsCreditBackMayFeedALoop() {
    Parts parts{
        .channels = R"("jobs": { "kind": "queue", "deadLetter": "jobs", "ackTimeout": "30s" })",
        .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "idempotent": true } ])",
        .services =
            R"(, "other": { "instances": 9, "handlers": [ { "on": "jobs", "takes": "5ms", "ack": "automatic" } ] })"};
    const QString found = "warning repeatLoop /channels: Events may go round for ever where acks or confirms come too "
                          "late: jobs -> jobs; each then sets off as many as 1 more, which must be less than 1: ";
    QVERIFY2(summaryOf(parts).contains(found), qPrintable(summaryOf(parts)));
    parts.channels.replace(R"(, "ackTimeout": "30s")", "");
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
}

// Nine of ten go the other way, until the others have lost all of their credit with acks that never come. Of the rest
// each is published up to three times.
void TestFlow::whoLosesItsCreditLeavesAllToAnother() {
    Parts parts{
        .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "then": { "choose": [
            { "weight": 4, "then": { "emit": "made", "to": "jobs", "confirm": { "retries": 2 } } }, { "weight": 6 } ] } } ])",
        .services =
            R"(, "other": { "instances": 9, "handlers": [ { "on": "jobs", "ackLoss": 0.1, "takes": "5ms" } ] })"};
    const QString found = "warning repeatLoop /services/taker/handlers/0: Events may go round for ever where acks or "
                          "confirms come too late: taker -> jobs -> taker; each then sets off as many as 1.2 more, ";
    QVERIFY2(summaryOf(parts).contains(found), qPrintable(summaryOf(parts)));
    Parts harmless = parts;
    harmless.services.replace(R"("ackLoss")", R"("ack": "automatic", "ackLoss")");
    QVERIFY2(!summaryOf(harmless).contains("Loop"), qPrintable(summaryOf(harmless)));
    parts.services.replace(R"("ackLoss": 0.1, )", "");
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
    parts.expect = R"({ "ledger": "closed" } ], "links": [ { "between": ["other", "broker"], "loss": 0.1 })";
    QVERIFY2(summaryOf(parts).contains(found), qPrintable(summaryOf(parts)));
}

void TestFlow::whatTimesOutBeforeItsWorkHasPassedNoFilter() {
    Parts parts{
        .channels = R"("jobs": { "kind": "queue", "deadLetter": "jobs", "ackTimeout": "30s" })",
        .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "idempotent": true, "filter": "type = 'other'" } ])"};
    QVERIFY2(summaryOf(parts).contains("warning repeatLoop /channels: "), qPrintable(summaryOf(parts)));
    parts.channels.replace(R"(, "ackTimeout": "30s")", "");
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
}

// jobs -> late -> jobs, where late rejects half of what it gets: all of it comes back where jobs has no room for any,
// or lets it expire, or deliver too fast.
void TestFlow::whatOverflowsOrExpiresMayGoRound_data() {
    QTest::addColumn<QByteArray>("queue");
    QTest::addColumn<QByteArray>("emit");
    QTest::addColumn<bool>("found");
    const auto row = [](const char* name, const char* queue, const char* emit, bool found) {
        QTest::newRow(name) << QByteArray(queue) << QByteArray(emit) << found;
    };
    row("room for all", "", "", false);
    row("drops the oldest", R"(, "capacity": 9, "overflow": "dropOldest")", "", true);
    row("refuses into the dead letters", R"(, "capacity": 9, "overflow": "rejectDeadLetter")", "", true);
    row("refuses", R"(, "capacity": 9, "overflow": "reject")", "", false);
    row("drops the newest", R"(, "capacity": 9, "overflow": "dropNewest")", "", false);
    row("expires", R"(, "ttl": "1min")", "", true);
    row("its messages expire", "", R"(, "ttl": "1min")", true);
    row("drops what it may not deliver yet", R"(, "deliveryRate": { "limit": "100/s", "action": "drop" })", "", true);
}
void TestFlow::whatOverflowsOrExpiresMayGoRound() {
    QFETCH(QByteArray, queue);
    QFETCH(QByteArray, emit);
    QFETCH(bool, found);
    const Parts parts{
        .channels = R"("jobs": { "kind": "queue", "deadLetter": "late")" + queue + R"( }, "late": { "kind": "queue" })",
        .maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "poisson": "10/s" })" + emit + " } ]",
        .services =
            R"(, "redriver": { "handlers": [ { "on": "late", "takes": "5ms", "then": { "emit": "made", "to": "jobs" } } ] })"};
    const QString loop =
        "warning overflowLoop /services/redriver/handlers/0: Events may go round for ever where queues overflow or "
        "what waits in them expires: jobs -> late -> redriver -> jobs; each then sets off as many as 1 more, which "
        "must be less than 1: break the loop, or let what has no room or comes too late be dropped.";
    QCOMPARE(summaryOf(parts).contains(loop), found);
    QCOMPARE(summaryOf(parts).contains("Loop"), found);
}

// It is dropped where it died before.
void TestFlow::whatOnlyDiesDoesNotGoRound() {
    Parts parts{
        .channels = R"("jobs": { "kind": "queue", "ttl": "1min", "deadLetter": "late" },
                       "late": { "kind": "queue", "ttl": "1s", "deadLetter": "jobs" })",
        .taker =
            R"("handlers": [ { "on": "jobs", "takes": "5ms", "fails": { "how": "reject", "probability": 0.5 } } ])"};
    QCOMPARE(summaryOf(parts), QString());
    const auto scenario = loadScenario(parts.text().toStdString());
    Topology topology(*scenario);
    const Flow flow(topology);
    for (const Flow::Class& copies : flow.classes()) // half of them once more, and so on
        QVERIFY(std::abs(copies.rate.sure - (topology.subscriptions()[copies.subscription].name == "jobs" ? 20 : 10)) <
                1e-6);
    parts.taker.replace("0.5", "1");
    QVERIFY2(summaryOf(parts).startsWith("error deadLoop /channels: Events go round for ever: late -> jobs -> late; "),
             qPrintable(summaryOf(parts)));
}

// jobs -> a -> b -> a where nobody reads: its history, which each death turns round, has the rejection in front of
// where it died before wherever the circle is of an even number of queues (RabbitMQ 3.10.8).
void TestFlow::whatWasRejectedOnceMayGoRoundByDeathsAlone_data() {
    QTest::addColumn<QByteArray>("jobs");
    QTest::addColumn<QByteArray>("queues");
    QTest::addColumn<QByteArray>("taker");
    QTest::addColumn<QString>("loop");
    const auto row = [](const char* name, const char* jobs, const char* queues, const char* taker, const char* loop) {
        QTest::newRow(name) << QByteArray(jobs) << QByteArray(queues) << QByteArray(taker) << QString(loop);
    };
    const char* const two = R"("a": { "kind": "queue", "ttl": "1s", "deadLetter": "b" },
                               "b": { "kind": "queue", "ttl": "1s", "deadLetter": "a" })";
    const char* const rejects = R"(, "fails": { "how": "reject", "probability": 0.1 })";
    const char* const fails = R"(, "fails": { "probability": 0.1 })";
    row("two", "", two, rejects, "error deadLoop /channels: Events go round for ever: a -> b -> a; ");
    row("if they are rejected", "", two, R"(, "fails": { "how": "reject", "when": "data.n > 9" })",
        "warning deadLoop /channels: Events may go round for ever: a -> b -> a; ");
    row("of what failed for the last time", R"(, "retry": { "max": 1 })", two, fails, "");
    row("of what has no retries", "", two, fails, "error deadLoop /channels: Events go round for ever: a -> b -> a; ");
    row("of what expired", R"(, "ttl": "1min")", two, "", "");
    row("one", "", R"("a": { "kind": "queue", "ttl": "1s", "deadLetter": "a" })", rejects, "");
    row("three", "", R"("a": { "kind": "queue", "ttl": "1s", "deadLetter": "b" },
                        "b": { "kind": "queue", "ttl": "1s", "deadLetter": "c" },
                        "c": { "kind": "queue", "ttl": "1s", "deadLetter": "a" })",
        rejects, "");
    row("four", "", R"("a": { "kind": "queue", "ttl": "1s", "deadLetter": "b" },
                       "b": { "kind": "queue", "ttl": "1s", "deadLetter": "c" },
                       "c": { "kind": "queue", "ttl": "1s", "deadLetter": "d" },
                       "d": { "kind": "queue", "ttl": "1s", "deadLetter": "a" })",
        rejects, "error deadLoop /channels: Events go round for ever: a -> b -> c -> d -> a; ");
    row("two, one of which overflows", "", R"("a": { "kind": "queue", "ttl": "1s", "deadLetter": "b" },
            "b": { "kind": "queue", "capacity": 9, "overflow": "dropOldest", "deadLetter": "a" })",
        rejects, "warning overflowLoop /channels: ");
    row("two where it fails for the last time", "",
        R"("a": { "kind": "queue", "retry": { "max": 1 }, "deadLetter": "b" },
           "b": { "kind": "queue", "ttl": "1s", "deadLetter": "a" })",
        R"(, "fails": { "how": "reject", "probability": 0.1 } }, { "on": "a", "takes": "5ms", "fails": { "probability": 1 })",
        "error deadLoop /channels: Events go round for ever: a -> b -> a; ");
    // In a circle that takes no time the broker goes round once.
    row("two that both overflow", "",
        R"("a": { "kind": "queue", "capacity": 9, "overflow": "dropOldest", "deadLetter": "b" },
           "b": { "kind": "queue", "capacity": 9, "overflow": "dropOldest", "deadLetter": "a" })",
        rejects, "");
}
void TestFlow::whatWasRejectedOnceMayGoRoundByDeathsAlone() {
    QFETCH(QByteArray, jobs);
    QFETCH(QByteArray, queues);
    QFETCH(QByteArray, taker);
    QFETCH(QString, loop);
    const Parts parts{.channels = R"("jobs": { "kind": "queue", "deadLetter": "a")" + jobs + " }, " + queues,
                      .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms")" + taker + " } ]"};
    const QString found = summaryOf(parts);
    QCOMPARE(found.contains("Loop"), !loop.isEmpty());
    QVERIFY2(found.contains(loop), qPrintable(found));
}

// Unless they become more.
void TestFlow::whoReadsWhatGoesRoundTakesEachInTheEnd() {
    Parts parts{.channels = R"("jobs": { "kind": "queue", "deadLetter": "a" },
                               "a": { "kind": "queue", "bind": ["again"], "ttl": "1s", "deadLetter": "b" },
                               "b": { "kind": "queue", "ttl": "1s", "deadLetter": "again" },
                               "again": { "kind": "exchange", "type": "fanout" })",
                .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms",
                                            "fails": { "how": "reject", "probability": 0.1 } } ])",
                .services = R"(, "reader": { "handlers": [ { "on": "a", "takes": "5ms" } ] })"};
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
    parts.channels += R"(, "c": { "bind": ["again"], "kind": "queue", "ttl": "1s", "deadLetter": "b" })";
    QVERIFY2(summaryOf(parts).contains("warning overflowLoop /channels: "), qPrintable(summaryOf(parts)));
}

// A queue knows where its copies died before; a log does not.
void TestFlow::whatALogForgotMayGoRoundByDeathsAlone() {
    Parts parts{.channels = R"("jobs": { "kind": "stream", "deadLetter": "late",
                                         "deliveryRate": { "limit": "100/s", "action": "drop" } },
                               "late": { "kind": "queue", "ttl": "1s", "deadLetter": "jobs" })"};
    QVERIFY2(summaryOf(parts).contains("warning overflowLoop /channels: "), qPrintable(summaryOf(parts)));
    parts.channels.replace(R"("kind": "stream")", R"("kind": "queue")");
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
}

void TestFlow::whatMayBeInvalidMayFeedALoop() {
    Parts parts{
        .events = R"("made": { "schema": { "type": "object" }, "data": { "n": "{count}" } })",
        .channels = R"("jobs": { "kind": "queue", "deadLetter": "jobs" })",
        .taker =
            R"("handlers": [ { "on": "jobs", "takes": "5ms", "reads": [ { "event": "made", "version": "1.0" } ] } ])"};
    QVERIFY2(summaryOf(parts).contains("warning deadLoop /channels: Events may go round for ever: jobs -> jobs; "),
             qPrintable(summaryOf(parts)));
    parts.taker.replace(R"(, "reads": [ { "event": "made", "version": "1.0" } ])", "");
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
}

void TestFlow::whatMayBeInvalidMayAsWellBeWorkedOn() {
    const auto scenario =
        loadScenario(Parts{.events = R"("made": { "schema": { "type": "object" }, "data": { "n": "{count}" } })",
                           .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms",
                                                       "reads": [ { "event": "made", "version": "1.0" } ] } ])"}
                         .text()
                         .toStdString());
    QVERIFY(scenario.ok());
    Topology topology(*scenario);
    QCOMPARE(Flow(topology).classes().front().work.most, 0.005);
}

void TestFlow::whatComesOverFromAnotherClusterFeedsALoop() {
    Parts parts{
        .channels = R"("jobs": { "kind": "stream", "deadLetter": "far" },
                       "far": { "kind": "stream", "replicate": [ { "to": "jobs" } ] })",
        .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "fails": { "how": "reject", "probability": 1 } } ])"};
    QVERIFY2(summaryOf(parts).contains("error deadLoop /channels: Events go round for ever: jobs -> far -> jobs; "),
             qPrintable(summaryOf(parts)));
    // What has come over goes no further.
    parts.channels = R"("jobs": { "kind": "stream", "replicate": [ { "to": "far" } ] },
                        "far": { "kind": "stream", "replicate": [ { "to": "jobs" } ] })";
    parts.taker = R"("handlers": [ { "on": "far", "takes": "5ms" } ])";
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
}

// It waits for 50 ms for answers that come after 45 ms on the mean, and hears at worst one of three and a bit.
void TestFlow::whatARelayPublishesAgainFeedsALoop() {
    Parts parts{
        .taker =
            R"("outbox": true, "handlers": [ { "on": "jobs", "takes": "5ms", "then": { "choose": [
                 { "weight": 1, "then": { "emit": "made", "to": "jobs", "confirm": { "timeout": "50ms", "retries": 0 } } },
                 { "weight": 3 } ] } } ])",
        .expect =
            R"({ "ledger": "closed" } ], "links": [ { "between": ["taker", "broker"], "latency": { "exponential": "22.5ms" } })"};
    QVERIFY2(summaryOf(parts).contains("warning repeatLoop /services/taker/handlers/0: "),
             qPrintable(summaryOf(parts)));
    parts.expect.replace("22.5ms", "1ms");
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
}

// All have a quarter of their own again. While slow has no room the relay is told no, and publishes again what jobs has
// taken each time.
void TestFlow::whatIsRefusedBesideItARelayPublishesAgain() {
    Parts parts{.channels =
                    R"("all": { "kind": "exchange", "type": "fanout" }, "jobs": { "kind": "queue", "bind": ["all"] },
                       "slow": { "kind": "queue", "bind": ["all"], "capacity": 9, "overflow": "reject" })",
                .taker = R"("outbox": true, "handlers": [ { "on": "jobs", "takes": "5ms", "then": { "choose": [
                        { "weight": 1, "then": { "emit": "made", "to": "all" } }, { "weight": 3 } ] } } ])",
                .services = R"(, "reader": { "handlers": [ { "on": "slow", "takes": "5ms" } ] })"};
    const QString loop = "warning overflowLoop /services/taker/handlers/0: Events may go round for ever where queues "
                         "overflow or what waits in them expires: taker -> all -> jobs -> taker; ";
    QVERIFY2(summaryOf(parts).contains(loop), qPrintable(summaryOf(parts)));
    for (const char* const other : {"dropOldest", "dropNewest", "block"}) {
        Parts room = parts;
        room.channels.replace("reject", other);
        QVERIFY2(!summaryOf(room).contains("Loop"), qPrintable(summaryOf(room)));
    }
    parts.taker.replace(R"("outbox": true, )", "");
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
}

// Half of what jobs gets comes to other, which makes two of each.
void TestFlow::whatIsTriedAgainElsewhereFeedsALoopFromThere() {
    Parts parts{.channels = R"("jobs": { "kind": "queue", "retry": { "max": 3, "through": "waits" } },
                       "waits": { "kind": "queue", "ttl": "1s", "deadLetter": "other" }, "other": { "kind": "queue" })",
                .maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "every": "1min" } } ])",
                .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "fails": { "probability": 0.5 } } ])",
                .services = R"(, "twice": { "handlers": [ { "on": "other", "takes": "5ms", "then": [
                            { "emit": "made", "to": "jobs" }, { "emit": "made", "to": "jobs" } ] } ] })"};
    const QString loop =
        "error deadLoop /services/twice/handlers/0: Events go round for ever: jobs -> waits -> other -> "
        "twice -> jobs; each sets off 1 more on the mean";
    QVERIFY2(summaryOf(parts).contains(loop), qPrintable(summaryOf(parts)));
    for (const auto& [what, instead] :
         {std::pair("0.5", "0.4"), std::pair(R"("deadLetter": "other")", R"("deadLetter": "jobs")"),
          std::pair(R"("max": 3)", R"("max": 0)"), std::pair(R"("through": "waits")", R"("through": "jobs")")}) {
        Parts other = parts;
        other.channels.replace(what, instead);
        other.taker.replace(what, instead);
        QVERIFY2(!summaryOf(other).contains("Loop"), qPrintable(summaryOf(other)));
    }
}

// jobs -> waits -> other -> jobs, where nothing succeeds: the count of attempts goes along.
void TestFlow::whatComesBackThroughItsRetriesGoesRoundAsOftenAsTheyLast() {
    const Parts parts{.channels = R"("jobs": { "kind": "queue", "retry": { "max": 3, "through": "waits" } },
                       "waits": { "kind": "queue", "ttl": "1s", "deadLetter": "other" },
                       "other": { "kind": "queue", "deadLetter": "jobs" })",
                      .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "fails": { "probability": 1 } } ])",
                      .services = R"(, "no": { "handlers": [ { "on": "other", "takes": "5ms",
                                                 "fails": { "how": "reject", "probability": 1 } } ] })"};
    QVERIFY2(!summaryOf(parts).contains("Loop"), qPrintable(summaryOf(parts)));
}

// Six of ten go on; of the other four, which are tried again, those that die before their state changes had gone on
// before. With an outbox, in a transaction and where the state comes first nothing had.
void TestFlow::whatIsPublishedBeforeACrashInBetweenFeedsALoop() {
    const QByteArray emit = R"({ "emit": "made", "to": "jobs" })", add = R"({ "add": "t", "key": "n" })";
    const auto loop = [](const QByteArray& service, const QByteArray& handler, const QByteArray& then) {
        const Parts parts{
            .channels = R"("jobs": { "kind": "queue", "retry": { "max": 0 }, "deadLetter": "dead" },
                           "dead": { "kind": "queue" })",
            .maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "every": "1min" } } ])",
            .taker = R"("state": { "t": { "n": 0 } }, )" + service + R"("handlers": [ { "on": "jobs", )" + handler +
                     R"("fails": { "how": "crashBetween", "probability": 0.4 }, "then": [ )" + then + " ] } ]"};
        QStringList found;
        for (const Finding& finding : findingsIn(parts.text()))
            if (finding.code == "deadLoop")
                found << QString::fromStdString(finding.arguments.back());
        return found.join(' ');
    };
    QCOMPARE(loop("", "", emit + "," + add), "1");
    QCOMPARE(loop("", "", emit), "");
    QCOMPARE(loop("", "", add + "," + emit), "");
    QCOMPARE(loop(R"("outbox": true, )", "", emit + "," + add), "");
    QCOMPARE(loop("", R"("transaction": true, )", emit + "," + add), "");
    // What follows may not change anything; what comes before may.
    QCOMPARE(loop("", "", emit + R"(, { "choose": [ { "then": )" + add + R"( }, { "then": )" + add + " } ] }"), "1");
    QCOMPARE(loop("", "", R"({ "choose": [ { "then": )" + add + R"( }, { } ] }, )" + emit + "," + add), "");
    QCOMPARE(loop("", "",
                  R"({ "choose": [ { "then": [ )" + emit + "," + add + R"( ] }, { "then": [ )" + emit + "," + emit +
                      "," + add + " ] } ] }"),
             "1.5");
}

void TestFlow::everyBindingMayMakeACopyOfItsOwn() {
    Parts parts{
        .channels =
            R"("t": { "kind": "topic" }, "jobs": { "kind": "queue", "bind": [ { "to": "t", "pattern": "made" }, { "to": "t", "pattern": "#" } ] })",
        .maker = R"("sources": [ { "emit": "made", "to": "t", "arrivals": { "poisson": "10/s" } } ])"};
    const auto rateOf = [&parts] {
        const auto scenario = loadScenario(parts.text().toStdString());
        Topology topology(*scenario);
        return Flow(topology).classes().front().rate.sure;
    };
    QCOMPARE(rateOf(), 10.0);
    parts.channels.replace(R"("kind": "topic")", R"("kind": "topic", "overlap": "subscription")");
    QCOMPARE(rateOf(), 20.0);
}

// An emitter calls who listens to the name before who listens to everything; by then the queue has its copy, and gets
// another one by the exchange whose bindings are subscriptions. The other way round it would not.
void TestFlow::whoIsLedToFirstDecidesAboutAnotherCopy() {
    Parts parts{.channels =
                    R"("a": { "kind": "exchange", "type": "topic", "order": "specific" },
               "b": { "kind": "exchange", "type": "topic", "overlap": "subscription", "bind": [ { "to": "a", "pattern": "#" } ] },
               "jobs": { "kind": "queue", "bind": [ { "to": "a", "pattern": "made" }, { "to": "b", "pattern": "#" } ] })",
                .maker = R"("sources": [ { "emit": "made", "to": "a", "arrivals": { "poisson": "10/s" } } ])"};
    const auto rateOf = [&parts] {
        const auto scenario = loadScenario(parts.text().toStdString());
        Topology topology(*scenario);
        return Flow(topology).classes().front().rate.sure;
    };
    QCOMPARE(rateOf(), 20.0);
    parts.channels.replace("specific", "name");
    QCOMPARE(rateOf(), 10.0);
}

// It is dropped where it comes to the queue that it died in, as what expires is; what is rejected for good is not.
void TestFlow::whatFailsItsLastAttemptDoesNotGoRound() {
    Parts parts{
        .channels = R"("jobs": { "kind": "queue", "deadLetter": "jobs", "retry": { "max": 1, "backoff": "none" } })",
        .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "fails": { "how": "nack", "probability": 1 } } ])"};
    QCOMPARE(summaryOf(parts), QString());
    parts.taker.replace("nack", "reject");
    QVERIFY2(summaryOf(parts).contains("error deadLoop /channels: "), qPrintable(summaryOf(parts)));
}

// It is never acked in time, so all of it is dead-lettered after its retries, and comes back anew.
void TestFlow::whatComesTooLateForTheAckTimeoutMayGoRound() {
    const auto loops = [](const char* takes) {
        QStringList found;
        for (const Finding& finding :
             findingsIn(Parts{.channels = R"("late": { "kind": "queue" },
                        "jobs": { "kind": "queue", "deadLetter": "late", "ackTimeout": "1s",
                                  "retry": { "max": 2, "backoff": "none" } })",
             .maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "every": "1min" } } ])",
             .taker = QByteArray(R"("instances": 9, "handlers": [ { "on": "jobs", "idempotent": true, "takes": )") +
                              takes + " } ]",
             .services = R"(, "again": { "handlers": [ { "on": "late", "takes": "5ms",
                                                         "then": { "emit": "made", "to": "jobs" } } ] })"}
                            .text()))
            if (finding.code == "deadLoop")
                found << QString::fromStdString(finding.text.substr(0, 55));
        return found;
    };
    const QStringList loop{"Events go round for ever: jobs -> late -> again -> jobs"};
    QCOMPARE(loops(R"("2s")"), loop);
    QCOMPARE(loops(R"({ "uniform": { "low": "1s", "high": "3s" } })"), loop);
    QCOMPARE(loops(R"({ "uniform": { "low": "0s", "high": "3s" } })"), QStringList()); // some come to an end
    QCOMPARE(loops(R"("500ms")"), QStringList());
    QCOMPARE(loops(R"("1s")"), loop);
}

void TestFlow::attemptsFollowTheRetryPolicy() {
    HandlerSpec handler;
    ChannelSpec channel;
    channel.retry = RetrySpec{.max = 3};
    Attempts attempts = attemptsOf(handler, channel, "e", false);
    QCOMPARE(attempts.work, 1.0);
    QCOMPARE(attempts.effects, 1.0);
    QCOMPARE(attempts.dead, 0.0);
    handler.fails = {{.how = FailureKind::crash, .probability = 0.5}}; // dies half way on the mean
    attempts = attemptsOf(handler, channel, "e", false);
    QCOMPARE(attempts.work, 0.75 * (1 + 0.5 + 0.25 + 0.125));
    QCOMPARE(attempts.effects, 1 - 0.0625);
    QCOMPARE(attempts.dead, 0.0625);
    QCOMPARE(attempts.retried, 0.5 + 0.25 + 0.125);
    handler.fails = {{.how = FailureKind::crashAfterEffect, .probability = 1, .attemptsMax = 1}};
    attempts = attemptsOf(handler, channel, "e", false);
    QCOMPARE(attempts.effects, 2.0); // the effect is repeated
    QCOMPARE(attempts.dead, 0.0);
    handler.fails = {{.how = FailureKind::reject, .probability = 0.25},
                     {.how = FailureKind::nack, .when = "data.x = 1"}};
    attempts = attemptsOf(handler, channel, "e", false);
    QCOMPARE(attempts.dead, 0.25);
    attempts = attemptsOf(handler, channel, "e", true); // all that is not rejected is nacked, four times
    QCOMPARE(attempts.effects, 0.0);
    QCOMPARE(attempts.dead, 1.0);
    handler.fails.clear();
    channel.ackTimeout = 1s;
    handler.takes = Distribution::uniform({.low = 0, .high = 2}).value(); // half of them too late
    attempts = attemptsOf(handler, channel, "e", false);
    QVERIFY(qAbs(attempts.dead - 0.0625) < 1e-6);
    QVERIFY(qAbs(attempts.work - 1.875) < 1e-6);
    QVERIFY(qAbs(attempts.effects - 1.875) < 1e-6); // done each time, and refused some times
    handler.extend = 500ms;                         // it asks for more
    QCOMPARE(attemptsOf(handler, channel, "e", false).dead, 0.0);
    handler.extend.reset();
    handler.ack = AckMode::automatic;
    QCOMPARE(attemptsOf(handler, channel, "e", false).dead, 0.0);
}

QTEST_APPLESS_MAIN(TestFlow)
#include "tst_flow.moc"
