// The program as users and scripts meet it: exit codes, messages, what is left after a kill.
#include "scenarios/engine/replay.h"
#include "sim/archive.h"
#include "sim/recorder.h"
#include "tests/support/scenario_texts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace scenarios {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kProgram = fs::path(ORRERY_BINARY_DIR) / "orrery";

std::string text_of(const fs::path& path) {
    return sim::read_whole_file(path).value_or("");
}

class CommandLine : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!fs::exists(kProgram)) GTEST_SKIP() << "build the target orrery first";
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ =
            fs::temp_directory_path() / fmt::format("orrery-cli-{}-{}", test->name(), getpid());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }

    void TearDown() override { fs::remove_all(folder_); }

    /// Starts the program; its output goes to files in the folder.
    [[nodiscard]] pid_t start(const std::vector<std::string>& arguments) const {
        const pid_t child = fork();
        if (child != 0) return child;
        const fs::path out = folder_ / "stdout";
        const fs::path err = folder_ / "stderr";
        dup2(open(out.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0644), STDOUT_FILENO);
        dup2(open(err.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0644), STDERR_FILENO);
        std::string program = kProgram.string();
        std::vector<std::string> copies = arguments;
        std::vector<char*> argv{program.data()};
        for (std::string& argument : copies)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        execv(program.c_str(), argv.data());
        _exit(127);
    }

    int run(const std::vector<std::string>& arguments) {
        int status = 0;
        waitpid(start(arguments), &status, 0);
        out_ = text_of(folder_ / "stdout");
        err_ = text_of(folder_ / "stderr");
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

    std::string file(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name) << text;
        return (folder_ / name).string();
    }

    fs::path folder_;
    std::string out_;
    std::string err_;
};

TEST_F(CommandLine, AMisspeltCommandOrScenarioEndsWithTwoAndTheNearestName) {
    EXPECT_EQ(run({"rn", "first_lease"}), 2);
    EXPECT_THAT(err_, HasSubstr("did you mean 'run'?"));
    EXPECT_EQ(run({"run", "first_leese"}), 2);
    EXPECT_THAT(err_, HasSubstr("did you mean 'first_lease'?"));
    EXPECT_EQ(run({}), 2);
    EXPECT_EQ(run({"run"}), 2);
    EXPECT_EQ(run({"run", "first_lease", "--sed", "4"}), 2);
    EXPECT_EQ(run({"--version"}), 0);
    EXPECT_THAT(out_, HasSubstr("orrery 0."));
    EXPECT_EQ(run({"--help"}), 0);
}

TEST_F(CommandLine, ABadScenarioEndsWithTwoAndItsPlace) {
    const std::string path = file("bad.yaml", "name: x\nrun_for: 1d\ntenents: []\n");
    EXPECT_EQ(run({"run", path}), 2);
    EXPECT_THAT(err_, HasSubstr("bad.yaml:3:1: unknown key 'tenents', did you mean 'tenants'?"));
    EXPECT_EQ(run({"run", "first_lease", "--set", "seeed=4"}), 2);
    EXPECT_THAT(err_, HasSubstr("did you mean 'seed'?"));
}

TEST_F(CommandLine, TheLastLineIsTheDigestAndItIsTheSameAgain) {
    ASSERT_EQ(run({"run", "first_lease"}), 0) << out_ << err_;
    const std::string last = out_.substr(out_.rfind('\n', out_.size() - 2) + 1);
    EXPECT_TRUE(last.starts_with("digest ")) << last;
    EXPECT_EQ(last.size(), 7U + 32U + 1U);
    ASSERT_EQ(run({"run", "first_lease", "--quiet"}), 0);
    EXPECT_THAT(out_, HasSubstr(last));
    ASSERT_EQ(run({"run", "first_lease", "--json"}), 0);
    EXPECT_THAT(out_, HasSubstr(last.substr(7, 32)));
    EXPECT_EQ(out_.front(), '{');
}

