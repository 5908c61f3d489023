// Profiles: tables of the format's own fields. What a file leaves out is filled in, what a system cannot do is left out
// and said, and what a file gives stands.
#include "core/broker/partitioner.h"
#include "core/json_pointer.h"
#include "core/scenario/check.h"
#include "core/scenario/fields.h"
#include "core/scenario/load.h"
#include "core/scenario/profile.h"
#include "core/scenario/profiled_document.h"
#include "tests/profile_reference.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

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

// The fields of what a scenario is about, whatever carries it: what its parts are called, who emits and takes what, how
// long that lasts and how it fails.
bool isOfTheWorkload(std::string_view part, std::string_view field) {
    const std::map<std::string_view, std::set<std::string_view>> fields = {
        {"handler",
         {"on", "pattern", "queue", "filter", "concurrency", "takes", "fails", "idempotent", "reads", "then",
          "ackLoss"}},
        {"emit", {"emit", "to", "routingKey", "data", "headers", "version", "when", "timeout"}},
        {"group", {}}};
    static const std::set<std::string_view> ofChannels = {"kind", "title", "profile", "bind"};
    const auto found = fields.find(part);
    return (found == fields.end() ? ofChannels : found->second).contains(field);
}

// Each part of a scenario that the profile's system has, with the fields that the format gives it.
std::map<std::string, std::set<std::string_view>> partsOf(const Profile& profile) {
    std::map<std::string, std::set<std::string_view>> parts;
    const auto add = [&parts](std::string_view part, std::span<const std::string_view> keys) {
        parts[std::string(part)].insert(keys.begin(), keys.end());
    };
    add("topic", fields::topicKeys);
    add("exchange", fields::exchangeKeys);
    add("handler", fields::handlerKeys);
    add("emit", fields::emitKeys);
    add(profile.kindFor("queue"),
        fields::queueKeys); // what a queue says has to be told of as well where it is a stream
    if (profile.kindFor("stream") == "stream") {
        add("stream", fields::streamKeys);
        add("group", fields::streamGroupKeys);
    }
    return parts;
}

std::set<std::string> fieldsOf(const Value::Table& table) {
    std::set<std::string> fields;
    for (const Value::Member& member : table)
        fields.insert(member.first);
    return fields;
}

// What the profile sets by itself in a part.
std::set<std::string> defaultsIn(const Profile& profile, const std::string& part) {
    if (part != "group")
        return fieldsOf(profile.defaults(part == "queue" ? "boundQueue" : part));
    for (const auto& [field, value] : profile.defaults("stream"))
        if (field == "group")
            return fieldsOf(*value.table());
    return {};
}

} // namespace

class TestProfiles : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyProfileIsNamedLikeItsFileAndSaysItsRulesAndSources();
    void aProfileSaysOfEveryFieldWhatItIsOrThatItsSystemHasNothingLikeIt();
    void everyScenarioRunsOnEveryProfile_data();
    void everyScenarioRunsOnEveryProfile();
    void whatLoadsByItselfLoadsOnEveryProfile_data();
    void whatLoadsByItselfLoadsOnEveryProfile();
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
    void whatTheSystemDoesAnywayIsNotLeftOut();
    void aStreamWithoutALogIsAFanOutWithAQueueForEachReader();
    void whatAStreamSaysOfDeliveriesIsSaidOfTheQueuesOfItsReaders();
    void whatAsksForAGroupAsksForItsQueueWhereThereIsNoLog();
    void aFaultThatASystemKnowsNothingOfIsLeftOutAndTheOthersKeepTheirNumbers();
    void aDelayOnTheWayToAStreamIsLeftOutAndSaid();
    void aWillFollowsTheProfileLikeEveryPublish();
    void aSharedGroupHasNoAssignorAndStaysShared();
    void messagesAreAsLargeAsTheSystemTakesThem();
    void rocketmqAsksAboutHalfMessagesEachMinute();
    void aFullQueueOfRabbitmqDropsItsHeadUnlessTheFileSaysOtherwise();
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
    }
}

