// What must hold: each check with its state in a word and a shape, its distance to the bound, its
// series with the bound drawn in, and the way to the moment it first failed.
#include "gui/draw/widgets.h"
#include "gui/frame/frame.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

constexpr std::array<GridColumn, 5> kColumns{{
    {"state", 6.5F, 0},
    {"what must hold", 16, 0},
    {"found", 10, 1},
    {"bound", 6, 2},
    {"margin", 5, 1, "distance to the bound as a share of it; below zero is a violation"},
}};

const char* state_word(CheckState state) {
    static constexpr std::array<const char*, 4> kWords{"holds", "FAILED", "pending", "not reached"};
    return kWords.at(static_cast<std::size_t>(state));
}

Rgba state_colour(CheckState state) {
    const Theme& theme = ui().theme;
    if (state == CheckState::kHeld) return theme.better;
    return state == CheckState::kFailed ? theme.worse : theme.dim;
}

/// Filled circle holds, cross failed, ring pending, dash not reached.
void draw_state(CheckState state) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float r = em() * 0.36F;
    const ImVec2 centre{at.x + r, at.y + em() * 0.5F};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Rgba colour = state_colour(state);
    switch (state) {
        case CheckState::kHeld:
            list.AddCircleFilled(centre, r, colour, 16);
            break;
        case CheckState::kFailed:
            draw_marker(MarkerKind::kFailedCheck, centre, r, colour);
            break;
        case CheckState::kPending:
            list.AddCircle(centre, r, colour, 16, 1.5F);
            break;
        case CheckState::kNotReached:
            list.AddRectFilled({at.x, centre.y - 1}, {at.x + r * 2, centre.y + 1}, colour);
            break;
    }
    ImGui::Dummy({r * 2, em()});
    ImGui::SameLine();
    text(state == CheckState::kFailed ? colour : ui().theme.text, state_word(state));
}

void draw_cell(const CheckRow& row, std::size_t column) {
    const float width = ImGui::GetContentRegionAvail().x;
    switch (column) {
        case 0:
            draw_state(row.state);
            break;
        case 1:
            fitted(row.title, width);
            break;
        case 2:
            // The value; when it was found stands beside the plot.
            fitted(ui().theme.dim, row.value.empty() ? row.text : row.value, width);
            break;
        case 3:
            fitted(ui().theme.dim, row.bound, width);
            break;
        default:
            if (row.has_margin) {
                right(row.margin < 0 ? ui().theme.worse : ui().theme.text,
                      fmt::format("{:+.1f} %", row.margin * 100));
            } else {
                right(ui().theme.dim, "-");
            }
            break;
    }
}

int compare_rows(const CheckRow& a, const CheckRow& b, std::size_t column) {
    switch (column) {
        case 0:
            return three_way(a.state, b.state);
        case 1:
            return three_way(a.title, b.title);
        case 2:
            return three_way(a.text, b.text);
        case 3:
            return three_way(a.bound, b.bound);
        default:
            return three_way(a.margin, b.margin);
    }
}

const CheckRow& chosen_row(const ViewModel& model, UiState& state) {
    const auto& rows = model.checks.rows;
    if (state.chosen_check < 0 || state.chosen_check >= static_cast<int>(rows.size())) {
        const auto failed = std::find_if(rows.begin(), rows.end(), [](const CheckRow& r) {
            return r.state == CheckState::kFailed;
        });
        const auto drawn = std::find_if(
            rows.begin(), rows.end(), [](const CheckRow& r) { return !r.series.empty(); });
        const auto first = failed != rows.end()  ? failed
                           : drawn != rows.end() ? drawn
                                                 : rows.begin();
        state.chosen_check = static_cast<int>(first - rows.begin());
    }
    return rows[static_cast<std::size_t>(state.chosen_check)];
}

