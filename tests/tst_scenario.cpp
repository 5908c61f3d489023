// Loading scenarios: values and defaults, and every rule's error at its place, in its words.
#include "core/broker/partitioner.h"
#include "core/scenario/load.h"
#include "core/simulation/model.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace weir;

namespace {

std::string contentOf(const QString& path) {
    QFile file(QDir(WEIR_SOURCE_DIR).filePath(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

// A small scenario with room for one more member at the places that a test names.
QByteArray around(const QByteArray& place, const QByteArray& snippet) {
    const QByteArray document = R"({
  "weir": "1", <top>
  "run": { <run> },
  "events": { "made": { <event> }, "sold": {} },
  "channels": {
    "news": { "kind": "topic" <topic> }, "all": { "kind": "exchange", "type": "fanout" },
    "exact": { "kind": "exchange", "type": "direct" },
    "jobs": { "kind": "queue" <queue> }, "log": { "kind": "stream" <stream> } <channels>
  },
  "services": {
    "maker": { "sources": [ { "emit": "made", "to": "jobs", "arrivals": { "rate": "1/s" } } <sources> ] <maker> },
    "taker": { "handlers": [ { "on": "jobs" <handler> } <handlers> ] } <services>
  },
  "faults": [ <faults> ], "expect": [ <expect> ], "layout": { <layout> }
})";
    QByteArray made = document;
    made.replace('<' + place + '>', snippet);
    static const QRegularExpression others("<[a-z]+>");
    return QString::fromUtf8(made).replace(others, "").toUtf8();
}

QString complaintsOf(const QByteArray& text) {
    const auto scenario = loadScenario(std::string_view(text.data(), static_cast<std::size_t>(text.size())));
    QStringList lines;
    if (!scenario)
        for (const Error& error : scenario.error())
            lines.append(QString::fromStdString(error.text()));
    return lines.join('\n');
}

template <class What> const What& action(const Actions& actions, std::size_t index) {
    return std::get<What>(actions.at(index).what);
}

} // namespace

class TestScenario : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void groupsAreReadInTheirOrderAndFoldedByTheLayout();
    void everythingIsReadAsItIsWritten();
    void channelsAreReadAsTheyAreWritten();
    void whoIsServedWhenAndHowMuchIsUnackedIsRead();
    void whatAStreamKeepsAndHowItsGroupsReadIsRead();
    void howAQueueTreatsTimeoutsAndLostConsumersIsRead();
    void actionsAreReadAsTheyAreWritten();
    void whatIsLeftOutHasTheDefault();
    void aHandlerOnATopicBringsAQueueAlong();
    void commentsAreBlanksAndMarksInTextsAreNot();
    void theMistakesOfAFile_data();
    void theMistakesOfAFile();
    void manyMistakesAreSaidAtOnceAndBounded();
    void aBrokenTableIsOneError();
    void aRunIsBoundedBeforeItBegins();
    void whatIsNoJsonIsSaidWithLineAndColumn_data();
    void whatIsNoJsonIsSaidWithLineAndColumn();
    void filesThatCannotBeReadAreSaid();
    void whatLoadsCompiles();

  private:
    Scenario m_full;
};

void TestScenario::groupsAreReadInTheirOrderAndFoldedByTheLayout() {
    const auto text = [](const char* layout) {
        return QByteArrayLiteral(R"({ "weir": "1", "channels": { "a": { "kind": "queue" }, "b": { "kind": "queue" },
            "c": { "kind": "queue" } }, "groups": { "Second": ["c", "a"], "First": ["b"] }, "layout": { )") +
               layout + " } }";
    };
    const QByteArray good = text(R"("First": "folded", "a": [1, 2])");
    const auto scenario = loadScenario(std::string_view(good.data(), static_cast<std::size_t>(good.size())));
    QVERIFY(scenario.ok());
    QCOMPARE(scenario->groups.size(), 2u);
    QCOMPARE(scenario->groups[0].name, std::string("Second"));
    QCOMPARE(scenario->groups[0].nodes, (std::vector<std::string>{"c", "a"}));
    QVERIFY(!scenario->groups[0].folded);
    QVERIFY(scenario->groups[1].folded);
    QCOMPARE(scenario->layout.size(), 1u);
    QCOMPARE(complaintsOf(text(R"("First": [1, 2])")),
             QStringLiteral("/layout/First: needs \"folded\": where a group stands follows from its nodes, got [1,2]"));
}

void TestScenario::initTestCase() {
    const auto full = loadScenario(contentOf("tests/data/scenario/full.json"));
    QVERIFY2(full.ok(), full.ok() ? "" : full.error().front().text().c_str());
    m_full = *full;
}

