// Delays of what comes to a stream. Rules: Apache RocketMQ 4.x, Delay messages (the schedule topic), and Apache Pulsar,
// Delayed message delivery (the tracker of shared and key_shared subscriptions).
#include "support/log_stream.h"
#include "support/nodes_bench.h"
#include "support/played_scenario.h"

#include "core/record/record_json.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

ChannelSpec logThatHolds(DelayHolds holds, GroupDelivery delivery = GroupDelivery::shared,
                         const std::string& name = "log") {
    ChannelSpec channel = logStream(1, {.delivery = delivery}, name);
    channel.delayHolds = holds;
    return channel;
}

// One group or two, each with a member that may hold so much.
struct Bench : BrokerBench {
    explicit Bench(ChannelSpec channel, std::uint32_t prefetch = 100)
        : BrokerBench({std::move(channel)}, {logReader("g"), logReader("h")}) {
        g = attach("g", prefetch);
        h = attach("h", prefetch);
        openGroups();
    }
    void send(Duration delay = {}) { publish("log", {.delay = delay}); }
    QString delivered() const {
        QStringList all;
        for (const Delivery& each : deliveries())
            if (each.consumer == g)
                all << QString::number(each.message);
        return all.join(QLatin1Char(' '));
    }
    ConsumerId g, h;
};

// Delayed by two seconds.
std::string delayed(const std::string& holds, const std::string& arrivals) {
    return R"({"weir": "1", "run": {"for": "10s"}, "events": {"e": {}},
      "channels": {"log": {"kind": "stream", "group": {"delivery": "shared"}, "delayHolds": ")" +
           holds + R"("}},
      "services": {"s": {"sources": [{"emit": "e", "to": "log", "delay": "2s", "arrivals": {)" +
           arrivals + R"(}}]},
                   "t": {"handlers": [{"on": "log", "takes": "10ms"}]}}})";
}

} // namespace

class TestStreamDelays : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    // append: RocketMQ
    void aDelayedMessageGetsItsOffsetWhenItsDelayIsOver();
    void whileItWaitsItIsDelayedForEachGroupAndHasNoOffset();
    void whatHasTheSameTimeIsAppendedInTheOrderItCame();
    void itsPartitionIsChosenWhenItIsPublished();
    void aFullStreamDropsItWhenItsDelayIsOver();
    void aStreamThatNobodyReadsGetsItLateToo();
    void itWaitsForALeader();
    void itsProducerHasItsAnswerAtOnce();
    void itCountsForTheBoundOfCopies();
    void whatIsPublishedWithinATransactionIsAppendedAtOnce();
    // delivery: Pulsar
    void othersPassWhatIsWithheldFromThoseWhoShare();
    void itIsDeliveredAtOnceWherePartitionsHaveOwners();
    void itIsDeliveredAtOnceWherePartitionsHaveReadersOfTheirOwn();
    void allOfAKeyWaitForTheirOwnDelaysOnly();
    void whatBecomesReadyComesBeforeWhatIsNotRead();
    void whatBecameReadyBeforeAnybodyReadItKeepsTheOrderOfTheLog();
    void whoGoesBackFindsWithheldWhatStillIs();
    void whatIsForgottenWhileItIsWithheldLeavesTheDelayed();
    void aCommitAfterTheDelayShowsItAtOnceAndOneBeforeItLater();
    void whatIsLostWithItsLeaderIsNotReleased();
    // Either
    void aStreamThatHoldsNothingTakesNoNoticeOfADelay();
    void aDelayIsOverOnceForDeadLettersAndRetries();
    void aNamesakeGetsWhatIsLeftOfTheDelay();
    void whatIsUnderWayKeepsItsDelayWhenTheStreamIsChanged();
    void aSnapshotWhileSomethingWaitsGoesOnIdentically();
    void whatIsDueNextIsTold();
};

// --- the append ---

