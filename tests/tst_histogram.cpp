// Histograms: the error's bound, quantiles by their stated rule, merging; time integrals, rates and summaries beside
// them.
#include "core/kernel/hash.h"
#include "core/record/histogram.h"
#include "core/record/rate_window.h"
#include "core/record/summary.h"
#include "core/record/time_integral.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace weir;

class TestHistogram : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void emptyOneHasNoFigures();
    void smallWholeNumbersAreExact();
    void quantileIsTheNearestRank();
    void errorStaysBelowOnePercent();
    void errorIsBoundAtEveryEdgeOfABucket();
    void countSumAndExtremesAreExact();
    void belowZeroCountsAsZero();
    void mergedIsWhatOneWouldHaveSeen();
    void roomIsTakenByTouchedOctavesOnly();
    void timeIntegralIsExactAndForgetsOnReset();
    void rateCountsWhatTheWindowCovers();
    void summaryGivesStudentsInterval();
};

void TestHistogram::emptyOneHasNoFigures() {
    const Histogram histogram;
    QVERIFY(!histogram.mean() && !histogram.min() && !histogram.max() && !histogram.quantile(0.5));
    QCOMPARE(histogram.count(), 0u);
}

void TestHistogram::smallWholeNumbersAreExact() {
    for (std::int64_t value = 0; value < 128; ++value) {
        Histogram histogram;
        histogram.add(0);
        histogram.add(value);
        histogram.add(1000); // so that clamping to the extremes does not hide the bucket
        QCOMPARE(*histogram.quantile(0.5), static_cast<double>(value));
    }
}

void TestHistogram::quantileIsTheNearestRank() {
    Histogram histogram;
    for (std::int64_t value = 1; value <= 100; ++value)
        histogram.add(value);
    QCOMPARE(*histogram.quantile(0), 1.0);
    QCOMPARE(*histogram.quantile(0.01), 1.0);
    QCOMPARE(*histogram.quantile(0.07), 7.0); // 0.07 * 100 is above 7 in binary
    QCOMPARE(*histogram.quantile(0.5), 50.0);
    QCOMPARE(*histogram.quantile(0.501), 51.0);
    QCOMPARE(*histogram.quantile(0.99), 99.0);
    QCOMPARE(*histogram.quantile(0.999), 100.0);
    QCOMPARE(*histogram.quantile(1), 100.0);
}

