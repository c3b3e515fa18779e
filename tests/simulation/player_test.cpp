// Watching, going back and branching change nothing: whatever way a run was walked, at a height it
// has the digest of a straight run there.
#include "gui/session/player.h"

#include "scenarios/engine/quiet_observer.h"
#include "scenarios/engine/runner.h"
#include "sim/archive.h"
#include "tests/support/scenario_texts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <thread>
#include <unistd.h>

namespace gui {
namespace {

using scenarios::World;
using testing::HasSubstr;
using tests::busy_market;
using tests::scenario_of;
using tests::world_of;

sim::SimTime hours(double h) {
    return sim::SimTime{static_cast<std::int64_t>(h * 3'600'000'000'000)};
}

std::unique_ptr<Player> player_of(const std::string& text, std::vector<std::string> settings = {}) {
    auto player = Player::open(*scenario_of(text, std::move(settings)));
    EXPECT_TRUE(player) << (player ? "" : player.error().text);
    return std::move(player).value();
}

void work_off(Player& player) {
    while (player.work(sim::kForever)) {
    }
}

void seek(Player& player, sim::SimTime at) {
    player.obey(SeekTo{at});
    work_off(player);
    ASSERT_EQ(player.selected().world().now(), at);
}

std::string digest_here(const Player& player) {
    return player.selected().world().final_digest().hex();
}

std::string straight(const std::string& text,
                     sim::SimTime until,
                     std::vector<std::string> settings = {}) {
    World world = world_of(text, std::move(settings));
    scenarios::QuietObserver nobody;
    world.run_until(until, nobody);
    return world.final_digest().hex();
}

ViewModel view_of(const Player& player, const Interest& interest = {}) {
    ViewModel model;
    player.show(interest, model);
    return model;
}

TEST(Player, AWatchedRunIsTheSameRun) {
    for (const char* seed : {"seed=7", "seed=8", "seed=9"}) {
        const auto player = player_of(busy_market(), {seed});
        player->obey(Play{});
        while (player->work(sim::kForever))
            if (player->events_done() % 7 == 0) view_of(*player);
        EXPECT_EQ(player->state(), RunState::kFinished);
        EXPECT_EQ(digest_here(*player), straight(busy_market(), hours(48), {seed}));
    }
}

TEST(Player, GoingBackAndForthEndsWhereAStraightRunDoes) {
    const auto player = player_of(busy_market());
    seek(*player, hours(30));
    const std::string at_30 = digest_here(*player);
    EXPECT_EQ(at_30, straight(busy_market(), hours(30)));
    seek(*player, hours(9.5));
    EXPECT_EQ(digest_here(*player), straight(busy_market(), hours(9.5)));
    seek(*player, hours(0));
    seek(*player, hours(23.99));
    EXPECT_EQ(digest_here(*player), straight(busy_market(), hours(23.99)));
    seek(*player, hours(30));
    EXPECT_EQ(digest_here(*player), at_30);
    EXPECT_EQ(player->runs().size(), 1U) << "going back makes no branch";
}

TEST(Player, StepsLeadToTheBlocksOfAStraightRun) {
    const auto player = player_of(busy_market());
    seek(*player, hours(12));
    const sim::Height height = player->selected().world().height();
    for (int i = 0; i < 3; ++i) {
        player->obey(StepBack{.blocks = 2});
        work_off(*player);
    }
    EXPECT_EQ(player->selected().world().height().value, height.value - 6);
    World world = world_of(busy_market());
    scenarios::QuietObserver nobody;
    while (world.height().value < height.value - 6)
        world.run_block(nobody);
    EXPECT_EQ(digest_here(*player), world.final_digest().hex());
    player->obey(StepBlock{.blocks = 5});
    work_off(*player);
    EXPECT_EQ(player->selected().world().height().value, height.value - 1);
    EXPECT_EQ(player->state(), RunState::kPaused);
    player->obey(StepEvent{.events = 11});
    const std::uint64_t events = player->selected().world().events();
    work_off(*player);
    EXPECT_EQ(player->selected().world().events(), events + 11);
    seek(*player, hours(12));
    EXPECT_EQ(digest_here(*player), straight(busy_market(), hours(12)));
}

TEST(Player, ABranchGoesItsOwnWayAndItsParentDoesNot) {
    const auto player = player_of(busy_market());
    seek(*player, hours(20));
    seek(*player, hours(10));
    player->obey(Inject{.action = "fail_providers: { group: gpu }", .at = {}});
    ASSERT_EQ(player->runs().size(), 2U);
    EXPECT_EQ(player->selected().parent, 0);
    seek(*player, hours(20));
    EXPECT_NE(digest_here(*player), straight(busy_market(), hours(20)));
    player->obey(Compare{.run = 0});
    const ViewModel both = view_of(*player);
    EXPECT_TRUE(both.compare.shown);
    EXPECT_TRUE(both.compare.diverged);
    EXPECT_GE(both.compare.divergence_height, 6'000);  // 10 h of 6 s
    EXPECT_LE(both.compare.divergence_height, 6'300);
    EXPECT_FALSE(both.compare.rows.empty());

    player->obey(SwitchRun{.run = 0});
    EXPECT_EQ(player->selected().world().now(), hours(10));
    seek(*player, hours(20));
    EXPECT_EQ(digest_here(*player), straight(busy_market(), hours(20)));
    EXPECT_TRUE(player->selected().injections.empty());
}

TEST(Player, AComparedRunKeepsUpWithTheClock) {
    const auto player = player_of(busy_market());
    seek(*player, hours(10));
    player->obey(Inject{.action = "price: { factor: 0.25 }", .at = {}});
    player->obey(Compare{.run = 0});
    player->obey(RunUntil{.what = RunUntil::What::kTime, .at = hours(13)});
    work_off(*player);
    EXPECT_EQ(player->selected().world().now(), hours(13));
    ASSERT_NE(player->compared(), nullptr);
    EXPECT_EQ(player->compared()->world().now(), hours(13));
    EXPECT_EQ(player->compared()->world().final_digest().hex(), straight(busy_market(), hours(13)));
    const ViewModel model = view_of(*player);
    EXPECT_EQ(model.compare.at, hours(13));
    for (const CompareRow& row : model.compare.rows) {
        if (row.name == "akt_usd") {
            EXPECT_NEAR(row.b / row.a, 4, 0.01);
        }
    }
}

class SavedPlayer : public testing::Test {
  protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  fmt::format("orrery-player-{}-{}", test->name(), getpid());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string saved(Player& player) {
        const std::string path = (folder_ / "saved.yaml").string();
        player.obey(SaveScenario{.path = path, .replace = true});
        return path;
    }

    std::filesystem::path folder_;
};

/// A session as somebody might have it: seeks, injections into the present and the future, a branch
/// of a branch.
void play_around(Player& player) {
    seek(player, hours(14));
    seek(player, hours(9.123456));
    player.obey(Inject{.action = "demand: { factor: 3, for: 90min }", .at = {}});
    player.obey(Inject{.action = "link: { loss: 5% }", .at = hours(11)});
    player.obey(RunUntil{.what = RunUntil::What::kHeight, .at = {}, .height = 6'700});
    work_off(player);
    player.obey(StepEvent{.events = 123});
    work_off(player);
    player.obey(Inject{.action = "add_providers: { name: fresh, count: 2, audited: true, nodes: { "
                                 "cpu: 64, memory: 256Gi, storage: 2Ti, gpus: { a100: 4 } } }",
                       .at = {}});
    seek(player, hours(15));
    seek(player, hours(12.5));
    player.obey(Inject{.action = "programme_end: pool", .at = {}});
    seek(player, hours(26));
}

TEST_F(SavedPlayer, ASessionSavedAsAScenarioRunsHeadlessToTheSameDigest) {
    for (const char* seed : {"seed=7", "seed=21", "seed=22"}) {
        const auto player = player_of(busy_market(), {seed});
        play_around(*player);
        ASSERT_EQ(player->selected().injections.size(), 4U);
        EXPECT_EQ(player->runs().size(), 3U);
        const std::string path = saved(*player);
        const auto scenario = scenarios::load_scenario_file(path);
        ASSERT_TRUE(scenario) << scenario.error().text;
        auto world = World::create(std::make_shared<const scenarios::Scenario>(*scenario));
        ASSERT_TRUE(world) << world.error().text;
        scenarios::QuietObserver nobody;
        world->run_until(hours(26), nobody);
        EXPECT_EQ(world->final_digest().hex(), digest_here(*player)) << seed;
        EXPECT_NE(world->final_digest().hex(), straight(busy_market(), hours(26), {seed}));
    }
}

TEST_F(SavedPlayer, ARecordedRunIsComparedBlockByBlock) {
    const std::string path = (folder_ / "run.db").string();
    const auto scenario = scenario_of(busy_market(), {"run_for=20h"});
    scenarios::RunOptions options;
    options.database = path;
    ASSERT_TRUE(scenarios::run_scenario(*scenario, options));
    auto player = Player::open_recorded(path);
    ASSERT_TRUE(player) << player.error().text;
    (*player)->obey(Play{});
    work_off(**player);
    seek(**player, hours(5));
    const ViewModel model = view_of(**player);
    EXPECT_TRUE(model.recording.shown);
    EXPECT_GT(model.recording.compared, 1'000);
    EXPECT_EQ(model.recording.difference, "");
    EXPECT_NE(model.clock.state, RunState::kFailed);
}

TEST_F(SavedPlayer, ForeignAndBrokenDatabasesAreRefused) {
    EXPECT_FALSE(Player::open_recorded(folder_ / "missing.db"));
    ASSERT_TRUE(sim::write_file_atomically(folder_ / "text.db", "no database at all"));
    EXPECT_FALSE(Player::open_recorded(folder_ / "text.db"));
}

TEST_F(SavedPlayer, SeriesAreWrittenAsCsv) {
    const auto player = player_of(busy_market());
    seek(*player, hours(5));
    const std::string path = (folder_ / "series.csv").string();
    player->obey(ExportCsv{.path = path, .series = {"gpus_leased", "akt_usd"}});
    const std::string text = sim::read_whole_file(path).value_or("");
    EXPECT_THAT(text, testing::StartsWith("time_s,gpus_leased,akt_usd\n3600,"));
    player->obey(ExportCsv{.path = path, .series = {"nonsense"}});
    EXPECT_THAT(view_of(*player).messages.back().text, HasSubstr("no series 'nonsense'"));
}

TEST_F(SavedPlayer, ADatabaseOfABranchReplays) {
    const auto player = player_of(busy_market());
    seek(*player, hours(9));
    player->obey(Inject{.action = "price: { factor: 2 }", .at = {}});
    seek(*player, hours(12));
    const std::string path = (folder_ / "branch.db").string();
    player->obey(ExportDatabase{.path = path});
    for (int i = 0; i < 2'000 && view_of(*player).messages.back().text != "wrote " + path; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        player->work(sim::kForever);
    }
    EXPECT_EQ(view_of(*player).messages.back().text, "wrote " + path);
    auto again = Player::open_recorded(path);
    ASSERT_TRUE(again) << again.error().text;
    seek(**again, hours(12));
    EXPECT_EQ(digest_here(**again), digest_here(*player));
    EXPECT_EQ((*again)->selected().recorded->difference, "");
}

TEST(Player, BadInjectionsAreRefusedWithTheirReason) {
    const auto player = player_of(busy_market());
    seek(*player, hours(9));
    const std::string before = digest_here(*player);
    for (const auto& [action, reason] :
         {std::pair<const char*, const char*>{"prise: { factor: 2 }", "price"},
          {"fail_providers: { group: nobody }", "nobody"},
          {"price: { factor: 0 }", "factor"},
          {"programme_start: pool", "has started already"},
          {"price: {", ""},
          {"", "write an action"}}) {
        player->obey(Inject{.action = action, .at = {}});
        const ViewModel model = view_of(*player);
        ASSERT_FALSE(model.messages.empty());
        EXPECT_EQ(model.messages.back().severity, Severity::kError);
        EXPECT_THAT(model.messages.back().text, HasSubstr(reason)) << action;
    }
    EXPECT_EQ(player->runs().size(), 1U);
    EXPECT_EQ(digest_here(*player), before);
}

TEST(Player, StopsWhereItWasAskedTo) {
    const auto player = player_of(busy_market());
    player->obey(RunUntil{.what = RunUntil::What::kLease});
    work_off(*player);
    EXPECT_EQ(player->selected().world().market().tally().leases, 1);
    EXPECT_THAT(view_of(*player).clock.state_text, HasSubstr("a lease"));
    player->obey(RunUntil{.what = RunUntil::What::kAction});
    work_off(*player);
    EXPECT_EQ(player->selected().world().now(), hours(8));
    player->obey(
        RunUntil{.what = RunUntil::What::kSeriesAbove, .series = "orders_created", .bound = 300});
    work_off(*player);
    EXPECT_GT(player->selected().world().series().last("orders_created"), 300);
    EXPECT_LT(player->selected().world().series().last("orders_created"), 400);
    player->obey(RunUntil{.what = RunUntil::What::kProviderFails});
    seek(*player, hours(7.9));
    player->obey(RunUntil{.what = RunUntil::What::kProviderFails});
    work_off(*player);
    EXPECT_GE(player->selected().world().now(), hours(8));
    EXPECT_LE(player->selected().world().now(), hours(8.01));
}

TEST(Player, WhatIsRememberedIsThatOfTheMoment) {
    const auto player = player_of(busy_market());
    seek(*player, hours(10));
    const ViewModel first = view_of(*player);
    seek(*player, hours(40));
    seek(*player, hours(10));
    const ViewModel again = view_of(*player);
    ASSERT_EQ(first.market.orders.size(), again.market.orders.size());
    for (std::size_t i = 0; i < first.market.orders.size(); ++i) {
        EXPECT_EQ(first.market.orders[i].id, again.market.orders[i].id);
        EXPECT_EQ(first.market.orders[i].state, again.market.orders[i].state);
    }
    ASSERT_EQ(first.economy.earners.size(), again.economy.earners.size());
    for (std::size_t i = 0; i < first.economy.earners.size(); ++i)
        EXPECT_DOUBLE_EQ(first.economy.earners[i].usd, again.economy.earners[i].usd);
    ASSERT_EQ(first.log.rows.size(), again.log.rows.size());
    EXPECT_EQ(first.log.rows.back().text, again.log.rows.back().text);
    EXPECT_EQ(again.clock.reached, hours(40)) << "the future stays known";
    EXPECT_EQ(again.series->last(*again.series->find("orders_created"))->at, hours(40));
}

TEST(Player, EarningsAddUpToWhatWasSpent) {
    const auto player = player_of(busy_market());
    seek(*player, hours(47));
    const ViewModel model = view_of(*player);
    double earned = 0;
    for (const auto& row : model.economy.earners)
        earned += row.usd;
    EXPECT_GT(earned, 1);
    EXPECT_NEAR(earned, model.economy.spent_usd, model.economy.spent_usd * 1e-6);
}

TEST(Player, TheLogTellsWhatTheMarketsTallyCounts) {
    using What = LogRecord::What;
    const auto player = player_of(busy_market());
    seek(*player, hours(30));
    const auto& log = player->selected().history.log();
    ASSERT_EQ(log.dropped(), 0U);
    std::map<What, std::int64_t> said;
    for (std::size_t i = 0; i < log.size(); ++i)
        ++said[log[i].what];
    const scenarios::Tally& tally = player->selected().world().market().tally();
    EXPECT_EQ(said[What::kDeployment], tally.deployments);
    EXPECT_EQ(said[What::kDeploymentEnded], tally.deployments_closed);
    EXPECT_EQ(said[What::kOrderOpen], tally.orders);
    EXPECT_EQ(said[What::kBid], tally.bids);
    EXPECT_EQ(said[What::kLease], tally.leases);
    EXPECT_EQ(said[What::kLeaseEnded], tally.leases_closed);
    EXPECT_GT(said[What::kLeaseEnded], 0);
    EXPECT_GT(said[What::kOrderClosed], 0);
}

TEST(Player, MemoryStaysWithinItsBudget) {
    PlayerOptions options;
    options.snapshot_bytes = 48U << 20U;
    auto player = Player::open(*scenario_of(busy_market(), {"run_for=40d"}), options);
    ASSERT_TRUE(player);
    seek(**player, hours(40 * 24));
    const ViewModel model = view_of(**player);
    EXPECT_LE(model.performance.snapshot_bytes, options.snapshot_bytes);
    EXPECT_GE(model.performance.snapshots, 3U);
    EXPECT_LE((*player)->selected().present.memory.auctions.closed(), AuctionBook::kClosed);
    EXPECT_GT(model.market.forgotten, 0);
    seek(**player, hours(7));
    EXPECT_EQ(digest_here(**player), straight(busy_market(), hours(7), {"run_for=40d"}));
}

}  // namespace
}  // namespace gui