// A field of the format that is new has to be told of in every table.
void TestProfiles::aProfileSaysOfEveryFieldWhatItIsOrThatItsSystemHasNothingLikeIt() {
    for (const std::string_view name : Profile::names()) {
        const Profile profile = *Profile::named(name);
        for (const auto& [part, keys] : partsOf(profile)) {
            const std::set<std::string> defaults = defaultsIn(profile, part);
            const std::set<std::string> has(profile.has(part).begin(), profile.has(part).end());
            std::set<std::string> cannot;
            for (const Profile::Limit& limit : profile.limits(part))
                if (limit.value.empty())
                    cannot.insert(limit.field);
            const auto place = [&](std::string_view field) {
                return std::string(name) + ' ' + part + '.' + std::string(field);
            };
            for (const std::string_view key : keys) {
                const std::string field(key);
                const bool told = has.contains(field) || defaults.contains(field) || cannot.contains(field);
                QVERIFY2(told != isOfTheWorkload(part, key), place(field).c_str());
                QVERIFY2(!(has.contains(field) && (cannot.contains(field) || defaults.contains(field))),
                         place(field).c_str());
            }
            for (const std::set<std::string>& told : {has, cannot, defaults})
                for (const std::string& field : told)
                    QVERIFY2(keys.contains(field), place(field).c_str());
            for (const Profile::Limit& limit :
                 profile.limits(part)) // a value that is missing, of a field that is there
                QVERIFY2(limit.value.empty() || !cannot.contains(limit.field), place(limit.field).c_str());
        }
    }
}

void TestProfiles::everyScenarioRunsOnEveryProfile_data() {
    QTest::addColumn<QString>("path");
    for (const char* const folder : {"/scenarios", "/tests/data/scenario"}) {
        const QDir files(QStringLiteral(WEIR_SOURCE_DIR) + QLatin1String(folder), QStringLiteral("*.json"));
        QVERIFY(files.count() > 0);
        for (const QString& file : files.entryList())
            QTest::newRow(qPrintable(file)) << files.filePath(file);
    }
}

// "The same workload on another broker": what that one has nothing like is left out and said, and never an error.
void TestProfiles::everyScenarioRunsOnEveryProfile() {
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

void TestProfiles::whatLoadsByItselfLoadsOnEveryProfile_data() {
    QTest::addColumn<QString>("path");
    for (const char* const file : {"/tests/data/scenario/full.json", "/tests/data/scenario/routing.json",
                                   "/scenarios/consumer_groups.json", "/scenarios/outbox.json"})
        QTest::newRow(file) << QString(QStringLiteral(WEIR_SOURCE_DIR) + QLatin1String(file));
}

// A field that is left out may be what another one leans on: with each single field of a file gone.
void TestProfiles::whatLoadsByItselfLoadsOnEveryProfile() {
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
        const std::span<const Profile::Limit> limits = profile.limits(kind);
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
            if (limit.field == "kind")
                continue;
            const std::string where = "/channels/work/" + limit.field;
            Value given = *withValueAt(base, where, Value(limit.value.empty() ? "asked" : limit.value), Absent::added);
            if (limit.field == "overflow")
                given = *withValueAt(given, "/channels/work/capacity", Value(10), Absent::added);
            const Result<Scenario, Errors> scenario = readScenario(given);
            QVERIFY2(scenario.ok(), (std::string(name) + where + errorsOf(scenario)).c_str());
            QCOMPARE(std::count_if(scenario->leftOut.begin(), scenario->leftOut.end(),
                                   [&](const LeftOut& left) { return left.where == where; }),
                     1);
            const std::vector<Finding> findings = check(*scenario);
            QVERIFY(std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
                return finding.code == "profileLeavesOut" && finding.where == where &&
                       finding.arguments.front() == limit.name();
            }));
        }
    }
}

// What says the same as the profile is no matter of complaint.
void TestProfiles::whatTheSystemDoesAnywayIsNotLeftOut() {
    const auto leftOut = [](const char* ack) {
        const Value given =
            *withValueAt(document(workload), "/services/worker/handlers/0/ack", Value(ack), Absent::added);
        std::vector<std::string> places;
        for (const LeftOut& left : withProfiles(onProfile(given, "nats-core")).leftOut)
            places.push_back(left.where);
        return places;
    };
    QCOMPARE(leftOut("automatic"), std::vector<std::string>{"/channels/log/kind"});
    QCOMPARE(leftOut("manual"), (std::vector<std::string>{"/channels/log/kind", "/services/worker/handlers/0/ack"}));
}

