// The inflation curve that Akash published and never switched on: supply growth halves every few
// years around a band that the bonded share steers within. The chain of March 2024 runs the plain
// cosmos rule instead; this is the rule a scenario would try out (reference akash-chain section
// 12).
#pragma once

#include "nodes/protocol/messages.h"
#include "sim/dec18.h"
#include "sim/result.h"

#include <cstdint>

namespace nodes::inflation {

struct Params {
    sim::Dec18 decay_factor;       ///< years in which the ideal halves
    sim::Dec18 initial_inflation;  ///< per cent at genesis
    sim::Dec18 variance;           ///< half width of the band, as a share of the ideal
};

struct Situation {
    Timestamp genesis;
    Timestamp now;
    sim::Dec18 current;  ///< inflation so far
    sim::Dec18 bonded;   ///< bonded share of the supply
    sim::Dec18 goal_bonded;
    sim::Dec18 rate_change;
    std::int64_t blocks_per_year = 0;
};

/// 2^(-years/decay_factor) cut to six decimals. The caller ensures that now is not before genesis
/// and that the factor is above zero.
sim::Dec18 decay_coefficient(const Params& params, const Situation& situation);

/// Next inflation: current + (1 - bonded/goal) x rate_change / blocks_per_year, kept within
/// ideal x (1 -+ variance) and above zero. Panics ("division by zero") without parameters, as the
/// real code does. Source: akash-network/akash-api v0.0.35
/// go/node/inflation/v1beta3/inflation_calculator.go.
sim::Result<sim::Dec18> planned(const Params& params, const Situation& situation);

}  // namespace nodes::inflation
