// The stateless checks of every message, in the real order with the real codes and texts
// (reference akash-chain 19.3; vectors validate_basic.jsonl.gz).
#pragma once

#include "nodes/protocol/messages.h"
#include "sim/result.h"

#include <vector>

namespace nodes {

/// First error of a message, or success. A panic of the real node is an Error of kind kPanic with
/// code undefined/111222 and the panic text alone.
sim::Status validate_basic(const Msg& msg, const Names& names);

/// The rules of one group specification (reference 19.3 "Group rules").
sim::Status validate_group(const GroupSpec& spec, const Names& names);

/// Sorted by denomination without repetition, each valid and positive; none at all is valid too
/// (cosmos-sdk v0.45.16 types/coin.go, Coins.Validate).
bool valid_coins(const std::vector<Coin>& coins, const Names& names);

}  // namespace nodes
