// Profiles: tables of the format's own fields. What a file leaves out is filled in, what a system cannot do is left out
// and said, and what a file gives stands.
#include "core/broker/partitioner.h"
#include "core/json_pointer.h"
#include "core/scenario/check.h"
#include "core/scenario/load.h"
#include "core/scenario/profile.h"
#include "core/scenario/profiled_document.h"
#include "tests/profile_reference.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace weir;

namespace {

Value document(const char* json) {
    const Result<Value> value = readDocument(json);
    return value ? *value : Value();
}

// One channel of each kind, a handler on each that has handlers, and an emit in every place that has one.
constexpr const char* workload = R"({
  "weir": "1",
  "events": { "order.created": { "key": "data.id", "data": { "id": "{count}" } } },
  "channels": {
    "orders": { "kind": "topic" },
    "all": { "kind": "exchange", "type": "fanout" },
    "work": { "kind": "queue", "bind": [{ "to": "orders", "pattern": "order.*" }, { "to": "all" }] },
    "log": { "kind": "stream", "bind": [{ "to": "orders" }] }
  },
  "services": {
    "shop": { "sources": [{ "emit": "order.created", "to": "orders", "arrivals": { "every": "100ms" } }] },
    "worker": { "handlers": [
      { "on": "work", "takes": "10ms", "then": [{ "if": "true", "then": [{ "emit": "order.created", "to": "all", "when": "false" }] }] }
    ] },
    "reader": { "handlers": [{ "on": "log", "takes": "10ms" }, { "on": "orders", "takes": "10ms" }] }
  }
})";

std::string errorsOf(const Result<Scenario, Errors>& scenario) {
    std::string text;
    if (!scenario)
        for (const Error& error : scenario.error())
            text += error.text() + '\n';
    return text;
}

} // namespace

class TestProfiles : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyProfileIsNamedLikeItsFileAndSaysItsRulesAndSources();
    void theSchemaKnowsEveryProfile();
    void theHelpIsTheTables();
    void aWorkloadLoadsOnEveryProfile();
    void everythingThatAQueueCanSayLoadsOnEveryProfile();
    void whatTheFileGivesStands();
    void aProfilesOrderOfTurnsGivesWayWhereOneConsumerGetsAll();
    void insideATableThatTheFileGivesTheSystemsRulesAreAdded();
    void aChannelsOwnProfileComesBeforeTheScenarios();
    void aSubscribersQueueIsAnotherThanAPullersInZeromq();
    void whatASystemCannotDoIsLeftOutAndSaid();
    void orderOnAQueueThatBecomesAStreamIsOrderForItsReader();
    void aHandlersOwnQueueIsALogWhereQueuesAreLogs();
    void streamsHaveTheGroupsOfTheirSystem();
    void keysGoWhereTheSystemsClientsSendThem();
    void kafkasConsumersReadUncommittedUnlessTheyAreTold();
    void anUnknownProfileIsRefusedWithTheNearest();
    void withoutAProfileTheDocumentStaysAsItIs();
    void theSameWorkloadOnAnotherBrokerForgetsTheFilesOwnProfiles();
};

void TestProfiles::everyProfileIsNamedLikeItsFileAndSaysItsRulesAndSources() {
    QVERIFY(std::is_sorted(Profile::names().begin(), Profile::names().end()));
    QVERIFY(!Profile::names().empty());
    for (const std::string_view name : Profile::names()) {
        const std::optional<Profile> profile = Profile::named(name);
        QVERIFY(profile);
        QCOMPARE(profile->name(), std::string(name));
        QVERIFY2(!profile->rules().empty(), profile->name().c_str());
        for (const char* part : {"queue", "stream", "topic", "exchange", "handler", "emit"})
            for (const Profile::Limit& limit : profile->limits(part))
                QVERIFY2(!limit.why.en.empty() && !limit.why.zh.empty(), limit.field.c_str());
    }
}

void TestProfiles::theSchemaKnowsEveryProfile() {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/resources/scenario.schema.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Result<Value> schema = Value::parse(file.readAll().toStdString());
    QVERIFY(schema.ok());
    for (const char* definition : {"scenario", "topic", "exchange", "queue", "stream"}) {
        const Value* names = valueAt(*schema, std::string("/definitions/") + definition + "/properties/profile/enum");
        QVERIFY2(names && names->list(), definition);
        QCOMPARE(names->list()->size(), Profile::names().size());
        for (std::size_t i = 0; i < names->list()->size(); ++i)
            QCOMPARE(*(*names->list())[i].text(), std::string(Profile::names()[i]));
    }
}

