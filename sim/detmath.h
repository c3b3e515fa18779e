// Elementary functions whose results are the same bits with every compiler, build type and C
// library: only IEEE additions, multiplications, divisions and square roots are used, in a fixed
// order and without contraction. Accurate to about one unit in the last place; everything random
// goes through them.
#pragma once

#include <cstdint>

namespace sim {

/// e^x; 0 below and infinity above what a double holds.
double det_exp(double x);
/// Natural logarithm of a positive, finite number.
double det_log(double x);
/// x^y for positive, finite x and finite y.
double det_pow(double x, double y);
/// log(n!) for n >= 0.
double det_log_factorial(std::int64_t n);
/// The z with P(Z <= z) = p for a standard normal Z; p in (0, 1).
double det_normal_quantile(double p);

}  // namespace sim