void TestScenario::everythingIsReadAsItIsWritten() {
    QCOMPARE(m_full.title.en, std::string("Everything"));
    QCOMPARE(m_full.notes.zh, std::string("所有键"));
    QCOMPARE(m_full.run.seed, std::uint64_t{42});
    QVERIFY(m_full.run.lasts == std::optional<Duration>(1h));
    QVERIFY(m_full.run.warmup == 1min);
    QCOMPARE(m_full.run.latency->mean(), 0.002);
    QCOMPARE(m_full.run.messagesMax, std::int64_t{5000});
    QCOMPARE(m_full.run.copiesMax, std::int64_t{700});

    const EventTypeSpec& event = m_full.events.at(0);
    QCOMPARE(event.name, std::string("order.created"));
    QCOMPARE(event.version, std::string("2.1"));
    QCOMPARE(event.key, std::string("data.orderId"));
    QCOMPARE(event.subject, std::string("{data.orderId}"));
    QCOMPARE(event.dataSchema, std::string("https://example.com/order.json"));
    QCOMPARE(event.size->count, std::int64_t{1024});
    QCOMPARE(event.data.canonical(),
             std::string(R"({"orderId":"ORD-{count}","items":[{"productId":"P1","quantity":2}],"vip":true})"));

    const ServiceSpec& shop = m_full.services.at(0);
    QCOMPARE(shop.instances, 3u);
    QVERIFY(shop.restartAfter == 10s);
    QVERIFY(*shop.state.at("stock").at("P2").number() == Decimal(5, 1));
    QCOMPARE(*shop.state.at("orders").at("ORD-0").text(), std::string("created"));
    QCOMPARE(*shop.sources.at(0).arrivals.meanRate(), 20.0);
    QCOMPARE(*shop.sources.at(1).arrivals.meanRate(), 200.0); // in batches of ten
    QCOMPARE(*shop.sources.at(2).arrivals.meanRate(), 100.0); // in batches of five on the mean
    QCOMPARE(*shop.sources.at(3).arrivals.peakRate(), 50.0);
    QCOMPARE(*shop.sources.at(4).arrivals.peakRate(), 5.0);
    QVERIFY(shop.sources.at(4).arrivals.limits().stop == 1min);
    QCOMPARE(shop.sources.at(4).arrivals.limits().count, std::uint64_t{7});
    QCOMPARE(shop.sources.at(5).arrivals.users(), 5u);

    const HandlerSpec& handler = shop.handlers.at(0);
    QCOMPARE(handler.filter, std::string("EXISTS subject"));
    QCOMPARE(handler.concurrency, 2u);
    QCOMPARE(handler.prefetch, 20u);
    QCOMPARE(handler.takes.mean(), 0.02);
    QCOMPARE(handler.fails.size(), std::size_t{3});
    QCOMPARE(handler.fails[0].probability, 0.01);
    QVERIFY(handler.fails[0].how == FailureKind::nack);
    QVERIFY(handler.fails[1].how == FailureKind::crash);
    QCOMPARE(handler.fails[1].when, std::string("data.vip = TRUE"));
    QCOMPARE(handler.fails[1].every, std::int64_t{3});
    QCOMPARE(handler.fails[1].attemptsMax, std::int64_t{2});
    QCOMPARE(handler.fails[2].probability, 1.0);
    QCOMPARE(handler.idempotent->key, std::string("data.orderId"));
    QVERIFY(handler.idempotent->ttl == 1h);
    QVERIFY(shop.handlers.at(2).ack == AckMode::automatic);
    QVERIFY(!shop.handlers.at(2).idempotent);
    const auto& reading = m_full.services.at(1).handlers;
    QVERIFY(std::abs(*reading.at(0).takes.quantile(0.99) - 0.06) < 1e-9);
    QVERIFY(std::abs(*reading.at(1).takes.quantile(0.999) - 0.09) < 1e-9);
    for (std::size_t i = 2; i <= 5; ++i)
        if (i != 4) // whose mean follows from the gamma function
            QVERIFY(std::abs(reading.at(i).takes.mean() - 0.03) < 1e-9);
    QCOMPARE(reading.at(8).takes.mean(), 0.002);
    QCOMPARE(reading.at(9).takes.mean(), 0.0025);

    QCOMPARE(m_full.faults.size(), std::size_t{4});
    QVERIFY(m_full.faults[0].kind == FaultKind::crash && m_full.faults[0].at == 1min);
    QCOMPARE(*m_full.faults[0].instance, 2u);
    QVERIFY(m_full.faults[1].kind == FaultKind::pause && m_full.faults[1].lasts == std::optional<Duration>(5s));
    QVERIFY(m_full.faults[2].kind == FaultKind::slow && m_full.faults[2].factor == 2.5);
    QVERIFY(m_full.faults[3].kind == FaultKind::rate && m_full.faults[3].factor == 0);
    QVERIFY(m_full.expect.at(0).kind == Expectation::Kind::ledgerClosed);
    QVERIFY(m_full.expect.at(1).kind == Expectation::Kind::atEnd);
    QCOMPARE(m_full.expect.at(2).expression, std::string("state('shop', 'stock', 'P1') >= 0"));
    QVERIFY(m_full.expect.at(3).kind == Expectation::Kind::orderPerKey);
    QVERIFY((m_full.layout.at("orders") == Point{240, -90.5}));
}

void TestScenario::channelsAreReadAsTheyAreWritten() {
    const auto& channels = m_full.channels;
    QVERIFY(channels.at(0).kind == ChannelKind::topic);
    for (const auto& [index, profile] :
         {std::pair{6, "rabbitmq-classic"}, {7, "rabbitmq-classic"}, {8, "rabbitmq-classic"}, {9, "kafka"}})
        QCOMPARE(channels.at(static_cast<std::size_t>(index)).profile, std::string(profile));
    QCOMPARE(channels.at(0).bindings.at(0).to, std::string("everything"));
    QVERIFY(channels.at(1).exchangeType == ExchangeType::fanout);
    QVERIFY(channels.at(2).exchangeType == ExchangeType::direct);
    const ChannelSpec& work = channels.at(3);
    QCOMPARE(work.bindings.at(0).pattern, std::string("order.*"));
    QCOMPARE(work.bindings.at(1).pattern, std::string("urgent"));
    QCOMPARE(*work.capacity, std::int64_t{100});
    QVERIFY(work.overflow == Overflow::dropOldest);
    QVERIFY(work.ttl == std::optional<Duration>(1h) && work.delay == std::optional<Duration>(10ms));
    QCOMPARE(work.priorities, 3);
    QVERIFY(work.ackTimeout == std::optional<Duration>(30s));
    QCOMPARE(*work.retry->max, std::int64_t{5});
    QVERIFY(work.retry->backoff == Backoff::exponential && work.retry->first == 100ms && work.retry->ceiling == 10s);
    QCOMPARE(work.retry->factor, 1.5);
    QCOMPARE(work.retry->jitter, 0.25);
    QCOMPARE(work.deadLetter, std::string("dead"));
    const ChannelSpec& log = channels.at(5);
    QVERIFY(log.kind == ChannelKind::stream);
    QCOMPARE(log.partitions, 4u);
    QVERIFY(log.retainFor == std::optional<Duration>(168h));
    QCOMPARE(*log.retainCount, std::int64_t{1000});
    QVERIFY(!log.retry->max);
    QVERIFY((log.retry->steps == std::vector<Duration>{1s, 5s}));
}

void TestScenario::howAQueueTreatsTimeoutsAndLostConsumersIsRead() {
    const auto scenario = loadScenario(R"({ "weir": "1", "channels": { "jobs": { "kind": "queue", "ackTimeout": "30s",
        "whenGone": "wait", "line": "lifo", "deliveryRate": { "limit": "10/s", "burst": 5, "refill": "atOnce" },
        "retry": { "timeouts": 2, "jitter": 0.5, "jitterKind": "below" } }, "plain": { "kind": "queue", "retry": {},
        "deliveryRate": "1/s" } } })");
    QVERIFY2(scenario.ok(), scenario ? "" : scenario.error().front().text().c_str());
    const ChannelSpec& jobs = scenario->channels.front();
    QVERIFY(jobs.group.whenGone == WhenGone::wait);
    QVERIFY(jobs.line == Line::lifo);
    QVERIFY(jobs.deliveryRate->refill == Refill::atOnce);
    QCOMPARE(jobs.retry->timeouts, std::optional<std::int64_t>(2));
    QVERIFY(jobs.retry->jitterKind == JitterKind::below && jobs.retry->jitter == 0.5);
    const ChannelSpec& plain = scenario->channels.back();
    QVERIFY(plain.group.whenGone == WhenGone::giveBack);
    QVERIFY(plain.line == Line::fifo);
    QVERIFY(plain.deliveryRate->refill == Refill::steady);
    QVERIFY(!plain.retry->timeouts);
}