// Set WEIR_WRITE_REFERENCE to write the files anew.
void TestProfiles::theHelpIsTheTables() {
    const std::pair<const char*, ReferenceLanguage> pages[] = {
        {"/resources/help/brokers.md", ReferenceLanguage::english},
        {"/resources/help/brokers.zh_CN.md", ReferenceLanguage::chinese}};
    for (const auto& [path, language] : pages) {
        QFile file(QStringLiteral(WEIR_SOURCE_DIR) + QLatin1String(path));
        const QByteArray made = QByteArray::fromStdString(profileReference(language));
        if (qEnvironmentVariableIsSet("WEIR_WRITE_REFERENCE")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(made), made.size());
            continue;
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(file.readAll() == made, path);
    }
}

void TestProfiles::aWorkloadLoadsOnEveryProfile() {
    for (const std::string_view name : Profile::names()) {
        const Result<Scenario, Errors> scenario = readScenario(onProfile(document(workload), name));
        QVERIFY2(scenario.ok(), (std::string(name) + ": " + errorsOf(scenario)).c_str());
        QCOMPARE(scenario->profile, std::string(name));
    }
}

// A system that makes a queue into something else must say of each field that it loses it.
void TestProfiles::everythingThatAQueueCanSayLoadsOnEveryProfile() {
    const Value base = document(workload);
    const char* given[] = {R"({"capacity": 10, "overflow": "dropOldest"})",
                           R"({"ttl": "5s"})",
                           R"({"delay": "1s"})",
                           R"({"priorities": 3})",
                           R"({"ackTimeout": "30s"})",
                           R"({"retry": {"max": 2, "backoff": "fixed", "first": "1s"}, "deadLetter": "dead"})"};
    for (const std::string_view name : Profile::names())
        for (const char* fields : given) {
            Value::Table queue = *valueAt(base, "/channels/work")->table();
            const Value added = document(fields);
            queue.insert(queue.end(), added.table()->begin(), added.table()->end());
            Value changed = *withValueAt(base, "/channels/work", Value(queue));
            changed = *withValueAt(changed, "/channels/dead", document(R"({"kind": "queue"})"), Absent::added);
            const Result<Scenario, Errors> scenario = readScenario(onProfile(changed, name));
            QVERIFY2(scenario.ok(), (std::string(name) + ' ' + fields + ": " + errorsOf(scenario)).c_str());
        }
}

void TestProfiles::whatTheFileGivesStands() {
    for (const std::string_view name : Profile::names()) {
        const Profile profile = *Profile::named(name);
        const Value base = onProfile(document(workload), name);
        const std::string kind(profile.kindFor("queue"));
        const std::vector<Profile::Limit> limits = profile.limits(kind);
        for (const auto& [field, standard] : profile.defaults(kind == "queue" ? "boundQueue" : kind)) {
            if (std::any_of(limits.begin(), limits.end(),
                            [&field = field](const Profile::Limit& limit) { return limit.field == field; }))
                continue; // what the system cannot do is no matter of the file
            const Value given = *withValueAt(base, "/channels/work/" + field, Value("mine"), Absent::added);
            const ProfiledDocument profiled = withProfiles(given);
            const Value* kept = valueAt(profiled.document, "/channels/work/" + field);
            QVERIFY(kept);
            QCOMPARE(kept->canonical(), std::string("\"mine\""));
            // What a limit counts is filled in beside a limit.
            const Value from = field == "capacityCounts"
                                   ? *withValueAt(base, "/channels/work/capacity", Value(3), Absent::added)
                                   : base;
            const Value filled = withProfiles(from).document;
            QVERIFY(valueAt(filled, "/channels/work/" + field));
            QCOMPARE(valueAt(filled, "/channels/work/" + field)->canonical(), standard.canonical());
        }
    }
}

// nats-core draws at random whose turn it is; that says nothing of a queue with one active consumer.
void TestProfiles::aProfilesOrderOfTurnsGivesWayWhereOneConsumerGetsAll() {
    const auto with = [](const std::string& dispatch) {
        return loadScenario(R"({"weir":"1","channels":{"q":{"kind":"queue","profile":"nats-core","dispatch":")" +
                            dispatch + R"("}}})");
    };
    const auto shared = with("shared");
    QVERIFY(shared.ok());
    QCOMPARE(shared->channels.front().order, ConsumerOrder::random);
    for (const char* const one : {"exclusive", "singleActive", "failover"})
        QVERIFY2(with(one).ok(), one);
}

