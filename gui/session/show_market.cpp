#include "gui/session/show.h"
#include "scenarios/engine/denoms.h"
#include "scenarios/engine/market_watch.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {

namespace {

using nodes::Reason;

/// The three reasons that most providers gave.
std::vector<ReasonCount> top_reasons(const Auction& auction) {
    std::vector<ReasonCount> out;
    for (const Answer& answer : auction.answers) {
        const std::string_view text = nodes::text(answer.reason);
        const auto known =
            std::find_if(out.begin(), out.end(), [&](const auto& r) { return r.text == text; });
        if (known == out.end()) {
            out.push_back({.text = std::string{text}, .count = 1});
        } else {
            ++known->count;
        }
    }
    std::stable_sort(
        out.begin(), out.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    if (out.size() > 3) out.resize(3);
    return out;
}

/// Providers that bid or said why not.
std::int64_t heard_of(const Auction& auction) {
    const auto silent = [&](const AuctionBid& bid) {
        return auction.answer_of(bid.provider) == nullptr;
    };
    return static_cast<std::int64_t>(auction.answers.size()) +
           std::count_if(auction.bids.begin(), auction.bids.end(), silent);
}

std::string state_text(const Shown& shown, const Auction& auction) {
    if (auction.open) return "open";
    if (auction.leased) return "leased to " + name_of(shown.world, auction.winner);
    return auction.bids.empty() ? "closed without a bid" : "closed, no bid taken";
}

}  // namespace

OrderRow order_row(const Shown& shown, const Auction& auction) {
    const scenarios::World& world = shown.world;
    const nodes::OrderView& order = auction.order;
    OrderRow row{.key = key_of(order.id), .id = order_text(world, order.id)};
    row.tenant = name_of(world, order.id.owner);
    const scenarios::AgentRef tenant = world.agent_with(order.id.owner);
    if (!tenant.nobody()) row.tenant_key = tenant.index();
    row.wants = wants_text(*order.spec);
    row.model = model_wanted(*order.spec);
    row.gpus = scenarios::totals_of(*order.spec).gpus;
    row.region = region_wanted(*order.spec);
    row.denom = scenarios::short_denom(world.chain().names().denoms.text(order.denom));
    row.maximum = shown.tag.of(order.max_price, order.denom);
    if (const AuctionBid* best = auction.best_bid()) {
        row.best = shown.tag.of(best->price, order.denom);
    }
    row.bids = static_cast<std::int64_t>(auction.bids.size());
    row.asked = heard_of(auction);
    const sim::Height until = auction.open ? world.height() : auction.ended_at;
    row.age_blocks = (until - order.created_at).value;
    row.created = auction.created;
    row.stage = auction.open     ? OrderStage::kOpen
                : auction.leased ? OrderStage::kLeased
                                 : OrderStage::kClosedUnfilled;
    row.state = state_text(shown, auction);
    if (auction.bids.empty()) row.top_reasons = top_reasons(auction);
    return row;
}

void show_market(const Shown& shown, MarketView& market) {
    const AuctionBook& book = shown.memory.auctions;
    market.open = static_cast<std::int64_t>(book.open().size());
    market.forgotten = book.forgotten();
    const auto add = [&](Key key) {
        if (market.orders.size() >= shown.interest.orders_max) return;
        market.orders.push_back(order_row(shown, *book.find(key)));
    };
    for (auto key = book.open().rbegin(); key != book.open().rend(); ++key) {
        if (book.find(*key)->bids.empty()) ++market.open_without_bids;
        add(*key);
    }
    // Enough of the past to look at; the rest of the table is for open ones.
    constexpr std::size_t kClosedShown = 200;
    std::size_t closed = 0;
    for (auto key = book.closed().rbegin(); key != book.closed().rend(); ++key) {
        if (closed++ == kClosedShown) break;
        add(*key);
    }
    show_capacity(shown, market);
    show_auction(shown, market.auction);
}

}  // namespace gui
