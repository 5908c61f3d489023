// Nodes of the broker in whole scenarios: what a file says, what its faults and commands do, what producers lose.
#include "core/record/record_reader.h"
#include "core/scenario/check.h"
#include "core/scenario/load.h"
#include "core/simulation/active_faults.h"
#include "core/simulation/simulation.h"
#include "support/nodes_checker.h"
#include "support/random_scenario.h"

#include <QTest>

#include <set>

using namespace weir;

namespace {

// A shop sends a job each 10 ms, of which a worker takes one at a time; 200 of them.
std::string scenario(const std::string& confirm, const std::string& channel, const std::string& rest,
                     const std::string& nodes = R"("a": {}, "b": {}, "c": {})") {
    return R"({"weir": "1", "run": {"for": "end", "latency": "5ms"}, "events": {"job": {}}, "nodes": {)" + nodes + R"(},
      "channels": {"jobs": {)" +
           channel + R"(}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "10ms", "count": 200}, "emit": "job", "to": "jobs",
                                         "confirm": )" +
           confirm + R"(}]},
                   "worker": {"handlers": [{"on": "jobs", "takes": "1ms"}]}})" +
           rest + "}";
}

struct Played {
    std::vector<Record> records;
    std::shared_ptr<const Catalogue> catalogue;
    Picture picture;

    std::int64_t count(RecordKind kind) const {
        return std::count_if(records.begin(), records.end(), [&](const Record& each) { return each.kind == kind; });
    }
    // Messages (by their first publish) that somebody was told to be safe, and that nobody ever handled.
    std::size_t brokenPromises() const {
        std::map<Ordinal, Ordinal> first; // of a repeat
        std::set<Ordinal> confirmed, handled;
        for (const Record& record : records) {
            if (record.kind == RecordKind::published)
                first[record.ordinal] = record.isRepeat() ? static_cast<Ordinal>(record.value) : record.ordinal;
            else if (record.kind == RecordKind::confirmed)
                confirmed.insert(first[record.ordinal]);
            else if (record.kind == RecordKind::finished)
                handled.insert(first[record.ordinal]);
        }
        std::size_t broken = 0;
        for (const Ordinal ordinal : confirmed)
            broken += handled.contains(ordinal) ? 0 : 1;
        return broken;
    }
    QString log(std::initializer_list<RecordKind> kinds) const {
        QStringList lines;
        for (const Record& record : records) {
            if (std::find(kinds.begin(), kinds.end(), record.kind) == kinds.end())
                continue;
            const Place place = catalogue->place(record.place);
            lines << QStringLiteral("%1 %2 %3")
                         .arg(static_cast<double>(record.at.time_since_epoch().count()) * 1e-9)
                         .arg(QString::fromStdString(std::string(name(record.kind))),
                              QString::fromStdString(catalogue->nodes()[place.node.index()].name));
        }
        return lines.join(QStringLiteral("; "));
    }
};

std::shared_ptr<const Model> compiled(const std::string& text) {
    const auto scenario = loadScenario(text);
    if (!scenario)
        qFatal("%s: %s", scenario.error().front().where.c_str(), scenario.error().front().text().c_str());
    auto model = Model::compile(*scenario);
    if (!model)
        qFatal("%s", model.error().front().text().c_str());
    return std::move(model).value();
}

Played outcomeOf(const Recorder& recorder) {
    Played outcome;
    outcome.catalogue = recorder.catalogue();
    outcome.picture = recorder.head();
    RecordReader reader(recorder.store());
    reader.refresh();
    for (std::uint64_t i = reader.first(); i < reader.end(); ++i)
        outcome.records.push_back(reader.at(i));
    return outcome;
}

Played run(const std::string& text) {
    Simulation simulation(compiled(text));
    Recorder recorder(simulation.model().catalogue);
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    return outcomeOf(recorder);
}

const std::string queue = R"("kind": "queue", "replicas": 3, "minInSync": 2, "election": "300ms", "lagMax": "500ms")";
const std::string down = R"(, "faults": [{"at": "1s", "nodeDown": "a", "for": "500ms"}])";

