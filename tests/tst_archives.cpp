// Archives and replays: what an exchange keeps of what is published to it, and how it comes again.
// Rules: Amazon EventBridge, "Archiving and replaying events".
#include "support/played_scenario.h"

#include "core/record/message_source.h"
#include "core/services/generated_messages.h"
#include "core/simulation/journal_json.h"

#include <QTest>

using namespace weir;
using Kind = RecordKind;

namespace {

// A bus with two rules: bills want orders, the audit wants everything. One order a second, one refund at 2.5 s.
std::string bus(const std::string& archive, const std::string& more = {}) {
    return R"({"weir": "1", "run": {"for": "20s"}, "events": {"order": {"data": {"n": "{count}"}}, "refund": {}},
      "channels": {"bus": {"kind": "topic", "archive": )" +
           archive + R"(},
                   "bills": {"kind": "queue", "bind": [{"to": "bus", "pattern": "order"}]},
                   "audit": {"kind": "queue", "bind": [{"to": "bus"}]}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "1s", "count": 5}, "emit": "order", "to": "bus"},
                                        {"arrivals": {"times": ["2.5s"]}, "emit": "refund", "to": "bus"}]},
                   "biller": {"handlers": [{"on": "bills"}]}, "auditor": {"handlers": [{"on": "audit"}]}})" +
           more + "}";
}

double handled(const PlayedScenario& run, const char* service) {
    return run.metric(service, "handled");
}

Result<Scenario, Errors> loaded(const std::string& faults) {
    return loadScenario(bus("true", R"(, "faults": [)" + faults + "]"));
}

} // namespace

class TestArchives : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aReplayGoesToAllRulesThatMatch();
    void aReplayGoesToTheNamedRulesAlone();
    void aReplayTakesATimeWindow();
    void anArchiveKeepsWhatItsPatternMatches();
    void anArchiveForgetsWhatIsOlderThanItKeeps();
    void whatNoRuleTookIsArchivedToo();
    void whatIsReplayedIsNotArchivedAgain();
    void replayedEventsHaveTheReplaysNameAndTheirOldId();
    void aRuleCanTellReplayedEvents();
    void aReplayedEventIsAConversationOfItsOwn();
    void theStateThatAReplayChangesIsItsOwnDoing();
    void aReplayCanBeGivenByHandAndGoesIntoTheJournal();
    void aReplayByHandIsOverAtOnce();
    void commandsThatFitNothingAreRefused();
    void faultsThatFitNothingAreRefused_data();
    void faultsThatFitNothingAreRefused();
    void aSnapshotWithAnArchiveGoesOnIdentically();
};

void TestArchives::aReplayGoesToAllRulesThatMatch() {
    const PlayedScenario run = played(bus("true", R"(, "faults": [{"at": "10s", "replay": "bus"}])"));
    QCOMPARE(handled(run, "biller"), 10.0);
    QCOMPARE(handled(run, "auditor"), 12.0);
    QCOMPARE(run.log({Kind::commanded}), "10 commanded replay");
    QVERIFY(run.ledger().closed());
}

void TestArchives::aReplayGoesToTheNamedRulesAlone() {
    const PlayedScenario run =
        played(bus("true", R"(, "faults": [{"at": "10s", "replay": "bus", "rules": ["bills"]}])"));
    QCOMPARE(handled(run, "biller"), 10.0);
    QCOMPARE(handled(run, "auditor"), 6.0);
    QCOMPARE(run.count(Kind::unroutable), 1); // the refund, which is no bill
    QVERIFY(run.ledger().closed());
}

void TestArchives::aReplayTakesATimeWindow() {
    const PlayedScenario run =
        played(bus("true", R"(, "faults": [{"at": "10s", "replay": "bus", "from": "2s", "until": "3s"}])"));
    QCOMPARE(handled(run, "auditor"), 9.0); // orders at 2 and 3 s, the refund between them
}

void TestArchives::anArchiveKeepsWhatItsPatternMatches() {
    const PlayedScenario run =
        played(bus(R"({"pattern": {"detail-type": ["refund"]}})", R"(, "faults": [{"at": "10s", "replay": "bus"}])"));
    QCOMPARE(handled(run, "biller"), 5.0);
    QCOMPARE(handled(run, "auditor"), 7.0);
}

