// The forms of the inspector without a window: that every field of the schema has a row with words and help, what rows
// an element has, how values are shown, typed and written, and what changing a variant keeps.
#include "core/json_pointer.h"
#include "core/scenario/distribution_reader.h"
#include "core/scenario/load.h"
#include "core/simulation/active_faults.h"
#include "ui/inspector/forms/choice_words.h"
#include "ui/inspector/forms/density_preview.h"
#include "ui/inspector/forms/field_editor.h"
#include "ui/inspector/forms/field_text.h"
#include "ui/inspector/forms/field_words.h"
#include "ui/inspector/forms/form_rows.h"
#include "ui/inspector/forms/form_schema.h"
#include "ui/inspector/forms/form_values.h"
#include "ui/inspector/inspector_scope.h"
#include "ui/inspector/json_pane.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace weir;
using namespace std::chrono_literals;

namespace {

Value parsed(std::string_view text) {
    auto value = Value::parse(text);
    if (!value)
        qFatal("%s", value.error().text().c_str());
    return *value;
}

const FormRow* rowAt(const std::vector<FormRow>& rows, const std::string& pointer) {
    for (const FormRow& row : rows)
        if (row.pointer == pointer && (row.role == FormRow::Role::value || row.role == FormRow::Role::fold))
            return &row;
    return nullptr;
}

constexpr std::string_view shop = R"({
  "weir": "1", "run": { "seed": 7 },
  "events": { "order": { "data": { "id": "{count}" } } },
  "channels": { "orders": { "kind": "topic" },
                "work": { "kind": "queue", "bind": [ "orders" ], "retry": { "max": 2, "backoff": "fixed" } },
                "log": { "kind": "stream" } },
  "services": {
    "shop": { "sources": [ { "emit": "order", "to": "orders", "arrivals": { "poisson": "20/s" } } ] },
    "pay": { "state": { "stock": { "a": 1 } },
             "handlers": [ { "on": "work", "takes": { "lognormal": { "mean": "240ms", "p99": "800ms" } },
                             "fails": 0.01, "then": { "emit": "order", "to": "log" } },
                           { "on": "orders" }, { "on": "log" } ] } },
  "faults": [ { "at": "2min", "crash": "pay", "for": "20s" } ]
})";

} // namespace

class TestForms : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyFieldOfTheSchemaHasWordsAndHelp();
    void everyWordIsOfAField();
    void everyFieldHasARowSomewhere();
    void aServiceShowsWhatItHasAndWhatHoldsOtherwise();
    void whatAProfileGivesIsShownWhereTheFileSaysNothing();
    void theRestIsShownWhenAskedFor();
    void onlyTheFieldsThatTheVariantUsesAreShown();
    void everyChoiceHasWordsOfItsOwn();
    void valuesAreShownForPeople_data();
    void valuesAreShownForPeople();
    void whatIsTypedIsReadOrRefused_data();
    void whatIsTypedIsReadOrRefused();
    void shortFormsGrowWhenTheyNeedRoom();
    void whatIsNewLoads();
    void changingTheShapeKeepsTheMean_data();
    void changingTheShapeKeepsTheMean();
    void changingThePatternKeepsTheRate_data();
    void changingThePatternKeepsTheRate();
    void namesAreThoseAtHand();
    void differencesAreAsDeepAsCanBe();
    void theQueueOfAHandlerIsFoundByItsName();
    void arrowsStepAlongRoundNumbers();
    void aDensityIsOfItsDistribution();
    void textIsShownWithoutItsIndentation();
    void faultsAreActiveAsLongAsTheyHold();
    void whatIsStruckTwiceIsToldOnce();
    void aFaultThatIsKeptLoads();

  private:
    const FormSchema m_schema = FormSchema::ofScenarios();
};

