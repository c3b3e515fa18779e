#include "tenants/reference_price.h"

#include "sim/assert.h"

#include <algorithm>
#include <string_view>

namespace tenants {

namespace {

constexpr std::int64_t kMonthMax = 1'000'000'000'000'000;
constexpr std::int64_t kGib = 1LL << 30;
constexpr std::string_view kModelPrefix = "vendor/nvidia/model/";

std::int64_t amount_of(const sim::Wide& value) {
    return sim::narrow64(value).value_or(kMonthMax);
}

sim::Int128 scaled_price(std::int64_t amount, std::int64_t price, std::int64_t unit) {
    return static_cast<sim::Int128>(amount) * price / unit;
}

/// "vendor/nvidia/model/a100/80Gi" names the a100.
std::string_view model_of(const nodes::Attribute& attribute) {
    std::string_view key = attribute.key;
    if (!key.starts_with(kModelPrefix)) return {};
    key.remove_prefix(kModelPrefix.size());
    return key.substr(0, key.find('/'));
}

std::int64_t card_price(std::string_view model, const ReferencePrices& prices) {
    for (const ModelPrice& entry : prices.models) {
        if (entry.model == model) return entry.card_month;
    }
    return prices.other_card_month;
}

sim::Int128 gpu_price(const nodes::Quantity& gpu, const ReferencePrices& prices) {
    std::int64_t dearest = 0;
    for (const nodes::Attribute& attribute : gpu.attributes) {
        const std::string_view model = model_of(attribute);
        if (!model.empty()) dearest = std::max(dearest, card_price(model, prices));
    }
    if (dearest == 0) dearest = prices.other_card_month;
    return scaled_price(amount_of(gpu.value), dearest, 1);
}

bool persistent(const nodes::Volume& volume) {
    return std::any_of(volume.attributes.begin(), volume.attributes.end(), [](const auto& a) {
        return a.key == "persistent" && a.value == "true";
    });
}

sim::Int128 unit_price(const nodes::Resources& resources, const ReferencePrices& prices) {
    sim::Int128 sum = 0;
    if (resources.cpu) sum += scaled_price(amount_of(resources.cpu->value), prices.cpu_month, 1000);
    if (resources.memory) {
        sum += scaled_price(amount_of(resources.memory->value), prices.memory_gib_month, kGib);
    }
    for (const nodes::Volume& volume : resources.storage) {
        const std::int64_t price =
            persistent(volume) ? prices.persistent_gib_month : prices.storage_gib_month;
        sum += scaled_price(amount_of(volume.bytes), price, kGib);
    }
    if (resources.gpu && resources.gpu->value > 0) sum += gpu_price(*resources.gpu, prices);
    for (const nodes::Endpoint& endpoint : resources.endpoints) {
        sum += endpoint.kind == nodes::EndpointKind::kLeasedIp ? prices.leased_ip_month
                                                               : prices.endpoint_month;
    }
    return sum;
}

/// The smallest number with three significant digits that is not below `value`.
sim::Int128 three_digits_up(sim::Int128 value) {
    sim::Int128 step = 1;
    while (value / step >= 1000)
        step *= 10;
    return (value + step - 1) / step * step;
}

}  // namespace

// H100 and A100 80 GB, A6000: contract prices of PIP-1 (Feb 2024); the others: listed "from" prices
// of 2026, the earliest found for these cards. 730 hours a month.
ReferencePrices ReferencePrices::defaults() {
    ReferencePrices prices;
    prices.models = {
        {"h100", 1'817'700'000},
        {"a100", 1'233'700'000},
        {"a6000", 715'400'000},
        {"rtxa6000", 715'400'000},
        {"rtx4090", 284'700'000},
        {"rtx3090ti", 182'500'000},
        {"rtx3090", 116'800'000},
        {"rtx4080", 109'500'000},
        {"rtx8000", 153'300'000},
        {"v100", 262'800'000},
        {"t4", 109'500'000},
        {"rtx3060", 102'200'000},
        {"p40", 58'400'000},
        {"p4", 21'900'000},
    };
    return prices;
}

std::int64_t micro_usd_per_month(const nodes::GroupSpec& group, const ReferencePrices& prices) {
    sim::Int128 sum = 0;
    for (const nodes::ResourceUnit& unit : group.resources) {
        sum += unit_price(unit.resources, prices) * unit.count;
    }
    return static_cast<std::int64_t>(std::clamp<sim::Int128>(sum, 0, kMonthMax));
}

sim::Dec18 price_per_block(std::int64_t micro_usd_month, std::int64_t coin_micro_usd) {
    SIM_ASSERT(coin_micro_usd > 0, "a price above 0, got {}", coin_micro_usd);
    constexpr sim::Int128 kSixDecimals = 1'000'000;
    const sim::Int128 divisor = static_cast<sim::Int128>(coin_micro_usd) * kBlocksPerMonth;
    const sim::Int128 coins =
        static_cast<sim::Int128>(micro_usd_month) * kMillion * kSixDecimals / divisor;
    return {three_digits_up(std::max<sim::Int128>(coins, 1)) * (sim::kDecOne / kSixDecimals)};
}

}  // namespace tenants
