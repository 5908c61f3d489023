// Arrivals: exact times where they are regular, and Poisson properties with fixed seeds where they are not.
#include "core/kernel/arrivals.h"

#include <QTest>

#include <cmath>

using namespace weir;
using Spacing = Arrivals::Spacing;

namespace {

ArrivalState stateOf(const Arrivals& arrivals, std::uint64_t seed = 1) {
    return ArrivalState(arrivals, Stream(seed, "source"), SimTime{});
}

std::vector<std::int64_t> milliseconds(ArrivalState state, std::size_t count) {
    std::vector<std::int64_t> times;
    while (times.size() < count) {
        const std::optional<Arrival> arrival = state.next();
        if (!arrival)
            break;
        times.push_back(arrival->at.time_since_epoch().count() / 1'000'000);
    }
    return times;
}

std::vector<SimTime> timesUntil(ArrivalState state, SimTime end) {
    std::vector<SimTime> times;
    for (std::optional<Arrival> arrival = state.next(); arrival && arrival->at < end; arrival = state.next())
        times.push_back(arrival->at);
    return times;
}

using Milliseconds = std::vector<std::int64_t>;

} // namespace

class TestArrivals : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void intervalsAreExactAndDoNotDrift();
    void poissonGapsAreExponential();
    void burstsFillTheirPhasesOnly();
    void rampsFollowTheIntegralOfTheRate();
    void stepsAndSilencesOfAScheduleAreKept();
    void repeatingScheduleStartsOver();
    void poissonScheduleHasTheRightCounts();
    void explicitTimesAreKept();
    void batchesHaveTheirSizes();
    void limitsAreKept();
    void closedLoopThinksAfterEachCompletion();
    void factorKeepsWhatHasAddedUp();
    void factorOfZeroPauses();
    void factorInsideBurstsAndSchedules();
    void copyGoesOnIdentically();
    void ratesAreKnownBeforehand();
    void whatMakesNoSenseIsRefused();
};

