#include "gui/frame/frame.h"

#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gui {
namespace {

void settle_axes(const ViewModel& model, UiState& state) {
    const double now = seconds(model.clock.now);
    const double reached = std::max(now, seconds(model.clock.reached));
    const double end = std::max(reached, seconds(model.clock.end));
    state.time.limits = {0, std::max(reached, 1.0)};
    state.time.now = now;
    state.time.settle();
    state.time.hover = std::numeric_limits<double>::quiet_NaN();
    const bool whole = state.strip.shown == state.strip.limits;
    state.strip.limits = {0, std::max(end, 1.0)};
    state.strip.follow = false;
    state.strip.shown = whole ? state.strip.limits : clamped(state.strip.shown, state.strip.limits);
}

std::string tab_title(const PanelAbout& about, const ViewModel& model) {
    if (about.screen == Screen::kChecks && !model.checks.rows.empty()) {
        return fmt::format("Checks {}/{}", model.checks.held, model.checks.rows.size());
    }
    return about.title;
}

void draw_tab_menu(const PanelAbout& about, const ViewModel& model, UiState& state) {
    if (!ImGui::BeginPopupContextItem(about.name)) return;
    dim(std::string("Move ") + about.title);
    static constexpr std::array<const char*, 3> kPlaces{
        "to the left pane", "to the right pane", "to the lower right pane"};
    for (std::size_t i = 0; i < kPlaces.size(); ++i) {
        if (i > state.layout.panes.size()) continue;
        if (ImGui::MenuItem(kPlaces.at(i))) state.layout.move(about.screen, i);
        mark(kPlaces.at(i));
    }
    ImGui::Separator();
    static constexpr std::array<const char*, 2> kPictures{"Picture of this panel",
                                                          "Picture at double size"};
    for (std::size_t i = 0; i < kPictures.size(); ++i) {
        if (ImGui::MenuItem(kPictures.at(i))) {
            want_panel_picture(about.screen, static_cast<int>(i) + 1, model, state);
        }
        mark(kPictures.at(i));
    }
    ImGui::EndPopup();
}

void draw_workspace_menu(UiState& state) {
    flow(button_width("Layout"));
    if (button("Layout", "Workspaces: arrangements of screens")) ImGui::OpenPopup("workspaces");
    if (!ImGui::BeginPopup("workspaces")) return;
    for (std::size_t i = 0; i < kWorkspaces.size(); ++i) {
        if (ImGui::MenuItem(kWorkspaces.at(i).name)) state.layout = workspace(i);
        mark(kWorkspaces.at(i).name);
        if (ImGui::IsItemHovered()) tooltip(kWorkspaces.at(i).about);
    }
    ImGui::Separator();
    dim("Right click on a tab to move it to another pane.");
    ImGui::EndPopup();
}

/// Help in two sentences, and buttons that copy what the screen shows.
void draw_panel_head(const PanelAbout& about, const ViewModel& model, UiState& state) {
    const float buttons = button_width("Copy text") + button_width("Copy CSV") + em() * 1.5F;
    const float room = ImGui::GetContentRegionAvail().x - buttons;
    ImGui::AlignTextToFramePadding();
    if (state.preferences.help_shown) {
        fitted(ui().theme.dim, about.help, room);
    } else {
        dim(about.title);
    }
    ImGui::SameLine(ImGui::GetCursorPosX() + std::max(room, 0.0F));
    ImGui::PushID(about.name);
    if (button("Copy text", tip_of(state, "copy_text").c_str())) {
        copy_screen(about.screen, CopyAs::kText, model, state);
    }
    ImGui::SameLine();
    if (button("Copy CSV", tip_of(state, "copy_csv").c_str())) {
        copy_screen(about.screen, CopyAs::kCsv, model, state);
    }
    ImGui::PopID();
}

/// A screen's tab: a toggle with a line under the one that is shown.
void draw_tab(const PanelAbout& about, Pane& pane, const ViewModel& model, UiState& state) {
    const std::string title = tab_title(about, model);
    const bool shown = pane.shown == about.screen;
    ImGui::PushStyleColor(ImGuiCol_Button, shown ? ui().theme.chosen : ui().theme.window);
    const bool pressed = ImGui::Button(fmt::format("{}##{}", title, about.name).c_str());
    ImGui::PopStyleColor();
    mark(std::string("tab/") + about.name);
    if (pressed) pane.shown = about.screen;
    draw_tab_menu(about, model, state);
}

void draw_pane(
    std::size_t index, ImVec2 size, const ViewModel& model, UiState& state, CommandSink& sink) {
    ImGui::PushID(static_cast<int>(index));
    ImGui::BeginChild("pane", size);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(3, ImGui::GetStyle().ItemSpacing.y));
    const std::vector<Screen> tabs = state.layout.panes[index].tabs;
    for (std::size_t i = 0; i < tabs.size() && index < state.layout.panes.size(); ++i) {
        const PanelAbout& about = panel_of(tabs[i]);
        if (i > 0) flow(button_width(tab_title(about, model).c_str()));
        draw_tab(about, state.layout.panes[index], model, state);
    }
    ImGui::PopStyleVar();
    if (index == 0) draw_workspace_menu(state);
    if (index < state.layout.panes.size()) {
        const PanelAbout& about = panel_of(state.layout.panes[index].shown);
        draw_panel_head(about, model, state);
        state.panel_sizes[about.screen] = ImGui::GetContentRegionAvail();
        ImGui::BeginChild(about.name);
        about.draw(model, state, sink);
        ImGui::EndChild();
    }
    ImGui::EndChild();
    ImGui::PopID();
}

