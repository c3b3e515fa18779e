// The real provider's default strategy: a price per unit of each resource, GPUs free (provider
// v0.5.4 bidengine/pricing.go scalePricing, cmd/run.go createBidPricingStrategy).
#include "providers/strategies/strategy.h"

#include <fmt/format.h>

#include <algorithm>

namespace providers {
namespace {

constexpr int kDivisionPlaces = 16;  // shopspring/decimal's DivisionPrecision
constexpr std::int64_t kMebibyte = 1'048'576;

struct Amounts {
    sim::Wide cpu = 0;
    sim::Wide memory = 0;
    sim::Wide endpoints = 0;
    std::vector<sim::Wide> storage;  ///< in the order of the configured classes
};

std::string_view price_class(const nodes::Volume& volume) {
    if (!attribute_is_true(volume.attributes, "persistent")) return "ephemeral";
    const auto named = find_attribute(volume.attributes, "class");
    return named.empty() ? "ephemeral" : named;
}

const Decimal* class_price(const ScaleParams& scales, std::string_view name) {
    for (const auto& [known, price] : scales.storage) {
        if (known == name) return &price;
    }
    return nullptr;
}

sim::Result<Amounts> total_amounts(const nodes::GroupSpec& spec, const ScaleParams& scales) {
    Amounts sum;
    sum.storage.resize(scales.storage.size());
    for (const auto& unit : spec.resources) {
        const auto& asked = unit.resources;
        if (asked.cpu) sum.cpu += asked.cpu->value * unit.count;
        if (asked.memory) sum.memory += asked.memory->value * unit.count;
        for (const auto& volume : asked.storage) {
            const auto name = price_class(volume);
            const auto found = std::find_if(scales.storage.begin(),
                                            scales.storage.end(),
                                            [name](const auto& s) { return s.first == name; });
            if (found == scales.storage.end()) {
                return sim::Error{price_errors::kNoScale,
                                  fmt::format("{}: no pricing configured for storage class", name)};
            }
            const auto index = static_cast<std::size_t>(found - scales.storage.begin());
            sum.storage[index] += volume.bytes * unit.count;
        }
        sum.endpoints += asked.endpoints.size();  // not times the count
    }
    return sum;
}

WideDecimal in_mebibytes(const sim::Wide& bytes, const Decimal& price) {
    return multiply(divide_half_away({bytes, 0}, kMebibyte, kDivisionPlaces), price);
}

/// The whole sum in 127 bits; nothing when that is too short or the price is one that the full sum
/// below refuses with its reason.
std::optional<sim::Dec18> quick_price(const nodes::GroupSpec& spec, const ScaleParams& scales) {
    QuickDecimal total;
    const auto add_bytes = [&total](std::int64_t bytes, std::uint32_t count, const Decimal& price) {
        const auto amount = multiply(QuickDecimal{bytes, 0}, QuickDecimal{count, 0});
        total = add(total, multiply(amount, price));
    };
    QuickDecimal plain;
    for (const auto& unit : spec.resources) {
        const auto& asked = unit.resources;
        const auto cpu = asked.cpu ? sim::narrow64(asked.cpu->value) : 0;
        const auto memory = asked.memory ? sim::narrow64(asked.memory->value) : 0;
        if (!cpu || !memory) return std::nullopt;
        const auto milli = multiply(QuickDecimal{*cpu, 0}, QuickDecimal{unit.count, 0});
        plain = add(plain, multiply(milli, scales.cpu));
        plain = add(plain,
                    multiply(QuickDecimal{static_cast<sim::Int128>(asked.endpoints.size()), 0},
                             scales.endpoint));
        // Whole mebibytes leave nothing to round when divided.
        if (*memory % kMebibyte != 0) return std::nullopt;
        add_bytes(*memory / kMebibyte, unit.count, scales.memory);
        for (const auto& volume : asked.storage) {
            const auto bytes = sim::narrow64(volume.bytes);
            const auto* price = class_price(scales, price_class(volume));
            if (!bytes || *bytes % kMebibyte != 0 || price == nullptr) return std::nullopt;
            add_bytes(*bytes / kMebibyte, unit.count, *price);
        }
    }
    const auto ips = QuickDecimal{static_cast<sim::Int128>(leased_ips(spec)), 0};
    const auto price = to_dec18(add(add(total, plain), multiply(ips, scales.ip)));
    constexpr sim::Int128 kMax = static_cast<sim::Int128>(sim::kDecOne) * sim::kDecOne;
    if (!price || price->scaled == 0 || price->scaled > kMax) return std::nullopt;
    return price;
}

sim::Error settings_error(std::string text) {
    return {price_errors::kSettings, std::move(text)};
}

sim::Result<Decimal> parse_scale(std::string_view text) {
    const auto parsed = parse_decimal(text);
    if (!parsed) return settings_error(fmt::format("not a valid bid price: {}", text));
    if (parsed->digits < 0) return settings_error("Bid price cannot be a negative number");
    return *parsed;
}

using ClassPrices = std::vector<std::pair<std::string, Decimal>>;

/// "0.1,beta2=0.5": an entry without a class is ephemeral, a later entry for a class wins.
sim::Result<ClassPrices> parse_storage(std::string_view text) {
    ClassPrices prices;
    for (;;) {
        const auto comma = text.find(',');
        const auto entry = text.substr(0, comma);
        const auto equals = entry.find('=');
        std::string name = "ephemeral";
        auto value = entry.substr(0, equals);
        if (std::count(entry.begin(), entry.end(), '=') == 1) {
            name = entry.substr(0, equals);
            value = entry.substr(equals + 1);
        }
        SIM_TRY(price, parse_scale(value));
        std::erase_if(prices, [&name](const auto& p) { return p.first == name; });
        prices.emplace_back(std::move(name), price);
        if (comma == std::string_view::npos) return prices;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace

ScaleParams ScaleParams::helm_chart() {
    return {{4, 3}, {16, 4}, {1, 0}, {60, 0}, {{"ephemeral", {16, 5}}, {"beta2", {16, 5}}}};
}

sim::Result<ScaleParams> parse_scales(const ScaleTexts& texts) {
    ScaleParams scales;
    SIM_TRY(cpu, parse_scale(texts.cpu));
    SIM_TRY(memory, parse_scale(texts.memory));
    SIM_TRY(storage, parse_storage(texts.storage));
    SIM_TRY(endpoint, parse_scale(texts.endpoint));
    SIM_TRY(ip, parse_scale(texts.ip));
    // Storage counts as unpriced when any one class is: "0,beta2=0.5" alone does not start.
    const bool any_class_zero = std::any_of(
        storage.begin(), storage.end(), [](const auto& s) { return s.second.digits == 0; });
    if (cpu.digits == 0 && memory.digits == 0 && endpoint.digits == 0 && ip.digits == 0 &&
        any_class_zero) {
        return settings_error("at least one bid price must be a non-zero number");
    }
    return ScaleParams{cpu, memory, endpoint, ip, std::move(storage)};
}

sim::Result<sim::Dec18> scale_price(const PriceView& view, const StrategyParams& params) {
    const auto& scales = params.scale;
    if (const auto quick = quick_price(*view.spec, scales)) return *quick;
    SIM_TRY(sum, total_amounts(*view.spec, scales));
    WideDecimal total = multiply({sum.cpu, 0}, scales.cpu);
    total = add(total, in_mebibytes(sum.memory, scales.memory));
    for (std::size_t i = 0; i < sum.storage.size(); ++i) {
        total = add(total, in_mebibytes(sum.storage[i], scales.storage[i].second));
    }
    total = add(total, multiply({sum.endpoints, 0}, scales.endpoint));
    total = add(total, multiply({sim::Wide(leased_ips(*view.spec)), 0}, scales.ip));
    total = trimmed(total);
    if (total.digits == 0) return sim::Error{price_errors::kZero, "A bid of zero was produced"};
    if (total.scale > 18) {
        return sim::Error{price_errors::kPrecision,
                          fmt::format("value '{}' exceeds max precision by {} decimal places: max "
                                      "precision 18",
                                      to_text(total),
                                      18 - total.scale)};
    }
    // sdk.MaxSortableDec is 10^18.
    if (compare(total, {power_of_ten(18), 0}) > 0) {
        return sim::Error{price_errors::kInvalid, "A bid quantity is invalid"};
    }
    return *to_dec18(total);
}

}  // namespace providers
