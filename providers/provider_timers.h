// The kinds of timers a provider sets for itself.
#pragma once

#include <cstdint>

namespace providers::timers {

inline constexpr std::uint8_t kPriced = 1;
inline constexpr std::uint8_t kBidTimeout = 2;
inline constexpr std::uint8_t kManifestTimeout = 3;
inline constexpr std::uint8_t kDeployed = 4;
inline constexpr std::uint8_t kFunds = 5;
inline constexpr std::uint8_t kFailure = 6;
inline constexpr std::uint8_t kRepaired = 7;
inline constexpr std::uint8_t kGivenUp = 8;
inline constexpr std::uint8_t kSnapshot = 9;  ///< of the whole provider: slot and tag are not used

}  // namespace providers::timers
