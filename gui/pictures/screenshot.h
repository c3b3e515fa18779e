// A picture of a screen at a moment of a run, made without a display.
#pragma once

#include "gui/frame/arguments.h"

namespace gui {

/// Writes the picture and says so on the terminal. The exit code of the program: 0, or 2 with what
/// is wrong.
int make_screenshot(const Arguments& arguments);

}  // namespace gui
