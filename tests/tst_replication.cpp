// Replicas, rule by rule, on a broker driven by hand: what is committed when, who leads next, what is lost and who had
// been told otherwise. Rules: Apache Kafka, Design, "Replication"; RabbitMQ, "Quorum Queues"; the Raft paper.
#include "support/nodes_bench.h"

#include <QTest>

using namespace weir;

namespace {

using Kind = RecordKind;
using Admissions = std::vector<std::pair<std::uint64_t, Admission>>;

// On the nodes a, b and c, which are one millisecond apart; `a` leads.
ChannelSpec alone() {
    ChannelSpec queue = jobsOnNodes();
    queue.replicas = 1;
    return queue;
}

std::vector<NodeSpec> nodes(Duration write = {}, std::optional<Duration> flushEvery = {}) {
    return {{.name = "a", .write = write, .flushEvery = flushEvery},
            {.name = "b", .write = write, .flushEvery = flushEvery},
            {.name = "c", .write = write, .flushEvery = flushEvery}};
}

struct Bench : BrokerBench {
    explicit Bench(ChannelSpec channel = jobsOnNodes(), std::vector<NodeSpec> on = nodes(), Duration apart = 1ms)
        : BrokerBench({std::move(channel)}, readers(), {}, std::move(on)) {
        for (const char* node : {"a", "b", "c"})
            setHop(node, apart);
    }
    static std::vector<ServiceSpec> readers() {
        ServiceSpec worker;
        worker.name = "worker";
        worker.handlers.push_back({.on = "jobs"});
        return {worker};
    }
    Admission send(std::optional<Acks> acks = {}) { return publish("jobs", {.acks = acks}); }
};

} // namespace

class TestReplication : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aMessageIsDeliveredWhenAllReplicasInSyncHaveIt();
    void nothingWaitsWhereNodesAreNoTimeApart();
    void aFollowerFetchesWhatCameMeanwhileInOne();
    void aMajorityDoesNotWaitForTheSlowest();
    void writingTakesTimeAtEachReplica();
    void acksAllAnswersWithTheCommit();
    void acksLeaderAnswersWhenTheLeaderHasWrittenIt();
    void acksNoneWaitsForNothingAndLosesWithoutALeader();
    void aReplicaThatLagsTooLongIsNotInSyncUntilItHasCaughtUp();
    void aFollowerWhoseNodeDiedLeavesTheSetInSyncWhenTheControllersMissIt();
    void aFollowerThatIsBackBeforeItIsMissedStaysInSync();
    void acksAllIsRefusedWithTooFewInSync();
    void whoMissedNothingIsInSyncAgain();
    void whatIsNotCommittedReplacesNothing();
    void leadersAreSpreadOverTheNodes();
    void withoutALeaderPublishesAreRefusedUntilTheElection();
    void whatConsumersHaveStaysWithThemWhenAnotherReplicaLeads();
    void aTimeoutWaitsForTheLeader();
    void whatTheNextLeaderHasNotIsLost();
    void whatTheNextLeaderHasIsKeptThoughTheOldOneHadNotHeard();
    void clientsOfAMajorityHandTheirMessagesToTheNextLeader();
    void aMajorityThatIsGoneStopsDeliveries();
    void aMajorityElectsWhoeverHasTheMost();
    void onlyAReplicaInSyncLeadsUnlessTheElectionIsUnclean();
    void anUncleanElectionLosesWhatWasPromised();
    void aQueueOnOneNodeComesBackWithItsNode();
    void aQueueThatComesBackDeliversBeforeItSeesToItsLength();
    void aDelayedEntryLeavesItsPlaceToWhoWaits();
    void whoWaitsForAPlaceDoesNotPassWhatIsReady();
    void whatWasLetInHasItsPlaceBeforeALaterDeadLetter();
    void whatIsLostForWantOfALeaderHasNotBeenThere();
    void aDeadLetterThatIsLostHasBeenWhereItDied();
    void aPowerFailureTakesWhatWasNotFlushed();
    void aCrashLeavesWhatWasWritten();
    void theNamedLeaderLeadsAgain();
    void consumersOfAStreamSeeWhatIsCommitted();
    void anOffsetThatIsLostIsGivenAgain();
    void messagesWithoutAKeyPassOverPartitionsWithoutALeader();
    void aGroupThatWasAheadGoesOnFromTheNewEnd();
    void aLostMessageOfAnIdempotentProducerIsLetInAgain();
    void aRepeatIsConfirmedWhenTheFirstOneIsSafe();
};

