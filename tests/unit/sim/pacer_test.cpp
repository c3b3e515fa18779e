#include "sim/pacer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace sim {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

TEST(Pacer, WithoutAFactorNeverWaits) {
    Pacer pacer(0);
    const auto start = Clock::now();
    EXPECT_EQ(pacer.wait_until(SimTime{} + 365_days), Pacer::Outcome::kReached);
    EXPECT_LT(seconds_since(start), 1.0);
}

TEST(Pacer, HoldsTheSimulationToItsPace) {
    Pacer pacer(1000);
    const auto start = Clock::now();
    EXPECT_EQ(pacer.wait_until(SimTime{} + 10_s), Pacer::Outcome::kReached);  // the starting point
    EXPECT_EQ(pacer.wait_until(SimTime{} + 60_s), Pacer::Outcome::kReached);
    EXPECT_GE(seconds_since(start), 0.050);
    EXPECT_EQ(pacer.wait_until(SimTime{} + 50_s), Pacer::Outcome::kReached);  // late: at once
}

TEST(Pacer, AFactorChangedWhileWaitingCountsAtOnce) {
    Pacer pacer(1);
    pacer.wait_until(SimTime{});
    std::thread hand([&pacer] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        pacer.set_factor(0);
    });
    EXPECT_EQ(pacer.wait_until(SimTime{} + 1_days), Pacer::Outcome::kReached);
    hand.join();
    EXPECT_EQ(pacer.factor(), 0.0);
}

TEST(Pacer, PausesUntilResumed) {
    Pacer pacer(0);
    pacer.pause();
    EXPECT_TRUE(pacer.paused());
    const auto start = Clock::now();
    std::thread hand([&pacer] {
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        pacer.resume();
    });
    EXPECT_EQ(pacer.wait_until(SimTime{} + 1_s), Pacer::Outcome::kReached);
    EXPECT_GE(seconds_since(start), 0.025);
    hand.join();
}

TEST(Pacer, ARequestToStopEndsTheWait) {
    Pacer pacer(1);
    pacer.wait_until(SimTime{});
    std::thread hand([&pacer] {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        pacer.request_stop();
    });
    EXPECT_EQ(pacer.wait_until(SimTime{} + 1_days), Pacer::Outcome::kStopped);
    hand.join();
    EXPECT_TRUE(pacer.stop_requested());
}

TEST(Pacer, ASignalAsksToStop) {
    for (const int signal : {SIGINT, SIGTERM}) {
        Pacer pacer(1);
        pacer.wait_until(SimTime{});
        EXPECT_FALSE(pacer.stop_requested());
        ASSERT_EQ(std::raise(signal), 0);
        EXPECT_EQ(pacer.wait_until(SimTime{} + 1_days), Pacer::Outcome::kStopped);
    }
}

TEST(PacerDeathTest, ASecondSignalEndsTheProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            Pacer pacer(1);
            pacer.wait_until(SimTime{});
            std::raise(SIGTERM);
            pacer.wait_until(SimTime{} + 1_days);
            std::raise(SIGTERM);
        },
        testing::KilledBySignal(SIGTERM),
        "");
}

}  // namespace
}  // namespace sim
