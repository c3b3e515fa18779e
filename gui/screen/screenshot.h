// A picture of a screen at a moment of a run, made without a display: the simulation runs there,
// the frame is built as on a screen, and drawn in memory.
#pragma once

#include "gui/frame/arguments.h"
#include "gui/session/session.h"
#include "sim/result.h"

#include <memory>

namespace gui {

/// Opens what the arguments name: a scenario or a database.
sim::Result<std::unique_ptr<Session>> open_session(const Arguments& arguments);

/// Theme, scale, screen and the rest of what the arguments say about the looks.
void apply_arguments(const Arguments& arguments, UiState& state);

/// Goes to the wanted moment; false when it is not reached within ten minutes.
bool go_there(Session& session, const Arguments& arguments, const UiState& state);

/// Writes the picture and says so on the terminal. The exit code of the program.
int make_screenshot(const Arguments& arguments);

}  // namespace gui
