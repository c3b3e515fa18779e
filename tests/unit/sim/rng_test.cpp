#include "sim/rng.h"

#include "sim/digest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace sim {
namespace {

// Known answers of Philox4x32-10 as published with Random123 (kat_vectors).
TEST(Philox, GivesThePublishedAnswers) {
    EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}),
              (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    constexpr std::uint32_t kOnes = 0xffffffff;
    EXPECT_EQ(philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
              (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(
        philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
        (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Rng, TheSameNamesGiveTheSameNumbers) {
    auto a = Rng::stream(7, "provider/17", "bids");
    auto b = Rng::stream(7, "provider/17", "bids");
    for (int i = 0; i < 100; ++i)
        ASSERT_EQ(a.next_u64(), b.next_u64());
    EXPECT_EQ(a.draws(), 100U);
}

TEST(Rng, AnotherSeedEntityOrPurposeGivesOtherNumbers) {
    const auto first = [](std::uint64_t seed, std::string_view entity, std::string_view purpose) {
        return Rng::stream(seed, entity, purpose).next_u64();
    };
    const std::uint64_t base = first(1, "ab", "c");
    EXPECT_NE(base, first(2, "ab", "c"));
    EXPECT_NE(base, first(1, "ac", "c"));
    EXPECT_NE(base, first(1, "ab", "d"));
    EXPECT_NE(base, first(1, "a", "bc"));
    EXPECT_NE(base, first(1, "", "abc"));
}

// The numbers of a seed are part of what a recorded run means: they must never change.
TEST(Rng, KeepsItsNumbersForEver) {
    auto rng = Rng::stream(42, "tenant/3", "arrivals");
    Digest digest;
    const std::vector<double> weights{0.5, 0, 2, 1};
    for (int i = 0; i < 200; ++i) {
        digest.mix_value(rng.next_u64());
        digest.mix_value(rng.uniform01());
        digest.mix_value(rng.uniform_int(-5, 1'000'000));
        digest.mix_value(rng.exponential(3.5));
        digest.mix_value(rng.normal());
        digest.mix_value(rng.lognormal(1, 0.75));
        digest.mix_value(rng.weibull(1.5, 2));
        digest.mix_value(rng.pareto(2, 1.25));
        digest.mix_value(rng.poisson(3.25));
        digest.mix_value(rng.poisson(1234.5));
        digest.mix_value(rng.pick(weights));
    }
    EXPECT_EQ(digest.hex(), "56c409633d0af2d78b148a18fca66e8d");
}

TEST(Rng, ACopyContinuesWithTheSameNumbers) {
    auto rng = Rng::stream(1, "a", "b");
    rng.next_u64();
    auto copy = rng;
    EXPECT_EQ(copy, rng);
    EXPECT_EQ(copy.next_u64(), rng.next_u64());
}

TEST(Rng, UniformStaysInsideTheOpenUnitInterval) {
    auto rng = Rng::stream(3, "uniform", "test");
    double sum = 0;
    constexpr int kDraws = 200'000;
    for (int i = 0; i < kDraws; ++i) {
        const double u = rng.uniform01();
        ASSERT_GT(u, 0.0);
        ASSERT_LT(u, 1.0);
        sum += u;
    }
    // The mean of n draws has a deviation of sqrt(1 / 12 n) = 0.00065.
    EXPECT_NEAR(sum / kDraws, 0.5, 0.003);
}

TEST(Rng, WholeNumbersAreEquallyLikely) {
    auto rng = Rng::stream(3, "integers", "test");
    std::array<int, 7> counts{};
    for (int i = 0; i < 70'000; ++i)
        ++counts.at(static_cast<std::size_t>(rng.uniform_int(-3, 3) + 3));
    double chi_square = 0;
    for (const int count : counts)
        chi_square += (count - 10'000.0) * (count - 10'000.0) / 10'000.0;
    EXPECT_LT(chi_square, 22.5);  // 6 degrees of freedom, one in a thousand
}

TEST(Rng, WholeNumbersCoverTheWidestAndTheNarrowestRange) {
    constexpr auto kLow = std::numeric_limits<std::int64_t>::min();
    constexpr auto kHigh = std::numeric_limits<std::int64_t>::max();
    auto rng = Rng::stream(3, "ranges", "test");
    EXPECT_EQ(rng.uniform_int(5, 5), 5);
    bool negative = false;
    bool positive = false;
    for (int i = 0; i < 100; ++i) {
        const std::int64_t v = rng.uniform_int(kLow, kHigh);
        negative = negative || v < 0;
        positive = positive || v > 0;
        EXPECT_GE(rng.uniform_int(kHigh - 1, kHigh), kHigh - 1);
    }
    EXPECT_TRUE(negative);
    EXPECT_TRUE(positive);
}

// Two thirds of 2^64: without rejection the lower half would come twice as often as it should.
TEST(Rng, LargeRangesAreNotBiased) {
    auto rng = Rng::stream(4, "bias", "test");
    constexpr std::int64_t kSpan = 6'148'914'691'236'517'205;  // 2^64 / 3
    int low = 0;
    for (int i = 0; i < 30'000; ++i)
        low += rng.uniform_int(-kSpan, kSpan) < 0 ? 1 : 0;
    EXPECT_NEAR(low, 15'000, 350);
}

struct Moments {
    double mean = 0;
    double variance = 0;
};

template <class Draw>
Moments moments(int draws, Draw draw) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; ++i) {
        const double x = draw();
        sum += x;
        squares += x * x;
    }
    const double mean = sum / draws;
    return {mean, squares / draws - mean * mean};
}

TEST(Rng, DistributionsHaveTheirMeansAndVariances) {
    auto rng = Rng::stream(5, "moments", "test");
    constexpr int kDraws = 200'000;
    const auto exponential = moments(kDraws, [&] { return rng.exponential(4.0); });
    EXPECT_NEAR(exponential.mean, 4.0, 0.05);
    EXPECT_NEAR(exponential.variance, 16.0, 0.6);
    const auto normal = moments(kDraws, [&] { return rng.normal(); });
    EXPECT_NEAR(normal.mean, 0.0, 0.012);
    EXPECT_NEAR(normal.variance, 1.0, 0.016);
    // Lognormal: mean e^(mu + sigma^2 / 2).
    const auto lognormal = moments(kDraws, [&] { return rng.lognormal(0.5, 0.5); });
    EXPECT_NEAR(lognormal.mean, std::exp(0.625), 0.02);
    // Weibull with shape 2: mean lambda sqrt(pi) / 2.
    const auto weibull = moments(kDraws, [&] { return rng.weibull(2.0, 3.0); });
    EXPECT_NEAR(weibull.mean, 3.0 * std::sqrt(M_PI) / 2.0, 0.02);
    // Pareto: mean alpha m / (alpha - 1).
    const auto pareto = moments(kDraws, [&] { return rng.pareto(2.0, 4.0); });
    EXPECT_NEAR(pareto.mean, 8.0 / 3.0, 0.02);
}

TEST(Rng, PoissonHasItsMeanAsVarianceOnBothSidesOfTheSwitch) {
    auto rng = Rng::stream(6, "poisson", "test");
    constexpr int kDraws = 100'000;
    for (const double mean : {0.1, 2.5, 9.99, 10.0, 35.0, 1e4, 1e9}) {
        const auto got =
            moments(kDraws, [&] { return static_cast<double>(rng.poisson(mean)) - mean; });
        EXPECT_NEAR(got.mean, 0.0, 4 * std::sqrt(mean / kDraws)) << mean;
        EXPECT_NEAR(got.variance / mean, 1.0, 0.03 + 4 * std::sqrt(1 / (mean * kDraws))) << mean;
    }
    EXPECT_EQ(rng.poisson(0.0), 0);
}

// P(N = 0) = e^-2 = 0.1353, P(N = 2) = 2 e^-2 = 0.2707.
TEST(Rng, PoissonGivesTheRightShares) {
    auto rng = Rng::stream(6, "poisson", "shares");
    int none = 0;
    int two = 0;
    for (int i = 0; i < 100'000; ++i) {
        const auto n = rng.poisson(2.0);
        none += n == 0 ? 1 : 0;
        two += n == 2 ? 1 : 0;
    }
    EXPECT_NEAR(none, 13'534, 450);
    EXPECT_NEAR(two, 27'067, 600);
}

TEST(Rng, PicksInProportionAndNeverAWeightOfZero) {
    auto rng = Rng::stream(8, "pick", "test");
    const std::vector<double> weights{0.0, 1.0, 0.0, 3.0, 0.0};
    std::array<int, 5> counts{};
    for (int i = 0; i < 40'000; ++i)
        ++counts.at(rng.pick(weights));
    EXPECT_EQ(counts[0] + counts[2] + counts[4], 0);
    EXPECT_NEAR(counts[1], 10'000, 350);
}

TEST(Rng, HappensAsOftenAsTheRatioSays) {
    auto rng = Rng::stream(8, "happens", "test");
    int hits = 0;
    for (int i = 0; i < 60'000; ++i)
        hits += rng.happens(Ratio{1, 3}) ? 1 : 0;
    EXPECT_NEAR(hits, 20'000, 450);
    EXPECT_FALSE(rng.happens(Ratio{0, 5}));
    EXPECT_TRUE(rng.happens(Ratio{5, 5}));
}

TEST(RngDeathTest, RefusesEmptyRangesAndWeights) {
    auto rng = Rng::stream(8, "death", "test");
    EXPECT_DEATH(rng.uniform_int(2, 1), "a range that is not empty");
    EXPECT_DEATH(rng.pick(std::vector<double>{0, 0}), "a weight above 0");
    EXPECT_DEATH(rng.exponential(0.0), "a positive mean");
}

}  // namespace
}  // namespace sim
