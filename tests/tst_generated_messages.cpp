// Messages made again from their records: the same bytes as when they were published, whoever asks, in whatever order.
// First, because moc cannot read <mutex> before it.
#include <QTest>

#include "core/services/generated_messages.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

using namespace weir;

namespace {

Value json(std::string_view text) {
    return *Value::parse(text);
}

EventTypeSpec eventType(const char* name, std::string_view data) {
    EventTypeSpec spec;
    spec.name = name;
    spec.data = json(data);
    return spec;
}

Action emit(const char* type) {
    EmitAction action;
    action.type = type;
    action.to = "orders";
    return {action};
}

Scenario orderFlow() {
    Scenario scenario;
    scenario.events = {
        eventType("order.created", R"({"orderId":"ORD-{count}","at":"{now}","note":"{uuid}",
            "items":{"$repeat":{"count":[1,3],"of":{"productId":{"$pick":["P1","P2"]},"quantity":{"$integer":[1,5]},
            "price":{"$number":[1,9],"decimals":2}}}},"total":{"$sum":{"of":"items","times":["price","quantity"]}}})"),
        eventType("inventory.updated", R"({"orderId":"{event.data.orderId}","of":"{event.id}","at":"{event.time}",
            "reason":"{reason}","batch":"{uuid}"})"),
        eventType("order.audited", R"({"root":"{event.correlationid}","by":"{event.causationid}","n":"{count}"})"),
        eventType("tick", "null"),
    };
    scenario.events[0].key = "data.orderId";
    scenario.events[0].subject = "orders/{data.orderId}";
    scenario.events[1].key = "data.orderId";
    ServiceSpec orders;
    orders.name = "order-service";
    SourceSpec source;
    source.then = {emit("order.created")};
    orders.sources = {source};
    ServiceSpec inventory;
    inventory.name = "inventory-service";
    HandlerSpec handler;
    handler.on = "inventory";
    EmitAction updated;
    updated.type = "inventory.updated";
    updated.to = "orders";
    updated.routingKey = "inventory.{data.orderId}.{uuid}";
    handler.then = {{updated}};
    inventory.handlers = {handler};
    ServiceSpec audit;
    audit.name = "audit-service";
    handler.on = "audit";
    handler.then = {emit("order.audited"), emit("tick")};
    audit.handlers = {handler};
    scenario.services = {orders, inventory, audit};
    return scenario;
}

// What a simulation does when it publishes: makes the data, hands it to who reacts, keeps the record alone.
class Publisher {
  public:
    Publisher() {
        Result<EmitSites, Errors> sites = EmitSites::compile(orderFlow());
        if (!sites)
            qFatal("%s", sites.error().front().text().c_str());
        generator = std::make_shared<DataGenerator>(std::make_shared<const EmitSites>(std::move(*sites)), 7);
        catalogue = std::make_shared<Catalogue>();
    }

    Ordinal publish(std::string_view siteName, SimTime now, Ordinal cause = 0, const char* reason = "") {
        SiteId id;
        for (const EmitSite& candidate : generator->sites().all())
            if (candidate.name == siteName)
                id = candidate.id;
        if (!id.valid())
            qFatal("no site %s", std::string(siteName).c_str());
        const EmitSite& site = generator->sites()[id];
        MessageView view;
        view.ordinal = m_records.size() + 1;
        EventView event;
        if (cause != 0) {
            const MessageView& from = published.at(cause);
            event = {.ordinal = cause,
                     .type = from.type,
                     .source = from.source,
                     .subject = from.subject,
                     .version = from.version,
                     .key = from.partitionKey,
                     .time = from.time,
                     .cause = from.cause,
                     .correlation = from.correlation,
                     .data = &from.data};
        }
        const Emission emission{.site = id,
                                .ordinal = view.ordinal,
                                .count = ++m_counts[id],
                                .now = now,
                                .reason = reason,
                                .event = cause != 0 ? &event : nullptr};
        view.type = site.type;
        view.source = site.service;
        view.version = site.version;
        view.time = now;
        view.cause = cause;
        view.correlation = cause == 0 ? view.ordinal : event.correlation;
        view.data = generator->generateData(emission);
        view.partitionKey = generator->partitionKey(emission, view.data);
        view.subject = generator->subject(emission, view.data);
        view.routingKey = generator->routingKey(emission, view.data);

        Record record;
        record.at = now;
        record.ordinal = view.ordinal;
        record.value = static_cast<std::int64_t>(cause);
        record.extra = static_cast<std::uint32_t>(m_counts[id] - 1);
        record.attempt = id.value;
        if (*reason)
            record.reason = catalogue->addReason(reason);
        m_records.push_back(record);
        published[view.ordinal] = view;
        return view.ordinal;
    }

