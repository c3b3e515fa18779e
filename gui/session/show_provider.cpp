// The inspector of one provider.
#include "gui/session/show.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {

namespace {

constexpr double kGib = 1024.0 * 1024.0 * 1024.0;
constexpr std::size_t kNodesMax = 200;
constexpr std::size_t kRecentMax = 50;

/// Cards that are not what they claim, by node in the cluster's order.
std::vector<std::int64_t> fakes_by_node(const providers::ProviderConfig& config) {
    std::vector<std::int64_t> out;
    for (const providers::NodeKind& kind : config.nodes) {
        std::int64_t fakes = 0;
        for (const providers::NodeCards& cards : kind.gpus) {
            if (!cards.actual.empty() && cards.actual != cards.model) fakes += cards.count;
        }
        out.insert(out.end(), static_cast<std::size_t>(kind.count), fakes);
    }
    return out;
}

NodeRow node_row(const providers::Provider& provider, std::size_t index, std::int64_t fakes) {
    const providers::Node& node = provider.inventory().cluster().nodes[index];
    const providers::NodeUse& running = provider.inventory().running().nodes[index];
    const providers::NodeUse& seen = provider.inventory().seen().nodes[index];
    NodeRow row{.name = node.name};
    for (const providers::CardRun& run : node.cards) {
        row.cards += fmt::format(
            "{}{} x {} {}", row.cards.empty() ? "" : ", ", run.count, run.model, run.memory);
    }
    for (std::int64_t card = 0; card < node.gpu; ++card) {
        CellState state = CellState::kFree;
        if (card < running.gpu) {
            state = CellState::kLeased;
        } else if (card < seen.gpu) {
            state = CellState::kReserved;
        } else if (card >= node.gpu - fakes) {
            state = CellState::kFake;
        }
        row.cells.push_back(provider.online() ? state : CellState::kOffline);
    }
    row.cpus = static_cast<double>(node.cpu) / 1e3;
    row.cpus_used = static_cast<double>(seen.cpu) / 1e3;
    row.memory_gib = static_cast<double>(node.memory) / kGib;
    row.memory_used_gib = static_cast<double>(seen.memory) / kGib;
    row.disk_gib = static_cast<double>(node.disk) / kGib;
    row.disk_used_gib = static_cast<double>(seen.disk) / kGib;
    return row;
}

void add_nodes(const providers::Provider& provider, ProviderView& view) {
    const std::vector<std::int64_t> fakes = fakes_by_node(provider.config());
    const std::size_t count = provider.inventory().cluster().nodes.size();
    for (std::size_t i = 0; i < std::min(count, kNodesMax); ++i)
        view.nodes.push_back(node_row(provider, i, i < fakes.size() ? fakes[i] : 0));
    view.nodes_left_out = static_cast<std::int64_t>(count - view.nodes.size());
}

void add_pricing(const providers::ProviderConfig& config, ProviderView& view) {
    const providers::Strategy& strategy = providers::strategies()[config.strategy];
    const auto add = [&](std::string name, std::string value) {
        view.pricing.push_back({std::move(name), std::move(value)});
    };
    add("strategy", std::string{strategy.name});
    add("what it does", std::string{strategy.help});
    add("price level", fmt::format("{:.3f}", config.prices.price_level.to_double()));
    add("margin over cost", fmt::format("{:.0f} %", 100 * config.prices.margin.to_double()));
    add("takes AKT", config.takes_uakt ? "yes" : "no");
    add("takes USDC", config.takes_usd ? "yes" : "no");
    add("open bids at most",
        config.open_bids_max == 0 ? "no limit" : fmt::format("{}", config.open_bids_max));
    add("time to price an order", span_text(config.pricing_time));
    add("a bid is given up after", span_text(config.bid_timeout));
}

void add_chain_facts(const Shown& shown, nodes::Address account, ProviderView& view) {
    const nodes::ChainView chain = shown.world.chain().view();
    if (const nodes::Attributes* registered = chain.provider_attributes(account)) {
        for (const nodes::Attribute& attribute : *registered)
            view.attributes.push_back({attribute.key, attribute.value});
    }
    for (const auto& [auditor, attributes] : chain.audits(account)) {
        view.audits.push_back(fmt::format("{} signed {} attributes",
                                          shown.world.chain().names().addresses.text(auditor),
                                          attributes->size()));
    }
}

void add_counts(const providers::Provider& provider, ProviderView& view) {
    const providers::ProviderCounts& counts = provider.counts();
    for (std::size_t i = 0; i < counts.reasons.size(); ++i) {
        if (counts.reasons.at(i) == 0) continue;
        view.outcomes.push_back(
            {.text = std::string{nodes::kReasonTexts.at(i)}, .count = counts.reasons.at(i)});
    }
    if (counts.timed_out > 0) {
        view.outcomes.push_back({.text = "bids that nobody answered", .count = counts.timed_out});
    }
    for (std::size_t i = 1; i < providers::kSlotStates; ++i) {
        const auto state = static_cast<providers::SlotState>(i);
        if (provider.count(state) == 0) continue;
        view.slots.push_back(
            {.text = std::string{providers::text(state)}, .count = provider.count(state)});
    }
}

void add_revenue(const Shown& shown, std::size_t index, ProviderView& view) {
    const auto& models = shown.world.market().tally().models;
    for (std::size_t i = 0; i <= models.size(); ++i) {
        const double usd = shown.memory.providers.of_model(index, i);
        if (usd < 0.5) continue;
        view.model_revenue.push_back({.text = i == 0 ? "without cards" : models[i - 1].model,
                                      .count = static_cast<std::int64_t>(usd + 0.5)});
    }
}

void add_recent(const Shown& shown, nodes::Address account, ProviderView& view) {
    const AuctionBook& book = shown.memory.auctions;
    const auto look = [&](const Auction& auction) {
        if (auction.bid_of(account) != nullptr) view.recent.push_back(order_row(shown, auction));
    };
    for (auto key = book.open().rbegin(); key != book.open().rend(); ++key) {
        if (view.recent.size() < kRecentMax) look(*shown.auction(*key));
    }
    for (std::size_t i = book.closed(); i > 0 && view.recent.size() < kRecentMax; --i)
        look(book.closed_at(i - 1));
}

}  // namespace

void show_provider(const Shown& shown, ProviderView& view) {
    const Key key = shown.interest.provider;
    if (key < 0 || key >= static_cast<Key>(shown.world.providers().size())) return;
    const auto index = static_cast<std::uint32_t>(key);
    const providers::Provider& provider = shown.world.providers()[index];
    const nodes::Address account = shown.account_of(scenarios::AgentRef::provider(index));
    view.shown = true;
    view.row = provider_row(shown, index);
    view.address = shown.world.chain().names().addresses.text(account);
    add_nodes(provider, view);
    add_pricing(provider.config(), view);
    add_chain_facts(shown, account, view);
    add_counts(provider, view);
    add_revenue(shown, index, view);
    add_recent(shown, account, view);
    for (const scenarios::ProgrammeDesk::Row& row : shown.world.programmes().rows()) {
        for (const nodes::ProgrammeEntry& entry : row.programme.entries()) {
            if (entry.owner == account && entry.real + entry.unreal > 0) view.programme = row.name;
        }
    }
}

}  // namespace gui
