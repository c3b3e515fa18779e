#include "sim/digest.h"

#include <gtest/gtest.h>

#include "provider_market.h"

namespace {

using nodes::Reason;
using nodes::WorkloadState;
using providers::SlotState;
using providers_test::kAkt;
using providers_test::kGi;
using providers_test::ProviderMarket;
using providers_test::usual_config;
using providers_test::Wish;

constexpr auto kSecond = sim::SimDuration::seconds(1);
constexpr auto kMinute = sim::SimDuration::seconds(60);
const Wish kOneA100{.gpu = 1, .gpu_key = "vendor/nvidia/model/a100"};

TEST(Provider, RegistersWhatItsHardwareGives) {
    ProviderMarket market({usual_config("p")});
    market.run_blocks(1);
    const auto* attributes = market.chain().provider_attributes(market.owner(0));
    ASSERT_NE(attributes, nullptr);
    EXPECT_NE(std::find(attributes->begin(),
                        attributes->end(),
                        nodes::Attribute{"capabilities/gpu/vendor/nvidia/model/a100", "true"}),
              attributes->end());
    EXPECT_TRUE(market.refusals.empty());
    EXPECT_TRUE(market.provider().online());
}

/// Order in block 2, bid in block 3 at cost plus a quarter: 400 micro-USD * 1.25 / 4 USD.
TEST(Provider, ReservesPricesAndBids) {
    ProviderMarket market({usual_config("p")});
    const auto order = market.order(kOneA100);
    market.run_blocks(1);
    EXPECT_EQ(market.slot().state, SlotState::kPricing);
    EXPECT_EQ(market.provider().inventory().seen().nodes[0].gpu, 1);
    market.run_blocks(1);
    EXPECT_EQ(market.slot().state, SlotState::kBidPlaced);
    const auto bid = market.chain().bid(nodes::bid_id(order, market.owner(0)));
    ASSERT_TRUE(bid);
    EXPECT_EQ(bid->price.text(), "125.000000000000000000");
    EXPECT_EQ(bid->state, nodes::BidState::kOpen);
    EXPECT_EQ(market.balance(0), 1'000 * kAkt - 500'000);
    EXPECT_TRUE(market.notes.empty());
}

TEST(Provider, ServesTheLeaseItWins) {
    ProviderMarket market({usual_config("p")});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    EXPECT_EQ(market.slot().state, SlotState::kAwaitingManifest);
    EXPECT_EQ(market.noted(Reason::kWon), 1U);
    market.manifest(order);
    EXPECT_EQ(market.slot().state, SlotState::kDeploying);
    EXPECT_EQ(market.provider().inventory().running().nodes[0].gpu, 1);
    market.run(kSecond * 31);
    EXPECT_EQ(market.slot().state, SlotState::kServing);
    EXPECT_EQ(market.reports, std::vector{WorkloadState::kRunning});
    market.run(kMinute * 5);
    EXPECT_EQ(market.provider().inventory().seen().nodes[0].gpu, 1);
    market.close(order);
    market.run(kMinute);
    EXPECT_EQ(market.provider().leases(), 0);
    EXPECT_EQ(market.provider().inventory().seen(),
              providers::idle_use(market.provider().inventory().cluster()));
    EXPECT_EQ(market.provider().counts().leases_ended, 1);
    EXPECT_EQ(market.provider().slots().size(), 1U);
}

TEST(Provider, TakesAManifestThatComesBeforeTheNews) {
    ProviderMarket market({usual_config("p")});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    // Too early: there is no lease yet.
    market.manifest(order);
    EXPECT_EQ(market.reports, std::vector{WorkloadState::kRefused});
    EXPECT_EQ(market.slot().state, SlotState::kBidPlaced);
}

TEST(Provider, RefusesAManifestOfAnotherVersionAndWaits) {
    ProviderMarket market({usual_config("p")});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    market.manifest(order, 7);
    EXPECT_EQ(market.reports, std::vector{WorkloadState::kRefused});
    // Any submission stops the manifest's timer, valid or not.
    market.run(kMinute * 20);
    EXPECT_EQ(market.slot().state, SlotState::kAwaitingManifest);
    market.manifest(order);
    EXPECT_EQ(market.slot().state, SlotState::kDeploying);
}

TEST(Provider, ClosesTheLeaseWhenNoManifestComes) {
    ProviderMarket market({usual_config("p")});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    market.run(kMinute * 6);
    const auto lease = market.chain().lease(nodes::bid_id(order, market.owner(0)));
    ASSERT_TRUE(lease);
    EXPECT_EQ(lease->state, nodes::LeaseState::kClosed);
    EXPECT_EQ(market.provider().counts().given_up, 1);
    EXPECT_EQ(market.provider().leases(), 0);
}

TEST(Provider, ClosesABidThatNobodyAnswers) {
    ProviderMarket market({usual_config("p")});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.run(kMinute * 5 + kSecond * 12);
    EXPECT_EQ(market.chain().bid(nodes::bid_id(order, market.owner(0)))->state,
              nodes::BidState::kClosed);
    EXPECT_EQ(market.provider().counts().timed_out, 1);
    EXPECT_EQ(market.provider().open_bids(), 0);
    EXPECT_EQ(market.balance(0), 1'000 * kAkt);
    // The reservation is credited with the next snapshot, a minute after the release.
    EXPECT_EQ(market.provider().inventory().seen().nodes[0].gpu, 1);
    market.run(kMinute);
    EXPECT_EQ(market.provider().inventory().seen().nodes[0].gpu, 0);
}

TEST(Provider, SaysByHowMuchItLost) {
    auto cheap = usual_config("cheap");
    cheap.own_cost = sim::Dec18::from_int(320);
    ProviderMarket market({usual_config("dear"), cheap});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order, 1);
    market.run_blocks(1);
    ASSERT_EQ(market.noted(Reason::kPriceAboveWinner), 1U);
    const auto& note = market.notes.front();
    EXPECT_EQ(note.provider, market.owner(0));
    EXPECT_EQ(note.wanted, 100);
    EXPECT_EQ(note.had, 125);
    EXPECT_EQ(market.provider(0).counts().lost, 1);
    EXPECT_EQ(market.provider(1).counts().won, 1);
    // The chain has closed the losing bid; the provider sent nothing that could be refused.
    EXPECT_TRUE(market.refusals.empty());
}

TEST(Provider, LosesToATasteWhenItIsTheCheaperOne) {
    auto cheap = usual_config("cheap");
    cheap.own_cost = sim::Dec18::from_int(320);
    ProviderMarket market({cheap, usual_config("dear")});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order, 1);
    market.run_blocks(1);
    EXPECT_EQ(market.noted(Reason::kTenantPreferredOther), 1U);
}

