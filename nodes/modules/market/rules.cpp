#include "nodes/modules/market/rules.h"

#include "nodes/chain/ledger.h"
#include "nodes/protocol/errors.h"

namespace nodes::market {

sim::Status check_bid_deposit(const Coin& deposit,
                              const DerivedParams::MinDeposit& minimum,
                              const Names& names) {
    if (deposit.denom == minimum.denom && deposit.amount >= minimum.amount) return sim::ok();
    return unregistered("Deposit invalid: mininum:" +
                        ledger::coin_text(ledger::Amount{minimum.denom, minimum.amount}, names) +
                        " received:" + ledger::coin_text(deposit, names));
}

sim::Status check_bid_count(std::uint32_t bids, std::uint32_t max_bids, const RuleSet& rules) {
    const bool too_many = rules.exact_bid_limit ? bids >= max_bids : bids > max_bids;
    if (!too_many) return sim::ok();
    return unregistered("unknown provider: too many existing bids (" + std::to_string(max_bids) +
                        ")");
}

sim::Status may_bid(OrderState state) {
    switch (state) {
        case OrderState::kOpen:
            return sim::ok();
        case OrderState::kActive:
            return refusal(errors::kMarketOrderActive);
        default:
            return refusal(errors::kMarketOrderClosed);
    }
}

sim::Status check_bid_price(const DecCoin& price, const GroupRow& group, const Names& names) {
    if (!names.denoms.valid(price.denom) || price.scaled < 0)
        return refusal(errors::kMarketBidInvalidPrice);
    if (price.denom != group.denom) {
        return panic("invalid coin denominations; " + names.denoms.text(group.denom) + ", " +
                     names.denoms.text(price.denom));
    }
    const auto narrowed = sim::narrow(price.scaled);
    if (!narrowed || *narrowed > group.max_price.scaled)
        return refusal(errors::kMarketBidOverOrder);
    return sim::ok();
}

}  // namespace nodes::market
