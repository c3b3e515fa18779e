// Pictures without a display: one, and numbered ones for a film.
#include "gui/pictures/film.h"

#include "gui/pictures/camera.h"
#include "gui/pictures/screenshot.h"

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <sys/resource.h>

namespace gui {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::int64_t kHourNs = 3'600'000'000'000;
constexpr sim::SimTime kEnd{48 * kHourNs};

class Film : public testing::Test {
  protected:
    Film() {
        const auto* about = testing::UnitTest::GetInstance()->current_test_info();
        folder = fs::path(testing::TempDir()) / ("orrery_film_" + std::string(about->name()));
        fs::remove_all(folder);
    }

    ~Film() override { fs::remove_all(folder); }

    /// What make_film() says, and its exit code.
    struct Said {
        int code = 0;
        std::string out;
        std::string err;
    };

    [[nodiscard]] Said make(std::vector<std::string> more) const {
        std::vector<std::string> words{
            std::string(ORRERY_SOURCE_DIR) + "/scenarios/first_lease.yaml",
            "--frames",
            folder.string(),
            "--size",
            "641x400",
            "--font",
            "embedded"};
        words.insert(words.end(), more.begin(), more.end());
        const Arguments arguments = parse_arguments(words);
        EXPECT_EQ(arguments.error, "");
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const int code = make_film(arguments);
        return {
            code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
    }

    [[nodiscard]] std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> out;
        for (const auto& entry : fs::directory_iterator(folder)) {
            std::ostringstream text;
            text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
            out[entry.path().filename().string()] = text.str();
        }
        return out;
    }

    fs::path folder;
};

std::string refusal(const std::vector<std::string>& words) {
    Arguments arguments = parse_arguments(words);
    if (!arguments.error.empty()) return arguments.error;
    const auto plan = plan_film(arguments, kEnd);
    return plan ? "" : plan.error().text;
}

TEST_F(Film, IsPlannedByItsArguments) {
    const auto plan =
        plan_film(parse_arguments(
                      {"x", "--frames", "d", "--from", "1h", "--until", "2h", "--every", "25min"}),
                  kEnd);
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->frames, 3);
    EXPECT_EQ(plan->at(1).ns, kHourNs);
    EXPECT_EQ(plan->at(3).ns, kHourNs + 50 * kHourNs / 60);
    const auto whole = plan_film(parse_arguments({"x", "--frames", "d"}), kEnd);
    ASSERT_TRUE(whole.has_value());
    EXPECT_EQ(whole->frames, 48 * 6 + 1);
    EXPECT_EQ(whole->at(whole->frames), kEnd);
}

TEST_F(Film, RefusesWhatMakesNone) {
    EXPECT_THAT(refusal({"--frames", "d", "--from", "2h", "--until", "2h"}),
                HasSubstr("nothing lies between"));
    EXPECT_THAT(refusal({"--frames", "d", "--from", "3h", "--until", "2h"}),
                HasSubstr("nothing lies between"));
    EXPECT_THAT(refusal({"--frames", "d", "--from", "49h"}), HasSubstr("nothing lies between"));
    EXPECT_THAT(refusal({"--frames", "d", "--until", "49h"}),
                HasSubstr("later than the run's end"));
    EXPECT_THAT(refusal({"--frames", "d", "--every", "0s"}), HasSubstr("--every 0 makes no step"));
    EXPECT_THAT(refusal({"--frames", "d", "--every", "1s"}),
                HasSubstr("172,801 frames are too many, 100,000 the most"));
    EXPECT_THAT(refusal({"--frames", "d", "--every", "often"}),
                HasSubstr("is no value of --every"));
    EXPECT_THAT(refusal({"--frames", "d", "--screenshot", "x.png"}), HasSubstr("one at a time"));
    EXPECT_THAT(refusal({"--frames", "d", "--at", "1h"}), HasSubstr("--from, not --at"));
    EXPECT_THAT(refusal({"--from", "1h"}), HasSubstr("name a folder after --frames"));
}

TEST_F(Film, IsTheSameBytesOnEachRun) {
    const std::vector<std::string> range{
        "--from", "10min", "--until", "30min", "--every", "10min", "--screen", "market"};
    const Said said = make(range);
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_THAT(said.err, HasSubstr("frame 3 of 3"));
    EXPECT_THAT(said.out, HasSubstr("-vf 'pad="));
    EXPECT_THAT(said.out, EndsWith("film.mp4\n"));
    const auto first = files();
    EXPECT_THAT(first, SizeIs(3));
    EXPECT_EQ(first.begin()->first, "frame_00001.png");
    EXPECT_NE(first.at("frame_00001.png"), first.at("frame_00003.png"));

    fs::remove_all(folder);
    EXPECT_EQ(make(range).code, 0);
    EXPECT_TRUE(files() == first);

    // A frame is what --screenshot makes of its moment.
    const std::string single = (folder / "single.png").string();
    const Arguments arguments =
        parse_arguments({std::string(ORRERY_SOURCE_DIR) + "/scenarios/first_lease.yaml",
                         "--screenshot",
                         single,
                         "--at",
                         "10min",
                         "--size",
                         "641x400",
                         "--font",
                         "embedded",
                         "--screen",
                         "market"});
    EXPECT_EQ(make_screenshot(arguments), 0);
    EXPECT_TRUE(files().at("single.png") == first.at("frame_00001.png"));
}

TEST_F(Film, LeavesAFolderWithFramesAlone) {
    fs::create_directories(folder);
    std::ofstream(folder / "frame_00007.png") << "mine";
    const Said said = make({"--until", "1h"});
    EXPECT_EQ(said.code, 2);
    EXPECT_THAT(said.err, HasSubstr("holds frames already, as frame_00007.png"));
    EXPECT_THAT(files(), SizeIs(1));

    fs::remove_all(folder);
    std::ofstream(folder) << "a file";
    EXPECT_EQ(make({"--until", "1h"}).code, 2);
}

/// A limit on the size of files stands for a disk that is full.
TEST_F(Film, SaysWhereItCouldNotWrite) {
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{2'000, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    const Said said = make({"--until", "1h"});
    setrlimit(RLIMIT_FSIZE, &before);
    (void)std::signal(SIGXFSZ, handler);
    EXPECT_EQ(said.code, 2);
    EXPECT_THAT(said.err, HasSubstr("frame_00001.png"));
    EXPECT_THAT(said.err, HasSubstr("make room there, or name another folder"));
    EXPECT_THAT(said.err, HasSubstr("0 of 7 frames are complete"));
    EXPECT_THAT(files(), SizeIs(0)) << "no half pictures";
}

TEST_F(Film, TheLineForFfmpegQuotesWhatNeedsIt) {
    EXPECT_EQ(ffmpeg_line("out", {1600, 1000}),
              "ffmpeg -framerate 25 -i out/frame_%05d.png -c:v libx264 -pix_fmt yuv420p "
              "out/film.mp4");
    EXPECT_THAT(ffmpeg_line("it's", {2, 2}), HasSubstr(R"('it'\''s/frame_%05d.png')"));
}

}  // namespace
}  // namespace gui
