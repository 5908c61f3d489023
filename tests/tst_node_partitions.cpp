// Nodes that do not reach each other, and consumers that do not reach a node, rule by rule. Rules: the Raft paper, 5.2;
// Apache Kafka, Design, "Replication", and KIP-500 (a broker that the controllers do not hear of is fenced).
#include "support/nodes_bench.h"

#include <QTest>

using namespace weir;

namespace {

using Kind = RecordKind;
using Admissions = std::vector<std::pair<std::uint64_t, Admission>>;

constexpr ReplicationSpec raft{.commitRule = CommitRule::majority};

// Publishes to "events" go to both.
std::vector<ChannelSpec> fanOut() {
    ChannelSpec events;
    events.name = "events";
    events.kind = ChannelKind::exchange;
    events.exchangeType = ExchangeType::fanout;
    ChannelSpec jobs = jobsOnNodes(), audit = jobsOnNodes();
    jobs.replicas = audit.replicas = 1;
    jobs.leader = "a";
    audit.leader = "b";
    audit.name = "audit";
    jobs.bindings.push_back({.to = "events"});
    audit.bindings.push_back({.to = "events"});
    return {events, jobs, audit};
}

} // namespace

class TestNodePartitions : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aFollowerThatIsCutOffIsOutOfSyncAfterTheLagAndCatchesUp();
    void aCutThatEndsInTimeIsNotNoticed();
    void aMajorityLeaderThatIsCutOffServesNobodyAndStepsDown();
    void whatALeaderTookAloneIsLostWhenItIsReplaced();
    void kafkasLeaderOnTheMinoritySideIsReplacedByOneInSync();
    void aLeaderThatReachesTheMajorityStays();
    void anEvenSplitElectsNobodyAndCommitsNothing();
    void aCutThatEndsBeforeTheElectionChangesNoLeader();
    void twoNodesThatDoNotReachEachOtherButTheThirdOne();
    void withoutALeaderOnlyTheMajoritySideElects();
    void theNamedLeaderLeadsAgainWhenItIsReached();
    void theFirstReplicaLeadsAgainAfterAWhileWhereThatIsSaid();
    void aConsumerThatDoesNotReachTheLeaderGetsNothing();
    void whatItGivesBackIsDeliveredBeforeTheQueueSeesToItsLength();
    void anotherLeaderIsReachedAgain();
    void ofAStreamOnlyThePartitionsThatAreReachedAreRead();
    void theOtherQueuesGetWhatOneWithoutALeaderDoesNot();
    void anEntryThatWasRefusedAfterAllWasNotPromised();
    void aGroupThatSharesRecordsGetsNoneOfAPartitionWithoutALeader();
};

void TestNodePartitions::aFollowerThatIsCutOffIsOutOfSyncAfterTheLagAndCatchesUp() {
    NodesBench bench;
    bench.separate({"c"}, {"a", "b"});
    bench.send();
    bench.runTo(100ms);
    QCOMPARE(bench.log({Kind::enqueued, Kind::replicaBehind}), "50 replicaBehind jobs>c; 50 enqueued 1 jobs");
    bench.separate({}, {});
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::replicaCaughtUp}), "102 replicaCaughtUp jobs>c");
    QCOMPARE(bench.log({Kind::leaderLost}), "");
}

void TestNodePartitions::aCutThatEndsInTimeIsNotNoticed() {
    NodesBench bench;
    bench.separate({"c"}, {"a", "b"});
    bench.send();
    bench.runTo(30ms);
    bench.separate({}, {});
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::replicaBehind, Kind::enqueued}), "32 enqueued 1 jobs");
}

void TestNodePartitions::aMajorityLeaderThatIsCutOffServesNobodyAndStepsDown() {
    NodesBench bench(jobsOnNodes(raft));
    bench.attach("jobs");
    bench.send();
    bench.runTo(10ms);
    bench.separate({"a"}, {"b", "c"});
    bench.settle(1, Settlement::ack); // it waits for somebody to take it
    bench.send();
    bench.runTo(109ms);
    QCOMPARE(bench.log({Kind::acked, Kind::leaderLost}), "");
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::leaderLost, Kind::leaderElected, Kind::acked}),
             "110 leaderLost jobs>a; 110 leaderElected jobs>b; 110 acked 1#1 jobs@0");
    QCOMPARE(bench.broker().nodeOf(ChannelId{0}, 0), bench.catalogue().node("b"));
    QVERIFY(bench.ledger().closed());
}

