// Profiles: tables of the format's own fields. What a file leaves out is filled in, what a system cannot do is left out
// and said, and what a file gives stands.
#include "core/broker/partitioner.h"
#include "core/broker/pattern.h"
#include "core/json_pointer.h"
#include "core/record/record_reader.h"
#include "core/scenario/check.h"
#include "core/scenario/fields.h"
#include "core/scenario/load.h"
#include "core/scenario/profile.h"
#include "core/scenario/profiled_document.h"
#include "core/simulation/simulation.h"
#include "tests/profile_reference.h"
#include "tests/profile_workload.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace weir;

namespace {

// The fields of what a scenario is about, whatever carries it: what its parts are called, who emits and takes what, how
// long that lasts and how it fails.
bool isOfTheWorkload(std::string_view part, std::string_view field) {
    const std::map<std::string_view, std::set<std::string_view>> fields = {
        {"handler",
         {"on", "pattern", "queue", "filter", "concurrency", "takes", "fails", "idempotent", "reads", "then",
          "ackLoss"}},
        {"emit", {"emit", "to", "routingKey", "data", "headers", "version", "when", "timeout"}},
        {"binding", {"to", "pattern", "headers", "where", "event", "weight"}},
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
    add("binding", fields::bindingKeys);
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
    void theSchemaKnowsEveryProfile();
    void theHelpIsTheTables();
    void aWorkloadLoadsOnEveryProfile();
    void everythingThatAQueueCanSayLoadsOnEveryProfile();
    void whatTheFileGivesStands();
    void eachProfileWithConfirmsSaysHowManyMayBeUnderWayAndWhetherTheirProducerWaits();
    void whoListensInFrontOfOthersIsTheEmittersMatter();
    void aProfilesOrderOfTurnsGivesWayWhereOneConsumerGetsAll();
    void insideATableThatTheFileGivesTheSystemsRulesAreAdded();
    void kafkasProducersPublishAgainForTwoMinutesAndNumberWhatTheyPublish();
    void kafkasProducersPublishAgainWithoutBeingToldWhereSomethingCanBeLost();
    void whatTimesOutInJetStreamAndPulsarComesBackAtOnceWhateverTheDelayAfterANack();
    void pulsarsRetryLetterTopicHasThePolicyOfItsTopic();
    void bullsExponentialBackoffIsTheSumOfBullmqs();
    void aDelayAloneIsFixedInBullAndBullmq();
    void rocketmqInOrderTriesAgainEachSecondAndElseByItsLevels();
    void whatRocketmqsConsumersTakeTooLongForComesBackTenSecondsLater();
    void patternsAreOfTheSystemsLanguageUnlessTheFileSaysOtherwise();
    void aGroupOfWhichAFileSaysOnlyTheAssignorHasKafkasTimes();
    void aChannelsOwnProfileComesBeforeTheScenarios();
    void aSubscribersQueueIsAnotherThanAPullersInZeromq();
    void whatASystemCannotDoIsLeftOutAndSaid();
    void whatTheSystemDoesAnywayIsNotLeftOut();
    void eventBridgeSpacesItsRetriesItself();
    void whatALostClientOfMqttHadStaysInItsSession();
    void jetStreamKeepsTheMessagesOfAnIdleConsumer();
    void messagesAreAsLargeAsTheSystemTakesThem();
    void rocketmqAsksAboutHalfMessagesEachMinute();
    void aFullQueueOfRabbitmqDropsItsHeadUnlessTheFileSaysOtherwise();
    void aGoChannelsReceiverHoldsOneMessageWhileItWorks();
    void streamsHaveTheGroupsOfTheirSystem();
    void keysGoWhereTheSystemsClientsSendThem();
    void kafkasConsumersReadUncommittedUnlessTheyAreTold();
    void anUnknownProfileIsRefusedWithTheNearest();
    void withoutAProfileTheDocumentStaysAsItIs();
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

void TestProfiles::eachProfileWithConfirmsSaysHowManyMayBeUnderWayAndWhetherTheirProducerWaits() {
    for (const std::string_view name : Profile::names()) {
        const Profile profile = *Profile::named(name);
        const auto named = [](const std::string& field) {
            return [&](const auto& limit) { return limit.field == field; };
        };
        const auto emits = profile.limits("emit"), confirms = profile.limits("confirm");
        if (std::any_of(emits.begin(), emits.end(), named("confirm")))
            continue;
        const Value inside(profile.within("emit"));
        const auto has = profile.has("confirm");
        for (const std::string field : {"window", "awaited"}) {
            const int told = (valueAt(inside, "/confirm/" + field) ? 1 : 0) +
                             static_cast<int>(std::count(has.begin(), has.end(), field)) +
                             static_cast<int>(std::count_if(confirms.begin(), confirms.end(), named(field)));
            QVERIFY2(told == 1, (profile.name() + ' ' + field).c_str());
        }
    }
    const auto window = [](const char* profile, const char* confirm) {
        const auto scenario = loadScenario(
            R"({"weir": "1", "events": {"job": {}}, "profile": ")" + std::string(profile) +
            R"(", "channels": {"q": {"kind": "queue"}}, "services": {"shop": {"sources": [{"emit": "job", "to": "q",
               "arrivals": {"every": "1s"}, "confirm": )" +
            confirm + "}]}}}");
        const Action& emit = scenario->services.front().sources.front().then.front();
        return std::get<EmitAction>(emit.what).confirm.value_or(ConfirmSpec()).window;
    };
    QCOMPARE(window("mqtt", "true"), std::optional<std::uint32_t>(20));
    QCOMPARE(window("mqtt", R"({"window": 5})"), std::optional<std::uint32_t>(5));
    QCOMPARE(window("mqtt-qos2", R"({"timeout": "1s"})"), std::optional<std::uint32_t>(20));
    QCOMPARE(window("kafka", R"({"window": 5})"), std::optional<std::uint32_t>(5));
    QCOMPARE(window("eventemitter2", R"({"window": 5})"), std::optional<std::uint32_t>());
}

void TestProfiles::whoListensInFrontOfOthersIsTheEmittersMatter() {
    const Value given = document(R"({"weir": "1", "profile": "eventemitter2", "channels": {"in": {"kind": "topic"},
        "q": {"kind": "queue", "bind": [{"to": "in", "pattern": "a.*", "prepend": true}]}}})");
    for (const std::string_view name : Profile::names()) {
        const auto scenario = readScenario(onProfile(given, name));
        QVERIFY2(scenario.ok(), (std::string(name) + ": " + errorsOf(scenario)).c_str());
        const bool emits = name == "eventemitter2" || name == "nestjs-events";
        for (const ChannelSpec& channel : scenario->channels)
            if (!channel.bindings.empty())
                QCOMPARE(channel.bindings.front().prepend, emits);
        QCOMPARE(std::count_if(scenario->leftOut.begin(), scenario->leftOut.end(),
                               [](const LeftOut& left) { return left.where == "/channels/q/bind/0/prepend"; }),
                 emits ? 0 : 1);
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
             std::string(R"({"max":2,"backoff":"none","paces":"nacks","afterLast":"stay","returnTo":"returned"})"));
}

// Kafka 3: delivery.timeout.ms, and enable.idempotence unless acks says otherwise.
void TestProfiles::kafkasProducersPublishAgainForTwoMinutesAndNumberWhatTheyPublish() {
    const auto confirm = [](const char* given, const char* also = "") {
        const auto scenario = loadScenario(
            R"({"weir": "1", "events": {"job": {}}, "profile": "kafka", "channels": {"q": {"kind": "stream"}},
               "services": {"shop": {"sources": [{"emit": "job", "to": "q", "arrivals": {"every": "1s"}, "confirm": )" +
            std::string(given) + "}]" + also + "}}}");
        return *std::get<EmitAction>(scenario->services.front().sources.front().then.front().what).confirm;
    };
    for (const char* const given : {"true", "{}", R"({"acks": "all"})"}) {
        QVERIFY(confirm(given).idempotent);
        QCOMPARE(confirm(given).retries, 100U);
        QCOMPARE(confirm(given).timeout, Duration(30s));
        QCOMPARE(confirm(given).backoff, Duration(100ms));
        QCOMPARE(confirm(given).ceiling, Duration(1s));
    }
    QVERIFY(!confirm(R"({"acks": "leader"})").idempotent);
    QVERIFY(confirm(R"({"acks": "leader", "idempotent": true})").idempotent);
    QVERIFY(!confirm(R"({"idempotent": false})").idempotent);
    QCOMPARE(confirm(R"({"retries": 2})").retries, 2U);
    // A relay sends out of its outbox what it is not sure of, and numbers nothing.
    QVERIFY(!confirm("{}", R"(, "outbox": {})").idempotent);
}

// KafkaProducer: delivery.timeout.ms holds whether or not somebody waits for the future of a send.
void TestProfiles::kafkasProducersPublishAgainWithoutBeingToldWhereSomethingCanBeLost() {
    const auto confirm = [](const char* more, const char* publish = "", const char* service = "") {
        const auto scenario = loadScenario(
            R"({"weir": "1", "events": {"job": {}}, "profile": "kafka", "channels": {"q": {"kind": "stream"}},
               "services": {"shop": {"sources": [{"emit": "job", "to": "q", "arrivals": {"every": "1s"})" +
            std::string(publish) + "}]" + service + "}}" + more + "}");
        return std::get<EmitAction>(scenario->services.front().sources.front().then.front().what).confirm;
    };
    const char* const nodes = R"(, "nodes": {"a": {}, "b": {}})";
    const char* const faults = R"(, "faults": [{"at": "1s", "lose": ["shop", "broker"], "for": "1s"}])";
    const char* const links = R"(, "links": [{"between": ["*", "broker"], "latency": "1ms"}])";
    for (const char* const losing : {nodes, faults, links}) {
        QVERIFY2(confirm(losing), losing);
        QVERIFY(!confirm(losing)->awaited);
        QVERIFY(confirm(losing)->idempotent);
        QVERIFY(confirm(losing)->acks == Acks::all);
        QCOMPARE(confirm(losing)->retries, 100U);
        QCOMPARE(confirm(losing)->timeout, Duration(30s));
        QCOMPARE(confirm(losing)->window, std::optional<std::uint32_t>(100));
    }
    QVERIFY(!confirm(""));
    QVERIFY(!confirm(R"(, "nodes": {})"));
    QVERIFY(!confirm(R"(, "faults": [{"at": "1s", "crash": "shop"}])"));
    QVERIFY(!confirm(nodes, R"(, "confirm": false)"));
    QVERIFY(!confirm(nodes, "", R"(, "outbox": {})"));
    QVERIFY(confirm(nodes, R"(, "confirm": {"acks": "leader"})")->awaited);
}

// JetStream: NakWithDelay; Pulsar: negativeAckRedeliveryDelay. Neither holds back what an ack wait has ended.
void TestProfiles::whatTimesOutInJetStreamAndPulsarComesBackAtOnceWhateverTheDelayAfterANack() {
    for (const char* const profile : {"nats-jetstream", "pulsar"})
        for (const char* const kind : {"queue", "stream"})
            for (const char* const retry : {R"({"max": 2})", R"({"backoff": "fixed", "first": "5s"})"}) {
                const auto scenario =
                    loadScenario(R"({"weir": "1", "profile": ")" + std::string(profile) +
                                 R"(", "channels": {"work": {"kind": ")" + kind + R"(", "retry": )" + retry + "}}}");
                QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
                QVERIFY2(scenario->channels.front().retry->paces == Paces::nacks, profile);
            }
}

// Bull 4.16.5, lib/backoffs.js: (2^attemptsMade - 1) * delay; BullMQ: 2^(attemptsMade - 1) * delay.
void TestProfiles::bullsExponentialBackoffIsTheSumOfBullmqs() {
    const auto backoff = [](const char* profile) {
        const auto scenario = loadScenario(R"({"weir": "1", "profile": ")" + std::string(profile) +
                                           R"(", "channels": {"work": {"kind": "queue", "retry":
                                              {"max": 3, "backoff": "exponential", "first": "1s"}}}})");
        return scenario->channels.front().retry->backoff;
    };
    QVERIFY(backoff("bull") == Backoff::summed);
    QVERIFY(backoff("bullmq") == Backoff::exponential);
}

// "backoff": 5000 is { type: 'fixed', delay: 5000 } in both.
void TestProfiles::aDelayAloneIsFixedInBullAndBullmq() {
    const auto backoff = [](const char* profile, const char* retry) {
        const auto scenario = loadScenario(R"({"weir": "1", "profile": ")" + std::string(profile) +
                                           R"(", "channels": {"work": {"kind": "queue", "retry": )" + retry + "}}}");
        return scenario->channels.front().retry->backoff;
    };
    for (const char* const profile : {"bull", "bullmq"}) {
        QVERIFY(backoff(profile, R"({"max": 3, "first": "5s"})") == Backoff::fixed);
        QVERIFY(backoff(profile, R"({"max": 3, "first": "5s", "jitter": 0.5})") == Backoff::fixed);
        QVERIFY(backoff(profile, R"({"max": 3})") == Backoff::none);
        QVERIFY(backoff(profile, R"({"max": 3, "first": "5s", "backoff": "linear"})") == Backoff::linear);
        QVERIFY(backoff(profile, R"({"max": 3, "first": "5s", "factor": 3})") != Backoff::fixed);
    }
    QVERIFY(backoff("rabbitmq-quorum", R"({"max": 3, "first": "5s"})") == Backoff::exponential);
    const auto scenario = loadScenario(
        R"({"weir": "1", "profile": "bullmq", "channels": {"work": {"kind": "queue", "retry": {"max": 3, "first": "5s"}}}})");
    QCOMPARE(scenario->channels.front().retry->first, Duration(5s));
}

// Pulsar: Retry letter topic; the DeadLetterPolicy is that of the consumer, which reads both topics.
void TestProfiles::pulsarsRetryLetterTopicHasThePolicyOfItsTopic() {
    const auto letters = [](const char* more) {
        const auto scenario = loadScenario(R"({"weir": "1", "profile": "pulsar", "channels": {"dead": {"kind": "queue"},
               "letters": {"kind": "queue")" +
                                           std::string(more) + R"(}, "jobs": {"kind": "stream", "deadLetter": "dead",
                  "retry": {"max": 2, "backoff": "fixed", "first": "5s", "through": "letters"}}}})");
        return *std::find_if(scenario->channels.begin(), scenario->channels.end(),
                             [](const ChannelSpec& channel) { return channel.name == "letters"; });
    };
    QCOMPARE(letters("").deadLetter, std::string("dead"));
    QCOMPARE(letters("").retry->max, std::optional<std::int64_t>(2));
    QCOMPARE(letters("").retry->first, Duration(5s));
    QCOMPARE(letters("").retry->through, std::string("letters"));
    QCOMPARE(letters(R"(, "retry": {"max": 7})").retry->max, std::optional<std::int64_t>(7));
}

