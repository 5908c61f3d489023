// What a stream keeps: by size, by key (compaction), by subject, until it is acked; what it refuses; and which
// partition a record goes to. Rules of Kafka's log cleaner and of NATS JetStream's limits, with exact offsets.
#include "support/broker_bench.h"
#include "support/log_stream.h"

#include "core/broker/partitioner.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

class TestStreamRetention : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theOldestGoWhenTheSizesAreTooMuch();
    void theLatestRecordStaysWhateverItsSize();
    void aCleaningKeepsTheLastRecordOfEachKey();
    void whatIsDirtyStaysUntilTheNextCleaning();
    void aTombstoneGoesSomeTimeAfterItsFirstCleaning();
    void recordsWithoutAKeyAreNotCompacted();
    void aReaderPassesOverWhatWasCleanedAway();
    void theOldestOfASubjectGoesWhenThereAreTooMany();
    void aWorkQueueForgetsWhatIsAcked();
    void aWorkQueueForgetsWhatIsAckedLateOrOnDelivery();
    void aRecordStaysUntilEveryGroupHasAckedIt();
    void withoutInterestNothingIsKept();
    void aFullStreamRefusesWhereItIsToldTo();
    void aNamedHashChoosesThePartition();
    void messagesWithoutAKeyFillOnePartitionAtATime();
    void aLogWithHolesFindsItsWay();
};

void TestStreamRetention::theOldestGoWhenTheSizesAreTooMuch() {
    ChannelSpec log = logStream();
    log.retainBytes = Bytes{100};
    BrokerBench bench({log}, {logReader("reader")});
    for (const std::int64_t size : {40, 40, 20, 30, 60})
        bench.publish("log", {.size = size});
    QCOMPARE(bench.log({expired}),
             "0 expired 1 log/0 retention; 0 expired 2 log/0 retention; 0 expired 3 log/0 retention");
    QCOMPARE(bench.position("reader", 0), "3..5 3 0");
}

void TestStreamRetention::theLatestRecordStaysWhateverItsSize() {
    ChannelSpec log = logStream();
    log.retainBytes = Bytes{10};
    BrokerBench bench({log}, {logReader("reader")});
    bench.publish("log", {.size = 400});
    QCOMPARE(bench.log({expired}), "");
}

void TestStreamRetention::aCleaningKeepsTheLastRecordOfEachKey() {
    ChannelSpec log = logStream();
    log.compaction = CompactionSpec{.dirty = 1}; // only when all of it is dirty: at the first record
    BrokerBench never({log}, {logReader("reader")});
    log.compaction->dirty = 0.5;
    BrokerBench bench({log}, {logReader("reader")});
    for (const char* const key : {"a", "b", "a", "b", "a", "c"}) {
        bench.publish("log", {.key = key});
        never.publish("log", {.key = key});
    }
    // After each record: a | a b | a b a: 1 dirty of 3 | a b a b: 2 of 4, cleaned | a b a: 1 of 3 | a b a c: 2 of 4,
    // cleaned
    QCOMPARE(bench.log({expired}),
             "0 expired 1 log/0 compacted; 0 expired 2 log/0 compacted; 0 expired 3 log/0 compacted");
    QCOMPARE(never.log({expired}), "");
    QVERIFY(bench.ledger().closed());
}

void TestStreamRetention::whatIsDirtyStaysUntilTheNextCleaning() {
    ChannelSpec log = logStream();
    log.compaction = CompactionSpec{.dirty = 0.5};
    BrokerBench bench({log}, {logReader("reader")});
    for (const char* const key : {"a", "b", "c", "d", "a", "a", "a"})
        bench.publish("log", {.key = key});
    QCOMPARE(bench.log({expired}), ""); // 3 of 7
    bench.publish("log", {.key = "a"}); // 4 of 8
    QCOMPARE(bench.log({expired}), "0 expired 1 log/0 compacted; 0 expired 5 log/0 compacted; "
                                   "0 expired 6 log/0 compacted; 0 expired 7 log/0 compacted");
}

void TestStreamRetention::aTombstoneGoesSomeTimeAfterItsFirstCleaning() {
    ChannelSpec log = logStream();
    log.compaction = CompactionSpec{.dirty = 0, .tombstones = 10ms}; // a cleaning at each record
    BrokerBench bench({log}, {logReader("reader")});
    bench.publish("log", {.key = "a"});
    bench.runTo(1ms);
    bench.publish("log", {.key = "a", .tombstone = true});
    bench.runTo(10ms);
    bench.publish("log", {.key = "b"});
    bench.runTo(11ms);
    bench.publish("log", {.key = "c"});
    QCOMPARE(bench.log({expired}), "1 expired 1 log/0 compacted; 11 expired 2 log/0 compacted");
}

