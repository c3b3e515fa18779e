// Deployments and their groups: what x/deployment stores, with the gas of each access (reference
// akash-chain sections 7 and 20). Orders of a group belong to the market, which is reached through
// the two functions at the end.
#pragma once

#include "nodes/chain/context.h"

#include <cstdint>

namespace nodes::deployment {

/// GET deployment: charges for it whether it is there or not. A pruned deployment is charged as it
/// was and reported as closed.
struct Found {
    bool exists = false;
    std::uint32_t row = kNoRow;  ///< kNoRow with exists = true: closed and pruned
};

Found get_deployment(Context& ctx, const DeploymentId& id);
/// H, W.
void write_deployment(Context& ctx, std::uint32_t row);

/// GET group; kNoRow when absent.
std::uint32_t get_group(Context& ctx, const GroupId& id);
/// Sets the state; H, W.
void set_group_state(Context& ctx, std::uint32_t row, GroupState state);
/// Length of a group's key.
std::size_t group_key(const ChainState& state, const GroupRow& group);
void emit_group(Context& ctx, EventKind kind, const GroupId& id);

/// Uses a deposit grant: granter = depositor, grantee = owner. Nothing to do when they are the same
/// (reference 19.5).
sim::Status authorize_deposit(Context& ctx, Address owner, Address depositor, const Coin& deposit);

sim::Status create(Context& ctx, const MsgCreateDeployment& msg);
sim::Status deposit(Context& ctx, const MsgDepositDeployment& msg);
sim::Status update(Context& ctx, const MsgUpdateDeployment& msg);
sim::Status close(Context& ctx, const MsgCloseDeployment& msg);
sim::Status close_group(Context& ctx, const MsgCloseGroup& msg);
sim::Status pause_group(Context& ctx, const MsgPauseGroup& msg);
sim::Status start_group(Context& ctx, const MsgStartGroup& msg);

// Provided by the market (nodes/modules/market/keeper.cpp).
/// Opens a new order for the group unless one of its orders is not closed.
sim::Status open_order(Context& ctx, std::uint32_t group);
/// Closes what a closed or paused group has in the market. Only panics come back.
sim::Status end_group(Context& ctx, std::uint32_t group);

}  // namespace nodes::deployment
