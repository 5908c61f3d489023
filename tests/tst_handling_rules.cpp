// What handlers do beyond one event and one ack: batches, acks at other times, extensions; faults that overlap; sources
// that are always ready. Exact times, from scenarios as files give them.
#include "support/played_scenario.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

using Played = PlayedScenario;

// One queue, one source, one handler.
Played playArrivals(const std::string& arrivals, const std::string& queue, const std::string& handler,
                    const std::string& more = {}) {
    return played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "dead": { "kind": "queue" }, "jobs": { "kind": "queue")" +
                queue + R"( } },
        "services": { "producer": { "sources": [ { "arrivals": {)" +
                arrivals + R"(}, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs" )" +
                handler + R"( } ] } })" + more + " }");
}

Played playQueue(const std::string& times, const std::string& queue, const std::string& handler,
                 const std::string& more = {}) {
    return playArrivals("\"times\": [" + times + "]", queue, handler, more);
}

} // namespace

class TestHandlingRules : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aBatchTakesWhatIsThereInOneHandling();
    void aBatchLingersForEnough();
    void aBatchWaitsForEnoughHoweverLong();
    void aBatchFailsAsOne();
    void aFilterPassesOverOneOfABatch();
    void anAckOnReceiptGivesCreditBackAtOnce();
    void acksAreGatheredByCountAndByTime();
    void aCumulativeAckCoversWhatIsStillBeingHandled();
    void aLostAckBringsTheMessageBack();
    void aHandlerExtendsItsTimeoutWhileItWorks();
    void aCrashBringsBackWhatWasNotAckedYet();
    void whoWorksForTooLongLeavesItsGroupAndIsBackWhenItIsDone();
    void whoIsPausedForTooLongLeavesItsGroupAndIsBackWhenItGoesOn();
    void anInstanceThatHasLeftIsBackWhenAllThatItReadsIsDone();
    void handlersOfAnInstanceShareALimit();
    void faultsOfOneKindOverlap();
    void crashesOfOneInstanceOverlap();
    void deadLettersAreRedrivenAtTheirTime();
    void aSaturatedSourceWaitsForRoomOnly();
    void theFirstArrivalComesWhenItIsTold();
    void anotherRoundFailsByAnotherChance();
    void anotherRoundThroughAStreamFailsByAnotherChance();
    void anotherRoundPastAFullQueueFailsByAnotherChance();
    void anotherRoundOverAnotherClusterFailsByAnotherChance();
    void aSkippedEventFreesItsWorker();
    void whatAMemberOfASharedGroupHandlesHasTheOffsetItWasAppendedAt();
};

void TestHandlingRules::aBatchTakesWhatIsThereInOneHandling() {
    const Played run =
        playArrivals(R"("times": ["1s", "2s"], "batch": 4)", "", R"(, "takes": "5s", "batch": { "max": 3 })");
    QCOMPARE(run.log({started, finished, acked}),
             QStringLiteral("1 started 1; 1 started 2; 1 started 3; 6 finished 1; 6 finished 2; 6 finished 3; 6 acked 1; "
                            "6 acked 2; 6 acked 3; 6 started 4; 6 started 5; 6 started 6; 11 finished 4; 11 finished 5; "
                            "11 finished 6; 11 acked 4; 11 acked 5; 11 acked 6; 11 started 7; 11 started 8; "
                            "16 finished 7; 16 finished 8; 16 acked 7; 16 acked 8"));
    QCOMPARE(run.metric("worker", "handled"), 8.0);
    QCOMPARE(run.metric("worker", "serviceMean"), 5.0);
    QCOMPARE(run.metric("worker", "utilization"), 15.0 / 16.0); // one worker, three handlings
    QVERIFY(run.recorder->head().ledger().closed());
}

void TestHandlingRules::aBatchLingersForEnough() {
    const Played run = playQueue(R"("1s","2s","3s","10s","11s")", "",
                                 R"(, "takes": "1s", "batch": { "max": 5, "min": 3, "linger": "4s" })");
    QCOMPARE(run.log({started}), QStringLiteral("3 started 1; 3 started 2; 3 started 3; 14 started 4; 14 started 5"));
}

void TestHandlingRules::aBatchWaitsForEnoughHoweverLong() {
    const Played run = playQueue(R"("1s","2s","300s","301s")", "", R"(, "takes": "1s", "batch": { "max": 5, "min": 3 })");
    QCOMPARE(run.log({started}), QStringLiteral("300 started 1; 300 started 2; 300 started 3"));
}

