// Groups that share a stream's records: experiments with NATS JetStream 2.9.10 and Redis 7.0.15, replayed with what those
// servers did, and the rules behind them. Offsets count from 0; JetStream's sequence is one more, Redis's id likewise.
#include "support/broker_bench.h"
#include "support/log_stream.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

using namespace weir;
using enum RecordKind;

namespace {

ChannelSpec stream(std::uint32_t partitions = 1) {
    return logStream(partitions, {.delivery = GroupDelivery::shared}, "s");
}

ServiceSpec reader(const std::string& name = "g", const ReadFromSpec& from = {}) {
    return logReader(name, from, "s");
}

ChannelSpec withAckWait(Duration wait, std::int64_t retries) {
    ChannelSpec channel = stream();
    channel.ackTimeout = wait;
    channel.retry = RetrySpec{.max = retries, .backoff = Backoff::none};
    return channel;
}

void publish(BrokerBench& bench, int records) {
    for (int i = 0; i < records; ++i)
        bench.publish("s");
}

} // namespace

class TestSharedGroups : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    // JetStream
    void whatTimedOutComesBeforeWhatIsNew();
    void whatTimedOutWaitsForThePullItComesWith();
    void whatWasNackedComesBeforeWhatIsNew();
    void aBackoffOverridesTheAckWaitAndRepeatsItsLastStep();
    void anAckOfAnEarlierDeliveryCounts();
    void whatIsRefusedForGoodIsDoneWith();
    void whatWentToADeadLetterChannelIsDoneWith();
    void repeatsWithinTheWindowOfTheFirstArePassedOver();
    void theLatestOfEachSubjectIsKept();
    void aMemberThatIsGoneKeepsItsRecordsUntilTheAckWait();
    void anAckInAWorkQueueRemovesTheRecord();
    void whatNobodyAcksStaysInTheStreamWhenItIsGivenUp();
    void recordsGoAtTheirAge();
    // Redis Streams
    void aGroupSplitsAStreamByWhatItsMembersRead();
    void anEntryIsClaimedOnlyAfterBeingIdleForSoLong();
    void aClaimOfTheIdAloneIsNoDelivery();
    void readingOnesOwnHistoryCountsAsADelivery();
    void withoutAcksNothingIsPending();
    void idleEntriesAreClaimedSoManyAtATime();
    void whatIsTrimmedIsNotDeliveredAgain();
    void whatIsTrimmedIsNoLongerPendingAsSoonAsSomebodyClaimsIt();
    void whatIsTrimmedWhileItIsPendingIsForgottenWhenItWasIdleForSoLong();
    void aDeletedMembersEntriesAreForgotten();
    void aMemberThatIsBackReadsItsHistoryFirst();
    void aHistoryLeavesOutWhatWasTrimmed();
    void whatAMemberReadsAgainCountsForTheRateOfDeliveries();
    void whatARateDropsOfAHistoryIsNotReadAgain();
    void aMembersEntriesAreForgottenWithIt();
    void goingBackDeliversWhatWasAckedAgain();
    // Both
    void whatIsPendingWhereAGroupGoesBackIsWhoseReadsItNext();
    void whatIsPendingAndTrimmedWhereAGroupGoesBackHoldsTheFloor();
    void elsewhereASeekGivesUpWhatIsPending();
    void whoClaimedIsTheOneThatMayAck();
    void allBeforeTheAckFloorIsSettled();
    void whatComesBackFirstKeepsItsOffset();
    void whatEndsAfterTheGroupWentBackIsBeyondTheFloor();
    void whatWasInHandBeforeASeekSettlesNothingAfterIt();
    void partitionsTakeTurns();
    void aMemberThatIsGoneLeavesItsRecordsToTheOthers();
    void latestBeginsBehindWhatIsThere();
    void eachGroupHasEveryRecord();
    void allOfAKeyGoToOneMember();
    void neighbouringPartitionsGoToOneMemberSeveralRecordsAtATime();
    void membersBeyondThePartitionsIdle();
    void aPartitionThatMovesTakesAlongWhatItsFormerMemberHasInHand();
    void aKeyWhoseMemberIsBusyLetsOthersPass();
    void aRateLimitHoldsForTheGroup();
    void whatASeekGivesUpIsTakenFromWhoHadIt();
};

// 1 and 2 are pulled and not acked; after the ack wait they come again, then 3 and 4.
void TestSharedGroups::whatTimedOutComesBeforeWhatIsNew() {
    BrokerBench bench({withAckWait(400ms, 9)}, {reader()});
    const ConsumerId pull = bench.attach("g", 2);
    publish(bench, 4);
    bench.runTo(1ms);
    bench.allow(pull, 1); // it pulls one by one from here on
    bench.runTo(600ms);
    bench.settle(1, Settlement::ack);
    bench.settle(2, Settlement::ack);
    bench.settle(3, Settlement::ack);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 s/0@0; 0 delivered 2#1 s/0@0; 400 delivered 1#2 s/0@0; "
                                     "600 delivered 2#2 s/0@0; 600 delivered 3#1 s/0@0; 600 delivered 4#1 s/0@0");
    QVERIFY(bench.ledger().closed());
}

