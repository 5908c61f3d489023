// Schemas of events: the validator's verdict, what one schema has to do with another, versions and their compatibility,
// and what a channel or a consumer does with what is invalid.
#include "core/kernel/random.h"
#include "core/schema/json_schema.h"
#include "core/schema/schema_inclusion.h"
#include "core/schema/schema_registry.h"
#include "support/broker_bench.h"

#include <QTest>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace weir;
using enum RecordKind;

namespace {

Value json(std::string_view text) {
    return Value::parse(text).value();
}

// The validator itself, beside our use of it.
bool judged(const Value& schema, const Value& data) {
    const auto schemaText = nlohmann::json::parse(schema.canonical());
    const auto dataText = nlohmann::json::parse(data.canonical());
    valijson::Schema compiled;
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(schemaText), compiled);
    return valijson::Validator().validate(compiled, valijson::adapters::NlohmannJsonAdapter(dataText), nullptr);
}

// Small schemas and values that have something to do with each other.
class Generator {
  public:
    explicit Generator(std::uint64_t seed) : m_draw(Stream(seed, "test/schemas").draw(0)) {}

    Value schema(int depth = 2) {
        switch (m_draw.below(depth > 0 ? 8 : 4)) {
        case 0:
            return json(R"({"type": "integer"})");
        case 1: {
            Value::Table table{{"type", Value(chance() ? "integer" : "number")}};
            if (chance())
                table.emplace_back("minimum", Value(number()));
            if (chance())
                table.emplace_back("maximum", Value(number()));
            return Value(table);
        }
        case 2: {
            Value::Table table{{"type", Value("string")}};
            if (chance())
                table.emplace_back("maxLength", Value(static_cast<int>(m_draw.below(3))));
            if (chance())
                table.emplace_back("minLength", Value(static_cast<int>(m_draw.below(3))));
            return Value(table);
        }
        case 3:
            return Value(Value::Table{{"enum", Value(Value::List{data(0), data(0), data(0)})}});
        case 4: {
            Value::Table table{{"type", Value("array")}};
            if (chance())
                table.emplace_back("items", schema(depth - 1));
            if (chance())
                table.emplace_back("maxItems", Value(static_cast<int>(m_draw.below(3))));
            return Value(table);
        }
        case 5:
            return Value(Value::Table{{"anyOf", Value(Value::List{schema(depth - 1), schema(depth - 1)})}});
        default: {
            Value::Table properties;
            for (const char* const name : {"a", "b"})
                if (chance())
                    properties.emplace_back(name, schema(depth - 1));
            Value::Table table{{"type", Value("object")}, {"properties", Value(properties)}};
            if (chance())
                table.emplace_back("required", Value(Value::List{Value(chance() ? "a" : "b")}));
            if (chance())
                table.emplace_back("additionalProperties", chance() ? Value(false) : schema(depth - 1));
            return Value(table);
        }
        }
    }
    Value data(int depth = 2) {
        switch (m_draw.below(depth > 0 ? 6 : 4)) {
        case 0:
            return Value(number());
        case 1:
            return Value(Decimal(static_cast<std::int64_t>(m_draw.below(40)), 1));
        case 2:
            return Value(std::string(m_draw.below(4), 'x'));
        case 3:
            return chance() ? Value() : Value(true);
        case 4: {
            Value::List list;
            for (std::uint64_t i = m_draw.below(4); i > 0; --i)
                list.push_back(data(depth - 1));
            return Value(list);
        }
        default: {
            Value::Table table;
            for (const char* const name : {"a", "b", "c"})
                if (chance())
                    table.emplace_back(name, data(depth - 1));
            return Value(table);
        }
        }
    }

  private:
    bool chance() { return m_draw.happens(0.5); }
    int number() { return static_cast<int>(m_draw.below(5)); }
    Draw m_draw;
};

EventTypeSpec job(Compatibility compatibility, std::vector<std::pair<const char*, const char*>> versions) {
    EventTypeSpec type;
    type.name = "job";
    type.compatibility = compatibility;
    for (const auto& [version, schema] : versions)
        type.schemas.push_back({.version = version, .schema = json(schema), .file = {}});
    return type;
}

