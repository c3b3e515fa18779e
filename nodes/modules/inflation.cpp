#include "nodes/modules/inflation.h"

#include "nodes/protocol/errors.h"

#include <algorithm>

namespace nodes::inflation {
namespace {

constexpr std::int64_t kSecondsPerYear = 31'557'600;
/// A million of these is one: what is kept of the coefficient.
constexpr std::int64_t kSixthDecimal = 1'000'000'000'000;

/// 10^36, the working scale of the power.
sim::Wide scale() {
    return sim::Wide(sim::kDecOne) * sim::kDecOne;
}

sim::Wide ln_two() {
    return sim::Wide("693147180559945309417232121458176568");
}

/// exp(-y) for 0 <= y < 1, all scaled by 10^36: the series until its terms vanish.
sim::Wide exp_of_minus(const sim::Wide& y) {
    sim::Wide sum = scale();
    sim::Wide term = scale();
    for (int n = 1; term != 0; ++n) {
        term = -term * y / scale() / n;
        sum += term;
    }
    return sum;
}

}  // namespace

sim::Dec18 decay_coefficient(const Params& params, const Situation& situation) {
    const sim::Wide seconds = situation.now.seconds - situation.genesis.seconds;
    SIM_ASSERT(seconds >= 0, "a block after genesis");
    SIM_ASSERT(params.decay_factor.scaled > 0, "a decay factor above zero");
    // years / factor, scaled by 10^36: the factor itself carries 10^18.
    const sim::Wide factor = sim::to_wide(params.decay_factor.scaled);
    const sim::Wide halvings = seconds * scale() * sim::kDecOne / kSecondsPerYear / factor;
    const sim::Wide whole = halvings / scale();
    const sim::Wide fraction = halvings % scale();
    // After 128 halvings nothing is left within 18 digits.
    if (whole >= 128) return {};
    const sim::Wide power = exp_of_minus(fraction * ln_two() / scale()) >>
                            static_cast<unsigned>(whole.convert_to<std::int64_t>());
    const sim::Wide cut = power / sim::kDecOne / kSixthDecimal * kSixthDecimal;
    return {sim::narrow(cut).value_or(0)};
}

sim::Result<sim::Dec18> planned(const Params& params, const Situation& situation) {
    if (params.decay_factor.scaled <= 0 || situation.goal_bonded.scaled == 0 ||
        situation.blocks_per_year == 0) {
        return panic("division by zero");
    }
    const auto one = sim::Dec18::from_int(1);
    const auto ideal = mul_bankers(params.initial_inflation, decay_coefficient(params, situation));
    const auto pull = one - quo_bankers(situation.bonded, situation.goal_bonded);
    const auto change = quo_bankers(mul_bankers(pull, situation.rate_change),
                                    sim::Dec18::from_int(situation.blocks_per_year));
    const auto lower = std::max(sim::Dec18{}, mul_bankers(ideal, one - params.variance));
    const auto upper = mul_bankers(ideal, one + params.variance);
    return std::clamp(situation.current + change, lower, std::max(lower, upper));
}

}  // namespace nodes::inflation
