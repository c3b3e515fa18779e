#include "providers/price_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace providers {
namespace {

using sim::Wide;

constexpr int kDoubleBits = 53;      // awk
constexpr int kLongDoubleBits = 64;  // bash's printf
// 6.117 s per block and 30.437 days per month.
constexpr std::int64_t kBlocksPerMonth = 429'909;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word(std::string_view text) {
    if (text.empty() || text[0] < 'a' || text[0] > 'z') return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || c == '_';
    });
}

/// bc's numbers: an optional minus, digits with at most one point.
bool is_number(std::string_view text) {
    if (!text.empty() && text[0] == '-') text.remove_prefix(1);
    const auto digits = std::count_if(text.begin(), text.end(), is_digit);
    const auto points = std::count(text.begin(), text.end(), '.');
    return digits > 0 && points <= 1 && static_cast<std::size_t>(digits + points) == text.size();
}

/// Bytes in GiB with twelve decimals, as `jq ... / pow(1024; 3)` and awk's "%.12f" print them.
WideDecimal gibibytes(const Wide& bytes) {
    const Wide scaled = bytes * power_of_ten(12);
    Wide quotient = scaled >> 30;
    const Wide rest = scaled - (quotient << 30);
    const Wide half = Wide(1) << 29;
    if (rest > half || (rest == half && (quotient & 1) != 0)) quotient += 1;
    return {quotient, 12};
}

struct Totals {
    Wide cpu = 0;
    Wide memory = 0;
    std::array<Wide, 4> storage{};  ///< ephemeral, beta1, beta2, beta3
    bool any_volume = false;
    std::uint64_t endpoints = 0;
    std::uint64_t ips = 0;
};

constexpr std::array<std::string_view, 4> kClasses{"ephemeral", "beta1", "beta2", "beta3"};

Totals totals(const ScriptRequest& request) {
    Totals sum;
    for (const auto& unit : request.units) {
        sum.cpu += unit.cpu * unit.count;
        sum.memory += unit.memory * unit.count;
        // jq reads `.endpoint_quantity//0 * .count` as `.endpoint_quantity // (0 * .count)`: ports
        // and leased IPs are not multiplied by the count.
        sum.endpoints += unit.endpoints;
        sum.ips += unit.leased_ips;
        for (const auto& volume : unit.storage) {
            sum.any_volume = true;
            const auto known = std::find(kClasses.begin(), kClasses.end(), volume.storage_class);
            if (known == kClasses.end()) continue;
            sum.storage[static_cast<std::size_t>(known - kClasses.begin())] +=
                volume.bytes * unit.count;
        }
    }
    return sum;
}

/// model, model.ram, model.ram.interface: what the script looks up. The jq expression takes ram and
/// interface from nvidia's entry only; an order for amd alone shows neither.
std::string gpu_key(const GpusByVendor& gpus, ScriptVersion version) {
    const auto nvidia = gpus.find("nvidia");
    if (nvidia == gpus.end()) {
        const auto amd = gpus.find("amd");
        return amd == gpus.end() ? "0" : amd->second.model;
    }
    std::string key = nvidia->second.model;
    if (nvidia->second.ram) key += "." + *nvidia->second.ram;
    if (version != ScriptVersion::kFebruary2024 && nvidia->second.interface) {
        key += "." + *nvidia->second.interface;
    }
    return key;
}

const GpuPrice* find_gpu(const UsdTargets& targets, std::string_view key) {
    for (const auto& price : targets.gpu) {
        if (price.key == key) return &price;
    }
    return nullptr;
}

/// 100, or the highest readable price in the map when that is more.
TargetPrice catch_all(const UsdTargets& targets) {
    const bool bash = targets.version != ScriptVersion::kFebruary2025;
    TargetPrice best{{100, 0}};
    for (const auto& price : targets.gpu) {
        if (bash ? !price.usd.whole : !price.usd.readable) continue;
        if (compare(price.usd.value, best.value) > 0) best = price.usd;
    }
    return best;
}

TargetPrice gpu_target(const UsdTargets& targets, const std::string& key) {
    if (const auto* exact = find_gpu(targets, key)) return exact->usd;
    if (targets.version != ScriptVersion::kFebruary2024) {
        const std::string_view view = key;
        if (const auto* shorter = find_gpu(targets, view.substr(0, view.rfind('.')))) {
            return shorter->usd;
        }
        if (const auto* model = find_gpu(targets, view.substr(0, view.find('.')))) {
            return model->usd;
        }
    }
    return catch_all(targets);
}

std::optional<WideDecimal> gpu_total(const ScriptRequest& request, const UsdTargets& targets) {
    WideDecimal total;
    for (const auto& unit : request.units) {
        const auto price = gpu_target(targets, gpu_key(unit.gpu_by_vendor, targets.version));
        const WideDecimal cards{Wide(unit.count) * unit.gpu_units, 0};
        if (targets.version == ScriptVersion::kFebruary2025) {
            if (!price.readable) return std::nullopt;
            total = add(total, bc_multiply(cards, price.value));
        } else if (price.whole) {
            // bash complains about a price with decimals and leaves the sum as it was.
            total = add(total, multiply(cards, price.value));
        }
    }
    return total;
}

ScriptAnswer too_low(const std::string& rate, const std::string& denom) {
    return {1, {}, fmt::format("requested rate is too low. min expected {}{}", rate, denom)};
}

/// printf of an empty text prints zero.
std::string print(const std::optional<WideDecimal>& value, int bits, int places) {
    return printf_fixed(value.value_or(WideDecimal{}), bits, places);
}