std::string errorOf(const std::string& text) {
    const auto scenario = loadScenario(text);
    return scenario ? std::string() : scenario.error().front().where + ": " + scenario.error().front().what;
}

std::vector<std::string> codesOf(const std::string& text) {
    const auto scenario = loadScenario(text);
    if (!scenario)
        qFatal("%s", scenario.error().front().text().c_str());
    std::vector<std::string> codes;
    for (const Finding& finding : check(*scenario))
        codes.push_back(finding.code);
    return codes;
}
bool has(const std::vector<std::string>& codes, const std::string& code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

} // namespace

class TestBrokerNodes : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void withAcksAllNothingThatWasConfirmedIsLost();
    void withAcksLeaderALeaderTakesWhatItAloneHad();
    void withAcksNoneWhatIsSentMeanwhileIsLost();
    void aHalfMessageWaitsForALeader();
    void withoutNodesAcksChangeNothing();
    void aFaultTakesANodeDownAndBringsItBack();
    void aCommandDoesTheSameAndHasAnInverse();
    void twoFaultsOfOneNodeEndWithTheLastOfThem();
    void aFaultThatGoesOnIsActive();
    void thePictureKnowsWhoLeads();
    void sameSeedSameStory();
    void unrelatedChannelsLeaveTheHopsAlone();
    void aFileIsRefusedWhereItMakesNoSense_data();
    void aFileIsRefusedWhereItMakesNoSense();
    void checkTellsWhatReplicasBuy();
    void whateverTheScenarioIsThePromisesHold();
};

void TestBrokerNodes::withAcksAllNothingThatWasConfirmedIsLost() {
    for (const std::string rule : {R"("commit": "inSync", )", R"("commit": "majority", )"}) {
        std::string channel = rule + queue;
        if (rule.find("majority") != std::string::npos)
            channel.replace(channel.find(R"("minInSync": 2, )"), 16, "");
        const Played outcome = run(scenario(R"({"timeout": "1s", "retries": 20})", channel, down));
        QCOMPARE(outcome.picture.nodes().elections, std::int64_t{1});
        QCOMPARE(outcome.brokenPromises(), std::size_t{0});
        QCOMPARE(outcome.picture.nodes().promisesLost, std::int64_t{0});
        QCOMPARE(outcome.count(RecordKind::confirmed), std::int64_t{200}); // the shop did not give up
        QVERIFY(outcome.picture.ledger().closed());
    }
}

void TestBrokerNodes::withAcksLeaderALeaderTakesWhatItAloneHad() {
    const Played outcome = run(scenario(R"({"acks": "leader", "retries": 20})", queue, down));
    QVERIFY(outcome.picture.nodes().promisesLost > 0);
    QCOMPARE(outcome.brokenPromises(), static_cast<std::size_t>(outcome.picture.nodes().promisesLost));
    QCOMPARE(outcome.count(RecordKind::lost), outcome.picture.nodes().promisesLost);
    QVERIFY(outcome.picture.ledger().closed());
}

void TestBrokerNodes::withAcksNoneWhatIsSentMeanwhileIsLost() {
    const Played outcome = run(scenario(R"({"acks": "none"})", queue, down));
    QCOMPARE(outcome.count(RecordKind::confirmed), std::int64_t{200});
    QCOMPARE(outcome.count(RecordKind::unconfirmed), std::int64_t{0});
    QCOMPARE(outcome.brokenPromises(), static_cast<std::size_t>(outcome.picture.nodes().promisesLost));
    QVERIFY(outcome.picture.nodes().promisesLost >= 29); // one each 10 ms until the election
}

