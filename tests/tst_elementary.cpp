// Elementary functions against the C library's 80-bit ones, which are right to well below the bounds asserted here.
#include "core/kernel/elementary.h"
#include "core/kernel/random.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <functional>
#include <limits>

using namespace weir;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

// The distance in units of the last place of the true value.
double ulps(double seen, long double truth) {
    const double rounded = static_cast<double>(truth);
    if (seen == rounded || (std::isnan(seen) && std::isnan(rounded)))
        return 0;
    const double unit = std::nextafter(std::fabs(rounded), infinity) - std::fabs(rounded);
    return std::fabs(static_cast<double>((seen - truth) / unit));
}

using Function = double (*)(double);
using Truth = long double (*)(long double);
using Argument = std::function<double(Draw&)>;

void compare(Function function, Truth truth, const Argument& argument, double bound) {
    const Stream stream(1, "arguments");
    for (std::uint64_t i = 0; i < 200'000; ++i) {
        Draw draw = stream.draw(i);
        const double x = argument(draw);
        const double distance = ulps(function(x), truth(x));
        QVERIFY2(distance <= bound, qPrintable(QString("at %1: %2 ulp").arg(x, 0, 'g', 17).arg(distance)));
    }
}

double anyPositive(Draw& draw) {
    const double number = std::bit_cast<double>(draw.bits() >> 1);
    return std::isfinite(number) ? number : 1;
}
Argument between(double low, double high) {
    return [=](Draw& draw) { return low + (high - low) * draw.uniform(); };
}
bool same(double left, double right) {
    return (std::isnan(left) && std::isnan(right)) ||
           std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
}

} // namespace

class TestElementary : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void logarithm();
    void exponential();
    void power();
    void sineAndCosine();
    void gammaFunction();
    void normalDistribution();
    void specialValues();
    void bitsAreTheSameForEver();
};

void TestElementary::logarithm() {
    compare(elementary::log, std::log, anyPositive, 1);
    compare(elementary::log, std::log, between(0, 1), 1);
    compare(elementary::log, std::log, between(0.99, 1.01), 1);
    compare(elementary::log1p, std::log1p, between(-1, 3), 1);
    compare(elementary::log1p, std::log1p, between(-1e-9, 1e-9), 1);
}

void TestElementary::exponential() {
    compare(elementary::exp, std::exp, between(-760, 720), 1);
    compare(elementary::exp, std::exp, between(-1, 1), 1);
    compare(elementary::expm1, std::expm1, between(-2, 2), 4);
    compare(elementary::expm1, std::expm1, between(-1e-9, 1e-9), 1);
    compare(elementary::expm1, std::expm1, between(-60, 700), 4);
}

void TestElementary::power() {
    const Stream stream(1, "powers");
    for (std::uint64_t i = 0; i < 300'000; ++i) {
        Draw draw = stream.draw(i);
        const double base = i % 2 ? std::exp(draw.uniform() * 1400 - 700) : 0.5 + draw.uniform();
        const double exponent = (draw.uniform() - 0.5) * std::exp(draw.uniform() * (i % 2 ? 8 : 12));
        const double distance = ulps(elementary::pow(base, exponent),
                                     std::pow(static_cast<long double>(base), static_cast<long double>(exponent)));
        QVERIFY2(distance <= 1,
                 qPrintable(QString("%1 ^ %2: %3 ulp").arg(base, 0, 'g', 17).arg(exponent, 0, 'g', 17).arg(distance)));
    }
    QCOMPARE(elementary::pow(2, 10), 1024.0);
    QCOMPARE(elementary::pow(-2, 3), -8.0);
    QCOMPARE(elementary::pow(10, -3), 0.001);
    QCOMPARE(elementary::pow(4, 0.5), 2.0);
}

void TestElementary::sineAndCosine() {
    for (const double range : {0.8, 10.0, 1e6}) {
        compare(elementary::sin, std::sin, between(-range, range), 1);
        compare(elementary::cos, std::cos, between(-range, range), 1);
    }
    // 80-bit reduction is too coarse for these; the double functions round correctly within one place.
    const auto sine = [](long double x) -> long double { return std::sin(static_cast<double>(x)); };
    const auto cosine = [](long double x) -> long double { return std::cos(static_cast<double>(x)); };
    compare(elementary::sin, sine, anyPositive, 1.5);
    compare(elementary::cos, cosine, anyPositive, 1.5);
    // The double nearest to a multiple of pi/2, where cancellation is worst: 6381956970095103 * 2^797.
    QVERIFY(ulps(elementary::cos(std::ldexp(6381956970095103.0, 797)), -4.6871659242546276e-19L) <= 1);
}

void TestElementary::gammaFunction() {
    compare(elementary::gamma, std::tgamma, between(0, 171), 64);
    double factorial = 1;
    for (int n = 1; n < 20; ++n) {
        QVERIFY(std::fabs(elementary::gamma(n) / factorial - 1) < 1e-14);
        factorial *= n;
    }
}