void TestForms::everyFieldOfTheSchemaHasWordsAndHelp() {
    // The schema read by another reader than the form's.
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/resources/scenario.schema.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject definitions =
        QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("definitions")].toObject();
    QStringList gaps;
    int fields = 0;
    for (auto definition = definitions.begin(); definition != definitions.end(); ++definition) {
        const QJsonObject properties = definition->toObject()[QStringLiteral("properties")].toObject();
        for (auto property = properties.begin(); property != properties.end(); ++property) {
            const QString place = definition.key() + QLatin1Char('.') + property.key();
            const FormField* const field = m_schema.field(definition.key().toStdString(), property.key().toStdString());
            ++fields;
            if (!field) {
                gaps << QStringLiteral("no field: ") + place;
                continue;
            }
            const QString said = property->toObject()[QStringLiteral("description")].toString();
            if (said.isEmpty() || !helpOf(*field).contains(said))
                gaps << QStringLiteral("no help: ") + place;
            if (definition.key() == QLatin1String("breakpoint"))
                continue; // they have a list of their own
            const FormScope scenario = scenarioScope();
            const bool elsewhere = definition.key() == QLatin1String("scenario") &&
                                   std::find(scenario.leftOut.begin(), scenario.leftOut.end(),
                                             property.key().toStdString()) != scenario.leftOut.end();
            if (!elsewhere && !fieldWord(definition.key().toStdString(), property.key().toStdString()))
                gaps << QStringLiteral("no words: ") + place;
        }
    }
    QVERIFY2(gaps.isEmpty(), qPrintable(gaps.join(QLatin1Char('\n'))));
    QVERIFY(fields > 150);
}

void TestForms::everyWordIsOfAField() {
    for (std::size_t i = 0; i < fieldWordCount(); ++i) {
        const FieldWord& word = fieldWordAt(i);
        bool used = false;
        for (const std::string& definition : m_schema.definitions())
            used |= m_schema.field(definition, std::string(word.key)) && fieldWord(definition, word.key) == &word;
        QVERIFY2(used, qPrintable(QStringLiteral("%1.%2").arg(word.definition.data(), word.key.data())));
    }
}

// A scenario that has each kind of thing once, all of it unfolded: every field of the schema has a row, or is a word
// that says what the thing is.
void TestForms::everyFieldHasARowSomewhere() {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/tests/data/scenario/full.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto document = readDocument(file.readAll().toStdString());
    QVERIFY(document.ok());
    std::set<std::string> seen;
    const auto walk = [&](const FormScope& scope) {
        // Unfolds what has just come to light until nothing more does.
        std::set<std::string> unfolded;
        for (std::size_t before = 1; before != unfolded.size();) {
            before = unfolded.size();
            for (const FormRow& row : formRows(m_schema, *document, scope, unfolded)) {
                if (row.role == FormRow::Role::fold && !row.opensByItself())
                    unfolded.insert(row.pointer);
                if (row.role == FormRow::Role::more)
                    unfolded.insert(row.pointer);
                if (row.field && !row.names)
                    seen.insert(row.definition + '.' + row.key);
                if (row.field && !row.names)
                    QVERIFY2(!row.label.isEmpty() && row.label != QString::fromStdString(row.key), row.pointer.c_str());
            }
            if (before == 0 && unfolded.empty())
                break;
        }
    };
    walk(scenarioScope());
    for (const char* const group : {"services", "channels", "events"})
        for (const auto& [name, value] : *document->member(group)->table())
            walk(group == std::string_view("services")   ? *serviceScope(*document, name)
                 : group == std::string_view("channels") ? *channelScope(*document, name)
                                                         : *eventTypeScope(*document, name));
    QVERIFY(seen.size() > 60);
    for (const char* const must :
         {"service.instances", "service.restartAfter", "service.state",    "source.arrivals", "source.emit",
          "source.to",         "source.routingKey",    "arrivals.poisson", "handler.on",      "handler.pattern",
          "handler.filter",    "handler.concurrency",  "handler.prefetch", "handler.ack",     "handler.takes",
          "handler.fails",     "handler.idempotent",   "handler.then",     "failure.how",     "failure.probability",
          "queue.capacity",    "queue.overflow",       "queue.ttl",        "queue.delay",     "queue.priorities",
          "queue.ackTimeout",  "queue.retry",          "queue.deadLetter", "retry.max",       "retry.backoff",
          "retry.jitter",      "stream.partitions",    "stream.retain",    "binding.pattern", "event.version",
          "event.key",         "event.subject",        "event.size",       "event.data",      "run.seed",
          "run.for",           "run.warmup",           "run.latency",      "run.limits",      "limits.copies",
          "emit.emit",         "crash.crash",          "slow.factor",      "always.always",   "exchange.type"})
        QVERIFY2(seen.contains(must), must);
}

