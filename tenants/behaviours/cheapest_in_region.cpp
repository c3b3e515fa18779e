#include "tenants/behaviour.h"

namespace tenants {

/// The cheapest bid from the wanted region. Without one the tenant waits: data that may not leave a
/// region does not leave it for a low price.
std::optional<BidChoice> choose_cheapest_in_region(const BidsInSight& view) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < view.bids.size(); ++i) {
        if (!view.bids[i].in_region) continue;
        if (!best || view.bids[i].price < view.bids[*best].price) best = i;
    }
    if (!best) return std::nullopt;
    return BidChoice{*best, nodes::Subject::kRegion};
}

}  // namespace tenants
