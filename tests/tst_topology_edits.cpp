// Ties, removal, fragments and fixes of a scenario as edits of its document: what each means, what it leaves alone.
#include "core/scenario/check.h"
#include "core/scenario/fixes.h"
#include "core/scenario/fragment.h"
#include "core/scenario/load.h"
#include "core/scenario/new_nodes.h"
#include "core/scenario/node_renaming.h"
#include "core/scenario/removal.h"
#include "core/scenario/ties.h"

#include <QTest>

using namespace weir;

namespace {

// A shop with one of everything: a topic, a queue bound to it, a direct exchange, a fan-out one, a stream.
constexpr std::string_view shop = R"({
  "weir": "1",
  "events": { "order.created": {}, "order.paid": {} },
  "channels": {
    "orders": { "kind": "topic" },
    "bills": { "kind": "queue", "bind": [ "orders" ], "deadLetter": "dead" }, // all of them
    "keys": { "kind": "exchange", "type": "direct" },
    "all": { "kind": "exchange", "type": "fanout" },
    "log": { "kind": "stream", "partitions": 2 },
    "dead": { "kind": "queue" }
  },
  "services": {
    "shop": { "sources": [ { "emit": "order.created", "to": "orders", "arrivals": { "every": "1s" } } ] },
    "billing": { "handlers": [
      { "on": "bills", "then": [ { "emit": "order.paid", "to": "orders" }, { "emit": "order.paid", "to": "log" } ] },
      { "on": "orders", "pattern": "order.paid" },
      { "on": "orders", "pattern": "order.created", "then": { "emit": "order.paid", "to": "keys" } } ] },
    "audit": { "handlers": [ { "on": "log" } ] }
  },
  "faults": [ { "at": "1s", "crash": "billing" } ],
  "expect": [ { "ordered": "bills" }, { "ordered": "audit" }, { "ledger": "closed" } ],
  "layout": { "orders": [0, 0], "bills": [10, 0], "orders/billing": [20, 0], "orders/billing#2": [30, 0] }
})";

struct Bench {
    explicit Bench(std::string_view text = shop) { take(std::string(text)); }
    void take(std::string text) {
        Result<Document, Errors> read = Document::read(std::move(text));
        if (!read)
            qFatal("%s", read.error().front().text().c_str());
        document = *read;
        Result<Scenario, Errors> loaded = readScenario(document.value());
        if (!loaded)
            qFatal("%s in %s", loaded.error().front().text().c_str(), document.text().c_str());
        scenario = *loaded;
    }
    // Every edit has to leave something that loads.
    void apply(const std::vector<Edit>& edits) {
        const Result<Document> edited = document.with(edits);
        if (!edited)
            qFatal("%s", edited.error().text().c_str());
        take(edited->text());
    }
    TieOffer offer(const char* from, const char* to) const { return tieBetween(scenario, from, to); }
    QString at(std::initializer_list<std::string_view> place) const {
        const Value* value = within(document.value(), place);
        return value ? QString::fromStdString(value->canonical()) : QStringLiteral("nothing");
    }
    void tie(TieKind kind, const char* from, const char* to, const TieDetail& detail) {
        apply(tieEdits(document.value(), scenario, kind, from, to, detail));
    }

    Document document;
    Scenario scenario;
};

// JSON with ' for ".
QString quoted(const char* json) {
    return QString::fromLatin1(json).replace(u'\'', u'"');
}

QStringList codesOf(const std::vector<Fix>& fixes) {
    QStringList codes;
    for (const Fix& fix : fixes)
        codes << QString::fromStdString(fix.code);
    return codes;
}

// There is room everywhere.
Point stay(const std::vector<Point>&) {
    return {};
}

} // namespace

