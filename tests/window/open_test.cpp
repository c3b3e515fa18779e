// Opening another run from within the window: the dialog by keys and mouse, what it lists, and that
// the run before stays when a file cannot be opened.
#include "gui/frame/open_run.h"
#include "gui/frame/settings.h"
#include "tests/window/driver.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace gui {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::SizeIs;

/// A folder of its own for each test.
class Open : public testing::Test {
  protected:
    Open() {
        const auto* about = testing::UnitTest::GetInstance()->current_test_info();
        folder = fs::path(testing::TempDir()) / ("orrery_open_" + std::string(about->name()));
        fs::remove_all(folder);
        fs::create_directories(folder / "old runs");
        for (const char* name : {"b.yaml", "a.yml", "run.db", "notes.txt", ".hidden.yaml"})
            std::ofstream(folder / name) << "name: nothing\n";
        fs::create_symlink(folder / "nowhere", folder / "broken.db");
        std::ofstream(folder / "old runs" / "march.db") << std::string(3'000, 'x');
    }

    ~Open() override { fs::remove_all(folder); }

    void open_dialog(Driver& driver) const {
        driver.tap("Ctrl+O");
        driver.state.opening.folder = folder.string();
        driver.run(3);
    }

    fs::path folder;
};

std::vector<std::string> names_of(const FileList& list) {
    std::vector<std::string> out;
    for (const FileRow& row : list.rows)
        out.push_back(row.name);
    return out;
}

const fs::path kScenarios = fs::path(ORRERY_SOURCE_DIR) / "scenarios";

TEST_F(Open, ListsFoldersFirstAndOnlyWhatCanBeOpened) {
    const FileList list = list_folder(folder);
    EXPECT_THAT(names_of(list), ElementsAre("old runs", "a.yml", "b.yaml", "run.db"));
    EXPECT_TRUE(list.rows[0].folder);
    EXPECT_EQ(list.rows[1].bytes, 14U);
    EXPECT_THAT(list.rows[1].changed,
                MatchesRegex("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]"));
    EXPECT_EQ(list.problem, "");
}

TEST_F(Open, SaysWhyAFolderCannotBeRead) {
    const FileList list = list_folder(folder / "nothing");
    EXPECT_THAT(list.rows, IsEmpty());
    EXPECT_THAT(list.problem, HasSubstr("nothing: No such file"));
}

TEST_F(Open, SizesAreReadable) {
    EXPECT_EQ(size_text(640), "640 B");
    EXPECT_EQ(size_text(12'600), "12.3 KiB");
    EXPECT_EQ(size_text(5ULL << 40U), "5.0 TiB");
    EXPECT_EQ(size_text(5'000ULL << 40U), "5000.0 TiB");
}

TEST_F(Open, TheLastTenAreRememberedOnce) {
    std::vector<std::string> recent;
    for (int i = 0; i < 12; ++i)
        remember_file(recent, folder / (std::to_string(i) + ".yaml"));
    remember_file(recent, folder / "old runs" / ".." / "7.yaml");
    ASSERT_THAT(recent, SizeIs(kRecentFiles));
    EXPECT_EQ(recent[0], (folder / "7.yaml").string());
    EXPECT_EQ(recent[1], (folder / "11.yaml").string());
    EXPECT_EQ(recent[9], (folder / "2.yaml").string());
    remember_file(recent, "two\nlines.yaml");
    EXPECT_EQ(recent[0], (folder / "7.yaml").string());
    EXPECT_EQ(folder_to_begin(recent), folder);

    UiState state;
    state.recent = recent;
    UiState again;
    read_settings(write_settings(state), again);
    EXPECT_EQ(again.recent, recent);
}

TEST_F(Open, IsDoneByKeysAlone) {
    Driver driver(samples::typical());
    open_dialog(driver);
    EXPECT_TRUE(driver.shows("file/old runs"));
    driver.tap("Enter");
    EXPECT_EQ(driver.state.opening.folder, (folder / "old runs").string());
    driver.tap("Backspace");
    EXPECT_EQ(driver.state.opening.folder, folder.string());
    driver.tap("Down");
    driver.tap("Down");
    driver.tap("Down");
    driver.tap("Up");
    driver.tap("Enter");
    EXPECT_EQ(driver.state.open_path, (folder / "b.yaml").string());
    EXPECT_THAT(driver.sent.commands, IsEmpty()) << "keys of the dialog are no shortcuts";
    driver.tap("Esc");
    EXPECT_FALSE(driver.state.opening.open);
}

TEST_F(Open, TypedLettersFilterAndBackspaceTakesThemBackFirst) {
    Driver driver(samples::typical());
    open_dialog(driver);
    driver.type("ru");
    EXPECT_TRUE(driver.shows("file/run.db"));
    EXPECT_FALSE(driver.shows("file/b.yaml"));
    driver.tap("Backspace");
    driver.tap("Backspace");
    EXPECT_EQ(driver.state.opening.filter, "");
    EXPECT_EQ(driver.state.opening.folder, folder.string());
    driver.type("run.");
    driver.tap("Enter");
    EXPECT_EQ(driver.state.open_path, (folder / "run.db").string());
}

TEST_F(Open, TakesAPathAsItIsTyped) {
    Driver driver(samples::typical());
    open_dialog(driver);
    driver.type("old runs/");
    driver.tap("Enter");
    EXPECT_TRUE(driver.shows("file/march.db"));
    driver.type((folder / "a.yml").string());
    driver.tap("Enter");
    EXPECT_EQ(driver.state.open_path, (folder / "a.yml").string());
}

TEST_F(Open, IsDoneByTheMouseAndShowsWhatWasOpenedBefore) {
    Driver driver(samples::typical());
    driver.state.recent = {(folder / "run.db").string(), (folder / "gone.yaml").string()};
    EXPECT_TRUE(driver.click("Find"));
    driver.type("open a scen");
    EXPECT_TRUE(driver.click("palette/Open a scenario or a recorded run..."));
    EXPECT_EQ(driver.state.opening.folder, folder.string());
    EXPECT_TRUE(driver.shows("file/" + driver.state.recent[1]));
    EXPECT_TRUE(driver.state.opening.recent[1].missing);
    EXPECT_TRUE(driver.click("file/old runs"));
    EXPECT_TRUE(driver.shows("file/march.db"));
    EXPECT_TRUE(driver.click("Parent folder"));
    EXPECT_TRUE(driver.click("file/" + driver.state.recent[0]));
    EXPECT_EQ(driver.state.open_path, driver.state.recent[0]);
}

/// Serves what the dialog asks for, as the window does.
TEST_F(Open, ReplacesTheRunAndKeepsItWhenAFileIsBroken) {
    OpenRun run;
    EXPECT_FALSE(run.fetch());
    run.send(Play{});
    ASSERT_TRUE(run.open((kScenarios / "first_lease.yaml").string()).has_value());
    UiState state;
    state.preferences.scale = 1.5;
    state.interest.order = 3;
    state.opening.open = true;

    for (const char* name : {"b.yaml", "run.db", "notes.txt", "not there", "broken.db"}) {
        state.open_path = (folder / name).string();
        run.serve(state);
        EXPECT_FALSE(state.open_path);
        EXPECT_THAT(state.opening.problem, HasSubstr(fs::path(name).stem().string())) << name;
        EXPECT_TRUE(state.opening.open);
        EXPECT_EQ(run.path().filename(), "first_lease.yaml");
        EXPECT_EQ(state.interest.order, 3);
    }
    // The run before is still one that goes on.
    run.send(StepBlock{1});
    for (int i = 0; i < 5'000 && run.model().clock.height < 1; ++i) {
        run.fetch();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(run.model().clock.height, 1);
    EXPECT_EQ(run.model().clock.scenario, "first_lease");

    state.open_path = (kScenarios / "provider_outage.yaml").string();
    run.serve(state);
    EXPECT_EQ(run.model().clock.scenario, "provider_outage");
    EXPECT_EQ(run.model().clock.height, 0);
    EXPECT_FALSE(state.opening.open);
    EXPECT_EQ(state.interest.order, kNoKey);
    EXPECT_EQ(state.preferences.scale, 1.5);
    EXPECT_THAT(state.recent, ElementsAre(EndsWith("scenarios/provider_outage.yaml")));
}

TEST_F(Open, ADroppedFolderIsOneToChooseFromAndABrokenFileIsSaid) {
    OpenRun run;
    UiState state;
    state.open_path = folder.string();
    run.serve(state);
    EXPECT_TRUE(state.opening.open);
    EXPECT_EQ(state.opening.folder, folder.string());

    state.opening = {};
    state.open_path = (folder / "b.yaml").string();
    run.serve(state);
    EXPECT_TRUE(state.opening.open);
    EXPECT_EQ(state.opening.folder, folder.string());
    EXPECT_THAT(state.opening.problem, HasSubstr("b.yaml"));
    EXPECT_FALSE(run.is_open());

    Driver driver(run.model());
    driver.state.opening = state.opening;
    driver.run(2);
    EXPECT_TRUE(driver.shows("open problem"));
}

TEST_F(Open, ARecordedRunIsOpenedToo) {
    OpenRun run;
    ASSERT_TRUE(run.open((kScenarios / "first_lease.yaml").string()).has_value());
    const std::string database = (folder / "made.db").string();
    run.send(ExportDatabase{database, false});
    const auto written = [&] {
        run.fetch();
        const auto& said = run.model().messages;
        return !said.empty() && said.back().text == "wrote " + database;
    };
    for (int i = 0; i < 5'000 && !written(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    UiState state;
    state.open_path = database;
    run.serve(state);
    EXPECT_EQ(state.opening.problem, "");
    EXPECT_TRUE(run.model().recording.shown);
}

}  // namespace
}  // namespace gui
