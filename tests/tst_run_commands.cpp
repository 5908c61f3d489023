// Commands that change a run while it goes on: what each does, what is refused, and that a journal with them replays.
#include "core/record/record_reader.h"
#include "core/scenario/load.h"
#include "core/services/generated_messages.h"
#include "core/simulation/journal_json.h"
#include "core/simulation/snapshots.h"
#include "core/simulation/whole_run.h"

#include <QTest>

#include <map>
#include <set>

using namespace weir;

namespace {

constexpr std::string_view text = R"({
  "weir": "1", "run": { "seed": 3, "for": "20s" },
  "events": { "job": { "data": { "n": "{count}" } } },
  "channels": { "jobs": { "kind": "queue", "deadLetter": "dead", "retry": { "max": 1, "first": "100ms" } },
                "dead": { "kind": "queue" },
                "log": { "kind": "stream", "partitions": 4, "ackTimeout": "5s" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "every": "100ms" } },
                               { "emit": "job", "to": "log", "arrivals": { "rate": "10/s" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "40ms" } ] },
    "reader": { "instances": 2, "handlers": [ { "on": "log", "takes": "10ms" } ] }
  }
})";

// Three users, each of whom thinks a second after an answer.
constexpr std::string_view users = R"({
  "weir": "1", "run": { "seed": 3, "for": "20s" }, "events": { "job": {} }, "channels": { "jobs": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "users": 3, "think": "1s" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "10ms" } ] }
  }
})";

Scenario scenario(std::string_view of = text) {
    auto loaded = loadScenario(of);
    if (!loaded)
        qFatal("%s", loaded.error().front().text().c_str());
    return std::move(loaded).value();
}

Value json(std::string_view of) { return Value::parse(of).value(); }

Command setting(std::string pointer, std::string_view value) {
    return {.kind = CommandKind::set, .pointer = std::move(pointer), .value = json(value)};
}

// A run, its records and its journal.
class Run {
  public:
    explicit Run(std::string_view of = text)
        : m_model(Model::compile(scenario(of)).value()), simulation(m_model), recorder(m_model->catalogue),
          m_reader(recorder.store()) {}

    // To that time, which has passed then, as a person sees it.
    void until(Duration at) {
        simulation.run(SimTime{at}, UINT64_MAX, recorder);
        if (!simulation.stopped())
            simulation.waitUntil(SimTime{at});
    }
    void give(const Command& command) {
        const auto given = simulation.apply(command, recorder);
        if (!given)
            qFatal("%s", given.error().text().c_str());
        journal.push_back(*given);
    }
    QString refusal(const Command& command) {
        const auto given = simulation.apply(command, recorder);
        return given ? QStringLiteral("accepted") : QString::fromStdString(given.error().text());
    }
    // Of a kind, at a service or channel.
    std::vector<Record> records(RecordKind kind, std::string_view where = {}) {
        m_reader.refresh();
        const Catalogue& catalogue = *recorder.catalogue();
        std::vector<Record> found;
        for (std::uint64_t i = m_reader.first(); i < m_reader.end(); ++i) {
            const Record& record = m_reader.at(i);
            const Place place = record.place.valid() ? catalogue.place(record.place) : Place{};
            const bool there = where.empty() || (place.service.valid() && place.service == catalogue.service(where)) ||
                               (place.channel.valid() && place.channel == catalogue.channel(where));
            if (record.kind == kind && there)
                found.push_back(record);
        }
        return found;
    }
    std::set<int> instances(RecordKind kind, std::string_view service, Duration after) {
        std::set<int> found;
        for (const Record& record : records(kind, service))
            if (record.at > SimTime{after})
                found.insert(recorder.catalogue()->place(record.place).instance);
        return found;
    }
    std::int64_t up(const char* service) const { return figures(service).up.level(); }
    std::int64_t busy(const char* service) const { return figures(service).busy.level(); }
    bool closed() const { return recorder.head().ledger().closed(); }

  private:
    const ServiceFigures& figures(const char* service) const {
        return recorder.head().service(recorder.catalogue()->service(service));
    }
    std::shared_ptr<const Model> m_model;

  public:
    Simulation simulation;
    Recorder recorder;
    Journal journal;

  private:
    RecordReader m_reader;
};

std::uint64_t undisturbed() { return runWhole(scenario(), {.seed = 3}, RunWatch{}).value().fingerprint; }

} // namespace

