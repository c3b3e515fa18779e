#include "tenants/behaviour.h"

namespace tenants {

namespace {

/// price x (successes + 1 + failures) / (successes + 1): the price per lease that is kept, with one
/// imagined success so that an unknown provider is taken at its word. Compared crosswise.
bool better(const BidInSight& a, const BidInSight& b) {
    const auto per_try = [](const BidInSight& x) {
        return static_cast<std::int64_t>(x.successes) + 1 + x.failures;
    };
    const auto kept = [](const BidInSight& x) {
        return static_cast<std::int64_t>(x.successes) + 1;
    };
    const auto left = sim::to_wide(a.price.scaled) * per_try(a) * kept(b);
    const auto right = sim::to_wide(b.price.scaled) * per_try(b) * kept(a);
    return left < right;
}

}  // namespace

/// The lowest price after what the tenant's own failures with each provider make of it.
std::optional<BidChoice> choose_reputation(const BidsInSight& view) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < view.bids.size(); ++i) {
        if (better(view.bids[i], view.bids[best])) best = i;
    }
    return BidChoice{best, nodes::Subject::kReputation};
}

}  // namespace tenants
