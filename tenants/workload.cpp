#include "tenants/workload.h"

#include "nodes/protocol/sdl.h"
#include "sim/assert.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tenants {

namespace {

constexpr std::size_t kVersionBytes = 32;

std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    return hash;
}

std::string text_of(const WorkloadSize& size) {
    const auto number = [](const std::optional<std::int64_t>& n) {
        return n ? fmt::format("{}", *n) : std::string{"-"};
    };
    return fmt::format("{}/{}/{}/{}/{}/{}",
                       number(size.cpu_milli),
                       number(size.memory_bytes),
                       number(size.storage_bytes),
                       number(size.gpus),
                       size.gpu_model,
                       size.replicas);
}

/// Changes the first eight bytes, which are what a submitted manifest is compared by.
std::string changed_version(std::string version, const WorkloadSize& size) {
    version.resize(kVersionBytes, '\0');
    std::uint64_t hash = fnv1a(text_of(size));
    for (std::size_t i = 0; i < 8; ++i, hash >>= 8U) {
        version[i] = static_cast<char>(static_cast<unsigned char>(version[i]) ^ (hash & 0xffU));
    }
    return version;
}

nodes::ResourceUnit& sized_unit(nodes::GroupSpec& group) {
    for (nodes::ResourceUnit& unit : group.resources) {
        if (unit.resources.gpu && unit.resources.gpu->value > 0) return unit;
    }
    return group.resources.front();
}

/// The chain refuses attributes on a GPU request of 0 cards, and cards without a vendor.
void set_gpus(nodes::Quantity& gpu, const WorkloadSize& size) {
    if (size.gpus) gpu.value = *size.gpus;
    if (gpu.value == 0) {
        gpu.attributes.clear();
        return;
    }
    const bool named = !size.gpu_model.empty();
    if (!named && !gpu.attributes.empty()) return;
    const std::string model = named ? size.gpu_model : "*";
    gpu.attributes = {{fmt::format("vendor/nvidia/model/{}", model), "true"}};
}

void set_size(nodes::ResourceUnit& unit, const WorkloadSize& size) {
    nodes::Resources& resources = unit.resources;
    if (size.cpu_milli) {
        if (!resources.cpu) resources.cpu.emplace();
        resources.cpu->value = *size.cpu_milli;
    }
    if (size.memory_bytes) {
        if (!resources.memory) resources.memory.emplace();
        resources.memory->value = *size.memory_bytes;
    }
    if (size.storage_bytes) {
        if (resources.storage.empty()) resources.storage.push_back({"default", 0, {}});
        resources.storage.front().bytes = *size.storage_bytes;
    }
    if (!resources.gpu) resources.gpu.emplace();
    set_gpus(*resources.gpu, size);
    if (size.replicas > 0) unit.count = size.replicas;
}

}  // namespace

sim::Result<WorkloadTemplateRef> read_workload(std::string_view name,
                                               std::string_view sdl,
                                               nodes::Names& names) {
    SIM_TRY(read, nodes::read_sdl(sdl, names));
    if (read.groups.size() != 1) {
        return sim::Error{
            {"tenants", 2},
            fmt::format(
                "workload \"{}\": {} placement groups, want one", name, read.groups.size())};
    }
    auto made = std::make_shared<WorkloadTemplate>();
    made->name = name;
    made->group = std::make_shared<const nodes::GroupSpec>(std::move(read.groups.front()));
    made->version = std::move(read.version);
    return WorkloadTemplateRef{std::move(made)};
}

sim::Result<WorkloadTemplateRef> builtin_workload(std::string_view name, nodes::Names& names) {
    for (const BuiltinWorkload& workload : builtin_workloads()) {
        if (workload.name == name) return read_workload(name, workload.sdl, names);
    }
    return sim::Error{{"tenants", 3}, fmt::format("no workload named \"{}\"", name)};
}

