// Leased is not busy: how many of the leased cards compute is a matter of what they are leased for.
#include "scenarios/engine/quiet_observer.h"
#include "tests/support/scenario_texts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace scenarios {
namespace {

using tests::busy_market;
using tests::scenario_of;

World a_day_of(std::string text, std::string_view requests, std::string_view instead) {
    text.replace(text.find(requests), requests.size(), instead);
    World world = World::create(std::make_shared<const Scenario>(*scenario_of(text))).value();
    QuietObserver nobody;
    world.run_until(sim::SimTime{86'400'000'000'000}, nobody);
    return world;
}

TEST(BusyCards, AreAShareOfTheRunningOnesAndChangeNothingElse) {
    constexpr std::string_view kRequests = "requests: { workload: llm_inference, ";
    const World all = a_day_of(busy_market(), kRequests, kRequests);
    const World quarter =
        a_day_of(busy_market(), kRequests, "requests: { workload: llm_inference, busy: 25%, ");
    EXPECT_EQ(all.digests().combined(), quarter.digests().combined());
    const Series& series = all.series();
    const auto leased = *series.find("gpus_leased");
    const auto busy = *series.find("gpus_busy");
    double most = 0;
    for (std::size_t i = 0; i < series.samples(); ++i) {
        // A lease whose workload does not run yet is not busy.
        EXPECT_LE(series.value(i, busy), series.value(i, leased)) << i;
        EXPECT_DOUBLE_EQ(quarter.series().value(i, busy), series.value(i, busy) / 4) << i;
        most = std::max(most, series.value(i, busy));
    }
    EXPECT_GT(most, 4);
}

}  // namespace
}  // namespace scenarios