void TestForms::aServiceShowsWhatItHasAndWhatHoldsOtherwise() {
    const Value document = parsed(shop);
    const auto rows = formRows(m_schema, document, *serviceScope(document, "pay"), {});
    const FormRow* const instances = rowAt(rows, "/services/pay/instances");
    QVERIFY(instances);
    QVERIFY(!instances->given());
    QCOMPARE(instances->text, QStringLiteral("1")); // the default
    const FormRow* const takes = rowAt(rows, "/services/pay/handlers/0/takes");
    QVERIFY(takes);
    QCOMPARE(takes->text, QStringLiteral("lognormal · mean 240\u00A0ms · p99 800\u00A0ms"));
    QCOMPARE(rowAt(rows, "/services/pay/handlers/0/fails")->text, QStringLiteral("1\u00A0% fail"));
    QCOMPARE(rowAt(rows, "/services/pay/handlers/0")->text, QStringLiteral("On work"));
    QCOMPARE(rowAt(rows, "/services/pay/handlers/0/then")->text, QStringLiteral("emit order to log"));
    QVERIFY(!rowAt(rows, "/services/pay/handlers/0/filter"));               // seldom used, and not given
    QVERIFY(!rowAt(rows, "/services/pay/handlers/0/takes/lognormal/mean")); // folded up
}

void TestForms::whatAProfileGivesIsShownWhereTheFileSaysNothing() {
    const auto shown = [this](const char* profile, const char* field) {
        const Value document = parsed(std::string(R"({"profile":")") + profile +
                                      R"(","channels":{"q":{"kind":"queue","retry":{"first":"2s"}}}})");
        const auto rows = formRows(m_schema, document, *channelScope(document, "q"), {"/channels/q/retry"});
        const FormRow* const row = rowAt(rows, std::string("/channels/q/") + field);
        return row && !row->given() ? row->text : QString();
    };
    QCOMPARE(shown("rocketmq", "ackTimeout"), QStringLiteral("15\u00A0min"));
    QCOMPARE(shown("rocketmq", "retry/max"), QStringLiteral("16"));
    QCOMPARE(shown("nats-jetstream", "ackTimeout"), QStringLiteral("30\u00A0s"));
    QCOMPARE(shown("rabbitmq-classic", "retry/max"), QStringLiteral("3"));
}

void TestForms::theRestIsShownWhenAskedFor() {
    const Value document = parsed(shop);
    const auto rows = formRows(m_schema, document, *serviceScope(document, "pay"),
                               {"/services/pay/handlers/0/*", "/services/pay/handlers/0/takes"});
    QVERIFY(rowAt(rows, "/services/pay/handlers/0/filter"));
    const FormRow* const mean = rowAt(rows, "/services/pay/handlers/0/takes/lognormal/mean");
    QVERIFY(mean);
    QCOMPARE(mean->text, QStringLiteral("240\u00A0ms"));
    QCOMPARE(
        std::count_if(rows.begin(), rows.end(), [](const FormRow& row) { return row.role == FormRow::Role::density; }),
        1);
    QCOMPARE(
        std::count_if(rows.begin(), rows.end(), [](const FormRow& row) { return row.role == FormRow::Role::variant; }),
        2);
}

void TestForms::onlyTheFieldsThatTheVariantUsesAreShown() {
    const auto shown = [this](const char* retry) {
        const Value document = parsed(std::string(R"({"channels":{"q":{"kind":"queue","retry":)") + retry + "}}}");
        QStringList keys;
        for (const FormRow& row : formRows(m_schema, document, *channelScope(document, "q"), {"/channels/q/retry"}))
            if (row.definition == "retry" && row.role == FormRow::Role::value)
                keys << QString::fromStdString(row.key);
        return keys.join(QLatin1Char(' '));
    };
    QCOMPARE(shown("{}"), QStringLiteral("max backoff first factor ceiling jitter"));
    QCOMPARE(shown(R"({"backoff":"none"})"), QStringLiteral("max backoff"));
    QCOMPARE(shown(R"({"backoff":"explicit","steps":["1s"]})"), QStringLiteral("max backoff ceiling jitter steps"));
    // What is given is shown though it is of no use.
    QCOMPARE(shown(R"({"backoff":"none","factor":3})"), QStringLiteral("max backoff factor"));
}

void TestForms::everyChoiceHasWordsOfItsOwn() {
    QStringList raw;
    for (const std::string& definition : m_schema.definitions())
        for (const FormField& field : m_schema.fields(definition))
            if (field.kind == FieldKind::choice)
                for (const std::string& word : field.words)
                    if (choiceLabel(word, field.key) == QString::fromStdString(word))
                        raw << QString::fromStdString(definition + '.' + field.key + ": " + word);
    QVERIFY2(raw.isEmpty(), qPrintable(raw.join(QLatin1Char('\n'))));
    // A system has its name, not that of its patterns.
    QCOMPARE(choiceLabel("mqtt", "profile"), QStringLiteral("MQTT (QoS 1)"));
    QCOMPARE(choiceLabel("kafka", "profile"), QStringLiteral("Apache Kafka"));
    QCOMPARE(choiceLabel("mqtt", "dialect"), QStringLiteral("MQTT: + and #"));
}