void TestScenario::whoIsServedWhenAndHowMuchIsUnackedIsRead() {
    const auto scenario = loadScenario(R"({ "weir": "1", "channels": {
        "bus": { "kind": "topic", "copies": "inTurn", "mustBeHeard": "error" },
        "in": { "kind": "exchange", "type": "fanout", "copies": "atOnce", "mustBeHeard": "" },
        "jobs": { "kind": "queue", "unackedMax": 7 },
        "log": { "kind": "stream", "unackedMax": 8, "group": { "delivery": "shared" } },
        "plain": { "kind": "queue" } } })");
    QVERIFY2(scenario.ok(), scenario ? "" : scenario.error().front().text().c_str());
    const std::vector<ChannelSpec>& channels = scenario->channels;
    QVERIFY(channels[0].copyTiming == CopyTiming::inTurn && channels[0].mustBeHeard == "error");
    QVERIFY(channels[1].copyTiming == CopyTiming::atOnce && channels[1].mustBeHeard.empty());
    QCOMPARE(channels[2].unackedMax, std::optional<std::int64_t>(7));
    QCOMPARE(channels[3].unackedMax, std::optional<std::int64_t>(8));
    QVERIFY(!channels[4].unackedMax);
}

void TestScenario::whatAStreamKeepsAndHowItsGroupsReadIsRead() {
    const auto scenario = loadScenario(R"({ "weir": "1", "channels": { "log": { "kind": "stream", "keyHash": "fnv1a",
        "keylessBatch": "16KiB", "retain": { "bytes": "1MiB", "perSubject": 3, "whenFull": "refuse",
        "compact": { "dirty": 0.25, "tombstones": "1h" } }, "group": { "assignor": "cooperative-sticky",
        "rebalanceTakes": "3s", "sessionTimeout": "45s", "static": true, "maxPollInterval": "5min" }, "delayHolds": "append" } },
      "services": { "reader": { "handlers": [ { "on": "log", "from": "latest", "commit": { "interval": "5s" } } ] },
        "other": { "handlers": [ { "on": "log", "from": 42, "commit": { "every": 500, "interval": "1s" } } ] } },
      "faults": [ { "at": "1min", "seek": "log", "group": "reader", "to": "30s" } ] })");
    QVERIFY2(scenario.ok(), scenario ? "" : scenario.error().front().text().c_str());
    const ChannelSpec& log = scenario->channels.front();
    QVERIFY(log.keyHash == Partitioner::sarama);
    QVERIFY(log.keylessBatch->count == 16384 && log.retainBytes->count == 1048576);
    QVERIFY(*log.retainPerSubject == 3 && log.refuseWhenFull && log.delayHolds == DelayHolds::append);
    QVERIFY(log.compaction->dirty == 0.25 && log.compaction->tombstones == Duration{1h});
    const auto shared =
        loadScenario(R"({ "weir": "1", "channels": { "news": { "kind": "topic" }, "log": { "kind": "stream",
        "lateAcks": "accepted", "group": { "delivery": "keyShared", "whenGone": "resume" } } },
      "services": { "reader": { "handlers": [ { "on": "news", "from": "latest", "queue": { "kind": "stream",
        "partitions": 3, "group": { "delivery": "shared" }, "ackTimeout": "30s" } } ] } } })");
    QVERIFY2(shared.ok(), shared ? "" : shared.error().front().text().c_str());
    const auto named = [&](const char* name) {
        return *std::find_if(shared->channels.begin(), shared->channels.end(),
                             [&](const ChannelSpec& channel) { return channel.name == name; });
    };
    QVERIFY(!named("log").hasOwners());
    QVERIFY(named("log").group.delivery == GroupDelivery::keyShared);
    QVERIFY(named("log").dispatch == DispatchMode::keyShared);
    QVERIFY(named("log").group.whenGone == WhenGone::resume);
    QVERIFY(named("log").lateAcks == LateAcks::accepted);
    QVERIFY(named("news/reader").kind == ChannelKind::stream);
    QCOMPARE(named("news/reader").partitions, 3U);
    QVERIFY(named("news/reader").group.delivery == GroupDelivery::shared);
    QVERIFY(named("news/reader").ackTimeout == Duration{30s});
    const StreamGroupSpec group{.assignor = PartitionsBy::cooperativeSticky,
                                .rebalanceTakes = 3s,
                                .sessionTimeout = 45s,
                                .staticMembers = true,
                                .maxPollInterval = 5min};
    QVERIFY(log.group == group);
    const auto handlerOf = [&](std::size_t service) { return scenario->services.at(service).handlers.front(); };
    QVERIFY(handlerOf(0).from == ReadFromSpec{.where = ReadFromSpec::Where::latest});
    QVERIFY((handlerOf(0).commit == CommitSpec{.every = 0, .interval = 5s}));
    QVERIFY((handlerOf(1).from == ReadFromSpec{.where = ReadFromSpec::Where::offset, .offset = 42}));
    QVERIFY((handlerOf(1).commit == CommitSpec{.every = 500, .interval = 1s}));
    const FaultSpec& seek = scenario->faults.front();
    QVERIFY(seek.kind == FaultKind::seek);
    QCOMPARE(seek.channel, std::string("log"));
    QCOMPARE(seek.service, std::string("reader"));
    QVERIFY((seek.seek == ReadFromSpec{.where = ReadFromSpec::Where::time, .time = 30s}));
}

