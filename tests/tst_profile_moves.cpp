// The same workload on another broker: what becomes of its queues, streams, faults and expectations there, and that it
// is never refused.
#include "core/broker/pattern.h"
#include "core/json_pointer.h"
#include "core/scenario/check.h"
#include "core/scenario/load.h"
#include "core/scenario/profile.h"
#include "core/scenario/profiled_document.h"
#include "tests/profile_workload.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace weir;

namespace {

// A log that two services read, and what asks for them.
constexpr const char* logged = R"({
  "weir": "1",
  "events": { "e": { "key": "data.k", "data": { "k": "{count}" } } },
  "channels": {
    "in": { "kind": "topic" },
    "log": { "kind": "stream", "bind": [{ "to": "in" }], "partitions": 4, "retain": { "for": "1h" },
             "group": { "assignor": "sticky", "sessionTimeout": "10s" }, "ackTimeout": "5s", "deadLetter": "dead",
             "retry": { "max": 2, "backoff": "fixed", "first": "1s" } },
    "dead": { "kind": "queue" }
  },
  "services": {
    "shop": { "sources": [{ "emit": "e", "to": "in", "arrivals": { "every": "10ms", "count": 40 } }] },
    "alarm": { "instances": 2, "handlers": [{ "on": "log", "commit": { "every": 5 }, "from": "earliest" }] },
    "history": { "handlers": [{ "on": "log" }] }
  },
  "faults": [
    { "at": "1s", "seek": "log", "group": "alarm", "to": "earliest" },
    { "at": "2s", "purge": "dead" },
    { "at": "2h", "crash": "shop", "for": "1s" }
  ],
  "run": { "for": "1h" },
  "expect": [
    { "ordered": "history" },
    { "that": "metric('subscription', 'alarm', 'lag') < 5 AND metric('subscription', 'history', 'acked') = 40" }
  ],
  "breakpoints": [{ "metric": "metric('subscription', 'history', 'lag') > 3" },
                  { "metric": "1 < metric('channel', 'log', 'lag') AND metric('channel', 'log', 'published') > 5" }]
})";

// The table or list with one member less, for each that stands anywhere in it.
std::vector<Value> withoutOneMember(const Value& value) {
    std::vector<Value> all;
    if (const Value::Table* table = value.table())
        for (std::size_t i = 0; i < table->size(); ++i) {
            Value::Table less = *table;
            less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
            all.emplace_back(std::move(less));
            for (Value& thinner : withoutOneMember((*table)[i].second)) {
                Value::Table inside = *table;
                inside[i].second = std::move(thinner);
                all.emplace_back(std::move(inside));
            }
        }
    if (const Value::List* list = value.list())
        for (std::size_t i = 0; i < list->size(); ++i)
            for (Value& thinner : withoutOneMember((*list)[i])) {
                Value::List inside = *list;
                inside[i] = std::move(thinner);
                all.emplace_back(std::move(inside));
            }
    return all;
}

} // namespace

class TestProfileMoves : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyScenarioRunsOnEveryProfile_data();
    void everyScenarioRunsOnEveryProfile();
    void whatLoadsByItselfLoadsOnEveryProfile_data();
    void whatLoadsByItselfLoadsOnEveryProfile();
    void aStreamWithoutALogIsAFanOutWithAQueueForEachReader();
    void whatAStreamSaysOfDeliveriesIsSaidOfTheQueuesOfItsReaders();
    void whatAsksForAGroupAsksForItsQueueWhereThereIsNoLog();
    void aFaultThatASystemKnowsNothingOfIsLeftOutAndTheOthersKeepTheirNumbers();
    void aDelayThatASystemHasNotIsLeftOutAndSaid();
    void aWillFollowsTheProfileLikeEveryPublish();
    void aSharedGroupHasNoAssignorAndStaysShared();
    void orderOnAQueueThatBecomesAStreamIsOrderForItsReader();
    void aHandlersOwnQueueIsALogWhereQueuesAreLogs();
    void patternsKeepTheLanguageThatTheyWereWrittenIn();
    void theSameWorkloadOnAnotherBrokerForgetsTheFilesOwnProfiles();
};

