// What stands before the messages of a transaction: sizes, fee, signature, sequence, each with its
// gas (node:app/ante.go v0.30; reference akash-chain 19.1 and 20.5).
#pragma once

#include "nodes/chain/context.h"

#include <string_view>

namespace nodes::ante {

/// Runs the chain for a transaction whose messages passed ValidateBasic. All or nothing: the caller
/// undoes state and events on failure. `signature` is the base64 text that the signature event
/// shows.
sim::Status run(Context& ctx, const Tx& tx, std::string_view signature);

}  // namespace nodes::ante
