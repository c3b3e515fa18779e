#include "providers/costs.h"

#include "providers/gpu_catalog.h"
#include "sim/assert.h"

namespace providers {
namespace {

constexpr std::int64_t kHoursPerMonth = 730;
constexpr std::int64_t kBlocksPerMonth = 429'909;

std::string model_of(const UnitDemand& unit, const GpuPick& pick) {
    if (pick.picked) return pick.model;
    return unit.wishes && !unit.wishes->empty() ? unit.wishes->front().model : "";
}

sim::Int128 per_gib(std::int64_t bytes, std::int64_t cost) {
    return (static_cast<sim::Int128>(bytes) * cost) >> 30;
}

}  // namespace

std::int64_t gpu_cost_per_month(const std::string& model, const CostModel& costs) {
    const auto* known = find_gpu_model(model);
    if (known == nullptr) return costs.unknown_gpu;
    SIM_ASSERT(costs.written_off_months > 0, "a time of write-off");
    const auto power = known->watts * kHoursPerMonth * costs.kwh / 1'000;
    return power + known->purchase_usd * 1'000'000 / costs.written_off_months;
}

std::int64_t gpu_cost_per_day(const std::string& model, const CostModel& costs) {
    return gpu_cost_per_month(model, costs) * 24 / kHoursPerMonth;
}

sim::Dec18 cost_per_block(const GroupDemand& demand,
                          const std::vector<GpuPick>& picks,
                          const CostModel& costs) {
    SIM_ASSERT(picks.size() == demand.units.size(), "one pick per unit");
    sim::Int128 month = 0;
    for (std::size_t i = 0; i < demand.units.size(); ++i) {
        const auto& unit = demand.units[i];
        sim::Int128 replica = static_cast<sim::Int128>(unit.cpu) * costs.cpu_thread / 1'000;
        replica += per_gib(unit.memory, costs.memory_gib);
        for (const auto& volume : unit.volumes)
            replica += per_gib(volume.bytes, costs.storage_gib);
        if (unit.gpu > 0) {
            replica += static_cast<sim::Int128>(unit.gpu) *
                       gpu_cost_per_month(model_of(unit, picks[i]), costs);
        }
        month += replica * unit.count;
    }
    return {month * sim::kDecOne / kBlocksPerMonth};
}

}  // namespace providers
