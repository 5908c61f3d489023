// What goes wrong on a node while it is there: no room on its disk, a slow disk, a clock that is off; and in which
// order those are served who had to wait for a leader. Rules: RabbitMQ, "Free Disk Space Alarms"; Apache Kafka, KIP-112
// and replica.lag.time.max.ms.
#include "support/nodes_bench.h"

#include <QTest>

using namespace weir;

namespace {

using Kind = RecordKind;
using Admissions = std::vector<std::pair<std::uint64_t, Admission>>;

constexpr ReplicationSpec offline{.whenDiskFull = WhenDiskFull::offline};

std::vector<NodeSpec> withRoomOnA(std::int64_t bytes) {
    std::vector<NodeSpec> nodes = threeNodes();
    nodes.front().disk = Bytes{bytes};
    return nodes;
}

} // namespace

class TestNodeFaults : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void whileTheDiskOfAnyNodeIsFullPublishersWaitAndConsumersGoOn();
    void whoWaitsForADiskGivesUpInTime();
    void whoWaitsForTwoDisksWaitsForBoth();
    void aReplicaWithoutRoomIsNotThereAndAnotherLeads();
    void aReplicaWithoutRoomIsBackWhenThereIsRoomAndItsNodeIsUp();
    void withNoRoomAnywhereNobodyLeads();
    void aDiskFillsUpWithWhatItsReplicasHold();
    void aStreamsDiskHasRoomAgainAfterRetention();
    void aDiskWithoutASizeNeverFillsUp();
    void aSlowDiskMakesThoseWhoAskForAllWait();
    void aSlowDiskOfAMajoritysSlowestCostsNothing();
    void aFollowerWithASlowDiskFallsOutOfSyncAndIsBack();
    void aLeaderWhoseClockIsAheadForgetsEarlier();
    void whatWasStampedAheadLivesLonger();
    void theNextLeaderForgetsByItsOwnClock();
    void aTimeToLiveFromThePublishEndsByTheLeadersClock();
    void aConsumerOfAQueueThatIsNotServedMakesNoRoom();
    void whoWaitedForALeaderIsServedBeforeADelayEnds();
    void whatWaitsForItsPartitionsLeaderKeepsItsTurn();
};

void TestNodeFaults::whileTheDiskOfAnyNodeIsFullPublishersWaitAndConsumersGoOn() {
    ChannelSpec queue = jobsOnNodes();
    queue.replicas = 1; // on a alone
    NodesBench bench(queue);
    QCOMPARE(bench.send(), Admission::accepted);
    bench.diskFull("c", true);
    QCOMPARE(bench.send(), Admission::blocked);
    QCOMPARE(bench.send(), Admission::blocked);
    bench.attach("jobs");
    bench.runTo(10ms);
    QCOMPARE(bench.log({Kind::delivered}), "0 delivered 1#1 jobs@0");
    QVERIFY(bench.settle(1, Settlement::ack));
    bench.diskFull("c", false);
    bench.runTo(20ms);
    QCOMPARE(bench.log({Kind::diskFull, Kind::blocked, Kind::diskFree, Kind::unblocked, Kind::delivered}),
             "0 diskFull>c; 0 blocked 2 jobs disk_full; 0 blocked 3 jobs disk_full; 0 delivered 1#1 jobs@0; "
             "10 diskFree>c; 10 unblocked 2 jobs; 10 delivered 2#1 jobs@0; 10 unblocked 3 jobs");
    QCOMPARE(bench.admissions(), (Admissions{{2, Admission::accepted}, {3, Admission::accepted}}));
    QVERIFY(bench.ledger().closed());
}

void TestNodeFaults::whoWaitsForADiskGivesUpInTime() {
    NodesBench bench;
    bench.diskFull("a", true);
    QCOMPARE(bench.publish("jobs", {.timeout = 30ms}), Admission::blocked);
    QCOMPARE(bench.publish("jobs", {.timeout = 90ms}), Admission::blocked);
    bench.runTo(50ms);
    bench.diskFull("a", false);
    bench.runTo(100ms);
    QCOMPARE(bench.log({Kind::unblocked, Kind::refused, Kind::routed}),
             "30 unblocked 1 jobs; 30 refused 1 jobs publisher_timeout; 50 unblocked 2 jobs; 50 routed 2 jobs");
    QCOMPARE(bench.admissions(), (Admissions{{1, Admission::refused}, {2, Admission::accepted}}));
}

