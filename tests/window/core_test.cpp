// Keys, shortcuts, layouts, settings, arguments, copied tables: what the window is made of, apart
// from its screens.
#include "gui/draw/grid.h"
#include "gui/draw/shortcuts.h"
#include "gui/draw/text_table.h"
#include "gui/frame/actions.h"
#include "gui/frame/arguments.h"
#include "gui/frame/frame.h"
#include "gui/frame/layout.h"
#include "gui/frame/settings.h"
#include "gui/map/coastline.h"
#include "gui/panels/panel.h"
#include "scenarios/engine/tour.h"

#include <gmock/gmock.h>

#include <set>

namespace gui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Chords, AreReadAndWritten) {
    for (const char* text : {"Space",
                             "Ctrl+P",
                             "Shift+.",
                             "Ctrl+Shift+Tab",
                             "Home",
                             "F1",
                             "[",
                             "Alt+3",
                             "Ctrl+Plus"}) {
        const auto chord = parse_chord(text);
        ASSERT_TRUE(chord) << text;
        EXPECT_EQ(to_text(*chord), text);
    }
    EXPECT_EQ(parse_chord("shift+ctrl+p"), parse_chord("Ctrl+Shift+P"));
    EXPECT_FALSE(parse_chord("Ctrl+Nothing"));
    EXPECT_FALSE(parse_chord(""));
}

TEST(Shortcuts, NoTwoActionsShareAKey) {
    const Shortcuts shortcuts;
    std::set<std::string> seen;
    for (const ActionAbout& about : action_list()) {
        std::string keys = shortcuts.keys_of(about.id);
        EXPECT_FALSE(keys.empty()) << about.id;
        while (!keys.empty()) {
            const auto comma = keys.find(", ");
            EXPECT_TRUE(seen.insert(keys.substr(0, comma)).second) << keys;
            keys = comma == std::string::npos ? "" : keys.substr(comma + 2);
        }
    }
}

TEST(Shortcuts, CanBeChangedByAFile) {
    Shortcuts shortcuts;
    const auto problems =
        shortcuts.read("# mine\nplay = Ctrl+K, F5\nblock =\nfly = X\nhour = Ctrl+Huh\n");
    EXPECT_THAT(problems, SizeIs(2));
    EXPECT_EQ(shortcuts.action_of(*parse_chord("F5")), "play");
    EXPECT_EQ(shortcuts.action_of(*parse_chord("Space")), "");
    EXPECT_EQ(shortcuts.action_of(*parse_chord(".")), "");
    Shortcuts again;
    EXPECT_THAT(again.read(shortcuts.write()), IsEmpty());
    EXPECT_EQ(again.keys_of("play"), "Ctrl+K, F5");
}

TEST(Shortcuts, ATakenKeyGoesToTheLastWhoAsks) {
    Shortcuts shortcuts;
    shortcuts.read("theme = Space\n");
    EXPECT_EQ(shortcuts.action_of(*parse_chord("Space")), "theme");
    EXPECT_EQ(shortcuts.keys_of("play"), "K");
}

TEST(KeyQueue, KeepsEveryTapAndSpreadsItOverFrames) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    KeyQueue queue;
    for (int i = 0; i < 40; ++i) {
        queue.add(kKeySpace, 0, true);
        queue.add(kKeySpace, 0, false);
    }
    EXPECT_THAT(queue.take_presses(), SizeIs(40));
    EXPECT_THAT(queue.take_presses(), IsEmpty());
    int seen_down = 0;
    bool more = true;
    for (int frame = 0; frame < 200 && more; ++frame) {
        more = queue.feed(io);
        seen_down += io.KeysDown[kKeySpace] ? 1 : 0;
    }
    EXPECT_EQ(seen_down, 40);
    ImGui::DestroyContext();
}

TEST(Filter, CommasMeanOrAndMinusExcludes) {
    EXPECT_TRUE(passes_filter("", "anything"));
    EXPECT_TRUE(passes_filter("bid, lease", "New LEASE made"));
    EXPECT_FALSE(passes_filter("bid", "order made"));
    EXPECT_FALSE(passes_filter("order, -made", "order made"));
    EXPECT_TRUE(passes_filter("-bid", "order made"));
    EXPECT_TRUE(passes_filter(" , -", "order made"));
}

