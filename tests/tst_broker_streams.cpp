// Streams: partitions, groups, offsets, retention, rebalancing. Rule by rule, with exact offsets.
#include "support/broker_bench.h"
#include "support/log_stream.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

class TestBrokerStreams : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aKeyGoesWhereKafkaPutsIt();
    void withoutAKeyPartitionsTakeTurns();
    void aPartitionIsHandledInOrderOneAtATime();
    void eachGroupReadsEverything();
    void aRetryHoldsItsPartitionOnly();
    void commitsOnlyGoForward();
    void whatRetentionTakesBeforeItIsReadHasExpired();
    void retentionByTimeIsExactAndSchedulesOneDue();
    void commitsPassOverWhatRetentionTook();
    void aCrashMovesPartitionsToTheOthers();
    void aDeadLetterInAStreamWaitsFromItsArrival();
    void aRateLimitLetsOtherKeysPassABusyMember();
    void aHistoryIsReadByItsIdsWhateverWasDeliveredFirst();
};

void TestBrokerStreams::aKeyGoesWhereKafkaPutsIt() {
    BrokerBench bench({logStream(10)}, {logReader("reader")});
    // Apache Kafka's murmur2 gives "21" -973932308 and "foobar" -790332482: made positive 1173551340 and 1357151166.
    bench.publish("log", {.key = "21"});
    bench.publish("log", {.key = "foobar"});
    bench.publish("log", {.key = "21"});
    QCOMPARE(bench.log({appended}), "0 appended 1 log/0; 0 appended 2 log/6; 0 appended 3 log/0");
}

void TestBrokerStreams::withoutAKeyPartitionsTakeTurns() {
    BrokerBench bench({logStream(3)}, {logReader("reader")});
    for (int i = 0; i < 4; ++i)
        bench.publish("log");
    QCOMPARE(bench.log({appended}), "0 appended 1 log/0; 0 appended 2 log/1; 0 appended 3 log/2; 0 appended 4 log/0");
}

void TestBrokerStreams::aPartitionIsHandledInOrderOneAtATime() {
    BrokerBench bench({logStream(2)}, {logReader("reader")});
    bench.attach("reader", 0);
    bench.openGroups();
    for (int i = 0; i < 4; ++i)
        bench.publish("log");
    bench.runTo(1ms);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.log({delivered, committed}),
             "0 delivered 1#1 log/0@0; 0 delivered 2#1 log/1@0; 1 committed 2 log/1; 1 delivered 4#1 log/1@0");
}

void TestBrokerStreams::eachGroupReadsEverything() {
    BrokerBench bench({logStream(1)}, {logReader("mailer"), logReader("reader")});
    bench.publish("log");
    bench.attach("mailer");
    bench.attach("reader");
    bench.openGroups();
    QCOMPARE(bench.log({enqueued, delivered, rebalanced}),
             "0 enqueued 1 log/0; 0 enqueued 1 log/0; 0 rebalanced log; 0 delivered 1#1 log/0@0; "
             "0 rebalanced log; 0 delivered 1#1 log/0@1");
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{2});
}

