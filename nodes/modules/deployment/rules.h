// The checks of x/deployment that need no store: which state a group message accepts, and what the
// handler of MsgCreateDeployment still checks after ValidateBasic (reference akash-chain sections 7
// and 19.4).
#pragma once

#include "nodes/chain/states.h"
#include "nodes/protocol/messages.h"
#include "sim/result.h"

#include <vector>

namespace nodes::deployment {

/// MsgCloseGroup: refused only when closed (deployment/15).
sim::Status may_close(GroupState state);
/// MsgPauseGroup: refused when closed (15) or paused (17).
sim::Status may_pause(GroupState state);
/// MsgStartGroup: refused when closed (15) or open (16).
sim::Status may_start(GroupState state);

/// Groups of one denomination with different names; undefined/1 "Invalid groups: ...".
sim::Status check_groups(const std::vector<GroupSpecRef>& groups, const Names& names);

}  // namespace nodes::deployment
