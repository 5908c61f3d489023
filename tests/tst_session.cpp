// The session: running at a pace, stepping exactly forwards and back, seeking, the same fingerprint as without a window.
#include "core/record/metrics.h"
#include "core/record/record_reader.h"
#include "core/record/run_difference.h"
#include "core/scenario/load.h"
#include "core/simulation/journal_json.h"
#include "core/simulation/whole_run.h"
#include "core/simulation/simulation.h"
#include "ui/session/command_undo.h"
#include "ui/session/recent_past.h"
#include "ui/session/session.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

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
    void aMomentLooksTheSameHoweverItWasReached();
    void runningUntilThePastGoesBack();
    void restartBeginsAnew();
    void aWrongDocumentLeavesTheOldOne();
    void aPacedRunFollowsSimulatedTime();
    void aCommandAtTheHeadChangesTheRun();
    void aCommandInAPacedRunTakesBackWhatNobodySaw();
    void aCommandInThePastForksAndKeepsTheOldRun();
    void aRefusedCommandChangesNothing();
    void commandsInTheWindowReplayOnTheCommandLine();
    void theScenarioIsTheOneAtThePlayhead();
    void runsAreKeptSideBySideUpToFour();
    void readersNeverSeeWhatMayBeTakenBack();
    void aBreakpointStopsExactlyAtTheRecord_data();
    void aBreakpointStopsExactlyAtTheRecord();
    void aBreakpointStopsAgainWhenItIsPassedAgain();
    void nothingIsMadeWhileWhatWasSeenIsLookedThrough();
    void aBreakpointOnATimeStopsThere();
    void aBrokenExpectationStopsTheRun();
    void breakpointsAreCheckedAndCanBeOff();
    void breakpointsOfTheFileAreTakenUp();
    void whatWaitsIsToldInItsOrder();
    void commandsAreUndoneAndRedone();
    void theFirstRecordThatDiffersIsFound();
    void goingBackAnywhereIsQuick();
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

