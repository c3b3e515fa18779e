// The command line of the window, apart from opening it: what to show, or a picture to make
// instead.
#pragma once

#include "gui/frame/stage.h"
#include "gui/frame/ui_state.h"
#include "gui/session/model_frame.h"

#include <optional>
#include <string>
#include <vector>

namespace gui {

struct Arguments {
    std::string file = "first_lease";   ///< a scenario, its name, or a recorded database
    bool named = false;                 ///< by the user
    std::vector<std::string> settings;  ///< "key=value"
    std::string screenshot;             ///< a file: no window is opened
    std::string frames;                 ///< a folder for the pictures of a film, likewise
    std::optional<sim::SimTime> from;   ///< of the film
    std::optional<sim::SimTime> until;
    std::optional<sim::SimDuration> every;
    sim::SimTime at;
    bool has_at = false;
    std::string screen;
    std::string order;  ///< "first", "without-bids" or an order's id: what the market screen shows
    std::string workspace;
    StageSize size;
    std::string theme;
    double scale = 0;  ///< 0 = as in the settings
    std::string font;
    double speed = -1;  ///< -1 = a block a second
    bool play = false;
    bool log_commands = false;  ///< say on the terminal what the window asks for
    bool help = false;
    std::string error;  ///< what is wrong with the command line; empty = nothing
};

/// Without the program's name.
Arguments parse_arguments(const std::vector<std::string>& words);
std::string usage_text();

/// Theme, scale, screen and the rest of what the arguments say about the looks.
void apply_arguments(const Arguments& arguments, UiState& state);

/// "12d", "3h30m", "90s", "2d 6h"; nullopt when it is none.
std::optional<sim::SimTime> parse_time(std::string_view text);

}  // namespace gui