class TestTopologyEdits : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void tiesFollowWhatTheTwoAre_data();
    void tiesFollowWhatTheTwoAre();
    void anEmitTakesUpAnIdleSourceFirst();
    void anEmitBecomesPartOfAHandlersActions();
    void bindingsHaveThePatternThatTheExchangeTakes();
    void everythingIsSaidInTheTopicsOwnDialect();
    void aShortBindingGetsItsPattern();
    void anOwnQueuesPatternIsItsHandlers();
    void newNodesLoadAndHaveFreeNames();
    void removingAChannelTakesWhatNeedsIt();
    void removingAServiceTakesItsFaultsAndOwnQueues();
    void removingATieLeavesTheNodes();
    void anOwnQueueGoesWithItsHandler();
    void groupsLoseTheirMembers();
    void aRenameFollowsToOwnQueuesAndGroups();
    void commentsOutsideStay();
    void aFragmentPastesUnderFreeNames();
    void aFragmentsTiesToNowhereAreDroppedAndSaid();
    void whatIsNoFragmentIsRefused();
    void fixesMendWhatTheyAreFor_data();
    void fixesMendWhatTheyAreFor();
    void aLoopIsBrokenOrMadeRarer();
};

void TestTopologyEdits::tiesFollowWhatTheTwoAre_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char* from, const char* to, const char* answer) {
        QTest::addRow("%s to %s", from, to) << QString(from) << QString(to) << QString(answer);
    };
    row("shop", "bills", "emit");
    row("shop", "orders", "emit");
    row("shop", "log", "emit");
    row("shop", "audit", "betweenServices");
    row("shop", "shop", "itself");
    row("shop", "orders/billing", "ownQueue");
    row("orders", "bills", "alreadyTied"); // it has everything
    row("orders", "log", "bind");
    row("orders", "keys", "bind");
    row("all", "bills", "bind");
    row("keys", "bills", "bind");
    row("orders", "audit", "handle");
    row("log", "audit", "alreadyTied");
    row("log", "billing", "handle");
    row("bills", "shop", "handle");
    row("bills", "dead", "alreadyTied");
    row("dead", "bills", "deadLetter");
    row("log", "dead", "deadLetter");
    row("bills", "orders", "deadLetter");
    row("orders/billing", "dead", "deadLetter");
    row("orders/billing", "audit", "ownQueue");
    row("nobody", "bills", "unknown");
}

void TestTopologyEdits::tiesFollowWhatTheTwoAre() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, answer);
    const QStringList kinds{"emit", "bind", "handle", "deadLetter"};
    const QStringList refusals{"unknown", "itself", "betweenServices", "ownQueue", "alreadyTied", "circle"};
    const TieOffer offer = tieBetween(Bench().scenario, from.toStdString(), to.toStdString());
    QCOMPARE(offer.kind ? kinds[static_cast<int>(*offer.kind)] : refusals[static_cast<int>(offer.why)], answer);
    Bench circle;
    circle.tie(TieKind::bind, "orders", "all", {.eventType = {}, .place = {}, .pattern = "#"});
    QVERIFY(circle.offer("all", "orders") == (TieOffer{std::nullopt, NoTie::circle}));
}

void TestTopologyEdits::anEmitTakesUpAnIdleSourceFirst() {
    Bench bench;
    bench.apply(newNodeEdits(NodeTemplate::source, "till", std::nullopt));
    bench.tie(TieKind::emit, "till", "bills", {.eventType = "till.opened", .place = {}, .pattern = {}});
    QCOMPARE(bench.at({"services", "till", "sources"}),
             quoted("[{'emit':'till.opened','to':'bills','arrivals':{'poisson':'10/s'}}]"));
    QCOMPARE(bench.at({"events", "till.opened"}), QStringLiteral("{}")); // it was new
    bench.tie(TieKind::emit, "till", "log", {.eventType = "till.opened", .place = {}, .pattern = {}});
    QCOMPARE(bench.at({"services", "till", "sources", "1", "to"}), quoted("'log'"));
}