class TestRunCommands : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void whatACrashGivesBackMayPushOutWhatItHasStillInHand();
    void anotherLimitOfWhatIsUnackedCountsWhatIsUnackedAlready();
    void aServiceTimeHoldsFromTheNextHandlingOn();
    void anArrivalRateCountsFromNow();
    void aRateOfZeroLeavesNothingToCome();
    void usersComeBackWithTheRate();
    void anotherPatternOfArrivalsTakesOver();
    void addedInstancesShareTheWork();
    void instancesThatGoFinishWhatTheyHave();
    void aReaderThatGoesHandsItsPartitionsOn();
    void fewerWorkersTakeEffectWhenTheirWorkIsDone();
    void moreRoomLetsBlockedProducersGoOn();
    void aShorterAckTimeoutEndsThoseUnderWay();
    void aRetryPolicyThatIsTakenAwayDeadLettersAtOnce();
    void whatIsStructureIsRefusedAndNothingHappens_data();
    void whatIsStructureIsRefusedAndNothingHappens();
    void theInverseLeadsBack();
    void aJournalWithThemReplaysBitForBit();
    void aForkLeavesTheFirstRunAlone();
    void aSnapshotLeadsToAnyBoundary();
    void lostCopiesAreCountedAndEndWithTheFault();
    void aChannelThatDropsLosesItsShare();
    void duplicatesArriveTwiceUnderOneNumber();
    void poisonedMessagesFailUntilTheyAreDeadLettered();
    void deadLettersGoBackToWhereTheyDied();
    void deadLettersCanBeDiscarded();
    void anEventMadeByHandIsReadAgainAsItWasGiven();
    void whatCannotBeDoneIsRefused();
    void aCommandThatLastsEndsByItselfUnlessAnotherTookItsPlace();
    void everyCommandIsWrittenAndReadBack();
    void faultsOfTheScenarioDoTheSame();
};

void TestRunCommands::aServiceTimeHoldsFromTheNextHandlingOn() {
    Run run;
    run.until(1010ms); // the tenth job came at 1 s and is being handled until 1.04 s
    run.give(setting("/services/consumer/handlers/0/takes", "\"70ms\""));
    run.until(2s);
    const auto finished = run.records(RecordKind::finished, "consumer");
    QCOMPARE(finished.at(9).at, SimTime{1040ms});
    QCOMPARE(finished.at(9).value, std::int64_t{40'000'000});
    QCOMPARE(finished.at(10).at, SimTime{1170ms});
    QCOMPARE(finished.at(10).value, std::int64_t{70'000'000});
    const auto commanded = run.records(RecordKind::commanded, "consumer");
    QCOMPARE(commanded.size(), std::size_t{1});
    QCOMPARE(commanded.front().value, std::int64_t{1});
    QCOMPARE(commanded.front().at, SimTime{1010ms});
}

void TestRunCommands::anArrivalRateCountsFromNow() {
    Run run;
    run.until(1050ms);
    run.give(setting("/services/producer/sources/0/arrivals", R"({ "every": "30ms" })"));
    run.until(1150ms);
    std::vector<SimTime> times;
    for (const Record& record : run.records(RecordKind::enqueued, "jobs"))
        if (record.at > SimTime{1s})
            times.push_back(record.at);
    QCOMPARE(times, (std::vector<SimTime>{SimTime{1080ms}, SimTime{1110ms}, SimTime{1140ms}}));
}

// Not even the arrival that was due next.
void TestRunCommands::aRateOfZeroLeavesNothingToCome() {
    Run run;
    run.until(1050ms);
    const std::size_t before = run.records(RecordKind::published).size();
    run.give({.kind = CommandKind::rate, .target = "producer", .factor = 0});
    run.until(5s);
    QCOMPARE(run.records(RecordKind::published).size(), before);
    run.give({.kind = CommandKind::rate, .target = "producer", .factor = 1});
    run.until(15s);
    // Every 100 ms, from where it was held: half of one was through.
    const std::size_t jobs = run.records(RecordKind::published, "producer").size();
    QVERIFY2(jobs > before + 150, qPrintable(QString::number(jobs - before)));
    QVERIFY(run.closed());
}

void TestRunCommands::usersComeBackWithTheRate() {
    Run run(users);
    run.until(5s);
    run.give({.kind = CommandKind::rate, .target = "producer", .factor = 0});
    run.until(6500ms); // those who thought then have come
    const std::size_t before = run.records(RecordKind::published).size();
    run.until(8s);
    QCOMPARE(run.records(RecordKind::published).size(), before);
    run.give({.kind = CommandKind::rate, .target = "producer", .factor = 1});
    run.until(12s); // each at 9 s, and a little after 10 s and 11 s
    QCOMPARE(run.records(RecordKind::published).size() - before, std::size_t{9});
}

