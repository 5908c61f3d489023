// The scenarios that come along give the same records always and everywhere: golden fingerprints, with a snapshot taken
// midway, and with a journal replayed. A change of a rule changes them: then the new ones are written here, knowingly.
#include "core/scenario/load.h"
#include "core/simulation/simulation.h"

#include <QTest>

using namespace weir;

namespace {

constexpr std::uint64_t duesMidway = 700;
constexpr std::uint64_t duesBetween = 211;

std::shared_ptr<const Model> modelOf(const QString& name) {
    auto scenario = loadScenarioFile(WEIR_SOURCE_DIR "/scenarios/" + name.toStdString() + ".json");
    if (!scenario)
        qFatal("%s", scenario.error().front().text().c_str());
    scenario->run.lasts = 60s;
    auto model = Model::compile(*scenario);
    if (!model)
        qFatal("%s", model.error().front().text().c_str());
    return std::move(model).value();
}

Recorder recorderFor(const Model& model) {
    return Recorder(model.catalogue, {.recordsMax = 0});
}

QString hex(std::uint64_t fingerprint) {
    return QStringLiteral("%1").arg(fingerprint, 16, 16, QLatin1Char('0'));
}

void addScenarios() {
    QTest::addColumn<QString>("fingerprint");
    QTest::newRow("consumer_groups") << "3eba26139e28c80e";
    QTest::newRow("dead_loop") << "67e0dbe0834ff894";
    QTest::newRow("leader_loss") << "490ed6eb045de760";
    QTest::newRow("order_flow") << "f35160faf1bcac4b";
    QTest::newRow("outbox") << "22e7adc7149dc329";
    QTest::newRow("poison_message") << "a25af19b2b8bffde";
    QTest::newRow("queue_versus_topic") << "1a2e8e587283f787";
    QTest::newRow("three_guarantees") << "277f6ce9e45a8ff5";
}

} // namespace

class TestDeterminism : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void fingerprintsAreTheGoldenOnes_data() { addScenarios(); }
    void fingerprintsAreTheGoldenOnes();
    void aSnapshotMidwayEndsTheSame_data() { addScenarios(); }
    void aSnapshotMidwayEndsTheSame();
    void aReplayedJournalEqualsTheLiveRun_data() { addScenarios(); }
    void aReplayedJournalEqualsTheLiveRun();
};

void TestDeterminism::fingerprintsAreTheGoldenOnes() {
    QFETCH(const QString, fingerprint);
    const auto model = modelOf(QString::fromLatin1(QTest::currentDataTag()));
    Simulation simulation(model);
    Recorder recorder = recorderFor(*model);
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    QVERIFY(recorder.head().index() > 1000);
    QVERIFY(recorder.head().ledger().closed());
    QCOMPARE(hex(recorder.fingerprint()), fingerprint);
}

void TestDeterminism::aSnapshotMidwayEndsTheSame() {
    QFETCH(const QString, fingerprint);
    const auto model = modelOf(QString::fromLatin1(QTest::currentDataTag()));
    Simulation simulation(model);
    Recorder recorder = recorderFor(*model);
    QCOMPARE(simulation.run(SimTime::max(), duesMidway, recorder), duesMidway);
    Simulation snapshot = simulation;
    Recorder elsewhere = recorderFor(*model);
    snapshot.run(SimTime::max(), UINT64_MAX, elsewhere); // to its end, so that the first meets a shared past
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    QCOMPARE(hex(recorder.fingerprint()), fingerprint);
}

void TestDeterminism::aReplayedJournalEqualsTheLiveRun() {
    const auto model = modelOf(QString::fromLatin1(QTest::currentDataTag()));
    const std::string service = model->catalogue->services()[0].name;
    const std::string last = model->catalogue->services()[model->catalogue->services().size() - 1].name;
    Simulation live(model);
    Recorder recorder = recorderFor(*model);
    Journal journal;
    const auto command = [&](Command what) {
        auto entry = live.apply(what, recorder);
        QVERIFY(entry);
        journal.push_back(*entry);
    };
    command({.kind = CommandKind::rate, .target = service, .factor = 1.5}); // before anything has run
    for (const Command& what : {Command{.kind = CommandKind::crash, .target = last},
                                Command{.kind = CommandKind::slow, .target = service, .factor = 3},
                                Command{.kind = CommandKind::restart, .target = last},
                                Command{.kind = CommandKind::pause, .target = service},
                                Command{.kind = CommandKind::resume, .target = service}}) {
        live.run(SimTime::max(), duesBetween, recorder);
        if (live.stopped()) { // with a service paused there may be nothing left to do
            QVERIFY(!live.apply(what, recorder));
            break;
        }
        command(what);
    }
    live.run(SimTime::max(), UINT64_MAX, recorder);

    Simulation again(model);
    Recorder replayed = recorderFor(*model);
    const auto ran = again.replay(journal, SimTime::max(), replayed);
    QVERIFY2(ran, ran ? "" : ran.error().text().c_str());
    QCOMPARE(hex(replayed.fingerprint()), hex(recorder.fingerprint()));
    QVERIFY(recorder.head().ledger().closed());
    QCOMPARE(replayed.head().ledger(), recorder.head().ledger());
}

QTEST_APPLESS_MAIN(TestDeterminism)
#include "tst_determinism.moc"
