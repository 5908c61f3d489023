// The schema for editors, the loader and the field reference say the same.
#include "core/scenario/fields.h"
#include "core/scenario/load.h"
#include "tests/field_reference.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace weir;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(QDir(WEIR_SOURCE_DIR).filePath(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A scenario without anything, and then what a row adds.
QByteArray scenarioWith(const QByteArray& members) {
    return "{ \"weir\": \"1\"" + (members.isEmpty() ? "" : ", " + members) + " }";
}

QByteArray withHandler(const QByteArray& members) {
    return scenarioWith(
        R"("events": { "e": {} }, "channels": { "q": { "kind": "queue" } }, "services": { "s": { "handlers": [ { "on": "q", )" +
        members + " } ] } }");
}

QByteArray withQueue(const QByteArray& members) {
    return scenarioWith(R"("channels": { "q": { "kind": "queue", )" + members + " } }");
}

QByteArray withArrivals(const QByteArray& members) {
    return scenarioWith(R"("services": { "s": { "sources": [ { "then": [], "arrivals": { )" + members + " } } ] } }");
}

} // namespace

class TestSchema : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void theLoaderKnowsTheKeysOfTheSchema();
    void everyFieldIsDescribedInBothLanguages();
    void scenariosAreValid();
    void bothAccept_data();
    void bothAccept();
    void bothRefuse_data();
    void bothRefuse();
    void theFieldReferenceIsTheSchemas();

  private:
    bool isValid(const QByteArray& text) const {
        const auto document = nlohmann::json::parse(text.toStdString(), nullptr, false, true);
        valijson::Validator validator;
        return !document.is_discarded() &&
               validator.validate(m_schema, valijson::adapters::NlohmannJsonAdapter(document), nullptr);
    }
    static bool loads(const QByteArray& text) { return loadScenario(text.toStdString()).ok(); }

    nlohmann::json m_schemaText;
    valijson::Schema m_schema;
    Value m_schemaValue; // keeps the order
};

void TestSchema::initTestCase() {
    const QByteArray text = contentOf("resources/scenario.schema.json");
    m_schemaText = nlohmann::json::parse(text.toStdString(), nullptr, false);
    QVERIFY(!m_schemaText.is_discarded());
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(m_schemaText), m_schema);
    m_schemaValue = Value::parse(text.toStdString()).value();
}

void TestSchema::theLoaderKnowsTheKeysOfTheSchema() {
    QStringList inLoader, inSchema;
    for (const FieldTable& table : fields::all)
        for (const std::string_view key : table.keys)
            inLoader.append(QString::fromStdString(std::string(table.name) + '.' + std::string(key)));
    for (const auto& [name, definition] : *m_schemaValue.member("definitions")->table())
        if (const Value* properties = definition.member("properties")) {
            QVERIFY2(definition.member("additionalProperties") && !*definition.member("additionalProperties")->truth(),
                     name.c_str());
            for (const auto& [key, property] : *properties->table())
                inSchema.append(QString::fromStdString(name + '.' + key));
        }
    inLoader.sort();
    inSchema.sort();
    QVERIFY(inLoader.size() > 150);
    QCOMPARE(inSchema.join('\n'), inLoader.join('\n'));
}

void TestSchema::everyFieldIsDescribedInBothLanguages() {
    const auto describe = [](const Value& value, const std::string& place) {
        for (const char* key : {"description", "x-description-zh"})
            QVERIFY2(value.member(key) && !value.member(key)->text()->empty(), (place + ' ' + key).c_str());
    };
    for (const auto& [name, definition] : *m_schemaValue.member("definitions")->table()) {
        describe(definition, name);
        if (const Value* properties = definition.member("properties"))
            for (const auto& [key, property] : *properties->table())
                describe(property, name + '.' + key);
    }
}

