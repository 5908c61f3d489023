// Exact decimals and JSON-shaped values.
#include "core/value.h"

#include <QTest>

using namespace weir;

namespace {

Decimal number(const char* text) {
    return Decimal::parse(text).value();
}
std::string errorOf(std::string_view json) {
    const auto value = Value::parse(json);
    return value.ok() ? "read" : value.error().text();
}

} // namespace

class TestValue : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void decimalsParseAndPrint_data();
    void decimalsParseAndPrint();
    void whatIsNoJsonNumberIsRefused();
    void equalNumbersHaveOneForm();
    void sumsAndProductsAreExact();
    void whatDoesNotFitIsRoundedHalfToEven();
    void quotientsHaveEighteenDigits();
    void remaindersFollowTheDividend();
    void decimalsCompareByValue();
    void doublesComeAndGo();

    void jsonIsReadAndWrittenCanonically();
    void escapesAndSurrogatesAreDecoded();
    void brokenJsonIsRefusedWithItsPlace_data();
    void brokenJsonIsRefusedWithItsPlace();
    void nestingIsLimited();
    void repeatedNamesAreRefusedInLargeTablesToo();
    void tablesCompareWithoutOrder();
    void copiesShareTheirContent();
    void membersAreFound();
    void prettyTextIsIndented();
};

void TestValue::decimalsParseAndPrint_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    const auto row = [](const char* text, const char* printed) { QTest::newRow(text) << text << printed; };
    row("0", "0");
    row("-0", "0");
    row("0.000", "0");
    row("-1.50e3", "-1500");
    row("1.50", "1.5");
    row("0.001", "0.001");
    row("-0.5", "-0.5");
    row("1e3", "1000");
    row("12E-1", "1.2");
    row("9223372036854775807", "9223372036854775807");
    row("-9223372036854775808", "-9223372036854775808");
    row("9223372036854775808", "9.22337203685477581e18");
    row("0.123456789012345678", "0.123456789012345678");
    row("1e20", "1e20");
    row("1.5e20", "1.5e20");
    row("1e-18", "0.000000000000000001");
    row("1.5e-30", "1.5e-30");
    row("123456789012345678901234567890", "1.23456789012345679e29");
    row("0.1234567890123456785", "0.123456789012345678");                          // half, to even
    row("0.1234567890123456775", "0.123456789012345678");                          // half, to even
    row("0.12345678901234567850000000000000000000000001", "0.123456789012345679"); // more than half
    row("0.9999999999999999999", "1");
    row("1e6144", "1e6144");
    row("1e-7000", "0");
}

void TestValue::decimalsParseAndPrint() {
    QFETCH(QString, text);
    QFETCH(QString, printed);
    const auto decimal = Decimal::parse(text.toStdString());
    QVERIFY(decimal.has_value());
    QCOMPARE(decimal->text(), printed.toStdString());
    QVERIFY(Decimal::parse(decimal->text()) == decimal);
}

void TestValue::whatIsNoJsonNumberIsRefused() {
    for (const char* text : {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "1 ", " 1", "0x1", "1.2.3", "NaN", "1e9999"})
        QVERIFY2(!Decimal::parse(text).has_value(), text);
}

void TestValue::equalNumbersHaveOneForm() {
    QVERIFY(number("1e3") == Decimal(1000));
    QVERIFY(number("1.0") == Decimal(1));
    QVERIFY(Decimal(1500, 3) == number("1.5"));
    QVERIFY(Decimal(5, -18) == Decimal(5'000'000'000'000'000'000));
    QVERIFY(number("1e19") == Decimal(10, -18));
    QCOMPARE(number("2.50").digits(), 25);
    QCOMPARE(number("2.50").scale(), 1);
    QVERIFY(number("1e18").whole() == 1'000'000'000'000'000'000);
    QVERIFY(!number("1e19").whole().has_value());
    QVERIFY(number("1e19").isWhole());
    QVERIFY(!number("0.5").whole().has_value());
}

void TestValue::sumsAndProductsAreExact() {
    QVERIFY(number("0.1") + number("0.2") == number("0.3"));
    QVERIFY(number("1") - number("0.9") == number("0.1"));
    QVERIFY(number("19.99") * Decimal(3) == number("59.97"));
    QVERIFY(number("0.5") * Decimal(2) == Decimal(1));
    QVERIFY(-number("1.5") == number("-1.5"));
    QVERIFY(Decimal(INT64_MAX) + Decimal(INT64_MIN) == Decimal(-1));
    QVERIFY(-Decimal(INT64_MIN) == number("9223372036854775808"));
    QVERIFY(Decimal(INT64_MAX) - Decimal(INT64_MAX) == Decimal(0));
    QVERIFY(Decimal(0) + number("1.5") == number("1.5"));
}