void TestReplication::aMessageIsDeliveredWhenAllReplicasInSyncHaveIt() {
    Bench bench;
    bench.attach("jobs");
    bench.send();
    bench.runTo(10ms);
    QCOMPARE(bench.log({Kind::sent, Kind::enqueued, Kind::delivered}),
             "0 sent 1 jobs; 2 enqueued 1 jobs; 2 delivered 1#1 jobs@0");
    QVERIFY(bench.ledger().closed());
}

void TestReplication::nothingWaitsWhereNodesAreNoTimeApart() {
    Bench bench(jobsOnNodes(), nodes(), 0ms);
    bench.attach("jobs");
    QCOMPARE(bench.send(Acks::all), Admission::accepted);
    QCOMPARE(bench.log({Kind::sent, Kind::enqueued, Kind::delivered}), "0 enqueued 1 jobs; 0 delivered 1#1 jobs@0");
    QCOMPARE(bench.pending(), std::size_t{0});
}

void TestReplication::aFollowerFetchesWhatCameMeanwhileInOne() {
    Bench bench;
    bench.send(); // fetched at once, there at 1 ms, known at 2
    bench.runTo(500us);
    bench.send();
    bench.runTo(1500us);
    bench.send();
    bench.runTo(10ms);
    QCOMPARE(bench.log({Kind::enqueued}), "2 enqueued 1 jobs; 4 enqueued 2 jobs; 4 enqueued 3 jobs");
}

void TestReplication::aMajorityDoesNotWaitForTheSlowest() {
    for (const CommitRule rule : {CommitRule::inSync, CommitRule::majority}) {
        Bench bench(jobsOnNodes({.commitRule = rule}));
        bench.setHop("c", 10ms);
        bench.send();
        bench.runTo(100ms);
        QCOMPARE(bench.log({Kind::enqueued}),
                 rule == CommitRule::majority ? "2 enqueued 1 jobs" : "20 enqueued 1 jobs");
    }
}

void TestReplication::writingTakesTimeAtEachReplica() {
    Bench bench(jobsOnNodes(), nodes(5ms));
    bench.send();
    bench.runTo(100ms);
    QCOMPARE(bench.log({Kind::enqueued}), "7 enqueued 1 jobs"); // there at 1, written at 6, known at 7
}

void TestReplication::acksAllAnswersWithTheCommit() {
    Bench bench;
    QCOMPARE(bench.send(Acks::all), Admission::awaited);
    bench.runTo(1999us);
    QCOMPARE(bench.admissions(), Admissions());
    bench.runTo(2ms);
    QCOMPARE(bench.admissions(), (Admissions{{1, Admission::accepted}}));
}

void TestReplication::acksLeaderAnswersWhenTheLeaderHasWrittenIt() {
    Bench quick;
    QCOMPARE(quick.send(Acks::leader), Admission::accepted);
    Bench writing(jobsOnNodes(), nodes(5ms));
    QCOMPARE(writing.send(Acks::leader), Admission::awaited);
    writing.runTo(4999us);
    QCOMPARE(writing.admissions(), Admissions());
    writing.runTo(5ms);
    QCOMPARE(writing.admissions(), (Admissions{{1, Admission::accepted}}));
}

void TestReplication::acksNoneWaitsForNothingAndLosesWithoutALeader() {
    Bench bench(jobsOnNodes(), nodes(5ms));
    QCOMPARE(bench.send(Acks::none), Admission::accepted);
    bench.runTo(20ms);
    bench.nodeDown("a");
    QCOMPARE(bench.send(Acks::none), Admission::accepted);
    QCOMPARE(bench.log({Kind::refused, Kind::lost}), "20 lost 2 jobs no_leader!");
    QVERIFY(bench.ledger().closed());
}

