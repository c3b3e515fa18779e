// What the market does when an escrow account or payment of a deployment ends
// (akash-network/node v0.30.0 x/market/hooks/hooks.go; reference akash-chain section 9).
#include "nodes/chain/sizes.h"
#include "nodes/modules/deployment/keeper.h"
#include "nodes/modules/escrow/keeper.h"
#include "nodes/modules/market/keeper.h"

#include <boost/container/small_vector.hpp>

namespace nodes::escrow {
namespace {

/// Remembers when a deployment ended, so that long runs can forget it later.
void note_closed(ChainState& state, const DeploymentId& id) {
    if (state.prune_closed_after.value > 0)
        state.closed_deployments.push_back({state.height, state.key_of(id)});
}

boost::container::small_vector<std::uint32_t, 8> walk_groups(Context& ctx, std::uint32_t first) {
    boost::container::small_vector<std::uint32_t, 8> groups;
    const ChainState& state = ctx.state;
    if (first == kNoRow) ctx.gas.step_empty();
    for (std::uint32_t row = first; row != kNoRow; row = state.groups[row].next) {
        const std::size_t key = deployment::group_key(state, state.groups[row]);
        if (groups.empty()) ctx.gas.step(key, state.groups[row].size);
        ctx.gas.step(key, state.groups[row].size);
        groups.push_back(row);
    }
    return groups;
}

}  // namespace

sim::Status on_account_closed(Context& ctx, const DeploymentId& id, EscrowState account_state) {
    ChainState& state = ctx.state;
    const deployment::Found found = deployment::get_deployment(ctx, id);
    if (found.row == kNoRow || state.deployments[found.row].state != DeploymentState::kActive)
        return sim::ok();
    state.deployments.edit(found.row).state = DeploymentState::kClosed;
    deployment::write_deployment(ctx, found.row);
    note_closed(state, id);
    ChainEvent& event = ctx.emit(EventKind::kDeploymentClosed);
    event.id.owner = state.deployments[found.row].id.owner;
    event.id.dseq = id.dseq;

    const GroupState group_state = account_state == EscrowState::kOverdrawn
                                       ? GroupState::kInsufficientFunds
                                       : GroupState::kClosed;
    for (const std::uint32_t group : walk_groups(ctx, state.deployments[found.row].first_group)) {
        if (state.groups[group].state == GroupState::kClosed) continue;
        deployment::set_group_state(ctx, group, group_state);
        deployment::emit_group(ctx, EventKind::kGroupClosed, state.groups[group].id);
        SIM_CHECK(deployment::end_group(ctx, group));
    }
    return sim::ok();
}

sim::Status on_payment_closed(Context& ctx, const LeaseId& id, EscrowState payment_state) {
    ChainState& state = ctx.state;
    const std::uint32_t bid = state.find_bid(id);
    market::get_bid(ctx, bid);
    if (bid == kNoRow || state.bids[bid].state != BidState::kActive) return sim::ok();
    const std::uint32_t order = state.bids[bid].order;
    market::get_order(ctx, order);
    market::get_lease(ctx, bid);
    market::close_order(ctx, order, state.orders[order].state);
    SIM_CHECK(market::end_bid(ctx, bid));
    market::end_lease(ctx,
                      bid,
                      payment_state == EscrowState::kOverdrawn ? LeaseState::kInsufficientFunds
                                                               : LeaseState::kClosed);
    return sim::ok();
}

}  // namespace nodes::escrow