void TestRunCommands::anotherPatternOfArrivalsTakesOver() {
    Run run;
    run.until(1s);
    run.give(setting("/services/producer/sources/0/arrivals", R"({ "times": ["500ms", "1500ms", "1600ms"] })"));
    run.give(setting("/services/producer/sources/1/arrivals", R"({ "schedule": [ { "at": "0s", "rate": "0/s" } ] })"));
    const std::size_t before = run.records(RecordKind::published).size();
    run.until(19s);
    const auto published = run.records(RecordKind::published);
    QCOMPARE(published.size(), before + 2); // what lies in the past is past
    QCOMPARE(published.at(before).at, SimTime{1500ms});
    QCOMPARE(published.at(before + 1).at, SimTime{1600ms});
}

void TestRunCommands::addedInstancesShareTheWork() {
    Run run;
    run.give(setting("/services/consumer/handlers/0/takes", "\"1s\"")); // far too slow for one
    run.until(5s);
    QCOMPARE(run.up("consumer"), 1);
    run.give(setting("/services/consumer/instances", "3"));
    QCOMPARE(run.up("consumer"), 3);
    QCOMPARE(run.busy("consumer"), 3); // there was work for them
    run.until(10s);
    QCOMPARE(run.instances(RecordKind::started, "consumer", 0s), (std::set<int>{0, 1, 2}));
    QVERIFY(run.closed());
}

void TestRunCommands::instancesThatGoFinishWhatTheyHave() {
    Run run;
    run.give(setting("/services/consumer/instances", "3"));
    run.give(setting("/services/consumer/handlers/0/takes", "\"1s\""));
    run.until(5050ms);
    QCOMPARE(run.busy("consumer"), 3);
    run.give(setting("/services/consumer/instances", "1"));
    QCOMPARE(run.up("consumer"), 1);
    QCOMPARE(run.busy("consumer"), 3);
    run.until(8s);
    QCOMPARE(run.busy("consumer"), 1);
    QVERIFY(run.records(RecordKind::requeued, "consumer").empty());
    QVERIFY(run.records(RecordKind::crashed).empty());
    QCOMPARE(run.instances(RecordKind::started, "consumer", 5050ms), (std::set<int>{0}));
    run.give(setting("/services/consumer/instances", "2")); // back again
    run.until(9s);
    QCOMPARE(run.busy("consumer"), 2);
    QCOMPARE(run.up("consumer"), 2);
    QVERIFY(run.closed());
}

void TestRunCommands::aReaderThatGoesHandsItsPartitionsOn() {
    Run run;
    run.until(5s);
    run.give(setting("/services/reader/instances", "1"));
    run.until(10s);
    QCOMPARE(run.instances(RecordKind::started, "reader", 5s), (std::set<int>{0}));
    std::set<int> partitions;
    for (const Record& record : run.records(RecordKind::committed))
        if (record.at > SimTime{6s})
            partitions.insert(run.recorder.catalogue()->place(record.place).partition);
    QCOMPARE(partitions, (std::set<int>{0, 1, 2, 3}));
    QVERIFY(run.records(RecordKind::ackRefused).empty());
    run.give(setting("/services/reader/instances", "3"));
    run.until(15s);
    QCOMPARE(run.instances(RecordKind::started, "reader", 11s), (std::set<int>{0, 1, 2}));
    QVERIFY(run.closed());
}

void TestRunCommands::fewerWorkersTakeEffectWhenTheirWorkIsDone() {
    Run run;
    run.give(setting("/services/consumer/handlers/0/concurrency", "4"));
    run.give(setting("/services/consumer/handlers/0/takes", "\"1s\""));
    run.until(3s);
    QCOMPARE(run.busy("consumer"), 4);
    QCOMPARE(run.up("consumer"), 4);
    run.give(setting("/services/consumer/handlers/0/concurrency", "1"));
    QCOMPARE(run.up("consumer"), 1);
    run.until(6s);
    QCOMPARE(run.busy("consumer"), 1);
    run.until(10s);
    QCOMPARE(run.busy("consumer"), 1);
}

void TestRunCommands::moreRoomLetsBlockedProducersGoOn() {
    Run run;
    run.give(setting("/channels/jobs/capacity", "2"));
    run.give(setting("/channels/jobs/overflow", "\"block\""));
    run.give({.kind = CommandKind::pause, .target = "consumer"});
    run.until(5s);
    QCOMPARE(run.records(RecordKind::blocked).size(), std::size_t{1});
    QVERIFY(run.records(RecordKind::unblocked).empty());
    run.give(setting("/channels/jobs/capacity", "1000"));
    QCOMPARE(run.records(RecordKind::unblocked).size(), std::size_t{1});
    run.until(6s);
    QVERIFY(run.closed());
    QCOMPARE(run.records(RecordKind::blocked).size(), std::size_t{1});
}

