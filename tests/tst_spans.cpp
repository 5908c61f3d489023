// Causal trees and spans: who caused what, and where the time went.
#include "core/record/recorder.h"
#include "core/record/spans.h"

#include <QTest>

using namespace weir;

// Message 1 (order.created) is handled by `inventory` at the second attempt and leads to 3 (inventory.updated), which
// waits. Message 2 is somebody else's.
class TestSpans : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void treeHoldsTheRootsMessagesAndNoOthers();
    void treeOfALeafIsTheSameTree();
    void chainGoesUpAndDown();
    void treeEndsWhereItIsCompleted();
    void limitsAreToldAndKept();
    void spansTellWhereTheTimeWent();
    void handlingThatWasTakenBackEndsWithItsWorker();
    void unknownMessageHasNoTree();

  private:
    void add(RecordKind kind, Duration at, Ordinal ordinal, PlaceId place, std::int64_t value = 0,
             std::uint16_t attempt = 0);
    RecordReader reader() const { return RecordReader(m_recorder->store()); }

    std::shared_ptr<Catalogue> m_catalogue;
    std::unique_ptr<Recorder> m_recorder;
    PlaceId m_shop, m_queue, m_worker, m_out, m_sink;
};

void TestSpans::init() {
    m_catalogue = std::make_shared<Catalogue>();
    m_recorder = std::make_unique<Recorder>(m_catalogue);
    const ChannelId orders = m_catalogue->addChannel({.name = "orders", .kind = ChannelKind::topic});
    const ChannelId inventory = m_catalogue->addChannel({.name = "inventory"});
    const ChannelId payments = m_catalogue->addChannel({.name = "payments"});
    const ServiceId shop = m_catalogue->addService({.name = "shop"});
    const ServiceId service = m_catalogue->addService({.name = "inventory-service", .instances = 1, .workers = 1});
    const auto placed = [&](ChannelId channel, SubscriptionId subscription, ServiceId at) {
        Place place;
        place.channel = channel;
        place.subscription = subscription;
        place.service = at;
        return m_catalogue->addPlace(place);
    };
    const SubscriptionId subscription =
        m_catalogue->addSubscription({.name = "inventory", .channel = inventory, .service = service});
    const SubscriptionId next = m_catalogue->addSubscription({.name = "payments", .channel = payments, .service = {}});
    m_shop = placed(orders, {}, shop);
    m_queue = placed(inventory, subscription, {});
    m_worker = placed(inventory, subscription, service);
    m_out = placed(orders, {}, service);
    m_sink = placed(payments, next, {});

    add(RecordKind::published, 0ms, 1, m_shop);
    add(RecordKind::enqueued, 1ms, 1, m_queue, -1);
    add(RecordKind::published, 2ms, 2, m_shop);
    add(RecordKind::enqueued, 2ms, 2, m_queue, -1);
    add(RecordKind::delivered, 3ms, 1, m_worker, 0, 1);
    add(RecordKind::started, 5ms, 1, m_worker, 4'000'000, 1);
    add(RecordKind::failed, 9ms, 1, m_worker, 4'000'000, 1);
    add(RecordKind::retryScheduled, 9ms, 1, m_worker, 10'000'000, 1);
    add(RecordKind::released, 19ms, 1, m_queue);
    add(RecordKind::delivered, 20ms, 1, m_worker, 0, 2);
    add(RecordKind::started, 20ms, 1, m_worker, 19'000'000, 2);
    add(RecordKind::finished, 25ms, 1, m_worker, 5'000'000, 2);
    add(RecordKind::published, 25ms, 3, m_out, 1);
    add(RecordKind::acked, 25ms, 1, m_worker, 25'000'000, 2);
    add(RecordKind::enqueued, 26ms, 3, m_sink, -1);
    add(RecordKind::stopped, 30ms, 0, PlaceId::none());
}

void TestSpans::add(RecordKind kind, Duration at, Ordinal ordinal, PlaceId place, std::int64_t value,
                    std::uint16_t attempt) {
    Record record;
    record.kind = kind;
    record.at = SimTime{at};
    record.ordinal = ordinal;
    record.place = place;
    record.value = value;
    record.attempt = attempt;
    m_recorder->append(record);
}

