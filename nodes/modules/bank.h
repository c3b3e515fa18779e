// MsgSend (cosmos-sdk v0.45.16 x/bank; reference akash-chain 19.4). The ledger itself is in
// nodes/chain.
#pragma once

#include "nodes/chain/context.h"

namespace nodes::bank {

sim::Status send(Context& ctx, const MsgSend& msg);

}  // namespace nodes::bank
