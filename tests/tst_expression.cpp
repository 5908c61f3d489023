// CESQL 1.0 rule by rule, and the extensions. Rows: expression, event as JSON, the value as JSON, the kind of error.
#include "core/expression/cloud_event_subject.h"
#include "core/expression/expression.h"

#include <QTest>

#include <thread>

using namespace weir;

namespace {

const char* const plainEvent = "{\"specversion\":\"1.0\",\"id\":\"myId\",\"source\":\"http://localhost/source\","
                               "\"type\":\"order.created\"}";

// The plain event with further members: with("\"sequence\":\"5\"").
std::string with(const std::string& members) {
    std::string json = plainEvent;
    json.pop_back();
    return json + ',' + members + '}';
}

// What the value and the error are: "false missingAttribute", "\"abc\"".
std::string outcomeOf(const std::string& text, const std::string& json) {
    const auto event = Value::parse(json);
    if (!event.ok())
        return "event: " + event.error().text();
    const auto expression = Expression::parse(text);
    if (!expression.ok())
        return "parse";
    const Outcome outcome = expression->evaluate(CloudEventSubject(*event));
    std::string shown = outcome.value.canonical();
    if (outcome.error)
        shown += ' ' + std::string(errorKindName(outcome.error->kind));
    return shown;
}

void columns() {
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("event");
    QTest::addColumn<QString>("outcome");
}

void row(const char* expression, const char* outcome) {
    QTest::newRow(expression) << expression << plainEvent << outcome;
}

void row(const char* expression, const std::string& event, const char* outcome) {
    QTest::addRow("%s <- %s", expression, event.c_str() + strlen(plainEvent) - 1)
        << expression << QString::fromStdString(event) << outcome;
}

// A subject that has its facts at hand, as a record does.
class RecordLike : public Subject {
  public:
    Datum field(Field field) const override {
        switch (field) {
        case Field::kind:
            return Datum::text("acked");
        case Field::attempt:
            return Datum::decimal(2);
        case Field::latency:
            return Datum::decimal(Decimal(20'500'000, 9));
        default:
            return {};
        }
    }
    Datum attribute(std::string_view) const override { return {}; }
    Datum metric(const MetricName& name) const override {
        if (name.scope == "channel" && name.name == "orders" && name.figure == "waitP99")
            return Datum::decimal(Decimal(1'500'000'000, 9));
        return {};
    }
    Datum state(const StateName& name) const override {
        if (name.service == "inventory" && name.name == "stock" && name.key == "PROD-001")
            return Datum::decimal(100);
        if (name.service == "shop" && name.name == "open" && name.key.empty())
            return Datum::boolean(true);
        return {};
    }
};

bool holds(const char* text) {
    return Expression::parse(text).value().holds(RecordLike());
}

} // namespace

class TestExpression : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void literals_data();
    void literals() { check(); }
    void attributes_data();
    void attributes() { check(); }
    void unaryOperators_data();
    void unaryOperators() { check(); }
    void comparisons_data();
    void comparisons() { check(); }
    void arithmetic_data();
    void arithmetic() { check(); }
    void logic_data();
    void logic() { check(); }
    void likePatterns_data();
    void likePatterns() { check(); }
    void sets_data();
    void sets() { check(); }
    void existence_data();
    void existence() { check(); }
    void casts_data();
    void casts() { check(); }
    void textFunctions_data();
    void textFunctions() { check(); }
    void numberFunctions_data();
    void numberFunctions() { check(); }
    void errorsGiveTheZeroOfTheOperation_data();
    void errorsGiveTheZeroOfTheOperation() { check(); }
    void precedence_data();
    void precedence() { check(); }
    void dataPaths_data();
    void dataPaths() { check(); }
    void quantities_data();
    void quantities() { check(); }
    void whatDoesNotParse_data();
    void whatDoesNotParse();

    void recordFieldsAnswerAFilter();
    void attributesShadowRecordFields();
    void metricsAndStateAreAnsweredByTheSubject();
    void aFilterPassesOnlyTrueWithoutError();
    void numbersOfARecordAreDecimals();
    void errorsNameTheirPlace();
    void unknownFunctionsAreKnownBeforehand();
    void nestingAndLengthAreLimited();
    void hostileExpressionsStaySmall();
    void oneExpressionServesSeveralThreads();

