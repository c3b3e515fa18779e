// Cases of the real market module that its tests and sources tell in words (vectors
// akash_chain_cases.yaml); run_vectors names these tests by the cases' ids.
#include "nodes/modules/deployment/keeper.h"
#include "nodes/modules/market/keeper.h"
#include "nodes/protocol/attributes.h"
#include "nodes/protocol/message_json.h"
#include "tests/support/market_bench.h"
#include "tests/vectors/case_tests.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace {

using nodes::BidState;
using nodes::EscrowState;
using nodes::EventKind;
using nodes::GroupState;
using nodes::LeaseState;
using nodes::OrderState;
using test_support::code_of;
using test_support::MarketBench;
using testing::HasSubstr;

constexpr std::int64_t kBidDeposit = 5'000'000;

/// A deployment, and `count` registered providers that have bid 1uakt each: provider1, provider2,
/// ...
void open_bids(MarketBench& bench, int count) {
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    for (int i = 1; i <= count; ++i) {
        const auto name = "provider" + std::to_string(i);
        ASSERT_EQ(code_of(bench.send({bench.create_provider(name)})), "ok");
        ASSERT_EQ(code_of(bench.send({bench.create_bid(name)})), "ok");
    }
}

std::int64_t count_events(const MarketBench& bench, EventKind kind) {
    const auto& events = bench.result().events;
    return std::count_if(
        events.begin(), events.end(), [&](const auto& event) { return event.kind == kind; });
}

std::int64_t count_leases(const MarketBench& bench) {
    const auto& bids = bench.state().bids.rows();
    return std::count_if(bids.begin(), bids.end(), [](const auto& bid) {
        return bid.lease_state != LeaseState::kInvalid;
    });
}

const nodes::EscrowRow& deposit_of(const MarketBench& bench, const nodes::BidId& bid) {
    const auto& state = bench.state();
    return state.escrows[state.bids[state.find_bid(bid)].escrow];
}

bool is_a_test(std::string_view name) {
    const auto* all = testing::UnitTest::GetInstance();
    for (int i = 0; i < all->total_test_suite_count(); ++i) {
        const auto* suite = all->GetTestSuite(i);
        for (int j = 0; j < suite->total_test_count(); ++j) {
            const auto full = std::string(suite->name()) + "." + suite->GetTestInfo(j)->name();
            if (full == name) return true;
        }
    }
    return false;
}

TEST(CaseTests, EveryCaseToldInWordsNamesATestThatExists) {
    for (const auto& [id, name] : vectors::kCaseTests)
        EXPECT_TRUE(is_a_test(name)) << id;
}

TEST(Cases, MarketKeeper01_AGroupHasOneOpenOrderAtATime) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    const auto order = bench.view().order(bench.order_id(1, 1));
    ASSERT_TRUE(order);
    EXPECT_EQ(order->state, OrderState::kOpen);
    const auto group = bench.state().find_group(bench.order_id().group());
    const auto again = bench.step(
        [&](nodes::Context& context) { return nodes::deployment::open_order(context, group); });
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().text, HasSubstr("create order: active order exists"));
}

TEST(Cases, MarketKeeper02_AnOrderIsFoundByItsId) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    ASSERT_TRUE(bench.view().order(bench.order_id()));
    EXPECT_EQ(bench.view().order(bench.order_id())->id, bench.order_id());
    EXPECT_FALSE(bench.view().order(bench.order_id(2)));
}

TEST(Cases, MarketKeeper03_OneDeploymentMakesOneOrder) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    EXPECT_EQ(bench.state().orders.live(), 1U);
}

TEST(Cases, MarketKeeper04_EachGroupHasItsOwnOrders) {
    MarketBench bench;
    const auto two = bench.create_deployment(1, {bench.group(), bench.group({.name = "east"})});
    ASSERT_EQ(code_of(bench.send({two})), "ok");
    EXPECT_EQ(bench.state().orders.live(), 2U);
    const auto first = bench.state().find_group(bench.order_id().group());
    EXPECT_EQ(bench.state().groups[first].orders, 1U);
}

