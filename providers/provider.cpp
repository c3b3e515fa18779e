#include "providers/provider.h"

#include "providers/provider_timers.h"
#include "sim/assert.h"

namespace providers {
namespace {

/// Timers that come while the provider is offline wait this long for it.
constexpr sim::SimDuration kOfflineRetry = sim::SimDuration::seconds(60);

}  // namespace

sim::Result<Provider> Provider::create(ProviderConfig config, std::uint64_t seed) {
    SIM_CHECK(check_config(config));
    Provider provider;
    if (config.host_uri.empty()) {
        std::string host;
        for (const char c : config.name)
            host += c == '/' ? '-' : c;
        config.host_uri = "https://" + host + ".example.com:8443";
    }
    provider.inventory_ = Inventory(make_cluster(config), config.inventory);
    provider.inventory_.take_snapshot();
    provider.attributes_at_start_ = registered_attributes(config);
    provider.prices_ = sim::Rng::stream(seed, config.name, "prices");
    provider.failures_ = sim::Rng::stream(seed, config.name, "failures");
    provider.config_ = std::move(config);
    return provider;
}

void Provider::on_start(nodes::AgentPort& port) {
    if (left_ || port.chain().provider_registered(config_.owner)) return;
    port.submit(
        {nodes::MsgCreateProvider{config_.owner, config_.host_uri, attributes_at_start_, {}}});
}

void Provider::on_news(const nodes::News& news, nodes::AgentPort& port) {
    using nodes::NewsKind;
    if (!online_) return;
    const std::uint32_t row = find(news.id.order());
    switch (news.kind) {
        case NewsKind::kOrderCreated:
            if (!left_ && row == nodes::kNoRow) consider(news.id.order(), port);
            return;
        case NewsKind::kOrderClosed:
            if (row != nodes::kNoRow) order_closed(row, port);
            return;
        case NewsKind::kLeaseCreated:
            if (row != nodes::kNoRow) lease_created(news, port);
            return;
        case NewsKind::kLeaseClosed:
            if (row != nodes::kNoRow && news.id.provider == config_.owner) end_lease(row, port);
            return;
        case NewsKind::kTxRefused:
            bid_refused(news, port);
            return;
        default:
            // A bid closed by others goes on here until another end, as in v0.5.4.
            return;
    }
}

void Provider::on_timer(const nodes::AgentTimer& timer, nodes::AgentPort& port) {
    if (timer.kind == timers::kSnapshot) {
        if (!snapshot_waits_ || port.now() < snapshot_due_) return;  // an earlier one came first
        snapshot_waits_ = false;
        inventory_.take_snapshot();
        return;
    }
    SIM_ASSERT(timer.slot < rows_.size(), "a row of the table, got {}", timer.slot);
    if (rows_[timer.slot].generation != timer.tag) return;
    if (!online_) {
        port.wake(kOfflineRetry, timer);
        return;
    }
    switch (timer.kind) {
        case timers::kPriced:
            return price_and_bid(timer.slot, port);
        case timers::kBidTimeout:
            return bid_timed_out(timer.slot, port);
        case timers::kManifestTimeout:
            if (rows_[timer.slot].life == OrderLife::kAwaitingManifest) close_bid(timer.slot, port);
            return;
        case timers::kDeployed:
            return deployed(timer.slot, port);
        case timers::kFunds:
            return check_lease_funds(timer.slot, port);
        case timers::kFailure:
            return fail(timer.slot, port);
        case timers::kRepaired:
            return recover(timer.slot, port);
        case timers::kGivenUp:
            if (rows_[timer.slot].life == OrderLife::kFailing) close_bid(timer.slot, port);
            return;
        default:
            SIM_UNREACHABLE("a timer of a provider, got {}", timer.kind);
    }
}

void Provider::go_offline(nodes::AgentPort& port) {
    if (!online_) return;
    online_ = false;
    for (const Engagement& row : rows_) {
        if (row.life == OrderLife::kServing) report(row, nodes::WorkloadState::kFailed, port);
    }
}

void Provider::come_back(nodes::AgentPort& port) {
    if (online_ || left_) return;
    online_ = true;
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
        Engagement& row = rows_[i];
        if (row.life == OrderLife::kFree || row.life == OrderLife::kPricing) continue;
        const auto lease = port.chain().lease(bid_of(row));
        const bool active = lease && lease->state == nodes::LeaseState::kActive;
        if (leased(row.life)) {
            if (!active) {
                end_lease(i, port);
            } else if (row.life == OrderLife::kServing) {
                report(row, nodes::WorkloadState::kRecovered, port);
            }
            continue;
        }
        if (active) {
            start_serving(i, port);
            continue;
        }
        const auto bid = port.chain().bid(bid_of(row));
        if (bid && bid->state != nodes::BidState::kOpen)
            forget_bid(i, {.reason = nodes::Reason::kProviderOffline}, port);
    }
}

void Provider::leave(nodes::AgentPort& port) {
    if (left_) return;
    left_ = true;
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].life == OrderLife::kBidPlaced || leased(rows_[i].life)) close_bid(i, port);
    }
}

std::uint32_t Provider::find(const nodes::OrderId& order) const {
    const auto it = by_order_.find(order);
    return it == by_order_.end() ? nodes::kNoRow : it->second;
}

nodes::BidId Provider::bid_of(const Engagement& row) const {
    return nodes::bid_id(row.order, config_.owner);
}

bool Provider::leased(OrderLife life) {
    return life == OrderLife::kAwaitingManifest || life == OrderLife::kDeploying ||
           life == OrderLife::kServing || life == OrderLife::kFailing;
}

void Provider::free_row(std::uint32_t index) {
    Engagement& row = rows_[index];
    by_order_.erase(row.order);
    const std::uint64_t generation = row.generation + 1;
    row = {};
    row.generation = generation;
    free_.push_back(index);
}

void Provider::wake(std::uint8_t kind,
                    std::uint32_t row,
                    sim::SimDuration after,
                    nodes::AgentPort& port) {
    port.wake(after, {.kind = kind, .slot = row, .tag = rows_[row].generation});
}

void Provider::plan_snapshot(sim::SimDuration after, nodes::AgentPort& port) {
    const sim::SimTime due = port.now() + after;
    if (snapshot_waits_ && snapshot_due_ <= due) return;
    snapshot_waits_ = true;
    snapshot_due_ = due;
    port.wake(after, {.kind = timers::kSnapshot});
}

void Provider::note(const nodes::OrderId& order, const Decline& why, nodes::AgentPort& port) {
    ++outcomes_.by_reason[static_cast<std::size_t>(why.reason)];
    port.note({.order = order,
               .provider = config_.owner,
               .reason = why.reason,
               .subject = why.subject,
               .wanted = why.wanted,
               .had = why.had});
}

void Provider::report(const Engagement& row,
                      nodes::WorkloadState state,
                      nodes::AgentPort& port) const {
    port.send(nodes::WorkloadReport{.lease = bid_of(row), .state = state});
}

}  // namespace providers