  private:
    void check();
};

void TestExpression::check() {
    QFETCH(QString, expression);
    QFETCH(QString, event);
    QFETCH(QString, outcome);
    QCOMPARE(QString::fromStdString(outcomeOf(expression.toStdString(), event.toStdString())), outcome);
}

void TestExpression::literals_data() {
    columns();
    row("TRUE", "true");
    row("true", "true");
    row("tRuE", "true");
    row("FALSE", "false");
    row("FaLsE", "false");
    row("0", "0");
    row("1", "1");
    row("007", "7");
    row("+10", "10");
    row("-10", "-10");
    row("2147483647", "2147483647");
    row("-2147483648", "-2147483648");
    row("'abc'", "\"abc\"");
    row("\"abc\"", "\"abc\"");
    row("'aBcD'", "\"aBcD\"");
    row("''", "\"\"");
    row("'a\"b\\'c'", "\"a\\\"b'c\"");
    row("\"a'b\\\"c\"", "\"a'b\\\"c\"");
    row("'ab\\c'", "\"ab\\\\c\"");
    row("'ab\\\"c'", "\"ab\\\\\\\"c\"");
    row("'ab\\\\'", "\"ab\\\\\\\\\"");
    row("'中文'", "\"中文\"");
    row(" \t\r\n 1 \n", "1");
    row("(TRUE)", "true");
    row("((('x')))", "\"x\"");
}

void TestExpression::attributes_data() {
    columns();
    row("id", "\"myId\"");
    row("ID", "\"myId\"");
    row("source", "\"http://localhost/source\"");
    row("specversion", "\"1.0\"");
    row("subject", with("\"subject\":\"mySubject\""), "\"mySubject\"");
    row("subject", "false missingAttribute");
    row("mybool", with("\"mybool\":true"), "true");
    row("myint", with("\"myint\":10"), "10");
    row("myint + 1", with("\"myint\":2147483647"), "0 math");
    row("myext", with("\"myext\":\"my extension\""), "\"my extension\"");
    row("time", with("\"time\":\"2018-04-26T14:48:09+02:00\""), "\"2018-04-26T14:48:09+02:00\"");
    row("123abc", with("\"123abc\":\"x\""), "\"x\"");
    row("2d2", with("\"2d2\":\"x\""), "\"x\"");
    row("averyveryverylongattributename = 'x'", with("\"averyveryverylongattributename\":\"x\""), "true");
    row("gone", with("\"gone\":null"), "false missingAttribute");
}

void TestExpression::unaryOperators_data() {
    columns();
    row("NOT TRUE", "false");
    row("NOT FALSE", "true");
    row("NOT NOT TRUE", "true");
    row("NOT 'TRUE'", "false");
    row("NOT 'FALSE'", "true");
    row("NOT 10", "false");
    row("NOT 0", "true");
    row("NOT 'abc'", "false cast");
    row("NOT missing", "false missingAttribute");
    row("--10", "10");
    row("- 10", "-10");
    row("-'10'", "-10");
    row("--'10'", "10");
    row("-TRUE", "-1");
    row("-'abc'", "0 cast");
    row("-missing", "0 missingAttribute");
    row("--2147483648", "0 math");
}

void TestExpression::comparisons_data() {
    columns();
    row("TRUE = FALSE", "false");
    row("FALSE = FALSE", "true");
    row("1 = 2", "false");
    row("2 = 2", "true");
    row("'abc' = '123'", "false");
    row("'abc' = 'abc'", "true");
    row("'abc' = 'ABC'", "false");
    row("TRUE != FALSE", "true");
    row("FALSE != FALSE", "false");
    row("1 != 2", "true");
    row("2 != 2", "false");
    row("'abc' != '123'", "true");
    row("'abc' != 'abc'", "false");
    row("TRUE <> FALSE", "true");
    row("1 <> 2", "true");
    row("2 <> 2", "false");
    row("'abc' <> 'abc'", "false");
    row("2 <= 2", "true");
    row("3 <= 2", "false");
    row("1 < 2", "true");
    row("2 < 2", "false");
    row("2 >= 2", "true");
    row("2 >= 3", "false");
    row("2 > 1", "true");
    row("2 > 2", "false");
    row("'10' > 9", "true");
    row("'10' < '9'", "false"); // the order is of integers, never of texts
    row("TRUE > FALSE", "true");
    row("'abc' < 1", "false cast");
    // The type of the right side decides for = and its opposites.
    row("true = 'TRUE'", "false");
    row("'TRUE' = true", "true");
    row("TRUE = \"true\" AND FALSE = \"false\"", "true");
    row("TRUE = \"TRUE\" OR FALSE = \"FALSE\"", "false");
    row("'5' = 5", "true");
    row("'05' = 5", "true");
    row("5 = '05'", "false");
    row("TRUE = 1", "true");
    row("10 = TRUE", "true");
    row("'abc' = 5", "false cast");
    row("'abc' != 5", "false cast");
    row("'abc' = TRUE", "false cast");
    row("sequence = 5", with("\"sequence\":\"5\""), "true");
    row("sequence = 5", with("\"sequence\":\"6\""), "false");
    row("hop < ttl", with("\"hop\":\"5\",\"ttl\":\"10\""), "true");
    row("int(hop) < int(ttl) and int(hop) < 1000", with("\"hop\":\"5\",\"ttl\":\"10\""), "true");
    row("missing = 2", "false missingAttribute");
    row("missing != 2", "false missingAttribute");
    row("missing <> 2", "false missingAttribute");
    row("missing <= 2", "false missingAttribute");
    row("2 > missing", "false missingAttribute");
    row("1 = 1 = TRUE", "true");
}

void TestExpression::arithmetic_data() {
    columns();
    row("4 * 2 + 4 / 2", "10");
    row("4 * (2 + 4) / 2", "12");
    row("5 / 3", "1");
    row("-5 / 3", "-1");
    row("5 / -3", "-1");
    row("5 % 2", "1");
    row("5%2", "1");
    row("-5 % 3", "-2");
    row("5 % -3", "2");
    row("5% -3", "2");
    row("5 / 0", "0 math");
    row("5 % 0", "0 math");
    row("missing / 0", "0 missingAttribute");
    row("missing % 0", "0 missingAttribute");
    row("missing * 5", "0 missingAttribute");
    row("1 / missing", "0 missingAttribute");
    row("4 + 1", "5");
    row("-4 + 1", "-3");
    row("-4 + -1", "-5");
    row("4 + -1", "3");
    row("4 - 1", "3");
    row("4-1", "3");
    row("4 -1", "3");
    row("-4 - 1", "-5");
    row("10 - 2 - 3", "5");
    row("100 / 10 / 5", "2");
    row("'5' + 3", "8");
    row("5 + '3'", "8");
    row("'5' + '3'", "8");
    row("5 + TRUE", "6");
    row("'5avc4' + 10", "0 cast");
    row("2147483647 + 1", "0 math");
    row("-2147483648 - 1", "0 math");
    row("65536 * 65536", "0 math");
    row("-2147483648 / -1", "0 math");
    row("-2147483648 % -1", "0");
    row("1 != 1 / 0", "false math");
}

void TestExpression::logic_data() {
    columns();
    row("FALSE AND FALSE", "false");
    row("FALSE AND TRUE", "false");
    row("TRUE AND FALSE", "false");
    row("TRUE AND TRUE", "true");
    row("false and (1 != 1 / 0)", "false");
    row("true and (1 != 1 / 0)", "false math");
    row("FALSE OR FALSE", "false");
    row("FALSE OR TRUE", "true");
    row("TRUE OR FALSE", "true");
    row("TRUE OR TRUE", "true");
    row("true or (1 != 1 / 0)", "true");
    row("false or (1 != 1 / 0)", "false math");
    row("FALSE XOR FALSE", "false");
    row("FALSE XOR TRUE", "true");
    row("TRUE XOR FALSE", "true");
    row("TRUE XOR TRUE", "false");
    row("TRUE XOR missing", "false missingAttribute");
    row("'true' AND 1", "true");
    row("'abc' AND TRUE", "false cast");
    row("TRUE AND 'abc'", "false cast");
    row("FALSE AND 'abc'", "false");
    row("true AND (missing = \"\")", "false missingAttribute");
    row("missing OR TRUE", "false missingAttribute");
    row("firstname = 'F' OR subject = 'F'", with("\"subject\":\"F\",\"firstname\":\"D\""), "true");
    row("firstname = 'F' OR subject = 'F'", with("\"subject\":\"D\",\"firstname\":\"F\""), "true");
    row("(firstname = 'F' AND lastname = 'G') OR subject = 'F G'",
        with("\"subject\":\"F G\",\"firstname\":\"D\",\"lastname\":\"E\""), "true");
    row("id LIKE 'no%' OR myext LIKE '%ext'", "false missingAttribute");
    row("id LIKE 'my%' OR myext LIKE '%ext'", "true");
}

void TestExpression::likePatterns_data() {
    columns();
    row("'abc' LIKE 'abc'", "true");
    row("'ab\\c' LIKE 'ab\\c'", "true");
    row("'abc' NOT LIKE 'abc'", "false");
    row("'abc' LIKE 'ABC'", "false");
    row("'abc' LIKE 'a%b%c'", "true");
    row("'azbc' LIKE 'a%b%c'", "true");
    row("'azzzbzzzc' LIKE 'a%b%c'", "true");
    row("'a%b%c' LIKE 'a%b%c'", "true");
    row("'ac' LIKE 'abc'", "false");
    row("'' LIKE 'abc'", "false");
    row("'' LIKE ''", "true");
    row("'' LIKE '%'", "true");
    row("'' LIKE '_'", "false");
    row("'abc' LIKE ''", "false");
    row("'abcabd' LIKE '%abd'", "true");
    row("'.ab.cde.' LIKE '.%.%.'", "true");
    row("'ab.cde' LIKE '.%.%.'", "false");
    row("'abc' LIKE 'a_b_c'", "false");
    row("'a_b_c' LIKE 'a_b_c'", "true");
    row("'abzc' LIKE 'a_b_c'", "false");
    row("'azbzc' LIKE 'a_b_c'", "true");
    row("'.a.b.' LIKE '._._.'", "true");
    row("'abcd.' LIKE '._._.'", "false");
    row("'a_b_c' LIKE 'a\\_b\\_c'", "true");
    row("'a_b_c' NOT LIKE 'a\\_b\\_c'", "false");
    row("'azbzc' LIKE 'a\\_b\\_c'", "false");
    row("'abc' LIKE 'a\\%b\\%c'", "false");
    row("'a%b%c' LIKE 'a\\%b\\%c'", "true");
    row("'azbzc' LIKE 'a\\%b\\%c'", "false");
    row("'ab' LIKE '_b*'", "false");
    row("'aBc' LIKE '_b%'", "false");
    row("'é' LIKE '_'", "true");
    row("'中文' LIKE '__'", "true");
    row("'中文' LIKE '_'", "false");
    row("'é' LIKE '%__'", "false");
    row("myext LIKE 'abc%123\\%456\\_d_f'", with("\"myext\":\"abc123123%456_dzf\""), "true");
    row("myext NOT LIKE 'abc%123\\%456\\_d_f'", with("\"myext\":\"abc123123%456_dzf\""), "false");
    row("234 LIKE '23_'", "true");
    row("2344 LIKE '23%'", "true");
    row("2344 LIKE '23_'", "false");
    row("TRUE LIKE 'tr%'", "true");
    row("FALSE LIKE 'tr%'", "false");
    row("FALSE LIKE 'fal%'", "true");
    row("missing LIKE '%'", "false missingAttribute");
    row("missing NOT LIKE '%'", "false missingAttribute");
    row("type like 'order.%'", "true");
}

void TestExpression::sets_data() {
    columns();
    row("123 IN (1, 2, 3, 12, 13, 23, 123)", "true");
    row("123 NOT IN (1, 2, 3, 12, 13, 23, 123)", "false");
    row("4 NOT IN (1, 2)", "true");
    row("'abc' IN ('abc', \"bcd\")", "true");
    row("'aaa' IN ('abc', \"bcd\")", "false");
    row("TRUE IN (TRUE, FALSE)", "true");
    row("TRUE IN (FALSE)", "false");
    row("source IN (myext, 'abc')", with("\"myext\":\"http://localhost/source\""), "true");
    row("source IN (source)", "true");
    row("source IN (id, 'xyz')", "false");
    row("source IN (id, \"http://localhost/source\")", "true");
    // The type of the left side decides.
    row("'true' IN (TRUE, 'false')", "true");
    row("'true' IN ('TRUE', 'false')", "false");
    row("TRUE IN ('true', 'false')", "true");
    row("'TRUE' IN (TRUE, 'false')", "false");
    row("1 IN ('1', '2')", "true");
    row("'1' IN (1, 2)", "true");
    row("1 IN ('abc')", "false cast");
    row("1 NOT IN ('abc')", "false cast");
    row("missing IN (1)", "false missingAttribute");
    row("missing NOT IN (1)", "false missingAttribute");
    row("'abc' IN (missing, 'abc')", "false missingAttribute");
    row("1 IN (2, 1 / 0)", "false math");
    row("1 + 1 IN (2)", "1"); // IN binds tighter: 1 + (1 IN (2))
}

void TestExpression::existence_data() {
    columns();
    row("EXISTS specversion AND EXISTS id AND EXISTS type AND EXISTS SOURCE", "true");
    row("EXISTS time", with("\"time\":\"2018-04-26T14:48:09+02:00\""), "true");
    row("EXISTS time", "false");
    row("NOT EXISTS time", "true");
    row("EXISTS myext", with("\"myext\":\"x\""), "true");
    row("EXISTS myext", with("\"myext\":false"), "true");
    row("EXISTS myext", "false");
    row("EXISTS myext", with("\"myext\":null"), "false");
    row("EXISTS kind", "false");
    row("EXISTS data.a", with("\"data\":{\"a\":0}"), "true");
    row("EXISTS data.b", with("\"data\":{\"a\":0}"), "false");
    row("EXISTS data", with("\"data\":{}"), "true");
    row("EXISTS data", "false");
}

void TestExpression::casts_data() {
    columns();
    row("INT('1')", "1");
    row("INT('-1')", "-1");
    row("INT('+1')", "1");
    row("INT('0012')", "12");
    row("INT(1)", "1");
    row("INT(-1)", "-1");
    row("INT(TRUE)", "1");
    row("INT(FALSE)", "0");
    row("INT('ABC')", "0 cast");
    row("INT('')", "0 cast");
    row("INT('+')", "0 cast");
    row("INT('+-1')", "0 cast");
    row("INT(' 1')", "0 cast");
    row("INT('1.0')", "0 cast");
    row("INT('2147483647')", "2147483647");
    row("INT('2147483648')", "0 cast");
    row("INT('-2147483648')", "-2147483648");
    row("INT('-2147483649')", "0 cast");
    row("INT(missing)", "0 missingAttribute");
    row("BOOL('TRUE')", "true");
    row("BOOL(\"false\")", "false");
    row("BOOL(TRUE)", "true");
    row("BOOL(FALSE)", "false");
    row("BOOL('ABC')", "false cast");
    row("BOOL('1')", "false cast");
    row("BOOL(1)", "true");
    row("BOOL(0)", "false");
    row("BOOL(100)", "true");
    row("BOOL(-50)", "true");
    row("STRING(TRUE)", "\"true\"");
    row("STRING(FALSE)", "\"false\"");
    row("STRING(1)", "\"1\"");
    row("STRING(-1)", "\"-1\"");
    row("STRING(007)", "\"7\"");
    row("STRING(\"abc\")", "\"abc\"");
    row("STRING(missing)", "\"\" missingAttribute");
    row("IS_BOOL('true')", "true");
    row("IS_BOOL('FALSE')", "true");
    row("IS_BOOL(TRUE)", "true");
    row("IS_BOOL(1)", "false");
    row("IS_BOOL('abc')", "false");
    row("IS_INT('-1')", "true");
    row("IS_INT('1')", "true");
    row("IS_INT(1)", "true");
    row("IS_INT(TRUE)", "false");
    row("IS_INT('abc')", "false");
    row("IS_INT('2147483648')", "false");
    row("IS_STRING('ABC')", "false missingFunction");
}

void TestExpression::textFunctions_data() {
    columns();
    row("LENGTH('abc')", "3");
    row("LENGTH('')", "0");
    row("LENGTH('2')", "1");
    row("LENGTH(2)", "1");
    row("LENGTH(TRUE)", "4");
    row("LENGTH('中文é')", "3");
    row("LENGTH('😀')", "1");
    row("length('abc')", "3");
    row("LENGTH ('abc')", "3");
    row("CONCAT('a', 'b', 'c')", "\"abc\"");
    row("CONCAT()", "\"\"");
    row("CONCAT('a')", "\"a\"");
    row("CONCAT('a', 1, TRUE)", "\"a1true\"");
    row("CONCAT('a', missing)", "\"\" missingAttribute");
    row("CONCAT_WS(',', 'a', 'b', 'c')", "\"a,b,c\"");
    row("CONCAT_WS(',')", "\"\"");
    row("CONCAT_WS(',', 'a')", "\"a\"");
    row("CONCAT_WS(',', '', '')", "\",\"");
    row("CONCAT_WS()", "false missingFunction");
    row("LOWER('ABC')", "\"abc\"");
    row("LOWER('AbC1')", "\"abc1\"");
    row("LOWER('ÉÄЖΩ中')", "\"éäжω中\"");
    row("UPPER('AbC')", "\"ABC\"");
    row("UPPER('éäжω中ÿ')", "\"ÉÄЖΩ中Ÿ\"");
    row("UPPER(TRUE)", "\"TRUE\"");
    row("TRIM('   a b c   ')", "\"a b c\"");
    row("TRIM('   a b c')", "\"a b c\"");
    row("TRIM('a b c   ')", "\"a b c\"");
    row("TRIM('a b c')", "\"a b c\"");
    row("TRIM('   ')", "\"\"");
    row("TRIM('\t\n x\r\n')", "\"x\"");
    row("TRIM('\u00a0\u2003x\u3000')", "\"x\"");
    row("TRIM('\u200bx\x01')", "\"\u200bx\\u0001\""); // neither is white space
    row("LEFT('abc', 2)", "\"ab\"");
    row("LEFT('abc', 10)", "\"abc\"");
    row("LEFT('abc', 0)", "\"\"");
    row("LEFT('', 0)", "\"\"");
    row("LEFT('abc', -2)", "\"abc\" functionEvaluation");
    row("LEFT('中文字', 2)", "\"中文\"");
    row("LEFT('abc', 'x')", "\"\" cast");
    row("LEFT('abc')", "false missingFunction");
    row("RIGHT('abc', 2)", "\"bc\"");
    row("RIGHT('abc', 10)", "\"abc\"");
    row("RIGHT('abc', 0)", "\"\"");
    row("RIGHT('', 0)", "\"\"");
    row("RIGHT('abc', -2)", "\"abc\" functionEvaluation");
    row("RIGHT('中文字', 2)", "\"文字\"");
    row("SUBSTRING('abcdef', 1)", "\"abcdef\"");
    row("SUBSTRING('abcdef', 2)", "\"bcdef\"");
    row("SUBSTRING('abcdef', 6)", "\"f\"");
    row("SUBSTRING('Quadratically', 5)", "\"ratically\"");
    row("SUBSTRING('Sakila', -3)", "\"ila\"");
    row("SUBSTRING('abcdef', 1, 6)", "\"abcdef\"");
    row("SUBSTRING('abcdef', 2, 4)", "\"bcde\"");
    row("SUBSTRING('abcdef', 2, 100)", "\"bcdef\"");
    row("SUBSTRING('abcdef', 2, 0)", "\"\"");
    row("SUBSTRING('Sakila', -5, 3)", "\"aki\"");
    row("SUBSTRING('Quadratically', 0)", "\"\"");
    row("SUBSTRING('Quadratically', 0, 1)", "\"\"");
    row("SUBSTRING('abcdef', 7)", "\"\" functionEvaluation");
    row("SUBSTRING('abcdef', -6)", "\"abcdef\"");
    row("SUBSTRING('abcdef', -7)", "\"\" functionEvaluation");
    row("SUBSTRING('abcdef', 10, 10)", "\"\" functionEvaluation");
    row("SUBSTRING('abcdef', -10, 10)", "\"\" functionEvaluation");
    row("SUBSTRING('abcdef', 1, -1)", "\"\" functionEvaluation");
    row("SUBSTRING('', 1)", "\"\" functionEvaluation");
    row("SUBSTRING('中文字', 2, 1)", "\"文\"");
    row("SUBSTRING(123, 2)", "\"23\"");
}

void TestExpression::numberFunctions_data() {
    columns();
    row("ABS(10)", "10");
    row("ABS(-10)", "10");
    row("ABS(0)", "0");
    row("ABS('-5')", "5");
    row("ABS(TRUE)", "1");
    row("ABS(-2147483648)", "2147483647 math");
    row("ABS('x')", "0 cast");
    row("ABS(1, 2)", "false missingFunction");
    row("ABC()", "false missingFunction");
    row("NOPE(missing, 1 / 0)", "false missingFunction");
}

void TestExpression::errorsGiveTheZeroOfTheOperation_data() {
    columns();
    row("LENGTH(LEFT('abc', -2))", "0 functionEvaluation");
    row("ABS(-2147483648) = 2147483647", "false math");
    row("CONCAT(1 / 0)", "\"\" math");
    row("NOPE() + 1", "0 missingFunction");
    row("NOT NOPE()", "false missingFunction");
    row("missing = 1 / 0", "false missingAttribute"); // the first one counts
    row("1 / 0 = missing", "false math");
    row("LEFT(missing, -1)", "\"\" missingAttribute");
    row("IS_INT(missing)", "false missingAttribute");
}

void TestExpression::precedence_data() {
    columns();
    row("2 + 3 * 4", "14");
    row("(2 + 3) * 4", "20");
    row("NOT TRUE = FALSE", "true");       // (NOT TRUE) = FALSE
    row("NOT 'x' LIKE 'x'", "false cast"); // (NOT 'x') LIKE 'x'
    row("-1 LIKE '-1'", "true");           // (-1) LIKE
    row("1 + 1 = 2 AND 3 > 2", "true");
    row("1 < 2 = TRUE", "true");            // (1 < 2) = TRUE
    row("TRUE OR TRUE AND FALSE", "false"); // one precedence, from left to right
    row("FALSE AND FALSE OR TRUE", "true");
    row("FALSE AND FALSE XOR TRUE", "true");
    row("TRUE OR FALSE XOR TRUE", "false");
    row("10 - 4 + 3", "9");
    row("12 / 4 * 3", "9");
    row("7 % 4 * 2", "6");
    row("'a' IN ('a') LIKE 'tr%'", "true");
    row("NOT EXISTS subject AND TRUE", "true");
    row("3 + -ABS(-2)", "1");
}

void TestExpression::dataPaths_data() {
    columns();
    const std::string event =
        with("\"data\":{\"items\":[{\"sku\":\"P1\",\"price\":19.99,\"n\":3}],\"order-id\":\"ORD-1\","
             "\"total\":0.3,\"paid\":true,\"none\":null,\"big\":9007199254740993,\"Name\":\"x\"}");
    row("data.items[0].price", event, "19.99");
    row("data.items[0].price * 3", event, "59.97");
    row("data.items[ 0 ]['sku']", event, "\"P1\"");
    row("data['order-id'] = 'ORD-1'", event, "true");
    row("data[\"order-id\"] LIKE 'ORD%'", event, "true");
    row("data.total = 0.1 + 0.2", event, "true");
    row("data.paid", event, "true");
    row("data.Name = 'x'", event, "true");
    row("data.name", event, "false missingAttribute");
    row("data.none", event, "false missingAttribute");
    row("data.items[1]", event, "false missingAttribute");
    row("data.items.sku", event, "false missingAttribute");
    row("data.order", event, "false missingAttribute");
    row("data.order + 1", event, "0 missingAttribute");
    row("data.big > 9007199254740992", event, "parse"); // an integer literal has 32 bits
    row("data.big > 9007199254740992.0", event, "true");
    row("data.items[0].n / 2", event, "1.5");
    row("data.items[0].n = 3", event, "true");
    row("data.items[0].n = '3'", event, "true");
    row("data.items[0].n IN (1, 2, 3)", event, "true");
    row("2 IN (data.items[0].n, 2.0)", event, "true");
    row("data.items[0].n % 2", event, "1");
    row("LENGTH(data.items)", event, "34");
    row("data.items = 1", event, "false cast");
    row("data.items = data.items", event, "true");
    row("data = 'plain'", with("\"data\":\"plain\""), "true");
    row("data.x", "false missingAttribute");
    row("DATA.total > 0.2", event, "true");
}

void TestExpression::quantities_data() {
    columns();
    row("99.5", "99.5");
    row("20ms", "0.02");
    row("1.5s", "1.5");
    row("10min", "600");
    row("2h", "7200");
    row("1d", "86400");
    row("250us", "0.00025");
    row("5ns", "0.000000005");
    row("5%", "0.05");
    row("12.5%", "0.125");
    row("-5%", "-0.05");
    row("+1.5", "1.5");
    row("1KiB", "1024");
    row("1.5MB", "1500000");
    row("512B", "512");
    row("1GiB = 1024MiB", "true");
    row("(5%)", "0.05");
    row("5% = 0.05", "true");
    row("5% IN (0.05)", "true");
    row("5% NOT IN (0.05)", "false");
    row("5% * 2", "0.1");
    row("0.05 = 5%", "true");
    row("5 % 2 = 1", "true");
    row("1 / 3.0", "0.333333333333333333");
    row("1.0 / 0", "0 math");
    row("1 % 0.0", "0 math");
    row("7.5 % 2", "1.5");
    row("2147483647 + 1.0", "2147483648");
    row("'1.5' + 0.5", "2");
    row("'+1.5' = 1.5", "true");
    row("'x' = 1.5", "false cast");
    row("1.0 = 1", "true");
    row("1 = 1.0", "true");
    row("1.5 = '1.5'", "true");
    row("NOT 0.0", "true");
    row("-(1.5)", "-1.5");
    row("ABS(-1.5)", "1.5");
    row("INT(99.5)", "99");
    row("INT(-99.5)", "-99");
    row("INT(3000000000.0)", "0 cast");
    row("BOOL(0.1)", "true");
    row("STRING(1.50)", "\"1.5\"");
    row("1.5 < 20ms", "false");
    row("1500ms = 1.5s", "true");
}

void TestExpression::whatDoesNotParse_data() {
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("error");
    const auto bad = [](const char* text, const char* error) { QTest::newRow(text) << text << error; };
    bad("", "column 1: needs a value, a name or '(', got the end");
    bad("   ", "column 4: needs a value, a name or '(', got the end");
    bad("ABC(", "column 5: needs a value, a name or '(', got the end");
    bad("ABC(1", "column 6: needs ',' or ')', got the end");
    bad("ABC(1,)", "column 7: needs a value, a name or '(', got )");
    bad("(1", "column 3: needs ')', got the end");
    bad("1)", "column 2: needs a '(' for this ')', got )");
    bad("()", "column 2: needs a value, a name or '(', got )");
    bad("x LIKE 123", "column 8: needs a pattern in quotes after LIKE, got 123");
    bad("x LIKE y", "column 8: needs a pattern in quotes after LIKE, got y");
    bad("x LIKE CONCAT('a')", "column 8: needs a pattern in quotes after LIKE, got CONCAT");
    bad("x NOT 1", "column 7: needs LIKE or IN after NOT, got 1");
    bad("x IN ()", "column 7: needs a value, a name or '(', got )");
    bad("x IN 1", "column 6: needs '(' after IN, got 1");
    bad("EXISTS 'x'", "column 8: needs the name of an attribute after EXISTS, got 'x'");
    bad("EXISTS my_ext", "column 8: needs the name of an attribute after EXISTS, got my_ext");
    bad("EXISTS", "column 7: needs the name of an attribute after EXISTS, got the end");
    bad("1 +", "column 4: needs a value, a name or '(', got the end");
    bad("1 1", "column 3: needs an operator or the end, got 1");
    bad("'a''b'", "column 4: needs an operator or the end, got 'b'");
    bad("= 1", "column 1: needs a value, a name or '(', got =");
    bad("a == 1", "column 3: needs a single '=' to compare, got == 1");
    bad("a && b", "column 3: needs a value, a name or an operator, got && b");
    bad("'abc", "column 1: needs a closing quote, got 'abc");
    bad("\"abc\\\"", "column 1: needs a closing '\"', got \"abc\\\"");
    bad("2147483648", "column 1: needs an integer of 32 bits, or a point (3000000000.0), got 2147483648");
    bad("-2147483649", "column 1: needs an integer of 32 bits, or a point (3000000000.0), got 2147483649");
    bad("- 2147483648", "column 3: needs an integer of 32 bits, or a point (3000000000.0), got 2147483648");
    bad("+ 1", "column 1: needs a value; '+' here goes only before a number, got +");
    bad("+a", "column 1: needs a value; '+' here goes only before a number, got +");
    bad("my_ext", "column 1: needs a name of letters and digits, or '(' after a function's name, got my_ext");
    bad("LOG2(1)", "column 1: needs a function's name of letters and _, got LOG2");
    bad("1.5x", "column 4: needs a unit (ns us ms s min h d, %, B kB KB KiB MB MiB GB GiB), got x");
    bad("1.", "column 2: needs a value, a name or an operator, got .");
    bad("data.", "column 6: needs a name after '.'; other names go into ['...'], got the end");
    bad("data.1a", "column 6: needs a name after '.'; other names go into ['...'], got 1a");
    bad("data[x]", "column 6: needs [number] or ['name'] into the data, got x]");
    bad("data['x'", "column 9: needs [number] or ['name'] into the data, got the end");
    bad("中 = 1", "column 1: needs a value, a name or an operator, got 中 = 1");
    bad("'中文' + #", "column 8: needs a value, a name or an operator, got #");
    bad("id = 'a' AND", "column 13: needs a value, a name or '(', got the end");
    bad("AND", "column 1: needs a value, a name or '(', got AND");
    bad("true(1)", "column 5: needs an operator or the end, got (");
}

void TestExpression::whatDoesNotParse() {
    QFETCH(QString, expression);
    QFETCH(QString, error);
    const auto parsed = Expression::parse(expression.toStdString());
    QVERIFY(!parsed.ok());
    QCOMPARE(QString::fromStdString(parsed.error().text()), error);
}

void TestExpression::recordFieldsAnswerAFilter() {
    QVERIFY(holds("kind = 'acked' AND attempt > 1"));
    QVERIFY(!holds("kind = 'acked' AND attempt > 2"));
    QVERIFY(!holds("kind = 'nacked'"));
    QVERIFY(holds("latency > 20ms"));
    QVERIFY(holds("latency = 20.5ms"));
    QVERIFY(holds("KIND IN ('acked', 'nacked')"));
    QVERIFY(holds("attempt * 2147483647 = 4294967294.0"));
    QVERIFY(!holds("channel = 'orders'"));
    QVERIFY(holds("NOT EXISTS channel"));
}

void TestExpression::attributesShadowRecordFields() {
    QCOMPARE(outcomeOf("kind", with("\"kind\":\"mine\"")), std::string("\"mine\""));
    QCOMPARE(outcomeOf("attempt + 2147483647", with("\"attempt\":1")),
             std::string("0 math")); // an Integer of the event
}

void TestExpression::metricsAndStateAreAnsweredByTheSubject() {
    QVERIFY(holds("metric('channel', 'orders', 'waitP99') > 1s"));
    QVERIFY(!holds("metric('channel', 'orders', 'waitP99') > 2s"));
    QVERIFY(holds("state('inventory', 'stock', 'PROD-001') >= 0"));
    QVERIFY(holds("STATE('shop', 'open')"));
    QCOMPARE(outcomeOf("metric('channel', 'x', 'y')", plainEvent), std::string("0 functionEvaluation"));
    QCOMPARE(outcomeOf("metric('channel', 'x', 'y') < 1s", plainEvent), std::string("false functionEvaluation"));
    QCOMPARE(outcomeOf("state('a')", plainEvent), std::string("false missingFunction"));
}

void TestExpression::aFilterPassesOnlyTrueWithoutError() {
    const Value event = Value::parse(plainEvent).value();
    const CloudEventSubject subject(event);
    QVERIFY(Expression::parse("id = 'myId'").value().holds(subject));
    for (const char* text : {"FALSE", "'true'", "1", "id", "missing", "missing != 1", "NOT 'abc'"})
        QVERIFY2(!Expression::parse(text).value().holds(subject), text);
}

void TestExpression::numbersOfARecordAreDecimals() {
    const std::string record =
        "{\"at\":1.5,\"kind\":\"acked\",\"ordinal\":9007199254740993,\"attempt\":2,\"latency\":0.02}";
    QCOMPARE(outcomeOf("attempt + 2147483647", record), std::string("2147483649"));
    QCOMPARE(outcomeOf("latency = 20ms AND at < 2s AND attempt > 1", record), std::string("true"));
    QCOMPARE(outcomeOf("ordinal", record), std::string("9007199254740993"));
}

void TestExpression::errorsNameTheirPlace() {
    const Value event = Value::parse(plainEvent).value();
    const auto message = [&event](const char* text) {
        return Expression::parse(text).value().evaluate(CloudEventSubject(event)).error.value().message;
    };
    QCOMPARE(message("1 = 1 AND myExt = 2"), std::string("column 11: there is no myext"));
    QCOMPARE(message("subject"), std::string("column 1: there is no subject"));
    QCOMPARE(message("data.a[0]"), std::string("column 1: there is no data[\"a\"][0]"));
    QCOMPARE(message("id = 5"), std::string("column 4: \"myId\" is no Integer of 32 bits"));
    QCOMPARE(message("NOPE(1)"), std::string("column 1: there is no function NOPE with 1 argument"));
    QCOMPARE(message("LEFT(id, -1)"), std::string("column 1: needs a length of 0 or more, got -1"));
    QCOMPARE(message("5 / 0"), std::string("column 3: needs a divisor other than 0"));
}

void TestExpression::unknownFunctionsAreKnownBeforehand() {
    QCOMPARE(Expression::parse("id = 'a' OR nope(1, 2)").value().certainError().value().text(),
             std::string("column 13: needs a function that exists, got NOPE with 2 arguments"));
    QVERIFY(!Expression::parse("LENGTH(id) = 2").value().certainError().has_value());
    QVERIFY(Expression::parse("EXISTS data.a").value().readsData());
    QVERIFY(!Expression::parse("EXISTS id").value().readsData());
}

void TestExpression::nestingAndLengthAreLimited() {
    const auto wrapped = [](const std::string& open, const std::string& close, int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += open;
        text += "TRUE";
        for (int i = 0; i < count; ++i)
            text += close;
        return Expression::parse(text);
    };
    for (const auto& [open, close] : {std::pair{"(", ")"}, {"BOOL(", ")"}, {"NOT ", ""}, {"-", ""}, {"1 IN (", ")"}}) {
        QVERIFY(wrapped(open, close, 100).ok());
        QCOMPARE(wrapped(open, close, 101).error().what, std::string("needs at most 100 levels of nesting"));
        QVERIFY(!wrapped(open, close, 2000).ok());
    }
    const auto chained = [](int count) {
        std::string text = "TRUE";
        for (int i = 0; i < count; ++i)
            text += " OR 1=1";
        return Expression::parse(text);
    };
    QVERIFY(chained(900).ok());
    QCOMPARE(chained(1100).error().what, std::string("needs at most 1000 operators in a chain; parentheses halve it"));
    QVERIFY(!Expression::parse("'" + std::string(20'000, 'x') + "'").ok());
    QVERIFY(!Expression::parse("'\xff'").ok());
}

void TestExpression::hostileExpressionsStaySmall() {
    std::string text = "LENGTH(CONCAT('x'";
    for (int i = 0; i < 1500; ++i)
        text += ", myext";
    QCOMPARE(outcomeOf(text + "))", with("\"myext\":\"" + std::string(10'000, 'y') + "\"")),
             std::string("0 functionEvaluation"));
}

void TestExpression::oneExpressionServesSeveralThreads() {
    const Expression expression = Expression::parse("CONCAT(kind, attempt) = 'acked2' AND latency > 20ms").value();
    std::vector<int> counts(4, 0);
    std::vector<std::thread> threads;
    for (int& count : counts)
        threads.emplace_back([copy = expression, &count] {
            for (int i = 0; i < 1000; ++i)
                count += copy.holds(RecordLike()) ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(counts, std::vector<int>(4, 1000));
}

QTEST_APPLESS_MAIN(TestExpression)
#include "tst_expression.moc"