// Its local transaction ends while nobody leads: it stays held, and is published when the broker asks again.
void TestBrokerNodes::aHalfMessageWaitsForALeader() {
    const Played outcome = run(R"({"weir": "1", "run": {"for": "end"}, "events": {"job": {}},
      "nodes": {"a": {}, "b": {}, "c": {}},
      "channels": {"jobs": {"kind": "queue", "replicas": 3, "election": "300ms",
                            "checkBack": {"after": "1s", "every": "1s"}}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "1s", "count": 1}, "emit": "job", "to": "jobs",
                                         "half": {"takes": "200ms"}}]},
                   "worker": {"handlers": [{"on": "jobs", "takes": "1ms"}]}},
      "faults": [{"at": "1100ms", "nodeDown": "a"}]})");
    QCOMPARE(outcome.count(RecordKind::checkedBack), std::int64_t{1});
    QCOMPARE(outcome.count(RecordKind::finished), std::int64_t{1});
    QVERIFY(outcome.picture.ledger().closed());
}

void TestBrokerNodes::withoutNodesAcksChangeNothing() {
    const auto fingerprint = [](const std::string& confirm) {
        std::string text = scenario(confirm, R"("kind": "queue")", "", "");
        Simulation simulation(compiled(text));
        Recorder recorder(simulation.model().catalogue);
        simulation.run(SimTime::max(), UINT64_MAX, recorder);
        return recorder.fingerprint();
    };
    QCOMPARE(fingerprint(R"({"acks": "leader"})"), fingerprint("true"));
}

void TestBrokerNodes::aFaultTakesANodeDownAndBringsItBack() {
    const Played outcome = run(scenario("true", queue, down));
    QCOMPARE(outcome.log({RecordKind::nodeDown, RecordKind::nodeUp, RecordKind::leaderLost, RecordKind::leaderElected}),
             "0 leaderElected a; 1 nodeDown a; 1 leaderLost a; 1.3 leaderElected b; 1.5 nodeUp a");
}

void TestBrokerNodes::aCommandDoesTheSameAndHasAnInverse() {
    Simulation simulation(compiled(scenario("true", queue, "")));
    Recorder recorder(simulation.model().catalogue);
    simulation.run(SimTime{1s}, UINT64_MAX, recorder);
    const Command command{.kind = CommandKind::nodeDown, .target = "a", .lasts = 500ms};
    const auto inverse = simulation.inverse(command);
    QVERIFY(inverse && inverse->kind == CommandKind::nodeUp && inverse->target == "a");
    QVERIFY(simulation.apply(command, recorder));
    QVERIFY(!simulation.apply({.kind = CommandKind::nodeDown, .target = "shop"}, recorder));
    simulation.run(SimTime{1200ms}, UINT64_MAX, recorder);
    simulation.waitUntil(SimTime{1200ms});
    QVERIFY(simulation.apply({.kind = CommandKind::nodeUp, .target = "a"}, recorder));
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    const Played outcome = outcomeOf(recorder);
    QCOMPARE(outcome.log({RecordKind::nodeDown, RecordKind::nodeUp, RecordKind::leaderElected}),
             "0 leaderElected a; 1 nodeDown a; 1.2 nodeUp a; 1.3 leaderElected a");
}

void TestBrokerNodes::twoFaultsOfOneNodeEndWithTheLastOfThem() {
    const Played outcome = run(scenario("true", queue, R"(, "faults": [
        {"at": "1s", "nodeDown": "a", "for": "500ms"}, {"at": "1200ms", "powerOff": "a", "for": "600ms"},
        {"at": "1300ms", "nodeDown": "a", "for": "100ms"}])"));
    QCOMPARE(outcome.log({RecordKind::nodeDown, RecordKind::nodeUp}), "1 nodeDown a; 1.8 nodeUp a");
}

void TestBrokerNodes::aFaultThatGoesOnIsActive() {
    const auto model = compiled(scenario("true", queue, down));
    const std::vector<ActiveFault> active = activeFaults(*model->scenario, {}, SimTime{1200ms});
    QCOMPARE(active.size(), std::size_t{1});
    QCOMPARE(active.front().target, std::string("a"));
    QCOMPARE(ending(active.front()).kind, CommandKind::nodeUp);
    const std::optional<Value> fault = asScenarioFault(active.front());
    QCOMPARE(*fault->member("nodeDown"), Value("a"));
    QCOMPARE(*fault->member("at"), Value("1s"));
    QCOMPARE(*fault->member("for"), Value("500ms"));
    const Journal ended{{SimTime{1100ms}, 0, {.kind = CommandKind::nodeUp, .target = "a"}}};
    QCOMPARE(activeFaults(*model->scenario, ended, SimTime{1200ms}).size(), std::size_t{0});
}

