#include "tenants/behaviour.h"

namespace tenants {

/// Any bid, all equally likely up to one part in 2^64 / bids.
std::optional<BidChoice> choose_random(const BidsInSight& view) {
    const auto wide = static_cast<sim::Uint128>(view.draw) * view.bids.size();
    return BidChoice{static_cast<std::size_t>(wide >> 64U), nodes::Subject::kNone};
}

}  // namespace tenants
