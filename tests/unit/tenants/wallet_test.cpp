#include "tenants/wallet.h"

#include <gtest/gtest.h>

namespace {

using sim::literals::operator""_s;
using sim::literals::operator""_h;
using tenants::MoneyConfig;
using tenants::plan_top_up;
using tenants::TopUp;

sim::Dec18 price(std::int64_t micro) {
    return {static_cast<sim::Int128>(micro) * (sim::kDecOne / 1'000'000)};
}

nodes::EscrowView escrow(std::int64_t balance, std::int64_t rate, std::int64_t settled_at) {
    nodes::EscrowView view;
    view.state = nodes::EscrowState::kOpen;
    view.balance = sim::Dec18::from_int(balance);
    view.rate = sim::Dec18::from_int(rate);
    view.settled_at = {settled_at};
    return view;
}

TEST(Wallet, RoundsBlocksAndCostsUp) {
    EXPECT_EQ(tenants::blocks_in(60_s, 6_s).value, 10);
    EXPECT_EQ(tenants::blocks_in(61_s, 6_s).value, 11);
    EXPECT_EQ(tenants::blocks_in(0_s, 6_s).value, 0);
    EXPECT_EQ(tenants::cost(price(1'500'000), sim::BlockCount{10}), 15);
    EXPECT_EQ(tenants::cost(price(1), sim::BlockCount{1}), 1);
    EXPECT_EQ(tenants::cost(price(1), sim::BlockCount{1'000'001}), 2);
}

TEST(Wallet, DepositsTheMinimumOrTheWholeDurationUpToACap) {
    MoneyConfig config;
    EXPECT_EQ(tenants::first_deposit(config, 500'000, price(100'000'000), 1_h), 500'000);
    config.deposit_rule = tenants::DepositRule::kDuration;
    // 600 blocks at 100 are below the minimum; 14,400 blocks are not; the cap stands above both.
    EXPECT_EQ(tenants::first_deposit(config, 500'000, price(100'000'000), 1_h), 500'000);
    EXPECT_EQ(tenants::first_deposit(config, 500'000, price(100'000'000), 24_h), 1'440'000);
    config.deposit_cap = 1'000'000;
    EXPECT_EQ(tenants::first_deposit(config, 500'000, price(100'000'000), 24_h), 1'000'000);
}

TEST(Wallet, CountsTheBlocksThatAreStillPaid) {
    EXPECT_EQ(tenants::blocks_left(escrow(1'000, 10, 100), {100})->value, 100);
    EXPECT_EQ(tenants::blocks_left(escrow(1'000, 10, 100), {150})->value, 50);
    EXPECT_EQ(tenants::blocks_left(escrow(1'009, 10, 100), {150})->value, 50);
    EXPECT_EQ(tenants::blocks_left(escrow(1'000, 10, 100), {500})->value, 0);
    EXPECT_FALSE(tenants::blocks_left(escrow(1'000, 0, 100), {150}).has_value());
    nodes::EscrowView funded = escrow(0, 10, 0);
    funded.funds = sim::Dec18::from_int(70);
    EXPECT_EQ(tenants::blocks_left(funded, {1})->value, 6);
}

TEST(Wallet, FillsTheEscrowUpToTheHorizonWhenLittleIsLeft) {
    const MoneyConfig config;  // a day's horizon = 14,400 blocks, topped up below 3,600
    const TopUp low = plan_top_up(config, {escrow(10'000, 10, 0), {0}, 240_h, 100'000'000});
    EXPECT_EQ(low.amount, 134'000);
    EXPECT_EQ(low.look_after->ns, (64'800_s).ns);
    const TopUp high = plan_top_up(config, {escrow(50'000, 10, 0), {0}, 240_h, 100'000'000});
    EXPECT_EQ(high.amount, 0);
    EXPECT_EQ(high.look_after->ns, (8'400_s).ns);
}

TEST(Wallet, LeavesAnEscrowAloneThatOutlastsTheLease) {
    const TopUp plan = plan_top_up({}, {escrow(10'000, 10, 0), {0}, 1_h, 100'000'000});
    EXPECT_EQ(plan.amount, 0);
    EXPECT_FALSE(plan.look_after.has_value());
}

TEST(Wallet, PaysNoMoreThanTheRestOfTheDuration) {
    // 600 blocks and 10 spare ones; 500 are paid.
    const TopUp plan = plan_top_up({}, {escrow(5'000, 10, 0), {0}, 1_h, 100'000'000});
    EXPECT_EQ(plan.amount, 1'100);
}

TEST(Wallet, SpendsWhatThePurseHoldsAboveTheReserve) {
    const MoneyConfig config;
    const auto ask = [&](std::int64_t purse) {
        return plan_top_up(config, {escrow(10'000, 10, 0), {0}, 240_h, purse});
    };
    EXPECT_EQ(ask(1'000'005).amount, 5);
    EXPECT_EQ(ask(900'000).amount, 0);
    // Looks again soon: money may come.
    EXPECT_EQ(ask(900'000).look_after->ns, (60_s).ns);
}

TEST(Wallet, LetsTheEscrowRunDryWhenToldTo) {
    MoneyConfig config;
    config.top_up_rule = tenants::TopUpRule::kNever;
    const TopUp plan = plan_top_up(config, {escrow(10, 10, 0), {0}, 240_h, 100'000'000});
    EXPECT_EQ(plan.amount, 0);
    EXPECT_FALSE(plan.look_after.has_value());
}

}  // namespace