void TestStreamDelays::aDelayedMessageGetsItsOffsetWhenItsDelayIsOver() {
    for (const GroupDelivery delivery : {GroupDelivery::partitions, GroupDelivery::shared}) {
        Bench bench(logThatHolds(DelayHolds::append, delivery));
        bench.send(100ms);
        bench.send();
        bench.settle(2, Settlement::ack);
        bench.runTo(99ms);
        QCOMPARE(bench.log({appended, delivered}),
                 "0 appended 2 log/0; 0 delivered 2#1 log/0@0; 0 delivered 2#1 log/0@1");
        QCOMPARE(bench.broker().position(SubscriptionId{0}, 0).end, 1u);
        for (const BrokerBench::Delivery& each : std::vector(bench.deliveries()))
            bench.settle(each.tag, Settlement::ack);
        bench.runTo(100ms);
        QCOMPARE(bench.log({appended, released}),
                 "0 appended 2 log/0; 100 appended 1 log/0; 100 released 1 log/0; 100 released 1 log/0");
        QCOMPARE(bench.delivered(), "2 1");
        QCOMPARE(bench.broker().position(SubscriptionId{0}, 0).end, 2u);
        QVERIFY(bench.ledger().closed());
    }
}

void TestStreamDelays::whileItWaitsItIsDelayedForEachGroupAndHasNoOffset() {
    Bench bench(logThatHolds(DelayHolds::append));
    bench.send(100ms);
    bench.runTo(50ms);
    QCOMPARE(bench.log({enqueued}), "0 enqueued 1 log/0; 0 enqueued 1 log/0");
    QCOMPARE(bench.ledger().copies.delayed, 2);
    QCOMPARE(bench.ledger().copies.ready, 0);
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{1});
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{1});
    bench.runTo(100ms);
    QCOMPARE(bench.ledger().copies.delayed, 0);
    bench.settleAll({1}, Settlement::ack);

    Record waiting;
    waiting.kind = enqueued;
    waiting.place = bench.broker().plan().subscriptions[0].partitionPlaces[0];
    waiting.extra = Record::noOffset;
    QVERIFY(!offsetOf(waiting, bench.catalogue()));
    waiting.extra = 0;
    QVERIFY(offsetOf(waiting, bench.catalogue()) == std::optional(0U));
}

void TestStreamDelays::whatHasTheSameTimeIsAppendedInTheOrderItCame() {
    Bench bench(logThatHolds(DelayHolds::append));
    bench.send(100ms);
    bench.runTo(40ms);
    bench.send(60ms);
    bench.send(20ms);
    bench.runTo(100ms);
    QCOMPARE(bench.log({appended}), "60 appended 3 log/0; 100 appended 1 log/0; 100 appended 2 log/0");
}

void TestStreamDelays::itsPartitionIsChosenWhenItIsPublished() {
    ChannelSpec channel = logThatHolds(DelayHolds::append);
    channel.partitions = 2;
    Bench bench(channel);
    bench.send(100ms);
    bench.send();
    bench.send();
    bench.runTo(100ms);
    QCOMPARE(bench.log({appended}), "0 appended 2 log/1; 0 appended 3 log/0; 100 appended 1 log/0");
}

// There was room when it was published.
void TestStreamDelays::aFullStreamDropsItWhenItsDelayIsOver() {
    ChannelSpec channel = logThatHolds(DelayHolds::append);
    channel.retainCount = 1;
    channel.refuseWhenFull = true;
    Bench bench(channel);
    bench.send(100ms);
    bench.send();
    bench.send();      // no room
    bench.send(150ms); // it needs none yet
    bench.runTo(200ms);
    QCOMPARE(bench.log({refused, appended, dropped}),
             "0 appended 2 log/0; 0 refused 3 log maxlen; 100 dropped 1 log/0 maxlen; 100 dropped 1 log/0 maxlen; "
             "150 dropped 4 log/0 maxlen; 150 dropped 4 log/0 maxlen");
    QCOMPARE(bench.ledger().copies.dropped, 4);
    QCOMPARE(bench.ledger().copies.delayed, 0);
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{2}); // of the second one, in flight
}

