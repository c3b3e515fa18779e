#include "gui/draw/shortcuts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {
namespace {

constexpr std::array kActions{
    ActionAbout{"play", "Play or pause", "Time", "Space, K"},
    ActionAbout{"block", "One block forward", "Time", "."},
    ActionAbout{"back_block", "One block back", "Time", ","},
    ActionAbout{"event", "One event forward", "Time", "Shift+."},
    ActionAbout{"hour", "One hour forward", "Time", "Right"},
    ActionAbout{"back_hour", "One hour back", "Time", "Left"},
    ActionAbout{"day", "One day forward", "Time", "Shift+Right"},
    ActionAbout{"back_day", "One day back", "Time", "Shift+Left"},
    ActionAbout{"next_marker", "To the next marked event", "Time", "]"},
    ActionAbout{"back_marker", "To the previous marked event", "Time", "["},
    ActionAbout{"start", "To the beginning", "Time", "Home"},
    ActionAbout{"latest", "To the latest moment reached", "Time", "End"},
    ActionAbout{"slower", "Slower", "Time", "J"},
    ActionAbout{"faster", "Faster", "Time", "L"},
    ActionAbout{"fastest", "As fast as possible", "Time", "Shift+L"},
    ActionAbout{"mode", "Next of Run, Fast, Express", "Time", "M"},
    ActionAbout{"run_until", "Run until...", "Time", "U"},
    ActionAbout{"bookmark", "Bookmark this moment", "Run", "B"},
    ActionAbout{"inject", "Inject an action...", "Run", "I"},
    ActionAbout{"compare", "Compare two runs", "Run", "C"},
    ActionAbout{"runs", "Runs and branches...", "Run", "R"},
    ActionAbout{"open", "Open a scenario or a recorded run...", "Run", "Ctrl+O"},
    ActionAbout{"export", "Export...", "Run", "E"},
    ActionAbout{"picture", "Picture of this screen", "Run", "Ctrl+E"},
    ActionAbout{"picture_double", "Picture of this screen, double size", "Run", "Ctrl+Shift+E"},
    ActionAbout{"save_scenario", "Save this run as a scenario...", "Run", "Ctrl+S"},
    ActionAbout{"palette", "Find a command or a thing", "Window", "Ctrl+P, /"},
    ActionAbout{"find", "Filter this screen", "Window", "F, Ctrl+F"},
    ActionAbout{"copy_text", "Copy this screen as text", "Window", "Ctrl+Shift+C"},
    ActionAbout{"copy_csv", "Copy this screen as CSV", "Window", "Ctrl+Shift+V"},
    ActionAbout{"help", "Explain this screen", "Window", "F1, H"},
    ActionAbout{"keys", "Show all keys", "Window", "Shift+/"},
    ActionAbout{"theme", "Dark or light", "Window", "T"},
    ActionAbout{"bigger", "Larger", "Window", "Ctrl+=, Ctrl+Plus, Ctrl+KeypadAdd"},
    ActionAbout{"smaller", "Smaller", "Window", "Ctrl+-, Ctrl+KeypadSubtract"},
    ActionAbout{"usual_size", "Usual size", "Window", "Ctrl+0"},
    ActionAbout{"quit", "Close the window", "Window", "Ctrl+Q"},
    ActionAbout{"motion", "Reduced motion on or off", "Window", "Ctrl+M"},
    ActionAbout{"low_fill", "Plain drawing: auto, on, off", "Window", "Ctrl+L"},
    ActionAbout{"follow", "Axes follow the clock", "Plots", "G"},
    ActionAbout{"zoom_in", "Zoom in", "Plots", "W"},
    ActionAbout{"zoom_out", "Zoom out", "Plots", "S"},
    ActionAbout{"pan_left", "Earlier", "Plots", "A"},
    ActionAbout{"pan_right", "Later", "Plots", "D"},
    ActionAbout{"fit", "Show all of the time", "Plots", "0"},
    ActionAbout{"clear_range", "Clear the selected range", "Plots", "Shift+0"},
    ActionAbout{"next_screen", "Next screen", "Screens", "Ctrl+Tab, PageDown"},
    ActionAbout{"previous_screen", "Previous screen", "Screens", "Ctrl+Shift+Tab, PageUp"},
    ActionAbout{"select_next", "Next row", "Screens", "N"},
    ActionAbout{"select_previous", "Previous row", "Screens", "P"},
    ActionAbout{"screen_1", "Overview", "Screens", "Ctrl+1"},
    ActionAbout{"screen_2", "Market", "Screens", "Ctrl+2"},
    ActionAbout{"screen_3", "Utilization", "Screens", "Ctrl+3"},
    ActionAbout{"screen_4", "World", "Screens", "Ctrl+4"},
    ActionAbout{"screen_5", "Economy", "Screens", "Ctrl+5"},
    ActionAbout{"screen_6", "Leases", "Screens", "Ctrl+6"},
    ActionAbout{"screen_7", "Provider", "Screens", "Ctrl+7"},
    ActionAbout{"screen_8", "Validators", "Screens", "Ctrl+8"},
    ActionAbout{"screen_9", "Scenario", "Screens", "Ctrl+9"},
    ActionAbout{"screen_10", "Compare", "Screens", "Alt+1"},
    ActionAbout{"screen_11", "Checks", "Screens", "Alt+2"},
    ActionAbout{"screen_12", "Log", "Screens", "Alt+3"},
    ActionAbout{"screen_13", "Performance", "Screens", "Alt+4"},
    ActionAbout{"screen_14", "Tour", "Screens", "Alt+5"},
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

const ActionAbout* action_named(std::string_view id) {
    const auto* found = std::find_if(
        kActions.begin(), kActions.end(), [&](const auto& about) { return about.id == id; });
    return found == kActions.end() ? nullptr : found;
}

/// Splits at ", " and at a comma that is not itself the key.
std::vector<std::string_view> key_list(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto comma = text.find(", ");
        out.push_back(trimmed(text.substr(0, comma)));
        text = comma == std::string_view::npos ? "" : text.substr(comma + 2);
    }
    return out;
}

}  // namespace

