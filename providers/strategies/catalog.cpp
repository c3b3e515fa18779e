// The explicit list of pricing strategies, and the parameters that a scenario may set by name.
#include "providers/gpu_catalog.h"
#include "providers/strategies/strategy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#define STRATEGIES(X)                                                            \
    X(scale, kNothing, "Bids a price per unit of each resource; GPUs are free.") \
    X(usd_targets, kNothing, "Bids USD per month and resource at AKT's price.")  \
    X(random_range, kDraw, "Bids a random price in a range given by memory.")    \
    X(undercut, kRivals, "Bids a fixed share below the lowest open bid.")        \
    X(cost_plus, kNothing, "Bids its cost plus a fixed margin.")                 \
    X(equilibrium, kNothing, "Bids the first-price equilibrium for uniform costs.")

namespace providers {

#define DECLARE_STRATEGY(name, needs, help) \
    sim::Result<sim::Dec18> name##_price(const PriceView& view, const StrategyParams& params);
STRATEGIES(DECLARE_STRATEGY)
#undef DECLARE_STRATEGY

namespace {

#define STRATEGY_ROW(name, needs, help) Strategy{#name, StrategyNeeds::needs, help, name##_price},
constexpr std::array kStrategies{STRATEGIES(STRATEGY_ROW)};
#undef STRATEGY_ROW

constexpr std::array<std::string_view, 20> kParameters{"margin",
                                                       "undercut_by",
                                                       "cost_ceiling",
                                                       "bidders",
                                                       "price_level",
                                                       "scale_cpu",
                                                       "scale_memory",
                                                       "scale_storage",
                                                       "scale_endpoint",
                                                       "scale_ip",
                                                       "script_version",
                                                       "cpu",
                                                       "memory",
                                                       "ephemeral",
                                                       "beta1",
                                                       "beta2",
                                                       "beta3",
                                                       "endpoint",
                                                       "ip",
                                                       "gpu"};

sim::Error bad_value(std::string_view name, std::string_view value) {
    return {price_errors::kSettings, fmt::format("{} cannot be '{}'", name, value)};
}

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// "1/4", "0.25" or "2".
std::optional<sim::Ratio> ratio(std::string_view text) {
    if (const auto slash = text.find('/'); slash != std::string_view::npos) {
        const auto top = whole(text.substr(0, slash));
        const auto bottom = whole(text.substr(slash + 1));
        if (!top || !bottom || *bottom <= 0) return std::nullopt;
        return sim::Ratio{*top, *bottom};
    }
    const auto decimal = parse_decimal(text);
    if (!decimal || decimal->scale > 18) return std::nullopt;
    const auto top = sim::narrow64(sim::to_wide(decimal->digits));
    if (!top) return std::nullopt;
    return sim::Ratio{*top, static_cast<std::int64_t>(power_of_ten(decimal->scale))};
}

sim::Status set_ratio(sim::Ratio& to, std::string_view name, std::string_view value) {
    const auto parsed = ratio(value);
    if (!parsed) return bad_value(name, value);
    to = *parsed;
    return sim::ok();
}

sim::Status set_scale(ScaleParams& scales, std::string_view name, std::string_view value) {
    ScaleTexts texts;
    // One of the others must not be zero, or the whole would be refused.
    texts.cpu = texts.endpoint = "1";
    const std::string text(value);
    if (name == "scale_cpu") texts.cpu = text;
    if (name == "scale_memory") texts.memory = text;
    if (name == "scale_storage") texts.storage = text;
    if (name == "scale_endpoint") texts.endpoint = text;
    if (name == "scale_ip") texts.ip = text;
    SIM_TRY(parsed, parse_scales(texts));
    if (name == "scale_cpu") scales.cpu = parsed.cpu;
    if (name == "scale_memory") scales.memory = parsed.memory;
    if (name == "scale_storage") scales.storage = std::move(parsed.storage);
    if (name == "scale_endpoint") scales.endpoint = parsed.endpoint;
    if (name == "scale_ip") scales.ip = parsed.ip;
    return sim::ok();
}

TargetPrice* usd_target(UsdTargets& targets, std::string_view name) {
    if (name == "cpu") return &targets.cpu;
    if (name == "memory") return &targets.memory;
    if (name == "ephemeral") return &targets.hd_ephemeral;
    if (name == "beta1") return &targets.hd_pers_hdd;
    if (name == "beta2") return &targets.hd_pers_ssd;
    if (name == "beta3") return &targets.hd_pers_nvme;
    if (name == "endpoint") return &targets.endpoint;
    return name == "ip" ? &targets.ip : nullptr;
}

/// "a100", "a100.80Gi" or "*".
bool is_gpu_key(std::string_view name) {
    return name == "*" || find_gpu_model(name.substr(0, name.find('.'))) != nullptr;
}

sim::Status set_gpu_price(UsdTargets& targets, std::string_view key, std::string_view value) {
    const auto price = target_price(value);
    if (!price.readable) return bad_value(key, value);
    std::erase_if(targets.gpu, [key](const GpuPrice& p) { return p.key == key; });
    targets.gpu.push_back({std::string(key), price});
    return sim::ok();
}

sim::Status set_script_version(UsdTargets& targets, std::string_view value) {
    if (value == "2024-02-27") {
        targets.version = ScriptVersion::kFebruary2024;
    } else if (value == "2024-03-27") {
        targets.version = ScriptVersion::kMarch2024;
    } else if (value == "2025-02-04") {
        targets.version = ScriptVersion::kFebruary2025;
    } else {
        return bad_value("script_version", value);
    }
    return sim::ok();
}

sim::Status set_number(StrategyParams& params, std::string_view name, std::string_view value) {
    if (name == "bidders") {
        const auto parsed = whole(value);
        if (!parsed || *parsed < 1) return bad_value(name, value);
        params.bidders = *parsed;
        return sim::ok();
    }
    const auto parsed = parse_decimal(value);
    const auto ceiling = parsed ? to_dec18(QuickDecimal(*parsed)) : std::nullopt;
    if (!ceiling) return bad_value(name, value);
    params.cost_ceiling = *ceiling;
    return sim::ok();
}

}  // namespace

std::span<const Strategy> strategies() {
    return kStrategies;
}

std::optional<std::uint8_t> strategy_named(std::string_view name) {
    for (std::size_t i = 0; i < kStrategies.size(); ++i) {
        if (kStrategies[i].name == name) return static_cast<std::uint8_t>(i);
    }
    return std::nullopt;
}

std::span<const std::string_view> strategy_parameter_names() {
    return kParameters;
}

sim::Status set_strategy_parameter(StrategyParams& params,
                                   std::string_view name,
                                   std::string_view value) {
    if (name == "margin") return set_ratio(params.margin, name, value);
    if (name == "undercut_by") return set_ratio(params.undercut_by, name, value);
    if (name == "price_level") return set_ratio(params.price_level, name, value);
    if (name == "bidders" || name == "cost_ceiling") return set_number(params, name, value);
    if (name.starts_with("scale_") &&
        std::find(kParameters.begin(), kParameters.end(), name) != kParameters.end()) {
        return set_scale(params.scale, name, value);
    }
    if (name == "script_version") return set_script_version(params.usd_targets, value);
    if (name == "gpu") {
        params.usd_targets.gpu = gpu_prices(value);
        return sim::ok();
    }
    if (auto* target = usd_target(params.usd_targets, name)) {
        const auto price = target_price(value);
        if (!price.readable || value.empty()) return bad_value(name, value);
        *target = price;
        return sim::ok();
    }
    if (is_gpu_key(name)) return set_gpu_price(params.usd_targets, name, value);
    return sim::Error{price_errors::kSettings, fmt::format("unknown strategy parameter {}", name)};
}

sim::Dec18 times(sim::Dec18 value, sim::Ratio ratio) {
    return sim::quo_bankers(sim::mul_bankers(value, sim::Dec18::from_int(ratio.numerator)),
                            sim::Dec18::from_int(ratio.denominator));
}

sim::Result<sim::Dec18> in_order_denom(sim::Dec18 micro_usd, const PriceView& view) {
    if (view.pay_in == PayIn::kMicroUsd) return cut_to_micro(micro_usd);
    if (view.pay_in == PayIn::kOther || view.akt_micro_usd <= 0) {
        return sim::Error{price_errors::kDenom,
                          fmt::format("no price in {} can be made", view.denom)};
    }
    const sim::Ratio akt_per_usd{1'000'000, view.akt_micro_usd};
    return cut_to_micro(times(micro_usd, akt_per_usd));
}

}  // namespace providers
