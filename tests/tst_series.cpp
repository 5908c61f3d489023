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
    QCOMPARE(series.bins()[0].depthMax, 2);
    QCOMPARE(series.bins()[0].latency.count(), std::uint64_t{1});
    QCOMPARE(series.bins()[1].acked, 1);
    QCOMPARE(series.bins()[1].depthMin, 1);
    QCOMPARE(series.bins()[1].depthMax, 1);
}

void TestSeries::whatIsPrefetchedStillWaits() {
    const Fixture f;
    Series series({SeriesScope::Kind::channel, 0});
    series.apply(f.record(RecordKind::enqueued, 0ms, 1, f.atQueue), f.catalogue);
    series.apply(f.record(RecordKind::delivered, 60ms, 1, f.atConsumer), f.catalogue);
    series.apply(f.record(RecordKind::requeued, 110ms, 1, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    QCOMPARE(series.bins()[1].depthMax, 1);
    QCOMPARE(series.bins()[2].depthMax, 1); // never started: it did not stop waiting
    series.apply(f.record(RecordKind::delivered, 120ms, 1, f.atConsumer), f.catalogue);
    series.apply(f.record(RecordKind::started, 130ms, 1, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    series.apply(f.record(RecordKind::requeued, 160ms, 1, f.atConsumer, 0, CopyState::inFlight), f.catalogue);
    QCOMPARE(series.bins()[2].depthMin, 0);
    QCOMPARE(series.bins()[3].depthMax, 1);
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
    QCOMPARE(series.bins()[5].depthMin, 1);
    QCOMPARE(series.bins()[5].depthMax, 1);
    QCOMPARE(series.bins()[10].depthMax, 2);
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
    QVERIFY(std::abs(*series.bins()[0].latency.quantile(0.5) - 30e6) <= 0.008 * 30e6);
}

QTEST_APPLESS_MAIN(TestSeries)
#include "tst_series.moc"