// RocketMQ 4: MessageListenerConcurrently and MessageListenerOrderly.
void TestProfiles::rocketmqInOrderTriesAgainEachSecondAndElseByItsLevels() {
    const auto log = [](const char* group) {
        const auto scenario =
            loadScenario(R"({"weir": "1", "profile": "rocketmq", "channels": {"log": {"kind": "stream")" +
                         std::string(group) + "}}}");
        return scenario->channels.front();
    };
    const ChannelSpec concurrent = log("");
    QVERIFY(concurrent.group.delivery == GroupDelivery::partitionShared);
    QCOMPARE(concurrent.ackTimeout, std::optional<Duration>(15min));
    QCOMPARE(concurrent.retry->steps.front(), Duration(10s));
    const ChannelSpec inOrder = log(R"(, "group": {"delivery": "partitions"})");
    QVERIFY(inOrder.hasOwners());
    QVERIFY(!inOrder.ackTimeout);
    QVERIFY(!inOrder.retry->max);
    QVERIFY(inOrder.retry->backoff == Backoff::fixed);
    QCOMPARE(inOrder.retry->first, Duration(1s));
    const ChannelSpec counted = log(R"(, "group": {"delivery": "partitions"}, "retry": {"max": 3})");
    QCOMPARE(counted.retry->max, std::optional<std::int64_t>(3));
    QCOMPARE(counted.retry->first, Duration(1s));
    QVERIFY(log(R"(, "group": {"delivery": "shared"})").group.delivery == GroupDelivery::partitionShared);
}