TEST(Cases, MarketKeeper05_ABidIsStoredWithItsDeposit) {
    MarketBench bench;
    open_bids(bench, 0);
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    const auto money = bench.balance(bench.account("provider"));
    ASSERT_EQ(code_of(bench.send({bench.create_bid("provider", 77)})), "ok");
    const auto bid = bench.view().bid(bench.bid_id());
    ASSERT_TRUE(bid);
    EXPECT_EQ(bid->state, BidState::kOpen);
    EXPECT_EQ(bid->price, sim::Dec18::from_int(77));
    EXPECT_EQ(bid->id, bench.bid_id());
    const auto& deposit = deposit_of(bench, bench.bid_id());
    EXPECT_EQ(deposit.scope, nodes::EscrowScope::kBid);
    EXPECT_EQ(deposit.state, EscrowState::kOpen);
    EXPECT_EQ(deposit.balance, sim::Dec18::from_int(kBidDeposit));
    EXPECT_EQ(bench.balance(bench.account("provider")), money - kBidDeposit);
}

TEST(Cases, MarketKeeper06_ABidIsFoundByItsId) {
    MarketBench bench;
    open_bids(bench, 1);
    EXPECT_TRUE(bench.view().bid(bench.bid_id("provider1")));
    EXPECT_FALSE(bench.view().bid(bench.bid_id("stranger")));
}

TEST(Cases, MarketKeeper07_OneBidIsOneBid) {
    MarketBench bench;
    open_bids(bench, 1);
    EXPECT_EQ(bench.state().bids.live(), 1U);
}

TEST(Cases, MarketKeeper08_BidsBelongToTheirOrder) {
    MarketBench bench;
    open_bids(bench, 1);
    for (const std::uint64_t dseq : {2U, 3U}) {
        ASSERT_EQ(code_of(bench.send({bench.create_deployment(dseq)})), "ok");
        ASSERT_EQ(code_of(bench.send({bench.create_bid("provider1", 1, dseq)})), "ok");
    }
    EXPECT_EQ(bench.state().bids.live(), 3U);
    EXPECT_EQ(bench.view().bids(bench.order_id(2)).size(), 1U);
}

TEST(Cases, MarketKeeper09_ALeaseIsFoundByItsBid) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.open_lease()), "ok");
    ASSERT_TRUE(bench.view().lease(bench.bid_id()));
    EXPECT_EQ(bench.view().lease(bench.bid_id())->id, bench.bid_id());
    EXPECT_FALSE(bench.view().lease(bench.bid_id("stranger")));
}

TEST(Cases, MarketKeeper10_OneLeaseIsOneLease) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.open_lease()), "ok");
    EXPECT_EQ(count_leases(bench), 1);
}

TEST(Cases, MarketKeeper11_AnOrderHasAtMostOneLease) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.open_lease()), "ok");
    for (const std::uint64_t dseq : {2U, 3U}) {
        ASSERT_EQ(code_of(bench.send({bench.create_deployment(dseq)})), "ok");
        ASSERT_EQ(code_of(bench.send({bench.create_bid("provider", 1, dseq)})), "ok");
    }
    ASSERT_EQ(code_of(bench.send({nodes::MsgCreateLease{bench.bid_id("provider", 2)}})), "ok");
    EXPECT_EQ(count_leases(bench), 2);
    EXPECT_TRUE(bench.view().lease(bench.bid_id("provider", 2)));
    EXPECT_FALSE(bench.view().lease(bench.bid_id("provider", 3)));
}

TEST(Cases, MarketKeeper12_ALeaseMakesItsOrderActive) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.open_lease()), "ok");
    EXPECT_EQ(bench.view().order(bench.order_id())->state, OrderState::kActive);
}

TEST(Cases, MarketKeeper13_ALeaseMakesItsBidActive) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.open_lease()), "ok");
    EXPECT_EQ(bench.view().bid(bench.bid_id())->state, BidState::kActive);
}

TEST(Cases, MarketKeeper14_ABidThatDoesNotWinIsLost) {
    MarketBench bench;
    open_bids(bench, 2);
    ASSERT_EQ(code_of(bench.send({nodes::MsgCreateLease{bench.bid_id("provider1")}})), "ok");
    EXPECT_EQ(bench.view().bid(bench.bid_id("provider2"))->state, BidState::kLost);
}

void close_order(MarketBench& bench) {
    const auto row = bench.state().find_order(bench.order_id());
    const auto closed = bench.step([&](nodes::Context& context) {
        nodes::market::close_order(context, row, OrderState::kOpen);
        return sim::ok();
    });
    ASSERT_TRUE(closed);
}

TEST(Cases, MarketKeeper15_AnOpenOrderCanBeClosed) {
    MarketBench bench;
    open_bids(bench, 0);
    close_order(bench);
    EXPECT_EQ(bench.view().order(bench.order_id())->state, OrderState::kClosed);
}

