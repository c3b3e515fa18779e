// What is leased of what is offered: by GPU model over time, supply against demand, provider by
// provider as a heat-map and a list.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace gui {
namespace {

constexpr float kNamesEms = 6.2F;  ///< room for providers' names beside the heat-map
constexpr std::array<const char*, 3> kAmounts{"GPUs", "CPUs", "memory"};
constexpr std::array<const char*, 4> kOrders{"as joined", "by region", "by size", "by use"};
constexpr std::array<GridColumn, 7> kModelColumns{{
    {"model", 5, 0},
    {"leased / there", 9, 0},
    {"wanted", 4, 1, "cards asked for by open orders of this model"},
    {"short of", 4.5F, 0, "wanted and not free"},
    {"unfilled 24 h", 5.5F, 2, "orders of the last day that ended without a lease"},
    {"USD/card-h", 5.5F, 1, "median of the latest leases"},
    {"fakes", 3.6F, 3, "cards that are not what their provider claims"},
}};

/// Models by number of cards, at most as many as there are colours.
std::vector<std::string> stacked_models(const SupplyView& supply) {
    std::vector<const ModelRow*> rows;
    for (const ModelRow& row : supply.models)
        rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(), [](const ModelRow* a, const ModelRow* b) {
        return a->total != b->total ? a->total > b->total : a->model < b->model;
    });
    if (rows.size() > 8) rows.resize(8);
    std::vector<std::string> names;
    for (const ModelRow* row : rows)
        names.push_back(row->model);
    return names;
}

void draw_gpu_plot(const ViewModel& model, UiState& state) {
    const std::vector<std::string> models = stacked_models(model.supply);
    PlotSpec spec;
    spec.title = "Cards leased by model";
    const bool shares = state.utilization.shares;
    spec.unit = shares ? "share of all leased cards" : "cards";
    spec.format = shares ? Format::kPercent : Format::kPlain;
    spec.empty = models.empty() ? "No provider has GPUs." : "No card has been leased yet.";
    Plot plot(spec, state.time, state.plot("cards leased"));
    std::vector<std::string> names;
    for (const std::string& name : models)
        names.push_back("gpus_leased/" + name);
    plot.stack(*model.series, names, models, shares ? Stacking::kShares : Stacking::kAbsolute);
    if (!shares) {
        plot.series(*model.series, "gpus_total", "all cards", ui().theme.text);
        plot.series(*model.series, "gpus_busy", "busy", ui().theme.worse);
    }
    plot.show();
}

void draw_share_plot(const ViewModel& model, UiState& state, bool cpus) {
    const Theme& theme = ui().theme;
    PlotSpec spec;
    spec.title = cpus ? "CPUs leased" : "Memory leased";
    spec.unit = cpus ? "CPUs" : "share of the memory online";
    if (!cpus) {
        spec.format = Format::kPercent;
        spec.fixed_y = Range{0, 1};
    }
    Plot plot(spec, state.time, state.plot(spec.title));
    if (cpus) {
        plot.series(*model.series, "cpus_leased", "leased", theme.category(0), Look::kArea);
        plot.series(*model.series, "cpus_total", "there", theme.text);
    } else {
        plot.series(*model.series, "memory_utilization", "leased", theme.category(0), Look::kArea);
    }
    plot.show();
}

void draw_over_time(const ViewModel& model, UiState& state, ImVec2 size) {
    const Box box("##over time", size);
    UtilizationState& own = state.utilization;
    // Where nobody has cards, CPUs are what there is to see.
    const bool no_cards = model.supply.models.empty() && !model.supply.providers.empty();
    int amount = own.amount == 0 && no_cards ? 1 : own.amount;
    if (choice(kAmounts, amount)) own.amount = amount;
    if (amount == 0) {
        ImGui::SameLine(0, em() * 2);
        checkbox("shares", own.shares);
    }
    if (!model.supply.busy_note.empty()) {
        ImGui::SameLine(0, em() * 2);
        fitted(ui().theme.dim, model.supply.busy_note, ImGui::GetContentRegionAvail().x);
    }
    if (amount == 0) {
        draw_gpu_plot(model, state);
    } else {
        draw_share_plot(model, state, amount == 1);
    }
}

void draw_model_cell(const ModelRow& row, std::size_t column) {
    const Theme& theme = ui().theme;
    switch (column) {
        case 0:
            fitted(row.model, ImGui::GetContentRegionAvail().x);
            break;
        case 1: {
            const double share =
                row.total > 0 ? static_cast<double>(row.leased) / static_cast<double>(row.total)
                              : 0;
            meter(share,
                  fmt::format("{} of {}", row.leased, row.total),
                  theme.category(0),
                  {ImGui::GetContentRegionAvail().x, em() * 1.15F});
            break;
        }
        case 2:
            right(with_commas(row.wanted));
            break;
        case 3:
            if (row.shortage > 0) {
                right(theme.worse, with_commas(row.shortage) + " short");
            } else {
                right(theme.dim, "enough");
            }
            break;
        case 4:
            right(fmt::format("{} of {}", row.unfilled_24h, row.orders_24h));
            break;
        case 5:
            right(row.usd_card_hour > 0 ? fmt::format("{:.3f}", row.usd_card_hour) : "-");
            break;
        default:
            right(row.fake > 0 ? theme.worse : theme.dim, with_commas(row.fake));
            break;
    }
}

