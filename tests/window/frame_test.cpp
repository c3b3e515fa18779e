// The frame around the screens, driven as a user would: buttons, keys, sliders, tabs, dialogs.
#include "gui/panels/panel.h"
#include "tests/window/driver.h"

#include <gmock/gmock.h>

namespace gui {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::int64_t kHourNs = 3'600'000'000'000;

TEST(Transport, EveryButtonSendsItsCommand) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.click("play"));
    EXPECT_THAT(driver.sent.of<TogglePlay>(), SizeIs(1));
    EXPECT_TRUE(driver.click("block"));
    EXPECT_THAT(driver.sent.of<StepBlock>(), SizeIs(1));
    EXPECT_TRUE(driver.click("back_block"));
    EXPECT_THAT(driver.sent.of<StepBack>(), SizeIs(1));
    EXPECT_TRUE(driver.click("+1 h"));
    EXPECT_TRUE(driver.click("+1 d"));
    ASSERT_THAT(driver.sent.of<StepTime>(), SizeIs(2));
    EXPECT_EQ(driver.sent.of<StepTime>()[1].by.ns, 24 * kHourNs);
    EXPECT_TRUE(driver.click("start"));
    EXPECT_TRUE(driver.click("latest"));
    EXPECT_TRUE(driver.click("next_marker"));
    EXPECT_TRUE(driver.click("back_marker"));
    const auto seeks = driver.sent.of<SeekTo>();
    ASSERT_THAT(seeks, SizeIs(4));
    EXPECT_EQ(seeks[0].at.ns, 0);
    EXPECT_EQ(seeks[1].at, driver.model.clock.reached);
    EXPECT_EQ(seeks[2].at.ns, 400 * kHourNs);
    EXPECT_EQ(seeks[3].at.ns, 240 * kHourNs);
    EXPECT_TRUE(driver.click("Bookmark"));
    EXPECT_THAT(driver.sent.of<AddBookmark>(), SizeIs(1));
    EXPECT_TRUE(driver.click("Express"));
    EXPECT_EQ(driver.sent.of<SetMode>().at(0).mode, RunMode::kExpress);
}

TEST(Transport, TheSpeedSliderIsLogarithmic) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.drag("speed", 0.5F, 0.99F));
    const auto fast = driver.sent.of<SetSpeed>();
    ASSERT_FALSE(fast.empty());
    EXPECT_EQ(fast.back().factor, 0);
    EXPECT_TRUE(driver.drag("speed", 0.5F, 0.17F));
    const auto slow = driver.sent.of<SetSpeed>();
    ASSERT_GT(slow.size(), fast.size());
    EXPECT_LT(slow.back().factor, 3);
}

TEST(Keys, EachDoesWhatTheSheetSays) {
    Driver driver(samples::typical());
    driver.tap("Space");
    driver.tap("K");
    EXPECT_THAT(driver.sent.of<TogglePlay>(), SizeIs(2));
    driver.tap(".");
    driver.tap(",");
    driver.tap("Shift+.");
    EXPECT_THAT(driver.sent.of<StepBlock>(), SizeIs(1));
    EXPECT_THAT(driver.sent.of<StepBack>(), SizeIs(1));
    EXPECT_THAT(driver.sent.of<StepEvent>(), SizeIs(1));
    driver.tap("L");
    driver.tap("J");
    EXPECT_THAT(driver.sent.of<SetSpeed>(), SizeIs(2));
    driver.tap("B");
    EXPECT_THAT(driver.sent.of<AddBookmark>(), SizeIs(1));
    driver.tap("Ctrl+4");
    EXPECT_EQ(driver.state.layout.panes[0].shown, Screen::kWorld);
    driver.tap("Alt+3");
    EXPECT_EQ(driver.state.layout.panes[0].shown, Screen::kLog);
    driver.tap("PageDown");
    EXPECT_EQ(driver.state.layout.panes[0].shown, Screen::kPerformance);
    driver.tap("T");
    EXPECT_EQ(driver.state.preferences.theme, ThemeName::kLight);
    EXPECT_EQ(driver.stage().ui().theme.name, ThemeName::kLight);
    driver.tap("Ctrl+=");
    EXPECT_EQ(driver.state.preferences.scale, 1.25);
    driver.tap("Ctrl+0");
    EXPECT_EQ(driver.state.preferences.scale, 1);
}

