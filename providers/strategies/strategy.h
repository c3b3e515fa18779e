// Pricing strategies: pure functions from what a provider knows about an order to its price per
// block. What a strategy needs to know is in PriceView, what a scenario may set is in
// StrategyParams; a new strategy is one file and one line in catalog.cpp.
#pragma once

#include "providers/decimal.h"
#include "providers/price_script.h"
#include "sim/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace providers {

/// What a denomination is worth, as far as strategies that think in dollars are concerned.
enum class PayIn : std::uint8_t { kUakt, kMicroUsd, kOther };

/// `spec` outlives the call. Prices are per block for the whole group in micro-units of the order's
/// denomination.
struct PriceView {
    const nodes::GroupSpec* spec = nullptr;
    std::string_view denom;
    PayIn pay_in = PayIn::kUakt;
    sim::Dec18 max_price;
    std::int64_t akt_micro_usd = 0;          ///< 0 = no price known
    std::optional<sim::Dec18> lowest_rival;  ///< lowest open bid of another provider
    sim::Dec18 cost_usd;                     ///< own cost in micro-USD per block
    std::uint64_t draw = 0;                  ///< 64 random bits of the provider's own stream
};

/// Prices per unit and block; a storage class without a price refuses the order.
struct ScaleParams {
    Decimal cpu;     ///< milli-CPU
    Decimal memory;  ///< MiB
    Decimal endpoint;
    Decimal ip;
    std::vector<std::pair<std::string, Decimal>> storage;  ///< MiB, by class

    static void fields(auto& self, auto&& visit) {
        visit("cpu", self.cpu);
        visit("memory", self.memory);
        visit("endpoint", self.endpoint);
        visit("ip", self.ip);
        visit("storage", self.storage);
    }

    /// The Helm chart's values of 2024.
    static ScaleParams helm_chart();
};

/// The flags as texts: "0.004", and for storage "0.00016,beta2=0.00016".
struct ScaleTexts {
    std::string cpu = "0";
    std::string memory = "0";
    std::string storage = "0";
    std::string endpoint = "0";
    std::string ip = "0";
};

/// What the provider does with the flags at start; an error is why it does not start.
sim::Result<ScaleParams> parse_scales(const ScaleTexts& texts);

struct StrategyParams {
    ScaleParams scale = ScaleParams::helm_chart();
    UsdTargets usd_targets;
    sim::Ratio margin{1, 4};         ///< cost_plus: over own cost; undercut: when there is no rival
    sim::Ratio undercut_by{1, 100};  ///< of the lowest rival bid
    /// equilibrium: highest cost that a rival may have, in micro-USD per block, and the number of
    /// bidders, this one included.
    sim::Dec18 cost_ceiling;
    std::int64_t bidders = 2;
    sim::Ratio price_level{1, 1};  ///< of this provider, on top of what its strategy says

    static void fields(auto& self, auto&& visit) {
        visit("scale", self.scale);
        visit("usd_targets", self.usd_targets);
        visit("margin", self.margin);
        visit("undercut_by", self.undercut_by);
        visit("cost_ceiling", self.cost_ceiling);
        visit("bidders", self.bidders);
        visit("price_level", self.price_level);
    }
};

using PriceFunction = sim::Result<sim::Dec18> (*)(const PriceView&, const StrategyParams&);

/// What of the view is costly to find out and wanted by some strategies only.
enum class StrategyNeeds : std::uint8_t { kNothing, kRivals, kDraw };

struct Strategy {
    std::string_view name;
    StrategyNeeds needs = StrategyNeeds::kNothing;
    std::string_view help;
    PriceFunction price = nullptr;
};

/// All strategies in the catalog's order. A provider keeps its strategy's index.
std::span<const Strategy> strategies();
std::optional<std::uint8_t> strategy_named(std::string_view name);

/// Sets one parameter from a scenario's text; refuses unknown names and unreadable values. Names:
/// margin, undercut_by, cost_ceiling, bidders, price_level, script_version, the strategy scale's
/// scale_{cpu,memory,storage,endpoint,ip}, and usd_targets' USD per month: cpu, memory, ephemeral,
/// beta1, beta2, beta3, endpoint, ip, gpu (a whole map as text) and any GPU key ("a100",
/// "a100.80Gi", "*").
sim::Status set_strategy_parameter(StrategyParams& params,
                                   std::string_view name,
                                   std::string_view value);
/// The names above without the GPU keys.
std::span<const std::string_view> strategy_parameter_names();

/// Micro-USD per block in the order's denomination, cut to six decimals; fails when it cannot be
/// converted.
sim::Result<sim::Dec18> in_order_denom(sim::Dec18 micro_usd, const PriceView& view);
/// value * ratio, rounded half to even at the 18th decimal.
sim::Dec18 times(sim::Dec18 value, sim::Ratio ratio);

/// The bounds of randomRange: the bid is low + k / 10^6 with k uniform in [0, draws); draws 0: the
/// bid is high.
struct PriceRange {
    sim::Dec18 low;
    sim::Dec18 high;
    std::int64_t draws = 0;
};

PriceRange random_price_range(const nodes::GroupSpec& spec);

}  // namespace providers
