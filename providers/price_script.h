// The generic bash price script of the provider's Helm chart, as arithmetic: USD targets per month
// and resource, converted to a rate per block in the order's denomination. What its tools do to the
// numbers (jq, awk, bc and bash's printf) is part of it: helm-charts
// charts/akash-provider/scripts/price_script_generic.sh of 2024-02-27, 2024-03-27 and 2025-02-04.
#pragma once

#include "providers/script_io.h"

#include <string>
#include <string_view>
#include <vector>

namespace providers {

/// What changed between the scripts' dates is how a GPU's price is found.
enum class ScriptVersion : std::uint8_t {
    kFebruary2024,  ///< no interface, no fall-back to the model alone; whole prices only
    kMarch2024,     ///< fall-back and interface
    kFebruary2025,  ///< decimal GPU prices (since April 2024) and the denomination uact
};

/// A target or map value as bc reads it. A word is a variable of bc and so 0; anything else that is
/// no number makes the whole sum unreadable.
struct TargetPrice {
    Decimal value;
    bool readable = true;
    bool whole = true;  ///< bash's own arithmetic reads it too

    static void fields(auto& self, auto&& visit) {
        visit("value", self.value);
        visit("readable", self.readable);
        visit("whole", self.whole);
    }
};

/// "1.60" is a number, "abc" counts as 0, "1,5" is unreadable.
TargetPrice target_price(std::string_view text);

struct GpuPrice {
    std::string key;  ///< model[.ram[.interface]] or "*"
    TargetPrice usd;

    static void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("usd", self.usd);
    }
};

/// USD per month; the defaults are the script's.
struct UsdTargets {
    ScriptVersion version = ScriptVersion::kFebruary2025;
    TargetPrice cpu = {{160, 2}};         ///< thread
    TargetPrice memory = {{80, 2}};       ///< GiB
    TargetPrice hd_ephemeral = {{2, 2}};  ///< GiB
    TargetPrice hd_pers_hdd = {{1, 2}};   ///< GiB of beta1
    TargetPrice hd_pers_ssd = {{3, 2}};   ///< GiB of beta2
    TargetPrice hd_pers_nvme = {{4, 2}};  ///< GiB of beta3
    TargetPrice endpoint = {{5, 2}};      ///< port
    TargetPrice ip = {{5, 0}};            ///< leased IP
    std::vector<GpuPrice> gpu;            ///< by key, in the order given, each key once

    static void fields(auto& self, auto&& visit) {
        visit("version", self.version);
        visit("cpu", self.cpu);
        visit("memory", self.memory);
        visit("hd_ephemeral", self.hd_ephemeral);
        visit("hd_pers_hdd", self.hd_pers_hdd);
        visit("hd_pers_ssd", self.hd_pers_ssd);
        visit("hd_pers_nvme", self.hd_pers_nvme);
        visit("endpoint", self.endpoint);
        visit("ip", self.ip);
        visit("gpu", self.gpu);
    }
};

/// "a100=120,t4=80,*=130": a later entry for a key wins, an entry without a key is dropped.
std::vector<GpuPrice> gpu_prices(std::string_view mappings);

/// USD per month of one card of a unit with these GPU attributes.
TargetPrice gpu_target(const UsdTargets& targets, const nodes::Attributes& attributes);

/// `akt_usd` empty = no price service ever answered: uakt requests then print zero, which the
/// provider refuses, and dollar denominations are priced as usual.
ScriptAnswer run_price_script(const ScriptRequest& request,
                              const UsdTargets& targets,
                              const std::optional<Decimal>& akt_usd);

/// USD per month of the whole order; nothing when a target is unreadable or no unit has a volume.
std::optional<WideDecimal> usd_per_month(const ScriptRequest& request, const UsdTargets& targets);

}  // namespace providers