/// A bar between panes that can be dragged; `share` is of `total`.
void draw_splitter(
    const char* name, bool upright, ImVec2 at, ImVec2 size, float total, float& share) {
    float first = share * total;
    float second = total - first;
    const ImRect box(at, {at.x + size.x, at.y + size.y});
    ImGui::PushID(name);
    ImGui::SplitterBehavior(box,
                            ImGui::GetID("splitter"),
                            upright ? ImGuiAxis_X : ImGuiAxis_Y,
                            &first,
                            &second,
                            total * 0.1F,
                            total * 0.1F,
                            3);
    ImGui::PopID();
    ui().probe.add(name, box.Min, box.Max);
    share = std::clamp(first / total, 0.1F, 0.9F);
}

}  // namespace

void draw_panes(const ViewModel& model, UiState& state, CommandSink& sink) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImVec2 space = ImGui::GetContentRegionAvail();
    space.y = std::max(space.y - ImGui::GetFrameHeightWithSpacing(), em() * 6);
    const float gap = em() * 0.6F;
    if (state.layout.panes.size() == 1) {
        draw_pane(0, space, model, state, sink);
        return;
    }
    const float left = std::floor(space.x * state.layout.across);
    draw_pane(0, {left - gap / 2, space.y}, model, state, sink);
    draw_splitter("splitter across",
                  true,
                  {at.x + left - gap / 2, at.y},
                  {gap, space.y},
                  space.x,
                  state.layout.across);
    const float right = space.x - left - gap / 2;
    const bool three = state.layout.panes.size() > 2;
    const float upper = three ? std::floor(space.y * state.layout.down) - gap / 2 : space.y;
    if (state.layout.panes.size() < 2) return;
    ImGui::SetCursorScreenPos({at.x + left + gap / 2, at.y});
    draw_pane(1, {right, upper}, model, state, sink);
    if (!three || state.layout.panes.size() < 3) return;
    draw_splitter("splitter down",
                  false,
                  {at.x + left + gap / 2, at.y + upper},
                  {right, gap},
                  space.y,
                  state.layout.down);
    ImGui::SetCursorScreenPos({at.x + left + gap / 2, at.y + upper + gap});
    draw_pane(2, {right, space.y - upper - gap}, model, state, sink);
}

namespace {

/// One screen as a picture that explains itself: what it is, and of which run and moment.
void draw_alone(Screen screen, const ViewModel& model, UiState& state, CommandSink& sink) {
    const PanelAbout& about = panel_of(screen);
    ImGui::Begin("alone", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
    ImGui::PushFont(ui().fonts.large);
    fitted(about.title, ImGui::GetContentRegionAvail().x);
    ImGui::PopFont();
    fitted(ui().theme.dim,
           fmt::format("{}, seed {}, {}, block {}",
                       model.clock.title,
                       model.clock.seed,
                       clock(seconds(model.clock.now)),
                       with_commas(model.clock.height)),
           ImGui::GetContentRegionAvail().x);
    ImGui::BeginChild(about.name);
    about.draw(model, state, sink);
    ImGui::EndChild();
    ImGui::End();
}

}  // namespace

void draw_frame(const ViewModel& model, UiState& state, CommandSink& sink) {
    ui().probe.begin_frame();
    settle_axes(model, state);
    state.moving = false;
    run_keys(model, state, sink);
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    if (state.alone) {
        draw_alone(*state.alone, model, state, sink);
        return;
    }
    // Without a background of its own: clearing the screen paints it for nothing.
    ImGui::Begin("orrery",
                 nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollWithMouse);
    draw_transport(model, state, sink);
    draw_time_strip(model, state, sink);
    draw_tour_bar(model, state, sink);
    draw_panes(model, state, sink);
    draw_status(model, state, sink);
    ImGui::End();
    draw_inject(model, state, sink);
    draw_run_until(model, state, sink);
    draw_export(model, state, sink);
    draw_runs(model, state, sink);
    draw_key_sheet(model, state, sink);
    draw_open(model, state, sink);
    draw_palette(model, state, sink);
    state.focus_filter = false;
    state.step_rows = 0;
}

}  // namespace gui