// At 2:15 the payments grow, since an instance crashed at 2:00 for 20 seconds: until then it looked otherwise.
void TestSession::aMomentLooksTheSameHoweverItWasReached() {
    Session session;
    QVERIFY(session.openFile(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json")).empty());
    const Catalogue& catalogue = *session.catalogue();
    const ServiceId payments = catalogue.service("payment-service");
    const ChannelId queue = catalogue.channel("payments");
    struct Look {
        double utilisation, throughput, in;
        std::optional<Bottleneck> held;
        std::size_t past;
        bool operator==(const Look&) const = default;
    };
    const auto look = [&] {
        const RecentPast& recent = session.recent();
        const RecentFigures::Service service = recent.figures().service(payments);
        return Look{service.utilisation, service.throughput, recent.figures().channel(queue).in,
                    bottleneck(recent.loads().samples(), catalogue), recent.figures().pastOf(payments).size()};
    };
    const auto run = [&](SimTime until, Speed speed) {
        session.setSpeed(speed);
        session.runUntil(until);
        while (session.running()) {
            QTest::qWait(5);
            look(); // as the views do
        }
    };
    const SimTime moment{135s};
    run(SimTime{132s}, Speed::max());
    run(moment, {.factor = 10});
    const Look reached = look();
    QVERIFY2(reached.utilisation > 0.97, qPrintable(QString::number(reached.utilisation)));
    QVERIFY(reached.held);
    QCOMPARE(catalogue.services()[reached.held->service.index()].name, std::string("payment-service"));
    QCOMPARE(reached.past, RecentFigures::samplesMax);
    const std::uint64_t at = session.playhead();
    QVERIFY(*serviceMetric(session.picture(), catalogue, payments, "utilization") < 0.9); // since the start

    session.seek(SimTime{20s});
    QVERIFY(!look().held);
    QVERIFY(look().utilisation < 0.95);
    session.seek(moment); // by a jump
    QVERIFY(look() == reached);
    session.seekRecord(at - 40);
    for (int i = 0; i < 40; ++i) { // by steps
        session.step();
        look();
    }
    QVERIFY(look() == reached);
    session.seek(SimTime{140s});
    while (session.playhead() > at) // back
        session.stepBack();
    QVERIFY(look() == reached);
    // When the run goes on from a jump, what led there is known.
    session.seek(SimTime{20s});
    session.seek(moment);
    session.setSpeed({.factor = 1});
    session.run();
    QTest::qWait(100);
    QVERIFY(look().held);
    QVERIFY(look().utilisation > 0.97);
}

void TestSession::runningUntilThePastGoesBack() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    session.setSpeed(Speed::max());
    session.runUntil(SimTime{5s});
    QTRY_VERIFY(!session.running());
    session.run();
    session.runUntil(SimTime{2s});
    QVERIFY(!session.running());
    QCOMPARE(session.now(), SimTime{2s});
    QVERIFY(session.headTime() >= SimTime{5s}); // nothing is lost
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
    QTRY_COMPARE(session.playhead(), std::uint64_t{1});
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

namespace {

Command setting(std::string pointer, std::string_view value) {
    return {.kind = CommandKind::set, .pointer = std::move(pointer), .value = Value::parse(value).value()};
}

const std::string takes = "/services/consumer/handlers/0/takes";

void runTo(Session& session, Duration at) {
    session.setSpeed(Speed::max());
    session.runUntil(SimTime{at});
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.now(), SimTime{at});
}

std::uint64_t replayed(const Journal& journal) {
    std::string lines;
    for (const JournalEntry& entry : journal)
        appendJournalLine(lines, entry);
    RunWatch watch;
    watch.journal = readJournal(lines).value();
    return runWhole(scenario(), {.seed = 3}, watch).value().fingerprint;
}

} // namespace

void TestSession::aCommandAtTheHeadChangesTheRun() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    runTo(session, 5s);
    QSignalSpy commanded(&session, &Session::commanded);
    QSignalSpy documents(&session, &Session::documentChanged);
    const std::uint64_t before = session.playhead();
    QVERIFY(session.apply({.kind = CommandKind::pause, .target = "consumer"}).empty());
    QCOMPARE(commanded.count(), 1);
    QCOMPARE(documents.count(), 0);
    QCOMPARE(session.runs().size(), std::size_t{1});
    QCOMPARE(session.journal().size(), std::size_t{1});
    QCOMPARE(session.journal().front().at, SimTime{5s});
    QCOMPARE(session.now(), SimTime{5s});
    QCOMPARE(session.playhead(), before + 1); // the command is shown at once
    RecordReader reader(session.store());
    QCOMPARE(reader.at(before).kind, RecordKind::commanded);
    QCOMPARE(reader.at(before).at, SimTime{5s});
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.fingerprint(), replayed(session.journal()));
}

void TestSession::aCommandInAPacedRunTakesBackWhatNobodySaw() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    runTo(session, 3s);
    session.setSpeed(Speed{.factor = 5}); // the worker keeps a quarter of a second ahead, that is about a hundred records
    session.run();
    QTRY_VERIFY(session.now() > SimTime{4s});
    for (const char* const value : {"\"40ms\"", "\"5ms\"", "\"90ms\""}) {
        const SimTime at = session.now();
        QVERIFY(session.apply(setting(takes, value)).empty());
        QVERIFY(session.running());
        // However far the worker has gone on meanwhile, what is shown ends with the command.
        const RecordReader reader(session.store());
        QCOMPARE(reader.at(reader.end() - 1).at, at);
        QCOMPARE(session.playhead(), reader.end());
        QCOMPARE(session.runs().size(), std::size_t{1});
        QCOMPARE(session.journal().back().at, at);
        QTRY_VERIFY(session.now() > at + Duration{300ms});
    }
    session.setSpeed(Speed::max());
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.fingerprint(), replayed(session.journal()));
}

