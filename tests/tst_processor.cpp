// Declarative processors: stock, statuses, choices, conditions; all or none.
#include "core/kernel/random.h"
#include "core/services/declarative_processor.h"

#include <QTest>

#include <array>

using namespace weir;

namespace {

Value json(std::string_view text) {
    return *Value::parse(text);
}

Action emit(const char* type) {
    EmitAction action;
    action.type = type;
    action.to = "orders";
    return {action};
}

std::shared_ptr<Actions> list(Actions actions) {
    return std::make_shared<Actions>(std::move(actions));
}

Action set(const char* to, std::vector<std::string> from = {}) {
    return {SetAction{.table = "orders", .key = "{event.data.orderId}", .to = to, .from = std::move(from)}};
}

Action reserve(std::shared_ptr<Actions> orElse = nullptr) {
    ReserveAction action;
    action.table = "stock";
    action.orElse = std::move(orElse);
    return {action};
}

// A processor with the state of a small shop, and what its last handling did.
class Shop {
  public:
    explicit Shop(const Actions& actions, State::Limits limits = {}) : m_state(initialState(spec(), limits)) {
        Result<DeclarativeProcessor, Errors> compiled =
            DeclarativeProcessor::compile(actions, SiteId{10}, m_state, "/then");
        if (!compiled)
            qFatal("%s", compiled.error().front().text().c_str());
        m_processor = std::make_unique<DeclarativeProcessor>(std::move(*compiled));
    }

    HandleOutcome handle(std::string_view data) {
        const Value parsed = json(data);
        const EventView event{.ordinal = ++m_handled, .type = "order.created", .data = &parsed};
        return handle(&event);
    }
    HandleOutcome handle(const EventView* event) {
        output.clear();
        const Handling handling{.event = event, .count = m_handled, .now = SimTime(5s), .service = "inventory-service"};
        Draw draw = Stream(7, "shop").draw(m_handled);
        return m_processor->handle(handling, m_state, output, draw);
    }
    // "emit 10, stock/PROD-001 100 -> 97": what happened, in order.
    std::string effects() const {
        std::string text;
        for (const ProcessorOutput::Effect& effect : output.effects()) {
            text += text.empty() ? "" : ", ";
            if (effect.kind == ProcessorOutput::Effect::Kind::emit) {
                text += "emit " + std::to_string(effect.site.value);
                text += effect.reason.empty() ? "" : " because " + std::string(effect.reason);
                continue;
            }
            const ProcessorOutput::Change& change = output.change(effect.change);
            text += m_state.tableName(change.table) + '/' + change.key + ' ';
            text += (change.existed ? shown(change.table, change.before) : "nothing") + " -> ";
            text += shown(change.table, change.now);
        }
        return text;
    }
    std::string value(const char* table, const char* key) const { return m_state.value(table, key).canonical(); }
    std::string previous(const char* key) const { return m_state.previous("orders", key).canonical(); }
    State& state() { return m_state; }
    const DeclarativeProcessor& processor() const { return *m_processor; }

    ProcessorOutput output;

  private:
    static ServiceSpec spec() {
        ServiceSpec service;
        service.name = "inventory-service";
        service.state = {{"stock", {{"PROD-001", 100}, {"PROD-002", 50}}}, {"orders", {{"ORD-0", "created"}}}};
        return service;
    }
    std::string shown(TableId table, const Cell& cell) const {
        return cell.isStatus() ? m_state.statusName(table, cell.status) : cell.quantity.text();
    }

    State m_state;
    std::unique_ptr<DeclarativeProcessor> m_processor;
    Ordinal m_handled = 0;
};

constexpr const char* twoItems =
    R"({"orderId":"ORD-1","items":[{"productId":"PROD-001","quantity":3},{"productId":"PROD-002","quantity":2}]})";

std::string errorOf(const Actions& actions) {
    State shape;
    const auto compiled = DeclarativeProcessor::compile(actions, SiteId{0}, shape, "/then");
    return compiled.ok() ? "compiled" : compiled.error().front().where;
}

} // namespace

