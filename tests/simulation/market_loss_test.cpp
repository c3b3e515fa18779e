// The whole market against queueing theory: a scenario's tenants, providers and chain, with their
// latencies, bid windows and manifests, lose and serve as many requests as the formulas say
// (oracles in queueing_oracles.h; reference rival-networks, section 11.2).
//
// Many pools run side by side in one world: each is one provider with c cards and one tenant whose
// orders only that provider matches, and who gives up when no bid has come after half a minute. The
// pools are independent of each other, so the error bar is that of the spread of their means; the
// time until they have filled is left out. A comparison passes within 3.5 standard errors, which a
// right program misses once in 2,000 comparisons; seeds are fixed. `precise` (2 per cent) is what
// makes the test able to fail: a load 5 per cent off shows in each of these cases.
#include "scenarios/engine/quiet_observer.h"
#include "scenarios/engine/recording.h"
#include "tests/property/queueing_oracles.h"
#include "tests/property/queueing_statistics.h"
#include "tests/support/scenario_texts.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace scenarios {
namespace {

using statistics::agrees;
using statistics::BatchMeans;

constexpr int kPools = 40;
constexpr double kUseS = 12 * 3600;
constexpr double kBlockS = 6;
/// How much longer a card is taken than its tenant uses it, which theory calls service as well:
/// from the order to the bid (a block and two seconds of pricing, 8 s), to the lease (6 s), until
/// the workload is healthy (30 s, of which v0.5.4 counts it twice for 25 s, as if two cards were
/// gone), to the close (half a block and the next, 6 s) and until the provider's next look (5 s).
constexpr double kOverheadS = 8 + 6 + 30 + 25 + 6 + 5;

struct Pools {
    int cards = 1;
    double load = 1;  ///< requests in a mean duration
    std::string lasting = "{ exponential: 12h }";
    std::string choosing = "enough_bids: 1";
};

/// One tenant whose workload wants a card of the provider with this pool's attribute.
std::string tenant(int pool, const Pools& pools) {
    return fmt::format(R"(
  - name: users{0}
    balance: [1000000000akt]
    arrivals: {{ process: poisson, every: {1:.0f}s }}
    requests: {{ workload: job, lasting: {2} }}
    {3}
    patience: 30s
    budget: {{ median: 100 }}
    money: {{ deposit: duration, deposit_cap: 1000000000000 }}
    workloads:
      job:
        sdl: |
          version: "2.0"
          services:
            job: {{ image: job, expose: [{{ port: 80, to: [{{ global: true }}] }}] }}
          profiles:
            compute:
              job:
                resources:
                  cpu: {{ units: 1 }}
                  memory: {{ size: 1Gi }}
                  storage: {{ size: 1Gi }}
                  gpu: {{ units: 1, attributes: {{ vendor: {{ nvidia: [{{ model: t4 }}] }} }} }}
            placement:
              here:
                attributes: {{ pool: "{0}" }}
                pricing: {{ job: {{ denom: uakt, amount: 100000 }} }}
          deployment:
            job: {{ here: {{ profile: job, count: 1 }} }}
)",
                       pool,
                       kUseS / pools.load,
                       pools.lasting,
                       pools.choosing);
}

std::string scenario(const Pools& pools) {
    std::string text = R"(
name: pools
run_for: 3000d
seed: 5
prune_closed_after: 1h
series_every: 1d
block: { interval: 6s }
price: 5
links: { latency: 50ms }
providers:
)";
    for (int i = 0; i < kPools; ++i) {
        text += fmt::format(R"(
  - name: pool{0}
    strategy: cost_plus
    attributes: {{ pool: "{0}" }}
    withdraw_every: 30d
    nodes: {{ cpu: 100, memory: 1Ti, storage: 4Ti, gpus: {{ t4: {1} }} }}
)",
                            i,
                            pools.cards);
    }
    text += "tenants:\n";
    for (int i = 0; i < kPools; ++i)
        text += tenant(i, pools);
    return text;
}