void TestForms::valuesAreShownForPeople_data() {
    QTest::addColumn<QString>("definition");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* definition, const char* key, const char* value, const char* shown) {
        QTest::addRow("%s.%s %s", definition, key, value) << QString::fromUtf8(definition) << QString::fromUtf8(key)
                                                          << QString::fromUtf8(value) << QString::fromUtf8(shown);
    };
    row("run", "for", "\"90s\"", "1\u00A0min\u00A030\u00A0s");
    row("run", "for", "\"end\"", "Until nothing is left to do");
    row("run", "seed", "12345", "12\u202F345");
    row("retry", "max", "\"unbounded\"", "Without end");
    row("retry", "jitter", "0.25", "25\u00A0%");
    row("retry", "steps", "[\"1s\",\"2s\"]", "1\u00A0s, 2\u00A0s");
    row("queue", "overflow", "\"dropOldest\"", "Drop the oldest");
    row("queue", "retry", R"({"max":3,"backoff":"exponential","first":"1s"})", "3 × exponential · 1\u00A0s first");
    row("event", "size", "\"1536B\"", "1.5\u00A0KiB");
    row("handler", "idempotent", "true", "by id");
    row("handler", "idempotent", "false", "no");
    row("handler", "fails", R"([{"how":"crash","probability":0.01},0.05])", "2 entries");
    row("handler", "fails", R"({"how":"crash","every":10})", "1 in 10 crash");
    row("scenario", "faults", R"([{"at":"2min","crash":"pay","instance":0,"for":"20s"}])",
        "2\u00A0min · Crash pay #1 · for 20\u00A0s");
    row("scenario", "faults", R"([{"at":"90s","slow":"pay","factor":5}])", "1\u00A0min\u00A030\u00A0s · Slow down pay · 5");
    row("scenario", "faults", R"([{"at":"2min","lose":["shop","broker"],"probability":0.1}])",
        "2\u00A0min · Loss on a link shop ↔ broker · 0.1");
    row("scenario", "expect", R"([{"ledger":"closed"}])", "Ledger closed");
    row("scenario", "expect", R"([{"that":"1 = 1","title":{"en":"Sums hold","zh":"成立"}}])", "Sums hold");
    row("scenario", "expect", R"([{"always":"2 > 1"}])", "Always holds · 2 > 1");
    row("source", "arrivals", R"({"poisson":"20/s"})", "Poisson · 20/s");
    row("source", "arrivals", R"({"users":12,"think":"1s"})", "12 users");
    row("service", "title", R"({"en":"Payment","zh":"支付"})", "Payment");
    row("handler", "idempotent", "true", "by id");
    row("retain", "compact", "true", "yes");
    row("handler", "from", "\"latest\"", "The latest");
    row("handler", "from", "12", "12");
    row("handler", "from", "\"5s\"", "5\u00A0s");
}

void TestForms::valuesAreShownForPeople() {
    QFETCH(QString, definition);
    QFETCH(QString, key);
    QFETCH(QString, value);
    const FormField* const field = m_schema.field(definition.toStdString(), key.toStdString());
    QVERIFY(field);
    QTEST(shownValue(*field, parsed(value.toStdString())), "shown");
}