void TestSession::aCommandInThePastForksAndKeepsTheOldRun() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    runTo(session, 15s);
    const auto first = session.store();
    const std::uint64_t seen = session.playhead();
    session.seek(SimTime{6s});
    const std::uint64_t at = session.playhead();
    QSignalSpy documents(&session, &Session::documentChanged);
    QSignalSpy runs(&session, &Session::runsChanged);
    QVERIFY(session.apply(setting(takes, "\"100ms\"")).empty());
    QCOMPARE(documents.count(), 1);
    QCOMPARE(runs.count(), 1);
    QCOMPARE(session.runs().size(), std::size_t{2});
    const Session::Run& fork = session.runs().back();
    QCOMPARE(session.currentRun(), fork.id);
    QVERIFY(session.store() == fork.store && fork.store != first);
    QCOMPARE(fork.forkedFrom, std::optional<std::uint64_t>(1));
    QCOMPARE(fork.forkedAt, at);
    QCOMPARE(fork.forkedTime, SimTime{6s});
    QCOMPARE(session.now(), SimTime{6s});
    QCOMPARE(session.playhead(), at + 1);
    // The old run is as it was.
    RecordReader old(first);
    QCOMPARE(old.end(), seen);
    QVERIFY(session.runs().front().journal.empty());
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.fingerprint(), replayed(session.journal()));
    // And goes on when it is asked to.
    session.switchTo(1);
    QCOMPARE(session.now(), SimTime{15s}); // as far as it has got
    QVERIFY(session.store() == first);
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.fingerprint(), replayed({}));
}

void TestSession::aRefusedCommandChangesNothing() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    runTo(session, 5s);
    QSignalSpy commanded(&session, &Session::commanded);
    const std::uint64_t playhead = session.playhead();
    const Errors errors = session.apply(setting(takes, "\"soon\""));
    QCOMPARE(errors.size(), std::size_t{1});
    QCOMPARE(errors.front().where, takes);
    session.seek(SimTime{2s});
    QVERIFY(!session.apply({.kind = CommandKind::pause, .target = "nobody"}).empty());
    QCOMPARE(session.runs().size(), std::size_t{1});
    QCOMPARE(commanded.count(), 0);
    session.seek(SimTime{5s});
    QCOMPARE(session.playhead(), playhead);
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.fingerprint(), replayed({}));
    QVERIFY(!session.apply({.kind = CommandKind::pause, .target = "consumer"}).empty()); // it has stopped
}

void TestSession::commandsInTheWindowReplayOnTheCommandLine() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    QVERIFY(session.apply(setting("/services/producer/sources/0/arrivals", R"({ "poisson": "80/s" })")).empty());
    for (int i = 0; i < 40; ++i)
        session.step(); // in the middle of what a due makes, too
    QVERIFY(session.apply(setting("/services/consumer/instances", "3")).empty());
    runTo(session, 4s);
    QVERIFY(session.apply({.kind = CommandKind::crash, .target = "consumer", .instance = 1}).empty());
    for (int i = 0; i < 7; ++i)
        session.step();
    QVERIFY(session.apply(setting("/channels/jobs/retry/max", "5")).empty());
    QCOMPARE(session.runs().size(), std::size_t{1});
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.journal().size(), std::size_t{4});
    QCOMPARE(session.fingerprint(), replayed(session.journal()));
}

void TestSession::theScenarioIsTheOneAtThePlayhead() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    runTo(session, 5s);
    const auto instances = [&] { return session.scenario()->services.back().instances; };
    QCOMPARE(session.scenario()->services.back().name, std::string("consumer"));
    QSignalSpy changed(&session, &Session::scenarioChanged);
    QVERIFY(session.apply(setting("/services/consumer/instances", "4")).empty());
    QCOMPARE(instances(), 4U);
    QCOMPARE(changed.count(), 1);
    runTo(session, 6s);
    session.seek(SimTime{4s});
    QCOMPARE(instances(), 1U);
    QCOMPARE(changed.count(), 2);
    session.seek(SimTime{6s});
    QCOMPARE(instances(), 4U);
    const auto back = session.inverse(setting("/services/consumer/instances", "9"));
    QVERIFY(back && back->value == Value(4));
}

void TestSession::runsAreKeptSideBySideUpToFour() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    runTo(session, 5s);
    session.seek(SimTime{2s});
    const std::uint64_t at = session.playhead();
    for (int i = 0; i < 3; ++i)
        session.fork();
    QCOMPARE(session.runs().size(), std::size_t{4});
    QCOMPARE(session.runsDropped(), std::uint64_t{0});
    QCOMPARE(session.playhead(), at);
    session.fork();
    QCOMPARE(session.runs().size(), std::size_t{4});
    QCOMPARE(session.runsDropped(), std::uint64_t{1});
    QCOMPARE(session.runs().front().id, std::uint64_t{2});
    QCOMPARE(session.currentRun(), std::uint64_t{5});
    runTo(session, 20s);
    QCOMPARE(session.fingerprint(), replayed({}));
    session.restart();
    QCOMPARE(session.runs().size(), std::size_t{1});
}