void TestNodeFaults::whoWaitsForTwoDisksWaitsForBoth() {
    NodesBench bench;
    bench.diskFull("a", true);
    bench.diskFull("b", true);
    bench.diskFull("b", true); // no other disk
    QCOMPARE(bench.send(), Admission::blocked);
    bench.runTo(10ms);
    bench.diskFull("b", false);
    bench.runTo(20ms);
    QCOMPARE(bench.log({Kind::routed}), "");
    bench.diskFull("a", false);
    QCOMPARE(bench.log({Kind::routed}), "20 routed 1 jobs");
}

void TestNodeFaults::aReplicaWithoutRoomIsNotThereAndAnotherLeads() {
    NodesBench bench(jobsOnNodes(offline));
    bench.diskFull("a", true);
    QCOMPARE(bench.send(), Admission::refused);
    bench.runTo(100ms);
    QCOMPARE(bench.send(), Admission::accepted);
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::leaderLost, Kind::refused, Kind::leaderElected, Kind::replicaBehind, Kind::enqueued}),
             "0 leaderLost jobs>a; 0 refused 1 jobs no_leader; 100 leaderElected jobs>b; 100 replicaBehind jobs>a; "
             "102 enqueued 2 jobs");
    QVERIFY(bench.broker().isUp(bench.catalogue().node("a"))); // it is the disk alone
}

void TestNodeFaults::aReplicaWithoutRoomIsBackWhenThereIsRoomAndItsNodeIsUp() {
    NodesBench bench(jobsOnNodes(offline));
    bench.diskFull("c", true);
    bench.nodeDown("c");
    bench.runTo(100ms);
    bench.nodeUp("c"); // without room it is of no use
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::replicaBehind, Kind::replicaCaughtUp}), "50 replicaBehind jobs>c");
    bench.diskFull("c", false);
    bench.runTo(300ms);
    QCOMPARE(bench.log({Kind::replicaCaughtUp}), "202 replicaCaughtUp jobs>c");
    bench.diskFull("c", true);
    bench.nodeDown("c");
    bench.diskFull("c", false); // while it is down
    bench.runTo(400ms);
    QCOMPARE(bench.log({Kind::replicaCaughtUp}), "202 replicaCaughtUp jobs>c");
}

void TestNodeFaults::withNoRoomAnywhereNobodyLeads() {
    NodesBench bench(jobsOnNodes(offline));
    for (const char* node : {"a", "b", "c"})
        bench.diskFull(node, true);
    bench.runTo(1s);
    QCOMPARE(bench.send(), Admission::refused);
    bench.diskFull("b", false);
    bench.runTo(2s);
    QCOMPARE(bench.log({Kind::leaderElected}), "1100 leaderElected jobs>b");
}

void TestNodeFaults::aDiskFillsUpWithWhatItsReplicasHold() {
    NodesBench bench({jobsOnNodes()}, withRoomOnA(30));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(bench.publish("jobs", {.size = 10}), Admission::accepted);
    QCOMPARE(bench.publish("jobs", {.size = 10}), Admission::accepted); // nobody has looked yet
    bench.runTo(100ms);
    QCOMPARE(bench.publish("jobs", {.size = 10}), Admission::blocked);
    bench.attach("jobs", 2);
    bench.runTo(150ms);
    QVERIFY(bench.settle(1, Settlement::ack));
    bench.runTo(300ms);
    QCOMPARE(bench.log({Kind::diskFull, Kind::diskFree}), "100 diskFull>a"); // three of them fill it still
    QVERIFY(bench.settle(2, Settlement::ack));
    bench.runTo(400ms);
    QCOMPARE(bench.log({Kind::diskFree, Kind::unblocked}), "400 diskFree>a; 400 unblocked 5 jobs");
    QVERIFY(bench.ledger().closed());
}

void TestNodeFaults::aStreamsDiskHasRoomAgainAfterRetention() {
    ChannelSpec stream = streamOnNodes(1, offline);
    stream.retainFor = 500ms;
    NodesBench bench({stream}, withRoomOnA(20));
    bench.openGroups();
    bench.publish("jobs", {.size = 10});
    bench.publish("jobs", {.size = 10});
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::diskFull, Kind::leaderLost, Kind::leaderElected, Kind::diskFree}),
             "0 leaderElected jobs/0>a; 100 diskFull>a; 100 leaderLost jobs/0>a; 200 leaderElected jobs/0>b; "
             "600 diskFree>a");
    QCOMPARE(bench.broker().inSync(ChannelId{0}, 0), std::size_t{3});
}

