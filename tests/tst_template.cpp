// Templates: placeholders, generators, and where a wrong one says that it is wrong.
#include "core/services/template.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <map>
#include <set>

using namespace weir;
using namespace std::string_view_literals;

namespace {

Value json(std::string_view text) {
    Result<Value> value = Value::parse(text);
    return value ? *value : Value("not JSON: " + value.error().text());
}

// An event as a handler sees it, and the draws of one emission.
struct Occasion {
    Value data = json(R"({"orderId":"ORD-7","items":[{"productId":"PROD-001","price":19.99,"quantity":3},
                          {"productId":"PROD-002","price":0.1,"quantity":2}],"order-note":"x"})");
    EventView event{.ordinal = 58213,
                    .type = "order.created",
                    .source = "order-service",
                    .key = "ORD-7",
                    .time = SimTime(90'061'500ms),
                    .cause = 0,
                    .correlation = 58213,
                    .data = &data};
    Draw draw = Stream(7, "test").draw(1);
    TemplateContext context{.ordinal = 58214,
                            .count = 12,
                            .now = SimTime(1500us),
                            .reason = "insufficient_stock",
                            .event = &event,
                            .draw = draw};
};

std::string made(std::string_view source, Occasion& occasion) {
    const Result<Template> compiled = Template::compile(json(source));
    return compiled ? compiled->generate(occasion.context).canonical() : "error: " + compiled.error().text();
}

std::string made(std::string_view source) {
    Occasion occasion;
    return made(source, occasion);
}

} // namespace

class TestTemplate : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void placeholdersAreFilled_data();
    void placeholdersAreFilled();
    void whatIsNotThereIsNullOrNothing();
    void constantTemplatesAreRecognised();
    void needsOfTheTriggerAreKnown();
    void textIsWhatPeopleRead();
    void uuidsHaveVersionAndVariant();
    void picksFollowTheWeights();
    void integersAndNumbersKeepTheirBounds();
    void widestIntegerRangeWorks();
    void repetitionsKeepTheirBounds();
    void sumsAreExactAndSeeTheTablesAround();
    void sameDrawMakesTheSame();
    void wrongTemplatesSayWhere_data();
    void wrongTemplatesSayWhere();
    void orderTemplateIsMeasured();
};

void TestTemplate::placeholdersAreFilled_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("text") << QByteArray(R"("ORD-{count}")") << QByteArray(R"("ORD-12")");
    QTest::newRow("type kept") << QByteArray(R"("{count}")") << QByteArray("12");
    QTest::newRow("ordinal") << QByteArray(R"(["{ordinal}","{id}"])") << QByteArray(R"([58214,"e-58214"])");
    QTest::newRow("now") << QByteArray(R"("{now}")") << QByteArray(R"("2026-01-01T00:00:00.001Z")");
    QTest::newRow("reason") << QByteArray(R"("{reason}")") << QByteArray(R"("insufficient_stock")");
    QTest::newRow("attributes") << QByteArray(R"("{event.id} {event.type} {event.source} {event.partitionkey}")")
                                << QByteArray(R"("e-58213 order.created order-service ORD-7")");
    QTest::newRow("time") << QByteArray(R"("{event.time}")") << QByteArray(R"("2026-01-02T01:01:01.500Z")");
    QTest::newRow("correlation") << QByteArray(R"("{event.correlationid}")") << QByteArray(R"("e-58213")");
    QTest::newRow("data text") << QByteArray(R"("{event.data.orderId}!")") << QByteArray(R"("ORD-7!")");
    QTest::newRow("data number") << QByteArray(R"("{event.data.items[0].price}")") << QByteArray("19.99");
    QTest::newRow("data structure") << QByteArray(R"("{event.data.items[1]}")")
                                    << QByteArray(R"({"productId":"PROD-002","price":0.1,"quantity":2})");
    QTest::newRow("quoted name") << QByteArray(R"("{event.data['order-note']}")") << QByteArray(R"("x")");
    QTest::newRow("brace") << QByteArray(R"("{{count} }")") << QByteArray(R"("{count} }")");
    QTest::newRow("constants") << QByteArray(R"({"a":[1,true,null,"x"]})") << QByteArray(R"({"a":[1,true,null,"x"]})");
    QTest::newRow("merge") << QByteArray(R"({"$merge":[{"a":1,"b":2},{"b":"{count}","c":3},"{event.data.nothing}"]})")
                           << QByteArray(R"({"a":1,"b":12,"c":3})");
}

