// The plain style of drawing, for machines on which frames are slow.
#include "gui/frame/slow_frames.h"
#include "tests/window/driver.h"

#include <gmock/gmock.h>

namespace gui {
namespace {

using testing::HasSubstr;

TEST(LowFill, SwitchesOnAfterThreeSlowFramesInARow) {
    SlowFrames watch;
    for (int i = 0; i < SlowFrames::kFirst; ++i)
        EXPECT_FALSE(watch.add(500)) << "the first frames are slow everywhere";
    EXPECT_FALSE(watch.add(34));
    EXPECT_FALSE(watch.add(40));
    EXPECT_FALSE(watch.add(12));
    EXPECT_FALSE(watch.add(34));
    EXPECT_FALSE(watch.add(34));
    EXPECT_TRUE(watch.add(34));
    EXPECT_FALSE(watch.add(34)) << "said once";
}

TEST(LowFill, IsSaidAndCanBeForcedOnAndOff) {
    Driver driver(samples::typical());
    Ui& ui = driver.stage().ui();
    driver.state.build_ms = 20;
    driver.state.draw_ms = 25;
    say_slow(driver.state, ui);
    driver.run();
    EXPECT_TRUE(ui.low_fill);
    EXPECT_EQ(ImGui::GetStyle().FrameRounding, 0);
    EXPECT_THAT(ui.notice, HasSubstr("a frame takes 45 ms"));
    driver.tap("Ctrl+L");
    EXPECT_EQ(driver.state.preferences.low_fill, LowFill::kOn);
    EXPECT_TRUE(ui.low_fill);
    driver.tap("Ctrl+L");
    EXPECT_EQ(driver.state.preferences.low_fill, LowFill::kOff);
    EXPECT_FALSE(ui.low_fill);
    EXPECT_GT(ImGui::GetStyle().FrameRounding, 0);
    EXPECT_THAT(ui.notice, HasSubstr("plain drawing: off"));

    // Forbidden: nothing is said.
    ui.notice.clear();
    say_slow(driver.state, ui);
    EXPECT_EQ(ui.notice, "");
    EXPECT_FALSE(driver.state.restyle);
    driver.tap("Ctrl+L");
    EXPECT_TRUE(ui.low_fill) << "auto: the frames were slow";
}

}  // namespace
}  // namespace gui
