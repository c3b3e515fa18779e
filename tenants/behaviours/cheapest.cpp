#include "tenants/behaviour.h"

namespace tenants {

/// The lowest price; of equal prices the first in provider byte order, which is the order in which
/// a node lists the bids.
std::optional<BidChoice> choose_cheapest(const BidsInSight& view) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < view.bids.size(); ++i) {
        if (view.bids[i].price < view.bids[best].price) best = i;
    }
    return BidChoice{best, nodes::Subject::kPrice};
}

}  // namespace tenants
