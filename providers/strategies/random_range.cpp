// A random price in a range given by memory alone. The real code divides twice and so uses the
// lowest hundredth of its range only (provider v0.5.4 bidengine/pricing.go randomRangePricing).
#include "providers/strategies/strategy.h"

#include <algorithm>
#include <limits>

namespace providers {
namespace {

constexpr std::int64_t kLowPerGibibyte = 50;
constexpr std::int64_t kHighPerGibibyte = 1'048'576;
constexpr std::int64_t kSteps = 10'000;

sim::Wide at_least_one(const sim::Wide& units) {
    return (units == 0 ? sim::Wide(1) : units) * sim::kDecOne;
}

}  // namespace

PriceRange random_price_range(const nodes::GroupSpec& spec) {
    sim::Wide memory = 0;
    for (const auto& unit : spec.resources) {
        if (unit.resources.memory) memory += unit.resources.memory->value * unit.count;
    }
    const auto max_price = nodes::total_price(spec).scaled;
    const sim::Wide low = at_least_one(memory * kLowPerGibibyte >> 30);
    const sim::Wide cap = (memory * kHighPerGibibyte >> 30) * sim::kDecOne;
    const sim::Wide capped = std::min(cap, max_price);
    const sim::Wide high = capped == 0 ? sim::Wide(sim::kDecOne) : capped;
    PriceRange range;
    range.low = {sim::narrow(low).value_or(0)};
    range.high = {sim::narrow(high).value_or(0)};
    if (low == high) return range;
    // Only the upper bound is capped: high may be below low, and then low is bid.
    const sim::Wide delta = (high - low) * kSteps / sim::kDecOne;
    const auto draws = sim::narrow64(delta).value_or(std::numeric_limits<std::int64_t>::max());
    range.draws = std::max<std::int64_t>(draws, 1);
    return range;
}

sim::Result<sim::Dec18> random_range_price(const PriceView& view,
                                           const StrategyParams& /*params*/) {
    const auto range = random_price_range(*view.spec);
    if (range.draws == 0) return range.high;
    const auto product =
        static_cast<sim::Uint128>(view.draw) * static_cast<sim::Uint128>(range.draws);
    const auto k = static_cast<std::int64_t>(product >> 64);
    return range.low + sim::Dec18{static_cast<sim::Int128>(k) * (sim::kDecOne / 1'000'000)};
}

}  // namespace providers