void TestStreamRetention::recordsWithoutAKeyAreNotCompacted() {
    ChannelSpec log = logStream();
    log.compaction = CompactionSpec{.dirty = 0};
    BrokerBench bench({log}, {logReader("reader")});
    for (int i = 0; i < 4; ++i)
        bench.publish("log");
    QCOMPARE(bench.log({expired}), "");
}

void TestStreamRetention::aReaderPassesOverWhatWasCleanedAway() {
    ChannelSpec log = logStream();
    log.compaction = CompactionSpec{.dirty = 0};
    BrokerBench bench({log}, {logReader("reader")});
    bench.attach("reader");
    bench.openGroups();
    for (const char* const key : {"a", "b", "c", "b", "c", "d"})
        bench.publish("log", {.key = key});
    bench.settle(1, Settlement::ack);
    bench.settle(4, Settlement::ack);
    bench.settle(5, Settlement::ack);
    bench.settle(6, Settlement::ack);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 log/0@0; 0 delivered 4#1 log/0@0; 0 delivered 5#1 log/0@0; "
                                     "0 delivered 6#1 log/0@0");
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
    // Going back finds what is left.
    bench.seek("reader", {});
    QCOMPARE(bench.ledger().copies.ready + bench.ledger().copies.inFlight, 4);
}

// NATS 2.9.10, max_msgs_per_subject 1: after a1 b1 a2 b2 a3 the stream holds b2 and a3, at 4 and 5.
void TestStreamRetention::theOldestOfASubjectGoesWhenThereAreTooMany() {
    ChannelSpec log = logStream();
    log.retainPerSubject = 1;
    BrokerBench bench({log}, {logReader("reader")});
    for (const char* const subject : {"a", "b", "a", "b", "a"})
        bench.publish("log", {.routingKey = subject});
    QCOMPARE(bench.log({expired}),
             "0 expired 1 log/0 superseded; 0 expired 2 log/0 superseded; 0 expired 3 log/0 superseded");
    QCOMPARE(bench.position("reader", 0), "3..5 3 0");
}

void TestStreamRetention::aWorkQueueForgetsWhatIsAcked() {
    ChannelSpec log = logStream();
    log.retainUntil = RetainUntil::acked;
    log.retry = RetrySpec{.max = 0};
    BrokerBench bench({log}, {logReader("reader")});
    for (int i = 0; i < 3; ++i)
        bench.publish("log");
    QCOMPARE(bench.position("reader", 0), "0..3 0 0"); // kept while nobody reads
    bench.attach("reader");
    bench.openGroups();
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.position("reader", 0), "1..3 1 1");
    bench.settle(2, Settlement::retry); // had its last delivery, and was not acked: it stays
    bench.settle(3, Settlement::ack);
    QCOMPARE(bench.position("reader", 0), "1..3 3 3");
}

void TestStreamRetention::aWorkQueueForgetsWhatIsAckedLateOrOnDelivery() {
    ChannelSpec log = logStream();
    log.retainUntil = RetainUntil::acked;
    log.lateAcks = LateAcks::accepted;
    BrokerBench bench({log}, {logReader("reader")});
    const ConsumerId reader = bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    const DeliveryTag before = bench.latest(1);
    bench.disconnect(reader);
    bench.resume(reader);
    QVERIFY(bench.ackLate(before, 1));
    QCOMPARE(bench.position("reader", 0), "1..1 1 1");

    BrokerBench other({log}, {logReader("reader")});
    const ConsumerId automatic = other.attach("reader", 1, true);
    other.openGroups();
    other.publish("log");
    other.disconnect(automatic); // the work is not done, but the record was acked
    QCOMPARE(other.position("reader", 0), "1..1 1 1");
    QVERIFY(other.ledger().closed());
}

void TestStreamRetention::aRecordStaysUntilEveryGroupHasAckedIt() {
    ChannelSpec log = logStream();
    log.retainUntil = RetainUntil::interest;
    BrokerBench bench({log}, {logReader("mailer"), logReader("reader")});
    bench.attach("mailer");
    bench.openGroups();
    bench.publish("log");
    bench.publish("log");
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.position("reader", 0), "0..2 0 0");
    bench.settle(2, Settlement::ack);
    bench.seek("mailer", {}); // it acks the first a second time; that counts for the other no more than once did
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.position("reader", 0), "0..2 0 0");
    bench.resume(bench.attach("reader"));
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.position("reader", 0), "1..2 1 1");
}