class TestProcessor : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void plainEmitsAreKnownWithoutHandling();
    void reservationTakesEveryItem();
    void reservationTakesAllOrNone_data();
    void reservationTakesAllOrNone();
    void stockNeverFallsBelowZero();
    void failureWithoutElseTakesEverythingBack();
    void elseBranchKeepsWhatCameBefore();
    void releaseGivesBackAndIgnoresTheUnknown();
    void addStartsAtZero();
    void fillRaisesOnly();
    void statusKeepsThePreviousOne();
    void transitionFromElsewhereIsRefused();
    void choicesFollowTheWeights();
    void conditionsSeeEventAndState();
    void nestedEmitsAreNumberedInDocumentOrder();
    void fullTableFailsTheHandling();
    void sourcesHandleWithoutEvent();
    void wrongActionsSayWhere();
    void handlingIsMeasured();
};

void TestProcessor::plainEmitsAreKnownWithoutHandling() {
    const Shop plain({emit("a"), emit("b")});
    const auto sites = plain.processor().plainEmits();
    QCOMPARE(std::vector<SiteId>(sites.begin(), sites.end()), (std::vector<SiteId>{SiteId{10}, SiteId{11}}));
    QVERIFY(Shop({emit("a"), set("paid")}).processor().plainEmits().empty());
    Shop same({emit("a"), emit("b")});
    QVERIFY(same.handle(twoItems));
    QCOMPARE(same.effects(), "emit 10, emit 11");
}

void TestProcessor::reservationTakesEveryItem() {
    Shop shop({reserve(), emit("inventory.updated")});
    QVERIFY(shop.handle(twoItems));
    QCOMPARE(shop.effects(), "stock/PROD-001 100 -> 97, stock/PROD-002 50 -> 48, emit 10");
    QVERIFY(shop.handle(R"({"items":[{"productId":"PROD-001"},{"productId":"PROD-001","quantity":0.5}]})"));
    QCOMPARE(shop.value("stock", "PROD-001"), "95.5");
    QVERIFY(shop.handle(R"({"items":[]})"));
    QCOMPARE(shop.effects(), "emit 10");
}

void TestProcessor::reservationTakesAllOrNone_data() {
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* data, const char* reason) {
        QTest::newRow(data) << QByteArray(data) << QByteArray(reason);
    };
    row(R"({"items":[{"productId":"PROD-001","quantity":3},{"productId":"PROD-002","quantity":51}]})",
        "insufficient_stock");
    row(R"({"items":[{"productId":"PROD-001","quantity":3},{"productId":"PROD-009","quantity":1}]})",
        "product_not_found");
    row(R"({"items":[{"productId":"PROD-001","quantity":60},{"productId":"PROD-001","quantity":41}]})",
        "insufficient_stock");
    row(R"({"items":[{"productId":"PROD-001","quantity":3},{"productId":"PROD-002","quantity":-1}]})", "invalid_item");
    row(R"({"items":[{"productId":"PROD-001","quantity":3},{"productId":"PROD-002","quantity":"2"}]})", "invalid_item");
    row(R"({"items":[{"productId":"PROD-001","quantity":3},{"quantity":1}]})", "invalid_item");
    row(R"({"items":[{"productId":"PROD-001","quantity":3},7]})", "invalid_item");
    row(R"({"items":{"productId":"PROD-001"}})", "invalid_item");
    row(R"({})", "invalid_item");
}

void TestProcessor::reservationTakesAllOrNone() {
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, reason);
    Shop shop({reserve(list({emit("inventory.check.failed")})), emit("inventory.updated")});
    QVERIFY(shop.handle(data.toStdString()));
    QCOMPARE(QByteArray::fromStdString(shop.effects()), "emit 10 because " + reason);
    QCOMPARE(shop.value("stock", "PROD-001"), "100");
    QCOMPARE(shop.value("stock", "PROD-002"), "50");
}