void TestRunCommands::aShorterAckTimeoutEndsThoseUnderWay() {
    Run run;
    run.give(setting("/channels/log/ackTimeout", "\"10s\""));
    run.give(setting("/services/reader/handlers/0/takes", "\"1h\"")); // nobody ever acks
    run.until(2s);
    run.give(setting("/channels/log/ackTimeout", "\"1s\""));
    run.until(2999ms);
    QVERIFY(run.records(RecordKind::timedOut).empty());
    run.until(4s);
    const auto timedOut = run.records(RecordKind::timedOut);
    QVERIFY(!timedOut.empty());
    QCOMPARE(timedOut.front().at, SimTime{3s});
    QVERIFY(run.closed());
}

void TestRunCommands::aRetryPolicyThatIsTakenAwayDeadLettersAtOnce() {
    Run run;
    run.give(setting("/services/consumer/handlers/0/fails", R"([ { "probability": 1 } ])"));
    run.until(1s);
    const std::size_t retries = run.records(RecordKind::retryScheduled).size();
    QVERIFY(retries > 5);
    run.give(setting("/channels/jobs/retry", "null"));
    run.until(2s);
    QCOMPARE(run.records(RecordKind::retryScheduled).size(), retries);
    QVERIFY(run.records(RecordKind::deadLettered).size() > 10);
}

void TestRunCommands::whatIsStructureIsRefusedAndNothingHappens_data() {
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("refusal"); // empty: the loader's own words
    const QString stays = QStringLiteral("stays as it is while a run goes on; change the scenario and run it again");
    const auto row = [](const char* name, const char* pointer, const char* value, const QString& refusal) {
        QTest::newRow(name) << QString::fromLatin1(pointer) << QString::fromLatin1(value) << refusal;
    };
    row("a new channel", "/channels/more", R"({ "kind": "queue" })", QStringLiteral("/channels: ") + stays);
    row("a channel less", "/channels/log", "null", {});
    row("partitions", "/channels/log/partitions", "8", QStringLiteral("/channels/log/partitions: ") + stays);
    row("dead letters", "/channels/jobs/deadLetter", "null", QStringLiteral("/channels/jobs/deadLetter: ") + stays);
    row("a new service", "/services/more", "{}", QStringLiteral("/services: ") + stays);
    row("no handler", "/services/reader/handlers", "[]", QStringLiteral("/services/reader/handlers: ") + stays);
    row("another channel", "/services/producer/sources/0/to", "\"log\"", QStringLiteral("/services/producer/sources/0: ") + stays);
    row("users", "/services/producer/sources/0/arrivals", R"({ "users": 3, "think": "1s" })",
        QStringLiteral("/services/producer/sources/0/arrivals: needs users where there are users, and a rate where there "
                       "is a rate"));
    row("an event type", "/events/job/version", "\"2\"",
        QStringLiteral("/events/job/version: needs a place inside /channels, /services, /links or /run/latency: nothing else can "
                       "change while a run goes on"));
    row("no duration", "/services/consumer/handlers/0/takes", "\"fast\"", {});
    row("a key that is not known", "/services/consumer/speed", "3", {});
    row("state", "/services/consumer/state", R"({ "stock": { "A": 1 } })",
        QStringLiteral("/services/consumer/state: is read when a run begins; change the scenario and run it again"));
}

void TestRunCommands::whatIsStructureIsRefusedAndNothingHappens() {
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    QFETCH(QString, refusal);
    Run run;
    run.until(1s);
    const std::uint64_t fingerprint = run.recorder.fingerprint();
    const QString given = run.refusal(setting(pointer.toStdString(), value.toStdString()));
    QVERIFY(given != QStringLiteral("accepted"));
    if (!refusal.isEmpty())
        QCOMPARE(given, refusal);
    QCOMPARE(run.recorder.fingerprint(), fingerprint);
    run.until(20s);
    QCOMPARE(run.recorder.fingerprint(), undisturbed());
}

