// From a won bid to the end of the lease.
#include "providers/mock_gpu.h"
#include "providers/provider.h"
#include "providers/timers.h"
#include "sim/assert.h"

#include <algorithm>

namespace providers {
namespace {

/// After a restart the first looks at the leases' funds are spread over a minute.
constexpr std::int64_t kFundsCheckSpreadNs = 60'000'000'000;

/// No second lease can draw on the deployment's account.
bool alone_on_account(const nodes::OrderId& order, const nodes::AgentPort& port) {
    const auto deployment = port.chain().deployment(order.deployment());
    return deployment && deployment->groups == 1;
}

/// First eight bytes of a manifest's hash, as manifests carry it.
std::uint64_t version_number(const std::string& version) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const auto byte = i < version.size() ? static_cast<unsigned char>(version[i]) : 0U;
        number = (number << 8U) | byte;
    }
    return number;
}

}  // namespace

void Provider::report(const OrderSlot& slot,
                      nodes::WorkloadState state,
                      nodes::AgentPort& port) const {
    port.send(nodes::WorkloadReport{nodes::bid_id(slot.order, config_.owner), state});
}

void Provider::lease_won(OrderSlot& slot, nodes::AgentPort& port) {
    ++counts_.won;
    Decline won;
    won.reason = nodes::Reason::kWon;
    won.subject = nodes::Subject::kPrice;
    won.had = static_cast<std::int64_t>(slot.price.scaled / sim::kDecOne);
    note(slot.order, won, port);
    slot.offer = nullptr;
    enter(slot, SlotState::kAwaitingManifest, port);
    if (config_.manifest_timeout.ns > 0) {
        wake(slot, timers::kManifestTimeout, config_.manifest_timeout, port);
    }
}

bool Provider::manifest_fits(const nodes::ManifestSubmitted& manifest,
                             const nodes::AgentPort& port) const {
    const auto deployment = port.chain().deployment(manifest.lease.deployment());
    return deployment && version_number(deployment->version) == manifest.version;
}

/// The manifest service asks the chain for its leases, so a manifest may come before the news of
/// the lease. Any submission, valid or not, stops the manifest's timer.
void Provider::on_manifest(const nodes::ManifestSubmitted& manifest, nodes::AgentPort& port) {
    if (!online_) return;
    auto* slot = find(manifest.lease.order());
    const auto refuse = [&] {
        port.send(nodes::WorkloadReport{manifest.lease, nodes::WorkloadState::kRefused});
    };
    if (slot == nullptr || manifest.lease.provider != config_.owner) {
        refuse();
        return;
    }
    if (slot->state <= SlotState::kBidPlaced) {
        const auto lease = port.chain().lease(manifest.lease);
        if (!lease || lease->state != nodes::LeaseState::kActive) {
            refuse();
            return;
        }
        lease_won(*slot, port);
    }
    if (slot->state == SlotState::kClosing) {
        refuse();
        return;
    }
    const bool first = slot->state == SlotState::kAwaitingManifest;
    if (first) enter(*slot, SlotState::kAwaitingManifest, port);
    if (!manifest_fits(manifest, port)) {
        refuse();
    } else if (first) {
        slot->next_withdrawal = port.now() + config_.withdraw_every;
        deploy(*slot, sim::SimDuration{}, port);
    } else if (slot->state == SlotState::kServing) {
        // An update: the running workload is replaced in place.
        report(*slot, nodes::WorkloadState::kRunning, port);
    }
}

/// Puts the workload on the cluster, where it may run already, and waits until it is healthy.
void Provider::deploy(OrderSlot& slot, sim::SimDuration first_funds_check, nodes::AgentPort& port) {
    const auto* reservation = inventory_.find(slot.order);
    SIM_ASSERT(reservation != nullptr, "a lease keeps its reservation");
    const bool placed = reservation->running || inventory_.start_workload(slot.order);
    if (placed) snapshot_after(config_.snapshot_delay, port);
    enter(slot, SlotState::kDeploying, port);
    ++slot.funds_checks;
    wake(slot, timers::kFunds, first_funds_check, port);
    if (placed && slot.hopeless == 0) {
        wake(slot, timers::kDeployed, config_.deploy_time, port);
        return;
    }
    // It never gets healthy: no room on the nodes, or a card that cannot do the work.
    ++counts_.failures;
    report(slot, nodes::WorkloadState::kFailed, port);
    wake(slot, timers::kGiveUp, patience_with_failure(failure_draws_), port);
}