TEST(Cases, MarketHandler01_AnUnknownMessageTypeIsRefused) {
    nodes::Names names;
    const nlohmann::json unknown{{"@type", "/akash.market.v1beta4.MsgUnknown"}};
    EXPECT_FALSE(nodes::message_from_json(unknown, names));
}

TEST(Cases, MarketHandler02_ABidWithTheRequiredAttributesIsAccepted) {
    MarketBench bench;
    const nodes::Attributes wanted{{"region", "us-west"}, {"tier", "community"}};
    const auto deployment = bench.create_deployment(1, {bench.group({.attributes = wanted})});
    ASSERT_EQ(code_of(bench.send({deployment})), "ok");
    ASSERT_EQ(code_of(bench.send({bench.create_provider("provider", wanted)})), "ok");
    EXPECT_EQ(code_of(bench.send({bench.create_bid()})), "ok");
    EXPECT_TRUE(bench.view().bid(bench.bid_id()));
}

TEST(Cases, MarketHandler03_ABidWithoutAPriceIsRefused) {
    MarketBench bench;
    open_bids(bench, 0);
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    EXPECT_EQ(code_of(bench.send({bench.create_bid("provider", 0)})), "market/19");
}

TEST(Cases, MarketHandler04_ABidOnNoOrderIsRefused) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    EXPECT_EQ(code_of(bench.send({bench.create_bid()})), "market/15");
}

TEST(Cases, MarketHandler05_ABidOnAClosedOrderIsRefusedAfterItsDeposit) {
    MarketBench bench;
    open_bids(bench, 0);
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    close_order(bench);
    auto bid = bench.create_bid("provider", std::numeric_limits<std::int64_t>::max());
    bid.deposit = nodes::Coin{};
    const auto no_deposit = bench.handle({bid});
    ASSERT_FALSE(no_deposit);
    EXPECT_THAT(no_deposit.error().text, HasSubstr("Deposit invalid"));
    bid.deposit = bench.coin(kBidDeposit);
    EXPECT_EQ(code_of(bench.handle({bid})), "market/24");
}

TEST(Cases, MarketHandler06_ABidAboveTheOrdersPriceIsRefused) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment(1, {bench.group({.price = 1})})})), "ok");
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    auto bid = bench.create_bid("provider", std::numeric_limits<std::int64_t>::max());
    bid.deposit = nodes::Coin{};
    const auto no_deposit = bench.handle({bid});
    ASSERT_FALSE(no_deposit);
    EXPECT_THAT(no_deposit.error().text, HasSubstr("Deposit invalid"));
    bid.deposit = bench.coin(kBidDeposit);
    EXPECT_EQ(code_of(bench.handle({bid})), "market/4");
}

TEST(Cases, MarketHandler07_ABidOfNoRegisteredProviderIsRefused) {
    MarketBench bench;
    open_bids(bench, 0);
    EXPECT_EQ(code_of(bench.send({bench.create_bid("stranger")})), "market/30");
}

TEST(Cases, MarketHandler08_ABidWithoutTheAttributesIsRefused) {
    MarketBench bench;
    const auto group = bench.group({.attributes = {{"region", "us-west"}}});
    ASSERT_EQ(code_of(bench.send({bench.create_deployment(1, {group})})), "ok");
    ASSERT_EQ(code_of(bench.send({bench.create_provider("provider", {{"region", "us-east"}})})),
              "ok");
    EXPECT_EQ(code_of(bench.send({bench.create_bid()})), "market/5");
}

TEST(Cases, MarketHandler09_TheSameBidTwiceIsRefused) {
    MarketBench bench;
    open_bids(bench, 1);
    EXPECT_EQ(code_of(bench.send({bench.create_bid("provider1")})), "market/21");
}

TEST(Cases, MarketHandler10_ABidNeverMadeCannotBeClosed) {
    MarketBench bench;
    open_bids(bench, 0);
    EXPECT_EQ(code_of(bench.send({nodes::MsgCloseBid{bench.bid_id()}})), "market/6");
}

TEST(Cases, MarketHandler12_ClosingAnActiveBidPausesTheGroup) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.open_lease()), "ok");
    ASSERT_EQ(code_of(bench.send({nodes::MsgCloseBid{bench.bid_id()}})), "ok");
    EXPECT_EQ(bench.view().group(bench.order_id().group())->state, GroupState::kPaused);
    EXPECT_EQ(bench.view().lease(bench.bid_id())->state, LeaseState::kClosed);
    EXPECT_FALSE(bench.view().order(bench.order_id(1, 2)));
}