void TestForms::whatIsTypedIsReadOrRefused_data() {
    QTest::addColumn<QString>("definition");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("value"); // JSON; "-": nothing; else "!" and a part of the reason
    const auto row = [](const char* definition, const char* key, const char* typed, const char* value) {
        QTest::addRow("%s.%s %s", definition, key, typed) << QString::fromUtf8(definition) << QString::fromUtf8(key)
                                                          << QString::fromUtf8(typed) << QString::fromUtf8(value);
    };
    row("service", "instances", "3", "3");
    row("service", "instances", "", "-");
    row("service", "instances", "0", "!from 1 to 10000");
    row("service", "instances", "2.5", "!whole number");
    row("service", "instances", "many", "!whole number");
    row("limits", "messages", "1 000 000", "1000000");
    row("failure", "probability", "5 %", "0.05");
    row("failure", "probability", "1.5", "!from 0 to 1");
    row("queue", "ttl", "250ms", "\"250ms\"");
    row("queue", "ttl", "250", "!unit");
    row("queue", "ackTimeout", "0s", "!above 0");
    row("run", "for", "end", "\"end\"");
    row("run", "for", "Until nothing is left to do", "\"end\"");
    row("retry", "max", "unbounded", "\"unbounded\"");
    row("retry", "steps", "1s, 2s,4s", "[\"1s\",\"2s\",\"4s\"]");
    row("retry", "steps", "1s, two", "!times");
    row("arrivals", "poisson", "20/s", "\"20/s\"");
    row("arrivals", "poisson", "20", "!rate");
    row("event", "size", "1KiB", "\"1KiB\"");
    row("event", "size", "big", "!size");
    row("event", "data", "{\"a\": 1}", "{\"a\":1}");
    row("event", "data", "{\"a\": }", "!1:7");
    row("handler", "filter", "data.total > 100", "\"data.total > 100\"");
    row("handler", "filter", "data.total >", "!");
    row("handler", "on", "", "!must be given");
    row("add", "by", "2", "2");
    row("add", "by", "{event.data.amount}", "\"{event.data.amount}\"");
    row("set", "from", "NEW, PAID", "[\"NEW\",\"PAID\"]");
    row("handler", "from", "The earliest", "\"earliest\"");
    row("handler", "from", "12", "12");
    row("handler", "from", "90s", "\"90s\"");
    row("handler", "from", "now", "!");
    row("rateLimit", "burst", "64KiB", "\"64KiB\"");
    row("rateLimit", "burst", "64", "64");
}

void TestForms::whatIsTypedIsReadOrRefused() {
    QFETCH(QString, definition);
    QFETCH(QString, key);
    QFETCH(QString, typed);
    QFETCH(QString, value);
    const FormField* const field = m_schema.field(definition.toStdString(), key.toStdString());
    QVERIFY(field);
    const auto read = readEdited(*field, typed);
    if (value.startsWith(QLatin1Char('!'))) {
        QVERIFY(!read.ok());
        QVERIFY2(QString::fromStdString(read.error().text()).contains(value.mid(1)), read.error().text().c_str());
        return;
    }
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().text().c_str());
    QCOMPARE(*read ? QString::fromStdString((*read)->canonical()) : QStringLiteral("-"), value);
}

void TestForms::shortFormsGrowWhenTheyNeedRoom() {
    const Value document = parsed(shop);
    const auto at = [&](const char* container, const char* definition, const char* key, const char* value) {
        const auto edits = editsFor(document, container, definition, key, parsed(value));
        return edits.size() == 1 ? edits.front().pointer + ' ' + edits.front().value->canonical() : std::string("?");
    };
    QCOMPARE(at("/services/pay/handlers/0/fails", "failure", "how", "\"crash\""),
             std::string(R"(/services/pay/handlers/0/fails {"probability":0.01,"how":"crash"})"));
    QCOMPARE(at("/channels/work/bind/0", "binding", "pattern", "\"a.*\""),
             std::string(R"(/channels/work/bind/0 {"to":"orders","pattern":"a.*"})"));
    QCOMPARE(at("/channels/work/retry", "retry", "max", "5"), std::string("/channels/work/retry/max 5"));
    QCOMPARE(at("/run/limits", "limits", "copies", "9"), std::string("/run/limits/copies 9"));
    QVERIFY(editsFor(document, "/run/limits", "limits", "copies", std::nullopt).empty()); // nothing to take away
}

void TestForms::whatIsNewLoads() {
    const Value document = parsed(shop);
    const struct {
        const char* place;
        const char* definition;
    } additions[] = {{"/services/pay/handlers", "handler"},
                     {"/services/shop/sources", "source"},
                     {"/channels/log/bind", "binding"},
                     {"/faults", "crash"},
                     {"/faults", "pause"},
                     {"/faults", "drop"},
                     {"/faults", "duplicate"},
                     {"/faults", "poison"},
                     {"/faults", "slow"},
                     {"/faults", "rateChange"},
                     {"/faults", "partition"},
                     {"/faults", "delay"},
                     {"/faults", "reorder"},
                     {"/faults", "lose"},
                     {"/faults", "clockSkew"},
                     {"/links", "link"},
                     {"/expect", "ledgerClosed"},
                     {"/expect", "atEnd"},
                     {"/expect", "always"},
                     {"/expect", "ordered"},
                     {"/services/pay/handlers/0/then", "emit"},
                     {"/services/pay/handlers/0/then", "reserve"},
                     {"/services/pay/handlers/0/then", "release"},
                     {"/services/pay/handlers/0/then", "add"},
                     {"/services/pay/handlers/0/then", "fill"},
                     {"/services/pay/handlers/0/then", "set"},
                     {"/services/pay/handlers/0/then", "choose"},
                     {"/services/pay/handlers/0/then", "condition"},
                     {"/services/pay/handlers/0/fails", "failure"}};
    for (const auto& [place, definition] : additions) {
        Value made = newValue(definition, namesAtHand(document, place));
        const Value* const there = valueAt(document, place);
        Value::List list = there && there->list() ? *there->list() : Value::List();
        // A single action becomes a list; a second handler of one service on a queue that it reads is no error.
        if (there && !there->list() && std::string_view(definition) != "handler")
            list.push_back(*there);
        list.push_back(std::move(made));
        const auto with = withValueAt(document, place, Value(std::move(list)), Absent::added);
        QVERIFY(with.ok());
        const auto read = readScenario(*with);
        if (std::string_view(definition) == "handler")
            continue; // on the first channel, which it may read already: the form says so
        QVERIFY2(read.ok(), qPrintable(QStringLiteral("%1: %2").arg(
                                QString::fromUtf8(definition),
                                read.ok() ? QString() : QString::fromStdString(read.error().front().text()))));
    }
}

