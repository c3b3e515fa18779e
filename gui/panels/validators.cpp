// Who makes the blocks: validators by power, who proposed each of the last blocks, and how long
// blocks took.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace gui {
namespace {

constexpr std::array<GridColumn, 6> kColumns{{
    {"validator", 7, 0},
    {"power", 5, 1},
    {"share", 7, 0},
    {"blocks", 4.5F, 0, "proposed since the start"},
    {"of all blocks", 5, 2, "should be near its share of the power"},
    {"region", 5.5F, 3},
}};

std::int64_t all_proposed(const ValidatorsView& view) {
    std::int64_t sum = 0;
    for (const ValidatorRow& row : view.validators)
        sum += row.proposed;
    return sum;
}

void draw_cell(const ValidatorRow& row, std::size_t column, std::int64_t blocks) {
    switch (column) {
        case 0:
            fitted(row.name, ImGui::GetContentRegionAvail().x);
            break;
        case 1:
            right(si(static_cast<double>(row.power)));
            break;
        case 2:
            meter(row.share * 4,
                  percent(row.share),
                  ui().theme.category(0),
                  {ImGui::GetContentRegionAvail().x, em() * 1.1F});
            break;
        case 3:
            right(with_commas(row.proposed));
            break;
        case 4:
            right(blocks > 0
                      ? percent(static_cast<double>(row.proposed) / static_cast<double>(blocks))
                      : "-");
            break;
        default:
            fitted(row.region, ImGui::GetContentRegionAvail().x);
            break;
    }
}

int compare_rows(const ValidatorRow& a, const ValidatorRow& b, std::size_t column) {
    switch (column) {
        case 0:
            return three_way(a.key, b.key);
        case 1:
        case 2:
            return three_way(a.power, b.power);
        case 3:
        case 4:
            return three_way(a.proposed, b.proposed);
        default:
            return three_way(a.region, b.region);
    }
}

void draw_list(const ViewModel& model, UiState& state, ImVec2 size) {
    const ValidatorsView& view = model.validators;
    const Box box(
        "Validators", size, fmt::format("{}, in order of the scenario", view.validators.size()));
    const std::int64_t blocks = all_proposed(view);
    Grid grid;
    grid.id = "validators";
    const bool regions = std::any_of(view.validators.begin(),
                                     view.validators.end(),
                                     [](const auto& row) { return !row.region.empty(); });
    grid.columns = std::span(kColumns).first(kColumns.size() - (regions ? 0 : 1));
    grid.rows = view.validators.size();
    grid.stamp = model.clock.number;
    grid.cell = [&](std::size_t row, std::size_t column) {
        draw_cell(view.validators[row], column, blocks);
    };
    grid.compare = [&](std::size_t a, std::size_t b, std::size_t column) {
        return compare_rows(view.validators[a], view.validators[b], column);
    };
    grid.name = [&](std::size_t row) { return "validator/" + view.validators[row].name; };
    grid.chosen = [&](std::size_t row) { return static_cast<int>(row) == state.chosen_validator; };
    grid.choose = [&](std::size_t row) { state.chosen_validator = static_cast<int>(row); };
    state.validators.step = state.step_rows;
    draw_grid(grid, state.validators);
}

/// One cell per block, row by row as text is read; the chosen validator's blocks are filled.
void draw_blocks(const ViewModel& model, UiState& state, ImVec2 size) {
    const ValidatorsView& view = model.validators;
    const Box box("Who proposed the last blocks",
                  size,
                  "oldest first; the colour is the validator, a frame marks the chosen one");
    if (view.proposers.empty()) {
        empty_state("No block yet.", "Press . for one block, or Space to let the run go on.");
        return;
    }
    const Theme& theme = ui().theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const double cells = static_cast<double>(view.proposers.size());
    const auto side = static_cast<float>(
        std::clamp(std::sqrt(static_cast<double>(space.x * space.y) / cells) * 0.96, 5.0, 60.0));
    const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>(space.x / side));
    ImGui::InvisibleButton("blocks", space);
    mark("blocks");
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    for (std::size_t i = 0; i < view.proposers.size(); ++i) {
        const ImVec2 from{at.x + side * static_cast<float>(i % columns),
                          at.y + side * static_cast<float>(i / columns)};
        const ImVec2 to{from.x + side - 1.5F, from.y + side - 1.5F};
        if (to.y > at.y + space.y) break;
        const std::size_t who = view.proposers[i];
        const bool chosen = static_cast<int>(who) == state.chosen_validator;
        const Rgba colour = theme.category(who);
        list.AddRectFilled(from, to, faded(colour, chosen ? 1.0 : 0.45));
        if (chosen) list.AddRect(from, to, theme.text);
        if (side > em() * 1.7F) {
            draw_centred((from.x + to.x) / 2,
                         from.y + (side - em()) / 2,
                         {from.x, to.x},
                         theme.text,
                         std::to_string(who));
        }
        const bool hovered = ImGui::IsItemHovered() && mouse.x >= from.x && mouse.x < to.x &&
                             mouse.y >= from.y && mouse.y < to.y;
        if (!hovered || who >= view.validators.size()) continue;
        tooltip(fmt::format("block {}\n{}",
                            with_commas(view.first_height + static_cast<std::int64_t>(i)),
                            view.validators[who].name));
        if (ImGui::IsItemClicked()) state.chosen_validator = static_cast<int>(who);
    }
}

