// The market: orders, the chosen one's auction, free capacity by price, and what card-hours cost.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"
#include "gui/parts/auction.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {
namespace {

constexpr std::array<GridColumn, 8> kColumns{{
    {"order", 8, 0},
    {"wants", 8, 0},
    {"tenant", 6, 5},
    {"at most", 4.4F, 2, "dollars per hour for the whole order"},
    {"best bid", 4.4F, 0, "the lowest bid so far"},
    {"bids", 2.6F, 0},
    {"age", 3, 3, "blocks since the order was made"},
    {"state", 7, 1},
}};

bool without_bids(const OrderRow& order) {
    return order.bids == 0 && order.stage != OrderStage::kLeased;
}

/// Most orders are the first of the first group: that need not be said in every row.
std::string_view short_id(const OrderRow& order) {
    std::string_view id = order.id;
    if (id.ends_with("/1/1")) id.remove_suffix(4);
    return id;
}

std::string state_text(const OrderRow& order) {
    if (!without_bids(order) || order.top_reasons.empty()) return order.state;
    std::string out;
    for (const ReasonCount& reason : order.top_reasons) {
        if (!out.empty()) out += ", ";
        out += fmt::format("{} x {}", reason.count, reason.text);
    }
    return out;
}

/// Without its first word where the whole does not fit: to whom it was leased matters more.
std::string_view fitting_state(std::string_view state, float width) {
    constexpr std::string_view kWord = "leased ";
    if (state.starts_with(kWord) && text_width(state) > width) state.remove_prefix(kWord.size());
    return state;
}

void draw_order_cell(const OrderRow& order, std::size_t column) {
    const float width = ImGui::GetContentRegionAvail().x;
    const Theme& theme = ui().theme;
    const std::string state = state_text(order);
    switch (column) {
        case 0:
            fitted(short_id(order), width);
            break;
        case 1:
            fitted(order.wants, width);
            break;
        case 2:
            fitted(order.tenant, width);
            break;
        case 3:
            right(price_text(order.maximum));
            break;
        case 4:
            right(price_text(order.best));
            break;
        case 5:
            if (without_bids(order)) {
                right(theme.worse, "none");
            } else {
                right(std::to_string(order.bids));
            }
            break;
        case 6:
            right(with_commas(order.age_blocks));
            break;
        default:
            fitted(
                without_bids(order) ? theme.worse : theme.dim, fitting_state(state, width), width);
            break;
    }
}

int compare_orders(const OrderRow& a, const OrderRow& b, std::size_t column) {
    switch (column) {
        case 0:
            return three_way(a.id, b.id);
        case 1:
            return three_way(a.wants, b.wants);
        case 2:
            return three_way(a.tenant, b.tenant);
        case 3:
            return three_way(a.maximum.usd_hour, b.maximum.usd_hour);
        case 4:
            return three_way(a.best.usd_hour, b.best.usd_hour);
        case 5:
            return three_way(a.bids, b.bids);
        case 6:
            return three_way(a.age_blocks, b.age_blocks);
        default:
            return three_way(a.state, b.state);
    }
}

void draw_orders(const ViewModel& model, UiState& state) {
    const MarketView& market = model.market;
    const std::string count =
        fmt::format("{} open, {} of them without bids", market.open, market.open_without_bids);
    const Box box("Orders", {0, 0}, count);
    if (market.orders.empty()) {
        empty_state("No order has been made yet.",
                    "Press Space to let the run go on, or U and choose the next lease.");
        return;
    }
    // Somebody who opens this screen shall see an auction: the newest, until they choose another.
    if (state.interest.order == kNoKey) select_order(state, market.orders.front().key);
    MarketState& own = state.market;
    if (state.focus_filter) ImGui::SetKeyboardFocusHere();
    text_field("filter orders", "filter: a100, -closed", own.filter, -em() * 10);
    ImGui::SameLine();
    checkbox("without bids", own.only_without_bids);
    own.orders.step = state.step_rows;
    Grid grid;
    grid.id = "orders";
    grid.columns = kColumns;
    grid.rows = market.orders.size();
    grid.stamp = stamp_of(model.clock.number, own.filter + (own.only_without_bids ? "1" : "0"));
    grid.cell = [&](std::size_t row, std::size_t column) {
        draw_order_cell(market.orders[row], column);
    };
    grid.compare = [&](std::size_t a, std::size_t b, std::size_t column) {
        return compare_orders(market.orders[a], market.orders[b], column);
    };
    grid.keeps = [&](std::size_t row) {
        const OrderRow& order = market.orders[row];
        if (own.only_without_bids && !without_bids(order)) return false;
        return own.filter.empty() ||
               passes_filter(own.filter,
                             order.id + " " + order.wants + " " + order.region + " " + order.state);
    };
    grid.name = [&](std::size_t row) { return "order/" + market.orders[row].id; };
    grid.chosen = [&](std::size_t row) { return market.orders[row].key == state.interest.order; };
    grid.choose = [&](std::size_t row) { select_order(state, market.orders[row].key); };
    grid.tint = [&](std::size_t row) {
        return without_bids(market.orders[row]) ? faded(ui().theme.worse, 0.16) : 0U;
    };
    draw_grid(grid, own.orders);
}

void draw_auction(const ViewModel& model, UiState& state, ImVec2 size) {
    const Box box("##auction", size);
    const AuctionView& auction = model.market.auction;
    if (!auction.shown) {
        empty_state(auction.note.empty() ? "No order is chosen." : auction.note,
                    "Click an order in the table, or press N, to see its auction: every bid and "
                    "why each other provider stayed away.");
        return;
    }
    draw_auction_head(auction, state);
    draw_funnel(auction, state);
    draw_ladder(model, state);
}

void draw_model_choice(const ViewModel& model, UiState& state) {
    std::string chosen = state.interest.model.empty() ? model.market.model : state.interest.model;
    ImGui::AlignTextToFramePadding();
    dim("GPU model");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(em() * 8);
    if (drop_down("GPU model", chosen, model.market.models)) state.interest.model = chosen;
}

/// Cards that are free, cheapest first: a staircase of price over cards.
void draw_capacity(const ViewModel& model, UiState& state, ImVec2 size) {
    Axis& axis = state.axes["capacity"];
    axis.kind = Axis::Kind::kNumber;
    axis.title = "free cards, cheapest first";
    std::vector<BarItem> bars;
    double cards = 0;
    std::int64_t unpriced = 0;
    const Theme& theme = ui().theme;
    for (const CapacityStep& step : model.market.capacity) {
        if (step.free <= 0) continue;
        if (step.usd_card_hour <= 0) {
            unpriced += step.free;
            continue;
        }
        const double to = cards + static_cast<double>(step.free);
        bars.push_back({{cards, to},
                        step.usd_card_hour,
                        faded(theme.category(bars.size() % 2 == 0 ? 0 : 6), 0.8),
                        fmt::format("{}, {} free", step.name, step.free)});
        cards = to;
    }
    axis.limits = {0, std::max(1.0, cards)};
    axis.settle();
    PlotSpec spec;
    spec.title = "Free capacity, " + model.market.model;
    spec.unit = "USD per card-hour";
    spec.size = size;
    spec.empty = unpriced > 0 ? fmt::format("{} cards free, none with a price yet.", unpriced)
                              : "No card of this model is free.";
    Plot plot(spec, axis, state.plot("capacity"));
    plot.bars(std::move(bars));
    plot.show();
}

void draw_candles(const ViewModel& model, UiState& state, ImVec2 size) {
    PlotSpec spec;
    spec.title = "Price of new leases, " + model.market.model;
    spec.unit = "USD per card-hour";
    spec.size = size;
    spec.from_zero = false;
    spec.empty = "No lease of this model yet.";
    Plot plot(spec, state.time, state.plot("lease price"));
    plot.candles(model.market.candles);
    plot.show();
}

void draw_profile(const ViewModel& model, UiState& state, ImVec2 size) {
    Axis& axis = state.axes["profile"];
    axis.kind = Axis::Kind::kNumber;
    axis.title = "USD per card-hour";
    const auto& levels = model.market.profile;
    Range range = nothing();
    for (const PriceLevel& level : levels)
        include(range, level.usd_card_hour);
    const bool any = !is_nothing(range);
    const double step =
        levels.size() > 1 ? range.size() / static_cast<double>(levels.size() - 1) : 0;
    const double width = step > 0 ? step : any ? std::max(range.to * 0.05, 1e-6) : 1;
    axis.limits = any ? Range{range.from - width, range.to + width} : Range{0, 1};
    axis.settle();
    std::vector<BarItem> bars;
    for (const PriceLevel& level : levels) {
        bars.push_back({{level.usd_card_hour - width / 2, level.usd_card_hour + width / 2},
                        static_cast<double>(level.leases),
                        ui().theme.category(2),
                        fmt::format("${}", si(level.usd_card_hour))});
    }
    PlotSpec spec;
    spec.title = "Leases at each price";
    spec.unit = "leases";
    spec.size = size;
    spec.empty = "No lease of this model yet.";
    Plot plot(spec, axis, state.plot("profile"));
    plot.bars(std::move(bars));
    plot.show();
}

/// The GPU side; a market without cards leaves its room to the auction.
void draw_prices(const ViewModel& model, UiState& state, ImVec2 size) {
    const Box box("##prices", size);
    draw_model_choice(model, state);
    const ImVec2 space = ImGui::GetContentRegionAvail();
    if (space.x > space.y * 2.6F) {
        const float third = (space.x - em()) / 3;
        draw_capacity(model, state, {third, space.y});
        ImGui::SameLine(0, em() * 0.5F);
        draw_candles(model, state, {third, space.y});
        ImGui::SameLine(0, em() * 0.5F);
        draw_profile(model, state, {0, space.y});
        return;
    }
    const float gap = ImGui::GetStyle().ItemSpacing.y;
    const float height = std::max((space.y - gap * 2) / 3, em() * 9);
    draw_capacity(model, state, {0, height});
    draw_candles(model, state, {0, height});
    draw_profile(model, state, {0, height});
}

}  // namespace

