// The dialog that opens a scenario or a recorded run: what was opened before, then a folder. One
// field takes the letters typed; the arrow keys, Enter and Backspace do the rest.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/frame/frame.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {

namespace fs = std::filesystem;

namespace {

/// More rows than these are asked for by a letter, not by scrolling.
constexpr std::size_t kShown = 300;
constexpr float kListEms = 24;

bool pressed(ImGuiKey key, bool repeat = true) {
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeat);
}

void go_to(OpenForm& form, const fs::path& folder) {
    form.folder = folder.lexically_normal().string();
    form.filter.clear();
    form.problem.clear();
    form.chosen = -1;
    form.take_keyboard = true;
}

void go_up(OpenForm& form) {
    const fs::path here = form.folder;
    if (here.has_relative_path()) go_to(form, here.parent_path());
}

/// Reads the folder when it is another one than before.
void read_if_needed(OpenForm& form, const std::vector<std::string>& recent) {
    if (form.folder.empty()) form.folder = folder_to_begin(recent).string();
    if (form.listed_folder == form.folder) return;
    form.listed = list_folder(form.folder);
    form.listed_folder = form.folder;
    form.recent = list_files(recent);
}

/// A path that was typed or pasted; empty when the field holds letters to filter by.
fs::path typed_path(const OpenForm& form) {
    if (form.filter.find('/') == std::string::npos) return {};
    return fs::path(form.folder) / form.filter;
}

struct Shown {
    std::vector<const FileRow*> rows;
    std::size_t recent = 0;  ///< the first so many were opened before
    std::size_t hidden = 0;  ///< fit the filter, but are too many
};

Shown rows_of(const OpenForm& form) {
    Shown out;
    if (!typed_path(form).empty()) return out;
    const auto fits = [&](const FileRow& row) {
        return form.filter.empty() || passes_filter(form.filter, row.name);
    };
    for (const FileRow& row : form.recent) {
        if (fits(row)) out.rows.push_back(&row);
    }
    out.recent = out.rows.size();
    for (const FileRow& row : form.listed.rows) {
        if (!fits(row)) continue;
        if (out.rows.size() < kShown) {
            out.rows.push_back(&row);
        } else {
            ++out.hidden;
        }
    }
    return out;
}

void choose(const FileRow& row, UiState& state) {
    if (row.folder) {
        go_to(state.opening, row.path);
    } else {
        state.opening.problem.clear();
        state.opening.take_keyboard = true;
        state.open_path = row.path.string();
    }
}

void enter(const Shown& shown, UiState& state) {
    OpenForm& form = state.opening;
    const fs::path typed = typed_path(form);
    std::error_code ignored;
    if (!typed.empty() && fs::is_directory(typed, ignored)) {
        go_to(form, typed);
    } else if (!typed.empty()) {
        state.open_path = typed.string();
    } else if (form.chosen >= 0 && form.chosen < static_cast<int>(shown.rows.size())) {
        choose(*shown.rows[static_cast<std::size_t>(form.chosen)], state);
    }
    form.take_keyboard = true;
}

void move_choice(const Shown& shown, OpenForm& form) {
    const int last = static_cast<int>(shown.rows.size()) - 1;
    // A new folder begins with its own first row, not with a file of another.
    if (form.chosen < 0) form.chosen = static_cast<int>(shown.recent);
    const int before = form.chosen;
    if (pressed(ImGuiKey_DownArrow)) ++form.chosen;
    if (pressed(ImGuiKey_UpArrow)) --form.chosen;
    if (pressed(ImGuiKey_PageDown)) form.chosen += 10;
    if (pressed(ImGuiKey_PageUp)) form.chosen -= 10;
    form.chosen = std::clamp(form.chosen, 0, std::max(last, 0));
    form.scroll = form.scroll || form.chosen != before;
}