void TestReplication::aReplicaThatLagsTooLongIsNotInSyncUntilItHasCaughtUp() {
    Bench bench;
    bench.nodeDown("c");
    bench.runTo(10ms);
    bench.send();
    bench.runTo(60ms);
    QCOMPARE(bench.log({Kind::nodeDown, Kind::replicaBehind, Kind::enqueued}),
             "0 nodeDown>c node_down; 50 replicaBehind jobs>c; 50 enqueued 1 jobs");
    QCOMPARE(bench.broker().inSync(ChannelId{0}, 0), std::size_t{2});
    bench.nodeUp("c");
    bench.runTo(100ms);
    QCOMPARE(bench.log({Kind::nodeUp, Kind::replicaCaughtUp}), "60 nodeUp>c; 62 replicaCaughtUp jobs>c");
    QCOMPARE(bench.broker().inSync(ChannelId{0}, 0), std::size_t{3});
}

// Kafka: broker.session.timeout.ms (9 s) comes before replica.lag.time.max.ms (30 s). Not so of Raft, whose lag is for
// show.
void TestReplication::aFollowerWhoseNodeDiedLeavesTheSetInSyncWhenTheControllersMissIt() {
    ChannelSpec jobs = jobsOnNodes({.minInSync = 2});
    jobs.lagMax = 300ms;
    Bench bench(jobs);
    bench.runTo(5ms);
    bench.nodeDown("b"); // nothing has come that it would lack
    bench.runTo(20ms);
    bench.send(Acks::all);
    bench.runTo(50ms);
    bench.nodeDown("c");
    bench.runTo(400ms);
    QCOMPARE(bench.log({Kind::replicaBehind, Kind::enqueued}),
             "105 replicaBehind jobs>b; 105 enqueued 1 jobs; 150 replicaBehind jobs>c");
    QCOMPARE(bench.send(Acks::all), Admission::refused);

    ChannelSpec raft = jobsOnNodes({.commitRule = CommitRule::majority});
    raft.lagMax = 300ms;
    Bench other(raft);
    other.nodeDown("c");
    other.runTo(400ms);
    QCOMPARE(other.log({Kind::replicaBehind}), "300 replicaBehind jobs>c");
}

void TestReplication::aFollowerThatIsBackBeforeItIsMissedStaysInSync() {
    ChannelSpec jobs = jobsOnNodes();
    jobs.lagMax = 300ms;
    Bench bench(jobs);
    bench.nodeDown("c");
    bench.send();
    bench.runTo(90ms);
    bench.nodeUp("c");
    bench.runTo(95ms);
    bench.nodeDown("c"); // and is missed from now on
    bench.runTo(194ms);
    QCOMPARE(bench.log({Kind::replicaBehind}), "");
    bench.runTo(400ms);
    QCOMPARE(bench.log({Kind::replicaBehind}), "195 replicaBehind jobs>c");
}

void TestReplication::acksAllIsRefusedWithTooFewInSync() {
    Bench bench(jobsOnNodes({.minInSync = 3}));
    bench.nodeDown("c");
    bench.runTo(49ms);
    QCOMPARE(bench.send(Acks::all), Admission::awaited); // it is not noticed yet
    bench.runTo(51ms);
    QCOMPARE(bench.send(Acks::all), Admission::refused);
    QCOMPARE(bench.send(Acks::leader), Admission::accepted);
    QCOMPARE(bench.log({Kind::refused}), "51 refused 2 jobs too_few_in_sync");
}

// Kafka: a follower asks all the time, so it is in sync as soon as it is back with all there is.
void TestReplication::whoMissedNothingIsInSyncAgain() {
    Bench bench(jobsOnNodes({.minInSync = 2}));
    bench.nodeDown("a");
    bench.nodeDown("b");
    bench.runTo(200ms);
    QCOMPARE(bench.send(Acks::all), Admission::refused);
    bench.nodeUp("a");
    bench.nodeUp("b");
    bench.runTo(1s);
    QVERIFY(bench.send(Acks::all) != Admission::refused);
}

