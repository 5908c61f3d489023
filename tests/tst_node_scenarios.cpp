// Faults of nodes in whole scenarios: what a file says of them, commands and their inverses, rolling restarts, and ways
// to single nodes. Exact times, from scenarios as files give them.
#include "core/scenario/check.h"
#include "core/simulation/active_faults.h"
#include "core/simulation/journal_json.h"
#include "support/played_scenario.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

const std::string three = R"("a": {}, "b": {}, "c": {})";

// A shop sends a job each second, 8 of them, which a worker takes.
std::string jobs(const std::string& channel, const std::string& rest, const std::string& nodes = three,
                 const std::string& publish = {}) {
    return R"({"weir": "1", "run": {"for": "20s"}, "events": {"job": {}}, "nodes": {)" + nodes + R"(},
      "channels": {"jobs": {"kind": "queue", "leader": "a", "election": "300ms", "lagMax": "500ms")" +
           channel + R"(}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "1s", "count": 8}, "emit": "job", "to": "jobs")" +
           publish + R"(}]},
                   "worker": {"handlers": [{"on": "jobs", "takes": "1ms"}]}})" +
           (rest.empty() ? "" : ", " + rest) + "}";
}

std::string faults(const std::string& each) {
    return "\"faults\": [ " + each + " ]";
}

// As PlayedScenario::log, with the node in the place of everything else: "3.5 nodeDown b".
QString nodesOf(const PlayedScenario& run, std::initializer_list<RecordKind> kinds) {
    QStringList lines;
    run.forEach([&](const Record& record) {
        if (std::find(kinds.begin(), kinds.end(), record.kind) == kinds.end())
            return;
        const Catalogue& catalogue = *run.simulation->model().catalogue;
        const NodeId node = record.place.valid() ? catalogue.place(record.place).node : NodeId::none();
        lines << QStringLiteral("%1 %2 %3")
                     .arg(seconds(record.at))
                     .arg(QString::fromStdString(std::string(name(record.kind))),
                          node.valid() ? QString::fromStdString(catalogue.nodes()[node.index()].name)
                                       : QStringLiteral("-"));
    });
    return lines.join(QStringLiteral("; "));
}

std::string errorOf(const std::string& text) {
    const auto scenario = loadScenario(text);
    return scenario ? std::string() : scenario.error().front().where + ": " + scenario.error().front().what;
}

} // namespace

class TestNodeScenarios : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aRollingRestartTakesOneNodeAfterAnother();
    void whoIsRestartedHandsItsLeadersOverFirst();
    void aRollingRestartWaitsForReplicasToHaveCaughtUp();
    void aLaterRollingRestartTakesThePlaceOfAnother();
    void aNodeThatIsBroughtBackEarlyDoesNotHoldUpTheOthers();
    void aFullDiskAsAFaultBlocksForAWhile();
    void aNodesDiskCanHaveASize();
    void aSlowDiskAsAFaultDelaysConfirms();
    void aServiceThatDoesNotReachTheLeaderWaitsAndThenFails();
    void aServiceReachesTheNextLeader();
    void whoIsCutOffFromAllNodesIsCutOffFromTheBroker();
    void aCutOffNodeLosesItsLeadership();
    void linksToSingleNodesTakeTheirTime();
    void linksBetweenNodesDelayCommits();
    void commandsHaveInversesAndReplay();
    void whatHoldsIsTold();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void commandsThatMakeNoSenseAreRefused();
};

