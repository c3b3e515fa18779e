// The take fee: a share of each payout goes to the community pool (akash-network/node v0.30.0
// x/take/keeper/keeper.go; reference akash-chain section 6 "Take").
#pragma once

#include "nodes/chain/context.h"

#include <cstdint>

namespace nodes::take {

/// Reads the parameters (TAKE) and returns the fee on a gross payout in this denomination.
std::int64_t fee_to_pool(Context& ctx, Denom denom, std::int64_t gross);

/// Moves a fee from escrow to the distribution module and adds it to the community pool.
sim::Status pay_fee(Context& ctx, Denom denom, std::int64_t fee);

/// Length of the stored fee pool.
std::size_t fee_pool_size(const ChainState& state);

}  // namespace nodes::take
