// Akash as a network: its parameters of March 2024, in one place (reference akash-chain section 3).
#pragma once

#include "nodes/chain/params.h"
#include "sim/result.h"
#include "sim/units.h"

#include <string_view>

namespace nodes::akash {

inline constexpr std::string_view kUakt = "uakt";
/// axlUSDC by IBC, the stable coin deployments were paid in.
inline constexpr std::string_view kAxlUsdc =
    "ibc/170C677610AC31DF0904FFE09CD3B5C657492170E7E52372E48756B71E56F2F1";

/// Interval between blocks; configurable per scenario.
inline constexpr sim::SimDuration kBlockInterval{6'098'000'000};

/// Take rates in per cent: "seed" AKT 4, USDC 20 as the seed report says; "code" 2/20 as every
/// release up to 2025 has it; "sandbox2023" 0/20 as the sandbox of 2023. What mainnet had was never
/// verified on chain.
struct TakePreset {
    std::string_view name;
    std::uint32_t uakt_percent;
    std::uint32_t other_percent;
};

sim::Result<TakePreset> take_preset(std::string_view name);

/// Parameters of mainnet in March 2024 with a take preset.
ChainParams params(const TakePreset& take);

}  // namespace nodes::akash