TEST(Cases, MarketHandler13_AnOpenBidCanBeClosed) {
    MarketBench bench;
    open_bids(bench, 1);
    ASSERT_EQ(code_of(bench.send({nodes::MsgCloseBid{bench.bid_id("provider1")}})), "ok");
    EXPECT_EQ(bench.view().bid(bench.bid_id("provider1"))->state, BidState::kClosed);
}

/// The real test writes a bid without its order; here a bid row holds its order's row, so the state
/// that market/9 speaks of cannot be made: a bid on an order that is not there is refused instead.
TEST(Cases, MarketHandler14_NoBidIsWithoutItsOrder) {
    MarketBench bench;
    open_bids(bench, 1);
    ASSERT_EQ(code_of(bench.send({nodes::MsgCloseDeployment{bench.deployment_id()}})), "ok");
    const auto& state = bench.state();
    const auto& bid = state.bids[state.find_bid(bench.bid_id("provider1"))];
    EXPECT_EQ(state.orders[bid.order].id, bench.order_id());
    EXPECT_EQ(code_of(bench.send({nodes::MsgCloseBid{bench.bid_id("provider1", 9)}})), "market/6");
}

TEST(Cases, MarketDerived01_OneBidMoreThanTheLimitFits) {
    MarketBench bench;
    open_bids(bench, 21);
    ASSERT_EQ(code_of(bench.send({bench.create_provider("late")})), "ok");
    const auto late = bench.send({bench.create_bid("late")});
    EXPECT_EQ(code_of(late), "undefined/1");
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().text, "unknown provider: too many existing bids (20)");
}

TEST(Cases, MarketDerived02_ABidAtTheOrdersPriceIsAccepted) {
    MarketBench bench;
    open_bids(bench, 0);
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    EXPECT_EQ(code_of(bench.send({bench.create_bid("provider", 100)})), "ok");
}

TEST(Cases, MarketDerived03_ABidAboveTheOrdersPriceIsRefused) {
    MarketBench bench;
    open_bids(bench, 0);
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    EXPECT_EQ(code_of(bench.send({bench.create_bid("provider", 101)})), "market/4");
}

TEST(Cases, MarketDerived04_ABidInAnotherDenominationPanics) {
    MarketBench bench;
    open_bids(bench, 0);
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    auto bid = bench.create_bid();
    bid.price.denom = bench.denom("uusdc");
    const auto status = bench.send({bid});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, sim::ErrorKind::kPanic);
    EXPECT_THAT(status.error().text, HasSubstr("invalid coin denominations; uakt, uusdc"));
}

TEST(Cases, MarketDerived05_ABidDepositOneShortIsRefused) {
    MarketBench bench;
    open_bids(bench, 0);
    auto bid = bench.create_bid();
    bid.deposit = bench.coin(kBidDeposit - 1);
    const auto status = bench.send({bid});
    EXPECT_EQ(code_of(status), "undefined/1");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().text, "Deposit invalid: mininum:5000000uakt received:4999999uakt");
}

TEST(Cases, MarketDerived06_ABidDepositIsInTheChainsOwnCoin) {
    MarketBench bench;
    open_bids(bench, 0);
    auto bid = bench.create_bid();
    bid.deposit = bench.coin(kBidDeposit, "uusdc");
    const auto status = bench.send({bid});
    EXPECT_EQ(code_of(status), "undefined/1");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().text, "Deposit invalid: mininum:5000000uakt received:5000000uusdc");
}

TEST(Cases, MarketDerived07_ALeaseRefundsTheLosers) {
    MarketBench bench;
    open_bids(bench, 3);
    const auto loser = bench.account("provider2");
    const auto money = bench.balance(loser);
    ASSERT_EQ(code_of(bench.send({nodes::MsgCreateLease{bench.bid_id("provider1")}})), "ok");
    EXPECT_EQ(bench.view().bid(bench.bid_id("provider1"))->state, BidState::kActive);
    EXPECT_EQ(bench.view().order(bench.order_id())->state, OrderState::kActive);
    EXPECT_EQ(bench.view().lease(bench.bid_id("provider1"))->state, LeaseState::kActive);
    for (const std::string name : {"provider2", "provider3"}) {
        EXPECT_EQ(bench.view().bid(bench.bid_id(name))->state, BidState::kLost);
        EXPECT_EQ(deposit_of(bench, bench.bid_id(name)).state, EscrowState::kClosed);
    }
    EXPECT_EQ(bench.balance(loser), money + kBidDeposit);
    EXPECT_EQ(count_events(bench, EventKind::kBidClosed), 0);
}