/// The monitor finds every service available.
void Provider::healthy(OrderSlot& slot, nodes::WorkloadState told, nodes::AgentPort& port) {
    inventory_.set_deployed(slot.order, true);
    snapshot_after(config_.snapshot_delay, port);
    enter(slot, SlotState::kServing, port);
    report(slot, told, port);
    const auto parts = std::max<std::int64_t>(slot.cards, 1);
    const auto life = time_to_first_failure(config_.mean_life, parts, failure_draws_);
    if (life.ns > 0) wake(slot, timers::kFailure, life, port);
}

/// The monitor retries; what is not repaired within its patience is closed.
void Provider::workload_failed(OrderSlot& slot, nodes::AgentPort& port) {
    ++counts_.failures;
    inventory_.set_deployed(slot.order, false);
    enter(slot, SlotState::kRepairing, port);
    report(slot, nodes::WorkloadState::kFailed, port);
    const auto patience = patience_with_failure(failure_draws_);
    const auto repair =
        config_.mean_repair.ns > 0 ? failure_draws_.exponential(config_.mean_repair) : patience;
    const bool in_time = repair < patience;
    wake(slot, in_time ? timers::kRepaired : timers::kGiveUp, std::min(repair, patience), port);
}

/// Sent once: when it fails, neither the message nor the check is repeated (v0.5.4).
void Provider::give_up(OrderSlot& slot, nodes::AgentPort& port) {
    ++counts_.given_up;
    enter(slot, SlotState::kClosing, port);
    close_bid(slot, port);
}

void Provider::look_at_funds(OrderSlot& slot, nodes::AgentPort& port) {
    const auto escrow = port.chain().escrow(slot.order.deployment());
    FundsView view;
    view.reachable = escrow.has_value();
    view.height = port.chain().height();
    view.check_every = config_.funds_check_every;
    view.withdrawal_due = config_.withdraw_every.ns > 0 && port.now() >= slot.next_withdrawal;
    if (escrow) {
        view.balance = escrow->balance + escrow->funds;
        view.rate = escrow->rate;
        view.settled_at = escrow->settled_at;
        if (alone_on_account(slot.order, port)) {
            view.block_time = {port.now().ns / view.height.value};
        }
    }
    const auto answer = check_funds(view);
    if (answer.withdraw()) {
        if (view.withdrawal_due) slot.next_withdrawal = port.now() + config_.withdraw_every;
        port.submit({nodes::MsgWithdrawLease{nodes::bid_id(slot.order, config_.owner)}});
    }
    auto after = answer.check_after;
    if (config_.withdraw_every.ns > 0) {
        after = std::min(after, std::max(slot.next_withdrawal - port.now(), sim::SimDuration{}));
    }
    wake(slot, timers::kFunds, std::max(after, sim::SimDuration::seconds(1)), port);
}

void Provider::lease_ended(OrderSlot& slot, nodes::AgentPort& port) {
    ++counts_.leases_ended;
    const auto* reservation = inventory_.find(slot.order);
    const bool ran = reservation != nullptr && reservation->running;
    inventory_.stop_workload(slot.order);
    inventory_.unreserve(slot.order);
    snapshot_after(ran ? config_.snapshot_delay : config_.credit_delay, port);
    free_slot(slot);
}

/// A lease that was there before the restart: its workload ran on; funds are looked at within a
/// minute.
void Provider::resume_lease(OrderSlot& slot, nodes::AgentPort& port) {
    switch (slot.state) {
        case SlotState::kAwaitingManifest:
            enter(slot, SlotState::kAwaitingManifest, port);
            if (config_.manifest_timeout.ns > 0) {
                wake(slot, timers::kManifestTimeout, config_.manifest_timeout, port);
            }
            return;
        case SlotState::kClosing:
            close_bid(slot, port);
            return;
        case SlotState::kDeploying:
        case SlotState::kServing:
        case SlotState::kRepairing:
            inventory_.set_deployed(slot.order, false);
            deploy(slot, {failure_draws_.uniform_int(0, kFundsCheckSpreadNs - 1)}, port);
            return;
        case SlotState::kFree:
        case SlotState::kPricing:
        case SlotState::kBidding:
        case SlotState::kBidPlaced:
            break;
    }
    SIM_UNREACHABLE("a lease to resume, got state {}", text(slot.state));
}

}  // namespace providers
