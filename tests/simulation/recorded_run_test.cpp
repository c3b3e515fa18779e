// What a run leaves behind: enough to run it again, equal with and without, whole after a kill.
#include "scenarios/engine/recorded_run.h"

#include "scenarios/engine/compare.h"
#include "scenarios/engine/recording.h"
#include "scenarios/engine/replay.h"
#include "scenarios/engine/report_html.h"
#include "scenarios/engine/runner.h"
#include "sim/archive.h"
#include "tests/support/scenario_texts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace scenarios {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::busy_market;
using tests::scenario_of;

class Recorded : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ =
            fs::temp_directory_path() / fmt::format("orrery-test-{}-{}", test->name(), getpid());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }

    void TearDown() override { fs::remove_all(folder_); }

    RunOutcome record(const std::string& name, std::vector<std::string> settings = {}) {
        RunOptions options;
        options.database = folder_ / name;
        auto outcome = run_scenario(*scenario_of(busy_market(), std::move(settings)), options);
        EXPECT_TRUE(outcome) << (outcome ? "" : outcome.error().text);
        return std::move(outcome).value();
    }

    [[nodiscard]] std::string cell(const std::string& name, const std::string& sql) const {
        const auto database = sim::Database::open(folder_ / name);
        EXPECT_TRUE(database);
        const auto rows = database->query(sql);
        EXPECT_TRUE(rows) << (rows ? "" : rows.error().text);
        return rows->rows.at(0).at(0).value_or("NULL");
    }

    fs::path folder_;
};

TEST_F(Recorded, ARunIsTheSameWithAndWithoutRecording) {
    const auto quiet = run_scenario(*scenario_of(busy_market()), RunOptions{});
    ASSERT_TRUE(quiet);
    EXPECT_EQ(record("run.db").digest, quiet->digest);
    EXPECT_EQ(cell("run.db", "SELECT value FROM meta WHERE key = 'digest'"), quiet->digest);
}

TEST_F(Recorded, TheDatabaseAgreesWithTheTotals) {
    const RunOutcome outcome = record("run.db");
    const auto figure = [&](const std::string& key) {
        for (const Figure& f : outcome.figures) {
            if (f.key == key) return static_cast<std::int64_t>(f.value * 1e6 + 0.5);
        }
        return std::int64_t{-1};
    };
    const auto count = [&](const std::string& sql) { return std::stoll(cell("run.db", sql)); };
    EXPECT_EQ(count("SELECT count(*) * 1000000 FROM orders"), figure("orders"));
    EXPECT_EQ(count("SELECT count(*) * 1000000 FROM bids"), figure("bids"));
    EXPECT_EQ(count("SELECT count(*) * 1000000 FROM leases"), figure("leases"));
    EXPECT_EQ(count("SELECT count(*) * 1000000 FROM transactions"), figure("transactions"));
    EXPECT_EQ(count("SELECT sum(gross) FROM settlements WHERE denom = 'uakt'"),
              figure("spent_akt"));
    EXPECT_EQ(count("SELECT sum(fee) FROM settlements WHERE denom = 'uusdc'"), figure("fees_usdc"));
    EXPECT_EQ(count("SELECT count(*) FROM v_leases WHERE tenant IS NULL OR provider IS NULL"), 0);
    // Every bid that was decided has one answer that says how.
    EXPECT_GT(count("SELECT count(*) FROM v_bids WHERE reason = 'won'"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM v_bids WHERE won AND reason != 'won'"), 0);
}

TEST_F(Recorded, AReplayComesToTheSameDigests) {
    record("run.db");
    const auto outcome = replay(folder_ / "run.db", RunOptions::Progress::kNone);
    ASSERT_TRUE(outcome) << outcome.error().text;
    EXPECT_EQ(outcome->code, ExitCode::kFine) << outcome->text;
    EXPECT_GT(outcome->compared, 1'000U);
    EXPECT_THAT(outcome->text, HasSubstr("equal"));
}

TEST_F(Recorded, SettingsAreReplayedToo) {
    record("run.db", {"seed=3", "run_for=6h", "block.interval=5s"});
    const auto outcome = replay(folder_ / "run.db", RunOptions::Progress::kNone);
    ASSERT_TRUE(outcome) << outcome.error().text;
    EXPECT_EQ(outcome->code, ExitCode::kFine) << outcome->text;
}

TEST_F(Recorded, CompareFindsTheFirstDifference) {
    record("a.db", {"run_for=30h"});
    record("b.db", {"run_for=30h", "actions.3.price.factor=0.9"});  // the shock at 20 h is milder
    const auto same = compare_runs(folder_ / "a.db", folder_ / "a.db");
    ASSERT_TRUE(same);
    EXPECT_THAT(same.value(), HasSubstr("the runs are equal in all"));
    const auto text = compare_runs(folder_ / "a.db", folder_ / "b.db");
    ASSERT_TRUE(text) << text.error().text;
    EXPECT_THAT(text.value(), HasSubstr("first differing"));
    // 20 h are 12,000 blocks of 6 s: everything before is common.
    const auto at = text->find("states equal up to block ");
    ASSERT_NE(at, std::string::npos);
    EXPECT_GE(std::stoll(text->substr(at + 25)), 11'900);
    EXPECT_LE(std::stoll(text->substr(at + 25)), 12'200);
}

TEST_F(Recorded, BecomesAPageThatStandsAlone) {
    record("run.db", {"run_for=6h"});
    const auto page = html_of_run(folder_ / "run.db");
    ASSERT_TRUE(page) << page.error().text;
    const auto run = read_recorded_run(folder_ / "run.db");
    ASSERT_TRUE(run);
    for (const std::string& text : {run->final_digest, run->name, std::string{"<svg"}})
        EXPECT_THAT(page.value(), HasSubstr(text));
    // Nothing is fetched from anywhere.
    EXPECT_THAT(page.value(), Not(HasSubstr("http")));
    EXPECT_THAT(page.value(), Not(HasSubstr("<script")));
    std::ofstream(folder_ / "text.db") << "no database";
    EXPECT_FALSE(html_of_run(folder_ / "text.db"));
}

TEST_F(Recorded, ADatabaseIsNotOverwrittenUnasked) {
    std::ofstream(folder_ / "precious.db") << "do not touch";
    RunOptions options;
    options.database = folder_ / "precious.db";
    const auto scenario = scenario_of(busy_market(), {"run_for=1h"});
    const auto refused = run_scenario(*scenario, options);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("--force"));
    EXPECT_EQ(sim::read_whole_file(folder_ / "precious.db").value_or(""), "do not touch");
    options.replace_database = true;
    EXPECT_TRUE(run_scenario(*scenario, options));
}

TEST_F(Recorded, ForeignAndBrokenDatabasesAreRefusedInOneSentence) {
    EXPECT_FALSE(replay(folder_ / "missing.db", RunOptions::Progress::kNone));
    std::ofstream(folder_ / "text.db") << "no database";
    EXPECT_FALSE(replay(folder_ / "text.db", RunOptions::Progress::kNone));
    record("cut.db", {"run_for=2h"});
    fs::resize_file(folder_ / "cut.db", fs::file_size(folder_ / "cut.db") / 2);
    const auto cut = replay(folder_ / "cut.db", RunOptions::Progress::kNone);
    if (!cut) {
        EXPECT_FALSE(cut.error().text.empty());
    }
    EXPECT_FALSE(compare_runs(folder_ / "text.db", folder_ / "cut.db"));
}

}  // namespace
}  // namespace scenarios
