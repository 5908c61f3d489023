// `weir run` as scripts see it: what it prints, where, and how it exits.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Run {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

Run weir(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(WEIR_PROGRAM), arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QJsonObject object(const QByteArray& text) {
    return QJsonDocument::fromJson(text).object();
}

const QByteArray shop = R"({ "weir": "1", // a comment
  "title": "Shop", "run": { "seed": 4, "for": "100s" }, "events": { "order": {} },
  "channels": { "orders": { "kind": "queue" } },
  "services": {
    "shop": { "sources": [ { "emit": "order", "to": "orders", "arrivals": { "poisson": "2/s" } } ] },
    "desk": { "handlers": [ { "on": "orders", "takes": { "exponential": "400ms" } } ] } },
  "expect": [ { "ledger": "closed" }, { "that": "metric('service', 'desk', 'handled') > 100" } ] })";

} // namespace

class TestRunVerb : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void printsAReportForPeople();
    void printsOneJsonObject();
    void sameSeedSameFingerprintAnotherSeedAnother();
    void setReplacesValuesByPointer();
    void aPointerThatLeadsNowhereNamesTheNearestKey();
    void errorsOfTheScenarioAreOneLineEach();
    void whatARunGoesWithoutIsSaid();
    void failedExpectationsExitWithOneAndAreNamed();
    void aBoundExitsWithOneAndSaysWhich();
    void replicationsAreTheSameForAnyThreads();
    void recordsGoToAFileOrToStandardOutput();
    void recordsThatCannotBeWrittenExitWithThree();
    void aJournalIsReplayed();
    void aJournalThatDoesNotFitIsRefused();
    void badOptionsAreOneLineEach();
    void benchMeasuresTheEngine();

  private:
    QString file(const QString& name, const QByteArray& content) const {
        QFile made(m_folder.filePath(name));
        if (!made.open(QIODevice::WriteOnly) || made.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(made.fileName()));
        return made.fileName();
    }
    QTemporaryDir m_folder;
    QString m_shop;
};

void TestRunVerb::initTestCase() {
    QVERIFY(m_folder.isValid());
    m_shop = file("shop.json", shop);
}

void TestRunVerb::printsAReportForPeople() {
    const Run run = weir({"run", m_shop});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.err, "");
    QVERIFY2(run.out.startsWith("Shop\n100 s simulated in "), run.out);
    QVERIFY2(run.out.contains("  ok      ledger closed\n"), run.out);
}

void TestRunVerb::printsOneJsonObject() {
    const Run run = weir({"run", m_shop, "--format", "json"});
    QCOMPARE(run.exitCode, 0);
    const QJsonObject report = object(run.out);
    QCOMPARE(report["scenario"].toString(), "Shop");
    QCOMPARE(report["seed"].toInt(), 4);
    QCOMPARE(report["simulatedSeconds"].toInt(), 100);
    QCOMPARE(report["fingerprint"].toString().size(), 16);
    QCOMPARE(report["stopped"].toString(), "done");
    const QJsonObject outcomes = report["ledger"]["outcomes"].toObject();
    double sum = 0;
    for (const auto& outcome : outcomes)
        sum += outcome.toDouble();
    QVERIFY(sum > 100);
    QCOMPARE(report["ledger"]["copies"].toDouble(), sum);
    QCOMPARE(report["ledger"]["published"].toInt(), report["messages"].toInt());
    QVERIFY(!report.contains("replications"));
    QVERIFY(report["services"]["shop"]["serviceMean"].isNull());
}

void TestRunVerb::sameSeedSameFingerprintAnotherSeedAnother() {
    const auto fingerprint = [&](const QStringList& more) {
        return object(weir(QStringList{"run", m_shop, "--format", "json"} + more).out)["fingerprint"].toString();
    };
    const QString first = fingerprint({});
    QCOMPARE(first.size(), 16);
    QCOMPARE(fingerprint({}), first);
    QCOMPARE(fingerprint({"--seed", "4"}), first);
    QVERIFY(fingerprint({"--seed", "5"}) != first);
    QVERIFY(fingerprint({"--for", "50s"}) != first);
}

