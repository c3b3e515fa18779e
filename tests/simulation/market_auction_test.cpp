// The reverse auction of the whole market against auction theory (oracles in queueing_oracles.h;
// reference rival-networks, section 11.1): orders on chain, providers' bids on chain, a tenant that
// waits for all of them and leases.
//
// Hundreds of auctions run side by side in one world: each tenant orders once and is matched by n
// providers of its own, whose costs are drawn uniformly from [100, 300] micro-dollars a block.
// Every lease must have the very price that its bidders' costs lead to; the mean over all auctions
// must be the theory's within 3.5 standard errors (a right program misses one comparison in 2,000,
// seeds are fixed) and be known to 1.5 per cent at least.
#include "scenarios/engine/quiet_observer.h"
#include "tests/property/queueing_oracles.h"
#include "tests/property/queueing_statistics.h"
#include "tests/support/scenario_texts.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace scenarios {
namespace {

using statistics::agrees;
using statistics::BatchMeans;

constexpr double kLow = 100;
constexpr double kHigh = 300;
/// Costs are given per month of so many blocks, as providers count (providers/costs.h).
constexpr double kBlocksPerMonth = 429'909;
constexpr double kMargin = 0.25;  ///< of cost-plus bidders, when nothing else is said

struct Auctions {
    std::string strategy;
    std::string behaviour;
    int bidders = 2;
    int count = 500;
    double budget = 10'000;  ///< of what a tenant thinks is usual: as good as no limit
};

struct Drawn {
    std::string text;
    std::vector<std::vector<double>> costs;  ///< by auction and bidder
};

std::string tenant(int auction, const Auctions& auctions) {
    return fmt::format(R"(
  - name: t{0}
    behaviour: {1}
    arrivals: {{ process: poisson, every: 1min, limit: 1 }}
    requests: {{ workload: job, lasting: 10h }}
    enough_bids: {2}
    bid_window: 2min
    patience: 2min
    budget: {{ median: {3} }}
    pay_with: usdc
    workloads:
      job:
        sdl: |
          version: "2.0"
          services: {{ job: {{ image: job, expose: [{{ port: 80, to: [{{ global: true }}] }}] }} }}
          profiles:
            compute:
              job: {{ resources: {{ cpu: {{ units: 1 }}, memory: {{ size: 1Gi }}, storage: {{ size: 1Gi }} }} }}
            placement:
              here: {{ attributes: {{ auction: "{0}" }}, pricing: {{ job: {{ denom: uakt, amount: 1 }} }} }}
          deployment: {{ job: {{ here: {{ profile: job, count: 1 }} }} }}
)",
                       auction,
                       auctions.behaviour,
                       auctions.bidders,
                       auctions.budget);
}

Drawn scenario(const Auctions& auctions) {
    auto draws = sim::Rng::stream(11, "auction", "costs");
    Drawn out;
    out.text = "name: auctions\nrun_for: 1h\nseed: 3\nprice: 5\nproviders:\n";
    for (int i = 0; i < auctions.count; ++i) {
        out.costs.emplace_back();
        for (int b = 0; b < auctions.bidders; ++b) {
            const double cost = kLow + (kHigh - kLow) * draws.uniform01();
            out.costs.back().push_back(cost);
            const bool first = out.costs.size() == 1 && b == 0;
            out.text += fmt::format(
                "  - {{ name: p{}-{}, strategy: {}, attributes: {{ auction: \"{}\" }}, nodes: {}, "
                "prices: {}, costs: {{ cpu_thread: {:.6f}, memory_gib: 0, storage_gib: 0 }} }}\n",
                i,
                b,
                auctions.strategy,
                i,
                first ? "&node { cpu: 4, memory: 8Gi, storage: 100Gi }" : "*node",
                first ? fmt::format(
                            "&prices {{ cost_ceiling: {}, bidders: {} }}", kHigh, auctions.bidders)
                      : "*prices",
                cost * kBlocksPerMonth / 1e6);
        }
    }
    out.text += "tenants:\n";
    for (int i = 0; i < auctions.count; ++i)
        out.text += tenant(i, auctions);
    return out;
}

double units(sim::Dec18 price) {
    return static_cast<double>(price.scaled) / 1e18;
}

/// What the chain holds after all auctions: by auction, the price of the lease if there is one.
struct Outcome {
    std::vector<std::vector<double>> costs;
    std::map<int, double> prices;
    double max_price = 0;  ///< of the orders

    [[nodiscard]] statistics::Estimate mean_price() const {
        BatchMeans out{1};
        for (const auto& [auction, price] : prices)
            out.add(price);
        return out.estimate();
    }

    [[nodiscard]] double lowest_cost(int auction) const {
        const auto& all = costs[static_cast<std::size_t>(auction)];
        return *std::min_element(all.begin(), all.end());
    }
};

