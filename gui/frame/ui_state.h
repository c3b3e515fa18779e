// Everything the user did to the window: which screens stand where, what is selected, how tables
// are sorted, where the axes look, which dialogs are open. The model is what the simulation is;
// this is how somebody looks at it. A plain value: tests set it and read it.
#pragma once

#include "gui/draw/grid.h"
#include "gui/draw/shortcuts.h"
#include "gui/draw/theme.h"
#include "gui/frame/file_list.h"
#include "gui/frame/layout.h"
#include "gui/plot/plot.h"
#include "gui/session/command.h"
#include "gui/session/view_model.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gui {

/// Bids on their way to their place on the ladder; see parts/ladder_motion.h.
struct LadderMotion {
    Key order = kNoKey;            ///< whose ladder it is
    std::set<Key> seen;            ///< providers whose bids are on it
    std::map<Key, float> falling;  ///< seconds since the bid came, by provider
    Key winner = kNoKey;
    float ring = -1;  ///< seconds since there is a winner; -1 = long ago
    // Where the clock stood and which frame it was when the ladder was drawn last.
    sim::SimTime now;
    std::int64_t height = 0;
    std::uint64_t jumps = 0;
    int frame = -1;
};

struct MarketState {
    std::string filter;
    bool only_without_bids = false;
    int funnel_stage = -1;  ///< whose list is open
    GridState orders;
    LadderMotion ladder;
};

struct UtilizationState {
    int amount = 0;  ///< GPU, CPU, memory, storage
    bool shares = false;
    int heat_order = 0;  ///< as joined, by region, by size, by utilization
    GridState models;
};

struct LeasesState {
    std::string filter;
    GridState tenants;
};

struct ProviderState {
    std::string filter;
    GridState providers;
};

struct LogState {
    std::string filter;
    std::uint32_t kinds = ~0U;
    int least = 0;  ///< Severity
    bool follow = true;
    bool in_range = false;
    std::uint64_t chosen = 0;  ///< LogRow::number
};

struct CompareState {
    std::string metric;  ///< shown in the plot; empty = the first that differs
    std::string filter;
    GridState rows;
};

/// The form of an injection; which of its fields count depends on the kind.
struct InjectForm {
    bool open = false;
    int kind = 0;
    std::string group;
    std::string model = "a100";
    std::string region;
    std::string strategy = "usd_targets";
    int count = 4;
    int cards = 4;
    double factor = 2;
    double hours = 6;
    double latency_ms = 250;
    double loss = 0.05;
    std::string region_b;
    std::string programme;
    std::string parameter;
    std::string value;
    double at_hours = 0;  ///< from now; 0 = now
};

struct RunUntilForm {
    bool open = false;
    int what = 0;
    double days = 1;
    int height = 1000;
    std::string series = "gpu_utilization";
    double bound = 0.5;
};

struct ExportForm {
    bool open = false;
    int what = 0;  ///< picture, CSV, database, scenario
    std::string path;
    bool replace = false;
    std::optional<Screen> panel{};  ///< of a picture; none = the whole window
    int scale = 1;
};

/// A picture of the window, or of one panel alone.
struct PictureWish {
    std::string path;
    std::optional<Screen> panel{};
    int scale = 1;  ///< 2 = twice the pixels each way, with letters to match
};

/// The dialog that opens another scenario or recorded run.
struct OpenForm {
    bool open = false;
    std::string folder{};  ///< whose files are listed; empty = where it is best to begin
    std::string filter{};
    int chosen = 0;         ///< row; -1 = the folder's first
    std::string problem{};  ///< why the last file could not be opened
    std::string listed_folder{};
    FileList listed{};
    std::vector<FileRow> recent{};
    bool take_keyboard = false;
    bool scroll = false;  ///< to the chosen row
};

struct PaletteState {
    bool open = false;
    std::string query;
    int chosen = 0;
};

/// Drawing without round corners and smooth edges. By itself where the graphics card is played by
/// software, and where frames turn out to be slow.
enum class LowFill : unsigned char { kAuto, kOn, kOff };

struct Preferences {
    ThemeName theme = ThemeName::kDark;
    double scale = 1;
    std::string font;
    bool reduced_motion = false;  ///< nothing blinks or falls
    bool help_shown = true;
    LowFill low_fill = LowFill::kAuto;
};

struct UiState {
    Preferences preferences;
    Shortcuts shortcuts;
    Layout layout = workspace(0);
    Interest interest;
    Axis time;
    Axis strip;
    std::map<std::string, PlotState> plots;
    std::map<std::string, Axis> axes;  ///< of plots over numbers, by title

    MarketState market;
    UtilizationState utilization;
    LeasesState leases;
    ProviderState provider;
    LogState log;
    CompareState compare;
    GridState checks;
    int chosen_check = -1;
    GridState validators;
    int chosen_validator = 0;
    GridState economy;
    GridState programmes;
    GridState earners;
    GridState performance;
    bool tour_on = false;  ///< captions lead through the run
    int tour_opened = -1;  ///< the caption whose screen was opened
    int tour_step = -1;
    bool tour_large = false;  ///< presenter mode
    int world_colour = 0;     ///< by use, by price, by reachability

    InjectForm inject;
    RunUntilForm run_until;
    ExportForm exporting;
    PaletteState palette;
    OpenForm opening;
    bool keys_shown = false;
    bool runs_shown = false;

    std::vector<std::string> recent;  ///< files opened before, the newest first
    /// A scenario or database that shall be opened in place of the present one.
    std::optional<std::string> open_path;

    /// Set for one frame: the screen's filter field takes the keyboard.
    bool focus_filter = false;
    /// Rows to move by in the screen's main table, from the keyboard.
    int step_rows = 0;
    std::optional<PictureWish> picture;
    /// Only this screen is drawn, without the frame around it: for a picture of it.
    std::optional<Screen> alone;
    std::map<Screen, ImVec2> panel_sizes;  ///< of screens that were drawn
    /// Something moves: the next frame is wanted at once.
    bool moving = false;
    bool software = false;     ///< the graphics card is played by software
    bool slow_frames = false;  ///< drawing has turned out to be slow
    /// Fonts and colours must be made anew before the next frame.
    bool restyle = false;
    bool quit = false;
    double build_ms = 0;  ///< of the last frame, our code and ImGui
    double draw_ms = 0;   ///< of the last frame, handing it to the screen

    PlotState& plot(const std::string& title) { return plots[title]; }

    void open_screen(Screen screen) { layout.show(screen); }
};

/// A range is selected on the time strip; screens are limited to it.
inline bool has_range(const UiState& state) {
    return state.interest.range.to > state.interest.range.from;
}

}  // namespace gui
