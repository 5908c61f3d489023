// Groups that share a stream's records: experiments with NATS JetStream 2.9.10 and Redis 7.0.15, replayed with what those
// servers did, and the rules behind them. Offsets count from 0; JetStream's sequence is one more, Redis's id likewise.
#include "support/broker_bench.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

ChannelSpec stream(std::uint32_t partitions = 1) {
    ChannelSpec channel;
    channel.name = "s";
    channel.kind = ChannelKind::stream;
    channel.partitions = partitions;
    channel.group.delivery = GroupDelivery::shared;
    return channel;
}

ServiceSpec reader(const std::string& name = "g", const ReadFromSpec& from = {}) {
    ServiceSpec service{.name = name};
    HandlerSpec handler;
    handler.on = "s";
    handler.from = from;
    service.handlers.push_back(handler);
    return service;
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
    void whatWasNackedComesBeforeWhatIsNew();
    void anAckInAWorkQueueRemovesTheRecord();
    void whatNobodyAcksStaysInTheStreamWhenItIsGivenUp();
    void recordsGoAtTheirAge();
    // Redis Streams
    void aGroupSplitsAStreamByWhatItsMembersRead();
    void anEntryIsClaimedOnlyAfterBeingIdleForSoLong();
    void aClaimOfTheIdAloneIsNoDelivery();
    void readingOnesOwnHistoryCountsAsADelivery();
    void withoutAcksNothingIsPending();
    void goingBackDeliversWhatWasAckedAgain();
    // Both
    void whoClaimedIsTheOneThatMayAck();
    void partitionsTakeTurns();
    void aMemberThatIsGoneLeavesItsRecordsToTheOthers();
    void latestBeginsBehindWhatIsThere();
    void eachGroupHasEveryRecord();
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
    QCOMPARE(bench.position("g", 0), "1..3 2 0"); // two left, the first at 2 there
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
    QCOMPARE(bench.position("g", 0), "0..1 1 0");
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
    QCOMPARE(bench.position("g", 0), "0..6 6 0"); // the stream keeps them all
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

void TestSharedGroups::goingBackDeliversWhatWasAckedAgain() {
    BrokerBench bench({stream()}, {reader()});
    publish(bench, 3);
    const ConsumerId b = bench.attach("g", 3);
    for (Ordinal i = 1; i <= 3; ++i)
        bench.settle(i, Settlement::ack);
    bench.allow(b, 10);
    bench.seek("g", {.where = ReadFromSpec::Where::offset, .offset = 1});
    QCOMPARE(bench.pendingOf("g"), "1@0#2 2@0#2");
    bench.settle(2, Settlement::ack);
    bench.settle(3, Settlement::ack);
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
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
    QCOMPARE(bench.position("h", 0), "1..1 1 0");
    QVERIFY(bench.ledger().closed());
}

QTEST_APPLESS_MAIN(TestSharedGroups)
#include "tst_shared_groups.moc"