std::span<const ActionAbout> action_list() {
    return kActions;
}

Shortcuts::Shortcuts() {
    for (const auto& about : kActions)
        bind(about.id, about.keys);
}

bool Shortcuts::bind(std::string_view action, std::string_view keys) {
    bool understood = true;
    for (const auto& key : key_list(keys)) {
        const auto chord = parse_chord(key);
        if (chord) {
            // The last one who asks for a key has it.
            std::erase_if(bindings_, [&](const Binding& b) { return b.chord == *chord; });
            bindings_.push_back({*chord, action});
        } else {
            understood = false;
        }
    }
    return understood;
}

std::vector<std::string> Shortcuts::read(std::string_view text) {
    std::vector<std::string> problems;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        const auto line = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? "" : text.substr(end + 1);
        if (line.empty() || line.front() == '#') continue;
        const auto equals = line.find(" =");
        const auto* about = action_named(trimmed(line.substr(0, equals)));
        if (about == nullptr || equals == std::string_view::npos) {
            problems.push_back(fmt::format("line {}: no action '{}'", number, line));
            continue;
        }
        std::erase_if(bindings_, [&](const Binding& b) { return b.action == about->id; });
        if (!bind(about->id, trimmed(line.substr(equals + 2)))) {
            problems.push_back(fmt::format("line {}: no such key in '{}'", number, line));
        }
    }
    return problems;
}

std::string Shortcuts::write() const {
    std::string out =
        "# Keys of the Orrery window, one action a line. Several keys: \"A, Ctrl+B\".\n";
    for (const auto& about : kActions)
        out += fmt::format("{} = {}\n", about.id, keys_of(about.id));
    return out;
}

std::string_view Shortcuts::action_of(Chord chord) const {
    const auto found = std::find_if(
        bindings_.begin(), bindings_.end(), [&](const Binding& b) { return b.chord == chord; });
    return found == bindings_.end() ? std::string_view{} : found->action;
}

std::string Shortcuts::keys_of(std::string_view action) const {
    std::string out;
    for (const auto& binding : bindings_) {
        if (binding.action != action) continue;
        if (!out.empty()) out += ", ";
        out += to_text(binding.chord);
    }
    return out;
}

}  // namespace gui
