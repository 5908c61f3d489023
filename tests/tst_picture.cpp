// Pictures: records written by hand, figures worked out by hand.
#include "core/record/metrics.h"
#include "core/record/picture.h"

#include <QTest>

using namespace weir;

// orders (topic) -> inventory (queue, dead letters to orders-dead) -> inventory-service: 2 instances of 1 worker each.
class TestPicture : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void waitIsThatOfTheHandlingThatSettled();
    void everyServiceOfASharedQueueHasItsOwnResponse();
    void prefetchedCopiesStillWait();
    void depthAndUnackedAreTimeAverages();
    void utilizationIsBusyOfAvailableTime();
    void crashFreesItsWorkersAndRestartBringsThemBack();
    void copyAckedOnReceiptTellsItsWaitAtTheStart();
    void requeuedCopyWaitsAgain();
    void warmUpForgetsMetricsAndKeepsStates();
    void edgesCountPublishRouteDeliverAndDeadLetter();
    void streamLagIsEndLessPosition();
    void statesLatencyAndCountsAreThere();
    void figuresWithoutObservationAreAbsent();
    void namesOfFiguresAllAnswer();

  private:
    Record make(RecordKind kind, Duration at, Ordinal ordinal, PlaceId place = PlaceId::none(), std::int64_t value = 0,
                CopyState from = CopyState::none);
    void apply(RecordKind kind, Duration at, Ordinal ordinal, PlaceId place = PlaceId::none(), std::int64_t value = 0,
               CopyState from = CopyState::none) {
        m_picture.apply(make(kind, at, ordinal, place, value, from), *m_catalogue);
    }
    void enqueue(Duration at, Ordinal ordinal) {
        apply(RecordKind::enqueued, at, ordinal, m_queuePlace, m_orders.value);
    }
    std::optional<double> queueMetric(std::string_view figure) const {
        return metric(m_picture, *m_catalogue, MetricScope::channel, "inventory", figure);
    }
    std::optional<double> serviceFigure(std::string_view figure) const {
        return metric(m_picture, *m_catalogue, MetricScope::service, "inventory-service", figure);
    }

    std::unique_ptr<Catalogue> m_catalogue;
    Picture m_picture;
    ChannelId m_orders, m_inventory, m_dead;
    SubscriptionId m_subscription;
    ServiceId m_producer, m_service;
    EventTypeId m_type;
    PlaceId m_source, m_ordersPlace, m_queuePlace, m_first, m_second;
};

void TestPicture::init() {
    m_catalogue = std::make_unique<Catalogue>();
    m_picture = Picture();
    ChannelRow channel;
    channel.name = "orders";
    channel.kind = ChannelKind::topic;
    m_orders = m_catalogue->addChannel(channel);
    channel.name = "inventory";
    channel.kind = ChannelKind::queue;
    m_inventory = m_catalogue->addChannel(channel);
    channel.name = "orders-dead";
    m_dead = m_catalogue->addChannel(channel);
    m_producer = m_catalogue->addService({.name = "order-service", .instances = 1, .workers = 0});
    m_service = m_catalogue->addService({.name = "inventory-service", .instances = 2, .workers = 1});
    m_subscription = m_catalogue->addSubscription({.name = "inventory", .channel = m_inventory, .service = m_service});
    m_type = m_catalogue->addEventType("order.created", "1.0");
    Place place;
    place.channel = m_orders;
    m_ordersPlace = m_catalogue->addPlace(place);
    place.service = m_producer;
    m_source = m_catalogue->addPlace(place);
    place = Place();
    place.channel = m_inventory;
    place.subscription = m_subscription;
    m_queuePlace = m_catalogue->addPlace(place);
    place.service = m_service;
    place.instance = 0;
    m_first = m_catalogue->addPlace(place);
    place.instance = 1;
    m_second = m_catalogue->addPlace(place);
}

Record TestPicture::make(RecordKind kind, Duration at, Ordinal ordinal, PlaceId place, std::int64_t value,
                         CopyState from) {
    Record record;
    record.kind = kind;
    record.at = SimTime{at};
    record.ordinal = ordinal;
    record.place = place;
    record.value = value;
    record.bits = Record::bitsOf(from);
    record.type = m_type;
    return record;
}