/// True when it was clicked.
bool draw_row(const FileRow& row, int number, OpenForm& form) {
    const Theme& theme = ui().theme;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float size = width - em() * 9;  // right end of the size's column
    ImGui::PushID(number);
    const bool clicked = ImGui::Selectable("##file", form.chosen == number);
    ImGui::PopID();
    mark("file/" + row.name);
    if (form.chosen == number && form.scroll) {
        ImGui::SetScrollHereY(0.5F);
        form.scroll = false;
    }
    const std::string name = row.folder ? row.name + "/" : row.name;
    draw_text(at, row.missing ? theme.dim : theme.text, cut(name, size - em() * 6));
    const std::string bytes = row.missing ? "gone" : row.folder ? "folder" : size_text(row.bytes);
    draw_text({at.x + size - text_width(bytes), at.y}, theme.dim, bytes);
    draw_text({at.x + width - text_width(row.changed), at.y}, theme.dim, row.changed);
    return clicked;
}

void draw_rows(const Shown& shown, UiState& state) {
    OpenForm& form = state.opening;
    const FileRow* clicked = nullptr;
    ImGui::BeginChild("files", {0, std::min(em() * kListEms, ImGui::GetIO().DisplaySize.y * 0.5F)});
    for (std::size_t i = 0; i < shown.rows.size(); ++i) {
        if (i == 0 && shown.recent > 0) text(ui().theme.accent, "Opened before");
        if (i == shown.recent) text(ui().theme.accent, form.folder);
        if (draw_row(*shown.rows[i], static_cast<int>(i), form)) clicked = shown.rows[i];
    }
    if (shown.rows.size() == shown.recent) {
        if (!form.listed.problem.empty()) {
            wrapped_dim(form.listed.problem);
        } else {
            wrapped_dim(typed_path(form).empty()
                            ? form.folder + ": no folder, *.yaml, *.yml or *.db of this name here."
                            : "Enter opens " + typed_path(form).string());
        }
    }
    if (shown.hidden > 0) dim(fmt::format("and {} more: type some letters", shown.hidden));
    ImGui::EndChild();
    if (clicked != nullptr) choose(*clicked, state);
}

/// What is lost with the run that is left.
void draw_warning(const ViewModel& model) {
    const auto lost = std::count_if(model.runs.begin(), model.runs.end(), [](const RunRow& run) {
        return !run.injections.empty();
    });
    if (lost == 0) return;
    text(ui().theme.warning,
         fmt::format("{} with injections of yours end: Ctrl+S first keeps one as a scenario.",
                     lost == 1 ? "A run" : fmt::format("{} runs", lost)));
}

}  // namespace

void draw_open(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    OpenForm& form = state.opening;
    if (!form.open || !begin_dialog("Open a scenario or a recorded run", form.open, 56)) return;
    read_if_needed(form, state.recent);
    if (ImGui::IsWindowAppearing() || form.take_keyboard) ImGui::SetKeyboardFocusHere();
    form.take_keyboard = false;
    const bool nothing_typed = form.filter.empty();
    const float up = button_width("Parent folder") + ImGui::GetStyle().ItemSpacing.x;
    if (text_field("open filter", "type a part of the name, or a path", form.filter, -up)) {
        form.chosen = 0;
        form.problem.clear();
    }
    ImGui::SameLine();
    if (button("Parent folder", "Backspace, when nothing is typed")) go_up(form);
    // Held down to empty the field it must not climb on.
    if (nothing_typed && pressed(ImGuiKey_Backspace, false)) go_up(form);
    read_if_needed(form, state.recent);
    const Shown shown = rows_of(form);
    move_choice(shown, form);
    const bool entered = pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeyPadEnter);
    if (!form.problem.empty()) {
        ImGui::PushTextWrapPos(0);
        text(ui().theme.worse, "Cannot be opened: " + form.problem);
        ImGui::PopTextWrapPos();
        mark("open problem");
    }
    draw_warning(model);
    draw_rows(shown, state);
    if (entered) enter(shown, state);
    dim("Up and Down choose, Enter opens, Backspace goes to the parent folder, Esc closes.");
    end_dialog();
}

}  // namespace gui
