// Bids that fall onto the ladder.
#include "gui/parts/ladder_motion.h"
#include "tests/window/driver.h"

#include <gmock/gmock.h>

namespace gui {
namespace {

using testing::Each;
using testing::IsEmpty;

/// The clock runs, and the last bid of the auction has not come yet.
class Ladder : public testing::Test {
  protected:
    Ladder() : driver(samples::typical()) {
        driver.model.clock.state = RunState::kRunning;
        driver.model.clock.mode = RunMode::kRun;
        auto& bids = driver.model.market.auction.bids;
        late = bids.back();
        bids.pop_back();
        driver.open(Screen::kMarket);
        driver.run(5);
    }

    void next_block() {
        ++driver.model.clock.number;
        ++driver.model.clock.height;
        driver.model.clock.now = driver.model.clock.now + sim::SimDuration{6'000'000'000};
    }

    void bid_comes() {
        next_block();
        driver.model.market.auction.bids.push_back(late);
    }

    /// What is painted lies as far above its place on the ladder; the first bid stands at its own.
    float height_over_place(const AnswerRow& row) {
        const Probe& probe = driver.stage().ui().probe;
        const auto lies = [&](const std::string& name) {
            return probe.find("painted/" + name)->from.y - probe.find("answer/" + name)->from.y;
        };
        return lies(row.name) - lies(driver.model.market.auction.bids.front().name);
    }

    /// Where the late bid is painted, relative to its place; frame by frame.
    std::vector<float> way(int frames) {
        std::vector<float> out;
        for (int i = 0; i < frames; ++i) {
            driver.run();
            out.push_back(height_over_place(late));
        }
        return out;
    }

    Driver driver;
    AnswerRow late;
};

TEST_F(Ladder, ANewBidFallsOntoItsPlace) {
    EXPECT_FALSE(driver.state.moving);
    bid_comes();
    const auto seen = way(24);
    EXPECT_LT(seen.front(), -20);
    for (std::size_t i = 1; i < seen.size(); ++i)
        EXPECT_GE(seen[i], seen[i - 1]);
    // A sixtieth of a second each: there within 0.35 s, and not much sooner.
    EXPECT_LT(seen[12], 0);
    EXPECT_EQ(seen[22], 0);
    // Eases out: the first half of the time is most of the way.
    EXPECT_GT(seen[10], seen.front() * 0.25F);
    EXPECT_FALSE(driver.state.moving);
}

TEST_F(Ladder, AsksForFramesWhileItMoves) {
    bid_comes();
    driver.run();
    EXPECT_TRUE(driver.state.moving);
    driver.run(30);
    EXPECT_FALSE(driver.state.moving);
}

TEST_F(Ladder, TheRestStaysWhereItIs) {
    bid_comes();
    driver.run();
    const auto& bids = driver.model.market.auction.bids;
    for (std::size_t i = 0; i + 1 < bids.size(); ++i)
        EXPECT_EQ(height_over_place(bids[i]), 0);
    EXPECT_NE(height_over_place(bids.back()), 0);
}

TEST_F(Ladder, WithReducedMotionABidIsThereAtOnce) {
    driver.state.preferences.reduced_motion = true;
    bid_comes();
    EXPECT_THAT(way(3), Each(0.0F));
    EXPECT_FALSE(driver.state.moving);
}

TEST_F(Ladder, OnlyRunModeMoves) {
    for (const RunMode mode : {RunMode::kFast, RunMode::kExpress}) {
        driver.model.clock.mode = mode;
        bid_comes();
        EXPECT_THAT(way(3), Each(0.0F));
        driver.model.market.auction.bids.pop_back();
        driver.run(3);
    }
}

TEST_F(Ladder, AnotherOrderOrMomentShowsEverythingInItsPlace) {
    driver.model.market.auction.order.key += 1;
    bid_comes();
    EXPECT_THAT(way(3), Each(0.0F)) << "another order";

    driver.model.market.auction.bids.pop_back();
    driver.run(3);
    bid_comes();
    driver.model.clock.jumps += 1;
    driver.model.clock.height += 100;
    EXPECT_THAT(way(3), Each(0.0F)) << "a seek forward";

    driver.model.market.auction.bids.pop_back();
    driver.run(3);
    bid_comes();
    driver.model.clock.now = sim::SimTime{};
    EXPECT_THAT(way(3), Each(0.0F)) << "a seek back";

    driver.model.market.auction.bids.pop_back();
    driver.run(3);
    driver.open(Screen::kLog);
    bid_comes();
    driver.open(Screen::kMarket);
    EXPECT_THAT(way(3), Each(0.0F)) << "nobody saw it come";
}

TEST_F(Ladder, AStepByHandMovesToo) {
    driver.model.clock.state = RunState::kPaused;
    driver.run(2);
    bid_comes();
    driver.model.clock.jumps += 2;
    EXPECT_LT(way(2).front(), 0);
}

TEST_F(Ladder, TheWinnerGetsAShortRing) {
    auto& auction = driver.model.market.auction;
    const Key winner = auction.winner;
    ASSERT_NE(winner, kNoKey);
    auction.winner = kNoKey;
    driver.run(2);
    EXPECT_LT(ring_spread(driver.state.market.ladder), 0);
    next_block();
    auction.winner = winner;
    driver.run(2);
    EXPECT_GT(ring_spread(driver.state.market.ladder), 0);
    EXPECT_TRUE(driver.state.moving);
    driver.run(40);
    EXPECT_LT(ring_spread(driver.state.market.ladder), 0);
    EXPECT_FALSE(driver.state.moving);
    EXPECT_THAT(driver.state.market.ladder.falling, IsEmpty());
}

}  // namespace
}  // namespace gui
