// Each distribution against its closed forms: mean, variance, and the whole distribution function (Kolmogorov and
// Smirnov), computed here with the C library. Seeds are fixed; the bounds are what chance exceeds once in 100,000
// times.
#include "core/kernel/distribution.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace weir;

namespace {

constexpr std::size_t count = 100'000;
constexpr double sigma99 = 0.53339783187064117;

std::vector<double> samples(const Distribution& distribution, std::uint64_t seed = 1) {
    const Stream stream(seed, "samples");
    std::vector<double> numbers;
    for (std::uint64_t i = 0; i < count; ++i) {
        Draw draw = stream.draw(i);
        numbers.push_back(distribution.sample(draw));
    }
    return numbers;
}

double meanOf(const std::vector<double>& numbers) {
    double sum = 0;
    for (const double number : numbers)
        sum += number;
    return sum / static_cast<double>(numbers.size());
}

double varianceOf(const std::vector<double>& numbers) {
    const double mean = meanOf(numbers);
    double sum = 0;
    for (const double number : numbers)
        sum += (number - mean) * (number - mean);
    return sum / static_cast<double>(numbers.size() - 1);
}

// The greatest distance between the samples' distribution function and the true one, times the root of their number:
// above 2.47 in one of 100,000 cases.
double kolmogorovSmirnov(std::vector<double> numbers, const std::function<double(double)>& cdf) {
    std::sort(numbers.begin(), numbers.end());
    const auto n = static_cast<double>(numbers.size());
    double distance = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double truth = cdf(numbers[i]);
        distance = std::max({distance, truth - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - truth});
    }
    return distance * std::sqrt(n);
}

bool near(double seen, double truth, double relative) {
    return std::fabs(seen - truth) <= relative * std::fabs(truth);
}

double normalCdf(double z) {
    return std::erfc(-z / std::sqrt(2.0)) / 2;
}

// Erlang's distribution function: 1 minus the first terms of a Poisson distribution.
double erlangCdf(int phases, double x) {
    double term = std::exp(-x);
    double sum = 0;
    for (int i = 0; i < phases; ++i) {
        sum += term;
        term *= x / (i + 1);
    }
    return 1 - sum;
}

struct Case {
    const char* name;
    Result<Distribution> made;
    double mean, variance;
    std::function<double(double)> cdf; // none for discrete ones
};