void TestScenario::actionsAreReadAsTheyAreWritten() {
    const ServiceSpec& shop = m_full.services.at(0);
    const auto& guarded = action<IfAction>(shop.sources.at(0).then, 0); // "when" is short for an if
    QCOMPARE(guarded.condition, std::string("TRUE"));
    const auto& emit = action<EmitAction>(*guarded.then, 0);
    QCOMPARE(emit.type, std::string("order.created"));
    QCOMPARE(emit.to, std::string("orders"));
    QCOMPARE(emit.routingKey, std::string("order.{count}"));
    QCOMPARE(emit.data->canonical(), std::string(R"({"a":1})"));
    QCOMPARE(emit.priority, 2);
    QVERIFY(emit.ttl == std::optional<Duration>(1min) && emit.delay == std::optional<Duration>(1s));
    QVERIFY(emit.timeout == std::optional<Duration>(2s));

    const Actions& then = shop.handlers.at(0).then;
    QCOMPARE(then.size(), std::size_t{8});
    const auto& reserve = action<ReserveAction>(then, 0);
    QCOMPARE(reserve.table, std::string("stock"));
    QCOMPARE(action<EmitAction>(*reserve.orElse, 0).type, std::string("order.failed"));
    QCOMPARE(action<ReleaseAction>(then, 1).items, std::string("data.items"));
    QVERIFY(*action<AddAction>(then, 2).by.number() == Decimal(25, 1));
    QVERIFY(action<FillAction>(then, 3).to.at("P1") == Decimal(100));
    const auto& set = action<SetAction>(then, 4);
    QCOMPARE(set.to, std::string("paid"));
    QVERIFY((set.from == std::vector<std::string>{"created", "late"}));
    const auto& choose = action<ChooseAction>(then, 5);
    QCOMPARE(choose.branches.at(0).weight, 3.0);
    QCOMPARE(choose.branches.at(1).weight, 1.0);
    QVERIFY(!choose.branches.at(1).then);
    const auto& condition = action<IfAction>(then, 6);
    QVERIFY((action<SetAction>(*condition.then, 0).from == std::vector<std::string>{"z"}));
    QVERIFY(condition.orElse->empty());
    QCOMPARE(action<EmitAction>(*action<IfAction>(then, 7).then, 0).priority, 255);
}

void TestScenario::whatIsLeftOutHasTheDefault() {
    const auto loaded = loadScenario(around("", "").toStdString());
    QVERIFY(loaded.ok());
    QCOMPARE(loaded->run.seed, std::uint64_t{1});
    QVERIFY(loaded->run.lasts == std::optional<Duration>(10min));
    const ChannelSpec& jobs = loaded->channels.at(3);
    QVERIFY(!jobs.capacity && !jobs.retry && !jobs.ackTimeout && jobs.deadLetter.empty());
    QVERIFY(jobs.overflow == Overflow::reject);
    const HandlerSpec& handler = loaded->services.at(1).handlers.at(0);
    QCOMPARE(handler.concurrency, 1u);
    QCOMPARE(handler.prefetch, 0u);
    QVERIFY(handler.ack == AckMode::manual);
    QCOMPARE(handler.takes.mean(), 0.0);
    QVERIFY(!loadScenario(around("run", R"("for": "end")").toStdString())->run.lasts);
    const auto retried = loadScenario(around("queue", R"(, "retry": {})").toStdString());
    QCOMPARE(*retried->channels.at(3).retry->max, std::int64_t{3});
    QVERIFY(retried->channels.at(3).retry->first == 1s);
}

void TestScenario::aHandlerOnATopicBringsAQueueAlong() {
    const auto& channels = m_full.channels;
    QCOMPARE(channels.size(), std::size_t{14});
    QCOMPARE(channels.at(10).name, std::string("orders/shop"));
    QVERIFY(channels.at(10).implicit && channels.at(10).kind == ChannelKind::queue);
    QCOMPARE(channels.at(10).bindings.at(0).to, std::string("orders"));
    QCOMPARE(channels.at(10).bindings.at(0).pattern, std::string("order.#"));
    QCOMPARE(*channels.at(10).capacity, std::int64_t{10});
    QVERIFY(channels.at(10).overflow == Overflow::block);
    QVERIFY(channels.at(10).retry->backoff == Backoff::fixed && channels.at(10).retry->first == 2s);
    QCOMPARE(channels.at(11).name, std::string("orders/shop#2")); // the second subscription of one service
    QCOMPARE(channels.at(11).bindings.at(0).pattern, std::string("#"));
    QCOMPARE(channels.at(12).name, std::string("everything/shop"));
    QCOMPARE(channels.at(13).bindings.at(0).pattern, std::string("urgent"));
    QCOMPARE(m_full.services.at(0).handlers.at(1).on, std::string("orders/shop"));
}

void TestScenario::commentsAreBlanksAndMarksInTextsAreNot() {
    const auto loaded =
        loadScenario("\xEF\xBB\xBF// 注释\n{ \"weir\": /* one */ \"1\", \"title\": \"http://a/*b*/ \\\" //\" } // end");
    QVERIFY(loaded.ok());
    QCOMPARE(loaded->title.en, std::string("http://a/*b*/ \" //"));
}