void TestValue::whatDoesNotFitIsRoundedHalfToEven() {
    QCOMPARE((Decimal(1) + number("1e-30")).text(), std::string("1"));
    QCOMPARE((Decimal(1) - number("1e-30")).text(), std::string("1"));
    QCOMPARE((Decimal(-1) + number("1e-60")).text(), std::string("-1"));
    QCOMPARE((number("1e30") + number("-1e-30")).text(), std::string("1e30"));
    QCOMPARE((number("0.333333333333333333") * number("0.1")).text(), std::string("3.33333333333333333e-2"));
    QCOMPARE((number("0.000000001") * number("0.0000000001")).text(), std::string("1e-19"));
    QCOMPARE((number("999999999999999999") * number("999999999999999999")).text(),
             std::string("9.99999999999999998e35"));
    QCOMPARE((number("9e6144") * Decimal(1000)).text(), std::string("9.99999999999999999e6144"));
    QCOMPARE((number("1e-6000") * number("1e-6000")).text(), std::string("0"));
}

void TestValue::quotientsHaveEighteenDigits() {
    QCOMPARE(divide(Decimal(1), Decimal(3))->text(), std::string("0.333333333333333333"));
    QCOMPARE(divide(Decimal(2), Decimal(3))->text(), std::string("0.666666666666666667"));
    QCOMPARE(divide(Decimal(-2), Decimal(3))->text(), std::string("-0.666666666666666667"));
    QCOMPARE(divide(Decimal(10), Decimal(4))->text(), std::string("2.5"));
    QCOMPARE(divide(Decimal(1), Decimal(INT64_MAX))->text(), std::string("1.08420217248550443e-19"));
    QCOMPARE(divide(number("0.06"), number("0.02"))->text(), std::string("3"));
    QCOMPARE(divide(Decimal(0), Decimal(5))->text(), std::string("0"));
    QVERIFY(!divide(Decimal(1), Decimal(0)).has_value());
}

void TestValue::remaindersFollowTheDividend() {
    QCOMPARE(remainder(number("7.5"), Decimal(2))->text(), std::string("1.5"));
    QCOMPARE(remainder(number("-7.5"), Decimal(2))->text(), std::string("-1.5"));
    QCOMPARE(remainder(Decimal(7), number("0.2"))->text(), std::string("0"));
    QCOMPARE(remainder(number("1e-30"), Decimal(7))->text(), std::string("1e-30"));
    QVERIFY(!remainder(Decimal(7), Decimal(0)).has_value());
    QVERIFY(!remainder(Decimal(7), number("3e-30")).has_value());
}

void TestValue::decimalsCompareByValue() {
    const std::vector<const char*> ascending{"-1e20",
                                             "-9223372036854775808",
                                             "-1.5",
                                             "-1",
                                             "-0.5",
                                             "-1e-30",
                                             "0",
                                             "1e-30",
                                             "0.1",
                                             "0.5",
                                             "1",
                                             "1.00000000000000001",
                                             "1.5",
                                             "2",
                                             "999999999999999999",
                                             "9223372036854775807",
                                             "1e19",
                                             "1e20",
                                             "1e6144"};
    for (std::size_t i = 0; i < ascending.size(); ++i)
        for (std::size_t j = 0; j < ascending.size(); ++j)
            QVERIFY2((number(ascending[i]) <=> number(ascending[j])) == (i <=> j), ascending[i]);
}

void TestValue::doublesComeAndGo() {
    QCOMPARE(Decimal::fromDouble(0.1).text(), std::string("0.1"));
    QCOMPARE(Decimal::fromDouble(1.0 / 3).text(), std::string("0.333333333333333"));
    QCOMPARE(Decimal::fromDouble(-1e300).text(), std::string("-1e300"));
    QCOMPARE(number("0.1").toDouble(), 0.1);
    QCOMPARE(number("-1.7976931348623157e308").toDouble(), -1.7976931348623157e308);
    QCOMPARE(Decimal(INT64_MAX).toDouble(), 9223372036854775807.0);
}

void TestValue::jsonIsReadAndWrittenCanonically() {
    const auto value = Value::parse(" { \"b\" : [ 1 , -2.50, true,false , null, \"x\" ],\r\n\t\"a\":{} , \"\" : [] } ");
    QVERIFY(value.ok());
    QCOMPARE(value->canonical(), std::string(R"({"b":[1,-2.5,true,false,null,"x"],"a":{},"":[]})"));
    QCOMPARE(Value::parse("1e2").value().canonical(), std::string("100"));
    QCOMPARE(Value().canonical(), std::string("null"));
    QCOMPARE(Value("a\x01\"\\\n/é").canonical(), std::string("\"a\\u0001\\\"\\\\\\n/é\""));
}

void TestValue::escapesAndSurrogatesAreDecoded() {
    QCOMPARE(*Value::parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"").value().text(), std::string("\"\\/\b\f\n\r\t"));
    QCOMPARE(*Value::parse("\"\\u0041\\u00e9\\u4e2D\\uD83D\\uDE00\"").value().text(), std::string("Aé中😀"));
    QCOMPARE(Value::parse("\"\\u0000\"").value().text()->size(), std::size_t{1});
}