void draw_block_times(const ViewModel& model, UiState& state, ImVec2 size) {
    const ValidatorsView& view = model.validators;
    const Box box("##times", size);
    fitted(fmt::format("{} transactions so far, {} refused",
                       with_commas(view.transactions),
                       with_commas(view.failed)),
           ImGui::GetContentRegionAvail().x);
    const auto [least, most] =
        std::minmax_element(view.block_seconds.begin(), view.block_seconds.end());
    if (least == most || *most - *least < 0.001F) {
        empty_state(view.block_seconds.empty() ? std::string("No block yet.")
                                               : fmt::format("Each of the last blocks took {} s.",
                                                             si(static_cast<double>(*most))),
                    "A scenario's 'block: { interval, jitter }' lets them differ.");
        return;
    }
    Axis& axis = state.axes["block times"];
    axis.kind = Axis::Kind::kNumber;
    axis.title = "seconds between blocks";
    std::vector<double> values(view.block_seconds.begin(), view.block_seconds.end());
    const Histogram bins = histogram(values, std::min(bins_for(values), 30));
    axis.limits = bins.counts.empty() ? Range{0, 1} : bins.range;
    axis.settle();
    std::vector<BarItem> bars;
    const double count = static_cast<double>(bins.counts.size());
    for (std::size_t i = 0; i < bins.counts.size(); ++i) {
        const Range x{bins.range.at(static_cast<double>(i) / count),
                      bins.range.at(static_cast<double>(i + 1) / count)};
        bars.push_back({x,
                        bins.counts[i],
                        ui().theme.category(0),
                        fmt::format("{} to {} s", si(x.from), si(x.to))});
    }
    PlotSpec spec;
    spec.title = "Block times";
    spec.unit = "blocks of the last 600";
    Plot plot(spec, axis, state.plot("block times"));
    plot.bars(std::move(bars));
    plot.show();
}

}  // namespace

void draw_validators(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    if (model.validators.validators.empty()) {
        empty_state("No validators are shown yet.",
                    "They appear with the next picture of the run.");
        return;
    }
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const ImVec2 gap = ImGui::GetStyle().ItemSpacing;
    const bool narrow = space.x < em() * 56;
    draw_list(model, state, narrow ? ImVec2{0, em() * 14} : ImVec2{std::floor(space.x * 0.4F), 0});
    if (!narrow) ImGui::SameLine();
    ImGui::BeginChild("right", {0, narrow ? em() * 40 : 0});
    const float height = ImGui::GetContentRegionAvail().y;
    draw_blocks(model, state, {0, std::floor((height - gap.y) * 0.6F)});
    draw_block_times(model, state, {0, 0});
    ImGui::EndChild();
}

TextTables validators_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable table{"Validators", {"validator", "region", "power", "share", "blocks"}, {}};
    for (const ValidatorRow& row : model.validators.validators) {
        table.rows.push_back({row.name,
                              row.region,
                              std::to_string(row.power),
                              fmt::format("{:.6f}", row.share),
                              std::to_string(row.proposed)});
    }
    return {table};
}

}  // namespace gui
