#include "gui/frame/arguments.h"

#include "gui/draw/theme.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <functional>
#include <map>

namespace gui {
namespace {

std::optional<double> parse_number(std::string_view text) {
    double value = 0;
    const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
    if (done.ec != std::errc{} || done.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<StageSize> parse_size(std::string_view text) {
    const auto by = text.find('x');
    if (by == std::string_view::npos) return std::nullopt;
    const auto width = parse_number(text.substr(0, by));
    const auto height = parse_number(text.substr(by + 1));
    if (!width || !height || *width < 64 || *height < 64 || *width > 16384 || *height > 16384) {
        return std::nullopt;
    }
    return StageSize{static_cast<int>(*width), static_cast<int>(*height)};
}

using Reader = std::function<bool(const std::string&, Arguments&)>;

bool take_number(const std::string& text, double& into, double least, double most) {
    const auto value = parse_number(text);
    if (!value || *value < least || *value > most) return false;
    into = *value;
    return true;
}

const std::map<std::string, Reader>& readers() {
    static const std::map<std::string, Reader> known{
        {"--screenshot", [](const auto& v, auto& a) { return !(a.screenshot = v).empty(); }},
        {"--frames", [](const auto& v, auto& a) { return !(a.frames = v).empty(); }},
        {"--from", [](const auto& v, auto& a) { return (a.from = parse_time(v)).has_value(); }},
        {"--until", [](const auto& v, auto& a) { return (a.until = parse_time(v)).has_value(); }},
        {"--every",
         [](const auto& v, auto& a) {
             const auto step = parse_time(v);
             if (step) a.every = *step - sim::SimTime{};
             return step.has_value();
         }},
        {"--at",
         [](const auto& v, auto& a) {
             const auto at = parse_time(v);
             a.has_at = at.has_value();
             if (at) a.at = *at;
             return a.has_at;
         }},
        {"--screen",
         [](const auto& v, auto& a) {
             a.screen = v;
             return screen_named(v).has_value();
         }},
        {"--order", [](const auto& v, auto& a) { return !(a.order = v).empty(); }},
        {"--layout", [](const auto& v, auto& a) { return !(a.workspace = v).empty(); }},
        {"--size",
         [](const auto& v, auto& a) {
             const auto size = parse_size(v);
             if (size) a.size = *size;
             return size.has_value();
         }},
        {"--theme",
         [](const auto& v, auto& a) {
             a.theme = v;
             return theme_named(v).has_value();
         }},
        {"--scale",
         [](const auto& v, auto& a) {
             if (!take_number(v, a.scale, 75, 250)) return false;
             a.scale /= 100;
             return true;
         }},
        {"--font", [](const auto& v, auto& a) { return !(a.font = v).empty(); }},
        {"--speed", [](const auto& v, auto& a) { return take_number(v, a.speed, 0, 1e9); }},
        {"--seed",
         [](const auto& v, auto& a) {
             a.settings.push_back("seed=" + v);
             return !v.empty();
         }},
        {"--set",
         [](const auto& v, auto& a) {
             a.settings.push_back(v);
             return v.find('=') != std::string::npos;
         }},
    };
    return known;
}

std::string wrong_value(const std::string& option, const std::string& value) {
    std::string text = fmt::format("'{}' is no value of {}", value, option);
    if (option == "--screen") {
        text += "; one of";
        for (const PanelAbout& about : panels())
            text += std::string(" ") + about.name;
    }
    return text;
}

/// Options that make no sense together.
std::string wrong_together(const Arguments& arguments) {
    const bool film = !arguments.frames.empty();
    if (film && !arguments.screenshot.empty()) return "--frames and --screenshot: one at a time";
    if (film && arguments.has_at) return "--frames begins at --from, not --at";
    if (!film && (arguments.from || arguments.until || arguments.every)) {
        return "--from, --until and --every are of a film: name a folder after --frames";
    }
    return {};
}

}  // namespace

std::optional<sim::SimTime> parse_time(std::string_view text) {
    static const std::map<std::string_view, double> kUnits{
        {"d", 86400}, {"h", 3600}, {"min", 60}, {"m", 60}, {"s", 1}};
    double total = 0;
    bool any = false;
    while (!text.empty()) {
        if (text.front() == ' ') {
            text.remove_prefix(1);
            continue;
        }
        double value = 0;
        const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
        if (done.ec != std::errc{} || value < 0) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(done.ptr - text.data()));
        const auto unit = text.substr(0, text.find_first_of("0123456789 "));
        const auto known = kUnits.find(unit);
        if (known == kUnits.end()) return std::nullopt;
        text.remove_prefix(unit.size());
        total += value * known->second;
        any = true;
    }
    if (!any || total > 4e9) return std::nullopt;
    return sim::SimTime{std::llround(total * 1e9)};
}

Arguments parse_arguments(const std::vector<std::string>& words) {
    Arguments out;
    for (std::size_t i = 0; i < words.size() && out.error.empty(); ++i) {
        const std::string& word = words[i];
        if (word == "--help" || word == "-h") {
            out.help = true;
        } else if (word == "--log-commands") {
            out.log_commands = true;
        } else if (word == "--play") {
            out.play = true;
        } else if (const auto reader = readers().find(word); reader != readers().end()) {
            if (i + 1 >= words.size()) {
                out.error = word + " wants a value";
            } else if (!reader->second(words[++i], out)) {
                out.error = wrong_value(word, words[i]);
            }
        } else if (word.starts_with('-') || out.named) {
            out.error =
                fmt::format("'{}' is not understood; 'orrery window --help' shows the usage", word);
        } else {
            out.file = word;
            out.named = true;
        }
    }
    if (out.error.empty()) out.error = wrong_together(out);
    return out;
}

void apply_arguments(const Arguments& arguments, UiState& state) {
    if (const auto theme = theme_named(arguments.theme)) state.preferences.theme = *theme;
    if (arguments.scale > 0) state.preferences.scale = arguments.scale;
    if (!arguments.font.empty()) state.preferences.font = arguments.font;
    for (std::size_t i = 0; i < kWorkspaces.size(); ++i) {
        if (arguments.workspace == kWorkspaces.at(i).name) state.layout = workspace(i);
    }
    if (const auto screen = screen_named(arguments.screen)) state.layout.show(*screen);
}

std::string usage_text() {
    std::string screens;
    for (const PanelAbout& about : panels())
        screens += std::string(screens.empty() ? "" : ", ") + about.name;
    return fmt::format(
        "usage: orrery window [SCENARIO|DATABASE] [OPTIONS]\n"
        "  without a file: a dialog to choose one\n"
        "  --seed N, --set key=value   as of orrery run\n"
        "  --play                      begin at once; otherwise the run waits for Space\n"
        "  --speed X                   simulated seconds per second; 0 = as fast as possible\n"
        "  --screen NAME               {}\n"
        "  --layout NAME               one of the workspaces, as 'Watch'\n"
        "  --theme dark|light, --scale 75..250, --font FAMILY (or 'embedded')\n"
        "  --screenshot OUT.png        write a picture instead of opening a window; needs no "
        "display\n"
        "  --at TIME                   go there first, as 12d or 6h30m\n"
        "  --frames FOLDER             write numbered pictures for a film instead, as "
        "frame_00001.png\n"
        "  --from TIME --until TIME --every TIME\n"
        "                              of the film: the whole run every 10min if not said\n"
        "  --size WxH                  of the window or picture, in pixels (1600x1000)\n"
        "  --log-commands              say on the terminal what is asked of the run\n"
        "  --order ID                  what the market screen shows: an order, 'first' or\n"
        "                              'without-bids'\n",
        screens);
}

}  // namespace gui