void TestNodePartitions::whatALeaderTookAloneIsLostWhenItIsReplaced() {
    for (const CommitRule rule : {CommitRule::majority, CommitRule::inSync}) {
        NodesBench bench(jobsOnNodes({.commitRule = rule}));
        bench.separate({"a"}, {"b", "c"});
        bench.send(Acks::leader);
        bench.send(Acks::all);
        bench.runTo(200ms);
        QCOMPARE(bench.log({Kind::lost}), "100 lost 2 jobs leader_lost; 100 lost 1 jobs leader_lost!");
        QVERIFY(bench.ledger().closed());
    }
}

void TestNodePartitions::kafkasLeaderOnTheMinoritySideIsReplacedByOneInSync() {
    NodesBench bench;
    bench.nodeDown("b");
    bench.runTo(60ms); // b is out of sync
    bench.nodeUp("b");
    bench.separate({"a"}, {"b", "c"}); // before it has caught up
    bench.runTo(500ms);
    QCOMPARE(bench.log({Kind::leaderLost, Kind::leaderElected, Kind::replicaBehind}),
             "50 replicaBehind jobs>b; 160 leaderLost jobs>a; 160 leaderElected jobs>c; "
             "160 replicaBehind jobs>a");
    bench.separate({}, {});
    bench.runTo(600ms);
    QCOMPARE(bench.broker().inSync(ChannelId{0}, 0), std::size_t{3});
    QCOMPARE(bench.broker().nodeOf(ChannelId{0}, 0), bench.catalogue().node("c"));
}

void TestNodePartitions::aLeaderThatReachesTheMajorityStays() {
    for (const CommitRule rule : {CommitRule::majority, CommitRule::inSync}) {
        NodesBench bench(jobsOnNodes({.commitRule = rule}));
        bench.separate({"c"}, {"a", "b"});
        bench.send(Acks::all);
        bench.runTo(1s);
        QCOMPARE(bench.log({Kind::leaderLost}), "");
        QCOMPARE(bench.admissions(), (Admissions{{1, Admission::accepted}}));
    }
}

void TestNodePartitions::anEvenSplitElectsNobodyAndCommitsNothing() {
    for (const CommitRule rule : {CommitRule::majority, CommitRule::inSync}) {
        NodesBench bench({jobsOnNodes({.replicas = 2, .commitRule = rule})}, {{.name = "a"}, {.name = "b"}});
        bench.separate({"a"}, {"b"});
        bench.send(Acks::all);
        bench.runTo(1s);
        QCOMPARE(bench.log({Kind::leaderLost, Kind::enqueued}), "");
        if (rule == CommitRule::inSync) // nobody is asked who is in sync
            QCOMPARE(bench.log({Kind::replicaBehind}), "");
        bench.separate({}, {});
        bench.runTo(2s);
        QCOMPARE(bench.log({Kind::leaderLost, Kind::enqueued}), "1002 enqueued 1 jobs");
        QCOMPARE(bench.admissions(), (Admissions{{1, Admission::accepted}}));
    }
}

void TestNodePartitions::aCutThatEndsBeforeTheElectionChangesNoLeader() {
    NodesBench bench(jobsOnNodes(raft));
    bench.separate({"a"}, {"b", "c"});
    bench.send(Acks::all);
    bench.runTo(90ms);
    bench.separate({}, {});
    bench.runTo(300ms);
    QCOMPARE(bench.log({Kind::leaderLost, Kind::enqueued}), "92 enqueued 1 jobs");
}

// a leads and reaches c, b reaches c: each of them has a majority, and nothing is wrong with a.
void TestNodePartitions::twoNodesThatDoNotReachEachOtherButTheThirdOne() {
    NodesBench bench(jobsOnNodes(raft));
    bench.separate({"a"}, {"b"});
    bench.send(Acks::all);
    bench.runTo(500ms);
    QCOMPARE(bench.log({Kind::leaderLost, Kind::enqueued}), "2 enqueued 1 jobs");
}