void TestTopologyEdits::anEmitBecomesPartOfAHandlersActions() {
    Bench bench;
    const TieDetail after0{.eventType = "order.paid", .place = {0}, .pattern = {}};
    bench.tie(TieKind::emit, "audit", "all", after0); // there was no "then"
    QCOMPARE(bench.at({"services", "audit", "handlers", "0", "then"}), quoted("{'emit':'order.paid','to':'all'}"));
    bench.tie(TieKind::emit, "audit", "dead", after0); // there was one action
    QCOMPARE(bench.at({"services", "audit", "handlers", "0", "then"}),
             quoted("[{'emit':'order.paid','to':'all'},{'emit':'order.paid','to':'dead'}]"));
    bench.tie(TieKind::emit, "billing", "all", after0); // there was a list
    QCOMPARE(bench.at({"services", "billing", "handlers", "0", "then", "2", "to"}), quoted("'all'"));
    QCOMPARE(likelyDetail(bench.scenario, TieKind::emit, "audit").place, EmitPlace{0});
    QCOMPARE(likelyDetail(bench.scenario, TieKind::emit, "shop").place, EmitPlace{});
}

void TestTopologyEdits::bindingsHaveThePatternThatTheExchangeTakes() {
    Bench bench;
    bench.tie(TieKind::bind, "orders", "log", likelyDetail(bench.scenario, TieKind::bind, "orders"));
    QCOMPARE(bench.at({"channels", "log", "bind"}), quoted("[{'to':'orders','pattern':'#'}]"));
    // What billing publishes there.
    bench.tie(TieKind::bind, "keys", "log", likelyDetail(bench.scenario, TieKind::bind, "keys"));
    QCOMPARE(bench.at({"channels", "log", "bind", "1"}), quoted("{'to':'keys','pattern':'order.paid'}"));
    bench.tie(TieKind::bind, "all", "log", likelyDetail(bench.scenario, TieKind::bind, "all"));
    QCOMPARE(bench.at({"channels", "log", "bind", "2"}), quoted("{'to':'all'}"));
    bench.tie(TieKind::handle, "keys", "audit", likelyDetail(bench.scenario, TieKind::handle, "keys"));
    QCOMPARE(bench.at({"services", "audit", "handlers", "1"}),
             quoted("{'on':'keys','pattern':'order.paid','takes':'50ms'}"));
}

void TestTopologyEdits::everythingIsSaidInTheTopicsOwnDialect() {
    Bench bench(R"({"weir": "1", "channels": {"news": {"kind": "topic", "profile": "nats-core"}, "q": {"kind": "queue"},
        "r": {"kind": "queue", "bind": [{"to": "news", "pattern": ">"}]}}, "services": {"desk": {}}})");
    bench.tie(TieKind::bind, "news", "q", likelyDetail(bench.scenario, TieKind::bind, "news"));
    QCOMPARE(bench.at({"channels", "q", "bind"}), quoted("[{'to':'news','pattern':'>'}]"));
    bench.tie(TieKind::handle, "news", "desk", likelyDetail(bench.scenario, TieKind::handle, "news"));
    QCOMPARE(bench.at({"services", "desk", "handlers"}), quoted("[{'on':'news','takes':'50ms'}]"));
    QVERIFY(bench.offer("news", "r").why == NoTie::alreadyTied);
}

void TestTopologyEdits::aShortBindingGetsItsPattern() {
    Bench bench;
    const std::vector<BindingPlace> places = bindingsBetween(bench.scenario, "orders", "bills");
    QCOMPARE(places.size(), std::size_t{1});
    QCOMPARE(places.front().pattern, std::string("#"));
    bench.apply({patternEdit(bench.document.value(), places.front(), "order.*")});
    QCOMPARE(bench.at({"channels", "bills", "bind"}), quoted("[{'to':'orders','pattern':'order.*'}]"));
    bench.apply({patternEdit(bench.document.value(), bindingsBetween(bench.scenario, "orders", "bills").front(), "#")});
    QCOMPARE(bench.at({"channels", "bills", "bind", "0", "pattern"}), quoted("'#'"));
}