void TestProfileMoves::everyScenarioRunsOnEveryProfile_data() {
    QTest::addColumn<QString>("path");
    for (const char* const folder : {"/scenarios", "/tests/data/scenario"}) {
        const QDir files(QStringLiteral(WEIR_SOURCE_DIR) + QLatin1String(folder), QStringLiteral("*.json"));
        QVERIFY(files.count() > 0);
        for (const QString& file : files.entryList())
            QTest::newRow(qPrintable(file)) << files.filePath(file);
    }
}

// "The same workload on another broker": what that one has nothing like is left out and said, and never an error.
void TestProfileMoves::everyScenarioRunsOnEveryProfile() {
    QFETCH(const QString, path);
    const auto own = loadScenarioFile(path.toStdString());
    QVERIFY2(own.ok(), errorsOf(own).c_str());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Result<Value> content = readDocument(file.readAll().toStdString());
    QVERIFY(content.ok());
    // That a group of Kafka's has to read all that a queue divided, and falls behind, is the system's own doing.
    const auto isWrong = [](const Finding& finding) {
        return finding.severity == Severity::error && finding.code != "overload";
    };
    const std::vector<Finding> before = check(*own);
    const auto wrong = std::count_if(before.begin(), before.end(), isWrong);
    for (const std::string_view name : Profile::names()) {
        const auto scenario = readScenario(onProfile(*content, name), QFileInfo(path).absolutePath().toStdString());
        QVERIFY2(scenario.ok(), (std::string(name) + ": " + errorsOf(scenario)).c_str());
        const std::vector<Finding> findings = check(*scenario);
        for (const Finding& finding : findings)
            if (isWrong(finding) && wrong == 0)
                QFAIL((std::string(name) + ": " + finding.where + ": " + finding.text).c_str());
        std::set<std::string> places;
        for (const Finding& finding : findings)
            if (finding.code == "profileLeavesOut") {
                QVERIFY2(places.insert(finding.where).second, (std::string(name) + finding.where).c_str());
                QVERIFY2(valueAt(*content, finding.where), (std::string(name) + finding.where).c_str());
            }
        QCOMPARE(places.size(), scenario->leftOut.size());
    }
}

void TestProfileMoves::whatLoadsByItselfLoadsOnEveryProfile_data() {
    QTest::addColumn<QString>("path");
    for (const char* const file : {"/tests/data/scenario/full.json", "/tests/data/scenario/routing.json",
                                   "/scenarios/consumer_groups.json", "/scenarios/outbox.json"})
        QTest::newRow(file) << QString(QStringLiteral(WEIR_SOURCE_DIR) + QLatin1String(file));
}