// RocketMQ 4.9: ProcessQueue.cleanExpiredMsg sends it back with level 3.
void TestProfiles::whatRocketmqsConsumersTakeTooLongForComesBackTenSecondsLater() {
    const auto after = [](const char* kind, const char* retry) {
        const auto scenario = loadScenario(R"({"weir": "1", "profile": "rocketmq", "channels": {"log": {"kind": ")" +
                                           std::string(kind) + "\"" + retry + "}}}");
        return scenario->channels.front().retry->afterTimeout;
    };
    for (const char* const kind : {"queue", "stream"}) {
        QCOMPARE(after(kind, ""), std::optional<Duration>(10s));
        QCOMPARE(after(kind, R"(, "retry": {"max": 2})"), std::optional<Duration>(10s));
        QCOMPARE(after(kind, R"(, "retry": {"backoff": "fixed", "first": "5s"})"), std::optional<Duration>(10s));
        QCOMPARE(after(kind, R"(, "retry": {"afterTimeout": "1s"})"), std::optional<Duration>(1s));
        QVERIFY(!after(kind, R"(, "retry": {"max": 2, "paces": "nacks"})"));
    }
}

void TestProfiles::aGroupOfWhichAFileSaysOnlyTheAssignorHasKafkasTimes() {
    const auto scenario = loadScenario(R"({"weir": "1", "profile": "kafka",
        "channels": {"log": {"kind": "stream", "group": {"assignor": "cooperative-sticky"}}}})");
    QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
    const StreamGroupSpec& group = scenario->channels.front().group;
    QCOMPARE(group.assignor, PartitionsBy::cooperativeSticky);
    QCOMPARE(group.rebalanceTakes, Duration(3s));
    QCOMPARE(group.sessionTimeout, Duration(45s));
    QCOMPARE(group.maxPollInterval, std::optional<Duration>(5min));
}