void TestTopologyEdits::anOwnQueuesPatternIsItsHandlers() {
    Bench bench;
    const std::vector<BindingPlace> places = bindingsBetween(bench.scenario, "orders", "orders/billing#2");
    QCOMPARE(places.size(), std::size_t{1});
    QCOMPARE(places.front().pattern, std::string("order.created"));
    bench.apply({patternEdit(bench.document.value(), places.front(), "order.#")});
    QCOMPARE(bench.at({"services", "billing", "handlers", "2", "pattern"}), quoted("'order.#'"));
    bench.tie(TieKind::deadLetter, "orders/billing", "dead", {});
    QCOMPARE(bench.at({"services", "billing", "handlers", "1", "queue"}), quoted("{'deadLetter':'dead'}"));
}

void TestTopologyEdits::newNodesLoadAndHaveFreeNames() {
    Bench bench(R"({ "weir": "1" })");
    for (int round = 0; round < 2; ++round)
        for (const NodeTemplate kind : nodeTemplates)
            bench.apply(newNodeEdits(kind, freeName(kind, takenNames(bench.scenario)), Point{12.4, -3.6}));
    QCOMPARE(bench.scenario.services.size(), std::size_t{4});
    QCOMPARE(bench.scenario.channels.size(), std::size_t{12});
    QVERIFY(channelOf(bench.scenario, "queue-2"));
    QVERIFY(serviceOf(bench.scenario, "producer-2"));
    QCOMPARE(channelOf(bench.scenario, "fanout-exchange")->exchangeType, ExchangeType::fanout);
    QCOMPARE(bench.at({"layout", "dead-letters-2"}), QStringLiteral("[12,-4]"));
}

void TestTopologyEdits::removingAChannelTakesWhatNeedsIt() {
    Bench bench;
    const Removal removal = removalOf(bench.document, bench.scenario, {"orders"});
    QCOMPARE(removal.sources, 1);
    QCOMPARE(removal.emits, 1);
    QCOMPARE(removal.handlers, 2);
    QCOMPARE(removal.bindings, 1);
    QCOMPARE(removal.expectations, 0);
    QCOMPARE(removal.dependants(), 5);
    bench.apply(removal.edits);
    QCOMPARE(bench.at({"services", "billing", "handlers"}),
             quoted("[{'on':'bills','then':[{'emit':'order.paid','to':'log'}]}]"));
    QCOMPARE(bench.at({"services", "shop"}), QStringLiteral("{}"));
    QCOMPARE(bench.at({"layout"}), quoted("{'bills':[10,0]}"));
}

void TestTopologyEdits::removingAServiceTakesItsFaultsAndOwnQueues() {
    Bench bench;
    const Removal removal = removalOf(bench.document, bench.scenario, {"billing"});
    QCOMPARE(removal.faults, 1);
    QCOMPARE(removal.dependants(), 1);
    bench.apply(removal.edits);
    QVERIFY(!serviceOf(bench.scenario, "billing"));
    QVERIFY(!channelOf(bench.scenario, "orders/billing"));
    QCOMPARE(bench.at({"layout"}), quoted("{'orders':[0,0],'bills':[10,0]}"));
    const Removal reader = removalOf(bench.document, bench.scenario, {"log"});
    QCOMPARE(reader.expectations, 1); // that of audit, which reads no stream any more
    bench.apply(reader.edits);
    QCOMPARE(bench.scenario.expect.size(), std::size_t{2});
}

