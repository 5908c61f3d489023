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

// {"d0": <with the next>, "d1": ..., "dN": {"type": "string"}}, and the first of them.
Value chained(int length, const char* before, const char* after) {
    std::string text = R"({"$ref": "#/definitions/d0", "definitions": {)";
    for (int i = 0; i < length; ++i)
        text += "\"d" + std::to_string(i) + "\": " + before + R"({"$ref": "#/definitions/d)" + std::to_string(i + 1) +
                "\"}" + after + ", ";
    return json(text + "\"d" + std::to_string(length) + R"(": {"type": "string"}}})");
}

// Each alternative leads to the next one twice: 2^50 ways through them.
Value alternatives(int length, const char* last) {
    std::string text = R"({"$ref": "#/definitions/d0", "definitions": {)";
    for (int i = 0; i < length; ++i) {
        const std::string next = R"({"$ref": "#/definitions/d)" + std::to_string(i + 1) + "\"}";
        text += "\"d" + std::to_string(i) + R"(": {"anyOf": [)" + next + ", " + next + "]}, ";
    }
    return json(text + "\"d" + std::to_string(length) + "\": " + last + "}}");
}

constexpr const char* counted = R"({"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]})";

} // namespace

class TestEventSchemas : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theVerdictIsTheValidators();
    void whatIsNoSchemaIsRefused();
    void whatIsNoSchemaIsRefusedWithItsPlace_data();
    void whatIsNoSchemaIsRefusedWithItsPlace();
    void aReferenceThatLeadsBackToItselfIsRefused();
    void aReferenceMayLeadBackByWayOfTheData();
    void aReferenceLeadsToAnyPlaceWithinTheSchema();
    void aLongChainOfReferencesTakesNoStack();
    void whatSeveralReferencesLeadToIsAskedOnce();
    void dataThatLeadTooDeepAreNotAccepted();
    void aPatternThatMatchesInManyWaysIsAskedOnce();
    void patternsAreBoundedTogether();
    void formatsAreOfTextsAlone();
    void aFractionIsNoMultipleOfAWholeNumber();
    void eachDraftIsReadAsItIsMeant_data();
    void eachDraftIsReadAsItIsMeant();
    void inclusionIsShown_data();
    void inclusionIsShown();
    void inclusionIsDenied_data();
    void inclusionIsDenied();
    void whatIsIncludedIsAcceptedByBoth();
    void nestedAlternativesAreComparedOnce();
    void aComparisonThatTakesTooLongIsGivenUpAndSaysSo();
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

void TestEventSchemas::whatIsNoSchemaIsRefusedWithItsPlace_data() {
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, const char* schema, const char* error) {
        QTest::newRow(name) << QByteArray(schema) << QString(error);
    };
    row("no schema", "3", "needs a JSON Schema (a table, true or false), got 3");
    row("within", R"({"properties": {"a/b": 3}})",
        "/properties/a~1b: needs a JSON Schema (a table, true or false), got 3");
    row("type", R"({"type": "int"})",
        R"(/type: needs one or more of "null", "boolean", "integer", "number", "string", "array", "object", got "int")");
    row("count", R"({"items": {"minLength": 1e30}})",
        "/items/minLength: needs a whole number from 0 to 1000000000000, got 1e30");
    row("step", R"({"multipleOf": 0})", "/multipleOf: needs a number above 0, got 0");
    row("pattern", R"({"anyOf": [{}, {"pattern": "["}]})",
        "/anyOf/1/pattern: needs a regular expression of ECMA-262 (column 1: needs a \"]\" for this \"[\"), got \"[\"");
    row("no pattern", R"({"pattern": 3})", "/pattern: needs a regular expression, as text, got 3");
    row("pattern of names", R"({"patternProperties": {"a\\1": {}}})",
        "/patternProperties/a\\1: needs a regular expression of ECMA-262 (column 2: does not know references back to "
        "what "
        "a group matched, such as \"\\1\"), got \"a\\\\1\"");
    row("outside", R"({"$ref": "http://example.com/x.json"})",
        "/$ref: needs a reference to a place within the schema, such as \"#/definitions/name\", got "
        "\"http://example.com/x.json\"");
    row("nowhere", R"({"not": {"$ref": "#/definitions/none"}})",
        "/not/$ref: needs a reference to a place within the schema, such as \"#/definitions/name\", got "
        "\"#/definitions/none\"");
    row("referred to", R"({"$ref": "#/definitions/a", "definitions": {"a": {"required": true}}})",
        "/definitions/a/required: needs a list of names, got true");
    row("draft 3", R"({"$schema": "http://json-schema.org/draft-03/schema#"})",
        "/$schema: needs JSON Schema draft 4, 6, 7, 2019-09 or 2020-12, got "
        "\"http://json-schema.org/draft-03/schema#\"");
    row("not known of 2020-12",
        R"({"$schema": "https://json-schema.org/draft/2020-12/schema", "unevaluatedProperties": false})",
        "/unevaluatedProperties: is not known here; of 2019-09 and 2020-12 all but \"unevaluatedItems\", "
        "\"unevaluatedProperties\", \"minContains\", \"maxContains\" and dynamic references is");
}

