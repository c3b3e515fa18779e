// The window around the screens: transport bar, time strip, panes with tabs, status line, dialogs.
// draw_frame() is one whole frame between ImGui::NewFrame() and ImGui::Render().
#pragma once

#include "gui/frame/ui_state.h"

#include <string>
#include <string_view>

namespace gui {

void draw_frame(const ViewModel& model, UiState& state, CommandSink& sink);

// Its parts, in the order from top to bottom.
void draw_transport(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_time_strip(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_tour_bar(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_panes(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_status(const ViewModel& model, UiState& state, CommandSink& sink);

// Dialogs; each draws nothing while it is closed.
void draw_open(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_palette(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_inject(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_run_until(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_export(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_runs(const ViewModel& model, UiState& state, CommandSink& sink);
void draw_key_sheet(const ViewModel& model, UiState& state, CommandSink& sink);

/// The caption the user is at: his own choice, or the last one whose time has come.
int tour_step(const ViewModel& model, const UiState& state);
void go_to_step(int step, const ViewModel& model, UiState& state, CommandSink& sink);

/// The scenario's line that the form stands for, as "price: { factor: 0.5 }".
std::string injection_line(const InjectForm& form);

/// Opens a centred dialog of that width (in heights of text); false while it is closed. Escape
/// closes it. When true, end_dialog() must follow.
bool begin_dialog(const char* title, bool& open, float width);
void end_dialog();

/// Shape of a marker on the strip, drawn around a point.
void draw_marker(MarkerKind kind, ImVec2 at, float radius, Rgba colour);
Rgba marker_colour(MarkerKind kind);
const char* marker_word(MarkerKind kind);

}  // namespace gui