// Kafka's cleaner stays below the high watermark; JetStream removes what the Raft group has agreed on.
void TestReplication::whatIsNotCommittedReplacesNothing() {
    ChannelSpec compacted = streamOnNodes();
    compacted.compaction = CompactionSpec{.dirty = 0};
    ChannelSpec latest = streamOnNodes();
    latest.retainPerSubject = 1;
    for (const ChannelSpec& spec : {compacted, latest}) {
        Bench bench(spec);
        bench.openGroups();
        bench.publish("jobs", {.key = "k"});
        bench.runTo(10ms);
        bench.publish("jobs", {.key = "k"});
        bench.nodeDown("a"); // before the others have it
        bench.runTo(200ms);
        QCOMPARE(bench.log({Kind::expired, Kind::lost}), "110 lost 2 jobs/0 leader_lost");
        bench.publish("jobs", {.key = "k"});
        bench.runTo(300ms);
        QVERIFY(bench.log({Kind::expired}).startsWith("202 expired 1 jobs/0"));
        QVERIFY(bench.ledger().closed());
    }
}

void TestReplication::leadersAreSpreadOverTheNodes() {
    Bench bench(streamOnNodes(4));
    bench.openGroups();
    QCOMPARE(bench.log({Kind::leaderElected}),
             "0 leaderElected jobs/0>a; 0 leaderElected jobs/1>b; 0 leaderElected jobs/2>c; 0 leaderElected jobs/3>a");
}

void TestReplication::withoutALeaderPublishesAreRefusedUntilTheElection() {
    Bench bench;
    bench.runTo(10ms);
    bench.nodeDown("a");
    QCOMPARE(bench.send(), Admission::refused);
    bench.runTo(110ms);
    QCOMPARE(bench.send(), Admission::accepted);
    QCOMPARE(bench.log({Kind::leaderLost, Kind::refused, Kind::leaderElected, Kind::replicaBehind}),
             "10 leaderLost jobs>a; 10 refused 1 jobs no_leader; 110 leaderElected jobs>b; 110 replicaBehind jobs>a");
    QCOMPARE(bench.broker().nodeOf(ChannelId{0}, 0), bench.catalogue().node("b"));
}

void TestReplication::whatConsumersHaveStaysWithThemWhenAnotherReplicaLeads() {
    Bench bench;
    bench.attach("jobs");
    bench.send();
    bench.send();
    bench.runTo(10ms);
    bench.nodeDown("a");
    QVERIFY(bench.settle(1, Settlement::ack)); // said again to the next leader
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::requeued, Kind::acked, Kind::delivered}),
             "2 delivered 1#1 jobs@0; 110 acked 1#1 jobs@0; 110 delivered 2#1 jobs@0");
}

void TestReplication::aTimeoutWaitsForTheLeader() {
    ChannelSpec channel = jobsOnNodes();
    channel.ackTimeout = 20ms;
    channel.retry = RetrySpec{.backoff = Backoff::none};
    Bench bench(channel);
    bench.attach("jobs");
    bench.send();
    bench.runTo(10ms);
    bench.nodeDown("a");
    bench.runTo(120ms);
    QCOMPARE(bench.log({Kind::timedOut, Kind::delivered}),
             "2 delivered 1#1 jobs@0; 110 timedOut 1#1 jobs@0 ack_timeout; 110 delivered 1#2 jobs@0");
}

void TestReplication::whatTheNextLeaderHasNotIsLost() {
    for (const Acks acks : {Acks::leader, Acks::all}) {
        Bench bench;
        bench.send(acks);
        bench.runTo(500us);
        bench.nodeDown("a");
        // With acks all its producer learns that nobody knows.
        QCOMPARE(bench.admissions(), acks == Acks::all ? (Admissions{{1, Admission::refused}}) : Admissions());
        bench.runTo(200ms);
        QCOMPARE(bench.log({Kind::lost, Kind::enqueued}),
                 acks == Acks::leader ? "100.5 lost 1 jobs leader_lost!" : "100.5 lost 1 jobs leader_lost");
        QVERIFY(bench.ledger().closed());
        QCOMPARE(bench.ledger().copies.lost, std::int64_t{1});
    }
}

void TestReplication::whatTheNextLeaderHasIsKeptThoughTheOldOneHadNotHeard() {
    Bench bench;
    bench.send(Acks::all);
    bench.runTo(1500us);
    bench.nodeDown("a");
    QCOMPARE(bench.admissions(), (Admissions{{1, Admission::refused}}));
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::lost, Kind::enqueued}), "103.5 enqueued 1 jobs"); // c confirms to b
}

