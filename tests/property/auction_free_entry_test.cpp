// Free entry into a pro-rata pool: suppliers who join while the pool pays more than their cost and
// leave while it pays less end at N* = R / c, whatever the pool is for; unreal units face detection
// as well.
#include "nodes/networks/programme.h"
#include "tests/property/queueing_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace {

constexpr std::int64_t kDollar = 1'000'000;

nodes::ProgrammeParams daily_pool() {
    nodes::ProgrammeParams params;
    params.pool_per_day = 50'000 * kDollar;
    params.period = sim::SimDuration::seconds(86'400);
    params.end = sim::SimTime{} + sim::SimDuration::seconds(86'400LL * 3'000);
    return params;
}

/// Each day the size changes by the profit's share of the cost, at most by half: up while it pays.
std::int64_t size_after(std::int64_t days, std::int64_t first_size, std::int64_t cost_per_day) {
    nodes::Programme programme{daily_pool()};
    auto rng = sim::Rng::stream(1, "programme", "checks");
    const nodes::Address supplier{1};
    programme.change_units(supplier, {.real = first_size});
    for (std::int64_t day = 0; day < days; ++day) {
        const std::int64_t income = programme.pay(rng).at(0).amount;
        const std::int64_t size = programme.units().real;
        const std::int64_t profit_percent = (income / size - cost_per_day) * 100 / cost_per_day;
        const std::int64_t change = size * std::clamp<std::int64_t>(profit_percent, -50, 50) / 100;
        programme.change_units(supplier, {.real = change});
    }
    return programme.units().real;
}

TEST(FreeEntry, EndsWhereThePoolPaysTheCostOfAUnit) {
    for (const std::int64_t cost : {1'200'000, 30'000}) {
        const std::int64_t theory = nodes::free_entry_units(50'000 * kDollar, cost);
        for (const std::int64_t first_size : {std::int64_t{100}, 4 * theory}) {
            const auto size = static_cast<double>(size_after(200, first_size, cost));
            // Moves stop when the profit is below one per cent of the cost.
            EXPECT_NEAR(size, static_cast<double>(theory), 0.011 * static_cast<double>(theory));
        }
    }
}

/// Mean daily profit of a farm that replaces found units at once.
statistics::Estimate farm_profit(std::int64_t units, std::uint32_t detection_ppm) {
    constexpr std::int64_t kCost = 30'000;
    nodes::ProgrammeParams params = daily_pool();
    params.verification = nodes::Verification::kChecked;
    params.detection_ppm = detection_ppm;
    params.stake_per_unit = 700 * kDollar;
    nodes::Programme programme{params};
    auto rng = sim::Rng::stream(2, "programme", "checks");
    const nodes::Address farm{1};
    programme.change_units(farm, {.unreal = units});
    statistics::BatchMeans profit{30};
    while (programme.next_payment()) {
        const auto payment = programme.pay(rng).at(0);
        profit.add(static_cast<double>(payment.amount - payment.slashed - units * kCost) /
                   static_cast<double>(kDollar));
        programme.change_units(farm, {.unreal = payment.found});
    }
    return profit.estimate();
}

TEST(FreeEntry, OfUnrealUnitsEndsWhereDetectionEatsTheProfit) {
    nodes::ProgrammeParams params = daily_pool();
    params.stake_per_unit = 700 * kDollar;
    for (const std::uint32_t detection_ppm : {10'000U, 50'000U}) {
        const std::int64_t size = nodes::free_entry_unreal_units(params, 30'000, detection_ppm);
        const auto at_theory = farm_profit(size, detection_ppm);
        // One unit more or less is worth $7 to $35 a day: the rounding of the size.
        EXPECT_LT(at_theory.error, 300);
        EXPECT_NEAR(at_theory.mean, 0, 3.5 * at_theory.error + 35);
        EXPECT_GT(farm_profit(size * 9 / 10, detection_ppm).mean, 1'000);
        EXPECT_LT(farm_profit(size * 11 / 10, detection_ppm).mean, -1'000);
    }
}

}  // namespace