void draw_list(const ViewModel& model, UiState& state, ImVec2 size) {
    const ChecksView& checks = model.checks;
    const Box box(
        "Checks",
        size,
        fmt::format("{} hold, {} failed, {} to come", checks.held, checks.failed, checks.pending));
    Grid grid;
    grid.id = "checks";
    grid.columns = kColumns;
    grid.rows = checks.rows.size();
    grid.stamp = model.clock.number;
    grid.cell = [&](std::size_t row, std::size_t column) { draw_cell(checks.rows[row], column); };
    grid.compare = [&](std::size_t a, std::size_t b, std::size_t column) {
        return compare_rows(checks.rows[a], checks.rows[b], column);
    };
    grid.name = [&](std::size_t row) { return "check/" + checks.rows[row].title; };
    grid.chosen = [&](std::size_t row) { return static_cast<int>(row) == state.chosen_check; };
    grid.choose = [&](std::size_t row) { state.chosen_check = static_cast<int>(row); };
    grid.tint = [&](std::size_t row) {
        return checks.rows[row].state == CheckState::kFailed ? faded(ui().theme.worse, 0.16) : 0U;
    };
    state.checks.step = state.step_rows;
    draw_grid(grid, state.checks);
}

void draw_series(const CheckRow& row, const ViewModel& model, UiState& state) {
    if (row.series.empty()) {
        empty_state("This check has no series to show.",
                    "It is a rule that is looked at in every block, or a query at the end.");
        return;
    }
    const auto series = model.series->find(row.series);
    PlotSpec spec;
    spec.title = row.series;
    if (series) spec.unit = model.series->label(*series).unit;
    if (spec.unit == "share") spec.format = Format::kPercent;
    Plot plot(spec, state.time, state.plot("check " + row.series));
    plot.series(*model.series, row.series, row.series, ui().theme.category(0), Look::kBand);
    plot.threshold(row.bound_value, "bound " + row.bound, ui().theme.worse);
    if (row.window.to > row.window.from) {
        plot.span(seconds(row.window), "the time in which it must hold", ui().theme.category(2));
    }
    if (row.has_violation)
        plot.marker(seconds(row.violated_at), "first violation", ui().theme.worse);
    plot.show();
}

void draw_detail(const ViewModel& model, UiState& state, CommandSink& sink) {
    const CheckRow& row = chosen_row(model, state);
    const Box box("##check", {0, 0});
    ImGui::PushFont(ui().fonts.large);
    fitted(row.title, ImGui::GetContentRegionAvail().x);
    ImGui::PopFont();
    wrapped(row.text);
    if (!row.place.empty()) dim(row.place);
    if (row.has_violation) {
        const std::string jump = "Go to " + clock(seconds(row.violated_at));
        if (button(jump.c_str(), "The first moment at which it failed")) {
            sink.send(SeekTo{row.violated_at});
        }
        mark("jump to violation");
        ImGui::SameLine();
    }
    if (button("Copy the command that reproduces it")) {
        ImGui::SetClipboardText(model.clock.reproduce_command.c_str());
        ui().notice = "copied: " + model.clock.reproduce_command;
    }
    draw_series(row, model, state);
}

}  // namespace

void draw_checks(const ViewModel& model, UiState& state, CommandSink& sink) {
    if (model.checks.rows.empty()) {
        empty_state("This scenario expects nothing.",
                    "Add a list 'expect' to its file; each entry names a series and a bound.");
        return;
    }
    const ImVec2 space = ImGui::GetContentRegionAvail();
    if (space.x < em() * 60) {
        draw_list(model, state, {0, std::floor(space.y * 0.45F)});
    } else {
        draw_list(model, state, {std::floor(space.x * 0.55F), 0});
        ImGui::SameLine();
    }
    draw_detail(model, state, sink);
}

TextTables checks_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable table{"Checks", {"state", "what must hold", "found", "bound", "margin", "where"}, {}};
    for (const CheckRow& row : model.checks.rows) {
        table.rows.push_back({state_word(row.state),
                              row.title,
                              row.text,
                              row.bound,
                              row.has_margin ? fmt::format("{:.4f}", row.margin) : "",
                              row.place});
    }
    return {table};
}

}  // namespace gui