void TestStreamDelays::aStreamThatNobodyReadsGetsItLateToo() {
    BrokerBench bench({logThatHolds(DelayHolds::append)});
    bench.publish("log", {.delay = 30ms});
    bench.runTo(29ms);
    QCOMPARE(bench.log({routed, appended, completed}), "0 routed 1 log");
    bench.runTo(30ms);
    QCOMPARE(bench.log({appended, completed}), "30 appended 1 log/0; 30 completed 1");
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
    QVERIFY(bench.ledger().closed());
}

// As RocketMQ's schedule service, which tries again until it is done.
void TestStreamDelays::itWaitsForALeader() {
    ChannelSpec jobs = streamOnNodes();
    jobs.delayHolds = DelayHolds::append;
    NodesBench bench(jobs);
    const ConsumerId worker = bench.attach("worker", 10);
    bench.openGroups();
    bench.publish("jobs", {.delay = 50ms, .acks = Acks::all});
    bench.publish("jobs", {.delay = 60ms, .acks = Acks::all});
    bench.runTo(40ms);
    bench.nodeDown("a");
    bench.runTo(139ms);
    QCOMPARE(bench.log({appended, lost}), "");
    QCOMPARE(bench.ledger().copies.delayed, 2);
    bench.runTo(200ms);
    QCOMPARE(bench.log({leaderElected, appended, lost}),
             "0 leaderElected jobs/0>a; 140 leaderElected jobs/0>b; 140 appended 1 jobs/0; 140 appended 2 jobs/0");
    QCOMPARE(bench.deliveries().size(), std::size_t{1});
    QVERIFY(bench.deliveries().front().consumer == worker);
    QVERIFY(bench.ledger().closed());
}

// It is safe in the schedule topic. What is lost after that was promised.
void TestStreamDelays::itsProducerHasItsAnswerAtOnce() {
    ChannelSpec jobs = streamOnNodes();
    jobs.delayHolds = DelayHolds::append;
    NodesBench bench(jobs);
    QVERIFY(bench.publish("jobs", {.delay = 50ms, .acks = Acks::all}) == Admission::accepted);
    QVERIFY(bench.publish("jobs", {.acks = Acks::all}) == Admission::awaited);
    bench.runTo(50ms);
    bench.nodeDown("a"); // before anybody else has it
    bench.runTo(300ms);
    QCOMPARE(bench.log({appended, lost}), "0 appended 2 jobs/0; 50 appended 1 jobs/0; 150 lost 1 jobs/0 leader_lost!");
    QVERIFY(bench.ledger().closed());
}

