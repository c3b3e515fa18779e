// Places and the links between them, and who makes the blocks.
#include "gui/session/show.h"

#include <algorithm>

namespace gui {

namespace {

using scenarios::AgentRef;

/// Median price of a card in the leases that the region's providers won lately.
double region_price(const Shown& shown, sim::RegionId region) {
    std::vector<double> prices;
    const AuctionBook& book = shown.memory.auctions;
    constexpr std::size_t kLast = 400;
    const std::size_t last = book.closed() - std::min(book.closed(), kLast);
    for (std::size_t i = book.closed(); i > last; --i) {
        const Auction auction = book.closed_at(i - 1);
        if (!auction.leased) continue;
        const AgentRef winner = shown.world.agent_with(auction.winner);
        const AuctionBid* bid = auction.bid_of(auction.winner);
        if (winner.nobody() || bid == nullptr || shown.world.seat(winner).region != region)
            continue;
        const auto gpus = scenarios::totals_of(*auction.order.spec).gpus;
        if (gpus == 0) continue;
        const Price price = shown.tag.of(bid->price, auction.order.denom);
        prices.push_back(price.usd_hour / static_cast<double>(gpus));
    }
    if (prices.empty()) return 0;
    const auto middle = prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 2);
    std::nth_element(prices.begin(), middle, prices.end());
    return *middle;
}

/// Regions that reach each other both ways get the same number.
void number_partitions(const Shown& shown, WorldMapView& view) {
    const sim::Network& links = shown.world.links();
    const auto blocked = [&](Key a, Key b) {
        const sim::RegionId from{static_cast<std::uint32_t>(a)};
        const sim::RegionId to{static_cast<std::uint32_t>(b)};
        return links.blocked(from, to, shown.world.now()) ||
               links.blocked(to, from, shown.world.now());
    };
    int next = 0;
    for (RegionRow& row : view.regions) {
        if (row.partition != 0) continue;
        row.partition = ++next;
        for (RegionRow& other : view.regions) {
            if (other.partition == 0 && !blocked(row.key, other.key)) other.partition = next;
        }
    }
    view.parted = next > 1;
    if (view.parted) return;
    for (RegionRow& row : view.regions)
        row.partition = 0;
}

void add_links(const Shown& shown, WorldMapView& view) {
    const sim::Network& links = shown.world.links();
    const auto count = static_cast<std::uint32_t>(links.region_count());
    for (std::uint32_t from = 0; from < count; ++from) {
        for (std::uint32_t to = 0; to < count; ++to) {
            const sim::LinkQuality& quality = links.link({from}, {to});
            view.links.push_back({.from = from,
                                  .to = to,
                                  .latency_ms = quality.latency.to_seconds() * 1e3,
                                  .jitter = quality.jitter,
                                  .loss = quality.loss.to_double(),
                                  .blocked = links.blocked({from}, {to}, shown.world.now())});
        }
    }
}

}  // namespace

void show_world(const Shown& shown, WorldMapView& view) {
    const scenarios::World& world = shown.world;
    const std::string& chain_region = world.scenario().links.chain_region;
    for (std::uint32_t i = 0; i < world.links().region_count(); ++i) {
        RegionRow row{.key = i, .name = world.links().region_name({i})};
        row.chain = row.name == chain_region;
        row.usd_card_hour = region_price(shown, {i});
        view.regions.push_back(std::move(row));
    }
    for (std::uint32_t i = 0; i < world.providers().size(); ++i) {
        RegionRow& row = view.regions[world.seat(AgentRef::provider(i)).region.index];
        const providers::Provider& provider = world.providers()[i];
        if (provider.has_left()) continue;
        ++row.providers;
        row.online += provider.online() ? 1 : 0;
        const providers::Cluster& cluster = provider.inventory().cluster();
        for (std::size_t n = 0; n < cluster.nodes.size(); ++n) {
            row.gpus += cluster.nodes[n].gpu;
            row.leased += provider.inventory().running().nodes[n].gpu;
        }
    }
    for (std::uint32_t i = 0; i < world.tenants().size(); ++i)
        ++view.regions[world.seat(AgentRef::tenant(i)).region.index].tenants;
    number_partitions(shown, view);
    add_links(shown, view);
}

void show_validators(const Shown& shown, ValidatorsView& view) {
    const nodes::ValidatorSet& set = shown.world.consensus().validators();
    const BlockRing& blocks = shown.memory.blocks;
    const auto total = static_cast<double>(std::max<std::int64_t>(1, set.total_power()));
    for (std::size_t i = 0; i < set.validators().size(); ++i) {
        const nodes::Validator& validator = set.validators()[i];
        ValidatorRow row{.key = static_cast<Key>(i), .name = validator.name};
        for (const scenarios::ValidatorSpec& spec : shown.world.scenario().validators) {
            if (spec.name == validator.name) row.region = spec.region;
        }
        row.power = validator.power;
        row.share = static_cast<double>(validator.power) / total;
        row.priority = validator.priority;
        row.proposed = blocks.proposed(i);
        view.validators.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        view.proposers.push_back(blocks.proposer(i));
        view.block_seconds.push_back(blocks.seconds(i));
    }
    view.first_height =
        shown.world.height().value - static_cast<std::int64_t>(view.proposers.size()) + 1;
    view.transactions = shown.world.market().tally().transactions;
    view.failed = shown.world.market().tally().transactions_failed;
}

}  // namespace gui