TEST(Keys, NoneIsLostWhenTappedQuickly) {
    Driver driver(samples::typical());
    for (int i = 0; i < 40; ++i) {
        driver.stage().ui().keys.add(kKeySpace, 0, true);
        driver.stage().ui().keys.add(kKeySpace, 0, false);
    }
    driver.run();
    EXPECT_THAT(driver.sent.of<TogglePlay>(), SizeIs(40));
}

TEST(Keys, BelongToATextFieldWhileItIsEdited) {
    Driver driver(samples::typical());
    driver.open(Screen::kMarket);
    EXPECT_TRUE(driver.click("filter orders"));
    driver.tap("Space");
    driver.type("a100");
    EXPECT_THAT(driver.sent.of<TogglePlay>(), IsEmpty());
    EXPECT_EQ(driver.state.market.filter, "a100");
}

TEST(Keys, FReachesTheFilterOfTheScreen) {
    Driver driver(samples::typical());
    driver.open(Screen::kMarket);
    driver.tap("F");
    driver.type("t4");
    EXPECT_EQ(driver.state.market.filter, "t4");
}

TEST(Keys, EveryActionCanBeRun) {
    for (const ActionAbout& about : action_list()) {
        SCOPED_TRACE(about.id);
        Driver driver(samples::typical());
        const Shortcuts shortcuts;
        const std::string keys = shortcuts.keys_of(about.id);
        driver.tap(keys.substr(0, keys.find(", ")));
        driver.run(2);
    }
}

TEST(Tabs, OpenTheirScreens) {
    Driver driver(samples::typical());
    for (const PanelAbout& about : panels()) {
        EXPECT_TRUE(driver.click(std::string("tab/") + about.name)) << about.name;
        EXPECT_EQ(driver.state.layout.panes[0].shown, about.screen);
    }
}

TEST(Tabs, MoveToAnotherPaneByTheirMenu) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.click("tab/log", 1));
    EXPECT_TRUE(driver.click("to the right pane"));
    ASSERT_THAT(driver.state.layout.panes, SizeIs(2));
    EXPECT_EQ(driver.state.layout.panes[1].shown, Screen::kLog);
    const float before = driver.state.layout.across;
    EXPECT_TRUE(driver.shows("splitter across"));
    EXPECT_TRUE(driver.drag("splitter across", 0.5F, -20.0F));
    EXPECT_LT(driver.state.layout.across, before);
}

TEST(Layouts, AreChosenFromTheMenu) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.click("Layout"));
    EXPECT_TRUE(driver.click("Watch"));
    EXPECT_THAT(driver.state.layout.panes, SizeIs(3));
}

TEST(Strip, DraggingSeeks) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.drag("strip", 0.4F, 0.1F));
    const auto seeks = driver.sent.of<SeekTo>();
    ASSERT_THAT(seeks, SizeIs(1));
    EXPECT_NEAR(static_cast<double>(seeks[0].at.ns) / kHourNs, 72, 1);
}

TEST(Strip, ControlAndDraggingSelectsARange) {
    Driver driver(samples::typical());
    driver.hold(341, true);
    EXPECT_TRUE(driver.drag("strip", 0.1F, 0.2F));
    driver.hold(341, false);
    EXPECT_THAT(driver.sent.of<SeekTo>(), IsEmpty());
    const Range range = seconds(driver.state.interest.range);
    EXPECT_NEAR(range.from / 3600, 72, 1);
    EXPECT_NEAR(range.to / 3600, 144, 1);
    EXPECT_FALSE(driver.state.time.follow);
    driver.tap("Shift+0");
    EXPECT_EQ(driver.state.interest.range.to.ns, 0);
}

TEST(Strip, TheWheelZooms) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.hover("strip"));
    const double before = driver.state.strip.shown.size();
    driver.wheel(3);
    EXPECT_LT(driver.state.strip.shown.size(), before);
}

TEST(Palette, FindsActionsThingsAndTimes) {
    Driver driver(samples::typical());
    driver.tap("Ctrl+P");
    driver.type("exp");
    EXPECT_TRUE(driver.shows("palette/Export..."));
    driver.tap("Enter");
    EXPECT_FALSE(driver.state.palette.open);
    EXPECT_TRUE(driver.state.exporting.open);
    driver.tap("Esc");
    EXPECT_FALSE(driver.state.exporting.open);

    driver.tap("Ctrl+P");
    driver.type("12d 6h");
    driver.tap("Enter");
    EXPECT_EQ(driver.sent.of<SeekTo>().back().at.ns, (12 * 24 + 6) * kHourNs);

    driver.tap("Ctrl+P");
    driver.type("foundry/3");
    EXPECT_TRUE(driver.click("palette/foundry/3"));
    EXPECT_EQ(driver.state.layout.panes[0].shown, Screen::kProvider);
}

