// Going back further than records are kept: what was evicted is made again, checked, and read by every view.
#include "core/record/record_reader.h"
#include "core/scenario/load.h"
#include "core/simulation/regeneration.h"
#include "ui/dead_letters/letter_fold.h"
#include "ui/session/session.h"
#include "ui/trace/trace_rows.h"

#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t chunk = RecordChunk::capacity;
constexpr std::uint64_t fewRecords = 2 * chunk; // the least that a recorder keeps

// Some 700,000 records, that is ten chunks. Some jobs fail twice, and die.
constexpr std::string_view text = R"({
  "weir": "1", "title": "Past", "run": { "seed": 5, "for": "20s" },
  "events": { "job": { "data": { "n": "{count}" } } },
  "channels": { "jobs": { "kind": "queue", "deadLetter": "dead", "retry": { "max": 1, "first": "100ms" } },
                "dead": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "poisson": "4000/s" } } ] },
    "consumer": { "instances": 4, "handlers": [ { "on": "jobs", "concurrency": 10, "prefetch": 20,
                  "takes": { "exponential": "5ms" }, "fails": { "probability": 0.1 } } ] }
  },
  "expect": [ { "always": "metric('channel', 'dead', 'depth') < 100" } ]
})";

// So many messages wait that snapshots, which are large then, are far apart: some 600,000 records.
constexpr std::string_view crowdedText = R"({
  "weir": "1", "title": "Crowded", "run": { "seed": 5, "for": "10s" },
  "events": { "job": {} },
  "channels": { "jobs": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "rate": "20000/s" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "1s" } ] }
  }
})";

Scenario scenario(std::string_view of = text) {
    auto loaded = loadScenario(of);
    if (!loaded)
        qFatal("%s", loaded.error().front().text().c_str());
    return std::move(loaded).value();
}

bool same(const Record& one, const Record& other) {
    return one.at == other.at && one.kind == other.kind && one.ordinal == other.ordinal && one.place == other.place &&
           one.type == other.type && one.attempt == other.attempt && one.reason == other.reason &&
           one.value == other.value && one.extra == other.extra;
}

// The whole run, with nothing evicted.
struct Whole {
    explicit Whole(const Scenario& of) : model(Model::compile(of).value()), recorder(model->catalogue) {
        Simulation simulation(model);
        simulation.run(SimTime::max(), UINT64_MAX, recorder);
        reader = std::make_unique<RecordReader>(recorder.store());
    }
    std::shared_ptr<const Model> model;
    Recorder recorder;
    std::unique_ptr<RecordReader> reader;
};

} // namespace

class TestPast : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_whole = std::make_unique<Whole>(scenario()); }
    void init();
    void cleanup() { m_session.reset(); }

    void theRunKeepsTwoChunks();
    void anInstantThatWasEvictedIsAsItWas_data();
    void anInstantThatWasEvictedIsAsItWas();
    void steppingBackGoesOnBeforeWhatIsKept();
    void playingFromThereComesToWhatIsKept();
    void aBreakpointStopsThereToo();
    void viewsReadWhatWasMadeAgain();
    void lettersSayWhenTheirListBeganAlsoWhenThatIsGone();
    void messagesOfThenAreKnown();
    void aCommandThereForks();
    void aForkGoesBackBeforeItsOwnBeginning();
    void whatComesOutOtherwiseIsRefused();
    void nothingIsMadeAgainForAJumpToTheHead();
    void theFirstRecordThatIsKeptKnowsTheTimeBeforeIt();
    void whatIsFarAwayIsComeToInSlices();
    void aForkFarAwayIsComeToInSlices();

  private:
    std::uint64_t first() const { return m_session->store()->evicted(); }
    void runToTheEnd(const Scenario& of);
    // What is made again takes a few turns of the event loop.
    void comeTo(std::uint64_t record) {
        m_session->seekRecord(record);
        QTRY_COMPARE(m_session->playhead(), record);
    }
    void comeTo(SimTime time) {
        m_session->seek(time);
        QTRY_COMPARE(m_session->now(), time);
    }
    std::unique_ptr<Whole> m_whole;
    std::unique_ptr<Session> m_session;
};

