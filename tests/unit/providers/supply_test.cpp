#include "providers/supply/supply.h"

#include <gtest/gtest.h>

namespace {

using providers::SupplyChange;
using providers::SupplyParams;
using providers::SupplyState;
using providers::SupplyView;

constexpr auto kDay = sim::SimDuration::seconds(86'400);

SupplyChange decide(std::string_view rule,
                    const SupplyView& view,
                    const SupplyParams& params,
                    SupplyState& state,
                    sim::Rng& rng) {
    return providers::supply_rules()[*providers::supply_rule_named(rule)].decide(
        view, params, state, rng);
}

class Supply : public testing::Test {
  protected:
    SupplyParams params_;
    SupplyState state_;
    sim::Rng rng_ = sim::Rng::stream(1, "supply", "test");
};

TEST_F(Supply, FixedMovesToItsTarget) {
    params_.target = 10;
    SupplyView view{.population = 7, .reserve = 100, .step = kDay};
    EXPECT_EQ(decide("fixed", view, params_, state_, rng_), (SupplyChange{3, 0}));
    view.population = 12;
    EXPECT_EQ(decide("fixed", view, params_, state_, rng_), (SupplyChange{0, 2}));
    view = {.population = 7, .reserve = 1, .step = kDay};
    EXPECT_EQ(decide("fixed", view, params_, state_, rng_), (SupplyChange{1, 0}));
}

TEST_F(Supply, OpportunistsJoinWhenItPaysAndLeaveWhenNot) {
    SupplyView view{.reward_per_day = 200,
                    .cost_per_day = 100,
                    .population = 0,
                    .reserve = 10'000,
                    .step = kDay};
    // 100 % gain at a tenth per day: 1 - e^-0.1 = 9.516 % of the reserve.
    const auto joined = decide("opportunist", view, params_, state_, rng_);
    EXPECT_NEAR(static_cast<double>(joined.join), 951.6, 1);
    EXPECT_EQ(joined.leave, 0);
    view.reward_per_day = 50;
    view.population = 1'000;
    // 50 % loss at a fifth per day: 1 - e^-0.1 again.
    const auto left = decide("opportunist", view, params_, state_, rng_);
    EXPECT_NEAR(static_cast<double>(left.leave), 95.16, 1);
    EXPECT_EQ(left.join, 0);
}

TEST_F(Supply, OpportunistsIgnoreSmallDifferences) {
    SupplyView view{.reward_per_day = 109,
                    .cost_per_day = 100,
                    .population = 1'000,
                    .reserve = 1'000,
                    .step = kDay};
    EXPECT_EQ(decide("opportunist", view, params_, state_, rng_), (SupplyChange{}));
    view.reward_per_day = 91;
    EXPECT_EQ(decide("opportunist", view, params_, state_, rng_), (SupplyChange{}));
}

TEST_F(Supply, HardwareTakesItsTimeToArrive) {
    params_.entry_delay = sim::SimDuration::seconds(20 * 86'400);
    params_.entry_rate = {100, 1};
    SupplyView view{.reward_per_day = 300, .cost_per_day = 100, .reserve = 1'000, .step = kDay};
    std::int64_t there = 0;
    for (int day = 0; day < 20; ++day) {
        view.population = there;
        view.reserve = 1'000 - there;
        there += decide("opportunist", view, params_, state_, rng_).join;
    }
    // All decide on the first day; after the mean delay 1 - 1/e of them have come.
    EXPECT_NEAR(static_cast<double>(there), 632, 12);
}

TEST_F(Supply, SettlesWhereThePoolPaysTheCost) {
    // A pool of 50,000 a day shared pro rata, cost 1.20: free entry ends near 41,667 units.
    EXPECT_NEAR(providers::free_entry_units(50'000, 1.2, 0, 0), 41'666.7, 0.1);
    EXPECT_NEAR(providers::free_entry_units(50'000, 0.03, 0.01, 700), 7'041, 1);
    params_.entry_rate = {1, 2};
    params_.exit_rate = {1, 1};
    params_.hysteresis = {1, 100};
    std::int64_t units = 100;
    for (int day = 0; day < 400; ++day) {
        const SupplyView view{.reward_per_day = 50'000'000'000 / units,
                              .cost_per_day = 1'200'000,
                              .population = units,
                              .reserve = 100'000 - units,
                              .step = kDay};
        const auto change = decide("opportunist", view, params_, state_, rng_);
        units += change.join - change.leave;
    }
    EXPECT_NEAR(static_cast<double>(units), 41'667, 41'667 * 0.02);
}

TEST_F(Supply, LoyalSupplyHalvesInItsHalfLife) {
    params_.half_life = sim::SimDuration::seconds(100 * 86'400);
    std::int64_t population = 10'000;
    for (int day = 1; day <= 100; ++day) {
        const SupplyView view{
            .population = population, .step = kDay, .since_programme_end = kDay * day};
        population -= decide("loyal_half_life", view, params_, state_, rng_).leave;
    }
    EXPECT_NEAR(static_cast<double>(population), 5'000, 30);
}

TEST_F(Supply, LoyalSupplyComesForTheProgramme) {
    const SupplyView view{
        .reward_per_day = 2, .cost_per_day = 1, .population = 5, .reserve = 40, .step = kDay};
    EXPECT_EQ(decide("loyal_half_life", view, params_, state_, rng_), (SupplyChange{40, 0}));
}

TEST_F(Supply, DrawsTheFraction) {
    std::int64_t total = 0;
    for (int i = 0; i < 10'000; ++i)
        total += providers::draw_count(2.25, 100, rng_);
    EXPECT_NEAR(static_cast<double>(total) / 10'000, 2.25, 0.02);
    EXPECT_EQ(providers::draw_count(1e30, 7, rng_), 7);
    EXPECT_EQ(providers::draw_count(-1, 7, rng_), 0);
}

TEST_F(Supply, ParametersAreSetByName) {
    EXPECT_TRUE(providers::set_supply_parameter(params_, "half_life_days", 120));
    EXPECT_EQ(params_.half_life, kDay * 120);
    EXPECT_FALSE(providers::set_supply_parameter(params_, "half_life_days", -1));
    EXPECT_FALSE(providers::set_supply_parameter(params_, "nonsense", 1));
    for (const auto name : providers::supply_parameter_names()) {
        EXPECT_TRUE(providers::set_supply_parameter(params_, name, 0.5)) << name;
    }
}

}  // namespace
