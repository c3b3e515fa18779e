// Free entry through the whole market: a scenario's programme pays a pool pro rata, its providers
// come while that pays more than their cost and leave while it pays less (supply rule opportunist).
// The size ends at N* = R / c, and of unreal cards that checks find out with chance q a day and
// stake S at N* = (1 - q) R / (c + q S) (reference rival-networks, sections 10 and 11.4). Payments,
// stakes and registrations are transactions on chain.
//
// The rule is nearly deterministic: what is left of chance is which cards a check finds. Means are
// of twenty days after forty; two per cent is more than four standard errors of them.
#include "nodes/networks/programme.h"
#include "scenarios/engine/quiet_observer.h"
#include "tests/support/scenario_texts.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace scenarios {
namespace {

constexpr double kDollar = 1e6;

struct Entry {
    std::string pool = "12500usdc";
    std::string checks;  ///< further keys of the programme
    std::string cards = "{ rtx3060ti: 1 }";
    double cost_per_day = 30;  ///< of a card, in dollars
    int first = 10;
    int reserve = 3'000;
};

std::string scenario(const Entry& entry) {
    return fmt::format(R"(
name: entry
run_for: 60d
seed: 9
series_every: 6h
price: 5
programmes: [{{ name: pool, pool_per_day: {}, period: 1d{} }}]
providers:
  - name: farm
    count: {}
    programme: pool
    balance: [100akt, 10000usdc]
    supply: {{ rule: opportunist, reserve: {}, every: 6h, entry_rate: 0.5, exit_rate: 1, hysteresis: 0, cost_per_day: {} }}
    nodes: {{ cpu: 8, memory: 32Gi, storage: 200Gi, gpus: {} }}
)",
                       entry.pool,
                       entry.checks,
                       entry.first,
                       entry.reserve,
                       entry.cost_per_day,
                       entry.cards);
}

struct Seen {
    double units = 0;     ///< mean of the last twenty days
    double per_unit = 0;  ///< dollars that a card got in the last period
    double slashed = 0;
};

Seen run(const Entry& entry) {
    World world = tests::world_of(scenario(entry));
    QuietObserver nobody;
    world.set_checks({.coins = 1, .all = 100});
    world.run_until(sim::SimTime{world.scenario().run_for.ns}, nobody);
    EXPECT_FALSE(world.breach()) << world.breach()->text;
    EXPECT_EQ(world.market().tally().transactions_failed, 0)
        << "every stake and payment went through";
    const Series& series = world.series();
    const std::size_t column = series.find("programme_units").value();
    Seen out;
    double samples = 0;
    for (std::size_t i = 0; i < series.samples(); ++i) {
        if (series.time(i).to_seconds() < 40 * 86'400) continue;
        out.units += series.value(i, column);
        ++samples;
    }
    out.units /= samples;
    const ProgrammeDesk::Row& row = world.programmes().rows()[0];
    out.per_unit = static_cast<double>(row.last_per_unit) / kDollar;
    out.slashed = static_cast<double>(row.programme.slashed()) / kDollar;
    return out;
}

TEST(MarketEntry, EndsWhereThePoolPaysTheCostOfACardFromWhateverSize) {
    for (const double cost : {30.0, 100.0}) {
        const double theory = 12'500 / cost;
        for (const int first : {10, 1'500}) {
            const Seen seen = run({.cost_per_day = cost, .first = first});
            EXPECT_NEAR(seen.units, theory, 0.02 * theory) << first << " at first";
            EXPECT_NEAR(seen.per_unit, cost, 0.02 * cost);
        }
    }
}

TEST(MarketEntry, CountsCardsNotProviders) {
    const Seen seen = run({.cards = "{ rtx3060ti: 4 }", .cost_per_day = 15});
    EXPECT_NEAR(seen.units, 12'500.0 / 15, 0.02 * 12'500 / 15);
}

TEST(MarketEntry, FollowsThePriceOfTheCoinThatThePoolPays) {
    const Seen seen = run({.pool = "2500akt"});  // 12,500 dollars at 5 dollars
    EXPECT_NEAR(seen.units, 12'500.0 / 30, 0.02 * 12'500 / 30);
}

TEST(MarketEntry, OfUnrealCardsEndsWhereDetectionEatsTheProfit) {
    struct Case {
        double detection;
        double pool;
    };

    for (const auto& [q, pool] : {Case{0.01, 2'500}, Case{0.05, 12'500}}) {
        const double theory = (1 - q) * pool / (0.03 + q * 700);
        for (const int first : {200, 700}) {
            const Seen seen =
                run({.pool = fmt::format("{}usdc", pool),
                     .checks =
                         fmt::format(", verified: true, detection: {}, stake_per_unit: 700usdc", q),
                     .cards = "{ a100: { count: 1, actual: rtx3060 } }",
                     .cost_per_day = 0.03,
                     .first = first});
            EXPECT_NEAR(seen.units, theory, 0.03 * theory) << "q = " << q << ", " << first;
            // Checks of sixty days, each taking 700 dollars from a share q of the cards.
            EXPECT_GT(seen.slashed, 40 * q * theory * 700);
        }
    }
}

}  // namespace
}  // namespace scenarios