// 1 is pulled at 0 and never acked, 2 at 200; at 700, after 1's wait of 500, it comes before 3. Between its pulls a
// consumer gets nothing.
void TestSharedGroups::whatTimedOutWaitsForThePullItComesWith() {
    BrokerBench bench({withAckWait(500ms, 9)}, {reader()});
    const ConsumerId consumer = bench.attach("g", 1);
    const auto pull = [&](std::uint32_t unackedAtMost) {
        bench.allow(consumer, unackedAtMost);
        bench.resume(consumer);
        bench.retire(consumer);
    };
    publish(bench, 3);
    bench.retire(consumer);
    bench.runTo(200ms);
    pull(2);
    bench.settle(2, Settlement::ack);
    bench.runTo(700ms);
    pull(2);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 s/0@0; 200 delivered 2#1 s/0@0; 700 delivered 1#2 s/0@0; "
                                     "700 delivered 3#1 s/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::aBackoffOverridesTheAckWaitAndRepeatsItsLastStep() {
    ChannelSpec channel = withAckWait(30s, 4); // max_deliver 5
    channel.retry->backoff = Backoff::explicitSteps;
    channel.retry->steps = {200ms, 400ms, 800ms};
    channel.retry->paces = Paces::ackTimeout;
    BrokerBench bench({channel}, {reader()});
    bench.attach("g", 1);
    publish(bench, 1);
    bench.runTo(1min);
    QCOMPARE(bench.log({delivered, dropped}),
             "0 delivered 1#1 s/0@0; 200 delivered 1#2 s/0@0; 600 delivered 1#3 s/0@0; 1400 delivered 1#4 s/0@0; "
             "2200 delivered 1#5 s/0@0; 3000 dropped 1#5 s/0@0 delivery_limit");
    QCOMPARE(bench.position("g", 0), "0..1 1 1");
}

void TestSharedGroups::anAckOfAnEarlierDeliveryCounts() {
    ChannelSpec channel = withAckWait(300ms, 9);
    channel.lateAcks = LateAcks::accepted;
    BrokerBench bench({channel}, {reader()});
    bench.attach("g", 1);
    publish(bench, 1);
    const DeliveryTag first = bench.latest(1);
    bench.runTo(400ms);
    QVERIFY(!bench.settle(first, Settlement::ack));
    QVERIFY(bench.ackLate(first, 1));
    bench.runTo(2s);
    QCOMPARE(bench.log({delivered, acked}), "0 delivered 1#1 s/0@0; 300 delivered 1#2 s/0@0; 400 acked 1#2 s/0@0");
    QCOMPARE(bench.pendingOf("g"), "");
    QVERIFY(bench.ledger().closed());
}

// JetStream's term: never delivered again, and out of a work queue.
void TestSharedGroups::whatIsRefusedForGoodIsDoneWith() {
    ChannelSpec work = withAckWait(1s, 9);
    work.retainUntil = RetainUntil::acked;
    BrokerBench bench({work}, {reader()});
    bench.attach("g", 1);
    publish(bench, 1);
    bench.settle(1, Settlement::reject);
    bench.runTo(5s);
    QCOMPARE(bench.log({delivered, dropped}), "0 delivered 1#1 s/0@0; 0 dropped 1#1 s/0@0 rejected");
    QCOMPARE(bench.position("g", 0), "1..1 1 1");
    QVERIFY(bench.ledger().closed());
}

// Pulsar: what a consumer sends to its dead-letter topic it acks.
void TestSharedGroups::whatWentToADeadLetterChannelIsDoneWith() {
    ChannelSpec work = withAckWait(200ms, 0);
    work.retainUntil = RetainUntil::acked;
    work.deadLetter = "dead";
    ChannelSpec dead;
    dead.name = "dead";
    BrokerBench bench({work, dead}, {reader()});
    bench.attach("g", 1);
    publish(bench, 1);
    bench.runTo(1s);
    QCOMPARE(bench.log({deadLettered}), "200 deadLettered 1#1 s/0@0 delivery_limit");
    QCOMPARE(bench.position("g", 0), "1..1 1 1");
    QCOMPARE(bench.ready("dead"), std::size_t{1});
    QVERIFY(bench.ledger().closed());
}

// duplicate_window 1000 ms; A at 0, B, A again at 500 (a repeat), A at 1300: the window is that of the first.
void TestSharedGroups::repeatsWithinTheWindowOfTheFirstArePassedOver() {
    ChannelSpec channel = stream();
    channel.dedup = DedupSpec{.window = 1s, .sliding = false};
    BrokerBench bench({channel}, {reader()});
    bench.publish("s", {.identity = 1});
    bench.publish("s", {.identity = 2});
    bench.runTo(500ms);
    bench.publish("s", {.identity = 1});
    QCOMPARE(bench.position("g", 0), "0..2 0 0");
    bench.runTo(1300ms);
    bench.publish("s", {.identity = 1});
    QCOMPARE(bench.position("g", 0), "0..3 0 0");
    QVERIFY(bench.ledger().closed());
}

