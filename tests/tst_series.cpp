// Time series of a run, with records written by hand.
#include "core/record/series.h"

#include <QTest>

using namespace weir;

namespace {

struct Fixture {
    Catalogue catalogue;
    PlaceId atQueue, atConsumer, atProducer;

    Fixture() {
        ChannelRow queue;
        queue.name = "jobs";
        const ChannelId channel = catalogue.addChannel(queue);
        ServiceRow consumer;
        consumer.name = "consumer";
        consumer.workers = 1;
        const ServiceId service = catalogue.addService(consumer);
        ServiceRow producer;
        producer.name = "producer";
        const ServiceId source = catalogue.addService(producer);
        SubscriptionRow row;
        row.name = "jobs";
        row.channel = channel;
        row.service = service;
        const SubscriptionId subscription = catalogue.addSubscription(row);
        atQueue = catalogue.addPlace({.channel = channel, .subscription = subscription});
        atConsumer = catalogue.addPlace({.channel = channel, .subscription = subscription, .service = service, .instance = 0});
        atProducer = catalogue.addPlace({.channel = channel, .service = source});
    }

    Record record(RecordKind kind, Duration at, Ordinal ordinal, PlaceId place, std::int64_t value = 0,
                  CopyState from = CopyState::none) const {
        Record made;
        made.kind = kind;
        made.at = SimTime{at};
        made.ordinal = ordinal;
        made.place = place;
        made.value = value;
        made.bits = Record::bitsOf(from);
        return made;
    }
};

} // namespace

class TestSeries : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aQueuesDepthGoesUpAndDownWithItsCopies();
    void whatIsPrefetchedStillWaits();
    void binsDoubleWhenTheRunOutgrowsThem();
    void quietTimeKeepsTheDepth();
    void aServiceCountsItsHandlings();
    void aServiceIsBusyForAsLongAsItsHandlingsTake();
    void aCrashedInstanceHasNoWorkers();
    void aWindowHasNarrowBinsAndTheLevelsFromBefore();
    void aWindowEndsWithItsEnd();
    void aStreamsLagIsWhatItsGroupsHaveToRead();
    void aStateSlotIsKnownFromItsFirstChange();
    void redeliveriesAreCountedApart();
};

void TestSeries::aQueuesDepthGoesUpAndDownWithItsCopies() {
    const Fixture f;
    Series series({SeriesScope::Kind::channel, 0});
    series.apply(f.record(RecordKind::enqueued, 0ms, 1, f.atQueue), f.catalogue);
    series.apply(f.record(RecordKind::enqueued, 10ms, 2, f.atQueue), f.catalogue);
    series.apply(f.record(RecordKind::delivered, 20ms, 1, f.atConsumer), f.catalogue);
    series.apply(f.record(RecordKind::started, 20ms, 1, f.atConsumer, 20'000'000, CopyState::inFlight), f.catalogue);
    series.apply(f.record(RecordKind::acked, 60ms, 1, f.atConsumer), f.catalogue);
    QCOMPARE(series.bins().size(), std::size_t{2});
    QCOMPARE(series.bins()[0].published, 2);
    QCOMPARE(series.bins()[0].depth.max, 2);
    QCOMPARE(series.bins()[0].wait.count(), std::uint64_t{1});
    QCOMPARE(series.bins()[1].acked, 1);
    QCOMPARE(series.bins()[1].depth.min, 1);
    QCOMPARE(series.bins()[1].depth.max, 1);
}