void TestHandlingRules::aBatchFailsAsOne() {
    const Played run = playArrivals(R"("times": ["1s"], "batch": 2)", R"(, "retry": { "max": 1, "backoff": "fixed", "first": "1s" })",
                                 R"(, "takes": "1s", "batch": { "max": 2 }, "fails": { "attempts": 1 })");
    QCOMPARE(run.log({failed, retryScheduled, finished, acked}),
             QStringLiteral("2 failed 1 failure; 2 failed 2 failure; 2 retryScheduled 1 failure; 2 retryScheduled 2 failure; "
                            "4 finished 1#2; 4 finished 2#2; 4 acked 1#2; 4 acked 2#2"));
}

void TestHandlingRules::aFilterPassesOverOneOfABatch() {
    const Played run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {}, "note": {} },
        "channels": { "jobs": { "kind": "queue" } },
        "services": { "producer": { "sources": [ { "arrivals": { "times": ["1s"] },
                          "then": [ { "emit": "note", "to": "jobs" }, { "emit": "job", "to": "jobs" } ] } ] },
                      "worker": { "handlers": [ { "on": "jobs", "filter": "type = 'job'", "takes": "2s",
                                                  "batch": { "max": 2 } } ] } } })");
    QCOMPARE(run.log({started, finished, skipped, acked}),
             QStringLiteral("1 started 1; 1 started 2; 3 skipped 1 filtered; 3 finished 2; 3 acked 1; 3 acked 2"));
    QCOMPARE(run.metric("worker", "busy"), 0.0);
}

void TestHandlingRules::anAckOnReceiptGivesCreditBackAtOnce() {
    const Played run = playQueue(R"("1s","1s")", "", R"(, "takes": "2s", "ack": "onReceipt", "fails": { "every": 2 })");
    QCOMPARE(run.log({delivered, started, acked, finished, failed, effectLost}),
             QStringLiteral("1 delivered 1; 1 started 1; 1 acked 1; 1 delivered 2; 3 finished 1; 3 started 2; 3 acked 2; "
                            "5 failed 2 failure; 5 effectLost 2 failure"));
    QVERIFY(run.recorder->head().ledger().closed());
}

void TestHandlingRules::acksAreGatheredByCountAndByTime() {
    const Played run = playQueue(R"("1s","2s","3s","4s")", "",
                                 R"(, "ack": "batch", "ackEvery": { "count": 3, "interval": "10s" })");
    QCOMPARE(run.log({acked}), QStringLiteral("3 acked 1; 3 acked 2; 3 acked 3; 14 acked 4"));
}

void TestHandlingRules::aCumulativeAckCoversWhatIsStillBeingHandled() {
    // The first one, begun while all was slow, takes longer than the second, whose ack covers it; its own comes to nothing.
    const Played run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "queue" } },
        "services": { "producer": { "sources": [ { "arrivals": { "times": ["1s", "2s"] }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "ack": "cumulative", "concurrency": 2, "takes": "3s" } ] } },
        "faults": [ { "at": "0s", "slow": "worker", "factor": 3, "for": "1500ms" } ] })");
    QCOMPARE(run.log({acked, ackRefused}), QStringLiteral("5 acked 1; 5 acked 2; 10 ackRefused 1"));
}

void TestHandlingRules::aLostAckBringsTheMessageBack() {
    const Played run = playQueue(R"("1s")", R"(, "ackTimeout": "2s", "retry": { "max": 1, "backoff": "none" })",
                                 R"(, "takes": "1s", "ackLoss": 1)");
    QCOMPARE(run.log({finished, ackRefused, timedOut, acked, dropped}),
             QStringLiteral("2 finished 1; 2 ackRefused 1 ack_lost; 3 timedOut 1 ack_timeout; 4 finished 1#2; "
                            "4 ackRefused 1#2 ack_lost; 5 timedOut 1#2 ack_timeout; 5 dropped 1#2 delivery_limit"));
}