void TestBrokerNodes::thePictureKnowsWhoLeads() {
    Simulation simulation(compiled(scenario("true", queue, down)));
    Recorder recorder(simulation.model().catalogue);
    const auto leader = [&](SimTime at) {
        simulation.run(at, UINT64_MAX, recorder);
        const LeaderFigures figures = recorder.head().channel(ChannelId{0}).leaders.at(0);
        return QStringLiteral("%1 term %2, %3 in sync")
            .arg(figures.leader.valid()
                     ? QString::fromStdString(simulation.model().catalogue->nodes()[figures.leader.index()].name)
                     : QStringLiteral("-"))
            .arg(figures.term)
            .arg(figures.inSync);
    };
    QCOMPARE(leader(SimTime{500ms}), "a term 1, 3 in sync");
    QCOMPARE(leader(SimTime{1100ms}), "- term 1, 3 in sync");
    QCOMPARE(recorder.head().nodes().down, std::vector<bool>{true});
    QCOMPARE(leader(SimTime{1400ms}), "b term 2, 2 in sync");
    QCOMPARE(leader(SimTime{3s}), "b term 2, 3 in sync");
    QCOMPARE(recorder.head().nodes().down, std::vector<bool>{false});
}

void TestBrokerNodes::sameSeedSameStory() {
    const std::string text = scenario(R"({"acks": "leader"})", queue, down);
    const auto model = compiled(text);
    Simulation whole(model);
    Recorder recorder(model->catalogue);
    whole.run(SimTime::max(), UINT64_MAX, recorder);
    Simulation first(compiled(text));
    Recorder second(first.model().catalogue);
    first.run(SimTime{1100ms}, UINT64_MAX, second); // no leader just then
    Simulation copy = first;
    copy.run(SimTime::max(), UINT64_MAX, second);
    QCOMPARE(second.fingerprint(), recorder.fingerprint());
}

void TestBrokerNodes::unrelatedChannelsLeaveTheHopsAlone() {
    const auto enqueued = [](const std::string& more) {
        std::string text = scenario("true", queue + R"(, "leader": "a"}, )" + more + R"("z": {"kind": "queue")", "");
        text.replace(text.find(R"("latency": "5ms")"), 16, R"("latency": {"exponential": "5ms"})");
        std::vector<SimTime> times;
        const Played outcome = run(text);
        for (const Record& record : outcome.records)
            if (record.kind == RecordKind::enqueued)
                times.push_back(record.at);
        return times;
    };
    QVERIFY(enqueued("") == enqueued(R"("audit": {"kind": "queue", "replicas": 3}, )"));
}

void TestBrokerNodes::aFileIsRefusedWhereItMakesNoSense_data() {
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("nodes");
    QTest::addColumn<QString>("error");
    const QString kind = R"("kind": "queue")";
    const QString three = R"("a": {}, "b": {}, "c": {})";
    QTest::newRow("replicas") << kind + R"(, "replicas": 4)"
                              << "" << three
                              << "/channels/jobs/replicas: needs no more replicas than there are nodes, 3";
    QTest::newRow("in sync") << kind + R"(, "replicas": 2, "minInSync": 3)"
                             << "" << three << "/channels/jobs/minInSync: needs no more than there are replicas, 2";
    QTest::newRow("majority") << kind + R"(, "replicas": 3, "commit": "majority", "uncleanElection": true)"
                              << "" << three
                              << "/channels/jobs/uncleanElection: needs \"commit\": \"inSync\": with a majority, that "
                                 "majority decides";
    QTest::newRow("leader") << kind + R"(, "leader": "shop")"
                            << "" << three << "/channels/jobs/leader: needs the name of a node (a, b, c)";
    QTest::newRow("fault") << kind << R"(, "faults": [{"at": "1s", "nodeDown": "shop"}])" << three
                           << "/faults/0/nodeDown: needs the name of a node (a, b, c)";
    QTest::newRow("name") << kind << ""
                          << R"("jobs": {})"
                          << "/nodes/jobs: needs a name that no channel or service has";
    QTest::newRow("fsync") << kind << ""
                           << R"("a": {"fsync": "often"})"
                           << "/nodes/a/fsync: needs \"always\", \"never\", or how often, such as \"1s\"";
}