void TestArchives::anArchiveForgetsWhatIsOlderThanItKeeps() {
    const PlayedScenario run = played(bus(R"({"for": "7s"})", R"(, "faults": [{"at": "10s", "replay": "bus"}])"));
    QCOMPARE(handled(run, "auditor"), 8.0); // those of 4 s and 5 s; the one of 3 s is 7 s old
}

void TestArchives::whatNoRuleTookIsArchivedToo() {
    std::string text = bus("true", R"(, "faults": [{"at": "10s", "replay": "bus"}])");
    text.replace(text.find(R"([{"to": "bus"}])"), 15, R"([{"to": "bus", "pattern": "none"}])");
    const PlayedScenario run = played(text);
    QCOMPARE(run.count(Kind::unroutable), 2); // the refund, and again
}

void TestArchives::whatIsReplayedIsNotArchivedAgain() {
    const PlayedScenario run = played(bus(
        "true", R"(, "faults": [{"at": "10s", "replay": "bus"}, {"at": "12s", "replay": "bus", "name": "again"}])"));
    QCOMPARE(handled(run, "auditor"), 18.0);
}

void TestArchives::replayedEventsHaveTheReplaysNameAndTheirOldId() {
    const PlayedScenario run = played(bus("true", R"(, "faults": [{"at": "10s", "replay": "bus", "name": "mended"}])"));
    std::vector<Record> published;
    run.forEach([&](const Record& record) {
        if (record.kind == Kind::published)
            published.push_back(record);
    });
    QCOMPARE(published.size(), std::size_t{12});
    const Record& replayed = published[6];
    QVERIFY(replayed.isRepeat());
    QCOMPARE(replayed.value, static_cast<std::int64_t>(published[0].ordinal));
    QCOMPARE(run.reasonOf(replayed), std::string("mended"));
    const GeneratedMessages messages(run.simulation->model().generator, run.simulation->model().catalogue,
                                     [&](Ordinal ordinal) -> std::optional<Record> {
                                         for (const Record& record : published)
                                             if (record.ordinal == ordinal)
                                                 return record;
                                         return std::nullopt;
                                     });
    const auto first = messages.message(published[0].ordinal), again = messages.message(replayed.ordinal);
    QVERIFY(first && again);
    QCOMPARE(again->id, first->id);
    QVERIFY(again->data == first->data);
    QCOMPARE(*again->headers.member("replay-name")->text(), std::string("mended"));
    QVERIFY(first->headers.isNull());
}

void TestArchives::aRuleCanTellReplayedEvents() {
    std::string text = bus("true", R"(, "faults": [{"at": "10s", "replay": "bus"}])");
    text.replace(text.find(R"([{"to": "bus"}])"), 15,
                 R"([{"to": "bus", "event": {"replay-name": [{"exists": false}]}}])");
    const PlayedScenario run = played(text);
    QCOMPARE(handled(run, "auditor"), 6.0);
    QCOMPARE(handled(run, "biller"), 10.0);
}

void TestArchives::aReplayedEventIsAConversationOfItsOwn() {
    const PlayedScenario run = played(bus("true", R"(, "faults": [{"at": "10s", "replay": "bus"}])"));
    QCOMPARE(run.count(Kind::completed), 12);
}

// It is the same event, and another message.
void TestArchives::theStateThatAReplayChangesIsItsOwnDoing() {
    const PlayedScenario run = played(R"({"weir": "1", "run": {"for": "20s"}, "events": {"order": {}},
      "channels": {"bus": {"kind": "topic", "archive": true}, "bills": {"kind": "queue", "bind": [{"to": "bus"}]}},
      "services": {"shop": {"sources": [{"arrivals": {"times": ["0s"]}, "emit": "order", "to": "bus"}]},
                   "biller": {"state": {"bills": {"sent": 0}},
                              "handlers": [{"on": "bills", "then": [{"add": "bills", "key": "sent"}]}]}},
      "faults": [{"at": "10s", "replay": "bus"}]})");
    QCOMPARE(run.log({Kind::published, Kind::stateChanged}),
             "0 published 1; 0 stateChanged 1; 10 published 2 replay; 10 stateChanged 2");
}