int compare_models(const ModelRow& a, const ModelRow& b, std::size_t column) {
    switch (column) {
        case 0:
            return three_way(a.model, b.model);
        case 1:
            return three_way(a.total, b.total);
        case 2:
            return three_way(a.wanted, b.wanted);
        case 3:
            return three_way(a.shortage, b.shortage);
        case 4:
            return three_way(a.unfilled_24h, b.unfilled_24h);
        case 5:
            return three_way(a.usd_card_hour, b.usd_card_hour);
        default:
            return three_way(a.fake, b.fake);
    }
}

void draw_balance(const ViewModel& model, UiState& state, ImVec2 size) {
    const Box box("Supply and demand", size, "by GPU model; click one to see its prices");
    const auto& models = model.supply.models;
    const float line = em() * 1.2F + ImGui::GetStyle().ItemSpacing.y;
    const float below = line * static_cast<float>(model.supply.amounts.size()) + 2;
    if (models.empty()) {
        dim("No provider has GPUs.");
    } else {
        Grid grid;
        grid.id = "models";
        grid.columns = kModelColumns;
        grid.rows = models.size();
        grid.stamp = model.clock.number;
        grid.size = {0, std::max(em() * 4, ImGui::GetContentRegionAvail().y - below)};
        grid.cell = [&](std::size_t row, std::size_t column) {
            draw_model_cell(models[row], column);
        };
        grid.compare = [&](std::size_t a, std::size_t b, std::size_t column) {
            return compare_models(models[a], models[b], column);
        };
        grid.name = [&](std::size_t row) { return "model/" + models[row].model; };
        grid.chosen = [&](std::size_t row) { return models[row].model == state.interest.model; };
        grid.choose = [&](std::size_t row) {
            state.interest.model = models[row].model;
            state.open_screen(Screen::kMarket);
        };
        draw_grid(grid, state.utilization.models);
    }
    for (const AmountRow& amount : model.supply.amounts) {
        const double share = amount.total > 0 ? amount.leased / amount.total : 0;
        dim(amount.name);
        ImGui::SameLine(em() * 5);
        meter(share,
              fmt::format("{} of {} {}, {}",
                          si(amount.leased),
                          si(amount.total),
                          amount.unit,
                          percent(share)),
              ui().theme.category(0),
              {ImGui::GetContentRegionAvail().x, em() * 1.2F});
    }
}

/// Rows of the heat-map in the wanted order.
std::vector<std::size_t> heat_rows(const HeatMap& heat, const SupplyView& supply, int order) {
    std::map<Key, const ProviderRow*> known;
    for (const ProviderRow& row : supply.providers)
        known[row.key] = &row;
    std::vector<std::size_t> rows(heat.providers.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    if (order == 0) return rows;
    const auto of = [&](std::size_t row) {
        const auto found = known.find(heat.providers[row]);
        return found == known.end() ? nullptr : found->second;
    };
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        const ProviderRow* x = of(a);
        const ProviderRow* y = of(b);
        if (x == nullptr || y == nullptr) return x != nullptr && y == nullptr;
        if (order == 1) return x->region < y->region;
        if (order == 2) return x->gpus != y->gpus ? x->gpus > y->gpus : x->cpus > y->cpus;
        return x->utilization > y->utilization;
    });
    return rows;
}

Picture heat_picture(const HeatMap& heat,
                     const std::vector<std::size_t>& rows,
                     const Theme& theme) {
    Picture picture;
    picture.width = static_cast<int>(heat.columns);
    picture.height = static_cast<int>(rows.size());
    picture.pixels.reserve(heat.columns * rows.size());
    for (const std::size_t row : rows) {
        for (std::size_t column = 0; column < heat.columns; ++column) {
            const std::uint8_t cell = heat.cells[row * heat.columns + column];
            picture.pixels.push_back(cell == HeatMap::kAbsent
                                         ? theme.field
                                         : map_colour(ColourMap::kViridis, cell / 200.0));
        }
    }
    return picture;
}

void draw_heat_scale() {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float width = em() * 6;
    const float y = at.y + em() * 0.35F;
    for (int i = 0; i < 24; ++i) {
        const float x = at.x + width * static_cast<float>(i) / 24;
        list.AddRectFilled({x, y},
                           {x + width / 24 + 1, y + em() * 0.7F},
                           map_colour(ColourMap::kViridis, i / 23.0));
    }
    draw_text({at.x + width + em() * 0.4F, at.y + em() * 0.2F}, ui().theme.dim, "0 to 100 %");
    ImGui::Dummy({width + em() * 6, em()});
}