void TestTemplate::placeholdersAreFilled() {
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(made(source.toStdString())), expected);
}

void TestTemplate::whatIsNotThereIsNullOrNothing() {
    QCOMPARE(made(R"("{event.data.items[2].price}")"), "null");
    QCOMPARE(made(R"("<{event.data.items[2].price}>")"), "\"<>\"");
    QCOMPARE(made(R"("{event.causationid}")"), "null");
    QCOMPARE(made(R"("{data.orderId}")"), "null");
    Occasion alone;
    alone.context.event = nullptr;
    alone.context.reason = {};
    QCOMPARE(made(R"(["{event.id}","{event.data}","<{event.id}{reason}>","{reason}"])", alone),
             R"([null,null,"<>",null])");
}

void TestTemplate::constantTemplatesAreRecognised() {
    QVERIFY(Template().isNull());
    QVERIFY(Template::compile(json("null"))->isNull());
    const Result<Template> braces = Template::compile(json(R"({"a":["{{x}"]})"));
    QVERIFY(braces->isConstant());
    QVERIFY(!braces->isNull());
    QCOMPARE(braces->constant().canonical(), R"({"a":["{x}"]})");
    QVERIFY(!Template::compile(json(R"({"a":["{now}"]})"))->isConstant());
    QVERIFY(!Template::compile(json(R"({"$pick":[1]})"))->isConstant());
}

void TestTemplate::needsOfTheTriggerAreKnown() {
    QVERIFY(!Template::compile(json(R"("{count} {now}")"))->needsEvent());
    QVERIFY(Template::compile(json(R"(["{event.type}"])"))->needsEvent());
    QVERIFY(!Template::compile(json(R"(["{event.type}"])"))->needsCorrelation());
    QVERIFY(Template::compile(json(R"("{event.correlationid}")"))->needsCorrelation());
    QVERIFY(Template::compile(json(R"({"$sum":{"of":"event.data.items","times":["price"]}})"))->needsEvent());
}

void TestTemplate::textIsWhatPeopleRead() {
    Occasion occasion;
    const auto text = [&](const char* source) { return Template::compile(json(source))->text(occasion.context); };
    QCOMPARE(text(R"("order.{event.data.orderId}")"), "order.ORD-7");
    QCOMPARE(text("\"{count}\""), "12");
    QCOMPARE(text("7"), "7");
    QCOMPARE(text("null"), "");
    const Value own = json(R"({"userId":"u1"})");
    occasion.context.data = &own;
    QCOMPARE(text(R"("users/{data.userId}")"), "users/u1");
}

void TestTemplate::uuidsHaveVersionAndVariant() {
    Occasion occasion;
    const Template uuid = *Template::compile(json(R"("{uuid}")"));
    const QRegularExpression form("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    QSet<QString> seen;
    for (int i = 0; i < 1000; ++i) {
        const QString text = QString::fromStdString(*uuid.generate(occasion.context).text());
        QVERIFY2(form.match(text).hasMatch(), qPrintable(text));
        seen.insert(text);
    }
    QCOMPARE(seen.size(), 1000);
}

void TestTemplate::picksFollowTheWeights() {
    Occasion occasion;
    const Template weighted = *Template::compile(json(R"({"$pick":["a","b","c","d"],"weights":[1,0,2.5,0]})"));
    const Template even = *Template::compile(json(R"({"$pick":["a","b","c","d"]})"));
    std::map<std::string, int> seenWeighted, seenEven;
    constexpr int n = 70'000;
    for (int i = 0; i < n; ++i) {
        ++seenWeighted[*weighted.generate(occasion.context).text()];
        ++seenEven[*even.generate(occasion.context).text()];
    }
    // a: 2/7 of 70,000 with a standard deviation of sqrt(70,000 * 2/7 * 5/7) = 119.5; within 4 of them.
    QVERIFY2(std::abs(seenWeighted["a"] - 20'000) < 478, qPrintable(QString::number(seenWeighted["a"])));
    QCOMPARE(seenWeighted["a"] + seenWeighted["c"], n);
    // A quarter each, deviation sqrt(70,000 * 3/16) = 114.6.
    for (const char* option : {"a", "b", "c", "d"})
        QVERIFY2(std::abs(seenEven[option] - 17'500) < 459, qPrintable(QString::number(seenEven[option])));
}

void TestTemplate::integersAndNumbersKeepTheirBounds() {
    Occasion occasion;
    const Template integers = *Template::compile(json(R"({"$integer":[-1,2]})"));
    const Template numbers = *Template::compile(json(R"({"$number":[0.98,1.01],"decimals":2})"));
    const Template fixed = *Template::compile(json(R"({"$number":[3.5,3.5],"decimals":1})"));
    std::set<std::string> seenIntegers, seenNumbers;
    for (int i = 0; i < 500; ++i) {
        seenIntegers.insert(integers.generate(occasion.context).canonical());
        seenNumbers.insert(numbers.generate(occasion.context).canonical());
        QCOMPARE(fixed.generate(occasion.context).canonical(), "3.5");
    }
    QCOMPARE(seenIntegers, (std::set<std::string>{"-1", "0", "1", "2"}));
    QCOMPARE(seenNumbers, (std::set<std::string>{"0.98", "0.99", "1", "1.01"}));
}

void TestTemplate::widestIntegerRangeWorks() {
    Occasion occasion;
    const Template any = *Template::compile(json(R"({"$integer":[-9223372036854775808,9223372036854775807]})"));
    int negative = 0;
    for (int i = 0; i < 1000; ++i)
        negative += *any.generate(occasion.context).number() < Decimal(0) ? 1 : 0;
    QVERIFY(negative > 400 && negative < 600);
}

void TestTemplate::repetitionsKeepTheirBounds() {
    Occasion occasion;
    QCOMPARE(made(R"({"$repeat":{"count":3,"of":"x{count}"}})"), R"(["x12","x12","x12"])");
    QCOMPARE(made(R"({"$repeat":{"count":"{event.data.items[0].quantity}","of":1}})"), "[1,1,1]");
    QCOMPARE(made(R"({"$repeat":{"count":"{event.data.orderId}","of":1}})"), "[]"); // no number
    const Template some = *Template::compile(json(R"({"$repeat":{"count":[1,3],"of":0}})"));
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i)
        seen.insert(some.generate(occasion.context).canonical());
    QCOMPARE(seen, (std::set<std::string>{"[0]", "[0,0]", "[0,0,0]"}));
    Value huge = json(R"({"n":1000000000})");
    occasion.event.data = &huge;
    const Template many = *Template::compile(json(R"({"$repeat":{"count":"{event.data.n}","of":0}})"));
    QCOMPARE(many.generate(occasion.context).list()->size(), std::size_t{10'000});
}

void TestTemplate::sumsAreExactAndSeeTheTablesAround() {
    // 3 * 19.99 + 2 * 0.1
    QCOMPARE(made(R"({"$sum":{"of":"event.data.items","times":["price","quantity"]}})"), "60.17");
    QCOMPARE(made(R"({"items":[{"p":0.1,"q":3},{"p":0.2,"q":"{count}"}],
                      "deep":{"total":{"$sum":{"of":"items","times":["p","q"]}}}})"),
             R"({"items":[{"p":0.1,"q":3},{"p":0.2,"q":12}],"deep":{"total":2.7}})");
    QCOMPARE(made(R"({"$merge":["{event.data}",{"n":{"$sum":{"of":"items","times":["quantity"]}},"items":null}]})"),
             R"({"orderId":"ORD-7","items":null,"order-note":"x","n":5})");
    QCOMPARE(made(R"({"$sum":{"of":"nowhere","times":["p"]}})"), "0");
    QCOMPARE(made(R"({"i":[{"p":2},{}],"n":{"$sum":{"of":"i","times":["p"]}}})"), R"({"i":[{"p":2},{}],"n":2})");
}

void TestTemplate::sameDrawMakesTheSame() {
    const Template source = *Template::compile(
        json(R"({"a":"{uuid}","b":{"$repeat":{"count":[1,9],"of":{"$number":[0,1000],"decimals":3}}}})"));
    Occasion first, second, other;
    other.draw = Stream(8, "test").draw(1);
    const std::string text = source.generate(first.context).canonical();
    QCOMPARE(source.generate(second.context).canonical(), text);
    QVERIFY(source.generate(other.context).canonical() != text);
}

void TestTemplate::wrongTemplatesSayWhere_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("where");
    const auto row = [](const char* source, const char* where) {
        QTest::newRow(source) << QByteArray(source) << QByteArray(where);
    };
    row(R"({"a/b":["x","{counter}"]})", "/a~1b/1");
    row(R"("{count")", "");
    row(R"("{event.colour}")", "");
    row(R"("{event.data.}")", "");
    row(R"("{event.data[x]}")", "");
    row(R"("{data.}")", "");
    row(R"({"a":{"$choose":[1]}})", "/a");
    row(R"({"$pick":[]})", "/$pick");
    row(R"({"$pick":[1,"{x}"]})", "/$pick/1");
    row(R"({"$pick":[1,2],"weights":[1]})", "/weights");
    row(R"({"$pick":[1,2],"weights":[1,-1]})", "/weights");
    row(R"({"$pick":[1,2],"weights":[0,0]})", "/weights");
    row(R"({"$pick":[1,2],"weigths":[1,1]})", "");
    row(R"({"$integer":[2,1]})", "/$integer");
    row(R"({"$integer":[1.5,2]})", "/$integer");
    row(R"({"$integer":[1]})", "/$integer");
    row(R"({"$number":[0.001,1],"decimals":2})", "/$number");
    row(R"({"$number":[0,1],"decimals":16})", "/decimals");
    row(R"({"$repeat":{"count":2}})", "/$repeat");
    row(R"({"$repeat":{"count":[0,10001],"of":1}})", "/$repeat/count");
    row(R"({"$repeat":{"count":-1,"of":1}})", "/$repeat/count");
    row(R"({"$repeat":{"count":1,"of":"{}"}})", "/$repeat/of");
    row(R"({"$merge":[{"a":1},2]})", "/$merge/1");
    row(R"({"$merge":{"a":1}})", "/$merge");
    row(R"({"$sum":{"of":"items"}})", "/$sum");
    row(R"({"$sum":{"of":"items","times":[]}})", "/$sum");
    row(R"({"$sum":{"of":"items","times":[1]}})", "/$sum/times");
    row(R"({"$sum":{"of":"a..b","times":["x"]}})", "/$sum/of");
}

void TestTemplate::wrongTemplatesSayWhere() {
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, where);
    const Result<Template> compiled = Template::compile(json(source.toStdString()));
    QVERIFY(!compiled.ok());
    QCOMPARE(QByteArray::fromStdString(compiled.error().where), where);
    QVERIFY(!compiled.error().what.empty());
}

// The shape of order.created in the order flow.
void TestTemplate::orderTemplateIsMeasured() {
    Occasion occasion;
    const Template order = *Template::compile(json(R"({
        "orderId": "ORD-{count}", "userId": {"$pick": ["USER-1", "USER-2", "USER-3", "USER-4"]}, "timestamp": "{now}",
        "items": {"$repeat": {"count": [1, 3], "of": {"$merge": [
            {"$pick": [{"productId": "PROD-001", "price": 99.99}, {"productId": "PROD-002", "price": 149.5},
                       {"productId": "PROD-003", "price": 9.95}]},
            {"quantity": {"$integer": [1, 3]}}]}}},
        "totalAmount": {"$sum": {"of": "items", "times": ["price", "quantity"]}}})"));
    QVERIFY(order.generate(occasion.context).member("totalAmount")->number());
    QBENCHMARK {
        order.generate(occasion.context);
    }
}

QTEST_APPLESS_MAIN(TestTemplate)
#include "tst_template.moc"
