// Money: the token's price, supply and fees by denomination, programmes that pay for supply, and
// what providers earn.
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

constexpr double kMicro = 1e6;  ///< micro-units in a token

constexpr std::array<GridColumn, 7> kDenomColumns{{
    {"denomination", 6.5F, 0},
    {"spent", 5, 0, "whole tokens that tenants paid for leases"},
    {"fees", 5, 0, "the part that goes to the community pool"},
    {"take", 4, 1, "the share that new pay-outs lose"},
    {"in escrow", 5, 1},
    {"community pool", 6, 2},
    {"supply", 5, 2},
}};

constexpr std::array<GridColumn, 7> kProgrammeColumns{{
    {"programme", 6, 0},
    {"state", 4.5F, 0},
    {"a day", 4.6F, 1, "whole tokens that its pool pays a day"},
    {"paid", 4.6F, 0},
    {"cards", 4, 1},
    {"fakes / found", 5, 2, "cards that are not what they claim, and those that were found out"},
    {"per card", 4.6F, 2, "tokens in the last period"},
}};

constexpr std::array<GridColumn, 4> kEarnerColumns{{
    {"provider", 7, 0},
    {"share", 7, 1},
    {"USD in all", 5, 0},
    {"USD 24 h", 5, 0},
}};

void draw_denom_cell(const DenomRow& row, std::size_t column) {
    switch (column) {
        case 0:
            fitted(token_name(row.denom), ImGui::GetContentRegionAvail().x);
            break;
        case 1:
            right(si(row.spent / kMicro));
            break;
        case 2:
            right(si(row.fees / kMicro));
            break;
        case 3:
            right(percent(row.take_rate));
            break;
        case 4:
            right(si(row.escrow / kMicro));
            break;
        case 5:
            right(si(row.community_pool / kMicro));
            break;
        default:
            right(row.supply > 0 ? si(row.supply / kMicro) : "-");
            break;
    }
}

void draw_programme_cell(const ProgrammeRow& row, std::size_t column) {
    const Theme& theme = ui().theme;
    switch (column) {
        case 0:
            fitted(row.name, ImGui::GetContentRegionAvail().x);
            break;
        case 1:
            text(row.running ? theme.text : theme.dim, row.running ? "pays" : "does not pay");
            break;
        case 2:
            right(si(row.pool_per_day));
            break;
        case 3:
            right(si(row.paid) + " " + token_name(row.denom));
            break;
        case 4:
            right(with_commas(row.units));
            break;
        case 5:
            right(row.unreal > 0 ? theme.worse : theme.dim,
                  fmt::format("{} / {}", row.unreal, row.found_out));
            break;
        default:
            right(si(row.per_unit));
            break;
    }
}

void draw_money(const ViewModel& model, UiState& state, ImVec2 size) {
    const EconomyView& economy = model.economy;
    const Box box("Money",
                  size,
                  fmt::format("1 AKT = ${:.3f}; spent ${} in all, ${} in the last day",
                              economy.akt_usd,
                              si(economy.spent_usd),
                              si(economy.spent_24h_usd)));
    Grid grid;
    grid.id = "denoms";
    grid.columns = kDenomColumns;
    grid.rows = economy.denoms.size();
    grid.stamp = model.clock.number;
    grid.size = {0, em() * (2.2F + 1.6F * static_cast<float>(economy.denoms.size()))};
    grid.cell = [&](std::size_t row, std::size_t column) {
        draw_denom_cell(economy.denoms[row], column);
    };
    draw_grid(grid, state.economy);
    ImGui::Spacing();
    if (economy.programmes.empty()) {
        wrapped_dim(
            "No programme pays for supply here. A scenario's key 'programmes' adds one, such "
            "as an airdrop for providers.");
        return;
    }
    grid.id = "programmes";
    grid.columns = kProgrammeColumns;
    grid.rows = economy.programmes.size();
    grid.size = {0, 0};
    grid.cell = [&](std::size_t row, std::size_t column) {
        draw_programme_cell(economy.programmes[row], column);
    };
    draw_grid(grid, state.programmes);
}

void draw_earners(const ViewModel& model, UiState& state, ImVec2 size) {
    const auto& earners = model.economy.earners;
    const Box box("What providers earned", size, "click one to open it");
    if (earners.empty()) {
        empty_state("Nobody has earned anything yet.", "Pay-outs begin with the first settlement.");
        return;
    }
    double most = 1e-9;
    for (const auto& earner : earners)
        most = std::max(most, earner.usd);
    Grid grid;
    grid.id = "earners";
    grid.columns = kEarnerColumns;
    grid.rows = earners.size();
    grid.stamp = model.clock.number;
    grid.cell = [&](std::size_t row, std::size_t column) {
        const auto& earner = earners[row];
        const float width = ImGui::GetContentRegionAvail().x;
        switch (column) {
            case 0:
                fitted(earner.name, width);
                break;
            case 1:
                meter(earner.usd / most, "", ui().theme.category(2), {width, em()});
                break;
            case 2:
                right(si(earner.usd));
                break;
            default:
                right(si(earner.usd_24h));
                break;
        }
    };
    grid.compare = [&](std::size_t a, std::size_t b, std::size_t column) {
        if (column == 0) return three_way(earners[a].name, earners[b].name);
        if (column == 3) return three_way(earners[a].usd_24h, earners[b].usd_24h);
        return three_way(earners[a].usd, earners[b].usd);
    };
    grid.name = [&](std::size_t row) { return "earner/" + earners[row].name; };
    grid.chosen = [&](std::size_t row) { return earners[row].provider == state.interest.provider; };
    grid.choose = [&](std::size_t row) { select_provider(state, earners[row].provider); };
    state.earners.step = state.step_rows;
    draw_grid(grid, state.earners);
}

