#include "sim/recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sim {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class RecorderTest : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) /
                  (std::string("recorder_") +
                   testing::UnitTest::GetInstance()->current_test_info()->name() + "_" +
                   std::to_string(::getpid()));
        fs::create_directories(folder_);
    }

    void TearDown() override { fs::remove_all(folder_); }

    [[nodiscard]] RecorderOptions options() const {
        RecorderOptions options;
        options.path = folder_ / "run.db";
        options.tables = {
            {"blocks", {{"height"}, {"time"}}, "PRIMARY KEY (height)"},
            {"bids", {{"height"}, {"price", ColumnType::kReal}, {"reason", ColumnType::kText}}, ""},
        };
        options.views = {
            "CREATE VIEW bids_per_block AS "
            "SELECT height, count(*) AS bids FROM bids GROUP BY height"};
        options.indexes = {"CREATE INDEX bids_by_height ON bids (height)"};
        return options;
    }

    [[nodiscard]] fs::path path() const { return folder_ / "run.db"; }

    fs::path folder_;
};

std::string cell(const Database& database, std::string_view sql) {
    const auto answer = database.query(sql);
    if (!answer) return answer.error().text;
    if (answer->rows.empty()) return "no rows";
    return answer->rows[0][0].value_or("NULL");
}

/// Ten bids and one block row, as many bids as a whole block has.
constexpr int kBids = 10;

void record_block(Recorder& recorder, std::int64_t height) {
    recorder.row(recorder.table("blocks")) << height << height * 6;
    for (int i = 0; i < kBids; ++i) {
        recorder.row(recorder.table("bids")) << height << 0.5 * i << "too expensive";
    }
}

TEST_F(RecorderTest, WritesTypedRowsViewsAndIndexes) {
    auto recorder = Recorder::create(options());
    ASSERT_TRUE(recorder) << recorder.error().text;
    auto& run = **recorder;
    run.row(run.table("blocks")) << 1 << 6;
    run.row(run.table("bids")) << 1 << 2.25 << "won";
    run.row(run.table("bids")) << 1 << std::nullopt << std::string("it's \"dear\"");
    run.row(run.table("bids")) << 1 << std::optional<double>() << std::optional<std::string>("x");
    ASSERT_TRUE(run.end_of_block(Height{1}));
    ASSERT_TRUE(run.finish());
    EXPECT_EQ(run.committed(), Height{1});

    const auto database = Database::open(path());
    ASSERT_TRUE(database) << database.error().text;
    const auto bids = database->query("SELECT height, price, reason FROM bids ORDER BY rowid");
    ASSERT_TRUE(bids);
    EXPECT_EQ(bids->columns, (std::vector<std::string>{"height", "price", "reason"}));
    using Row = std::vector<std::optional<std::string>>;
    EXPECT_EQ(bids->rows[0], (Row{"1", "2.25", "won"}));
    EXPECT_EQ(bids->rows[1], (Row{"1", std::nullopt, "it's \"dear\""}));
    EXPECT_EQ(bids->rows[2], (Row{"1", std::nullopt, "x"}));
    EXPECT_EQ(cell(*database, "SELECT bids FROM bids_per_block"), "3");
    EXPECT_EQ(cell(*database,
                   "SELECT count(*) FROM sqlite_master WHERE type = 'index' "
                   "AND name = 'bids_by_height'"),
              "1");
    EXPECT_FALSE(fs::exists(path().string() + "-wal"));
}

TEST_F(RecorderTest, ABlockLargerThanABatchIsStillOneBlock) {
    RecorderOptions small = options();
    small.batch_bytes = 100;
    small.queue_batches = 1;
    auto recorder = Recorder::create(small);
    ASSERT_TRUE(recorder);
    for (int height = 1; height <= 200; ++height) {
        record_block(**recorder, height);
        ASSERT_TRUE((*recorder)->end_of_block(Height{height}));
    }
    ASSERT_TRUE((*recorder)->finish());
    const auto database = Database::open(path());
    ASSERT_TRUE(database);
    EXPECT_EQ(cell(*database, "SELECT count(*) FROM bids"), "2000");
}

TEST_F(RecorderTest, WithoutFinishingKeepsTheLastWholeBlock) {
    {
        auto recorder = Recorder::create(options());
        ASSERT_TRUE(recorder);
        record_block(**recorder, 1);
        ASSERT_TRUE((*recorder)->end_of_block(Height{1}));
        record_block(**recorder, 2);
    }
    const auto database = Database::open(path());
    ASSERT_TRUE(database) << database.error().text;
    EXPECT_EQ(cell(*database, "SELECT max(height) FROM blocks"), "1");
}

