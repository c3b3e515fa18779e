// The explicit list of supply rules, and the parameters that a scenario may set by name.
#include "providers/supply/supply.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#define SUPPLY_RULES(X)                                                     \
    X(fixed, "Keeps the population at its target.")                         \
    X(opportunist, "Joins while the reward exceeds the cost, else leaves.") \
    X(loyal_half_life, "Stays for a programme and forgets it slowly.")

namespace providers {

#define DECLARE_RULE(name, help) \
    SupplyChange name##_supply(const SupplyView&, const SupplyParams&, SupplyState&, sim::Rng&);
SUPPLY_RULES(DECLARE_RULE)
#undef DECLARE_RULE

namespace {

#define RULE_ROW(name, help) SupplyRule{#name, help, name##_supply},
constexpr std::array kRules{SUPPLY_RULES(RULE_ROW)};
#undef RULE_ROW

constexpr std::array<std::string_view, 6> kParameters{
    "target", "entry_rate", "exit_rate", "hysteresis", "entry_delay_days", "half_life_days"};

/// Millionths are fine enough for rates that nobody knows better.
sim::Ratio millionths(double value) {
    return {std::llround(value * 1e6), 1'000'000};
}

sim::SimDuration days(double value) {
    return {std::llround(value * 86'400e9)};
}

}  // namespace

std::span<const SupplyRule> supply_rules() {
    return kRules;
}

std::optional<std::uint8_t> supply_rule_named(std::string_view name) {
    for (std::size_t i = 0; i < kRules.size(); ++i) {
        if (kRules[i].name == name) return static_cast<std::uint8_t>(i);
    }
    return std::nullopt;
}

std::span<const std::string_view> supply_parameter_names() {
    return kParameters;
}

sim::Status set_supply_parameter(SupplyParams& params, std::string_view name, double value) {
    constexpr double kMost = 1e9;
    const bool usable = value >= 0 && value <= (name.ends_with("_days") ? 36'500 : kMost);
    if (!usable) {
        return sim::Error{{"supply", 1}, fmt::format("{} cannot be {}", name, value)};
    }
    if (name == "target") {
        params.target = std::llround(value);
    } else if (name == "entry_rate") {
        params.entry_rate = millionths(value);
    } else if (name == "exit_rate") {
        params.exit_rate = millionths(value);
    } else if (name == "hysteresis") {
        params.hysteresis = millionths(value);
    } else if (name == "entry_delay_days") {
        params.entry_delay = days(value);
    } else if (name == "half_life_days") {
        params.half_life = days(value);
    } else {
        return sim::Error{{"supply", 2}, fmt::format("unknown supply parameter {}", name)};
    }
    return sim::ok();
}

std::int64_t draw_count(double expected, std::int64_t most, sim::Rng& rng) {
    if (!(expected > 0) || most <= 0) return 0;
    if (expected >= static_cast<double>(most)) return most;
    const double whole = std::floor(expected);
    const auto count = static_cast<std::int64_t>(whole);
    return count + (rng.uniform01() < expected - whole ? 1 : 0);
}

double free_entry_units(double pool_per_day,
                        double cost_per_day,
                        double detection_per_day,
                        double stake) {
    return (1 - detection_per_day) * pool_per_day / (cost_per_day + detection_per_day * stake);
}

}  // namespace providers
