// Keeps the population at its target, whatever it earns.
#include "providers/supply/supply.h"

#include <algorithm>

namespace providers {

SupplyChange fixed_supply(const SupplyView& view,
                          const SupplyParams& params,
                          SupplyState& /*state*/,
                          sim::Rng& /*rng*/) {
    const auto missing = params.target - view.population;
    return {std::clamp<std::int64_t>(missing, 0, view.reserve),
            std::clamp<std::int64_t>(-missing, 0, view.population)};
}

}  // namespace providers
