// The program as users and scripts meet it: exit codes, messages, what is left after a kill.
#include "scenarios/engine/replay.h"
#include "sim/archive.h"
#include "sim/recorder.h"
#include "sim/rng.h"
#include "tests/support/scenario_texts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <sys/resource.h>
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
        if (file_bytes_max_ > 0) {
            const rlimit limit{file_bytes_max_, file_bytes_max_};
            setrlimit(RLIMIT_FSIZE, &limit);
        }
        const fs::path out = stdout_.empty() ? folder_ / "stdout" : stdout_;
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

    /// A block is whole when all its transactions are there; and the run can be done again as far
    /// as it was recorded.
    static void expect_whole_blocks(const std::string& database) {
        const auto opened = sim::Database::open(database);
        if (!opened) return;  // ended while the tables were made: told, not crashed
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

    std::string file(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name) << text;
        return (folder_ / name).string();
    }

    fs::path folder_;
    fs::path stdout_;            ///< empty = a file in the folder
    rlim_t file_bytes_max_ = 0;  ///< of the program; 0 = no limit
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
        expect_whole_blocks(database);
    }
}

// A limit of file size stands for a full disk, which a test cannot have without mounting one.
TEST_F(CommandLine, AFullDiskStopsTheRunWithTwoAndKeepsWholeBlocks) {
    const std::string path = file("busy.yaml", tests::busy_market());
    const std::string database = (folder_ / "run.db").string();
    ASSERT_EQ(run({"run", path, "--db", database}), 0) << err_;
    const auto whole = static_cast<double>(fs::file_size(database));
    int stopped = 0;
    for (const double share : {0.001, 0.05, 0.3, 0.6, 0.9, 0.97, 0.999}) {
        SCOPED_TRACE(share);
        fs::remove(database);
        file_bytes_max_ = static_cast<rlim_t>(whole * share);
        const int code = run({"run", path, "--db", database});
        file_bytes_max_ = 0;
        ASSERT_TRUE(code == 0 || code == 2) << code << err_;
        if (code == 2) {
            ++stopped;
            EXPECT_THAT(err_, HasSubstr("orrery: cannot "));
            EXPECT_THAT(err_, HasSubstr("limits"));
        }
        if (fs::exists(database)) expect_whole_blocks(database);
    }
    EXPECT_GE(stopped, 4);
}

TEST_F(CommandLine, WhatCannotBePrintedIsAnError) {
    if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
    stdout_ = "/dev/full";
    EXPECT_EQ(run({"run", "first_lease", "--json"}), 2);
    EXPECT_THAT(err_, HasSubstr("standard output cannot be written"));
    EXPECT_EQ(run({"list"}), 2);
}

TEST_F(CommandLine, OnlyFilesAreReplaced) {
    fs::create_directories(folder_ / "precious");
    EXPECT_EQ(run({"run", "first_lease", "--force", "--db", (folder_ / "precious").string()}), 2);
    EXPECT_THAT(err_, HasSubstr("is not a file"));
    EXPECT_TRUE(fs::is_directory(folder_ / "precious"));
    EXPECT_EQ(run({"run", "first_lease", "--force", "--db", "/dev/null"}), 2);
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
    EXPECT_EQ(run({"run", "first_lease", "--db", ""}), 2);
}

TEST_F(CommandLine, AMistakeInASettingNamesTheSetting) {
    EXPECT_EQ(run({"run", "first_lease", "--set", "block.interval=0s", "--set", "seed=4"}), 2);
    EXPECT_THAT(err_, HasSubstr("orrery: --set block.interval=0s: block.interval: must be"));
    EXPECT_EQ(run({"run", "first_lease", "--seed", "-3"}), 2);
    EXPECT_THAT(err_, HasSubstr("--set seed=-3: seed: -3 is outside 0 to"));
    EXPECT_EQ(run({"run", "first_lease", "--set", "providers.nobody.count=2"}), 2);
    EXPECT_THAT(err_, HasSubstr("no item 'nobody' in the list"));
    EXPECT_EQ(run({"run", "first_lease", "--set", "seed"}), 2);
    EXPECT_THAT(err_, HasSubstr("write key=value"));
}