// max_msgs_per_subject 1: a1 b1 a2 b2 a3 leave b2 and a3, sequences 4 and 5.
void TestSharedGroups::theLatestOfEachSubjectIsKept() {
    ChannelSpec channel = stream();
    channel.retainPerSubject = 1;
    BrokerBench bench({channel}, {reader()});
    for (const char* const subject : {"a", "b", "a", "b", "a"})
        bench.publish("s", {.routingKey = subject});
    bench.attach("g", 0);
    QCOMPARE(bench.log({delivered}), "0 delivered 4#1 s/0@0; 0 delivered 5#1 s/0@0");
    QCOMPARE(bench.position("g", 0), "3..5 5 3");
}

// A lost client settles nothing; the server does not redeliver before the ack wait.
void TestSharedGroups::aMemberThatIsGoneKeepsItsRecordsUntilTheAckWait() {
    ChannelSpec channel = withAckWait(500ms, 9);
    channel.group.whenGone = WhenGone::wait;
    BrokerBench bench({channel}, {reader()});
    const ConsumerId a = bench.attach("g", 1);
    bench.attach("g", 1);
    publish(bench, 1);
    bench.runTo(100ms);
    bench.disconnect(a);
    QCOMPARE(bench.pendingOf("g"), "0@0#1");
    bench.resume(a);
    QCOMPARE(bench.pendingOf("g"), "0@0#1"); // not to itself either
    publish(bench, 2);
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@1#1 2@0#1"); // what it had takes none of its credit
    bench.settle(2, Settlement::ack);
    bench.settle(3, Settlement::ack);
    bench.disconnect(a);
    QCOMPARE(bench.pendingOf("g"), "0@0#1");
    bench.runTo(1s);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 s/0@0; 100 delivered 2#1 s/0@1; 100 delivered 3#1 s/0@0; "
                                     "500 delivered 1#2 s/0@1; 1000 delivered 1#3 s/0@1");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::whatWasNackedComesBeforeWhatIsNew() {
    BrokerBench bench({withAckWait(1s, 9)}, {reader()});
    bench.attach("g", 1);
    publish(bench, 3);
    bench.settle(1, Settlement::retry);
    bench.settle(1, Settlement::ack);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 s/0@0; 0 delivered 1#2 s/0@0; 0 delivered 2#1 s/0@0; "
                                     "0 delivered 3#1 s/0@0");
}

void TestSharedGroups::anAckInAWorkQueueRemovesTheRecord() {
    ChannelSpec work = stream();
    work.retainUntil = RetainUntil::acked;
    BrokerBench bench({work}, {reader()});
    bench.attach("g", 1);
    publish(bench, 3);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.position("g", 0), "1..3 2 1"); // two left, the first at 2 there
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::whatNobodyAcksStaysInTheStreamWhenItIsGivenUp() {
    ChannelSpec work = withAckWait(200ms, 1); // max_deliver 2: one retry
    work.retainUntil = RetainUntil::acked;
    BrokerBench bench({work}, {reader()});
    bench.attach("g", 1);
    publish(bench, 1);
    bench.runTo(2s);
    QCOMPARE(bench.log({delivered, dropped}),
             "0 delivered 1#1 s/0@0; 200 delivered 1#2 s/0@0; 400 dropped 1#2 s/0@0 delivery_limit");
    QCOMPARE(bench.position("g", 0), "0..1 1 1");
    QVERIFY(bench.ledger().closed());
}

// max_age 500 ms; 1 and 2 at 0, 3 at 300: there are 3 at 400, 1 at 700 (the third), none at 1100.
void TestSharedGroups::recordsGoAtTheirAge() {
    ChannelSpec aging = stream();
    aging.retainFor = 500ms;
    BrokerBench bench({aging}, {reader()});
    publish(bench, 2);
    bench.runTo(300ms);
    publish(bench, 1);
    bench.runTo(400ms);
    QCOMPARE(bench.position("g", 0), "0..3 0 0");
    bench.runTo(700ms);
    QCOMPARE(bench.position("g", 0), "2..3 2 0");
    bench.runTo(1100ms);
    QCOMPARE(bench.position("g", 0), "3..3 3 0");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::aGroupSplitsAStreamByWhatItsMembersRead() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 6);
    const ConsumerId a = bench.attach("g", 2);
    bench.attach("g", 3);
    bench.allow(a, 10);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 s/0@0; 0 delivered 2#1 s/0@0; 0 delivered 3#1 s/0@1; "
                                     "0 delivered 4#1 s/0@1; 0 delivered 5#1 s/0@1; 0 delivered 6#1 s/0@0");
    const DeliveryTag first = bench.latest(1);
    QVERIFY(bench.settle(first, Settlement::ack));
    QVERIFY(!bench.settle(first, Settlement::ack)); // it is acked once
    QCOMPARE(bench.pendingOf("g"), "1@0#1 2@1#1 3@1#1 4@1#1 5@0#1");
    QCOMPARE(bench.position("g", 0), "0..6 6 1"); // the stream keeps them all
}