void TestProcessor::stockNeverFallsBelowZero() {
    Shop shop({reserve(list({emit("inventory.check.failed")})), emit("inventory.updated")});
    Draw random = Stream(11, "quantities").draw(1);
    std::int64_t taken = 0;
    int refused = 0;
    for (int i = 0; i < 200; ++i) {
        const auto quantity = static_cast<std::int64_t>(random.below(5));
        QVERIFY(shop.handle(R"({"items":[{"productId":"PROD-001","quantity":)" + std::to_string(quantity) + "}]}"));
        const bool granted = shop.effects().find("because") == std::string::npos;
        QCOMPARE(granted, taken + quantity <= 100);
        taken += granted ? quantity : 0;
        refused += granted ? 0 : 1;
        QCOMPARE(shop.value("stock", "PROD-001"), std::to_string(100 - taken));
    }
    QVERIFY(refused > 0);
}

void TestProcessor::failureWithoutElseTakesEverythingBack() {
    Shop shop({set("reserved"), emit("x"), {AddAction{.table = "points", .key = "u1", .by = 5}}, reserve(), emit("y")});
    const State before = shop.state();
    const HandleOutcome outcome =
        shop.handle(R"({"orderId":"ORD-0","items":[{"productId":"PROD-001","quantity":1},{"productId":"?"}]})");
    QVERIFY(!outcome);
    QCOMPARE(outcome.reason, "product_not_found");
    QCOMPARE(shop.effects(), "");
    QVERIFY(shop.state() == before);
    QCOMPARE(shop.value("orders", "ORD-0"), "\"created\"");
    QCOMPARE(shop.state().count("orders", "created"), std::uint64_t{1});
    QCOMPARE(shop.value("points", "u1"), "null");
}

void TestProcessor::elseBranchKeepsWhatCameBefore() {
    Shop shop({set("checked"), reserve(list({set("refused"), emit("failed")})), emit("updated")});
    QVERIFY(shop.handle(R"({"orderId":"ORD-5","items":[{"productId":"?"}]})"));
    QCOMPARE(shop.effects(),
             "orders/ORD-5 nothing -> checked, orders/ORD-5 checked -> refused, emit 10 because product_not_found");
    // An orElse that fails takes everything back.
    Shop strict({set("checked"), reserve(list({set("refused", {"created"})}))});
    QCOMPARE(strict.handle(R"({"orderId":"ORD-5","items":[{"productId":"?"}]})").reason, "transition_refused");
    QCOMPARE(strict.value("orders", "ORD-5"), "null");
}

void TestProcessor::releaseGivesBackAndIgnoresTheUnknown() {
    ReleaseAction release;
    release.table = "stock";
    Shop shop({{release}, emit("released")});
    QVERIFY(shop.handle(R"({"items":[{"productId":"PROD-001","quantity":3},{"productId":"PROD-009","quantity":3}]})"));
    QCOMPARE(shop.effects(), "stock/PROD-001 100 -> 103, emit 10");
}

void TestProcessor::addStartsAtZero() {
    Shop shop({{AddAction{.table = "points", .key = "{event.data.userId}", .by = "{event.data.amount}"}}});
    QVERIFY(shop.handle(R"({"userId":"u1","amount":19.99})"));
    QVERIFY(shop.handle(R"({"userId":"u1","amount":0.01})"));
    QCOMPARE(shop.effects(), "points/u1 19.99 -> 20");
    QCOMPARE(shop.handle(R"({"userId":"u1"})").reason, "invalid_item");
    QCOMPARE(shop.handle(R"({"amount":1})").reason, "invalid_item");
    QCOMPARE(shop.value("points", "u1"), "20");
}

void TestProcessor::fillRaisesOnly() {
    FillAction fill{.table = "stock",
                    .to = {{"PROD-001", Decimal(80)}, {"PROD-002", Decimal(70)}, {"PROD-003", Decimal(9)}}};
    Shop shop({{fill}});
    QVERIFY(shop.handle("{}"));
    QCOMPARE(shop.effects(), "stock/PROD-002 50 -> 70, stock/PROD-003 nothing -> 9");
}

