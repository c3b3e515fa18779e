// Stateless checks of deployments and of the specifications of their groups (akash-api v0.0.35
// deployment/v1beta3: msgs.go, groupspec.go, resourceunits.go, resourceunit.go,
// validation_config.go).
#include "nodes/protocol/amount_text.h"
#include "nodes/protocol/attributes.h"
#include "nodes/protocol/seen.h"
#include "nodes/protocol/validate_basic.h"
#include "nodes/protocol/validate_checks.h"

#include <fmt/format.h>

#include <string>

namespace nodes {
namespace {

constexpr std::size_t kVersionLength = 32;

struct Limits {
    std::uint64_t min = 0;
    std::uint64_t max = 0;
};

// Reference akash-chain section 5, right column. Numbers of replicas, of units and of groups are
// declared there but not enforced.
constexpr std::uint64_t kMebi = 1024ULL * 1024;
constexpr std::uint64_t kTebi = kMebi * kMebi;
constexpr Limits kUnitCpu{10, 384'000};
constexpr Limits kUnitGpu{0, 24};
constexpr Limits kUnitMemory{kMebi, 2 * kTebi};
constexpr Limits kUnitStorage{5 * kMebi, 32 * kTebi};
constexpr std::uint64_t kUnitPriceMax = 10'000'000;
constexpr std::uint64_t kGroupCpuMax = 19'200'000;
constexpr std::uint64_t kGroupGpuMax = 1'200;
constexpr std::uint64_t kGroupMemoryMax = 100 * kTebi;

/// Sums over units of quantity times replicas: below 2^41 x 2^32 x units, so 128 bits hold them.
struct Totals {
    sim::Int128 cpu = 0;
    sim::Int128 gpu = 0;
    sim::Int128 memory = 0;
};

sim::Error beyond_uint64() {
    return panic("Uint64() out of bounds");
}

/// "error: invalid <what> attributes: <text>"; the code is lost on the way (reference section 18).
sim::Status attributes(const Attributes& attributes, std::string_view what) {
    const auto status = validate_requirement_attributes(attributes);
    if (status) return sim::ok();
    return unregistered(fmt::format("error: invalid {} attributes: {}", what, status.error().text));
}

/// `shown` is the third number of the text: the maximum once more, but the minimum for storage.
sim::Result<std::uint64_t> in_limits(const sim::Wide& value,
                                     const Limits& limits,
                                     std::string_view what,
                                     std::uint64_t shown) {
    const auto small = as_uint64(value);
    if (!small) return beyond_uint64();
    if (*small > limits.max || *small < limits.min) {
        return unregistered(fmt::format(
            "error: invalid unit {} ({} > {} > {} fails)", what, limits.max, *small, shown));
    }
    return *small;
}

sim::Error absent(std::string_view what) {
    return unregistered(fmt::format("error: invalid unit {}, cannot be nil", what));
}

sim::Result<std::uint64_t> check_cpu(const std::optional<Quantity>& cpu) {
    if (!cpu) return absent("CPU");
    SIM_TRY(units, in_limits(cpu->value, kUnitCpu, "CPU", kUnitCpu.max));
    SIM_CHECK(attributes(cpu->attributes, "CPU"));
    return units;
}

sim::Result<std::uint64_t> check_gpu(const std::optional<Quantity>& gpu) {
    if (!gpu) return absent("GPU");
    SIM_TRY(units, in_limits(gpu->value, kUnitGpu, "GPU", kUnitGpu.max));
    if (units == 0 && !gpu->attributes.empty()) {
        return unregistered("error: invalid GPU state. attributes cannot be present if units == 0");
    }
    SIM_CHECK(attributes(gpu->attributes, "GPU"));
    return units;
}

sim::Result<std::uint64_t> check_memory(const std::optional<Quantity>& memory) {
    if (!memory) return absent("memory");
    SIM_TRY(bytes, in_limits(memory->value, kUnitMemory, "memory", kUnitMemory.max));
    SIM_CHECK(attributes(memory->attributes, "Memory"));
    return bytes;
}

sim::Status check_storage(const std::vector<Volume>& volumes) {
    // An empty list reaches a node as no list.
    if (volumes.empty()) return absent("storage");
    for (const auto& volume : volumes) {
        SIM_CHECK(in_limits(volume.bytes, kUnitStorage, "storage", kUnitStorage.min));
        SIM_CHECK(attributes(volume.attributes, "Storage"));
    }
    return sim::ok();
}

sim::Status check_unit(const ResourceUnit& unit, Totals& totals) {
    const Resources& resources = unit.resources;
    if (resources.id == 0) return unregistered("error: invalid resources ID (> 0 fails)");
    SIM_TRY(cpu, check_cpu(resources.cpu));
    SIM_TRY(gpu, check_gpu(resources.gpu));
    SIM_TRY(memory, check_memory(resources.memory));
    SIM_CHECK(check_storage(resources.storage));
    const sim::Int128 count = unit.count;
    totals.cpu += count * cpu;
    totals.gpu += count * gpu;
    totals.memory += count * memory;
    return sim::ok();
}

sim::Status check_total(sim::Int128 total,
                        std::uint64_t max,
                        bool may_be_zero,
                        std::string_view what) {
    if (total <= max && (total > 0 || may_be_zero)) return sim::ok();
    return unregistered(
        fmt::format("invalid total {} ({} > {} > 0 fails)", what, max, sim::to_text(total)));
}

sim::Status check_prices(const GroupSpec& spec, const Names& names) {
    static const sim::Wide price_max = sim::Wide(kUnitPriceMax) * sim::kDecOne;
    for (const auto& unit : spec.resources) {
        const DecCoin& price = unit.price;
        if (!names.denoms.valid(price.denom) || price.scaled < 0) {
            return unregistered(fmt::format("group {}: error: invalid price object", spec.name));
        }
        if (price.scaled > price_max) {
            return unregistered(fmt::format("group {}: error: invalid unit price ({} > {}{} fails)",
                                            spec.name,
                                            kUnitPriceMax,
                                            sim::dec_to_text(price.scaled),
                                            names.denoms.text(price.denom)));
        }
        const Denom first = spec.resources.front().price.denom;
        if (price.denom != first) {
            return unregistered(fmt::format("multi-denonimation group: ({} == {} fails)",
                                            names.denoms.text(price.denom),
                                            names.denoms.text(first)));
        }
    }
    return sim::ok();
}

sim::Status check_version(const std::string& version) {
    if (version.empty()) return refusal(errors::kDeploymentEmptyVersion);
    if (version.size() != kVersionLength) return refusal(errors::kDeploymentInvalidVersion);
    return sim::ok();
}

}  // namespace

sim::Status validate_group(const GroupSpec& spec, const Names& names) {
    if (spec.name.empty()) return unregistered("empty group spec name denomination");
    Totals totals;
    Seen<std::uint32_t> ids;
    for (const auto& unit : spec.resources) {
        SIM_CHECK(check_unit(unit, totals));
        if (!ids.add(unit.resources.id)) {
            return unregistered(
                fmt::format("duplicate resources ID ({}) within group", unit.resources.id));
        }
    }
    SIM_CHECK(check_total(totals.cpu, kGroupCpuMax, false, "CPU"));
    SIM_CHECK(check_total(totals.gpu, kGroupGpuMax, true, "GPU"));
    SIM_CHECK(check_total(totals.memory, kGroupMemoryMax, false, "memory"));
    return check_prices(spec, names);
}

namespace checks {

sim::Status message(const MsgCreateDeployment& msg, const Names& names) {
    SIM_CHECK(id(msg.id, names));
    if (!names.denoms.valid(msg.deposit.denom)) {
        return unregistered("invalid denom: " + names.denoms.text(msg.deposit.denom));
    }
    if (msg.deposit.amount < 0) {
        return unregistered("negative coin amount: " + sim::to_text(msg.deposit.amount));
    }
    if (msg.groups.empty()) return refusal(errors::kDeploymentInvalidGroups);
    SIM_CHECK(check_version(msg.version));
    for (const auto& group : msg.groups) {
        SIM_CHECK(validate_group(*group, names));
        const Denom denom = group->resources.front().price.denom;
        if (msg.deposit.amount != 0 && denom != msg.deposit.denom) {
            return refusal(errors::kDeploymentInvalidDeposit,
                           fmt::format("Mismatched denominations ({} != {})",
                                       names.denoms.text(msg.deposit.denom),
                                       names.denoms.text(denom)));
        }
    }
    return address(msg.depositor, names, "MsgCreateDeployment: Invalid Depositor Address");
}

/// Denomination and sign are not checked: such an amount makes the handler panic.
sim::Status message(const MsgDepositDeployment& msg, const Names& names) {
    SIM_CHECK(id(msg.id, names));
    if (msg.amount.amount == 0) return refusal(errors::kDeploymentInvalidDeposit);
    return address(msg.depositor, names, "MsgDepositDeployment: Invalid Depositor Address");
}

sim::Status message(const MsgUpdateDeployment& msg, const Names& names) {
    SIM_CHECK(id(msg.id, names));
    return check_version(msg.version);
}

sim::Status message(const MsgCloseDeployment& msg, const Names& names) {
    return id(msg.id, names);
}

sim::Status message(const MsgCloseGroup& msg, const Names& names) {
    return id(msg.id, names);
}

sim::Status message(const MsgPauseGroup& msg, const Names& names) {
    return id(msg.id, names);
}

sim::Status message(const MsgStartGroup& msg, const Names& names) {
    return id(msg.id, names);
}

}  // namespace checks
}  // namespace nodes
