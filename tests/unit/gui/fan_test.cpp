// Other seeds of a plan beside the run that is shown.
#include "gui/session/player.h"
#include "scenarios/engine/loader.h"

#include <gmock/gmock.h>

namespace gui {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

sim::SimTime minutes(std::int64_t m) {
    return sim::SimTime{m * 60'000'000'000};
}

std::unique_ptr<Player> player_at(sim::SimTime at, const std::vector<std::string>& settings = {}) {
    const auto scenario = scenarios::load_scenario_file(
        std::string(ORRERY_SOURCE_DIR) + "/scenarios/first_lease.yaml", settings);
    auto player = std::move(Player::open(scenario.value()).value());
    player->obey(SeekTo{at});
    while (player->work(sim::kForever)) {
    }
    return player;
}

FanView fan_of(const Player& player) {
    ViewModel model;
    player.show({}, model);
    return model.compare.fan;
}

std::vector<double> values(const SeriesBook& book, const std::string& name) {
    std::vector<double> out;
    for (const Sample& sample : book.read(*book.find(name), {sim::SimTime{}, sim::kForever}))
        out.push_back(sample.value);
    return out;
}

TEST(Fan, RunsTheNextSeedsUpToTheMomentReached) {
    const auto player = player_at(minutes(40));
    const std::string digest = player->selected().world().final_digest().hex();
    player->obey(RunSeeds{3});
    EXPECT_EQ(fan_of(*player).wanted, 3);
    EXPECT_EQ(fan_of(*player).done, 0);
    while (player->work(sim::kForever)) {
    }
    const FanView fan = fan_of(*player);
    EXPECT_EQ(fan.done, 3);
    EXPECT_EQ(fan.problem, "");
    ASSERT_THAT(fan.seeds, SizeIs(3));
    EXPECT_EQ(player->selected().world().final_digest().hex(), digest) << "the run stays";
    EXPECT_EQ(player->runs().size(), 1U);

    // Each is what the window would show of a run with that seed.
    const auto other = player_at(minutes(40), {"seed=3"});
    const SeriesBook& book = other->selected().history.book();
    for (const SeriesLabel& label : book.labels())
        EXPECT_EQ(values(*fan.seeds[1], label.name), values(book, label.name)) << label.name;
}

TEST(Fan, NeedsARunThatHasBegun) {
    const auto player = player_at(sim::SimTime{});
    player->obey(RunSeeds{3});
    EXPECT_EQ(fan_of(*player).wanted, 0);
    ViewModel model;
    player->show({}, model);
    EXPECT_THAT(model.messages.back().text, HasSubstr("let the run go on first"));
}

TEST(Fan, BelongsToItsPlan) {
    const auto player = player_at(minutes(20));
    player->obey(RunSeeds{1});
    while (player->work(sim::kForever)) {
    }
    EXPECT_EQ(fan_of(*player).done, 1);
    player->obey(Inject{"price: { factor: 0.5 }", {}});
    EXPECT_EQ(fan_of(*player).wanted, 0);
    player->obey(SwitchRun{0});
    EXPECT_EQ(fan_of(*player).done, 1);
}

TEST(Fan, LeavesTheTimeToARunThatPlays) {
    const auto player = player_at(minutes(20));
    player->obey(RunSeeds{1});
    player->obey(Play{});
    for (int i = 0; i < 20 && player->state() == RunState::kRunning; ++i)
        player->work(sim::kForever);
    EXPECT_EQ(fan_of(*player).done, 0);
    player->obey(Pause{});
    while (player->work(sim::kForever)) {
    }
    EXPECT_EQ(fan_of(*player).done, 1);
    ViewModel model;
    player->show({}, model);
    EXPECT_EQ(model.messages.back().text, "the other seeds are done: see Compare");
}

}  // namespace
}  // namespace gui