void TestNodePartitions::withoutALeaderOnlyTheMajoritySideElects() {
    NodesBench bench;
    bench.separate({"b"}, {"a", "c"});
    bench.nodeDown("a"); // b would be the next one
    bench.runTo(500ms);
    QCOMPARE(bench.log({Kind::leaderElected}), "100 leaderElected jobs>c");
}

void TestNodePartitions::theNamedLeaderLeadsAgainWhenItIsReached() {
    NodesBench bench(jobsOnNodes({.leader = "a"}));
    bench.separate({"a"}, {"b", "c"});
    bench.runTo(500ms);
    bench.separate({}, {});
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::leaderElected, Kind::replicaCaughtUp}),
             "100 leaderElected jobs>b; 502 replicaCaughtUp jobs>a; 602 leaderElected jobs>a");
}

void TestNodePartitions::theFirstReplicaLeadsAgainAfterAWhileWhereThatIsSaid() {
    NodesBench bench(jobsOnNodes({.leaderReturns = 300ms}));
    bench.nodeDown("a");
    bench.runTo(200ms);
    bench.nodeUp("a");
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::leaderElected, Kind::replicaCaughtUp}),
             "100 leaderElected jobs>b; 202 replicaCaughtUp jobs>a; 502 leaderElected jobs>a");
}

void TestNodePartitions::aConsumerThatDoesNotReachTheLeaderGetsNothing() {
    NodesBench bench;
    const ConsumerId first = bench.attach("jobs"), second = bench.attach("jobs");
    bench.send();
    bench.runTo(10ms);
    bench.setReach(first, "a", false);
    bench.runTo(20ms);
    QCOMPARE(bench.log({Kind::delivered, Kind::requeued}),
             "2 delivered 1#1 jobs@0; 10 requeued 1#1 jobs@0 disconnected; 10 delivered 1#2 jobs@1");
    QVERIFY(bench.settle(1, Settlement::ack));
    bench.send();
    bench.runTo(30ms);
    bench.send();
    bench.runTo(40ms);
    bench.setReach(first, "a", true);
    QCOMPARE(bench.log({Kind::delivered}).section("; ", 2), "22 delivered 2#1 jobs@1; 40 delivered 3#1 jobs@0");
    bench.setReach(second, "b", false); // which leads nothing
    QVERIFY(bench.settle(2, Settlement::ack));
    QVERIFY(bench.ledger().closed());
}

void TestNodePartitions::whatItGivesBackIsDeliveredBeforeTheQueueSeesToItsLength() {
    ChannelSpec jobs = jobsOnNodes();
    jobs.requeueTo = RequeueTo::returnedIfLimited;
    jobs.retry = RetrySpec{.max = 5, .backoff = Backoff::none};
    jobs.capacity = 1;
    jobs.overflow = Overflow::dropOldest;
    NodesBench bench(jobs);
    const ConsumerId first = bench.attach("jobs", 3);
    for (int i = 0; i < 3; ++i)
        bench.send();
    bench.runTo(10ms);
    bench.attach("jobs", 1);
    bench.setReach(first, "a", false);
    QCOMPARE(bench.log({Kind::delivered, Kind::dropped}).section("; ", 3),
             "10 delivered 1#2 jobs@1; 10 dropped 2#1 jobs maxlen");
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
}

void TestNodePartitions::anotherLeaderIsReachedAgain() {
    NodesBench bench;
    const ConsumerId only = bench.attach("jobs");
    bench.setReach(only, "b", false);
    bench.send();
    bench.runTo(10ms);
    QCOMPARE(bench.log({Kind::delivered}), "2 delivered 1#1 jobs@0");
    bench.nodeDown("a");
    bench.runTo(200ms); // b leads, which it does not reach
    QCOMPARE(bench.log({Kind::requeued}), "110 requeued 1#1 jobs@0 disconnected");
    bench.nodeDown("b");
    bench.runTo(400ms); // c
    QCOMPARE(bench.log({Kind::delivered}), "2 delivered 1#1 jobs@0; 300 delivered 1#2 jobs@0");
}

