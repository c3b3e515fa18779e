// A provider from winning a lease to its end: manifest, workload, money, failures (provider v0.5.4
// manifest/, cluster/ and balance_checker.go).
#include "providers/lease_monitor.h"
#include "providers/mock_gpu.h"
#include "providers/provider.h"
#include "providers/provider_timers.h"
#include "sim/assert.h"

#include <algorithm>

namespace providers {
namespace {

/// The first eight bytes of a version, as ManifestSubmitted carries it.
std::uint64_t short_version(const std::string& version) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8 && i < version.size(); ++i)
        value = value << 8U | static_cast<unsigned char>(version[i]);
    return value;
}

}  // namespace

void Provider::start_serving(std::uint32_t index, nodes::AgentPort& port) {
    Engagement& row = rows_[index];
    SIM_ASSERT(row.life == OrderLife::kBidPlaced, "a bid that won");
    row.life = OrderLife::kAwaitingManifest;
    row.leased_at = port.now();
    row.last_withdrawal = port.now();
    SIM_ASSERT(open_bids_ > 0, "a bid to count down");
    --open_bids_;
    note(row.order, {.reason = nodes::Reason::kWon, .had = row.gpus}, port);
    if (config_.manifest_timeout.ns > 0)
        wake(timers::kManifestTimeout, index, config_.manifest_timeout, port);
    check_lease_funds(index, port);
}

void Provider::on_manifest(const nodes::ManifestSubmitted& manifest, nodes::AgentPort& port) {
    if (!online_) return;
    const std::uint32_t index = find(manifest.lease.order());
    if (index == nodes::kNoRow) return;
    Engagement& row = rows_[index];
    if (row.life == OrderLife::kBidPlaced) {
        // The manifest overtook the news of the lease.
        const auto lease = port.chain().lease(bid_of(row));
        if (!lease || lease->state != nodes::LeaseState::kActive) return;
        start_serving(index, port);
    }
    const auto deployment = port.chain().deployment(row.order.deployment());
    if (!deployment || short_version(deployment->version) != manifest.version)
        return report(row, nodes::WorkloadState::kRefused, port);
    if (row.life != OrderLife::kAwaitingManifest) return;  // a new version replaces it in place
    row.life = OrderLife::kDeploying;
    wake(timers::kDeployed, index, config_.deploy_time, port);
}

void Provider::deployed(std::uint32_t index, nodes::AgentPort& port) {
    Engagement& row = rows_[index];
    if (row.life != OrderLife::kDeploying) return;
    const bool placed = inventory_.start_workload(row.order);
    plan_snapshot(config_.snapshot_delay, port);
    const bool fake = failures_.happens({row.fakes_per_million, 1'000'000}) &&
                      failures_.happens(config_.fake_exposed);
    if (!placed || fake) {
        // It never comes up: the monitor gives up after its retries.
        row.life = OrderLife::kFailing;
        report(row, nodes::WorkloadState::kFailed, port);
        wake(timers::kGivenUp, index, patience_with_failure(failures_), port);
        return;
    }
    row.life = OrderLife::kServing;
    inventory_.set_deployed(row.order, true);
    report(row, nodes::WorkloadState::kRunning, port);
    plan_failure(index, port);
}

void Provider::plan_failure(std::uint32_t index, nodes::AgentPort& port) {
    if (config_.mean_life.ns <= 0) return;
    const std::int64_t parts = std::max<std::int64_t>(rows_[index].gpus, 1);
    wake(timers::kFailure, index, time_to_first_failure(config_.mean_life, parts, failures_), port);
}

void Provider::fail(std::uint32_t index, nodes::AgentPort& port) {
    Engagement& row = rows_[index];
    if (row.life != OrderLife::kServing) return;
    row.life = OrderLife::kFailing;
    inventory_.set_deployed(row.order, false);
    report(row, nodes::WorkloadState::kFailed, port);
    const auto repair =
        sim::SimDuration::from_seconds(failures_.exponential(config_.mean_repair.to_seconds()));
    const sim::SimDuration patience = patience_with_failure(failures_);
    if (repair < patience) {
        wake(timers::kRepaired, index, repair, port);
    } else {
        wake(timers::kGivenUp, index, patience, port);
    }
}

void Provider::recover(std::uint32_t index, nodes::AgentPort& port) {
    Engagement& row = rows_[index];
    if (row.life != OrderLife::kFailing) return;
    row.life = OrderLife::kServing;
    inventory_.set_deployed(row.order, true);
    report(row, nodes::WorkloadState::kRecovered, port);
    plan_failure(index, port);
}

void Provider::check_lease_funds(std::uint32_t index, nodes::AgentPort& port) {
    Engagement& row = rows_[index];
    if (!leased(row.life)) return;
    const auto escrow = port.chain().escrow(row.order.deployment());
    FundsView view;
    view.check_every = config_.funds_check_every;
    view.height = port.chain().height();
    view.reachable =
        escrow && escrow->state == nodes::EscrowState::kOpen && escrow->rate.scaled > 0;
    if (view.reachable) {
        view.balance = escrow->balance + escrow->funds;
        view.rate = escrow->rate;
        view.settled_at = escrow->settled_at;
    }
    const sim::SimTime due = row.last_withdrawal + config_.withdraw_every;
    view.withdrawal_due = config_.withdraw_every.ns > 0 && due <= port.now();
    const FundsAnswer answer = check_funds(view);
    if (answer.withdraw()) {
        row.last_withdrawal = port.now();
        port.submit({nodes::MsgWithdrawLease{bid_of(row)}});
    }
    sim::SimDuration next = answer.check_after;
    if (config_.withdraw_every.ns > 0)
        next = std::min(next, row.last_withdrawal + config_.withdraw_every - port.now());
    wake(timers::kFunds, index, std::max(next, sim::SimDuration::seconds(1)), port);
}

void Provider::end_lease(std::uint32_t index, nodes::AgentPort& port) {
    Engagement& row = rows_[index];
    if (!leased(row.life)) return;
    inventory_.stop_workload(row.order);
    inventory_.unreserve(row.order);
    plan_snapshot(config_.snapshot_delay, port);
    free_row(index);
}

void Provider::close_bid(std::uint32_t index, nodes::AgentPort& port) {
    // The row ends when the chain says so, by news of the lease or of the order.
    port.submit({nodes::MsgCloseBid{bid_of(rows_[index])}});
    if (rows_[index].life == OrderLife::kBidPlaced)
        forget_bid(index, {.reason = nodes::Reason::kProviderOffline}, port);
}

}  // namespace providers