void TestHandlingRules::aHandlerExtendsItsTimeoutWhileItWorks() {
    const char* const queue = R"(, "ackTimeout": "2s", "retry": { "max": 0, "backoff": "none" })";
    QCOMPARE(playQueue(R"("1s")", queue, R"(, "takes": "7s")").log({timedOut, acked, ackRefused}),
             QStringLiteral("3 timedOut 1 ack_timeout; 8 ackRefused 1"));
    QCOMPARE(playQueue(R"("1s")", queue, R"(, "takes": "7s", "extend": "1s")").log({timedOut, acked, ackRefused}),
             QStringLiteral("8 acked 1"));
}

void TestHandlingRules::aCrashBringsBackWhatWasNotAckedYet() {
    const Played run = playQueue(R"("1s","2s")", R"(, "retry": { "max": 5, "backoff": "none" })",
                                 R"(, "ack": "batch", "ackEvery": { "count": 3, "interval": "10s" })",
                                 R"(, "faults": [ { "at": "5s", "crash": "worker", "for": "1s" } ])");
    QCOMPARE(run.log({finished, requeued, acked}),
             QStringLiteral("1 finished 1; 2 finished 2; 5 requeued 1 disconnected; 5 requeued 2 disconnected; "
                            "6 finished 1#2; 6 finished 2#2; 16 acked 1#2; 16 acked 2#2"));
}

// Kafka: max.poll.interval.ms.
Played playGroup(const std::string& handlers, const std::string& more = {}) {
    return played(R"({ "weir": "1", "run": { "for": "9s" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "stream", "partitions": 2, "group": { "assignor": "range", "maxPollInterval": "1s" } } },
        "services": { "producer": { "sources": [ { "arrivals": { "times": ["1s"] }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "instances": 2, "handlers": )" +
                  handlers + " } }" + more + " }");
}

void TestHandlingRules::whoWorksForTooLongLeavesItsGroupAndIsBackWhenItIsDone() {
    const Played run = playGroup(R"([ { "on": "jobs", "takes": "2500ms" } ])");
    QCOMPARE(run.log({delivered, requeued, finished, acked, ackRefused}).section("; ", 0, 6),
             QStringLiteral("1 delivered 1; 2 requeued 1 poll_timeout; 2 delivered 1#2; 3 requeued 1#2 poll_timeout; "
                            "3.5 finished 1; 3.5 ackRefused 1; 3.5 delivered 1#3"));
}

void TestHandlingRules::whoIsPausedForTooLongLeavesItsGroupAndIsBackWhenItGoesOn() {
    const Played run = playGroup(R"([ { "on": "jobs", "takes": "100ms" } ])",
                                 R"(, "faults": [ { "at": "500ms", "pause": "worker", "for": "5s" } ])");
    QCOMPARE(run.log({delivered, requeued, finished, acked, ackRefused}),
             QStringLiteral("1 delivered 1; 2 requeued 1 poll_timeout; 2 delivered 1#2; 3 requeued 1#2 poll_timeout; "
                            "5.5 delivered 1#3; 5.6 finished 1#3; 5.6 acked 1#3"));
}

// Its other handler is at work for longer.
void TestHandlingRules::anInstanceThatHasLeftIsBackWhenAllThatItReadsIsDone() {
    const Played run = played(R"({ "weir": "1", "run": { "for": "4400ms" }, "events": { "job": {} },
        "channels": { "a": { "kind": "stream", "group": { "assignor": "range", "maxPollInterval": "1s" } },
                      "b": { "kind": "stream", "group": { "assignor": "range", "maxPollInterval": "1s" } } },
        "services": { "producer": { "sources": [ { "arrivals": { "times": ["1s"] }, "emit": "job", "to": "a" },
                                                 { "arrivals": { "times": ["1s"] }, "emit": "job", "to": "b" } ] },
                      "worker": { "handlers": [ { "on": "a", "takes": "1500ms" }, { "on": "b", "takes": "3s" } ] } } })");
    QCOMPARE(run.log({delivered, requeued, finished}),
             QStringLiteral("1 delivered 1; 1 delivered 2; 2 requeued 1 poll_timeout; 2 requeued 2 poll_timeout; "
                            "2.5 finished 1; 4 finished 2; 4 delivered 1#2; 4 delivered 2#2"));
}

void TestHandlingRules::handlersOfAnInstanceShareALimit() {
    const Played run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "a": { "kind": "queue" }, "b": { "kind": "queue" } },
        "services": { "producer": { "sources": [
                          { "arrivals": { "times": ["1s", "1s"] }, "emit": "job", "to": "a" },
                          { "arrivals": { "times": ["1s", "1s"] }, "emit": "job", "to": "b" } ] },
                      "worker": { "prefetch": 1, "handlers": [ { "on": "a", "takes": "1s" }, { "on": "b", "takes": "1s" } ] } } })");
    QCOMPARE(run.log({started}).count(QLatin1Char(';')), 3);
    for (const char* const at : {"1 started", "2 started", "3 started", "4 started"})
        QVERIFY2(run.log({started}).count(QLatin1String(at)) == 1, qPrintable(run.log({started})));
}

