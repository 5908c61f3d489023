// The journal as a file: what is written reads back, and replaying it gives the same run again.
#include "core/scenario/load.h"
#include "core/simulation/journal_json.h"
#include "core/simulation/reference_scenarios.h"
#include "core/simulation/whole_run.h"

#include <QTest>

using namespace weir;

class TestJournal : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void linesAreWrittenInTheWordsOfFaults();
    void whatIsWrittenReadsBack();
    void replayingGivesTheSameRunAgain();
    void everyBadLineIsNamed();
    void commandsAtAnImpossibleTimeAreRefused();
};

namespace {

const Journal journal{
    {.at = SimTime{1500ms}, .dues = 17, .command = {.kind = CommandKind::crash, .target = "desk", .instance = 1}},
    {.at = SimTime{1500ms}, .dues = 17, .command = {.kind = CommandKind::slow, .target = "desk", .factor = 2.5}},
    {.at = SimTime{Duration{2'000'000'001}}, .dues = 20, .command = {.kind = CommandKind::restart, .target = "desk"}}};

std::string written(const Journal& entries) {
    std::string text;
    for (const JournalEntry& entry : entries)
        appendJournalLine(text, entry);
    return text;
}

} // namespace

void TestJournal::linesAreWrittenInTheWordsOfFaults() {
    QCOMPARE(written(journal), R"({"at":1.5,"dues":17,"command":{"crash":"desk","instance":1}}
{"at":1.5,"dues":17,"command":{"slow":"desk","factor":2.5}}
{"at":2.000000001,"dues":20,"command":{"restart":"desk"}}
)");
}

void TestJournal::whatIsWrittenReadsBack() {
    QVERIFY(readJournal(written(journal)).value() == journal);
    QVERIFY(readJournal("\n  \n").value().empty());
}

void TestJournal::replayingGivesTheSameRunAgain() {
    Scenario scenario = brokerScenario(2);
    scenario.run.lasts = 3s;
    const auto model = Model::compile(scenario, {.seed = 1}).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = 0});
    Journal given;
    const auto give = [&](const Command& command) { given.push_back(simulation.apply(command, recorder).value()); };
    give({.kind = CommandKind::rate, .target = "producer", .factor = 0.5});
    simulation.run(SimTime{1s}, UINT64_MAX, recorder);
    give({.kind = CommandKind::crash, .target = "consumer of queue 0", .instance = 2});
    give({.kind = CommandKind::slow, .target = "consumer of queue 1", .factor = 3});
    simulation.run(SimTime::max(), 1'000, recorder);
    give({.kind = CommandKind::restart, .target = "consumer of queue 0", .instance = 2});
    simulation.run(SimTime::max(), UINT64_MAX, recorder);

    RunWatch watch;
    watch.journal = readJournal(written(given)).value();
    const FinishedRun again = runWhole(scenario, {.seed = 1}, watch).value();
    QCOMPARE(again.fingerprint, recorder.fingerprint());
    QVERIFY(runWhole(scenario, {.seed = 1}, RunWatch{}).value().fingerprint != recorder.fingerprint());
}

void TestJournal::everyBadLineIsNamed() {
    const auto refused = readJournal("[]\n"
                                     "{\"at\":0,\"dues\":0,\"command\":{\"pause\":\"desk\"}}\n"
                                     "{\"at\":0,\"dues\":0.5,\"command\":{\"puase\":\"desk\"}}\n"
                                     "{\"at\":1e-10,\"dues\":0,\"command\":{\"pause\":\"desk\",\"factor\":2}}\n"
                                     "{\"dues\":0,\"comand\":{}}\n");
    QVERIFY(!refused);
    std::string lines;
    for (const Error& error : refused.error())
        lines += error.text() + '\n';
    QCOMPARE(lines, R"(line 1: needs a JSON table
line 3: /dues: needs a whole number from 0, got 0.5
line 3: /command: needs one of crash, restart, pause, resume, slow, rate, set, drop, duplicate, poison, redrive, discard, publish, seek, replay, partition, heal, delay, reorder, lose, clockSkew, nodeDown, powerOff, nodeUp, diskFull, diskFree, slowDisk, rollingRestart, got {"puase":"desk"}
line 4: /at: needs seconds from 0, down to the nanosecond, got 0.0000000001
line 4: /command/factor: needs a key that it knows, got "factor"
line 5: /comand: needs a key that it knows (did you mean command?), got "comand"
)");
}

void TestJournal::commandsAtAnImpossibleTimeAreRefused() {
    Scenario scenario = brokerScenario(1);
    scenario.run.lasts = 1s;
    RunWatch watch;
    watch.journal = {{.at = SimTime{999s}, .dues = 10, .command = {.kind = CommandKind::pause, .target = "producer"}}};
    QVERIFY(!runWhole(scenario, {.seed = 1}, watch));
    watch.journal = {{.at = SimTime{}, .dues = 10, .command = {.kind = CommandKind::pause, .target = "producer"}}};
    QVERIFY(!runWhole(scenario, {.seed = 1}, watch)); // ten dues take time
    watch.journal = {
        {.at = SimTime{}, .dues = UINT64_MAX, .command = {.kind = CommandKind::pause, .target = "producer"}}};
    QCOMPARE(runWhole(scenario, {.seed = 1}, watch).error().front().where, "journal");
}

QTEST_APPLESS_MAIN(TestJournal)
#include "tst_journal.moc"
