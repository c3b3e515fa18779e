// Tenants, and one of them with its deployments as stretches of time.
#include "gui/session/show.h"
#include "scenarios/engine/denoms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {

namespace {

using scenarios::AgentRef;
using tenants::Phase;

constexpr std::size_t kDeploymentsMax = 200;

TenantRow tenant_row(const Shown& shown, std::uint32_t index) {
    const tenants::Tenant& tenant = shown.world.tenants()[index];
    const scenarios::AgentSeat& seat = shown.world.seat(AgentRef::tenant(index));
    TenantRow row{.key = index, .name = seat.name};
    row.group = shown.world.group_names()[seat.group];
    row.region = shown.world.links().region_name(seat.region);
    row.behaviour = tenants::name_of(tenant.config().behaviour);
    const tenants::TenantCounts& counts = tenant.counts();
    row.requests = counts.requests;
    row.completed = counts.completed;
    row.unserved = counts.unserved;
    for (const Phase phase : {Phase::kSendingManifest, Phase::kRunning})
        row.running += tenant.clock(phase).inside;
    for (const Phase phase : {Phase::kCreating,
                              Phase::kAwaitingBids,
                              Phase::kChoosing,
                              Phase::kLeaseRequested,
                              Phase::kReopening,
                              Phase::kWaitingToRetry})
        row.waiting += tenant.clock(phase).inside;
    row.spent_usd = shown.memory.tenants.of(index);
    return row;
}

void add_facts(const Shown& shown, const tenants::Tenant& tenant, TenantView& view) {
    const tenants::TenantConfig& config = tenant.config();
    const nodes::ChainView chain = shown.world.chain().view();
    const auto add = [&](std::string name, std::string value) {
        view.facts.push_back({std::move(name), std::move(value)});
    };
    const auto coins = [&](nodes::Denom denom) {
        return fmt::format("{:.2f}",
                           static_cast<double>(chain.balance(config.account, denom)) / 1e6);
    };
    add("balance, AKT", coins(shown.world.uakt()));
    add("balance, USDC", coins(shown.world.axl_usdc()));
    add("a request every", span_text(config.demand.arrivals.mean_interval));
    add("budget over the reference price",
        fmt::format("{:.2f} times", config.demand.budget.median_factor));
    add("chooses after the first bid", span_text(config.bid_window));
    add("patience for bids", span_text(config.patience));
    add("retries", fmt::format("{}", config.retries));
    add("tops up escrow",
        config.money.top_up_rule == tenants::TopUpRule::kNever
            ? "never"
            : "to " + span_text(config.money.top_up_horizon));
    if (!config.region.empty()) add("wants the region", config.region);
}

void add_counts(const tenants::Tenant& tenant, TenantView& view) {
    const tenants::TenantCounts& counts = tenant.counts();
    view.counts = {{"completed", counts.completed},
                   {"never served", counts.unserved},
                   {"broken off", counts.broken_off},
                   {"ran dry", counts.ran_dry},
                   {"not created", counts.not_created},
                   {"leases", counts.leases},
                   {"leases lost", counts.leases_lost},
                   {"retries", counts.retries},
                   {"top-ups", counts.top_ups},
                   {"refused messages", counts.refused_messages}};
    for (std::size_t i = 1; i < tenants::kPhases; ++i) {
        const auto phase = static_cast<Phase>(i);
        if (tenant.clock(phase).inside == 0) continue;
        view.phases.push_back(
            {.text = std::string{tenants::text(phase)}, .count = tenant.clock(phase).inside});
    }
}

sim::SimTime end_or(sim::SimTime end, sim::SimTime otherwise) {
    return end.ns == 0 ? otherwise : end;
}

/// Of an open order the chain knows it.
sim::SimTime first_bid(const Shown& shown, const OrderStretch& order) {
    if (order.to.ns != 0) return order.first_bid;
    const auto auction = shown.auction(key_of(order.id));
    if (!auction || auction->bids.empty()) return {};
    const auto first = std::min_element(
        auction->bids.begin(), auction->bids.end(), [](const auto& a, const auto& b) {
            return a.height < b.height;
        });
    return shown.world.consensus().block_at(sim::Height{first->height}, 0);
}

void add_bars(const Shown& shown, const DeploymentLife& life, DeploymentRow& row) {
    const sim::SimTime now = end_or(life.ended, shown.world.now());
    for (const OrderStretch& order : life.orders) {
        const sim::SimTime to = end_or(order.to, now);
        const sim::SimTime first = first_bid(shown, order);
        const sim::SimTime bids = end_or(first, to);
        row.bars.push_back({.phase = BarPhase::kOrder,
                            .range = {.from = order.from, .to = bids},
                            .text = "order without bids"});
        if (first.ns == 0) continue;
        row.bars.push_back({.phase = BarPhase::kBids,
                            .range = {.from = bids, .to = to},
                            .text = "bids are there"});
    }
    for (const LeaseStretch& lease : life.leases) {
        const Price price = shown.tag.of(lease.price, life.denom);
        row.bars.push_back({.phase = BarPhase::kLease,
                            .range = {.from = lease.from, .to = end_or(lease.to, now)},
                            .text = fmt::format("lease with {} at {:.4f} USD/h",
                                                name_of(shown.world, lease.provider),
                                                price.usd_hour)});
    }
}

std::string state_text(const tenants::Tenant& tenant, const DeploymentLife& life) {
    if (life.ended.ns != 0) {
        if (life.overdrawn) return "closed, escrow used up";
        return life.leases.empty() ? "closed without a lease" : "closed";
    }
    for (const tenants::Deployment& row : tenant.deployments()) {
        if (row.phase != Phase::kFree && row.dseq == life.id.dseq) {
            return std::string{tenants::text(row.phase)};
        }
    }
    return "open on chain, not looked after";
}

DeploymentRow deployment_row(const Shown& shown,
                             const tenants::Tenant& tenant,
                             const DeploymentLife& life) {
    DeploymentRow row{.key = key_of(life.id)};
    row.id = fmt::format("{}/{}", name_of(shown.world, life.id.owner), life.id.dseq);
    if (life.spec) row.wants = wants_text(*life.spec);
    row.state = state_text(tenant, life);
    row.ended = life.ended.ns != 0;
    row.created = life.created;
    row.ended_at = life.ended;
    add_bars(shown, life, row);
    if (!life.leases.empty()) {
        row.provider = name_of(shown.world, life.leases.back().provider);
        row.price = shown.tag.of(life.leases.back().price, life.denom);
    }
    return row;
}

void show_tenant(const Shown& shown, TenantView& view) {
    const Key key = shown.interest.tenant;
    if (key < 0 || key >= static_cast<Key>(shown.world.tenants().size())) return;
    const auto index = static_cast<std::uint32_t>(key);
    const tenants::Tenant& tenant = shown.world.tenants()[index];
    const nodes::Address account = shown.account_of(AgentRef::tenant(index));
    view.shown = true;
    view.row = tenant_row(shown, index);
    view.address = shown.world.chain().names().addresses.text(account);
    add_facts(shown, tenant, view);
    add_counts(tenant, view);
    for (const DeploymentLife* life : shown.memory.deployments.of(account, kDeploymentsMax))
        view.deployments.push_back(deployment_row(shown, tenant, *life));
}

}  // namespace

void show_leases(const Shown& shown, LeasesView& view) {
    for (std::uint32_t i = 0; i < shown.world.tenants().size(); ++i)
        view.tenants.push_back(tenant_row(shown, i));
    show_tenant(shown, view.tenant);
    const DeploymentLife* life = shown.memory.deployments.find(shown.interest.deployment);
    if (life != nullptr) show_escrow(shown, *life, view.tenant.escrow);
}

}  // namespace gui