void TestTopologyEdits::removingATieLeavesTheNodes() {
    Bench bench;
    bench.apply(removalOf(bench.document, bench.scenario, {}, {{TieKind::deadLetter, "bills", "dead"}}).edits);
    QCOMPARE(bench.at({"channels", "bills"}), quoted("{'kind':'queue','bind':['orders']}"));
    bench.apply(removalOf(bench.document, bench.scenario, {}, {{TieKind::bind, "orders", "bills"}}).edits);
    QCOMPARE(bench.at({"channels", "bills"}), quoted("{'kind':'queue'}"));
    const Removal emits = removalOf(bench.document, bench.scenario, {}, {{TieKind::emit, "billing", "keys"}});
    QCOMPARE(emits.emits, 1);
    bench.apply(emits.edits);
    QCOMPARE(bench.at({"services", "billing", "handlers", "2", "then"}), QStringLiteral("[]"));
    bench.apply(removalOf(bench.document, bench.scenario, {}, {{TieKind::handle, "log", "audit"}}).edits);
    QCOMPARE(bench.at({"services", "audit"}), QStringLiteral("{}"));
    QCOMPARE(bench.scenario.services.size(), std::size_t{3});
}

void TestTopologyEdits::anOwnQueueGoesWithItsHandler() {
    Bench bench;
    const Removal removal = removalOf(bench.document, bench.scenario, {"orders/billing"});
    QCOMPARE(removal.dependants(), 1);
    QCOMPARE(removal.handlers, 1);
    bench.apply(removal.edits);
    QVERIFY(channelOf(bench.scenario, "orders/billing")); // that of the handler after it
    QVERIFY(!channelOf(bench.scenario, "orders/billing#2"));
    QCOMPARE(bench.scenario.services[1].handlers.size(), std::size_t{2});
    QCOMPARE(bench.at({"layout", "orders/billing#2"}), QStringLiteral("nothing"));
}

void TestTopologyEdits::aRenameFollowsToOwnQueuesAndGroups() {
    Bench bench;
    bench.apply({{"/groups/Sales", Value(Value::List{"orders", "billing"}), ""}});
    bench.apply(nodeRenaming(bench.document, bench.scenario, "orders", "news"));
    bench.apply(nodeRenaming(bench.document, bench.scenario, "billing", "payments"));
    QCOMPARE(bench.at({"groups", "Sales"}), quoted("['news','payments']"));
    QCOMPARE(bench.at({"layout"}),
             quoted("{'news':[0,0],'bills':[10,0],'news/payments':[20,0],'news/payments#2':[30,0]}"));
    QCOMPARE(bench.at({"services", "shop", "sources", "0", "to"}), quoted("'news'"));
    QCOMPARE(bench.at({"channels", "bills", "bind"}), quoted("['news']"));
    QCOMPARE(bench.at({"faults", "0", "crash"}), quoted("'payments'"));
    QVERIFY(nodeRenaming(bench.document, bench.scenario, "news/payments", "other").empty());
}

void TestTopologyEdits::groupsLoseTheirMembers() {
    Bench bench(R"json({ "weir": "1", "channels": { "a": { "kind": "queue" }, "b": { "kind": "queue" } },
                     "groups": { "both": [ "a", "b" ] }, "layout": { "a": [0, 0], "both": "folded" } })json");
    bench.apply(removalOf(bench.document, bench.scenario, {"a"}).edits);
    QCOMPARE(bench.at({"groups", "both"}), quoted("['b']"));
    QCOMPARE(bench.at({"layout"}), quoted("{'both':'folded'}"));
}

void TestTopologyEdits::commentsOutsideStay() {
    Bench bench;
    bench.apply(removalOf(bench.document, bench.scenario, {"keys", "all"}).edits);
    QVERIFY(bench.document.text().find("// all of them") != std::string::npos);
}

