#include "tenants/tenant.h"

#include "sim/archive.h"
#include "sim/digest.h"
#include "tests/unit/tenants/one_tenant_market.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using nodes::Reason;
using nodes::Subject;
using tenants::Phase;
using tenants::TenantConfig;
using tenants_test::OneTenantMarket;

constexpr sim::SimDuration kHour = sim::SimDuration::seconds(3'600);

/// One web service for an hour; no demand of its own.
TenantConfig config_of(OneTenantMarket& market) {
    TenantConfig config;
    config.name = "tenant/1";
    config.account = market.account();
    config.demand.arrivals.kind = tenants::ArrivalKind::kNone;
    tenants::RequestClass web;
    web.durations = tenants::DurationConfig::fixed(kHour);
    config.demand.classes = {{web, 1}};
    config.demand.budget.median_factor = 20;  // 11.9 uakt per block with AKT at $5
    return config;
}

/// Makes the tenant and sends its one request on its way: after two blocks the order is open.
void begin(OneTenantMarket& market, const TenantConfig& config) {
    market.tenant = tenants::Tenant::create(config, {}, 1, market.mutable_names()).value();
    market.tenant.on_start(market);
    tenants::Demand demand{config.demand, 1, config.name};
    market.tenant.request_now(demand.draw_request(), market);
    market.run_blocks(2);
}

/// ... and on to a running lease with provider 11, at 2 uakt per block.
void begin_running(OneTenantMarket& market, const TenantConfig& config) {
    begin(market, config);
    market.bid(11, 2);
    market.run_blocks(10);
}

TEST(Tenant, LeadsADeploymentFromItsOrderToItsEnd) {
    OneTenantMarket market;
    begin(market, config_of(market));
    ASSERT_EQ(market.row().phase, Phase::kAwaitingBids);
    market.bid(10, 3);
    market.bid(11, 2);
    market.bid(12, 4);
    market.run_blocks(1);
    EXPECT_EQ(market.row().phase, Phase::kChoosing);
    market.run_blocks(7);  // 30 s of window, a block for the lease, a second for the provider
    ASSERT_EQ(market.row().phase, Phase::kRunning);
    EXPECT_EQ(market.row().provider, market.provider(11));
    EXPECT_EQ(market.row().price, sim::Dec18::from_int(2));
    ASSERT_EQ(market.manifests.size(), 1U);
    market.run(kHour + sim::SimDuration::seconds(30));
    EXPECT_EQ(market.tenant.counts().completed, 1);
    EXPECT_EQ(market.tenant.counts().leases, 1);
    EXPECT_EQ(market.row().phase, Phase::kFree);
    const auto deployment = market.chain().deployment({market.account(), market.row().dseq});
    EXPECT_EQ(deployment->state, nodes::DeploymentState::kClosed);
    EXPECT_EQ(market.tenant.experience().at(market.provider(11)).successes, 1U);
}

TEST(Tenant, SubmitsTheVersionThatItsDeploymentCarries) {
    OneTenantMarket market;
    begin_running(market, config_of(market));
    const auto deployment = market.chain().deployment({market.account(), market.row().dseq});
    std::uint64_t first_bytes = 0;
    for (int i = 0; i < 8; ++i) {
        const auto byte =
            static_cast<unsigned char>(deployment->version[static_cast<std::size_t>(i)]);
        first_bytes = first_bytes << 8U | byte;
    }
    EXPECT_EQ(market.manifests.at(0).version, first_bytes);
}

TEST(Tenant, LeavesTheReasonOfEveryBid) {
    OneTenantMarket market;
    begin(market, config_of(market));
    market.bid(10, 3);
    market.bid(11, 2);
    market.run_blocks(10);
    ASSERT_EQ(market.notes.size(), 2U);
    EXPECT_EQ(market.notes[0].reason, Reason::kPriceAboveWinner);
    EXPECT_EQ(market.notes[0].wanted, 2);
    EXPECT_EQ(market.notes[0].had, 3);
    EXPECT_EQ(market.notes[1].reason, Reason::kWon);
}

TEST(Tenant, NamesItsCriterionWhereThePriceDidNotDecide) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.behaviour = tenants::behaviour_named("cheapest_in_region").value();
    config.region = "eu-west";
    begin(market, config);
    market.bid(10, 2);
    market.bid(12, 5);
    market.bid(13, 7);
    market.run_blocks(10);
    EXPECT_EQ(market.row().provider, market.provider(12));
    ASSERT_EQ(market.notes.size(), 3U);
    EXPECT_EQ(market.notes[0].reason, Reason::kTenantPreferredOther);
    EXPECT_EQ(market.notes[0].subject, Subject::kRegion);
    EXPECT_EQ(market.notes[1].reason, Reason::kWon);
    EXPECT_EQ(market.notes[2].reason, Reason::kPriceAboveWinner);
}