void TestSeries::whatIsPrefetchedStillWaits() {
    const Fixture f;
    Series series({SeriesScope::Kind::channel, 0});
    series.apply(f.record(RecordKind::enqueued, 0ms, 1, f.atQueue), f.catalogue);
    series.apply(f.record(RecordKind::delivered, 60ms, 1, f.atConsumer), f.catalogue);
    series.apply(f.record(RecordKind::requeued, 110ms, 1, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    QCOMPARE(series.bins()[1].depth.max, 1);
    QCOMPARE(series.bins()[2].depth.max, 1); // never started: it did not stop waiting
    series.apply(f.record(RecordKind::delivered, 120ms, 1, f.atConsumer), f.catalogue);
    series.apply(f.record(RecordKind::started, 130ms, 1, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    series.apply(f.record(RecordKind::requeued, 160ms, 1, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    QCOMPARE(series.bins()[2].depth.min, 0);
    QCOMPARE(series.bins()[3].depth.max, 1);
}

void TestSeries::binsDoubleWhenTheRunOutgrowsThem() {
    const Fixture f;
    Series series({SeriesScope::Kind::run, 0});
    for (int i = 0; i < 1000; ++i)
        series.apply(f.record(RecordKind::published, Duration{50ms} * i, static_cast<Ordinal>(i) + 1, f.atProducer), f.catalogue);
    QCOMPARE(series.binWidth(), Duration{100ms});
    QCOMPARE(series.bins().size(), std::size_t{500});
    for (const Series::Bin& bin : series.bins())
        QCOMPARE(bin.published, 2);
}

void TestSeries::quietTimeKeepsTheDepth() {
    const Fixture f;
    Series series({SeriesScope::Kind::run, 0});
    series.apply(f.record(RecordKind::enqueued, 0ms, 1, f.atQueue), f.catalogue);
    series.apply(f.record(RecordKind::enqueued, 500ms, 2, f.atQueue), f.catalogue);
    QCOMPARE(series.bins()[5].depth.min, 1);
    QCOMPARE(series.bins()[5].depth.max, 1);
    QCOMPARE(series.bins()[10].depth.max, 2);
}

void TestSeries::aServiceCountsItsHandlings() {
    const Fixture f;
    Series series({SeriesScope::Kind::service, 0});
    series.apply(f.record(RecordKind::started, 0ms, 1, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    series.apply(f.record(RecordKind::finished, 30ms, 1, f.atConsumer, 30'000'000), f.catalogue);
    series.apply(f.record(RecordKind::acked, 30ms, 1, f.atConsumer), f.catalogue);
    series.apply(f.record(RecordKind::failed, 40ms, 2, f.atConsumer), f.catalogue);
    series.apply(f.record(RecordKind::published, 40ms, 3, f.atProducer), f.catalogue); // another service's
    QCOMPARE(series.bins()[0].acked, 1);
    QCOMPARE(series.bins()[0].failed, 1);
    QCOMPARE(series.bins()[0].published, 0);
    QVERIFY(std::abs(*series.bins()[0].service.quantile(0.5) - 30e6) <= 0.008 * 30e6);
}

void TestSeries::aServiceIsBusyForAsLongAsItsHandlingsTake() {
    const Fixture f;
    Series series({SeriesScope::Kind::service, 0});
    series.apply(f.record(RecordKind::started, 10ms, 1, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    series.apply(f.record(RecordKind::finished, 40ms, 1, f.atConsumer, 30'000'000), f.catalogue);
    series.apply(f.record(RecordKind::started, 45ms, 2, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    series.reach(SimTime{150ms});
    // 30 ms, then the last 5 of the first bin, then all of the others.
    QVERIFY(std::abs(series.bins()[0].busy.area - 0.035) < 1e-12);
    QVERIFY(std::abs(series.bins()[1].busy.area - 0.05) < 1e-12);
    QCOMPARE(series.bins()[0].busy.max, 1);
    QCOMPARE(series.bins()[1].busy.min, 1);
    // One instance of one worker was up all the time.
    QVERIFY(std::abs(series.bins()[1].up.area - 0.05) < 1e-12);
}

void TestSeries::aCrashedInstanceHasNoWorkers() {
    const Fixture f;
    Series series({SeriesScope::Kind::service, 0});
    series.apply(f.record(RecordKind::started, 0ms, 1, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    series.apply(f.record(RecordKind::crashed, 50ms, 0, f.atConsumer), f.catalogue);
    series.apply(f.record(RecordKind::restarted, 100ms, 0, f.atConsumer), f.catalogue);
    series.reach(SimTime{160ms});
    QCOMPARE(series.bins()[1].up.min, 0);
    QCOMPARE(series.bins()[1].busy.min, 0);
    QVERIFY(std::abs(series.bins()[1].up.area) < 1e-12);
    QVERIFY(std::abs(series.bins()[2].up.area - 0.05) < 1e-12);
}

void TestSeries::aWindowHasNarrowBinsAndTheLevelsFromBefore() {
    const Fixture f;
    Series series({SeriesScope::Kind::channel, 0}, {SimTime{1s}, SimTime{1s + 512us}});
    QCOMPARE(series.binWidth(), Duration{1us});
    series.apply(f.record(RecordKind::enqueued, 0ms, 1, f.atQueue), f.catalogue);
    series.apply(f.record(RecordKind::enqueued, 500ms, 2, f.atQueue), f.catalogue);
    QVERIFY(series.bins().empty());
    series.apply(f.record(RecordKind::enqueued, 1s + 10us, 3, f.atQueue), f.catalogue);
    QCOMPARE(series.bins().size(), std::size_t{11});
    QCOMPARE(series.bins()[0].depth.max, 2);
    QCOMPARE(series.bins()[0].published, 0);
    QCOMPARE(series.bins()[10].depth.max, 3);
    QCOMPARE(series.bins()[10].published, 1);
}

void TestSeries::aWindowEndsWithItsEnd() {
    const Fixture f;
    Series series({SeriesScope::Kind::channel, 0}, {SimTime{0s}, SimTime{512ms}});
    series.apply(f.record(RecordKind::enqueued, 0ms, 1, f.atQueue), f.catalogue);
    series.apply(f.record(RecordKind::enqueued, 512ms, 2, f.atQueue), f.catalogue); // not in it
    QVERIFY(series.complete());
    QCOMPARE(series.bins().size(), std::size_t{512});
    double area = 0;
    for (const Series::Bin& bin : series.bins())
        area += bin.depth.area;
    QVERIFY(std::abs(area - 0.512) < 1e-9);
    QCOMPARE(series.bins().back().depth.max, 1);
}

void TestSeries::aStreamsLagIsWhatItsGroupsHaveToRead() {
    Catalogue catalogue;
    ChannelRow stream;
    stream.name = "log";
    stream.kind = ChannelKind::stream;
    stream.partitions = 1;
    const ChannelId channel = catalogue.addChannel(stream);
    std::vector<PlaceId> groups;
    for (const char* name : {"first", "second"}) {
        SubscriptionRow row;
        row.name = name;
        row.channel = channel;
        const SubscriptionId id = catalogue.addSubscription(row);
        groups.push_back(catalogue.addPlace({.channel = channel, .subscription = id, .service = {}, .partition = 0}));
    }
    const PlaceId partition = catalogue.addPlace({.channel = channel, .subscription = {}, .service = {}, .partition = 0});
    Series series({SeriesScope::Kind::channel, 0});
    for (std::uint32_t offset = 0; offset < 3; ++offset) {
        Record record;
        record.kind = RecordKind::appended;
        record.place = partition;
        record.extra = offset;
        series.apply(record, catalogue);
    }
    QCOMPARE(series.bins()[0].lag.max, 6); // three records, two groups
    Record committed;
    committed.kind = RecordKind::committed;
    committed.at = SimTime{60ms};
    committed.place = groups[0];
    committed.extra = 2; // has read two
    series.apply(committed, catalogue);
    QCOMPARE(series.bins()[1].lag.min, 4);
}

void TestSeries::aStateSlotIsKnownFromItsFirstChange() {
    const Fixture f;
    Series series({SeriesScope::Kind::state, 3});
    Record change;
    change.kind = RecordKind::stateChanged;
    change.place = f.atConsumer;
    change.extra = 2; // another slot
    change.value = 99;
    series.apply(change, f.catalogue);
    QVERIFY(!series.bins()[0].state.known());
    change.extra = 3;
    change.at = SimTime{60ms};
    change.value = 7;
    series.apply(change, f.catalogue);
    QCOMPARE(series.bins()[1].state.min, 7);
    QCOMPARE(series.bins()[1].state.max, 7);
    change.at = SimTime{80ms};
    change.value = 5;
    series.apply(change, f.catalogue);
    series.reach(SimTime{100ms});
    QCOMPARE(series.bins()[1].state.min, 5);
    QVERIFY(std::abs(series.bins()[1].state.area - (7 * 0.02 + 5 * 0.02)) < 1e-12);
}

void TestSeries::redeliveriesAreCountedApart() {
    const Fixture f;
    Series series({SeriesScope::Kind::channel, 0});
    Record delivered = f.record(RecordKind::delivered, 0ms, 1, f.atConsumer);
    delivered.attempt = 1;
    series.apply(delivered, f.catalogue);
    delivered.attempt = 2;
    series.apply(delivered, f.catalogue);
    QCOMPARE(series.bins()[0].delivered, 2);
    QCOMPARE(series.bins()[0].redelivered, 1);
    QCOMPARE(series.bins()[0].unacked.max, 2);
}

QTEST_APPLESS_MAIN(TestSeries)
#include "tst_series.moc"
