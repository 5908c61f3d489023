// The flow graph: what a scenario ties together, and what a run adds to it.
#include "core/record/flow_graph.h"

#include <QTest>

using namespace weir;

namespace {

// An emit of a type to a channel.
Action emitTo(const char* channel) {
    EmitAction emit;
    emit.type = "order.created";
    emit.to = channel;
    return Action{emit};
}

ChannelSpec channelOf(const char* name, ChannelKind kind) {
    ChannelSpec channel;
    channel.name = name;
    channel.kind = kind;
    return channel;
}

// shop -> orders (topic) -> stock (queue) -> stockkeeper -> orders again, or in a branch to alarms; dead letters ->
// dead.
Scenario shop() {
    Scenario scenario;
    scenario.channels = {channelOf("orders", ChannelKind::topic), channelOf("stock", ChannelKind::queue),
                         channelOf("alarms", ChannelKind::stream), channelOf("dead", ChannelKind::queue)};
    scenario.channels[1].bindings.push_back({.to = "orders", .pattern = "order.*"});
    scenario.channels[1].deadLetter = "dead";
    ServiceSpec source;
    source.name = "shop";
    source.sources.emplace_back().then.push_back(emitTo("orders"));
    ServiceSpec keeper;
    keeper.name = "stockkeeper";
    HandlerSpec& handler = keeper.handlers.emplace_back();
    handler.on = "stock";
    ReserveAction reserve;
    reserve.orElse = std::make_shared<Actions>(Actions{emitTo("alarms")});
    handler.then.push_back(Action{reserve});
    handler.then.push_back(emitTo("orders"));
    handler.then.push_back(emitTo("nowhere"));
    scenario.services = {source, keeper};
    return scenario;
}

std::vector<std::string> ties(const FlowGraph& graph) {
    static const std::map<EdgeKind, std::string> words{{EdgeKind::publish, " publishes to "},
                                                       {EdgeKind::route, " routes to "},
                                                       {EdgeKind::deliver, " delivers to "},
                                                       {EdgeKind::deadLetter, " gives up to "}};
    std::vector<std::string> lines;
    for (const GraphEdge& edge : graph.edges())
        lines.push_back(graph.nodes()[edge.from].name + words.at(edge.kind) + graph.nodes()[edge.to].name);
    return lines;
}

} // namespace

class TestFlowGraph : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aScenarioTiesItsServicesAndChannels();
    void aBranchOfAnActionIsAWayToo();
    void whatARunShowsIsAdded();
    void aServiceAndAChannelMayShareAName();
};

void TestFlowGraph::aScenarioTiesItsServicesAndChannels() {
    const FlowGraph graph = flowGraphOf(shop());
    QCOMPARE(graph.nodes().size(), 6u);
    QCOMPARE(graph.nodes()[0].name, "shop");
    QVERIFY(graph.nodes()[0].isService());
    QVERIFY(graph.nodes()[2].kind == NodeKind::topic);
    QVERIFY(graph.nodes()[4].kind == NodeKind::stream);
    QVERIFY(graph.nodes()[*graph.channel("dead")].deadLetter);
    QVERIFY(!graph.nodes()[*graph.channel("stock")].deadLetter);
    QVERIFY(!graph.channel("nowhere"));
    QVERIFY(!graph.channel("shop"));
}

void TestFlowGraph::aBranchOfAnActionIsAWayToo() {
    const std::vector<std::string> expected{"shop publishes to orders",        "stockkeeper publishes to alarms",
                                            "stockkeeper publishes to orders", "stock delivers to stockkeeper",
                                            "orders routes to stock",          "stock gives up to dead"};
    QCOMPARE(ties(flowGraphOf(shop())), expected);
}

void TestFlowGraph::whatARunShowsIsAdded() {
    Catalogue catalogue;
    ChannelRow row;
    row.name = "readings";
    row.kind = ChannelKind::topic;
    const ChannelId readings = catalogue.addChannel(row);
    row.name = "store";
    row.kind = ChannelKind::queue;
    const ChannelId store = catalogue.addChannel(row);
    const ServiceId sensor = catalogue.addService({.name = "sensor"});
    const ServiceId writer = catalogue.addService({.name = "writer"});
    const SubscriptionId group = catalogue.addSubscription({.name = "store", .channel = store, .service = writer});
    Place place;
    place.channel = readings;
    place.service = sensor;
    Record published;
    published.place = catalogue.addPlace(place);
    published.ordinal = 1;
    place = Place();
    place.channel = store;
    place.subscription = group;
    Record enqueued;
    enqueued.kind = RecordKind::enqueued;
    enqueued.ordinal = 1;
    enqueued.place = catalogue.addPlace(place);
    enqueued.value = readings.value;
    place.service = writer;
    place.instance = 0;
    Record delivered;
    delivered.kind = RecordKind::delivered;
    delivered.ordinal = 1;
    delivered.attempt = 1;
    delivered.place = catalogue.addPlace(place);

    Picture picture;
    FlowGraph graph;
    QVERIFY(graph.extend(catalogue, picture)); // nodes are known before anything flows
    QCOMPARE(graph.nodes().size(), 4u);
    QCOMPARE(graph.edges().size(), 0u);
    QVERIFY(!graph.extend(catalogue, picture));
    for (const Record& record : {published, enqueued, delivered})
        picture.apply(record, catalogue);
    QVERIFY(graph.extend(catalogue, picture));
    const std::vector<std::string> expected{"sensor publishes to readings", "readings routes to store",
                                            "store delivers to writer"};
    QCOMPARE(ties(graph), expected);
    QVERIFY(!graph.extend(catalogue, picture));
}

void TestFlowGraph::aServiceAndAChannelMayShareAName() {
    FlowGraph graph;
    const std::size_t service = graph.add(GraphNode{.kind = NodeKind::service, .name = "orders", .deadLetter = false});
    const std::size_t queue = graph.add(GraphNode{.kind = NodeKind::queue, .name = "orders", .deadLetter = false});
    QVERIFY(service != queue);
    QCOMPARE(*graph.service("orders"), service);
    QCOMPARE(*graph.channel("orders"), queue);
    QCOMPARE(graph.add(GraphNode{.kind = NodeKind::queue, .name = "orders", .deadLetter = true}), queue);
    QVERIFY(graph.nodes()[queue].deadLetter);
}

QTEST_APPLESS_MAIN(TestFlowGraph)
#include "tst_flow_graph.moc"