void TestRunVerb::setReplacesValuesByPointer() {
    const Run run = weir({"run", m_shop, "--format", "json", "--for", "20s", "--set", "/run/seed=9", "--set",
                          "/services/desk/handlers/0/takes=10s", "--set", "/title=\"Two\"", "--set", "/expect=[]"});
    QCOMPARE(run.exitCode, 0);
    const QJsonObject report = object(run.out);
    QCOMPARE(report["seed"].toInt(), 9);
    QCOMPARE(report["scenario"].toString(), "Two");
    QCOMPARE(report["services"]["desk"]["serviceMean"].toDouble(), 10.0);
}

void TestRunVerb::aPointerThatLeadsNowhereNamesTheNearestKey() {
    const auto said = [&](const QString& setting) {
        const Run run = weir({"run", m_shop, "--set", setting});
        return run.exitCode == 2 && run.out.isEmpty() ? run.err : QByteArray("no complaint");
    };
    QCOMPARE(said("/run/sed=3"),
             "weir run: --set /run: needs a key that the file has (did you mean seed?), got \"sed\"\n");
    QCOMPARE(said("/expect/2=3"), "weir run: --set /expect: needs an index below 2, got \"2\"\n");
    QCOMPARE(said("/run/seed/x=3"), "weir run: --set /run/seed: has nothing inside: it is 4, got \"x\"\n");
    QCOMPARE(said("run/seed=3"),
             "weir run: --set: needs a JSON pointer, which begins with a slash, got \"run/seed\"\n");
    QCOMPARE(said("/run/seed"), "weir run: --set: needs JSON-POINTER=JSON, got \"/run/seed\"\n");
}

// What a broker has nothing like, whoever has chosen it, and a delay that has no effect: the run goes on.
void TestRunVerb::whatARunGoesWithoutIsSaid() {
    const QString delayed = file("delayed.json", R"({ "weir": "1", "run": { "for": "2s" }, "events": { "order": {} },
  "channels": { "orders": { "kind": "stream" } },
  "services": {
    "shop": { "sources": [ { "emit": "order", "to": "orders", "delay": "1s", "arrivals": { "every": "1s" } } ] },
    "desk": { "handlers": [ { "on": "orders" } ] } } })");
    const auto said = [&](const QString& profile) {
        QStringList arguments{"run", delayed};
        if (!profile.isEmpty())
            arguments << "--profile" << profile;
        const Run run = weir(arguments);
        return run.exitCode == 0 ? run.err : "exit " + QByteArray::number(run.exitCode) + ": " + run.err;
    };
    QCOMPARE(said({}),
             "weir run: /services/shop/sources/0: A stream takes what comes at once: the delay of order on its "
             "way to orders has no effect; publish it to a queue first.\n");
    QCOMPARE(said("pulsar"), "");
    QCOMPARE(said("kafka"), "weir run: /services/shop/sources/0/delay: is left out: Kafka cannot hold a message back "
                            "before its delivery.\n");
    const QByteArray classic = said("rabbitmq-classic");
    QVERIFY2(classic.contains("/services/shop/sources/0/delay: is left out: RabbitMQ holds no message back"), classic);
    QVERIFY2(classic.contains("/channels/orders/kind: is left out: A classic queue keeps no log"), classic);
    QCOMPARE(classic.count('\n'), 2);
}

void TestRunVerb::errorsOfTheScenarioAreOneLineEach() {
    const Run run = weir({"run", m_shop, "--set", "/services/desk/handlers/0/takes=fast", "--set", "/run/for=3"});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, "");
    QCOMPARE(run.err.count('\n'), 2);
    QVERIFY2(run.err.contains("shop.json:/services/desk/handlers/0/takes: needs "), run.err);
    QVERIFY2(run.err.contains(", got \"fast\"\n"), run.err);
    QCOMPARE(weir({"run", m_folder.filePath("none.json")}).exitCode, 2);
    QCOMPARE(weir({"run", m_folder.path()}).exitCode, 2);
    QCOMPARE(weir({"run", file("broken.json", "{\n \"weir\": }")}).exitCode, 2);
}

