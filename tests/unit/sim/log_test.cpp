#include "sim/log.h"

#include "sim/archive.h"
#include "sim/assert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

namespace sim {
namespace {

using testing::HasSubstr;

class LogTest : public testing::Test {
  protected:
    void TearDown() override {
        assert_context() = AssertContext{};
        set_log_level(LogLevel::kInfo);
        log_to_stderr();
    }
};

TEST_F(LogTest, StampsLinesWithSimulatedTimeAndHeight) {
    const LogCapture capture;
    assert_context() = AssertContext{1, 93'784'005'000'000, 17};
    log_info("{} bids on order {}", 3, "12/1/1");
    log_warning("braces {{}} in a {}", "text {}");
    EXPECT_EQ(capture.text(),
              "1d 02:03:04.005 #17 info: 3 bids on order 12/1/1\n"
              "1d 02:03:04.005 #17 warning: braces {} in a text {}\n");
}

TEST_F(LogTest, DropsLinesBelowTheLevel) {
    const LogCapture capture;
    log_debug("hidden");
    log_error("shown");
    EXPECT_EQ(capture.text(), "00:00:00.000 #0 error: shown\n");
    set_log_level(LogLevel::kDebug);
    log_debug("now shown");
    EXPECT_THAT(capture.text(), HasSubstr("now shown"));
    set_log_level(LogLevel::kOff);
    log_error("off");
    EXPECT_THAT(capture.text(), Not(HasSubstr("off")));
}

TEST_F(LogTest, WritesToAFile) {
    const auto path = std::filesystem::path(testing::TempDir()) /
                      ("log_test_" + std::to_string(::getpid()) + ".log");
    ASSERT_TRUE(log_to_file(path));
    log_error("into the file");
    log_to_stderr();
    EXPECT_THAT(*read_whole_file(path), HasSubstr("error: into the file"));
    std::filesystem::remove(path);
    EXPECT_FALSE(log_to_file("/proc/no/such/file"));
}

TEST_F(LogTest, ShowsTimesUpToDays) {
    EXPECT_EQ(simulated_time_text(0), "00:00:00.000");
    EXPECT_EQ(simulated_time_text(59'999'000'000), "00:00:59.999");
    EXPECT_EQ(simulated_time_text(365LL * 86'400 * 1'000'000'000), "365d 00:00:00.000");
}

}  // namespace
}  // namespace sim