void TestForms::changingTheShapeKeepsTheMean_data() {
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    const int count = static_cast<int>(variantsOf("distribution").size());
    QCOMPARE(count, 12);
    for (int from = 0; from < count; ++from)
        for (int to = 0; to < count; ++to)
            QTest::addRow("%d to %d", from, to) << from << to;
}

void TestForms::changingTheShapeKeepsTheMean() {
    QFETCH(int, from);
    QFETCH(int, to);
    const auto meanOf = [](const Value& value) {
        Complaints complaints;
        const auto read = readDistribution(Given(value, {}, complaints));
        return read ? read->mean() : -1.0;
    };
    const Value first = switchedTo(Value("240ms"), "distribution", static_cast<std::size_t>(from));
    QCOMPARE(variantIn(first, "distribution"), static_cast<std::size_t>(from));
    const Value second = switchedTo(first, "distribution", static_cast<std::size_t>(to));
    QCOMPARE(variantIn(second, "distribution"), static_cast<std::size_t>(to));
    // Quantiles by three points have a mean of their own: 240 * (0.25 + 0.375 + ...) is not 240.
    const double wanted = meanOf(first);
    const double got = meanOf(second);
    QVERIFY2(got > 0, second.canonical().c_str());
    if (to != 11)
        QVERIFY2(std::abs(got / wanted - 1) < 0.06, second.canonical().c_str());
}

void TestForms::changingThePatternKeepsTheRate_data() {
    QTest::addColumn<int>("to");
    for (std::size_t i = 0; i < variantsOf("arrivals").size(); ++i)
        QTest::addRow("%s", variantsOf("arrivals")[i].name.c_str()) << static_cast<int>(i);
}

void TestForms::changingThePatternKeepsTheRate() {
    QFETCH(int, to);
    const Value before = parsed(R"({"poisson":"20/s","count":7})");
    const Value after = switchedTo(before, "arrivals", static_cast<std::size_t>(to));
    Complaints complaints;
    const auto read = readArrivals(Given(after, {}, complaints));
    QVERIFY2(read.has_value(), after.canonical().c_str());
    QCOMPARE(variantIn(after, "arrivals"), static_cast<std::size_t>(to));
    QVERIFY(after.member("count")); // limits stay
    const std::string& name = variantsOf("arrivals")[static_cast<std::size_t>(to)].name;
    if (name == "rate" || name == "every" || name == "poisson" || name == "bursts")
        QVERIFY2(std::abs(*read->meanRate() - 20) < 0.5, after.canonical().c_str());
}

void TestForms::namesAreThoseAtHand() {
    const NamesAtHand names = namesAtHand(parsed(shop), "/services/pay/handlers/0/then/0");
    using Names = std::vector<std::string>;
    QCOMPARE(names.eventTypes, (Names{"order"}));
    QCOMPARE(names.channels, (Names{"orders", "work", "log"}));
    QCOMPARE(names.exchanges, (Names{"orders"}));
    QCOMPARE(names.services, (Names{"shop", "pay"}));
    QCOMPARE(names.subscriptions, (Names{"work", "orders/pay", "log/pay"}));
    QCOMPARE(names.stateTables, (Names{"stock"}));
}

