// Messages on their way: which records become flights, when they start, what is counted when there is no room.
#include "ui/canvas/faces.h"
#include "ui/canvas/traffic.h"

#include <QTest>

using namespace weir;

class TestTraffic : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void everyHopOfAMessageIsAFlight();
    void hopsFollowEachOtherAndCopiesLeaveTogether();
    void anEffectWaitsForItsCause();
    void aRetryGoesBackAndADeadLetterGoesDown();
    void deadLettersArriveOnce();
    void aStreamTakesAMessageOnceForAllItsGroups();
    void aMessageIsSeenOnItsWayFromExchangeToExchange();
    void aHopIsSeenLongerThanItTakesAndShorterWhenFast();
    void aTransitLastsItsSimulatedTime();
    void nothingMovesWhileTheClockStands();
    void whatFindsNoRoomIsCounted();
    void aRecordOfAStreamIsCountedOnceForAllItsGroups();
    void crashesFlashAtTheirPlace();
    void facesShowTheFiguresOfNow();
    void partitionsBeyondTheLanesAreCounted();
    void whoWasScaledAwayIsNotDown();
    void aQueueFillsUpToItsBound();
    void ratesAreRoundedToThreeDigits();

  private:
    Record make(RecordKind kind, Ordinal ordinal, PlaceId place, std::int64_t value = -1, Duration at = 0ms) const;
    void observe(const std::vector<Record>& records, Speed speed = {}) {
        m_traffic.observe(records, *m_catalogue, m_ways, speed);
    }
    std::vector<Record> order(Ordinal ordinal) const {
        return {make(RecordKind::published, ordinal, m_fromShop, 0),
                make(RecordKind::enqueued, ordinal, m_inStock, m_orders.value),
                make(RecordKind::enqueued, ordinal, m_inMail, m_orders.value),
                make(RecordKind::delivered, ordinal, m_atKeeper, 0)};
    }
    std::string way(const Flight& flight) const {
        return m_graph.nodes()[flight.hop.from].name + " > " + m_graph.nodes()[flight.hop.to].name;
    }

    std::unique_ptr<Catalogue> m_catalogue;
    FlowGraph m_graph;
    Ways m_ways;
    Traffic m_traffic;
    ChannelId m_orders, m_stock, m_mail, m_dead, m_log;
    SubscriptionId m_stockGroup;
    ServiceId m_shop, m_keeper;
    PlaceId m_fromShop, m_inStock, m_inMail, m_atKeeper, m_inDead, m_fromKeeper, m_keeperDown, m_inLog, m_logForAudit;
};

void TestTraffic::init() {
    m_catalogue = std::make_unique<Catalogue>();
    m_traffic = Traffic();
    m_graph = FlowGraph();
    const auto channel = [this](const char* name, ChannelKind kind, NodeKind nodeKind, std::int64_t capacity = 0) {
        ChannelRow row;
        row.name = name;
        row.kind = kind;
        row.capacity = capacity;
        m_graph.add(GraphNode{.kind = nodeKind, .name = name, .deadLetter = false});
        return m_catalogue->addChannel(row);
    };
    m_graph.add(GraphNode{.kind = NodeKind::service, .name = "shop", .deadLetter = false});
    m_graph.add(GraphNode{.kind = NodeKind::service, .name = "keeper", .deadLetter = false});
    m_orders = channel("orders", ChannelKind::topic, NodeKind::topic);
    m_stock = channel("stock", ChannelKind::queue, NodeKind::queue, 20);
    m_mail = channel("mail", ChannelKind::queue, NodeKind::queue);
    m_dead = channel("dead", ChannelKind::queue, NodeKind::queue);
    m_log = channel("log", ChannelKind::stream, NodeKind::stream);
    m_shop = m_catalogue->addService({.name = "shop", .instances = 1, .workers = 0});
    m_keeper = m_catalogue->addService({.name = "keeper", .instances = 2, .workers = 3});
    m_stockGroup = m_catalogue->addSubscription({.name = "stock", .channel = m_stock, .service = m_keeper});
    const auto tie = [this](EdgeKind kind, std::size_t from, std::size_t to) {
        m_graph.add(
            GraphEdge{.kind = kind, .from = static_cast<std::uint32_t>(from), .to = static_cast<std::uint32_t>(to)});
    };
    tie(EdgeKind::publish, 0, 2);
    tie(EdgeKind::publish, 1, 2);
    tie(EdgeKind::route, 2, 3);
    tie(EdgeKind::route, 2, 4);
    tie(EdgeKind::route, 2, 6);
    tie(EdgeKind::deliver, 3, 1);
    tie(EdgeKind::deadLetter, 3, 5);
    const auto place = [this](ChannelId in, SubscriptionId group, ServiceId at, std::uint16_t instance) {
        Place made;
        made.channel = in;
        made.subscription = group;
        made.service = at;
        made.instance = instance;
        return m_catalogue->addPlace(made);
    };
    constexpr std::uint16_t none = Place::noIndex;
    m_fromShop = place(m_orders, {}, m_shop, none);
    m_fromKeeper = place(m_orders, {}, m_keeper, 0);
    m_inStock = place(m_stock, m_stockGroup, {}, none);
    m_inMail = place(m_mail, {}, {}, none);
    m_inDead = place(m_dead, {}, {}, none);
    m_inLog = place(m_log, {}, {}, none);
    m_logForAudit =
        place(m_log, m_catalogue->addSubscription({.name = "audit", .channel = m_log, .service = {}}), {}, none);
    m_atKeeper = place(m_stock, m_stockGroup, m_keeper, 0);
    m_keeperDown = place({}, {}, m_keeper, 1);
    m_ways = Ways(m_graph, *m_catalogue);
}