void TestRunCommands::theInverseLeadsBack() {
    Run run;
    const auto back = [&](const Command& command) {
        const auto inverse = run.simulation.inverse(command);
        run.give(command);
        return inverse.value();
    };
    QCOMPARE(back(setting("/services/consumer/handlers/0/takes", "\"1s\"")).value, json("\"40ms\""));
    const Command instances = back(setting("/services/consumer/instances", "3"));
    QCOMPARE(instances.pointer, std::string("/services/consumer/instances"));
    QVERIFY(instances.value.isNull()); // the file says nothing of them
    // What came along with a value goes with it.
    const Command dead = back(setting("/channels/dead/retry/max", "9"));
    QCOMPARE(dead.pointer, std::string("/channels/dead/retry"));
    run.give(dead);
    QVERIFY(!run.simulation.model().scenario->document.member("channels")->member("dead")->member("retry"));
    QCOMPARE(back({.kind = CommandKind::pause, .target = "consumer"}).kind, CommandKind::resume);
    QCOMPARE(back({.kind = CommandKind::pause, .target = "consumer"}).kind, CommandKind::pause);
    QCOMPARE(back({.kind = CommandKind::slow, .target = "consumer", .factor = 3}).factor, 1.0);
    QCOMPARE(back({.kind = CommandKind::slow, .target = "consumer", .factor = 5}).factor, 3.0);
    QCOMPARE(back({.kind = CommandKind::rate, .target = "producer", .factor = 0.5}).factor, 1.0);
    QCOMPARE(back({.kind = CommandKind::crash, .target = "reader", .instance = 1}).kind, CommandKind::restart);
}

void TestRunCommands::aJournalWithThemReplaysBitForBit() {
    Run run;
    run.until(1s);
    run.give(setting("/services/consumer/handlers/0/takes", "\"150ms\""));
    run.until(3333ms);
    run.give(setting("/services/consumer/instances", "2"));
    run.give(setting("/services/reader/instances", "4"));
    run.until(6s);
    run.give(setting("/services/reader/instances", "1"));
    run.give(setting("/services/producer/sources/0/arrivals", R"({ "poisson": "40/s" })"));
    run.give(setting("/run/latency", "\"5ms\""));
    run.until(20s);
    std::string lines;
    for (const JournalEntry& entry : run.journal)
        appendJournalLine(lines, entry);
    RunWatch watch;
    watch.journal = readJournal(lines).value();
    QVERIFY(watch.journal == run.journal);
    const FinishedRun again = runWhole(scenario(), {.seed = 3}, watch).value();
    QCOMPARE(again.fingerprint, run.recorder.fingerprint());
    QVERIFY(again.picture == run.recorder.head());
}

void TestRunCommands::aForkLeavesTheFirstRunAlone() {
    Run run;
    run.until(5s);
    Simulation fork = run.simulation.forked();
    Recorder recorder = run.recorder.forked(run.recorder.mark(), fork.model().catalogue, nullptr);
    QVERIFY(fork.apply(setting("/services/reader/instances", "5"), recorder).ok());
    const std::size_t places = run.recorder.catalogue()->places().size();
    fork.run(SimTime::max(), UINT64_MAX, recorder);
    QVERIFY(fork.model().catalogue->places().size() > places); // five readers of four partitions
    QCOMPARE(run.recorder.catalogue()->places().size(), places);
    run.until(20s);
    QCOMPARE(run.recorder.fingerprint(), undisturbed());
    QVERIFY(recorder.fingerprint() != run.recorder.fingerprint());
    // What they have in common reads the same in both.
    RecordReader one(run.recorder.store()), other(recorder.store());
    const std::uint64_t common = one.indexAt(SimTime{5s});
    QVERIFY(common > 400);
    for (std::uint64_t i = 0; i < common; ++i)
        QVERIFY(one.at(i).at == other.at(i).at && one.at(i).kind == other.at(i).kind && one.at(i).place == other.at(i).place);
}

void TestRunCommands::aSnapshotLeadsToAnyBoundary() {
    Run run;
    Snapshots snapshots;
    snapshots.take({run.simulation, run.recorder.mark(), 0});
    run.until(4s);
    run.give(setting("/services/consumer/instances", "2"));
    run.until(8s);
    run.give({.kind = CommandKind::crash, .target = "reader", .instance = 0});
    snapshots.take({run.simulation, run.recorder.mark(), run.journal.size()});
    run.until(12s);
    RecordReader reader(run.recorder.store());
    for (const Duration at : {Duration{0}, Duration{2s}, Duration{4s}, Duration{7777ms}, Duration{8s}, Duration{11s}}) {
        const std::uint64_t records = reader.indexAt(SimTime{at + Duration{1}});
        const Boundary boundary{records, SimTime{at}};
        const auto from = snapshots.before(boundary);
        Simulation simulation = from->simulation;
        Recorder recorder = run.recorder.scratch(from->mark);
        runTo(boundary, simulation, recorder, run.journal, from->commands);
        QCOMPARE(recorder.head().index(), records);
        QVERIFY(recorder.head() == reader.picture(records));
        QVERIFY(simulation.now() <= SimTime{at});
    }
}