void draw_market(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const float gap = ImGui::GetStyle().ItemSpacing.x;
    const float gap_y = ImGui::GetStyle().ItemSpacing.y;
    const bool narrow = space.x < em() * 58;
    const bool wide = space.x > em() * 96;
    const bool cards = !model.market.models.empty();
    const float left = std::floor(space.x * (wide ? 0.37F : 0.44F));
    const ImVec2 orders = narrow ? ImVec2{0, em() * 16} : ImVec2{left, 0};
    ImGui::BeginChild("orders area", orders);
    draw_orders(model, state);
    ImGui::EndChild();
    if (narrow) {
        draw_auction(model, state, {0, em() * 24});
        if (cards) draw_prices(model, state, {0, em() * 32});
        return;
    }
    ImGui::SameLine();
    if (!cards) {
        draw_auction(model, state, {0, 0});
        return;
    }
    if (wide) {
        const float middle = std::floor((space.x - left - gap * 2) * 0.62F);
        draw_auction(model, state, {middle, 0});
        ImGui::SameLine();
        draw_prices(model, state, {0, 0});
        return;
    }
    ImGui::BeginChild("right area");
    // Scrolls when it is too low for both.
    const float upper = std::max(std::floor((space.y - gap_y) * 0.64F), em() * 21);
    draw_auction(model, state, {0, upper});
    draw_prices(model, state, {0, std::max(space.y - upper - gap_y, em() * 12)});
    ImGui::EndChild();
}