TEST_F(RecorderTest, AKilledProcessLeavesWholeBlocks) {
    std::int64_t last_seen = 0;
    for (int attempt = 0; attempt < 6; ++attempt) {
        RecorderOptions wanted = options();
        wanted.existing = RecorderOptions::Existing::kOverwrite;
        wanted.batch_bytes = 2000;
        std::array<int, 2> ends{};
        ASSERT_EQ(::pipe(ends.data()), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto recorder = Recorder::create(wanted);
            if (!recorder) ::_exit(1);
            for (std::int64_t height = 1;; ++height) {
                record_block(**recorder, height);
                if (!(*recorder)->end_of_block(Height{height})) ::_exit(2);
                if (height == 200 * (attempt + 1) && ::write(ends[1], "x", 1) != 1) ::_exit(3);
            }
        }
        char sign = 0;
        ASSERT_EQ(::read(ends[0], &sign, 1), 1);
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
        ::close(ends[0]);
        ::close(ends[1]);

        const auto database = Database::open(path());
        ASSERT_TRUE(database) << database.error().text;
        const std::string height = cell(*database, "SELECT max(height) FROM blocks");
        EXPECT_EQ(cell(*database, "SELECT count(*) FROM blocks"), height);
        EXPECT_EQ(cell(*database, "SELECT count(*) FROM bids"), height + "0");
        EXPECT_EQ(cell(*database, "PRAGMA integrity_check"), "ok");
        last_seen = std::max<std::int64_t>(last_seen, std::stoll(height));
    }
    EXPECT_GT(last_seen, 100);
}

TEST_F(RecorderTest, AFullDiskIsReportedAndKeepsTheLastWholeBlock) {
    RecorderOptions limited = options();
    limited.file_bytes_max = 300'000;
    limited.batch_bytes = 1000;
    auto recorder = Recorder::create(limited);
    ASSERT_TRUE(recorder);
    Status status = ok();
    std::int64_t height = 0;
    while (status && height < 100'000) {
        record_block(**recorder, ++height);
        status = (*recorder)->end_of_block(Height{height});
    }
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().text, HasSubstr("full"));
    EXPECT_THAT(status.error().text, HasSubstr("free space"));
    EXPECT_FALSE((*recorder)->finish());

    const auto database = Database::open(path());
    ASSERT_TRUE(database) << database.error().text;
    const std::string last = cell(*database, "SELECT max(height) FROM blocks");
    EXPECT_EQ(last, std::to_string((*recorder)->committed().value));
    EXPECT_GT(std::stoll(last), 10);
    EXPECT_EQ(cell(*database, "SELECT count(*) FROM bids"), last + "0");
}

TEST_F(RecorderTest, AFileSizeLimitOfTheSystemIsReported) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{500'000, 500'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        RecorderOptions wanted = options();
        wanted.batch_bytes = 1000;
        auto recorder = Recorder::create(wanted);
        if (!recorder) ::_exit(1);
        for (std::int64_t height = 1; height < 100'000; ++height) {
            record_block(**recorder, height);
            const Status status = (*recorder)->end_of_block(Height{height});
            if (status) continue;
            ::_exit(status.error().text.find("check the disk") != std::string::npos ? 7 : 3);
        }
        ::_exit(2);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
    const auto database = Database::open(path());
    ASSERT_TRUE(database) << database.error().text;
    const std::string last = cell(*database, "SELECT max(height) FROM blocks");
    EXPECT_EQ(cell(*database, "SELECT count(*) FROM bids"), last + "0");
}

TEST_F(RecorderTest, ReplacesAnExistingFileOnlyWhenAsked) {
    { ASSERT_TRUE(Recorder::create(options())); }
    const auto again = Recorder::create(options());
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().text, HasSubstr("exists already"));
    RecorderOptions forced = options();
    forced.existing = RecorderOptions::Existing::kOverwrite;
    EXPECT_TRUE(Recorder::create(forced));
}

TEST_F(RecorderTest, SaysWhatToDoWhenTheFolderIsMissing) {
    RecorderOptions nowhere = options();
    nowhere.path = folder_ / "no" / "run.db";
    const auto recorder = Recorder::create(nowhere);
    ASSERT_FALSE(recorder);
    EXPECT_THAT(recorder.error().text, HasSubstr("check that the folder exists"));
}