void TestHandlingRules::faultsOfOneKindOverlap() {
    // Slow by 2 from 0 to 100 s, by 5 from 10 s to 20 s.
    const Played run = playQueue(R"("1s","11s","31s","131s")", "", R"(, "takes": "1s", "concurrency": 4)",
                                 R"(, "faults": [ { "at": "0s", "slow": "worker", "factor": 2, "for": "100s" },
                                                  { "at": "10s", "slow": "worker", "factor": 5, "for": "10s" } ])");
    QCOMPARE(run.log({finished}), QStringLiteral("3 finished 1; 16 finished 2; 33 finished 3; 132 finished 4"));
}

void TestHandlingRules::crashesOfOneInstanceOverlap() {
    const Played run = playQueue(R"("15s")", "", "",
                                 R"(, "faults": [ { "at": "1s", "crash": "worker", "for": "50s" },
                                                  { "at": "2s", "crash": "worker", "instance": 0, "for": "3s" } ])");
    QCOMPARE(run.log({restarted, finished}), QStringLiteral("51 restarted; 51 finished 1"));
}

void TestHandlingRules::deadLettersAreRedrivenAtTheirTime() {
    const Played played = playQueue(R"("1s","2s","20s")", R"(, "deadLetter": "dead")", R"(, "fails": 1)",
                                    R"(, "faults": [ { "at": "10s", "redrive": "dead" }, { "at": "30s", "purge": "dead" } ])");
    QCOMPARE(played.log({deadLettered, purged}),
             QStringLiteral("1 deadLettered 1 rejected; 2 deadLettered 2 rejected; 10 purged 1 redrive; "
                            "10 purged 2 redrive; 10 deadLettered 1 rejected; 10 deadLettered 2 rejected; "
                            "20 deadLettered 3 rejected; 30 purged 1 discard; 30 purged 2 discard; 30 purged 3 discard"));
}

void TestHandlingRules::aSaturatedSourceWaitsForRoomOnly() {
    const Played run = played(R"({ "weir": "1", "run": { "for": "10s" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "queue", "capacity": 2, "overflow": "block" } },
        "services": { "producer": { "sources": [ { "arrivals": { "saturated": true }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "takes": "3s" } ] } } })");
    QCOMPARE(run.log({finished}), QStringLiteral("3 finished 1; 6 finished 2; 9 finished 3"));
    QCOMPARE(run.log({published}), QStringLiteral("0 published 1; 0 published 2; 0 published 3; 0 published 4; 3 published 5; "
                                                  "6 published 6; 9 published 7"));
}

void TestHandlingRules::theFirstArrivalComesWhenItIsTold() {
    const Played run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "queue" } },
        "services": { "producer": { "sources": [
                          { "arrivals": { "every": "4s", "first": "0s", "count": 3 }, "emit": "job", "to": "jobs" },
                          { "arrivals": { "gaps": "5s", "first": "1500ms", "count": 2 }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs" } ] } } })");
    QCOMPARE(run.log({published}), QStringLiteral("0 published 1; 1.5 published 2; 4 published 3; 6.5 published 4; 8 published 5"));
}

// Rejected by chance and sent round again, it does not meet the same chance for ever.
void TestHandlingRules::anotherRoundFailsByAnotherChance() {
    const Played run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "queue", "deadLetter": "again" },
                      "again": { "kind": "queue", "ttl": "1s", "deadLetter": "jobs" } },
        "services": { "producer": { "sources": [ { "arrivals": { "every": "1s", "count": 200 }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "fails": { "how": "reject", "probability": 0.5 } } ] } } })");
    QCOMPARE(run.recorder->head().ledger().copies.acked, 200);
    // Each message is rejected half of the time: once on average, with a standard deviation of 1.41 / sqrt(200).
    const double rejections = static_cast<double>(run.log({failed}).count(QLatin1String("failed"))) / 200;
    QVERIFY2(std::abs(rejections - 1) < 0.4, qPrintable(QString::number(rejections)));
}

