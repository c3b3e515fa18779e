#include "tenants/behaviour.h"

namespace tenants {

/// The cheapest of the audited bids; when there is none, the cheapest of all.
std::optional<BidChoice> choose_audited_first(const BidsInSight& view) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < view.bids.size(); ++i) {
        const BidInSight& bid = view.bids[i];
        const BidInSight& held = view.bids[best];
        if (bid.audited != held.audited ? bid.audited : bid.price < held.price) best = i;
    }
    const auto criterion =
        view.bids[best].audited ? nodes::Subject::kAudit : nodes::Subject::kPrice;
    return BidChoice{best, criterion};
}

}  // namespace tenants
