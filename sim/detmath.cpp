#include "sim/detmath.h"

#include "sim/assert.h"

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace sim {
namespace {

// ln 2 in two parts; the first has 21 trailing zero bits, so its product with an exponent is exact.
constexpr double kLn2High = 0x1.62e42fee00000p-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kInverseLn2 = 0x1.71547652b82fep+0;
constexpr double kSqrt2 = 0x1.6a09e667f3bcdp+0;

/// An unevaluated sum of two doubles, the second far smaller than the first.
struct Pair {
    double high = 0;
    double low = 0;
};

/// a + b exactly (Knuth).
Pair two_sum(double a, double b) {
    const double sum = a + b;
    const double b_part = sum - a;
    return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// Splits 53 bits into two halves of at most 26 (Dekker).
Pair split(double a) {
    const double scaled = 134217729.0 * a;  // 2^27 + 1
    const double high = scaled - (scaled - a);
    return {high, a - high};
}

/// a * b exactly (Dekker), without a fused multiply-add, which not every machine has.
Pair two_product(double a, double b) {
    const double product = a * b;
    const Pair x = split(a);
    const Pair y = split(b);
    const double low =
        x.low * y.low - (((product - x.high * y.high) - x.low * y.high) - x.high * y.low);
    return {product, low};
}

/// x = mantissa * 2^exponent with the mantissa between sqrt(1/2) and sqrt(2).
struct Decomposed {
    double mantissa = 1;
    int exponent = 0;
};

Decomposed decompose(double x) {
    int exponent = 0;
    if (x < std::numeric_limits<double>::min()) {  // subnormal
        x *= 0x1.0p54;
        exponent = -54;
    }
    const auto bits = std::bit_cast<std::uint64_t>(x);
    exponent += static_cast<int>(bits >> 52U) - 1023;
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52U) - 1);
    double mantissa = std::bit_cast<double>(fraction | (std::uint64_t{1023} << 52U));
    if (mantissa > kSqrt2) {
        mantissa *= 0.5;
        ++exponent;
    }
    return {mantissa, exponent};
}

template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
    double sum = 0;
    for (std::size_t i = N; i-- > 0;)
        sum = sum * x + coefficients[i];
    return sum;
}

/// 2/3, 2/5, 2/7, ...: 2 atanh(s) = 2 s + s z (2/3 + 2/5 z + ...) with z = s^2 <= 0.0295.
constexpr auto kAtanh = [] {
    std::array<double, 11> terms{};
    for (std::size_t i = 0; i < terms.size(); ++i)
        terms[i] = 2.0 / static_cast<double>(2 * i + 3);
    return terms;
}();

/// 1/2!, 1/3!, ...: e^r = 1 + r + r^2 (1/2! + r/3! + ...); |r| <= 0.3466, so that the first term
/// left out is below 2^-57.
constexpr auto kExp = [] {
    std::array<double, 12> terms{};
    double factorial = 1;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        factorial *= static_cast<double>(i + 2);
        terms[i] = 1.0 / factorial;
    }
    return terms;
}();

/// log(x) to about 2^-60 relative: log m = 2 atanh(s), s = (m - 1) / (m + 1).
Pair log_pair(double x) {
    const auto [mantissa, exponent] = decompose(x);
    const double f = mantissa - 1.0;  // exact
    const Pair divisor = two_sum(mantissa, 1.0);
    const double s = f / divisor.high;
    const Pair back = two_product(s, divisor.high);
    const double s_low = ((f - back.high) - back.low - s * divisor.low) / divisor.high;
    const double k = exponent;
    const Pair whole = two_sum(k * kLn2High, 2.0 * s);
    const double low =
        whole.low + (k * kLn2Low + (2.0 * s_low + s * (s * s * polynomial(kAtanh, s * s))));
    return two_sum(whole.high, low);
}

/// e^(x + low) with |low| far below |x|.
double exp_sum(double x, double low) {
    if (x > 709.782712893384) return std::numeric_limits<double>::infinity();
    if (x < -745.2) return 0.0;
    const double k = std::floor(x * kInverseLn2 + 0.5);
    const double r_high = x - k * kLn2High;  // exact
    const double r_low = low - k * kLn2Low;
    const double r = r_high + r_low;
    const double rest = (r_high - r) + r_low;
    const double value = 1.0 + (r + (r * r * polynomial(kExp, r) + rest));
    // In two steps, since 2^k alone may leave the range while the product does not.
    const int exponent = static_cast<int>(k);
    const int half = exponent / 2;
    const auto power = [](int e) {
        return std::bit_cast<double>(static_cast<std::uint64_t>(e + 1023) << 52U);
    };
    return value * power(half) * power(exponent - half);
}

}  // namespace

