#include "providers/demand.h"

#include "providers/script_io.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace providers {
namespace {

constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();

std::vector<std::string_view> split_path(std::string_view key) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto slash = key.find('/');
        parts.push_back(key.substr(0, slash));
        if (slash == std::string_view::npos) return parts;
        key.remove_prefix(slash + 1);
    }
}

std::int64_t amount(const sim::Wide& value) {
    return sim::narrow64(value).value_or(kHuge);
}

/// What follows the model in a GPU attribute: pairs of ram and interface; other keys say nothing.
bool read_details(const std::vector<std::string_view>& tokens, GpuWish& wish) {
    for (std::size_t i = 4; i + 1 < tokens.size(); i += 2) {
        if (tokens[i] == "ram") {
            auto ram = normal_gpu_ram(tokens[i + 1]);
            if (!ram) return false;
            wish.ram = std::move(*ram);
        } else if (tokens[i] == "interface") {
            if (tokens[i + 1] != "pcie" && tokens[i + 1] != "sxm") return false;
            wish.interface = tokens[i + 1];
        }
    }
    return true;
}

VolumeDemand read_volume(const nodes::Volume& volume, double factor, InventoryVersion version) {
    VolumeDemand demand{.bytes = committed(factor, amount(volume.bytes)), .storage_class = {}};
    const auto named = find_attribute(volume.attributes, "class");
    const bool repaired = version == InventoryVersion::kV0511;
    if (!attribute_is_true(volume.attributes, "persistent")) {
        if (repaired && named == "ram") demand.kind = VolumeKind::kNodeMemory;
        return demand;
    }
    const bool usable = !named.empty() && !(repaired && named == "ram");
    demand.kind = usable ? VolumeKind::kPool : VolumeKind::kImpossible;
    demand.storage_class = named;
    return demand;
}

}  // namespace

std::int64_t committed(double factor, std::int64_t amount) {
    if (factor <= 1.0) return amount;
    const double share = 1.0 / factor;
    const double rounded = std::round(static_cast<double>(amount) * share);
    return rounded <= 0 ? 1 : static_cast<std::int64_t>(rounded);
}

// akash-api go/util/units MemoryQuantityFromString and StringWithSuffix("Gi"). Sizes with decimals
// are read by a big float there; the corpus has none, so only whole numbers are.
std::optional<std::string> normal_gpu_ram(std::string_view text) {
    constexpr std::string_view kUnits = "KMGTPE";
    if (text.size() < 3 || text.back() != 'i') return std::nullopt;
    const auto unit = kUnits.find(text[text.size() - 2]);
    if (unit == std::string_view::npos) return std::nullopt;
    const auto digits = text.substr(0, text.size() - 2);
    if (digits[0] < '1' || digits[0] > '9') return std::nullopt;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    const auto bits = 10 * (unit + 1);
    const auto bytes = static_cast<sim::Uint128>(number) << bits;
    if (bytes > std::numeric_limits<std::uint64_t>::max()) return std::nullopt;
    return fmt::format("{}Gi", static_cast<std::uint64_t>(bytes >> 30));
}

// provider v0.5.4 cluster/types/v1beta3/clients/inventory ParseGPUAttributes: vendor/V/model/M and
// pairs after it. Of two entries for one model the last counts.
std::optional<std::vector<GpuWish>> parse_gpu_wishes(const nodes::Attributes& attributes) {
    std::vector<GpuWish> wishes;
    for (const auto& attribute : attributes) {
        const auto tokens = split_path(attribute.key);
        if (tokens.size() < 4 || tokens.size() % 2 != 0) return std::nullopt;
        if (tokens[0] != "vendor" || tokens[2] != "model") return std::nullopt;
        GpuWish wish{std::string(tokens[1]), std::string(tokens[3]), {}, {}};
        if (!read_details(tokens, wish)) return std::nullopt;
        if (wish.vendor != "nvidia" && wish.vendor != "amd") return std::nullopt;
        std::erase_if(wishes, [&wish](const GpuWish& earlier) {
            return earlier.vendor == wish.vendor && earlier.model == wish.model;
        });
        wishes.push_back(std::move(wish));
    }
    return wishes;
}

GroupDemand read_demand(const nodes::GroupSpec& spec,
                        const Overcommit& overcommit,
                        InventoryVersion version) {
    GroupDemand demand;
    demand.units.reserve(spec.resources.size());
    for (const auto& unit : spec.resources) {
        const auto& asked = unit.resources;
        auto& wanted = demand.units.emplace_back();
        wanted.id = asked.id;
        wanted.count = unit.count;
        if (asked.cpu) wanted.cpu = committed(overcommit.cpu, amount(asked.cpu->value));
        if (asked.memory) wanted.memory = committed(overcommit.memory, amount(asked.memory->value));
        if (asked.gpu) wanted.gpu = committed(overcommit.gpu, amount(asked.gpu->value));
        if (asked.gpu && wanted.gpu > 0) wanted.wishes = parse_gpu_wishes(asked.gpu->attributes);
        for (const auto& volume : asked.storage) {
            wanted.volumes.push_back(read_volume(volume, overcommit.storage, version));
        }
        demand.random_ports += std::count_if(
            asked.endpoints.begin(), asked.endpoints.end(), [](const nodes::Endpoint& endpoint) {
                return endpoint.kind == nodes::EndpointKind::kRandomPort;
            });
    }
    demand.leased_ips = leased_ips(spec);
    return demand;
}

std::optional<std::string> missing_resource(const nodes::GroupSpec& spec) {
    for (std::size_t i = 0; i < spec.resources.size(); ++i) {
        const auto& unit = spec.resources[i].resources;
        const char* missing = !unit.cpu      ? "CPU"
                              : !unit.gpu    ? "GPU"
                              : !unit.memory ? "Memory"
                                             : nullptr;
        if (missing != nullptr) {
            return fmt::format("invalid resource: {} resource at idx {} is nil", missing, i);
        }
    }
    return std::nullopt;
}

}  // namespace providers