void TestRunVerb::failedExpectationsExitWithOneAndAreNamed() {
    const Run run = weir({"run", m_shop, "--format", "json", "--set",
                          R"(/expect=[{"always":"metric('channel','orders','published') < 5"}])"});
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.startsWith("weir run: expectation failed: always metric('channel','orders','published') < 5: it "
                                "does not hold, at "),
             run.err);
    QVERIFY2(run.err.contains("\"ordinal\":5"), run.err);
    const QJsonObject expectation = object(run.out)["expectations"][0].toObject();
    QCOMPARE(expectation["ok"].toBool(true), false);
    QCOMPARE(expectation["violation"]["record"]["ordinal"].toInt(), 5);
}

void TestRunVerb::aBoundExitsWithOneAndSaysWhich() {
    const QByteArray loop = QByteArray(shop).replace("\"for\": \"100s\"", "\"limits\": { \"messages\": 50 }");
    const Run run = weir({"run", file("bound.json", loop), "--format", "json", "--set", "/expect=[]"});
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.contains("50 messages (run/limits/messages)\n"), run.err);
    QCOMPARE(run.err.count('\n'), 1);
    QCOMPARE(object(run.out)["stopped"].toString(), "bound");
    QCOMPARE(object(run.out)["messages"].toInt(), 50);
}

void TestRunVerb::replicationsAreTheSameForAnyThreads() {
    const auto report = [&](const char* threads) {
        return object(weir({"run", m_shop, "--format", "json", "--replications", "5", "--threads", threads}).out);
    };
    const QJsonObject one = report("1");
    const QJsonObject two = report("2");
    QCOMPARE(one["replications"]["n"].toInt(), 5);
    QCOMPARE(one["fingerprint"].toString().size(), 16);
    QCOMPARE(two["fingerprint"], one["fingerprint"]);
    QCOMPARE(two["replications"], one["replications"]);
    const QJsonValue wait = one["replications"]["figures"]["subscriptions"]["orders"]["waitMean"];
    QVERIFY(wait["mean"].toDouble() > 0);
    QVERIFY(wait["ci95"].toDouble() > 0);
    const QJsonObject single = object(weir({"run", m_shop, "--format", "json"}).out);
    QCOMPARE(one["replications"]["fingerprints"][0], single["fingerprint"]);
    QCOMPARE(one["subscriptions"], single["subscriptions"]);
}

void TestRunVerb::recordsGoToAFileOrToStandardOutput() {
    const QString path = m_folder.filePath("records.ndjson");
    QCOMPARE(weir({"run", m_shop, "--for", "30s", "--set", "/expect=[]", "--records", path}).exitCode, 0);
    QFile records(path);
    QVERIFY(records.open(QIODevice::ReadOnly));
    const QByteArray content = records.readAll();
    const QList<QByteArray> lines = content.split('\n');
    QVERIFY(lines.size() > 100);
    QCOMPARE(lines.last(), "");
    QCOMPARE(object(lines.first())["kind"].toString(), "published");
    QCOMPARE(object(lines[lines.size() - 2])["kind"].toString(), "stopped");
    double before = 0;
    for (const QByteArray& line : lines.first(lines.size() - 1)) {
        const double at = object(line)["at"].toDouble(-1);
        QVERIFY(at >= before);
        before = at;
    }
    const Run run = weir({"run", m_shop, "--for", "30s", "--set", "/expect=[]", "--records", "-"});
    QCOMPARE(run.out, content);
    QVERIFY2(run.err.startsWith("Shop\n"), run.err);
}

void TestRunVerb::recordsThatCannotBeWrittenExitWithThree() {
    const Run run = weir({"run", m_shop, "--records", m_folder.filePath("no/such/folder")});
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.err.endsWith("no/such/folder: could not be written (No such file or directory)\n"), run.err);
    if (QFile::exists("/dev/full"))
        QCOMPARE(weir({"run", m_shop, "--records", "/dev/full"}).exitCode, 3);
}

