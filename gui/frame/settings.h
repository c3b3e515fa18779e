// What the window remembers between sessions: theme, scale, font, the arrangement of screens and
// the keys, as two small text files in the user's settings folder.
#pragma once

#include "gui/frame/ui_state.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gui {

/// $XDG_CONFIG_HOME/orrery or ~/.config/orrery; empty when there is neither.
std::filesystem::path settings_folder();

/// Lines "name = value"; unknown names and bad values are left out.
void read_settings(std::string_view text, UiState& state);
std::string write_settings(const UiState& state);

/// "auto", "on", "off".
const char* low_fill_word(LowFill wish);

/// Reads settings.txt and keys.txt if they are there; returns what was not understood.
std::vector<std::string> load_settings(const std::filesystem::path& folder, UiState& state);
/// Writes settings.txt, and keys.txt when there is none yet. Silent when it cannot.
void save_settings(const std::filesystem::path& folder, const UiState& state);

}  // namespace gui
