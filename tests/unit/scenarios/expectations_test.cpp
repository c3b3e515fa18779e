#include "scenarios/engine/expectations.h"

#include <gtest/gtest.h>

#include <array>

namespace scenarios {
namespace {

sim::SimTime hour(std::int64_t h) {
    return sim::SimTime{h * 3'600'000'000'000};
}

/// One column with the values 0, 10, 20, 30 at the hours 0 to 3.
Series rising() {
    Series series({"leases_active"});
    for (std::int64_t h = 0; h < 4; ++h) {
        const std::array<double, 1> row{static_cast<double>(h) * 10};
        series.add(hour(h), row);
    }
    return series;
}

Expectation over(std::int64_t from, std::int64_t to, Holds holds) {
    Expectation e;
    e.what = "leases_active";
    e.window = {.from = hour(from), .to = hour(to)};
    e.holds = holds;
    return e;
}

TEST(Expectation, AlwaysMeansEverySampleOfTheWindow) {
    Expectation e = over(1, 3, Holds::kAlways);
    e.above = 10;
    EXPECT_TRUE(check_series(e, rising(), hour(3)).held);
    e.above = 11;
    const CheckResult failed = check_series(e, rising(), hour(3));
    EXPECT_FALSE(failed.held);
    EXPECT_EQ(failed.text, "10 at 1h; wanted at least 11");
}

TEST(Expectation, EventuallyMeansOneSample) {
    Expectation e = over(0, 3, Holds::kEventually);
    e.above = 30;
    EXPECT_TRUE(check_series(e, rising(), hour(3)).held);
    e.above = 31;
    EXPECT_FALSE(check_series(e, rising(), hour(3)).held);
}

TEST(Expectation, MeanAndLastTakeTheWindowTogether) {
    Expectation mean = over(0, 3, Holds::kMean);
    mean.above = 15;
    mean.below = 15;
    EXPECT_TRUE(check_series(mean, rising(), hour(3)).held);
    Expectation last = over(0, 2, Holds::kLast);
    last.above = 20;
    last.below = 20;
    EXPECT_TRUE(check_series(last, rising(), hour(3)).held);
}

TEST(Expectation, AMomentTakesTheLastSampleUpToIt) {
    Expectation e = over(0, 0, Holds::kAlways);
    e.window = {.from = hour(2) + sim::SimDuration::seconds(60),
                .to = hour(2) + sim::SimDuration::seconds(60)};
    e.above = 20;
    e.below = 20;
    EXPECT_TRUE(check_series(e, rising(), hour(3)).held);
}

TEST(Expectation, RelativeToDividesByAnotherWindowsMean) {
    Expectation e = over(3, 3, Holds::kMean);
    e.relative_to = TimeWindow{.from = hour(1), .to = hour(2)};  // mean 15
    e.above = 2;
    e.below = 2;
    EXPECT_TRUE(check_series(e, rising(), hour(3)).held);
}

TEST(Expectation, FailsWhenThereIsNothingToLookAt) {
    Expectation e = over(10, 12, Holds::kAlways);
    e.above = 0;
    EXPECT_FALSE(check_series(e, rising(), hour(20)).held);
    e = over(0, 3, Holds::kAlways);
    e.what = "gpus_total/h100";
    e.above = 0;
    EXPECT_FALSE(check_series(e, rising(), hour(3)).held);
    // Against a window whose mean is zero nothing can be said.
    e = over(1, 3, Holds::kAlways);
    e.relative_to = TimeWindow{.from = hour(20), .to = hour(21)};
    e.above = 0;
    EXPECT_FALSE(check_series(e, rising(), hour(3)).held);
}

TEST(Expectation, IsNotReachedWhenTheRunEndedBeforeItsWindow) {
    Expectation e = over(10, 12, Holds::kAlways);
    e.above = 0;
    EXPECT_FALSE(check_series(e, rising(), hour(3)).reached);
    EXPECT_TRUE(check_series(over(3, 3, Holds::kAlways), rising(), hour(3)).reached);
}

}  // namespace
}  // namespace scenarios
