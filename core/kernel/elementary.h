// Elementary functions with the same bits on every machine. The C library's differ between machines and versions in
// the last place, which is enough to send two runs different ways. These use only IEEE 754 + - * / and sqrt in one
// order, so they need round-to-nearest and no contraction of a * b + c. Within 1 ulp of the true value (expm1 within 4,
// gamma within 64), for huge angles too; special values as in C's Annex F. No errno, no floating-point flags promised.
#pragma once

namespace weir::elementary {

double log(double x);
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

} // namespace weir::elementary