void TestReplication::clientsOfAMajorityHandTheirMessagesToTheNextLeader() {
    Bench bench(jobsOnNodes({.commitRule = CommitRule::majority}));
    bench.send(Acks::all);
    bench.runTo(1500us);
    bench.nodeDown("a");
    QCOMPARE(bench.admissions(), Admissions());
    bench.runTo(200ms);
    QCOMPARE(bench.admissions(), (Admissions{{1, Admission::accepted}}));
}

void TestReplication::aMajorityThatIsGoneStopsDeliveries() {
    Bench bench(jobsOnNodes({.commitRule = CommitRule::majority}));
    bench.send();
    bench.runTo(10ms);
    bench.nodeDown("b");
    bench.nodeDown("c");
    bench.attach("jobs");
    bench.runTo(500ms);
    QCOMPARE(bench.log({Kind::delivered, Kind::leaderLost}), "");
    bench.nodeUp("c");
    QCOMPARE(bench.log({Kind::delivered}), "500 delivered 1#1 jobs@0");
    bench.nodeDown("a"); // two of three are gone again, and there is nobody to elect
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::leaderLost, Kind::leaderElected}), "500 leaderLost jobs>a");
    bench.nodeUp("b");
    bench.runTo(2s);
    QCOMPARE(bench.log({Kind::leaderElected}), "1100 leaderElected jobs>b"); // neither missed anything
}

void TestReplication::aMajorityElectsWhoeverHasTheMost() {
    Bench bench(jobsOnNodes({.commitRule = CommitRule::majority}));
    bench.nodeDown("b");
    bench.send();
    bench.runTo(10ms);
    bench.nodeUp("b");
    bench.nodeDown("a"); // before b has fetched anything
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::leaderElected, Kind::lost}), "110 leaderElected jobs>c");
}

void TestReplication::onlyAReplicaInSyncLeadsUnlessTheElectionIsUnclean() {
    Bench bench(jobsOnNodes({.replicas = 2}));
    bench.nodeDown("b");
    bench.runTo(60ms);                                    // b is not in sync now
    QCOMPARE(bench.send(Acks::all), Admission::accepted); // a alone is
    bench.nodeDown("a");
    bench.nodeUp("b");
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::leaderElected, Kind::lost}), "");
    bench.nodeUp("a");
    bench.runTo(2s);
    QCOMPARE(bench.log({Kind::leaderElected, Kind::lost}), "1100 leaderElected jobs>a");
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
}

void TestReplication::anUncleanElectionLosesWhatWasPromised() {
    Bench bench(jobsOnNodes({.replicas = 2, .uncleanElection = true}));
    bench.attach("jobs");
    bench.nodeDown("b");
    bench.runTo(60ms);
    bench.send(Acks::all); // with its consumer when it is lost
    bench.send(Acks::all);
    bench.send();
    bench.nodeUp("b");
    bench.nodeDown("a");
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::leaderElected, Kind::lost}),
             "160 lost 1#1 jobs@0 leader_lost!; 160 lost 2 jobs leader_lost!; 160 lost 3 jobs leader_lost; "
             "160 leaderElected jobs>b");
    QVERIFY(!bench.settle(1, Settlement::ack));
    bench.send();
    bench.nodeUp("a"); // and follows
    bench.runTo(300ms);
    QCOMPARE(
        bench.log({Kind::delivered, Kind::replicaCaughtUp}),
        "60 delivered 1#1 jobs@0; 160 replicaCaughtUp jobs>b; 200 delivered 4#1 jobs@0; 202 replicaCaughtUp jobs>a");
    QVERIFY(bench.ledger().closed());
}

void TestReplication::aQueueOnOneNodeComesBackWithItsNode() {
    Bench bench(alone());
    bench.attach("jobs");
    bench.send(Acks::all);
    bench.runTo(10ms);
    bench.nodeDown("a");
    QVERIFY(!bench.settle(1, Settlement::ack)); // its consumer was cancelled
    bench.runTo(1s);
    bench.nodeUp("a");
    bench.runTo(2s);
    QCOMPARE(bench.log({Kind::delivered, Kind::requeued, Kind::leaderElected, Kind::lost}),
             "0 delivered 1#1 jobs@0; 10 requeued 1#1 jobs@0 disconnected; 1100 leaderElected jobs>a; "
             "1100 delivered 1#2 jobs@0");
}

