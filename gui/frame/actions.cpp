#include "gui/frame/actions.h"

#include "gui/draw/text_table.h"
#include "gui/draw/ui.h"
#include "gui/frame/settings.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>

namespace gui {
namespace {

constexpr sim::SimDuration kHour{3'600'000'000'000};
constexpr sim::SimDuration kDay{24 * kHour.ns};
constexpr double kSlowest = 0.1;
constexpr double kFastest = 1e6;
constexpr double kLeastScale = 0.75;
constexpr double kMostScale = 2.5;

struct Call {
    const ViewModel& model;
    UiState& state;
    CommandSink& sink;
};

struct Handler {
    std::string_view id;
    void (*run)(const Call&);
};

sim::SimTime marker_after(const ViewModel& model) {
    for (const Marker& marker : model.strip.markers) {
        if (marker.at > model.clock.now) return marker.at;
    }
    return model.clock.end;
}

sim::SimTime marker_before(const ViewModel& model) {
    sim::SimTime best{};
    for (const Marker& marker : model.strip.markers) {
        if (marker.at < model.clock.now) best = marker.at;
    }
    return best;
}

void set_speed(const Call& call, double factor) {
    call.sink.send(SetSpeed{factor});
}

void rescale(const Call& call, double scale) {
    call.state.preferences.scale = std::clamp(scale, kLeastScale, kMostScale);
    call.state.restyle = true;
}

void zoom_axis(const Call& call, double factor) {
    Axis& time = call.state.time;
    const double centre = std::isnan(time.hover) ? time.shown.at(0.5) : time.hover;
    time.zoom(centre, factor);
}

/// Starts comparing with the parent (or any other run), or stops.
void toggle_compare(const Call& call) {
    call.state.open_screen(Screen::kCompare);
    if (call.model.compare.shown) {
        call.sink.send(Compare{kNoKey});
        return;
    }
    const auto& runs = call.model.runs;
    const auto selected =
        std::find_if(runs.begin(), runs.end(), [](const RunRow& run) { return run.selected; });
    if (selected == runs.end()) return;
    if (selected->parent != kNoKey) {
        call.sink.send(Compare{selected->parent});
        return;
    }
    const auto other =
        std::find_if(runs.begin(), runs.end(), [](const RunRow& run) { return !run.selected; });
    if (other != runs.end()) call.sink.send(Compare{other->key});
}

Screen front_screen(const UiState& state) {
    return state.layout.panes.front().shown;
}

void want_picture(const Call& call, int scale) {
    want_panel_picture(front_screen(call.state), scale, call.model, call.state);
}

void next_low_fill(const Call& call) {
    LowFill& wish = call.state.preferences.low_fill;
    wish = static_cast<LowFill>((static_cast<unsigned>(wish) + 1) % 3);
    call.state.restyle = true;
    ui().notice = fmt::format("plain drawing: {}", low_fill_word(wish));
}

constexpr std::array kHandlers{
    Handler{"play", [](const Call& c) { c.sink.send(TogglePlay{}); }},
    Handler{"block", [](const Call& c) { c.sink.send(StepBlock{1}); }},
    Handler{"back_block", [](const Call& c) { c.sink.send(StepBack{1}); }},
    Handler{"event", [](const Call& c) { c.sink.send(StepEvent{1}); }},
    Handler{"hour", [](const Call& c) { c.sink.send(StepTime{kHour}); }},
    Handler{"back_hour", [](const Call& c) { c.sink.send(StepTime{sim::SimDuration{-kHour.ns}}); }},
    Handler{"day", [](const Call& c) { c.sink.send(StepTime{kDay}); }},
    Handler{"back_day", [](const Call& c) { c.sink.send(StepTime{sim::SimDuration{-kDay.ns}}); }},
    Handler{"next_marker", [](const Call& c) { c.sink.send(SeekTo{marker_after(c.model)}); }},
    Handler{"back_marker", [](const Call& c) { c.sink.send(SeekTo{marker_before(c.model)}); }},
    Handler{"start", [](const Call& c) { c.sink.send(SeekTo{sim::SimTime{}}); }},
    Handler{"latest", [](const Call& c) { c.sink.send(SeekTo{c.model.clock.reached}); }},
    Handler{"slower", [](const Call& c) { set_speed(c, slower(c.model.clock.speed_target)); }},
    Handler{"faster", [](const Call& c) { set_speed(c, faster(c.model.clock.speed_target)); }},
    Handler{"fastest", [](const Call& c) { set_speed(c, 0); }},
    Handler{"mode",
            [](const Call& c) {
                const auto next = (static_cast<unsigned>(c.model.clock.mode) + 1) % 3;
                c.sink.send(SetMode{static_cast<RunMode>(next)});
            }},
    Handler{"run_until", [](const Call& c) { c.state.run_until.open = true; }},
    Handler{"bookmark", [](const Call& c) { c.sink.send(AddBookmark{}); }},
    Handler{"inject", [](const Call& c) { c.state.inject.open = true; }},
    Handler{"compare", toggle_compare},
    Handler{"runs", [](const Call& c) { c.state.runs_shown = !c.state.runs_shown; }},
    Handler{"open", [](const Call& c) { c.state.opening = {.open = true}; }},
    Handler{"export", [](const Call& c) { c.state.exporting = {.open = true}; }},
    Handler{"picture", [](const Call& c) { want_picture(c, 1); }},
    Handler{"picture_double", [](const Call& c) { want_picture(c, 2); }},
    Handler{"save_scenario", [](const Call& c) { c.state.exporting = {.open = true, .what = 3}; }},
    Handler{"palette", [](const Call& c) { c.state.palette = {.open = true}; }},
    Handler{"find", [](const Call& c) { c.state.focus_filter = true; }},
    Handler{
        "copy_text",
        [](const Call& c) { copy_screen(front_screen(c.state), CopyAs::kText, c.model, c.state); }},
    Handler{
        "copy_csv",
        [](const Call& c) { copy_screen(front_screen(c.state), CopyAs::kCsv, c.model, c.state); }},
    Handler{
        "help",
        [](const Call& c) { c.state.preferences.help_shown = !c.state.preferences.help_shown; }},
    Handler{"keys", [](const Call& c) { c.state.keys_shown = !c.state.keys_shown; }},
    Handler{"theme",
            [](const Call& c) {
                auto& theme = c.state.preferences.theme;
                theme = theme == ThemeName::kDark ? ThemeName::kLight : ThemeName::kDark;
                c.state.restyle = true;
            }},
    Handler{"bigger", [](const Call& c) { rescale(c, c.state.preferences.scale + 0.25); }},
    Handler{"smaller", [](const Call& c) { rescale(c, c.state.preferences.scale - 0.25); }},
    Handler{"usual_size", [](const Call& c) { rescale(c, 1); }},
    Handler{"quit", [](const Call& c) { c.state.quit = true; }},
    Handler{"motion",
            [](const Call& c) {
                c.state.preferences.reduced_motion = !c.state.preferences.reduced_motion;
            }},
    Handler{"low_fill", next_low_fill},
    Handler{"follow", [](const Call& c) { c.state.time.follow = !c.state.time.follow; }},
    Handler{"zoom_in", [](const Call& c) { zoom_axis(c, 0.7); }},
    Handler{"zoom_out", [](const Call& c) { zoom_axis(c, 1 / 0.7); }},
    Handler{"pan_left", [](const Call& c) { c.state.time.pan(-c.state.time.shown.size() / 5); }},
    Handler{"pan_right", [](const Call& c) { c.state.time.pan(c.state.time.shown.size() / 5); }},
    Handler{"fit", [](const Call& c) { c.state.time.show_all(); }},
    Handler{"clear_range", [](const Call& c) { c.state.interest.range = {}; }},
    Handler{"next_screen", [](const Call& c) { c.state.layout.step(1); }},
    Handler{"previous_screen", [](const Call& c) { c.state.layout.step(-1); }},
    Handler{"select_next", [](const Call& c) { c.state.step_rows = 1; }},
    Handler{"select_previous", [](const Call& c) { c.state.step_rows = -1; }},
};

/// "screen_3" is the third screen.
std::optional<Screen> screen_of(std::string_view id) {
    constexpr std::string_view kPrefix = "screen_";
    if (!id.starts_with(kPrefix)) return std::nullopt;
    unsigned number = 0;
    const auto digits = id.substr(kPrefix.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (number < 1 || number > kScreens) return std::nullopt;
    return static_cast<Screen>(number - 1);
}

void close_dialogs(UiState& state) {
    state.palette.open = state.inject.open = state.run_until.open = state.exporting.open = false;
    state.opening.open = false;
    state.keys_shown = state.runs_shown = false;
    ImGui::SetWindowFocus(nullptr);
}

bool is_dialog_open(const UiState& state) {
    return state.palette.open || state.inject.open || state.run_until.open ||
           state.exporting.open || state.opening.open || state.keys_shown || state.runs_shown;
}

/// Tab begins moving the focus with the keys, Escape ends it; until then keys without Ctrl or Alt
/// belong to the focused widget.
bool focus_moves(ImGuiIO& io, Chord chord, const UiState& state) {
    const bool on = (io.ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard) != 0;
    if (chord.key == kKeyTab && chord.modifiers == 0) {
        io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
        return true;
    }
    if (chord.key == kKeyEscape && !is_dialog_open(state)) {
        io.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;
        return on;
    }
    return on && (chord.modifiers & (kControl | kAlt)) == 0 && chord.key != kKeyEscape;
}

}  // namespace

double faster(double factor) {
    if (factor <= 0 || factor >= kFastest) return 0;
    return std::pow(10.0, std::floor(std::log10(factor) * 2 + 1.01) / 2);
}

double slower(double factor) {
    if (factor <= 0) return kFastest;
    return std::max(kSlowest, std::pow(10.0, std::ceil(std::log10(factor) * 2 - 1.01) / 2));
}

bool run_action(std::string_view id, const ViewModel& model, UiState& state, CommandSink& sink) {
    if (const auto screen = screen_of(id)) {
        state.open_screen(*screen);
        return true;
    }
    const auto* found = std::find_if(
        kHandlers.begin(), kHandlers.end(), [&](const Handler& h) { return h.id == id; });
    if (found == kHandlers.end()) return false;
    found->run({model, state, sink});
    return true;
}

void run_keys(const ViewModel& model, UiState& state, CommandSink& sink) {
    ImGuiIO& io = ImGui::GetIO();
    for (const Chord& chord : ui().keys.take_presses()) {
        if (chord.key == kKeyEscape && is_dialog_open(state)) {
            close_dialogs(state);
            continue;
        }
        if (io.WantTextInput && (chord.modifiers & (kControl | kAlt)) == 0) continue;
        if (focus_moves(io, chord, state)) continue;
        run_action(state.shortcuts.action_of(chord), model, state, sink);
    }
}

std::string tip_of(const UiState& state, std::string_view action) {
    const auto list = action_list();
    const auto about =
        std::find_if(list.begin(), list.end(), [&](const auto& a) { return a.id == action; });
    if (about == list.end()) return std::string(action);
    const std::string keys = state.shortcuts.keys_of(action);
    return keys.empty() ? std::string(about->title) : fmt::format("{} ({})", about->title, keys);
}

Interest interest_of(const UiState& state) {
    Interest interest = state.interest;
    interest.screens = state.layout.visible();
    interest.screens.add(Screen::kOverview);
    // Its list of providers is the one of utilization; the palette finds providers and tenants.
    if (interest.screens.has(Screen::kProvider)) interest.screens.add(Screen::kUtilization);
    if (state.inject.open) interest.screens.add(Screen::kScenario);  // names to choose from
    if (state.palette.open) {
        for (const Screen screen : {Screen::kMarket, Screen::kUtilization, Screen::kLeases})
            interest.screens.add(screen);
    }
    interest.log.text = state.log.filter;
    interest.log.kinds = state.log.kinds;
    interest.log.least = static_cast<Severity>(state.log.least);
    interest.log.in_range = state.log.in_range;
    return interest;
}

void copy_screen(Screen screen, CopyAs as, const ViewModel& model, const UiState& state) {
    const PanelAbout& about = panel_of(screen);
    const TextTables tables = about.tables(model, state);
    const std::string copied = as == CopyAs::kText ? as_text(tables) : as_csv(tables);
    ImGui::SetClipboardText(copied.c_str());
    ui().notice = fmt::format("copied {} as {}: {} lines",
                              about.title,
                              as == CopyAs::kText ? "text" : "CSV",
                              std::count(copied.begin(), copied.end(), '\n'));
}

void want_panel_picture(Screen screen, int scale, const ViewModel& model, UiState& state) {
    state.picture = {picture_path(model, screen, scale), screen, scale};
}

std::string picture_path(const ViewModel& model, std::optional<Screen> panel, int scale) {
    const std::string name = model.clock.scenario.empty() ? "orrery" : model.clock.scenario;
    const std::string stem = fmt::format("{}-day{:.0f}{}{}",
                                         name,
                                         std::floor(seconds(model.clock.now) / 86400),
                                         panel ? fmt::format("-{}", panel_of(*panel).name) : "",
                                         scale == 1 ? "" : fmt::format("@{}x", scale));
    std::string path = stem + ".png";
    std::error_code ignored;
    for (int number = 2; std::filesystem::exists(path, ignored) && number < 1'000; ++number)
        path = fmt::format("{}-{}.png", stem, number);
    return path;
}

void select_order(UiState& state, Key order) {
    state.interest.order = order;
    state.market.funnel_stage = -1;
}

void select_provider(UiState& state, Key provider) {
    state.interest.provider = provider;
    state.open_screen(Screen::kProvider);
}

void select_tenant(UiState& state, Key tenant) {
    state.interest.tenant = tenant;
    state.interest.deployment = kNoKey;
    state.open_screen(Screen::kLeases);
}

}  // namespace gui
