// Pictures of the window and of single panels.
#include "gui/pictures/photo.h"

#include "gui/panels/panel.h"
#include "tests/window/driver.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace gui {
namespace {

namespace fs = std::filesystem;

using testing::EndsWith;
using testing::HasSubstr;

/// Whether each pixel of the smaller one was only made larger.
bool is_enlarged(const Picture& twice, const Picture& once) {
    for (int y = 0; y < once.height; ++y) {
        for (int x = 0; x < once.width; ++x) {
            const auto at = [&](const Picture& p, int px, int py) {
                return p.pixels[static_cast<std::size_t>(py) * static_cast<std::size_t>(p.width) +
                                static_cast<std::size_t>(px)];
            };
            if (at(twice, x * 2, y * 2) != at(twice, x * 2 + 1, y * 2 + 1)) return false;
        }
    }
    return true;
}

TEST(Photo, OfTheWindowIsWhatTheScreenShowsWithoutDialogs) {
    Driver driver(samples::typical());
    driver.open(Screen::kUtilization);
    const Picture shown = driver.stage().picture();
    driver.tap("E");
    ASSERT_TRUE(driver.state.exporting.open);
    ASSERT_FALSE(driver.stage().picture() == shown);
    EXPECT_TRUE(take_photo(driver.model, driver.state, {"x.png"}) == shown);
    EXPECT_TRUE(driver.state.exporting.open) << "the window itself is as before";
    driver.tap("Esc");
    EXPECT_TRUE(driver.stage().picture() == shown);
}

TEST(Photo, IsDrawnAnewAtDoubleSize) {
    Driver driver(samples::typical(), {.size = {1280, 800}});
    for (const std::optional<Screen> panel : {std::optional<Screen>{}, {Screen::kMarket}}) {
        driver.open(Screen::kMarket);
        const Picture once = take_photo(driver.model, driver.state, {"x", panel, 1});
        const Picture twice = take_photo(driver.model, driver.state, {"x", panel, 2});
        EXPECT_NEAR(twice.width, once.width * 2, 1);
        EXPECT_NEAR(twice.height, once.height * 2, 1);
        EXPECT_FALSE(is_enlarged(twice, once));
    }
}

TEST(Photo, OfAPanelIsAsLargeAsThePanel) {
    Driver driver(samples::typical());
    driver.state.layout = workspace(1);
    driver.run(3);
    const Picture log = take_photo(driver.model, driver.state, {"x", Screen::kLog, 1});
    EXPECT_LT(log.width, 900);
    EXPECT_GT(log.width, 500);
    EXPECT_LT(log.height, 600);
    // One that is on no screen now has the window's size.
    const Picture world = take_photo(driver.model, driver.state, {"x", Screen::kTour, 1});
    EXPECT_EQ(world.width, 1600);
}

TEST(Photo, OfEachPanelCanBeTaken) {
    Driver driver(samples::typical(), {.size = {900, 600}});
    for (const PanelAbout& about : panels()) {
        driver.open(about.screen);
        const Picture picture = take_photo(driver.model, driver.state, {"x", about.screen, 1});
        EXPECT_GT(picture.height, 300) << about.name;
    }
}

TEST(Photo, IsAskedForByMenuKeyAndDialog) {
    Driver driver(samples::typical());
    driver.state.layout = workspace(2);
    driver.run(2);
    EXPECT_TRUE(driver.click("tab/leases", 1));
    EXPECT_TRUE(driver.click("Picture at double size"));
    ASSERT_TRUE(driver.state.picture);
    EXPECT_EQ(driver.state.picture->panel, Screen::kLeases);
    EXPECT_EQ(driver.state.picture->scale, 2);
    EXPECT_THAT(driver.state.picture->path, EndsWith("-leases@2x.png"));

    driver.tap("Ctrl+E");
    EXPECT_EQ(driver.state.picture->panel, Screen::kMarket);
    EXPECT_EQ(driver.state.picture->scale, 1);

    driver.tap("E");
    EXPECT_TRUE(driver.click("picture of"));
    EXPECT_TRUE(driver.click("Provider"));
    EXPECT_TRUE(driver.click("double size"));
    EXPECT_TRUE(driver.click("Write"));
    EXPECT_EQ(driver.state.picture->panel, Screen::kProvider);
    EXPECT_EQ(driver.state.picture->scale, 2);
}

TEST(Photo, IsWrittenAndSaid) {
    const fs::path folder = fs::path(testing::TempDir()) / "orrery_photo";
    fs::remove_all(folder);
    fs::create_directories(folder);
    Driver driver(samples::typical(), {.size = {640, 400}});
    const std::string path = (folder / "window.png").string();
    driver.state.picture = {path, {}, 2};
    serve_picture(driver.model, driver.state);
    EXPECT_FALSE(driver.state.picture);
    EXPECT_GT(fs::file_size(path), 1'000U);
    EXPECT_EQ(driver.stage().ui().notice, "wrote " + path + " (1280 x 800)");

    driver.state.picture = {(folder / "no" / "where.png").string()};
    serve_picture(driver.model, driver.state);
    EXPECT_THAT(driver.stage().ui().notice, HasSubstr("No such file"));
    driver.run();
    fs::remove_all(folder);
}

}  // namespace
}  // namespace gui
