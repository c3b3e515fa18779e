#include "sim/network.h"

#include "sim/digest.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sim {
namespace {

struct Links {
    Network network{1, LinkQuality{40_ms, 0.0, {}, {}}};
    RegionId europe = network.add_region("europe");
    RegionId america = network.add_region("america");
    RegionId asia = network.add_region("asia");

    [[nodiscard]] bool passes(RegionId from, RegionId to, SimTime now = SimTime{}) {
        return !network.deliver(from, to, now).empty();
    }
};

TEST(Network, DeliversAfterTheLatencyOfThePair) {
    Links links;
    links.network.set_latency(links.europe, links.asia, 120_ms);
    const auto there = links.network.deliver(links.europe, links.asia, SimTime{});
    ASSERT_EQ(there.size(), 1U);
    EXPECT_EQ(there[0], 120_ms);
    EXPECT_EQ(links.network.deliver(links.asia, links.europe, SimTime{})[0], 120_ms);
    EXPECT_EQ(links.network.deliver(links.europe, links.america, SimTime{})[0], 40_ms);
}

TEST(Network, KnowsItsRegionsByName) {
    Links links;
    EXPECT_EQ(links.network.add_region("asia"), links.asia);
    EXPECT_EQ(links.network.find_region("europe"), links.europe);
    EXPECT_FALSE(links.network.find_region("africa").has_value());
    EXPECT_EQ(links.network.region_name(links.america), "america");
    EXPECT_EQ(links.network.region_count(), 3U);
}

TEST(Network, JitterSpreadsAroundTheMedian) {
    Links links;
    links.network.set_link(links.europe, links.asia, LinkQuality{100_ms, 0.2, {}, {}});
    std::vector<std::int64_t> delays;
    for (int i = 0; i < 10'001; ++i) {
        delays.push_back(links.network.deliver(links.europe, links.asia, SimTime{})[0].ns);
    }
    std::sort(delays.begin(), delays.end());
    EXPECT_NEAR(static_cast<double>(delays[5000]), 100e6, 1e6);
    // One deviation above the median: 100 ms * e^0.2 = 122.14 ms, at place 0.8413.
    EXPECT_NEAR(static_cast<double>(delays[8413]), 122.14e6, 1.5e6);
    EXPECT_GT(delays.front(), 0);
}

TEST(Network, LosesAndDoublesAsOftenAsTold) {
    Links links;
    links.network.set_loss(Ratio{1, 10});
    links.network.set_duplication(Ratio{1, 4});
    int lost = 0;
    int doubled = 0;
    for (int i = 0; i < 40'000; ++i) {
        const auto deliveries = links.network.deliver(links.europe, links.asia, SimTime{});
        lost += deliveries.empty() ? 1 : 0;
        doubled += deliveries.size() == 2 ? 1 : 0;
    }
    EXPECT_NEAR(lost, 4000, 250);
    EXPECT_NEAR(doubled, 9000, 350);
}

TEST(Network, SwitchingLossOnLeavesTheOtherDelaysWhereTheyWere) {
    Links calm;
    Links lossy;
    for (auto* links : {&calm, &lossy}) {
        links->network.set_link(links->europe, links->asia, LinkQuality{100_ms, 0.5, {}, {}});
    }
    lossy.network.set_loss(Ratio{1, 2});
    int arrived = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto expected = calm.network.deliver(calm.europe, calm.asia, SimTime{});
        const auto got = lossy.network.deliver(lossy.europe, lossy.asia, SimTime{});
        if (got.empty()) continue;
        ++arrived;
        ASSERT_EQ(got[0], expected[0]);
    }
    EXPECT_GT(arrived, 400);
}

TEST(Network, OneMoreRegionLeavesTheOtherLinksAlone) {
    Links small;
    Links large;
    large.network.add_region("africa");
    for (auto* links : {&small, &large}) {
        links->network.set_link(links->europe, links->asia, LinkQuality{100_ms, 0.5, {}, {}});
    }
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(small.network.deliver(small.europe, small.asia, SimTime{})[0],
                  large.network.deliver(large.europe, large.asia, SimTime{})[0]);
    }
}

TEST(Network, ABlockWorksOneWayAndUntilItsTime) {
    Links links;
    links.network.block(links.europe, links.asia, SimTime{1000});
    EXPECT_FALSE(links.passes(links.europe, links.asia, SimTime{999}));
    EXPECT_TRUE(links.passes(links.asia, links.europe, SimTime{999}));
    EXPECT_TRUE(links.passes(links.europe, links.asia, SimTime{1000}));
}

TEST(Network, APartitionSeparatesGroupsAndKeepsThemInside) {
    Links links;
    const RegionId africa = links.network.add_region("africa");
    const std::vector<std::vector<RegionId>> groups{{links.europe, links.asia}};
    links.network.partition(groups);
    EXPECT_TRUE(links.passes(links.europe, links.asia));
    EXPECT_TRUE(links.passes(links.america, africa));
    EXPECT_FALSE(links.passes(links.europe, links.america));
    EXPECT_FALSE(links.passes(africa, links.asia));
    EXPECT_TRUE(links.network.blocked(links.europe, africa, SimTime{1'000'000}));
    links.network.heal(links.europe, links.america);
    EXPECT_TRUE(links.passes(links.europe, links.america));
    EXPECT_FALSE(links.passes(links.america, links.europe));
    links.network.heal();
    EXPECT_TRUE(links.passes(africa, links.asia));
}

TEST(Network, DrawsFromTheSendersStreamWhenGivenOne) {
    Links links;
    links.network.set_link(links.europe, links.asia, LinkQuality{100_ms, 0.5, {}, {}});
    auto mine = Rng::stream(1, "provider/1", "network");
    auto again = mine;
    const auto first = links.network.deliver(links.europe, links.asia, SimTime{}, mine);
    links.network.deliver(links.europe, links.asia, SimTime{});  // somebody else's message
    const auto second = links.network.deliver(links.europe, links.asia, SimTime{}, again);
    EXPECT_EQ(first[0], second[0]);
}

TEST(Network, ACopyContinuesIdentically) {
    Links links;
    links.network.set_link(links.europe, links.asia, LinkQuality{100_ms, 0.5, {}, {}});
    Network copy = links.network;
    EXPECT_EQ(digest_of(copy), digest_of(links.network));
    EXPECT_EQ(copy.deliver(links.europe, links.asia, SimTime{})[0],
              links.network.deliver(links.europe, links.asia, SimTime{})[0]);
    copy.deliver(links.europe, links.asia, SimTime{});
    EXPECT_NE(digest_of(copy), digest_of(links.network));
}

}  // namespace
}  // namespace sim
