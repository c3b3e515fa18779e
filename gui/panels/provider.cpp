// One provider: its machines as cells, its prices and attributes, what became of its bids, what it
// earned, and beside it the list of all providers.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"
#include "gui/parts/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

constexpr std::array<GridColumn, 8> kColumns{{
    {"provider", 7, 0},
    {"state", 4.5F, 2},
    {"cards", 4, 1},
    {"use", 6, 0},
    {"leases", 3.6F, 2},
    {"won/bids", 5, 3},
    {"USD 24 h", 4.6F, 1},
    {"region", 5.5F, 3},
}};

void draw_cell(const ProviderRow& row, std::size_t column) {
    const Theme& theme = ui().theme;
    const float width = ImGui::GetContentRegionAvail().x;
    switch (column) {
        case 0:
            fitted(row.name, width);
            break;
        case 1:
            fitted(row.online ? theme.text : theme.worse, row.state, width);
            break;
        case 2:
            right(row.gpus > 0 ? fmt::format("{}/{}", row.gpus_leased, row.gpus) : "-");
            break;
        case 3:
            meter(row.utilization,
                  fmt::format("{:.0f} %", row.utilization * 100),
                  theme.category(0),
                  {width, em() * 1.1F});
            break;
        case 4:
            right(with_commas(row.leases));
            break;
        case 5:
            right(fmt::format("{}/{}", row.won, row.bids));
            break;
        case 6:
            right(si(row.revenue_24h_usd));
            break;
        default:
            fitted(row.region, width);
            break;
    }
}

int compare_rows(const ProviderRow& a, const ProviderRow& b, std::size_t column) {
    switch (column) {
        case 0:
            return three_way(a.key, b.key);
        case 1:
            return three_way(a.state, b.state);
        case 2:
            return three_way(a.gpus, b.gpus);
        case 3:
            return three_way(a.utilization, b.utilization);
        case 4:
            return three_way(a.leases, b.leases);
        case 5:
            return three_way(a.won, b.won);
        case 6:
            return three_way(a.revenue_24h_usd, b.revenue_24h_usd);
        default:
            return three_way(a.region, b.region);
    }
}

void draw_list(const ViewModel& model, UiState& state, ImVec2 size) {
    const auto& rows = model.supply.providers;
    ProviderState& own = state.provider;
    const Box box("Providers", size, fmt::format("{}", rows.size()));
    if (state.focus_filter) ImGui::SetKeyboardFocusHere();
    text_field("filter providers", "filter by name, region, model", own.filter, -1);
    Grid grid;
    grid.id = "providers";
    grid.columns = kColumns;
    grid.rows = rows.size();
    grid.stamp = stamp_of(model.clock.number, own.filter);
    grid.cell = [&](std::size_t row, std::size_t column) { draw_cell(rows[row], column); };
    grid.compare = [&](std::size_t a, std::size_t b, std::size_t column) {
        return compare_rows(rows[a], rows[b], column);
    };
    grid.keeps = [&](std::size_t row) {
        const ProviderRow& r = rows[row];
        return own.filter.empty() ||
               passes_filter(own.filter, r.name + " " + r.region + " " + r.models + " " + r.state);
    };
    grid.name = [&](std::size_t row) { return "provider/" + rows[row].name; };
    grid.chosen = [&](std::size_t row) { return rows[row].key == state.interest.provider; };
    grid.choose = [&](std::size_t row) { state.interest.provider = rows[row].key; };
    own.providers.step = state.step_rows;
    draw_grid(grid, own.providers);
}

Rgba cell_colour(CellState state) {
    const Theme& theme = ui().theme;
    switch (state) {
        case CellState::kFree:
            return theme.field;
        case CellState::kReserved:
            return theme.category(4);
        case CellState::kLeased:
            return theme.category(0);
        case CellState::kFake:
            return theme.category(5);
        case CellState::kOffline:
            return theme.category(7);
    }
    return theme.dim;
}