void TestRunVerb::aJournalIsReplayed() {
    const QString journal = file("journal.ndjson", "{\"at\":0,\"dues\":0,\"command\":{\"pause\":\"desk\"}}\n");
    const Run run = weir({"run", m_shop, "--format", "json", "--set", "/expect=[]", "--journal", journal});
    QCOMPARE(run.err, "");
    QCOMPARE(run.exitCode, 0);
    const QJsonObject report = object(run.out);
    QCOMPARE(report["services"].toObject()["desk"].toObject()["handled"].toInt(-1), 0); // paused all the time
    QVERIFY(report["messages"].toInt() > 100);
}

void TestRunVerb::aJournalThatDoesNotFitIsRefused() {
    const auto said = [&](const QByteArray& lines) {
        const Run run = weir({"run", m_shop, "--journal", file("bad.ndjson", lines)});
        return run.exitCode == 2 ? run.err.mid(run.err.indexOf("bad.ndjson")) : QByteArray("no complaint");
    };
    QCOMPARE(said("\n{\"at\":0,\"dues\":0,\"command\":{\"pause\":\"dsk\"}}\n"),
             "bad.ndjson: needs the name of a service, got \"dsk\"\n");
    const QByteArray late = said("{\"at\":0,\"dues\":99999999,\"command\":{\"pause\":\"desk\"}}\n");
    QVERIFY2(late.startsWith("bad.ndjson: needs a command after ") &&
                 late.endsWith(" dues, where the run is, got 99999999\n"),
             late);
    const QByteArray path = m_folder.filePath("bad.ndjson").toUtf8();
    QCOMPARE(said("{\"at\":-1,\"dues\":0,\"command\":{\"slow\":\"desk\"}}\n"),
             QByteArray("bad.ndjson:line 1: /at: needs seconds from 0, down to the nanosecond, got -1\nweir run: ") +
                 path + ":line 1: /command: needs \"factor\", got {\"slow\":\"desk\"}\n");
    const Run both = weir({"run", m_shop, "--journal", m_shop, "--replications", "2"});
    QCOMPARE(both.exitCode, 2);
    QVERIFY(both.err.contains("--journal: needs a single run"));
}

void TestRunVerb::badOptionsAreOneLineEach() {
    const auto said = [&](const QStringList& options) {
        const Run run = weir(QStringList{"run", m_shop} + options);
        return run.exitCode == 2 ? run.err : QByteArray("no complaint");
    };
    QCOMPARE(said({"--format", "xml"}), "weir run: --format: needs text or json, got \"xml\"\n");
    QCOMPARE(said({"--replications", "0"}),
             "weir run: --replications: needs a whole number from 1 to 1000000, got 0\n");
    QCOMPARE(said({"--threads", "0"}), "weir run: --threads: needs a whole number from 1 to 1024, got 0\n");
    QCOMPARE(said({"--seed", "-1"}),
             "weir run: --seed: needs a whole number from 0 to 9223372036854775807, got \"-1\"\n");
    QCOMPARE(said({"--replications", "-1"}),
             "weir run: --replications: needs a whole number from 1 to 1000000, got -1\n");
    QCOMPARE(said({"--for", "soon"}),
             "weir run: --for: needs a duration above 0 such as \"10min\", or end, got \"soon\"\n");
    QCOMPARE(weir({"run"}).exitCode, 2);
}

void TestRunVerb::benchMeasuresTheEngine() {
    const Run run = weir({"bench", "--format", "json"});
    QCOMPARE(run.exitCode, 0);
    const QJsonObject figures = object(run.out);
    for (const char* const name : {"hold10", "hold1000", "hold100000", "hold1000000", "mm1", "broker10", "broker1000",
                                   "stream", "snapshot", "threads2"})
        QVERIFY2(figures[QLatin1String(name)]["value"].toDouble() > 0, name);
    QCOMPARE(weir({"bench", "--format", "xml"}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TestRunVerb)
#include "tst_run_verb.moc"
