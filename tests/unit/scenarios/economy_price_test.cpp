#include "scenarios/engine/economy/price.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using scenarios::PriceConfig;
using scenarios::PriceKind;
using scenarios::PriceProcess;

sim::SimTime after(std::int64_t seconds) {
    return sim::SimTime{} + sim::SimDuration::seconds(seconds);
}

PriceConfig script(PriceKind kind) {
    PriceConfig config;
    config.kind = kind;
    config.points = {{after(100), 5'000'000}, {after(200), 3'000'000}, {after(400), 4'000'000}};
    return config;
}

TEST(Price, HoldsEachStepUntilTheNext) {
    PriceProcess price{script(PriceKind::kSteps), 1};
    EXPECT_EQ(price.micro_usd(after(0)), 5'000'000);
    EXPECT_EQ(price.micro_usd(after(199)), 5'000'000);
    EXPECT_EQ(price.micro_usd(after(200)), 3'000'000);
    EXPECT_EQ(price.micro_usd(after(9'999)), 4'000'000);
}

TEST(Price, RunsStraightBetweenThePoints) {
    PriceProcess price{script(PriceKind::kLinear), 1};
    EXPECT_EQ(price.micro_usd(after(50)), 5'000'000);
    EXPECT_EQ(price.micro_usd(after(150)), 4'000'000);
    EXPECT_EQ(price.micro_usd(after(250)), 3'250'000);
    EXPECT_EQ(price.micro_usd(after(500)), 4'000'000);
}

TEST(Price, IsMultipliedByEveryShockFromItsMomentOn) {
    PriceProcess price{script(PriceKind::kSteps), 1};
    price.shock(after(250), 500'000);
    price.shock(after(300), 1'100'000);
    EXPECT_EQ(price.micro_usd(after(249)), 3'000'000);
    EXPECT_EQ(price.micro_usd(after(250)), 1'500'000);
    EXPECT_EQ(price.micro_usd(after(300)), 1'650'000);
}

TEST(Price, DoesNotDependOnHowOftenItIsAsked) {
    PriceConfig config;
    config.kind = PriceKind::kJumpDiffusion;
    PriceProcess often{config, 9};
    PriceProcess once{config, 9};
    PriceProcess other{config, 10};
    std::int64_t last = 0;
    for (std::int64_t t = 0; t <= 864'000; t += 97)
        last = often.micro_usd(after(t));
    last = often.micro_usd(after(864'000));
    EXPECT_EQ(last, once.micro_usd(after(864'000)));
    EXPECT_NE(last, other.micro_usd(after(864'000)));
}

// Over 30 days: mean of the price S0 e^(drift T); variance of its logarithm (sigma^2 + rate s^2) T.
TEST(Price, HasTheMeanAndTheVarianceOfAJumpDiffusion) {
    PriceConfig config;
    config.kind = PriceKind::kJumpDiffusion;
    config.motion.drift = 0.5;
    config.motion.step = sim::SimDuration::seconds(86'400);
    const double years = 30.0 / 365;
    const double variance = (1.1 * 1.1 + 15 * 0.12 * 0.12) * years;
    double sum = 0;
    double squares = 0;
    constexpr int kRuns = 4'000;
    const double log_mean = (0.5 - 1.1 * 1.1 / 2 - 15 * (std::exp(0.12 * 0.12 / 2) - 1)) * years;
    for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
        PriceProcess price{config, seed};
        const double ratio = static_cast<double>(price.micro_usd(after(30 * 86'400))) / 5e6;
        sum += ratio;
        squares += (std::log(ratio) - log_mean) * (std::log(ratio) - log_mean);
    }
    // Standard errors: .35 / sqrt(4000) = .0055 and variance x sqrt(2.5 / 4000) = .003.
    EXPECT_NEAR(sum / kRuns, std::exp(0.5 * years), 0.02);
    EXPECT_NEAR(squares / kRuns, variance, 0.01);
}

TEST(Price, RefusesPointsOutOfOrder) {
    PriceConfig config = script(PriceKind::kSteps);
    std::swap(config.points[0], config.points[1]);
    EXPECT_FALSE(scenarios::validate(config).has_value());
    config.points.clear();
    EXPECT_FALSE(scenarios::validate(config).has_value());
}

}  // namespace