void TestNodeFaults::aDiskWithoutASizeNeverFillsUp() {
    NodesBench bench({jobsOnNodes()}, withRoomOnA(1'000'000'000));
    for (int i = 0; i < 10; ++i)
        bench.publish("jobs", {.size = 99'999'999});
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::diskFull}), "");
    bench.publish("jobs", {.size = 10});
    bench.runTo(2s);
    QCOMPARE(bench.log({Kind::diskFull}), "1100 diskFull>a"); // b and c have none
}

void TestNodeFaults::aSlowDiskMakesThoseWhoAskForAllWait() {
    NodesBench bench;
    bench.slowDisk("c", 30ms);
    QCOMPARE(bench.send(Acks::all), Admission::awaited);
    bench.runTo(31999us);
    QCOMPARE(bench.admissions(), Admissions());
    bench.runTo(32ms); // there at 1, written at 31, known at 32
    QCOMPARE(bench.admissions(), (Admissions{{1, Admission::accepted}}));
    bench.slowDisk("c", 0ms);
    bench.send(Acks::all);
    bench.runTo(34ms);
    QCOMPARE(bench.admissions().size(), std::size_t{2});
}

void TestNodeFaults::aSlowDiskOfAMajoritysSlowestCostsNothing() {
    NodesBench bench(jobsOnNodes({.commitRule = CommitRule::majority}));
    bench.slowDisk("c", 30ms);
    bench.send(Acks::all);
    bench.runTo(2ms);
    QCOMPARE(bench.admissions(), (Admissions{{1, Admission::accepted}}));
}

void TestNodeFaults::aFollowerWithASlowDiskFallsOutOfSyncAndIsBack() {
    NodesBench bench;
    bench.slowDisk("c", 200ms);
    bench.send(Acks::all);
    bench.runTo(150ms);
    QCOMPARE(bench.log({Kind::replicaBehind}), "50 replicaBehind jobs>c");
    QCOMPARE(bench.admissions(), (Admissions{{1, Admission::accepted}})); // the others have it
    bench.runTo(300ms);
    QCOMPARE(bench.log({Kind::replicaCaughtUp}), "202 replicaCaughtUp jobs>c");
}

void TestNodeFaults::aLeaderWhoseClockIsAheadForgetsEarlier() {
    ChannelSpec stream = streamOnNodes();
    stream.retainFor = 1s;
    NodesBench bench(stream);
    bench.openGroups();
    bench.send();
    bench.runTo(200ms);
    bench.setClock("b", 10s); // it leads nothing
    bench.setClock("a", 700ms);
    bench.runTo(2s);
    QVERIFY(bench.log({Kind::expired}).startsWith("300 expired 1 jobs/0"));
}

void TestNodeFaults::whatWasStampedAheadLivesLonger() {
    ChannelSpec stream = streamOnNodes();
    stream.retainFor = 1s;
    NodesBench bench(stream);
    bench.openGroups();
    bench.setClock("a", 700ms);
    bench.send();
    bench.setClock("a", 0ms);
    bench.runTo(100ms);
    bench.send();
    bench.runTo(3s);
    // The first one, at the head, keeps the second one, as a segment does.
    QVERIFY2(bench.log({Kind::expired}).startsWith("1700 expired 1 jobs/0"), qPrintable(bench.log({Kind::expired})));
    QVERIFY(bench.log({Kind::expired}).contains("1700 expired 2 jobs/0"));
}

void TestNodeFaults::theNextLeaderForgetsByItsOwnClock() {
    ChannelSpec stream = streamOnNodes();
    stream.retainFor = 1s;
    NodesBench bench(stream);
    bench.openGroups();
    bench.send();
    bench.setClock("b", 5s);
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::expired}), "");
    bench.nodeDown("a");
    bench.runTo(3s);
    QVERIFY2(bench.log({Kind::expired}).startsWith("300 expired 1 jobs/0"), qPrintable(bench.log({Kind::expired})));
}

