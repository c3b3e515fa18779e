#include "gui/session/show.h"
#include "scenarios/engine/market_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace gui {

namespace {

constexpr double kGib = 1024.0 * 1024.0 * 1024.0;
constexpr sim::SimDuration kDay = sim::SimDuration::seconds(86'400);

/// "8 x a100, 2 x h100", over all nodes.
std::string models_text(const providers::ProviderConfig& config) {
    std::map<std::string, std::int64_t> count;
    for (const providers::NodeKind& node : config.nodes) {
        for (const providers::NodeCards& cards : node.gpus)
            count[cards.model] += cards.count * node.count;
    }
    std::string out;
    for (const auto& [model, cards] : count)
        out += fmt::format("{}{} x {}", out.empty() ? "" : ", ", cards, model);
    return out;
}

std::string state_of(const providers::Provider& provider) {
    if (provider.has_left()) return "gone";
    if (!provider.online()) return "offline";
    return provider.draining() ? "draining" : "online";
}

using Models = std::map<std::string, ModelRow>;

void count_supply(const Shown& shown, Models& models, std::vector<AmountRow>& amounts) {
    for (const providers::Provider& provider : shown.world.providers()) {
        if (!provider.online()) continue;
        for (const providers::NodeKind& node : provider.config().nodes) {
            for (const providers::NodeCards& cards : node.gpus) {
                ModelRow& row = models[cards.model];
                row.total += cards.count * node.count;
                const bool fake = !cards.actual.empty() && cards.actual != cards.model;
                if (fake) row.fake += cards.count * node.count;
            }
        }
        const providers::Cluster& cluster = provider.inventory().cluster();
        const providers::ClusterUse& running = provider.inventory().running();
        for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
            amounts[0].total += static_cast<double>(cluster.nodes[i].cpu) / 1e3;
            amounts[0].leased += static_cast<double>(running.nodes[i].cpu) / 1e3;
            amounts[1].total += static_cast<double>(cluster.nodes[i].memory) / kGib;
            amounts[1].leased += static_cast<double>(running.nodes[i].memory) / kGib;
            amounts[2].total += static_cast<double>(cluster.nodes[i].disk) / kGib;
            amounts[2].leased += static_cast<double>(running.nodes[i].disk) / kGib;
        }
    }
}

void count_demand(const Shown& shown, Models& models) {
    const AuctionBook& book = shown.memory.auctions;
    const sim::SimTime since = shown.world.now() - kDay;
    const auto look = [&](const Auction& auction) {
        const auto row = models.find(model_wanted(*auction.order.spec));
        if (row == models.end()) return;
        if (auction.open) row->second.wanted += scenarios::totals_of(*auction.order.spec).gpus;
        if (auction.created <= since) return;
        ++row->second.orders_24h;
        if (!auction.open && !auction.leased) ++row->second.unfilled_24h;
    };
    for (const Key key : book.open())
        look(*shown.auction(key));
    for (std::size_t i = book.closed(); i > 0; --i) {
        const Auction auction = book.closed_at(i - 1);
        if (auction.ended <= since) break;
        look(auction);
    }
}

std::shared_ptr<const HeatMap> heat_map(const Shown& shown) {
    const auto& columns = shown.history.heat();
    const TimeRange& range = shown.interest.range;
    const bool limited = range.from < range.to;
    std::vector<const HeatColumn*> picked;
    for (const auto& column : columns) {
        if (column->at > shown.world.now()) break;
        if (limited && (column->at < range.from || column->at > range.to)) continue;
        picked.push_back(column.get());
    }
    if (picked.empty()) return nullptr;
    auto out = std::make_shared<HeatMap>();
    out->range = {.from = picked.front()->at, .to = picked.back()->at};
    out->columns = picked.size();
    const std::size_t rows = shown.world.providers().size();
    out->cells.assign(rows * picked.size(), HeatMap::kAbsent);
    for (std::size_t row = 0; row < rows; ++row)
        out->providers.push_back(static_cast<Key>(row));
    for (std::size_t i = 0; i < picked.size(); ++i) {
        const std::size_t known = std::min(rows, picked[i]->cells.size());
        for (std::size_t row = 0; row < known; ++row)
            out->cells[row * picked.size() + i] = picked[i]->cells[row];
    }
    return out;
}

}  // namespace

ProviderRow provider_row(const Shown& shown, std::uint32_t index) {
    const providers::Provider& provider = shown.world.providers()[index];
    const scenarios::AgentSeat& seat = shown.world.seat(scenarios::AgentRef::provider(index));
    ProviderRow row{.key = index, .name = seat.name};
    row.group = shown.world.group_names()[seat.group];
    row.region = shown.world.links().region_name(seat.region);
    row.state = state_of(provider);
    row.online = provider.online();
    row.audited = seat.audited != 0;
    row.models = models_text(provider.config());
    const providers::Cluster& cluster = provider.inventory().cluster();
    const providers::ClusterUse& running = provider.inventory().running();
    for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
        row.gpus += cluster.nodes[i].gpu;
        row.gpus_leased += running.nodes[i].gpu;
        row.cpus += static_cast<double>(cluster.nodes[i].cpu) / 1e3;
        row.cpus_leased += static_cast<double>(running.nodes[i].cpu) / 1e3;
    }
    row.utilization = utilization_of(provider);
    row.strategy = providers::strategies()[provider.config().strategy].name;
    row.leases = provider.leases();
    row.open_bids = provider.open_bids();
    row.bids = provider.counts().bids;
    row.won = provider.counts().won;
    row.revenue_usd = shown.memory.providers.all(index);
    row.revenue_24h_usd = shown.memory.providers.day(index, shown.world.now());
    return row;
}

void show_supply(const Shown& shown, SupplyView& supply) {
    supply.amounts = {{"CPU", "CPUs"}, {"memory", "GiB"}, {"storage", "GiB"}};
    Models models;
    count_supply(shown, models, supply.amounts);
    for (const scenarios::ModelTally& tally : shown.world.market().tally().models) {
        ModelRow& row = models[tally.model];
        row.leased = tally.leased;
        row.usd_card_hour = static_cast<double>(tally.median_price()) / 1e6;
    }
    count_demand(shown, models);
    for (auto& [model, row] : models) {
        row.model = model;
        row.shortage = std::max<std::int64_t>(0, row.wanted - (row.total - row.leased));
        supply.models.push_back(std::move(row));
    }
    std::stable_sort(supply.models.begin(), supply.models.end(), [](const auto& a, const auto& b) {
        return a.shortage > b.shortage;
    });
    for (std::uint32_t i = 0; i < shown.world.providers().size(); ++i)
        supply.providers.push_back(provider_row(shown, i));
    supply.heat = heat_map(shown);
    const std::int64_t leased = shown.world.market().tally().gpus_leased;
    std::int64_t busy_ppm = 0;
    for (const tenants::Tenant& tenant : shown.world.tenants())
        busy_ppm += tenant.busy_gpus_ppm();
    const double busy = static_cast<double>(busy_ppm) / 1e6;
    if (leased > 0) {
        supply.busy_note = fmt::format("{:.1f} of {} leased cards are busy", busy, leased);
    }
}

}  // namespace gui