void TestSharedGroups::anEntryIsClaimedOnlyAfterBeingIdleForSoLong() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 2);
    bench.attach("g", 2);
    const ConsumerId b = bench.attach("g", 1);
    const ConsumerId c = bench.attach("g", 1);
    bench.runTo(200ms);
    QVERIFY(!bench.claim(b, {.offset = 0, .idle = 60s}));
    QVERIFY(bench.claim(b, {.offset = 0, .idle = 100ms}));
    QVERIFY(!bench.claim(c, {.offset = 0, .idle = 100ms})); // it has just changed hands
    QVERIFY(!bench.claim(c, {.offset = 7}));                // nobody has it
    QCOMPARE(bench.pendingOf("g"), "0@1#2 1@0#1");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::aClaimOfTheIdAloneIsNoDelivery() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 1);
    bench.attach("g", 1);
    const ConsumerId c = bench.attach("g", 1);
    QVERIFY(bench.claim(c, {.offset = 0, .counts = false}));
    QCOMPARE(bench.pendingOf("g"), "0@1#1");
}

void TestSharedGroups::readingOnesOwnHistoryCountsAsADelivery() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 1);
    const ConsumerId a = bench.attach("g", 1);
    QVERIFY(bench.claim(a, {.offset = 0}));
    QVERIFY(bench.claim(a, {.offset = 0}));
    QCOMPARE(bench.pendingOf("g"), "0@0#3");
}

void TestSharedGroups::withoutAcksNothingIsPending() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 2);
    bench.attach("g", 1, true);
    QCOMPARE(bench.log({delivered, acked}), "0 delivered 1#1 s/0@0; 0 acked 1#1 s/0@0; 0 delivered 2#1 s/0@0; "
                                            "0 acked 2#1 s/0@0");
    QCOMPARE(bench.pendingOf("g"), "");
}

// Five entries of one member; two at a time, then none, since all have just changed hands.
void TestSharedGroups::idleEntriesAreClaimedSoManyAtATime() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 5);
    bench.attach("g", 5);
    const ConsumerId b = bench.attach("g", 1);
    bench.runTo(100ms);
    QCOMPARE(bench.claimIdle(b, {.offset = 0, .idle = 60s}, 100), std::int64_t{-1});
    QCOMPARE(bench.claimIdle(b, {.offset = 0, .idle = 50ms}, 2), std::int64_t{2});
    QCOMPARE(bench.pendingOf("g"), "0@1#2 1@1#2 2@0#1 3@0#1 4@0#1");
    QCOMPARE(bench.claimIdle(b, {.offset = 2, .idle = 50ms}, 2), std::int64_t{4});
    QCOMPARE(bench.claimIdle(b, {.offset = 4, .idle = 50ms}, 2), std::int64_t{-1});
    QCOMPARE(bench.claimIdle(b, {.offset = 0, .idle = 50ms, .counts = false}, 2), std::int64_t{-1});
    QCOMPARE(bench.pendingOf("g"), "0@1#2 1@1#2 2@1#2 3@1#2 4@1#2");
    QVERIFY(bench.ledger().closed());
}

// MAXLEN looks at no group: what is pending may be trimmed. It can be acked, but neither claimed nor delivered again.
void TestSharedGroups::whatIsTrimmedIsNotDeliveredAgain() {
    ChannelSpec trimmed = withAckWait(1s, 9);
    trimmed.retainCount = 2;
    BrokerBench bench({trimmed}, {reader()});
    const ConsumerId a = bench.attach("g", 3);
    const ConsumerId b = bench.attach("g", 1);
    bench.disconnect(b);
    publish(bench, 3);
    publish(bench, 2);
    QCOMPARE(bench.position("g", 0), "3..5 3 0");
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@0#1 2@0#1");
    QVERIFY(bench.settle(1, Settlement::ack));
    bench.resume(b);
    QVERIFY(!bench.claim(b, {.offset = 1}));
    bench.disconnect(a);
    QCOMPARE(bench.log({expired}), "0 expired 2#1 s/0@0 retention; 0 expired 3#1 s/0 retention");
    QCOMPARE(bench.pendingOf("g"), "4@1#1");
    QVERIFY(bench.ledger().closed());
}

