// Elementary functions with the same bits on every machine. The C library's differ between machines and versions in
// the last place, which is enough to send two runs different ways. These use only IEEE 754 + - * / and sqrt in one
// order, so they need round-to-nearest and no contraction of a * b + c. Within 1 ulp of the true value (expm1 within 4,
// gamma within 64), for huge angles too; special values as in C's Annex F. No errno, no floating-point flags promised.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace weir::elementary {

inline double log(double x); // defined below: most draws take one
double log1p(double x);
double exp(double x);
double expm1(double x);
double pow(double base, double exponent);
double sin(double radians);
double cos(double radians);
// Euler's gamma function for x > 0; NaN elsewhere.
double gamma(double x);

// The standard normal distribution: density, P(Z <= z), and the z with P(Z <= z) = p for p in (0, 1).
double normalDensity(double z);
double normalCdf(double z);
double normalQuantile(double p);

namespace detail {

// ln 2 in two parts; the upper one has so few bits that its product with an exponent is exact.
inline constexpr double ln2Upper = 0x1.62e42fee00000p-1;
inline constexpr double ln2Lower = 0x1.a39ef35793c76p-33;

// x = mantissa * 2^exponent with the mantissa in [sqrt(1/2), sqrt(2)); x is positive and finite.
struct Split {
    double mantissa;
    int exponent;
};
inline Split split(double x) {
    int exponent = 0;
    if (x < std::numeric_limits<double>::min()) {
        x *= 0x1p54;
        exponent = -54;
    }
    constexpr std::uint64_t rootOfHalf = 0x3FE6A09E667F3BCDu;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const auto steps = static_cast<std::int64_t>(bits - rootOfHalf) >> 52;
    exponent += static_cast<int>(steps);
    return {std::bit_cast<double>(bits - (static_cast<std::uint64_t>(steps) << 52)), exponent};
}

} // namespace detail

inline double log(double x) {
    if (!(x > 0) || x == std::numeric_limits<double>::infinity())
        return x == 0  ? -std::numeric_limits<double>::infinity()
               : x > 0 ? x
               : x < 0 ? std::numeric_limits<double>::quiet_NaN()
                       : x;
    const detail::Split parts = detail::split(x);
    const double f = parts.mantissa - 1;
    const double s = f / (2 + f);
    const double z = s * s;
    const double z2 = z * z;
    // 2 atanh(s) / s - 2, over the interval by its Chebyshev interpolation.
    const double even = 0x1.5555555555558p-1 + z * 0x1.99999999952d7p-2;
    const double next = 0x1.2492492df281ap-2 + z * 0x1.c71c62e3f11e6p-3;
    const double last = 0x1.7462b51cb66b1p-3 + z * 0x1.39fe51a7c18f9p-3 + z2 * 0x1.2b5900de53b32p-3;
    const double series = z * (even + z2 * (next + z2 * last));
    const double half = 0.5 * f * f;
    const double k = parts.exponent;
    // log(1 + f) = f - f^2/2 + s (f^2/2 + series): the small terms first.
    return k * detail::ln2Upper - ((half - (s * (half + series) + k * detail::ln2Lower)) - f);
}

} // namespace weir::elementary
