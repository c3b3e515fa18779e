// Pictures of the open window and of single panels: drawn anew in memory, in a context of their
// own, so that they are the same with and without a display and as sharp at double size.
#pragma once

#include "gui/draw/picture.h"
#include "gui/frame/ui_state.h"

namespace gui {

/// What the current context shows, without dialogs, tool tips and what the mouse is over; lists
/// begin at their top. A panel is as large as it was drawn last, and has a title.
Picture take_photo(const ViewModel& model, const UiState& state, const PictureWish& wish);

/// Takes and writes the picture that the state asks for; the status line says what became of it.
void serve_picture(const ViewModel& model, UiState& state);

}  // namespace gui