TEST(Provider, LeavesTheReasonOfEachRefusal) {
    auto config = usual_config("p");
    config.open_bids_max = 1;
    ProviderMarket market({config});
    market.order(Wish{.cpu = 100'000});
    market.run_blocks(1);
    ASSERT_EQ(market.noted(Reason::kInsufficientCapacity), 1U);
    EXPECT_EQ(market.notes.back().subject, nodes::Subject::kCpu);
    EXPECT_EQ(market.notes.back().wanted, 100'000);
    EXPECT_EQ(market.notes.back().had, 64'000);
    market.order(Wish{.gpu = 1, .gpu_key = "vendor/nvidia/model/h100"});
    market.run_blocks(1);
    EXPECT_EQ(market.noted(Reason::kModelMismatch), 1U);
    market.order(Wish{.max_price = 124});
    market.run_blocks(2);
    EXPECT_EQ(market.noted(Reason::kAboveTenantMaximum), 1U);
    market.order(Wish{});
    market.run_blocks(2);
    market.order(Wish{});
    market.run_blocks(1);
    EXPECT_EQ(market.noted(Reason::kProviderAtBidLimit), 1U);
    EXPECT_EQ(market.provider().open_bids(), 1);
}

TEST(Provider, DoesNotBidWithoutItsDeposit) {
    ProviderMarket market({usual_config("p")}, 900'000);
    market.order(Wish{});
    market.order(Wish{});
    market.run_blocks(1);
    // The first bid has the deposit promised; the second finds less than another one.
    ASSERT_EQ(market.noted(Reason::kBidDepositLacking), 1U);
    EXPECT_EQ(market.notes.back().wanted, 500'000);
    EXPECT_EQ(market.notes.back().had, 400'000);
}

TEST(Provider, GivesUpItsBidWhenTheTenantClosesTheOrder) {
    ProviderMarket market({usual_config("p")});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.close(order);
    market.run_blocks(2);
    EXPECT_EQ(market.noted(Reason::kOrderClosedByTenant), 1U);
    EXPECT_EQ(market.provider().open_bids(), 0);
    EXPECT_EQ(market.balance(0), 1'000 * kAkt);
}

TEST(Provider, WithdrawsOnSchedule) {
    auto config = usual_config("p");
    config.withdraw_every = kMinute * 60;
    ProviderMarket market({config});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    market.manifest(order);
    market.run(kMinute * 59);
    EXPECT_EQ(market.balance(0), 1'000 * kAkt - 500'000);
    market.run(kMinute * 2);
    // About 600 blocks at 125 uakt, less the take of 2 %.
    EXPECT_NEAR(static_cast<double>(market.balance(0) - (1'000 * kAkt - 500'000)),
                600 * 125 * 0.98,
                125 * 3);
}

TEST(Provider, MakesTheChainCloseAnEmptyAccount) {
    ProviderMarket market({usual_config("p")});
    // 500,000 uakt last for 4,000 blocks of 125.
    const auto order = market.order(kOneA100, 500'000);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    market.manifest(order);
    market.run(ProviderMarket::kBlock * 3'900);
    EXPECT_EQ(market.provider().leases(), 1);
    market.run(ProviderMarket::kBlock * 250);
    EXPECT_EQ(market.provider().leases(), 0);
    EXPECT_EQ(market.chain().lease(nodes::bid_id(order, market.owner(0)))->state,
              nodes::LeaseState::kClosed);
}

TEST(Provider, RepairsWhatFailsOrClosesTheLease) {
    auto config = usual_config("p");
    config.mean_life = kMinute * 30;
    config.mean_repair = kSecond * 30;
    ProviderMarket market({config});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    market.manifest(order);
    market.run(kMinute * 300);
    const auto failed =
        std::count(market.reports.begin(), market.reports.end(), WorkloadState::kFailed);
    const auto recovered =
        std::count(market.reports.begin(), market.reports.end(), WorkloadState::kRecovered);
    EXPECT_GE(failed, 3);
    EXPECT_GE(recovered, failed - 1);
    EXPECT_EQ(market.provider().counts().failures, failed);
}

TEST(Provider, GivesUpAWorkloadThatStaysBroken) {
    auto config = usual_config("p");
    config.mean_life = kMinute;
    config.mean_repair = {};
    ProviderMarket market({config});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    market.manifest(order);
    market.run(kMinute * 40);
    EXPECT_EQ(market.chain().lease(nodes::bid_id(order, market.owner(0)))->state,
              nodes::LeaseState::kClosed);
    EXPECT_EQ(market.provider().leases(), 0);
    EXPECT_EQ(market.provider().counts().given_up, 1);
}

TEST(Provider, CannotServeWithFakes) {
    auto config = usual_config("p");
    config.nodes[0].gpus[0].actual = "t4";
    ProviderMarket market({config});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    market.manifest(order);
    EXPECT_EQ(market.reports, std::vector{WorkloadState::kFailed});
    market.run(kMinute * 15);
    EXPECT_EQ(market.provider().leases(), 0);
    EXPECT_EQ(market.provider().counts().given_up, 1);
}

TEST(Provider, IsNoMoreHonestAfterARestart) {
    auto config = usual_config("p");
    config.nodes[0].gpus[0].actual = "t4";
    ProviderMarket market({config});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    market.manifest(order);
    market.provider().go_offline(market);
    market.run(kMinute * 20);
    market.provider().come_back(market);
    market.run(kMinute * 15);
    EXPECT_EQ(market.provider().leases(), 0);
    EXPECT_EQ(market.provider().counts().given_up, 1);
}

TEST(Provider, MissesOrdersWhileOffline) {
    ProviderMarket market({usual_config("p")});
    market.provider().go_offline(market);
    const auto order = market.order(kOneA100);
    market.run_blocks(3);
    EXPECT_EQ(market.noted(Reason::kProviderOffline), 1U);
    EXPECT_EQ(market.provider().counts().orders_missed, 1);
    const std::vector open{order};
    market.provider().come_back(market, open);
    market.run_blocks(2);
    EXPECT_EQ(market.slot().state, SlotState::kBidPlaced);
}

TEST(Provider, KeepsItsLeasesThroughARestart) {
    ProviderMarket market({usual_config("p")});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(order);
    market.run_blocks(1);
    market.manifest(order);
    market.run(kMinute * 2);
    market.provider().go_offline(market);
    EXPECT_FALSE(market.provider().online());
    market.run(kMinute * 30);
    EXPECT_EQ(market.provider().inventory().running().nodes[0].gpu, 1);
    market.provider().come_back(market);
    EXPECT_EQ(market.slot().state, SlotState::kDeploying);
    market.run(kMinute * 2);
    EXPECT_EQ(market.slot().state, SlotState::kServing);
}

TEST(Provider, FindsOutAfterARestartWhatItLost) {
    ProviderMarket market({usual_config("p"), usual_config("q")});
    const auto served = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(served);
    market.run_blocks(1);
    market.manifest(served);
    const auto open = market.order(kOneA100);
    market.run_blocks(3);
    EXPECT_EQ(market.provider(0).open_bids(), 1);
    market.provider(0).go_offline(market);
    market.lease(open, 1);
    market.close(served);
    market.run_blocks(2);
    EXPECT_EQ(market.provider(0).leases(), 1);
    market.provider(0).come_back(market);
    EXPECT_EQ(market.provider(0).leases(), 0);
    EXPECT_EQ(market.provider(0).open_bids(), 0);
    EXPECT_EQ(market.provider(0).counts().lost, 1);
    market.run(kMinute * 2);
    EXPECT_EQ(market.provider(0).inventory().seen().nodes[0].gpu, 0);
}

TEST(Provider, LeavesForGood) {
    ProviderMarket market({usual_config("p")});
    const auto served = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(served);
    market.run_blocks(1);
    market.manifest(served);
    market.order(kOneA100);
    market.run_blocks(2);
    market.provider().leave(market);
    EXPECT_TRUE(market.provider().has_left());
    market.run_blocks(2);
    EXPECT_EQ(market.chain().lease(nodes::bid_id(served, market.owner(0)))->state,
              nodes::LeaseState::kClosed);
    market.order(kOneA100);
    market.run_blocks(3);
    EXPECT_EQ(market.provider().open_bids(), 0);
    market.provider().come_back(market);
    EXPECT_FALSE(market.provider().online());
}

TEST(Provider, DrainsUntilItsLastLeaseEnds) {
    ProviderMarket market({usual_config("p")});
    const auto served = market.order(kOneA100);
    market.run_blocks(2);
    market.lease(served);
    market.run_blocks(1);
    market.manifest(served);
    market.run(kMinute);
    market.provider().drain(market);
    market.order(kOneA100);
    market.run_blocks(3);
    EXPECT_EQ(market.provider().open_bids(), 0);
    EXPECT_EQ(market.slot().state, SlotState::kServing);
    EXPECT_FALSE(market.provider().has_left());
    market.close(served);
    market.run_blocks(2);
    EXPECT_TRUE(market.provider().has_left());
}

TEST(Provider, ExplainsWithoutTakingPart) {
    ProviderMarket market({usual_config("p")});
    market.provider().go_offline(market);
    const auto order = market.order(Wish{.cpu = 100'000});
    const auto fine = market.order(Wish{});
    market.run_blocks(2);
    EXPECT_EQ(market.provider().explain(fine, market)->reason, Reason::kProviderOffline);
    market.provider().come_back(market);
    const auto before = sim::digest_of(market.provider());
    const auto note = market.provider().explain(order, market);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->reason, Reason::kInsufficientCapacity);
    EXPECT_EQ(note->subject, nodes::Subject::kCpu);
    EXPECT_FALSE(market.provider().explain(fine, market));
    EXPECT_EQ(sim::digest_of(market.provider()), before);
}

TEST(Provider, ReusesItsRows) {
    ProviderMarket market({usual_config("p")});
    for (int i = 0; i < 20; ++i) {
        const auto order = market.order(kOneA100);
        market.run_blocks(2);
        market.close(order);
        market.run_blocks(2);
    }
    EXPECT_EQ(market.provider().slots().size(), 1U);
    EXPECT_EQ(market.provider().counts().bids, 20);
}

TEST(Provider, HasAFutureThatACopyShares) {
    auto config = usual_config("p");
    config.mean_life = kMinute * 10;
    config.strategy = *providers::strategy_named("random_range");
    ProviderMarket market({config, usual_config("q")});
    const auto order = market.order(kOneA100);
    market.run_blocks(2);
    ProviderMarket copy(market);
    for (auto* one : {&market, &copy}) {
        one->lease(order);
        one->run_blocks(1);
        one->manifest(order);
        one->order(kOneA100);
        one->run(kMinute * 60);
    }
    EXPECT_EQ(sim::digest_of(market.agents), sim::digest_of(copy.agents));
    copy.run(kMinute * 60);
    EXPECT_NE(sim::digest_of(market.agents), sim::digest_of(copy.agents));
}

TEST(ProviderConfig, IsChecked) {
    EXPECT_TRUE(providers::check_config(usual_config("p")));
    auto config = usual_config("p");
    config.nodes[0].gpus[0].model = "zx81";
    EXPECT_FALSE(providers::check_config(config));
    config = usual_config("p");
    config.strategy = 99;
    EXPECT_FALSE(providers::check_config(config));
    config = usual_config("p");
    config.attributes = {{"9bad", "x"}};
    EXPECT_FALSE(providers::check_config(config));
    config = usual_config("p");
    config.bid_timeout = kSecond * -1;
    EXPECT_FALSE(providers::check_config(config));
}

}  // namespace