// XCLAIM and XAUTOCLAIM look for the entry before they look how long it was idle.
void TestSharedGroups::whatIsTrimmedIsNoLongerPendingAsSoonAsSomebodyClaimsIt() {
    ChannelSpec trimmed = withAckWait(10s, 9);
    trimmed.retainCount = 3;
    BrokerBench bench({trimmed}, {reader()});
    bench.attach("g", 3);
    const ConsumerId b = bench.attach("g", 1);
    bench.retire(b);
    publish(bench, 3);
    publish(bench, 2);
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@0#1 2@0#1");
    QVERIFY(!bench.claim(b, {.offset = 0, .idle = 60s}));
    QCOMPARE(bench.pendingOf("g"), "1@0#1 2@0#1 3@0#1");
    QCOMPARE(bench.claimIdle(b, {.offset = 0, .idle = 60s}, 10), std::int64_t{-1});
    QCOMPARE(bench.pendingOf("g"), "2@0#1 3@0#1 4@0#1");
    QCOMPARE(bench.log({expired}), "0 expired 1#1 s/0@0 retention; 0 expired 2#1 s/0@0 retention");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::whatIsTrimmedWhileItIsPendingIsForgottenWhenItWasIdleForSoLong() {
    ChannelSpec trimmed = withAckWait(1s, 9);
    trimmed.retainCount = 2;
    BrokerBench bench({trimmed}, {reader()});
    bench.attach("g", 3);
    publish(bench, 3);
    publish(bench, 1);
    bench.runTo(1s);
    QCOMPARE(bench.log({expired}), "1000 expired 1#1 s/0 retention; 1000 expired 2#1 s/0 retention");
    QCOMPARE(bench.pendingOf("g"), "2@0#2 3@0#1");
    QVERIFY(bench.ledger().closed());
}

// DELCONSUMER.
void TestSharedGroups::aDeletedMembersEntriesAreForgotten() {
    BrokerBench bench({withAckWait(1s, 9)}, {reader()});
    const ConsumerId a = bench.attach("g", 2);
    publish(bench, 3);
    bench.attach("g", 1);
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@0#1 2@1#1");
    QCOMPARE(bench.forget(a), std::size_t{2});
    QCOMPARE(bench.pendingOf("g"), "2@1#1");
    bench.settle(3, Settlement::ack);
    bench.runTo(5s);
    QCOMPARE(bench.pendingOf("g"), ""); // nobody gets them
    QCOMPARE(bench.log({dropped}), "0 dropped 2#1 s/0@0 forgotten; 0 dropped 1#1 s/0@0 forgotten");
    QCOMPARE(bench.position("g", 0), "0..3 3 3"); // the stream keeps them
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::aMemberThatIsBackReadsItsHistoryFirst() {
    ChannelSpec channel = withAckWait(10s, 9);
    channel.group.whenGone = WhenGone::resume;
    BrokerBench bench({channel}, {reader()});
    const ConsumerId a = bench.attach("g", 2);
    publish(bench, 3);
    bench.disconnect(a);
    bench.runTo(1s);
    bench.resume(a);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 s/0@0; 0 delivered 2#1 s/0@0; 1000 delivered 1#2 s/0@0; "
                                     "1000 delivered 2#2 s/0@0; 1000 delivered 3#1 s/0@0");
    QVERIFY(bench.ledger().closed());
}

// It is told their ids alone; they stay pending, undelivered, until they are claimed.
void TestSharedGroups::aHistoryLeavesOutWhatWasTrimmed() {
    ChannelSpec channel = stream();
    channel.group.whenGone = WhenGone::resume;
    channel.retainCount = 2;
    BrokerBench bench({channel}, {reader()});
    const ConsumerId a = bench.attach("g", 3);
    const ConsumerId b = bench.attach("g", 1);
    bench.retire(b);
    publish(bench, 4);
    bench.disconnect(a);
    bench.resume(a);
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@0#1 2@0#2 3@0#1");
    QCOMPARE(bench.claimIdle(b, {.offset = 0}, 10), std::int64_t{-1});
    QCOMPARE(bench.pendingOf("g"), "2@1#3 3@1#2");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::whatAMemberReadsAgainCountsForTheRateOfDeliveries() {
    ChannelSpec channel = withAckWait(10s, 9);
    channel.group.whenGone = WhenGone::resume;
    channel.deliveryRate = RateLimitSpec{.tokens = 5, .per = 1s};
    BrokerBench bench({channel}, {reader()});
    const ConsumerId a = bench.attach("g", 4);
    publish(bench, 3);
    bench.runTo(500ms);
    bench.disconnect(a);
    bench.runTo(1s);
    bench.resume(a);
    publish(bench, 1); // behind the history
    bench.runTo(2s);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 s/0@0; 200 delivered 2#1 s/0@0; 400 delivered 3#1 s/0@0; "
                                     "1000 delivered 1#2 s/0@0; 1200 delivered 2#2 s/0@0; 1400 delivered 3#2 s/0@0; "
                                     "1600 delivered 4#1 s/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::whatARateDropsOfAHistoryIsNotReadAgain() {
    ChannelSpec channel = withAckWait(10s, 9);
    channel.group.whenGone = WhenGone::resume;
    channel.deliveryRate = RateLimitSpec{.tokens = 2, .per = 1s, .burst = 2, .action = RateAction::drop};
    BrokerBench bench({channel}, {reader()});
    const ConsumerId a = bench.attach("g", 2);
    publish(bench, 2);
    bench.disconnect(a);
    bench.runTo(500ms);
    bench.resume(a);
    QCOMPARE(bench.log({dropped}), "500 dropped 2#1 s/0@0 rate_limit");
    QCOMPARE(bench.pendingOf("g"), "0@0#2");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::aMembersEntriesAreForgottenWithIt() {
    ChannelSpec channel = stream();
    channel.group.whenGone = WhenGone::forget;
    BrokerBench bench({channel}, {reader()});
    const ConsumerId a = bench.attach("g", 1);
    bench.attach("g", 5);
    publish(bench, 2);
    bench.disconnect(a);
    QCOMPARE(bench.pendingOf("g"), "1@1#1");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::goingBackDeliversWhatWasAckedAgain() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 3);
    const ConsumerId b = bench.attach("g", 3);
    for (Ordinal i = 1; i <= 3; ++i)
        bench.settle(i, Settlement::ack);
    bench.allow(b, 10);
    bench.seek("g", {.where = ReadFromSpec::Where::offset, .offset = 1});
    QCOMPARE(bench.pendingOf("g"), "1@0#1 2@0#1");
    bench.settle(2, Settlement::ack);
    bench.settle(3, Settlement::ack);
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
}

// Redis 7.0.15: XGROUP SETID leaves the list of what is pending as it is. Whoever reads an entry again has it from then
// on, as if it were delivered for the first time; until then it may be acked.
void TestSharedGroups::whatIsPendingWhereAGroupGoesBackIsWhoseReadsItNext() {
    ChannelSpec channel = stream();
    channel.group.whenGone = WhenGone::resume;
    BrokerBench bench({channel}, {reader()});
    publish(bench, 4);
    const ConsumerId a = bench.attach("g", 2);
    const ConsumerId b = bench.attach("g", 2);
    bench.retire(a);
    bench.retire(b);
    const DeliveryTag second = bench.latest(2);
    bench.seek("g", {.where = ReadFromSpec::Where::offset, .offset = 1});
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@0#1 2@1#1 3@1#1");
    const ConsumerId c = bench.attach("g", 1);
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@2#1 2@1#1 3@1#1");
    QVERIFY(!bench.settle(second, Settlement::ack));
    QVERIFY(bench.settle(3, Settlement::ack));
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@2#1 3@1#1");
    bench.allow(c, 9);
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@2#1 2@2#1 3@2#1");
    QCOMPARE(bench.log({dropped}), "0 dropped 2#1 s/0@0 seek; 0 dropped 4#1 s/0@1 seek");
    for (Ordinal message = 1; message <= 4; ++message)
        QVERIFY(bench.settle(message, Settlement::ack));
    QCOMPARE(bench.log({delivered}).count("; "), 6); // four, and three of them again
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{0});
}

// Redis 7.0.15: XDEL, XGROUP SETID and reading again leave what was deleted in the list of what is pending, until it is
// acked. The group passes over it, but nothing behind it is before the floor as long as it is there.
void TestSharedGroups::whatIsPendingAndTrimmedWhereAGroupGoesBackHoldsTheFloor() {
    ChannelSpec channel = stream();
    channel.group.whenGone = WhenGone::resume;
    channel.retainPerSubject = 1;
    for (const std::int64_t back : {0, 1}) {
        BrokerBench bench({channel}, {reader()});
        const ConsumerId consumer = bench.attach("g", 4);
        for (const char* const subject : {"a", "b", "c", "d", "b"}) // the second leaves its place to the fifth
            bench.publish("s", {.routingKey = subject});
        QVERIFY(bench.settle(1, Settlement::ack));
        bench.allow(consumer, 0);
        bench.seek("g", {.where = ReadFromSpec::Where::offset, .offset = back});
        bench.allow(consumer, 9);
        for (Ordinal message = back == 0 ? 1 : 3; message <= 5; ++message)
            QVERIFY(message == 2 || bench.settle(message, Settlement::ack));
        QCOMPARE(bench.pendingOf("g"), "1@0#1");
        QCOMPARE(bench.position("g", 0), "0..5 5 1");
        QVERIFY(bench.settle(2, Settlement::ack));
        QCOMPARE(bench.position("g", 0), "0..5 5 5");
        QCOMPARE(bench.commits(),
                 back == 0 ? (std::vector<std::uint32_t>{1, 0, 1, 5}) : (std::vector<std::uint32_t>{1, 1, 5}));
        QVERIFY(bench.ledger().closed());
        QCOMPARE(bench.broker().copiesOpen(), std::size_t{0});
    }
}

void TestSharedGroups::elsewhereASeekGivesUpWhatIsPending() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 2);
    const ConsumerId a = bench.attach("g", 2);
    bench.retire(a);
    bench.seek("g", {.where = ReadFromSpec::Where::offset, .offset = 1});
    QCOMPARE(bench.pendingOf("g"), "0@0#1");
    bench.settle(1, Settlement::ack);
    bench.attach("g", 1);
    QCOMPARE(bench.pendingOf("g"), "1@1#1");
    bench.settle(2, Settlement::ack);
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::whoClaimedIsTheOneThatMayAck() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 1);
    bench.attach("g", 1);
    const ConsumerId b = bench.attach("g", 1);
    const DeliveryTag old = bench.latest(1);
    QVERIFY(bench.claim(b, {.offset = 0}));
    QVERIFY(!bench.settle(old, Settlement::ack));
    QVERIFY(bench.settle(1, Settlement::ack));
    QVERIFY(bench.ledger().closed());
}