// At the end of a run of which only the last chunks are kept.
void TestPast::runToTheEnd(const Scenario& of) {
    m_session = std::make_unique<Session>();
    m_session->setRecordsMax(fewRecords);
    QVERIFY(m_session->open(of, {}).empty());
    m_session->setSpeed(Speed::max());
    m_session->run();
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->running(), 60'000);
}

void TestPast::init() {
    runToTheEnd(scenario());
    QCOMPARE(m_session->fingerprint(), m_whole->recorder.fingerprint());
}

void TestPast::theRunKeepsTwoChunks() {
    QVERIFY(m_whole->reader->end() > 8 * chunk);
    QCOMPARE(m_session->head(), m_whole->reader->end());
    QVERIFY(m_session->head() - first() <= fewRecords);
    QCOMPARE(m_session->leftOut(), first());
}

void TestPast::anInstantThatWasEvictedIsAsItWas_data() {
    QTest::addColumn<qint64>("milliseconds");
    QTest::newRow("the beginning") << qint64{0};
    QTest::newRow("soon after") << qint64{3};
    QTest::newRow("the second chunk") << qint64{3100};
    QTest::newRow("the middle") << qint64{9999};
    QTest::newRow("late") << qint64{14'000};
}

void TestPast::anInstantThatWasEvictedIsAsItWas() {
    QFETCH(qint64, milliseconds);
    const SimTime at{std::chrono::milliseconds(milliseconds)};
    comeTo(at);
    const std::uint64_t index = m_whole->reader->indexAt(at + Duration{1});
    QVERIFY(index < first());
    QCOMPARE(m_session->playhead(), index);
    QCOMPARE(m_session->now(), at);
    QCOMPARE(m_session->picture().ledger(), m_whole->reader->picture(index).ledger());
    QCOMPARE(m_session->picture().index(), index);
    QCOMPARE(m_session->head(), m_whole->reader->end()); // the head is where it was
    // Every record that can be read now, one by one.
    const RecordReader reader(m_session->store());
    QVERIFY(reader.first() <= index && reader.end() >= index);
    QVERIFY(reader.end() - reader.first() >= chunk);
    for (std::uint64_t i = reader.first(); i < reader.end(); ++i)
        if (!same(reader.at(i), m_whole->reader->at(i)))
            QFAIL(qPrintable(QStringLiteral("record %1 differs").arg(i)));
    // And at the head again it is the kept ones.
    m_session->seek(m_session->headTime());
    QVERIFY(!m_session->store()->excerpt());
    QCOMPARE(m_session->picture().ledger(), m_whole->recorder.head().ledger());
}

void TestPast::steppingBackGoesOnBeforeWhatIsKept() {
    const std::uint64_t kept = first();
    m_session->seekRecord(kept + 1);
    for (std::uint64_t index = kept; index + 5 > kept; --index) {
        m_session->stepBack();
        QCOMPARE(m_session->playhead(), index);
        QCOMPARE(m_session->now(), m_whole->reader->at(index - 1).at);
        QCOMPARE(m_session->picture().ledger(), m_whole->reader->picture(index).ledger());
    }
    for (std::uint64_t index = kept - 3; index < kept + 3; ++index) {
        m_session->step();
        QCOMPARE(m_session->playhead(), index);
        QCOMPARE(m_session->now(), m_whole->reader->at(index - 1).at);
        QCOMPARE(m_session->picture().ledger(), m_whole->reader->picture(index).ledger());
    }
    // Back to the run's first record.
    comeTo(std::uint64_t{1});
    m_session->stepBack();
    QCOMPARE(m_session->playhead(), std::uint64_t{0});
    QCOMPARE(m_session->now(), SimTime{});
    m_session->stepBack();
    QCOMPARE(m_session->playhead(), std::uint64_t{0});
}

void TestPast::playingFromThereComesToWhatIsKept() {
    comeTo(SimTime{1s});
    m_session->setSpeed(Speed{.factor = 20});
    const SimTime until = m_whole->reader->at(first() + 100).at;
    QSignalSpy moves(m_session.get(), &Session::advanced);
    bool excerpts = false;
    connect(m_session.get(), &Session::advanced, this, [&] {
        excerpts = excerpts || m_session->store()->excerpt();
        QVERIFY(m_session->picture().index() == m_session->playhead());
    });
    m_session->runUntil(until);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->running(), 60'000);
    QVERIFY(excerpts);
    QCOMPARE(m_session->now(), until);
    QCOMPARE(m_session->playhead(), m_whole->reader->indexAt(until + Duration{1}));
    QVERIFY(!m_session->store()->excerpt());
    QCOMPARE(m_session->picture().ledger(), m_whole->reader->picture(m_session->playhead()).ledger());
}

void TestPast::aBreakpointStopsThereToo() {
    std::uint64_t wanted = 2 * chunk; // the next death after it
    while (m_whole->reader->at(wanted).kind != RecordKind::deadLettered)
        ++wanted;
    comeTo(2 * chunk);
    QVERIFY(m_session->setBreakpoints({{.kind = BreakpointSpec::Kind::when, .text = "kind = 'deadLettered'"}}).empty());
    m_session->run();
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->running(), 60'000);
    QCOMPARE(m_session->playhead(), wanted + 1);
}

void TestPast::viewsReadWhatWasMadeAgain() {
    TraceRows rows;
    LetterFold letters;
    rows.setStore(m_session->store(), m_session->messages());
    letters.setStore(m_session->store());
    rows.setFilter(Expression::parse("kind = 'deadLettered'").value());
    const auto update = [&] {
        do
            rows.update(m_session->playhead(), 50ms);
        while (rows.unsearched() > 0);
        QVERIFY(letters.moveTo(m_session->playhead(), 60s));
    };
    const auto deathsFrom = [&](std::uint64_t index) {
        std::uint64_t deaths = 0;
        for (; index < m_session->playhead(); ++index)
            deaths += m_whole->reader->at(index).kind == RecordKind::deadLettered ? 1 : 0;
        return deaths;
    };
    const auto lettersFrom = [&](std::uint64_t index) { // they come with the record after their death
        std::uint64_t came = 0;
        for (++index; index < m_session->playhead(); ++index)
            came += m_whole->reader->at(index - 1).kind == RecordKind::deadLettered ? 1 : 0;
        return came;
    };
    update();
    QCOMPARE(rows.count(), deathsFrom(first()));
    QCOMPARE(letters.begunAt(), std::optional(m_whole->reader->at(first()).at));
    QCOMPARE(letters.count(), lettersFrom(first()));
    for (const std::uint64_t index : {5 * chunk + 100, chunk / 2, first() + 50, 4 * chunk}) {
        comeTo(index);
        update();
        const RecordReader reader(m_session->store());
        QCOMPARE(rows.count(), deathsFrom(reader.first()));
        QCOMPARE(letters.begunAt(),
                 reader.first() > 0 ? std::optional(m_whole->reader->at(reader.first()).at) : std::nullopt);
        QCOMPARE(letters.count(), lettersFrom(reader.first()));
    }
}

void TestPast::lettersSayWhenTheirListBeganAlsoWhenThatIsGone() {
    Recorder recorder(m_whole->model->catalogue, {.recordsMax = fewRecords});
    Simulation simulation(m_whole->model);
    const RecordStore& store = *recorder.store();
    while (store.evicted() == 0)
        simulation.run(SimTime::max(), 1'000, recorder);
    const std::uint64_t began = store.evicted();
    LetterFold letters;
    letters.setStore(recorder.store());
    while (store.evicted() == began) {
        QVERIFY(letters.moveTo(RecordReader(recorder.store()).end(), 60s));
        simulation.run(SimTime::max(), 1'000, recorder);
    }
    QVERIFY(letters.moveTo(RecordReader(recorder.store()).end(), 60s));
    QCOMPARE(letters.begunAt(), std::optional(m_whole->reader->at(began).at));
}

void TestPast::messagesOfThenAreKnown() {
    const Ordinal early = 1000;
    QVERIFY(!m_session->messages()->message(early)); // no longer kept
    comeTo(SimTime{1s});
    const auto message = m_session->messages()->message(early);
    QVERIFY(message);
    QCOMPARE(message->ordinal, early);
    // And those that are kept still are.
    const auto last = static_cast<Ordinal>(m_whole->recorder.head().ledger().messages.published);
    QVERIFY(m_session->messages()->message(last));
}

void TestPast::aCommandThereForks() {
    const std::uint64_t at = 3 * chunk + 1234;
    comeTo(at);
    const SimTime time = m_session->now();
    QVERIFY(m_session->apply({.kind = CommandKind::slow, .target = "consumer", .factor = 3}).empty());
    QCOMPARE(m_session->runs().size(), std::size_t{2});
    QCOMPARE(m_session->now(), time);
    const std::uint64_t forkedAt = m_session->runs().back().forkedAt;
    QVERIFY(forkedAt >= at && forkedAt < at + 100);
    RecordReader reader(m_session->store());
    QCOMPARE(reader.at(forkedAt).kind, RecordKind::commanded);
    for (std::uint64_t i = reader.first(); i < forkedAt; ++i)
        if (!same(reader.at(i), m_whole->reader->at(i)))
            QFAIL(qPrintable(QStringLiteral("record %1 differs").arg(i)));
    m_session->run();
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->running(), 60'000);
    // The same as the command line makes of its journal.
    const auto model = Model::compile(scenario()).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = 0});
    QVERIFY(simulation.replay(m_session->journal(), SimTime::max(), recorder).ok());
    QCOMPARE(m_session->fingerprint(), recorder.fingerprint());
    // What was expected was broken in both, before they parted: looked at again on the way, it is the same record.
    const auto mine = m_session->expectations();
    m_session->switchTo(1);
    QCOMPARE(m_session->fingerprint(), m_whole->recorder.fingerprint());
    QVERIFY(mine->front().violation && m_session->expectations()->front().violation);
    QCOMPARE(mine->front().violation->index, m_session->expectations()->front().violation->index);
}

void TestPast::aForkGoesBackBeforeItsOwnBeginning() {
    comeTo(4 * chunk);
    m_session->fork();
    QCOMPARE(m_session->runs().size(), std::size_t{2});
    m_session->run();
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->running(), 60'000);
    QCOMPARE(m_session->fingerprint(), m_whole->recorder.fingerprint()); // nothing was changed
    comeTo(chunk + 17);
    QCOMPARE(m_session->playhead(), chunk + 17);
    QCOMPARE(m_session->picture().ledger(), m_whole->reader->picture(chunk + 17).ledger());
    QVERIFY(m_session->apply({.kind = CommandKind::pause, .target = "consumer"}).empty());
    QCOMPARE(m_session->runs().size(), std::size_t{3});
}

void TestPast::whatComesOutOtherwiseIsRefused() {
    // A run with another seed is no snapshot of this one.
    Scenario scenario = ::scenario();
    const auto model = Model::compile(scenario, {.seed = 6}).value();
    Recorder few(m_whole->model->catalogue, {.recordsMax = fewRecords});
    Simulation simulation(m_whole->model);
    const Snapshot right{simulation, few.mark(), 0, nullptr};
    const Snapshot wrong{Simulation(model), few.mark(), 0, nullptr};
    simulation.run(SimTime::max(), UINT64_MAX, few);
    QCOMPARE(few.fingerprint(), m_whole->recorder.fingerprint());
    const EvictedStretch stretch{.begin = 2 * chunk, .end = 4 * chunk};
    const auto made = regenerate(stretch, right, {}, few);
    QVERIFY(made);
    QCOMPARE(RecordReader(*made).end(), stretch.end);
    QVERIFY(RecordReader(*made).first() <= stretch.begin);
    const auto refused = regenerate(stretch, wrong, {}, few);
    QVERIFY(!refused);
    QCOMPARE(refused.error().where, std::string("records"));
    QVERIFY(QString::fromStdString(refused.error().given).contains(QString::number(stretch.begin)));
    // Up to the very end of what was evicted.
    QVERIFY(regenerate({.begin = few.evicted() - chunk, .end = few.evicted()}, right, {}, few));
}

void TestPast::nothingIsMadeAgainForAJumpToTheHead() {
    comeTo(SimTime{2s});
    QVERIFY(m_session->store()->excerpt());
    m_session->seekRecord(m_session->head());
    QVERIFY(!m_session->store()->excerpt());
    QVERIFY(m_session->atHead());
}

void TestPast::theFirstRecordThatIsKeptKnowsTheTimeBeforeIt() {
    m_session->seekRecord(first());
    QCOMPARE(m_session->playhead(), first());
    QCOMPARE(m_session->now(), m_whole->reader->at(first() - 1).at);
    QVERIFY(!m_session->store()->excerpt());
}

// The window is not held up for as long as it takes to run there; of places the last one counts.
void TestPast::whatIsFarAwayIsComeToInSlices() {
    const Whole whole(scenario(crowdedText));
    runToTheEnd(scenario(crowdedText));
    const std::uint64_t head = m_session->playhead();
    const std::uint64_t there = first() - 1000;
    const std::uint64_t elsewhere = there - 2 * chunk;
    QVERIFY(elsewhere > 4 * chunk);
    std::vector<std::uint64_t> seen;
    connect(m_session.get(), &Session::advanced, this, [this, &seen] { seen.push_back(m_session->playhead()); });
    m_session->seekRecord(elsewhere);
    QCOMPARE(m_session->playhead(), head); // on its way
    m_session->seekRecord(there);
    QTRY_COMPARE(m_session->playhead(), there);
    QCOMPARE(seen, std::vector<std::uint64_t>{there});
    QCOMPARE(m_session->picture().ledger(), whole.reader->picture(there).ledger());
    const RecordReader reader(m_session->store());
    QVERIFY(same(reader.at(there), whole.reader->at(there)));

    // Who needs to be there is there at once.
    const std::uint64_t early = 2 * chunk + 777;
    m_session->seekRecord(head);
    m_session->seek(whole.reader->at(early).at);
    m_session->step();
    QCOMPARE(m_session->playhead(), whole.reader->indexAt(whole.reader->at(early).at + Duration{1}) + 1);
    QCOMPARE(m_session->picture().ledger(), whole.reader->picture(m_session->playhead()).ledger());
}

void TestPast::aForkFarAwayIsComeToInSlices() {
    runToTheEnd(scenario(crowdedText));
    const std::uint64_t there = first() + chunk + 1000;
    m_session->seekRecord(there);
    QCOMPARE(m_session->playhead(), there); // that is kept
    m_session->fork();
    QCOMPARE(m_session->runs().size(), std::size_t{1}); // on its way
    QTRY_COMPARE(m_session->runs().size(), std::size_t{2});
    QCOMPARE(m_session->runs()[1].forkedAt, m_session->playhead());
    QVERIFY(m_session->playhead() >= there && m_session->playhead() < there + 10);
    // It is not forgotten for another place.
    m_session->switchTo(m_session->runs()[0].id);
    m_session->seekRecord(there + 5000);
    m_session->fork();
    m_session->seekRecord(there + 100);
    QCOMPARE(m_session->runs().size(), std::size_t{3});
    QCOMPARE(m_session->playhead(), there + 100);
    QVERIFY(m_session->runs()[2].forkedAt >= there + 5000);
    m_session->run(); // and goes on as the other did
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->running(), 60'000);
    QCOMPARE(m_session->fingerprint(), Whole(scenario(crowdedText)).recorder.fingerprint());
}

QTEST_MAIN(TestPast)
#include "tst_past.moc"
