// Coins as messages carry them: any denomination text, any 256-bit amount. State uses int64 amounts
// (bank) and Dec18 (escrow); the border between the two is in nodes/chain.
#pragma once

#include "nodes/protocol/names.h"
#include "sim/wide.h"

#include <vector>

namespace nodes {

/// cosmos.base.v1beta1.Coin.
struct Coin {
    Denom denom;
    sim::Wide amount = 0;

    static void fields(auto& self, auto&& visit) {
        visit("denom", self.denom);
        visit("amount", self.amount);
    }
};

/// cosmos.base.v1beta1.DecCoin; `scaled` is the amount times 10^18.
struct DecCoin {
    Denom denom;
    sim::Wide scaled = 0;

    static void fields(auto& self, auto&& visit) {
        visit("denom", self.denom);
        visit("scaled", self.scaled);
    }
};

}  // namespace nodes