void TestSession::readersNeverSeeWhatMayBeTakenBack() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    session.setSpeed(Speed{.factor = 20});
    session.run();
    QTRY_VERIFY(session.now() > SimTime{1s});
    RecordReader reader(session.store());
    QVERIFY(session.head() > session.playhead()); // the worker is ahead
    QCOMPARE(reader.end(), session.playhead());
    session.pause();
}

void TestSession::aBreakpointStopsExactlyAtTheRecord_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fast");
    using Kind = BreakpointSpec::Kind;
    for (const bool fast : {false, true}) {
        const auto row = [&](const char* what, Kind kind, const char* of) {
            QTest::addRow("%s, %s", what, fast ? "max" : "paced") << static_cast<int>(kind) << QString::fromLatin1(of) << fast;
        };
        row("expression", Kind::when, "kind = 'deadLettered' AND channel = 'jobs'");
        row("data", Kind::when, "kind = 'started' AND data.n = 200");
        row("type", Kind::type, "job");
        row("metric", Kind::metric, "metric('channel', 'jobs', 'deadLettered') >= 3");
    }
}

// The record is looked for by hand in a run without a window.
void TestSession::aBreakpointStopsExactlyAtTheRecord() {
    QFETCH(int, kind);
    QFETCH(QString, text);
    QFETCH(bool, fast);
    using Kind = BreakpointSpec::Kind;
    const auto model = Model::compile(scenario()).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue);
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    RecordReader reader(recorder.store());
    std::vector<std::uint64_t> wanted;
    int dead = 0;
    for (std::uint64_t i = 0; i < reader.end(); ++i) {
        const Record& record = reader.at(i);
        const bool died = record.kind == RecordKind::deadLettered;
        dead += died ? 1 : 0;
        const bool is = static_cast<Kind>(kind) == Kind::type     ? record.kind == RecordKind::published
                        : static_cast<Kind>(kind) == Kind::metric ? died && dead == 3
                        : text.contains(QLatin1String("data"))    ? record.kind == RecordKind::started && record.ordinal == 200
                                                                  : died;
        if (is)
            wanted.push_back(i);
    }
    QVERIFY(!wanted.empty());

    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    session.setSpeed(fast ? Speed::max() : Speed{.factor = 100});
    QVERIFY(session.setBreakpoints({{.kind = static_cast<Kind>(kind), .text = text.toStdString()}}).empty());
    QSignalSpy hit(&session, &Session::breakpointHit);
    for (std::size_t i = 0; i < std::min<std::size_t>(3, wanted.size()); ++i) {
        session.run();
        QTRY_VERIFY(!session.running());
        QCOMPARE(hit.count(), static_cast<int>(i + 1));
        QCOMPARE(session.playhead(), wanted[i] + 1);
        QCOMPARE(session.lastHit()->record, wanted[i]);
        QCOMPARE(session.now(), reader.at(wanted[i]).at);
        QCOMPARE(session.picture().index(), wanted[i] + 1);
    }
    QVERIFY(session.setBreakpoints({}).empty());
    session.setSpeed(Speed::max());
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.fingerprint(), recorder.fingerprint());
}

void TestSession::aBreakpointStopsAgainWhenItIsPassedAgain() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    QVERIFY(session.setBreakpoints({{.text = "kind = 'deadLettered'"}}).empty());
    session.setSpeed(Speed::max());
    session.run();
    QTRY_VERIFY(!session.running());
    const std::uint64_t stopped = session.playhead();
    session.seek(SimTime{});
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.playhead(), stopped);
    session.setSpeed(Speed{.factor = 50});
    session.seekRecord(stopped - 40);
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.playhead(), stopped);
}