void TestArrivals::intervalsAreExactAndDoNotDrift() {
    ArrivalState every = stateOf(*Arrivals::every(7ms));
    for (std::int64_t i = 1; i <= 1'000'000; ++i)
        QCOMPARE(every.next()->at.time_since_epoch().count(), i * 7'000'000);
    ArrivalState third = stateOf(*Arrivals::constant(Rate{3}, Spacing::regular));
    QCOMPARE(third.next()->at.time_since_epoch().count(), 333'333'333);
    QCOMPARE(third.next()->at.time_since_epoch().count(), 666'666'667);
    QCOMPARE(third.next()->at.time_since_epoch().count(), 1'000'000'000);
    QCOMPARE(milliseconds(stateOf(Arrivals()), 5), Milliseconds{});
}

void TestArrivals::poissonGapsAreExponential() {
    const std::vector<SimTime> times =
        timesUntil(stateOf(*Arrivals::constant(Rate{20}, Spacing::poisson)), SimTime{5'000s});
    // 100,000 expected, standard deviation 316.
    QVERIFY(std::abs(static_cast<int>(times.size()) - 100'000) < 1'400);
    double squares = 0;
    int longGaps = 0;
    for (std::size_t i = 1; i < times.size(); ++i) {
        const double gap = seconds(times[i] - times[i - 1]) * 20;
        QVERIFY(gap >= 0);
        squares += gap * gap;
        longGaps += gap > 1;
    }
    const auto n = static_cast<double>(times.size());
    QVERIFY(std::fabs(squares / n - 2) < 0.065);               // standard error 0.014
    QVERIFY(std::fabs(longGaps / n - std::exp(-1.0)) < 0.007); // standard error 0.0015
}

void TestArrivals::burstsFillTheirPhasesOnly() {
    Arrivals::Bursts bursts{
        .on = *Distribution::constant(1), .off = *Distribution::constant(2), .rateOn = {4}, .rateOff = {0}};
    const Arrivals regular = *Arrivals::bursts(bursts, Spacing::regular);
    QCOMPARE(milliseconds(stateOf(regular), 6), (Milliseconds{250, 500, 750, 1000, 3250, 3500}));
    QCOMPARE(regular.meanRate().value(), 4.0 / 3);
    QCOMPARE(regular.peakRate().value(), 4.0);
    for (const SimTime at : timesUntil(stateOf(*Arrivals::bursts(bursts, Spacing::poisson)), SimTime{3'000s}))
        QVERIFY(at.time_since_epoch() % 3s <= 1s);
    // With random phases the long run has the mean rate.
    bursts.on = *Distribution::exponential(1);
    bursts.off = *Distribution::exponential(2);
    const auto count = timesUntil(stateOf(*Arrivals::bursts(bursts, Spacing::poisson)), SimTime{30'000s}).size();
    // 40,000 expected. The time spent in `on` has the variance 2 * 1 * 4 / 27 * 30,000 s, its standard deviation is 94
    // s or 377 arrivals; with the 200 of the Poisson process that makes 427.
    QVERIFY2(std::abs(static_cast<int>(count) - 40'000) < 2'000, qPrintable(QString::number(count)));
}

void TestArrivals::rampsFollowTheIntegralOfTheRate() {
    // From 0 to 10/s in 5 s: t^2 arrivals by t, so the n-th at sqrt(n); then 10/s.
    const Arrivals ramp =
        *Arrivals::schedule({.points = {{.at = 0s, .rate = {0}}, {.at = 5s, .rate = {10}}}}, Spacing::regular);
    ArrivalState state = stateOf(ramp);
    for (int n = 1; n <= 25; ++n)
        QVERIFY(std::fabs(seconds(state.next()->at) - std::sqrt(n)) < 1e-7);
    for (int n = 1; n <= 100; ++n)
        QVERIFY(std::fabs(seconds(state.next()->at) - (5 + n * 0.1)) < 1e-6);
    // And down again: 10/s falling to 0 at 2 s is 10 arrivals in all.
    const Arrivals fall =
        *Arrivals::schedule({.points = {{.at = 0s, .rate = {10}}, {.at = 2s, .rate = {0}}}}, Spacing::regular);
    state = stateOf(fall);
    for (int n = 1; n <= 9; ++n)
        QVERIFY(std::fabs(seconds(state.next()->at) - (2 - std::sqrt(4 - 0.4 * n))) < 1e-7);
    state.next(); // the tenth lies where the rate vanishes: rounding decides
    QVERIFY(!state.next().has_value());
}

void TestArrivals::stepsAndSilencesOfAScheduleAreKept() {
    const Arrivals steps = *Arrivals::schedule({.points = {{.at = 1s, .rate = {2}},
                                                           {.at = 1s, .rate = {0}},
                                                           {.at = 4s, .rate = {0}},
                                                           {.at = 4s, .rate = {10}},
                                                           {.at = 5s, .rate = {10}}}},
                                               Spacing::regular);
    QCOMPARE(milliseconds(stateOf(steps), 5), (Milliseconds{500, 1000, 4100, 4200, 4300}));
    QCOMPARE(steps.meanRate().value(), 10.0);
}

void TestArrivals::repeatingScheduleStartsOver() {
    const Arrivals day = *Arrivals::schedule({.points = {{.at = 0s, .rate = {2}},
                                                         {.at = 1s, .rate = {2}},
                                                         {.at = 1s, .rate = {0}},
                                                         {.at = 10s, .rate = {0}}},
                                              .repeats = true},
                                             Spacing::regular);
    QCOMPARE(milliseconds(stateOf(day), 5), (Milliseconds{500, 1000, 10500, 11000, 20500}));
    QCOMPARE(day.meanRate().value(), 0.2);
    QCOMPARE(day.peakRate().value(), 2.0);
    // One arrival takes many periods; the third one falls on the end of a period's rate, where rounding must not push
    // it beyond the silence.
    const Arrivals rare = *Arrivals::schedule({.points = {{.at = 0s, .rate = {0.003}},
                                                          {.at = 1s, .rate = {0.003}},
                                                          {.at = 1s, .rate = {0}},
                                                          {.at = 10s, .rate = {0}}},
                                               .repeats = true},
                                              Spacing::regular);
    ArrivalState state = stateOf(rare);
    QVERIFY(std::fabs(seconds(state.next()->at) - (3'330 + 1.0 / 3)) < 1e-6);
    state.next();
    QVERIFY(std::fabs(seconds(state.next()->at) - 9'991) < 1e-6);
}

void TestArrivals::poissonScheduleHasTheRightCounts() {
    const Arrivals wave = *Arrivals::schedule(
        {.points = {{.at = 0s, .rate = {0}}, {.at = 50s, .rate = {40}}, {.at = 100s, .rate = {0}}}, .repeats = true},
        Spacing::poisson);
    std::vector<int> quarters(4);
    for (const SimTime at : timesUntil(stateOf(wave), SimTime{5'000s}))
        ++quarters[static_cast<std::size_t>(at.time_since_epoch() % 100s / 25s)];
    // 50 waves of 2000: an eighth, three eighths, three eighths, an eighth; standard deviations 112 and 194.
    QVERIFY(std::abs(quarters[0] - 12'500) < 500);
    QVERIFY(std::abs(quarters[1] - 37'500) < 850);
    QVERIFY(std::abs(quarters[2] - 37'500) < 850);
    QVERIFY(std::abs(quarters[3] - 12'500) < 500);
}

void TestArrivals::explicitTimesAreKept() {
    const Arrivals list = *Arrivals::explicitTimes({1s, 1s, 2500ms});
    QCOMPARE(milliseconds(stateOf(list), 10), (Milliseconds{1000, 1000, 2500}));
    QVERIFY(!list.meanRate().has_value());
    const ArrivalState later(list, Stream(1, "source"), SimTime{10s});
    QCOMPARE(milliseconds(later, 10), (Milliseconds{11000, 11000, 12500}));
}

void TestArrivals::batchesHaveTheirSizes() {
    const Arrivals batches = Arrivals::every(1s)->inBatches(*Distribution::uniform({.low = 2.5, .high = 5.49}));
    ArrivalState state = stateOf(batches);
    std::vector<int> seen(8);
    for (int i = 0; i < 3'000; ++i) {
        const Arrival arrival = *state.next();
        QCOMPARE(arrival.index, static_cast<std::uint64_t>(i));
        QVERIFY(arrival.size >= 3 && arrival.size <= 5);
        ++seen[arrival.size];
    }
    for (const int size : {3, 4, 5}) // standard deviation 26
        QVERIFY(std::abs(seen[static_cast<std::size_t>(size)] - 1'000) < 130);
    QVERIFY(std::fabs(batches.meanRate().value() - 3.995) < 1e-12);
    ArrivalState single = stateOf(Arrivals::every(1s)->inBatches(*Distribution::constant(0)));
    QCOMPARE(single.next()->size, 1u);
    // Batches do not move the arrivals.
    const Arrivals poisson = *Arrivals::constant(Rate{5}, Spacing::poisson);
    QCOMPARE(milliseconds(stateOf(poisson), 50),
             milliseconds(stateOf(poisson.inBatches(*Distribution::constant(3))), 50));
}

void TestArrivals::limitsAreKept() {
    const Arrivals limited = *Arrivals::every(1s)->within({.start = 10s, .stop = 14s, .count = 100});
    QCOMPARE(milliseconds(stateOf(limited), 10), (Milliseconds{11000, 12000, 13000}));
    const Arrivals counted = *Arrivals::every(1s)->within({.count = 2});
    ArrivalState state = stateOf(counted);
    QVERIFY(state.next() && state.next());
    QVERIFY(!state.next().has_value());
    QVERIFY(!state.next().has_value());
    QVERIFY(!state.setFactor(SimTime{5s}, 2).has_value());
}

void TestArrivals::closedLoopThinksAfterEachCompletion() {
    const Arrivals loop = *Arrivals::closedLoop({.users = 3, .think = *Distribution::constant(2)});
    QVERIFY(loop.isClosedLoop());
    QCOMPARE(loop.users(), 3u);
    QVERIFY(!loop.meanRate().has_value());
    ArrivalState state = stateOf(loop);
    QCOMPARE(state.userReturns(SimTime{})->at, SimTime{2s});
    QCOMPARE(state.userReturns(SimTime{5s})->at, SimTime{7s});
    QCOMPARE(state.userReturns(SimTime{5s})->index, 2u);
    state.setFactor(SimTime{6s}, 4);
    QCOMPARE(state.userReturns(SimTime{10s})->at, SimTime{10'500ms});
    state.setFactor(SimTime{11s}, 0);
    QVERIFY(!state.userReturns(SimTime{11s}).has_value());
    ArrivalState limited = stateOf(*loop.within({.stop = 3s, .count = 1}));
    QVERIFY(limited.userReturns(SimTime{}).has_value());
    QVERIFY(!limited.userReturns(SimTime{}).has_value());
}

void TestArrivals::factorKeepsWhatHasAddedUp() {
    ArrivalState state = stateOf(*Arrivals::every(10s));
    QCOMPARE(state.next()->at, SimTime{10s});
    QCOMPARE(state.setFactor(SimTime{4s}, 2)->at, SimTime{7s});    // 6 s left, at double speed
    QCOMPARE(state.setFactor(SimTime{5s}, 0.5)->at, SimTime{13s}); // 4 s left, at half speed
    QCOMPARE(state.upcoming()->at, SimTime{13s});
    QCOMPARE(state.upcoming()->index, 0u);
    QCOMPARE(state.next()->at, SimTime{33s});
    QCOMPARE(state.next()->at, SimTime{53s});
    QCOMPARE(state.setFactor(SimTime{53s}, 1)->at, SimTime{53s});
    QCOMPARE(state.next()->at, SimTime{63s});
}

void TestArrivals::factorOfZeroPauses() {
    ArrivalState state = stateOf(*Arrivals::every(10s));
    state.next();
    QVERIFY(!state.setFactor(SimTime{4s}, 0).has_value());
    QVERIFY(!state.next().has_value());
    QCOMPARE(state.setFactor(SimTime{100s}, 1)->at, SimTime{106s});
    QCOMPARE(state.upcoming()->index, 0u);
    QCOMPARE(state.next()->at, SimTime{116s});
}

void TestArrivals::factorInsideBurstsAndSchedules() {
    // One arrival in 4 s, then silence for 6 s.
    const Arrivals bursts = *Arrivals::bursts(
        {.on = *Distribution::constant(4), .off = *Distribution::constant(6), .rateOn = {0.25}, .rateOff = {0}},
        Spacing::regular);
    ArrivalState state = stateOf(bursts);
    QCOMPARE(state.next()->at, SimTime{4s});
    QCOMPARE(state.setFactor(SimTime{2s}, 0.5)->at,
             SimTime{12s}); // half is left; a quarter in 2 s, and a quarter in the next phase
    QCOMPARE(state.setFactor(SimTime{8s}, 1)->at, SimTime{11s}); // in the silence nothing adds up
    const Arrivals ramp =
        *Arrivals::schedule({.points = {{.at = 0s, .rate = {0}}, {.at = 4s, .rate = {1}}}}, Spacing::regular);
    ArrivalState ramping = stateOf(ramp); // t^2 / 8 by t
    ramping.next();
    QVERIFY(std::fabs(seconds(ramping.upcoming()->at) - std::sqrt(8.0)) < 1e-8);
    // 1/8 by 1 s; then 7/8 = 2 (t^2 - 1) / 8.
    QVERIFY(std::fabs(seconds(ramping.setFactor(SimTime{1s}, 2)->at) - std::sqrt(4.5)) < 1e-8);
}

void TestArrivals::copyGoesOnIdentically() {
    const Arrivals bursts = *Arrivals::bursts(
        {.on = *Distribution::exponential(1), .off = *Distribution::exponential(1), .rateOn = {50}, .rateOff = {1}},
        Spacing::poisson);
    ArrivalState state = stateOf(bursts);
    for (int i = 0; i < 1'000; ++i)
        state.next();
    ArrivalState copy = state;
    for (int i = 0; i < 1'000; ++i) {
        const std::optional<Arrival> original = state.next();
        QVERIFY(original.has_value());
        QVERIFY(original == copy.next());
    }
}

void TestArrivals::ratesAreKnownBeforehand() {
    QCOMPARE(Arrivals::constant(Rate{20}, Spacing::poisson)->meanRate().value(), 20.0);
    QCOMPARE(Arrivals::every(50ms)->meanRate().value(), 20.0);
    QCOMPARE(Arrivals::every(50ms)->inBatches(*Distribution::constant(4)).peakRate().value(), 80.0);
}

void TestArrivals::whatMakesNoSenseIsRefused() {
    const Distribution second = *Distribution::constant(1);
    const Distribution nothing;
    const Distribution endless = *Distribution::pareto(Distribution::ShapeAndMin{.shape = 1, .min = 1});
    const std::vector<std::pair<Result<Arrivals>, std::string>> places{
        {Arrivals::every(0s), ""},
        {Arrivals::constant(Rate{-1}, Spacing::regular), ""},
        {Arrivals::constant(Rate{std::numeric_limits<double>::quiet_NaN()}, Spacing::regular), ""},
        {Arrivals::bursts({.on = second, .off = second, .rateOn = {-1}, .rateOff = {}}, Spacing::regular), "/rateOn"},
        {Arrivals::bursts({.on = nothing, .off = nothing, .rateOn = {1}, .rateOff = {}}, Spacing::regular), "/on"},
        {Arrivals::bursts({.on = second, .off = endless, .rateOn = {1}, .rateOff = {}}, Spacing::regular), "/off"},
        {Arrivals::schedule({}, Spacing::regular), ""},
        {Arrivals::schedule({.points = {{.at = 2s, .rate = {1}}, {.at = 1s, .rate = {1}}}}, Spacing::regular), "/1/at"},
        {Arrivals::schedule({.points = {{.at = 1s, .rate = {-1}}}}, Spacing::regular), "/0/rate"},
        {Arrivals::schedule({.points = {{.at = 0s, .rate = {1}}}, .repeats = true}, Spacing::regular), ""},
        {Arrivals::closedLoop({.users = 0, .think = second}), "/users"},
        {Arrivals::explicitTimes({2s, 1s}), "/1"},
        {Arrivals::every(1s)->within({.start = 5s, .stop = 5s}), "/stop"},
        {Arrivals::every(1s)->within({.start = -5s}), "/start"},
    };
    for (std::size_t i = 0; i < places.size(); ++i) {
        QVERIFY2(!places[i].first.ok(), qPrintable(QString("case %1").arg(i)));
        QCOMPARE(places[i].first.error().where, places[i].second);
        QVERIFY(!places[i].first.error().what.empty());
    }
}

QTEST_APPLESS_MAIN(TestArrivals)
#include "tst_arrivals.moc"
