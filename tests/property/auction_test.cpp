// The reverse auction against auction theory: providers' pricing strategies on one side, tenants'
// choices on the other, costs uniform on [100, 300] micro-dollars a block (oracles in
// queueing_oracles.h).
#include "providers/strategies/strategy.h"
#include "sim/rng.h"
#include "tenants/behaviour.h"
#include "tests/property/queueing_oracles.h"
#include "tests/property/queueing_statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

namespace {

using statistics::agrees;
using statistics::BatchMeans;

constexpr std::int64_t kLow = 100;
constexpr std::int64_t kHigh = 300;

double units(sim::Dec18 price) {
    return static_cast<double>(price.scaled) / 1e18;
}

struct Auction {
    std::string_view strategy;
    std::string_view behaviour;
    int bidders = 2;
    double max_price = 1e9;  ///< dearer bids are not made
};

struct Outcome {
    BatchMeans price{500};  ///< of the auctions with a winner
    BatchMeans traded{500};
    BatchMeans squares{500};  ///< squared distance of the price from `around`
};

/// Runs many auctions among bidders with fresh costs. A quarter is the margin of cost-plus bidders.
Outcome run(const Auction& auction, double around = 0) {
    constexpr int kAuctions = 50'000;
    const auto row = providers::strategy_named(auction.strategy);
    const auto price_of = providers::strategies()[row.value()].price;
    providers::StrategyParams params;
    params.margin = {1, 4};
    params.cost_ceiling = sim::Dec18::from_int(kHigh);
    params.bidders = auction.bidders;
    const auto behaviour = tenants::behaviour_named(auction.behaviour).value();
    auto costs = sim::Rng::stream(1, "auction", "costs");
    auto choices = sim::Rng::stream(1, "auction", "choices");
    Outcome outcome;
    std::vector<tenants::BidInSight> bids;
    for (int i = 0; i < kAuctions; ++i) {
        bids.clear();
        for (int b = 0; b < auction.bidders; ++b) {
            providers::PriceView view;
            view.pay_in = providers::PayIn::kMicroUsd;
            const std::int64_t cost = costs.uniform_int(kLow * 1'000'000, kHigh * 1'000'000);
            view.cost_usd = {static_cast<sim::Int128>(cost) * 1'000'000'000'000};
            const sim::Dec18 price = price_of(view, params).value();
            if (units(price) > auction.max_price) continue;
            bids.push_back({nodes::Address{static_cast<std::uint32_t>(b + 1)}, price});
        }
        const auto choice = tenants::choose(behaviour, {bids, choices.next_u64()});
        outcome.traded.add(choice ? 1 : 0);
        if (!choice) continue;
        const double paid = units(bids[choice->index].price);
        outcome.price.add(paid);
        outcome.squares.add((paid - around) * (paid - around));
    }
    return outcome;
}

class Bidders : public testing::TestWithParam<int> {};

TEST_P(Bidders, WhoAddAFixedMarginAreTakenAtTheLowestCostPlusTheMargin) {
    const oracles::UniformCosts theory{GetParam(), kLow, kHigh};
    const Outcome seen = run({"cost_plus", "cheapest", GetParam()});
    EXPECT_TRUE(agrees(seen.price.estimate(), theory.cost_plus_price(0.25), 0.005));
}

TEST_P(Bidders, InEquilibriumEarnWhatTheSecondLowestCostLeaves) {
    const int n = GetParam();
    const oracles::UniformCosts theory{n, kLow, kHigh};
    const double price = theory.equilibrium_price();
    const Outcome seen = run({"equilibrium", "cheapest", n}, price);
    EXPECT_TRUE(agrees(seen.price.estimate(), price, 0.005));
    // ((n-1)/n)^2 n / ((n+1)^2 (n+2)) (b-a)^2
    const double shade = (n - 1.0) / n;
    const double width = kHigh - kLow;
    const double variance = shade * shade * n / ((n + 1.0) * (n + 1.0) * (n + 2.0)) * width * width;
    EXPECT_TRUE(agrees(seen.squares.estimate(), variance, 0.03));
}

TEST_P(Bidders, AreTakenAtTheMeanBidByATenantWhoDoesNotCompare) {
    const oracles::UniformCosts theory{GetParam(), kLow, kHigh};
    const Outcome seen = run({"cost_plus", "random", GetParam()});
    EXPECT_TRUE(agrees(seen.price.estimate(), theory.random_choice_price(0.25), 0.005));
}

INSTANTIATE_TEST_SUITE_P(Numbers, Bidders, testing::Values(2, 3, 5, 8, 12));

// With cost-plus bids and a highest price r only costs up to r / 1.25 = 220 bid: 60 per cent of
// them.
TEST(HighestPrice, DecidesHowManyOrdersFindAProvider) {
    for (const int n : {3, 5}) {
        const Outcome seen = run({"cost_plus", "cheapest", n, 275});
        EXPECT_TRUE(agrees(seen.traded.estimate(), 1 - std::pow(0.4, n), 0.005));
    }
}

TEST(HighestPrice, LetsASingleBidderWithoutRivalsAskForAllOfIt) {
    // One bidder in equilibrium shades up to the ceiling: c + (b - c) / 1.
    const Outcome seen = run({"equilibrium", "cheapest", 1});
    EXPECT_NEAR(seen.price.estimate().mean, kHigh, 1e-6);
}

}  // namespace
