// The simulation as a whole: queueing theory, determinism, snapshots, the ledger.
#include "core/scenario/load.h"
#include "core/simulation/simulation.h"

#include <QFile>
#include <QTest>

using namespace weir;

namespace {

Scenario singleQueue(double arrivalRate, double serviceMean, std::uint32_t workers, Duration lasts) {
    Scenario scenario;
    scenario.run = {.seed = 7, .lasts = lasts};
    scenario.events.push_back({.name = "job"});
    ChannelSpec queue;
    queue.name = "jobs";
    scenario.channels.push_back(queue);
    ServiceSpec producer;
    producer.name = "producer";
    SourceSpec source;
    source.arrivals = Arrivals::constant(Rate{arrivalRate}, Arrivals::Spacing::poisson).value();
    source.then = {Action{EmitAction{.type = "job", .to = "jobs"}}};
    producer.sources.push_back(source);
    scenario.services.push_back(producer);
    ServiceSpec consumer;
    consumer.name = "consumer";
    HandlerSpec handler;
    handler.on = "jobs";
    handler.concurrency = workers;
    handler.takes = Distribution::exponential(serviceMean).value();
    consumer.handlers.push_back(handler);
    scenario.services.push_back(consumer);
    return scenario;
}

struct WholeRun {
    Ledger ledger;
    std::uint64_t fingerprint = 0;
    double waitMean = 0;
    std::uint64_t records = 0;
};

WholeRun runWhole(const Scenario& scenario) {
    const auto model = Model::compile(scenario);
    Simulation simulation(model.value());
    Recorder recorder(simulation.model().catalogue, {.recordsMax = 0});
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    const Picture& picture = recorder.head();
    const SubscriptionId jobs = simulation.model().catalogue->subscription("jobs");
    return {picture.ledger(), recorder.fingerprint(), picture.subscription(jobs).wait.mean().value_or(0) * 1e-9, picture.index()};
}

} // namespace

class TestSimulation : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void meanWaitOfASingleServerIsThatOfTheory();
    void theSameSeedGivesTheSameFingerprint();
    void aSnapshotGoesOnIdentically();
    void aStreamSaysWhoPassedItsRecordsOn();
    void aSnapshotKnowsWhoseTurnItIs();
    void everyWayOfRoutingRunsFromAFile();
    void aLostInstanceLeavesItsWill();
    void aServiceThatComesBackGetsWhatWasRetained();
};

void TestSimulation::meanWaitOfASingleServerIsThatOfTheory() {
    const WholeRun outcome = runWhole(singleQueue(0.8, 1.0, 1, std::chrono::hours(100)));
    QVERIFY(outcome.ledger.closed());
    // M/M/1 at rho 0.8: Wq = 4 s; 288,000 messages, whose correlation leaves a standard error of about 0.07 s.
    QVERIFY2(std::abs(outcome.waitMean - 4.0) < 0.25, qPrintable(QString::number(outcome.waitMean)));
}

void TestSimulation::theSameSeedGivesTheSameFingerprint() {
    Scenario scenario = singleQueue(100, 0.02, 3, 100s);
    const WholeRun first = runWhole(scenario);
    QCOMPARE(runWhole(scenario).fingerprint, first.fingerprint);
    scenario.run.seed = 8;
    QVERIFY(runWhole(scenario).fingerprint != first.fingerprint);
}

void TestSimulation::aSnapshotGoesOnIdentically() {
    const auto model = Model::compile(singleQueue(100, 0.02, 3, 100s)).value();
    for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{777}, std::uint64_t{10'000}}) {
        Simulation simulation(model);
        Recorder before(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), at, before);
        Simulation copy = simulation;
        Recorder one(model->catalogue, {.recordsMax = 0});
        Recorder other(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), UINT64_MAX, one);
        copy.run(SimTime::max(), UINT64_MAX, other);
        QCOMPARE(other.fingerprint(), one.fingerprint());
        QCOMPARE(copy.dues(), simulation.dues());
    }
}

// "jobs" through an exchange to two queues, of which the other has no consumer.
Scenario throughExchange(ExchangeType type) {
    Scenario scenario = singleQueue(100, 0.005, 3, 20s);
    ChannelSpec in;
    in.name = "in";
    in.kind = ChannelKind::exchange;
    in.exchangeType = type;
    ChannelSpec other;
    other.name = "other";
    other.bindings = {{.to = "in"}};
    scenario.channels.front().bindings = {{.to = "in"}};
    scenario.channels.push_back(in);
    scenario.channels.push_back(other);
    auto& emit = std::get<EmitAction>(scenario.services[0].sources[0].then[0].what);
    emit.to = "in";
    emit.headers = Value::parse(R"({"n":{"$integer":[1,3]}})").value();
    return scenario;
}

