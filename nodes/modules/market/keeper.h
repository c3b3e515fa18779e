// Orders, bids and leases: what x/market stores and how it changes (reference akash-chain sections
// 8, 9 and 20). Messages are checked here in the real order; the pure checks are in rules.h.
#pragma once

#include "nodes/chain/context.h"

#include <cstdint>

namespace nodes::market {

sim::Status create_bid(Context& ctx, const MsgCreateBid& msg);
sim::Status create_lease(Context& ctx, const MsgCreateLease& msg);
sim::Status withdraw_lease(Context& ctx, const MsgWithdrawLease& msg);
sim::Status close_lease(Context& ctx, const MsgCloseLease& msg);
sim::Status close_bid(Context& ctx, const MsgCloseBid& msg);

// Steps that messages, hooks and the end of a group share.

/// Lengths of an order's, a bid's (and lease's) key.
std::size_t order_key(const ChainState& state, const OrderRow& order);
std::size_t bid_key(const ChainState& state, const BidRow& bid);
/// Encoded length of a bid's lease as it is now.
std::size_t lease_size(const ChainState& state, const BidRow& bid);

/// Closes the order unless `seen` (the state its caller read) is closed: W(order), order-closed.
void close_order(Context& ctx, std::uint32_t order, OrderState seen);
/// Bid's end: nothing for lost and closed bids; else W(bid), refund of the deposit, bid-closed.
sim::Status end_bid(Context& ctx, std::uint32_t bid);
/// Closes an active lease: W(lease), lease-closed. Nothing when it is not active.
void end_lease(Context& ctx, std::uint32_t bid, LeaseState state);
/// GET of a bid's order, of a bid, of a lease; `row` may be kNoRow.
void get_order(Context& ctx, std::uint32_t row);
void get_bid(Context& ctx, std::uint32_t row);
void get_lease(Context& ctx, std::uint32_t bid);

}  // namespace nodes::market