void TestRunCommands::lostCopiesAreCountedAndEndWithTheFault() {
    Run run;
    run.until(1s);
    run.give({.kind = CommandKind::drop, .target = "consumer", .probability = 1, .lasts = 2s});
    run.until(10s);
    const auto lost = run.records(RecordKind::lost);
    QCOMPARE(lost.size(), std::size_t{19}); // ten jobs a second, from 1.1 s to before 3 s
    QCOMPARE(lost.front().at, SimTime{1100ms});
    QCOMPARE(lost.back().at, SimTime{2900ms});
    QCOMPARE(run.recorder.head().ledger().copies.lost, std::int64_t{19});
    QVERIFY(run.closed());
    QVERIFY(run.records(RecordKind::lost, "log").empty());
}

void TestRunCommands::aChannelThatDropsLosesItsShare() {
    Run run;
    run.give({.kind = CommandKind::drop, .target = "log", .probability = 0.5});
    run.until(19950ms); // the last one came 50 ms before
    const std::size_t lost = run.records(RecordKind::lost, "log").size();
    QVERIFY2(lost > 70 && lost < 130, qPrintable(QString::number(lost))); // of 200
    QCOMPARE(run.records(RecordKind::acked, "log").size() + lost, run.records(RecordKind::appended).size());
    QVERIFY(run.records(RecordKind::lost, "jobs").empty());
    QVERIFY(run.closed());
}

void TestRunCommands::duplicatesArriveTwiceUnderOneNumber() {
    Run run;
    run.give({.kind = CommandKind::duplicate, .target = "jobs", .probability = 1, .lasts = 1050ms});
    run.until(3s);
    std::map<Ordinal, int> copies;
    for (const Record& record : run.records(RecordKind::enqueued, "jobs"))
        ++copies[record.ordinal];
    int twice = 0;
    for (const auto& [ordinal, count] : copies)
        twice += count == 2 ? 1 : 0;
    QCOMPARE(twice, 10);
    QCOMPARE(copies.size(), std::size_t{30});
    QVERIFY(run.closed());
}

void TestRunCommands::poisonedMessagesFailUntilTheyAreDeadLettered() {
    Run run;
    run.until(1050ms);
    run.give({.kind = CommandKind::poison, .target = "consumer", .count = 3});
    run.until(5s);
    const auto failed = run.records(RecordKind::failed);
    QCOMPARE(failed.size(), std::size_t{6}); // three messages, one retry each
    for (const Record& record : failed)
        QCOMPARE(run.recorder.catalogue()->reasons()[record.reason.index()].name, std::string("poison"));
    QCOMPARE(run.records(RecordKind::deadLettered).size(), std::size_t{3});
    run.give({.kind = CommandKind::redrive, .target = "dead"});
    run.until(8s);
    QCOMPARE(run.records(RecordKind::failed).size(), std::size_t{6}); // cured
    QVERIFY(run.closed());
}

void TestRunCommands::deadLettersGoBackToWhereTheyDied() {
    Run run;
    run.give({.kind = CommandKind::poison, .target = "job", .count = 4});
    run.until(3s);
    const auto dead = run.records(RecordKind::enqueued, "dead");
    QCOMPARE(dead.size(), std::size_t{2}); // the reader of the log has no dead-letter channel
    run.give({.kind = CommandKind::redrive, .target = "dead", .ordinal = dead[1].ordinal});
    auto purged = run.records(RecordKind::purged);
    QCOMPARE(purged.size(), std::size_t{1});
    QCOMPARE(purged[0].ordinal, dead[1].ordinal);
    QCOMPARE(purged[0].value, std::int64_t{run.recorder.catalogue()->channel("jobs").value});
    run.give({.kind = CommandKind::redrive, .target = "dead", .to = "log"});
    purged = run.records(RecordKind::purged);
    QCOMPARE(purged.size(), std::size_t{2});
    QCOMPARE(purged[1].ordinal, dead[0].ordinal);
    QCOMPARE(run.records(RecordKind::appended).back().ordinal, dead[0].ordinal);
    QCOMPARE(run.recorder.head().ledger().copies.purged, std::int64_t{2});
    run.until(5s);
    QVERIFY(run.closed());
    QVERIFY(run.refusal({.kind = CommandKind::redrive, .target = "dead"}).contains(QLatin1String("needs a message that waits")));
}

