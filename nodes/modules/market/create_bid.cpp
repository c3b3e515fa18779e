// MsgCreateBid: the busiest message of the market (reference akash-chain sections 8 and 20.7).
#include "nodes/chain/sizes.h"
#include "nodes/modules/escrow/keeper.h"
#include "nodes/modules/market/keeper.h"
#include "nodes/modules/market/rules.h"
#include "nodes/modules/provider.h"
#include "nodes/protocol/attributes.h"
#include "nodes/protocol/errors.h"

#include <boost/container/small_vector.hpp>

namespace nodes::market {
namespace {

constexpr std::size_t kBidMinDepositKey = 20;
constexpr std::size_t kOrderMaxBidsKey = 19;

/// Walk over the order's bids to count them; an unknown order has none.
std::uint32_t count_bids(Context& ctx, std::uint32_t order) {
    const ChainState& state = ctx.state;
    std::uint32_t row = order == kNoRow ? kNoRow : state.orders[order].first_bid;
    if (row == kNoRow) ctx.gas.step_empty();
    std::uint32_t count = 0;
    for (; row != kNoRow; row = state.bids[row].next) {
        const BidRow& bid = state.bids[row];
        const std::size_t key = bid_key(state, bid);
        if (count == 0) ctx.gas.step(key, bid.size);
        ctx.gas.step(key, bid.size);
        ++count;
    }
    return count;
}

sim::Status check_offer(const MsgCreateBid& msg, const GroupSpec& spec) {
    if (!msg.resources_offer || msg.resources_offer->empty()) return sim::ok();
    SIM_TRY(fits, match_offer(*msg.resources_offer, spec));
    if (!fits) return refusal(errors::kMarketCapabilitiesMismatch);
    return sim::ok();
}

/// Registered provider, placement, capabilities.
sim::Status check_provider(Context& ctx, Address provider, const GroupSpec& spec) {
    const ProviderRecord* record = provider::get(ctx, provider);
    if (record == nullptr) return refusal(errors::kMarketUnknownProvider);
    const auto audits = provider::walk_audits(ctx, provider);
    if (!match_placement(spec.requirements, record->attributes, audits))
        return refusal(errors::kMarketAttributeMismatch);
    if (!match_resources(spec, record->attributes))
        return refusal(errors::kMarketCapabilitiesMismatch);
    return sim::ok();
}

/// Puts the bid into its order's list, which is in provider byte order.
void link_bid(ChainState& state, std::uint32_t order, std::uint32_t bid) {
    const AddressBook& book = state.names.addresses;
    const Address provider = state.bids[bid].id.provider;
    std::uint32_t before = kNoRow;
    std::uint32_t after = state.orders[order].first_bid;
    while (after != kNoRow && book.bytes_less(state.bids[after].id.provider, provider)) {
        before = after;
        after = state.bids[after].next;
    }
    state.bids.edit(bid).next = after;
    OrderRow& parent = state.orders.edit(order);
    ++parent.bids;
    if (before == kNoRow) {
        parent.first_bid = bid;
    } else {
        state.bids.edit(before).next = bid;
    }
}

std::uint32_t add_bid(Context& ctx,
                      const MsgCreateBid& msg,
                      std::uint32_t order,
                      Address provider) {
    ChainState& state = ctx.state;
    BidRow row;
    row.id = bid_id(msg.order, provider);
    row.state = BidState::kOpen;
    row.denom = msg.price.denom;
    row.price = {sim::narrow(msg.price.scaled).value()};  // at most the order's, which fits
    row.created_at = ctx.height();
    row.order = order;
    const std::size_t price =
        sizes::coin(state.names.denoms.text(row.denom).size(), sizes::digits(row.price.scaled));
    std::size_t offer = 0;
    if (msg.resources_offer) {
        row.offers = static_cast<std::uint32_t>(msg.resources_offer->size());
        offer = encoded_size(*msg.resources_offer);
    }
    row.size = static_cast<std::uint32_t>(
        sizes::msg(sizes::id(row.id, ctx.names())) + sizes::kState + sizes::msg(price) +
        sizes::num(static_cast<std::uint64_t>(row.created_at.value)) + offer);
    const std::uint32_t index = state.bids.add(row);
    link_bid(state, order, index);
    ctx.gas.write(bid_key(state, row), row.size);
    ChainEvent& event = ctx.emit(EventKind::kBidCreated);
    event.id = row.id;
    event.denom = row.denom;
    event.price = row.price;
    return index;
}

}  // namespace

sim::Status create_bid(Context& ctx, const MsgCreateBid& msg) {
    ChainState& state = ctx.state;
    ctx.gas.read(kBidMinDepositKey, state.derived.bid_min_deposit_size);
    ctx.gas.read(kOrderMaxBidsKey, state.derived.order_max_bids_size);
    SIM_CHECK(check_bid_deposit(msg.deposit, state.derived.bid_min_deposit, ctx.names()));
    const std::uint32_t order = state.find_order(msg.order);
    SIM_CHECK(check_bid_count(count_bids(ctx, order), state.params.order_max_bids, ctx.rules()));
    get_order(ctx, order);
    if (order == kNoRow) return refusal(errors::kMarketOrderNotFound);
    SIM_CHECK(may_bid(state.orders[order].state));
    const GroupRow& group = state.groups[state.orders[order].group];
    SIM_CHECK(check_bid_price(msg.price, group, ctx.names()));
    const GroupSpec& spec = *state.specs[group.spec];
    SIM_CHECK(check_offer(msg, spec));
    const Address provider = state.names.addresses.account(msg.provider);
    SIM_CHECK(check_provider(ctx, provider, spec));
    ctx.gas.has();
    if (state.find_bid(bid_id(msg.order, provider)) != kNoRow)
        return refusal(errors::kMarketBidExists);
    const std::uint32_t bid = add_bid(ctx, msg, order, provider);
    SIM_TRY(account,
            escrow::create_account(ctx,
                                   {.scope = EscrowScope::kBid,
                                    .id = state.bids[bid].id,
                                    .owner = provider,
                                    .depositor = provider,
                                    .deposit = msg.deposit}));
    state.bids.edit(bid).escrow = account;
    return sim::ok();
}

}  // namespace nodes::market
