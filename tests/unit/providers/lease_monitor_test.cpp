#include "providers/lease_monitor.h"

#include <gtest/gtest.h>

namespace {

using providers::check_funds;
using providers::FundsState;
using providers::FundsView;
using sim::Dec18;

FundsView view(std::int64_t balance, std::int64_t rate, std::int64_t elapsed) {
    FundsView made;
    made.balance = Dec18::from_int(balance);
    made.rate = Dec18::from_int(rate);
    made.height = {100 + elapsed};
    made.settled_at = {100};
    made.check_every = sim::SimDuration::seconds(600);
    return made;
}

TEST(Funds, AreCheckedAgainAfterTheInterval) {
    const auto answer = check_funds(view(1'000'000, 10, 0));
    EXPECT_EQ(answer.state, FundsState::kNextCheck);
    // 600 s are 92 blocks of 6.5 s.
    EXPECT_EQ(answer.check_after, sim::SimDuration{598'000'000'000});
    EXPECT_FALSE(answer.withdraw());
}

TEST(Funds, AreCheckedSoonerWhenTheyRunOut) {
    const auto answer = check_funds(view(1'000, 10, 60));
    EXPECT_EQ(answer.check_after, sim::SimDuration{40 * 6'500'000'000});
}

/// What the checks one by one would find must not come before the check that is made.
TEST(Funds, AreNotCheckedWhileTheyAreBoundToLast) {
    for (const std::int64_t balance : {1'000, 2'000, 20'000, 1'000'000}) {
        for (const std::int64_t block_ms : {1'000, 6'098, 30'000}) {
            auto looked = view(balance, 10, 3);
            looked.block_time = {block_ms * 1'000'000};
            const auto after = check_funds(looked).check_after;
            ASSERT_EQ(after.ns % 598'000'000'000, 0);
            auto step = looked;
            step.block_time = {};
            for (std::int64_t passed = 598; passed * 1'000'000'000 < after.ns; passed += 598) {
                // Blocks twice as fast as told, which is the worst that is promised.
                step.height = {103 + 2 * passed * 1000 / block_ms};
                ASSERT_EQ(check_funds(step).check_after, sim::SimDuration{598'000'000'000})
                    << "balance " << balance << ", blocks of " << block_ms << " ms";
            }
        }
    }
    auto rich = view(1'000'000, 10, 3);
    rich.block_time = sim::SimDuration::seconds(6);
    EXPECT_GT(check_funds(rich).check_after, sim::SimDuration::seconds(86'400));
}

TEST(Funds, AreOutWhenLessThanOneBlockIsLeft) {
    const auto answer = check_funds(view(609, 10, 60));
    EXPECT_EQ(answer.state, FundsState::kOutOfFunds);
    EXPECT_EQ(answer.check_after, sim::SimDuration::seconds(600));
    EXPECT_TRUE(answer.withdraw());
}

TEST(Funds, AreOutWhenNothingIsPaid) {
    EXPECT_EQ(check_funds(view(1'000, 0, 1)).state, FundsState::kOutOfFunds);
}

TEST(Funds, AreWithdrawnOnScheduleEvenWhenTheNodeIsLost) {
    auto due = view(1'000'000, 10, 0);
    due.withdrawal_due = true;
    EXPECT_EQ(check_funds(due).state, FundsState::kScheduledWithdraw);
    due.reachable = false;
    const auto answer = check_funds(due);
    EXPECT_TRUE(answer.withdraw());
    EXPECT_EQ(answer.check_after, sim::SimDuration::seconds(60));
}

TEST(Monitor, LosesPatienceAfterAboutEightMinutes) {
    auto rng = sim::Rng::stream(1, "monitor", "test");
    sim::SimDuration total;
    for (int i = 0; i < 200; ++i) {
        const auto patience = providers::patience_with_failure(rng);
        EXPECT_GE(patience, sim::SimDuration::seconds(41 * 4));
        EXPECT_LT(patience, sim::SimDuration::seconds(41 * 19));
        total = total + patience;
    }
    // 41 checks of 11.5 s on average.
    EXPECT_NEAR(total.to_seconds() / 200, 471.5, 5);
}

}  // namespace
