// What a tenant deploys: a template read from an SDL text, or made from numbers, tailored to each
// request (GPU model and cards, size, highest price). Specifications are immutable and shared:
// deployments that want the same share one. A tenant runs deployments of one group.
#pragma once

#include "nodes/protocol/resources.h"
#include "sim/dec18.h"
#include "sim/result.h"
#include "tenants/reference_price.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tenants {

struct WorkloadTemplate {
    std::string name;
    nodes::GroupSpecRef group;
    std::string version;  ///< hash of the manifest, 32 raw bytes

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("group", self.group);
        visit("version", self.version);
    }
};

using WorkloadTemplateRef = std::shared_ptr<const WorkloadTemplate>;

/// Reads an SDL text; refuses one with several groups. Errors are the SDL reader's.
sim::Result<WorkloadTemplateRef> read_workload(std::string_view name,
                                               std::string_view sdl,
                                               nodes::Names& names);

/// The templates in tenants/workloads, built into the program.
struct BuiltinWorkload {
    std::string_view name;
    std::string_view sdl;
};

std::span<const BuiltinWorkload> builtin_workloads();
sim::Result<WorkloadTemplateRef> builtin_workload(std::string_view name, nodes::Names& names);

/// Amounts of one replica. Absent ones are left as the template has them.
struct WorkloadSize {
    std::optional<std::int64_t> cpu_milli{};
    std::optional<std::int64_t> memory_bytes{};
    std::optional<std::int64_t> storage_bytes{};  ///< of the first volume
    std::optional<std::int64_t> gpus{};           ///< 0 takes the cards away
    std::string gpu_model{};                      ///< empty = as the template has it, "*" = any
    std::uint32_t replicas = 0;                   ///< 0 = as the template has it

    friend bool operator==(const WorkloadSize&, const WorkloadSize&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("cpu_milli", self.cpu_milli);
        visit("memory_bytes", self.memory_bytes);
        visit("storage_bytes", self.storage_bytes);
        visit("gpus", self.gpus);
        visit("gpu_model", self.gpu_model);
        visit("replicas", self.replicas);
    }
};

/// A template of one unit without an SDL: all four amounts must be given.
WorkloadTemplateRef workload_from_numbers(std::string_view name, const WorkloadSize& size);

/// A template of this size, without a price. The size goes to the unit with GPUs, else to the
/// first. The version stands for the manifest's hash: it differs from the template's when anything
/// else does.
WorkloadTemplate tailored(const WorkloadTemplate& workload, const WorkloadSize& size);

/// The group with this highest price per block: unit prices in proportion to what the units cost by
/// the reference, cut to 18 digits, so that the group's maximum is never above `max_price`.
nodes::GroupSpec priced(const nodes::GroupSpec& group,
                        const ReferencePrices& prices,
                        nodes::Denom denom,
                        sim::Dec18 max_price);

/// Requests of the same size and price share one specification. Holds the latest few; nothing but
/// memory depends on what it holds, so it is no part of a tenant's fields.
class WorkloadShelf {
  public:
    struct Sized {
        WorkloadTemplateRef from;
        WorkloadSize size;
        WorkloadTemplateRef made;
        std::int64_t micro_usd_month = 0;
    };

    /// The tailored template and its reference price.
    const Sized& size(const WorkloadTemplateRef& workload,
                      const WorkloadSize& size,
                      const ReferencePrices& prices);
    nodes::GroupSpecRef price(const WorkloadTemplateRef& made,
                              const ReferencePrices& prices,
                              nodes::Denom denom,
                              sim::Dec18 max_price);

  private:
    struct Priced {
        WorkloadTemplateRef from;
        nodes::Denom denom;
        sim::Dec18 max_price;
        nodes::GroupSpecRef made;
    };

    static constexpr std::size_t kRows = 32;
    std::vector<Sized> sized_;
    std::vector<Priced> priced_;
    std::size_t next_sized_ = 0;
    std::size_t next_priced_ = 0;
};

}  // namespace tenants
