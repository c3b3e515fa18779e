// The market told in messages, with results worked out by hand. The recorded sequences of the real
// node say more; these say why.
#include "tests/support/small_chain.h"

#include <gtest/gtest.h>

namespace {

using test_support::SmallChain;

TEST(ChainMarket, ALeaseIsPaidPerBlockAndTheRestComesBack) {
    SmallChain world({.take_percent = 2});
    world.lease(2, 7, 5'000'000, 1000);
    ASSERT_EQ(world.answer(), "ok");
    const std::int64_t provider_before = world.balance(world.providers[0]);
    world.go_to(104);  // 100 blocks after the lease of height 4
    world.send(nodes::MsgCloseDeployment{world.deployment(7)});
    ASSERT_EQ(world.answer(), "ok");
    // 100 x 1000 = 100,000; fee 2 % = 2,000; the bid's deposit of 500,000 comes back too.
    EXPECT_EQ(world.balance(world.providers[0]), provider_before + 98'000 + 500'000);
    EXPECT_EQ(world.balance(world.tenant), 100'000'000 - 100'000);
    EXPECT_EQ(world.chain.view().lease(world.bid(7, 0))->state, nodes::LeaseState::kClosed);
    EXPECT_TRUE(world.chain.check_invariants());
}

TEST(ChainMarket, AnOverdrawnAccountSharesWhatIsLeftByRate) {
    SmallChain world({.take_percent = 0});
    world.go_to(2);
    world.create_deployment(1, 500'090, 2);
    world.create_bid(world.bid(1, 0, 1), 20'000);
    world.create_bid(world.bid(1, 1, 2), 30'000);
    world.go_to(3);
    world.send(nodes::MsgCreateLease{world.bid(1, 0, 1)});
    world.send(nodes::MsgCreateLease{world.bid(1, 1, 2)});
    const std::int64_t first = world.balance(world.providers[0]);
    const std::int64_t second = world.balance(world.providers[1]);
    world.go_to(20);
    world.send(nodes::MsgWithdrawLease{world.bid(1, 0, 1)});
    ASSERT_EQ(world.answer(), "ok");
    // Ten whole blocks, then 90 left over in the ratio 20 : 30; bid deposits come back.
    EXPECT_EQ(world.balance(world.providers[0]), first + 200'000 + 36 + 500'000);
    EXPECT_EQ(world.balance(world.providers[1]), second + 300'000 + 54 + 500'000);
    EXPECT_EQ(world.chain.view().group({world.tenant, 1, 1})->state,
              nodes::GroupState::kInsufficientFunds);
    EXPECT_TRUE(world.chain.check_invariants());
}

TEST(ChainMarket, AnOrderTakesOneBidMoreThanItsLimitUntilTheRuleIsRepaired) {
    for (const bool repaired : {false, true}) {
        SmallChain world(
            {.providers = 22,
             .rules = repaired ? nodes::RuleSet::clean() : nodes::RuleSet::faithful()});
        world.go_to(2);
        world.create_deployment(1, 5'000'000);
        int accepted = 0;
        for (int i = 0; i < 22; ++i)
            accepted += world.create_bid(world.bid(1, i), 10).ok() ? 1 : 0;
        EXPECT_EQ(accepted, repaired ? 20 : 21);
    }
}

TEST(ChainMarket, AFailedTransactionLeavesNothingBehindButItsFee) {
    SmallChain world;
    world.lease(2, 1, 5'000'000, 1000);
    const nodes::Chain before = world.chain;
    world.go_to(10);
    nodes::Tx tx;
    tx.signer = world.tenant;
    tx.gas_limit = 100'000'000;
    tx.fee = {{world.uakt, 777}};
    tx.messages.push_back({nodes::MsgCloseDeployment{world.deployment(1)}});
    tx.messages.push_back({nodes::MsgCloseDeployment{world.deployment(1)}});
    world.chain.deliver(tx, world.last);
    EXPECT_EQ(world.answer(), "deployment/5");
    EXPECT_EQ(world.last.log, "failed to execute message; message index: 1: Deployment closed");
    EXPECT_EQ(world.balance(world.tenant), before.view().balance(world.tenant, world.uakt) - 777);
    EXPECT_EQ(world.chain.view().deployment(world.deployment(1))->state,
              nodes::DeploymentState::kActive);
    EXPECT_EQ(world.chain.view().escrow(world.deployment(1))->settled_at,
              before.view().escrow(world.deployment(1))->settled_at);
    EXPECT_TRUE(world.chain.check_invariants());
}

TEST(ChainMarket, TheLastUnitOfGasDecides) {
    SmallChain world;
    world.lease(2, 1, 5'000'000, 1000);
    world.go_to(10);
    nodes::Tx tx;
    tx.signer = world.tenant;
    tx.messages.push_back({nodes::MsgCloseDeployment{world.deployment(1)}});
    // Limits of one encoded length (three bytes of varint) charge the same for the transaction's
    // size.
    const auto deliver = [&](nodes::Chain chain, std::uint64_t limit) {
        tx.gas_limit = limit;
        chain.deliver(tx, world.last);
        return chain;
    };
    deliver(world.chain, 2'000'000);
    ASSERT_EQ(world.answer(), "ok");
    const std::uint64_t needed = world.last.gas_used;
    deliver(world.chain, needed);
    EXPECT_EQ(world.answer(), "ok");
    const nodes::Chain failed = deliver(world.chain, needed - 1);
    EXPECT_EQ(world.answer(), "sdk/11");
    EXPECT_EQ(failed.view().deployment(world.deployment(1))->state,
              nodes::DeploymentState::kActive);
    EXPECT_TRUE(failed.check_invariants());
}

TEST(ChainMarket, AForgottenDeploymentStillBlocksItsIdAndAnswersClosed) {
    SmallChain world({.prune_closed_after = sim::BlockCount{10}});
    world.lease(2, 1, 5'000'000, 1000);
    world.go_to(8);
    world.send(nodes::MsgCloseDeployment{world.deployment(1)});
    EXPECT_EQ(world.chain.state().deployments.live(), 1U);
    world.go_to(30);
    EXPECT_EQ(world.chain.state().deployments.live(), 0U);
    EXPECT_EQ(world.chain.state().bids.live(), 0U);
    EXPECT_EQ(world.chain.state().escrows.live(), 0U);
    EXPECT_EQ(world.chain.state().payments.live(), 0U);
    world.create_deployment(1, 5'000'000);
    EXPECT_EQ(world.answer(), "deployment/3");
    world.send(nodes::MsgUpdateDeployment{world.deployment(1), std::string(32, 'w')});
    EXPECT_EQ(world.answer(), "deployment/5");
    EXPECT_TRUE(world.chain.check_invariants());
}

TEST(ChainMarket, PayingTwiceIsSeenByTheInvariants) {
    nodes::RuleSet broken;
    broken.broken_escrow_pays_twice = true;
    SmallChain world({.rules = broken});
    world.lease(2, 1, 5'000'000, 1000);
    EXPECT_TRUE(world.chain.check_invariants());
    world.go_to(20);
    world.send(nodes::MsgWithdrawLease{world.bid(1, 0)});
    ASSERT_EQ(world.answer(), "ok");
    const sim::Status status = world.chain.check_invariants();
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().text.find("escrow module holds"), std::string::npos);
}

TEST(ChainMarket, GenesisRefusesWhatTheLedgerCannotHold) {
    nodes::Genesis genesis;
    genesis.params.deployment_min_deposits = {{"uakt", 1}};
    genesis.params.bid_min_deposit = {"uakt", 1};
    genesis.params.denom_take_rates = {{"uakt", 2}};
    const SmallChain world;
    const std::string a = world.chain.names().addresses.text(world.tenant);
    const std::string b = world.chain.names().addresses.text(world.providers[0]);
    genesis.accounts = {{a, {{"uakt", 5'000'000'000'000'000'000}}},
                        {b, {{"uakt", 5'000'000'000'000'000'000}}}};
    EXPECT_FALSE(nodes::Chain::create(genesis));
    genesis.accounts = {{a, {}}, {a, {}}};
    EXPECT_FALSE(nodes::Chain::create(genesis));
    genesis.accounts = {{"akash1nonsense", {}}};
    EXPECT_FALSE(nodes::Chain::create(genesis));
    genesis.accounts = {{a, {{"uakt", 1}}}};
    EXPECT_TRUE(nodes::Chain::create(genesis));
    genesis.params.order_max_bids = 501;
    EXPECT_FALSE(nodes::Chain::create(genesis));
}

}  // namespace
