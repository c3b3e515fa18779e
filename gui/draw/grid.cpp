#include "gui/draw/grid.h"

#include "gui/draw/widgets.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace gui {
namespace {

constexpr ImGuiTableFlags kFlags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg |
                                   ImGuiTableFlags_Resizable | ImGuiTableFlags_BordersInnerV |
                                   ImGuiTableFlags_SizingStretchProp;

bool contains_in_any_case(std::string_view text, std::string_view word) {
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) ==
               std::tolower(static_cast<unsigned char>(b));
    };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

std::string_view trim_blanks(std::string_view word) {
    while (word.starts_with(' '))
        word.remove_prefix(1);
    while (word.ends_with(' '))
        word.remove_suffix(1);
    return word;
}

/// The lowest rank that no longer fits.
int first_hidden_rank(const Grid& grid, float width) {
    int highest = 0;
    for (const auto& column : grid.columns)
        highest = std::max(highest, column.rank);
    for (int rank = highest; rank > 0; --rank) {
        float needed = em();
        for (const auto& column : grid.columns)
            needed += column.rank <= rank ? (column.width + 0.75F) * em() : 0;
        if (needed <= width) return rank + 1;
    }
    return 1;
}

void set_up_columns(const Grid& grid, float width) {
    const int hidden = first_hidden_rank(grid, width);
    for (const auto& column : grid.columns) {
        ImGuiTableColumnFlags flags = ImGuiTableColumnFlags_None;
        if (column.rank >= hidden) flags |= ImGuiTableColumnFlags_Disabled;
        ImGui::TableSetupColumn(column.title, flags, column.width);
    }
    ImGui::TableSetupScrollFreeze(0, 1);
}

void draw_head(const Grid& grid) {
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
    for (std::size_t i = 0; i < grid.columns.size(); ++i) {
        if (!ImGui::TableSetColumnIndex(static_cast<int>(i))) continue;
        const GridColumn& column = grid.columns[i];
        ImGui::TableHeader(column.title);
        mark(std::string(grid.id) + "/" + column.title);
        if (column.tip != nullptr && ImGui::IsItemHovered()) tooltip(column.tip);
    }
}

void sort_rows(const Grid& grid, GridState& state) {
    const ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    int column = -1;
    bool descending = false;
    if (specs != nullptr && specs->SpecsCount > 0) {
        column = specs->Specs[0].ColumnIndex;
        descending = specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
    }
    const bool same =
        state.stamp == grid.stamp && state.column == column && state.descending == descending;
    if (same) return;
    state.stamp = grid.stamp;
    state.column = column;
    state.descending = descending;
    state.order.clear();
    for (std::size_t row = 0; row < grid.rows; ++row) {
        if (!grid.keeps || grid.keeps(row)) state.order.push_back(static_cast<std::uint32_t>(row));
    }
    if (column < 0 || !grid.compare) return;
    std::stable_sort(state.order.begin(), state.order.end(), [&](auto a, auto b) {
        const int order = grid.compare(a, b, static_cast<std::size_t>(column));
        return descending ? order > 0 : order < 0;
    });
}

/// Moves the choice by the keyboard: from the chosen row, or from the top.
void step_choice(const Grid& grid, GridState& state) {
    if (state.step == 0 || !grid.choose || !grid.chosen || state.order.empty()) return;
    const auto found = std::find_if(
        state.order.begin(), state.order.end(), [&](auto r) { return grid.chosen(r); });
    const auto last = static_cast<std::ptrdiff_t>(state.order.size()) - 1;
    std::ptrdiff_t at = state.step > 0 ? 0 : last;
    if (found != state.order.end()) at = found - state.order.begin() + state.step;
    at = std::clamp<std::ptrdiff_t>(at, 0, last);
    grid.choose(state.order[static_cast<std::size_t>(at)]);
    ImGui::SetScrollY(
        std::max(0.0F, static_cast<float>(at) * ImGui::GetTextLineHeightWithSpacing() - em() * 6));
    state.step = 0;
}

void draw_row(const Grid& grid, std::size_t row) {
    ImGui::TableNextRow();
    if (const Rgba tint = grid.tint ? grid.tint(row) : 0; tint != 0) {
        ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg1, tint);
    }
    bool first = true;
    for (std::size_t column = 0; column < grid.columns.size(); ++column) {
        if (!ImGui::TableSetColumnIndex(static_cast<int>(column))) continue;
        if (first && grid.name) {
            const std::string name = grid.name(row);
            ImGui::PushID(static_cast<int>(row));
            if (ImGui::Selectable(
                    "##row",
                    grid.chosen && grid.chosen(row),
                    ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowItemOverlap) &&
                grid.choose) {
                grid.choose(row);
            }
            ImGui::PopID();
            mark(name);
            ImGui::SameLine(0, 0);
        }
        first = false;
        grid.cell(row, column);
    }
}

}  // namespace

bool passes_filter(std::string_view filter, std::string_view text) {
    bool wanted = false;
    bool found = false;
    while (!filter.empty()) {
        const auto comma = filter.find(',');
        const auto word = trim_blanks(filter.substr(0, comma));
        filter = comma == std::string_view::npos ? "" : filter.substr(comma + 1);
        if (word.empty() || word == "-") continue;
        if (word.front() == '-') {
            if (contains_in_any_case(text, word.substr(1))) return false;
            continue;
        }
        wanted = true;
        found = found || contains_in_any_case(text, word);
    }
    return !wanted || found;
}

std::uint64_t stamp_of(std::uint64_t number, std::string_view text) {
    std::uint64_t hash = 1469598103934665603ULL ^ number;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    return hash;
}

void draw_grid(const Grid& grid, GridState& state) {
    const float width = grid.size.x > 0 ? grid.size.x : ImGui::GetContentRegionAvail().x;
    ImGuiTableFlags flags = kFlags;
    if (grid.compare) flags |= ImGuiTableFlags_Sortable | ImGuiTableFlags_SortTristate;
    if (!ImGui::BeginTable(grid.id, static_cast<int>(grid.columns.size()), flags, grid.size))
        return;
    set_up_columns(grid, width);
    draw_head(grid);
    sort_rows(grid, state);
    step_choice(grid, state);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(state.order.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            draw_row(grid, state.order[static_cast<std::size_t>(i)]);
    }
    ImGui::EndTable();
}

}  // namespace gui
