// The command line as scripts see it: what it prints, where, and how it exits.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryFile>
#include <QTest>

namespace {

struct Run {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

Run weir(const QStringList& arguments, const QByteArray& input = {}) {
    QProcess process;
    process.start(WEIR_PROGRAM, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(30'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void helpAndVersionGoToStandardOutput();
    void noVerbPrintsTheHelpAndIsBadUsage();
    void aMistypedVerbIsAnsweredInOneLineWithTheNearest();
    void aMistypedOptionIsAnsweredInOneLineWithTheNearest();
    void anArgumentMayBeNamedLikeAVerb();
    void matchSaysTrueOrFalseAndExitsAccordingly();
    void whatStandsInAnArgumentsPlaceIsOneThoughItBeginsWithADash();
    void matchTakesJsonForHeaders();
    void matchBatchReplacesWhatTheLineHeld();
    void matchBatchWithNulls();
    void unusableLinesAreAnsweredInStepAndExitIsTwo();
    void partitionPrintsANumber();
    void partitionBatchKeepsTheLine();
    void assignBatchAnswersEachStep();
    void assignNamesWhatItCannotRead();
    void filterKeepsTheLinesThatHoldAsTheyAre();
    void filterEvaluatesEachLine();
    void filterTellsWhatDoesNotParse();
    void filterNamesLinesThatAreNoEventsAndGoesOn();
    void filterTakesExpressionsThatBeginWithAMinus();
    void checkExitsByTheWorstThatItFound();
    void checkSaysWhatAFileLacksInOneLineEach();
    void checkSaysWhatAnotherBrokerLeavesOut();
    void checkListsFindingsAsJson();
};

void TestCommandLine::helpAndVersionGoToStandardOutput() {
    const Run help = weir({"--help"});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.out.contains("match"));
    QVERIFY(help.err.isEmpty());
    const Run version = weir({"--version"});
    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.out.startsWith("weir "));
}

void TestCommandLine::noVerbPrintsTheHelpAndIsBadUsage() {
    const Run run = weir({});
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.out.isEmpty());
    QVERIFY(run.err.contains("Verbs:"));
}

void TestCommandLine::aMistypedVerbIsAnsweredInOneLineWithTheNearest() {
    const Run run = weir({"mtach", "a"});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.err.count('\n'), 1);
    QVERIFY2(run.err.endsWith("(did you mean match?), got \"mtach\"\n"), run.err);
}

void TestCommandLine::aMistypedOptionIsAnsweredInOneLineWithTheNearest() {
    const Run run = weir({"partition", "a", "--partitons", "3"});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.err, "weir partition: needs an option it knows (did you mean --partitions?), got \"--partitons\"\n");
    QCOMPARE(weir({"partition", "a", "--partitions", "many"}).err,
             "weir partition: --partitions: needs a whole number, got \"many\"\n");
}

void TestCommandLine::anArgumentMayBeNamedLikeAVerb() {
    QCOMPARE(weir({"match", "rabbitmq-direct", "match", "match"}).out, "true\n");
}

void TestCommandLine::matchSaysTrueOrFalseAndExitsAccordingly() {
    const Run hit = weir({"match", "rabbitmq-topic", "order.#", "order.created"});
    QCOMPARE(hit.out, "true\n");
    QCOMPARE(hit.exitCode, 0);
    const Run miss = weir({"match", "rabbitmq-topic", "*", ""});
    QCOMPARE(miss.out, "false\n");
    QCOMPARE(miss.exitCode, 1);
    const Run refused = weir({"match", "mqtt", "a/b#", "a"});
    QCOMPARE(refused.out, "");
    QCOMPARE(refused.err, "weir match: PATTERN: needs + and # alone at their level, got \"b#\"\n");
    QCOMPARE(refused.exitCode, 2);
}

void TestCommandLine::whatStandsInAnArgumentsPlaceIsOneThoughItBeginsWithADash() {
    QCOMPARE(weir({"match", "rabbitmq-topic", "#.*", "-.-"}).out, "true\n");
    QCOMPARE(weir({"match", "rabbitmq-topic", "-.*", "-.b"}).out, "true\n");
    QCOMPARE(weir({"match", "rabbitmq-direct", "--batch", "--help"}).out, "false\n");
    QCOMPARE(weir({"match", "rabbitmq-topic", "--", "-.*", "-"}).out, "false\n");
    QCOMPARE(weir({"partition", "-1", "--partitions", "6"}).out,
             weir({"partition", "--partitions", "6", "--", "-1"}).out);
    QCOMPARE(weir({"partition", "-1", "--partitions=6"}).exitCode, 0);
    QCOMPARE(weir({"match", "--bach", "a", "b"}).exitCode, 2);
    QVERIFY(weir({"match", "-h"}).out.contains("PATTERN"));
    QVERIFY(weir({"partition", "-h", "--partitions", "6"}).out.contains("KEY"));
}