void TestTopologyEdits::aFragmentPastesUnderFreeNames() {
    Bench bench;
    const std::string text = fragmentText(bench.document.value(), bench.scenario, {"bills", "billing"},
                                          {{"bills", {100, 100}}, {"billing", {300, 200}}});
    QVERIFY(looksLikeFragment(text));
    const auto right = [](const std::vector<Point>& centres) {
        return Point{centres.size() == 2 && centres.back() == Point{100, 100} ? 400.0 : 0, 8};
    };
    const Result<Paste> paste = pasteOf(bench.document.value(), bench.scenario, text, std::nullopt, right);
    QVERIFY(paste.ok());
    QVERIFY(paste->dropped.empty());
    QCOMPARE(paste->nodes, (std::vector<std::string>{"billing-2", "bills-2"}));
    bench.apply(paste->edits);
    // Ties among what was copied lead to the copies, others to where they led.
    QCOMPARE(bench.at({"services", "billing-2", "handlers", "0", "on"}), quoted("'bills-2'"));
    QCOMPARE(bench.at({"services", "billing-2", "handlers", "0", "then", "0", "to"}), quoted("'orders'"));
    QCOMPARE(bench.at({"channels", "bills-2", "deadLetter"}), quoted("'dead'"));
    QCOMPARE(bench.at({"layout", "bills-2"}), QStringLiteral("[500,108]"));
    const Result<Paste> there = pasteOf(bench.document.value(), bench.scenario, text, Point{0, 0}, stay);
    bench.apply(there->edits);
    QCOMPARE(bench.at({"layout", "bills-3"}), QStringLiteral("[-100,-50]"));
    QCOMPARE(bench.at({"layout", "billing-3"}), QStringLiteral("[100,50]"));
}

void TestTopologyEdits::aFragmentsTiesToNowhereAreDroppedAndSaid() {
    const Bench from;
    const std::string text = fragmentText(from.document.value(), from.scenario, {"bills", "billing", "shop"}, {});
    Bench to(R"({ "weir": "1", "channels": { "log": { "kind": "stream" } } })");
    const Result<Paste> paste = pasteOf(to.document.value(), to.scenario, text, Point{0, 0}, stay);
    QVERIFY(paste.ok());
    QCOMPARE(paste->dropped, (std::set<std::string>{"dead", "keys", "orders"}));
    to.apply(paste->edits);
    QCOMPARE(to.at({"channels", "bills"}), quoted("{'kind':'queue'}"));
    QCOMPARE(to.at({"services", "billing", "handlers"}),
             quoted("[{'on':'bills','then':[{'emit':'order.paid','to':'log'}]}]"));
    QCOMPARE(to.at({"services", "shop", "sources", "0"}), quoted("{'arrivals':{'every':'1s'},'then':[]}"));
    QCOMPARE(to.at({"events"}), quoted("{'order.created':{},'order.paid':{}}")); // what they emit
}

void TestTopologyEdits::whatIsNoFragmentIsRefused() {
    const Bench bench;
    for (const char* text :
         {"", "plain words", "{\"weir\": \"1\"}", "{\"weir-fragment\": \"1\", \"channels\": {\"q\": 3}}"})
        QVERIFY2(!pasteOf(bench.document.value(), bench.scenario, text, std::nullopt, stay).ok(), text);
    QVERIFY(!looksLikeFragment("plain words"));
}

