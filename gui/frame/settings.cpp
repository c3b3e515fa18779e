#include "gui/frame/settings.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace gui {
namespace {

std::string environment(const char* name) {
    // Read once at the start, before any other thread exists.
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? "" : value;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (stream) text << stream.rdbuf();
    return text.str();
}

void set(std::string_view name, const std::string& value, UiState& state) {
    Preferences& preferences = state.preferences;
    if (name == "theme") {
        if (const auto theme = theme_named(value)) preferences.theme = *theme;
    } else if (name == "scale") {
        int percent = 0;
        const auto done = std::from_chars(value.data(), value.data() + value.size(), percent);
        if (done.ec == std::errc{} && percent >= 75 && percent <= 250) {
            preferences.scale = percent / 100.0;
        }
    } else if (name == "font") {
        preferences.font = value;
    } else if (name == "reduced_motion") {
        preferences.reduced_motion = value == "yes";
    } else if (name == "help") {
        preferences.help_shown = value != "no";
    } else if (name == "low_fill") {
        preferences.low_fill = value == "on"    ? LowFill::kOn
                               : value == "off" ? LowFill::kOff
                                                : LowFill::kAuto;
    } else if (name == "layout") {
        state.layout = parse_layout(value);
    } else if (name == "recent") {
        if (state.recent.size() < kRecentFiles) state.recent.push_back(value);
    }
}

}  // namespace

std::filesystem::path settings_folder() {
    const std::string config = environment("XDG_CONFIG_HOME");
    if (!config.empty()) return std::filesystem::path(config) / "orrery";
    const std::string home = environment("HOME");
    if (home.empty()) return {};
    return std::filesystem::path(home) / ".config" / "orrery";
}

const char* low_fill_word(LowFill wish) {
    static constexpr std::array<const char*, 3> kWords{"auto", "on", "off"};
    return kWords.at(static_cast<std::size_t>(wish));
}

void read_settings(std::string_view text, UiState& state) {
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const auto equals = line.find(" = ");
        if (equals == std::string_view::npos) continue;
        set(line.substr(0, equals), std::string(line.substr(equals + 3)), state);
    }
}

std::string write_settings(const UiState& state) {
    const Preferences& p = state.preferences;
    std::string out = fmt::format(
        "theme = {}\nscale = {:.0f}\nfont = {}\nreduced_motion = {}\nhelp = {}\nlow_fill = {}\n"
        "layout = {}\n",
        p.theme == ThemeName::kLight ? "light" : "dark",
        p.scale * 100,
        p.font,
        p.reduced_motion ? "yes" : "no",
        p.help_shown ? "yes" : "no",
        low_fill_word(p.low_fill),
        to_text(state.layout));
    for (const std::string& file : state.recent)
        out += fmt::format("recent = {}\n", file);
    return out;
}

std::vector<std::string> load_settings(const std::filesystem::path& folder, UiState& state) {
    if (folder.empty()) return {};
    read_settings(read_file(folder / "settings.txt"), state);
    return state.shortcuts.read(read_file(folder / "keys.txt"));
}

void save_settings(const std::filesystem::path& folder, const UiState& state) {
    if (folder.empty()) return;
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::ofstream(folder / "settings.txt") << write_settings(state);
    if (!std::filesystem::exists(folder / "keys.txt", error)) {
        std::ofstream(folder / "keys.txt") << state.shortcuts.write();
    }
}

}  // namespace gui
