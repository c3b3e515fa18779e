// Bids its own cost plus a fixed margin, whatever the others do.
#include "providers/strategies/strategy.h"

namespace providers {

sim::Result<sim::Dec18> cost_plus_price(const PriceView& view, const StrategyParams& params) {
    return in_order_denom(view.cost_usd + times(view.cost_usd, params.margin), view);
}

}  // namespace providers