void TestScenario::theMistakesOfAFile_data() {
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("snippet");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char* name, const char* place, const char* snippet, const char* complaint) {
        QTest::newRow(name) << QByteArray(place) << QByteArray(snippet) << QString::fromUtf8(complaint);
    };
    // keys
    row("unknown key", "handler", R"(, "prefech": 3)",
        R"(/services/taker/handlers/0/prefech: needs a key of a handler (did you mean "prefetch"?), got "prefech")");
    row("unknown key far off", "run", R"("zzz": 3)",
        R"(/run/zzz: needs a key of a run (seed, for, warmup, latency, limits), got "zzz")");
    row("key of another kind", "topic", R"(, "capacity": 3)",
        R"(/channels/news/capacity: needs a key of a topic, got "capacity")");
    row("escaped pointer", "event", R"("a/b~c": 3)",
        R"(/events/made/a~1b~0c: needs a key of an event type (title, version, key, subject, dataSchema, size, data, schema, versions, compatibility), got "a/b~c")");
    row("wrong kind of value", "maker", R"(, "instances": "three")",
        R"(/services/maker/instances: needs a whole number from 1 to 10000, got "three")");
    row("null", "maker", R"(, "instances": null)",
        "/services/maker/instances: needs a whole number from 1 to 10000, got null");
    row("no table", "services", R"(, "third": [])", "/services/third: needs a table, a service, got []");
    // names
    row("empty name", "services", R"(, "": {})",
        R"(/services/: needs a name of 1 to 200 bytes without control characters, got "")");
    row("name taken", "services", R"(, "jobs": {})", R"(/services/jobs: needs a name that no channel has, got "jobs")");
    row("name of an own queue taken", "services", R"(, "news/s": {}, "s": { "handlers": [ { "on": "news" } ] })",
        R"(/services/s/handlers/0/on: needs its own queue, whose name is taken by another channel or service, got "news/s")");
    // run
    row("seed", "run", R"("seed": -1)", "/run/seed: needs a whole number from 0 to 9223372036854775807, got -1");
    row("run length", "run", R"("for": "0s")",
        R"(/run/for: needs a duration above 0 such as "10min", or "end" to run until nothing is left to do, got "0s")");
    row("warm-up", "run", R"("for": "1min", "warmup": "60s")",
        R"(/run/warmup: needs a duration shorter than the run, got "60s")");
    row("limits", "run", R"("limits": { "copies": 0 })",
        "/run/limits/copies: needs a whole number from 1 to 100000000, got 0");
    // references
    row("unknown event", "sources", R"(, { "emit": "mode", "to": "jobs", "arrivals": { "rate": "1/s" } })",
        R"(/services/maker/sources/1/emit: needs the name of an event type (did you mean "made"?), got "mode")");
    row("unknown channel", "handlers", R"(, { "on": "job" })",
        R"(/services/taker/handlers/1/on: needs the name of a channel (did you mean "jobs"?), got "job")");
    row("unknown dead letter", "queue", R"(, "deadLetter": "grave")",
        R"(/channels/jobs/deadLetter: needs the name of a channel (all, exact, jobs, log, news), got "grave")");
    row("binding to a queue", "stream", R"(, "bind": [ { "to": "jobs" } ])",
        R"(/channels/log/bind/0/to: needs the name of an exchange or topic (all, exact, news), got "jobs")");
    row("unknown service", "faults", R"({ "at": "1s", "crash": "taken" })",
        R"(/faults/0/crash: needs the name of a service (did you mean "taker"?), got "taken")");
    row("layout of nothing", "layout", R"("makers": [0, 0])",
        R"(/layout/makers: needs the name of a channel or service (did you mean "maker"?), got "makers")");
    row("group of nothing", "top", R"("groups": { "Work": ["job"] },)",
        R"(/groups/Work/0: needs the name of a channel or service (did you mean "jobs"?), got "job")");
    row("twice in groups", "top", R"("groups": { "Work": ["jobs", "taker"], "Play": ["taker"] },)",
        R"(/groups/Play/0: needs a node that is in no other group (it is in "Work"), got "taker")");
    row("group named as a node", "top", R"("groups": { "jobs": ["taker"] },)",
        R"(/groups/jobs: needs a name that no channel or service has, got "jobs")");
    row("position", "layout", R"("maker": [0])", "/layout/maker: needs a position [x, y], got [0]");
    row("ordered", "expect", R"({ "ordered": "news" })",
        R"(/expect/0/ordered: needs a subscription: the name of a queue, or of a service that reads a stream, got "news")");
    // routing
    row("pattern on a headers exchange", "channels",
        R"(, "x": { "kind": "exchange", "type": "headers" }, "q": { "kind": "queue", "bind": [ { "to": "x", "pattern": "a" } ] })",
        R"(/channels/q/bind/0/pattern: needs no pattern, since "x" is a headers exchange, got "a")");
    row("headers elsewhere", "channels",
        R"(, "x": { "kind": "topic" }, "q": { "kind": "queue", "bind": [ { "to": "x", "headers": {} } ] })",
        R"(/channels/q/bind/0/headers: needs "to" to name a headers exchange, got {})");
    row("x-match", "channels",
        R"(, "x": { "kind": "exchange", "type": "headers" }, "q": { "kind": "queue", "bind": [ { "to": "x", "headers": { "x-match": "some" } } ] })",
        R"(/channels/q/bind/0/headers/x-match: needs "all", "any", "all-with-x" or "any-with-x", got "some")");
    row("weight elsewhere", "channels",
        R"(, "x": { "kind": "topic" }, "q": { "kind": "queue", "bind": [ { "to": "x", "weight": 2 } ] })",
        R"(/channels/q/bind/0/weight: needs "to" to name an exchange of the type weighted or consistentHash, got 2)");
    row("in front where there is no order", "channels",
        R"(, "x": { "kind": "topic" }, "q": { "kind": "queue", "bind": [ { "to": "x", "prepend": true } ] })",
        R"(/channels/q/bind/0/prepend: needs "to" to name a topic of the order specific, whose listeners are called one by one, got true)");
    row("mqtt pattern", "channels",
        R"(, "x": { "kind": "topic", "dialect": "mqtt" }, "q": { "kind": "queue", "bind": [ { "to": "x", "pattern": "a#" } ] })",
        R"(/channels/q/bind/0/pattern: needs + and # alone at their level, got "a#")");
    row("dialect of a direct exchange", "channels",
        R"(, "x": { "kind": "exchange", "type": "direct", "dialect": "mqtt" })",
        R"(/channels/x/dialect: needs the type topic, whose patterns it is about, got "mqtt")");
    row("where over the run", "channels",
        R"(, "x": { "kind": "topic" }, "q": { "kind": "queue", "bind": [ { "to": "x", "where": "state('a', 'b') > 1" } ] })",
        R"(/channels/q/bind/0/where: needs an expression over the event alone, without metric() and state(), got "state('a', 'b') > 1")");
    row("event pattern", "channels",
        R"(, "x": { "kind": "topic" }, "q": { "kind": "queue", "bind": [ { "to": "x", "event": { "type": "a" } } ] })",
        R"(/channels/q/bind/0/event/type: needs a list of alternatives or a table, got "a")");
    row("least in flight of a stream", "channels",
        R"(, "x": { "kind": "exchange", "type": "leastInFlight" }, "s": { "kind": "stream", "bind": ["x"] })",
        R"(/channels/s/bind/0: needs to stand in a queue, whose copies "x" counts, got "x")");
    row("its own alternate", "channels", R"(, "x": { "kind": "topic", "alternate": "x" })",
        R"(/channels/x/alternate: needs the name of another exchange, got "x")");
    row("hash of nothing", "channels", R"(, "x": { "kind": "exchange", "type": "sticky", "hashOn": "header" })",
        R"(/channels/x/hashOn: needs id, type, source, subject, time, correlationid, causationid, partitionkey, version, or data with a path, got "header")");
    row("hash of what", "channels", R"(, "x": { "kind": "exchange", "type": "fanout", "hash": "crc32" })",
        R"(/channels/x/hash: needs the type consistentHash, got "crc32")");
    // channels
    row("no kind", "channels", R"(, "x": {})", R"(/channels/x: needs "kind", one of topic, exchange, queue, stream)");
    row("kind", "channels", R"(, "x": { "kind": "queu" })",
        R"(/channels/x/kind: needs one of topic, exchange, queue, stream (did you mean "queue"?), got "queu")");
    row("capacity", "queue", R"(, "capacity": -1)",
        "/channels/jobs/capacity: needs a whole number from 0 to 1000000000, got -1");
    row("overflow alone", "queue", R"(, "overflow": "block")",
        R"(/channels/jobs/overflow: needs "capacity" or "capacityBytes" beside it, since without one nothing overflows, got "block")");
    row("order of one", "queue", R"(, "dispatch": "failover", "order": "random")",
        R"(/channels/jobs/order: needs "dispatch": "shared", "keyShared" or "singleActive": else one consumer gets all, got "random")");
    row("key without dead letters", "queue", R"(, "deadLetterKey": "x")",
        R"(/channels/jobs/deadLetterKey: needs "deadLetter" beside it, whose routing key it is, got "x")");
    row("retries through a topic", "queue", R"(, "retry": { "through": "news" })",
        R"(/channels/jobs/retry/through: needs a queue, in which retries wait, got "news")");
    row("jitter of another kind", "queue", R"(, "retry": { "jitter": 0.5, "jitterKind": "full" })",
        R"(/channels/jobs/retry/jitter: needs "jitterKind": "proportional" or "below", whose share it is, got 0.5)");
    row("timeouts", "queue", R"(, "retry": { "timeouts": -1 })",
        "/channels/jobs/retry/timeouts: needs a whole number from 0 to 10000, got -1");
    row("the oldest of the newest", "queue", R"(, "capacity": 1, "overflow": "dropOldest", "line": "lifo")",
        R"(/channels/jobs/line: needs another "overflow": what is first in the line is the newest, not the oldest, got "lifo")");
    row("nothing unacked", "queue", R"(, "unackedMax": 0)",
        "/channels/jobs/unackedMax: needs a whole number from 1 to 1000000, got 0");
    row("a limit of a broadcast", "queue", R"(, "dispatch": "broadcast", "unackedMax": 5)",
        R"(/channels/jobs/unackedMax: needs another "dispatch": what is broadcast is not delivered again, got 5)");
    row("a limit of owners", "stream", R"(, "unackedMax": 5)",
        R"(/channels/log/unackedMax: needs a "group" with "delivery": "shared": the owner of a partition has one record at a time, got 5)");
    row("one in turn", "channels", R"(, "x": { "kind": "exchange", "type": "random", "copies": "inTurn" })",
        R"(/channels/x/copies: needs an exchange that does not pick one of its bindings, got "inTurn")");
    row("left to nobody in particular", "queue", R"(, "whenGone": "leave")",
        R"(/channels/jobs/whenGone: needs one of giveBack, wait, resume, forget, got "leave")");
    row("a timeout said twice", "queue", R"(, "retry": { "afterTimeout": "1s", "paces": "nacks" })",
        R"(/channels/jobs/retry/afterTimeout: needs neither "paces" nor "timeouts" beside it, by which what timed out comes back at once, got "1s")");
    row("priorities", "queue", R"(, "priorities": 256)",
        "/channels/jobs/priorities: needs a whole number from 0 to 255, got 256");
    row("ack timeout", "queue", R"(, "ackTimeout": "0s")",
        R"(/channels/jobs/ackTimeout: needs a duration above 0, got "0s")");
    row("partitions", "stream", R"(, "partitions": 0)",
        "/channels/log/partitions: needs a whole number from 1 to 10000, got 0");
    row("static without a session", "stream", R"(, "group": { "static": true })",
        R"(/channels/log/group/static: needs "sessionTimeout" beside it: a member is counted on for so long, got true)");
    row("no time from poll to poll", "stream", R"(, "group": { "maxPollInterval": "0s" })",
        R"(/channels/log/group/maxPollInterval: needs a duration above 0, got "0s")");
    row("polls of what is shared", "stream", R"(, "group": { "delivery": "shared", "maxPollInterval": "1s" })",
        R"(/channels/log/group/maxPollInterval: needs "delivery": "partitions": members that share the records own no partitions, got "1s")");
    row("an assignor of what is shared", "stream", R"(, "group": { "delivery": "shared", "assignor": "range" })",
        R"(/channels/log/group/assignor: needs "delivery": "partitions": members that share the records own no partitions, got "range")");
    row("what a lost member had of its partitions", "stream", R"(, "group": { "whenGone": "forget" })",
        R"(/channels/log/group/whenGone: needs "delivery": "shared": else a partition goes on behind what was committed, got "forget")");
    row("partitions of an own queue", "handlers", R"(, { "on": "news", "queue": { "partitions": 2 } })",
        R"(/services/taker/handlers/1/queue/partitions: needs "kind": "stream" beside it, got 2)");
    row("capacity of an own log", "handlers", R"(, { "on": "news", "queue": { "kind": "stream", "capacity": 2 } })",
        R"(/services/taker/handlers/1/queue/capacity: is not for a stream, see "kind", got 2)");
    row("an exchange of one's own", "handlers", R"(, { "on": "news", "queue": { "kind": "topic" } })",
        R"(/services/taker/handlers/1/queue/kind: needs "queue" or "stream", got "topic")");
    row("full without a limit", "stream", R"(, "retain": { "whenFull": "refuse" })",
        "/channels/log/retain/whenFull: needs \"count\" or \"bytes\" beside it, since without one it is never full, "
        "got "
        "\"refuse\"");
    row("acked and compacted", "stream", R"(, "retain": { "until": "acked", "compact": true })",
        R"(/channels/log/retain/until: needs a stream that is not compacted: what is acked goes, whatever its key, got "acked")");
    row("offsets of a queue", "handler", R"(, "from": "latest")",
        R"(/services/taker/handlers/0/from: needs "on" to name a stream; here it is a queue, which has no offsets, got "latest")");
    row("commit on delivery", "handlers", R"(, { "on": "log", "ack": "automatic", "commit": { "every": 2 } })",
        "/services/taker/handlers/1/commit: needs an ack after the work: what is acked on delivery is committed then, "
        "got "
        "{\"every\":2}");
    row("commit of nothing", "handlers", R"(, { "on": "log", "commit": {} })",
        R"(/services/taker/handlers/1/commit: needs "every", a number of records, or "interval", a duration, or both, got {})");
    row("from nowhere", "handlers", R"(, { "on": "log", "from": "somewhere" })",
        "/services/taker/handlers/1/from: needs \"earliest\", \"latest\", an offset such as 42, or a time of the run "
        "such "
        "as \"30s\", got \"somewhere\"");
    row("one group, two beginnings", "handlers", R"(, { "on": "log" }, { "on": "log", "from": "latest" })",
        "/services/taker/handlers/2: needs the \"from\", \"commit\" and \"isolation\" of the handler before it: both "
        "are of one group, got "
        "{\"on\":\"log\",\"from\":\"latest\"}");
    row("seek in a queue", "faults", R"({ "at": "1s", "seek": "jobs", "to": "earliest" })",
        R"(/faults/0/seek: needs the name of a stream, got "jobs")");
    row("seek of who does not read", "faults", R"({ "at": "1s", "seek": "log", "group": "maker", "to": 0 })",
        R"(/faults/0/group: needs the name of a service that reads the stream, got "maker")");
    row("seek to nowhere", "faults", R"({ "at": "1s", "seek": "log" })",
        R"(/faults/0: needs "to", where the group goes on: "earliest", "latest", an offset or a time)");
    row("half a partition", "stream", R"(, "partitions": 1.5)",
        "/channels/log/partitions: needs a whole number from 1 to 10000, got 1.5");
    row("retries", "queue", R"(, "retry": { "max": "always" })",
        R"(/channels/jobs/retry/max: needs a whole number from 0 to 10000, or "unbounded", got "always")");
    row("jitter", "queue", R"(, "retry": { "jitter": 1.5 })",
        "/channels/jobs/retry/jitter: needs a number from 0 to 1, got 1.5");
    row("steps missing", "queue", R"(, "retry": { "backoff": "explicit" })",
        R"(/channels/jobs/retry: needs "steps", a list of durations)");
    row("idle factor", "queue", R"(, "retry": { "backoff": "fixed", "factor": 2 })",
        R"(/channels/jobs/retry/factor: needs "backoff": "exponential", whose factor it is, got 2)");
    row("direct without a key", "queue", R"(, "bind": ["exact"])",
        R"(/channels/jobs/bind/0: needs "pattern", the routing key, since "exact" is a direct exchange)");
    row("fan-out with a pattern", "queue", R"(, "bind": [ { "to": "all", "pattern": "a" } ])",
        R"(/channels/jobs/bind/0/pattern: needs no pattern, since "all" is a fan-out exchange, got "a")");
    row("pattern on a queue", "handler", R"(, "pattern": "a")",
        R"(/services/taker/handlers/0/pattern: needs "on" to name a topic or exchange; here it is a queue with settings of its own, got "a")");
    // services
    row("probability", "handler", R"(, "fails": 1.5)",
        "/services/taker/handlers/0/fails: needs a number from 0 to 1, got 1.5");
    row("certain failure", "handler", R"(, "fails": { "how": "nack" })",
        R"(/services/taker/handlers/0/fails: needs at least one of probability, when, every, attempts, got {"how":"nack"})");
    row("state", "maker", R"(, "state": { "stock": { "a": true } })",
        "/services/maker/state/stock/a: needs a number (a quantity) or a text (a status), got true");
    row("source without arrivals", "sources", R"(, { "emit": "made", "to": "jobs" })",
        R"(/services/maker/sources/1: needs "arrivals", which say when it emits, such as {"poisson": "20/s"})");
    row("source without an emit", "sources", R"(, { "arrivals": { "rate": "1/s" } })",
        R"(/services/maker/sources/1: needs either "emit" and "to", or "then" with actions)");
    row("instance", "faults", R"({ "at": "1s", "crash": "maker", "instance": 1 })",
        "/faults/0/instance: needs a whole number from 0 to 0, got 1");
    row("no fault", "faults", R"({ "at": "1s" })",
        R"(/faults/0: needs a fault: a table with "at" and one of crash, pause, slow, rate, drop, duplicate, poison, redrive, purge, seek, replay, partition, delay, reorder, lose, clockSkew, nodeDown, powerOff, diskFull, slowDisk, rollingRestart, got {"at":"1s"})");
    row("no expectation", "expect", R"({ "title": "a" })",
        R"(/expect/0: needs an expectation: a table with ledger, that, always or ordered, got {"title":"a"})");
    // actions
    row("no action", "handler", R"(, "then": { "emti": "made", "to": "jobs" })",
        R"(/services/taker/handlers/0/then: needs an action: a table with emit, reserve, release, add, fill, set, choose or if (did you mean "emit"?), got {"emti":"made","to":"jobs"})");
    row("emit to nowhere", "handler", R"(, "then": [ { "emit": "made" } ])",
        R"(/services/taker/handlers/0/then/0: needs "to", the channel that it publishes to)");
    row("priority", "handler", R"(, "then": [ { "emit": "made", "to": "jobs", "priority": 256 } ])",
        "/services/taker/handlers/0/then/0/priority: needs a whole number from 0 to 255, got 256");
    row("weights", "handler", R"(, "then": [ { "choose": [ { "weight": 0 } ] } ])",
        R"(/services/taker/handlers/0/then/0/choose: needs a branch with a weight above 0, got [{"weight":0}])");
    row("add what", "handler", R"(, "then": [ { "add": "t", "key": "a", "by": "much" } ])",
        R"(/services/taker/handlers/0/then/0/by: needs a number or a template of one, got "much")");
    row("items", "handler", R"(, "then": [ { "reserve": "t", "items": "id" } ])",
        R"(/services/taker/handlers/0/then/0/items: needs the path of a list such as "data.items", got "id")");
    row("else inside", "handler", R"(, "then": [ { "reserve": "t", "else": { "if": "TRUE" } } ])",
        R"(/services/taker/handlers/0/then/0/else: needs "then", actions)");
    // texts with a grammar
    row("expression", "handler", R"(, "filter": "a = ")",
        R"(/services/taker/handlers/0/filter: needs a value, a name or '(' (column 5), got "a = ")");
    row("function", "handler", R"(, "filter": "FOO(1) = 1")",
        R"(/services/taker/handlers/0/filter: needs a function that exists (column 1), got "FOO(1) = 1")");
    row("path", "event", R"("key": "data..a")",
        R"(/events/made/key: needs a path such as "data.items[0].price" or "data['order-id']", got "data..a")");
    row("template", "event", R"("data": { "a": [ "{cuont}" ] })",
        R"(/events/made/data/a/0: needs count, ordinal, id, now, uuid, reason, event.<attribute>, event.data.<path> or data.<path>, got "cuont")");
    row("generator", "event", R"("data": { "$integer": [5, 1] })",
        R"(/events/made/data/$integer: needs [low, high] with low not above high, got [5,1])");
    // quantities
    row("duration", "handler", R"(, "takes": "fast")",
        R"(/services/taker/handlers/0/takes: needs a duration such as "20ms", "1.5s" or "10min", got "fast")");
    row("no unit", "handler", R"(, "takes": 20)",
        R"(/services/taker/handlers/0/takes: needs a duration such as "20ms", "1.5s" or "10min", got 20)");
    row("two distributions", "handler", R"(, "takes": { "exponential": "1s", "constant": "1s" })",
        R"(/services/taker/handlers/0/takes: needs exactly one kind of distribution, got {"exponential":"1s","constant":"1s"})");
    row("lognormal without a solution", "handler", R"(, "takes": { "lognormal": { "mean": "20ms", "p99": "300ms" } })",
        R"(/services/taker/handlers/0/takes/lognormal/p99: must be at most 14.968488362247662 times the mean, above which no lognormal distribution has both, got "300ms")");
    row("lognormal's figures", "handler", R"(, "takes": { "lognormal": { "mean": "20ms" } })",
        R"(/services/taker/handlers/0/takes/lognormal: needs two of a lognormal's figures: "mean" and "sd", or "mean" or "median" and one of "p90", "p95", "p99", "p999", got {"mean":"20ms"})");
    row("upside down", "handler", R"(, "takes": { "uniform": { "low": "2s", "high": "1s" } })",
        R"(/services/taker/handlers/0/takes/uniform/high: must be a finite number, not below "low", got "1s")");
    row("probabilities", "handler", R"(, "takes": { "hyperexponential": [ { "probability": 0.5, "mean": "1s" } ] })",
        R"(/services/taker/handlers/0/takes/hyperexponential: must have probabilities that add up to 1, got [{"probability":0.5,"mean":"1s"}])");
    row("no mean", "handler", R"(, "takes": { "pareto": { "shape": 1, "mean": "1s" } })",
        R"(/services/taker/handlers/0/takes/pareto/shape: must be above 1 where a mean is given, since a smaller shape has none, got 1)");
    row("rate", "sources", R"(, { "then": [], "arrivals": { "poisson": 20 } })",
        R"(/services/maker/sources/1/arrivals/poisson: needs a rate such as "20/s" or "90/min", got 20)");
    row("two arrivals", "sources", R"(, { "then": [], "arrivals": { "rate": "1/s", "every": "1s" } })",
        R"(/services/maker/sources/1/arrivals: needs exactly one of every, rate, poisson, gaps, bursts, schedule, users, times, saturated, got {"rate":"1/s","every":"1s"})");
    row("schedule backwards", "sources",
        R"(, { "then": [], "arrivals": { "schedule": [ { "at": "2s", "rate": "1/s" }, { "at": "1s", "rate": "1/s" } ] } })",
        R"(/services/maker/sources/1/arrivals/schedule/1/at: must not be before the point before it, got "1s")");
    row("until before from", "sources",
        R"(, { "then": [], "arrivals": { "rate": "1/s", "from": "2s", "until": "1s" } })",
        R"(/services/maker/sources/1/arrivals/until: must be after "from", got "1s")");
    row("thinking alone", "sources", R"(, { "then": [], "arrivals": { "rate": "1/s", "think": "2s" } })",
        R"(/services/maker/sources/1/arrivals/think: needs "users", whose thinking time it is, got "2s")");
}

