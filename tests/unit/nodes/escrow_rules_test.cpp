// The worked money examples of reference akash-chain section 6, on the pure rules.
#include "nodes/modules/escrow/rules.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

using nodes::escrow::Funds;
using nodes::escrow::Payment;
using sim::Dec18;

struct Settled {
    Funds account;
    std::vector<std::int64_t> paid;
    bool overdrawn = false;
};

Settled settle(Funds account, const std::vector<std::int64_t>& rates, std::int64_t blocks) {
    std::vector<Payment> payments;
    for (const std::int64_t rate : rates)
        payments.push_back({Dec18::from_int(rate), {}});
    const Dec18 rate = nodes::escrow::total_rate(payments).value();
    Settled settled;
    settled.overdrawn = nodes::escrow::settle_full_blocks(account, payments, blocks, rate).value();
    settled.account = account;
    for (const Payment& payment : payments)
        settled.paid.push_back(payment.balance.truncate());
    return settled;
}

Funds own(std::int64_t balance, std::int64_t funds = 0) {
    return {Dec18::from_int(balance), Dec18::from_int(funds), {}};
}

TEST(EscrowRules, PlentyLeft) {
    const Settled s = settle(own(100), {1, 2}, 5);
    EXPECT_EQ(s.paid, (std::vector<std::int64_t>{5, 10}));
    EXPECT_EQ(s.account.balance, Dec18::from_int(85));
    EXPECT_FALSE(s.overdrawn);
}

TEST(EscrowRules, UsingExactlyEverythingIsNotOverdrawnButOneBlockMoreIs) {
    EXPECT_FALSE(settle(own(100), {10, 10}, 5).overdrawn);
    const Settled s = settle(own(100), {10, 10}, 6);
    EXPECT_TRUE(s.overdrawn);
    EXPECT_EQ(s.paid, (std::vector<std::int64_t>{50, 50}));
}

TEST(EscrowRules, AThirdPartysFundsAreSpentFirst) {
    EXPECT_EQ(settle(own(100, 100), {10, 10}, 5).account.balance, Dec18::from_int(100));
    EXPECT_EQ(settle(own(100, 100), {10, 10}, 6).account.balance, Dec18::from_int(80));
    EXPECT_EQ(settle(own(100, 100), {10, 10}, 10).account.balance, Dec18{});
    EXPECT_TRUE(settle(own(100, 100), {10, 10}, 11).overdrawn);
}

sim::Status share(std::int64_t left,
                  const std::vector<std::int64_t>& rates,
                  std::vector<Payment>& payments,
                  const nodes::RuleSet& rules = {}) {
    payments.clear();
    for (const std::int64_t rate : rates)
        payments.push_back({Dec18::from_int(rate), {}});
    Funds account = own(left);
    return nodes::escrow::distribute_remainder(
        account, payments, nodes::escrow::total_rate(payments).value(), rules);
}

TEST(EscrowRules, TheRemainderIsSharedByRate) {
    std::vector<Payment> payments;
    ASSERT_TRUE(share(10, {20, 30}, payments));
    EXPECT_EQ(payments[0].balance, Dec18::from_int(4));
    EXPECT_EQ(payments[1].balance, Dec18::from_int(6));
    ASSERT_TRUE(share(10, {45, 55}, payments));
    EXPECT_EQ(payments[0].balance.text(), "4.500000000000000000");
    EXPECT_EQ(payments[1].balance.text(), "5.500000000000000000");
}

TEST(EscrowRules, SharesThatRoundAboveTheRemainderPanicUnlessRepaired) {
    std::vector<Payment> payments;
    const sim::Status faithful = share(2, {1, 1, 1}, payments);
    ASSERT_FALSE(faithful);
    EXPECT_EQ(faithful.error().kind, sim::ErrorKind::kPanic);
    EXPECT_TRUE(share(2, {1, 1, 1}, payments, nodes::RuleSet::clean()));
    // Six equal payments with remainder 5 round down and pass; with remainder 1 they panic.
    EXPECT_TRUE(share(5, {1, 1, 1, 1, 1, 1}, payments));
    EXPECT_FALSE(share(1, {1, 1, 1, 1, 1, 1}, payments));
}