void TestPicture::waitIsThatOfTheHandlingThatSettled() {
    enqueue(0ms, 1);
    apply(RecordKind::delivered, 10ms, 1, m_first, 10'000'000);
    apply(RecordKind::started, 10ms, 1, m_first, 10'000'000, CopyState::inFlight);
    apply(RecordKind::failed, 20ms, 1, m_first, 10'000'000);
    apply(RecordKind::retryScheduled, 20ms, 1, m_first, 80'000'000);
    apply(RecordKind::released, 100ms, 1, m_queuePlace);
    QVERIFY(!queueMetric("waitMean"));
    Record again = make(RecordKind::delivered, 110ms, 1, m_second, 10'000'000);
    again.attempt = 2;
    m_picture.apply(again, *m_catalogue);
    apply(RecordKind::started, 110ms, 1, m_second, 110'000'000, CopyState::inFlight);
    apply(RecordKind::finished, 130ms, 1, m_second, 20'000'000);
    apply(RecordKind::acked, 130ms, 1, m_second, 131'000'000);

    const SubscriptionFigures& figures = m_picture.subscription(m_subscription);
    QCOMPARE(figures.wait.count(), 1u);
    QCOMPARE(*queueMetric("waitMean"), 0.110);
    QCOMPARE(*queueMetric("responseMean"), 0.131);
    QCOMPARE(*serviceFigure("responseMean"), 0.131);
    QCOMPARE(*serviceFigure("serviceMean"), 0.020);
    QCOMPARE(figures.delivered, 2);
    QCOMPARE(figures.redelivered, 1);
    QCOMPARE(figures.acked, 1);
    QCOMPARE(figures.depth.level(), 0);
    QCOMPARE(figures.unacked.level(), 0);
    QCOMPARE(*serviceFigure("handled"), 1.0);
    QCOMPARE(*serviceFigure("failed"), 1.0);
    QVERIFY(m_picture.ledger().copies.closed());
}

void TestPicture::everyServiceOfASharedQueueHasItsOwnResponse() {
    ServiceRow row;
    row.name = "second-service";
    const ServiceId second = m_catalogue->addService(row);
    const PlaceId guest = m_catalogue->addPlace(
        {.channel = m_inventory, .subscription = m_subscription, .service = second, .instance = 0});
    for (Ordinal ordinal = 1; ordinal <= 3; ++ordinal)
        enqueue(0ms, ordinal);
    apply(RecordKind::acked, 100ms, 1, m_first, 100'000'000);
    apply(RecordKind::acked, 300ms, 2, guest, 300'000'000);
    apply(RecordKind::acked, 500ms, 3, guest, 500'000'000);
    QCOMPARE(*serviceFigure("responseMean"), 0.1);
    QCOMPARE(*metric(m_picture, *m_catalogue, MetricScope::service, "second-service", "responseMean"), 0.4);
    QCOMPARE(*queueMetric("responseMean"), 0.3); // all of them
    QCOMPARE(*queueMetric("responseMax"), 0.5);
}

void TestPicture::prefetchedCopiesStillWait() {
    for (Ordinal ordinal = 1; ordinal <= 3; ++ordinal)
        enqueue(0ms, ordinal);
    for (Ordinal ordinal = 1; ordinal <= 3; ++ordinal)
        apply(RecordKind::delivered, 0ms, ordinal, m_first);
    QCOMPARE(*queueMetric("depth"), 3.0);
    QCOMPARE(*queueMetric("unacked"), 3.0);
    apply(RecordKind::started, 1ms, 1, m_first, 1'000'000, CopyState::inFlight);
    QCOMPARE(*queueMetric("depth"), 2.0);
    QCOMPARE(*queueMetric("unacked"), 3.0);
    apply(RecordKind::acked, 2ms, 1, m_first);
    QCOMPARE(*queueMetric("depth"), 2.0);
    QCOMPARE(*queueMetric("unacked"), 2.0);
    QCOMPARE(*queueMetric("depthMax"), 3.0);
    // A filter passes over the second, which nobody started; the third is lost with its consumer.
    apply(RecordKind::skipped, 2ms, 2, m_first);
    apply(RecordKind::acked, 2ms, 2, m_first);
    apply(RecordKind::lost, 2ms, 3, m_first, 0, CopyState::inFlight);
    QCOMPARE(*queueMetric("depth"), 0.0);
    QCOMPARE(*queueMetric("unacked"), 0.0);
    QCOMPARE(m_picture.subscription(m_subscription).wait.count(), 1u);
}