void TestValue::brokenJsonIsRefusedWithItsPlace_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, const QByteArray& json, const char* error) {
        QTest::newRow(name) << json << error;
    };
    row("empty", "", "1:1: needs a JSON value, got the end of the text");
    row("word", "nil", "1:1: needs a JSON value, got 'nil'");
    row("no comma", "[1\n 2]", "2:2: needs ',' or ']', got '2'");
    row("comma at the end", "[1,]", "1:4: needs a JSON value, got ']'");
    row("comma at the end of a table", "{\"a\":1,}", "1:8: needs a name in double quotes, got '}'");
    row("no colon", "{\"a\" 1}", "1:6: needs ':' after the name, got '1'");
    row("open table", "{\"a\":1", "1:7: needs ',' or '}', got the end of the text");
    row("open string", "\"abc", "1:5: needs a closing '\"', got the end of the text");
    row("raw newline", "\"a\nb\"", "1:3: needs control characters in a string to be escaped, got byte 0x0a");
    row("escape", "\"\\x\"",
        "1:2: needs an escape that JSON knows (\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX), got '\\x\"'");
    row("short unicode", "\"\\u12\"", "1:2: needs four hexadecimal digits after \\u, got '\\u12\"'");
    row("half a pair", "\"\\ud83dx\"", "1:2: needs both halves of a surrogate pair, got '\\ud83dx\"'");
    row("low half", "\"\\ude00\"", "1:2: needs both halves of a surrogate pair, got '\\ude00\"'");
    row("no utf-8", "\"é\xff\"", "1:3: needs UTF-8, got byte 0xff");
    row("overlong", "\"\xc0\xaf\"", "1:2: needs UTF-8, got byte 0xc0");
    row("surrogate in utf-8", "\"\xed\xa0\x80\"", "1:2: needs UTF-8, got byte 0xed");
    row("cut utf-8", "\"\xe4\xb8", "1:2: needs UTF-8, got byte 0xe4");
    row("two values", "1 2", "1:3: needs nothing after the value, got '2'");
    row("leading zero", "01", "1:1: needs a JSON number within 10^6144, got '01'");
    row("too large", "[1e7000]", "1:2: needs a JSON number within 10^6144, got '1e7000'");
    row("repeated name", "{\"a\":1,\n\"a\":2}", "2:1: needs each name once in a table, got '\"a\"'");
    row("single quotes", "{'a':1}", "1:2: needs a name in double quotes, got ''a''");
    row("NUL", QByteArray("1\0", 2), "1:2: needs nothing after the value, got byte 0x00");
}

void TestValue::brokenJsonIsRefusedWithItsPlace() {
    QFETCH(QByteArray, json);
    QFETCH(QString, error);
    QCOMPARE(QString::fromStdString(errorOf(json.toStdString())), error);
}

void TestValue::nestingIsLimited() {
    QVERIFY(Value::parse(std::string(64, '[') + std::string(64, ']')).ok());
    QCOMPARE(errorOf(std::string(65, '[') + std::string(65, ']')),
             std::string("1:65: needs at most 64 levels of nesting, got '['"));
    QVERIFY(!Value::parse(std::string(1'000'000, '[')).ok());
}

void TestValue::repeatedNamesAreRefusedInLargeTablesToo() {
    std::string json = "{";
    for (int i = 0; i < 1000; ++i)
        json += "\"name" + std::to_string(i) + "\":" + std::to_string(i) + ",\n";
    QVERIFY(Value::parse(json + "\"name1000\":0}").ok());
    QCOMPARE(errorOf(json + "\"name7\":0}"), std::string("1001:1: needs each name once in a table, got '\"name7\"'"));
}

void TestValue::tablesCompareWithoutOrder() {
    QVERIFY(Value::parse(R"({"a":1,"b":[1.0,{"x":null}]})").value() ==
            Value::parse(R"({"b":[1,{"x":null}],"a":1})").value());
    QVERIFY(!(Value::parse(R"({"a":1})").value() == Value::parse(R"({"b":1})").value()));
    QVERIFY(!(Value::parse("[1,2]").value() == Value::parse("[2,1]").value()));
    QVERIFY(!(Value("1") == Value(1)));
    QVERIFY(Value() == Value());
    QVERIFY(!(Value(true) == Value(false)));
}

void TestValue::copiesShareTheirContent() {
    const Value value = Value::parse("[1,2,3]").value();
    const Value copy = value;
    QCOMPARE(copy.list(), value.list());
}

void TestValue::membersAreFound() {
    const Value value = Value::parse(R"({"a":{"b":7}})").value();
    QVERIFY(value.member("a")->member("b")->number()->whole() == 7);
    QVERIFY(!value.member("b"));
    QVERIFY(!Value(7).member("a"));
}

void TestValue::prettyTextIsIndented() {
    QCOMPARE(Value::parse(R"({"a":[1,{"b":2}],"c":[],"d":{}})").value().pretty(),
             std::string("{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": [],\n  \"d\": {}\n}"));
}

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"