TEST(EscrowRules, ADivisionThatRoundsUpToAWholeBlockLeavesLessThanNothing) {
    std::vector<Payment> payments{{Dec18::from_int(2), {}}};
    const Funds almost_ten{{Dec18::from_int(10).scaled - 1}, {}, {}};
    Funds account = almost_ten;
    ASSERT_FALSE(
        nodes::escrow::settle_full_blocks(account, payments, 5, Dec18::from_int(2)).value());
    EXPECT_EQ(account.balance.text(), "-0.000000000000000001");
    account = almost_ten;
    payments[0].balance = {};
    EXPECT_TRUE(
        nodes::escrow::settle_full_blocks(account, payments, 6, Dec18::from_int(2)).value());
    const sim::Status shared = nodes::escrow::distribute_remainder(
        account, payments, Dec18::from_int(2), nodes::RuleSet::faithful());
    ASSERT_FALSE(shared);
    EXPECT_EQ(shared.error().text, "negative decimal coin amount: -0.000000000000000001\n");
}

// sdk.NewDecCoinFromDec panics with the share, DecCoin.Sub without any amount (cosmos-sdk v0.45.16
// types/dec_coin.go); a share can round to zero where the whole does not.
TEST(EscrowRules, WhatIsBelowZeroPanicsWithTheShareThatIs) {
    const auto panic_of = [](sim::Int128 left, const std::vector<sim::Int128>& rates) {
        std::vector<Payment> payments;
        for (const sim::Int128 rate : rates)
            payments.push_back({Dec18{rate}, {}});
        const Dec18 rate = nodes::escrow::total_rate(payments).value();
        Funds account{Dec18{left}, {}, {}};
        const auto settled = nodes::escrow::settle_full_blocks(account, payments, 3, rate);
        if (!settled) return settled.error().text;
        const sim::Status shared = nodes::escrow::distribute_remainder(
            account, payments, rate, nodes::RuleSet::faithful());
        return shared ? std::string("none") : shared.error().text;
    };
    const sim::Int128 one = sim::kDecOne;
    EXPECT_EQ(panic_of(-1, {2 * one}), "negative decimal coin amount: -0.000000000000000001\n");
    EXPECT_EQ(panic_of(-1, {2 * one, 2 * one}), "negative decimal coin amount");
    EXPECT_EQ(panic_of(-1, {one, 3 * one}),
              "negative decimal coin amount: -0.000000000000000001\n");
    EXPECT_EQ(panic_of(-4, {one, 3 * one}),
              "negative decimal coin amount: -0.000000000000000001\n");
    EXPECT_EQ(panic_of(-4, {3 * one, one}),
              "negative decimal coin amount: -0.000000000000000003\n");
    // A rate as small as the debt owes a whole block backwards.
    EXPECT_EQ(panic_of(-1, {1}), "negative decimal coin amount: -0.000000000000000001\n");
}

TEST(EscrowRules, SharesOfLargeRatesDoNotOverflow) {
    std::vector<Payment> payments;
    // Ten thousand AKT a block and as much left over: the product has 20 digits before the point.
    ASSERT_TRUE(share(9'000'000'000, {10'000'000'000, 20'000'000'000}, payments));
    EXPECT_EQ(payments[0].balance, Dec18::from_int(3'000'000'000));
    // The highest price an order can have: 10 AKT for each of 1.92 million replicas.
    ASSERT_TRUE(share(19'000'000'000'000, {19'200'000'000'000}, payments));
    EXPECT_EQ(payments[0].balance, Dec18::from_int(19'000'000'000'000));
}

TEST(EscrowRules, FeesAreCutToWholeUnits) {
    EXPECT_EQ(nodes::escrow::take_fee(49, 2), 0);
    EXPECT_EQ(nodes::escrow::take_fee(50, 2), 1);
    EXPECT_EQ(nodes::escrow::take_fee(500'000, 2), 10'000);
    EXPECT_EQ(nodes::escrow::take_fee(9'223'372'036'854'775'807, 20), 1'844'674'407'370'955'161);
}

}  // namespace