Outcome run(const Auctions& auctions) {
    Drawn drawn = scenario(auctions);
    World world = tests::world_of(drawn.text);
    QuietObserver nobody;
    world.run_until(sim::SimTime{} + sim::SimDuration::seconds(3'600), nobody);
    EXPECT_FALSE(world.breach()) << world.breach()->text;
    const nodes::ChainState& state = world.chain().state();
    EXPECT_EQ(state.orders.live(), static_cast<std::size_t>(auctions.count));
    Outcome out;
    out.costs = std::move(drawn.costs);
    for (const nodes::OrderRow& order : state.orders.rows())
        out.max_price = units(world.chain().view().order(order.id)->max_price);
    for (const nodes::BidRow& bid : state.bids.rows()) {
        if (bid.lease_state == nodes::LeaseState::kInvalid) continue;
        const std::string& name = world.seat(world.agent_with(bid.id.owner)).name;
        out.prices[std::stoi(name.substr(1))] = units(bid.price);
    }
    return out;
}

struct Bidders {
    int number;
    int auctions;
};

class MarketBidders : public testing::TestWithParam<Bidders> {};

TEST_P(MarketBidders, WhoAddAFixedMarginSellAtTheLowestCostPlusTheMargin) {
    const auto [n, count] = GetParam();
    const Outcome seen =
        run({.strategy = "cost_plus", .behaviour = "cheapest", .bidders = n, .count = count});
    ASSERT_EQ(seen.prices.size(), static_cast<std::size_t>(count));
    for (const auto& [auction, price] : seen.prices)
        ASSERT_NEAR(price, (1 + kMargin) * seen.lowest_cost(auction), 1e-4) << auction;
    const oracles::UniformCosts theory{n, kLow, kHigh};
    EXPECT_TRUE(agrees(seen.mean_price(), theory.cost_plus_price(kMargin), 0.015));
}

TEST_P(MarketBidders, InEquilibriumSellAtTheSecondLowestCostOnAverage) {
    const auto [n, count] = GetParam();
    const Outcome seen =
        run({.strategy = "equilibrium", .behaviour = "cheapest", .bidders = n, .count = count});
    ASSERT_EQ(seen.prices.size(), static_cast<std::size_t>(count));
    BatchMeans second{1};
    for (const auto& [auction, price] : seen.prices) {
        const double cost = seen.lowest_cost(auction);
        ASSERT_NEAR(price, cost + (kHigh - cost) / n, 1e-4) << auction;
        std::vector<double> sorted = seen.costs[static_cast<std::size_t>(auction)];
        std::sort(sorted.begin(), sorted.end());
        second.add(price - sorted[1]);
    }
    const oracles::UniformCosts theory{n, kLow, kHigh};
    EXPECT_TRUE(agrees(seen.mean_price(), theory.equilibrium_price(), 0.015));
    // Revenue equivalence, auction by auction: the price less the second lowest cost is 0 on
    // average.
    const auto excess = second.estimate();
    EXPECT_LT(std::abs(excess.mean), 3.5 * excess.error);
}

INSTANTIATE_TEST_SUITE_P(
    Numbers,
    MarketBidders,
    testing::Values(Bidders{2, 700}, Bidders{3, 700}, Bidders{5, 500}, Bidders{8, 350}));

TEST(MarketAuction, OfATenantWhoDoesNotCompareCostsTheMeanBid) {
    const Outcome seen =
        run({.strategy = "cost_plus", .behaviour = "random", .bidders = 3, .count = 700});
    const oracles::UniformCosts theory{3, kLow, kHigh};
    EXPECT_TRUE(agrees(seen.mean_price(), theory.random_choice_price(kMargin), 0.015));
}

// With a highest price only costs up to r = highest price / 1.25 bid. An order finds a provider
// with 1 - ((b - r) / (b - a))^n, and then pays 1.25 x E[lowest cost | it is below r].
TEST(MarketAuction, WithAHighestPriceLosesTheOrdersOfDearProviders) {
    constexpr int kBidders = 3;
    constexpr int kAuctions = 700;
    const Outcome seen = run({.strategy = "cost_plus",
                              .behaviour = "cheapest",
                              .bidders = kBidders,
                              .count = kAuctions,
                              .budget = 30});
    const double r = seen.max_price / (1 + kMargin);
    ASSERT_GT(r, 130) << "or the test says little";
    ASSERT_LT(r, 220) << "or the test says little";
    const double share = (kHigh - r) / (kHigh - kLow);
    const double traded = 1 - std::pow(share, kBidders);
    const double error = std::sqrt(traded * (1 - traded) / kAuctions);
    EXPECT_NEAR(static_cast<double>(seen.prices.size()) / kAuctions, traded, 3.5 * error);
    // E[min; min < r] by parts: a + integral of P(min > x) up to r, less r P(min > r).
    const double n = kBidders;
    const double integral = (kHigh - kLow) / (n + 1) * (1 - std::pow(share, n + 1));
    const double lowest = (kLow + integral - r * std::pow(share, n)) / traded;
    EXPECT_TRUE(agrees(seen.mean_price(), (1 + kMargin) * lowest, 0.015));
}

}  // namespace
}  // namespace scenarios