TEST(Tenant, ChoosesAtOnceWithEnoughBids) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.enough_bids = 2;
    begin(market, config);
    market.bid(10, 3);
    market.bid(11, 2);
    market.run_blocks(1);
    EXPECT_EQ(market.row().phase, Phase::kLeaseRequested);
}

TEST(Tenant, ClosesAnOrderThatNobodyBidsOn) {
    OneTenantMarket market;
    begin(market, config_of(market));
    market.run(sim::SimDuration::seconds(290));
    EXPECT_EQ(market.row().phase, Phase::kAwaitingBids);
    market.run(sim::SimDuration::seconds(30));
    EXPECT_EQ(market.row().phase, Phase::kFree);
    EXPECT_EQ(market.tenant.counts().unserved, 1);
    // Everything came back.
    EXPECT_EQ(market.chain().balance(market.account(), market.uakt()), 1'000'000'000);
}

TEST(Tenant, TriesAgainLaterAtAHigherPrice) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.retries = 1;
    begin(market, config);
    const auto first = market.chain().order(market.order());
    market.run(sim::SimDuration::seconds(330));
    EXPECT_EQ(market.row().phase, Phase::kWaitingToRetry);
    market.run(sim::SimDuration::seconds(600));
    ASSERT_EQ(market.row().phase, Phase::kAwaitingBids);
    const auto second = market.chain().order(market.order());
    EXPECT_NE(first->id.dseq, second->id.dseq);
    // 20 per cent more, up to the rounding to three digits.
    const auto ratio = static_cast<double>(second->max_price.scaled) /
                       static_cast<double>(first->max_price.scaled);
    EXPECT_NEAR(ratio, 1.2, 0.01);
    market.run(sim::SimDuration::seconds(330));
    EXPECT_EQ(market.tenant.counts().unserved, 1);
    EXPECT_EQ(market.tenant.counts().retries, 1);
}

TEST(Tenant, WaitsOnWhenNoBidSuitsAndNotesWhoCameInVain) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.behaviour = tenants::behaviour_named("cheapest_in_region").value();
    config.region = "eu-west";
    begin(market, config);
    market.bid(10, 2);
    market.run(sim::SimDuration::seconds(60));
    EXPECT_EQ(market.row().phase, Phase::kAwaitingBids);
    market.run(sim::SimDuration::seconds(270));
    EXPECT_EQ(market.tenant.counts().unserved, 1);
    ASSERT_EQ(market.notes.size(), 1U);
    EXPECT_EQ(market.notes[0].reason, Reason::kOrderClosedByTenant);
}