// JetStream's ack floor: 2 acked, then 1: all before 3 is done. What a seek leaves behind lowers it no more.
void TestSharedGroups::allBeforeTheAckFloorIsSettled() {
    BrokerBench bench({stream()}, {reader()});
    bench.attach("g", 3);
    publish(bench, 5);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.commits(), std::vector<std::uint32_t>());
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.commits(), std::vector<std::uint32_t>{2});
    bench.settle(3, Settlement::ack);
    QCOMPARE(bench.commits(), (std::vector<std::uint32_t>{2, 3}));
    bench.seek("g", {.where = ReadFromSpec::Where::latest});
    bench.settle(5, Settlement::ack);
    publish(bench, 1);
    bench.settle(6, Settlement::ack);
    QCOMPARE(bench.commits(), (std::vector<std::uint32_t>{2, 3, 5, 6}));
    QVERIFY(bench.ledger().closed());
}

// JetStream: in the order of the returns, which is not that of the stream.
void TestSharedGroups::whatComesBackFirstKeepsItsOffset() {
    ChannelSpec again = stream();
    again.retry = RetrySpec{.max = 3, .backoff = Backoff::none, .returnTo = RequeueTo::returned};
    BrokerBench bench({again}, {reader()});
    const ConsumerId member = bench.attach("g", 3);
    publish(bench, 4);
    bench.allow(member, 1);
    bench.settle(3, Settlement::retry);
    bench.settle(2, Settlement::retry);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.pendingOf("g"), QStringLiteral("2@0#2"));
    bench.settle(3, Settlement::ack);
    QCOMPARE(bench.pendingOf("g"), QStringLiteral("1@0#2"));
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.commits(), (std::vector<std::uint32_t>{1, 3}));
    QCOMPARE(bench.pendingOf("g"), QStringLiteral("3@0#1"));
    QVERIFY(bench.ledger().closed());
}