void TestProfiles::insideATableThatTheFileGivesTheSystemsRulesAreAdded() {
    const Value base = onProfile(document(workload), "nats-jetstream");
    const Value given = *withValueAt(base, "/channels/work/retry", document(R"({"max": 2})"), Absent::added);
    const Value filled = withProfiles(given).document;
    QCOMPARE(valueAt(filled, "/channels/work/retry")->canonical(),
             std::string(R"({"max":2,"afterLast":"stay","returnTo":"returned"})"));
}

void TestProfiles::aSubscribersQueueIsAnotherThanAPullersInZeromq() {
    const auto scenario = loadScenario(R"({"weir": "1", "profile": "zeromq", "channels": {"news": {"kind": "topic"},
        "pulled": {"kind": "queue"}, "subscribed": {"kind": "queue", "bind": ["news"]}},
        "services": {"reader": {"handlers": [{"on": "news"}, {"on": "pulled"}]}}})");
    QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
    for (const ChannelSpec& channel : scenario->channels) {
        const bool pulled = channel.name == "pulled";
        if (channel.kind != ChannelKind::queue)
            continue;
        QCOMPARE(channel.capacity, std::optional<std::int64_t>(0));
        QVERIFY2(channel.dispatch == (pulled ? DispatchMode::shared : DispatchMode::broadcast), channel.name.c_str());
        QVERIFY2(channel.overflow == (pulled ? Overflow::block : Overflow::dropNewest), channel.name.c_str());
        QVERIFY(channel.group.whenGone == WhenGone::forget);
    }
    QCOMPARE(scenario->services.front().handlers.front().prefetch, 2000U);
}

void TestProfiles::aChannelsOwnProfileComesBeforeTheScenarios() {
    const Value base = onProfile(document(workload), Profile::names().back());
    const Value own = *withValueAt(base, "/channels/work/profile", Value("rabbitmq-classic"), Absent::added);
    const ProfiledDocument profiled = withProfiles(own);
    QCOMPARE(*valueAt(profiled.document, "/channels/work/profile")->text(), std::string("rabbitmq-classic"));
    QCOMPARE(*valueAt(profiled.document, "/channels/log/profile")->text(), std::string(Profile::names().back()));
}

void TestProfiles::whatASystemCannotDoIsLeftOutAndSaid() {
    for (const std::string_view name : Profile::names()) {
        const Profile profile = *Profile::named(name);
        for (const Profile::Limit& limit : profile.limits(profile.kindFor("queue"))) {
            const Value base = onProfile(document(workload), name);
            const Value given = *withValueAt(base, "/channels/work/" + limit.field, Value("asked"), Absent::added);
            const Result<Scenario, Errors> scenario = readScenario(given);
            QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
            QCOMPARE(scenario->leftOut.size(), std::size_t{1});
            QCOMPARE(scenario->leftOut.front().where, "/channels/work/" + limit.field);
            const std::vector<Finding> findings = check(*scenario);
            QVERIFY(std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
                return finding.code == "profileLeavesOut" && finding.where == "/channels/work/" + limit.field;
            }));
        }
    }
}

void TestProfiles::orderOnAQueueThatBecomesAStreamIsOrderForItsReader() {
    const Value ordered =
        *withValueAt(document(workload), "/expect", document(R"([{"ordered": "work"}])"), Absent::added);
    const Result<Scenario, Errors> queue = readScenario(onProfile(ordered, "rabbitmq-classic"));
    QVERIFY(queue.ok());
    QCOMPARE(queue->expect.front().expression, std::string("work"));
    const Result<Scenario, Errors> stream = readScenario(onProfile(ordered, "kafka"));
    QVERIFY2(stream.ok(), errorsOf(stream).c_str());
    QCOMPARE(stream->expect.front().expression, std::string("worker"));
}

