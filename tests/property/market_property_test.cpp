// Random messages against the chain: whatever comes, the invariants hold after every block, and a
// transaction that fails leaves the state as it was but for the sequence. A failure prints its
// seed.
#include "nodes/chain/app.h"
#include "sim/digest.h"
#include "sim/rng.h"
#include "tests/support/small_chain.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using test_support::SmallChain;

/// Draws messages over a few deployments, groups, orders and providers, so that many hit something.
class RandomMarket {
  public:
    explicit RandomMarket(std::uint64_t seed)
        : world_({.providers = 4, .balance = 40'000'000, .take_percent = 20}),
          rng_(sim::Rng::stream(seed, "property", "messages")) {}

    void run(int blocks) {
        std::int64_t height = 1;
        for (int i = 0; i < blocks; ++i) {
            height += rng_.uniform_int(1, 40);
            world_.go_to(height);
            for (std::int64_t tx = rng_.uniform_int(0, 4); tx > 0; --tx)
                step();
            const sim::Status status = world_.chain.check_invariants();
            ASSERT_TRUE(status) << "height " << height << ": " << status.error().text;
        }
    }

    [[nodiscard]] int accepted() const { return accepted_; }

    [[nodiscard]] int refused() const { return refused_; }

  private:
    void step() {
        nodes::Msg msg{draw()};
        nodes::ChainState before = world_.chain.state();
        world_.send(msg.body);
        if (world_.last.ok()) {
            ++accepted_;
            return;
        }
        ++refused_;
        if (world_.last.fee_taken) {
            const nodes::Address signer = nodes::required_signer(msg);
            ++before.accounts.edit(signer.index).sequence;
            before.accounts.edit(signer.index).has_public_key = 1;
        }
        before.block_gas = world_.chain.state().block_gas;
        ASSERT_EQ(digest(before), digest(world_.chain.state())) << world_.last.log;
    }

    /// Freed rows and free lists differ after a rollback; what is stored must not.
    static std::string digest(const nodes::ChainState& state) {
        sim::Digest all;
        const auto mix = [&all](const auto& value) {
            all.mix_value(sim::digest_of(value).value()[0]);
        };
        for (const nodes::AccountRow& row : state.accounts.rows()) {
            if (row.exists != 0) mix(row);
        }
        for (const nodes::Wallet& wallet : state.wallets) {
            if (!wallet.empty()) mix(wallet);
        }
        mix(state.supply);
        mix(state.community_pool);
        mix(state.deployment_slots);
        mix(state.escrow_slots);
        const auto live = [&mix](const auto& rows, auto alive) {
            for (const auto& row : rows) {
                if (alive(row)) mix(row);
            }
        };
        const auto valid = [](const auto& row) { return static_cast<int>(row.state) != 0; };
        live(state.deployments.rows(), valid);
        live(state.groups.rows(), valid);
        live(state.orders.rows(), valid);
        live(state.bids.rows(), valid);
        live(state.escrows.rows(), valid);
        live(state.payments.rows(), valid);
        return all.hex();
    }

    nodes::Msg::Body draw() {
        const auto dseq = static_cast<std::uint64_t>(rng_.uniform_int(1, 6));
        const auto gseq = static_cast<std::uint32_t>(rng_.uniform_int(1, 3));
        const auto oseq = static_cast<std::uint32_t>(rng_.uniform_int(1, 2));
        const nodes::Address provider =
            world_.providers[static_cast<std::size_t>(rng_.uniform_int(0, 3))];
        const nodes::BidId bid{world_.tenant, dseq, gseq, oseq, provider};
        switch (rng_.uniform_int(0, 13)) {
            case 0:
            case 1:
                return deployment(dseq);
            case 2:
            case 3:
            case 4:
                return nodes::MsgCreateBid{bid.order(),
                                           provider,
                                           {world_.uakt, price()},
                                           {world_.uakt, rng_.uniform_int(499'999, 500'002)},
                                           nullptr};
            case 5:
            case 6:
                return nodes::MsgCreateLease{bid};
            case 7:
                return nodes::MsgWithdrawLease{bid};
            case 8:
                return nodes::MsgCloseLease{bid};
            case 9:
                return nodes::MsgCloseBid{bid};
            case 10:
                return nodes::MsgDepositDeployment{
                    bid.deployment(), {world_.uakt, rng_.uniform_int(0, 300'000)}, world_.tenant};
            case 11:
                return group_message(bid.group());
            case 12:
                return nodes::MsgStartGroup{bid.group()};
            default:
                return nodes::MsgCloseDeployment{bid.deployment()};
        }
    }

    nodes::Msg::Body group_message(const nodes::GroupId& id) {
        if (rng_.uniform_int(0, 1) == 0) return nodes::MsgCloseGroup{id};
        return nodes::MsgPauseGroup{id};
    }

    /// Prices with all 18 digits, from dust to more than a deposit in a few blocks.
    sim::Wide price() {
        const std::int64_t units = rng_.uniform_int(0, 1) == 0 ? 0 : rng_.uniform_int(0, 200'000);
        return sim::Wide(units) * sim::kDecOne + rng_.uniform_int(1, sim::kDecOne - 1);
    }

    nodes::Msg::Body deployment(std::uint64_t dseq) {
        nodes::MsgCreateDeployment msg;
        msg.id = world_.deployment(dseq);
        msg.groups = world_.plain_groups(static_cast<int>(rng_.uniform_int(1, 3)));
        msg.version = std::string(32, 'v');
        msg.deposit = {world_.uakt, rng_.uniform_int(499'999, 900'000)};
        msg.depositor = world_.tenant;
        return msg;
    }

    SmallChain world_;
    sim::Rng rng_;
    int accepted_ = 0;
    int refused_ = 0;
};

TEST(MarketProperty, InvariantsHoldAndFailuresLeaveNoTrace) {
    int accepted = 0;
    int refused = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        RandomMarket market(seed);
        market.run(60);
        if (HasFatalFailure()) return;
        accepted += market.accepted();
        refused += market.refused();
    }
    // Both sides must really have been visited.
    EXPECT_GT(accepted, 1000);
    EXPECT_GT(refused, 1000);
}

}  // namespace
