// The session: running at a pace, stepping exactly forwards and back, seeking, the same fingerprint as without a window.
#include "core/scenario/load.h"
#include "core/simulation/simulation.h"
#include "ui/session/session.h"

#include <QSignalSpy>
#include <QTest>

using namespace weir;

namespace {

constexpr std::string_view text = R"({
  "weir": "1", "title": "Session", "run": { "seed": 3, "for": "20s" },
  "events": { "job": { "data": { "n": "{count}" } } },
  "channels": { "jobs": { "kind": "queue", "deadLetter": "dead", "retry": { "max": 1, "first": "100ms" } },
                "dead": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "poisson": "50/s" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": { "exponential": "15ms" }, "fails": { "probability": 0.1 } } ] }
  }
})";

Scenario scenario() {
    auto loaded = loadScenario(text);
    if (!loaded)
        qFatal("%s", loaded.error().front().text().c_str());
    return std::move(loaded).value();
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void anEmptySessionHasNothingToRun();
    void runsToTheEndWithTheFingerprintOfTheCommandLine();
    void stepsForwardsAndBackByOneRecord();
    void thePictureAfterGoingBackIsTheOneOfThen();
    void runsUntilExactlyThatTime();
    void seekingMovesThePlayheadOnly();
    void restartBeginsAnew();
    void aWrongDocumentLeavesTheOldOne();
    void aPacedRunFollowsSimulatedTime();
};

void TestSession::anEmptySessionHasNothingToRun() {
    Session session;
    session.run();
    session.step();
    session.stepBack();
    QVERIFY(!session.running());
    QCOMPARE(session.playhead(), std::uint64_t{0});
    QCOMPARE(session.picture().index(), std::uint64_t{0});
}

void TestSession::runsToTheEndWithTheFingerprintOfTheCommandLine() {
    const auto model = Model::compile(scenario()).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = 0});
    simulation.run(SimTime::max(), UINT64_MAX, recorder);

    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    QSignalSpy ended(&session, &Session::ended);
    session.setSpeed(Speed::max());
    session.run();
    QVERIFY(ended.wait(10'000));
    QVERIFY(!session.running());
    QVERIFY(session.atHead());
    QCOMPARE(session.fingerprint(), recorder.fingerprint());
    QCOMPARE(session.playhead(), recorder.head().index());
    QCOMPARE(session.picture().ledger(), recorder.head().ledger());
    QCOMPARE(session.endReason(), QStringLiteral("done"));
    QCOMPARE(seconds(session.now()), 20.0);
}

void TestSession::stepsForwardsAndBackByOneRecord() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    for (std::uint64_t i = 1; i <= 20; ++i) {
        session.step();
        QCOMPARE(session.playhead(), i);
        QCOMPARE(session.picture().index(), i);
    }
    for (std::uint64_t i = 19; i + 1 > 0; --i) {
        session.stepBack();
        QCOMPARE(session.playhead(), i);
        QCOMPARE(session.picture().index(), i);
        if (i == 0)
            break;
    }
    session.stepBack();
    QCOMPARE(session.playhead(), std::uint64_t{0});
}

void TestSession::thePictureAfterGoingBackIsTheOneOfThen() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    std::vector<Ledger> ledgers{session.picture().ledger()};
    for (int i = 0; i < 200; ++i) {
        session.step();
        ledgers.push_back(session.picture().ledger());
    }
    for (std::size_t i = 200; i-- > 0;) {
        session.stepBack();
        QCOMPARE(session.picture().ledger(), ledgers[i]);
    }
}

void TestSession::runsUntilExactlyThatTime() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    session.setSpeed(Speed::max());
    QSignalSpy running(&session, &Session::runningChanged);
    session.runUntil(SimTime{5s});
    QVERIFY(session.running());
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.now(), SimTime{5s});
    QVERIFY(session.picture().time() <= SimTime{5s});
    QCOMPARE(session.playhead(), session.head());
    session.step();
    QVERIFY(session.now() > SimTime{5s});
}

void TestSession::seekingMovesThePlayheadOnly() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    session.setSpeed(Speed::max());
    session.runUntil(SimTime{10s});
    QTRY_VERIFY(!session.running());
    const std::uint64_t head = session.head();
    session.seek(SimTime{3s});
    QCOMPARE(session.now(), SimTime{3s});
    QVERIFY(session.playhead() < head);
    QCOMPARE(session.picture().index(), session.playhead());
    QCOMPARE(session.head(), head);
    session.seek(SimTime{1h}); // no further than the run has got
    QCOMPARE(session.now(), SimTime{10s});
    session.seekRecord(7);
    QCOMPARE(session.playhead(), std::uint64_t{7});
}

void TestSession::restartBeginsAnew() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    session.setSpeed(Speed::max());
    session.run();
    QTRY_VERIFY(!session.running());
    const std::uint64_t fingerprint = session.fingerprint();
    QSignalSpy changed(&session, &Session::documentChanged);
    session.restart();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(session.playhead(), std::uint64_t{0});
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.fingerprint(), fingerprint);
}

void TestSession::aWrongDocumentLeavesTheOldOne() {
    Session session;
    QVERIFY(session.open(scenario(), QStringLiteral("a.json")).empty());
    session.step();
    QVERIFY(!session.openFile(QStringLiteral("/nowhere/at/all.json")).empty());
    QCOMPARE(session.path(), QStringLiteral("a.json"));
    QCOMPARE(session.playhead(), std::uint64_t{1});
}

void TestSession::aPacedRunFollowsSimulatedTime() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    session.setSpeed({.factor = 10});
    session.run();
    QTRY_VERIFY(session.now() >= SimTime{2s});
    QVERIFY(session.running());
    QVERIFY(session.picture().time() <= session.now());
    session.pause();
    const SimTime paused = session.now();
    QVERIFY(!session.running());
    session.stepBack();
    QVERIFY(session.now() <= paused);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