void TestStreamRetention::withoutInterestNothingIsKept() {
    ChannelSpec log = logStream();
    log.retainUntil = RetainUntil::interest;
    log.retainCount = 1;
    log.refuseWhenFull = true;
    BrokerBench bench({log});
    QCOMPARE(bench.publish("log"), Admission::accepted);
    QCOMPARE(bench.publish("log"), Admission::accepted); // there is room still
    QVERIFY(bench.ledger().closed());
}

void TestStreamRetention::aFullStreamRefusesWhereItIsToldTo() {
    ChannelSpec log = logStream();
    log.retainCount = 2;
    log.refuseWhenFull = true;
    log.retainUntil = RetainUntil::acked;
    BrokerBench bench({log}, {logReader("reader")});
    bench.publish("log");
    bench.publish("log");
    QCOMPARE(bench.publish("log"), Admission::refused);
    bench.attach("reader");
    bench.openGroups();
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.publish("log"), Admission::accepted);
    QCOMPARE(bench.log({refused, expired}), "0 refused 3 log maxlen");
    QVERIFY(bench.ledger().closed());
}

// CRC-32 of "123456789" is 0xCBF43926; FNV-1a of "foobar" 0xBF9CF968, as librdkafka and Sarama take it 0x40630698; Kafka's murmur2 of "foobar" made positive
// 1357151166. Java's hash code of "foobar" is -1268878963: without its sign 878604685, its absolute value 1268878963.
void TestStreamRetention::aNamedHashChoosesThePartition() {
    const auto partitionOf = [](Partitioner hash, const std::string& key) {
        ChannelSpec log = logStream(10);
        log.keyHash = hash;
        BrokerBench bench({log}, {logReader("reader")});
        bench.publish("log", {.key = key});
        return bench.log({appended});
    };
    QCOMPARE(partitionOf(Partitioner::librdkafka, "123456789"), "0 appended 1 log/2"); // 3421780262
    QCOMPARE(partitionOf(Partitioner::sarama, "foobar"), "0 appended 1 log/6");        // 1080231576
    QCOMPARE(partitionOf(Partitioner::kafka, "foobar"), "0 appended 1 log/6");
    QCOMPARE(partitionOf(Partitioner::pulsar, "foobar"), "0 appended 1 log/5");
    QCOMPARE(partitionOf(Partitioner::rocketmq, "foobar"), "0 appended 1 log/3");
}

void TestStreamRetention::messagesWithoutAKeyFillOnePartitionAtATime() {
    ChannelSpec log = logStream(3);
    log.keylessBatch = Bytes{100};
    BrokerBench bench({log}, {logReader("reader")});
    for (const std::int64_t size : {60, 50, 10, 90, 100, 1})
        bench.publish("log", {.size = size});
    QCOMPARE(bench.log({appended}), "0 appended 1 log/0; 0 appended 2 log/0; 0 appended 3 log/1; 0 appended 4 log/1; "
                                    "0 appended 5 log/2; 0 appended 6 log/0");
}

void TestStreamRetention::aLogWithHolesFindsItsWay() {
    StreamLog log;
    for (std::uint64_t i = 0; i < 3000; ++i) { // several segments
        Message message;
        message.ordinal = i + 1;
        message.size = 2;
        log.append(message, SimTime{Duration{static_cast<std::int64_t>(i)}});
    }
    const StreamLog before = log; // a snapshot
    for (std::uint64_t i = 1; i < 2999; ++i)
        log.remove(i);
    QCOMPARE(log.start(), std::uint64_t{0});
    QCOMPARE(log.kept(), 2);
    QCOMPARE(log.bytes(), 4);
    QVERIFY(!log.holds(1500));
    log.remove(0);
    QCOMPARE(log.start(), std::uint64_t{2999});
    QCOMPARE(log.at(2999).message.ordinal, Ordinal{3000});
    QCOMPARE(log.offsetAt(SimTime{Duration{10}}), std::uint64_t{2999});
    log.remove(2999);
    QCOMPARE(log.start(), log.end());
    QCOMPARE(before.kept(), 3000);
    QVERIFY(before.holds(1500));
    QCOMPARE(before.offsetAt(SimTime{Duration{10}}), std::uint64_t{10});
}

QTEST_APPLESS_MAIN(TestStreamRetention)
#include "tst_stream_retention.moc"