TEST_F(RecorderTest, AReaderSeesCommittedBlocksWhileTheRunGoesOn) {
    auto recorder = Recorder::create(options());
    ASSERT_TRUE(recorder);
    record_block(**recorder, 1);
    ASSERT_TRUE((*recorder)->end_of_block(Height{1}));
    ASSERT_TRUE((*recorder)->flush());
    for (int wait = 0; wait < 1000 && (*recorder)->committed() < Height{1}; ++wait)
        ::usleep(1000);
    const auto database = Database::open(path());
    ASSERT_TRUE(database) << database.error().text;
    EXPECT_EQ(cell(*database, "SELECT count(*) FROM bids"), "10");
}

TEST_F(RecorderTest, ReadingRefusesFilesThatAreNoRuns) {
    const auto error_of = [](const fs::path& file) {
        const auto database = Database::open(file);
        return database ? std::string("opened") : database.error().text;
    };
    EXPECT_THAT(error_of(folder_ / "absent.db"), HasSubstr("there is no file"));
    EXPECT_THAT(error_of(folder_), HasSubstr("is not a file"));
    std::ofstream(folder_ / "empty.db").close();
    EXPECT_THAT(error_of(folder_ / "empty.db"), HasSubstr("too short"));
    std::ofstream(folder_ / "text.db") << "name: airdrop_spike\nnetwork: akash\n";
    EXPECT_THAT(error_of(folder_ / "text.db"), HasSubstr("no SQLite database"));
}

TEST_F(RecorderTest, ReadingADamagedFileIsAnError) {
    {
        auto recorder = Recorder::create(options());
        ASSERT_TRUE(recorder);
        for (int height = 1; height <= 500; ++height)
            record_block(**recorder, height);
        ASSERT_TRUE((*recorder)->finish());
    }
    const auto size = static_cast<std::int64_t>(fs::file_size(path()));
    {
        std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(size / 4);
        for (std::int64_t i = size / 4; i < size; ++i)
            file.put('\x5a');
    }
    const auto database = Database::open(path());
    ASSERT_TRUE(database) << database.error().text;
    EXPECT_FALSE(database->query("SELECT sum(price), max(reason) FROM bids"));
    fs::resize_file(path(), 3000);
    const auto cut = Database::open(path());
    EXPECT_FALSE(cut && cut->query("SELECT count(*) FROM bids"));
}

TEST_F(RecorderTest, QueriesReadOnlyAndOneAtATime) {
    { ASSERT_TRUE(Recorder::create(options())); }
    const auto database = Database::open(path());
    ASSERT_TRUE(database);
    EXPECT_THAT(cell(*database, "DELETE FROM bids"), HasSubstr("only statements that read"));
    EXPECT_THAT(cell(*database, "SELECT 1; SELECT 2"), HasSubstr("one statement"));
    EXPECT_THAT(cell(*database, "SELEKT 1"), HasSubstr("syntax error"));
    EXPECT_THAT(cell(*database, "  "), HasSubstr("no statement"));
    EXPECT_EQ(cell(*database, "SELECT 41 + 1 ;\n"), "42");
}

TEST_F(RecorderTest, StopsAQueryWhenTheVisitorHasEnough) {
    auto recorder = Recorder::create(options());
    ASSERT_TRUE(recorder);
    record_block(**recorder, 1);
    ASSERT_TRUE((*recorder)->finish());
    const auto database = Database::open(path());
    ASSERT_TRUE(database);
    int seen = 0;
    ASSERT_TRUE(database->for_each("SELECT * FROM bids", [&](auto) { return ++seen < 3; }));
    EXPECT_EQ(seen, 3);
}

TEST_F(RecorderTest, ARowWithAMissingOrWrongCellIsAProgrammersError) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");  // the recorder has a thread of its own
    auto recorder = Recorder::create(options());
    ASSERT_TRUE(recorder);
    auto& run = **recorder;
    EXPECT_DEATH(run.row(run.table("bids")) << 1 << 2.0, "3 cells for table bids, got 2");
    EXPECT_DEATH(run.row(run.table("bids")) << "1", "another type for column height");
    EXPECT_DEATH(static_cast<void>(run.table("orders")), "a declared table, got orders");
}

}  // namespace
}  // namespace sim