void TestHandlingRules::anotherRoundThroughAStreamFailsByAnotherChance() {
    const Played run = opened(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "stream", "deadLetter": "jobs" } },
        "services": { "producer": { "sources": [ { "arrivals": { "every": "1s", "count": 200 }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "takes": "1ms", "fails": { "how": "reject", "probability": 0.5 } } ] } } })");
    run.simulation->run(SimTime::max(), 10'000, *run.recorder);
    QVERIFY(run.simulation->stopped()); // and does not go round for ever
    QCOMPARE(run.ledger().copies.acked, 200);
    const double rejections = static_cast<double>(run.count(failed)) / 200;
    QVERIFY2(std::abs(rejections - 1) < 0.4, qPrintable(QString::number(rejections)));
}

// A queue without room refuses it into the dead letters, round by round.
void TestHandlingRules::anotherRoundPastAFullQueueFailsByAnotherChance() {
    const Played run = opened(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "full": { "kind": "queue", "capacity": 0, "overflow": "rejectDeadLetter", "deadLetter": "jobs" },
                      "jobs": { "kind": "queue", "deadLetter": "full" } },
        "services": { "producer": { "sources": [ { "arrivals": { "every": "1s", "count": 200 }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "takes": "1ms", "fails": { "how": "reject", "probability": 0.5 } } ] } } })");
    run.simulation->run(SimTime::max(), 10'000, *run.recorder);
    QVERIFY(run.simulation->stopped()); // and does not go round for ever
    QCOMPARE(run.ledger().copies.acked, 200);
    const double rejections = static_cast<double>(run.count(failed)) / 200;
    QVERIFY2(std::abs(rejections - 1) < 0.4, qPrintable(QString::number(rejections)));
}

// A stream's dead letters come back to it from another cluster.
void TestHandlingRules::anotherRoundOverAnotherClusterFailsByAnotherChance() {
    const Played run = opened(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "stream", "deadLetter": "far" },
                      "far": { "kind": "stream", "replicate": [ { "to": "jobs", "takes": "10ms" } ] } },
        "services": { "producer": { "sources": [ { "arrivals": { "every": "1s", "count": 200 }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs", "takes": "1ms", "fails": { "how": "reject", "probability": 0.5 } } ] } } })");
    run.simulation->run(SimTime::max(), 10'000, *run.recorder);
    QVERIFY(run.simulation->stopped()); // and does not go round for ever
    QCOMPARE(run.ledger().copies.acked, 200);
    const double rejections = static_cast<double>(run.count(failed)) / 200;
    QVERIFY2(std::abs(rejections - 1) < 0.4, qPrintable(QString::number(rejections)));
}

void TestHandlingRules::aSkippedEventFreesItsWorker() {
    const Played run = playQueue(R"("1s","2s","3s")", "", R"(, "filter": "type = 'other'", "takes": "1s")");
    QCOMPARE(run.metric("worker", "busy"), 0.0);
    QCOMPARE(run.metric("worker", "utilization"), 0.0);
}

void TestHandlingRules::whatAMemberOfASharedGroupHandlesHasTheOffsetItWasAppendedAt() {
    const Played run = played(R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": {} },
        "channels": { "jobs": { "kind": "stream", "partitions": 2, "group": { "delivery": "shared" } } },
        "services": { "producer": { "sources": [ { "arrivals": { "every": "1s", "count": 4 }, "emit": "job", "to": "jobs" } ] },
                      "worker": { "handlers": [ { "on": "jobs" } ] } } })");
    std::vector<std::uint32_t> offsets(5);
    int handlings = 0;
    run.forEach([&](const Record& record) {
        if (record.kind == appended)
            offsets[record.ordinal] = record.extra;
        if (record.kind != started && record.kind != finished)
            return;
        ++handlings;
        QCOMPARE(record.extra, offsets[record.ordinal]);
    });
    QCOMPARE(handlings, 8);
    QCOMPARE(offsets, (std::vector<std::uint32_t>{0, 0, 0, 1, 1}));
}

QTEST_APPLESS_MAIN(TestHandlingRules)
#include "tst_handling_rules.moc"