void TestScenario::theMistakesOfAFile() {
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, snippet);
    QFETCH(QString, complaint);
    QCOMPARE(complaintsOf(around(place, snippet)), complaint);
}

void TestScenario::manyMistakesAreSaidAtOnceAndBounded() {
    QCOMPARE(complaintsOf(R"({ "weir": "2", "run": { "seed": "x" }, "groups": [], "expect": {} })"),
             QString("/weir: needs \"1\", the version of the format, got \"2\"\n"
                     "/run/seed: needs a whole number from 0 to 9223372036854775807, got \"x\"\n"
                     "/expect: needs a list of expectations, got {}\n"
                     "/groups: needs a table, of groups by name, got []"));
    QByteArray many = R"({ "weir": "1", "channels": {)";
    for (int i = 0; i < 60; ++i)
        many += (i ? "," : "") + QByteArray("\"c") + QByteArray::number(i) + "\": {}";
    const QStringList lines = complaintsOf(many + "}}").split('\n');
    QCOMPARE(lines.size(), 51);
    QCOMPARE(lines.last(), QString("has 10 more errors"));
}

// Not one more for each reference to what should stand in it.
void TestScenario::aBrokenTableIsOneError() {
    const auto broken = [](const char* channels, const char* services) {
        return complaintsOf(QByteArray(R"({ "weir": "1", "events": { "made": {} }, "channels": )") + channels +
                            R"(, "services": )" + services + R"(, "faults": [ { "at": "1s", "crash": "taker" } ],
                            "groups": { "all": [ "jobs", "taker" ] }, "layout": { "jobs": [1, 2] } })");
    };
    const char* const taker = R"({ "taker": { "handlers": [ { "on": "jobs", "then": { "emit": "made", "to": "jobs" } } ] } })";
    QCOMPARE(broken(R"({ "jobs": { "kind": "queue" } })", taker), QString());
    QCOMPARE(broken("[]", taker), QString("/channels: needs a table, of channels by name, got []"));
    QCOMPARE(broken(R"({ "jobs": { "kind": "queue" } })", "3"),
             QString("/services: needs a table, of services by name, got 3"));
    QCOMPARE(broken("1", "2"), QString("/channels: needs a table, of channels by name, got 1\n"
                                       "/services: needs a table, of services by name, got 2"));
}