ChannelSpec checked(SchemaCheck check, const std::string& deadLetter = {}) {
    ChannelSpec channel;
    channel.name = "jobs";
    channel.schemaCheck = check;
    channel.deadLetter = deadLetter;
    return channel;
}

ChannelSpec queue(const std::string& name) {
    ChannelSpec channel;
    channel.name = name;
    return channel;
}

constexpr const char* counted = R"({"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]})";

} // namespace

class TestEventSchemas : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theVerdictIsTheValidators();
    void whatIsNoSchemaIsRefused();
    void inclusionIsShown_data();
    void inclusionIsShown();
    void inclusionIsDenied_data();
    void inclusionIsDenied();
    void whatIsIncludedIsAcceptedByBoth();
    void compatibilityLooksWhereItsNameSays();
    void transitiveKindsLookAtAllVersions();
    void aVersionThatBreaksIsPassedOverByTheNext();
    void anInvalidMessageIsRefused();
    void anInvalidMessageGoesToTheDeadLetters();
    void whatAGateRefusedDoesNotComeBackAsADeadLetter();
    void aDeadLetterOfAGateGoesOnLikeAnyOther();
    void anInvalidMessageIsLetInWithAWarning();
    void anUnregisteredVersionIsRefused();
    void aTypeWithoutSchemasIsFree();
};

void TestEventSchemas::theVerdictIsTheValidators() {
    int valid = 0;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        Generator generator(seed);
        const Value schema = generator.schema();
        const Value data = generator.data();
        const bool verdict = JsonSchema::compile(schema).value()->accepts(data);
        QVERIFY2(verdict == judged(schema, data),
                 qPrintable(QString::fromStdString(schema.canonical() + data.canonical())));
        valid += verdict ? 1 : 0;
    }
    QVERIFY(valid > 300 && valid < 2700);
}

