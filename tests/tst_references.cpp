// Renaming and deleting in a scenario file: every place that names a thing follows, or is told.
#include "core/expression/names_in.h"
#include "core/scenario/load.h"
#include "core/scenario/references.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>

using namespace weir;

namespace {

using Kind = Reference::Kind;

const Element orders{Element::Kind::channel, "orders"};
const Element payment{Element::Kind::service, "payment-service"};

Document made(std::string text) {
    Result<Document, Errors> document = Document::read(std::move(text));
    if (!document)
        qFatal("%s", document.error().front().text().c_str());
    return std::move(*document);
}

Document fileAt(const char* path) {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR) + QLatin1String(path));
    return file.open(QIODevice::ReadOnly) ? made(file.readAll().toStdString()) : Document();
}
Document orderFlow() {
    return fileAt("/scenarios/order_flow.json");
}
Document everything() {
    return fileAt("/tests/data/references.json");
}

Document edited(const Document& document, const std::vector<Edit>& edits) {
    Result<Document> result = document.with(edits);
    if (!result)
        qFatal("%s", result.error().text().c_str());
    return std::move(*result);
}

std::string problemOf(const Document& document) {
    const Result<Scenario, Errors> scenario = readScenario(document.value());
    return scenario ? "" : scenario.error().front().text();
}

std::map<Kind, int> counted(const std::vector<Reference>& references) {
    std::map<Kind, int> counts;
    for (const Reference& reference : references)
        ++counts[reference.kind];
    return counts;
}

} // namespace

class TestReferences : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void namesInExpressionsAreTold();
    void everyReferenceIsFound();
    void aRenameFollowsEverywhere_data();
    void aRenameFollowsEverywhere();
    void renamingThereAndBackGivesTheFileBack();
    void namesWithSlashesAndNumbersAreToldApart();
    void theOrderFlowRunsAlikeUnderOtherNames();
    void aDeletionTellsItsDependants();
    void aDeletionTakesItsDependantsAlong();
    void severalAreDeletedTogether();
    void groupsFollowTheirMembers();
    void everythingCanBeDeletedOneByOne();
};

void TestReferences::namesInExpressionsAreTold() {
    const auto told = [](const char* text) {
        QStringList list;
        for (const NameInExpression& name : namesIn(text))
            list.append(QStringLiteral("%1:%2").arg(static_cast<int>(name.what)).arg(QString::fromStdString(name.name)));
        return list.join(QLatin1Char(' '));
    };
    QCOMPARE(told("type = 'a' AND id = 'b'"), QStringLiteral("0:a"));
    QCOMPARE(told("'a' <> TYPE OR 'b' = id"), QStringLiteral("0:a"));
    QCOMPARE(told("NOT type IN ('a', 'b')"), QStringLiteral("0:a 0:b"));
    QCOMPARE(told("metric('channel', 'a', 'waitP99') > metric('service','b','handled')"), QStringLiteral("1:a 3:b"));
    QCOMPARE(told("metric( 'run' , 'a', 'x') > 1 AND state('s', 't', 'k') = 'a'"), QStringLiteral("3:s"));
    QCOMPARE(told("channel = 'c' AND subscription = 's'"), QStringLiteral("1:c 2:s"));
    QCOMPARE(told("type = "), QString()); // no expression
    QCOMPARE(QString::fromStdString(quotedLike("it's", "'x'")), QStringLiteral("'it\\'s'"));
}

void TestReferences::everyReferenceIsFound() {
    const Value document = everything().value();
    using Counts = std::map<Kind, int>;
    QCOMPARE(counted(referencesTo(document, {Element::Kind::channel, "topic"})),
             (Counts{{Kind::binding, 2}, {Kind::source, 1}, {Kind::action, 3}, {Kind::handler, 1}, {Kind::expectation, 1}, {Kind::position, 3}}));
    QCOMPARE(counted(referencesTo(document, {Element::Kind::channel, "fan"})), (Counts{{Kind::binding, 1}, {Kind::action, 1}}));
    QCOMPARE(counted(referencesTo(document, {Element::Kind::channel, "dead"})), (Counts{{Kind::deadLetter, 2}}));
    QCOMPARE(counted(referencesTo(document, {Element::Kind::channel, "queue"})),
             (Counts{{Kind::handler, 1}, {Kind::fault, 1}, {Kind::expectation, 2}, {Kind::position, 2}}));
    QCOMPARE(counted(referencesTo(document, {Element::Kind::service, "user"})),
             (Counts{{Kind::fault, 1}, {Kind::expectation, 2}, {Kind::breakpoint, 1}, {Kind::position, 2}}));
    QCOMPARE(counted(referencesTo(document, {Element::Kind::service, "maker"})),
             (Counts{{Kind::fault, 1}, {Kind::expectation, 1}, {Kind::position, 2}})); // of its own queue on the topic
    QCOMPARE(counted(referencesTo(document, {Element::Kind::eventType, "made"})),
             (Counts{{Kind::source, 1}, {Kind::action, 2}, {Kind::fault, 1}, {Kind::breakpoint, 2}, {Kind::pattern, 3}, {Kind::condition, 4}}));
}