void TestHistogram::errorStaysBelowOnePercent() {
    Histogram histogram;
    std::vector<std::int64_t> values;
    for (std::uint64_t i = 0; i < 20'000; ++i) { // spread over 1 ns .. 18 minutes, octave by octave
        const std::uint64_t draw = mix64(i);
        values.push_back(static_cast<std::int64_t>((draw >> 24) >> (draw % 40)));
        histogram.add(values.back());
    }
    std::sort(values.begin(), values.end());
    for (const double fraction : {0.001, 0.05, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999}) {
        const auto exact = static_cast<double>(values[static_cast<std::size_t>(std::ceil(fraction * 20'000)) - 1]);
        const double error = std::abs(*histogram.quantile(fraction) - exact);
        QVERIFY2(error <= 0.0079 * exact,
                 qPrintable(QString("at %1: off by %2 of %3").arg(fraction).arg(error).arg(exact)));
    }
}

void TestHistogram::errorIsBoundAtEveryEdgeOfABucket() {
    for (int power = 7; power < 63; ++power)
        for (const std::int64_t offset : {-1, 0, 1}) {
            const std::int64_t value = (std::int64_t{1} << power) + offset;
            Histogram histogram;
            histogram.add(0);
            histogram.add(value);
            histogram.add(INT64_MAX);
            const double error = std::abs(*histogram.quantile(0.5) - static_cast<double>(value));
            QVERIFY2(error <= 0.0079 * static_cast<double>(value), qPrintable(QString::number(value)));
        }
}

void TestHistogram::countSumAndExtremesAreExact() {
    Histogram histogram;
    for (int i = 0; i < 4; ++i)
        histogram.add(INT64_MAX);
    histogram.add(7);
    QCOMPARE(histogram.count(), 5u);
    QVERIFY(histogram.sum() == static_cast<Histogram::Wide>(INT64_MAX) * 4 + 7);
    QCOMPARE(*histogram.min(), 7);
    QCOMPARE(*histogram.max(), INT64_MAX);
    Histogram two;
    two.add(1'000'000);
    two.add(2'000'001);
    QCOMPARE(*two.mean(), 1'500'000.5);
}

void TestHistogram::belowZeroCountsAsZero() {
    Histogram histogram;
    histogram.add(-5);
    QCOMPARE(*histogram.min(), 0);
    QCOMPARE(*histogram.mean(), 0.0);
}

void TestHistogram::mergedIsWhatOneWouldHaveSeen() {
    Histogram all, left, right, backwards;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        const auto value = static_cast<std::int64_t>(mix64(i) >> (20 + i % 30));
        all.add(value);
        (i % 3 == 0 ? left : right).add(value);
    }
    backwards = right;
    backwards.merge(left);
    left.merge(right);
    QVERIFY(left == all);
    QVERIFY(backwards == all);
    QVERIFY(!(right == all));
    left.merge(Histogram());
    QVERIFY(left == all);
    Histogram empty;
    empty.merge(all);
    QVERIFY(empty == all);
}

void TestHistogram::roomIsTakenByTouchedOctavesOnly() {
    Histogram histogram;
    for (std::int64_t value = 10'000'000; value < 33'000'000; value += 10'000) // 2^24 lies between
        histogram.add(value);
    QCOMPARE(histogram.memoryBytes(), 2u * 256u);
}

void TestHistogram::timeIntegralIsExactAndForgetsOnReset() {
    TimeIntegral depth;
    depth.change(SimTime{10ns}, 3);
    depth.change(SimTime{14ns}, -1);
    QVERIFY(depth.area(SimTime{20ns}) == 3 * 4 + 2 * 6);
    QCOMPARE(*depth.mean(SimTime{20ns}), 1.2);
    QCOMPARE(depth.max(), 3);
    depth.reset(SimTime{20ns});
    QVERIFY(!depth.mean(SimTime{20ns}));
    QCOMPARE(depth.max(), 2);
    QCOMPARE(*depth.mean(SimTime{25ns}), 2.0);
    // A million copies for a hundred days do not fit into 64 bits.
    TimeIntegral large;
    large.change(SimTime{}, 1'000'000);
    QCOMPARE(*large.mean(SimTime{2400h}), 1e6);
}

void TestHistogram::rateCountsWhatTheWindowCovers() {
    RateWindow rate;
    for (int i = 0; i < 100; ++i) // 10/s for 10 s
        rate.add(RateWindow::bucketOf(SimTime{100ms * i}));
    QCOMPARE(rate.perSecond(SimTime{4900ms}), 50 / 4.9); // since the start
    QCOMPARE(rate.perSecond(SimTime{9900ms}), 100 / 9.9);
    // At 12 s the window begins at 2.5 s: 75 of them in 9.5 s.
    QCOMPARE(rate.perSecond(SimTime{12s}), 75 / 9.5);
    QCOMPARE(rate.perSecond(SimTime{60s}), 0.0);
    rate.add(RateWindow::bucketOf(SimTime{60s}));
    QCOMPARE(rate.perSecond(SimTime{60s}), 1 / 9.5);
    QCOMPARE(RateWindow().perSecond(SimTime{}), 0.0);
}

void TestHistogram::summaryGivesStudentsInterval() {
    Summary summary;
    QVERIFY(!summary.mean());
    summary.add(4);
    QVERIFY(!summary.ci95());
    for (const double observation : {6.0, 8.0, 10.0, 12.0})
        summary.add(observation);
    QCOMPARE(*summary.mean(), 8.0);
    // s = sqrt(10), n = 5: t(4) = 2.7764 times s / sqrt(5) = sqrt(2).
    QVERIFY(std::abs(*summary.ci95() - 2.7764 * 1.4142136) < 1e-5);
    QVERIFY(std::abs(Summary::studentT975(49) - 2.0096) < 0.001);
    QVERIFY(std::abs(Summary::studentT975(99) - 1.9842) < 0.001);
    QVERIFY(std::abs(Summary::studentT975(100'000) - 1.9600) < 0.0001);
}

QTEST_APPLESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