void TestProfiles::patternsAreOfTheSystemsLanguageUnlessTheFileSaysOtherwise() {
    const auto on = [](std::string_view profile, const std::string& more) {
        const auto scenario = loadScenario(R"({"weir": "1", "profile": ")" + std::string(profile) +
                                           R"(", "channels": {"in": {)" + more + "}}}");
        return scenario ? toText(scenario->channels.front().dialect) : errorsOf(scenario);
    };
    const std::map<std::string_view, std::string> others = {{"mqtt", "mqtt"},
                                                            {"mqtt-qos0", "mqtt"},
                                                            {"mqtt-qos2", "mqtt"},
                                                            {"nats-core", "nats"},
                                                            {"nats-jetstream", "nats"},
                                                            {"redis-pubsub", "redis-glob"},
                                                            {"zeromq", "zeromq-prefix"},
                                                            {"eventemitter2", "eventemitter2"},
                                                            {"nestjs-events", "eventemitter2"}};
    for (const std::string_view name : Profile::names()) {
        const auto other = others.find(name);
        const std::string own = other == others.end() ? "rabbitmq-topic" : other->second;
        for (const char* const kind : {R"("kind": "topic")", R"("kind": "exchange")"}) {
            QCOMPARE(on(name, kind), own);
            QCOMPARE(on(name, std::string(kind) + R"(, "dialect": "nats")"), std::string("nats"));
        }
        QCOMPARE(on(name, R"("kind": "exchange", "type": "fanout")"), std::string("rabbitmq-topic")); // that is none
    }
    const auto filters = loadScenario(R"({"weir": "1", "profile": "mqtt", "channels": {"in": {"kind": "topic"},
        "q": {"kind": "queue", "bind": [{"to": "in", "pattern": "site/+/alarm"}]}, "all": {"kind": "queue", "bind": ["in"]},
        "wrong": {"kind": "queue", "bind": [{"to": "in", "pattern": "site#"}]}}})");
    QCOMPARE(errorsOf(filters).substr(0, 31), std::string("/channels/wrong/bind/0/pattern:"));
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