// A field that is left out may be what another one leans on: with each single field of a file gone.
void TestProfileMoves::whatLoadsByItselfLoadsOnEveryProfile() {
    QFETCH(const QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Result<Value> content = readDocument(file.readAll().toStdString());
    QVERIFY(content.ok());
    const std::string folder = QFileInfo(path).absolutePath().toStdString();
    std::vector<Value> variants;
    for (const char* const section : {"channels", "services"})
        for (Value& thinner : withoutOneMember(*content->member(section)))
            variants.push_back(*withValueAt(*content, std::string("/") + section, thinner));
    std::size_t loaded = 0;
    for (const Value& variant : variants) {
        if (!readScenario(variant, folder))
            continue;
        ++loaded;
        for (const std::string_view name : Profile::names()) {
            const auto scenario = readScenario(onProfile(variant, name), folder);
            QVERIFY2(scenario.ok(),
                     (std::string(name) + ": " + errorsOf(scenario) + variant.canonical().substr(0, 2000)).c_str());
        }
    }
    QVERIFY(loaded > 20);
}

void TestProfileMoves::aStreamWithoutALogIsAFanOutWithAQueueForEachReader() {
    for (const std::string_view name : Profile::names()) {
        if (Profile::named(name)->kindFor("stream") == "stream")
            continue;
        const auto scenario = readScenario(onProfile(document(logged), name));
        QVERIFY2(scenario.ok(), (std::string(name) + errorsOf(scenario)).c_str());
        std::map<std::string, const ChannelSpec*> channels;
        for (const ChannelSpec& channel : scenario->channels)
            channels[channel.name] = &channel;
        QCOMPARE(channels.size(), std::size_t{5});
        QVERIFY(channels["log"]->kind == ChannelKind::exchange);
        QVERIFY(channels["log"]->exchangeType == ExchangeType::fanout);
        QCOMPARE(channels["log"]->bindings.front().to, std::string("in"));
        for (const char* const reader : {"log/alarm", "log/history"}) {
            QVERIFY2(channels[reader] && channels[reader]->kind == ChannelKind::queue, reader);
            QCOMPARE(channels[reader]->bindings.front().to, std::string("log"));
        }
        std::set<std::string> places;
        for (const LeftOut& left : scenario->leftOut)
            places.insert(left.where);
        for (const char* const lost :
             {"/channels/log/kind", "/channels/log/partitions", "/channels/log/retain", "/channels/log/group",
              "/services/alarm/handlers/0/commit", "/services/alarm/handlers/0/from", "/faults/0/seek"})
            QVERIFY2(places.contains(lost), (std::string(name) + lost).c_str());
    }
}

void TestProfileMoves::whatAStreamSaysOfDeliveriesIsSaidOfTheQueuesOfItsReaders() {
    const auto scenario = readScenario(onProfile(document(logged), "rabbitmq-quorum"));
    QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
    for (const ChannelSpec& channel : scenario->channels)
        if (channel.implicit) {
            QCOMPARE(channel.ackTimeout, std::optional<Duration>(5s));
            QCOMPARE(channel.deadLetter, std::string("dead"));
            QCOMPARE(channel.retry->max, std::optional<std::int64_t>(2));
            QVERIFY(channel.requeueTo == RequeueTo::returnedIfLimited); // the profile's
            QVERIFY(channel.commitRule == CommitRule::majority);
        }
}

void TestProfileMoves::whatAsksForAGroupAsksForItsQueueWhereThereIsNoLog() {
    const auto scenario = readScenario(onProfile(document(logged), "rabbitmq-classic"));
    QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
    QCOMPARE(scenario->expect.at(0).expression, std::string("log/history"));
    QCOMPARE(scenario->expect.at(1).expression,
             std::string("metric('subscription', 'log/alarm', 'depth') < 5 AND metric('subscription', "
                         "'log/history', 'acked') = 40"));
    QCOMPARE(scenario->breakpoints.front().text, std::string("metric('subscription', 'log/history', 'depth') > 3"));
    QCOMPARE(
        scenario->breakpoints.back().text, // the stream's figures are those of all its readers
        std::string("1 < (metric('channel', 'log/alarm', 'depth') + metric('channel', 'log/history', 'depth')) AND "
                    "metric('channel', 'log', 'published') > 5"));
    for (const Finding& finding : check(*scenario))
        QVERIFY2(finding.code != "unknownName", finding.text.c_str());
    const auto kept = readScenario(onProfile(document(logged), "kafka"));
    QVERIFY2(kept.ok(), errorsOf(kept).c_str());
    QCOMPARE(kept->expect.at(0).expression, std::string("history"));
    QVERIFY(kept->expect.at(1).expression.find("'alarm', 'lag'") != std::string::npos);
}

void TestProfileMoves::aFaultThatASystemKnowsNothingOfIsLeftOutAndTheOthersKeepTheirNumbers() {
    const auto faultsOn = [](const char* profile) {
        const auto scenario = readScenario(onProfile(document(logged), profile));
        std::string text;
        for (const FaultSpec& fault : scenario->faults)
            text += fault.target() + ' ';
        for (const Finding& finding : check(*scenario))
            if (finding.code == "lateFault" ||
                (finding.code == "profileLeavesOut" && finding.where.starts_with("/faults")))
                text += finding.code + finding.where + ' ';
        return text;
    };
    QCOMPARE(faultsOn("pulsar"), std::string("log dead shop lateFault/faults/2 "));
    QCOMPARE(faultsOn("mqtt"), std::string("dead shop profileLeavesOut/faults/0/seek lateFault/faults/2 "));
    QCOMPARE(faultsOn("kafka"), std::string("log shop profileLeavesOut/faults/1/purge lateFault/faults/2 "));
}

void TestProfileMoves::aDelayThatASystemHasNotIsLeftOutAndSaid() {
    const auto leftOut = [](const char* profile, const char* to) {
        const Value emit = document((R"({ "emit": "order.created", "to": ")" + std::string(to) +
                                     R"(", "delay": "1s", "delayLevel": 3, "arrivals": { "every": "1s" } })")
                                        .c_str());
        const Value given = *withValueAt(document(workload), "/services/shop/sources/0", emit);
        std::string fields;
        for (const LeftOut& left : withProfiles(onProfile(given, profile)).leftOut)
            if (left.where.starts_with("/services"))
                fields += left.field + ' ';
        return fields;
    };
    for (const char* const to : {"log", "work"}) {
        QCOMPARE(leftOut("pulsar", to), std::string("delayLevel "));
        QCOMPARE(leftOut("rocketmq", to), std::string("delay ")); // 4.x has nothing but levels
        QCOMPARE(leftOut("kafka", to), std::string("delay delayLevel "));
    }
}

