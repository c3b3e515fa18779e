#include "gui/frame/slow_frames.h"

#include <fmt/format.h>

namespace gui {

bool SlowFrames::add(double frame_ms) {
    if (said_ || ++frames_ <= kFirst) return false;
    slow_ = frame_ms > kSlowMs ? slow_ + 1 : 0;
    said_ = slow_ >= kInARow;
    return said_;
}

void say_slow(UiState& state, Ui& ui) {
    state.slow_frames = true;
    if (state.preferences.low_fill == LowFill::kOff || ui.low_fill) return;
    state.restyle = true;
    ui.notice =
        fmt::format("a frame takes {:.0f} ms: corners and edges are drawn plain from now on",
                    state.build_ms + state.draw_ms);
}

}  // namespace gui