// Go: a send on an unbuffered channel waits until somebody receives, and who works does not.
void TestProfiles::aGoChannelsReceiverHoldsOneMessageWhileItWorks() {
    const auto blockedAt = [](const char* capacity) {
        const auto scenario =
            readScenario(document((std::string(R"({"weir": "1", "run": {"for": "end"}, "profile": "go-channel",
          "events": {"job": {}}, "channels": {"jobs": {"kind": "queue")") +
                                   capacity + R"(}},
          "services": {"sender": {"sources": [{"emit": "job", "to": "jobs", "arrivals": {"every": "1ms", "first": "0s", "count": 4}}]},
                       "receiver": {"handlers": [{"on": "jobs", "takes": "1s"}]}}})")
                                      .c_str()));
        const auto model =
            scenario ? Model::compile(*scenario) : Result<std::shared_ptr<const Model>, Errors>(scenario.error());
        std::vector<Ordinal> blocked;
        if (!model)
            return blocked;
        Simulation simulation(*model);
        Recorder recorder(simulation.model().catalogue);
        simulation.run(SimTime::max(), UINT64_MAX, recorder);
        RecordReader reader(recorder.store());
        reader.refresh();
        for (std::uint64_t i = reader.first(); i < reader.end(); ++i)
            if (reader.at(i).kind == RecordKind::blocked)
                blocked.push_back(reader.at(i).ordinal);
        return blocked;
    };
    QCOMPARE(blockedAt("").front(), Ordinal{2});
    QCOMPARE(blockedAt(R"(, "capacity": 1)").front(), Ordinal{3});
    QCOMPARE(blockedAt(R"(, "capacity": 2)").front(), Ordinal{4});
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

// RetryPolicy of its API: MaximumRetryAttempts and MaximumEventAgeInSeconds, and nothing else.
void TestProfiles::eventBridgeSpacesItsRetriesItself() {
    const auto scenario = readScenario(document(R"({"weir": "1", "profile": "eventbridge", "channels": {"q":
        {"kind": "queue", "retry": {"max": 7, "backoff": "fixed", "first": "5s", "ceiling": "1min", "jitter": 0.5}}}})"));
    QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
    const RetrySpec& retry = *scenario->channels.front().retry;
    QCOMPARE(retry.max, std::optional<std::int64_t>(7));
    QCOMPARE(static_cast<int>(retry.backoff), static_cast<int>(Backoff::exponential));
    QVERIFY(retry.first == 1s && retry.ceiling == 10min);
    QCOMPARE(static_cast<int>(retry.jitterKind), static_cast<int>(JitterKind::full));
    QCOMPARE(scenario->leftOut.size(), std::size_t{4});
    for (const LeftOut& left : scenario->leftOut)
        QVERIFY2(left.where.starts_with("/channels/q/retry/"), left.where.c_str());
}

// Observed on mosquitto 2.0.11 with shared subscriptions; a session that ends with its connection takes it along.
void TestProfiles::whatALostClientOfMqttHadStaysInItsSession() {
    const auto whenGone = [](const char* profile, const char* given) {
        const auto scenario =
            readScenario(document((std::string(R"({"weir": "1", "channels": {"q": {"kind": "queue", "profile": ")") +
                                   profile + "\"" + given + "}}}")
                                      .c_str()));
        return scenario ? scenario->channels.front().group.whenGone : WhenGone::giveBack;
    };
    for (const char* const profile : {"mqtt", "mqtt-qos2"}) {
        QVERIFY(whenGone(profile, "") == WhenGone::resume);
        QVERIFY(whenGone(profile, R"(, "whenGone": "forget")") == WhenGone::forget);
    }
}

// Observed on 2.9.10: two messages, inactive_threshold of the durable over.
void TestProfiles::jetStreamKeepsTheMessagesOfAnIdleConsumer() {
    const auto scenario = readScenario(document(
        R"({"weir": "1", "profile": "nats-jetstream", "channels": {"q": {"kind": "queue", "idleExpiry": "1s"}}})"));
    QVERIFY2(scenario.ok(), errorsOf(scenario).c_str());
    QVERIFY(!scenario->channels.front().idleExpiry);
    QCOMPARE(scenario->leftOut.front().where, std::string("/channels/q/idleExpiry"));
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
            QVERIFY(channel.checkBack == (CheckBackSpec{.after = 6s, .every = 60s, .scans = true, .max = 15}));
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

void TestProfiles::streamsHaveTheGroupsOfTheirSystem() {
    const auto streamOn = [](const char* profile) {
        const Result<Scenario, Errors> scenario = readScenario(onProfile(document(workload), profile));
        return *std::find_if(scenario->channels.begin(), scenario->channels.end(),
                             [](const ChannelSpec& channel) { return channel.name == "log"; });
    };
    QVERIFY(streamOn("kafka").hasOwners());
    QCOMPARE(streamOn("kafka").group.sessionTimeout, Duration{45s});
    QCOMPARE(streamOn("kafka").group.maxPollInterval, std::optional<Duration>(5min));
    QVERIFY(streamOn("rabbitmq-stream").hasOwners());
    const std::pair<const char*, WhenGone> sharing[] = {{"nats-jetstream", WhenGone::wait},
                                                        {"redis-streams", WhenGone::resume},
                                                        {"pulsar", WhenGone::giveBack},
                                                        {"rocketmq", WhenGone::giveBack},
                                                        {"eventmesh", WhenGone::giveBack}};
    for (const auto& [profile, whenGone] : sharing) {
        const bool byQueue = std::string_view(profile) == "rocketmq";
        QVERIFY2(streamOn(profile).group.delivery == (byQueue ? GroupDelivery::partitionShared : GroupDelivery::shared),
                 profile);
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

QTEST_GUILESS_MAIN(TestProfiles)
#include "tst_profiles.moc"
