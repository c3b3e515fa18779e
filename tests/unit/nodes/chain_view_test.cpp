// What is stored can be asked for, one by one and as lists.
#include "nodes/chain/app.h"
#include "tests/support/small_chain.h"

#include <gtest/gtest.h>

#include <string>

namespace nodes {
namespace {

using test_support::SmallChain;

class StoredThings : public ::testing::Test {
  protected:
    StoredThings() {
        world.lease(10, 1, 1'000'000, 50);
        world.go_to(20);
        world.create_deployment(2, 700'000, 2);
        world.create_bid(world.bid(2, 1), 70);
        world.create_bid(world.bid(2, 0), 80);
    }

    [[nodiscard]] ChainView view() const { return world.chain.view(); }

    SmallChain world;
};

TEST_F(StoredThings, AreListedFromTheOwnerDownToTheLease) {
    const auto deployments = view().deployments(world.tenant);
    ASSERT_EQ(deployments.size(), 2U);
    EXPECT_EQ(deployments[0].id, world.deployment(1));
    EXPECT_EQ(deployments[1].id, world.deployment(2));
    EXPECT_TRUE(view().deployments(world.providers[0]).empty());
    const auto groups = view().groups(world.deployment(2));
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[1].id.gseq, 2U);
    const auto orders = view().orders(groups[0].id);
    ASSERT_EQ(orders.size(), 1U);
    EXPECT_EQ(orders[0].bids, 2U);
    EXPECT_EQ(view().bids(orders[0].id).size(), 2U);
    EXPECT_TRUE(view().leases(world.deployment(2)).empty());
    const auto leases = view().leases(world.deployment(1));
    ASSERT_EQ(leases.size(), 1U);
    EXPECT_EQ(leases[0].state, LeaseState::kActive);
    EXPECT_TRUE(view().groups(world.deployment(9)).empty());
    EXPECT_TRUE(view().orders({world.tenant, 9, 1}).empty());
    EXPECT_TRUE(view().leases(world.deployment(9)).empty());
}

TEST_F(StoredThings, HoldTheMoneyOfDeploymentsAndBids) {
    const auto escrow = view().escrow(world.deployment(2));
    ASSERT_TRUE(escrow);
    EXPECT_EQ(escrow->owner, world.tenant);
    EXPECT_EQ(escrow->depositor, world.tenant);
    const auto deposit = view().bid_escrow(world.bid(2, 1));
    ASSERT_TRUE(deposit);
    EXPECT_EQ(deposit->owner, world.providers[1]);
    EXPECT_EQ(deposit->balance.truncate(), view().bid_min_deposit().second);
    EXPECT_FALSE(view().bid_escrow(world.bid(2, 2)));
}

TEST_F(StoredThings, AddUpToTheSupply) {
    const auto supply = view().supply();
    ASSERT_EQ(supply.size(), 1U);
    EXPECT_EQ(supply[0].denom, world.uakt);
    const auto coins = view().balances(world.tenant);
    ASSERT_EQ(coins.size(), 1U);
    EXPECT_EQ(coins[0].amount, world.balance(world.tenant));
    EXPECT_LT(coins[0].amount, supply[0].amount);
    EXPECT_EQ(view().providers().size(), 3U);
    EXPECT_EQ(view().chain_id(), world.chain.state().chain_id);
    EXPECT_TRUE(view().grants(world.tenant).empty());
}

}  // namespace
}  // namespace nodes