void TestCommandLine::matchTakesJsonForHeaders() {
    QCOMPARE(weir({"match", "rabbitmq-headers", R"({"x-match":"any","a":1})", R"({"a":1.0})"}).out, "true\n");
    const Run broken = weir({"match", "rabbitmq-headers", "{}", "[1]"});
    QCOMPARE(broken.exitCode, 2);
    QCOMPARE(broken.err, "weir match: KEY: needs a table, got [1]\n");
}

void TestCommandLine::matchBatchReplacesWhatTheLineHeld() {
    const Run run =
        weir({"match", "--batch"}, R"({"dialect":"nats","pattern":"a.*","key":"a.b","match":false,"class":"x"}
{"dialect":"nats","pattern":"a.>","key":"a","error":"old"}
)");
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out, R"({"dialect":"nats","pattern":"a.*","key":"a.b","class":"x","match":true}
{"dialect":"nats","pattern":"a.>","key":"a","match":false}
)");
}

void TestCommandLine::matchBatchWithNulls() {
    const Run run = weir({"match", "--batch"}, R"({"dialect":"nats","pattern":"a.>","key":null}
{"dialect":"nats","pattern":">.a","key":null}
{"dialect":"nats","pattern":null,"key":"a.b"}
{"dialect":"nats","pattern":null,"key":"a.*"}
{"dialect":"rabbitmq-headers","pattern":{"x-match":"any"},"key":null}
)");
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out, R"({"dialect":"nats","pattern":"a.>","key":null,"match":null}
{"dialect":"nats","pattern":">.a","key":null,"error":"pattern: needs > as the last token only, got \">.a\""}
{"dialect":"nats","pattern":null,"key":"a.b","match":null}
{"dialect":"nats","pattern":null,"key":"a.*","error":"key: needs a subject without wildcards, got \"a.*\""}
{"dialect":"rabbitmq-headers","pattern":{"x-match":"any"},"key":null,"match":false}
)");
}

void TestCommandLine::unusableLinesAreAnsweredInStepAndExitIsTwo() {
    const Run run = weir({"match", "--batch"}, "[]\n\n{\"dialect\":\"mqqt\",\"pattern\":\"a\",\"key\":\"a\"}\n");
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out.count('\n'), 2);
    QCOMPARE(run.err.count('\n'), 2);
    QVERIFY2(run.err.contains("line 1: needs a JSON table"), run.err);
    QVERIFY2(run.err.contains("line 3: dialect: "), run.err);
}

void TestCommandLine::partitionPrintsANumber() {
    QCOMPARE(weir({"partition", "user:42", "--partitions", "16"}).out, "13\n");
    QCOMPARE(weir({"partition", "hello1", "--partitions", "3", "--partitioner", "rabbitmq-super-stream"}).out, "1\n");
    const Run unknown = weir({"partition", "a", "--partitions", "3", "--partitioner", "kafak"});
    QCOMPARE(unknown.exitCode, 2);
    QCOMPARE(unknown.err,
             "weir partition: --partitioner: needs one of kafka, librdkafka, sarama, pulsar, pulsar-murmur3, "
             "rabbitmq-super-stream, nats, rocketmq (did you mean kafka?), got \"kafak\"\n");
    QCOMPARE(weir({"partition", "user:42", "--partitions", "0"}).exitCode, 2);
    QCOMPARE(weir({"partition", "user:42"}).exitCode, 2);
}

void TestCommandLine::partitionBatchKeepsTheLine() {
    const Run run = weir({"partition", "--batch"}, "{\"key\":\"user:42\",\"partitions\":16,\"partition\":1,\"n\":2}\n");
    QCOMPARE(run.out, "{\"key\":\"user:42\",\"partitions\":16,\"n\":2,\"partition\":13}\n");
    QCOMPARE(
        weir({"partition", "--batch"}, "{\"key\":\"key1\",\"partitions\":1000,\"partitioner\":\"pulsar-murmur3\"}\n")
            .out,
        "{\"key\":\"key1\",\"partitions\":1000,\"partitioner\":\"pulsar-murmur3\",\"partition\":61}\n");
    QCOMPARE(run.exitCode, 0);
}