/// Free is hollow, reserved half filled, leased full; a fake has a cross, an unreachable one a bar.
void draw_card_cell(CellState state, ImVec2 at, float size) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Theme& theme = ui().theme;
    const ImVec2 to{at.x + size, at.y + size};
    const Rgba colour = cell_colour(state);
    if (state == CellState::kReserved) {
        list.AddRectFilled({at.x, at.y + size / 2}, to, colour);
    } else if (state != CellState::kFree) {
        list.AddRectFilled(at, to, faded(colour, state == CellState::kOffline ? 0.5 : 1));
    }
    list.AddRect(at, to, state == CellState::kFree ? theme.dim : colour);
    if (state == CellState::kFake) {
        list.AddLine(at, to, theme.panel, 2);
        list.AddLine({at.x, to.y}, {to.x, at.y}, theme.panel, 2);
    }
    if (state == CellState::kOffline) {
        list.AddLine({at.x, at.y + size / 2}, {to.x, at.y + size / 2}, theme.text, 2);
    }
}

void draw_cells_legend() {
    static constexpr std::array<const char*, 5> kWords{
        "free", "reserved", "leased", "fake", "not reachable"};
    for (std::size_t i = 0; i < kWords.size(); ++i) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        draw_card_cell(static_cast<CellState>(i), {at.x, at.y + em() * 0.15F}, em() * 0.75F);
        ImGui::Dummy({em() * 0.9F, em()});
        ImGui::SameLine(0, em() * 0.3F);
        dim(kWords.at(i));
        if (i + 1 < kWords.size()) ImGui::SameLine(0, em());
    }
}

double share_of(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

void draw_node(const NodeRow& node) {
    const float width = ImGui::GetContentRegionAvail().x;
    fitted(node.cards.empty() ? node.name : node.name + ", " + node.cards, width);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float size = em() * 0.95F;
    for (std::size_t i = 0; i < node.cells.size(); ++i) {
        draw_card_cell(
            node.cells[i], {at.x + static_cast<float>(i) * (size + em() * 0.25F), at.y}, size);
    }
    if (!node.cells.empty()) ImGui::Dummy({1, size + em() * 0.2F});
    const float third = (width - em()) / 3;
    const ImVec2 bar{third, em() * 1.15F};
    const Rgba colour = ui().theme.category(0);
    meter(share_of(node.cpus_used, node.cpus),
          fmt::format("{}/{} CPU", si(node.cpus_used), si(node.cpus)),
          colour,
          bar);
    ImGui::SameLine(0, em() * 0.5F);
    meter(share_of(node.memory_used_gib, node.memory_gib),
          fmt::format("{}/{} GiB", si(node.memory_used_gib), si(node.memory_gib)),
          colour,
          bar);
    ImGui::SameLine(0, em() * 0.5F);
    meter(share_of(node.disk_used_gib, node.disk_gib),
          fmt::format("{}/{} GiB disk", si(node.disk_used_gib), si(node.disk_gib)),
          colour,
          bar);
    ImGui::Spacing();
}

void draw_machines(const ProviderView& view, ImVec2 size) {
    const Box box("Machines", size, "a cell is a card");
    draw_cells_legend();
    ImGui::Spacing();
    for (const NodeRow& node : view.nodes)
        draw_node(node);
    if (view.nodes_left_out > 0) dim(fmt::format("and {} more nodes", view.nodes_left_out));
    if (view.nodes.empty()) dim("It has no machines.");
}

void draw_titled_facts(const char* title, const std::vector<Fact>& facts) {
    if (facts.empty()) return;
    text(ui().theme.accent, title);
    draw_facts(facts);
}

/// Counts as bars, the most first, with the number beside each.
void draw_counts(const char* title, const std::vector<ReasonCount>& counts, std::size_t colour) {
    if (counts.empty()) return;
    text(ui().theme.accent, title);
    std::int64_t most = 1;
    for (const ReasonCount& count : counts)
        most = std::max(most, count.count);
    for (const ReasonCount& count : counts) {
        if (count.count == 0) continue;
        meter(static_cast<double>(count.count) / static_cast<double>(most),
              fmt::format("{}  {}", with_commas(count.count), count.text),
              ui().theme.category(colour),
              {ImGui::GetContentRegionAvail().x, em() * 1.2F});
    }
}

void draw_about(const ProviderView& view, ImVec2 size) {
    const Box box("##about", size);
    draw_counts("What became of orders it heard of", view.outcomes, 0);
    draw_counts("Orders in hand", view.slots, 1);
    draw_counts("Earned with each model, USD", view.model_revenue, 2);
    draw_titled_facts("Prices", view.pricing);
    draw_titled_facts("Attributes", view.attributes);
    if (!view.audits.empty()) text(ui().theme.accent, "Audited by");
    for (const std::string& auditor : view.audits)
        fitted(auditor, ImGui::GetContentRegionAvail().x);
    if (!view.recent.empty()) text(ui().theme.accent, "Orders it bid on lately");
    for (const OrderRow& order : view.recent) {
        fitted(fmt::format("{}  {}  {}", order.id, order.wants, order.state),
               ImGui::GetContentRegionAvail().x);
    }
}

void draw_head(const ProviderView& view, CommandSink& sink, UiState& state) {
    const ProviderRow& row = view.row;
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushFont(ui().fonts.large);
    fitted(row.name, width);
    ImGui::PopFont();
    std::string words =
        fmt::format("{}, {}, {}{}",
                    row.state,
                    row.region,
                    row.audited ? "audited" : "not audited",
                    view.programme.empty() ? "" : ", in programme " + view.programme);
    fitted(row.online ? ui().theme.dim : ui().theme.worse, words, width);
    fitted(fmt::format("{} of {} bids won, ${} earned, ${} in the last day, {} leases",
                       with_commas(row.won),
                       with_commas(row.bids),
                       si(row.revenue_usd),
                       si(row.revenue_24h_usd),
                       row.leases),
           width);
    if (button("Let it fail...", "Opens the injection form for its group")) {
        state.inject = {.open = true, .kind = 2, .group = row.group, .count = 1};
    }
    ImGui::SameLine();
    fitted(ui().theme.dim, view.address, ImGui::GetContentRegionAvail().x);
    (void)sink;
}

}  // namespace