void TestBrokerStreams::aRetryHoldsItsPartitionOnly() {
    ChannelSpec log = logStream(2);
    log.retry = RetrySpec{.max = 1, .backoff = Backoff::fixed, .first = 10ms};
    BrokerBench bench({log}, {logReader("reader")});
    bench.attach("reader", 1); // one at a time over both partitions
    bench.openGroups();
    for (int i = 0; i < 4; ++i)
        bench.publish("log");
    bench.settle(1, Settlement::retry);
    bench.settle(2, Settlement::ack);
    bench.settle(4, Settlement::ack);
    bench.runTo(20ms);
    bench.settle(1, Settlement::retry);
    QCOMPARE(bench.log({delivered, dropped}),
             "0 delivered 1#1 log/0@0; 0 delivered 2#1 log/1@0; 0 delivered 4#1 log/1@0; 10 delivered 1#2 log/0@0; "
             "20 dropped 1#2 log/0@0 delivery_limit; 20 delivered 3#1 log/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestBrokerStreams::commitsOnlyGoForward() {
    BrokerBench bench({logStream(1)}, {logReader("reader")});
    bench.attach("reader");
    bench.openGroups();
    for (Ordinal i = 1; i <= 2500; ++i) // over several segments
        bench.publish("log");
    for (Ordinal i = 1; i <= 2500; ++i)
        QVERIFY(bench.settle(i, Settlement::ack));
    QCOMPARE(bench.commits().size(), std::size_t{2500});
    for (std::uint32_t i = 0; i < 2500; ++i)
        QCOMPARE(bench.commits()[i], i + 1);
    QCOMPARE(bench.log({completed}).count("completed"), 2500);
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
}

void TestBrokerStreams::whatRetentionTakesBeforeItIsReadHasExpired() {
    ChannelSpec log = logStream(1);
    log.retainCount = 2;
    BrokerBench bench({log}, {logReader("reader")});
    bench.attach("reader");
    bench.openGroups();
    for (int i = 0; i < 5; ++i)
        bench.publish("log"); // 1 is being handled, 2 and 3 are forgotten unread
    QCOMPARE(bench.log({expired}), "0 expired 2 log/0 retention; 0 expired 3 log/0 retention");
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 log/0@0; 0 delivered 4#1 log/0@0");
    QCOMPARE(bench.log({completed}), "0 completed 2; 0 completed 3; 0 completed 1");
    QVERIFY(bench.ledger().closed());
}

void TestBrokerStreams::retentionByTimeIsExactAndSchedulesOneDue() {
    ChannelSpec log = logStream(1);
    log.retainFor = 10ms;
    log.retainCount = 5;
    BrokerBench bench({log}, {logReader("reader")});
    for (int i = 1; i <= 100; ++i) {
        bench.publish("log");
        bench.runTo(i * 1ms);
        QVERIFY2(bench.pending() <= 1, qPrintable(QString::number(bench.pending())));
    }
    QCOMPARE(bench.log({expired}).count("expired"), 95);
    bench.runTo(Duration{105ms} - Duration{1}); // those at 95 to 99 ms are left
    QCOMPARE(bench.log({expired}).count("expired"), 95);
    bench.runTo(1s);
    QCOMPARE(bench.log({expired}).section("; ", 95),
             "105 expired 96 log/0 retention; 106 expired 97 log/0 retention; 107 expired 98 log/0 retention; "
             "108 expired 99 log/0 retention; 109 expired 100 log/0 retention");
    QCOMPARE(bench.pending(), std::size_t{0});
}

void TestBrokerStreams::commitsPassOverWhatRetentionTook() {
    ChannelSpec log = logStream(1);
    log.retainCount = 1;
    BrokerBench bench({log}, {logReader("reader")});
    bench.attach("reader");
    bench.openGroups();
    for (int i = 0; i < 4; ++i)
        bench.publish("log");
    bench.settle(1, Settlement::ack);
    bench.settle(4, Settlement::ack);
    QCOMPARE(bench.commits(), (std::vector<std::uint32_t>{3, 4})); // 2 and 3 went unread
}

void TestBrokerStreams::aCrashMovesPartitionsToTheOthers() {
    BrokerBench bench({logStream(3)}, {logReader("reader")});
    const ConsumerId first = bench.attach("reader", 0);
    bench.attach("reader", 0);
    bench.openGroups();
    for (int i = 0; i < 6; ++i)
        bench.publish("log");
    const DeliveryTag old = bench.latest(2);
    bench.runTo(1ms);
    bench.disconnect(first); // 0 and 2 to the second; 1 stays where it is
    QVERIFY(bench.settle(1, Settlement::ack));
    QCOMPARE(bench.log({delivered, requeued, rebalanced}).section("; ", 1),
             "0 delivered 1#1 log/0@0; 0 delivered 2#1 log/1@1; 0 delivered 3#1 log/2@0; "
             "1 requeued 1#1 log/0@0 disconnected; 1 requeued 3#1 log/2@0 disconnected; 1 rebalanced log; "
             "1 delivered 1#2 log/0@1; 1 delivered 3#2 log/2@1; 1 delivered 4#1 log/0@1");
    QVERIFY(bench.settle(old, Settlement::ack));
    bench.runTo(2ms);
    const DeliveryTag moved = bench.latest(4);
    bench.resume(first); // takes 0 and 2 back: what was being handled there is handled again
    QVERIFY(!bench.settle(moved, Settlement::ack));
    QCOMPARE(bench.log({delivered}).section("; ", -2), "2 delivered 4#2 log/0@0; 2 delivered 3#3 log/2@0");
    QVERIFY(bench.ledger().closed());
}

void TestBrokerStreams::aDeadLetterInAStreamWaitsFromItsArrival() {
    ChannelSpec jobs;
    jobs.name = "jobs";
    jobs.ttl = 10ms;
    jobs.deadLetter = "log";
    ChannelSpec log = logStream(1);
    log.retainFor = 5ms;
    BrokerBench bench({jobs, log}, {logReader("reader")});
    bench.publish("jobs");
    bench.runTo(12ms);
    bench.attach("reader");
    bench.openGroups();
    QCOMPARE(bench.log({appended, delivered, expired}), "10 appended 1 log/0; 12 delivered 1#1 log/0@0");
    QCOMPARE(bench.broker().copy(bench.latest(1))->born, SimTime{10ms});
    QVERIFY(bench.settle(1, Settlement::ack));
}

// As without a rate: behind a record whose member has no credit there may be one for another.
void TestBrokerStreams::aRateLimitLetsOtherKeysPassABusyMember() {
    ChannelSpec channel = logStream(1);
    channel.group.delivery = GroupDelivery::keyShared;
    channel.dispatch = DispatchMode::keyShared;
    channel.deliveryRate = RateLimitSpec{.tokens = 1000, .per = 1s, .burst = 1000};
    BrokerBench bench({channel}, {logReader("g")});
    bench.attach("g", 1);
    bench.attach("g", 1);
    for (int i = 0; i < 40; ++i)
        bench.publish("log", {.key = "k" + std::to_string(i % 20)});
    QCOMPARE(bench.deliveries().size(), std::size_t{2});
    for (std::size_t i = 0; i < bench.deliveries().size(); ++i)
        bench.settle(bench.deliveries()[i].message, Settlement::ack);
    QCOMPARE(bench.deliveries().size(), std::size_t{40});
    QVERIFY(bench.ledger().closed());
}

// Redis: XREADGROUP with an id reads what is pending in the order of the ids; it was claimed in another one.
void TestBrokerStreams::aHistoryIsReadByItsIdsWhateverWasDeliveredFirst() {
    ChannelSpec channel = logStream(1);
    channel.group.delivery = GroupDelivery::shared;
    channel.ackTimeout = 10s;
    channel.group.whenGone = WhenGone::resume;
    BrokerBench bench({channel}, {logReader("g")});
    bench.attach("g", 1);
    const ConsumerId b = bench.attach("g", 2);
    bench.publish("log");
    bench.publish("log"); // goes to b
    QVERIFY(bench.claim(b, {.partition = 0, .offset = 0}));
    bench.disconnect(b);
    bench.runTo(1s);
    bench.resume(b);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 log/0@0; 0 delivered 2#1 log/0@1; 0 delivered 1#2 log/0@1; "
                                     "1000 delivered 1#3 log/0@1; 1000 delivered 2#2 log/0@1");
}

QTEST_APPLESS_MAIN(TestBrokerStreams)
#include "tst_broker_streams.moc"