void TestSpans::treeHoldsTheRootsMessagesAndNoOthers() {
    const auto tree = causalTree(reader(), 1);
    QVERIFY(tree);
    const std::vector<CausalTree::Message> expected{{1, 0, 0, 0}, {3, 1, 12, 1}};
    QVERIFY(tree->messages == expected);
    const std::vector<std::uint64_t> records{0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
    QVERIFY(tree->records == records);
    QVERIFY(!tree->completed && !tree->truncated && !tree->rootEvicted);
}

void TestSpans::treeOfALeafIsTheSameTree() {
    QVERIFY(causalTree(reader(), 3)->records == causalTree(reader(), 1)->records);
    QCOMPARE(causalTree(reader(), 2)->messages.size(), 1u);
}

void TestSpans::chainGoesUpAndDown() {
    add(RecordKind::published, 31ms, 4, m_out, 3);
    const RecordReader seen = reader();
    QVERIFY((ancestors(seen, 4) == std::vector<Ordinal>{3, 1}));
    QVERIFY(ancestors(seen, 2).empty());
    const auto tree = causalTree(seen, 4);
    QVERIFY((descendants(*tree, 1) == std::vector<Ordinal>{3, 4}));
    QVERIFY((descendants(*tree, 3) == std::vector<Ordinal>{4}));
    QCOMPARE(tree->find(4)->depth, 2u);
    QVERIFY(!tree->find(2));
}

void TestSpans::treeEndsWhereItIsCompleted() {
    add(RecordKind::completed, 40ms, 1, PlaceId::none(), 40'000'000);
    add(RecordKind::purged, 50ms, 3, m_sink);
    const auto tree = causalTree(reader(), 1);
    QVERIFY(tree->completed);
    QCOMPARE(tree->records.back(), 16u);
}

void TestSpans::limitsAreToldAndKept() {
    const auto fewMessages = causalTree(reader(), 1, {.messagesMax = 1, .recordsMax = 100, .recordsReadMax = 100});
    QVERIFY(fewMessages->truncated);
    QCOMPARE(fewMessages->messages.size(), 1u);
    const auto fewRecords = causalTree(reader(), 1, {.messagesMax = 100, .recordsMax = 3, .recordsReadMax = 100});
    QVERIFY(fewRecords->truncated);
    QCOMPARE(fewRecords->records.size(), 3u);
    const auto fewRead = causalTree(reader(), 1, {.messagesMax = 100, .recordsMax = 100, .recordsReadMax = 5});
    QVERIFY(fewRead->truncated);
    QVERIFY((fewRead->records == std::vector<std::uint64_t>{0, 1, 4}));
}

void TestSpans::spansTellWhereTheTimeWent() {
    const RecordReader seen = reader();
    const std::vector<Span> found = spans(seen, *causalTree(seen, 1));
    struct Expected {
        SpanKind kind;
        Duration begin, end;
        Ordinal ordinal;
        std::size_t parent;
        std::uint16_t attempt;
        bool open;
        RecordKind ending;
    };
    const std::vector<Expected> expected{
        {SpanKind::message, 0ms, 25ms, 1, Span::noParent, 0, false, RecordKind::published},
        {SpanKind::queued, 1ms, 5ms, 1, 0, 0, false, RecordKind::started},
        {SpanKind::handling, 5ms, 9ms, 1, 0, 1, false, RecordKind::failed},
        {SpanKind::backoff, 9ms, 19ms, 1, 0, 1, false, RecordKind::released},
        {SpanKind::redelivery, 19ms, 20ms, 1, 0, 0, false, RecordKind::started},
        {SpanKind::handling, 20ms, 25ms, 1, 0, 2, false, RecordKind::finished},
        {SpanKind::message, 25ms, 26ms, 3, 5, 0, false, RecordKind::published},
        {SpanKind::queued, 26ms, 30ms, 3, 6, 0, true, RecordKind::published}};
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const Expected& wanted = expected[i];
        const QByteArray where = QByteArray::number(static_cast<qulonglong>(i));
        QVERIFY2(found[i].kind == wanted.kind && found[i].ordinal == wanted.ordinal, where);
        QVERIFY2(found[i].begin == SimTime{wanted.begin} && found[i].end == SimTime{wanted.end}, where);
        QVERIFY2(found[i].parent == wanted.parent && found[i].attempt == wanted.attempt, where);
        QVERIFY2(found[i].open == wanted.open && found[i].ending == wanted.ending, where);
    }
}

void TestSpans::handlingThatWasTakenBackEndsWithItsWorker() {
    add(RecordKind::delivered, 30ms, 2, m_worker, 0, 1);
    add(RecordKind::started, 30ms, 2, m_worker, 28'000'000, 1);
    add(RecordKind::timedOut, 40ms, 2, m_worker, 0, 1);
    add(RecordKind::requeued, 40ms, 2, m_queue);
    add(RecordKind::delivered, 41ms, 2, m_worker, 0, 2);
    add(RecordKind::started, 41ms, 2, m_worker, 39'000'000, 2);
    add(RecordKind::finished, 50ms, 2, m_worker, 20'000'000, 1);
    add(RecordKind::deadLettered, 60ms, 2, m_worker, -1, 2);
    const RecordReader seen = reader();
    const std::vector<Span> found = spans(seen, *causalTree(seen, 2));
    QCOMPARE(found.size(), 5u); // message, queued, handling, queued, handling
    QCOMPARE(found[2].end, SimTime{50ms});
    QCOMPARE(found[2].ending, RecordKind::finished);
    QCOMPARE(found[3].begin, SimTime{40ms});
    QCOMPARE(found[3].end, SimTime{41ms});
    QCOMPARE(found[4].end, SimTime{60ms});
    QCOMPARE(found[4].ending, RecordKind::deadLettered);
}

void TestSpans::unknownMessageHasNoTree() {
    QVERIFY(!causalTree(reader(), 99));
    QVERIFY(!causalTree(reader(), 0));
}

QTEST_APPLESS_MAIN(TestSpans)
#include "tst_spans.moc"