void TestEventSchemas::whatIsNoSchemaIsRefusedWithItsPlace() {
    QFETCH(QByteArray, schema);
    QFETCH(QString, error);
    const auto compiled = JsonSchema::compile(json(schema.toStdString()));
    QVERIFY(!compiled);
    QCOMPARE(QString::fromStdString(compiled.error().text()), error);
}

// They would be followed for ever.
void TestEventSchemas::aReferenceThatLeadsBackToItselfIsRefused() {
    const struct {
        const char* schema;
        const char* where;
        const char* reference;
    } loops[] = {{R"({"$ref": "#"})", "/$ref", "#"},
                 {R"({"allOf": [{"$ref": "#"}]})", "/allOf/0/$ref", "#"},
                 {R"({"if": {}, "then": {"not": {"$ref": "#"}}})", "/then/not/$ref", "#"},
                 {R"({"dependencies": {"a": {"$ref": "#"}}})", "/dependencies/a/$ref", "#"},
                 {R"({"$ref": "#/definitions/x", "definitions": {"x": {"$ref": "#/definitions/x"}}})",
                  "/definitions/x/$ref", "#/definitions/x"},
                 {R"({"definitions": {"x": {"allOf": [{"$ref": "#/definitions/y"}]},
                      "y": {"anyOf": [{"$ref": "#/definitions/x"}]}}, "oneOf": [{"$ref": "#/definitions/x"}]})",
                  "/definitions/y/anyOf/0/$ref", "#/definitions/x"}};
    for (const auto& [schema, where, reference] : loops)
        QCOMPARE(JsonSchema::compile(json(schema)).error().text(),
                 std::string(where) + ": needs to go into the data before it leads back to itself, got \"" + reference +
                     '"');
}

void TestEventSchemas::aReferenceMayLeadBackByWayOfTheData() {
    const auto list = JsonSchema::compile(json(R"({"type": "object", "properties": {"next": {"$ref": "#"}}})")).value();
    QVERIFY(list->accepts(json(R"({"next": {"next": {"next": {}}}})")));
    QVERIFY(!list->accepts(json(R"({"next": {"next": {"next": 1}}})")));
    const auto names = JsonSchema::compile(json(R"({"maxLength": 3, "propertyNames": {"$ref": "#"}})")).value();
    QVERIFY(names->accepts(json(R"({"abc": 1, "b": 2})")));
    QVERIFY(!names->accepts(json(R"({"abc": 1, "abcd": 2})")));
}

void TestEventSchemas::aReferenceLeadsToAnyPlaceWithinTheSchema() {
    for (const char* const schema :
         {R"({"properties": {"n": {"type": "integer"}, "m": {"$ref": "#/properties/n"}}})",
          R"({"properties": {"m": {"$ref": "#/definitions/a~1b%20c"}}, "definitions": {"a/b c": {"type": "integer"}}})",
          R"({"$id": "http://x/y", "properties": {"m": {"$ref": "http://x/y#/definitions/n"}},
              "definitions": {"n": {"type": "integer"}}})",
          R"({"properties": {"m": {"$ref": "#n"}}, "definitions": {"whole": {"$id": "#n", "type": "integer"}}})",
          R"({"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"m": {"$ref": "#n"}},
              "$defs": {"whole": {"$anchor": "n", "type": "integer"}}})"}) {
        const auto compiled = JsonSchema::compile(json(schema));
        QVERIFY2(compiled, schema);
        QVERIFY2((*compiled)->accepts(json(R"({"m": 1})")), schema);
        QVERIFY2(!(*compiled)->accepts(json(R"({"m": "1"})")), schema);
    }
}

void TestEventSchemas::aLongChainOfReferencesTakesNoStack() {
    const auto list = JsonSchema::compile(chained(15'000, R"({"properties": {"a": )", "}}"));
    QVERIFY(list);
    QVERIFY((*list)->accepts(json(R"({"a": {"a": {"a": {}}}})")));
    const auto allOf = JsonSchema::compile(chained(15'000, R"({"allOf": [)", "]}"));
    QVERIFY(!allOf);
    QVERIFY2(allOf.error().text().find("needs to go into the data after at most 64 references") != std::string::npos,
             allOf.error().text().c_str());
    QVERIFY(JsonSchema::compile(chained(63, R"({"allOf": [)", "]}"))); // the first and 63 more
    QVERIFY(!JsonSchema::compile(chained(64, R"({"allOf": [)", "]}")));
}

void TestEventSchemas::whatSeveralReferencesLeadToIsAskedOnce() {
    const auto schema = JsonSchema::compile(alternatives(50, R"({"type": "string"})")).value();
    QVERIFY(schema->accepts(json("\"text\"")));
    QVERIFY(!schema->accepts(json("5")));
}

void TestEventSchemas::dataThatLeadTooDeepAreNotAccepted() {
    // A list within a list, and `chain` references before each of them.
    const auto nested = [](int chain) {
        std::string text = R"({"$ref": "#/definitions/d0", "definitions": {)";
        for (int i = 0; i < chain; ++i)
            text += "\"d" + std::to_string(i) + R"(": {"allOf": [{"$ref": "#/definitions/d)" + std::to_string(i + 1) +
                    "\"}]}, ";
        return JsonSchema::compile(json(text + "\"d" + std::to_string(chain) +
                                        R"(": {"type": "array", "items": {"$ref": "#/definitions/d0"}}}})"))
            .value();
    };
    const Value deep = json(std::string(60, '[') + std::string(60, ']'));
    QVERIFY(nested(10)->accepts(deep));
    QVERIFY(!nested(60)->accepts(deep));
    QVERIFY(nested(60)->accepts(json("[[]]")));
}

void TestEventSchemas::aPatternThatMatchesInManyWaysIsAskedOnce() {
    const std::string text(40, 'a');
    const auto schema = JsonSchema::compile(json(R"({"pattern": "(a+)+$"})")).value();
    QVERIFY(schema->accepts(Value(text)));
    QVERIFY(!schema->accepts(Value(text + "!")));
    const auto names = JsonSchema::compile(json(R"({"patternProperties": {"(a|aa)+$": {"type": "string"}},
                                                    "additionalProperties": false})"))
                           .value();
    QVERIFY(names->accepts(Value(Value::Table{{text, Value("x")}})));
    QVERIFY(!names->accepts(Value(Value::Table{{text, Value(1)}})));
    QVERIFY(!names->accepts(Value(Value::Table{{text + "b", Value("x")}})));
}

void TestEventSchemas::patternsAreBoundedTogether() {
    Value::Table properties;
    for (int i = 0; i < 100; ++i)
        properties.emplace_back(std::to_string(i), json("{\"pattern\": \"[" + std::to_string(i) + "]{4000}\"}"));
    const auto compiled = JsonSchema::compile(Value(Value::Table{{"properties", Value(properties)}}));
    QVERIFY(!compiled);
    QCOMPARE(compiled.error().text(), std::string("/properties/49/pattern: needs fewer patterns, or shorter ones: with "
                                                  "their counts written out they have more than 200000 steps, got "
                                                  "\"[49]{4000}\""));
}

void TestEventSchemas::formatsAreOfTextsAlone() {
    const auto date = JsonSchema::compile(json(R"({"format": "date"})")).value();
    const auto none = JsonSchema::compile(json(R"({"format": ""})"));
    QVERIFY(none.ok() && (*none)->accepts(json(R"("any text")")));
    QVERIFY(date->accepts(json("\"2026-11-30\"")));
    QVERIFY(!date->accepts(json("\"2026-13-30\"")));
    QVERIFY(date->accepts(json("{}")));
    QVERIFY(!date->accepts(Value(std::string(1'000'000, '9'))));
}

void TestEventSchemas::aFractionIsNoMultipleOfAWholeNumber() {
    const auto even = JsonSchema::compile(json(R"({"multipleOf": 2})")).value();
    QVERIFY(even->accepts(json("4")));
    QVERIFY(!even->accepts(json("2.5")));
    QVERIFY(!even->accepts(json("3")));
}

void TestEventSchemas::eachDraftIsReadAsItIsMeant_data() {
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<QByteArray>("bad");
    const auto row = [](const char* name, std::string draft, const char* schema, const char* good, const char* bad) {
        const std::string said = draft.empty() ? "" : R"("$schema": ")" + draft + "\", ";
        QTest::newRow(name) << QByteArray::fromStdString("{" + said + schema + "}") << QByteArray(good)
                            << QByteArray(bad);
    };
    const std::string draft4 = "http://json-schema.org/draft-04/schema#";
    const std::string draft7 = "http://json-schema.org/draft-07/schema#";
    const std::string draft2019 = "https://json-schema.org/draft/2019-09/schema";
    const std::string draft2020 = "https://json-schema.org/draft/2020-12/schema";
    row("draft 4, above", draft4, R"("minimum": 3, "exclusiveMinimum": true)", "4", "3");
    row("draft 4, from", draft4, R"("minimum": 3, "exclusiveMinimum": false)", "3", "2");
    row("draft 4, below", draft4, R"("maximum": 3, "exclusiveMaximum": true)", "2", "3");
    row("draft 7, above", draft7, R"("exclusiveMinimum": 3)", "4", "3");
    row("draft 7, a list of items", draft7, R"("items": [{"type": "string"}], "additionalItems": {"type": "integer"})",
        R"(["a", 1])", R"(["a", "b"])");
    row("draft 7, beside a reference", draft7,
        R"("properties": {"n": {"$ref": "#/definitions/n", "maximum": 3}}, "definitions": {"n": {"type": "integer"}})",
        R"({"n": 4})", R"({"n": "4"})");
    row("2019-09, beside a reference", draft2019,
        R"("properties": {"n": {"$ref": "#/$defs/n", "maximum": 3}}, "$defs": {"n": {"type": "integer"}})",
        R"({"n": 3})", R"({"n": 4})");
    row("2019-09, the reference itself", draft2019,
        R"("properties": {"n": {"$ref": "#/$defs/n", "maximum": 3}}, "$defs": {"n": {"type": "integer"}})",
        R"({"n": 3})", R"({"n": "a"})");
    row("2019-09, a list of items", draft2019, R"("items": [{"type": "string"}], "additionalItems": false)", R"(["a"])",
        R"(["a", 1])");
    row("2020-12, the first items", draft2020, R"("prefixItems": [{"type": "string"}])", R"(["a", "b"])", "[1]");
    row("2020-12, the other items", draft2020, R"("prefixItems": [{"type": "string"}], "items": {"type": "integer"})",
        R"(["a", 1, 2])", R"(["a", 1, "b"])");
    row("2020-12, dependent names", draft2020, R"("dependentRequired": {"a": ["b"]})", R"({"a": 1, "b": 2})",
        R"({"a": 1})");
    row("2020-12, dependent schemas", draft2020,
        R"("dependentSchemas": {"a": {"maxProperties": 2}}, "dependentRequired": {"a": ["b"]})", R"({"a": 1, "b": 2})",
        R"({"a": 1, "b": 2, "c": 3})");
    row("2020-12, a reference to where its words were", draft2020,
        R"("prefixItems": [{"type": "string"}], "items": {"$ref": "#/prefixItems/0"})", R"(["a", "b"])", R"(["a", 1])");
}

void TestEventSchemas::eachDraftIsReadAsItIsMeant() {
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, good);
    QFETCH(QByteArray, bad);
    const auto compiled = JsonSchema::compile(json(schema.toStdString()));
    QVERIFY2(compiled, compiled ? "" : compiled.error().text().c_str());
    QVERIFY((*compiled)->accepts(json(good.toStdString())));
    QVERIFY(!(*compiled)->accepts(json(bad.toStdString())));
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

void TestEventSchemas::nestedAlternativesAreComparedOnce() {
    const Value texts = alternatives(50, R"({"type": "string"})");
    const auto why = exceeds(texts, alternatives(50, R"({"type": "string", "description": "the same"})"));
    QVERIFY2(!why, why ? why->c_str() : "");
    QVERIFY(exceeds(texts, alternatives(50, R"({"type": "integer"})")));
    // The same in schemas that lead back to themselves by way of the data.
    const auto trees = [](const char* leaf) {
        return json(
            std::string(R"({"anyOf": [{"properties": {"l": {"$ref": "#"}, "r": {"$ref": "#"}}, "type": "object"}, )") +
            leaf + "]}");
    };
    QVERIFY(!exceeds(trees(R"({"type": "integer"})"), trees(R"({"type": "number"})")));
    QVERIFY(exceeds(trees(R"({"type": "number"})"), trees(R"({"type": "integer"})")));
}

// Four hundred alternatives, half of them texts and half numbers, of which none is all of the others': each of the one
// schema is compared with nearly each of the other.
void TestEventSchemas::aComparisonThatTakesTooLongIsGivenUpAndSaysSo() {
    Value::List narrow;
    Value::List wide;
    for (int i = 0; i < 400; ++i) {
        const bool text = i % 2 == 0;
        narrow.push_back(json(text ? R"({"type": "string"})" : R"({"type": "integer"})"));
        wide.push_back(json(i < 398 ? R"({"type": "null"})"
                            : text  ? R"({"type": "string"})"
                                    : R"({"type": "integer"})"));
    }
    const auto why =
        exceeds(Value(Value::Table{{"anyOf", Value(narrow)}}), Value(Value::Table{{"anyOf", Value(wide)}}));
    QVERIFY(why);
    QCOMPARE(*why, std::string("it could not be shown that all fits: the two would take more than 100000 comparisons"));
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
    QCOMPARE(bench.publish("jobs", {.data = json(R"({"n": "1"})")}), Admission::unacceptable);
    QCOMPARE(bench.publish("jobs", {.data = json(R"({"n": "1"})")}), Admission::unacceptable); // from memory
    QCOMPARE(bench.publish("jobs"), Admission::unacceptable);                                  // no data is null
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