// What consumers had when all replicas went is more than there are places.
void TestReplication::aQueueThatComesBackDeliversBeforeItSeesToItsLength() {
    ChannelSpec jobs = alone();
    jobs.requeueTo = RequeueTo::returnedIfLimited;
    jobs.retry = RetrySpec{.max = 5, .backoff = Backoff::none};
    jobs.capacity = 1;
    jobs.overflow = Overflow::dropOldest;
    Bench bench(jobs);
    const ConsumerId reader = bench.attach("jobs", 3);
    for (int i = 0; i < 4; ++i)
        bench.send();
    bench.runTo(10ms);
    bench.allow(reader, 1);
    bench.nodeDown("a");
    bench.runTo(1s);
    QCOMPARE(bench.ready("jobs"), std::size_t{4});
    bench.nodeUp("a");
    bench.runTo(2s);
    QCOMPARE(bench.log({Kind::requeued, Kind::delivered, Kind::dropped}).section("; ", 3),
             "10 requeued 1#1 jobs@0 disconnected; 10 requeued 2#1 jobs@0 disconnected; "
             "10 requeued 3#1 jobs@0 disconnected; 1100 delivered 1#2 jobs@0; 1100 dropped 3#1 jobs maxlen; "
             "1100 dropped 2#1 jobs maxlen");
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
}

// It needed one only on its way: its delay is spent where no place is taken.
void TestReplication::aDelayedEntryLeavesItsPlaceToWhoWaits() {
    ChannelSpec jobs = jobsOnNodes();
    jobs.capacity = 1;
    jobs.overflow = Overflow::block;
    Bench bench(jobs);
    bench.publish("jobs", {.delay = 1s});
    QCOMPARE(bench.send(), Admission::blocked);
    bench.runTo(2ms);
    QCOMPARE(bench.log({Kind::blocked, Kind::unblocked, Kind::enqueued}),
             "0 blocked 2 jobs; 2 enqueued 1 jobs; 2 unblocked 2 jobs");
    bench.runTo(4ms);
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
}

// The consumer of what timed out can take something again, and gets what has waited here, not what would come in.
void TestReplication::whoWaitsForAPlaceDoesNotPassWhatIsReady() {
    ChannelSpec jobs = alone();
    jobs.capacity = 0;
    jobs.overflow = Overflow::block;
    jobs.dispatch = DispatchMode::failover;
    jobs.ackTimeout = 10ms;
    jobs.retry = RetrySpec{.backoff = Backoff::fixed, .first = 1s, .through = "jobs"};
    Bench bench(jobs);
    bench.attach("jobs");
    bench.send();
    bench.publish("jobs", {.delay = 5ms});
    bench.runTo(6ms);
    QCOMPARE(bench.send(), Admission::blocked);
    bench.runTo(10ms);
    QCOMPARE(bench.log({Kind::delivered, Kind::blocked, Kind::unblocked}),
             "0 delivered 1#1 jobs@0; 6 blocked 3 jobs; 10 delivered 2#1 jobs@0");
    QCOMPARE(bench.ready("jobs"), std::size_t{0});
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.log({Kind::unblocked, Kind::delivered}).section("; ", 2),
             "10 unblocked 3 jobs; 10 delivered 3#1 jobs@0");
}

void TestReplication::whatWasLetInHasItsPlaceBeforeALaterDeadLetter() {
    ChannelSpec jobs = jobsOnNodes(), other = alone();
    jobs.capacity = 1;
    other.name = "other";
    other.ttl = 10ms;
    other.deadLetter = "jobs";
    NodesBench bench(std::vector{jobs, other});
    bench.publish("other");
    bench.runTo(9ms);
    bench.send();
    bench.runTo(20ms);
    QCOMPARE(bench.log({Kind::sent, Kind::enqueued, Kind::dropped}),
             "0 enqueued 1 other; 9 sent 2 jobs; 10 sent 1 jobs; 11 enqueued 2 jobs; 13 dropped 1 jobs maxlen");
    QVERIFY(bench.ledger().closed());
}

