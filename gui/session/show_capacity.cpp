// Prices of one GPU model: free cards by what they would cost, and the leases that were made.
#include "gui/session/show.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace gui {

namespace {

constexpr std::size_t kCandles = 120;

const scenarios::ModelTally* tally_of(const Shown& shown, const std::string& model) {
    for (const scenarios::ModelTally& one : shown.world.market().tally().models) {
        if (one.model == model) return &one;
    }
    return nullptr;
}

/// The one with the most leases, unless the window wants another.
std::string model_shown(const Shown& shown) {
    if (!shown.interest.model.empty()) return shown.interest.model;
    const scenarios::ModelTally* most = nullptr;
    for (const scenarios::ModelTally& one : shown.world.market().tally().models) {
        if (most == nullptr || one.priced > most->priced) most = &one;
    }
    return most == nullptr ? std::string{} : most->model;
}

struct Cards {
    std::int64_t total = 0;
    std::int64_t used = 0;
};

/// Cards of a model in the nodes that hold nothing else; in mixed nodes the share in use is taken.
Cards cards_of(const providers::Provider& provider, const std::string& model) {
    const providers::Cluster& cluster = provider.inventory().cluster();
    const providers::ClusterUse& seen = provider.inventory().seen();
    Cards out;
    for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
        const providers::Node& node = cluster.nodes[i];
        std::int64_t here = 0;
        for (const providers::CardRun& run : node.cards)
            here += run.model == model ? run.count : 0;
        if (here == 0) continue;
        const std::int64_t in_use = std::clamp<std::int64_t>(seen.nodes[i].gpu, 0, node.gpu);
        out.total += here;
        out.used += node.gpu > 0 ? in_use * here / node.gpu : 0;
    }
    return out;
}

/// What each provider last asked for one card-hour of the model, from the auctions remembered.
std::map<nodes::Address, double> last_asked(const Shown& shown, const std::string& model) {
    std::map<nodes::Address, double> out;
    const AuctionBook& book = shown.memory.auctions;
    const auto look = [&](const Auction& auction) {
        if (auction.bids.empty() || model_wanted(*auction.order.spec) != model) return;
        const auto gpus = static_cast<double>(scenarios::totals_of(*auction.order.spec).gpus);
        for (const AuctionBid& bid : auction.bids) {
            out[bid.provider] = shown.tag.of(bid.price, auction.order.denom).usd_hour / gpus;
        }
    };
    for (std::size_t i = 0; i < book.closed(); ++i)
        look(book.closed_at(i));
    for (const Key key : book.open())
        look(*shown.auction(key));
    return out;
}

void add_ladder(const Shown& shown, MarketView& market) {
    const auto asked = last_asked(shown, market.model);
    for (std::uint32_t i = 0; i < shown.world.providers().size(); ++i) {
        const providers::Provider& provider = shown.world.providers()[i];
        if (!provider.online()) continue;
        const Cards cards = cards_of(provider, market.model);
        if (cards.total == 0) continue;
        const scenarios::AgentSeat& seat = shown.world.seat(scenarios::AgentRef::provider(i));
        const auto price = asked.find(seat.account);
        market.capacity.push_back({.provider = i,
                                   .name = seat.name,
                                   .region = shown.world.links().region_name(seat.region),
                                   .usd_card_hour = price == asked.end() ? 0 : price->second,
                                   .free = cards.total - cards.used,
                                   .leased = cards.used});
    }
    std::stable_sort(
        market.capacity.begin(), market.capacity.end(), [](const auto& a, const auto& b) {
            const double left = a.usd_card_hour > 0 ? a.usd_card_hour : HUGE_VAL;
            const double right = b.usd_card_hour > 0 ? b.usd_card_hour : HUGE_VAL;
            return left < right;
        });
}

/// Round widths: hours, quarters of days, days.
std::int64_t candle_width_ns(sim::SimTime now) {
    constexpr std::int64_t kHour = 3'600'000'000'000;
    for (const std::int64_t hours : {1, 2, 3, 6, 12, 24, 48, 168}) {
        if (now.ns / (hours * kHour) < static_cast<std::int64_t>(kCandles)) return hours * kHour;
    }
    return 720 * kHour;
}

void add_candles(const Shown& shown, std::uint32_t model, MarketView& market) {
    const std::int64_t width = candle_width_ns(shown.world.now());
    std::map<std::int64_t, PriceLevel> levels;
    const ChunkList<LeasePrice>& prices = shown.history.prices();
    for (std::size_t i = 0; i < prices.size(); ++i) {
        const LeasePrice& one = prices[i];
        if (one.at > shown.world.now()) break;
        if (one.model != model) continue;
        const sim::SimTime from{one.at.ns / width * width};
        const double usd = one.usd_card_hour;
        if (market.candles.empty() || market.candles.back().range.from != from) {
            market.candles.push_back({.range = {from, sim::SimTime{from.ns + width - 1}},
                                      .open = usd,
                                      .high = usd,
                                      .low = usd});
        }
        Candle& candle = market.candles.back();
        candle.high = std::max(candle.high, usd);
        candle.low = std::min(candle.low, usd);
        candle.close = usd;
        ++candle.leases;
        PriceLevel& level = levels[static_cast<std::int64_t>(std::floor(usd * 50))];
        level.usd_card_hour = std::floor(usd * 50) / 50;
        ++level.leases;
    }
    for (const auto& [place, level] : levels)
        market.profile.push_back(level);
}

}  // namespace

void show_capacity(const Shown& shown, MarketView& market) {
    for (const scenarios::ModelTally& model : shown.world.market().tally().models)
        market.models.push_back(model.model);
    std::sort(market.models.begin(), market.models.end());
    market.model = model_shown(shown);
    if (market.model.empty()) return;
    add_ladder(shown, market);
    const scenarios::ModelTally* tally = tally_of(shown, market.model);
    if (tally == nullptr) return;
    add_candles(shown,
                static_cast<std::uint32_t>(tally - shown.world.market().tally().models.data()),
                market);
}

}  // namespace gui
