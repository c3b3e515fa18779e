// Forgetting closed deployments, so that the memory of long economic runs stays flat. The real
// chain never forgets: this is off unless a genesis asks for it. What stays is the deployment's id,
// its encoded length and the sums that later charges need, so a message to a forgotten deployment
// is still answered "Deployment closed" or "already exists"; its groups, orders, bids and leases
// answer "not found".
#pragma once

#include "nodes/chain/state.h"

namespace nodes::retention {

/// Frees what was closed at least `prune_closed_after` blocks ago and holds no money that anybody
/// can still get: no open account, payment, bid or order.
void prune(ChainState& state);

}  // namespace nodes::retention