void TestProcessor::statusKeepsThePreviousOne() {
    Shop shop({set("reserved", {"created"}), set("paid", {"reserved", "created"})});
    QVERIFY(shop.handle(R"({"orderId":"ORD-0"})"));
    QCOMPARE(shop.value("orders", "ORD-0"), "\"paid\"");
    QCOMPARE(shop.previous("ORD-0"), "\"reserved\"");
    QCOMPARE(shop.state().count("orders", "created"), std::uint64_t{0});
    QCOMPARE(shop.state().count("orders", "reserved"), std::uint64_t{0});
    QCOMPARE(shop.state().count("orders", "paid"), std::uint64_t{1});
}

void TestProcessor::transitionFromElsewhereIsRefused() {
    Shop shop({set("shipped", {"paid"}), emit("order.shipped")});
    QCOMPARE(shop.handle(R"({"orderId":"ORD-0"})").reason, "transition_refused"); // it is created
    QCOMPARE(shop.handle(R"({"orderId":"ORD-9"})").reason, "transition_refused"); // there is none
    QCOMPARE(shop.handle(R"({})").reason, "invalid_item");
    QCOMPARE(shop.effects(), "");
    QCOMPARE(shop.value("orders", "ORD-0"), "\"created\"");
}

void TestProcessor::choicesFollowTheWeights() {
    ChooseAction choose;
    choose.branches = {{.weight = 0.95, .then = list({emit("payment.succeeded")})},
                       {.weight = 0.05, .then = list({emit("payment.failed"), emit("alarm")})},
                       {.weight = 0, .then = list({emit("never")})}};
    Shop shop({{choose}, emit("always")});
    std::map<std::string, int> seen;
    constexpr int n = 40'000;
    for (int i = 0; i < n; ++i) {
        QVERIFY(shop.handle("{}"));
        ++seen[shop.effects()];
    }
    // 5 % of 40,000 with a standard deviation of sqrt(40,000 * 0.95 * 0.05) = 43.6; within 4 of them.
    QVERIFY2(std::abs(seen["emit 11, emit 12, emit 14"] - 2000) < 175, "frequency of the second branch");
    QCOMPARE(seen["emit 10, emit 14"] + seen["emit 11, emit 12, emit 14"], n);
}

void TestProcessor::conditionsSeeEventAndState() {
    IfAction condition{.condition = "data.amount > 100.5 AND state('inventory-service', 'stock', 'PROD-002') = 50 AND "
                                    "state('inventory-service', 'orders.created') = 1 AND type = 'order.created' AND "
                                    "at = 5s",
                       .then = list({emit("big")}),
                       .orElse = list({emit("small")})};
    Shop shop({{condition}});
    QVERIFY(shop.handle(R"({"amount":100.51})"));
    QCOMPARE(shop.effects(), "emit 10");
    QVERIFY(shop.handle(R"({"amount":100.5})"));
    QCOMPARE(shop.effects(), "emit 11");
    QVERIFY(shop.handle("{}")); // the path is missing: an error is not true
    QCOMPARE(shop.effects(), "emit 11");
}

void TestProcessor::nestedEmitsAreNumberedInDocumentOrder() {
    // The same actions as EmitSites sees them: both number in document order, so that names and sites agree.
    ChooseAction choose;
    choose.branches = {{.weight = 1, .then = list({emit("b")})}, {.weight = 1, .then = list({emit("c")})}};
    const Actions actions = {reserve(list({emit("a"), {choose}})),
                             {IfAction{.condition = "TRUE", .then = list({emit("d")}), .orElse = list({emit("e")})}},
                             emit("f")};
    Scenario scenario;
    for (const char* type : {"a", "b", "c", "d", "e", "f"}) {
        EventTypeSpec spec;
        spec.name = type;
        scenario.events.push_back(spec);
    }
    ServiceSpec service;
    service.name = "s";
    HandlerSpec handler;
    handler.on = "q";
    handler.then = actions;
    service.handlers = {handler};
    scenario.services = {service};
    const Result<EmitSites, Errors> sites = EmitSites::compile(scenario);
    QVERIFY(sites.ok());
    std::string names;
    for (const EmitSite& site : sites->all())
        names += site.name + ' ';
    QCOMPARE(names, "s/handler/q/0/a/0 s/handler/q/0/b/0 s/handler/q/0/c/0 s/handler/q/0/d/0 s/handler/q/0/e/0 "
                    "s/handler/q/0/f/0 ");
    Shop shop(actions);
    QVERIFY(shop.handle(R"({"items":[]})"));
    QCOMPARE(shop.effects(), "emit 13, emit 15"); // d and f, counted from 10
    QVERIFY(shop.handle(R"({"items":[1]})"));
    const std::string refused = shop.effects();
    QVERIFY2(refused == "emit 10 because invalid_item, emit 11 because invalid_item" ||
                 refused == "emit 10 because invalid_item, emit 12 because invalid_item",
             refused.c_str());
}

