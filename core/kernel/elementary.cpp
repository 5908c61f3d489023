#include "core/kernel/elementary.h"

#include <array>
#include <bit>
#include <cmath> // sqrt, floor, fabs and isnan only: these are exact
#include <cstdint>
#include <limits>

namespace weir::elementary {
namespace {

using detail::ln2Lower;
using detail::ln2Upper;
using detail::split;
using detail::Split;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// An unevaluated sum; |lower| is at most half an ulp of upper.
struct Twofold {
    double upper;
    double lower;
};

// Exact for |larger| >= |smaller|.
Twofold fastSum(double larger, double smaller) {
    const double sum = larger + smaller;
    return {sum, smaller - (sum - larger)};
}

// Exact while nothing overflows: each factor is split into halves whose products fit.
Twofold product(double left, double right) {
    constexpr double splitter = 0x1p27 + 1;
    const double leftScaled = left * splitter, rightScaled = right * splitter;
    const double leftUpper = leftScaled - (leftScaled - left), leftLower = left - leftUpper;
    const double rightUpper = rightScaled - (rightScaled - right), rightLower = right - rightUpper;
    const double upper = left * right;
    const double lower =
        ((leftUpper * rightUpper - upper) + leftUpper * rightLower + leftLower * rightUpper) + leftLower * rightLower;
    return {upper, lower};
}

Twofold product(Twofold left, Twofold right) {
    const Twofold main = product(left.upper, right.upper);
    return fastSum(main.upper, main.lower + (left.upper * right.lower + left.lower * right.upper));
}

template <std::size_t N> double polynomial(const std::array<double, N>& coefficients, double x) {
    double sum = coefficients[N - 1];
    for (std::size_t i = N - 1; i-- > 0;)
        sum = sum * x + coefficients[i];
    return sum;
}

double powerOfTwo(int exponent) { // a normal one
    return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2, by its series.
double expTail(double r) {
    const double r2 = r * r;
    const double r4 = r2 * r2;
    const double a = 1.0 / 2 + r * (1.0 / 6);
    const double b = 1.0 / 24 + r * (1.0 / 120);
    const double c = 1.0 / 720 + r * (1.0 / 5040);
    const double d = 1.0 / 40320 + r * (1.0 / 362880);
    const double e = 1.0 / 3628800 + r * (1.0 / 39916800);
    const double f = 1.0 / 479001600 + r * (1.0 / 6227020800);
    return (a + r2 * b) + r4 * ((c + r2 * d) + r4 * (e + r2 * f));
}

// exp(upper + lower) for arguments in the range where the result is neither 0 nor infinite.
double expOf(Twofold x) {
    constexpr double perLn2 = 0x1.71547652b82fep+0;
    const double steps = std::floor(x.upper * perLn2 + 0.5);
    const double upper = x.upper - steps * ln2Upper;
    const double correction = steps * ln2Lower - x.lower;
    const double r = upper - correction;
    const double lost = (upper - r) - correction;
    const double scaled = 1 + (r + (r * r * expTail(r) + lost));
    const int exponent = static_cast<int>(steps);
    if (exponent < -1021)
        return scaled * powerOfTwo(exponent + 1000) * 0x1p-1000;
    if (exponent > 1023)
        return scaled * 2 * powerOfTwo(exponent - 1);
    return scaled * powerOfTwo(exponent);
}

constexpr double expOverflow = 0x1.62e42fefa39efp+9;   // the largest argument with a finite result
constexpr double expUnderflow = -0x1.74910d52d3051p+9; // the smallest one with a result above 0

// log(x) to about 65 bits; x is positive and finite.
Twofold logTwofold(double x) {
    const Split parts = split(x);
    const double f = parts.mantissa - 1; // exact
    const Twofold divisor = fastSum(2, f);
    const double quotient = f / divisor.upper;
    const Twofold back = product(quotient, divisor.upper);
    const double rest = (((f - back.upper) - back.lower) - quotient * divisor.lower) / divisor.upper;
    const Twofold s = fastSum(quotient, rest);
    const Twofold z = product(s, s);
    // log(mantissa) = 2 atanh(s) = 2s + s^3 (2/3 + s^2 (2/5 + ...))
    constexpr std::array<double, 13> tail{2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17,
                                          2.0 / 19, 2.0 / 21, 2.0 / 23, 2.0 / 25, 2.0 / 27, 2.0 / 29};
    Twofold factor = fastSum(0x1.5555555555555p-1, z.upper * polynomial(tail, z.upper));
    factor.lower += 0x1.5555555555555p-55;
    const Twofold cubic = product(product(s, z), factor);
    const Twofold twice{2 * s.upper, 2 * s.lower};
    const Twofold sum = fastSum(twice.upper, cubic.upper);
    const double low = sum.lower + (twice.lower + cubic.lower);
    if (parts.exponent == 0)
        return fastSum(sum.upper, low);
    const Twofold whole = fastSum(parts.exponent * ln2Upper, sum.upper);
    return fastSum(whole.upper, whole.lower + (low + parts.exponent * ln2Lower));
}

// The bits of 2/pi after the point.
constexpr std::array<std::uint64_t, 20> twoOverPi{
    0xA2F9836E4E441529u, 0xFC2757D1F534DDC0u, 0xDB6295993C439041u, 0xFE5163ABDEBBC561u, 0xB7246E3A424DD2E0u,
    0x06492EEA09D1921Cu, 0xFE1DEB1CB129A73Eu, 0xE88235F52EBB4484u, 0xE99C7026B45F7E41u, 0x3991D639835339F4u,
    0x9C845F8BBDF9283Bu, 0x1FF897FFDE05980Fu, 0xEF2F118B5A0A6D1Fu, 0x6D367ECF27CB09B7u, 0x4F463F669E5FEA2Du,
    0x7527BAC7EBE5F17Bu, 0x3D0739F78A5292EAu, 0x6BFB5FB11F8D5D08u, 0x56033046FC7B6BABu, 0xF0CFBC209AF4361Du};

// 64 bits of 2/pi from bit `from` on; bit 0 has the weight 1/2, those before it are 0.
std::uint64_t twoOverPiBits(int from) {
    const auto word = [](int index) { return index < 0 ? 0 : twoOverPi[static_cast<std::size_t>(index)]; };
    const int index = from >= 0 ? from / 64 : -((63 - from) / 64);
    const int shift = from - 64 * index;
    return shift == 0 ? word(index) : word(index) << shift | word(index + 1) >> (64 - shift);
}

// x = quadrant * pi/2 + angle, |angle| <= pi/4, for x > pi/4: exact multiplication with as many bits of 2/pi as
// matter, so that huge arguments are as good as small ones.
struct Reduced {
    unsigned quadrant;
    Twofold angle;
};
Reduced reduce(double x) {
    __extension__ using Wide = unsigned __int128;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t mantissa = (bits & 0xFFFFFFFFFFFFFu) | 0x10000000000000u;
    const int exponent = static_cast<int>(bits >> 52) - 1075;
    // Higher bits than these contribute whole turns; the product's lower 192 bits are turns of 4, in units of 2^-190.
    const int from = exponent - 2;
    const Wide low = static_cast<Wide>(mantissa) * twoOverPiBits(from + 128);
    const Wide middle = static_cast<Wide>(mantissa) * twoOverPiBits(from + 64) + static_cast<std::uint64_t>(low >> 64);
    const std::uint64_t top = mantissa * twoOverPiBits(from) + static_cast<std::uint64_t>(middle >> 64);
    unsigned quadrant = static_cast<unsigned>(top >> 62);
    Wide fraction = static_cast<Wide>(top << 2 | static_cast<std::uint64_t>(middle) >> 62) << 64 |
                    (static_cast<std::uint64_t>(middle) << 2 | static_cast<std::uint64_t>(low) >> 62);
    std::uint64_t rest = static_cast<std::uint64_t>(low) << 2;
    const bool negative = fraction >> 127 != 0;
    if (negative) {
        quadrant += 1;
        rest = ~rest;
        fraction = ~fraction;
    }
    int zeros = 0;
    while (fraction >> 127 == 0 && zeros < 128) {
        fraction = fraction << 1 | rest >> 63;
        rest <<= 1;
        ++zeros;
    }
    const double scale = powerOfTwo(-53 - zeros) * (negative ? -1 : 1);
    constexpr std::uint64_t mask53 = (std::uint64_t{1} << 53) - 1;
    const double upper = static_cast<double>(static_cast<std::uint64_t>(fraction >> 75)) * scale;
    const double lower = static_cast<double>(static_cast<std::uint64_t>(fraction >> 22) & mask53) * scale * 0x1p-53;
    constexpr Twofold halfPi{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};
    return {quadrant & 3, product(fastSum(upper, lower), halfPi)};
}

// For |angle| <= pi/4, by the series.
double sinNear(Twofold angle) {
    constexpr std::array<double, 8> series{
        -1.0 / 6,        1.0 / 120,        -1.0 / 5040,          1.0 / 362880,
        -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000, 1.0 / 355687428096000};
    const double z = angle.upper * angle.upper;
    return angle.upper + (angle.upper * z * polynomial(series, z) + angle.lower * (1 - 0.5 * z));
}
double cosNear(Twofold angle) {
    constexpr std::array<double, 7> series{1.0 / 24,        -1.0 / 720,         1.0 / 40320,         -1.0 / 3628800,
                                           1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000};
    const double z = angle.upper * angle.upper;
    const double half = 0.5 * z;
    const double rough = 1 - half;
    return rough + (((1 - rough) - half) + (z * z * polynomial(series, z) - angle.upper * angle.lower));
}

} // namespace

double log1p(double x) {
    if (!(x > -1) || x == infinity)
        return x == -1 ? -infinity : x < -1 ? nan : x;
    if (std::fabs(x) < 0x1p-54)
        return x;
    // The sum's rounding error, put back to first order.
    const double sum = 1 + x;
    const double lost = x > 1 ? 1 - (sum - x) : x - (sum - 1);
    return log(sum) + lost / sum;
}

double exp(double x) {
    if (x > expOverflow)
        return infinity;
    if (x < expUnderflow)
        return 0;
    if (std::isnan(x))
        return x;
    return expOf({x, 0});
}

double expm1(double x) {
    if (std::fabs(x) < 0x1p-54 || std::isnan(x))
        return x;
    if (std::fabs(x) <= 0.34)
        return x + x * x * expTail(x);
    if (x < -40)
        return -1;
    return exp(x) - 1;
}

double pow(double base, double exponent) {
    if (exponent == 0 || base == 1)
        return 1;
    if (std::isnan(base) || std::isnan(exponent))
        return nan;
    const double magnitude = std::fabs(base);
    const bool whole = std::floor(exponent) == exponent;
    const bool odd = whole && std::fabs(exponent) < 0x1p53 && std::floor(exponent / 2) * 2 != exponent;
    const double sign = std::signbit(base) && odd ? -1 : 1;
    if (std::fabs(exponent) == infinity) {
        if (magnitude == 1)
            return 1;
        return (magnitude > 1) == (exponent > 0) ? infinity : 0;
    }
    if (magnitude == 0)
        return exponent > 0 ? sign * 0.0 : sign * infinity;
    if (magnitude == infinity)
        return exponent > 0 ? sign * infinity : sign * 0.0;
    if (base < 0 && !whole)
        return nan;
    if (magnitude == 1)
        return sign;
    if (std::fabs(exponent) > 0x1p65) // the nearest bases to 1 already overflow or vanish
        return sign * ((magnitude > 1) == (exponent > 0) ? infinity : 0);
    const Twofold logarithm = logTwofold(magnitude);
    if (std::fabs(exponent * logarithm.upper) < 0x1p-60)
        return sign;
    Twofold power = product(exponent, logarithm.upper);
    power = fastSum(power.upper, power.lower + exponent * logarithm.lower);
    if (power.upper > 709.8)
        return sign * infinity;
    if (power.upper < -745.2)
        return sign * 0.0;
    return sign * expOf(power);
}

double sin(double radians) {
    const double magnitude = std::fabs(radians);
    if (!(magnitude < infinity))
        return nan;
    if (magnitude < 0x1p-27)
        return radians;
    if (magnitude <= 0.785)
        return sinNear({radians, 0});
    const Reduced reduced = reduce(magnitude);
    const double result = reduced.quadrant & 1 ? cosNear(reduced.angle) : sinNear(reduced.angle);
    return ((reduced.quadrant & 2) != 0) != (radians < 0) ? -result : result;
}

double cos(double radians) {
    const double magnitude = std::fabs(radians);
    if (!(magnitude < infinity))
        return nan;
    if (magnitude <= 0.785)
        return cosNear({magnitude, 0});
    const Reduced reduced = reduce(magnitude);
    const double result = reduced.quadrant & 1 ? sinNear(reduced.angle) : cosNear(reduced.angle);
    return reduced.quadrant == 1 || reduced.quadrant == 2 ? -result : result;
}

double gamma(double x) {
    if (!(x > 0))
        return nan;
    if (x > 171.7)
        return infinity;
    // Stirling's series, after stepping up to where it converges fast.
    double steps = 1;
    for (; x < 20; x += 1)
        steps *= x;
    const double z = 1 / (x * x);
    constexpr std::array<double, 6> stirling{1.0 / 12,    -1.0 / 360, 1.0 / 1260,
                                             -1.0 / 1680, 1.0 / 1188, -691.0 / 360360};
    const double series = exp(polynomial(stirling, z) / x);
    constexpr double rootOfTwoPi = 0x1.40d931ff62706p+1;
    const double half = pow(x, 0.5 * x - 0.25); // squared below: the whole power would overflow early
    return half * exp(-x) * half * rootOfTwoPi * series / steps;
}

double normalDensity(double z) {
    constexpr double rootOfTwoPi = 0x1.40d931ff62706p+1;
    return exp(-0.5 * z * z) / rootOfTwoPi;
}

double normalCdf(double z) {
    if (z > 0)
        return 1 - normalCdf(-z);
    if (z < -38.5)
        return 0;
    if (z > -3) { // 1/2 + density * (z + z^3/3 + z^5/15 + ...)
        double term = z;
        double sum = z;
        for (int odd = 3; std::fabs(term) > 1e-18 && odd < 200; odd += 2) {
            term *= z * z / odd;
            sum += term;
        }
        return 0.5 + normalDensity(z) * sum;
    }
    // Laplace's continued fraction for the tail, from far enough back.
    double fraction = -z;
    for (int k = 120; k >= 1; --k)
        fraction = -z + k / fraction;
    return normalDensity(z) / fraction;
}

// Wichura, Algorithm AS 241 (1988), PPND16: three rational functions, relative error about 1e-16.
double normalQuantile(double p) {
    const double q = p - 0.5;
    if (std::fabs(q) <= 0.425) {
        constexpr std::array<double, 8> above{
            3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
            4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3};
        constexpr std::array<double, 8> below{1.0,
                                              4.2313330701600911252e+1,
                                              6.8718700749205790830e+2,
                                              5.3941960214247511077e+3,
                                              2.1213794301586595867e+4,
                                              3.9307895800092710610e+4,
                                              2.8729085735721942674e+4,
                                              5.2264952788528545610e+3};
        const double r = 0.180625 - q * q;
        return q * polynomial(above, r) / polynomial(below, r);
    }
    const double tail = q < 0 ? p : 1 - p;
    const double r = std::sqrt(-log(tail));
    double z = 0;
    if (r <= 5) {
        constexpr std::array<double, 8> above{
            1.42343711074968357734e0, 4.63033784615654529590e0,  5.76949722146069140550e0,  3.64784832476320460504e0,
            1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
        constexpr std::array<double, 8> below{1.0,
                                              2.05319162663775882187e0,
                                              1.67638483018380384940e0,
                                              6.89767334985100004550e-1,
                                              1.48103976427480074590e-1,
                                              1.51986665636164571966e-2,
                                              5.47593808499534494600e-4,
                                              1.05075007164441684324e-9};
        z = polynomial(above, r - 1.6) / polynomial(below, r - 1.6);
    } else {
        constexpr std::array<double, 8> above{
            6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,  2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
        constexpr std::array<double, 8> below{1.0,
                                              5.99832206555887937690e-1,
                                              1.36929880922735805310e-1,
                                              1.48753612908506148525e-2,
                                              7.86869131145613259100e-4,
                                              1.84631831751005468180e-5,
                                              1.42151175831644588870e-7,
                                              2.04426310338993978564e-15};
        z = polynomial(above, r - 5) / polynomial(below, r - 5);
    }
    return q < 0 ? -z : z;
}

} // namespace weir::elementary
