#include "sim/detmath.h"

#include "sim/digest.h"
#include "sim/rng.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace sim {
namespace {

/// Distance in units of the last place of `expected`.
double ulps(double got, long double expected) {
    const double near = static_cast<double>(expected);
    const double next = std::nextafter(std::fabs(near), std::numeric_limits<double>::infinity());
    return static_cast<double>(std::fabs(static_cast<long double>(got) - expected) /
                               static_cast<long double>(next - std::fabs(near)));
}

TEST(DetMath, ExpIsWithinAnUlpOfTheLibrary) {
    auto rng = Rng::stream(1, "detmath", "exp");
    double worst = 0;
    for (int i = 0; i < 200'000; ++i) {
        const double x = (rng.uniform01() - 0.5) * (i % 3 == 0 ? 1400.0 : 4.0);
        worst = std::max(worst, ulps(det_exp(x), std::exp(static_cast<long double>(x))));
    }
    EXPECT_LT(worst, 1.0);
}

TEST(DetMath, LogIsWithinAnUlpOfTheLibrary) {
    auto rng = Rng::stream(1, "detmath", "log");
    double worst = 0;
    for (int i = 0; i < 200'000; ++i) {
        double x = rng.uniform01();
        if (i % 3 == 1) x += 0.5;
        if (i % 3 == 2) x = std::ldexp(x, static_cast<int>(rng.uniform_int(-1000, 1000)));
        worst = std::max(worst, ulps(det_log(x), std::log(static_cast<long double>(x))));
    }
    EXPECT_LT(worst, 1.0);
}

TEST(DetMath, PowIsWithinTwoUlpsOfTheLibrary) {
    auto rng = Rng::stream(1, "detmath", "pow");
    double worst = 0;
    for (int i = 0; i < 200'000; ++i) {
        const double x = rng.uniform01() * (i % 2 == 0 ? 1.0 : 1000.0);
        const double y = (rng.uniform01() - 0.5) * 40.0;
        const long double exact =
            std::pow(static_cast<long double>(x), static_cast<long double>(y));
        if (exact < 1e-300L || exact > 1e300L) continue;
        worst = std::max(worst, ulps(det_pow(x, y), exact));
    }
    EXPECT_LT(worst, 2.0);
}

TEST(DetMath, KnowsTheEdges) {
    EXPECT_EQ(det_exp(0.0), 1.0);
    EXPECT_EQ(det_log(1.0), 0.0);
    EXPECT_EQ(det_pow(2.0, 10.0), 1024.0);
    EXPECT_EQ(det_pow(7.0, 0.0), 1.0);
    EXPECT_EQ(det_exp(710.0), std::numeric_limits<double>::infinity());
    EXPECT_EQ(det_exp(-746.0), 0.0);
    EXPECT_EQ(det_exp(-std::numeric_limits<double>::infinity()), 0.0);
    EXPECT_NEAR(det_log(std::numeric_limits<double>::denorm_min()), -744.4400719213812, 1e-12);
    EXPECT_NEAR(det_log(std::numeric_limits<double>::max()), 709.782712893384, 1e-12);
    EXPECT_GT(det_exp(-744.0), 0.0);  // still a subnormal number
    EXPECT_EQ(det_pow(10.0, 400.0), std::numeric_limits<double>::infinity());
    EXPECT_EQ(det_pow(10.0, -400.0), 0.0);
}

TEST(DetMath, LogFactorialAgreesWithTheGammaFunction) {
    EXPECT_EQ(det_log_factorial(0), 0.0);
    EXPECT_NEAR(det_log_factorial(5), std::log(120.0), 1e-15);
    for (const std::int64_t n : {15, 16, 17, 100, 12'345, 1'000'000'000}) {
        const double expected = std::lgamma(static_cast<double>(n) + 1.0);
        EXPECT_NEAR(det_log_factorial(n) / expected, 1.0, 1e-14) << n;
    }
}

TEST(DetMath, TheNormalQuantileInvertsTheDistributionFunction) {
    EXPECT_EQ(det_normal_quantile(0.5), 0.0);
    EXPECT_NEAR(det_normal_quantile(0.975), 1.959963984540054, 1e-14);
    for (const double p : {1e-300, 1e-100, 1e-15, 1e-6, 0.01, 0.07, 0.08, 0.3, 0.6, 0.93, 0.999}) {
        const double z = det_normal_quantile(p);
        EXPECT_NEAR(0.5 * std::erfc(-z / std::sqrt(2.0)) / p, 1.0, 1e-12) << p;
    }
}

// Bit for bit what every compiler and build type must give: the digest stands for them all.
TEST(DetMath, GivesTheSameBitsEverywhere) {
    auto rng = Rng::stream(2, "detmath", "bits");
    Digest digest;
    for (int i = 0; i < 20'000; ++i) {
        const double u = rng.uniform01();
        const double v = (rng.uniform01() - 0.5) * 100.0;
        digest.mix_value(det_exp(v));
        digest.mix_value(det_log(u));
        digest.mix_value(det_pow(u, v));
        digest.mix_value(det_normal_quantile(u));
        digest.mix_value(det_log_factorial(i));
    }
    EXPECT_EQ(digest.hex(), "3a401ede9eb80d9001109fcbe0a77168");
}

TEST(DetMathDeathTest, RefusesWhatHasNoAnswer) {
    EXPECT_DEATH(det_log(0.0), "a positive, finite number");
    EXPECT_DEATH(det_pow(-1.0, 2.0), "a positive, finite base");
    EXPECT_DEATH(det_normal_quantile(1.0), "a probability between 0 and 1");
}

}  // namespace
}  // namespace sim
