// The transport bar: where the clock stands, how fast it runs, and the buttons that move it.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/frame/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

/// Above this place of the slider the run is not held back.
constexpr float kMaxPlace = 6.3F;

struct IconAction {
    Icon icon;
    const char* action;
};

constexpr std::array<IconAction, 3> kBefore{{{Icon::kStart, "start"},
                                             {Icon::kBackMarker, "back_marker"},
                                             {Icon::kBackBlock, "back_block"}}};
constexpr std::array<IconAction, 3> kAfter{
    {{Icon::kBlock, "block"}, {Icon::kNextMarker, "next_marker"}, {Icon::kLatest, "latest"}}};

std::string speed_text(double factor) {
    return factor <= 0 ? "max" : "x " + si(factor);
}

void draw_icons(std::span<const IconAction> actions,
                const ViewModel& model,
                UiState& state,
                CommandSink& sink) {
    for (const auto& [icon, action] : actions) {
        if (icon_button(icon, action, tip_of(state, action).c_str())) {
            run_action(action, model, state, sink);
        }
        ImGui::SameLine();
    }
}

void draw_speed(const ViewModel& model, const UiState& state, CommandSink& sink) {
    const double target = model.clock.speed_target;
    float place = target <= 0 ? kMaxPlace : static_cast<float>(std::log10(target));
    const std::string shown = "speed " + speed_text(target);
    ImGui::SetNextItemWidth(em() * 7.6F);
    ImGui::PushStyleColor(ImGuiCol_SliderGrab, ui().theme.chosen);
    const bool moved = ImGui::SliderFloat("##speed", &place, -1, kMaxPlace, shown.c_str());
    ImGui::PopStyleColor();
    if (moved) {
        // Rounded to two figures, so that the reached value can equal it.
        const double raw = std::pow(10.0, static_cast<double>(place));
        const double step = std::pow(10.0, std::floor(std::log10(raw)) - 1);
        sink.send(SetSpeed{place > 6.05F ? 0 : std::round(raw / step) * step});
    }
    mark("speed");
    if (ImGui::IsItemHovered()) {
        tooltip(fmt::format("Simulated seconds per second. {}; {}.",
                            tip_of(state, "slower"),
                            tip_of(state, "faster")));
    }
    ImGui::SameLine();
}

void draw_mode(const ViewModel& model, CommandSink& sink) {
    static constexpr std::array<const char*, 3> kModes{"Run", "Fast", "Express"};
    int mode = static_cast<int>(model.clock.mode);
    if (choice(kModes, mode)) sink.send(SetMode{static_cast<RunMode>(mode)});
    if (ImGui::IsItemHovered()) {
        tooltip("Run draws every frame, Fast once a block, Express four times a second.");
    }
}

void draw_clock(const ViewModel& model) {
    ImGui::PushFont(ui().fonts.fixed);
    ImGui::AlignTextToFramePadding();
    text(fmt::format(
        "{}  block {}", clock(seconds(model.clock.now)), with_commas(model.clock.height)));
    mark("clock");
    ImGui::PopFont();
    if (ImGui::IsItemHovered()) tooltip(model.clock.utc_text);
}

}  // namespace

void draw_transport(const ViewModel& model, UiState& state, CommandSink& sink) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing,
                        ImVec2(em() * 0.32F, ImGui::GetStyle().ItemSpacing.y));
    draw_icons(kBefore, model, state, sink);
    const bool playing =
        model.clock.state == RunState::kRunning || model.clock.state == RunState::kSeeking;
    ImGui::PushStyleColor(ImGuiCol_Button, ui().theme.chosen);
    if (icon_button(playing ? Icon::kPause : Icon::kPlay, "play", tip_of(state, "play").c_str())) {
        run_action("play", model, state, sink);
    }
    ImGui::PopStyleColor();
    ImGui::SameLine();
    draw_icons(kAfter, model, state, sink);
    for (const auto& [label, action] : {std::pair{"+1 h", "hour"}, std::pair{"+1 d", "day"}}) {
        if (button(label, tip_of(state, action).c_str())) run_action(action, model, state, sink);
        ImGui::SameLine();
    }
    draw_speed(model, state, sink);
    draw_mode(model, sink);
    ImGui::SameLine(0, em() * 0.8F);
    if (ImGui::GetContentRegionAvail().x < em() * 19) ImGui::NewLine();
    draw_clock(model);

    struct Labelled {
        const char* label;
        const char* action;
    };

    for (const auto& [label, action] : {Labelled{"Open", "open"},
                                        Labelled{"Until", "run_until"},
                                        Labelled{"Bookmark", "bookmark"},
                                        Labelled{"Inject", "inject"},
                                        Labelled{"Compare", "compare"},
                                        Labelled{"Runs", "runs"},
                                        Labelled{"Export", "export"},
                                        Labelled{"Find", "palette"},
                                        Labelled{"?", "keys"}}) {
        flow(button_width(label));
        if (button(label, tip_of(state, action).c_str())) run_action(action, model, state, sink);
    }
    ImGui::PopStyleVar();
}

}  // namespace gui