WorkloadTemplateRef workload_from_numbers(std::string_view name, const WorkloadSize& size) {
    SIM_ASSERT(size.cpu_milli && size.memory_bytes, "cpu and memory of workload {}", name);
    SIM_ASSERT(size.storage_bytes && size.gpus, "storage and gpus of workload {}", name);
    nodes::ResourceUnit unit;
    unit.resources.id = 1;
    unit.resources.endpoints.push_back({nodes::EndpointKind::kSharedHttp, 0});
    unit.count = 1;
    set_size(unit, size);
    nodes::GroupSpec group;
    group.name = "anywhere";
    group.resources.push_back(std::move(unit));
    auto made = std::make_shared<WorkloadTemplate>();
    made->name = name;
    made->group = std::make_shared<const nodes::GroupSpec>(std::move(group));
    made->version = changed_version({}, size);
    return made;
}

WorkloadTemplate tailored(const WorkloadTemplate& workload, const WorkloadSize& size) {
    SIM_ASSERT(!workload.group->resources.empty(), "a unit in workload {}", workload.name);
    if (size == WorkloadSize{}) return workload;
    nodes::GroupSpec group = *workload.group;
    set_size(sized_unit(group), size);
    return {workload.name,
            std::make_shared<const nodes::GroupSpec>(std::move(group)),
            changed_version(workload.version, size)};
}

nodes::GroupSpec priced(const nodes::GroupSpec& group,
                        const ReferencePrices& prices,
                        nodes::Denom denom,
                        sim::Dec18 max_price) {
    SIM_ASSERT(max_price.scaled >= 0, "a price, got {}", max_price.text());
    nodes::GroupSpec made = group;
    const auto cost_of = [&](const nodes::ResourceUnit& unit) {
        nodes::GroupSpec alone;
        alone.resources.push_back(unit);
        alone.resources.front().count = 1;
        return std::max<std::int64_t>(1, micro_usd_per_month(alone, prices));
    };
    sim::Wide total = 0;
    for (const nodes::ResourceUnit& unit : made.resources) {
        total += sim::Wide{cost_of(unit)} * unit.count;
    }
    for (nodes::ResourceUnit& unit : made.resources) {
        unit.price.denom = denom;
        unit.price.scaled = sim::to_wide(max_price.scaled) * cost_of(unit) / total;
    }
    return made;
}

const WorkloadShelf::Sized& WorkloadShelf::size(const WorkloadTemplateRef& workload,
                                                const WorkloadSize& size,
                                                const ReferencePrices& prices) {
    for (const Sized& row : sized_) {
        if (row.from == workload && row.size == size) return row;
    }
    Sized row{workload, size, workload, 0};
    if (size != WorkloadSize{}) {
        row.made = std::make_shared<const WorkloadTemplate>(tailored(*workload, size));
    }
    row.micro_usd_month = micro_usd_per_month(*row.made->group, prices);
    if (sized_.size() < kRows) return sized_.emplace_back(std::move(row));
    Sized& taken = sized_[next_sized_];
    next_sized_ = (next_sized_ + 1) % kRows;
    taken = std::move(row);
    return taken;
}

nodes::GroupSpecRef WorkloadShelf::price(const WorkloadTemplateRef& made,
                                         const ReferencePrices& prices,
                                         nodes::Denom denom,
                                         sim::Dec18 max_price) {
    for (const Priced& row : priced_) {
        if (row.from == made && row.denom == denom && row.max_price == max_price) return row.made;
    }
    Priced row{
        made,
        denom,
        max_price,
        std::make_shared<const nodes::GroupSpec>(priced(*made->group, prices, denom, max_price))};
    nodes::GroupSpecRef result = row.made;
    if (priced_.size() < kRows) {
        priced_.push_back(std::move(row));
    } else {
        priced_[next_priced_] = std::move(row);
        next_priced_ = (next_priced_ + 1) % kRows;
    }
    return result;
}

}  // namespace tenants