void TestProfileMoves::aWillFollowsTheProfileLikeEveryPublish() {
    const Value given =
        *withValueAt(document(workload), "/services/shop/will",
                     document(R"({ "emit": "order.created", "to": "work", "priority": 3 })"), Absent::added);
    const auto scenario = readScenario(onProfile(given, "kafka"));
    QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
    QCOMPARE(scenario->leftOut.size(), std::size_t{1});
    QCOMPARE(scenario->leftOut.front().where, std::string("/services/shop/will/priority"));
}

void TestProfileMoves::aSharedGroupHasNoAssignorAndStaysShared() {
    for (const char* const profile : {"nats-jetstream", "redis-streams", "pulsar", "rocketmq", "eventmesh"}) {
        const auto scenario = readScenario(onProfile(document(logged), profile));
        QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
        for (const ChannelSpec& channel : scenario->channels)
            if (channel.name == "log")
                QVERIFY2(!channel.hasOwners() && channel.group.assignor == PartitionsBy::turn, profile);
        QVERIFY2(std::any_of(scenario->leftOut.begin(), scenario->leftOut.end(),
                             [](const LeftOut& left) { return left.where == "/channels/log/group/assignor"; }),
                 profile);
    }
}

void TestProfileMoves::orderOnAQueueThatBecomesAStreamIsOrderForItsReader() {
    const Value ordered =
        *withValueAt(document(workload), "/expect", document(R"([{"ordered": "work"}])"), Absent::added);
    const Result<Scenario, Errors> queue = readScenario(onProfile(ordered, "rabbitmq-classic"));
    QVERIFY(queue.ok());
    QCOMPARE(queue->expect.front().expression, std::string("work"));
    const Result<Scenario, Errors> stream = readScenario(onProfile(ordered, "kafka"));
    QVERIFY2(stream.ok(), errorsOf(stream).c_str());
    QCOMPARE(stream->expect.front().expression, std::string("worker"));
}

