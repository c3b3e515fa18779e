// Opportunistic supply: how many providers of a population join and leave in a step, given what a
// unit earns and costs. Pure functions; what a rule needs to remember is in SupplyState, which the
// caller keeps. A new rule is one file and one line in catalog.cpp.
#pragma once

#include "sim/result.h"
#include "sim/rng.h"
#include "sim/units.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace providers {

/// Money is micro-USD per unit (one GPU) and day.
struct SupplyView {
    std::int64_t reward_per_day = 0;  ///< leases and the share of a programme together
    std::int64_t cost_per_day = 0;
    std::int64_t population = 0;                          ///< providers there now
    std::int64_t reserve = 0;                             ///< providers that could still join
    sim::SimDuration step;                                ///< since the last decision
    std::optional<sim::SimDuration> since_programme_end;  ///< nothing: there is none, or it runs
};

struct SupplyParams {
    std::int64_t target = 0;  ///< fixed: how many there shall be
    /// opportunist: share of the reserve that joins (of the population that leaves) per day when
    /// the reward exceeds (falls short of) the cost by 100 %.
    sim::Ratio entry_rate{1, 10};
    sim::Ratio exit_rate{1, 5};
    sim::Ratio hysteresis{1, 10};  ///< of the cost: a smaller difference moves nobody
    /// opportunist: how long a decision to join takes to show, as an average: 7 to 42 days for
    /// hardware to be bought, minutes for what is only software.
    sim::SimDuration entry_delay;
    /// loyal_half_life: after the programme's end, half of those who came for it are gone after
    /// this; 100 to 120 days fit io.net's fall of 2024.
    sim::SimDuration half_life = sim::SimDuration::seconds(110LL * 86'400);

    static void fields(auto& self, auto&& visit) {
        visit("target", self.target);
        visit("entry_rate", self.entry_rate);
        visit("exit_rate", self.exit_rate);
        visit("hysteresis", self.hysteresis);
        visit("entry_delay", self.entry_delay);
        visit("half_life", self.half_life);
    }
};

/// Providers that have decided to join and are not there yet: a fraction of a provider counts.
struct SupplyState {
    double pipeline = 0;

    static void fields(auto& self, auto&& visit) { visit("pipeline", self.pipeline); }
};

struct SupplyChange {
    std::int64_t join = 0;
    std::int64_t leave = 0;

    friend bool operator==(const SupplyChange&, const SupplyChange&) = default;
};

using SupplyFunction = SupplyChange (*)(const SupplyView&,
                                        const SupplyParams&,
                                        SupplyState&,
                                        sim::Rng&);

struct SupplyRule {
    std::string_view name;
    std::string_view help;
    SupplyFunction decide = nullptr;
};

/// All rules in the catalog's order. A population keeps its rule's index.
std::span<const SupplyRule> supply_rules();
std::optional<std::uint8_t> supply_rule_named(std::string_view name);

/// Sets one parameter: target, entry_rate, exit_rate, hysteresis, entry_delay_days, half_life_days.
sim::Status set_supply_parameter(SupplyParams& params, std::string_view name, double value);
std::span<const std::string_view> supply_parameter_names();

/// The whole part of an expected count, and one more with the probability of its fraction; within
/// 0 and `most`.
std::int64_t draw_count(double expected, std::int64_t most, sim::Rng& rng);

/// Free entry into a pool that is shared pro rata: reward / (cost + detection * stake) after the
/// share (1 - detection) that is paid out; all per day and unit. The long-run number of units.
double free_entry_units(double pool_per_day,
                        double cost_per_day,
                        double detection_per_day,
                        double stake);

}  // namespace providers