/// A printed number read back.
WideDecimal reread(const std::string& text) {
    std::string digits = text;
    const auto point = digits.find('.');
    const int places = point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
    if (point != std::string::npos) digits.erase(point, 1);
    const bool negative = !digits.empty() && digits[0] == '-';
    if (negative) digits.erase(0, 1);
    Wide value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return {negative ? Wide(-value) : value, places};
}

ScriptAnswer dollar_rate(const ScriptRequest& request, const std::optional<WideDecimal>& usd) {
    // awk prints the rate once as a double; what follows works on that text.
    std::optional<WideDecimal> rate;
    if (usd) {
        const auto exact = bc_multiply(*usd, Decimal{1'000'000, 0});
        rate = reread(printf_fixed(exact, kDoubleBits, request.precision));
    }
    const auto text = print(rate, kLongDoubleBits, request.precision);
    if (rate && compare(*rate, request.max_price) > 0) return too_low(text, request.denom);
    return {0, text, {}};
}

ScriptAnswer uakt_rate(const ScriptRequest& request, const std::optional<WideDecimal>& rate) {
    const auto text = print(rate, kLongDoubleBits, request.precision);
    if (!request.has_price) return {0, print(reread(text), kLongDoubleBits, 0), {}};
    if (rate && compare(*rate, request.max_price) > 0) return too_low(text, request.denom);
    return {0, text, {}};
}

}  // namespace

TargetPrice gpu_target(const UsdTargets& targets, const nodes::Attributes& attributes) {
    return gpu_target(targets, gpu_key(script_gpus(attributes), targets.version));
}

TargetPrice target_price(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    TargetPrice price;
    if (is_word(text)) return price;
    const auto number = is_number(text) ? parse_decimal(text) : std::nullopt;
    if (number) price.value = *number;
    price.readable = number.has_value();
    price.whole = number.has_value() && number->scale == 0;
    return price;
}

std::vector<GpuPrice> gpu_prices(std::string_view mappings) {
    std::vector<GpuPrice> prices;
    while (!mappings.empty()) {
        const auto comma = mappings.find(',');
        const auto pair = mappings.substr(0, comma);
        mappings = comma == std::string_view::npos ? "" : mappings.substr(comma + 1);
        const auto equals = pair.find('=');
        const auto key = pair.substr(0, equals);
        if (key.empty()) continue;  // bash: bad array subscript
        auto value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
        value = value.substr(0, value.find('='));
        std::erase_if(prices, [key](const GpuPrice& p) { return p.key == key; });
        // An empty value is no price: the lookups take it for a missing entry.
        if (!value.empty()) prices.push_back({std::string(key), target_price(value)});
    }
    return prices;
}

std::optional<WideDecimal> usd_per_month(const ScriptRequest& request, const UsdTargets& targets) {
    const auto sum = totals(request);
    // Without units or volumes jq divides null, and bc is given a hole in the sum.
    if (request.units.empty() || !sum.any_volume) return std::nullopt;
    const auto gpu = gpu_total(request, targets);
    if (!gpu) return std::nullopt;
    WideDecimal total = *gpu;
    const auto add_term = [&total](const WideDecimal& amount, const TargetPrice& price) {
        total = add(total, bc_multiply(amount, price.value));
        return price.readable;
    };
    // jq's quotient by 1000 shows as many decimals as it needs.
    bool readable = add_term(trimmed({sum.cpu, 3}), targets.cpu);
    readable &= add_term(gibibytes(sum.memory), targets.memory);
    readable &= add_term(gibibytes(sum.storage[0]), targets.hd_ephemeral);
    readable &= add_term(gibibytes(sum.storage[1]), targets.hd_pers_hdd);
    readable &= add_term(gibibytes(sum.storage[2]), targets.hd_pers_ssd);
    readable &= add_term(gibibytes(sum.storage[3]), targets.hd_pers_nvme);
    readable &= add_term({sum.endpoints, 0}, targets.endpoint);
    readable &= add_term({sum.ips, 0}, targets.ip);
    if (!readable) return std::nullopt;
    return total;
}

ScriptAnswer run_price_script(const ScriptRequest& request,
                              const UsdTargets& targets,
                              const std::optional<Decimal>& akt_usd) {
    constexpr std::string_view kSandboxUsdc =
        "ibc/12C6A0C374171B595A0A9E18B83FA09D295FB1F2D8C6DAA3AC28683471752D84";
    constexpr std::string_view kMainnetUsdc =
        "ibc/170C677610AC31DF0904FFE09CD3B5C657492170E7E52372E48756B71E56F2F1";
    const auto usd = usd_per_month(request, targets);
    const WideDecimal blocks{kBlocksPerMonth, 0};
    const auto& denom = request.denom;
    const bool dollars = denom == kSandboxUsdc || denom == kMainnetUsdc ||
                         (denom == "uact" && targets.version == ScriptVersion::kFebruary2025);
    if (!request.has_price || denom == "uakt") {
        std::optional<WideDecimal> rate;
        if (usd && akt_usd) {
            const auto uakt = bc_multiply(bc_divide(*usd, *akt_usd), Decimal{1'000'000, 0});
            rate = bc_divide(uakt, blocks);
        }
        return uakt_rate(request, rate);
    }
    if (!dollars) return {1, {}, "denom in not supported: " + denom};
    return dollar_rate(request, usd ? std::optional(bc_divide(*usd, blocks)) : std::nullopt);
}

}  // namespace providers
