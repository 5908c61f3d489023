// Where keyed messages go, against what Kafka's Java client computed.
#include "core/broker/murmur2.h"
#include "core/value.h"

#include <QFile>
#include <QTest>

using namespace weir;

class TestMurmur2 : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void hashesAndPartitionsAreThoseOfTheJavaClient();
    void theEmptyKeyHasAPartition();
};

void TestMurmur2::hashesAndPartitionsAreThoseOfTheJavaClient() {
    QFile lines(WEIR_SOURCE_DIR "/tests/data/kafka/murmur2.jsonl");
    QVERIFY(lines.open(QIODevice::ReadOnly));
    int rows = 0;
    while (!lines.atEnd()) {
        const QByteArray line = lines.readLine();
        const Result<Value> row = Value::parse(line.toStdString());
        QVERIFY2(row.ok(), line);
        const std::string& key = *row->member("key")->text();
        QVERIFY2(murmur2(key) == row->member("murmur2")->number()->whole(), line);
        for (const auto& [count, partition] : *row->member("partition")->table())
            QVERIFY2(keyedPartition(key, std::stoi(count)) == partition.number()->whole(), line);
        ++rows;
    }
    QCOMPARE(rows, 106);
}

void TestMurmur2::theEmptyKeyHasAPartition() {
    QCOMPARE(murmur2(""), 275646681); // as librdkafka's unit test has it
    QCOMPARE(keyedPartition("", 1), 0);
}

QTEST_APPLESS_MAIN(TestMurmur2)
#include "tst_murmur2.moc"
