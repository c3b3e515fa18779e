// What the real chain does at the begin of a block as far as the market sees it: yesterday's fees
// go to the community pool, and the block's own gas meter starts where the begin block left it
// (reference akash-chain 20.8). There are no validators in x/distribution here, so nothing is
// shared with them.
#pragma once

#include "nodes/chain/state.h"

namespace nodes::block {

void begin(ChainState& state);

}  // namespace nodes::block