void TestCommandLine::assignBatchAnswersEachStep() {
    const Run run =
        weir({"assign", "--batch"}, "{\"assignor\":\"range\",\"partitions\":{\"t\":3},\"steps\":[{\"event\":\"start\","
                                    "\"subscriptions\":{\"a\":[\"t\"],\"b\":[\"t\"]}}],\"n\":2}\n");
    QCOMPARE(run.out, "{\"assignor\":\"range\",\"partitions\":{\"t\":3},\"n\":2,\"steps\":[{\"event\":\"start\","
                      "\"subscriptions\":{\"a\":[\"t\"],\"b\":[\"t\"]},"
                      "\"assignment\":{\"a\":[\"t-0\",\"t-1\"],\"b\":[\"t-2\"]}}]}\n");
    QCOMPARE(run.exitCode, 0);
}

void TestCommandLine::assignNamesWhatItCannotRead() {
    const Run run = weir({"assign", "--batch"}, "{\"assignor\":\"range\",\"partitions\":{}}\n");
    QCOMPARE(run.out, "{\"assignor\":\"range\",\"partitions\":{},"
                      "\"error\":\"steps: needs a list of steps {event, subscriptions}\"}\n");
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(weir({"assign"}).exitCode, 2);
}

namespace {
const QByteArray orderEvent =
    "{\"specversion\":\"1.0\", \"id\":\"1\",\"source\":\"/s\",\"type\":\"order.created\",\"n\":5}\n";
const QByteArray record = "{\"at\":1.5,\"kind\":\"acked\",\"ordinal\":3,\"attempt\":2,\"latency\":0.0205}\n";
} // namespace

void TestCommandLine::filterKeepsTheLinesThatHoldAsTheyAre() {
    QCOMPARE(weir({"filter", "kind = 'acked' AND latency > 20ms"}, orderEvent + "\n" + record).out, record);
    QCOMPARE(weir({"filter", "type LIKE 'order.%'"}, orderEvent + record).out, orderEvent);
    const Run none = weir({"filter", "n = 6"}, orderEvent + record);
    QCOMPARE(none.out, "");
    QCOMPARE(none.err, "");
    QCOMPARE(none.exitCode, 0);
}

void TestCommandLine::filterEvaluatesEachLine() {
    const Run run = weir({"filter", "n + 1", "--eval"}, orderEvent + record);
    QCOMPARE(run.out,
             "{\"value\":6,\"error\":null}\n"
             "{\"value\":0,\"error\":{\"kind\":\"missingAttribute\",\"message\":\"column 1: there is no n\"}}\n");
    QCOMPARE(run.exitCode, 0);
}

void TestCommandLine::filterTellsWhatDoesNotParse() {
    const QByteArray why = "column 8: needs a pattern in quotes after LIKE, got 1";
    const Run plain = weir({"filter", "n LIKE 1"}, orderEvent);
    QCOMPARE(plain.err, "weir filter: " + why + "\n");
    QCOMPARE(plain.out, "");
    QCOMPARE(plain.exitCode, 2);
    const QByteArray answer = "{\"value\":false,\"error\":{\"kind\":\"parse\",\"message\":\"" + why + "\"}}\n";
    const Run evaluated = weir({"filter", "n LIKE 1", "--eval"}, orderEvent + record);
    QCOMPARE(evaluated.out, answer + answer);
    QCOMPARE(evaluated.exitCode, 2);
    QCOMPARE(weir({"filter", "n LIKE 1", "--eval"}).out, answer);
    QCOMPARE(weir({"filter", "nope(n)"}, orderEvent).err,
             "weir filter: column 1: needs a function that exists, got NOPE with 1 argument\n");
    QCOMPARE(weir({"filter", "nope(n)"}, orderEvent).exitCode, 2);
    QCOMPARE(weir({"filter"}).err, "weir filter: needs EXPRESSION\n");
}

void TestCommandLine::filterNamesLinesThatAreNoEventsAndGoesOn() {
    const Run run = weir({"filter", "n = 5"}, orderEvent + "[]\n{\"a\":}\n" + orderEvent);
    QCOMPARE(run.out, orderEvent + orderEvent);
    QCOMPARE(run.err, "weir filter: line 2: needs a JSON table, got \"[]\"\n"
                      "weir filter: line 3: 1:6: needs a JSON value, got '}'\n");
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(weir({"filter", "TRUE", "/no/such/file"}).err,
             "weir filter: /no/such/file: needs a file that can be read\n");
    QCOMPARE(weir({"filter", "TRUE", "/no/such/file"}).exitCode, 2);
}