void TestPicture::depthAndUnackedAreTimeAverages() {
    enqueue(0ms, 1);
    enqueue(100ms, 2);
    apply(RecordKind::delivered, 200ms, 1, m_first);
    apply(RecordKind::started, 300ms, 1, m_first, 300'000'000, CopyState::inFlight);
    apply(RecordKind::expired, 600ms, 2, m_queuePlace, 0, CopyState::ready);
    apply(RecordKind::acked, 1s, 1, m_first);
    // depth: 1 for 100 ms, 2 for 200 ms, 1 for 300 ms, 0 for 400 ms. unacked: 1 for 800 ms.
    QCOMPARE(*queueMetric("depthMean"), 0.8);
    QCOMPARE(*queueMetric("unackedMean"), 0.8);
    QCOMPARE(*queueMetric("depthMax"), 2.0);
    QCOMPARE(*queueMetric("expired"), 1.0);
    QCOMPARE(*queueMetric("throughput"), 1.0);
}

void TestPicture::utilizationIsBusyOfAvailableTime() {
    apply(RecordKind::started, 0ms, 1, m_first);
    apply(RecordKind::finished, 500ms, 1, m_first, 500'000'000);
    apply(RecordKind::stopped, 1s, 0);
    QCOMPARE(*serviceFigure("utilization"), 0.25); // half a second of two workers' one
    QCOMPARE(*serviceFigure("throughput"), 1.0);
    QVERIFY(m_picture.stopped());
}

void TestPicture::crashFreesItsWorkersAndRestartBringsThemBack() {
    apply(RecordKind::started, 0ms, 1, m_first);
    apply(RecordKind::started, 0ms, 2, m_second);
    QCOMPARE(*serviceFigure("busy"), 2.0);
    apply(RecordKind::crashed, 200ms, 0, m_first);
    QCOMPARE(*serviceFigure("busy"), 1.0);
    QCOMPARE(*serviceFigure("up"), 1.0);
    QCOMPARE(*serviceFigure("instancesUp"), 1.0);
    apply(RecordKind::restarted, 700ms, 0, m_first);
    QCOMPARE(*serviceFigure("up"), 2.0);
    Record crash = make(RecordKind::crashed, 1s, 2, m_second); // one handling, not the instance
    crash.attempt = 1;
    m_picture.apply(crash, *m_catalogue);
    QCOMPARE(*serviceFigure("instancesUp"), 2.0);
    QCOMPARE(*serviceFigure("failed"), 1.0);
    QCOMPARE(*serviceFigure("busy"), 0.0);
    // busy: 0.2 + 1.0 s; up: 0.5 + 1.0 s.
    QCOMPARE(*serviceFigure("utilization"), 0.8);
    QVERIFY(!m_picture.service(m_service).instances[0].busy);
}

void TestPicture::copyAckedOnReceiptTellsItsWaitAtTheStart() {
    enqueue(0ms, 1);
    apply(RecordKind::delivered, 5ms, 1, m_first);
    apply(RecordKind::acked, 5ms, 1, m_first);
    QCOMPARE(*queueMetric("depth"), 0.0);
    apply(RecordKind::started, 7ms, 1, m_first, 7'000'000, CopyState::none);
    QCOMPARE(*queueMetric("depth"), 0.0);
    QCOMPARE(*queueMetric("waitMean"), 0.007);
}