// Else a long run would evict what the playhead is at.
void TestSession::nothingIsMadeWhileWhatWasSeenIsLookedThrough() {
    Scenario busy = scenario();
    busy.services[0].sources[0].arrivals = Arrivals::constant(Rate{2'000}, Arrivals::Spacing::poisson).value();
    busy.services[1].handlers[0].takes = Distribution::exponential(100e-6).value();
    Session session;
    QVERIFY(session.open(std::move(busy), {}).empty());
    session.setSpeed(Speed::max());
    session.runUntil(SimTime{8s});
    QTRY_VERIFY_WITH_TIMEOUT(!session.running(), 20'000);
    const std::uint64_t made = session.head();
    QVERIFY2(made > 60'000, qPrintable(QString::number(made)));
    QVERIFY(session.setBreakpoints({{.text = "attempt > 90"}}).empty());
    session.seek(SimTime{});
    int looks = 0;
    std::uint64_t head = 0;
    connect(&session, &Session::advanced, this, [&] {
        if (session.playhead() < made) {
            ++looks;
            head = std::max(head, session.head());
        }
    });
    session.run();
    QTRY_VERIFY_WITH_TIMEOUT(session.playhead() > made, 20'000); // and goes on then
    QVERIFY(looks >= 2);
    QCOMPARE(head, made);
}

void TestSession::aBreakpointOnATimeStopsThere() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    const BreakpointSpec two{.kind = BreakpointSpec::Kind::at, .at = 2s};
    const BreakpointSpec three{.kind = BreakpointSpec::Kind::at, .at = 3s};
    QVERIFY(session.setBreakpoints({two, three}).empty());
    QSignalSpy hit(&session, &Session::breakpointHit);
    session.setSpeed(Speed{.factor = 100});
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.now(), SimTime{2s});
    session.setSpeed(Speed::max());
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.now(), SimTime{3s});
    QCOMPARE(hit.count(), 2);
    QCOMPARE(hit.back().front().toInt(), 1);
}

void TestSession::aBrokenExpectationStopsTheRun() {
    std::string with(text);
    with.insert(with.rfind('}'), R"(, "expect": [ { "always": "metric('channel', 'jobs', 'deadLettered') < 2" } ])");
    Session session;
    QVERIFY(session.open(loadScenario(with).value(), {}).empty());
    QVERIFY(session.setBreakpoints({{.kind = BreakpointSpec::Kind::broken}}).empty());
    session.setSpeed(Speed::max());
    session.run();
    QTRY_VERIFY(!session.running());
    QVERIFY(session.lastHit().has_value());
    QVERIFY(session.lastHit()->why.contains(QLatin1String("'deadLettered')")));
    RecordReader reader(session.store());
    int dead = 0;
    for (std::uint64_t i = 0; i < reader.end(); ++i)
        dead += reader.at(i).kind == RecordKind::deadLettered ? 1 : 0;
    QCOMPARE(dead, 2);
    session.run(); // once is enough
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.endReason(), QStringLiteral("done"));
}

void TestSession::breakpointsAreCheckedAndCanBeOff() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    QSignalSpy changed(&session, &Session::breakpointsChanged);
    const Errors errors = session.setBreakpoints({{.text = "kind = 'a'"}, {.text = "kind ="}});
    QCOMPARE(errors.size(), std::size_t{1});
    QCOMPARE(errors.front().where, std::string("/1/when"));
    QVERIFY(session.breakpoints().empty());
    QCOMPARE(changed.count(), 0);
    QVERIFY(session.setBreakpoints({{.text = "kind = 'published'", .enabled = false}}).empty());
    QCOMPARE(changed.count(), 1);
    session.setSpeed(Speed::max());
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.endReason(), QStringLiteral("done"));
}

void TestSession::breakpointsOfTheFileAreTakenUp() {
    const auto with = [](std::string_view breakpoints) {
        std::string whole(text);
        return loadScenario(whole.insert(whole.rfind('}'), ", \"breakpoints\": " + std::string(breakpoints)));
    };
    Session session;
    QVERIFY(session.open(with(R"([ { "type": "job" }, { "at": "5s", "enabled": false } ])").value(), {}).empty());
    QCOMPARE(session.breakpoints().size(), std::size_t{2});
    QVERIFY(!session.breakpoints()[1].enabled);
    session.run();
    QTRY_VERIFY(!session.running());
    QVERIFY(session.lastHit().has_value());
    const auto wrong = with(R"([ { "type": "job", "at": "5s" }, { "type": "x" } ])");
    QCOMPARE(wrong.error().size(), std::size_t{2});
    QCOMPARE(wrong.error()[0].where, std::string("/breakpoints/0"));
    QCOMPARE(wrong.error()[1].where, std::string("/breakpoints/1/type"));
}

