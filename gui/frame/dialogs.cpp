// The smaller dialogs: run until something happens, export, the list of runs, and the sheet of
// keys.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/frame/frame.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {
namespace {

constexpr std::array<const char*, 10> kUntil{"a time (days since the start)",
                                             "a block height",
                                             "the next planned action",
                                             "the next lease",
                                             "an order ends without a bid",
                                             "a check fails",
                                             "a provider fails",
                                             "an escrow account runs dry",
                                             "a series rises above",
                                             "a series falls below"};

constexpr std::array<const char*, 4> kExports{"Picture (PNG)",
                                              "All series (CSV)",
                                              "Database of the run (SQLite)",
                                              "This run as a scenario (YAML)"};
constexpr std::array<const char*, 4> kEndings{".png", ".csv", ".db", ".yaml"};

std::string default_path(const ViewModel& model, const ExportForm& form) {
    if (form.what == 0) return picture_path(model, form.panel, form.scale);
    const std::string name = model.clock.scenario.empty() ? "orrery" : model.clock.scenario;
    return fmt::format("{}-day{:.0f}{}",
                       name,
                       seconds(model.clock.now) / 86400,
                       kEndings.at(static_cast<std::size_t>(form.what)));
}

void send_export(const ViewModel& model, UiState& state, CommandSink& sink) {
    const ExportForm& form = state.exporting;
    (void)model;
    switch (form.what) {
        case 0:
            state.picture = {form.path, form.panel, form.scale};
            break;
        case 1:
            sink.send(ExportCsv{form.path, {}, state.interest.range});
            break;
        case 2:
            sink.send(ExportDatabase{form.path, form.replace});
            break;
        default:
            sink.send(SaveScenario{form.path, form.replace});
            break;
    }
}

/// Of what a picture is, and how large.
void draw_picture_choice(const UiState& state, ExportForm& form) {
    static constexpr const char* kWindow = "the whole window";
    std::vector<std::string> names{kWindow};
    for (const Pane& pane : state.layout.panes)
        names.emplace_back(panel_of(pane.shown).title);
    std::string chosen = form.panel ? panel_of(*form.panel).title : kWindow;
    ImGui::SetNextItemWidth(em() * 14);
    bool changed = drop_down("picture of", chosen, names);
    if (changed) form.panel.reset();
    for (const Pane& pane : state.layout.panes) {
        if (changed && panel_of(pane.shown).title == chosen) form.panel = pane.shown;
    }
    ImGui::SameLine();
    static constexpr std::array<const char*, 2> kSizes{"usual size", "double size"};
    int twice = form.scale - 1;
    changed = choice(kSizes, twice) || changed;
    form.scale = twice + 1;
    if (changed) form.path.clear();
}

void draw_run_row(const RunRow& run, const ViewModel& model, CommandSink& sink) {
    ImGui::PushID(static_cast<int>(run.key));
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    if (ImGui::Selectable(run.name.c_str(), run.selected)) sink.send(SwitchRun{run.key});
    mark("run/" + run.name);
    ImGui::TableNextColumn();
    text(run.parent == kNoKey ? "" : clock(seconds(run.forked_at)));
    ImGui::TableNextColumn();
    text(fmt::format("{}  block {}", clock(seconds(run.now)), with_commas(run.height)));
    ImGui::TableNextColumn();
    text(run.digest.substr(0, 12));
    ImGui::TableNextColumn();
    if (run.injections.empty()) {
        dim(run.parent == kNoKey ? "the scenario as written" : "");
    } else {
        fitted(run.injections.back(), ImGui::GetContentRegionAvail().x);
    }
    ImGui::TableNextColumn();
    if (!run.selected && toggle("compare", run.compared)) {
        sink.send(Compare{run.compared ? kNoKey : run.key});
    }
    const bool parent = std::any_of(model.runs.begin(), model.runs.end(), [&](const RunRow& other) {
        return other.parent == run.key;
    });
    if (!run.selected && !parent && run.key != 0) {
        ImGui::SameLine();
        if (button("forget")) sink.send(DropRun{run.key});
    }
    ImGui::PopID();
}

void draw_bookmarks(const ViewModel& model, CommandSink& sink) {
    int number = 0;
    for (const Marker& marker : model.strip.markers) {
        if (marker.kind != MarkerKind::kBookmark) continue;
        if (number++ == 0) dim("Bookmarks");
        ImGui::PushID(number);
        if (button("go")) sink.send(SeekTo{marker.at});
        ImGui::SameLine();
        if (button("remove")) sink.send(RemoveBookmark{marker.at});
        ImGui::SameLine();
        ImGui::AlignTextToFramePadding();
        text(clock(seconds(marker.at)) + "  " + marker.text);
        ImGui::PopID();
    }
}

}  // namespace

bool begin_dialog(const char* title, bool& open, float width) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float wide = std::min(em() * width, screen.x * 0.96F);
    ImGui::SetNextWindowPos({screen.x / 2, screen.y * 0.12F}, ImGuiCond_Always, {0.5F, 0});
    ImGui::SetNextWindowSizeConstraints({wide, 0}, {wide, screen.y * 0.82F});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, ui().theme.panel);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0F);
    const bool visible = ImGui::Begin(
        title,
        &open,
        ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoCollapse |
            ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
    if (!visible) ImGui::End();
    return visible;
}

