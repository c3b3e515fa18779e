#include "nodes/chain/retention.h"

#include "nodes/chain/sizes.h"

#include <boost/container/small_vector.hpp>

namespace nodes::retention {
namespace {

using RowList = boost::container::small_vector<std::uint32_t, 32>;

/// Everything that belongs to one deployment.
struct Parts {
    std::uint32_t deployment = kNoRow;
    std::uint32_t escrow = kNoRow;
    RowList groups, orders, bids, payments;
    bool settled = true;  ///< nothing of it can still move money
};

Parts collect(const ChainState& state, std::uint32_t row) {
    Parts parts;
    parts.deployment = row;
    const DeploymentRow& deployment = state.deployments[row];
    parts.settled = deployment.state == DeploymentState::kClosed;
    const auto slot = state.escrow_slots.find({deployment.id.owner.index, deployment.id.dseq});
    if (slot == state.escrow_slots.end()) {
        parts.settled = false;
        return parts;
    }
    parts.escrow = slot->second;
    parts.settled = parts.settled && state.escrows[parts.escrow].state != EscrowState::kOpen;
    for (std::uint32_t p = state.escrows[parts.escrow].first_payment; p != kNoRow;
         p = state.payments[p].next) {
        parts.payments.push_back(p);
        parts.settled = parts.settled && state.payments[p].state != EscrowState::kOpen;
    }
    for (std::uint32_t g = deployment.first_group; g != kNoRow; g = state.groups[g].next) {
        parts.groups.push_back(g);
        for (std::uint32_t o = state.groups[g].first_order; o != kNoRow; o = state.orders[o].next) {
            parts.orders.push_back(o);
            parts.settled = parts.settled && state.orders[o].state == OrderState::kClosed;
            for (std::uint32_t b = state.orders[o].first_bid; b != kNoRow; b = state.bids[b].next)
                parts.bids.push_back(b);
        }
    }
    for (const std::uint32_t b : parts.bids) {
        parts.settled = parts.settled &&
                        state.escrows[state.bids[b].escrow].state != EscrowState::kOpen &&
                        state.bids[b].lease_state != LeaseState::kActive;
    }
    return parts;
}

/// Dust below one unit stays in the escrow module account; the books remember how much.
void keep_dust(ChainState& state, const EscrowRow& account, sim::Dec18 more) {
    const sim::Dec18 dust = account.balance + account.funds + more;
    if (state.pruned_dust.size() <= account.denom.index)
        state.pruned_dust.resize(account.denom.index + 1U);
    state.pruned_dust[account.denom.index] += dust;
}

void count_lease(ChainState& state, const BidRow& bid) {
    if (bid.lease_state == LeaseState::kInvalid) return;
    const std::size_t price =
        sizes::coin(state.names.denoms.text(bid.denom).size(), sizes::digits(bid.price.scaled));
    ++state.pruned_leases;
    state.pruned_lease_bytes +=
        sizes::bid_key(state.account_length(bid.id.owner), state.account_length(bid.id.provider)) +
        sizes::msg(sizes::id(bid.id, state.names)) + sizes::kState + sizes::msg(price) +
        sizes::num(static_cast<std::uint64_t>(bid.lease_created_at.value)) +
        sizes::num(static_cast<std::uint64_t>(bid.lease_closed_on.value));
}

void forget(ChainState& state, const Parts& parts) {
    for (const std::uint32_t b : parts.bids) {
        const BidRow bid = state.bids[b];
        count_lease(state, bid);
        keep_dust(state, state.escrows[bid.escrow], {});
        state.escrows.remove(bid.escrow);
        state.bids.remove(b);
    }
    sim::Dec18 unpaid;
    for (const std::uint32_t p : parts.payments) {
        unpaid += state.payments[p].balance;
        state.payments.remove(p);
    }
    keep_dust(state, state.escrows[parts.escrow], unpaid);
    const DeploymentId id = state.deployments[parts.deployment].id;
    state.escrow_slots.erase({id.owner.index, id.dseq});
    state.escrows.remove(parts.escrow);
    for (const std::uint32_t o : parts.orders)
        state.orders.remove(o);
    for (const std::uint32_t g : parts.groups) {
        state.specs[state.groups[g].spec] = nullptr;
        state.free_specs.push_back(state.groups[g].spec);
        state.groups.remove(g);
    }
    state.deployment_slots[state.key_of(id)].row = kNoRow;
    state.deployments.remove(parts.deployment);
    ++state.pruned_deployments;
}

}  // namespace

void prune(ChainState& state) {
    const auto old_enough = [&](const ClosedDeployment& closed) {
        return state.height - closed.height >= state.prune_closed_after;
    };
    while (!state.closed_deployments.empty() && old_enough(state.closed_deployments.front())) {
        const OwnerDseq key = state.closed_deployments.front().key;
        state.closed_deployments.pop_front();
        const auto slot = state.deployment_slots.find(key);
        if (slot == state.deployment_slots.end() || slot->second.row == kNoRow) continue;
        const Parts parts = collect(state, slot->second.row);
        // Quirks leave some payments and accounts open for good; those deployments are kept.
        if (parts.settled) forget(state, parts);
    }
}

}  // namespace nodes::retention
