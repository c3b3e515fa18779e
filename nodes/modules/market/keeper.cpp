#include "nodes/modules/market/keeper.h"

#include "nodes/chain/sizes.h"
#include "nodes/modules/deployment/keeper.h"
#include "nodes/modules/escrow/keeper.h"
#include "nodes/protocol/errors.h"
#include "sim/assert.h"

#include <boost/container/small_vector.hpp>

namespace nodes::market {
namespace {

using RowList = boost::container::small_vector<std::uint32_t, 24>;

ChainEvent& emit_order(Context& ctx, EventKind kind, const OrderId& id) {
    ChainEvent& event = ctx.emit(kind);
    event.id = bid_id(id, {});
    return event;
}

void emit_bid(Context& ctx, EventKind kind, const BidRow& bid) {
    ChainEvent& event = ctx.emit(kind);
    event.id = bid.id;
    event.denom = bid.denom;
    event.price = bid.price;
}

void write_order(Context& ctx, std::uint32_t row) {
    const OrderRow& order = ctx.state.orders[row];
    ctx.gas.write(order_key(ctx.state, order), order.size);
}

void write_bid(Context& ctx, std::uint32_t row) {
    const BidRow& bid = ctx.state.bids[row];
    ctx.gas.write(bid_key(ctx.state, bid), bid.size);
}

/// Refuses when an order of the group is not closed; charges the walk up to it.
sim::Status check_no_live_order(Context& ctx, const GroupRow& group) {
    const ChainState& state = ctx.state;
    std::uint32_t row = group.first_order;
    if (row == kNoRow) ctx.gas.step_empty();
    for (bool first = true; row != kNoRow; first = false) {
        const OrderRow& order = state.orders[row];
        const std::size_t key = order_key(state, order);
        if (first) ctx.gas.step(key, order.size);
        if (order.state == OrderState::kOpen)
            return unregistered("order closed: create order: active order exists");
        if (order.state == OrderState::kActive)
            return unregistered("order active: create order: active order exists");
        ctx.gas.step(key, order.size);
        row = order.next;
    }
    return sim::ok();
}

/// The bids of an order as they are now, and the charge of walking over them: `first` when the walk
/// is opened, `each` after each item is done.
RowList bids_of(const ChainState& state, std::uint32_t order) {
    RowList rows;
    for (std::uint32_t row = state.orders[order].first_bid; row != kNoRow;
         row = state.bids[row].next)
        rows.push_back(row);
    return rows;
}

void step_bid(Context& ctx, std::uint32_t row) {
    const BidRow& bid = ctx.state.bids[row];
    ctx.gas.step(bid_key(ctx.state, bid), bid.size);
}

void open_walk(Context& ctx, const RowList& bids) {
    if (bids.empty()) {
        ctx.gas.step_empty();
    } else {
        step_bid(ctx, bids.front());
    }
}

/// One bid of a group that ends: the bid, then its lease if it has one, active or not. Closing the
/// payment also ends what an earlier close left open (quirk 6a); its account goes by the group's
/// id.
sim::Status end_bid_and_lease(Context& ctx, std::uint32_t row, LeaseState lease_state) {
    SIM_CHECK(end_bid(ctx, row));
    get_lease(ctx, row);
    if (ctx.state.bids[row].lease_state == LeaseState::kInvalid) return sim::ok();
    end_lease(ctx, row, lease_state);
    LeaseId payment = ctx.state.bids[row].id;
    payment.owner = ctx.state.orders[ctx.state.bids[row].order].id.owner;
    return escrow::ignore_refusal(escrow::close_payment(ctx, payment));
}

}  // namespace

std::size_t order_key(const ChainState& state, const OrderRow& order) {
    return sizes::order_key(state.account_length(order.id.owner));
}

std::size_t bid_key(const ChainState& state, const BidRow& bid) {
    return sizes::bid_key(state.account_length(bid.id.owner),
                          state.account_length(bid.id.provider));
}

std::size_t lease_size(const ChainState& state, const BidRow& bid) {
    const std::size_t price =
        sizes::coin(state.names.denoms.text(bid.denom).size(), sizes::digits(bid.price.scaled));
    return sizes::msg(sizes::id(bid.id, state.names)) + sizes::kState + sizes::msg(price) +
           sizes::num(static_cast<std::uint64_t>(bid.lease_created_at.value)) +
           sizes::num(static_cast<std::uint64_t>(bid.lease_closed_on.value));
}

void get_order(Context& ctx, std::uint32_t row) {
    if (row == kNoRow) {
        ctx.gas.has();
        return;
    }
    const OrderRow& order = ctx.state.orders[row];
    ctx.gas.get(order_key(ctx.state, order), order.size);
}

void get_bid(Context& ctx, std::uint32_t row) {
    if (row == kNoRow) {
        ctx.gas.has();
        return;
    }
    const BidRow& bid = ctx.state.bids[row];
    ctx.gas.get(bid_key(ctx.state, bid), bid.size);
}

void get_lease(Context& ctx, std::uint32_t bid) {
    if (bid == kNoRow || ctx.state.bids[bid].lease_state == LeaseState::kInvalid) {
        ctx.gas.has();
        return;
    }
    const BidRow& row = ctx.state.bids[bid];
    ctx.gas.get(bid_key(ctx.state, row), lease_size(ctx.state, row));
}

void close_order(Context& ctx, std::uint32_t order, OrderState seen) {
    if (seen == OrderState::kClosed) return;
    ctx.state.orders.edit(order).state = OrderState::kClosed;
    write_order(ctx, order);
    emit_order(ctx, EventKind::kOrderClosed, ctx.state.orders[order].id);
}

sim::Status end_bid(Context& ctx, std::uint32_t row) {
    const BidState state = ctx.state.bids[row].state;
    if (state == BidState::kLost || state == BidState::kClosed) return sim::ok();
    ctx.state.bids.edit(row).state = BidState::kClosed;
    write_bid(ctx, row);
    SIM_CHECK(escrow::ignore_refusal(escrow::close_account(ctx, ctx.state.bids[row].escrow)));
    emit_bid(ctx, EventKind::kBidClosed, ctx.state.bids[row]);
    return sim::ok();
}

void end_lease(Context& ctx, std::uint32_t bid, LeaseState state) {
    if (ctx.state.bids[bid].lease_state != LeaseState::kActive) return;
    BidRow& row = ctx.state.bids.edit(bid);
    row.lease_state = state;
    row.lease_closed_on = ctx.height();
    ctx.gas.write(bid_key(ctx.state, row), lease_size(ctx.state, row));
    emit_bid(ctx, EventKind::kLeaseClosed, row);
}

sim::Status create_lease(Context& ctx, const MsgCreateLease& msg) {
    ChainState& state = ctx.state;
    const std::uint32_t bid = state.find_bid(msg.bid_id);
    get_bid(ctx, bid);
    if (bid == kNoRow) return refusal(errors::kMarketBidNotFound);
    if (state.bids[bid].state != BidState::kOpen) return refusal(errors::kMarketBidNotOpen);
    const std::uint32_t order = state.bids[bid].order;
    get_order(ctx, order);
    if (state.orders[order].state != OrderState::kOpen) return refusal(errors::kMarketOrderNotOpen);
    const std::uint32_t group = deployment::get_group(ctx, msg.bid_id.group());
    if (state.groups[group].state != GroupState::kOpen) return refusal(errors::kMarketGroupNotOpen);
    SIM_CHECK(escrow::create_payment(ctx,
                                     msg.bid_id,
                                     state.names.addresses.account(msg.bid_id.provider),
                                     state.bids[bid].denom,
                                     state.bids[bid].price));

    BidRow& won = state.bids.edit(bid);
    won.lease_state = LeaseState::kActive;
    won.lease_created_at = ctx.height();
    const std::size_t key = bid_key(state, won);
    ctx.gas.write(key, lease_size(state, won));
    ctx.gas.write(key, key);  // the index of leases by provider holds the key
    emit_bid(ctx, EventKind::kLeaseCreated, won);
    state.orders.edit(order).state = OrderState::kActive;
    write_order(ctx, order);
    won.state = BidState::kActive;
    write_bid(ctx, bid);

    const RowList bids = bids_of(state, order);
    open_walk(ctx, bids);
    for (const std::uint32_t row : bids)
        step_bid(ctx, row);
    for (const std::uint32_t row : bids) {
        if (state.bids[row].state != BidState::kOpen) continue;
        state.bids.edit(row).state = BidState::kLost;
        write_bid(ctx, row);
        SIM_CHECK(escrow::close_account(ctx, state.bids[row].escrow));
    }
    return sim::ok();
}

sim::Status withdraw_lease(Context& ctx, const MsgWithdrawLease& msg) {
    const std::uint32_t bid = ctx.state.find_bid(msg.bid_id);
    get_lease(ctx, bid);
    if (bid == kNoRow || ctx.state.bids[bid].lease_state == LeaseState::kInvalid)
        return refusal(errors::kMarketUnknownLease);
    return escrow::withdraw_payment(ctx, msg.bid_id);
}

sim::Status close_lease(Context& ctx, const MsgCloseLease& msg) {
    ChainState& state = ctx.state;
    const std::uint32_t order = state.find_order(msg.lease_id.order());
    get_order(ctx, order);
    if (order == kNoRow) return refusal(errors::kMarketOrderNotFound);
    if (state.orders[order].state != OrderState::kActive)
        return refusal(errors::kMarketOrderClosed);
    const std::uint32_t bid = state.find_bid(msg.lease_id);
    get_bid(ctx, bid);
    if (bid == kNoRow) return refusal(errors::kMarketBidNotFound);
    if (state.bids[bid].state != BidState::kActive) return refusal(errors::kMarketBidNotActive);
    get_lease(ctx, bid);
    if (state.bids[bid].lease_state == LeaseState::kInvalid)
        return refusal(errors::kMarketLeaseNotFound);
    if (state.bids[bid].lease_state != LeaseState::kActive)
        return refusal(errors::kMarketOrderClosed);

    end_lease(ctx, bid, LeaseState::kClosed);
    SIM_CHECK(end_bid(ctx, bid));
    close_order(ctx, order, OrderState::kActive);
    SIM_CHECK(escrow::close_payment(ctx, state.bids[bid].id));
    const std::uint32_t group = deployment::get_group(ctx, msg.lease_id.group());
    if (state.groups[group].state != GroupState::kOpen) return sim::ok();
    return deployment::open_order(ctx, group);
}

sim::Status close_bid(Context& ctx, const MsgCloseBid& msg) {
    ChainState& state = ctx.state;
    const std::uint32_t bid = state.find_bid(msg.bid_id);
    get_bid(ctx, bid);
    if (bid == kNoRow) return refusal(errors::kMarketUnknownBid);
    const std::uint32_t order = state.bids[bid].order;
    get_order(ctx, order);
    if (state.bids[bid].state == BidState::kOpen) return end_bid(ctx, bid);

    get_lease(ctx, bid);
    if (state.bids[bid].lease_state == LeaseState::kInvalid)
        return refusal(errors::kMarketUnknownLeaseForBid);
    if (state.bids[bid].lease_state != LeaseState::kActive)
        return refusal(errors::kMarketLeaseNotActive);
    if (state.bids[bid].state != BidState::kActive) return refusal(errors::kMarketBidNotActive);
    const std::uint32_t group = deployment::get_group(ctx, msg.bid_id.group());
    deployment::set_group_state(ctx, group, GroupState::kPaused);
    deployment::emit_group(ctx, EventKind::kGroupPaused, state.groups[group].id);
    end_lease(ctx, bid, LeaseState::kClosed);
    SIM_CHECK(end_bid(ctx, bid));
    close_order(ctx, order, state.orders[order].state);
    return escrow::ignore_refusal(escrow::close_payment(ctx, state.bids[bid].id));
}

}  // namespace nodes::market

