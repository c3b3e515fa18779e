#include "gui/session/show.h"
#include "scenarios/engine/denoms.h"
#include "scenarios/engine/market_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace gui {

namespace {

using nodes::Reason;

/// Every provider's last word.
std::map<nodes::Address, Reason> last_words(const Auction& auction) {
    std::map<nodes::Address, Reason> out;
    for (const Answer& answer : auction.answers)
        out[answer.provider] = answer.reason;
    return out;
}

/// The three reasons that most providers gave.
std::vector<ReasonCount> top_reasons(const Auction& auction) {
    std::array<std::int64_t, nodes::kReasonTexts.size()> counts{};
    for (const auto& [provider, reason] : last_words(auction))
        ++counts.at(static_cast<std::size_t>(reason));
    std::vector<ReasonCount> out;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts.at(i) == 0) continue;
        out.push_back({.text = std::string{nodes::kReasonTexts.at(i)}, .count = counts.at(i)});
    }
    std::stable_sort(
        out.begin(), out.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    if (out.size() > 3) out.resize(3);
    return out;
}

/// Providers that bid or said why not.
std::int64_t heard_of(const Auction& auction) {
    std::vector<nodes::Address> heard;
    for (const Answer& answer : auction.answers)
        heard.push_back(answer.provider);
    for (const AuctionBid& bid : auction.bids)
        heard.push_back(bid.provider);
    std::sort(heard.begin(), heard.end());
    return std::unique(heard.begin(), heard.end()) - heard.begin();
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
    const auto add = [&](const Auction& auction) {
        if (market.orders.size() >= shown.interest.orders_max) return;
        market.orders.push_back(order_row(shown, auction));
    };
    for (auto key = book.open().rbegin(); key != book.open().rend(); ++key) {
        const auto auction = shown.auction(*key);
        if (auction->bids.empty()) ++market.open_without_bids;
        add(*auction);
    }
    // Enough of the past to look at; the rest of the table is for open ones.
    constexpr std::size_t kClosedShown = 200;
    const std::size_t last = book.closed() - std::min(book.closed(), kClosedShown);
    for (std::size_t i = book.closed(); i > last; --i)
        add(book.closed_at(i - 1));
    show_capacity(shown, market);
    show_auction(shown, market.auction);
}

}  // namespace gui
