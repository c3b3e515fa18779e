#include "nodes/networks/akash.h"

#include <array>
#include <string>

namespace nodes::akash {
namespace {

// The numbers of the network: change them here, or in a scenario.
constexpr std::int64_t kDeploymentMinDepositUakt = 500'000;       // website PR#74, 2024-03-24
constexpr std::int64_t kDeploymentMinDepositAxlUsdc = 5'000'000;  // the same source
constexpr std::int64_t kBidMinDepositUakt = 500'000;              // the same source
constexpr std::uint32_t kOrderMaxBids = 20;                       // support#28

constexpr std::array<TakePreset, 3> kTakePresets{{
    {"akt4_usdc20", 4, 20},
    {"code", 2, 20},
    {"sandbox2023", 0, 20},
}};

}  // namespace

sim::Result<TakePreset> take_preset(std::string_view name) {
    std::string known;
    for (const TakePreset& preset : kTakePresets) {
        if (preset.name == name) return preset;
        known += (known.empty() ? "" : ", ") + std::string(preset.name);
    }
    return sim::Error{{"network", 1},
                      "unknown take preset '" + std::string(name) + "'; there are: " + known,
                      sim::ErrorKind::kRefusal};
}

ChainParams params(const TakePreset& take) {
    ChainParams params;
    params.deployment_min_deposits = {{std::string(kUakt), kDeploymentMinDepositUakt},
                                      {std::string(kAxlUsdc), kDeploymentMinDepositAxlUsdc}};
    params.bid_min_deposit = {std::string(kUakt), kBidMinDepositUakt};
    params.order_max_bids = kOrderMaxBids;
    params.default_take_rate = take.other_percent;
    params.denom_take_rates = {{std::string(kUakt), take.uakt_percent}};
    return params;
}

}  // namespace nodes::akash