void TestReferences::aRenameFollowsEverywhere_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("name");
    QTest::newRow("topic") << 0 << "topic";
    QTest::newRow("queue") << 0 << "queue";
    QTest::newRow("fan") << 0 << "fan";
    QTest::newRow("dead") << 0 << "dead";
    QTest::newRow("user") << 1 << "user";
    QTest::newRow("maker") << 1 << "maker";
    QTest::newRow("made") << 2 << "made";
}

// What a search and replace by hand would leave behind: nothing of the old name, where it means this element.
void TestReferences::aRenameFollowsEverywhere() {
    QFETCH(const int, kind);
    QFETCH(const QString, name);
    const Document document = everything();
    QCOMPARE(problemOf(document), std::string());
    const Element element{static_cast<Element::Kind>(kind), name.toStdString()};
    const Element renamed{element.kind, "new/it's"};
    const Document result = edited(document, renaming(document.value(), element, renamed.name));
    QCOMPARE(problemOf(result), std::string());
    QVERIFY(referencesTo(result.value(), element).empty());
    QCOMPARE(counted(referencesTo(result.value(), renamed)), counted(referencesTo(document.value(), element)));
    if (kind == 2) { // texts that look alike and mean something else stay
        const std::vector<std::string> kept = {"\"data\": { \"to\": \"topic\", \"emit\": \"made\" }", "data.x <> 'made'",
                                               "{ \"add\": \"made\", \"key\": \"made\" }",
                                               "type IN ('other', \\\"new/it's\\\")",
                                               "\"filter\": \"type = 'new/it\\\\'s' AND"};
        for (const std::string& part : kept)
            QVERIFY2(result.text().find(part) != std::string::npos, (part + "\n" + result.text()).c_str());
    }
}

void TestReferences::renamingThereAndBackGivesTheFileBack() {
    const Document document = orderFlow();
    for (const Element& element : {orders, payment, Element{Element::Kind::channel, "payments"},
                                   Element{Element::Kind::service, "inventory-service"},
                                   Element{Element::Kind::eventType, "payment.failed"}}) {
        const Document there = edited(document, renaming(document.value(), element, "another"));
        QVERIFY(there.text() != document.text());
        QCOMPARE(problemOf(there), std::string());
        const Document back = edited(there, renaming(there.value(), {element.kind, "another"}, element.name));
        QCOMPARE(back.text(), document.text());
    }
}

// "a/b/c" could be the own queue of "b/c" on "a" or of "c" on "a/b": the handlers say which.
void TestReferences::namesWithSlashesAndNumbersAreToldApart() {
    const Document document = made(
        R"({ "weir": "1", "channels": { "a": { "kind": "topic" }, "a/b": { "kind": "topic" } },
             "services": { "b/c": { "handlers": [{ "on": "a" }, { "on": "a" }] }, "d#2": { "handlers": [{ "on": "a/b" }] } },
             "layout": { "a/b/c": [0, 0], "a/b/c#2": [1, 0], "a/b/d#2": [2, 0] } })");
    QCOMPARE(problemOf(document), std::string());
    const auto renamed = [&](Element::Kind kind, const char* from) {
        const Document result = edited(document, renaming(document.value(), {kind, from}, "x"));
        QStringList names;
        for (const auto& [name, place] : *result.value().member("layout")->table())
            names << QString::fromStdString(name);
        return problemOf(result).empty() ? names.join(QLatin1Char(' ')) : QString::fromStdString(problemOf(result));
    };
    QCOMPARE(renamed(Element::Kind::service, "b/c"), QStringLiteral("a/x a/x#2 a/b/d#2"));
    QCOMPARE(renamed(Element::Kind::channel, "a"), QStringLiteral("x/b/c x/b/c#2 a/b/d#2"));
    QCOMPARE(renamed(Element::Kind::service, "d#2"), QStringLiteral("a/b/c a/b/c#2 a/b/x"));
    QCOMPARE(renamed(Element::Kind::channel, "a/b"), QStringLiteral("a/b/c a/b/c#2 x/d#2"));
}

void TestReferences::theOrderFlowRunsAlikeUnderOtherNames() {
    const Document document = orderFlow();
    const Document renamed = edited(document, renaming(document.value(), {Element::Kind::channel, "payments"}, "bills"));
    const std::string& text = renamed.text();
    QVERIFY(text.find("\"on\": \"bills\", \"concurrency\": 2") != std::string::npos);
    QVERIFY(text.find("metric('channel', 'bills', 'waitP99') < 5s") != std::string::npos);
    QVERIFY(text.find("\"bills\": [480, 208]") != std::string::npos);
    QVERIFY(text.find("\"bills\": {") != std::string::npos);
    QVERIFY(text.find("payments") == std::string::npos);
    const auto lines = [](const std::string& of) { return std::count(of.begin(), of.end(), '\n'); };
    QCOMPARE(lines(text), lines(document.text()));
}