void TestArchives::aReplayCanBeGivenByHandAndGoesIntoTheJournal() {
    PlayedScenario run = opened(bus("true"));
    run.simulation->run(SimTime{4s}, UINT64_MAX, *run.recorder);
    const Command command{
        .kind = CommandKind::replay, .target = "bus", .name = "by-hand", .from = 2s, .until = 3s, .rules = {"audit"}};
    QVERIFY(!run.simulation->inverse(command));
    const auto entry = run.simulation->apply(command, *run.recorder);
    QVERIFY2(entry, entry ? "" : entry.error().text().c_str());
    run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
    QCOMPARE(handled(run, "auditor"), 9.0);
    QCOMPARE(handled(run, "biller"), 5.0);

    std::string line;
    appendJournalLine(line, *entry);
    const auto journal = readJournal(line);
    QVERIFY(journal);
    QVERIFY(journal->front() == *entry);
    PlayedScenario again = opened(bus("true"));
    QVERIFY(again.simulation->replay(*journal, SimTime::max(), *again.recorder));
    QCOMPARE(again.recorder->fingerprint(), run.recorder->fingerprint());
}

// Nothing ends later, least of all by doing again what a fault of the scenario has done to the same exchange meanwhile.
void TestArchives::aReplayByHandIsOverAtOnce() {
    for (const std::optional<Duration> lasts : {std::optional<Duration>(), std::optional<Duration>(5s)}) {
        PlayedScenario run = opened(bus("true", R"(, "faults": [{"at": "6s", "replay": "bus"}])"));
        run.simulation->run(SimTime{4s}, UINT64_MAX, *run.recorder);
        QVERIFY(run.simulation->apply({.kind = CommandKind::replay, .target = "bus", .lasts = lasts, .rules = {"audit"}},
                                      *run.recorder));
        run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
        QCOMPARE(handled(run, "biller"), 10.0);
    }
}

void TestArchives::commandsThatFitNothingAreRefused() {
    PlayedScenario run = opened(bus("true"));
    const auto refusal = [&](const Command& command) {
        const auto entry = run.simulation->apply(command, *run.recorder);
        return entry ? QString() : QString::fromStdString(entry.error().text());
    };
    QCOMPARE(refusal({.kind = CommandKind::replay, .target = "bills"}),
             "command: needs the name of an exchange with an archive, got \"bills\"");
    QCOMPARE(refusal({.kind = CommandKind::replay, .target = "bus", .rules = {"shop"}}),
             "command: needs the name of a channel that is bound to bus, got \"shop\"");
    QCOMPARE(refusal({.kind = CommandKind::replay, .target = "bus", .from = 3s, .until = 2s}),
             "command: needs an end that is not before the beginning, got 2s");
}

void TestArchives::faultsThatFitNothingAreRefused_data() {
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("error");
    QTest::newRow("no archive")
        << R"({"at": "1s", "replay": "bills"})"
        << "/faults/0/replay: needs the name of an exchange or topic with an \"archive\", got \"bills\"";
    QTest::newRow("no rule")
        << R"({"at": "1s", "replay": "bus", "rules": ["shop"]})"
        << "/faults/0/rules/0: needs the name of a queue or stream that is bound to \"bus\", got \"shop\"";
    QTest::newRow("backwards") << R"({"at": "1s", "replay": "bus", "from": "2s", "until": "1s"})"
                               << "/faults/0/until: needs a time that is not before \"from\", got \"1s\"";
    QTest::newRow("no name") << R"({"at": "1s", "replay": "bus", "name": ""})"
                             << "/faults/0/name: needs a name, which its events get, got \"\"";
}

void TestArchives::faultsThatFitNothingAreRefused() {
    QFETCH(const QString, fault);
    QFETCH(const QString, error);
    const auto scenario = loaded(fault.toStdString());
    QVERIFY(!scenario);
    QCOMPARE(QString::fromStdString(scenario.error().front().text()), error);
}

void TestArchives::aSnapshotWithAnArchiveGoesOnIdentically() {
    PlayedScenario run = opened(bus("true", R"(, "faults": [{"at": "10s", "replay": "bus"}])"));
    run.simulation->run(SimTime{3s}, UINT64_MAX, *run.recorder);
    Simulation snapshot = *run.simulation;
    Recorder other = run.recorder->scratch(run.recorder->mark());
    run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
    snapshot.run(SimTime::max(), UINT64_MAX, other);
    QCOMPARE(other.fingerprint(), run.recorder->fingerprint());
}

QTEST_GUILESS_MAIN(TestArchives)
#include "tst_archives.moc"