// Its producer asks for no answer; a link may double what it publishes, say.
void TestReplication::whatIsLostForWantOfALeaderHasNotBeenThere() {
    ChannelSpec jobs = alone();
    jobs.dedup = DedupSpec{.key = "id", .window = 10s};
    Bench bench(jobs);
    bench.nodeDown("a");
    bench.publish("jobs", {.identity = 1, .acks = Acks::none});
    bench.nodeUp("a");
    bench.runTo(1s);
    bench.publish("jobs", {.identity = 1, .acks = Acks::none});
    bench.publish("jobs", {.identity = 1, .acks = Acks::none});
    bench.runTo(2s);
    QCOMPARE(bench.log({Kind::lost, Kind::enqueued, Kind::deduplicated}),
             "0 lost 1 jobs no_leader!; 1000 enqueued 2 jobs; 1000 deduplicated 3 jobs duplicate");
}

// Neither its queue's window nor its producer's numbers know less of it.
void TestReplication::aDeadLetterThatIsLostHasBeenWhereItDied() {
    ChannelSpec jobs = alone(), dead = alone();
    jobs.leader = "b";
    jobs.ttl = 10ms;
    jobs.deadLetter = dead.name = "dead";
    jobs.dedup = DedupSpec{.key = "id", .window = 10s};
    dead.leader = "a";
    dead.replicas = 2;
    NodesBench bench(std::vector{jobs, dead});
    bench.setHop("a", 50ms);
    bench.publish("jobs", {.producer = 7, .sequence = 1});
    bench.runTo(20ms); // on its way to the second replica of the other queue
    bench.nodeDown("a");
    bench.runTo(400ms);
    bench.publish("jobs", {.producer = 7, .sequence = 1});
    bench.publish("jobs", {.producer = 7, .sequence = 2});
    QCOMPARE(bench.log({Kind::deadLettered, Kind::lost, Kind::deduplicated, Kind::refused}),
             "10 deadLettered 1 jobs expired; 120 lost 1 dead leader_lost; 400 deduplicated 2 jobs sequence");
}

void TestReplication::aPowerFailureTakesWhatWasNotFlushed() {
    const auto lost = [](std::optional<Duration> flushEvery) {
        Bench bench(alone(), nodes({}, flushEvery));
        bench.runTo(400ms);
        bench.send(Acks::all);
        bench.runTo(1100ms);
        bench.send(Acks::all);
        bench.runTo(1200ms);
        bench.nodeDown("a", NodeTrouble::powerOff);
        bench.runTo(2s);
        bench.nodeUp("a", NodeTrouble::powerOff);
        bench.runTo(3s);
        return bench.log({Kind::lost});
    };
    QCOMPARE(lost(std::nullopt), "");
    QCOMPARE(lost(1s), "2100 lost 2 jobs leader_lost!");
    QCOMPARE(lost(NodeSpec::systemFlush), "2100 lost 1 jobs leader_lost!; 2100 lost 2 jobs leader_lost!");
}

void TestReplication::aCrashLeavesWhatWasWritten() {
    Bench bench(alone(), nodes({}, NodeSpec::systemFlush));
    bench.send(Acks::all);
    bench.nodeDown("a");
    bench.nodeUp("a");
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::lost}), "");
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
}

void TestReplication::theNamedLeaderLeadsAgain() {
    Bench bench(jobsOnNodes({.leader = "b"}));
    bench.openGroups();
    bench.nodeDown("b");
    bench.runTo(150ms);
    bench.send();
    bench.nodeUp("b");
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::leaderElected, Kind::replicaCaughtUp, Kind::lost}),
             "0 leaderElected jobs>b; 100 leaderElected jobs>c; 152 replicaCaughtUp jobs>b; 252 leaderElected jobs>b");
    Bench other;
    other.nodeDown("a");
    other.runTo(150ms);
    other.nodeUp("a");
    other.runTo(1s);
    QCOMPARE(other.log({Kind::leaderElected}), "100 leaderElected jobs>b"); // nobody asked for a
}

void TestReplication::consumersOfAStreamSeeWhatIsCommitted() {
    Bench bench(streamOnNodes());
    bench.attachTo("jobs", "worker", 0);
    bench.openGroups();
    bench.send();
    bench.runTo(10ms);
    QCOMPARE(bench.log({Kind::appended, Kind::enqueued, Kind::delivered}),
             "0 appended 1 jobs/0; 0 enqueued 1 jobs/0; 2 delivered 1#1 jobs/0@0");
}

