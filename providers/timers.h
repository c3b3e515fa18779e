// Kinds of the timers that a provider sets for itself. Those of a row carry its generation and
// step; the funds check outlives steps.
#pragma once

#include <cstdint>

namespace providers::timers {

inline constexpr std::uint8_t kPriced = 1;
inline constexpr std::uint8_t kBidTimeout = 2;
inline constexpr std::uint8_t kManifestTimeout = 3;
inline constexpr std::uint8_t kDeployed = 4;
inline constexpr std::uint8_t kFailure = 5;
inline constexpr std::uint8_t kRepaired = 6;
inline constexpr std::uint8_t kGiveUp = 7;
inline constexpr std::uint8_t kFunds = 8;
inline constexpr std::uint8_t kSnapshot = 9;

}  // namespace providers::timers