void TestPicture::requeuedCopyWaitsAgain() {
    enqueue(0ms, 1);
    enqueue(0ms, 2);
    apply(RecordKind::delivered, 0ms, 1, m_first);
    apply(RecordKind::delivered, 0ms, 2, m_first);
    apply(RecordKind::started, 0ms, 1, m_first, 0, CopyState::inFlight);
    apply(RecordKind::timedOut, 1s, 1, m_first);
    apply(RecordKind::requeued, 1s, 1, m_queuePlace); // was being handled
    apply(RecordKind::requeued, 1s, 2, m_queuePlace); // was prefetched only
    QCOMPARE(*queueMetric("depth"), 2.0);
    QCOMPARE(*queueMetric("unacked"), 0.0);
    QCOMPARE(*queueMetric("depthMean"), 1.0);
    QCOMPARE(m_picture.channel(m_inventory).copies.ready, 2);
    // The first worker is still at it, and settles too late.
    QCOMPARE(*serviceFigure("busy"), 1.0);
    apply(RecordKind::finished, 2s, 1, m_first, 2'000'000'000);
    apply(RecordKind::ackRefused, 2s, 1, m_first);
    QCOMPARE(*queueMetric("depth"), 2.0);
    QCOMPARE(*serviceFigure("busy"), 0.0);
}

void TestPicture::warmUpForgetsMetricsAndKeepsStates() {
    apply(RecordKind::published, 0s, 1, m_source);
    apply(RecordKind::routed, 0s, 1, m_ordersPlace, 1);
    enqueue(0s, 1);
    enqueue(0s, 2);
    apply(RecordKind::delivered, 0s, 1, m_first);
    apply(RecordKind::started, 0s, 1, m_first, 0, CopyState::inFlight);
    Record state = make(RecordKind::stateChanged, 1s, 1, m_first, 42);
    state.extra = m_catalogue->addStateSlot(m_service, "stock", "PROD-001");
    m_picture.apply(state, *m_catalogue);
    apply(RecordKind::warmedUp, 10s, 0);

    QCOMPARE(m_picture.metricsStart(), SimTime{10s});
    QCOMPARE(*queueMetric("delivered"), 0.0);
    QCOMPARE(m_picture.channel(m_orders).published, 0);
    QVERIFY(!queueMetric("depthMean"));
    QCOMPARE(*queueMetric("depth"), 1.0);
    QCOMPARE(*queueMetric("depthMax"), 1.0);
    QCOMPARE(*serviceFigure("busy"), 1.0);
    QCOMPARE(m_picture.state(state.extra).quantity, 42);
    QCOMPARE(m_picture.ledger().messages.published, 1);
    QCOMPARE(m_picture.ledger().copies.born, 2);
    QCOMPARE(m_picture.channel(m_inventory).copies.born, 2);

    apply(RecordKind::acked, 12s, 1, m_first);
    QCOMPARE(*queueMetric("unackedMean"), 1.0);
    QCOMPARE(*queueMetric("throughput"), 0.5);
    QCOMPARE(*serviceFigure("utilization"), 0.5); // nobody said that the worker is done
}

void TestPicture::edgesCountPublishRouteDeliverAndDeadLetter() {
    const ReasonId rejected = m_catalogue->addReason("rejected");
    for (Ordinal ordinal = 1; ordinal <= 4; ++ordinal) {
        const Duration at = 500ms * static_cast<int>(ordinal);
        apply(RecordKind::published, at, ordinal, m_source);
        Record routed = make(RecordKind::routed, at, ordinal, m_ordersPlace, 1);
        routed.extra = 250;
        m_picture.apply(routed, *m_catalogue);
        enqueue(at, ordinal);
    }
    apply(RecordKind::delivered, 2s, 1, m_first);
    Record dead = make(RecordKind::deadLettered, 2s, 1, m_first, m_dead.value, CopyState::inFlight);
    dead.reason = rejected;
    m_picture.apply(dead, *m_catalogue);
    Place place;
    place.channel = m_dead;
    apply(RecordKind::enqueued, 2s, 1, m_catalogue->addPlace(place), m_inventory.value);

    QCOMPARE(m_picture.edges().size(), 4u);
    const EdgeFigures* publish = m_picture.edge(EdgeKind::publish, m_producer.index(), m_orders.index());
    QVERIFY(publish);
    QCOMPARE(publish->count, 4);
    QCOMPARE(publish->rate.perSecond(m_picture.time()), 2.0);
    QCOMPARE(m_picture.edge(EdgeKind::route, m_orders.index(), m_inventory.index())->count, 4);
    QCOMPARE(m_picture.edge(EdgeKind::deliver, m_subscription.index(), m_service.index())->count, 1);
    QCOMPARE(m_picture.edge(EdgeKind::deadLetter, m_inventory.index(), m_dead.index())->count, 1);
    QVERIFY(!m_picture.edge(EdgeKind::route, m_inventory.index(), m_dead.index()));
    QCOMPARE(m_picture.deadLetteredFor(rejected), 1);
    QCOMPARE(m_picture.publishedOf(m_type), 4);
    QCOMPARE(m_picture.channel(m_orders).bytes, 1000);
    QCOMPARE(m_picture.channel(m_orders).taken, 4);
    QCOMPARE(m_picture.channel(m_inventory).published, 0);
    QCOMPARE(m_picture.channel(m_inventory).taken, 4);
    QCOMPARE(m_picture.channel(m_inventory).copies.deadLettered, 1);
    QCOMPARE(m_picture.channel(m_dead).copies.ready, 1);
    QCOMPARE(*queueMetric("rate"), 2.0);
    QVERIFY(m_picture.ledger().closed());
}

void TestPicture::streamLagIsEndLessPosition() {
    const ChannelId log = m_catalogue->addChannel({.name = "log", .kind = ChannelKind::stream, .partitions = 2});
    const SubscriptionId group = m_catalogue->addSubscription({.name = "audit", .channel = log, .service = m_service});
    const SubscriptionId other = m_catalogue->addSubscription({.name = "copy", .channel = log, .service = m_service});
    const auto add = [&](RecordKind kind, std::uint16_t partition, std::uint32_t offset, SubscriptionId subscription) {
        Place place;
        place.channel = log;
        place.subscription = subscription;
        place.partition = partition;
        Record record = make(kind, 1s, offset + 1, m_catalogue->addPlace(place), -1);
        record.extra = offset;
        m_picture.apply(record, *m_catalogue);
    };
    for (std::uint32_t offset = 0; offset < 5; ++offset)
        add(RecordKind::appended, 0, offset, SubscriptionId::none());
    add(RecordKind::appended, 1, 0, SubscriptionId::none());
    add(RecordKind::enqueued, 0, 0, group);
    add(RecordKind::committed, 0, 3, group);
    QCOMPARE(*metric(m_picture, *m_catalogue, MetricScope::subscription, "audit", "lag"), 3.0);
    QCOMPARE(*metric(m_picture, *m_catalogue, MetricScope::subscription, "copy", "lag"), 6.0);
    QCOMPARE(*metric(m_picture, *m_catalogue, MetricScope::channel, "log", "lag"), 9.0);
    QVERIFY(!queueMetric("lag"));
    QCOMPARE(m_picture.channel(log).taken, 6); // groups' copies are not taken once more
    QCOMPARE(m_picture.subscription(group).depth.level(), 1);
    QCOMPARE(m_picture.subscription(other).depth.level(), 0);
    QVERIFY(!metric(m_picture, *m_catalogue, MetricScope::channel, "log", "depthMax"));
}

void TestPicture::statesLatencyAndCountsAreThere() {
    const ReasonId paid = m_catalogue->addReason("paid");
    Record status = make(RecordKind::stateChanged, 1s, 1, m_first);
    status.extra = m_catalogue->addStateSlot(m_service, "order", "ORD-1");
    status.reason = paid;
    m_picture.apply(status, *m_catalogue);
    QVERIFY(m_picture.state(status.extra).status == paid);
    QVERIFY(!m_picture.state(status.extra + 1).known);
    for (int i = 1; i <= 100; ++i)
        apply(RecordKind::completed, 2s, static_cast<Ordinal>(i), PlaceId::none(), i);
    QCOMPARE(*metric(m_picture, *m_catalogue, MetricScope::run, "", "latencyP99"), 99e-9);
    QCOMPARE(*metric(m_picture, *m_catalogue, MetricScope::run, "", "latencyMax"), 100e-9);
    QCOMPARE(m_picture.index(), 101u);
}

void TestPicture::figuresWithoutObservationAreAbsent() {
    QVERIFY(!queueMetric("waitP99"));
    QVERIFY(!queueMetric("depthMean"));
    QVERIFY(!serviceFigure("utilization"));
    QVERIFY(!serviceFigure("throughput"));
    QVERIFY(!metric(m_picture, *m_catalogue, MetricScope::channel, "nowhere", "depth"));
    QVERIFY(!queueMetric("depht"));
    apply(RecordKind::stopped, 10s, 0);
    QCOMPARE(*queueMetric("depthMean"), 0.0); // observed to be empty
    QCOMPARE(*serviceFigure("utilization"), 0.0);
    QVERIFY(!metric(m_picture, *m_catalogue, MetricScope::service, "order-service", "utilization")); // has no workers
}

void TestPicture::namesOfFiguresAllAnswer() {
    enqueue(0ms, 1);
    apply(RecordKind::delivered, 1s, 1, m_first);
    apply(RecordKind::started, 1s, 1, m_first, 1'000'000'000, CopyState::inFlight);
    apply(RecordKind::finished, 2s, 1, m_first, 1'000'000'000);
    apply(RecordKind::acked, 2s, 1, m_first, 2'000'000'000);
    apply(RecordKind::completed, 2s, 1, PlaceId::none(), 2'000'000'000);
    for (const auto& [scope, object] :
         {std::pair{MetricScope::run, ""}, std::pair{MetricScope::channel, "inventory"},
          std::pair{MetricScope::subscription, "inventory"}, std::pair{MetricScope::service, "inventory-service"}})
        for (const std::string_view figure : metricNames(scope))
            if (figure != "lag")
                QVERIFY2(metric(m_picture, *m_catalogue, scope, object, figure), figure.data());
}

QTEST_APPLESS_MAIN(TestPicture)
#include "tst_picture.moc"