void TestNodeScenarios::aRollingRestartTakesOneNodeAfterAnother() {
    const PlayedScenario run = played(jobs(R"(, "replicas": 3)", faults(R"({"at": "2s", "rollingRestart": "b",
        "for": "1s", "wait": "500ms", "whenInSync": false})")));
    QCOMPARE(nodesOf(run, {nodeDown, nodeUp}), "2 nodeDown b; 3 nodeUp b; 3.5 nodeDown c; 4.5 nodeUp c; "
                                               "5 nodeDown a; 6 nodeUp a");
    QCOMPARE(run.count(nodeDown, "rolling_restart"), std::int64_t{3});
    QVERIFY(run.ledger().closed());
}

// Nobody is without a leader for the time of an election, as after a crash.
void TestNodeScenarios::whoIsRestartedHandsItsLeadersOverFirst() {
    const auto refusedWhile = [](const char* replicas, const char* fault) {
        return played(jobs(replicas, faults(fault))).count(refused, "no_leader");
    };
    constexpr const char* restart = R"({"at": "1900ms", "rollingRestart": "a", "for": "1s"})"; // a job comes at 2 s
    QCOMPARE(refusedWhile(R"(, "replicas": 3)", restart), std::int64_t{0});
    QCOMPARE(refusedWhile(R"(, "replicas": 3)", R"({"at": "1900ms", "nodeDown": "a", "for": "1s"})"), std::int64_t{1});
    QCOMPARE(refusedWhile("", restart), std::int64_t{2}); // there is nobody to hand it to: it leads again at 3.2 s
}

// c needs 4 s for what came while it was down.
void TestNodeScenarios::aRollingRestartWaitsForReplicasToHaveCaughtUp() {
    const std::string roll = R"({"at": "1500ms", "rollingRestart": "c", "for": "1s")";
    const std::string slow = R"(, {"at": "0s", "slowDisk": "c", "by": "4s"})";
    const PlayedScenario waiting = played(jobs(R"(, "replicas": 3)", faults(roll + "}" + slow)));
    QCOMPARE(nodesOf(waiting, {nodeDown}), "1.5 nodeDown c; 6.5 nodeDown a; 7.5 nodeDown b");
    const PlayedScenario hasty = played(jobs(R"(, "replicas": 3)", faults(roll + R"(, "whenInSync": false})" + slow)));
    QCOMPARE(nodesOf(hasty, {nodeDown}), "1.5 nodeDown c; 2.5 nodeDown a; 3.5 nodeDown b");
}

void TestNodeScenarios::aLaterRollingRestartTakesThePlaceOfAnother() {
    const PlayedScenario run =
        played(jobs("", faults(R"({"at": "1s", "rollingRestart": "a", "for": "2s", "whenInSync": false},
                                  {"at": "2s", "rollingRestart": "b", "for": "1s", "whenInSync": false})")));
    QCOMPARE(nodesOf(run, {nodeDown, nodeUp}),
             "1 nodeDown a; 2 nodeUp a; 2 nodeDown b; 3 nodeUp b; 3 nodeDown c; 4 nodeUp c; 4 nodeDown a; 5 nodeUp a");
}

void TestNodeScenarios::aNodeThatIsBroughtBackEarlyDoesNotHoldUpTheOthers() {
    PlayedScenario run =
        opened(jobs(R"(, "replicas": 3)", faults(R"({"at": "1s", "rollingRestart": "a", "for": "2s"})")));
    run.simulation->run(SimTime{1500ms}, UINT64_MAX, *run.recorder);
    run.simulation->waitUntil(SimTime{1500ms});
    QVERIFY(run.simulation->apply({.kind = CommandKind::nodeUp, .target = "a"}, *run.recorder));
    run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
    QCOMPARE(nodesOf(run, {nodeDown, nodeUp}),
             "1 nodeDown a; 1.5 nodeUp a; 3 nodeDown b; 5 nodeUp b; 5 nodeDown c; 7 nodeUp c");
}

void TestNodeScenarios::aFullDiskAsAFaultBlocksForAWhile() {
    const PlayedScenario run = played(jobs("", faults(R"({"at": "1500ms", "diskFull": "c", "for": "2s"})")));
    QCOMPARE(nodesOf(run, {diskFull, diskFree}), "1.5 diskFull c; 3.5 diskFree c");
    QVERIFY(run.log({blocked}).startsWith("2 blocked 2 disk_full"));
    QVERIFY(run.log({unblocked}).startsWith("3.5 unblocked 2"));
    QCOMPARE(run.count(finished), std::int64_t{8});
}

void TestNodeScenarios::aNodesDiskCanHaveASize() {
    const std::string full = R"("a": {"disk": "3KiB"}, "b": {}, "c": {})";
    std::string text = jobs("", faults(R"({"at": "0s", "pause": "worker", "for": "9s"})"), full);
    text.replace(text.find(R"("job": {})"), 9, R"("job": {"size": "1KiB"})");
    const PlayedScenario run = played(text);
    QVERIFY2(run.log({diskFull}).startsWith("3.1 diskFull"), qPrintable(run.log({diskFull})));
    QVERIFY(run.log({blocked}).startsWith("4 blocked 4 disk_full"));
    QCOMPARE(run.count(finished), std::int64_t{8});
    QVERIFY(run.ledger().closed());
}

void TestNodeScenarios::aSlowDiskAsAFaultDelaysConfirms() {
    const PlayedScenario run =
        played(jobs(R"(, "replicas": 3)", faults(R"({"at": "1500ms", "slowDisk": "b", "by": "200ms", "for": "1s"})"),
                    three, R"(, "confirm": true)"));
    QVERIFY2(run.log({confirmed}).startsWith("1 confirmed 1; 2.2 confirmed 2; 3 confirmed 3"),
             qPrintable(run.log({confirmed})));
}

// What the shop sends while it is cut off from a waits in its buffers; after the heartbeat it is lost, and publishes
// fail.
void TestNodeScenarios::aServiceThatDoesNotReachTheLeaderWaitsAndThenFails() {
    const std::string cut = R"({"at": "1500ms", "partition": [["shop"], ["a"]], "for": "3s"})";
    const PlayedScenario kept = played(jobs("", faults(cut)));
    QCOMPARE(kept.log({routed, refused}), "1 routed 1; 4.5 routed 2; 4.5 routed 3; 4.5 routed 4; 5 routed 5; "
                                          "6 routed 6; 7 routed 7; 8 routed 8");
    const std::string impatient = R"("links": [{"between": ["shop", "a"], "heartbeat": "1s"}], )";
    const PlayedScenario lost = played(jobs("", impatient + faults(cut)));
    QCOMPARE(lost.log({routed, refused}), "1 routed 1; 2.5 refused 2 partition; 3 refused 3 partition; "
                                          "4 refused 4 partition; 5 routed 5; 6 routed 6; 7 routed 7; 8 routed 8");
    const PlayedScenario other =
        played(jobs("", faults(R"({"at": "1500ms", "partition": [["shop"], ["b", "c"]], "for": "3s"})")));
    QCOMPARE(other.count(refused) + other.count(blocked), std::int64_t{0});
    QVERIFY(other.log({routed}).startsWith("1 routed 1; 2 routed 2; 3 routed 3"));
}

void TestNodeScenarios::aServiceReachesTheNextLeader() {
    const PlayedScenario run = played(jobs(
        R"(, "replicas": 3)",
        R"("links": [{"between": ["*", "a"], "heartbeat": "500ms"}], )" +
            faults(
                R"({"at": "1500ms", "partition": [["shop", "worker"], ["a"]]}, {"at": "3500ms", "nodeDown": "a"})")));
    QCOMPARE(run.log({routed, refused}), "1 routed 1; 2 refused 2 partition; 3 refused 3 partition; 4 routed 4; "
                                         "5 routed 5; 6 routed 6; 7 routed 7; 8 routed 8");
    QCOMPARE(run.count(finished), std::int64_t{6});
    QVERIFY(run.ledger().closed());
}

void TestNodeScenarios::whoIsCutOffFromAllNodesIsCutOffFromTheBroker() {
    const auto fingerprint = [](const std::string& side) {
        const PlayedScenario run = played(jobs(
            "", R"("links": [{"between": ["*", "broker"], "heartbeat": "1s", "latency": "10ms"}], )" +
                    faults(R"({"at": "1500ms", "partition": [["shop", "worker"], )" + side + R"(], "for": "3s"})")));
        return run.recorder->fingerprint();
    };
    QCOMPARE(fingerprint(R"(["a", "b", "c"])"), fingerprint(R"(["broker"])"));
}

void TestNodeScenarios::aCutOffNodeLosesItsLeadership() {
    const PlayedScenario run =
        played(jobs(R"(, "replicas": 3, "commit": "majority")",
                    R"("links": [{"between": ["*", "a"], "heartbeat": "500ms"}], )" +
                        faults(R"({"at": "1500ms", "partition": [["a"], ["*"]], "for": "5s"})"),
                    three, R"(, "confirm": {"timeout": "1s", "retries": 9, "backoff": "100ms"})"));
    QCOMPARE(nodesOf(run, {leaderLost, leaderElected}),
             "0 leaderElected a; 1.8 leaderLost a; 1.8 leaderElected b; 6.8 leaderElected a");
    QCOMPARE(run.count(finished), std::int64_t{8});
    QCOMPARE(run.count(confirmed), std::int64_t{8});
    QVERIFY(run.ledger().closed());
}

void TestNodeScenarios::linksToSingleNodesTakeTheirTime() {
    const PlayedScenario run = played(jobs("", R"("links": [{"between": ["shop", "a"], "latency": "250ms"},
                                     {"between": ["shop", "broker"], "latency": "10ms"}])"));
    QVERIFY(run.log({routed}).startsWith("1.25 routed 1; 2.25 routed 2"));
    const PlayedScenario moved =
        played(jobs(R"(, "replicas": 3)", R"("links": [{"between": ["shop", "a"], "latency": "250ms"},
                                     {"between": ["shop", "broker"], "latency": "10ms"}], )" +
                                              faults(R"({"at": "1500ms", "nodeDown": "a"})")));
    QVERIFY(moved.log({routed}).startsWith("1.25 routed 1; 2.01 routed 2"));
}

void TestNodeScenarios::linksBetweenNodesDelayCommits() {
    const PlayedScenario run = played(jobs(R"(, "replicas": 3)",
                                           R"("links": [{"between": ["a", "b"], "latency": "50ms"}], )" +
                                               faults(R"({"at": "1500ms", "delay": ["c", "broker"], "by": "100ms"})"),
                                           three, R"(, "confirm": true)"));
    QVERIFY2(run.log({confirmed}).startsWith("1.1 confirmed 1; 2.2 confirmed 2"), qPrintable(run.log({confirmed})));
}

void TestNodeScenarios::commandsHaveInversesAndReplay() {
    const std::string text = jobs(R"(, "replicas": 3)", "");
    PlayedScenario run = opened(text);
    Simulation& simulation = *run.simulation;
    Journal journal;
    const auto give = [&](Duration at, const Command& command) {
        simulation.run(SimTime{at}, UINT64_MAX, *run.recorder);
        simulation.waitUntil(SimTime{at});
        const auto inverse = simulation.inverse(command);
        const auto entry = simulation.apply(command, *run.recorder);
        if (entry)
            journal.push_back(*entry);
        return entry ? inverse : std::nullopt;
    };
    const auto freed = give(1500ms, {.kind = CommandKind::diskFull, .target = "a"});
    QVERIFY(freed && freed->kind == CommandKind::diskFree && freed->target == "a");
    const auto full = give(2500ms, *freed);
    QVERIFY(full && full->kind == CommandKind::diskFull);
    const auto quick = give(2600ms, {.kind = CommandKind::slowDisk, .target = "b", .by = 30ms});
    QVERIFY(quick && quick->by == Duration::zero());
    QVERIFY(give(2700ms, {.kind = CommandKind::slowDisk, .target = "b", .by = 70ms})->by == 30ms);
    const auto right = give(2800ms, {.kind = CommandKind::clockSkew, .target = "c", .lasts = 1s, .by = -5s});
    QVERIFY(right && right->by == Duration::zero() && right->target == "c");
    QVERIFY(give(3500ms, {.kind = CommandKind::partition, .lasts = 1s, .sides = {{"a"}, {"b", "c"}}})->kind ==
            CommandKind::heal);
    QVERIFY(!simulation.inverse({.kind = CommandKind::rollingRestart, .target = "b"}));
    give(6s, {.kind = CommandKind::rollingRestart, .target = "b", .lasts = 2s, .pause = 1s, .whenInSync = false});
    simulation.run(SimTime::max(), UINT64_MAX, *run.recorder);
    QCOMPARE(nodesOf(run, {diskFull, diskFree, nodeDown, nodeUp}),
             "1.5 diskFull a; 2.5 diskFree a; 6 nodeDown b; 8 nodeUp b; 9 nodeDown c; 11 nodeUp c; 12 nodeDown a; "
             "14 nodeUp a");
    std::string lines;
    for (const JournalEntry& entry : journal)
        appendJournalLine(lines, entry);
    const auto read = readJournal(lines);
    QVERIFY2(read.ok(), read ? "" : read.error().front().text().c_str());
    QVERIFY(*read == journal);
    PlayedScenario again = opened(text);
    QVERIFY(again.simulation->replay(*read, SimTime::max(), *again.recorder).ok());
    QCOMPARE(again.recorder->fingerprint(), run.recorder->fingerprint());
}

void TestNodeScenarios::whatHoldsIsTold() {
    const std::string text = jobs(R"(, "replicas": 3)", faults(R"({"at": "1s", "diskFull": "a", "for": "4s"},
        {"at": "2s", "slowDisk": "b", "by": "1s"}, {"at": "2s", "rollingRestart": "a"},
        {"at": "2s", "partition": [["a"], ["b", "c"]], "for": "9s"}, {"at": "3s", "clockSkew": "c", "by": "-1s"})"));
    const Scenario scenario = loadScenario(text).value();
    const std::vector<ActiveFault> active = activeFaults(scenario, {}, SimTime{4s});
    QStringList kept;
    for (const ActiveFault& fault : active)
        kept << QString::fromStdString(asScenarioFault(fault)->canonical());
    QCOMPARE(kept.join(' '),
             R"({"at":"1s","diskFull":"a","for":"4s"} {"at":"2s","slowDisk":"b","by":"1s"} )"
             R"({"at":"2s","partition":[["a"],["b","c"]],"for":"9s"} {"at":"3s","clockSkew":"c","by":"-1s"})");
    QCOMPARE(ending(active[0]).kind, CommandKind::diskFree);
    QVERIFY(ending(active[1]).kind == CommandKind::slowDisk && ending(active[1]).by == Duration::zero());
    const Journal journal{{SimTime{3500ms}, 9, {.kind = CommandKind::diskFree, .target = "a"}},
                          {SimTime{3600ms}, 9, {.kind = CommandKind::slowDisk, .target = "b"}}};
    QCOMPARE(activeFaults(scenario, journal, SimTime{4s}).size(), std::size_t{2});
}

void TestNodeScenarios::nonsenseIsRefused_data() {
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("nodes");
    QTest::addColumn<QString>("error");
    const QString abc = QString::fromStdString(three);
    const auto fault = [&](const char* name, const QString& text, const QString& error) {
        QTest::newRow(name) << ""
                            << "\"faults\": [" + text + "]" << abc << error;
    };
    fault("disk of a service", R"({"at": "1s", "diskFull": "shop"})",
          "/faults/0/diskFull: needs the name of a node (a, b, c)");
    fault("slow without by", R"({"at": "1s", "slowDisk": "a"})",
          "/faults/0: needs \"by\", a duration such as \"200ms\"");
    fault("slow by nothing", R"({"at": "1s", "slowDisk": "a", "by": "0s"})", "/faults/0/by: needs a duration above 0");
    fault("slow for ever", R"({"at": "1s", "slowDisk": "a", "by": "25h"})", "/faults/0/by: needs at most \"24h\"");
    fault("roll of nobody", R"({"at": "1s", "rollingRestart": "everything"})",
          "/faults/0/rollingRestart: needs the name of a node (a, b, c)");
    fault("skew of nobody", R"({"at": "1s", "clockSkew": "jobs", "by": "1s"})",
          "/faults/0/clockSkew: needs the name of a service or node");
    fault("node on two sides", R"({"at": "1s", "partition": [["a"], ["a", "b"]]})",
          "/faults/0/partition/1/0: needs an end that stands on no other side");
    fault("loss between nodes", R"({"at": "1s", "lose": ["a", "b"]})",
          "/faults/0/lose: needs a service at one end: nodes send again what is lost between them");
    fault("a node and itself", R"({"at": "1s", "delay": ["a", "a"], "by": "1s"})",
          "/faults/0/delay: needs two ends that differ");
    QTest::newRow("loss of a link of nodes")
        << ""
        << R"("links": [{"between": ["a", "b"], "loss": 0.1}])" << abc
        << "/links/0/loss: needs a service at one end: nodes send again what is lost between them";
    QTest::newRow("two services") << ""
                                  << R"("links": [{"between": ["shop", "worker"]}])" << abc
                                  << "/links/0/between: needs a service and \"broker\": services reach each other "
                                     "through the broker";
    QTest::newRow("no room") << ""
                             << ""
                             << R"("a": {"disk": "0B"})"
                             << "/nodes/a/disk: needs more than 0 bytes";
    QTest::newRow("rule") << R"(, "whenDiskFull": "forget")"
                          << "" << abc << "/channels/jobs/whenDiskFull: needs one of block, offline";
}

void TestNodeScenarios::nonsenseIsRefused() {
    QFETCH(QString, channel);
    QFETCH(QString, rest);
    QFETCH(QString, nodes);
    QFETCH(QString, error);
    QCOMPARE(errorOf(jobs(channel.toStdString(), rest.toStdString(), nodes.toStdString())), error.toStdString());
}

void TestNodeScenarios::commandsThatMakeNoSenseAreRefused() {
    PlayedScenario run = opened(jobs("", ""));
    const auto refusal = [&](const Command& command) {
        return QString::fromStdString(run.simulation->apply(command, *run.recorder).error().text());
    };
    QCOMPARE(refusal({.kind = CommandKind::diskFull, .target = "shop"}),
             "command: needs the name of a node of the broker, got \"shop\"");
    QCOMPARE(refusal({.kind = CommandKind::slowDisk, .target = "a", .by = -1s}),
             "command: needs a time from 0 to 24h, got -1s");
    QCOMPARE(refusal({.kind = CommandKind::rollingRestart, .target = "a", .pause = -1s}),
             "command: needs a pause of 0 at least, got -1s");
    QCOMPARE(refusal({.kind = CommandKind::clockSkew, .target = "a", .by = 25h}),
             "command: needs a clock that is off by 24h at most, got 25h");
    QCOMPARE(refusal({.kind = CommandKind::lose, .sides = {{"a"}, {"b"}}}),
             "command: needs a service at one end: nodes send again what is lost between them");
    QCOMPARE(refusal({.kind = CommandKind::delay, .sides = {{"shop"}, {"worker"}}, .by = 1s}),
             "command: needs a service and \"broker\": services reach each other through the broker");
    QCOMPARE(run.count(commanded), std::int64_t{0});
}

QTEST_APPLESS_MAIN(TestNodeScenarios)
#include "tst_node_scenarios.moc"