TEST(Tenant, OpensItsGroupAgainWhenTheProviderLeaves) {
    OneTenantMarket market;
    begin_running(market, config_of(market));
    ASSERT_EQ(market.row().phase, Phase::kRunning);
    market.submit({nodes::MsgCloseBid{nodes::bid_id(market.order(), market.provider(11))}});
    market.run_blocks(5);
    ASSERT_EQ(market.row().phase, Phase::kAwaitingBids);
    EXPECT_EQ(market.row().oseq, 2U);
    // The one that left is cheaper, but others bid as well.
    market.bid(11, 1);
    market.bid(13, 3);
    market.run_blocks(10);
    EXPECT_EQ(market.row().phase, Phase::kRunning);
    EXPECT_EQ(market.row().provider, market.provider(13));
    EXPECT_EQ(market.tenant.counts().leases_lost, 1);
    EXPECT_EQ(market.tenant.experience().at(market.provider(11)).failures, 1U);
    market.run(kHour);
    EXPECT_EQ(market.tenant.counts().completed, 1);
}

TEST(Tenant, LeavesProvidersThatDoNotAnswerAndGivesUpInTheEnd) {
    OneTenantMarket market;
    market.answer_manifests = false;
    TenantConfig config = config_of(market);
    config.relocations = 1;
    begin_running(market, config);
    EXPECT_EQ(market.row().phase, Phase::kSendingManifest);
    market.run(sim::SimDuration::seconds(180));
    EXPECT_EQ(market.manifests.size(), 3U);
    ASSERT_EQ(market.row().phase, Phase::kAwaitingBids);
    EXPECT_EQ(market.row().oseq, 2U);
    market.bid(13, 3);
    market.run(sim::SimDuration::seconds(300));
    EXPECT_EQ(market.manifests.size(), 6U);
    EXPECT_EQ(market.row().phase, Phase::kFree);
    EXPECT_EQ(market.tenant.counts().broken_off, 1);
    EXPECT_EQ(market.tenant.counts().leases_lost, 2);
}

TEST(Tenant, LeavesAProviderThatRefusesTheManifest) {
    OneTenantMarket market;
    market.answer_manifests = false;
    begin_running(market, config_of(market));
    market.report(nodes::WorkloadState::kRefused);
    EXPECT_EQ(market.row().phase, Phase::kReopening);
    market.run_blocks(2);
    EXPECT_EQ(market.row().phase, Phase::kAwaitingBids);
}

TEST(Tenant, ForgivesAFailureThatIsSoonRepaired) {
    OneTenantMarket market;
    begin_running(market, config_of(market));
    market.report(nodes::WorkloadState::kFailed);
    market.run(sim::SimDuration::seconds(500));
    market.report(nodes::WorkloadState::kRecovered);
    market.run(sim::SimDuration::seconds(500));
    EXPECT_EQ(market.row().phase, Phase::kRunning);
    market.report(nodes::WorkloadState::kFailed);
    market.run(sim::SimDuration::seconds(620));
    EXPECT_EQ(market.row().phase, Phase::kAwaitingBids);
}