    // Records before `first` are gone.
    GeneratedMessages messages(GeneratedMessages::Limits limits = {}, Ordinal first = 1) const {
        return {generator, catalogue,
                [this, first](Ordinal ordinal) -> std::optional<Record> {
                    ++lookups;
                    if (ordinal < first || ordinal > m_records.size())
                        return std::nullopt;
                    return m_records[ordinal - 1];
                },
                limits};
    }

    std::shared_ptr<const DataGenerator> generator;
    std::shared_ptr<Catalogue> catalogue;
    std::map<Ordinal, MessageView> published;
    mutable std::atomic<int> lookups = 0;

  private:
    std::vector<Record> m_records;
    std::map<SiteId, std::uint64_t> m_counts;
};

constexpr const char* orderSite = "order-service/source/0/order.created/0";
constexpr const char* inventorySite = "inventory-service/handler/inventory/0/inventory.updated/0";
constexpr const char* auditSite = "audit-service/handler/audit/0/order.audited/0";
constexpr const char* tickSite = "audit-service/handler/audit/0/tick/0";

std::string text(const MessageView& view) {
    return view.type + '|' + view.source + '|' + view.subject + '|' + view.version + '|' + view.partitionKey + '|' +
           view.routingKey + '|' + std::to_string(view.time.time_since_epoch().count()) + '|' +
           std::to_string(view.cause) + '|' + std::to_string(view.correlation) + '|' + view.data.canonical();
}

} // namespace

class TestGeneratedMessages : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void sitesDoNotDependOnUnrelatedOnes();
    void attributesAreThoseOfTheEvent();
    void everyMessageIsMadeAgainByteForByte_data();
    void everyMessageIsMadeAgainByteForByte();
    void manyThreadsGetTheSame();
    void cacheSparesTheWayBack();
    void unknownMessagesAreNothing();
    void lostCausesAreToleratedWhereNobodyNeedsThem();
    void longChainsOfCausesAreFollowed();
    void wrongScenarioSaysWhere();

  private:
    Publisher m_run;
};

// 200 orders, each with its two reactions.
void TestGeneratedMessages::initTestCase() {
    for (int i = 0; i < 200; ++i) {
        const Ordinal order = m_run.publish(orderSite, SimTime(i * 50ms));
        const Ordinal inventory =
            m_run.publish(inventorySite, SimTime(i * 50ms + 20ms), order, i % 3 == 0 ? "insufficient_stock" : "");
        m_run.publish(auditSite, SimTime(i * 50ms + 30ms), inventory);
        m_run.publish(tickSite, SimTime(i * 50ms + 30ms), inventory);
    }
}

void TestGeneratedMessages::sitesDoNotDependOnUnrelatedOnes() {
    Scenario scenario = orderFlow();
    std::reverse(scenario.services.begin(), scenario.services.end());
    ServiceSpec unrelated;
    unrelated.name = "aaa";
    SourceSpec source;
    source.then = {emit("tick"), emit("order.created"), emit("tick")};
    unrelated.sources = {source};
    scenario.services.push_back(unrelated);
    const Result<EmitSites, Errors> sites = EmitSites::compile(scenario);
    std::vector<std::string> names;
    for (const EmitSite& site : sites->all())
        names.push_back(site.name);
    QCOMPARE(names, (std::vector<std::string>{"aaa/source/0/tick/0", "aaa/source/0/order.created/0",
                                              "aaa/source/0/tick/1", auditSite, tickSite, inventorySite, orderSite}));
    QCOMPARE(sites->firstOfSource("order-service", 0), SiteId{6});
    QCOMPARE(sites->firstOfHandler("audit-service", 0), SiteId{3});
    QVERIFY((*sites)[SiteId{0}].plain);
    QVERIFY(!(*sites)[SiteId{6}].plain);
    // The data of the same order is the same, though its site has another number.
    const DataGenerator other(std::make_shared<const EmitSites>(*sites), 7);
    const Emission emission{.site = SiteId{6}, .ordinal = 1, .count = 1, .now = SimTime(0s)};
    QCOMPARE(other.generateData(emission).canonical(), m_run.published.at(1).data.canonical());
}

void TestGeneratedMessages::attributesAreThoseOfTheEvent() {
    const GeneratedMessages messages = m_run.messages();
    const std::optional<MessageView> order = messages.message(5); // the second order
    QVERIFY(order);
    QCOMPARE(order->id, "e-5");
    QCOMPARE(order->source, "order-service");
    QCOMPARE(order->type, "order.created");
    QCOMPARE(order->partitionKey, "ORD-2");
    QCOMPARE(order->subject, "orders/ORD-2");
    QCOMPARE(order->routingKey, "order.created");
    QCOMPARE(order->correlation, Ordinal{5});
    QCOMPARE(order->correlationId, "e-5");
    QCOMPARE(order->causationId, "");
    QCOMPARE(order->data.member("at")->canonical(), "\"2026-01-01T00:00:00.050Z\"");
    const std::optional<MessageView> audit = messages.message(7);
    QVERIFY(audit);
    QCOMPARE(audit->data.canonical(), R"({"root":"e-5","by":"e-5","n":2})");
    QCOMPARE(audit->correlationId, "e-5");
    QCOMPARE(audit->causationId, "e-6");
    QCOMPARE(messages.message(2)->data.member("reason")->canonical(), "\"insufficient_stock\"");
    QVERIFY(messages.message(6)->data.member("reason")->isNull());
    QVERIFY(messages.message(8)->data.isNull());
}