void TestRunCommands::deadLettersCanBeDiscarded() {
    Run run;
    run.give({.kind = CommandKind::poison, .target = "consumer", .count = 5});
    run.until(4s);
    const auto dead = run.records(RecordKind::enqueued, "dead");
    QCOMPARE(dead.size(), std::size_t{5});
    run.give({.kind = CommandKind::discard, .target = "dead", .ordinal = dead[2].ordinal});
    QCOMPARE(run.recorder.head().ledger().copies.purged, std::int64_t{1});
    run.give({.kind = CommandKind::discard, .target = "dead"});
    QCOMPARE(run.recorder.head().ledger().copies.purged, std::int64_t{5});
    QVERIFY(run.closed());
}

void TestRunCommands::anEventMadeByHandIsReadAgainAsItWasGiven() {
    Run run;
    run.until(2s);
    run.give({.kind = CommandKind::publish, .target = "jobs", .value = json(R"({"n":-7})"), .type = "job", .key = "k", .subject = "s"});
    const Record published = run.records(RecordKind::published).back();
    RecordReader reader(run.recorder.store());
    const GeneratedMessages messages(run.simulation.model().generator, run.recorder.catalogue(), [&](Ordinal ordinal) {
        reader.refresh();
        return reader.published(ordinal);
    });
    const auto view = messages.message(published.ordinal).value();
    QCOMPARE(view.data, json(R"({"n":-7})"));
    QCOMPARE(view.source, std::string("by-hand"));
    QCOMPARE(view.type, std::string("job"));
    QCOMPARE(view.routingKey, std::string("job"));
    QCOMPARE(view.partitionKey, std::string("k"));
    QCOMPARE(view.subject, std::string("s"));
    run.until(3s);
    std::set<Ordinal> acked;
    for (const Record& record : run.records(RecordKind::acked, "jobs"))
        acked.insert(record.ordinal);
    QVERIFY(acked.contains(published.ordinal));
    QVERIFY(run.closed());
}

void TestRunCommands::whatCannotBeDoneIsRefused() {
    Run run;
    run.until(1s);
    const std::uint64_t fingerprint = run.recorder.fingerprint();
    QCOMPARE(run.refusal({.kind = CommandKind::drop, .target = "nobody"}),
             QStringLiteral("command: needs the name of a service, or of a queue or stream that is read, got \"nobody\""));
    QCOMPARE(run.refusal({.kind = CommandKind::drop, .target = "jobs", .probability = 1.5}),
             QStringLiteral("command: needs a probability from 0 to 1, got 1.500000"));
    QCOMPARE(run.refusal({.kind = CommandKind::duplicate, .target = "consumer"}),
             QStringLiteral("command: needs the name of a channel, got \"consumer\""));
    QCOMPARE(run.refusal({.kind = CommandKind::poison, .target = "jobs"}),
             QStringLiteral("command: needs the name of a service or event type, got \"jobs\""));
    QCOMPARE(run.refusal({.kind = CommandKind::redrive, .target = "log"}),
             QStringLiteral("command: needs the name of a queue, got \"log\""));
    QCOMPARE(run.refusal({.kind = CommandKind::discard, .target = "dead"}),
             QStringLiteral("command: needs a message that waits in dead, got all"));
    QCOMPARE(run.refusal({.kind = CommandKind::publish, .target = "jobs", .type = "nothing"}),
             QStringLiteral("command: needs the name of an event type, got \"nothing\""));
    QCOMPARE(run.recorder.fingerprint(), fingerprint);
}

void TestRunCommands::aCommandThatLastsEndsByItselfUnlessAnotherTookItsPlace() {
    Run run;
    run.give({.kind = CommandKind::pause, .target = "consumer", .lasts = 2s});
    run.until(3s);
    const auto started = run.records(RecordKind::started, "consumer");
    QVERIFY(!started.empty());
    QCOMPARE(started.front().at, SimTime{2s});
    run.give({.kind = CommandKind::pause, .target = "consumer", .lasts = 1s}); // would end at 4 s
    run.until(3500ms);
    run.give({.kind = CommandKind::pause, .target = "consumer"}); // no end now
    run.until(10s);
    for (const Record& record : run.records(RecordKind::started, "consumer"))
        QVERIFY(record.at <= SimTime{3s});
}

