#include "nodes/networks/programme.h"

#include <gtest/gtest.h>

namespace {

using nodes::Address;
using nodes::Programme;
using nodes::ProgrammeParams;
using nodes::ProgrammePayment;
using nodes::Verification;

ProgrammeParams hourly(std::int64_t pool_per_day) {
    ProgrammeParams params;
    params.pool_per_day = pool_per_day;
    params.end = sim::SimTime{} + sim::SimDuration::seconds(86'400);
    return params;
}

sim::Rng draws() {
    return sim::Rng::stream(1, "programme", "checks");
}

TEST(Programme, CarriesWhatADivisionLeavesOver) {
    Programme programme{hourly(1'000)};
    for (const std::uint32_t owner : {3U, 1U, 2U})
        programme.change_units({owner}, {.real = 1});
    auto rng = draws();
    // 1,000 / 24 is 41 in the first hour: 13 each, 2 over. The second brings 42 more: 44, 14 each,
    // 2 over.
    const std::vector<ProgrammePayment> first = programme.pay(rng);
    ASSERT_EQ(first.size(), 3U);
    EXPECT_EQ(first[0], (ProgrammePayment{{1}, 13, 0, 0}));
    EXPECT_EQ(first[2], (ProgrammePayment{{3}, 13, 0, 0}));
    EXPECT_EQ(programme.carried(), 2);
    EXPECT_EQ(programme.pay(rng)[1].amount, 14);
    EXPECT_EQ(programme.carried(), 2);
    while (programme.next_payment())
        programme.pay(rng);
    EXPECT_EQ(programme.paid() + programme.carried(), 1'000);
    EXPECT_EQ(programme.paid(), 999);
}

TEST(Programme, KeepsThePoolWhileNobodyIsThere) {
    Programme programme{hourly(2'400)};
    auto rng = draws();
    EXPECT_TRUE(programme.pay(rng).empty());
    EXPECT_EQ(programme.carried(), 100);
    programme.change_units({7}, {.real = 5});
    EXPECT_EQ(programme.pay(rng).at(0).amount, 200);
}

TEST(Programme, PaysUnrealUnitsLikeRealOnesWhenNothingIsChecked) {
    Programme programme{hourly(24'000)};
    programme.change_units({1}, {.real = 100});
    programme.change_units({2}, {.unreal = 900});
    auto rng = draws();
    const auto payments = programme.pay(rng);
    EXPECT_EQ(payments.at(0).amount, 100);
    EXPECT_EQ(payments.at(1).amount, 900);
    EXPECT_EQ(rng.draws(), 0U);
}

TEST(Programme, TakesTheStakeOfUnitsFoundOutAndWithholdsTheirShare) {
    ProgrammeParams params = hourly(24'000);
    params.verification = Verification::kChecked;
    params.detection_ppm = 1'000'000;
    params.stake_per_unit = 10;
    params.slash_ppm = 250'000;
    Programme programme{params};
    EXPECT_EQ(programme.change_units({1}, {.real = 100}), 1'000);
    EXPECT_EQ(programme.change_units({2}, {.unreal = 300}), 3'000);
    auto rng = draws();
    const auto payments = programme.pay(rng);
    EXPECT_EQ(payments.at(0), (ProgrammePayment{{1}, 250, 0, 0}));
    EXPECT_EQ(payments.at(1), (ProgrammePayment{{2}, 0, 750, 300}));
    EXPECT_EQ(programme.withheld(), 750);
    EXPECT_EQ(programme.units().unreal, 0);
    EXPECT_EQ(programme.pay(rng).at(0).amount, 1'000);
}

TEST(Programme, GivesBackOnlyTheStakesOfUnitsThatAreThere) {
    ProgrammeParams params = hourly(100);
    params.stake_per_unit = 7;
    Programme programme{params};
    programme.change_units({1}, {.real = 2, .unreal = 1});
    EXPECT_EQ(programme.change_units({1}, {.real = -5, .unreal = 0}), -14);
    EXPECT_EQ(programme.units().real, 0);
    EXPECT_EQ(programme.units().unreal, 1);
}

TEST(Programme, EndsWithTheLastWholePeriod) {
    ProgrammeParams params = hourly(24);
    params.start = sim::SimTime{} + sim::SimDuration::seconds(3'600);
    params.end = params.start + sim::SimDuration::seconds(9'000);
    Programme programme{params};
    auto rng = draws();
    int periods = 0;
    for (; programme.next_payment(); ++periods)
        programme.pay(rng);
    EXPECT_EQ(periods, 2);
    EXPECT_EQ(programme.carried(), 2);
}

TEST(Binomial, HasItsMeanAndVariance) {
    auto rng = draws();
    // 1,000 units at 3 per cent: mean 30, variance 29.1; over 4,000 rounds errors .085 and .65.
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 4'000; ++i) {
        const auto hits = static_cast<double>(nodes::binomial(1'000, 30'000, rng));
        sum += hits;
        squares += (hits - 30) * (hits - 30);
    }
    EXPECT_NEAR(sum / 4'000, 30, 0.3);
    EXPECT_NEAR(squares / 4'000, 29.1, 2.3);
    EXPECT_EQ(nodes::binomial(1'000, 1'000'000, rng), 1'000);
    EXPECT_EQ(nodes::binomial(1'000, 0, rng), 0);
    EXPECT_EQ(nodes::binomial(0, 500'000, rng), 0);
}

// $50,000 a day: a real unit that costs $1.20 a day, an unreal one that costs 3 cents (reference
// 10).
TEST(FreeEntry, ExplainsAMillionUnrealUnits) {
    constexpr std::int64_t kDollar = 1'000'000;
    ProgrammeParams params;
    params.pool_per_day = 50'000 * kDollar;
    params.stake_per_unit = 700 * kDollar;
    EXPECT_EQ(nodes::free_entry_units(params.pool_per_day, 1'200'000), 41'666);
    EXPECT_EQ(nodes::free_entry_units(params.pool_per_day, 30'000), 1'666'666);
    EXPECT_EQ(nodes::free_entry_unreal_units(params, 30'000, 0), 1'666'666);
    EXPECT_EQ(nodes::free_entry_unreal_units(params, 30'000, 10'000), 7'041);
    EXPECT_EQ(nodes::free_entry_unreal_units(params, 30'000, 50'000), 1'355);
}

}  // namespace