void TestSchema::scenariosAreValid() {
    QStringList paths{"tests/data/scenario/full.json", "tests/data/scenario/routing.json"};
    for (const QString& name : QDir(WEIR_SOURCE_DIR "/scenarios").entryList({"*.json"}, QDir::Files))
        paths.append("scenarios/" + name);
    QVERIFY(paths.size() >= 5);
    for (const QString& path : paths) {
        QVERIFY2(isValid(contentOf(path)), qPrintable(path));
        QVERIFY2(loads(contentOf(path)), qPrintable(path));
    }
}

void TestSchema::bothAccept_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << scenarioWith("");
    QTest::newRow("texts") << scenarioWith(R"("title": { "zh": "标题" }, "notes": "a")");
    QTest::newRow("to the end") << scenarioWith(R"("run": { "for": "end", "seed": 9223372036854775807 })");
    QTest::newRow("zero without a unit") << withHandler(R"("takes": "0")");
    QTest::newRow("space before the unit") << withHandler(R"("takes": "1.5 s")");
    QTest::newRow("short binding") << scenarioWith(
        R"("channels": { "t": { "kind": "topic" }, "q": { "kind": "queue", "bind": ["t"] } })");
    QTest::newRow("binding in front") << scenarioWith(
        R"("channels": { "t": { "kind": "topic", "order": "specific" }, "q": { "kind": "queue", "bind": [ { "to": "t", "prepend": true } ] } })");
    QTest::newRow("window of confirms")
        << scenarioWith(R"("events": { "e": {} }, "channels": { "q": { "kind": "queue" } },
           "services": { "s": { "sources": [ { "emit": "e", "to": "q", "arrivals": { "every": "1s" }, "confirm": { "window": 5 } } ] } })");
    QTest::newRow("exchanges in a circle") << scenarioWith(
        R"("channels": { "x": { "kind": "topic", "bind": ["y"] }, "y": { "kind": "topic", "bind": ["x", "y"] } })");
    QTest::newRow("hash of a header") << scenarioWith(
        R"("channels": { "x": { "kind": "exchange", "type": "sticky", "hashOn": "headers.a" } })");
    QTest::newRow("in turn, and heard") << scenarioWith(
        R"("channels": { "t": { "kind": "topic", "copies": "inTurn", "mustBeHeard": "error" },
           "x": { "kind": "exchange", "copies": "atOnce", "mustBeHeard": "" },
           "l": { "kind": "stream", "unackedMax": 1000000, "group": { "delivery": "shared" } } })");
    QTest::newRow("retry without settings") << withQueue(R"("retry": {})");
    QTest::newRow("capacity 0") << withQueue(R"("capacity": 0, "overflow": "block")");
    QTest::newRow("one failure") << withHandler(R"("fails": 1)");
    QTest::newRow("one action") << withHandler(R"("then": { "add": "t", "key": "{id}" })");
    QTest::newRow("no actions") << withHandler(R"("then": [])");
    QTest::newRow("batch by number") << withArrivals(R"("every": "1s", "batch": 3)");
    QTest::newRow("users alone") << withArrivals(R"("users": 3)");
    QTest::newRow("gaps") << withArrivals(R"("gaps": { "erlang": { "phases": 2, "mean": "1s" } }, "first": "0s")");
    QTest::newRow("saturated") << withArrivals(R"("saturated": true)");
    QTest::newRow("bytes alone") << withQueue(R"("capacityBytes": "1KiB", "overflow": "rejectDeadLetter")");
    QTest::newRow("delivery") << withQueue(
        R"("dispatch": "keyShared", "order": "leastInFlight", "requeueTo": "tail", "lateAcks": "accepted", "ttlActs": "anywhere",
           "whenGone": "forget", "line": "lifo", "unackedMax": 1, "deliveryRate": { "limit": "1/s", "burst": 3, "refill": "atOnce" },
           "idleExpiry": "1min", "capacity": 1, "capacityCounts": "unsettled", "deadLetter": "q", "deadLetterKey": "k",
           "retry": { "jitterKind": "full", "paces": "nacks", "afterLast": "stay", "returnTo": "oldPlace", "timeouts": 0, "through": "q" })");
    QTest::newRow("jitter below") << withQueue(R"("retry": { "jitter": 1, "jitterKind": "below" })");
    QTest::newRow("batch") << withHandler(R"("batch": { "max": 5, "linger": "1s" }, "priority": -3, "ackLoss": 0.1, "extend": "1s")");
    QTest::newRow("gathered acks") << withHandler(R"("ack": "batch", "ackEvery": { "interval": "1s" })");
    QTest::newRow("a log and its transactions") << scenarioWith(
        R"("events": { "e": {} }, "channels": { "a": { "kind": "stream", "keyHash": "pulsar-murmur3", "delayHolds": "delivery", "replicate": [ { "to": "b", "takes": "80ms" } ] },
           "b": { "kind": "stream", "keyHash": "murmur3" } },
           "services": { "s": { "outbox": { "every": "0s", "batch": 1, "marks": "1ms" } },
             "t": { "outbox": true, "handlers": [ { "on": "a", "isolation": "uncommitted", "transaction": false, "fails": { "how": "crashBetween", "every": 2 } } ] },
             "u": { "handlers": [ { "on": "a", "isolation": "committed", "transaction": { "lasts": "10ms", "timeout": "1min" } } ] } })");
    QTest::newRow("an archive and its replay") << scenarioWith(
        R"("channels": { "t": { "kind": "topic", "archive": true }, "x": { "kind": "exchange", "archive": { "pattern": { "source": ["s"] }, "for": "7d" } },
           "q": { "kind": "queue", "bind": [ "t" ] } },
           "faults": [ { "at": "1s", "replay": "x" }, { "at": "2s", "replay": "t", "from": "0s", "until": "1s", "rules": ["q"], "name": "again" } ])");
    QTest::newRow("redrive and purge") << scenarioWith(
        R"("channels": { "q": { "kind": "queue" } }, "faults": [ { "at": "1s", "redrive": "q", "to": "q" }, { "at": "2s", "purge": "q" } ])");
}