// Acked on delivery, so a seek leaves it to its handler; it ends when the group has not yet read as far again.
void TestSharedGroups::whatEndsAfterTheGroupWentBackIsBeyondTheFloor() {
    BrokerBench bench({stream()}, {reader()});
    const ConsumerId consumer = bench.attach("g", 3, true);
    publish(bench, 3);
    const DeliveryTag third = bench.latest(3);
    bench.allow(consumer, 1);
    bench.seek("g", {.where = ReadFromSpec::Where::earliest});
    bench.settle(third, Settlement::ack);
    QVERIFY(bench.ledger().closed());
}

// What was in hand is read again: the end of the first handling is not that of the second.
void TestSharedGroups::whatWasInHandBeforeASeekSettlesNothingAfterIt() {
    BrokerBench bench({stream()}, {reader()});
    const ConsumerId consumer = bench.attach("g", 2, true);
    publish(bench, 2);
    const DeliveryTag first = bench.latest(1);
    bench.allow(consumer, 10);
    bench.seek("g", {.where = ReadFromSpec::Where::earliest});
    const std::vector<std::uint32_t> before = bench.commits();
    bench.settle(first, Settlement::ack);
    QCOMPARE(bench.commits(), before);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.commits().size(), before.size() + 1);
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::partitionsTakeTurns() {
    BrokerBench bench({stream(2)}, {reader()});
    publish(bench, 4); // 1 and 3 in the first, 2 and 4 in the second
    bench.attach("g", 0);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 s/0@0; 0 delivered 2#1 s/1@0; 0 delivered 3#1 s/0@0; "
                                     "0 delivered 4#1 s/1@0");
    QCOMPARE(bench.pendingOf("g"), "0@0#1 1@0#1 0@0#1 1@0#1");
}

void TestSharedGroups::aMemberThatIsGoneLeavesItsRecordsToTheOthers() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 3);
    const ConsumerId a = bench.attach("g", 2);
    const ConsumerId b = bench.attach("g", 0);
    bench.disconnect(a);
    QCOMPARE(bench.pendingOf("g"), "0@1#2 1@1#2 2@1#1");
    QCOMPARE(bench.log({rebalanced, committed}), ""); // nobody owns anything
    bench.disconnect(b);
    bench.resume(b);
    QCOMPARE(bench.pendingOf("g"), "0@1#3 1@1#3 2@1#2");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::latestBeginsBehindWhatIsThere() {
    BrokerBench bench({stream()}, {reader("g", {.where = ReadFromSpec::Where::latest})});
    publish(bench, 2);
    bench.attach("g", 0);
    publish(bench, 1);
    QCOMPARE(bench.log({delivered}), "0 delivered 3#1 s/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::eachGroupHasEveryRecord() {
    ChannelSpec both = stream();
    both.retainUntil = RetainUntil::interest;
    BrokerBench bench({both}, {reader("g"), reader("h")});
    bench.attach("g", 1);
    publish(bench, 1);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.position("h", 0), "0..1 0 0");
    bench.attach("h", 1);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.position("h", 0), "1..1 1 1");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::allOfAKeyGoToOneMember() {
    ChannelSpec channel = stream(3);
    channel.group.delivery = GroupDelivery::keyShared;
    channel.dispatch = DispatchMode::keyShared;
    BrokerBench bench({channel}, {reader()});
    for (int i = 0; i < 3; ++i)
        bench.attach("g", 100);
    for (int i = 0; i < 60; ++i)
        bench.publish("s", {.key = "k" + std::to_string(i % 12)});
    std::map<Ordinal, std::set<std::uint32_t>> members; // by key
    std::set<std::uint32_t> all;
    for (const BrokerBench::Delivery& delivery : bench.deliveries()) {
        members[(delivery.message - 1) % 12].insert(delivery.consumer.value);
        all.insert(delivery.consumer.value);
    }
    QCOMPARE(bench.deliveries().size(), std::size_t{60});
    QCOMPARE(members.size(), std::size_t{12});
    for (const auto& [key, one] : members)
        QCOMPARE(one.size(), std::size_t{1});
    QVERIFY(all.size() > 1);
    QVERIFY(bench.ledger().closed());
}