void TestReplication::anOffsetThatIsLostIsGivenAgain() {
    Bench bench(streamOnNodes());
    bench.attachTo("jobs", "worker", 0, 0);
    bench.openGroups();
    bench.send();
    bench.runTo(10ms);
    bench.settle(1, Settlement::ack);
    bench.send(Acks::leader);
    bench.nodeDown("a");
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::lost}), "110 lost 2 jobs/0 leader_lost!");
    QCOMPARE(bench.position("worker", 0), "0..1 1 1");
    bench.send();
    bench.runTo(300ms);
    QCOMPARE(bench.position("worker", 0), "0..2 1 1");
    QCOMPARE(bench.log({Kind::delivered}), "2 delivered 1#1 jobs/0@0; 202 delivered 3#1 jobs/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestReplication::messagesWithoutAKeyPassOverPartitionsWithoutALeader() {
    Bench bench(streamOnNodes(3));
    bench.nodeDown("b");
    for (int i = 0; i < 4; ++i)
        QCOMPARE(bench.send(), Admission::accepted);
    QCOMPARE(bench.log({Kind::appended}),
             "0 appended 1 jobs/0; 0 appended 2 jobs/2; 0 appended 3 jobs/2; 0 appended 4 jobs/0");
}

void TestReplication::aGroupThatWasAheadGoesOnFromTheNewEnd() {
    ChannelSpec channel = streamOnNodes();
    channel.replicas = 2;
    channel.uncleanElection = true;
    Bench bench(channel);
    bench.attachTo("jobs", "worker", 0, 0);
    bench.openGroups();
    bench.send();
    bench.runTo(10ms);
    bench.settle(1, Settlement::ack);
    bench.nodeDown("b");
    bench.runTo(70ms);
    bench.send(Acks::all);
    bench.send(Acks::all);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.position("worker", 0), "0..3 2 2");
    bench.nodeDown("a");
    bench.nodeUp("b");
    bench.runTo(200ms);
    QCOMPARE(bench.position("worker", 0), "0..1 1 1");
    QVERIFY(!bench.settle(3, Settlement::ack)); // its handler had it
    QCOMPARE(bench.log({Kind::lost}), "170 lost 3#1 jobs/0@0 leader_lost!");
    bench.send();
    bench.runTo(300ms);
    QCOMPARE(bench.log({Kind::delivered}), "2 delivered 1#1 jobs/0@0; 70 delivered 2#1 jobs/0@0; "
                                           "70 delivered 3#1 jobs/0@0; 200 delivered 4#1 jobs/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestReplication::aLostMessageOfAnIdempotentProducerIsLetInAgain() {
    Bench bench;
    const auto first = [&] { return bench.publish("jobs", {.producer = 7, .sequence = 1, .acks = Acks::all}); };
    QCOMPARE(first(), Admission::awaited);
    bench.nodeDown("a");
    bench.runTo(200ms);
    QCOMPARE(first(), Admission::awaited);
    bench.runTo(300ms);
    QCOMPARE(bench.log({Kind::deduplicated, Kind::lost, Kind::enqueued}),
             "100 lost 1 jobs leader_lost; 202 enqueued 2 jobs");
    QCOMPARE(first(), Admission::accepted);
    QCOMPARE(bench.log({Kind::deduplicated}), "300 deduplicated 3 jobs sequence");
}

void TestReplication::aRepeatIsConfirmedWhenTheFirstOneIsSafe() {
    Bench bench;
    bench.publish("jobs", {.producer = 7, .sequence = 1, .acks = Acks::all});
    bench.runTo(1ms);
    QCOMPARE(bench.publish("jobs", {.producer = 7, .sequence = 1, .acks = Acks::all}), Admission::awaited);
    QCOMPARE(bench.admissions(), Admissions());
    bench.runTo(2ms);
    QCOMPARE(bench.admissions(), (Admissions{{1, Admission::accepted}, {2, Admission::accepted}}));
}

QTEST_APPLESS_MAIN(TestReplication)
#include "tst_replication.moc"