TEST(Tables, AreAlignedAsTextAndQuotedAsCsv) {
    const TextTables tables{{"T", {"a", "bcd"}, {{"12345", "x,y"}, {"1", "say \"hi\""}}}};
    EXPECT_EQ(as_text(tables), "T\na      bcd\n12345  x,y\n1      say \"hi\"\n");
    EXPECT_EQ(as_csv(tables), "a,bcd\n12345,\"x,y\"\n1,\"say \"\"hi\"\"\"\n");
}

TEST(Panels, ComeInTheOrderOfTheScreens) {
    for (std::size_t i = 0; i < kScreens; ++i) {
        const PanelAbout& about = panels().at(i);
        EXPECT_EQ(static_cast<std::size_t>(about.screen), i);
        EXPECT_EQ(screen_named(about.name), about.screen);
        EXPECT_EQ(scenarios::kScreenNames.at(i), about.name) << "what a tour may open";
        // Two sentences of help.
        const std::string help = about.help;
        EXPECT_GE(std::count(help.begin(), help.end(), '.'), 2) << about.name;
    }
    EXPECT_FALSE(screen_named("nonsense"));
}

TEST(Layouts, ShowEveryScreenSomewhere) {
    EXPECT_THAT(workspace(0).panes, SizeIs(1));
    EXPECT_THAT(workspace(0).panes[0].tabs, SizeIs(kScreens));
    for (std::size_t i = 1; i < kWorkspaces.size(); ++i)
        EXPECT_GE(workspace(i).panes.size(), 2U);
}

TEST(Layouts, AreReadAndWritten) {
    for (std::size_t i = 0; i < kWorkspaces.size(); ++i) {
        const Layout layout = workspace(i);
        EXPECT_EQ(to_text(parse_layout(to_text(layout))), to_text(layout));
    }
    EXPECT_EQ(to_text(parse_layout("what is this")), to_text(workspace(0)));
    EXPECT_EQ(to_text(parse_layout("")), to_text(workspace(0)));
}

TEST(Layouts, MoveTabsBetweenPanes) {
    Layout layout = workspace(0);
    layout.move(Screen::kLog, 1);
    ASSERT_THAT(layout.panes, SizeIs(2));
    EXPECT_THAT(layout.panes[1].tabs, ElementsAre(Screen::kLog));
    layout.move(Screen::kLog, 0);
    EXPECT_THAT(layout.panes, SizeIs(1));
    EXPECT_EQ(layout.panes[0].shown, Screen::kLog);
    layout.show(Screen::kMarket);
    layout.step(1);
    EXPECT_EQ(layout.panes[0].shown, Screen::kUtilization);
    layout.step(-2);
    EXPECT_EQ(layout.panes[0].shown, Screen::kOverview);
    layout.step(-1);
    EXPECT_EQ(layout.panes[0].shown, Screen::kLog);
}

TEST(Settings, SurviveARound) {
    UiState state;
    state.preferences = {ThemeName::kLight, 1.5, "Inter", true, false, LowFill::kOff};
    state.layout = workspace(3);
    UiState again;
    read_settings(write_settings(state), again);
    EXPECT_EQ(write_settings(again), write_settings(state));
    EXPECT_EQ(again.preferences.low_fill, LowFill::kOff);
    read_settings("scale = 9000\ntheme = pink\nnonsense\n", again);
    EXPECT_EQ(again.preferences.scale, 1.5);
    EXPECT_EQ(again.preferences.theme, ThemeName::kLight);
}