// 2,000 uakt per block empty the least deposit of 500,000 in 250 blocks.
TEST(Tenant, KeepsItsEscrowFilledForAsLongAsItRuns) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.demand.classes[0].value.durations =
        tenants::DurationConfig::fixed(sim::SimDuration::seconds(3 * 86'400));
    config.demand.budget.median_factor = 10'000;
    begin(market, config);
    market.bid(11, 2'000);
    market.run_blocks(10);
    ASSERT_EQ(market.row().phase, Phase::kRunning);
    for (int hour = 0; hour < 71; ++hour) {
        market.run(kHour);
        market.submit(
            {nodes::MsgWithdrawLease{nodes::bid_id(market.order(), market.provider(11))}});
    }
    EXPECT_EQ(market.row().phase, Phase::kRunning);
    EXPECT_GE(market.tenant.counts().top_ups, 4);
    EXPECT_LE(market.tenant.counts().top_ups, 8);
    market.run(kHour * 2);
    EXPECT_EQ(market.tenant.counts().completed, 1);
    // 43,200 blocks and a few for closing; the rest of the deposits came back.
    const std::int64_t spent =
        1'000'000'000 - market.chain().balance(market.account(), market.uakt());
    EXPECT_NEAR(static_cast<double>(spent), 86'400'000, 40'000);
}

TEST(Tenant, LosesADeploymentWhoseEscrowItLetsRunDry) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.money.top_up_rule = tenants::TopUpRule::kNever;
    config.demand.budget.median_factor = 10'000;
    begin(market, config);
    market.bid(11, 2'000);
    market.run_blocks(300);
    EXPECT_EQ(market.row().phase, Phase::kRunning);  // nothing has settled yet
    market.submit({nodes::MsgWithdrawLease{nodes::bid_id(market.order(), market.provider(11))}});
    market.run_blocks(1);
    EXPECT_EQ(market.row().phase, Phase::kFree);
    EXPECT_EQ(market.tenant.counts().ran_dry, 1);
    EXPECT_EQ(market.tenant.counts().leases_lost, 0);
}

TEST(Tenant, PaysInDollarsWhenItWants) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.demand.coins = {{tenants::PaymentCoin::kAxlUsdc, 1}};
    config.demand.budget.median_factor = 1.5;
    begin(market, config);
    const auto order = market.chain().order(market.order());
    ASSERT_TRUE(order.has_value());
    EXPECT_EQ(order->denom, market.axl_usdc());
    // Half a thread, half a GiB, 1 GiB of disk and a port: $1.27 a month, times 1.5, over 429,909
    // blocks = 4.4312 micro-dollars.
    EXPECT_EQ(order->max_price.text(), "4.440000000000000000");
    EXPECT_EQ(market.chain().balance(market.account(), market.axl_usdc()), 995'000'000);
}

TEST(Tenant, DoesNotOrderWhatItCannotPay) {
    OneTenantMarket market{400'000};
    begin(market, config_of(market));
    EXPECT_EQ(market.tenant.counts().not_created, 1);
    EXPECT_EQ(market.row().phase, Phase::kFree);
}

TEST(Tenant, SurvivesTheLossOfEveryMessageOnce) {
    OneTenantMarket market;
    market.lose_next = 1;  // the deployment
    begin(market, config_of(market));
    EXPECT_EQ(market.row().phase, Phase::kCreating);
    market.run(sim::SimDuration::seconds(66));
    ASSERT_EQ(market.row().phase, Phase::kAwaitingBids);
    market.bid(11, 2);
    market.run_blocks(2);
    market.lose_next = 1;  // the lease
    market.run(sim::SimDuration::seconds(40));
    EXPECT_EQ(market.row().phase, Phase::kLeaseRequested);
    market.run(sim::SimDuration::seconds(110));
    ASSERT_EQ(market.row().phase, Phase::kRunning);
    market.lose_next = 1;  // the closing
    market.run(kHour);
    EXPECT_EQ(market.row().phase, Phase::kClosing);
    market.run(sim::SimDuration::seconds(150));
    EXPECT_EQ(market.tenant.counts().completed, 1);
}

TEST(Tenant, ChoosesAgainWhenTheBidIsGone) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.enough_bids = 2;
    begin(market, config);
    market.bid(10, 3);
    market.bid(11, 2);
    market.run_blocks(1);
    ASSERT_EQ(market.row().phase, Phase::kLeaseRequested);
    OneTenantMarket same = market;
    market.submit_first({nodes::MsgCloseBid{nodes::bid_id(market.order(), market.provider(11))}});
    market.run_blocks(10);
    EXPECT_EQ(market.row().phase, Phase::kRunning);
    EXPECT_EQ(market.row().provider, market.provider(10));
    EXPECT_EQ(market.tenant.counts().refused_messages, 1);
    same.run_blocks(10);
    EXPECT_EQ(same.row().provider, same.provider(11));
}

TEST(Tenant, IsAValueThatGoesOnTheSameAsItsCopy) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.demand.arrivals.kind = tenants::ArrivalKind::kPoisson;
    config.demand.arrivals.mean_interval = sim::SimDuration::seconds(900);
    begin_running(market, config);
    OneTenantMarket copy = market;
    market.run(kHour * 3);
    copy.run(kHour * 3);
    EXPECT_GT(market.tenant.counts().requests, 5);
    EXPECT_EQ(sim::digest_of(market.tenant), sim::digest_of(copy.tenant));
    copy.run(kHour);
    EXPECT_NE(sim::digest_of(market.tenant), sim::digest_of(copy.tenant));
}

TEST(Tenant, ComesBackFromASaveAsItWas) {
    OneTenantMarket market;
    begin_running(market, config_of(market));
    OneTenantMarket other = market;
    other.tenant = {};
    ASSERT_TRUE(sim::read_field_bytes(sim::field_bytes(market.tenant), other.tenant));
    market.run(kHour * 2);
    other.run(kHour * 2);
    EXPECT_EQ(market.tenant.counts().completed, 1);
    EXPECT_EQ(sim::digest_of(market.tenant), sim::digest_of(other.tenant));
}

TEST(Tenant, KeepsItsTableSmall) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.demand.arrivals.kind = tenants::ArrivalKind::kPoisson;
    config.demand.arrivals.mean_interval = sim::SimDuration::seconds(600);
    config.patience = sim::SimDuration::seconds(60);
    begin(market, config);
    market.run(kHour * 50);
    EXPECT_GT(market.tenant.counts().requests, 200);
    EXPECT_LE(market.tenant.deployments().size(), 8U);
}