std::vector<Case> cases() {
    const double phi = 0.24197072451914337;   // the standard normal density at 1
    const double share = 0.84134474606854293; // P(Z > -1)
    const double root = std::sqrt(std::acos(-1.0));
    return {
        {"constant", Distribution::constant(0.25), 0.25, 0, {}},
        {"uniform", Distribution::uniform({.low = 2, .high = 5}), 3.5, 0.75, [](double x) { return (x - 2) / 3; }},
        {"exponential", Distribution::exponential(0.02), 0.02, 0.0004,
         [](double x) { return 1 - std::exp(-x / 0.02); }},
        {"normal, far from 0", Distribution::normal({.mean = 10, .sd = 1}), 10, 1,
         [](double x) { return normalCdf(x - 10); }},
        {"normal, cut at 0", Distribution::normal({.mean = 1, .sd = 1}), 1 + phi / share,
         1 - phi / share - phi * phi / share / share,
         [=](double x) { return (normalCdf(x - 1) - (1 - share)) / share; }},
        // Cut at 3 of 2 +- 0.25, its upper tail beyond 4 sd: mean and variance by numerical integration.
        {"normal, a tail", Distribution::normal({.mean = 2, .sd = 0.25, .min = 3, .max = 4}), 3.0564017861032373,
         0.0029170523812467334,
         [](double x) { return 1 - (normalCdf(8 - 4 * x) - normalCdf(-8)) / (normalCdf(-4) - normalCdf(-8)); }},
        {"lognormal by mean and sd", Distribution::lognormal(Distribution::MeanAndSd{.mean = 2, .sd = 1}), 2, 1,
         [](double x) { return normalCdf((std::log(x) - std::log(2 / std::sqrt(1.25))) / std::sqrt(std::log(1.25))); }},
        // p99 / mean = 3: sigma = 2.3263478740 - sqrt(2.3263478740^2 - 2 ln 3) = 0.53339783, the smaller root.
        {"lognormal by mean and p99",
         Distribution::lognormal(Distribution::MeanAndPercentile{.mean = 0.02, .percent = 99, .value = 0.06}), 0.02,
         0.0004 * std::expm1(sigma99 * sigma99),
         [](double x) { return normalCdf((std::log(x / 0.02) + sigma99 * sigma99 / 2) / sigma99); }},
        {"lognormal by median and p95",
         Distribution::lognormal(Distribution::MedianAndPercentile{.median = 1, .percent = 95, .value = 2}),
         std::exp(0.5 * 0.17758096370285007), std::exp(0.17758096370285007) * std::expm1(0.17758096370285007),
         [](double x) { return normalCdf(std::log(x) / std::log(2.0) * 1.6448536269514722); }},
        {"Erlang, by product", Distribution::erlang({.phases = 3, .mean = 6}), 6, 12,
         [](double x) { return erlangCdf(3, x / 2); }},
        {"Erlang, as gamma", Distribution::erlang({.phases = 20, .mean = 10}), 10, 5,
         [](double x) { return erlangCdf(20, x * 2); }},
        {"gamma, shape 1/2", Distribution::gamma({.shape = 0.5, .mean = 0.5}), 0.5, 0.5,
         [](double x) { return std::erf(std::sqrt(x)); }},
        {"Weibull, shape 2, by scale", Distribution::weibull(Distribution::ShapeAndScale{.shape = 2, .scale = 1}),
         root / 2, 1 - root * root / 4, [](double x) { return 1 - std::exp(-x * x); }},
        {"Weibull, shape 1/2, by mean", Distribution::weibull(Distribution::ShapeAndMean{.shape = 0.5, .mean = 2}), 2,
         20, [](double x) { return 1 - std::exp(-std::sqrt(x)); }},
        {"Pareto by min", Distribution::pareto(Distribution::ShapeAndMin{.shape = 5, .min = 4}), 5, 5.0 / 3,
         [](double x) { return 1 - std::pow(4 / x, 5); }},
        {"Pareto by mean", Distribution::pareto(Distribution::ShapeAndMean{.shape = 5, .mean = 5}), 5, 5.0 / 3,
         [](double x) { return 1 - std::pow(4 / x, 5); }},
        {"hyperexponential",
         Distribution::hyperexponential({{.probability = 0.9, .mean = 1}, {.probability = 0.1, .mean = 11}}), 2, 22,
         [](double x) { return 1 - 0.9 * std::exp(-x) - 0.1 * std::exp(-x / 11); }},
        {"empirical",
         Distribution::empirical({{.value = 4, .weight = 1}, {.value = 1, .weight = 2}, {.value = 2, .weight = 1}}),
         2,
         1.5,
         {}},
        {"quantiles",
         Distribution::quantiles(
             {{.probability = 0, .value = 0}, {.probability = 0.5, .value = 1}, {.probability = 1, .value = 3}}),
         1.25, 0.5 * 1.0 / 3 + 0.5 * 13.0 / 3 - 1.5625, [](double x) { return x < 1 ? x / 2 : 0.5 + (x - 1) / 4; }},
    };
}

} // namespace

class TestDistribution : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void momentsAreTheClosedForms();
    void samplesFollowTheDistribution();
    void quantilesInvertTheDistribution();
    void discreteSharesAreRight();
    void heavyTailsHaveInfiniteMoments();
    void shapesInTheirExtremesStayFinite();
    void lognormalTakesTheSmallerSigma();
    void whatAdmitsNoSolutionIsRefused();
    void durationsAreRoundedAndBounded();
    void samplesAreTheSameForEver();
};

void TestDistribution::momentsAreTheClosedForms() {
    for (const Case& one : cases()) {
        QVERIFY2(one.made.ok(), one.name);
        QVERIFY2(near(one.made->mean(), one.mean, 1e-8), one.name);
        QVERIFY2(near(one.made->variance(), one.variance, 1e-7), one.name);
    }
}

void TestDistribution::samplesFollowTheDistribution() {
    for (const Case& one : cases()) {
        const std::vector<double> numbers = samples(*one.made);
        QVERIFY2(*std::min_element(numbers.begin(), numbers.end()) >= 0, one.name);
        const double error = std::sqrt(one.variance / count);
        QVERIFY2(std::fabs(meanOf(numbers) - one.mean) <= 4.5 * error,
                 qPrintable(QString("%1: mean %2, seed 1").arg(one.name).arg(meanOf(numbers))));
        // The heaviest tail here (Weibull, shape 1/2) has a kurtosis of 87.7, so its variance an error of 3 %.
        QVERIFY2(std::fabs(varianceOf(numbers) - one.variance) <= 0.13 * one.variance,
                 qPrintable(QString("%1: variance %2, seed 1").arg(one.name).arg(varianceOf(numbers))));
        if (one.cdf)
            QVERIFY2(kolmogorovSmirnov(numbers, one.cdf) < 2.47, one.name);
    }
}

