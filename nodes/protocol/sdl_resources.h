// The resources of a compute profile as an SDL file writes them, read by the rules of
// akash-network/node v0.30 (sdl/cpu.go, gpu.go, memory.go, storage.go, units.go).
#pragma once

#include "nodes/protocol/resources.h"
#include "nodes/protocol/sdl_decoder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nodes {

/// Milli-CPU: "100m", or a number of CPUs cut to 32 bits.
struct SdlCpuQuantity {
    std::uint32_t milli = 0;

    static DecodeOutcome from_yaml(const YamlNode& node, SdlCpuQuantity& out, DecodeBudget&);
};

struct SdlGpuQuantity {
    std::uint64_t units = 0;

    static DecodeOutcome from_yaml(const YamlNode& node, SdlGpuQuantity& out, DecodeBudget&);
};

/// Bytes with a suffix k, Ki, M, ... Ei.
struct SdlByteQuantity {
    std::uint64_t bytes = 0;

    static DecodeOutcome from_yaml(const YamlNode& node, SdlByteQuantity& out, DecodeBudget&);
};

/// A GPU's memory: only the binary suffixes.
struct SdlMemoryQuantity {
    std::uint64_t bytes = 0;

    static DecodeOutcome from_yaml(const YamlNode& node, SdlMemoryQuantity& out, DecodeBudget&);
};

struct SdlCpuAttributes {
    Attributes list;

    static DecodeOutcome from_yaml(const YamlNode& node,
                                   SdlCpuAttributes& out,
                                   DecodeBudget& budget);
};

struct SdlCpu {
    static constexpr std::string_view kGoName = "sdl.v2ResourceCPU";
    SdlCpuQuantity units;
    SdlCpuAttributes attributes;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("units", self.units);
        visit("attributes", self.attributes);
    }
};

struct SdlMemory {
    static constexpr std::string_view kGoName = "sdl.v2ResourceMemory";
    SdlByteQuantity size;

    static void yaml_fields(auto& self, auto&& visit) { visit("size", self.size); }
};

struct SdlNvidiaGpu {
    static constexpr std::string_view kGoName = "sdl.v2GPUNvidia";
    std::string model;
    std::optional<SdlMemoryQuantity> ram;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("ram", self.ram);
    }
};

struct SdlNvidiaGpus : GoSlice<SdlNvidiaGpu> {
    static constexpr std::string_view kGoName = "sdl.v2GPUsNvidia";
};

struct SdlGpuVendor {
    static constexpr std::string_view kGoName = "sdl.gpuVendor";
    SdlNvidiaGpus nvidia;

    static void yaml_fields(auto& self, auto&& visit) { visit("nvidia", self.nvidia); }
};

struct SdlGpuAttributes {
    Attributes list;

    static DecodeOutcome from_yaml(const YamlNode& node,
                                   SdlGpuAttributes& out,
                                   DecodeBudget& budget);
};

struct SdlGpu {
    SdlGpuQuantity units;
    SdlGpuAttributes attributes;

    static DecodeOutcome from_yaml(const YamlNode& node, SdlGpu& out, DecodeBudget& budget);
};

struct SdlStorageAttributes {
    Attributes list;

    static DecodeOutcome from_yaml(const YamlNode& node,
                                   SdlStorageAttributes& out,
                                   DecodeBudget& budget);
};

struct SdlVolume {
    static constexpr std::string_view kGoName = "sdl.v2ResourceStorage";
    std::string name;
    SdlByteQuantity size;
    SdlStorageAttributes attributes;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("size", self.size);
        visit("attributes", self.attributes);
    }
};

/// One map or a list of volumes, kept in the reader's own order.
struct SdlVolumes {
    std::vector<SdlVolume> list;

    static DecodeOutcome from_yaml(const YamlNode& node, SdlVolumes& out, DecodeBudget& budget);
};

struct SdlComputeResources {
    static constexpr std::string_view kGoName = "sdl.v2ComputeResources";
    std::optional<SdlCpu> cpu;
    std::optional<SdlGpu> gpu;
    std::optional<SdlMemory> memory;
    SdlVolumes storage;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("cpu", self.cpu);
        visit("gpu", self.gpu);
        visit("memory", self.memory);
        visit("storage", self.storage);
    }
};

/// The unit as an order carries it; a GPU entry is always there. Without resources: empty.
Resources to_resources(const std::optional<SdlComputeResources>& sdl);

/// A map of texts as attributes, sorted by key.
DecodeOutcome read_attribute_map(const YamlNode& node, Attributes& out, DecodeBudget& budget);

}  // namespace nodes