/// Candles when the axis is wide enough to show a range per candle, else the line itself.
void draw_price(const ViewModel& model, UiState& state, ImVec2 size) {
    const Box box("##price", size);
    PlotSpec spec;
    spec.title = "Price of one AKT";
    spec.unit = "USD";
    spec.from_zero = false;
    spec.empty = "No price yet.";
    Plot plot(spec, state.time, state.plot("akt price"));
    const auto series = model.series->find("akt_usd");
    if (series) {
        const double width = candle_width(state.time.shown.size(), 90);
        const auto samples = model.series->read(*series, time_range(state.time.shown), 20'000);
        auto candles = candles_of(samples, width);
        if (samples.size() >= candles.size() * 3) {
            plot.candles(std::move(candles));
        } else {
            plot.series(*model.series, "akt_usd", "AKT", ui().theme.category(0));
        }
    }
    plot.show();
}

void draw_line(const ViewModel& model,
               UiState& state,
               ImVec2 size,
               PlotSpec spec,
               std::initializer_list<std::pair<const char*, const char*>> series) {
    const Box box(("##" + spec.title).c_str(), size);
    Plot plot(spec, state.time, state.plot(spec.title));
    std::size_t colour = 0;
    for (const auto& [name, shown_as] : series)
        plot.series(*model.series, name, shown_as, ui().theme.category(colour++));
    plot.show();
}

void draw_plots(const ViewModel& model, UiState& state, ImVec2 size) {
    const ImVec2 gap = ImGui::GetStyle().ItemSpacing;
    const float half = std::floor((size.x - gap.x) / 2);
    const float third = std::floor((size.y - gap.y * 2) / 3);
    const bool two = size.x > em() * 44;
    const ImVec2 first{two ? half : 0, two ? third : std::max(em() * 11, size.y / 4)};
    const ImVec2 second{0, first.y};
    const auto next = [&] {
        if (two) ImGui::SameLine();
    };
    draw_price(model, state, first);
    next();
    draw_line(model,
              state,
              second,
              {.title = "Paid for leases", .unit = "USD since the start"},
              {{"spent_usd", "spent"}, {"programme_paid_usd", "paid by programmes"}});
    draw_line(model,
              state,
              first,
              {.title = "Fees taken", .unit = "tokens since the start", .unit_size = kMicro},
              {{"fees_uakt", "AKT"}, {"fees_uusdc", "USDC"}});
    next();
    draw_line(model,
              state,
              second,
              {.title = "Held in escrow", .unit = "AKT", .unit_size = kMicro},
              {{"escrow_uakt", "escrow"}});
    draw_line(model,
              state,
              first,
              {.title = "Community pool", .unit = "AKT", .from_zero = false, .unit_size = kMicro},
              {{"community_pool_uakt", "pool"}});
    next();
    draw_line(model,
              state,
              second,
              {.title = "Supply", .unit = "AKT", .from_zero = false, .unit_size = kMicro},
              {{"supply_uakt", "supply"}});
}

}  // namespace

void draw_economy(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const ImVec2 gap = ImGui::GetStyle().ItemSpacing;
    if (space.x < em() * 60) {
        draw_money(model, state, {0, em() * 16});
        draw_plots(model, state, {space.x - em(), em() * 48});
        draw_earners(model, state, {0, em() * 16});
        return;
    }
    const float left = std::floor((space.x - gap.x) * 0.4F);
    ImGui::BeginChild("tables", {left, 0});
    draw_money(model, state, {0, std::floor((space.y - gap.y) * 0.42F)});
    draw_earners(model, state, {0, 0});
    ImGui::EndChild();
    ImGui::SameLine();
    ImGui::BeginChild("plots");
    draw_plots(model, state, ImGui::GetContentRegionAvail());
    ImGui::EndChild();
}

TextTables economy_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable denoms{"Money, micro-units",
                     {"denomination", "spent", "fees", "take", "escrow", "pool", "supply"},
                     {}};
    for (const DenomRow& row : model.economy.denoms) {
        denoms.rows.push_back({row.denom,
                               fmt::format("{:.0f}", row.spent),
                               fmt::format("{:.0f}", row.fees),
                               fmt::format("{:.4f}", row.take_rate),
                               fmt::format("{:.0f}", row.escrow),
                               fmt::format("{:.0f}", row.community_pool),
                               fmt::format("{:.0f}", row.supply)});
    }
    TextTable programmes{"Programmes", {"name", "running", "paid", "cards", "fakes", "found"}, {}};
    for (const ProgrammeRow& row : model.economy.programmes) {
        programmes.rows.push_back({row.name,
                                   row.running ? "yes" : "no",
                                   fmt::format("{:.3f}", row.paid),
                                   std::to_string(row.units),
                                   std::to_string(row.unreal),
                                   std::to_string(row.found_out)});
    }
    TextTable earners{"Providers", {"provider", "USD", "USD 24 h"}, {}};
    for (const auto& model_name : model.economy.earners_models)
        earners.head.push_back("USD " + model_name);
    for (const auto& earner : model.economy.earners) {
        std::vector<std::string> row{
            earner.name, fmt::format("{:.2f}", earner.usd), fmt::format("{:.2f}", earner.usd_24h)};
        for (const double usd : earner.by_model)
            row.push_back(fmt::format("{:.2f}", usd));
        earners.rows.push_back(row);
    }
    return {denoms, programmes, earners};
}

}  // namespace gui