void TestStreamDelays::itCountsForTheBoundOfCopies() {
    const auto endOf = [](int messages) {
        const PlayedScenario run =
            played(R"({"weir": "1", "run": {"for": "5s", "limits": {"copies": 3}}, "events": {"e": {}},
            "channels": {"log": {"kind": "stream", "delayHolds": "append"}},
            "services": {"s": {"sources": [{"emit": "e", "to": "log", "delay": "1min",
              "arrivals": {"every": "100ms", "count": )" +
                   std::to_string(messages) + "}}]}}}");
        return run.log({stopped});
    };
    QCOMPARE(endOf(3), "5 stopped done");
    QCOMPARE(endOf(4), "0.4 stopped bound");
}

// Its marker comes behind it.
void TestStreamDelays::whatIsPublishedWithinATransactionIsAppendedAtOnce() {
    Bench bench(logThatHolds(DelayHolds::append));
    const TransactionTag transaction = bench.begin();
    bench.publish("log", {.delay = 100ms, .transaction = transaction});
    QCOMPARE(bench.log({appended}), "0 appended 1 log/0");
    QVERIFY(bench.end(transaction, true));
    QCOMPARE(bench.delivered(), "1");
}

// --- the delivery ---

void TestStreamDelays::othersPassWhatIsWithheldFromThoseWhoShare() {
    Bench bench(logThatHolds(DelayHolds::delivery));
    bench.send(100ms);
    bench.send(50ms);
    bench.send();
    bench.runTo(49ms);
    QCOMPARE(bench.log({appended}), "0 appended 1 log/0; 0 appended 2 log/0; 0 appended 3 log/0");
    QCOMPARE(bench.delivered(), "3");
    QCOMPARE(bench.ledger().copies.delayed, 4);
    bench.runTo(100ms);
    QCOMPARE(bench.delivered(), "3 2 1");
    QCOMPARE(bench.log({released}),
             "50 released 2 log/0; 50 released 2 log/0; 100 released 1 log/0; 100 released 1 log/0");
    QCOMPARE(bench.ledger().copies.delayed, 0);
    for (const BrokerBench::Delivery& each : std::vector(bench.deliveries()))
        bench.settle(each.tag, Settlement::ack);
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
    QCOMPARE(bench.commits(), (std::vector<std::uint32_t>{3, 3})); // all before it is settled
}

void TestStreamDelays::itIsDeliveredAtOnceWherePartitionsHaveOwners() {
    Bench bench(logThatHolds(DelayHolds::delivery, GroupDelivery::partitions));
    bench.send(100ms);
    QCOMPARE(bench.delivered(), "1");
    QCOMPARE(bench.ledger().copies.delayed, 0);
    QCOMPARE(bench.pending(), std::size_t{0});
}

// Pulsar: failover subscriptions ignore delays, as exclusive ones do.
void TestStreamDelays::itIsDeliveredAtOnceWherePartitionsHaveReadersOfTheirOwn() {
    ChannelSpec channel = logThatHolds(DelayHolds::delivery, GroupDelivery::partitionShared);
    channel.dispatch = DispatchMode::keyShared;
    Bench bench(channel);
    bench.send(100ms);
    QCOMPARE(bench.delivered(), "1");
    QCOMPARE(bench.ledger().copies.delayed, 0);
    QCOMPARE(bench.pending(), std::size_t{0});
}

void TestStreamDelays::allOfAKeyWaitForTheirOwnDelaysOnly() {
    ChannelSpec channel = logThatHolds(DelayHolds::delivery, GroupDelivery::keyShared);
    channel.dispatch = DispatchMode::keyShared;
    Bench bench(channel);
    bench.publish("log", {.key = "k", .delay = 30ms});
    bench.publish("log", {.key = "k"});
    bench.runTo(30ms);
    QCOMPARE(bench.delivered(), "2 1");
}

void TestStreamDelays::whatBecomesReadyComesBeforeWhatIsNotRead() {
    Bench bench(logThatHolds(DelayHolds::delivery), 1);
    bench.send(100ms);
    bench.send(90ms);
    bench.send();
    bench.send();
    bench.runTo(120ms);
    QCOMPARE(bench.delivered(), "3");
    for (const Ordinal next : {3, 1, 2})
        for (const BrokerBench::Delivery& each : std::vector(bench.deliveries()))
            if (each.message == next)
                bench.settle(each.tag, Settlement::ack);
    QCOMPARE(bench.delivered(), "3 1 2 4"); // those two in the order of the log
}

void TestStreamDelays::whatBecameReadyBeforeAnybodyReadItKeepsTheOrderOfTheLog() {
    BrokerBench bench({logThatHolds(DelayHolds::delivery)}, {logReader("g")});
    bench.publish("log", {.delay = 20ms});
    bench.publish("log", {.delay = 60ms});
    bench.publish("log");
    QCOMPARE(bench.ledger().copies.delayed, 2);
    bench.runTo(40ms);
    QCOMPARE(bench.log({released}), "20 released 1 log/0");
    QCOMPARE(bench.ledger().copies.delayed, 1);
    bench.attach("g", 10);
    bench.runTo(60ms);
    QCOMPARE(bench.log({delivered}), "40 delivered 1#1 log/0@0; 40 delivered 3#1 log/0@0; 60 delivered 2#1 log/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestStreamDelays::whoGoesBackFindsWithheldWhatStillIs() {
    Bench bench(logThatHolds(DelayHolds::delivery));
    bench.send(30ms);
    bench.send(100ms);
    bench.send();
    bench.runTo(50ms);
    bench.seek("g", {});
    QCOMPARE(bench.delivered(), "3 1 1 3");
    bench.runTo(100ms);
    QCOMPARE(bench.delivered(), "3 1 1 3 2");
    QCOMPARE(bench.ledger().copies.delayed, 0);
    QVERIFY(bench.ledger().closed());
}

void TestStreamDelays::whatIsForgottenWhileItIsWithheldLeavesTheDelayed() {
    ChannelSpec channel = logThatHolds(DelayHolds::delivery);
    channel.retainCount = 1;
    Bench bench(channel);
    BrokerBench unread({channel}, {logReader("g")});
    for (BrokerBench* each : {static_cast<BrokerBench*>(&bench), &unread}) {
        each->publish("log", {.delay = 50ms});
        each->publish("log");
        each->runTo(60ms);
        QCOMPARE(each->ledger().copies.delayed, 0);
        QVERIFY(each->ledger().closed());
    }
    QCOMPARE(unread.log({expired, released}), "0 expired 1 log/0 retention");
    QCOMPARE(bench.delivered(), "2");
}

void TestStreamDelays::aCommitAfterTheDelayShowsItAtOnceAndOneBeforeItLater() {
    Bench bench(logThatHolds(DelayHolds::delivery));
    const TransactionTag first = bench.begin(), second = bench.begin();
    bench.publish("log", {.delay = 50ms, .transaction = first});
    bench.publish("log", {.delay = 50ms, .transaction = second});
    bench.runTo(20ms);
    bench.end(first, true);
    QCOMPARE(bench.ledger().copies.delayed, 2);
    bench.runTo(70ms);
    bench.end(second, true);
    QCOMPARE(bench.log({released}), "50 released 1 log/0; 50 released 1 log/0");
    QCOMPARE(bench.delivered(), "1 2");
    QVERIFY(bench.ledger().closed());
}

// Its offset is another one's when the time has come.
void TestStreamDelays::whatIsLostWithItsLeaderIsNotReleased() {
    ChannelSpec jobs = streamOnNodes(1);
    jobs.delayHolds = DelayHolds::delivery;
    jobs.group.delivery = GroupDelivery::shared;
    NodesBench bench(jobs);
    bench.publish("jobs", {.delay = 300ms, .acks = Acks::leader});
    bench.nodeDown("a"); // before anybody else has it
    bench.runTo(200ms);
    QCOMPARE(bench.log({appended, lost}), "0 appended 1 jobs/0; 100 lost 1 jobs/0 leader_lost!");
    bench.publish("jobs", {.delay = 250ms, .acks = Acks::leader});
    bench.runTo(440ms);
    bench.attach("worker", 10);
    bench.runTo(449ms);
    QCOMPARE(bench.log({released, delivered}), "");
    bench.runTo(450ms);
    QCOMPARE(bench.log({released, delivered}), "450 released 2 jobs/0; 450 delivered 2#1 jobs/0@0");
    QVERIFY(bench.ledger().closed());
}

// --- either ---

void TestStreamDelays::aStreamThatHoldsNothingTakesNoNoticeOfADelay() {
    Bench bench(logThatHolds(DelayHolds::nothing));
    bench.send(100ms);
    QCOMPARE(bench.delivered(), "1");
    QCOMPARE(bench.pending(), std::size_t{0});
}

void TestStreamDelays::aDelayIsOverOnceForDeadLettersAndRetries() {
    for (const DelayHolds holds : {DelayHolds::nothing, DelayHolds::append, DelayHolds::delivery}) {
        ChannelSpec channel = logThatHolds(holds);
        channel.deadLetter = "dead";
        ChannelSpec dead;
        dead.name = "dead";
        BrokerBench bench({channel, dead}, {logReader("g")});
        bench.attach("g", 10);
        bench.publish("log", {.delay = 40ms});
        bench.runTo(40ms);
        bench.settle(1, Settlement::reject);
        QCOMPARE(bench.ready("dead"), std::size_t{1});
    }
}

void TestStreamDelays::aNamesakeGetsWhatIsLeftOfTheDelay() {
    ChannelSpec near = logThatHolds(DelayHolds::delivery, GroupDelivery::shared, "near");
    near.replicate = {{.to = "far", .takes = 30ms}};
    for (const DelayHolds holds : {DelayHolds::append, DelayHolds::delivery}) {
        BrokerBench bench({near, logThatHolds(holds, GroupDelivery::shared, "far")},
                          {logReader("g", {}, "near"), logReader("h", {}, "far")});
        bench.attach("g", 10);
        bench.attach("h", 10);
        bench.publish("near", {.delay = 100ms});
        bench.publish("near", {.delay = 20ms});
        bench.runTo(200ms);
        QCOMPARE(bench.log({delivered}), "20 delivered 2#1 near/0@0; 30 delivered 2#1 far/0@1; "
                                         "100 delivered 1#1 near/0@0; 100 delivered 1#1 far/0@1");
        QVERIFY(bench.ledger().closed());
    }
}

void TestStreamDelays::whatIsUnderWayKeepsItsDelayWhenTheStreamIsChanged() {
    for (const std::string holds : {"append", "delivery"}) {
        PlayedScenario run = opened(delayed(holds, R"("every": "1s", "count": 2)"));
        run.simulation->run(SimTime{1500ms}, UINT64_MAX, *run.recorder);
        Command change{.kind = CommandKind::set, .pointer = "/channels/log/delayHolds"};
        change.value = Value("nothing");
        QVERIFY(run.simulation->apply(change, *run.recorder).ok());
        run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
        QCOMPARE(run.log({delivered}), "2 delivered 2; 3 delivered 1");
        QVERIFY(run.ledger().closed());
    }
}

void TestStreamDelays::aSnapshotWhileSomethingWaitsGoesOnIdentically() {
    for (const std::string holds : {"append", "delivery"}) {
        PlayedScenario run = opened(delayed(holds, R"("poisson": "5/s")"));
        run.simulation->run(SimTime{5s}, UINT64_MAX, *run.recorder);
        QVERIFY(run.ledger().copies.delayed > 0);
        const std::size_t bytes = run.simulation->memoryBytes();
        QVERIFY(bytes > 0);
        Simulation snapshot = *run.simulation;
        Recorder other = run.recorder->scratch(run.recorder->mark());
        run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
        snapshot.run(SimTime::max(), UINT64_MAX, other);
        QCOMPARE(other.fingerprint(), run.recorder->fingerprint());
    }
}

void TestStreamDelays::whatIsDueNextIsTold() {
    const auto next = [](const std::string& holds) {
        PlayedScenario run = opened(delayed(holds, R"("every": "1s", "count": 1)"));
        run.simulation->run(SimTime{1s}, UINT64_MAX, *run.recorder);
        QStringList all;
        for (const PendingDue& due : run.simulation->pending(10).dues)
            all << QString::number(seconds(due.at)) + QLatin1Char(' ') +
                       QString::fromStdString(std::string(name(due.kind))) + QStringLiteral(" %1").arg(due.ordinal);
        return all.join(QStringLiteral("; "));
    };
    QCOMPARE(next("append"), "3 release 1");
    QCOMPARE(next("delivery"), "3 release 0; 3 release 1"); // the record, and the copy of who has read it
}

QTEST_APPLESS_MAIN(TestStreamDelays)
#include "tst_stream_delays.moc"
