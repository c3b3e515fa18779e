#include "sim/units.h"

#include "sim/result.h"

#include <gtest/gtest.h>

namespace sim {
namespace {

TEST(Units, TimesAndDurations) {
    const SimTime noon = SimTime{} + 12_h;
    EXPECT_EQ(noon - (noon - 90_min), 5400_s);
    EXPECT_EQ(2_days, 48_h);
    EXPECT_EQ((1500_ms).to_seconds(), 1.5);
    EXPECT_EQ(6_s * 10, 1_min);
}

TEST(Units, HeightsAndCounts) {
    EXPECT_EQ(Height{10} + BlockCount{5}, Height{15});
    EXPECT_EQ(Height{10} - Height{4}, BlockCount{6});
    EXPECT_EQ(GpuCount{3} + GpuCount{4}, GpuCount{7});
}

TEST(Units, RatiosCompareByValue) {
    EXPECT_EQ((Ratio{1, 2}), (Ratio{2, 4}));
    EXPECT_LT((Ratio{1, 3}), (Ratio{334, 1000}));
    EXPECT_EQ((Ratio{1, 4}).to_double(), 0.25);
}

Result<int> half(int v) {
    if (v % 2 != 0) return Error{{"test", 3}, "an odd number"};
    return v / 2;
}

Result<int> quarter(int v) {
    SIM_TRY(once, half(v));
    return half(once);
}

Status check_quarter(int v) {
    SIM_CHECK(quarter(v));
    return ok();
}

TEST(Result, ErrorsPassThrough) {
    EXPECT_EQ(*quarter(12), 3);
    EXPECT_EQ(quarter(6).error().text, "an odd number");
    EXPECT_EQ(quarter(5).error().code, (ErrorCode{"test", 3}));
    EXPECT_TRUE(check_quarter(8));
    EXPECT_FALSE(check_quarter(10));
    EXPECT_EQ(quarter(3).value_or(-1), -1);
}

TEST(ResultDeathTest, TheValueOfAnErrorStopsTheProgram) {
    EXPECT_DEATH(static_cast<void>(half(1).value()), "a value, got error: an odd number");
}

void fail_at_height_nine() {
    assert_context() = AssertContext{42, 7, 9};
    SIM_ASSERT(assert_context().height < 9, "order {}", 5);
}

TEST(AssertDeathTest, PrintsSeedTimeAndHeight) {
    EXPECT_DEATH(fail_at_height_nine(),
                 "assertion failed: order 5(.|\n)*seed 42, simulated time 7 ns, height 9");
}

TEST(Assert, ThrowsWhereEachCaseMustFailAlone) {
    assert_context().throws = true;
    EXPECT_THROW(static_cast<void>(half(1).value()), AssertionFailed);
    assert_context() = AssertContext{};
}

}  // namespace
}  // namespace sim