void TestForms::differencesAreAsDeepAsCanBe() {
    const auto told = [](const char* before, const char* after) {
        QStringList lines;
        for (const Edit& edit : differences(parsed(before), parsed(after), "/x"))
            lines << QString::fromStdString(edit.pointer + (edit.value ? '=' + edit.value->canonical() : " gone"));
        return lines.join(QLatin1Char(' '));
    };
    QCOMPARE(told(R"({"a":1,"b":{"c":2}})", R"({"a":1,"b":{"c":3}})"), QStringLiteral("/x/b/c=3"));
    QCOMPARE(told(R"({"a":1,"b":2})", R"({"b":2,"d":[]})"), QStringLiteral("/x/a gone /x/d=[]"));
    QCOMPARE(told(R"([1,{"a":2}])", R"([1,{"a":5}])"), QStringLiteral("/x/1/a=5"));
    QCOMPARE(told("[1,2]", "[1]"), QStringLiteral("/x=[1]"));
    QCOMPARE(told(R"({"a":1})", R"({"a":1})"), QString());
}

void TestForms::theQueueOfAHandlerIsFoundByItsName() {
    const Value document = parsed(shop);
    const auto scope = channelScope(document, "orders/pay");
    QVERIFY(scope);
    QCOMPARE(scope->pointer, std::string("/services/pay/handlers/1/queue"));
    QCOMPARE(scope->definition, std::string("ownQueue"));
    QVERIFY(!channelScope(document, "orders/shop"));
    QCOMPARE(channelScope(document, "log")->definition, std::string("stream"));
}

void TestForms::arrowsStepAlongRoundNumbers() {
    QCOMPARE(stepped("3", true, 1), QStringLiteral("4"));
    QCOMPARE(stepped("1", true, -1), QStringLiteral("0"));
    QCOMPARE(stepped("0", true, -1), QStringLiteral("0"));
    QCOMPARE(stepped("20/s", false, 1), QStringLiteral("50/s"));
    QCOMPARE(stepped("50/s", false, 1), QStringLiteral("100/s"));
    QCOMPARE(stepped("240ms", false, 1), QStringLiteral("500ms"));
    QCOMPARE(stepped("240ms", false, -1), QStringLiteral("200ms"));
    QCOMPARE(stepped("100ms", false, -1), QStringLiteral("50ms"));
    QCOMPARE(stepped("0.2", false, -1), QStringLiteral("0.1"));
    QCOMPARE(stepped("end", false, 1), QStringLiteral("end"));
}

void TestForms::aDensityIsOfItsDistribution() {
    const Density flat = densityOf(*Distribution::uniform({.low = 0, .high = 1}), 10);
    QCOMPARE(flat.bins.size(), std::size_t{10});
    QVERIFY(std::abs(flat.mean - 0.5) < 1e-9);
    QVERIFY(std::abs(flat.p99 - 0.99) < 1e-9);
    for (std::size_t i = 0; i + 1 < flat.bins.size(); ++i)
        QVERIFY2(flat.bins[i] > 0.8, qPrintable(QString::number(flat.bins[i])));
    const Density falling = densityOf(*Distribution::exponential(1), 10);
    QCOMPARE(falling.bins.front(), 1.0);
    QVERIFY(falling.bins.back() < 0.1);
    QCOMPARE(densityOf(*Distribution::constant(2), 4).mean, 2.0);
}

void TestForms::textIsShownWithoutItsIndentation() {
    QCOMPARE(dedented("{\n      \"a\": 1, // one\n\n      \"b\": {\n        \"c\": 2\n      }\n    }"),
             std::string("{\n  \"a\": 1, // one\n\n  \"b\": {\n    \"c\": 2\n  }\n}"));
    QCOMPARE(dedented("{ \"a\": 1 }"), std::string("{ \"a\": 1 }"));
}

void TestForms::faultsAreActiveAsLongAsTheyHold() {
    const auto scenario = readScenario(parsed(shop));
    QVERIFY(scenario.ok());
    const auto at = [&](SimTime now, const Journal& journal) { return activeFaults(*scenario, journal, now); };
    QVERIFY(at(SimTime{119s}, {}).empty());
    const auto crashed = at(SimTime{2min}, {});
    QCOMPARE(crashed.size(), std::size_t{1});
    QCOMPARE(crashed.front().kind, CommandKind::crash);
    QCOMPARE(crashed.front().until, std::optional(SimTime{140s}));
    QVERIFY(!crashed.front().byCommand);
    QVERIFY(at(SimTime{140s}, {}).empty());

    Command slow;
    slow.kind = CommandKind::slow;
    slow.target = "pay";
    slow.factor = 5;
    Command normal = slow;
    normal.factor = 1;
    const Journal journal{{SimTime{10s}, 1, slow}, {SimTime{30s}, 2, normal}};
    QVERIFY(at(SimTime{9s}, journal).empty());
    QCOMPARE(at(SimTime{10s}, journal).front().amount, 5.0);
    QVERIFY(at(SimTime{30s}, journal).empty());
    QCOMPARE(ending(at(SimTime{10s}, journal).front()).factor, 1.0);

    // One instance down, then another; restarting all of them ends both.
    Command crash;
    crash.kind = CommandKind::crash;
    crash.target = "pay";
    crash.instance = 0;
    Command other = crash;
    other.instance = 1;
    Command restart;
    restart.kind = CommandKind::restart;
    restart.target = "pay";
    const Journal three{{SimTime{1s}, 1, crash}, {SimTime{2s}, 2, other}, {SimTime{3s}, 3, restart}};
    QCOMPARE(at(SimTime{2s}, three).size(), std::size_t{2});
    QVERIFY(at(SimTime{3s}, three).empty());
    QCOMPARE(ending(at(SimTime{1s}, three).front()).kind, CommandKind::restart);
}