Record TestTraffic::make(RecordKind kind, Ordinal ordinal, PlaceId place, std::int64_t value, Duration at) const {
    Record record;
    record.kind = kind;
    record.ordinal = ordinal;
    record.place = place;
    record.value = value;
    record.at = SimTime{at};
    return record;
}

void TestTraffic::everyHopOfAMessageIsAFlight() {
    observe(order(1));
    QCOMPARE(m_traffic.flights().size(), 4u);
    QCOMPARE(way(m_traffic.flights()[0]), "shop > orders");
    QCOMPARE(way(m_traffic.flights()[1]), "orders > stock");
    QCOMPARE(way(m_traffic.flights()[2]), "orders > mail");
    QCOMPARE(way(m_traffic.flights()[3]), "stock > keeper");
    QCOMPARE(m_traffic.launched(), 4u);
    QCOMPARE(m_traffic.leftOut(), 0u);
}

void TestTraffic::hopsFollowEachOtherAndCopiesLeaveTogether() {
    observe(order(1));
    const std::vector<Flight>& flights = m_traffic.flights();
    QCOMPARE(flights[0].start, 0.0);
    QCOMPARE(flights[0].lasts, 350.0);
    QCOMPARE(flights[1].start, 350.0);
    QCOMPARE(flights[2].start, 350.0); // the two copies together
    QCOMPARE(flights[3].start, flights[1].start + flights[1].lasts);
    QVERIFY(m_traffic.share(flights[1]) < 0);
    m_traffic.advance(175);
    QCOMPARE(m_traffic.share(m_traffic.flights()[0]), 0.5);
}

void TestTraffic::anEffectWaitsForItsCause() {
    std::vector<Record> records = order(1);
    records.push_back(make(RecordKind::published, 2, m_fromKeeper, 1, 20ms)); // caused by message 1
    records.push_back(make(RecordKind::published, 3, m_fromShop, 0, 20ms));   // a root
    observe(records);
    const std::vector<Flight>& flights = m_traffic.flights();
    QCOMPARE(flights[4].start, flights[3].start + flights[3].lasts);
    QCOMPARE(flights[5].start, 0.0);
}