TEST_F(CommandLine, HostileFilesEndWithTwoAndOneLine) {
    const std::string nested = "name: " + std::string(5'000, '[') + std::string(5'000, ']');
    std::string laughs = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c <= 'k'; ++c) {
        const std::string alias = std::string(",*") + static_cast<char>(c - 1);
        std::string ten;
        for (int i = 0; i < 10; ++i)
            ten += alias;
        laughs += std::string{c} + ": &" + c + " [" + ten.substr(1) + "]\n";
    }
    std::string noise;
    sim::Rng rng = sim::Rng::stream(1, "noise", "test");
    for (int i = 0; i < 3'000; ++i)
        noise += static_cast<char>(rng.uniform_int(0, 255));
    const std::vector<std::pair<std::string, std::string>> texts{
        {nested, "nested deeper than"},
        {laughs, "more than 200000 values"},
        {"a: &a [*a]\n", "nested deeper than"},
        {noise, ""},
        {"", "a map is wanted here"},
        {"name: x\nrun_for: 99999999999999999999d\n", ":2:10: run_for: the number is too large"},
        {"name: x\nrun_for: 1h\nblock: { interval: 1ns }\n", "at least 10ms"},
        {"name: x\nrun_for: 1h\nexpect: [{ sql: 'DROP TABLE blocks', equals: 1 }]\n",
         ":3:17: expect[0].sql: only statements that read"},
        {"name: x\nrun_for: 1h\nexpect: [{ sql: 'SELECT no FROM where', equals: 1 }]\n",
         "syntax error"}};
    for (const auto& [text, wanted] : texts) {
        const std::string path = file("hostile.yaml", text);
        EXPECT_EQ(run({"run", path}), 2) << wanted;
        EXPECT_THAT(err_, HasSubstr(wanted));
        EXPECT_TRUE(err_.starts_with("orrery: ")) << err_;
        EXPECT_EQ(run({"sdl", path}), 2) << wanted;
        EXPECT_TRUE(err_.starts_with("orrery: ")) << err_;
    }
    EXPECT_EQ(run({"run", folder_.string()}), 2);
    EXPECT_THAT(err_, HasSubstr("is a folder"));
    EXPECT_EQ(run({"sdl", "/dev/zero"}), 2);
    EXPECT_EQ(run({"sdl", folder_.string()}), 2);
}

// Single bytes of a recording are turned, or it is cut off: told in one line or without effect.
TEST_F(CommandLine, DamagedDatabasesNeverCrashTheProgram) {
    const std::string good = (folder_ / "good.db").string();
    ASSERT_EQ(run({"run", "first_lease", "--db", good}), 0);
    const std::string bytes = text_of(good);
    sim::Rng rng = sim::Rng::stream(2, "damage", "test");
    const auto last = static_cast<std::int64_t>(bytes.size()) - 1;
    const std::string bad = (folder_ / "bad.db").string();
    for (int i = 0; i < 24; ++i) {
        std::string damaged = bytes;
        for (std::int64_t left = rng.uniform_int(1, 60); left > 0; --left) {
            damaged[static_cast<std::size_t>(rng.uniform_int(0, last))] =
                static_cast<char>(rng.uniform_int(0, 255));
        }
        if (i % 3 == 0) damaged.resize(static_cast<std::size_t>(rng.uniform_int(0, last)));
        file("bad.db", damaged);
        const int replayed = run({"replay", bad});
        EXPECT_TRUE(replayed == 0 || replayed == 2 || replayed == 4) << replayed << err_;
        if (replayed == 2) {
            EXPECT_TRUE(err_.starts_with("orrery: ")) << err_;
        }
        const int compared = run({"compare", good, bad});
        EXPECT_TRUE(compared == 0 || compared == 2) << compared << err_;
    }
}

/// Elements are closed in the order in which they were opened, and no text or attribute holds what
/// XML does not allow.
testing::AssertionResult well_formed(const std::string& xml) {
    std::vector<std::string> open;
    const auto wrong = [&](const std::string& why) { return testing::AssertionFailure() << why; };
    for (std::size_t at = 0; at < xml.size();) {
        const auto byte = static_cast<unsigned char>(xml[at]);
        if (byte < 0x20 && byte != '\n' && byte != '\t') return wrong("a control character");
        if (xml[at] == '&') {
            const std::string rest = xml.substr(at, 6);
            const bool known = rest.starts_with("&lt;") || rest.starts_with("&gt;") ||
                               rest.starts_with("&amp;") || rest.starts_with("&quot;");
            if (!known) return wrong("a bare &: " + rest);
        }
        if (xml[at] != '<') {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        for (bool quoted = false; end < xml.size() && (quoted || xml[end] != '>'); ++end) {
            if (xml[end] == '"') quoted = !quoted;
            if (xml[end] == '<') return wrong("a < within an element");
        }
        if (end == xml.size()) return wrong("an element without end");
        const std::string element = xml.substr(at + 1, end - at - 1);
        at = end + 1;
        if (element.front() == '?' || element.back() == '/') continue;
        const std::string name = element.substr(0, element.find(' '));
        if (name.front() != '/') {
            open.push_back(name);
        } else if (open.empty() || "/" + open.back() != name) {
            return wrong("not open: " + name);
        } else {
            open.pop_back();
        }
    }
    return open.empty() ? testing::AssertionSuccess() : wrong("never closed: " + open.back());
}

TEST_F(CommandLine, ReportsForProgramsAreWellFormedWhateverTheTexts) {
    const std::string text = R"yaml(
name: "a<b & \"c\""
run_for: 2h
expect:
  - { what: leases_active, above: 1, title: "more <than> 'none' & \"all\" \a\x1b" }
  - { what: leases_active, below: 1 }
  - { what: coins_conserved }
  - { sql: "SELECT '<&>' || char(7) || cast(x'ff41' AS TEXT)", equals: "]]>" }
)yaml";
    const std::string path = file("texts.yaml", text);
    const std::string junit = (folder_ / "junit.xml").string();
    EXPECT_EQ(run({"check", path, "first_lease", "--junit", junit}), 1) << err_;
    EXPECT_TRUE(well_formed(text_of(junit))) << text_of(junit);
    ASSERT_EQ(run({"run", path, "--json", "--seed", "4"}), 1) << err_;
    const auto json = nlohmann::json::parse(out_, nullptr, false);
    ASSERT_TRUE(json.is_object()) << out_;
    EXPECT_EQ(json.at("name"), "a<b & \"c\"");
    EXPECT_EQ(json.at("seed"), 4);
    EXPECT_EQ(json.at("exit_code"), 1);
    EXPECT_EQ(json.at("checks").size(), 4U);
    EXPECT_EQ(json.at("digest").get<std::string>().size(), 32U);
    EXPECT_FALSE(json.at("version").get<std::string>().empty());
    EXPECT_GT(json.at("metrics").size(), 10U);
    for (const auto& [key, metric] : json.at("metrics").items()) {
        EXPECT_TRUE(metric.at("value").is_number()) << key;
        EXPECT_TRUE(metric.at("unit").is_string()) << key;
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
