// What a tenant thinks computing costs: a list of prices in dollars per month, from which it
// derives the highest price it will put on an order. The defaults are the targets of the providers'
// public price script and, for GPUs, dated market prices (reference akash-provider-and-sdl 1.3 and
// 4).
#pragma once

#include "nodes/protocol/resources.h"
#include "sim/dec18.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tenants {

/// Dollars are whole micro-dollars, months those of the price script: 429,909 blocks.
inline constexpr std::int64_t kBlocksPerMonth = 429'909;
inline constexpr std::int64_t kMillion = 1'000'000;

struct ModelPrice {
    std::string model;  ///< as in an SDL: "a100"
    std::int64_t card_month = 0;

    static void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("card_month", self.card_month);
    }
};

struct ReferencePrices {
    std::int64_t cpu_month = 1'600'000;  ///< one thread
    std::int64_t memory_gib_month = 800'000;
    std::int64_t storage_gib_month = 20'000;  ///< ephemeral
    std::int64_t persistent_gib_month = 40'000;
    std::int64_t endpoint_month = 50'000;
    std::int64_t leased_ip_month = 5'000'000;
    std::vector<ModelPrice> models;  ///< the first entry of a model counts
    std::int64_t other_card_month = 100'000'000;

    /// With the GPU prices of March 2024.
    static ReferencePrices defaults();

    static void fields(auto& self, auto&& visit) {
        visit("cpu_month", self.cpu_month);
        visit("memory_gib_month", self.memory_gib_month);
        visit("storage_gib_month", self.storage_gib_month);
        visit("persistent_gib_month", self.persistent_gib_month);
        visit("endpoint_month", self.endpoint_month);
        visit("leased_ip_month", self.leased_ip_month);
        visit("models", self.models);
        visit("other_card_month", self.other_card_month);
    }
};

/// Micro-dollars per month for everything the group asks for; cut at 10^15. When several GPU models
/// will do, the dearest counts.
std::int64_t micro_usd_per_month(const nodes::GroupSpec& group, const ReferencePrices& prices);

/// The same money per block, in micro-units of a coin that costs `coin_micro_usd` (a dollar coin:
/// 1,000,000). Rounded up to three significant digits, as people write prices, and to six decimals.
/// `coin_micro_usd` must be above 0.
sim::Dec18 price_per_block(std::int64_t micro_usd_month, std::int64_t coin_micro_usd);

}  // namespace tenants
