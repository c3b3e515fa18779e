// A database is written by a thread of its own; what became of it must be shown in pause, too.
#include "gui/session/player.h"
#include "scenarios/engine/loader.h"

#include <gmock/gmock.h>

#include <chrono>
#include <thread>

namespace gui {
namespace {

TEST(Export, ItsEndIsSomethingToShow) {
    const auto scenario = scenarios::load_scenario_file(std::string(ORRERY_SOURCE_DIR) +
                                                        "/scenarios/first_lease.yaml");
    const auto player = std::move(Player::open(scenario.value()).value());
    const std::string path = testing::TempDir() + "orrery_export_test.db";
    player->obey(ExportDatabase{path, true});
    bool worked = false;
    for (int i = 0; i < 10'000 && !worked; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        worked = player->work(sim::kForever);
    }
    EXPECT_TRUE(worked);
    ViewModel model;
    player->show({}, model);
    EXPECT_EQ(model.messages.back().text, "wrote " + path);
    EXPECT_FALSE(player->work(sim::kForever));
}

}  // namespace
}  // namespace gui