void TestGeneratedMessages::everyMessageIsMadeAgainByteForByte_data() {
    QTest::addColumn<int>("cached");
    QTest::addColumn<bool>("backwards");
    QTest::newRow("no cache") << 0 << false;
    QTest::newRow("cache of one") << 1 << true;
    QTest::newRow("forwards") << 4096 << false;
    QTest::newRow("backwards") << 4096 << true;
}

void TestGeneratedMessages::everyMessageIsMadeAgainByteForByte() {
    QFETCH(int, cached);
    QFETCH(bool, backwards);
    const GeneratedMessages messages = m_run.messages({.cached = static_cast<std::size_t>(cached), .depthMax = 100});
    for (Ordinal i = 1; i <= 800; ++i) {
        const Ordinal ordinal = backwards ? 801 - i : i;
        const std::optional<MessageView> made = messages.message(ordinal);
        QVERIFY(made);
        QCOMPARE(text(*made), text(m_run.published.at(ordinal)));
    }
}

void TestGeneratedMessages::manyThreadsGetTheSame() {
    const GeneratedMessages messages = m_run.messages({.cached = 50, .depthMax = 100});
    std::atomic<int> same = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            Draw draw = Stream(3, "thread").draw(static_cast<std::uint64_t>(t));
            for (int i = 0; i < 1000; ++i) {
                const Ordinal ordinal = 1 + draw.below(800);
                const std::optional<MessageView> made = messages.message(ordinal);
                same += made && text(*made) == text(m_run.published.at(ordinal)) ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(same.load(), 4000);
}

void TestGeneratedMessages::cacheSparesTheWayBack() {
    const GeneratedMessages messages = m_run.messages({.cached = 3, .depthMax = 100});
    m_run.lookups = 0;
    QVERIFY(messages.message(7)); // 7, 6, 5
    QCOMPARE(m_run.lookups.load(), 3);
    QVERIFY(messages.message(8)); // 8; now 5 is the one read longest ago, and goes
    QCOMPARE(m_run.lookups.load(), 4);
    QVERIFY(messages.message(7));
    QVERIFY(messages.message(6));
    QCOMPARE(m_run.lookups.load(), 4);
    QVERIFY(messages.message(5));
    QCOMPARE(m_run.lookups.load(), 5);
}

void TestGeneratedMessages::unknownMessagesAreNothing() {
    const GeneratedMessages messages = m_run.messages();
    QVERIFY(!messages.message(0));
    QVERIFY(!messages.message(801));
}

void TestGeneratedMessages::lostCausesAreToleratedWhereNobodyNeedsThem() {
    const GeneratedMessages messages = m_run.messages({}, 7); // 5 and 6 are gone
    QVERIFY(!messages.message(5));
    QVERIFY(!messages.message(7)); // needs what 6 was
    const std::optional<MessageView> tick = messages.message(8);
    QVERIFY(tick);
    QCOMPARE(tick->causationId, "e-6");
    QCOMPARE(tick->correlation, Ordinal{0});
    QCOMPARE(tick->correlationId, "");
    QVERIFY(messages.message(9));
}

void TestGeneratedMessages::longChainsOfCausesAreFollowed() {
    Publisher loop;
    Ordinal last = loop.publish(orderSite, SimTime(0s));
    for (int i = 0; i < 5000; ++i)
        last = loop.publish(auditSite, SimTime(i * 1ms), last);
    QCOMPARE(text(*loop.messages({.cached = 10, .depthMax = 5001}).message(last)), text(loop.published.at(last)));
    QVERIFY(!loop.messages({.cached = 10, .depthMax = 4000}).message(last)); // it needs the root
}

void TestGeneratedMessages::wrongScenarioSaysWhere() {
    Scenario scenario = orderFlow();
    scenario.events[3].data = json(R"({"x":"{y}"})");
    scenario.events[0].key = "orderId";
    scenario.services[1].handlers[0].then.push_back(emit("nothing.known"));
    const Result<EmitSites, Errors> sites = EmitSites::compile(scenario);
    QVERIFY(!sites.ok());
    std::vector<std::string> places;
    for (const Error& error : sites.error())
        places.push_back(error.where);
    QCOMPARE(places,
             (std::vector<std::string>{"/events/tick/data/x", "/services/inventory-service/handlers/0/then/1/emit",
                                       "/events/order.created/key"}));
}

QTEST_APPLESS_MAIN(TestGeneratedMessages)
#include "tst_generated_messages.moc"
