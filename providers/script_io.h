// What a bid price script is told about an order, and what the provider makes of its answer. The
// provider's side of strategy `shellScript`; the script itself is price_script.h.
#pragma once

#include "nodes/protocol/resources.h"
#include "providers/decimal.h"
#include "sim/dec18.h"
#include "sim/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace providers {

/// How a price could not be made; the texts are the real provider's.
namespace price_errors {
inline constexpr sim::ErrorCode kZero{"price", 1};       ///< "A bid of zero was produced"
inline constexpr sim::ErrorCode kInvalid{"price", 2};    ///< "A bid quantity is invalid"
inline constexpr sim::ErrorCode kPrecision{"price", 3};  ///< more than 18 decimals
inline constexpr sim::ErrorCode kNoScale{"price", 4};    ///< storage class without a price
inline constexpr sim::ErrorCode kScript{"price", 5};     ///< the script failed
inline constexpr sim::ErrorCode kSettings{"price", 6};   ///< the provider does not start
inline constexpr sim::ErrorCode kDenom{"price", 7};      ///< no way to price in this denomination
}  // namespace price_errors

struct ScriptGpu {
    std::string model;
    std::optional<std::string> ram;
    std::optional<std::string> interface;
};

using GpusByVendor = std::map<std::string, ScriptGpu>;

struct ScriptVolume {
    std::string storage_class;
    sim::Wide bytes = 0;
};

struct ScriptUnit {
    sim::Wide memory = 0;
    sim::Wide cpu = 0;
    std::uint64_t gpu_units = 0;
    GpusByVendor gpu_by_vendor;
    std::vector<ScriptVolume> storage;
    std::uint32_t count = 0;
    std::uint64_t endpoints = 0;
    std::uint64_t leased_ips = 0;
};

struct ScriptRequest {
    std::vector<ScriptUnit> units;
    bool has_price = true;  ///< false: the form before prices were told, a bare list
    std::string denom;
    Decimal max_price;
    int precision = 6;
};

/// Order to script input (provider v0.5.4 bidengine/shellscript.go): the order's own GPU
/// attributes, the last model of each vendor; ram only from a key of exactly
/// vendor/V/model/M/ram/R. Every unit has cpu, memory and gpu (the chain refuses others).
ScriptRequest script_request(const nodes::GroupSpec& spec, std::string_view denom);

/// The GPUs of one unit as the script is told: by vendor, the last model listed.
GpusByVendor script_gpus(const nodes::Attributes& attributes);

struct ScriptAnswer {
    int exit_code = 0;
    std::string out;
    std::string err;
};

/// The price in the answer, scaled by 10^18 at full width. Refused: a failed script, an empty, zero
/// or negative amount, and texts that cosmos-sdk v0.45 types/decimal.go NewDecFromStr does not
/// read.
sim::Result<sim::Wide> read_script_answer(const ScriptAnswer& answer);

/// NewDecFromStr: an optional sign, digits, at most 18 decimals, 315 bits; scaled by 10^18.
sim::Result<sim::Wide> dec_from_text(std::string_view text);

/// First attribute with this key, or empty.
std::string_view find_attribute(const nodes::Attributes& attributes, std::string_view key);
/// Go's strconv.ParseBool on the attribute's value; bad or missing is false.
bool attribute_is_true(const nodes::Attributes& attributes, std::string_view key);
/// Distinct sequence numbers of leased-IP endpoints.
std::size_t leased_ips(const nodes::Resources& resources);
std::size_t leased_ips(const nodes::GroupSpec& spec);

}  // namespace providers
