#include "nodes/protocol/resources.h"

namespace nodes {

// Source: akash-api v0.0.35 deployment/v1beta3 groupspec.go, Price. The lengths stand in
// encoding.cpp.
DecCoin total_price(const GroupSpec& spec) {
    DecCoin total;
    if (!spec.resources.empty()) total.denom = spec.resources.front().price.denom;
    for (const auto& unit : spec.resources)
        total.scaled += unit.price.scaled * unit.count;
    return total;
}

}  // namespace nodes
