// The scenario: its text with the step that comes next, what is planned, and which events wait.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gui {
namespace {

struct MarkedLine {
    bool done = false;
    bool next = false;
};

MarkedLine mark_of(const ScenarioView& scenario, int line) {
    MarkedLine marked;
    for (const ActionRow& action : scenario.actions) {
        if (action.line != line) continue;
        marked.done = marked.done || action.done;
        marked.next = marked.next || action.next;
    }
    return marked;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

void draw_text_of(const ViewModel& model, UiState& state, ImVec2 size) {
    const ScenarioView& scenario = model.scenario;
    const Box box("##text", size);
    fitted(ui().theme.dim, scenario.file, ImGui::GetContentRegionAvail().x - em() * 9);
    ImGui::SameLine(ImGui::GetContentRegionMax().x - button_width("Copy the text"));
    if (button("Copy the text")) {
        ImGui::SetClipboardText(scenario.text.c_str());
        ui().notice = "copied the scenario";
    }
    (void)state;
    const auto lines = lines_of(scenario.text);
    const Theme& theme = ui().theme;
    ImGui::BeginChild("lines", {0, 0}, false, ImGuiWindowFlags_HorizontalScrollbar);
    ImGui::PushFont(ui().fonts.fixed);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const MarkedLine marked = mark_of(scenario, i + 1);
            const ImVec2 at = ImGui::GetCursorScreenPos();
            if (marked.next) {
                ImGui::GetWindowDrawList()->AddRectFilled(
                    at,
                    {at.x + ImGui::GetWindowWidth(), at.y + em() * 1.2F},
                    faded(theme.accent, 0.22));
            }
            text(marked.next ? theme.accent : theme.dim,
                 fmt::format("{}{:>4} ",
                             marked.next   ? ">"
                             : marked.done ? "*"
                                           : " ",
                             i + 1));
            ImGui::SameLine(0, 0);
            const auto line = lines[static_cast<std::size_t>(i)];
            const bool comment = line.find_first_not_of(' ') != std::string_view::npos &&
                                 line[line.find_first_not_of(' ')] == '#';
            text(comment ? theme.dim : theme.text, line);
        }
    }
    ImGui::PopFont();
    ImGui::EndChild();
}

void draw_actions(const ViewModel& model, CommandSink& sink, ImVec2 size) {
    const ScenarioView& scenario = model.scenario;
    const Theme& theme = ui().theme;
    const Box box("What happens when", size, "click one to go there");
    if (scenario.actions.empty()) {
        wrapped_dim(
            "Nothing is planned in this scenario: everything follows from who takes part. "
            "Press I to do something yourself.");
        return;
    }
    int number = 0;
    for (const ActionRow& action : scenario.actions) {
        ImGui::PushID(number++);
        if (ImGui::Selectable("##action", action.next)) sink.send(SeekTo{action.at});
        ImGui::PopID();
        mark(fmt::format("action/{}", action.text));
        ImGui::SameLine(em() * 1.1F);
        dim(clock(seconds(action.at)));
        ImGui::SameLine(em() * 9.8F);
        const char* word = action.next ? "next" : action.done ? "done" : "";
        text(action.next ? theme.accent : theme.dim, word);
        ImGui::SameLine(em() * 12.6F);
        const std::string shown = (action.injected ? "by hand: " : "") + action.text;
        fitted(action.done ? theme.dim : theme.text, shown, ImGui::GetContentRegionAvail().x);
    }
}

/// On a logarithmic axis of time: what is near stands apart, what is far still has its place.
void draw_events(const ViewModel& model, ImVec2 size) {
    const ScenarioView& scenario = model.scenario;
    const Box box(
        "Next events", size, fmt::format("{} wait", with_commas(scenario.pending_events)));
    if (scenario.next_events.empty()) {
        wrapped_dim("Shown while the run is paused.");
        return;
    }
    const Theme& theme = ui().theme;
    const double now = seconds(model.clock.now);
    const float label = em() * 12;
    for (const NextEvent& event : scenario.next_events) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x;
        const double in = std::max(0.0, seconds(event.at) - now);
        const double place = std::clamp((std::log10(in + 0.01) + 2) / 8, 0.0, 1.0);
        const float x = at.x + label + static_cast<float>(place) * (width - label - em() * 7);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddRectFilled({at.x + label, at.y + em() * 0.55F},
                           {at.x + width, at.y + em() * 0.55F + 1},
                           theme.grid);
        list.AddCircleFilled({x, at.y + em() * 0.55F}, em() * 0.3F, theme.category(0), 12);
        draw_text(
            {at.x, at.y}, theme.text, fmt::format("{} x {}", with_commas(event.count), event.kind));
        const std::string when = "in " + duration(in);
        const float words = x + em() * 0.6F;
        list.AddRectFilled(
            {words - 2, at.y}, {words + text_width(when) + 3, at.y + em()}, theme.panel);
        draw_text({words, at.y}, theme.dim, when);
        ImGui::Dummy({width, em() * 1.2F});
    }
}

}  // namespace

void draw_scenario(const ViewModel& model, UiState& state, CommandSink& sink) {
    if (model.scenario.text.empty() && model.scenario.actions.empty()) {
        empty_state("The scenario's text is not there yet.",
                    "It comes with the next picture of the run.");
        return;
    }
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const ImVec2 gap = ImGui::GetStyle().ItemSpacing;
    const bool narrow = space.x < em() * 56;
    draw_text_of(
        model, state, narrow ? ImVec2{0, space.y * 0.5F} : ImVec2{std::floor(space.x * 0.55F), 0});
    if (!narrow) ImGui::SameLine();
    ImGui::BeginChild("right");
    const float height = ImGui::GetContentRegionAvail().y;
    const float events =
        std::min(height * 0.4F,
                 em() * (3 + 1.6F * static_cast<float>(model.scenario.next_events.size() + 1)));
    draw_actions(model, sink, {0, height - events - gap.y});
    draw_events(model, {0, 0});
    ImGui::EndChild();
}

TextTables scenario_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable actions{"Actions", {"time", "state", "what", "by hand", "line"}, {}};
    for (const ActionRow& action : model.scenario.actions) {
        actions.rows.push_back({clock(seconds(action.at)),
                                action.next   ? "next"
                                : action.done ? "done"
                                              : "to come",
                                action.text,
                                action.injected ? "yes" : "no",
                                std::to_string(action.line)});
    }
    TextTable source{"Text", {}, {}};
    for (const auto& line : lines_of(model.scenario.text))
        source.rows.push_back({std::string(line)});
    return {actions, source};
}

}  // namespace gui