void TestNodePartitions::ofAStreamOnlyThePartitionsThatAreReachedAreRead() {
    ChannelSpec stream = streamOnNodes(2); // of which a and b lead one each
    NodesBench bench(stream);
    const ConsumerId only = bench.attach("worker", 10);
    bench.openGroups();
    bench.setReach(only, "b", false);
    for (int i = 0; i < 4; ++i)
        bench.send(); // in turn
    bench.runTo(10ms);
    QCOMPARE(bench.log({Kind::delivered}), "2 delivered 1#1 jobs/0@0");
    bench.setReach(only, "b", true);
    QCOMPARE(bench.log({Kind::delivered}), "2 delivered 1#1 jobs/0@0; 10 delivered 2#1 jobs/1@0");
    bench.setReach(only, "a", false);
    QCOMPARE(bench.log({Kind::requeued}), "10 requeued 1#1 jobs/0@0 disconnected");
    QVERIFY(!bench.settle(1, Settlement::ack));
    QVERIFY(bench.ledger().closed());
}

void TestNodePartitions::theOtherQueuesGetWhatOneWithoutALeaderDoesNot() {
    NodesBench bench(fanOut());
    bench.nodeDown("a");                                                        // which alone has jobs
    QCOMPARE(bench.publish("events", {.acks = Acks::all}), Admission::refused); // a no, though audit has it
    QCOMPARE(bench.publish("events"), Admission::accepted);
    bench.nodeDown("b");
    QCOMPARE(bench.publish("events", {.acks = Acks::all}), Admission::refused);
    QCOMPARE(bench.log({Kind::routed, Kind::refused, Kind::lost, Kind::enqueued}),
             "0 routed 1 events; 0 enqueued 1 audit; 0 lost 1 jobs no_leader; 0 routed 2 events; 0 enqueued 2 audit; "
             "0 lost 2 jobs no_leader; 0 refused 3 events no_leader");
    QVERIFY(bench.ledger().closed());
}

// Kafka: NOT_ENOUGH_REPLICAS_AFTER_APPEND. It is in the log, and may be lost without a broken promise.
void TestNodePartitions::anEntryThatWasRefusedAfterAllWasNotPromised() {
    for (const ChannelKind kind : {ChannelKind::queue, ChannelKind::stream}) {
        ChannelSpec channel = jobsOnNodes({.minInSync = 2, .uncleanElection = true});
        channel.replicas = 2;
        channel.kind = kind;
        NodesBench bench(channel);
        bench.openGroups();
        bench.nodeDown("b");
        QCOMPARE(bench.send(Acks::all), Admission::awaited);
        bench.runTo(60ms); // b is out of sync, and a commits alone
        QCOMPARE(bench.admissions(), (Admissions{{1, Admission::refused}}));
        bench.nodeDown("a");
        bench.nodeUp("b");
        bench.runTo(500ms);
        const QString lost = bench.log({Kind::lost});
        QVERIFY2(lost.contains("lost 1 jobs") && lost.endsWith("leader_lost"), qPrintable(lost));
        QVERIFY(bench.ledger().closed());
    }
}

void TestNodePartitions::aGroupThatSharesRecordsGetsNoneOfAPartitionWithoutALeader() {
    ChannelSpec stream = streamOnNodes(2);
    stream.replicas = 1; // a and b have one each
    stream.group.delivery = GroupDelivery::shared;
    NodesBench bench(stream);
    const ConsumerId only = bench.attach("worker", 10);
    bench.send();
    bench.send();
    bench.runTo(10ms);
    bench.disconnect(only); // both go back
    bench.nodeDown("a");
    bench.resume(only);
    bench.runTo(20ms);
    QCOMPARE(bench.log({Kind::delivered}).section("; ", 2), "10 delivered 2#2 jobs/1@0");
    bench.nodeUp("a");
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::delivered}).section("; ", 3), "110 delivered 1#2 jobs/0@0");
    QVERIFY(bench.ledger().closed());
}

QTEST_APPLESS_MAIN(TestNodePartitions)
#include "tst_node_partitions.moc"
