// A screen of the window: a title, two sentences for learners, a function that draws it from the
// model, and one that says the same as rows of text. A new one is a file here and a line in
// catalog.cpp.
#pragma once

#include "gui/draw/text_table.h"
#include "gui/session/command.h"
#include "gui/session/view_model.h"

#include <array>
#include <optional>
#include <string_view>

namespace gui {

struct UiState;

struct PanelAbout {
    Screen screen;
    const char* name;   ///< "market", as on the command line
    const char* title;  ///< "Market"
    const char* help;
    void (*draw)(const ViewModel&, UiState&, CommandSink&);
    TextTables (*tables)(const ViewModel&, const UiState&);
};

const std::array<PanelAbout, kScreens>& panels();
const PanelAbout& panel_of(Screen screen);
std::optional<Screen> screen_named(std::string_view name);

}  // namespace gui