TEST_F(CommandLine, AFailedExpectationEndsWithOneAndAReport) {
    const std::string path =
        file("hopeful.yaml",
             "name: hopeful\nrun_for: 1h\nexpect: [{ what: leases_active, above: 1 }]\n");
    const std::string junit = (folder_ / "junit.xml").string();
    EXPECT_EQ(run({"check", path, "--junit", junit}), 1);
    EXPECT_THAT(out_, HasSubstr("FAIL"));
    EXPECT_THAT(text_of(junit), HasSubstr("<failure"));
}

// A rule is broken on purpose: escrow pays every pay-out twice. The invariants must see it, and the
// program must say how to see it again.
TEST_F(CommandLine, ABrokenRuleStopsTheRunWithThreeSeedTimeAndHeight) {
    const std::string path = file("busy.yaml", tests::busy_market());
    EXPECT_EQ(run({"run", path, "--set", "rules={broken_escrow_pays_twice: true}"}), 3);
    EXPECT_THAT(err_, HasSubstr("invariant broken"));
    EXPECT_THAT(err_, HasSubstr("seed 7"));
    EXPECT_THAT(err_, HasSubstr("time "));
    EXPECT_THAT(err_, HasSubstr("height "));
}

TEST_F(CommandLine, AKilledRunLeavesADatabaseOfWholeBlocks) {
    const std::string path = file("busy.yaml", tests::busy_market());
    const std::string database = (folder_ / "run.db").string();
    for (const int wait_ms : {150, 400, 900}) {
        fs::remove(database);
        const pid_t child =
            start({"run", path, "--db", database, "--force", "--set", "run_for=3000d"});
        usleep(static_cast<useconds_t>(wait_ms) * 1'000);
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the run must still have been running";
        if (!fs::exists(database)) continue;  // killed before the file was made
        const auto opened = sim::Database::open(database);
        if (!opened) continue;  // killed while the tables were made: told, not crashed
        // A block is whole when all its transactions are there.
        const auto rows = opened->query(
            "SELECT count(*) FROM blocks b LEFT JOIN (SELECT height, count(*) AS n "
            "FROM transactions GROUP BY height) t ON t.height = b.height "
            "WHERE b.transactions != coalesce(t.n, 0)");
        ASSERT_TRUE(rows) << rows.error().text;
        EXPECT_EQ(rows->rows[0][0].value_or(""), "0");
        const auto again = replay(database, RunOptions::Progress::kNone);
        ASSERT_TRUE(again) << again.error().text;
        EXPECT_EQ(again->code, ExitCode::kFine) << again->text;
    }
}

TEST_F(CommandLine, ReplayEndsWithFourWhenTheRecordingSaysOtherwise) {
    const std::string path = file("busy.yaml", tests::busy_market());
    const std::string database = (folder_ / "run.db").string();
    ASSERT_EQ(run({"run", path, "--db", database, "--set", "run_for=3h"}), 0) << err_;
    EXPECT_EQ(run({"replay", database}), 0) << out_;
    EXPECT_EQ(run({"run", path, "--db", database, "--set", "run_for=3h"}), 2);
    EXPECT_THAT(err_, HasSubstr("--force"));
    EXPECT_EQ(run({"compare", database, database}), 0);
    EXPECT_THAT(out_, HasSubstr("equal in all"));
}

TEST_F(CommandLine, ListsScenariosAndReadsSdlFiles) {
    ASSERT_EQ(run({"list"}), 0);
    EXPECT_THAT(out_, HasSubstr("akash_march_2024"));
    const fs::path sdl = fs::path(ORRERY_SOURCE_DIR) / "tenants/workloads/web_service.yaml";
    ASSERT_EQ(run({"sdl", sdl.string()}), 0) << err_;
    EXPECT_TRUE(out_.starts_with("{")) << out_;
    EXPECT_THAT(out_, HasSubstr("\"groups\""));
    EXPECT_EQ(run({"sdl", (folder_ / "nothing.yaml").string()}), 2);
    EXPECT_EQ(run({"doctor"}), 0);
}

}  // namespace
}  // namespace scenarios