void TestTraffic::aRetryGoesBackAndADeadLetterGoesDown() {
    observe({make(RecordKind::retryScheduled, 1, m_atKeeper, 1'000'000'000), make(RecordKind::requeued, 2, m_atKeeper),
             make(RecordKind::deadLettered, 3, m_atKeeper, m_dead.value),
             make(RecordKind::deadLettered, 4, m_atKeeper, -1), make(RecordKind::acked, 5, m_atKeeper, 1)});
    const std::vector<Flight>& flights = m_traffic.flights();
    QCOMPARE(flights.size(), 3u);
    QVERIFY(flights[0].hop.kind == Hop::Kind::returned);
    QCOMPARE(way(flights[0]), "keeper > stock");
    QVERIFY(flights[1].hop.kind == Hop::Kind::returned);
    QVERIFY(flights[2].hop.kind == Hop::Kind::deadLetter);
    QCOMPARE(way(flights[2]), "stock > dead");
}

void TestTraffic::deadLettersArriveOnce() {
    observe({make(RecordKind::deadLettered, 1, m_atKeeper, m_dead.value),
             make(RecordKind::enqueued, 1, m_inDead, m_stock.value)});
    QCOMPARE(m_traffic.flights().size(), 1u);
}

void TestTraffic::aStreamTakesAMessageOnceForAllItsGroups() {
    observe({make(RecordKind::appended, 1, m_inLog, m_orders.value),
             make(RecordKind::enqueued, 1, m_logForAudit, m_orders.value),
             make(RecordKind::enqueued, 1, m_logForAudit, m_orders.value)});
    QCOMPARE(m_traffic.flights().size(), 1u);
    QCOMPARE(way(m_traffic.flights()[0]), "orders > log");
}

// A record tells the last exchange only: orders -> regional -> local -> post, and orders -> other.
void TestTraffic::aMessageIsSeenOnItsWayFromExchangeToExchange() {
    std::uint32_t node = 0;
    const auto channel = [&](const char* name, ChannelKind kind, NodeKind nodeKind) {
        ChannelRow row;
        row.name = name;
        row.kind = kind;
        node = static_cast<std::uint32_t>(m_graph.add(GraphNode{.kind = nodeKind, .name = name, .deadLetter = false}));
        return m_catalogue->addChannel(row);
    };
    channel("other", ChannelKind::exchange, NodeKind::exchange);
    const std::uint32_t other = node;
    channel("regional", ChannelKind::exchange, NodeKind::exchange);
    const std::uint32_t regional = node;
    const ChannelId local = channel("local", ChannelKind::exchange, NodeKind::exchange);
    const std::uint32_t at = node;
    const ChannelId post = channel("post", ChannelKind::queue, NodeKind::queue);
    for (const auto& [from, to] : std::initializer_list<std::pair<std::uint32_t, std::uint32_t>>{
             {2, other}, {2, regional}, {regional, at}, {at, node}, {at, regional}})
        m_graph.add(GraphEdge{.kind = EdgeKind::route, .from = from, .to = to});
    Place place;
    place.channel = post;
    const PlaceId inPost = m_catalogue->addPlace(place);
    m_ways = Ways(m_graph, *m_catalogue);
    observe({make(RecordKind::published, 1, m_fromShop, 0), make(RecordKind::enqueued, 1, inPost, local.value),
             make(RecordKind::enqueued, 1, inPost, local.value)});
    const std::vector<Flight>& flights = m_traffic.flights();
    QCOMPARE(flights.size(), 5u);
    QCOMPARE(way(flights[0]), "shop > orders");
    QCOMPARE(way(flights[1]), "orders > regional");
    QCOMPARE(way(flights[2]), "regional > local");
    QCOMPARE(way(flights[3]), "local > post");
    QCOMPARE(way(flights[4]), "local > post"); // another copy, made where the way divides
    QCOMPARE(flights[2].start, flights[1].start + flights[1].lasts);
    QCOMPARE(flights[3].start, flights[2].start + flights[2].lasts);
    // Whose publish was not seen comes from the last one.
    observe({make(RecordKind::enqueued, 2, inPost, local.value)});
    QCOMPARE(m_traffic.flights().size(), 6u);
    QCOMPARE(way(m_traffic.flights()[5]), "local > post");
}

void TestTraffic::aHopIsSeenLongerThanItTakesAndShorterWhenFast() {
    QCOMPARE(Traffic::hopDuration({.factor = 1, .unlimited = false}), 350.0);
    QCOMPARE(Traffic::hopDuration({.factor = 0.01, .unlimited = false}), 350.0);
    const double hurried = Traffic::hopDuration({.factor = 10, .unlimited = false});
    QVERIFY(hurried > 150 && hurried < 200);
    QCOMPARE(Traffic::hopDuration({.factor = 1'000, .unlimited = false}), 90.0);
    QCOMPARE(Traffic::hopDuration(Speed::max()), 90.0);
}

void TestTraffic::aTransitLastsItsSimulatedTime() {
    Record arrived = make(RecordKind::enqueued, 1, m_inStock, m_orders.value, 3s);
    arrived.bits = Record::bitsOf(CopyState::inTransit);
    observe({make(RecordKind::sent, 1, m_inStock, m_orders.value, 1s), arrived}, {.factor = 0.5, .unlimited = false});
    QCOMPARE(m_traffic.flights().size(), 1u);
    QCOMPARE(m_traffic.flights()[0].lasts, 4'000.0); // two seconds at half speed
}

void TestTraffic::nothingMovesWhileTheClockStands() {
    observe(order(1));
    m_traffic.advance(100);
    const double before = m_traffic.share(m_traffic.flights()[0]);
    m_traffic.advance(0);
    QCOMPARE(m_traffic.share(m_traffic.flights()[0]), before);
    QVERIFY(m_traffic.moving());
    m_traffic.advance(10'000);
    QVERIFY(!m_traffic.moving());
    QVERIFY(m_traffic.flights().empty());
}

void TestTraffic::whatFindsNoRoomIsCounted() {
    m_traffic.setFlightsMax(10);
    for (Ordinal ordinal = 1; ordinal <= 5; ++ordinal)
        observe(order(ordinal));
    QCOMPARE(m_traffic.flights().size(), 10u);
    QCOMPARE(m_traffic.launched(), 10u);
    QCOMPARE(m_traffic.leftOut(), 10u); // of 5 x 4 hops
    m_traffic.pass(4);
    QCOMPARE(m_traffic.leftOut(), 14u);
    m_traffic.clear();
    QVERIFY(m_traffic.flights().empty());
    QCOMPARE(m_traffic.leftOut(), 14u);
}

void TestTraffic::aRecordOfAStreamIsCountedOnceForAllItsGroups() {
    const auto counts = [this](RecordKind kind, PlaceId place, std::int64_t value) {
        return Ways::isHop(make(kind, 1, place, value), *m_catalogue);
    };
    QVERIFY(counts(RecordKind::appended, m_inLog, m_orders.value));
    QVERIFY(!counts(RecordKind::enqueued, m_logForAudit, m_orders.value));
    QVERIFY(counts(RecordKind::enqueued, m_inStock, m_orders.value));
    QVERIFY(!counts(RecordKind::enqueued, m_inStock, -1));           // published straight to it: that was the hop
    QVERIFY(!counts(RecordKind::enqueued, m_inDead, m_stock.value)); // a dead letter's flight has been seen
    QVERIFY(!counts(RecordKind::finished, m_atKeeper, 0));
}

void TestTraffic::crashesFlashAtTheirPlace() {
    observe({make(RecordKind::crashed, 0, m_keeperDown), make(RecordKind::dropped, 1, m_inStock),
             make(RecordKind::crashed, 0, m_keeperDown)});
    QCOMPARE(m_traffic.flashes().size(), 2u); // the second crash at once shows no more than the first
    QVERIFY(m_traffic.flashes()[0].kind == Flash::Kind::crash);
    QCOMPARE(m_traffic.flashes()[0].node, 1u);
    QVERIFY(m_traffic.flashes()[1].kind == Flash::Kind::loss);
    QCOMPARE(m_traffic.flashes()[1].node, 3u);
    m_traffic.advance(Flash::lasts);
    QVERIFY(m_traffic.flashes().empty());
}

void TestTraffic::facesShowTheFiguresOfNow() {
    Picture picture;
    for (Ordinal ordinal = 1; ordinal <= 6; ++ordinal)
        picture.apply(make(RecordKind::enqueued, ordinal, m_inStock, m_orders.value), *m_catalogue);
    for (Ordinal ordinal = 1; ordinal <= 2; ++ordinal) {
        picture.apply(
            [&] {
                Record record = make(RecordKind::delivered, ordinal, m_atKeeper, 0);
                record.bits = Record::bitsOf(CopyState::ready);
                return record;
            }(),
            *m_catalogue);
        picture.apply(
            [&] {
                Record record = make(RecordKind::started, ordinal, m_atKeeper, 0);
                record.bits = Record::bitsOf(CopyState::inFlight);
                return record;
            }(),
            *m_catalogue);
    }
    picture.apply(make(RecordKind::crashed, 0, m_keeperDown, 0, 2s), *m_catalogue);
    const std::vector<NodeIds> ids = nodeIds(m_graph, *m_catalogue);
    RecentFigures recent;
    recent.setPresent(picture, *m_catalogue);
    const NodeFace queue = nodeFace(ids[3], picture, *m_catalogue, recent);
    QCOMPARE(queue.depth, 4);  // six came, two were started
    QCOMPARE(queue.fill, 200); // of a capacity of 20
    QVERIFY(queue.status == Tone::Ok);
    const NodeFace keeper = nodeFace(ids[1], picture, *m_catalogue, recent);
    QCOMPARE(keeper.busy, 2);
    QCOMPARE(keeper.workersEach, 3u);
    QCOMPARE(keeper.instances, 2u);
    QCOMPARE(keeper.down, 1u);
    QVERIFY(keeper.reads && keeper.sends);
    QCOMPARE(keeper.utilization, 33); // 2 of 6 for two seconds
    QVERIFY(keeper.status == Tone::Warn);
    // A group's is that of all its workers: six of them a third, one all the time; who only sends does not count.
    const NodeFace alone{.instances = 1, .workersEach = 1, .utilization = 100};
    QCOMPARE(groupFace({0, 1, 2}, {keeper, alone, NodeFace{.sends = true}}).utilization, (6 * 33 + 100) / 7);
    QCOMPARE(groupFace({0}, {NodeFace{.sends = true}}).utilization, -1);
    QVERIFY(nodeFace(ids[3], picture, *m_catalogue, recent) == queue);

    const std::vector<EdgeFace> edges = edgeFaces(m_graph, ids, picture);
    QCOMPARE(edges[2].rate, 300); // orders -> stock: 6 in 2 s
    QCOMPARE(edges[5].rate, 100); // stock -> keeper: 2 in 2 s
    QCOMPARE(edges[0].rate, 0);
    QVERIFY(edges[2].width() > edges[5].width());
    QVERIFY(edges[5].width() > edges[0].width());
}

void TestTraffic::partitionsBeyondTheLanesAreCounted() {
    Catalogue catalogue;
    FlowGraph graph;
    graph.add(GraphNode{.kind = NodeKind::stream, .name = "log", .deadLetter = false});
    ChannelRow row;
    row.name = "log";
    row.kind = ChannelKind::stream;
    row.partitions = 6;
    const ChannelId log = catalogue.addChannel(row);
    Picture picture;
    for (Ordinal ordinal = 1; ordinal <= 10; ++ordinal) {
        Place place;
        place.channel = log;
        place.partition = static_cast<std::uint16_t>(ordinal <= 6 ? ordinal - 1 : 5); // one each, four more in the last
        Record record = make(RecordKind::appended, ordinal, catalogue.addPlace(place));
        record.extra = static_cast<decltype(record.extra)>(ordinal <= 6 ? 0 : ordinal - 6); // its offset
        picture.apply(record, catalogue);
    }
    const NodeFace face = nodeFace(nodeIds(graph, catalogue)[0], picture, catalogue, RecentFigures());
    QCOMPARE(face.lanes.size(), std::size_t{4});
    QCOMPARE(face.lanes[3].end, std::int64_t{1});
    QCOMPARE(face.restCount, std::size_t{2});
    QCOMPARE(face.rest.end, std::int64_t{6});
}

void TestTraffic::whoWasScaledAwayIsNotDown() {
    Picture picture;
    const auto keeper = [&] {
        return nodeFace(nodeIds(m_graph, *m_catalogue)[1], picture, *m_catalogue, RecentFigures());
    };
    const auto scale = [&](std::uint32_t instances, std::int64_t workers, Duration at) {
        Record record = make(RecordKind::scaled, 0, m_keeperDown, workers, at);
        record.extra = instances;
        picture.apply(record, *m_catalogue);
    };
    scale(5, 3, 1s);
    QCOMPARE(keeper().instances, 5u);
    QCOMPARE(keeper().down, 0u);
    scale(2, 4, 2s);
    QCOMPARE(keeper().instances, 2u);
    QCOMPARE(keeper().workersEach, 4u);
    QCOMPARE(keeper().down, 0u);
    QVERIFY(keeper().status == Tone::Ok);
}

void TestTraffic::aQueueFillsUpToItsBound() {
    QCOMPARE(queueFill(0, 100), 0);
    QCOMPARE(queueFill(1, 1'000'000), 1); // something is something
    QCOMPARE(queueFill(25, 100), 250);
    QCOMPARE(queueFill(250, 100), 1000);
    QCOMPARE(queueFill(100, 0), 500); // without a bound: half at a hundred
    QVERIFY(queueFill(1'000'000, 0) < 1000);
}

void TestTraffic::ratesAreRoundedToThreeDigits() {
    QCOMPARE(shownRate(0), 0);
    QCOMPARE(shownRate(19.84), 1980);
    QCOMPARE(shownRate(1.234), 123);
    QCOMPARE(shownRate(1'234.4), 123'000);
    QCOMPARE(shownRate(1e12), 2'000'000'000);
}

QTEST_APPLESS_MAIN(TestTraffic)
#include "tst_traffic.moc"
