// What an order asks of a cluster, read once from its specification: whole numbers, the GPU models
// that would do, and what each volume is. Amounts are those the provider commits, which overcommit
// makes smaller than those asked.
#pragma once

#include "nodes/protocol/resources.h"
#include "sim/fields.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace providers {

/// The release of the provider whose rules the inventory follows.
enum class InventoryVersion : std::uint8_t {
    kV054,   ///< 2024-03-04
    kV0511,  ///< 2024-03-30: repaired GPU interface, RAM volumes from memory, re-fit on changes
};

/// Commit factors: 1 or less leaves an amount as it is, 2 halves it.
struct Overcommit {
    double cpu = 1;
    double gpu = 0;
    double memory = 1;
    double storage = 1;

    static void fields(auto& self, auto&& visit) {
        visit("cpu", self.cpu);
        visit("gpu", self.gpu);
        visit("memory", self.memory);
        visit("storage", self.storage);
    }
};

/// The factor that a flag in per cent gives: 1 + pct/100 by integer division, so that 1..99 do
/// nothing (provider cmd/run.go).
constexpr double commit_factor(std::uint64_t percent) {
    const std::uint64_t whole = percent / 100;
    return 1.0 + static_cast<double>(whole);
}

/// round(amount * (1 / factor)) in doubles, at least 1 (node sdl/util ComputeCommittedResources).
std::int64_t committed(double factor, std::int64_t amount);

/// One model that an order's GPU attributes allow.
struct GpuWish {
    std::string vendor;  ///< "nvidia" or "amd"
    std::string model;   ///< "*" for any
    std::string ram;     ///< "80Gi", empty = any
    std::string interface;
};

/// The GPU attributes of a unit, or nothing when one of them is malformed: such a unit fits
/// nowhere.
std::optional<std::vector<GpuWish>> parse_gpu_wishes(const nodes::Attributes& attributes);
/// "81920Mi" and "80Gi" are both "80Gi"; nothing for what is no memory size with an i suffix.
std::optional<std::string> normal_gpu_ram(std::string_view text);

enum class VolumeKind : std::uint8_t {
    kNodeDisk,
    kNodeMemory,
    kPool,
    kImpossible,  ///< persistent without a usable class: no node can have it
};

struct VolumeDemand {
    std::int64_t bytes = 0;
    VolumeKind kind = VolumeKind::kNodeDisk;
    std::string storage_class;
};

struct UnitDemand {
    std::uint32_t id = 0;
    std::uint32_t count = 0;
    std::int64_t cpu = 0;  ///< milli
    std::int64_t memory = 0;
    std::int64_t gpu = 0;
    std::optional<std::vector<GpuWish>> wishes;
    std::vector<VolumeDemand> volumes;
};

struct GroupDemand {
    std::vector<UnitDemand> units;
    std::uint64_t leased_ips = 0;
    std::int64_t random_ports = 0;  ///< once per endpoint, whatever the count
};

/// The demand of a group. Amounts beyond int64 are taken as the largest, which fits nowhere.
GroupDemand read_demand(const nodes::GroupSpec& spec,
                        const Overcommit& overcommit,
                        InventoryVersion version);
/// "invalid resource: GPU resource at idx 0 is nil" for a unit without cpu, gpu or memory.
std::optional<std::string> missing_resource(const nodes::GroupSpec& spec);

}  // namespace providers
