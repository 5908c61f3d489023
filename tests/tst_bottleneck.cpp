// The bottleneck: samples written by hand, growth and workers worked out by hand.
#include "core/record/bottleneck.h"

#include <QTest>

using namespace weir;

class TestBottleneck : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void aGrowingQueueBeforeBusyWorkersIsOne();
    void theFastestGrowthIsNamed();
    void aGrowingQueueBeforeIdleWorkersIsNone();
    void aLongQueueThatStaysIsNone();
    void aShortLookTellsNothing();
    void noWorkerUpIsSaidWithoutANumber();
    void samplesOfDifferentMetricsAreNotCompared();
    void theHistoryKeepsTenSecondsAndForgetsTheFuture();

  private:
    // A sample a second: `depth` waits in the queue; its service has six workers, of which `busy` were busy all along.
    LoadSample sample(int second, std::int64_t depth, std::int64_t left, std::int64_t busy, std::int64_t up = 6) const;

    std::unique_ptr<Catalogue> m_catalogue;
    ServiceId m_payment, m_mail;
    SubscriptionId m_payments, m_mails;
};

void TestBottleneck::init() {
    m_catalogue = std::make_unique<Catalogue>();
    ChannelRow row;
    row.name = "payments";
    const ChannelId payments = m_catalogue->addChannel(row);
    row.name = "mail";
    const ChannelId mail = m_catalogue->addChannel(row);
    m_payment = m_catalogue->addService({.name = "payment-service", .instances = 1, .workers = 6});
    m_mail = m_catalogue->addService({.name = "email-service", .instances = 1, .workers = 6});
    m_payments = m_catalogue->addSubscription({.name = "payments", .channel = payments, .service = m_payment});
    m_mails = m_catalogue->addSubscription({.name = "mail", .channel = mail, .service = m_mail});
}

LoadSample TestBottleneck::sample(int second, std::int64_t depth, std::int64_t left, std::int64_t busy,
                                  std::int64_t up) const {
    LoadSample made;
    made.at = SimTime{std::chrono::seconds(second)};
    made.metricsStart = SimTime{};
    const TimeIntegral::Wide ns = TimeIntegral::Wide{1'000'000'000} * second;
    made.subscriptions = {{.depth = depth, .left = left}, {.depth = 0, .left = 0}};
    made.services = {{.busyArea = ns * busy, .upArea = ns * up, .up = up}, {.busyArea = 0, .upArea = ns * 6, .up = 6}};
    return made;
}

void TestBottleneck::aGrowingQueueBeforeBusyWorkersIsOne() {
    // Grows by 5 a second; 6 of 6 workers settle 18 a second, 3 each: 5 / 3 of a worker is missing, two would hold.
    std::deque<LoadSample> samples;
    for (int second = 0; second <= 8; ++second)
        samples.push_back(sample(second, 100 + 5 * second, 18 * second, 6));
    const std::optional<Bottleneck> found = bottleneck(samples, *m_catalogue);
    QVERIFY(found);
    QCOMPARE(found->service, m_payment);
    QCOMPARE(found->subscription, m_payments);
    QCOMPARE(found->growth.perSecond, 5.0);
    QCOMPARE(found->utilization, 1.0);
    QCOMPARE(found->workersMore, 2);
}

void TestBottleneck::theFastestGrowthIsNamed() {
    std::deque<LoadSample> samples;
    for (int second = 0; second <= 8; ++second) {
        LoadSample both = sample(second, 5 * second, 18 * second, 6);
        both.subscriptions[1] = {.depth = 9 * second, .left = 6 * second};
        both.services[1].busyArea = TimeIntegral::Wide{1'000'000'000} * second * 6;
        samples.push_back(both);
    }
    const std::optional<Bottleneck> found = bottleneck(samples, *m_catalogue);
    QVERIFY(found);
    QCOMPARE(found->service, m_mail);
    QCOMPARE(found->workersMore, 9); // each settles one a second
}

void TestBottleneck::aGrowingQueueBeforeIdleWorkersIsNone() {
    std::deque<LoadSample> samples;
    for (int second = 0; second <= 8; ++second)
        samples.push_back(sample(second, 5 * second, 18 * second, 4)); // 67 % busy: something else is slow
    QVERIFY(!bottleneck(samples, *m_catalogue));
}

void TestBottleneck::aLongQueueThatStaysIsNone() {
    std::deque<LoadSample> samples;
    for (int second = 0; second <= 8; ++second)
        samples.push_back(sample(second, 5'000 + second % 2, 18 * second, 6));
    QVERIFY(!bottleneck(samples, *m_catalogue));
}

void TestBottleneck::aShortLookTellsNothing() {
    std::deque<LoadSample> samples;
    QVERIFY(!bottleneck(samples, *m_catalogue));
    for (int second = 0; second <= 3; ++second)
        samples.push_back(sample(second, 50 * second, 18 * second, 6));
    QVERIFY(!bottleneck(samples, *m_catalogue));
    samples.push_back(sample(4, 200, 72, 6));
    QVERIFY(bottleneck(samples, *m_catalogue));
}

void TestBottleneck::noWorkerUpIsSaidWithoutANumber() {
    std::deque<LoadSample> samples;
    for (int second = 0; second <= 8; ++second)
        samples.push_back(sample(second, 20 * second, 0, 0, 0));
    const std::optional<Bottleneck> found = bottleneck(samples, *m_catalogue);
    QVERIFY(found);
    QCOMPARE(found->workersMore, 0);
    QCOMPARE(found->growth.perSecond, 20.0);
}

void TestBottleneck::samplesOfDifferentMetricsAreNotCompared() {
    std::deque<LoadSample> samples;
    for (int second = 0; second <= 8; ++second)
        samples.push_back(sample(second, 5 * second, 18 * second, 6));
    samples.back().metricsStart = SimTime{7s}; // the warm-up ended in between: areas began anew
    QVERIFY(!bottleneck(samples, *m_catalogue));
}

void TestBottleneck::theHistoryKeepsTenSecondsAndForgetsTheFuture() {
    Picture picture;
    LoadHistory history;
    const auto goTo = [&](Duration at) {
        Record record;
        record.kind = RecordKind::commanded;
        record.at = SimTime{at};
        picture.apply(record, *m_catalogue);
        history.observe(picture, *m_catalogue);
    };
    for (int step = 0; step <= 60; ++step)
        goTo(step * 250ms); // 0 to 15 s
    QCOMPARE(history.samples().front().at, SimTime{5s});
    QCOMPARE(history.samples().back().at, SimTime{15s});
    QCOMPARE(history.samples().size(), 21u); // one for each half second
    Picture earlier;
    Record record;
    record.kind = RecordKind::commanded;
    record.at = SimTime{7s};
    earlier.apply(record, *m_catalogue);
    history.observe(earlier, *m_catalogue);
    QCOMPARE(history.samples().back().at, SimTime{7s});
    QCOMPARE(history.samples().size(), 5u);
}

QTEST_APPLESS_MAIN(TestBottleneck)
#include "tst_bottleneck.moc"