sim::SimTime day(double d) {
    return sim::SimTime{static_cast<std::int64_t>(d * 86'400e9)};
}

/// Offered load with the time that the market adds.
double market_load(double load) {
    return load * (kUseS + kOverheadS) / kUseS;
}

/// Share of requests that found no card.
statistics::Estimate blocking(const Pools& pools, double warm_days, double days) {
    World world = tests::world_of(scenario(pools));
    QuietObserver nobody;
    world.set_checks({.coins = 0, .all = 5'000});
    world.run_until(day(warm_days), nobody);
    const std::vector<tenants::Tenant> before = world.tenants();
    world.run_until(day(warm_days + days), nobody);
    EXPECT_FALSE(world.breach()) << world.breach()->text;
    BatchMeans lost{1};
    for (std::size_t i = 0; i < before.size(); ++i) {
        const tenants::TenantCounts& now = world.tenants()[i].counts();
        const auto requests = static_cast<double>(now.requests - before[i].counts().requests);
        lost.add(static_cast<double>(now.unserved - before[i].counts().unserved) / requests);
        EXPECT_EQ(now.not_created + now.ran_dry + now.broken_off, 0) << "only cards may be short";
    }
    return lost.estimate();
}

struct LossCase {
    int cards;
    double load;
    double days;
};

class LossMarket : public testing::TestWithParam<LossCase> {};

TEST_P(LossMarket, LosesAsManyRequestsAsErlangSays) {
    const LossCase& p = GetParam();
    const auto seen = blocking({.cards = p.cards, .load = p.load}, 5, p.days);
    const double theory = oracles::erlang_b(p.cards, market_load(p.load));
    EXPECT_TRUE(agrees(seen, theory, 0.02));
}

INSTANTIATE_TEST_SUITE_P(Tables,
                         LossMarket,
                         testing::Values(LossCase{1, .5, 1'500},
                                         LossCase{2, 1, 1'000},
                                         LossCase{5, 3, 300},
                                         LossCase{10, 8, 200}));

// The blocking depends on the mean of the durations only (insensitivity): lognormal ones with the
// same mean of 12 hours, that is with a median of 12 h / e^(sigma^2 / 2), and equal ones.
TEST(LossMarket, DoesNotCareHowDurationsAreDistributed) {
    const double theory = oracles::erlang_b(10, market_load(8));
    const double median_s = kUseS / std::exp(0.5);
    const std::string lognormal = fmt::format("{{ lognormal: {:.0f}s, sigma: 1 }}", median_s);
    for (const std::string& lasting : {lognormal, std::string{"12h"}}) {
        const auto seen = blocking({.cards = 10, .load = 8, .lasting = lasting}, 10, 200);
        EXPECT_TRUE(agrees(seen, theory, 0.02)) << lasting;
    }
}

// --- Little's law

/// Differences between L and lambda W in batches of time; L and its error bar.
class LittleCheck {
  public:
    /// Totals up to the end of a batch: time integral of the number inside, arrivals, departures,
    /// and the sum of the stays of those who have left.
    struct Totals {
        double inside_s = 0;
        double entered = 0;
        double left = 0;
        double stays_s = 0;
    };

    void batch_ends(const Totals& totals, double at_s) {
        totals_.push_back(totals);
        times_s_.push_back(at_s);
    }

    /// L = lambda W within 3.5 standard errors of the batches' differences. W is the mean stay of
    /// all who left in the whole time.
    [[nodiscard]] testing::AssertionResult holds(double precise) const {
        const Totals& first = totals_.front();
        const Totals& last = totals_.back();
        const double stay_s = (last.stays_s - first.stays_s) / (last.left - first.left);
        BatchMeans difference{1};
        for (std::size_t i = 1; i < totals_.size(); ++i) {
            const double passed_s = times_s_[i] - times_s_[i - 1];
            const double inside = (totals_[i].inside_s - totals_[i - 1].inside_s) / passed_s;
            const double rate = (totals_[i].entered - totals_[i - 1].entered) / passed_s;
            difference.add(inside - rate * stay_s);
        }
        const statistics::Estimate seen = difference.estimate();
        const double inside =
            (last.inside_s - first.inside_s) / (times_s_.back() - times_s_.front());
        if (!(inside > 0) || !(seen.error <= precise * inside)) {
            return testing::AssertionFailure()
                   << "too few seen: " << inside << ", standard error " << seen.error;
        }
        if (std::abs(seen.mean) > 3.5 * seen.error) {
            return testing::AssertionFailure()
                   << "L = " << inside << ", L - lambda W = " << seen.mean << " +- " << seen.error;
        }
        return testing::AssertionSuccess();
    }

    [[nodiscard]] double mean_inside() const {
        return (totals_.back().inside_s - totals_.front().inside_s) /
               (times_s_.back() - times_s_.front());
    }

  private:
    std::vector<Totals> totals_;
    std::vector<double> times_s_;
};

/// Looks at the chain alone: how many of each kind its tables hold after every block, and by the
/// events of transactions when each one came and went.
class ChainWatch final : public Observer {
  public:
    enum Kind : std::uint8_t { kDeployments, kOrders, kBids, kLeases, kKinds };

    void agent_joined(const World& /*world*/, AgentRef /*agent*/) override {}

    void transaction(const World& /*world*/, const TransactionSeen& seen) override {
        for (const nodes::ChainEvent& event : seen.result->events)
            note(event, seen.at.to_seconds());
    }

    void settlement(const World& /*world*/, const SettlementSeen& /*seen*/) override {}

    void note(const World& /*world*/, AgentRef /*by*/, const nodes::BidNote& /*note*/) override {}

    void action(const World& /*world*/, std::string_view /*text*/) override {}

    void sampled(const World& /*world*/) override {}

    /// What is there after a block is there until the next one.
    bool block(const World& world, const BlockSeen& /*seen*/) override {
        const nodes::ChainState& state = world.chain().state();
        const auto add = [&](Kind kind, const auto& rows, auto inside) {
            for (const auto& row : rows)
                totals_.at(kind).inside_s += inside(row) ? kBlockS : 0;
        };
        add(kDeployments, state.deployments.rows(), [](const nodes::DeploymentRow& row) {
            return row.state == nodes::DeploymentState::kActive;
        });
        add(kOrders, state.orders.rows(), [](const nodes::OrderRow& row) {
            return row.state == nodes::OrderState::kOpen;
        });
        add(kBids, state.bids.rows(), [](const nodes::BidRow& row) {
            return row.state == nodes::BidState::kOpen;
        });
        add(kLeases, state.bids.rows(), [](const nodes::BidRow& row) {
            return row.lease_state == nodes::LeaseState::kActive;
        });
        return true;
    }

    [[nodiscard]] const LittleCheck::Totals& totals(Kind kind) const { return totals_.at(kind); }

  private:
    void note(const nodes::ChainEvent& event, double at_s) {
        nodes::BidId order = event.id;
        order.provider = {};
        nodes::BidId deployment{event.id.owner, event.id.dseq, 0, 0, {}};
        switch (event.kind) {
            case nodes::EventKind::kDeploymentCreated:
                return enter(kDeployments, deployment, at_s);
            case nodes::EventKind::kDeploymentClosed:
                return leave(kDeployments, deployment, at_s);
            case nodes::EventKind::kOrderCreated:
                return enter(kOrders, order, at_s);
            case nodes::EventKind::kOrderClosed:
                return leave(kOrders, order, at_s);
            case nodes::EventKind::kBidCreated:
                return enter(kBids, event.id, at_s);
            case nodes::EventKind::kBidClosed:
                return leave(kBids, event.id, at_s);
            case nodes::EventKind::kLeaseCreated:
                // With the lease order and bid are open no more.
                leave(kOrders, order, at_s);
                leave(kBids, event.id, at_s);
                return enter(kLeases, event.id, at_s);
            case nodes::EventKind::kLeaseClosed:
                return leave(kLeases, event.id, at_s);
            default:
                return;
        }
    }

    void enter(Kind kind, const nodes::BidId& id, double at_s) {
        ++totals_.at(kind).entered;
        since_s_.at(kind)[row_key(id)] = at_s;
    }

    void leave(Kind kind, const nodes::BidId& id, double at_s) {
        const auto found = since_s_.at(kind).find(row_key(id));
        if (found == since_s_.at(kind).end()) return;
        ++totals_.at(kind).left;
        totals_.at(kind).stays_s += at_s - found->second;
        since_s_.at(kind).erase(found);
    }

    std::array<LittleCheck::Totals, kKinds> totals_{};
    std::array<std::unordered_map<std::int64_t, double>, kKinds> since_s_;
};

constexpr std::array kPhasesVisited{tenants::Phase::kCreating,
                                    tenants::Phase::kAwaitingBids,
                                    tenants::Phase::kChoosing,
                                    tenants::Phase::kLeaseRequested,
                                    tenants::Phase::kSendingManifest,
                                    tenants::Phase::kRunning,
                                    tenants::Phase::kClosing};

double seconds(sim::Int128 ns) {
    return static_cast<double>(ns) / 1e9;
}

LittleCheck::Totals phase_totals(const World& world, tenants::Phase phase) {
    LittleCheck::Totals out;
    for (const tenants::Tenant& tenant : world.tenants()) {
        const tenants::PhaseClock& clock = tenant.clock(phase);
        out.inside_s += seconds(clock.row_ns_until(world.now()));
        out.entered += static_cast<double>(clock.entered);
        out.left += static_cast<double>(clock.left);
        out.stays_s += seconds(clock.stay_ns);
    }
    return out;
}

// 30 batches of four days with some 2,500 requests each; loads and losses as above.
TEST(Little, HoldsForEveryPhaseOfADeploymentAndForAllThatTheChainStores) {
    World world =
        tests::world_of(scenario({.cards = 10, .load = 8, .choosing = "bid_window: 20s"}));
    world.set_checks({.coins = 0, .all = 5'000});
    ChainWatch chain;
    std::array<LittleCheck, kPhasesVisited.size()> phases;
    std::array<LittleCheck, ChainWatch::kKinds> kinds;
    constexpr double kWarmDays = 5;
    constexpr double kBatchDays = 4;
    for (int batch = 0; batch <= 30; ++batch) {
        world.run_until(day(kWarmDays + kBatchDays * batch), chain);
        const double now_s = world.now().to_seconds();
        for (std::size_t i = 0; i < phases.size(); ++i)
            phases.at(i).batch_ends(phase_totals(world, kPhasesVisited.at(i)), now_s);
        for (std::uint8_t i = 0; i < ChainWatch::kKinds; ++i)
            kinds.at(i).batch_ends(chain.totals(static_cast<ChainWatch::Kind>(i)), now_s);
    }
    EXPECT_FALSE(world.breach()) << world.breach()->text;
    for (std::size_t i = 0; i < phases.size(); ++i)
        EXPECT_TRUE(phases.at(i).holds(0.01)) << tenants::text(kPhasesVisited.at(i));
    for (std::size_t i = 0; i < kinds.size(); ++i)
        EXPECT_TRUE(kinds.at(i).holds(0.01)) << "kind " << i;
    // And the law says how many run: all requests that are not lost, for 12 hours each.
    const double running = kPools * 8 * (1 - oracles::erlang_b(10, market_load(8)));
    EXPECT_NEAR(phases.at(5).mean_inside(), running, 0.01 * running);
}

}  // namespace
}  // namespace scenarios