// The scenario's crash of an instance that somebody has crashed already.
void TestForms::whatIsStruckTwiceIsToldOnce() {
    const auto scenario = readScenario(parsed(shop));
    QVERIFY(scenario.ok());
    QCOMPARE(scenario->faults.size(), std::size_t{1});
    Command crash;
    crash.kind = CommandKind::crash;
    crash.target = scenario->faults.front().target();
    crash.instance = scenario->faults.front().instance;
    const auto active = activeFaults(*scenario, {{SimTime{110s}, 1, crash}}, SimTime{130s});
    QCOMPARE(active.size(), std::size_t{1});
    QCOMPARE(active.front().since, SimTime{110s});
    QCOMPARE(active.front().until, std::optional<SimTime>()); // the command's has no end
    QVERIFY(active.front().byCommand);
    // One that ends before the scenario's: the scenario's end counts.
    crash.lasts = 25s;
    const auto shorter = activeFaults(*scenario, {{SimTime{110s}, 1, crash}}, SimTime{130s});
    QCOMPARE(shorter.size(), std::size_t{1});
    QCOMPARE(shorter.front().until, std::optional(SimTime{140s}));
    QVERIFY(!shorter.front().byCommand);
    // Of two that slow down the later one holds.
    Scenario slowed = *scenario;
    slowed.faults.front().kind = FaultKind::slow;
    slowed.faults.front().factor = 2;
    slowed.faults.push_back(slowed.faults.front());
    slowed.faults.back().at += 5s;
    slowed.faults.back().factor = 7;
    const auto slow = activeFaults(slowed, {}, SimTime{126s});
    QCOMPARE(slow.size(), std::size_t{1});
    QCOMPARE(slow.front().amount, 7.0);
}

void TestForms::aFaultThatIsKeptLoads() {
    const Value document = parsed(shop);
    const std::pair<CommandKind, FaultKind> kinds[] = {
        {CommandKind::crash, FaultKind::crash}, {CommandKind::pause, FaultKind::pause},
        {CommandKind::slow, FaultKind::slow},   {CommandKind::rate, FaultKind::rate},
        {CommandKind::drop, FaultKind::drop},   {CommandKind::duplicate, FaultKind::duplicate},
        {CommandKind::partition, FaultKind::partition}, {CommandKind::delay, FaultKind::delay},
        {CommandKind::reorder, FaultKind::reorder}, {CommandKind::lose, FaultKind::lose},
        {CommandKind::clockSkew, FaultKind::clockSkew}};
    for (const auto& [given, kept] : kinds) {
        const bool ofLink = given >= CommandKind::partition && given <= CommandKind::lose;
        const ActiveFault fault{.kind = given,
                                .target = ofLink ? "" : given == CommandKind::duplicate ? "work" : "pay",
                                .sides = ofLink ? Sides{{"pay"}, {"broker"}} : Sides(),
                                .amount = 0.5,
                                .by = 2s,
                                .since = SimTime{12500ms},
                                .byCommand = true};
        const auto value = asScenarioFault(fault);
        QVERIFY(value);
        const auto with = withValueAt(document, "/faults", Value(Value::List{*value}));
        const auto read = readScenario(*with);
        QVERIFY2(read.ok(), value->canonical().c_str());
        QCOMPARE(read->faults.front().at, Duration(12500ms));
        QVERIFY(read->faults.front().kind == kept);
        QCOMPARE(read->faults.front().target(), ofLink ? "pay" : fault.target);
        QCOMPARE(read->faults.front().sides, fault.sides);
    }
}

QTEST_MAIN(TestForms)
#include "tst_forms.moc"
