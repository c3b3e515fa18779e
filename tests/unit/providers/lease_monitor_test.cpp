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
