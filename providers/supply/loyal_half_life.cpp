// Joins at once while a programme runs and, after its end, leaves with a given half-life, whatever
// the market pays: those who came for the reward forget it slowly.
#include "providers/supply/supply.h"
#include "sim/detmath.h"

#include <algorithm>

namespace providers {

SupplyChange loyal_half_life_supply(const SupplyView& view,
                                    const SupplyParams& params,
                                    SupplyState& /*state*/,
                                    sim::Rng& rng) {
    if (!view.since_programme_end) {
        return {view.reward_per_day > view.cost_per_day ? view.reserve : 0, 0};
    }
    if (params.half_life.ns <= 0) return {0, view.population};
    // Only the part of the step after the end counts.
    const auto after_end = std::min(view.step, *view.since_programme_end);
    const double halves =
        static_cast<double>(after_end.ns) / static_cast<double>(params.half_life.ns);
    const double share = 1 - sim::det_pow(2.0, -halves);
    return {0, draw_count(share * static_cast<double>(view.population), view.population, rng)};
}

}  // namespace providers