double det_exp(double x) {
    SIM_ASSERT(!std::isnan(x), "a number as exponent");
    return exp_sum(x, 0.0);
}

double det_log(double x) {
    SIM_ASSERT(x > 0 && std::isfinite(x), "a positive, finite number, got {}", x);
    return log_pair(x).high;
}

double det_pow(double x, double y) {
    SIM_ASSERT(x > 0 && std::isfinite(x), "a positive, finite base, got {}", x);
    SIM_ASSERT(std::isfinite(y), "a finite exponent, got {}", y);
    const Pair logarithm = log_pair(x);
    const double rough = y * logarithm.high;
    if (rough > 800 || rough < -800) return exp_sum(rough, 0.0);
    const Pair product = two_product(y, logarithm.high);
    const Pair sum = two_sum(product.high, product.low + y * logarithm.low);
    return exp_sum(sum.high, sum.low);
}

double det_log_factorial(std::int64_t n) {
    SIM_ASSERT(n >= 0, "a factorial of {}", n);
    if (n < 16) {
        double product = 1;
        for (std::int64_t i = 2; i <= n; ++i)
            product *= static_cast<double>(i);
        return det_log(product);
    }
    // Stirling: the first term left out is below 1e-12 from 16 on.
    constexpr double kHalfLog2Pi = 0x1.d67f1c864beb5p-1;
    const auto x = static_cast<double>(n);
    const double z = 1.0 / (x * x);
    const double series = (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680)))) / x;
    return (x + 0.5) * det_log(x) - x + kHalfLog2Pi + series;
}

// Algorithm AS 241 (Wichura, Applied Statistics 37, 1988), PPND16: about 1e-16 relative.
double det_normal_quantile(double p) {
    SIM_ASSERT(p > 0 && p < 1, "a probability between 0 and 1, got {}", p);
    constexpr std::array kCentreTop{3.3871328727963666080e0,
                                    1.3314166789178437745e2,
                                    1.9715909503065514427e3,
                                    1.3731693765509461125e4,
                                    4.5921953931549871457e4,
                                    6.7265770927008700853e4,
                                    3.3430575583588128105e4,
                                    2.5090809287301226727e3};
    constexpr std::array kCentreBottom{1.0,
                                       4.2313330701600911252e1,
                                       6.8718700749205790830e2,
                                       5.3941960214247511077e3,
                                       2.1213794301586595867e4,
                                       3.9307895800092710610e4,
                                       2.8729085735721942674e4,
                                       5.2264952788528545610e3};
    constexpr std::array kMiddleTop{1.42343711074968357734e0,
                                    4.63033784615654529590e0,
                                    5.76949722146069140550e0,
                                    3.64784832476320460504e0,
                                    1.27045825245236838258e0,
                                    2.41780725177450611770e-1,
                                    2.27238449892691845833e-2,
                                    7.74545014278341407640e-4};
    constexpr std::array kMiddleBottom{1.0,
                                       2.05319162663775882187e0,
                                       1.67638483018380384940e0,
                                       6.89767334985100004550e-1,
                                       1.48103976427480074590e-1,
                                       1.51986665636164571966e-2,
                                       5.47593808499534494600e-4,
                                       1.05075007164441684324e-9};
    constexpr std::array kTailTop{6.65790464350110377720e0,
                                  5.46378491116411436990e0,
                                  1.78482653991729133580e0,
                                  2.96560571828504891230e-1,
                                  2.65321895265761230930e-2,
                                  1.24266094738807843860e-3,
                                  2.71155556874348757815e-5,
                                  2.01033439929228813265e-7};
    constexpr std::array kTailBottom{1.0,
                                     5.99832206555887937690e-1,
                                     1.36929880922735805310e-1,
                                     1.48753612908506148525e-2,
                                     7.86869131145613259100e-4,
                                     1.84631831751005468180e-5,
                                     1.42151175831644588870e-7,
                                     2.04426310338993978564e-15};
    const double q = p - 0.5;
    if (std::fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(kCentreTop, r) / polynomial(kCentreBottom, r);
    }
    const double r = std::sqrt(-det_log(q < 0 ? p : 1.0 - p));
    const double z = r <= 5 ? polynomial(kMiddleTop, r - 1.6) / polynomial(kMiddleBottom, r - 1.6)
                            : polynomial(kTailTop, r - 5) / polynomial(kTailBottom, r - 5);
    return q < 0 ? -z : z;
}

}  // namespace sim