// Every row that entered a phase has left it, so that the integral of the number inside is the sum
// of the stays: Little's law, exactly, phase by phase.
TEST(Tenant, ClocksItsPhasesSoThatLittlesLawHolds) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.demand.arrivals.kind = tenants::ArrivalKind::kPoisson;
    config.demand.arrivals.mean_interval = sim::SimDuration::seconds(100);
    config.demand.arrivals.limit = 40;
    begin(market, config);
    market.run(kHour * 10);
    for (const Phase phase : {Phase::kCreating, Phase::kAwaitingBids, Phase::kClosing}) {
        const tenants::PhaseClock& clock = market.tenant.clock(phase);
        EXPECT_EQ(clock.inside, 0) << text(phase);
        EXPECT_EQ(clock.entered, 41) << text(phase);
        EXPECT_EQ(clock.left, 41) << text(phase);
        EXPECT_GT(clock.stay_ns, 0) << text(phase);
        EXPECT_TRUE(clock.row_ns_until(market.now()) == clock.stay_ns) << text(phase);
    }
}

TEST(Tenant, WantsMoreInASurge) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.demand.arrivals.kind = tenants::ArrivalKind::kPoisson;
    config.demand.arrivals.mean_interval = sim::SimDuration::seconds(600);
    config.patience = sim::SimDuration::seconds(30);
    begin(market, config);
    OneTenantMarket calm = market;
    market.tenant.add_surge({market.now(), market.now() + kHour * 20, 5}, market);
    market.run(kHour * 20);
    calm.run(kHour * 20);
    // 600 against 120 are expected; deviations are 25 and 11.
    EXPECT_NEAR(static_cast<double>(market.tenant.counts().requests), 600, 100);
    EXPECT_NEAR(static_cast<double>(calm.tenant.counts().requests), 120, 45);
}

TEST(Tenant, RefusesAnUnknownWorkload) {
    OneTenantMarket market;
    TenantConfig config = config_of(market);
    config.demand.classes[0].value.workload = "time_machine";
    const auto tenant = tenants::Tenant::create(config, {}, 1, market.mutable_names());
    ASSERT_FALSE(tenant.has_value());
    EXPECT_EQ(tenant.error().text, "no workload named \"time_machine\"");
}

}  // namespace