void TestCommandLine::filterTakesExpressionsThatBeginWithAMinus() {
    QCOMPARE(weir({"filter", "-n", "--eval"}, orderEvent).out, "{\"value\":-5,\"error\":null}\n");
    QCOMPARE(weir({"filter", "--eval", "--'10'"}, orderEvent).out, "{\"value\":10,\"error\":null}\n");
    QCOMPARE(weir({"filter", "--10", "--eval", "-"}, orderEvent).out, "{\"value\":10,\"error\":null}\n");
    QCOMPARE(weir({"filter", "-TRUE", "-", "--eval"}, orderEvent).out, "{\"value\":-1,\"error\":null}\n");
    QCOMPARE(weir({"filter", "-hop = 1", "--eval"}, orderEvent).out.left(14), "{\"value\":false");
    QCOMPARE(weir({"filter", "n = 5", "--evl"}, orderEvent).err,
             "weir filter: needs an option it knows (did you mean --eval?), got \"--evl\"\n");
    QVERIFY(weir({"filter", "-h"}).out.contains("EXPRESSION"));
}

void TestCommandLine::checkExitsByTheWorstThatItFound() {
    const QString folder = WEIR_SOURCE_DIR "/scenarios/";
    const Run sound = weir({"check", folder + "order_flow.json"});
    QCOMPARE(sound.exitCode, 0);
    QVERIFY2(sound.out.endsWith("order_flow.json: nothing to complain of\n"), sound.out);
    const Run loop = weir({"check", folder + "order_flow.json", folder + "dead_loop.json"});
    QCOMPARE(loop.exitCode, 1);
    QVERIFY2(loop.out.contains("dead_loop.json: error: /services/planner/handlers/0: Events go round for ever: "
                               "pricing -> changes -> planner -> changes -> pricing;"),
             loop.out);
    QVERIFY(loop.err.isEmpty());
}

void TestCommandLine::checkSaysWhatAFileLacksInOneLineEach() {
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(R"({ "weir": "2", "evnts": {} })");
    file.close();
    const Run run =
        weir({"check", file.fileName(), "/there/is/none.json", WEIR_SOURCE_DIR "/scenarios/dead_loop.json"});
    QCOMPARE(run.exitCode, 2);
    const QByteArray name = file.fileName().toUtf8();
    QCOMPARE(run.err,
             "weir check: " + name + ": /evnts: needs a key of a scenario (did you mean \"events\"?), got \"evnts\"\n" +
                 "weir check: " + name + ": /weir: needs \"1\", the version of the format, got \"2\"\n" +
                 "weir check: /there/is/none.json: needs a file that can be read, got No such file or directory\n");
    QVERIFY(run.out.contains("deadLoop")); // the others are checked all the same
}

void TestCommandLine::checkSaysWhatAnotherBrokerLeavesOut() {
    const QString groups = WEIR_SOURCE_DIR "/scenarios/consumer_groups.json";
    const auto leftOut = [&](const QString& profile) {
        const Run run = weir({"check", groups, "--profile", profile});
        return run.exitCode == 0 ? run.out.count("[profileLeavesOut]") : -1;
    };
    QCOMPARE(leftOut("kafka"), 0);
    QCOMPARE(leftOut("rabbitmq-quorum"), 7); // the log, its partitions, retention and groups; two commits; a seek
    const Run nameless = weir({"check", groups, "--profile", ""});
    QCOMPARE(nameless.exitCode, 2);
    QCOMPARE(nameless.err, "weir check: --profile: needs the name of a profile, got \"\"\n");
    QCOMPARE(weir({"run", groups, "--profile", ""}).exitCode, 2);
    const Run unknown = weir({"check", groups, "--profile", "kafak"});
    QCOMPARE(unknown.exitCode, 2);
    QCOMPARE(unknown.err,
             "weir check: --profile: needs the name of a profile (did you mean \"kafka\"?), got \"kafak\"\n");
}

void TestCommandLine::checkListsFindingsAsJson() {
    const Run sound = weir({"check", WEIR_SOURCE_DIR "/scenarios/order_flow.json", "--format", "json"});
    QCOMPARE(sound.exitCode, 0);
    QVERIFY(QJsonDocument::fromJson(sound.out).isArray());
    const Run run = weir({"check", WEIR_SOURCE_DIR "/scenarios/dead_loop.json", "--format", "json"});
    QCOMPARE(run.exitCode, 1);
    const QJsonObject finding = QJsonDocument::fromJson(run.out).array().first().toObject();
    QCOMPARE(finding.value("severity").toString(), QString("error"));
    QCOMPARE(finding.value("code").toString(), QString("deadLoop"));
    QCOMPARE(finding.value("where").toString(), QString("/services/planner/handlers/0"));
    QVERIFY(finding.value("text").toString().startsWith("Events go round for ever"));
    QCOMPARE(finding.value("names").toArray().first().toString(), QString("pricing"));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