void TestDistribution::quantilesInvertTheDistribution() {
    int closed = 0;
    for (const Case& one : cases())
        for (const double p : {1e-6, 0.01, 0.25, 0.5, 0.9, 0.99, 0.9999}) {
            const std::optional<double> quantile = one.made->quantile(p);
            if (!quantile || !one.cdf)
                continue;
            ++closed;
            QVERIFY2(std::fabs(one.cdf(*quantile) - p) < 1e-9, qPrintable(QString("%1 at %2").arg(one.name).arg(p)));
        }
    QCOMPARE(closed, 13 * 7);
    QCOMPARE(Distribution::constant(3)->quantile(0.7), std::optional<double>(3.0));
    const auto points = Distribution::empirical({{.value = 1, .weight = 1}, {.value = 2, .weight = 3}});
    QCOMPARE(points->quantile(0.25), std::optional<double>(1.0));
    QCOMPARE(points->quantile(0.26), std::optional<double>(2.0));
    QVERIFY(!Distribution::gamma({.shape = 2, .mean = 1})->quantile(0.5).has_value());
}

void TestDistribution::discreteSharesAreRight() {
    const auto points =
        Distribution::empirical({{.value = 4, .weight = 1}, {.value = 1, .weight = 2}, {.value = 2, .weight = 1}});
    const std::vector<double> numbers = samples(*points);
    // Standard deviations: 158 and 137.
    QVERIFY(std::abs(std::count(numbers.begin(), numbers.end(), 1.0) - 50'000) < 700);
    QVERIFY(std::abs(std::count(numbers.begin(), numbers.end(), 2.0) - 25'000) < 600);
    QVERIFY(std::abs(std::count(numbers.begin(), numbers.end(), 4.0) - 25'000) < 600);
}

void TestDistribution::heavyTailsHaveInfiniteMoments() {
    using Min = Distribution::ShapeAndMin;
    QVERIFY(std::isinf(Distribution::pareto(Min{.shape = 1, .min = 1})->mean()));
    QCOMPARE(Distribution::pareto(Min{.shape = 1.5, .min = 1})->mean(), 3.0);
    QVERIFY(std::isinf(Distribution::pareto(Min{.shape = 1.5, .min = 1})->variance()));
    QVERIFY(std::isinf(Distribution::pareto(Min{.shape = 2, .min = 1})->variance()));
}

void TestDistribution::shapesInTheirExtremesStayFinite() {
    for (const double shape : {0.05, 1.0, 1e6})
        for (const Distribution& one :
             {*Distribution::gamma({.shape = shape, .mean = 1}),
              *Distribution::weibull(Distribution::ShapeAndMean{.shape = shape, .mean = 1})}) {
            QVERIFY2(near(one.mean(), 1, 1e-9), qPrintable(QString("shape %1").arg(shape)));
            for (const double number : samples(one))
                QVERIFY2(std::isfinite(number) && number >= 0, qPrintable(QString("shape %1").arg(shape)));
        }
    QVERIFY(near(meanOf(samples(*Distribution::gamma({.shape = 0.05, .mean = 1}))), 1, 0.07));
}

void TestDistribution::lognormalTakesTheSmallerSigma() {
    using By = Distribution::MeanAndPercentile;
    const auto usual = Distribution::lognormal(By{.mean = 0.02, .percent = 99, .value = 0.06});
    QVERIFY(near(*usual->quantile(0.99), 0.06, 1e-12));
    QVERIFY(near(usual->mean(), 0.02, 1e-12));
    QVERIFY(near(*usual->quantile(0.5), 0.02 * std::exp(-sigma99 * sigma99 / 2), 1e-9));
    // Just below and just above exp(z^2 / 2) = 14.9696.
    QVERIFY(Distribution::lognormal(By{.mean = 1, .percent = 99, .value = 14.96}).ok());
    QVERIFY(!Distribution::lognormal(By{.mean = 1, .percent = 99, .value = 14.98}).ok());
    // A lower percentile and the median lie below the mean.
    QVERIFY(near(*Distribution::lognormal(By{.mean = 1, .percent = 50, .value = 0.5})->quantile(0.5), 0.5, 1e-12));
    QVERIFY(near(*Distribution::lognormal(By{.mean = 1, .percent = 10, .value = 0.2})->quantile(0.1), 0.2, 1e-12));
    QVERIFY(near(Distribution::lognormal(By{.mean = 1, .percent = 10, .value = 0.2})->mean(), 1, 1e-12));
}

void TestDistribution::whatAdmitsNoSolutionIsRefused() {
    const double infinite = std::numeric_limits<double>::infinity();
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    const auto places = std::vector<std::pair<Result<Distribution>, std::string>>{
        {Distribution::constant(-1), ""},
        {Distribution::constant(undefined), ""},
        {Distribution::uniform({.low = 3, .high = 2}), "/high"},
        {Distribution::uniform({.low = -1, .high = 2}), "/low"},
        {Distribution::exponential(0), "/mean"},
        {Distribution::exponential(infinite), "/mean"},
        {Distribution::normal({.mean = 1, .sd = 0}), "/sd"},
        {Distribution::normal({.mean = 1, .sd = 1, .min = 2, .max = 2}), "/max"},
        {Distribution::normal({.mean = -20, .sd = 1}), "/mean"},
        {Distribution::lognormal(Distribution::MeanAndSd{.mean = 0, .sd = 1}), "/mean"},
        {Distribution::lognormal(Distribution::MeanAndSd{.mean = 1, .sd = -1}), "/sd"},
        {Distribution::lognormal(Distribution::MeanAndPercentile{.mean = 1, .percent = 99, .value = 15}), "/p99"},
        {Distribution::lognormal(Distribution::MeanAndPercentile{.mean = 1, .percent = 99, .value = 1}), "/p99"},
        {Distribution::lognormal(Distribution::MeanAndPercentile{.mean = 1, .percent = 99, .value = 0.5}), "/p99"},
        {Distribution::lognormal(Distribution::MeanAndPercentile{.mean = 1, .percent = 50, .value = 1}), "/p50"},
        {Distribution::lognormal(Distribution::MeanAndPercentile{.mean = 1, .percent = 99.9, .value = 0}), "/p99.9"},
        {Distribution::lognormal(Distribution::MeanAndPercentile{.mean = 1, .percent = 100, .value = 2}), "/percent"},
        {Distribution::lognormal(Distribution::MedianAndPercentile{.median = 1, .percent = 95, .value = 0.9}), "/p95"},
        {Distribution::lognormal(Distribution::MedianAndPercentile{.median = 1, .percent = 50, .value = 2}),
         "/percent"},
        {Distribution::erlang({.phases = 0, .mean = 1}), "/phases"},
        {Distribution::gamma({.shape = 0, .mean = 1}), "/shape"},
        {Distribution::weibull(Distribution::ShapeAndScale{.shape = 1, .scale = 0}), "/scale"},
        {Distribution::pareto(Distribution::ShapeAndMean{.shape = 1, .mean = 1}), "/shape"},
        {Distribution::hyperexponential({}), ""},
        {Distribution::hyperexponential({{.probability = 0.5, .mean = 1}}), ""},
        {Distribution::hyperexponential({{.probability = 1, .mean = 0}}), "/0/mean"},
        {Distribution::empirical({{.value = 1, .weight = 0}}), ""},
        {Distribution::empirical({{.value = 1, .weight = 1}, {.value = -1, .weight = 1}}), "/1/value"},
        {Distribution::quantiles({{.probability = 0, .value = 1}}), ""},
        {Distribution::quantiles({{.probability = 0.1, .value = 1}, {.probability = 1, .value = 2}}), "/0/probability"},
        {Distribution::quantiles({{.probability = 0, .value = 2}, {.probability = 1, .value = 1}}), "/1/value"},
    };
    for (std::size_t i = 0; i < places.size(); ++i) {
        QVERIFY2(!places[i].first.ok(), qPrintable(QString("case %1").arg(i)));
        QCOMPARE(places[i].first.error().where, places[i].second);
        QVERIFY(!places[i].first.error().what.empty());
    }
    const Error none =
        Distribution::lognormal(Distribution::MeanAndPercentile{.mean = 1, .percent = 99, .value = 15}).error();
    QVERIFY2(none.what.find("14.96") != std::string::npos, none.what.c_str());
    QCOMPARE(none.given, std::string("15"));
}

void TestDistribution::durationsAreRoundedAndBounded() {
    QCOMPARE(Distribution::durationOf(0.02).count(), 20'000'000);
    QCOMPARE(Distribution::durationOf(1.4e-9).count(), 1);
    QCOMPARE(Distribution::durationOf(1.6e-9).count(), 2);
    QCOMPARE(Distribution::durationOf(-1).count(), 0);
    QCOMPARE(Distribution::durationOf(1e300), Distribution::durationMax);
    QCOMPARE(Distribution::durationOf(std::numeric_limits<double>::infinity()), Distribution::durationMax);
    Draw draw = Stream(1, "x").draw(1);
    QCOMPARE(Distribution::constant(1.5)->sampleDuration(draw).count(), 1'500'000'000);
}

void TestDistribution::samplesAreTheSameForEver() {
    std::uint64_t hash = 0;
    for (const Case& one : cases())
        for (const double number : samples(*one.made))
            hash = mix64(hash ^ std::bit_cast<std::uint64_t>(number));
    QCOMPARE(hash, std::uint64_t{14064449131278456760u});
}

QTEST_APPLESS_MAIN(TestDistribution)
#include "tst_distribution.moc"