TextTables market_tables(const ViewModel& model, const UiState& state) {
    TextTable orders{
        "Orders",
        {"order", "wants", "tenant", "max USD/h", "best USD/h", "bids", "age", "state"},
        {}};
    for (const OrderRow& order : model.market.orders) {
        if (!state.market.filter.empty() &&
            !passes_filter(state.market.filter, order.id + " " + order.wants + " " + order.state)) {
            continue;
        }
        orders.rows.push_back({order.id,
                               order.wants,
                               order.tenant,
                               fmt::format("{:.6f}", order.maximum.usd_hour),
                               fmt::format("{:.6f}", order.best.usd_hour),
                               std::to_string(order.bids),
                               std::to_string(order.age_blocks),
                               state_text(order)});
    }
    TextTables tables{orders};
    const AuctionView& auction = model.market.auction;
    if (!auction.shown) return tables;
    TextTable answers{
        "Auction " + auction.order.id, {"provider", "answer", "USD/h", "reason", "in words"}, {}};
    for (const auto* rows : {&auction.bids, &auction.others}) {
        for (const AnswerRow& row : *rows) {
            answers.rows.push_back({row.name,
                                    answer_word(row.kind),
                                    fmt::format("{:.6f}", row.price.usd_hour),
                                    row.reason,
                                    row.words});
        }
    }
    tables.push_back(answers);
    return tables;
}

}  // namespace gui