void end_dialog() {
    ImGui::End();
}

void draw_run_until(const ViewModel& model, UiState& state, CommandSink& sink) {
    RunUntilForm& form = state.run_until;
    if (!form.open || !begin_dialog("Run until", form.open, 30)) return;
    for (int i = 0; i < static_cast<int>(kUntil.size()); ++i) {
        if (ImGui::RadioButton(kUntil.at(static_cast<std::size_t>(i)), form.what == i))
            form.what = i;
        mark(kUntil.at(static_cast<std::size_t>(i)));
    }
    const auto what = static_cast<RunUntil::What>(form.what);
    ImGui::SetNextItemWidth(em() * 10);
    if (what == RunUntil::What::kTime) ImGui::InputDouble("days", &form.days, 0.5, 1, "%.3f");
    if (what == RunUntil::What::kHeight) ImGui::InputInt("height", &form.height);
    const bool series =
        what == RunUntil::What::kSeriesAbove || what == RunUntil::What::kSeriesBelow;
    if (series) {
        std::vector<std::string> names;
        for (const SeriesLabel& label : model.series->labels())
            names.push_back(label.name);
        ImGui::SetNextItemWidth(em() * 18);
        drop_down("series", form.series, names);
        ImGui::SetNextItemWidth(em() * 10);
        ImGui::InputDouble("bound", &form.bound, 0, 0, "%.6g");
    }
    ImGui::Spacing();
    if (button("Run until then")) {
        sink.send(RunUntil{what, time_at(form.days * 86400), form.height, form.series, form.bound});
        form.open = false;
    }
    ImGui::SameLine();
    if (button("Cancel")) form.open = false;
    end_dialog();
}

void draw_export(const ViewModel& model, UiState& state, CommandSink& sink) {
    ExportForm& form = state.exporting;
    if (!form.open || !begin_dialog("Export", form.open, 34)) return;
    for (int i = 0; i < static_cast<int>(kExports.size()); ++i) {
        if (ImGui::RadioButton(kExports.at(static_cast<std::size_t>(i)), form.what == i)) {
            form.what = i;
            form.path.clear();
        }
        mark(kExports.at(static_cast<std::size_t>(i)));
    }
    if (form.what == 0) draw_picture_choice(state, form);
    if (form.path.empty()) form.path = default_path(model, form);
    dim("file");
    text_field("path", "where to write it", form.path, -1);
    if (form.what >= 2) checkbox("replace a file that is there", form.replace);
    if (form.what == 1 && has_range(state)) dim("limited to the selected range");
    ImGui::Spacing();
    if (button("Write")) {
        send_export(model, state, sink);
        form.open = false;
    }
    ImGui::SameLine();
    if (button("Cancel")) form.open = false;
    end_dialog();
}

void draw_runs(const ViewModel& model, UiState& state, CommandSink& sink) {
    if (!state.runs_shown || !begin_dialog("Runs and branches", state.runs_shown, 64)) return;
    if (ImGui::BeginTable("runs", 6, ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingStretchProp)) {
        for (const char* title : {"run", "forked at", "clock", "digest", "last injection", ""})
            ImGui::TableSetupColumn(title);
        ImGui::TableHeadersRow();
        for (const RunRow& run : model.runs)
            draw_run_row(run, model, sink);
        ImGui::EndTable();
    }
    draw_bookmarks(model, sink);
    ImGui::Spacing();
    static constexpr const char* kCommand = "Copy the command that runs this again";
    if (button(kCommand)) {
        ImGui::SetClipboardText(model.clock.reproduce_command.c_str());
        ui().notice = "copied: " + model.clock.reproduce_command;
    }
    ImGui::SameLine();
    if (button("Run with the next seed")) sink.send(RunSeed{model.clock.seed + 1});
    end_dialog();
}

void draw_key_sheet(const ViewModel& model, UiState& state, CommandSink& sink) {
    if (!state.keys_shown || !begin_dialog("Keys", state.keys_shown, 66)) return;
    const int columns = ImGui::GetContentRegionAvail().x > em() * 44 ? 2 : 1;
    if (ImGui::BeginTable("keys", columns)) {
        ImGui::TableNextColumn();
        std::string_view group;
        int row = 0;
        const auto list = action_list();
        for (const ActionAbout& about : list) {
            if (columns == 2 && row == static_cast<int>(list.size() + 1) / 2) {
                ImGui::TableNextColumn();
            }
            if (about.group != group) {
                text(ui().theme.accent, about.group);
                group = about.group;
            }
            ++row;
            const std::string keys = state.shortcuts.keys_of(about.id);
            if (ImGui::Selectable(fmt::format("##{}", about.id).c_str())) {
                run_action(about.id, model, state, sink);
            }
            ImGui::SameLine(em() * 0.5F);
            fitted(keys.empty() ? "-" : keys, em() * 11.5F);
            ImGui::SameLine(em() * 12.5F);
            dim(about.title);
        }
        ImGui::EndTable();
    }
    ImGui::Separator();
    wrapped_dim(
        "Tab begins moving the focus with the arrow keys, Esc ends it and closes dialogs. "
        "The keys can be changed in the file keys.txt of the settings folder.");
    end_dialog();
}

}  // namespace gui