void TestSimulation::aSnapshotKnowsWhoseTurnItIs() {
    for (const ExchangeType type : {ExchangeType::roundRobin, ExchangeType::sticky, ExchangeType::leastInFlight,
                                    ExchangeType::random, ExchangeType::consistentHash}) {
        Scenario scenario = throughExchange(type);
        scenario.channels[1].hashOn = type == ExchangeType::sticky ? "headers.n" : "";
        const auto model = Model::compile(scenario).value();
        Simulation simulation(model);
        Recorder before(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), 1'777, before);
        Simulation copy = simulation;
        Recorder one(model->catalogue, {.recordsMax = 0});
        Recorder other(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), UINT64_MAX, one);
        copy.run(SimTime::max(), UINT64_MAX, other);
        QCOMPARE(other.fingerprint(), one.fingerprint());
        QVERIFY(one.head().index() > 1000);
    }
}

void TestSimulation::everyWayOfRoutingRunsFromAFile() {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/tests/data/scenario/routing.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto document = Value::parse(file.readAll().toStdString());
    QVERIFY(document.ok());
    const auto scenario = readScenario(*document);
    QVERIFY2(scenario.ok(), scenario.ok() ? "" : scenario.error().front().text().c_str());
    const auto model = Model::compile(*scenario).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = 0});
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    const Picture& picture = recorder.head();
    QVERIFY(picture.ledger().closed());
    const auto taken = [&](const char* channel) { return picture.channel(model->catalogue->channel(channel)).copies.born; };
    // One for each of two instances that were lost; a hundred by CC from "direct".
    QCOMPARE(taken("wills"), 2);
    QCOMPARE(taken("audit"), 100);
    // 400 orders: those of the eu above 10 go to "eu", all others on to "others", by two subscriptions of their own. The
    // same 200 that are spread go to one of both, 200 that stick to where the first one went, which is "eu".
    QVERIFY2(taken("eu") > 200 + 150 + 80 && taken("eu") < 200 + 230 + 180, qPrintable(QString::number(taken("eu"))));
    QCOMPARE(picture.ledger().messages.unroutable, 0);
    QCOMPARE(picture.ledger().messages.published, 400 + 200 + 200 + 100 + 2);
}

void TestSimulation::aLostInstanceLeavesItsWill() {
    Scenario scenario = singleQueue(1, 0.1, 1, 10s);
    scenario.events.push_back({.name = "gone"});
    ChannelSpec wills;
    wills.name = "wills";
    scenario.channels.push_back(wills);
    scenario.services[1].instances = 3;
    scenario.services[1].will = {Action{EmitAction{.type = "gone", .to = "wills"}}};
    FaultSpec crash;
    crash.at = 2s;
    crash.service = "consumer";
    scenario.faults = {crash};
    crash.at = 2500ms; // down already
    scenario.faults.push_back(crash);
    const auto model = Model::compile(scenario).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = 0});
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    QCOMPARE(recorder.head().channel(model->catalogue->channel("wills")).copies.born, 3);
    QVERIFY(recorder.head().ledger().closed());
}

void TestSimulation::aServiceThatComesBackGetsWhatWasRetained() {
    Scenario scenario = throughExchange(ExchangeType::fanout);
    auto& emit = std::get<EmitAction>(scenario.services[0].sources[0].then[0].what);
    emit.retain = true;
    emit.data = Value("on");
    FaultSpec crash;
    crash.at = 15s;
    crash.service = "consumer";
    crash.lasts = 100ms;
    scenario.faults = {crash};
    const auto model = Model::compile(scenario).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = 0});
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    const Ledger& ledger = recorder.head().ledger();
    QVERIFY(ledger.closed());
    const auto born = [&](const char* queue) {
        return recorder.head().channel(model->catalogue->channel(queue)).copies.born;
    };
    QCOMPARE(born("other"), ledger.messages.published);
    QCOMPARE(born("jobs"), ledger.messages.published + 1);
}

// The topic is channel 0: what names no one must not be taken for it.
void TestSimulation::aStreamSaysWhoPassedItsRecordsOn() {
    for (const bool throughTopic : {false, true}) {
        Scenario scenario = singleQueue(10, 0.01, 1, 10s);
        scenario.channels[0].kind = ChannelKind::stream;
        ChannelSpec topic;
        topic.name = "all";
        topic.kind = ChannelKind::topic;
        scenario.channels.insert(scenario.channels.begin(), topic);
        if (throughTopic) {
            scenario.channels[1].bindings.push_back({.to = "all", .pattern = "#"});
            std::get<EmitAction>(scenario.services[0].sources[0].then[0].what).to = "all";
        }
        const auto model = Model::compile(scenario).value();
        Simulation simulation(model);
        Recorder recorder(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), UINT64_MAX, recorder);
        const Picture& picture = recorder.head();
        const ChannelId stream = model->catalogue->channel("jobs");
        QVERIFY(picture.channel(stream).taken > 0);
        const EdgeFigures* route =
            picture.edge(EdgeKind::route, model->catalogue->channel("all").index(), stream.index());
        QCOMPARE(route ? route->count : 0, throughTopic ? picture.channel(stream).taken : 0);
    }
}

QTEST_APPLESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