void TestProfileMoves::aHandlersOwnQueueIsALogWhereQueuesAreLogs() {
    Value given = *withValueAt(document(workload), "/services/reader/handlers/1/queue",
                               document(R"({"capacity": 10, "retry": {"max": 1}})"), Absent::added);
    given = *withValueAt(given, "/expect", document(R"([{"ordered": "orders/reader"}])"), Absent::added);
    const auto own = [](const Scenario& scenario) {
        return *std::find_if(scenario.channels.begin(), scenario.channels.end(),
                             [](const ChannelSpec& channel) { return channel.name == "orders/reader"; });
    };
    const Result<Scenario, Errors> queue = readScenario(onProfile(given, "rabbitmq-classic"));
    QVERIFY2(queue.ok(), errorsOf(queue).c_str());
    QVERIFY(own(*queue).kind == ChannelKind::queue);
    QCOMPARE(own(*queue).capacity, std::optional<std::int64_t>(10));
    QCOMPARE(queue->expect.front().expression, std::string("orders/reader"));
    const Result<Scenario, Errors> log = readScenario(onProfile(given, "kafka"));
    QVERIFY2(log.ok(), errorsOf(log).c_str());
    QVERIFY(own(*log).hasOwners());
    QVERIFY(own(*log).implicit);
    QCOMPARE(own(*log).partitions, 6U);
    QVERIFY(own(*log).group.assignor == PartitionsBy::range);
    QCOMPARE(own(*log).retry->max, std::optional<std::int64_t>(1));
    QVERIFY(!own(*log).capacity);
    QCOMPARE(log->leftOut.size(), std::size_t{1});
    QCOMPARE(log->leftOut.front().where, std::string("/services/reader/handlers/1/queue/capacity"));
    QCOMPARE(log->expect.front().expression, std::string("reader"));
}

// order.* would be a topic of that name to MQTT, and site/+/alarm a word to RabbitMQ.
void TestProfileMoves::patternsKeepTheLanguageThatTheyWereWrittenIn() {
    const auto on = [](const char* top, const std::string& exchange, std::string_view profile) {
        const Value given = document((R"({"weir": "1", )" + std::string(top) + R"("channels": {"in": {)" + exchange +
                                      R"(}, "q": {"kind": "queue", "bind": [{"to": "in", "pattern": "a/b.*"}]}}})")
                                         .c_str());
        const auto scenario = readScenario(onProfile(given, profile));
        return scenario ? toText(scenario->channels.front().dialect) : errorsOf(scenario);
    };
    for (const std::string_view name : Profile::names())
        for (const std::string kind : {R"("kind": "topic")", R"("kind": "exchange", "type": "topic")"}) {
            QCOMPARE(on("", kind, name), std::string("rabbitmq-topic"));
            QCOMPARE(on(R"("profile": "mqtt",)", kind, name), std::string("mqtt"));
            QCOMPARE(on(R"("profile": "mqtt",)", kind + R"(, "profile": "nats-core")", name), std::string("nats"));
            QCOMPARE(on(R"("profile": "mqtt",)", kind + R"(, "dialect": "redis-glob")", name),
                     std::string("redis-glob"));
        }
    const Value direct = document(R"({"weir": "1", "channels": {"in": {"kind": "exchange", "type": "direct"}}})");
    QVERIFY(!valueAt(onProfile(direct, "mqtt"), "/channels/in/dialect"));
    QVERIFY(readScenario(onProfile(direct, "mqtt")).ok());
}

void TestProfileMoves::theSameWorkloadOnAnotherBrokerForgetsTheFilesOwnProfiles() {
    const Value own =
        *withValueAt(document(workload), "/channels/work/profile", Value("rabbitmq-classic"), Absent::added);
    const Value moved = onProfile(own, Profile::names().front());
    QVERIFY(!valueAt(moved, "/channels/work/profile"));
    QCOMPARE(*valueAt(moved, "/profile")->text(), std::string(Profile::names().front()));
}

QTEST_GUILESS_MAIN(TestProfileMoves)
#include "tst_profile_moves.moc"