void TestEventSchemas::whatIsNoSchemaIsRefused() {
    for (const char* const text : {"3", "\"text\"", "[]", R"({"type": 3})", R"({"pattern": "("})",
                                   R"({"properties": {"a": {"pattern": "[z-a]"}}})"})
        QVERIFY2(!JsonSchema::compile(json(text)), text);
    for (const char* const text :
         {"{}", "true", "false", R"({"type": ["string", "null"]})", R"({"enum": [{"pattern": "("}]})"})
        QVERIFY2(JsonSchema::compile(json(text)).ok(), text);
}

void TestEventSchemas::inclusionIsShown_data() {
    QTest::addColumn<QString>("narrow");
    QTest::addColumn<QString>("wide");
    const auto row = [](const char* name, const char* narrow, const char* wide) {
        QTest::newRow(name) << narrow << wide;
    };
    row("anything", R"({"type": "string"})", "{}");
    row("integers are numbers", R"({"type": "integer"})", R"({"type": "number"})");
    row("wider bounds", R"({"type": "integer", "minimum": 1, "maximum": 5})", R"({"type": "integer", "maximum": 9})");
    row("an optional member goes",
        R"({"type": "object", "properties": {"a": {}, "b": {}}, "additionalProperties": false})",
        R"({"type": "object", "properties": {"a": {}}})");
    row("an optional member comes, closed",
        R"({"type": "object", "properties": {"a": {}}, "additionalProperties": false})",
        R"({"type": "object", "properties": {"a": {}, "b": {"type": "string"}}, "additionalProperties": false})");
    row("no longer required", counted, R"({"type": "object", "properties": {"n": {"type": "integer"}}})");
    row("one of those listed", R"({"enum": ["a", 2]})", R"({"type": ["string", "integer"]})");
    row("a longer list", R"({"enum": ["a"]})", R"({"enum": ["a", "b"]})");
    row("a branch", R"({"type": "string"})", R"({"anyOf": [{"type": "null"}, {"type": "string"}]})");
    row("branches", R"({"anyOf": [{"type": "null"}, {"type": "string"}]})",
        R"({"type": ["null", "string", "integer"]})");
    row("items", R"({"type": "array", "items": {"type": "integer"}, "maxItems": 3})",
        R"({"type": "array", "items": {"type": "number"}})");
    row("a reference", R"({"definitions": {"n": {"type": "integer"}}, "$ref": "#/definitions/n"})",
        R"({"type": "number"})");
    row("itself", R"({"properties": {"next": {"$ref": "#"}}})", R"({"properties": {"next": {"$ref": "#"}}})");
    row("the same pattern", R"({"type": "string", "pattern": "^a"})", R"({"pattern": "^a"})");
    row("a pattern of texts alone", R"({"type": "integer"})", R"({"pattern": "^a"})");
    row("remarks", R"({"title": "one"})", R"({"title": "other", "default": 3})");
}

void TestEventSchemas::inclusionIsShown() {
    QFETCH(QString, narrow);
    QFETCH(QString, wide);
    const auto why = exceeds(json(narrow.toStdString()), json(wide.toStdString()));
    QVERIFY2(!why, why ? why->c_str() : "");
}

void TestEventSchemas::inclusionIsDenied_data() {
    QTest::addColumn<QString>("narrow");
    QTest::addColumn<QString>("wide");
    QTest::addColumn<QString>("where");
    const auto row = [](const char* name, const char* narrow, const char* wide, const char* where) {
        QTest::newRow(name) << narrow << wide << where;
    };
    row("another type", R"({"type": "number"})", R"({"type": "integer"})", "/type");
    row("tighter", R"({"type": "integer"})", R"({"minimum": 1})", "/minimum");
    row("a required member comes", R"({"type": "object"})", counted, "/properties/n");
    row("required now", R"({"type": "object", "properties": {"n": {"type": "integer"}}})", counted, "/required");
    // Confluent's rule: in an open content model the member may have been there already, as anything.
    row("an optional member comes, open", R"({"type": "object", "properties": {"a": {}}})",
        R"({"type": "object", "properties": {"a": {}, "b": {"type": "string"}}})", "/properties/b");
    row("closed now", R"({"type": "object", "properties": {"a": {}, "b": {}}, "additionalProperties": false})",
        R"({"type": "object", "properties": {"a": {}}, "additionalProperties": false})", "/additionalProperties");
    row("no longer listed", R"({"enum": ["a", "b"]})", R"({"enum": ["a"]})", "the whole");
    row("another pattern", R"({"type": "string", "pattern": "^a"})", R"({"pattern": "^ab"})", "/pattern");
    row("not", R"({"type": "string"})", R"({"not": {"type": "string"}})", "/not");
}

void TestEventSchemas::inclusionIsDenied() {
    QFETCH(QString, narrow);
    QFETCH(QString, wide);
    QFETCH(QString, where);
    const auto why = exceeds(json(narrow.toStdString()), json(wide.toStdString()));
    QVERIFY(why);
    QVERIFY2(QString::fromStdString(*why).startsWith(where), why->c_str());
}

// Whatever it says of schemas that nobody thought of: it never calls one wide that is not.
void TestEventSchemas::whatIsIncludedIsAcceptedByBoth() {
    int included = 0;
    int accepted = 0;
    for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
        Generator generator(seed);
        const Value narrow = generator.schema();
        const Value wide = generator.schema();
        if (exceeds(narrow, wide))
            continue;
        ++included;
        const auto from = JsonSchema::compile(narrow).value();
        const auto to = JsonSchema::compile(wide).value();
        for (int i = 0; i < 30; ++i) {
            const Value data = generator.data();
            if (!from->accepts(data))
                continue;
            ++accepted;
            QVERIFY2(to->accepts(data), qPrintable(QStringLiteral("seed %1: %2 in %3: %4")
                                                       .arg(seed)
                                                       .arg(QString::fromStdString(narrow.canonical()),
                                                            QString::fromStdString(wide.canonical()),
                                                            QString::fromStdString(data.canonical()))));
        }
    }
    QVERIFY2(included > 200 && accepted > 500, qPrintable(QStringLiteral("%1 %2").arg(included).arg(accepted)));
}

void TestEventSchemas::compatibilityLooksWhereItsNameSays() {
    const std::vector<std::pair<const char*, const char*>> loosened = {{"1", counted}, {"2", R"({"type": "object"})"}};
    const std::vector<std::pair<const char*, const char*>> tightened = {{"1", R"({"type": "object"})"}, {"2", counted}};
    const auto breaches = [](Compatibility kind, const auto& versions) {
        return schemaBreaches(job(kind, versions)).size();
    };
    for (const Compatibility kind : {Compatibility::none, Compatibility::backward, Compatibility::backwardTransitive})
        QCOMPARE(breaches(kind, loosened), std::size_t{0});
    for (const Compatibility kind : {Compatibility::none, Compatibility::forward, Compatibility::forwardTransitive})
        QCOMPARE(breaches(kind, tightened), std::size_t{0});
    for (const Compatibility kind : {Compatibility::full, Compatibility::fullTransitive}) {
        QCOMPARE(breaches(kind, loosened), std::size_t{1});
        QCOMPARE(breaches(kind, tightened), std::size_t{1});
    }
    QCOMPARE(breaches(Compatibility::backward, tightened), std::size_t{1});
    QCOMPARE(breaches(Compatibility::forward, loosened), std::size_t{1});
    const SchemaBreach breach = schemaBreaches(job(Compatibility::backward, tightened)).front();
    QCOMPARE(breach.version, std::string("2"));
    QCOMPARE(breach.against, std::string("1"));
    QVERIFY(!breach.forward);
}

// Inclusion is transitive, so the kinds differ in what they compare with, not in what they let pass.
void TestEventSchemas::transitiveKindsLookAtAllVersions() {
    const std::vector<std::pair<const char*, const char*>> versions = {
        {"1", counted}, {"2", R"({"type": "object"})"}, {"3", R"({"type": "string"})"}};
    QCOMPARE(schemaBreaches(job(Compatibility::backward, versions)).size(), std::size_t{1});
    QCOMPARE(schemaBreaches(job(Compatibility::backward, versions)).front().against, std::string("2"));
    QCOMPARE(schemaBreaches(job(Compatibility::backwardTransitive, versions)).front().against, std::string("1"));
    const auto forward = schemaBreaches(job(Compatibility::forward, versions));
    QCOMPARE(forward.size(), std::size_t{2}); // 1 reads neither what 2 writes nor what 3 writes
    QCOMPARE(forward.back().against, std::string("1"));
    QVERIFY(forward.back().forward);
}

void TestEventSchemas::aVersionThatBreaksIsPassedOverByTheNext() {
    Scenario scenario;
    scenario.events.push_back(
        job(Compatibility::backward, {{"1", counted}, {"2", R"({"type": "string"})"}, {"3", counted}}));
    const auto registry = SchemaRegistry::compile(scenario).value();
    using Standing = SchemaRegistry::Standing;
    QVERIFY(registry->find("job", "1").standing == Standing::registered);
    QVERIFY(registry->find("job", "2").standing == Standing::incompatible);
    QVERIFY(registry->find("job", "3").standing == Standing::registered); // against 1: 2 is not there
    QVERIFY(registry->find("job", "4").standing == Standing::unknown);
    QVERIFY(registry->find("other", "1").standing == Standing::free);
}

void TestEventSchemas::anInvalidMessageIsRefused() {
    BrokerBench bench({checked(SchemaCheck::reject)}, {}, {job(Compatibility::none, {{"1.0", counted}})});
    QCOMPARE(bench.publish("jobs", {.data = json(R"({"n": 1})")}), Admission::accepted);
    QCOMPARE(bench.publish("jobs", {.data = json(R"({"n": "1"})")}), Admission::refused);
    QCOMPARE(bench.publish("jobs", {.data = json(R"({"n": "1"})")}), Admission::refused); // from memory
    QCOMPARE(bench.publish("jobs"), Admission::refused);                                  // no data is null
    QCOMPARE(bench.log({enqueued, refused}), "0 enqueued 1 jobs; 0 refused 2 jobs schema_invalid; "
                                             "0 refused 3 jobs schema_invalid; 0 refused 4 jobs schema_invalid");
}

void TestEventSchemas::anInvalidMessageGoesToTheDeadLetters() {
    BrokerBench bench({checked(SchemaCheck::deadLetter, "dead"), queue("dead")}, {},
                      {job(Compatibility::none, {{"1.0", counted}})});
    bench.attach("dead", 1);
    QCOMPARE(bench.publish("jobs", {.data = json("3")}), Admission::accepted);
    QCOMPARE(bench.log({deadLettered, enqueued}), "0 deadLettered 1 jobs schema_invalid; 0 enqueued 1 dead");
    QCOMPARE(bench.deaths(1), "jobs schema_invalid x1");
    QVERIFY(bench.ledger().closed());
}

// The others that are bound get it.
void TestEventSchemas::whatAGateRefusedDoesNotComeBackAsADeadLetter() {
    ChannelSpec dlx, jobs = checked(SchemaCheck::deadLetter, "dlx"), dead = queue("dead");
    dlx.name = "dlx";
    dlx.kind = ChannelKind::exchange;
    dlx.exchangeType = ExchangeType::fanout;
    jobs.bindings.push_back({.to = "dlx"});
    const std::vector<EventTypeSpec> types{job(Compatibility::none, {{"1.0", counted}})};
    BrokerBench alone({dlx, jobs}, {}, types);
    alone.publish("jobs", {.data = json("3")});
    QCOMPARE(alone.log({deadLettered, dropped, enqueued}), "0 dropped 1 jobs cycle");
    dead.bindings.push_back({.to = "dlx"});
    BrokerBench bench({dlx, jobs, dead}, {}, types);
    bench.publish("jobs", {.data = json("3")});
    QCOMPARE(bench.log({deadLettered, dropped, enqueued}), "0 deadLettered 1 jobs schema_invalid; 0 enqueued 1 dead");
    QVERIFY(alone.ledger().closed());
    QVERIFY(bench.ledger().closed());
}

// With its channel's key, without the time to live that it had; where nothing is bound it is dropped.
void TestEventSchemas::aDeadLetterOfAGateGoesOnLikeAnyOther() {
    ChannelSpec dlx, jobs = checked(SchemaCheck::deadLetter, "dlx"), dead = queue("dead");
    dlx.name = "dlx";
    dlx.kind = ChannelKind::topic;
    jobs.deadLetterKey = "invalid.job";
    const std::vector<EventTypeSpec> types{job(Compatibility::none, {{"1.0", counted}})};
    BrokerBench unbound({dlx, jobs}, {}, types);
    unbound.publish("jobs", {.data = json("3")});
    QCOMPARE(unbound.log({deadLettered, dropped, enqueued}), "0 dropped 1 jobs no_route");
    dead.bindings.push_back({.to = "dlx", .pattern = "invalid.*"});
    BrokerBench bench({dlx, jobs, dead}, {}, types);
    bench.publish("jobs", {.ttl = 10ms, .data = json("3")});
    bench.runTo(1s);
    QCOMPARE(bench.log({deadLettered, dropped, enqueued, expired}),
             "0 deadLettered 1 jobs schema_invalid; 0 enqueued 1 dead");
    bench.attach("dead", 1);
    QCOMPARE(bench.routingKey(1), std::string("invalid.job"));
    QVERIFY(bench.ledger().closed());
}

void TestEventSchemas::anInvalidMessageIsLetInWithAWarning() {
    BrokerBench bench({checked(SchemaCheck::warn)}, {}, {job(Compatibility::none, {{"1.0", counted}})});
    QCOMPARE(bench.publish("jobs", {.data = json("3")}), Admission::accepted);
    QCOMPARE(bench.publish("jobs", {.data = json(R"({"n": 1})")}), Admission::accepted);
    QCOMPARE(bench.log({routed, enqueued}),
             "0 routed 1 jobs schema_invalid; 0 enqueued 1 jobs; 0 routed 2 jobs; 0 enqueued 2 jobs");
}

void TestEventSchemas::anUnregisteredVersionIsRefused() {
    BrokerBench bench({checked(SchemaCheck::reject)}, {},
                      {job(Compatibility::backward, {{"1.0", counted}, {"2.0", R"({"type": "string"})"}})});
    bench.publish("jobs", {.data = json(R"({"n": 1})")});
    bench.publish("jobs", {.data = json(R"("text")"), .version = "2.0"});
    bench.publish("jobs", {.data = json(R"({"n": 1})"), .version = "3.0"});
    QCOMPARE(bench.log({enqueued, refused}),
             "0 enqueued 1 jobs; 0 refused 2 jobs schema_incompatible; 0 refused 3 jobs schema_unknown");
}

void TestEventSchemas::aTypeWithoutSchemasIsFree() {
    BrokerBench bench({checked(SchemaCheck::reject)});
    QCOMPARE(bench.publish("jobs", {.data = json("3")}), Admission::accepted);
}

QTEST_APPLESS_MAIN(TestEventSchemas)
#include "tst_event_schemas.moc"
