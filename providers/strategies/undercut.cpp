// Bids a fixed share below the lowest open bid of the others, but never below its own cost; without
// a rival it bids cost plus its margin.
#include "providers/strategies/strategy.h"

#include <algorithm>

namespace providers {

sim::Result<sim::Dec18> undercut_price(const PriceView& view, const StrategyParams& params) {
    SIM_TRY(floor, in_order_denom(view.cost_usd, view));
    if (!view.lowest_rival) {
        return in_order_denom(view.cost_usd + times(view.cost_usd, params.margin), view);
    }
    const auto below = *view.lowest_rival - times(*view.lowest_rival, params.undercut_by);
    return std::max(floor, cut_to_micro(below));
}

}  // namespace providers