void TestScenario::aRunIsBoundedBeforeItBegins() {
    QCOMPARE(complaintsOf(R"({ "weir": "1", "channels": { "big": { "kind": "stream", "partitions": 10000 } },
                 "services": { "huge": { "instances": 10000, "handlers": [ { "on": "big" } ] } } })"),
             QString("needs at most 1000000 places (instances and partitions, over all handlers), got 100040004"));
}

void TestScenario::whatIsNoJsonIsSaidWithLineAndColumn_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::newRow("empty") << QByteArray() << "1:1";
    QTest::newRow("after a comment") << QByteArray("{ /* 注释 */ 1 }") << "1:12";
    QTest::newRow("second line") << QByteArray("{\n  \"weir\": tru\n}") << "2:11";
    QTest::newRow("key twice") << QByteArray("{ \"weir\": \"1\",\n \"weir\": \"1\" }") << "2:2";
    QTest::newRow("comment without an end") << QByteArray("{}\n /* x") << "2:2";
}

void TestScenario::whatIsNoJsonIsSaidWithLineAndColumn() {
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    const auto loaded = loadScenario(text.toStdString());
    QVERIFY(!loaded.ok());
    QCOMPARE(loaded.error().size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(loaded.error().front().where), where);
}

void TestScenario::filesThatCannotBeReadAreSaid() {
    QCOMPARE(loadScenarioFile("/there/is/no/such.json").error().front().text(),
             std::string("needs a file that can be read, got No such file or directory"));
    QCOMPARE(loadScenarioFile("/").error().front().text(), std::string("needs a file, got a folder"));
}

void TestScenario::whatLoadsCompiles() {
    QStringList paths{"tests/data/scenario/full.json"};
    for (const QString& name : QDir(WEIR_SOURCE_DIR "/scenarios").entryList({"*.json"}, QDir::Files))
        paths.append("scenarios/" + name);
    QVERIFY(paths.size() >= 5);
    for (const QString& path : paths) {
        const auto loaded = loadScenario(contentOf(path));
        QVERIFY2(loaded.ok(), qPrintable(path));
        const auto model = Model::compile(*loaded);
        QVERIFY2(model.ok(), model.ok() ? "" : qPrintable(path + ": " + model.error().front().text().c_str()));
    }
}

QTEST_APPLESS_MAIN(TestScenario)
#include "tst_scenario.moc"