void TestProfiles::aHandlersOwnQueueIsALogWhereQueuesAreLogs() {
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

void TestProfiles::streamsHaveTheGroupsOfTheirSystem() {
    const auto streamOn = [](const char* profile) {
        const Result<Scenario, Errors> scenario = readScenario(onProfile(document(workload), profile));
        return *std::find_if(scenario->channels.begin(), scenario->channels.end(),
                             [](const ChannelSpec& channel) { return channel.name == "log"; });
    };
    QVERIFY(streamOn("kafka").hasOwners());
    QCOMPARE(streamOn("kafka").group.sessionTimeout, Duration{45s});
    QVERIFY(streamOn("rabbitmq-stream").hasOwners());
    const std::pair<const char*, WhenGone> sharing[] = {{"nats-jetstream", WhenGone::wait},
                                                        {"redis-streams", WhenGone::resume},
                                                        {"pulsar", WhenGone::giveBack},
                                                        {"rocketmq", WhenGone::giveBack},
                                                        {"eventmesh", WhenGone::giveBack}};
    for (const auto& [profile, whenGone] : sharing) {
        QVERIFY2(streamOn(profile).group.delivery == GroupDelivery::shared, profile);
        QVERIFY2(streamOn(profile).group.whenGone == whenGone, profile);
    }
    const Value onDelivery =
        *withValueAt(document(workload), "/services/worker/handlers/0/ack", Value("automatic"), Absent::added);
    QVERIFY(readScenario(onProfile(onDelivery, "kafka")).ok()); // what is acked on delivery commits nothing later
    const Result<Scenario, Errors> kafka = readScenario(onProfile(document(workload), "kafka"));
    for (const ServiceSpec& service : kafka->services)
        for (const HandlerSpec& handler : service.handlers)
            QCOMPARE(handler.commit, (CommitSpec{.every = 0, .interval = 5s}));
}

void TestProfiles::keysGoWhereTheSystemsClientsSendThem() {
    const std::pair<const char*, Partitioner> hashes[] = {
        {"kafka", Partitioner::kafka},
        {"pulsar", Partitioner::pulsar},
        {"rocketmq", Partitioner::rocketmq},
        {"rabbitmq-stream", Partitioner::rabbitmqSuperStream},
        {"redis-streams", Partitioner::kafka}}; // it has no partitions
    for (const auto& [profile, hash] : hashes) {
        const Result<Scenario, Errors> scenario = readScenario(onProfile(document(workload), profile));
        for (const ChannelSpec& channel : scenario->channels)
            if (channel.name == "log")
                QVERIFY2(channel.keyHash == hash, profile);
    }
}

void TestProfiles::kafkasConsumersReadUncommittedUnlessTheyAreTold() {
    const auto isolationOn = [](const char* services, const char* profile) {
        const Value base = *withValueAt(document(workload), "/services", document(services));
        return readScenario(onProfile(base, profile))->services.front().handlers.front().isolation;
    };
    constexpr const char* untold = R"({ "reader": { "handlers": [{ "on": "log" }] } })";
    constexpr const char* told = R"({ "reader": { "handlers": [{ "on": "log", "isolation": "committed" }] } })";
    QVERIFY(isolationOn(untold, "kafka") == Isolation::uncommitted);
    QVERIFY(isolationOn(told, "kafka") == Isolation::committed);
    QVERIFY(isolationOn(untold, "pulsar") == Isolation::committed);
}

void TestProfiles::anUnknownProfileIsRefusedWithTheNearest() {
    const Result<Scenario, Errors> scenario = readScenario(onProfile(document(workload), "rabbitmq-clasic"));
    QVERIFY(!scenario.ok());
    QCOMPARE(scenario.error().size(), std::size_t{1});
    QCOMPARE(scenario.error().front().where, std::string("/profile"));
    QVERIFY(scenario.error().front().what.find("rabbitmq-classic") != std::string::npos);
}

void TestProfiles::withoutAProfileTheDocumentStaysAsItIs() {
    const Value base = document(workload);
    const ProfiledDocument profiled = withProfiles(base);
    QCOMPARE(profiled.document.canonical(), base.canonical());
    QVERIFY(profiled.leftOut.empty());
}

void TestProfiles::theSameWorkloadOnAnotherBrokerForgetsTheFilesOwnProfiles() {
    const Value own =
        *withValueAt(document(workload), "/channels/work/profile", Value("rabbitmq-classic"), Absent::added);
    const Value moved = onProfile(own, Profile::names().front());
    QVERIFY(!valueAt(moved, "/channels/work/profile"));
    QCOMPARE(*valueAt(moved, "/profile")->text(), std::string(Profile::names().front()));
}

QTEST_GUILESS_MAIN(TestProfiles)
#include "tst_profiles.moc"
