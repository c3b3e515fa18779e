// The status line: what the run is doing, which run it is, how axes follow the clock, and the last
// thing the program had to say.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/frame/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {
namespace {

struct Window {
    const char* label;
    double seconds;
};

constexpr std::array<Window, 5> kWindows{
    {{"1 h", 3600}, {"6 h", 21600}, {"24 h", 86400}, {"7 d", 604800}, {"all", 0}}};

float axis_width() {
    float width = text_width("axes") + em();
    for (const auto& window : kWindows)
        width += button_width(window.label) + 1;
    return width + button_width("follow") + em() * 2;
}

void draw_axis_buttons(UiState& state) {
    Axis& time = state.time;
    ImGui::AlignTextToFramePadding();
    dim("axes");
    for (const auto& window : kWindows) {
        ImGui::SameLine(0, em() * 0.2F);
        if (toggle(window.label,
                   time.follow && time.window == window.seconds,
                   "How much of the past plots show while they follow the clock")) {
            time.window = window.seconds;
            time.follow = true;
        }
    }
    ImGui::SameLine(0, em() * 0.2F);
    if (toggle("follow", time.follow, tip_of(state, "follow").c_str())) time.follow = !time.follow;
}

Rgba severity_colour(Severity severity) {
    const Theme& theme = ui().theme;
    if (severity == Severity::kError) return theme.worse;
    return severity == Severity::kWarning ? theme.warning : theme.dim;
}

/// "paused", "running, x 3,550", "seeking, 40.0 %".
std::string progress_text(const ViewModel& model) {
    const ClockView& now = model.clock;
    if (now.state == RunState::kSeeking) return now.state_text + ", " + percent(now.seek_progress);
    if (now.state == RunState::kRunning) return now.state_text + ", x " + si(now.speed_reached);
    return now.state_text;
}

std::string run_text(const ViewModel& model) {
    const auto selected = std::find_if(
        model.runs.begin(), model.runs.end(), [](const RunRow& run) { return run.selected; });
    std::string out = selected == model.runs.end() ? "main" : selected->name;
    if (model.recording.shown)
        out += model.recording.difference.empty() ? ", recorded" : ", differs";
    return out;
}

}  // namespace

void draw_status(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    const Theme& theme = ui().theme;
    const float all = ImGui::GetContentRegionAvail().x;
    const float right = all - axis_width();
    const float start = ImGui::GetCursorPosX();
    ImGui::AlignTextToFramePadding();
    const bool failed = model.clock.state == RunState::kFailed;
    fitted(failed ? theme.worse : theme.text, progress_text(model), right * 0.35F);
    ImGui::SameLine(0, em());
    dim(fmt::format("{}  {}  seed {}", model.clock.scenario, run_text(model), model.clock.seed));
    if (!model.clock.digest.empty()) {
        ImGui::SameLine(0, em());
        const std::string shown = "state " + model.clock.digest.substr(0, 8);
        if (link(shown.c_str(), "Digest of the last block; click copies the whole")) {
            ImGui::SetClipboardText(model.clock.digest.c_str());
            ui().notice = "copied the digest";
        }
    }
    if (has_range(state)) {
        ImGui::SameLine(0, em());
        const Range range = seconds(state.interest.range);
        const std::string shown =
            fmt::format("limited to {} .. {}  clear", clock(range.from), clock(range.to));
        if (link(shown.c_str(), tip_of(state, "clear_range").c_str())) state.interest.range = {};
    }
    ImGui::SameLine(0, em());
    const float room = start + right - ImGui::GetCursorPosX() - em();
    if (room > em() * 3) {
        if (!ui().notice.empty()) {
            fitted(theme.dim, ui().notice, room);
        } else if (!model.messages.empty()) {
            const Message& message = model.messages.back();
            fitted(severity_colour(message.severity), message.text, room);
        } else {
            dim("");
        }
    }
    ImGui::SameLine(std::max(start + right, ImGui::GetCursorPosX()));
    draw_axis_buttons(state);
}

}  // namespace gui