void TestSchema::bothAccept() {
    QFETCH(QByteArray, text);
    QVERIFY(loads(text));
    QVERIFY(isValid(text));
}

void TestSchema::bothRefuse_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no table") << QByteArray("[]");
    QTest::newRow("no version") << QByteArray("{}");
    QTest::newRow("other version") << QByteArray(R"({ "weir": 1 })");
    QTest::newRow("unknown key") << scenarioWith(R"("evnts": {})");
    QTest::newRow("text in another language") << scenarioWith(R"("title": { "fr": "Titre" })");
    QTest::newRow("negative seed") << scenarioWith(R"("run": { "seed": -1 })");
    QTest::newRow("no time at all") << scenarioWith(R"("run": { "for": "0s" })");
    QTest::newRow("no unit") << scenarioWith(R"("run": { "for": "10" })");
    QTest::newRow("no copies") << scenarioWith(R"("run": { "limits": { "copies": 0 } })");
    QTest::newRow("empty name") << scenarioWith(R"("services": { "": {} })");
    QTest::newRow("long name") << scenarioWith("\"services\": { \"" + QByteArray(201, 'a') + "\": {} }");
    QTest::newRow("no kind") << scenarioWith(R"("channels": { "q": {} })");
    QTest::newRow("unknown kind") << scenarioWith(R"("channels": { "q": { "kind": "pipe" } })");
    QTest::newRow("stream with capacity")
        << scenarioWith(R"("channels": { "q": { "kind": "stream", "capacity": 3 } })");
    QTest::newRow("a stream's delay that holds back something else")
        << scenarioWith(R"("channels": { "q": { "kind": "stream", "delayHolds": "enqueue" } })");
    QTest::newRow("queue with partitions") << withQueue(R"("partitions": 3)");
    QTest::newRow("overflow without capacity") << withQueue(R"("overflow": "block")");
    QTest::newRow("unknown overflow") << withQueue(R"("capacity": 1, "overflow": "spill")");
    QTest::newRow("priorities") << withQueue(R"("priorities": 256)");
    QTest::newRow("ack timeout of zero") << withQueue(R"("ackTimeout": "0.0s")");
    QTest::newRow("jitter") << withQueue(R"("retry": { "jitter": 2 })");
    QTest::newRow("retries") << withQueue(R"("retry": { "max": -1 })");
    QTest::newRow("no steps") << withQueue(R"("retry": { "backoff": "explicit", "steps": [] })");
    QTest::newRow("unknown dialect") << scenarioWith(R"("channels": { "t": { "kind": "topic", "dialect": "amqp" } })");
    QTest::newRow("type of a topic") << scenarioWith(R"("channels": { "t": { "kind": "topic", "type": "fanout" } })");
    QTest::newRow("negative weight") << scenarioWith(
        R"("channels": { "x": { "kind": "exchange", "type": "weighted" }, "q": { "kind": "queue", "bind": [ { "to": "x", "weight": -1 } ] } })");
    QTest::newRow("event pattern of nothing") << scenarioWith(
        R"("channels": { "x": { "kind": "topic" }, "q": { "kind": "queue", "bind": [ { "to": "x", "event": {} } ] } })");
    QTest::newRow("a transaction of a word") << withHandler(R"("transaction": "yes")");
    QTest::newRow("a transaction without a timeout") << withHandler(R"("transaction": { "timeout": "0s" })");
    QTest::newRow("an outbox that takes nothing") << scenarioWith(R"("services": { "s": { "outbox": { "batch": 0 } } })");
    QTest::newRow("an archive for no time") << scenarioWith(R"("channels": { "t": { "kind": "topic", "archive": { "for": "0s" } } })");
    QTest::newRow("an archive of a queue") << withQueue(R"("archive": true)");
    QTest::newRow("an unknown hash of keys") << scenarioWith(R"("channels": { "l": { "kind": "stream", "keyHash": "md5" } })");
    QTest::newRow("no instances") << scenarioWith(R"("services": { "s": { "instances": 0 } })");
    QTest::newRow("status of truth") << scenarioWith(R"("services": { "s": { "state": { "t": { "k": true } } } })");
    QTest::newRow("handler without on") << scenarioWith(R"("services": { "s": { "handlers": [ {} ] } })");
    QTest::newRow("source without arrivals")
        << scenarioWith(R"("services": { "s": { "sources": [ { "then": [] } ] } })");
    QTest::newRow("source without action")
        << withArrivals("").replace(R"("then": [], )", "").replace("{  }", R"({ "rate": "1/s" })");
    QTest::newRow("source with then and to")
        << withArrivals(R"("rate": "1/s")").replace(R"("then": [])", R"("then": [], "priority": 1)");
    QTest::newRow("key without dead letters") << withQueue(R"("deadLetterKey": "k")");
    QTest::newRow("counting nothing") << withQueue(R"("capacityCounts": "ready")");
    QTest::newRow("nothing unacked") << withQueue(R"("unackedMax": 0)");
    QTest::newRow("copies some time") << scenarioWith(R"("channels": { "t": { "kind": "topic", "copies": "later" } })");
    QTest::newRow("unknown dispatch") << withQueue(R"("dispatch": "all")");
    QTest::newRow("idle for no time") << withQueue(R"("idleExpiry": "0s")");
    QTest::newRow("batch without size") << withHandler(R"("batch": { "linger": "1s" })");
    QTest::newRow("all acks and more lost") << withHandler(R"("ackLoss": 1.5)");
    QTest::newRow("not saturated") << withArrivals(R"("saturated": false)");
    QTest::newRow("first of users") << withArrivals(R"("users": 3, "first": "1s")");
    QTest::newRow("two arrivals") << withArrivals(R"("rate": "1/s", "every": "1s")");
    QTest::newRow("no arrivals") << withArrivals("");
    QTest::newRow("think alone") << withArrivals(R"("rate": "1/s", "think": "1s")");
    QTest::newRow("repeat alone") << withArrivals(R"("rate": "1/s", "repeat": true)");
    QTest::newRow("spacing alone") << withArrivals(R"("rate": "1/s", "spacing": "regular")");
    QTest::newRow("rate as a number") << withArrivals(R"("rate": 20)");
    QTest::newRow("empty schedule") << withArrivals(R"("schedule": [])");
    QTest::newRow("fraction of a worker") << withHandler(R"("concurrency": 0.5)");
    QTest::newRow("prefetch 0") << withHandler(R"("prefetch": 0)");
    QTest::newRow("duration as a number of seconds") << withHandler(R"("takes": { "exponential": true })");
    QTest::newRow("no distribution") << withHandler(R"("takes": {})");
    QTest::newRow("two distributions") << withHandler(R"("takes": { "constant": "1s", "exponential": "1s" })");
    QTest::newRow("lognormal by mean alone") << withHandler(R"("takes": { "lognormal": { "mean": "1s" } })");
    QTest::newRow("lognormal by median and sd")
        << withHandler(R"("takes": { "lognormal": { "median": "1s", "sd": "1s" } })");
    QTest::newRow("weibull by shape alone") << withHandler(R"("takes": { "weibull": { "shape": 1 } })");
    QTest::newRow("failure that says nothing") << withHandler(R"("fails": { "how": "crash" })");
    QTest::newRow("probability above 1") << withHandler(R"("fails": 1.01)");
    QTest::newRow("unknown action") << withHandler(R"("then": { "send": "e" })");
    QTest::newRow("emit without to") << withHandler(R"("then": { "emit": "e" })");
    QTest::newRow("set without to") << withHandler(R"("then": { "set": "t", "key": "k" })");
    QTest::newRow("if without then") << withHandler(R"("then": { "if": "TRUE" })");
    QTest::newRow("choose of nothing") << withHandler(R"("then": { "choose": [] })");
    QTest::newRow("fault without a time") << scenarioWith(R"("services": { "s": {} }, "faults": [ { "crash": "s" } ])");
    QTest::newRow("slow without a factor")
        << scenarioWith(R"("services": { "s": {} }, "faults": [ { "at": "1s", "slow": "s" } ])");
    QTest::newRow("unknown expectation") << scenarioWith(R"("expect": [ { "hope": "a" } ])");
    QTest::newRow("ledger open") << scenarioWith(R"("expect": [ { "ledger": "open" } ])");
    QTest::newRow("position") << scenarioWith(R"("services": { "s": {} }, "layout": { "s": [1] })");
}

void TestSchema::bothRefuse() {
    QFETCH(QByteArray, text);
    QVERIFY(!loads(text));
    QVERIFY(Value::parse(text.toStdString()).ok());
    QVERIFY(!isValid(text));
}

// Set WEIR_WRITE_REFERENCE to write the files anew.
void TestSchema::theFieldReferenceIsTheSchemas() {
    const struct {
        const char* path;
        ReferenceLanguage language;
    } files[] = {{"resources/help/fields.md", ReferenceLanguage::english},
                 {"resources/help/fields.zh_CN.md", ReferenceLanguage::chinese}};
    for (const auto& [path, language] : files) {
        const QByteArray made = QByteArray::fromStdString(fieldReference(m_schemaValue, language));
        if (qEnvironmentVariableIsSet("WEIR_WRITE_REFERENCE")) {
            QFile file(QDir(WEIR_SOURCE_DIR).filePath(path));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(made), qint64{made.size()});
        }
        QVERIFY2(contentOf(path) == made, path);
    }
}

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
