#include "sim/faults.h"

#include "sim/digest.h"

#include <gtest/gtest.h>

namespace sim {
namespace {

constexpr FaultSettings kSwarm{Ratio{1, 4}, Ratio{1, 4}};

TEST(FaultPoints, NothingFiresUnlessSwitchedOn) {
    FaultPoints faults(1, FaultSettings{});
    for (int i = 0; i < 100; ++i)
        EXPECT_FALSE(faults.fires("provider/lose_manifest"));
    EXPECT_EQ(faults.points().at("provider/lose_manifest").asked, 100U);
}

TEST(FaultPoints, AQuarterOfThePointsFireAQuarterOfTheTimes) {
    int on = 0;
    std::uint64_t fired = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        FaultPoints faults(seed, kSwarm);
        for (int i = 0; i < 40; ++i)
            static_cast<void>(faults.fires("chain/drop_tx"));
        on += faults.points().at("chain/drop_tx").on ? 1 : 0;
        fired += faults.points().at("chain/drop_tx").fired;
    }
    EXPECT_NEAR(on, 250, 55);
    EXPECT_NEAR(static_cast<double>(fired) / on, 10.0, 0.7);
}

TEST(FaultPoints, AnotherPointDoesNotDisturbTheFirst) {
    FaultPoints alone(5, FaultSettings{Ratio{1, 1}, Ratio{1, 2}});
    FaultPoints among = alone;
    for (int i = 0; i < 100; ++i) {
        static_cast<void>(among.fires("b"));
        ASSERT_EQ(alone.fires("a"), among.fires("a"));
    }
}

TEST(FaultPoints, OnePointCanBeSetByHandAndAllStopped) {
    FaultPoints faults(1, FaultSettings{});
    faults.set("gpu/overheat", Ratio{1, 1});
    EXPECT_TRUE(faults.fires("gpu/overheat"));
    faults.set("gpu/overheat", Ratio{0, 1});
    EXPECT_FALSE(faults.fires("gpu/overheat"));
    faults.set("gpu/overheat", Ratio{1, 1});
    faults.stop();
    EXPECT_FALSE(faults.fires("gpu/overheat"));
}

TEST(FaultPoints, ACopyGoesWrongAtTheSameTimes) {
    FaultPoints faults(3, FaultSettings{Ratio{1, 1}, Ratio{1, 3}});
    static_cast<void>(faults.fires("a"));
    FaultPoints copy = faults;
    EXPECT_EQ(digest_of(copy), digest_of(faults));
    for (int i = 0; i < 50; ++i)
        ASSERT_EQ(copy.fires("a"), faults.fires("a"));
}

}  // namespace
}  // namespace sim
