// The symmetric equilibrium of a first-price sealed-bid procurement auction with n bidders whose
// costs are uniform up to b: bid c + (b - c) / n. For checks of the market against auction theory
// (reference rival-networks-and-economics, section 11.1).
#include "providers/strategies/strategy.h"

namespace providers {

sim::Result<sim::Dec18> equilibrium_price(const PriceView& view, const StrategyParams& params) {
    SIM_ASSERT(params.bidders > 0, "at least one bidder, got {}", params.bidders);
    const auto shade = times(params.cost_ceiling - view.cost_usd, {1, params.bidders});
    return in_order_denom(view.cost_usd + shade, view);
}

}  // namespace providers