void TestTopologyEdits::fixesMendWhatTheyAreFor_data() {
    QTest::addColumn<QString>("finding");
    QTest::addColumn<QString>("channel"); // members of the queue
    QTest::addColumn<QString>("handler");
    QTest::addColumn<QStringList>("fixes");
    QTest::addColumn<QString>("after"); // of the first: part of the document
    const auto row = [](const char* finding, const char* channel, const char* handler, const QStringList& fixes,
                        const char* after) {
        QTest::newRow(finding) << QString(finding) << QString(channel) << QString(handler) << fixes << QString(after);
    };
    row("unboundedRetry", R"(, "retry": { "max": "unbounded" })", R"(, "fails": 0.1, "takes": "1ms")", {"boundRetries"},
        R"("max":3)");
    row("noDeadLetter", "", R"(, "fails": 0.1)", {"addDeadLetter"}, R"("deadLetter":"jobs-dead")");
    row("notIdempotent", R"(, "retry": {}, "deadLetter": "dead")",
        R"(, "fails": 0.1, "then": { "add": "done", "key": "all" })", {"makeIdempotent"}, R"("idempotent":true)");
    row("lossyAck", "", R"(, "fails": 0.1, "ack": "automatic")", {"ackWhenDone"}, R"("ack":"manual")");
    row("ackTimeoutShort", R"(, "ackTimeout": "1s")", R"(, "concurrency": 100, "takes": "2s")", {"lengthenAckTimeout"},
        R"("ackTimeout":"6s")");
    row("overload", "", R"(, "takes": "500ms")", {"raiseInstances"}, R"("instances":7)"); // 5 busy ones at 75 %
    row("highLoad", "", R"(, "takes": "95ms")", {"raiseInstances"}, R"("instances":2)");
}

void TestTopologyEdits::fixesMendWhatTheyAreFor() {
    QFETCH(QString, finding);
    QFETCH(QString, channel);
    QFETCH(QString, handler);
    QFETCH(QStringList, fixes);
    QFETCH(QString, after);
    Bench bench(QStringLiteral(R"({ "weir": "1", "events": { "job": {} },
        "channels": { "jobs": { "kind": "queue"%1 }, "dead": { "kind": "queue" } },
        "services": { "maker": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "every": "100ms" } } ] },
                      "taker": { "handlers": [ { "on": "jobs"%2 } ] } } })")
                    .arg(channel, handler)
                    .toStdString());
    const std::vector<Finding> found = check(bench.scenario);
    const auto it = std::find_if(found.begin(), found.end(),
                                 [&](const Finding& each) { return each.code == finding.toStdString(); });
    QVERIFY2(it != found.end(), "the scenario has not the flaw that is to be mended");
    const std::vector<Fix> offered = fixesOf(*it, bench.document, bench.scenario);
    QCOMPARE(codesOf(offered), fixes);
    bench.apply(offered.front().edits);
    QVERIFY2(QString::fromStdString(bench.document.value().canonical()).contains(after), bench.document.text().c_str());
    for (const Finding& left : check(bench.scenario))
        QVERIFY2(left.code != finding.toStdString(), left.text.c_str());
}

void TestTopologyEdits::aLoopIsBrokenOrMadeRarer() {
    Bench bench(R"({ "weir": "1", "events": { "ping": {} }, "channels": { "ring": { "kind": "queue" } },
        "services": { "start": { "sources": [ { "emit": "ping", "to": "ring", "arrivals": { "every": "1s" } } ] },
                      "echo": { "handlers": [ { "on": "ring", "then": { "emit": "ping", "to": "ring" } } ] } } })");
    const std::vector<Finding> found = check(bench.scenario);
    QCOMPARE(found.front().code, std::string("deadLoop"));
    const std::vector<Fix> fixes = fixesOf(found.front(), bench.document, bench.scenario);
    QCOMPARE(codesOf(fixes), (QStringList{"emitLessOften", "stopEmitting"}));
    // Each ping set off one more; now three in four do.
    QCOMPARE(fixes.front().arguments, (std::vector<std::string>{"echo", "ring", "75"}));
    Bench rarer = bench;
    rarer.apply(fixes.front().edits);
    QCOMPARE(rarer.at({"services", "echo", "handlers", "0", "then"}),
             quoted("{'choose':[{'weight':75,'then':{'emit':'ping','to':'ring'}},{'weight':25}]}"));
    bench.apply(fixes.back().edits);
    QCOMPARE(bench.at({"services", "echo", "handlers", "0", "then"}), QStringLiteral("[]"));
}

QTEST_APPLESS_MAIN(TestTopologyEdits)
#include "tst_topology_edits.moc"