TEST(Cases, MarketDerived08_AfterALeaseIsClosedTheGroupIsOrderedAgain) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.open_lease()), "ok");
    const auto money = bench.balance(bench.account("provider"));
    bench.advance(10);
    ASSERT_EQ(code_of(bench.send({nodes::MsgCloseLease{bench.bid_id()}})), "ok");
    EXPECT_EQ(bench.view().lease(bench.bid_id())->state, LeaseState::kClosed);
    EXPECT_EQ(bench.view().bid(bench.bid_id())->state, BidState::kClosed);
    EXPECT_EQ(bench.view().order(bench.order_id())->state, OrderState::kClosed);
    EXPECT_EQ(bench.view().order(bench.order_id(1, 2))->state, OrderState::kOpen);
    EXPECT_EQ(bench.view().group(bench.order_id().group())->state, GroupState::kOpen);
    EXPECT_EQ(bench.view().escrow(bench.deployment_id())->state, EscrowState::kOpen);
    EXPECT_EQ(bench.state().payments[0].state, EscrowState::kClosed);
    // The deposit comes back, and ten blocks at 1uakt, of which 2 % are less than one unit.
    EXPECT_EQ(bench.balance(bench.account("provider")), money + kBidDeposit + 10);
}

TEST(Cases, MarketDerived11_AnOpenGroupCannotBeStarted) {
    MarketBench bench;
    open_bids(bench, 0);
    EXPECT_EQ(code_of(bench.send({nodes::MsgStartGroup{bench.order_id().group()}})),
              "deployment/16");
}

TEST(Cases, MarketDerived12_PausingAGroupEndsItsLeaseAndKeepsTheDeployment) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.open_lease()), "ok");
    bench.advance(5);
    ASSERT_EQ(code_of(bench.send({nodes::MsgPauseGroup{bench.order_id().group()}})), "ok");
    EXPECT_EQ(bench.view().group(bench.order_id().group())->state, GroupState::kPaused);
    EXPECT_EQ(bench.view().order(bench.order_id())->state, OrderState::kClosed);
    EXPECT_EQ(bench.view().bid(bench.bid_id())->state, BidState::kClosed);
    EXPECT_EQ(bench.view().lease(bench.bid_id())->state, LeaseState::kClosed);
    EXPECT_EQ(bench.state().payments[0].state, EscrowState::kClosed);
    EXPECT_EQ(bench.view().deployment(bench.deployment_id())->state,
              nodes::DeploymentState::kActive);
    EXPECT_EQ(bench.view().escrow(bench.deployment_id())->state, EscrowState::kOpen);
}

TEST(Cases, MarketDerived13_ALostBidCannotBeClosed) {
    MarketBench bench;
    open_bids(bench, 2);
    ASSERT_EQ(code_of(bench.send({nodes::MsgCreateLease{bench.bid_id("provider1")}})), "ok");
    EXPECT_EQ(code_of(bench.send({nodes::MsgCloseBid{bench.bid_id("provider2")}})), "market/8");
}

nodes::ResourcesOffer offer_of(const nodes::GroupSpec& spec) {
    nodes::ResourcesOffer offer;
    for (const auto& unit : spec.resources)
        offer.push_back({unit.resources, unit.count});
    return offer;
}

nodes::GroupSpec two_units(MarketBench& bench) {
    nodes::GroupSpec spec = *bench.group();
    spec.resources.push_back(spec.resources[0]);
    spec.resources[1].resources.id = 2;
    spec.resources[1].count = 4;
    return spec;
}

bool matches(const nodes::ResourcesOffer& offer, const nodes::GroupSpec& spec) {
    const auto result = nodes::match_offer(offer, spec);
    return result && *result;
}

TEST(Cases, BidOffer01_AnOfferCopiedFromTheGroupMatches) {
    MarketBench bench;
    const auto spec = bench.group();
    EXPECT_TRUE(matches(offer_of(*spec), *spec));
}

TEST(Cases, BidOffer02_SeveralUnitsMatchWithTheirCounts) {
    MarketBench bench;
    const auto spec = two_units(bench);
    EXPECT_TRUE(matches(offer_of(spec), spec));
}

TEST(Cases, BidOffer03_AnotherCountDoesNotMatch) {
    MarketBench bench;
    auto spec = two_units(bench);
    const auto offer = offer_of(spec);
    spec.resources[0].count = 2;
    EXPECT_FALSE(matches(offer, spec));
}

TEST(Cases, BidOffer04_NoOfferMatches) {
    MarketBench bench;
    EXPECT_TRUE(matches({}, *bench.group()));
}

}  // namespace
