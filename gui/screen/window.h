// The window on a screen: GLFW, OpenGL and ImGui's back ends around draw_frame(). Says in three
// lines what is wrong when there is no display.
#pragma once

#include "gui/frame/arguments.h"

namespace gui {

/// Until the window is closed. The exit code of the program: 0, 2 (bad input), 3 (no display) or
/// 4 (no OpenGL).
int run_window(const Arguments& arguments);

}  // namespace gui