void TestSession::whatWaitsIsToldInItsOrder() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    runTo(session, 5s);
    const PendingDues pending = session.pending();
    QVERIFY(!pending.dues.empty());
    QCOMPARE(pending.leftOut, std::uint64_t{0});
    int arrivals = 0;
    for (std::size_t i = 0; i < pending.dues.size(); ++i) {
        QVERIFY(pending.dues[i].at >= SimTime{5s});
        QVERIFY(i == 0 || pending.dues[i - 1].at <= pending.dues[i].at);
        arrivals += pending.dues[i].kind == PendingKind::arrival ? 1 : 0;
    }
    QCOMPARE(arrivals, 1); // one source
    const SimTime first = pending.dues.front().at;
    session.step();
    QCOMPARE(session.now(), first);
    // In the past too.
    session.seek(SimTime{2s});
    const PendingDues past = session.pending();
    QVERIFY(past.dues.front().at >= SimTime{2s} && past.dues.front().at < SimTime{3s});
    session.step();
    QCOMPARE(session.now(), past.dues.front().at);
}

void TestSession::commandsAreUndoneAndRedone() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    runTo(session, 5s);
    QUndoStack stack;
    std::unique_ptr<CommandUndo> step;
    QVERIFY(CommandUndo::give(session, setting("/services/consumer/instances", "3"), QStringLiteral("three"), step).empty());
    stack.push(step.release());
    QCOMPARE(session.journal().size(), std::size_t{1});
    QCOMPARE(session.scenario()->services.back().instances, 3U);
    stack.undo();
    QCOMPARE(session.scenario()->services.back().instances, 1U);
    QCOMPARE(session.journal().size(), std::size_t{2});
    stack.redo();
    QCOMPARE(session.scenario()->services.back().instances, 3U);
    QVERIFY(!CommandUndo::give(session, setting(takes, "\"soon\""), {}, step).empty());
    QVERIFY(!step);
    session.run();
    QTRY_VERIFY(!session.running());
    QCOMPARE(session.fingerprint(), replayed(session.journal()));
    stack.undo(); // the run has stopped
    QCOMPARE(stack.count(), 0);
}

void TestSession::theFirstRecordThatDiffersIsFound() {
    Session session;
    QVERIFY(session.open(scenario(), {}).empty());
    session.setSpeed(Speed::max());
    session.run();
    QTRY_VERIFY(!session.running());
    session.seek(SimTime{11s});
    const std::uint64_t at = session.playhead();
    session.fork();
    session.run();
    QTRY_VERIFY(!session.running());
    RecordReader one(session.runs()[0].store), same(session.runs()[1].store);
    QVERIFY(!differenceOf(one, same).record);
    QCOMPARE(differenceOf(one, same).common, one.end());
    session.seek(SimTime{11s});
    QVERIFY(session.apply({.kind = CommandKind::slow, .target = "consumer", .factor = 2}).empty());
    session.run();
    QTRY_VERIFY(!session.running());
    RecordReader other(session.runs()[2].store);
    QCOMPARE(differenceOf(one, other).record, std::optional(at));
    QCOMPARE(differenceOf(other, one).common, at);
}

// Snapshots are no further apart than some tens of milliseconds of running.
void TestSession::goingBackAnywhereIsQuick() {
    Session session;
    Scenario longer = scenario();
    longer.run.lasts = 2h;
    QVERIFY(session.open(std::move(longer), {}).empty());
    session.setSpeed(Speed::max());
    session.run();
    QTRY_VERIFY_WITH_TIMEOUT(!session.running(), 60'000);
    qint64 worst = 0;
    for (const auto at : {100s, 3601s, 5000s, 7100s}) {
        session.seek(SimTime{at});
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!session.pending().dues.empty());
        worst = std::max(worst, timer.elapsed());
    }
    qInfo("going back within %llu records takes %lld ms at worst", static_cast<unsigned long long>(session.head()), worst);
    QVERIFY(worst < 1000); // on a machine that is shared; the figure itself is told
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
