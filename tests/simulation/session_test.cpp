// The session with its thread: what the window does while the simulation runs.
#include "gui/session/session.h"

#include "scenarios/engine/quiet_observer.h"
#include "tests/support/scenario_texts.h"

#include <gtest/gtest.h>

#include <thread>

namespace gui {
namespace {

using std::chrono::milliseconds;
using tests::busy_market;
using tests::scenario_of;
using tests::world_of;

constexpr milliseconds kLong{120'000};

sim::SimTime hours(std::int64_t h) {
    return sim::SimTime{h * 3'600'000'000'000};
}

std::unique_ptr<Session> session_of(SessionOptions options = {}) {
    auto session = Session::open(*scenario_of(busy_market()), options);
    EXPECT_TRUE(session) << (session ? "" : session.error().text);
    return std::move(session).value();
}

std::string straight(sim::SimTime until) {
    scenarios::World world = world_of(busy_market());
    scenarios::QuietObserver nobody;
    world.run_until(until, nobody);
    return world.final_digest().hex();
}

/// Parts of a model that must fit together: a torn one would not.
void expect_whole(const ViewModel& model) {
    EXPECT_EQ(model.strip.markers.empty(), model.scenario.actions.empty());
    EXPECT_LE(model.clock.block_at, model.clock.now);
    std::int64_t open = 0;
    for (const OrderRow& row : model.market.orders)
        open += row.stage == OrderStage::kOpen ? 1 : 0;
    EXPECT_EQ(open, model.market.open);
    ASSERT_FALSE(model.runs.empty());
    for (const RunRow& row : model.runs) {
        if (!row.selected) continue;
        EXPECT_EQ(row.digest, model.clock.digest);
        EXPECT_EQ(row.height, model.clock.height);
    }
}

TEST(Session, AtFullSpeedWithAPollingWindowTheRunIsTheSame) {
    const auto session = session_of({.playing = true});
    std::uint64_t last = 0;
    const bool finished = session->wait_for(
        [&](const ViewModel& model) {
            expect_whole(model);
            EXPECT_GT(model.clock.number, last);
            last = model.clock.number;
            return model.clock.state == RunState::kFinished;
        },
        kLong);
    EXPECT_TRUE(finished);
    EXPECT_GT(last, 1U) << "models came while it ran, however busy the machine";
    EXPECT_EQ(session->stop().selected().world().final_digest().hex(), straight(hours(48)));
}

TEST(Session, CommandsTakeEffectInOrderAndAreRecorded) {
    const auto session = session_of();
    session->send(SeekTo{hours(12)});
    ASSERT_TRUE(session->wait_for(
        [](const ViewModel& m) {
            return m.clock.now == hours(12) && m.clock.state == RunState::kPaused;
        },
        kLong));
    session->send(SeekTo{hours(8)});
    session->send(SeekTo{hours(10)});  // dragged on before the first was reached
    session->send(AddBookmark{"here"});
    ASSERT_TRUE(session->wait_for(
        [](const ViewModel& m) {
            return m.clock.now == hours(10) && m.clock.state == RunState::kPaused;
        },
        kLong));
    session->send(Inject{.action = "price: { factor: 3 }", .at = {}});
    session->send(SeekTo{hours(13)});
    ASSERT_TRUE(session->wait_for(
        [](const ViewModel& m) { return m.runs.size() == 2 && m.clock.now == hours(13); }, kLong));
    const ViewModel& model = session->model();
    EXPECT_EQ(model.runs[1].injections.size(), 1U);
    EXPECT_EQ(model.clock.reached, hours(13));
    const Player& player = session->stop();
    EXPECT_EQ(session->record().size(), 6U);
    EXPECT_NE(player.selected().world().final_digest().hex(), straight(hours(13)));
    EXPECT_EQ(player.runs()[0]->world().final_digest().hex(), straight(hours(10)));
}

TEST(Session, AnInterestIsAnsweredInPauseToo) {
    const auto session = session_of();
    session->send(SeekTo{hours(12)});
    ASSERT_TRUE(
        session->wait_for([](const ViewModel& m) { return m.clock.now == hours(12); }, kLong));
    Interest interest;
    interest.screens = {};
    interest.screens.bits = 0;
    interest.screens.add(Screen::kProvider);
    interest.provider = 2;
    session->look(interest);
    ASSERT_TRUE(session->wait_for([](const ViewModel& m) { return m.provider.shown; }, kLong));
    EXPECT_TRUE(session->model().market.orders.empty()) << "not visible, not made";
    EXPECT_EQ(session->model().provider.row.name, "gpu/2");
}

TEST(Session, IsHeldBackToItsSpeed) {
    const auto session = session_of({.speed = 3'600, .playing = true});
    std::this_thread::sleep_for(milliseconds(300));
    const sim::SimTime at = session->stop().selected().world().now();
    EXPECT_GT(at, sim::SimTime{});
    EXPECT_LT(at, hours(2)) << "0.3 s are 18 minutes, or somewhat more on a slow machine";
}

TEST(Session, EndsWhileItWorks) {
    for (int i = 0; i < 5; ++i) {
        const auto session = session_of({.playing = true});
        session->fetch();
        session->send(SeekTo{hours(40)});
        std::this_thread::sleep_for(milliseconds(i));
    }
}

}  // namespace
}  // namespace gui