void TestProfiles::aStreamWithoutALogIsAFanOutWithAQueueForEachReader() {
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

void TestProfiles::whatAStreamSaysOfDeliveriesIsSaidOfTheQueuesOfItsReaders() {
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

void TestProfiles::whatAsksForAGroupAsksForItsQueueWhereThereIsNoLog() {
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

void TestProfiles::aFaultThatASystemKnowsNothingOfIsLeftOutAndTheOthersKeepTheirNumbers() {
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

void TestProfiles::aDelayOnTheWayToAStreamIsLeftOutAndSaid() {
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
    QCOMPARE(leftOut("pulsar", "log"), std::string("delayLevel delay "));
    QCOMPARE(leftOut("pulsar", "work"), std::string("delayLevel "));
    QCOMPARE(leftOut("rocketmq", "log"), std::string("delay delayLevel ")); // 4.x has nothing but levels
    QCOMPARE(leftOut("rocketmq", "work"), std::string("delay "));
}

void TestProfiles::aWillFollowsTheProfileLikeEveryPublish() {
    const Value given =
        *withValueAt(document(workload), "/services/shop/will",
                     document(R"({ "emit": "order.created", "to": "work", "priority": 3 })"), Absent::added);
    const auto scenario = readScenario(onProfile(given, "kafka"));
    QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
    QCOMPARE(scenario->leftOut.size(), std::size_t{1});
    QCOMPARE(scenario->leftOut.front().where, std::string("/services/shop/will/priority"));
}

void TestProfiles::aSharedGroupHasNoAssignorAndStaysShared() {
    for (const char* const profile : {"nats-jetstream", "redis-streams", "pulsar", "rocketmq", "eventmesh"}) {
        const auto scenario = readScenario(onProfile(document(logged), profile));
        QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
        for (const ChannelSpec& channel : scenario->channels)
            if (channel.name == "log")
                QVERIFY2(channel.group.delivery == GroupDelivery::shared, profile);
        QVERIFY2(std::any_of(scenario->leftOut.begin(), scenario->leftOut.end(),
                             [](const LeftOut& left) { return left.where == "/channels/log/group/assignor"; }),
                 profile);
    }
}

void TestProfiles::messagesAreAsLargeAsTheSystemTakesThem() {
    const std::pair<const char*, std::int64_t> sizes[] = {
        {"kafka", 1'048'588},           {"nats-core", 1 << 20},
        {"nats-jetstream", 1 << 20},    {"pulsar", 5 << 20},
        {"rocketmq", 4 << 20},          {"rabbitmq-classic", 128 << 20},
        {"rabbitmq-quorum", 128 << 20}, {"mqtt", 268'435'455},
        {"redis-streams", 512 << 20},   {"redis-pubsub", 512 << 20},
        {"eventbridge", 256 << 10}};
    for (const auto& [profile, size] : sizes) {
        const auto scenario = readScenario(onProfile(document(workload), profile));
        for (const ChannelSpec& channel : scenario->channels)
            if (!channel.implicit) // they have what their topic lets in
                QCOMPARE(channel.messageSizeMax, std::optional(Bytes{size}));
    }
}

void TestProfiles::rocketmqAsksAboutHalfMessagesEachMinute() {
    const auto scenario = readScenario(onProfile(document(workload), "rocketmq"));
    for (const ChannelSpec& channel : scenario->channels)
        if (!channel.implicit)
            QVERIFY(channel.checkBack == (CheckBackSpec{.after = 6s, .every = 60s, .max = 15}));
}

void TestProfiles::aFullQueueOfRabbitmqDropsItsHeadUnlessTheFileSaysOtherwise() {
    const auto overflowOf = [](const char* queue, const char* profile) {
        const Value base = *withValueAt(document(workload), "/channels/work", document(queue));
        const auto scenario = readScenario(onProfile(base, profile));
        for (const ChannelSpec& channel : scenario->channels)
            if (channel.name == "work")
                return channel.overflow;
        return Overflow::block;
    };
    for (const char* const profile : {"rabbitmq-classic", "rabbitmq-quorum"}) {
        QVERIFY(overflowOf(R"({"kind": "queue", "capacity": 10})", profile) == Overflow::dropOldest);
        QVERIFY(overflowOf(R"({"kind": "queue", "capacity": 10, "overflow": "reject"})", profile) == Overflow::reject);
        QVERIFY(overflowOf(R"({"kind": "queue", "capacity": 10, "overflow": "block"})", profile) ==
                Overflow::dropOldest);
    }
    constexpr const char* refusing = R"({"kind": "queue", "capacity": 10, "overflow": "rejectDeadLetter"})";
    QVERIFY(overflowOf(refusing, "rabbitmq-classic") == Overflow::rejectDeadLetter);
    QVERIFY(overflowOf(refusing, "rabbitmq-quorum") == Overflow::dropOldest);
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