void draw_provider(const ViewModel& model, UiState& state, CommandSink& sink) {
    if (model.supply.providers.empty()) {
        empty_state("There are no providers.", "Press I to let some join.");
        return;
    }
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const bool narrow = space.x < em() * 58;
    draw_list(model, state, narrow ? ImVec2{0, em() * 14} : ImVec2{std::floor(space.x * 0.36F), 0});
    if (!narrow) ImGui::SameLine();
    ImGui::BeginChild("provider", {0, narrow ? em() * 44 : 0});
    const ProviderView& view = model.provider;
    if (!view.shown) {
        empty_state("No provider is chosen.", "Click one in the list, or press N.");
    } else {
        draw_head(view, sink, state);
        const ImVec2 rest = ImGui::GetContentRegionAvail();
        draw_machines(view, {std::floor(rest.x * 0.55F), 0});
        ImGui::SameLine();
        draw_about(view, {0, 0});
    }
    ImGui::EndChild();
}

TextTables provider_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable providers{"Providers",
                        {"provider",
                         "region",
                         "state",
                         "models",
                         "cards",
                         "leased",
                         "leases",
                         "bids",
                         "won",
                         "USD",
                         "USD 24 h"},
                        {}};
    for (const ProviderRow& row : model.supply.providers) {
        providers.rows.push_back({row.name,
                                  row.region,
                                  row.state,
                                  row.models,
                                  std::to_string(row.gpus),
                                  std::to_string(row.gpus_leased),
                                  std::to_string(row.leases),
                                  std::to_string(row.bids),
                                  std::to_string(row.won),
                                  fmt::format("{:.2f}", row.revenue_usd),
                                  fmt::format("{:.2f}", row.revenue_24h_usd)});
    }
    TextTables tables{providers};
    if (!model.provider.shown) return tables;
    TextTable outcomes{"Outcomes of " + model.provider.row.name, {"reason", "orders"}, {}};
    for (const ReasonCount& count : model.provider.outcomes)
        outcomes.rows.push_back({count.text, std::to_string(count.count)});
    tables.push_back(outcomes);
    return tables;
}

}  // namespace gui