/// Beside the rows: of every row, or of as many as there is room for.
void draw_row_names(const HeatMap& heat,
                    const std::vector<std::size_t>& rows,
                    const SupplyView& supply,
                    const Plot& plot) {
    const float height = (plot.to().y - plot.from().y) / static_cast<float>(rows.size());
    const auto each = static_cast<std::size_t>(std::ceil(em() * 1.15F / height));
    for (std::size_t i = 0; i < rows.size(); i += each) {
        const Key key = heat.providers[rows[i]];
        const auto found = std::find_if(supply.providers.begin(),
                                        supply.providers.end(),
                                        [&](const ProviderRow& row) { return row.key == key; });
        if (found == supply.providers.end()) continue;
        const float y = plot.from().y + height * (static_cast<float>(i) + 0.5F) - em() * 0.55F;
        draw_text({plot.from().x - em() * (kNamesEms - 0.1F), y},
                  ui().theme.dim,
                  cut(found->name, em() * (kNamesEms - 0.3F)));
    }
}

void draw_heat(const ViewModel& model, UiState& state, ImVec2 size) {
    const Box box("Use of each provider", size, "a row each, over time; click opens it");
    const auto& heat = model.supply.heat;
    if (!heat || heat->columns == 0 || heat->providers.empty()) {
        empty_state("No history yet.", "The map fills as the run goes on: press Space.");
        return;
    }
    choice(kOrders, state.utilization.heat_order);
    ImGui::SameLine(0, em() * 2);
    draw_heat_scale();
    const auto rows = heat_rows(*heat, model.supply, state.utilization.heat_order);
    Ui& context = ui();
    std::uint64_t version = stamp_of(static_cast<std::uint64_t>(state.utilization.heat_order),
                                     context.theme.name == ThemeName::kDark ? "dark" : "light");
    version ^= static_cast<std::uint64_t>(heat->range.to.ns) * 31 + heat->cells.size();
    for (const std::size_t row : rows)
        version = version * 1099511628211ULL + row;
    void* texture = context.textures->find("provider heat", version);
    if (texture == nullptr) {
        texture = context.textures->put(
            "provider heat", version, heat_picture(*heat, rows, context.theme));
    }
    PlotSpec spec;
    spec.title = "providers";
    spec.unit = fmt::format("{} rows", rows.size());
    spec.left = kNamesEms;
    Plot plot(spec, state.time, state.plot("provider heat"));
    plot.heat(texture, seconds(heat->range), rows.size());
    const PlotResult result = plot.show();
    draw_row_names(*heat, rows, model.supply, plot);
    if (!result.hovered || rows.empty()) return;
    const auto at =
        static_cast<std::size_t>(std::clamp(result.y, 0.0, static_cast<double>(rows.size()) - 1));
    const std::size_t row = rows[at];
    const Key key = heat->providers[row];
    const auto& providers = model.supply.providers;
    const auto found = std::find_if(
        providers.begin(), providers.end(), [&](const ProviderRow& p) { return p.key == key; });
    const double share = seconds(heat->range).share(result.x);
    if (share < 0 || share >= 1 || found == providers.end()) return;
    const auto column = static_cast<std::size_t>(share * static_cast<double>(heat->columns));
    const std::uint8_t cell = heat->cells[row * heat->columns + column];
    tooltip(fmt::format("{}, {}\n{}: {}",
                        found->name,
                        found->region,
                        clock(result.x),
                        cell == HeatMap::kAbsent ? "not there" : percent(cell / 200.0)));
    if (result.clicked) select_provider(state, key);
}

}  // namespace

void draw_utilization(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const ImVec2 gap = ImGui::GetStyle().ItemSpacing;
    if (space.x < em() * 56) {
        draw_over_time(model, state, {0, em() * 18});
        draw_balance(model, state, {0, em() * 18});
        draw_heat(model, state, {0, em() * 24});
        return;
    }
    const float left = std::floor((space.x - gap.x) * 0.55F);
    const float upper = std::floor((space.y - gap.y) * 0.46F);
    draw_over_time(model, state, {left, upper});
    ImGui::SameLine();
    draw_balance(model, state, {0, upper});
    draw_heat(model, state, {0, 0});
}

TextTables utilization_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable models{
        "GPU models", {"model", "there", "leased", "wanted", "short", "USD/card-h", "fakes"}, {}};
    for (const ModelRow& row : model.supply.models) {
        models.rows.push_back({row.model,
                               std::to_string(row.total),
                               std::to_string(row.leased),
                               std::to_string(row.wanted),
                               std::to_string(row.shortage),
                               fmt::format("{:.4f}", row.usd_card_hour),
                               std::to_string(row.fake)});
    }
    TextTable amounts{"Amounts", {"what", "there", "leased", "unit"}, {}};
    for (const AmountRow& row : model.supply.amounts) {
        amounts.rows.push_back({row.name,
                                fmt::format("{:.1f}", row.total),
                                fmt::format("{:.1f}", row.leased),
                                row.unit});
    }
    TextTable providers{"Providers", {"provider", "region", "state", "cards", "leased", "use"}, {}};
    for (const ProviderRow& row : model.supply.providers) {
        providers.rows.push_back({row.name,
                                  row.region,
                                  row.state,
                                  std::to_string(row.gpus),
                                  std::to_string(row.gpus_leased),
                                  percent(row.utilization)});
    }
    return {models, amounts, providers};
}

}  // namespace gui
