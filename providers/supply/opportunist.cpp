// Joins while the reward exceeds the cost and leaves when it does not (reference
// rival-networks-and-economics section 10, supply response):
// N' = N + k_in * max(0, r - c) * pipeline - k_out * max(0, c - r) * N, with a delay before
// those who decided to join are there.
#include "providers/supply/supply.h"
#include "sim/detmath.h"

#include <algorithm>

namespace providers {
namespace {

constexpr double kDayNs = 86'400e9;

/// 1 - e^-x for x >= 0: the share that goes at a constant rate.
double gone(double x) {
    return 1 - sim::det_exp(-x);
}

}  // namespace

SupplyChange opportunist_supply(const SupplyView& view,
                                const SupplyParams& params,
                                SupplyState& state,
                                sim::Rng& rng) {
    const double days = static_cast<double>(view.step.ns) / kDayNs;
    const auto cost = static_cast<double>(std::max<std::int64_t>(view.cost_per_day, 1));
    const double gain = (static_cast<double>(view.reward_per_day) - cost) / cost;
    const double threshold = params.hysteresis.to_double();
    SupplyChange change;
    if (gain > threshold) {
        const double share = gone(params.entry_rate.to_double() * gain * days);
        const double undecided = std::max(0.0, static_cast<double>(view.reserve) - state.pipeline);
        state.pipeline += share * undecided;
    } else if (gain < 0) {
        // Those still waiting change their minds first.
        state.pipeline = 0;
    }
    if (gain < -threshold) {
        const double share = gone(params.exit_rate.to_double() * -gain * days);
        change.leave =
            draw_count(share * static_cast<double>(view.population), view.population, rng);
    }
    const double arriving = params.entry_delay.ns == 0
                                ? state.pipeline
                                : state.pipeline * gone(static_cast<double>(view.step.ns) /
                                                        static_cast<double>(params.entry_delay.ns));
    change.join = draw_count(arriving, view.reserve, rng);
    state.pipeline = std::max(0.0, state.pipeline - static_cast<double>(change.join));
    return change;
}

}  // namespace providers
