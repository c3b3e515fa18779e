// Notices that drawing is slow on this machine, so that the window can leave out what costs most.
#pragma once

#include "gui/draw/ui.h"
#include "gui/frame/ui_state.h"

namespace gui {

class SlowFrames {
  public:
    static constexpr double kSlowMs = 33;
    static constexpr int kInARow = 3;
    /// The first frames fill textures and caches: they say nothing.
    static constexpr int kFirst = 10;

    /// Takes how long a frame took. True once: when three in a row were slow.
    bool add(double frame_ms);

  private:
    int frames_ = 0;
    int slow_ = 0;
    bool said_ = false;
};

/// Switches to plain drawing unless the user has forbidden it or has it, and says so.
void say_slow(UiState& state, Ui& ui);

}  // namespace gui
