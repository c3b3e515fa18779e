// What the actions of the shortcut table do. Buttons, keys and the palette all come here, so that
// nothing can be done with the mouse only.
#pragma once

#include "gui/frame/ui_state.h"

#include <string_view>

namespace gui {

/// False when there is no such action.
bool run_action(std::string_view id, const ViewModel& model, UiState& state, CommandSink& sink);

/// Takes the key presses since the last frame and does what they stand for. Nothing while a text
/// field has the keyboard, except Escape.
void run_keys(const ViewModel& model, UiState& state, CommandSink& sink);

/// "Play or pause (Space)", for tool tips.
std::string tip_of(const UiState& state, std::string_view action);

// Steps of the speed slider: each a factor of ten split in two.
double faster(double factor);
double slower(double factor);

/// What the window looks at, put together from its state.
Interest interest_of(const UiState& state);

/// Copies a screen, as text or CSV.
enum class CopyAs : unsigned char { kText, kCsv };
void copy_screen(Screen screen, CopyAs as, const ViewModel& model, const UiState& state);

/// Asks for a picture of one panel, beside the other exports.
void want_panel_picture(Screen screen, int scale, const ViewModel& model, UiState& state);
/// A name for a picture that no file has yet; without a panel of the whole window.
std::string picture_path(const ViewModel& model, std::optional<Screen> panel, int scale);

void select_order(UiState& state, Key order);
void select_provider(UiState& state, Key provider);
void select_tenant(UiState& state, Key tenant);

}  // namespace gui
