// The world is a value: copied, saved and run side by side it gives the same run.
#include "scenarios/engine/quiet_observer.h"
#include "scenarios/engine/world.h"
#include "sim/archive.h"
#include "tests/support/scenario_texts.h"

#include <gtest/gtest.h>

#include <chrono>

namespace scenarios {
namespace {

using tests::busy_market;
using tests::world_of;

sim::SimTime hours(std::int64_t h) {
    return sim::SimTime{h * 3'600'000'000'000};
}

std::string run_to(World& world, std::int64_t h) {
    QuietObserver nobody;
    world.set_checks({.coins = 1, .all = 50});
    world.run_until(hours(h), nobody);
    EXPECT_FALSE(world.breach()) << world.breach()->text;
    return world.final_digest().hex();
}

TEST(World, HasTheBusyMarketThatTheseTestsNeed) {
    World world = world_of(busy_market());
    run_to(world, 48);
    const Tally& tally = world.market().tally();
    EXPECT_GT(tally.leases, 500);
    EXPECT_GT(tally.bids, tally.leases);
    EXPECT_GT(tally.leases_closed, 400);
    EXPECT_GT(tally.transactions_failed, 0);
    EXPECT_GT(tally.spent.uakt, 0);
    EXPECT_GT(tally.spent.uusdc, 0);
    EXPECT_GT(world.programmes().paid(world.uakt()), 0);
    EXPECT_GT(world.providers().size(), 11U);
}

TEST(World, GivesTheSameRunTwice) {
    World first = world_of(busy_market());
    World second = world_of(busy_market());
    EXPECT_EQ(run_to(first, 48), run_to(second, 48));
}

TEST(World, GivesAnotherRunForAnotherSeed) {
    World first = world_of(busy_market());
    World second = world_of(busy_market(), {"seed=8"});
    EXPECT_NE(run_to(first, 12), run_to(second, 12));
}

TEST(World, ACopyGoesOnAsTheOriginalDoes) {
    World original = world_of(busy_market());
    run_to(original, 17);  // in the middle of outage, surge and partition
    World copy = original;
    EXPECT_EQ(copy.final_digest(), original.final_digest());
    const std::string end = run_to(original, 48);
    EXPECT_EQ(run_to(copy, 48), end);
}

TEST(World, ASavedAndLoadedWorldGoesOnAsTheOriginalDoes) {
    for (const std::int64_t h : {0, 9, 17, 26}) {
        World original = world_of(busy_market());
        run_to(original, h);
        const std::string saved = sim::save_bytes(original, 1);
        World loaded;
        const sim::Status status = sim::load_bytes(saved, 1, loaded);
        ASSERT_TRUE(status) << status.error().text;
        loaded.rebuild_index();
        EXPECT_EQ(sim::save_bytes(loaded, 1), saved) << "at hour " << h;
        EXPECT_EQ(run_to(loaded, 40), run_to(original, 40)) << "from hour " << h;
    }
}

// A refusal on its way keeps its code: from it the provider tells why its bid failed.
TEST(World, SavedNewsKeepTheCodeOfARefusal) {
    nodes::News news;
    news.kind = nodes::NewsKind::kTxRefused;
    news.code = nodes::errors::kMarketBidOverOrder;
    nodes::News loaded;
    ASSERT_TRUE(sim::load_bytes(sim::save_bytes(news, 1), 1, loaded));
    EXPECT_EQ(loaded.code, news.code);
}

TEST(World, TwoRunSideBySideDoNotTouchEachOther) {
    World alone = world_of(busy_market());
    const std::string expected = run_to(alone, 24);
    World left = world_of(busy_market());
    World right = world_of(busy_market(), {"seed=99"});
    for (std::int64_t h = 1; h <= 24; ++h) {
        run_to(left, h);
        run_to(right, h);
    }
    EXPECT_EQ(left.final_digest().hex(), expected);
}

TEST(World, SteppingByBlocksIsTheSameAsRunning) {
    World running = world_of(busy_market());
    World stepping = world_of(busy_market());
    run_to(running, 3);
    QuietObserver nobody;
    while (stepping.now() < hours(2))
        stepping.run_block(nobody);
    stepping.run_until(hours(3), nobody);
    EXPECT_EQ(stepping.final_digest(), running.final_digest());
}

TEST(World, MemoryOfPastDeploymentsIsGivenUp) {
    World world = world_of(busy_market(), {"run_for=6d"});
    run_to(world, 24);
    const std::size_t early = world.chain().state().deployments.rows().size();
    run_to(world, 6 * 24);
    const std::size_t late = world.chain().state().deployments.rows().size();
    EXPECT_LT(late, early * 2) << "six times the deployments, and yet no more rows";
}

}  // namespace
}  // namespace scenarios