void TestBrokerNodes::aFileIsRefusedWhereItMakesNoSense() {
    QFETCH(QString, channel);
    QFETCH(QString, rest);
    QFETCH(QString, nodes);
    QFETCH(QString, error);
    QCOMPARE(errorOf(scenario("true", channel.toStdString(), rest.toStdString(), nodes.toStdString())),
             error.toStdString());
}

void TestBrokerNodes::checkTellsWhatReplicasBuy() {
    const auto codes = [](const std::string& channel, const std::string& nodes = R"("a": {}, "b": {}, "c": {})") {
        return codesOf(scenario("true", R"("kind": "queue")" + channel, "", nodes));
    };
    QVERIFY(has(codes(R"(, "replicas": 3)", ""), "replicasWithoutNodes"));
    QVERIFY(has(codes(R"(, "replicas": 2, "commit": "majority")"), "evenMajority"));
    QVERIFY(!has(codes(R"(, "replicas": 3, "commit": "majority")"), "evenMajority"));
    QVERIFY(has(codes(R"(, "replicas": 3, "minInSync": 3)"), "allInSync"));
    QVERIFY(has(codes(R"(, "replicas": 3, "uncleanElection": true)"), "uncleanElection"));
    QVERIFY(has(codes(""), "allOfOne"));
    QVERIFY(has(codes(R"(, "replicas": 3)"), "oneOfAll"));
    const std::vector<std::string> sound = codes(R"(, "replicas": 3, "minInSync": 2)");
    for (const char* code : {"allInSync", "allOfOne", "oneOfAll", "evenMajority", "uncleanElection"})
        QVERIFY(!has(sound, code));
}

// The ledger closes after every record, offsets go on without a gap but for what a lost leader takes along, and what
// was confirmed is there unless an unclean election or a power failure may take it.
void TestBrokerNodes::whateverTheScenarioIsThePromisesHold() {
    std::int64_t elections = 0, lost = 0;
    const int given = qEnvironmentVariableIntValue("WEIR_SEEDS_MAX"); // more of them by hand
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(given > 0 ? given : 400); ++seed) {
        const auto model = Model::compile(onNodes(randomScenario(seed), seed));
        QVERIFY2(model, qPrintable(QString::number(seed)));
        Simulation simulation(*model);
        Recorder recorder(simulation.model().catalogue);
        simulation.run(SimTime::max(), 20'000, recorder);
        RecordReader reader(recorder.store());
        reader.refresh();
        NodesChecker checker(simulation.model());
        Ledger ledger;
        for (std::uint64_t i = reader.first(); i < reader.end(); ++i) {
            const Record& record = reader.at(i);
            const Place place = record.place.valid() ? simulation.model().catalogue->place(record.place) : Place{};
            ledger.apply(record);
            const QString wrong = ledger.closed() ? checker.check(record, place) : QStringLiteral("the ledger is open");
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1, record %2, %3 s, message %4: %5")
                                                     .arg(seed)
                                                     .arg(i)
                                                     .arg(QString::fromStdString(secondsText(record.at)))
                                                     .arg(record.ordinal)
                                                     .arg(wrong)));
        }
        elections += recorder.head().nodes().elections;
        lost += recorder.head().nodes().promisesLost;
    }
    QVERIFY(elections > 100); // the scenarios were alive
    QVERIFY(lost > 10);
}

QTEST_APPLESS_MAIN(TestBrokerNodes)
#include "tst_broker_nodes.moc"
