// The checks of x/market that need no store, in the real order (akash-network/node v0.30.0
// x/market/handler/server.go; reference akash-chain sections 8 and 19.4).
#pragma once

#include "nodes/chain/ruleset.h"
#include "nodes/chain/state.h"
#include "nodes/protocol/messages.h"
#include "sim/result.h"

#include <cstdint>

namespace nodes::market {

/// The bid's deposit: right denomination, high enough. undefined/1 for clients.
sim::Status check_bid_deposit(const Coin& deposit,
                              const DerivedParams::MinDeposit& minimum,
                              const Names& names);

/// Number of bids on the order in any state against OrderMaxBids: the real chain lets one more in.
sim::Status check_bid_count(std::uint32_t bids, std::uint32_t max_bids, const RuleSet& rules);

/// Only an open order takes bids: market/23 when active, 24 when closed.
sim::Status may_bid(OrderState state);

/// Valid (market/22) and not above the order's (market/4); another denomination panics.
sim::Status check_bid_price(const DecCoin& price, const GroupRow& group, const Names& names);

}  // namespace nodes::market