// RocketMQ: AllocateMessageQueueAveragely; a member handles what its queues have several at a time.
void TestSharedGroups::neighbouringPartitionsGoToOneMemberSeveralRecordsAtATime() {
    ChannelSpec channel = stream(5);
    channel.group.delivery = GroupDelivery::partitionShared;
    channel.dispatch = DispatchMode::keyShared;
    BrokerBench bench({channel}, {reader()});
    for (int i = 0; i < 2; ++i)
        bench.attach("g", 4);
    publish(bench, 20);                                    // the n-th is in partition (n - 1) % 5
    std::map<std::uint32_t, std::set<Ordinal>> partitions; // by member
    for (const BrokerBench::Delivery& delivery : bench.deliveries())
        partitions[delivery.consumer.value].insert((delivery.message - 1) % 5);
    QCOMPARE(bench.deliveries().size(), std::size_t{8}); // four each, unsettled
    QCOMPARE(partitions[0], (std::set<Ordinal>{0, 1, 2}));
    QCOMPARE(partitions[1], (std::set<Ordinal>{3, 4}));
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::membersBeyondThePartitionsIdle() {
    ChannelSpec channel = stream(2);
    channel.group.delivery = GroupDelivery::partitionShared;
    channel.dispatch = DispatchMode::keyShared;
    BrokerBench bench({channel}, {reader()});
    for (int i = 0; i < 3; ++i)
        bench.attach("g", 1);
    publish(bench, 6);
    std::vector<std::uint32_t> members;
    for (std::size_t i = 0; i < bench.deliveries().size(); ++i) {
        members.push_back(bench.deliveries()[i].consumer.value);
        bench.settle(bench.deliveries()[i].message, Settlement::ack);
    }
    QCOMPARE(members.size(), std::size_t{6});
    QCOMPARE(std::count(members.begin(), members.end(), 0U), 3);
    QCOMPARE(std::count(members.begin(), members.end(), 1U), 3);
    QVERIFY(bench.ledger().closed());
}

// RocketMQ: a queue that has moved is read from its offset; Pulsar: from the position that is marked as deleted.
void TestSharedGroups::aPartitionThatMovesTakesAlongWhatItsFormerMemberHasInHand() {
    ChannelSpec channel = stream(2);
    channel.group.delivery = GroupDelivery::partitionShared;
    channel.dispatch = DispatchMode::keyShared;
    BrokerBench bench({channel}, {reader()});
    bench.attach("g", 4);
    publish(bench, 4);
    bench.settle(4, Settlement::ack);
    const DeliveryTag late = bench.latest(2);
    bench.attach("g", 4);
    std::vector<std::pair<Ordinal, std::uint32_t>> got;
    for (const BrokerBench::Delivery& delivery : bench.deliveries())
        got.emplace_back(delivery.message, delivery.consumer.value);
    QVERIFY((got == std::vector<std::pair<Ordinal, std::uint32_t>>{{1, 0}, {2, 0}, {3, 0}, {4, 0}, {2, 1}}));
    QVERIFY(!bench.settle(late, Settlement::ack));
    QVERIFY(bench.settle(1, Settlement::ack));
    QVERIFY(bench.settle(2, Settlement::ack));
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::aKeyWhoseMemberIsBusyLetsOthersPass() {
    ChannelSpec channel = stream();
    channel.group.delivery = GroupDelivery::keyShared;
    channel.dispatch = DispatchMode::keyShared;
    BrokerBench bench({channel}, {reader()});
    bench.attach("g", 1);
    bench.attach("g", 1);
    for (int i = 0; i < 40; ++i)
        bench.publish("s", {.key = "k" + std::to_string(i % 20)});
    QCOMPARE(bench.deliveries().size(), std::size_t{2}); // the second one passed those of the first one's keys
    std::vector<Ordinal> order;
    for (std::size_t i = 0; i < bench.deliveries().size(); ++i) {
        order.push_back(bench.deliveries()[i].message);
        bench.settle(order.back(), Settlement::ack);
    }
    QCOMPARE(order.size(), std::size_t{40});
    for (Ordinal first = 1; first <= 20; ++first) // each key in its order
        QVERIFY(std::find(order.begin(), order.end(), first) < std::find(order.begin(), order.end(), first + 20));
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::aRateLimitHoldsForTheGroup() {
    ChannelSpec channel = stream(2);
    channel.deliveryRate = RateLimitSpec{.tokens = 10, .per = 1s};
    BrokerBench bench({channel}, {reader()});
    bench.attach("g", 0);
    publish(bench, 3);
    bench.runTo(1s);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 s/0@0; 100 delivered 2#1 s/1@0; 200 delivered 3#1 s/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestSharedGroups::whatASeekGivesUpIsTakenFromWhoHadIt() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 2);
    bench.attach("g", 1);
    bench.attach("g", 1);
    bench.seek("g", {.where = ReadFromSpec::Where::earliest});
    QCOMPARE(bench.log({dropped}), "0 dropped 1#1 s/0@0 seek; 0 dropped 2#1 s/0@1 seek");
    QVERIFY(bench.ledger().closed());
}

QTEST_APPLESS_MAIN(TestSharedGroups)
#include "tst_shared_groups.moc"