void TestNodeFaults::aTimeToLiveFromThePublishEndsByTheLeadersClock() {
    ChannelSpec queue = jobsOnNodes();
    queue.ttl = 1s;
    queue.ttlFrom = TtlFrom::published;
    NodesBench bench(queue);
    bench.setClock("a", 400ms);
    bench.send();
    bench.runTo(2s);
    QVERIFY2(bench.log({Kind::deadLettered, Kind::expired}).startsWith("600 "),
             qPrintable(bench.log({Kind::deadLettered, Kind::expired})));
    queue.ttlFrom = TtlFrom::ready;
    NodesBench other(queue);
    other.setClock("a", 400ms);
    other.send();
    other.runTo(2s);
    QVERIFY2(other.log({Kind::deadLettered, Kind::expired}).startsWith("1002 "),
             qPrintable(other.log({Kind::deadLettered, Kind::expired})));
}

// What three of four replicas have is committed, though only two of them are there.
void TestNodeFaults::aConsumerOfAQueueThatIsNotServedMakesNoRoom() {
    ChannelSpec queue = jobsOnNodes({.replicas = 4, .commitRule = CommitRule::majority});
    queue.capacity = 1;
    queue.overflow = Overflow::dropNewest;
    std::vector<NodeSpec> nodes = threeNodes();
    nodes.push_back({.name = "d"});
    NodesBench bench(std::vector{queue}, nodes);
    bench.setHop("d", 1ms);
    bench.attach("jobs", 5);
    bench.nodeDown("b");
    bench.nodeDown("d");
    for (int i = 0; i < 3; ++i)
        bench.send();
    bench.runTo(10ms);
    bench.nodeDown("c");
    bench.nodeUp("b");
    bench.runTo(20ms);
    QCOMPARE(bench.log({Kind::enqueued, Kind::dropped, Kind::delivered}),
             "12 enqueued 1 jobs; 12 dropped 2 jobs maxlen; 12 dropped 3 jobs maxlen");
    bench.nodeUp("d");
    bench.runTo(30ms);
    QCOMPARE(bench.log({Kind::delivered}), "20 delivered 1#1 jobs@0");
    QVERIFY(bench.ledger().closed());
}

// The consumer takes what came back to it, so there is no room for the third.
void TestNodeFaults::whoWaitedForALeaderIsServedBeforeADelayEnds() {
    ChannelSpec queue = jobsOnNodes();
    queue.replicas = 1;
    queue.capacity = 1;
    queue.overflow = Overflow::dropNewest;
    queue.delay = 10ms;
    NodesBench bench(queue);
    bench.attach("jobs");
    bench.send();
    bench.send();
    bench.runTo(5ms);
    bench.send();
    bench.runTo(12ms);
    bench.nodeDown("a");
    bench.runTo(20ms);
    bench.nodeUp("a");
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::requeued, Kind::released, Kind::dropped, Kind::delivered}),
             "10 released 1 jobs; 10 delivered 1#1 jobs@0; 10 released 2 jobs; 12 requeued 1#1 jobs@0 disconnected; "
             "112 delivered 1#2 jobs@0; 112 dropped 3 jobs maxlen");
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
    QVERIFY(bench.ledger().closed());
}

// 3 came back before 1; meanwhile the other partition goes on.
void TestNodeFaults::whatWaitsForItsPartitionsLeaderKeepsItsTurn() {
    ChannelSpec stream = streamOnNodes(2);
    stream.replicas = 1;
    stream.group.delivery = GroupDelivery::shared;
    stream.retry = RetrySpec{.max = 5, .backoff = Backoff::none, .returnTo = RequeueTo::returned};
    NodesBench bench(stream);
    const ConsumerId reader = bench.attach("worker", 4);
    for (int i = 0; i < 4; ++i)
        bench.send();
    bench.runTo(1ms);
    QCOMPARE(bench.log({Kind::delivered}), "0 delivered 1#1 jobs/0@0; 0 delivered 2#1 jobs/1@0; "
                                           "0 delivered 3#1 jobs/0@0; 0 delivered 4#1 jobs/1@0");
    bench.allow(reader, 1);
    bench.settle(3, Settlement::retry);
    bench.settle(1, Settlement::retry);
    bench.nodeDown("a");
    bench.settle(2, Settlement::ack);
    bench.settle(4, Settlement::ack);
    bench.send();
    bench.runTo(10ms);
    bench.nodeUp("a");
    bench.runTo(200ms);
    bench.settle(5, Settlement::ack);
    bench.settle(3, Settlement::ack);
    QCOMPARE(bench.log({Kind::delivered}).section("; ", 4),
             "1 delivered 5#1 jobs/1@0; 200 delivered 3#2 jobs/0@0; 200 delivered 1#2 jobs/0@0");
}

QTEST_APPLESS_MAIN(TestNodeFaults)
#include "tst_node_faults.moc"