void TestRunCommands::everyCommandIsWrittenAndReadBack() {
    const Journal journal{
        {SimTime{1s}, 1, {.kind = CommandKind::drop, .target = "a", .probability = 0.25, .lasts = 1500ms}},
        {SimTime{1s}, 2, {.kind = CommandKind::duplicate, .target = "a", .probability = 1}},
        {SimTime{1s}, 3, {.kind = CommandKind::poison, .target = "a", .count = 12, .lasts = Duration{1'234'567}}},
        {SimTime{1s}, 4, {.kind = CommandKind::redrive, .target = "a", .to = "b", .ordinal = 7}},
        {SimTime{1s}, 5, {.kind = CommandKind::discard, .target = "a"}},
        {SimTime{1s}, 6, setting("/channels/a~1b/retry", R"({"max":1})")},
        {SimTime{1s}, 7, setting("/channels/a/ttl", "null")},
        {SimTime{1s}, 8,
         {.kind = CommandKind::publish, .target = "a", .value = json("[1]"), .type = "t", .key = "k", .subject = "s", .routingKey = "r"}}};
    std::string lines;
    for (const JournalEntry& entry : journal)
        appendJournalLine(lines, entry);
    const auto read = readJournal(lines);
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().front().text().c_str());
    for (std::size_t i = 0; i < journal.size(); ++i)
        QVERIFY2(read.value()[i] == journal[i], lines.c_str());
    QVERIFY(lines.starts_with(R"({"at":1,"dues":1,"command":{"drop":"a","probability":0.25,"for":"1.5s"}})"));
}

void TestRunCommands::faultsOfTheScenarioDoTheSame() {
    std::string with(text);
    with.insert(with.rfind('}'), R"(, "faults": [ { "at": "1s", "drop": "consumer", "for": "2s" },
        { "at": "5s", "duplicate": "jobs", "probability": 1, "for": "1s" }, { "at": "8050ms", "poison": "job", "count": 2 } ])");
    const auto loaded = loadScenario(with);
    QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.error().front().text().c_str());
    const FinishedRun run = runWhole(*loaded, {.seed = 3}, RunWatch{}).value();
    const CopyCounts& copies = run.picture.ledger().copies;
    QCOMPARE(copies.lost, std::int64_t{20});
    QVERIFY(run.picture.ledger().closed());
    QVERIFY(copies.born > 400 + 8);
    QCOMPARE(run.picture.channel(run.simulation.model().catalogue->channel("jobs")).taken, std::int64_t{200 + 10});
    const auto wrong = loadScenario(std::string(text).insert(text.rfind('}'), R"(, "faults": [ { "at": "1s", "drop": "job" } ])"));
    QVERIFY(!wrong.ok());
    QCOMPARE(wrong.error().front().text(), std::string("/faults/0/drop: needs the name of a service, queue or stream, got \"job\""));
}

// Where all copies count, the queue drops the oldest, in hand or not; it had become too small meanwhile.
void TestRunCommands::whatACrashGivesBackMayPushOutWhatItHasStillInHand() {
    Run run(R"({
      "weir": "1", "run": { "seed": 3, "for": "20s" }, "events": { "job": {} },
      "channels": { "jobs": { "kind": "queue", "capacity": 3, "capacityCounts": "unsettled", "overflow": "dropOldest" } },
      "services": {
        "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "every": "100ms" } } ] },
        "consumer": { "handlers": [ { "on": "jobs", "prefetch": 3, "takes": "10s" } ] }
      }
    })");
    run.until(350ms);
    QCOMPARE(run.recorder.head().ledger().copies.inFlight, std::int64_t{3});
    run.give(setting("/channels/jobs/capacity", "1"));
    run.give({.kind = CommandKind::crash, .target = "consumer"});
    const CopyCounts& copies = run.recorder.head().ledger().copies;
    QCOMPARE(copies.inFlight, std::int64_t{0});
    QCOMPARE(copies.ready, std::int64_t{1});
    QVERIFY(run.recorder.head().ledger().closed());
}

void TestRunCommands::anotherLimitOfWhatIsUnackedCountsWhatIsUnackedAlready() {
    Run run(R"({
      "weir": "1", "run": { "seed": 3, "for": "20s" }, "events": { "job": {} },
      "channels": { "jobs": { "kind": "queue", "unackedMax": 100 } },
      "services": {
        "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "every": "100ms" } } ] },
        "consumer": { "handlers": [ { "on": "jobs", "prefetch": 50, "takes": "10s" } ] }
      }
    })");
    const auto inHand = [&run] { return run.recorder.head().ledger().copies.inFlight; };
    run.until(350ms);
    QCOMPARE(inHand(), std::int64_t{3});
    run.give(setting("/channels/jobs/unackedMax", "3"));
    run.until(1s);
    QCOMPARE(inHand(), std::int64_t{3});
    run.give(setting("/channels/jobs/unackedMax", "5"));
    QCOMPARE(inHand(), std::int64_t{5});
    run.give(setting("/channels/jobs/unackedMax", "4"));
    run.until(2s);
    QCOMPARE(inHand(), std::int64_t{5});
}

QTEST_APPLESS_MAIN(TestRunCommands)
#include "tst_run_commands.moc"
