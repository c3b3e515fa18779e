// Bids what the generic bash price script would: USD targets per month and resource, converted at
// the price of AKT. The script's arithmetic stands in price_script.h; here it is done once more in
// 127 bits for the everyday order, and in full where that could differ in the last digit.
#include "providers/strategies/strategy.h"

#include <algorithm>
#include <array>

namespace providers {
namespace {

using sim::Int128;

constexpr int kPlaces = 20;  // bc's scale
constexpr std::int64_t kBlocksPerMonth = 429'909;
constexpr std::size_t kClasses = 4;

struct QuickTotals {
    Int128 cpu = 0;
    Int128 memory = 0;
    std::array<Int128, kClasses> storage{};
    Int128 endpoints = 0;
    Int128 ips = 0;
    bool any_volume = false;
};

/// Adds bytes or milli-CPUs times the count; false when the amount is no int64.
bool add_amount(Int128& sum, const sim::Wide& amount, std::uint32_t count) {
    const auto narrow = sim::narrow64(amount);
    if (!narrow || *narrow < 0) return false;
    return !__builtin_add_overflow(sum, static_cast<Int128>(*narrow) * count, &sum);
}

bool add_unit(QuickTotals& sum, const nodes::ResourceUnit& unit) {
    constexpr std::array<std::string_view, kClasses> kNames{"ephemeral", "beta1", "beta2", "beta3"};
    const auto& asked = unit.resources;
    if (!asked.cpu || !add_amount(sum.cpu, asked.cpu->value, unit.count)) return false;
    if (!asked.memory || !add_amount(sum.memory, asked.memory->value, unit.count)) return false;
    for (const auto& volume : asked.storage) {
        sum.any_volume = true;
        auto name = find_attribute(volume.attributes, "class");
        if (name.empty()) name = kNames[0];
        const auto known = std::find(kNames.begin(), kNames.end(), name);
        if (known == kNames.end()) continue;
        auto& bytes = sum.storage[static_cast<std::size_t>(known - kNames.begin())];
        if (!add_amount(bytes, volume.bytes, unit.count)) return false;
    }
    sum.endpoints += static_cast<Int128>(asked.endpoints.size());
    sum.ips += static_cast<Int128>(leased_ips(asked));
    return true;
}

/// GiB with twelve decimals, halves to even.
QuickDecimal gibibytes(Int128 bytes) {
    constexpr Int128 kHalf = Int128{1} << 29;
    Int128 scaled = 0;
    QuickDecimal result{0, 12};
    result.fits = !__builtin_mul_overflow(bytes, quick_power_of_ten(12), &scaled);
    result.digits = scaled >> 30;
    const Int128 rest = scaled - (result.digits << 30);
    if (rest > kHalf || (rest == kHalf && (result.digits & 1) != 0)) result.digits += 1;
    return result;
}

/// USD per month with twenty places; false in `fits` when anything is unusual.
QuickDecimal quick_usd(const nodes::GroupSpec& spec, const UsdTargets& targets) {
    QuickDecimal total{0, kPlaces};
    const auto add_term = [&total](const QuickDecimal& amount, const TargetPrice& price) {
        // With more than twenty places bc would cut the product.
        total.fits = total.fits && price.readable && amount.scale + price.value.scale <= kPlaces;
        if (total.fits) total = add(total, multiply(amount, price.value));
    };
    QuickTotals sum;
    for (const auto& unit : spec.resources) {
        total.fits = total.fits && add_unit(sum, unit);
        const auto& gpu = unit.resources.gpu;
        if (!gpu || gpu->value == 0) continue;
        Int128 cards = 0;
        total.fits = total.fits && add_amount(cards, gpu->value, unit.count);
        const auto price = gpu_target(targets, gpu->attributes);
        // The older scripts reckon with whole GPU prices only.
        total.fits = total.fits && (price.whole || targets.version == ScriptVersion::kFebruary2025);
        add_term({cards, 0}, price);
    }
    total.fits = total.fits && sum.any_volume;
    add_term({sum.cpu, 3}, targets.cpu);
    add_term(gibibytes(sum.memory), targets.memory);
    add_term(gibibytes(sum.storage[0]), targets.hd_ephemeral);
    add_term(gibibytes(sum.storage[1]), targets.hd_pers_hdd);
    add_term(gibibytes(sum.storage[2]), targets.hd_pers_ssd);
    add_term(gibibytes(sum.storage[3]), targets.hd_pers_nvme);
    add_term({sum.endpoints, 0}, targets.endpoint);
    add_term({sum.ips, 0}, targets.ip);
    return total;
}

/// The rate with twenty places rounded to six decimals as printf does from a binary number with
/// this many mantissa bits; nothing near a half, where the binary number decides.
std::optional<sim::Dec18> rounded(Int128 rate, int mantissa_bits) {
    constexpr Int128 kUnit = 100'000'000'000'000;
    constexpr Int128 kLargest = kUnit * 1'000'000 * 1'000'000'000'000;  // 10^12 micro-units
    if (rate <= 0 || rate > kLargest) return std::nullopt;
    const Int128 rest = rate % kUnit;
    const Int128 doubt = (rate >> (mantissa_bits - 1)) + 1;
    const Int128 from_half = rest - kUnit / 2;
    if (from_half <= doubt && -from_half <= doubt) return std::nullopt;
    const Int128 micro = rate / kUnit + (from_half > 0 ? 1 : 0);
    if (micro == 0) return std::nullopt;
    return sim::Dec18{micro * (sim::kDecOne / 1'000'000)};
}

/// Everything that is not an everyday price (errors, refusals, huge amounts) is left to the full
/// arithmetic.
std::optional<sim::Dec18> quick_price(const PriceView& view, const UsdTargets& targets) {
    if (view.pay_in == PayIn::kOther || view.akt_micro_usd <= 0) return std::nullopt;
    const auto usd = quick_usd(*view.spec, targets);
    if (!usd.fits || usd.scale != kPlaces) return std::nullopt;
    Int128 rate = 0;
    if (view.pay_in == PayIn::kMicroUsd) {
        rate = usd.digits / kBlocksPerMonth * 1'000'000;
        return rounded(rate, 53);
    }
    if (__builtin_mul_overflow(usd.digits, Int128{1'000'000}, &rate)) return std::nullopt;
    rate /= view.akt_micro_usd;
    if (__builtin_mul_overflow(rate, Int128{1'000'000}, &rate)) return std::nullopt;
    return rounded(rate / kBlocksPerMonth, 64);
}

}  // namespace

sim::Result<sim::Dec18> usd_targets_price(const PriceView& view, const StrategyParams& params) {
    // The script refuses a price above the tenant's maximum itself, before rounding; only at the
    // maximum could that make a difference to the provider's own comparison.
    const auto quick = quick_price(view, params.usd_targets);
    if (quick && *quick != view.max_price) return *quick;
    auto request = script_request(*view.spec, view.denom);
    request.max_price = {view.max_price.scaled, 18};
    std::optional<Decimal> akt_usd;
    if (view.akt_micro_usd > 0) akt_usd = from_micro(view.akt_micro_usd);
    SIM_TRY(scaled, read_script_answer(run_price_script(request, params.usd_targets, akt_usd)));
    const auto price = sim::narrow(scaled);
    if (!price) return sim::Error{price_errors::kInvalid, "A bid quantity is invalid"};
    return sim::Dec18{*price};
}

}  // namespace providers