void TestProcessor::fullTableFailsTheHandling() {
    Shop shop({{AddAction{.table = "points", .key = "{event.data.userId}", .by = 1}}, emit("x")},
              State::Limits{.entriesMax = 2, .statusesMax = 8});
    QVERIFY(shop.handle(R"({"userId":"a"})"));
    QVERIFY(shop.handle(R"({"userId":"b"})"));
    QCOMPARE(shop.handle(R"({"userId":"c"})").reason, "state_full");
    QCOMPARE(shop.effects(), "");
    QCOMPARE(shop.state().refused(), std::uint64_t{1});
    QVERIFY(shop.handle(R"({"userId":"a"})"));
}

void TestProcessor::sourcesHandleWithoutEvent() {
    Shop shop({{SetAction{.table = "orders", .key = "ORD-{count}", .to = "created", .from = {}}},
               emit("order.created"),
               {IfAction{.condition = "EXISTS type", .then = list({emit("x")}), .orElse = nullptr}}});
    QVERIFY(shop.handle(nullptr));
    QCOMPARE(shop.effects(), "orders/ORD-0 created -> created, emit 10");
    Shop reserving({reserve()});
    QCOMPARE(reserving.handle(nullptr).reason, "invalid_item");
}

void TestProcessor::wrongActionsSayWhere() {
    QCOMPARE(errorOf({emit("a"), {SetAction{.table = "o", .key = "{x}", .to = "a", .from = {}}}}), "/then/1/key");
    QCOMPARE(errorOf({{SetAction{.table = "o", .key = "k", .to = "", .from = {}}}}), "/then/0/to");
    QCOMPARE(errorOf({{AddAction{.table = "o", .key = "k", .by = "much"}}}), "/then/0/by");
    QCOMPARE(errorOf({{AddAction{.table = "", .key = "k", .by = 1}}}), "/then/0/add");
    QCOMPARE(errorOf({{IfAction{.condition = "1 +", .then = list({emit("a")}), .orElse = nullptr}}}), "/then/0/if");
    QCOMPARE(errorOf({{IfAction{.condition = "NOPE(1)", .then = nullptr, .orElse = nullptr}}}), "/then/0/if");
    QCOMPARE(errorOf({{ChooseAction{}}}), "/then/0/choose");
    ChooseAction negative;
    negative.branches = {{.weight = 1, .then = nullptr}, {.weight = -1, .then = nullptr}};
    QCOMPARE(errorOf({{negative}}), "/then/0/choose/1/weight");
    ReserveAction wrong;
    wrong.table = "stock";
    wrong.items = "type";
    QCOMPARE(errorOf({{wrong}}), "/then/0/items");
    wrong.items = "data.items";
    wrong.orElse = list({emit("a"), {AddAction{.table = "o", .key = "{", .by = 1}}});
    QCOMPARE(errorOf({{wrong}}), "/then/0/else/1/key");
}

void TestProcessor::handlingIsMeasured() {
    Shop shop({{FillAction{.table = "stock", .to = {{"PROD-001", Decimal(100)}, {"PROD-002", Decimal(100)}}}},
               reserve(),
               set("reserved"),
               emit("inventory.updated")});
    const Value data = json(twoItems);
    const EventView event{.ordinal = 1, .type = "order.created", .data = &data};
    QBENCHMARK {
        QVERIFY(shop.handle(&event));
    }
}

QTEST_APPLESS_MAIN(TestProcessor)
#include "tst_processor.moc"