namespace nodes::deployment {

sim::Status open_order(Context& ctx, std::uint32_t group) {
    ChainState& state = ctx.state;
    SIM_CHECK(market::check_no_live_order(ctx, state.groups[group]));
    // From here on nothing can fail.
    GroupRow& parent = state.groups.edit(group);
    OrderRow row;
    row.id = {parent.id.owner, parent.id.dseq, parent.id.gseq, ++parent.orders};
    row.state = OrderState::kOpen;
    row.created_at = ctx.height();
    row.group = group;
    row.size = static_cast<std::uint32_t>(
        sizes::msg(sizes::id(row.id, ctx.names())) + sizes::kState + sizes::msg(parent.spec_size) +
        sizes::num(static_cast<std::uint64_t>(row.created_at.value)));
    const std::uint32_t index = state.orders.add(row);
    if (parent.last_order == kNoRow) {
        parent.first_order = index;
    } else {
        state.orders.edit(parent.last_order).next = index;
    }
    parent.last_order = index;
    ctx.gas.has_write(market::order_key(state, row), row.size);
    market::emit_order(ctx, EventKind::kOrderCreated, row.id);
    return sim::ok();
}

sim::Status end_group(Context& ctx, std::uint32_t group) {
    struct Seen {
        std::uint32_t row;
        OrderState state;
    };

    ChainState& state = ctx.state;
    const LeaseState lease_state =
        ctx.rules().lease_shows_insufficient_funds &&
                state.groups[group].state == GroupState::kInsufficientFunds
            ? LeaseState::kInsufficientFunds
            : LeaseState::kClosed;
    // The orders are read when the walk starts: an overdraft on the way closes them all, and the
    // walk then closes its later ones a second time from the old values.
    boost::container::small_vector<Seen, 8> orders;
    for (std::uint32_t row = state.groups[group].first_order; row != kNoRow;
         row = state.orders[row].next)
        orders.push_back({row, state.orders[row].state});

    const auto step_order = [&](std::uint32_t row) {
        ctx.gas.step(market::order_key(state, state.orders[row]), state.orders[row].size);
    };
    if (orders.empty()) {
        ctx.gas.step_empty();
    } else {
        step_order(orders.front().row);
    }
    for (const Seen& order : orders) {
        market::close_order(ctx, order.row, order.state);
        const market::RowList bids = market::bids_of(state, order.row);
        market::open_walk(ctx, bids);
        for (const std::uint32_t bid : bids) {
            SIM_CHECK(market::end_bid_and_lease(ctx, bid, lease_state));
            market::step_bid(ctx, bid);
        }
        step_order(order.row);
    }
    return sim::ok();
}

}  // namespace nodes::deployment
