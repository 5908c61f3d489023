// Partitioners: each held against the values that its system's own tests publish.
#include "core/broker/partitioner.h"

#include <QTest>

#include <limits>

using namespace weir;

namespace {

// With so many partitions the number is the hash itself.
constexpr std::int32_t all = std::numeric_limits<std::int32_t>::max();

} // namespace

class TestPartitioner : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void librdkafkaAndSaramaTakeTheAbsoluteValueOfFnv();
    void librdkafkaTakesTheCrcAsItIs();
    void pulsarClearsTheSign();
    void rabbitMqsSuperStreamsAreUnsigned();
    void natsTakesFnvAsItIs();
    void javaHashesUtf16();
    void everyNameIsKnown();
};

// rd_fnv1a's unit test.
void TestPartitioner::librdkafkaAndSaramaTakeTheAbsoluteValueOfFnv() {
    const auto hash = [](const char* key) { return partitionOf(Partitioner::sarama, key, all); };
    QCOMPARE(hash("kafka"), 0x0D33'C4E1);
    QCOMPARE(hash("giberish123456789"), 0x77A5'8295);
    QCOMPARE(hash("1234"), 0x023B'DD03); // FNV-1a: 0xFDC422FD
    QCOMPARE(hash("234"), 0x2DEA'3CD2);
    QCOMPARE(hash("34"), 0x740F'A83E); // FNV-1a: 0x8BF057C2
    QCOMPARE(hash("4"), 0x310C'A263);
}

// The check value of CRC-32 is 0xCBF43926, 3421780262.
void TestPartitioner::librdkafkaTakesTheCrcAsItIs() {
    QCOMPARE(partitionOf(Partitioner::librdkafka, "123456789", 10), 2);
    QCOMPARE(partitionOf(Partitioner::librdkafka, "123456789", 1000), 262);
}

// The client's tests of its hashes.
void TestPartitioner::pulsarClearsTheSign() {
    const auto murmur = [](const char* key) { return partitionOf(Partitioner::pulsarMurmur3, key, all); };
    QCOMPARE(murmur("k1"), 2110152746);
    QCOMPARE(murmur("k2"), 1479966664);
    QCOMPARE(murmur("key1"), 462881061);
    QCOMPARE(murmur("key2"), 1936800180);
    QCOMPARE(murmur("key01"), 39696932);
    QCOMPARE(murmur("key02"), 751761803);
    QCOMPARE(partitionOf(Partitioner::pulsar, "keykeykeykeykey1", all), 434058482);
    QCOMPARE(partitionOf(Partitioner::pulsar, "keykeykey2", all), 42978643);
}

// The stream clients' tests of their routing: partitions 1 to 3 there.
void TestPartitioner::rabbitMqsSuperStreamsAreUnsigned() {
    const std::pair<const char*, int> published[] = {{"hello1", 2}, {"hello2", 1}, {"hello3", 2}, {"hello4", 3},
                                                     {"hello5", 1}, {"hello6", 3}, {"hello7", 1}, {"hello8", 2},
                                                     {"hello9", 1}, {"hello10", 3}, {"hello88", 2}};
    for (const auto& [key, partition] : published)
        QCOMPARE(partitionOf(Partitioner::rabbitmqSuperStream, key, 3) + 1, partition);
}

// FNV-1a of "foobar" is 0xBF9CF968, 3214735720.
void TestPartitioner::natsTakesFnvAsItIs() {
    QCOMPARE(partitionOf(Partitioner::nats, "foobar", 10), 0);
    QCOMPARE(partitionOf(Partitioner::nats, "foobar", 1000), 720);
}

// "Aa" and "BB" are Java's famous pair, 2112; "polygenelubricants" hashes to the least number, whose sign cannot go.
void TestPartitioner::javaHashesUtf16() {
    QCOMPARE(partitionOf(Partitioner::rocketmq, "Aa", all), 2112);
    QCOMPARE(partitionOf(Partitioner::rocketmq, "BB", all), 2112);
    QCOMPARE(partitionOf(Partitioner::pulsar, "polygenelubricants", all), 0);
    QCOMPARE(partitionOf(Partitioner::pulsar, "\xE8\xAE\xA2", all), 0x8BA2);             // U+8BA2 alone
    QCOMPARE(partitionOf(Partitioner::pulsar, "\xF0\x9F\x98\x80", all), 31 * 0xD83D + 0xDE00); // U+1F600: a pair
}

void TestPartitioner::everyNameIsKnown() {
    for (std::size_t i = 0; i < partitionerNames().size(); ++i)
        QVERIFY(partitionerNamed(partitionerNames()[i]).value() == static_cast<Partitioner>(i));
    QVERIFY(!partitionerNamed("murmur2").ok());
}

QTEST_APPLESS_MAIN(TestPartitioner)
#include "tst_partitioner.moc"