void TestReferences::aDeletionTellsItsDependants() {
    const Value document = orderFlow().value();
    using Counts = std::map<Kind, int>;
    QCOMPARE(counted(deletionOf(document, std::vector{orders}).dependants), (Counts{{Kind::binding, 10}, {Kind::action, 6}}));
    QCOMPARE(counted(deletionOf(document, std::vector{payment}).dependants), (Counts{{Kind::fault, 1}}));
    const std::vector<Reference> mail = deletionOf(document, std::vector{Element{Element::Kind::channel, "mail"}}).dependants;
    QCOMPARE(mail.size(), std::size_t{1});
    QCOMPARE(mail.front().kind, Kind::handler);
    QCOMPARE(mail.front().owner, std::string("email-service"));
    QCOMPARE(mail.front().pointer, std::string("/services/email-service/handlers/0/on"));
    QCOMPARE(mail.front().removal, std::string("/services/email-service/handlers/0"));
}

void TestReferences::aDeletionTakesItsDependantsAlong() {
    const Document document = orderFlow();
    const auto without = [&](const Element& element) {
        return edited(document, deletionOf(document.value(), std::vector{element}).edits);
    };
    const Document noPayments = without({Element::Kind::channel, "payments"});
    QCOMPARE(problemOf(noPayments), std::string());
    QVERIFY(noPayments.text().find("\"payments\"") == std::string::npos);
    QVERIFY(noPayments.text().find("'payments'") == std::string::npos);
    QCOMPARE(noPayments.value().member("expect")->list()->size(), std::size_t{7});
    QVERIFY(!noPayments.value().member("services")->member("payment-service")->member("handlers")); // its only one
    const Document noService = without(payment);
    QCOMPARE(problemOf(noService), std::string());
    QVERIFY(!noService.value().member("faults"));
    QVERIFY(noService.text().find("payment-service") == std::string::npos);
    const Document noDead = without({Element::Kind::channel, "orders-dead"});
    QCOMPARE(problemOf(noDead), std::string());
    QCOMPARE(noDead.value().member("services")->member("order-service")->member("handlers")->list()->size(), std::size_t{1});
    QVERIFY(!noDead.value().member("channels")->member("payments")->member("deadLetter"));
    QVERIFY(noDead.value().member("channels")->member("points")->member("deadLetter"));
}

void TestReferences::groupsFollowTheirMembers() {
    const auto read = Document::read(
        R"({ "weir": "1", "channels": { "jobs": { "kind": "queue" }, "log": { "kind": "stream" } },
             "groups": { "Work": ["jobs", "log"], "Alone": ["other"] } })");
    QVERIFY(read.ok());
    const Element jobs{Element::Kind::channel, "jobs"};
    const auto renamed = read->with(renaming(read->value(), jobs, "tasks"));
    QVERIFY(renamed.ok());
    const Value::List* nodes = renamed->value().member("groups")->member("Work")->list();
    QCOMPARE(nodes->size(), 2u);
    QCOMPARE(*(*nodes)[0].text(), std::string("tasks"));
    const Element both[] = {jobs, {Element::Kind::channel, "log"}};
    const auto rest = read->with(deletionOf(read->value(), both).edits);
    QVERIFY(rest.ok());
    QVERIFY(rest->value().member("groups")->member("Work")->list()->empty()); // the group itself stays
    QCOMPARE(rest->value().member("groups")->member("Alone")->list()->size(), 1u);
}

void TestReferences::severalAreDeletedTogether() {
    const Document document = orderFlow();
    const std::vector<Element> both{{Element::Kind::channel, "payments"}, payment};
    const Deletion deletion = deletionOf(document.value(), both);
    // The handler goes with its service, and is no dependant of the channel.
    using Counts = std::map<Kind, int>;
    QCOMPARE(counted(deletion.dependants), (Counts{{Kind::fault, 1}, {Kind::expectation, 1}}));
    const Document result = edited(document, deletion.edits);
    QCOMPARE(problemOf(result), std::string());
    QVERIFY(result.text().find("payment-service") == std::string::npos);
}

void TestReferences::everythingCanBeDeletedOneByOne() {
    for (const Document& start : {everything(), orderFlow()}) {
        Document document = start;
        for (const Element::Kind kind : {Element::Kind::eventType, Element::Kind::channel, Element::Kind::service})
            for (;;) {
                const char* section = kind == Element::Kind::eventType ? "events" : kind == Element::Kind::channel ? "channels" : "services";
                const Value* members = document.value().member(section);
                if (!members || members->table()->empty())
                    break;
                const Element element{kind, members->table()->front().first};
                document = edited(document, deletionOf(document.value(), std::vector{element}).edits);
                QVERIFY2(problemOf(document).empty(), (element.pointer() + ": " + problemOf(document)).c_str());
            }
    }
}

QTEST_APPLESS_MAIN(TestReferences)
#include "tst_references.moc"