void TestElementary::normalDistribution() {
    for (double z = -37; z < 8; z += 0.01) {
        const double truth = static_cast<double>(std::erfc(-z / std::sqrt(2.0L)) / 2);
        QVERIFY2(std::fabs(elementary::normalCdf(z) / truth - 1) < 1e-12, qPrintable(QString::number(z)));
    }
    // Quantiles from tables.
    QVERIFY(std::fabs(elementary::normalQuantile(0.975) - 1.959963984540054) < 1e-15);
    QVERIFY(std::fabs(elementary::normalQuantile(0.99) - 2.3263478740408408) < 1e-15);
    QVERIFY(std::fabs(elementary::normalQuantile(1e-9) + 5.9978070150076865) < 4e-15);
    QCOMPARE(elementary::normalQuantile(0.5), 0.0);
    const Stream stream(1, "quantiles");
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        Draw draw = stream.draw(i);
        const double p = draw.uniform() * std::exp(-30 * draw.uniform());
        const long double z = elementary::normalQuantile(p);
        const long double back = std::erfc(-z / std::sqrt(2.0L)) / 2;
        QVERIFY2(std::fabs(static_cast<double>(back / p) - 1) < 1e-13, qPrintable(QString::number(p, 'g', 17)));
    }
}

void TestElementary::specialValues() {
    for (const double x : {0.0, -0.0, 1.0, -1.0, infinity, -infinity, notANumber, 5e-324, 2.2250738585072014e-308,
                           1.7976931348623157e308}) {
        const bool asExpected = same(elementary::log(x), std::isnan(std::log(x)) ? notANumber : std::log(x)) ||
                                ulps(elementary::log(x), std::log(static_cast<long double>(x))) <= 1;
        QVERIFY2(asExpected, qPrintable(QString::number(x)));
        QVERIFY2(same(elementary::exp(x), std::exp(x)) || ulps(elementary::exp(x), std::exp(x)) <= 1,
                 qPrintable(QString::number(x)));
        QVERIFY2(same(elementary::expm1(x), std::expm1(x)) || ulps(elementary::expm1(x), std::expm1(x)) <= 4,
                 qPrintable(QString::number(x)));
        QVERIFY2(same(elementary::log1p(x), std::log1p(x)) || ulps(elementary::log1p(x), std::log1p(x)) <= 1,
                 qPrintable(QString::number(x)));
        QVERIFY2(same(elementary::sin(x), std::sin(x)) || ulps(elementary::sin(x), std::sin(x)) <= 1,
                 qPrintable(QString::number(x)));
        QVERIFY2(same(elementary::cos(x), std::cos(x)) || ulps(elementary::cos(x), std::cos(x)) <= 1,
                 qPrintable(QString::number(x)));
    }
    const double bases[] = {0.0,
                            -0.0,
                            1.0,
                            -1.0,
                            2.0,
                            -2.0,
                            0.5,
                            -0.5,
                            infinity,
                            -infinity,
                            notANumber,
                            5e-324,
                            1.7976931348623157e308,
                            0.99999999999999989,
                            1.0000000000000002};
    const double exponents[] = {0.0,
                                -0.0,
                                1.0,
                                -1.0,
                                2.0,
                                3.0,
                                -3.0,
                                0.5,
                                -0.5,
                                1e300,
                                -1e300,
                                infinity,
                                -infinity,
                                notANumber,
                                9007199254740991.0,
                                9007199254740992.0,
                                1e19,
                                1e-300};
    for (const double base : bases)
        for (const double exponent : exponents) {
            const double seen = elementary::pow(base, exponent);
            const double truth = std::pow(base, exponent);
            QVERIFY2(same(seen, truth) || (std::isfinite(truth) && ulps(seen, truth) <= 1),
                     qPrintable(QString("%1 ^ %2 = %3, not %4").arg(base).arg(exponent).arg(seen).arg(truth)));
        }
    QVERIFY(std::isnan(elementary::gamma(0)) && std::isnan(elementary::gamma(-1.5)));
    QCOMPARE(elementary::gamma(200), infinity);
    QCOMPARE(elementary::exp(709.782712893384), 1.7976931348622732e308);
    QCOMPARE(elementary::exp(709.7827128933841), infinity);
    QCOMPARE(elementary::exp(-745.1332191019412), 0.0);
}

// One hash over many results, so that a compiler that fuses or reorders is caught.
void TestElementary::bitsAreTheSameForEver() {
    const Stream stream(2, "bits");
    std::uint64_t hash = 0;
    const auto add = [&hash](double number) { hash = mix64(hash ^ std::bit_cast<std::uint64_t>(number)); };
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        Draw draw = stream.draw(i);
        const double u = draw.uniform();
        add(elementary::log(u));
        add(elementary::exp(40 * u - 20));
        add(elementary::pow(u, 3 * u));
        add(elementary::sin(1000 * u));
        add(elementary::cos(1000 * u));
        add(elementary::gamma(10 * u));
        add(elementary::normalQuantile(u));
        add(elementary::log1p(u));
        add(elementary::expm1(u));
        add(elementary::normalCdf(8 * u - 6));
    }
    QCOMPARE(hash, std::uint64_t{15840360937075039686u});
}

QTEST_APPLESS_MAIN(TestElementary)
#include "tst_elementary.moc"