TEST(Arguments, AreUnderstood) {
    const auto arguments = parse_arguments({"akash_march_2024",
                                            "--screenshot",
                                            "out.png",
                                            "--at",
                                            "12d",
                                            "--screen",
                                            "market",
                                            "--size",
                                            "1280x720",
                                            "--theme",
                                            "light",
                                            "--scale",
                                            "150",
                                            "--seed",
                                            "7"});
    EXPECT_EQ(arguments.error, "");
    EXPECT_EQ(arguments.file, "akash_march_2024");
    EXPECT_EQ(arguments.at.ns, 12LL * 86400 * 1'000'000'000);
    EXPECT_EQ(arguments.size.width, 1280);
    EXPECT_EQ(arguments.scale, 1.5);
    EXPECT_THAT(arguments.settings, ElementsAre("seed=7"));
}

TEST(Arguments, WrongOnesAreNamed) {
    EXPECT_THAT(parse_arguments({"--screen", "nowhere"}).error,
                HasSubstr("one of overview market"));
    EXPECT_THAT(parse_arguments({"--at"}).error, HasSubstr("wants a value"));
    EXPECT_THAT(parse_arguments({"--at", "soon"}).error, HasSubstr("'soon' is no value of --at"));
    EXPECT_THAT(parse_arguments({"--size", "0x0"}).error, HasSubstr("--size"));
    EXPECT_THAT(parse_arguments({"--scale", "9"}).error, HasSubstr("--scale"));
    EXPECT_THAT(parse_arguments({"a", "b"}).error, HasSubstr("'b' is not understood"));
    EXPECT_THAT(parse_arguments({"--fly"}).error, HasSubstr("'--fly' is not understood"));
}

TEST(Arguments, TimesHaveUnits) {
    EXPECT_EQ(parse_time("2d 6h")->ns, (2 * 86400 + 6 * 3600) * 1'000'000'000LL);
    EXPECT_EQ(parse_time("90min")->ns, 5400 * 1'000'000'000LL);
    EXPECT_EQ(parse_time("1h30m"), parse_time("90min"));
    EXPECT_FALSE(parse_time("12"));
    EXPECT_FALSE(parse_time("-1d"));
    EXPECT_FALSE(parse_time(""));
}

TEST(Speeds, StepUpAndDownAndEndAtTheirLimits) {
    EXPECT_NEAR(faster(10), 31.6, 0.1);
    EXPECT_NEAR(faster(faster(10)), 100, 0.1);
    EXPECT_NEAR(slower(10), 3.16, 0.01);
    EXPECT_EQ(faster(1e6), 0);
    EXPECT_EQ(faster(0), 0);
    EXPECT_EQ(slower(0), 1e6);
    EXPECT_EQ(slower(0.1), 0.1);
}

TEST(Injections, BecomeScenarioLines) {
    InjectForm form;
    form.group = "foundry";
    form.hours = 6;
    form.count = 2;
    form.kind = 2;
    EXPECT_EQ(injection_line(form), "fail_providers: { group: foundry, count: 2, for: 6h }");
    form.count = 0;
    form.kind = 1;
    EXPECT_EQ(injection_line(form), "remove_providers: { group: foundry }");
    form.kind = 4;
    form.group = "services";
    form.hours = 0.5;
    EXPECT_EQ(injection_line(form), "demand: { tenants: services, factor: 2, for: 30min }");
    form.kind = 5;
    form.factor = 0.5;
    EXPECT_EQ(injection_line(form), "price: { factor: 0.5 }");
    form.kind = 9;
    form.region = "us-west";
    form.region_b = "us-east, eu-central";
    form.hours = 3;
    EXPECT_EQ(injection_line(form),
              "partition: { groups: [[us-west], [us-east, eu-central]], for: 3h }");
    form.kind = 10;
    EXPECT_EQ(injection_line(form), "heal: {}");
}

TEST(Map, HasLandAndKnowsUsualRegions) {
    EXPECT_GT(coastline().size(), 4'000U);
    for (const auto value : coastline())
        EXPECT_TRUE(value == kLineEnd || (value >= -1800 && value <= 1800));
    EXPECT_NEAR(place_of("eu-central-1")->longitude, 10, 1);
    EXPECT_LT(place_of("us-west")->longitude, place_of("us-east")->longitude);
    EXPECT_FALSE(place_of("atlantis"));
}

}  // namespace
}  // namespace gui