TEST(Inject, SendsTheLineItShows) {
    Driver driver(samples::typical());
    driver.tap("I");
    EXPECT_TRUE(driver.click("what happens"));
    EXPECT_TRUE(driver.click("Price of AKT jumps"));
    EXPECT_TRUE(driver.click("Apply now"));
    ASSERT_THAT(driver.sent.of<Inject>(), SizeIs(1));
    EXPECT_EQ(driver.sent.of<Inject>()[0].action, "price: { factor: 2 }");
    EXPECT_FALSE(driver.state.inject.open);
}

TEST(Inject, EnterApplies) {
    Driver driver(samples::typical());
    driver.tap("I");
    driver.tap("Enter");
    ASSERT_THAT(driver.sent.of<Inject>(), SizeIs(1));
    EXPECT_FALSE(driver.sent.of<Inject>()[0].action.empty());
    EXPECT_FALSE(driver.state.inject.open);
}

TEST(RunUntil, SendsWhatWasChosen) {
    Driver driver(samples::typical());
    driver.tap("U");
    EXPECT_TRUE(driver.click("an order ends without a bid"));
    EXPECT_TRUE(driver.click("Run until then"));
    ASSERT_THAT(driver.sent.of<RunUntil>(), SizeIs(1));
    EXPECT_EQ(driver.sent.of<RunUntil>()[0].what, RunUntil::What::kOrderWithoutBids);
}

TEST(Export, AsksForPicturesTablesAndScenarios) {
    Driver driver(samples::typical());
    driver.tap("E");
    EXPECT_TRUE(driver.click("Write"));
    ASSERT_TRUE(driver.state.picture);
    EXPECT_THAT(driver.state.picture->path, HasSubstr(".png"));
    EXPECT_FALSE(driver.state.picture->panel);
    driver.tap("Ctrl+S");
    EXPECT_TRUE(driver.click("Write"));
    EXPECT_THAT(driver.sent.of<SaveScenario>(), SizeIs(1));
    driver.tap("E");
    EXPECT_TRUE(driver.click("All series (CSV)"));
    EXPECT_TRUE(driver.click("Write"));
    EXPECT_THAT(driver.sent.of<ExportCsv>(), SizeIs(1));
}

TEST(Runs, AreShownSwitchedAndCompared) {
    Driver driver(samples::typical());
    driver.tap("R");
    EXPECT_TRUE(driver.click("run/branch 1"));
    EXPECT_EQ(driver.sent.of<SwitchRun>().at(0).run, 1);
    EXPECT_TRUE(driver.click("compare"));
    EXPECT_EQ(driver.sent.of<Compare>().at(0).run, 1);
    driver.tap("Esc");
    EXPECT_FALSE(driver.state.runs_shown);
}

TEST(Status, LimitsHowMuchOfThePastIsShown) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.click("24 h"));
    EXPECT_NEAR(driver.state.time.shown.size(), 86400, 1);
    EXPECT_TRUE(driver.click("follow"));
    EXPECT_FALSE(driver.state.time.follow);
}

TEST(Copy, PutsTheScreenIntoTheClipboard) {
    for (const PanelAbout& about : panels()) {
        Driver driver(samples::typical());
        driver.open(about.screen);
        driver.tap("Ctrl+Shift+C");
        EXPECT_THAT(std::string(ImGui::GetClipboardText()), Not(IsEmpty())) << about.name;
        EXPECT_TRUE(driver.click("Copy CSV"));
        EXPECT_THAT(std::string(ImGui::GetClipboardText()), HasSubstr(",")) << about.name;
    }
}

TEST(Window, CanBeTinyOrHuge) {
    for (const StageSize size : {StageSize{64, 64}, StageSize{320, 200}, StageSize{7680, 4320}}) {
        for (const PanelAbout& about : panels()) {
            Driver driver(samples::typical(), {.size = size});
            driver.open(about.screen);
        }
    }
}

TEST(Window, CanBeScaled) {
    for (const double scale : {0.75, 1.5, 2.5}) {
        for (const PanelAbout& about : panels()) {
            Driver driver(samples::typical(), {.scale = scale});
            driver.open(about.screen);
        }
    }
}

}  // namespace
}  // namespace gui
