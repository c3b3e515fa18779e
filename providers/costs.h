// What serving an order costs its provider: power and write-off of the cards, and a share of the
// machine around them, per block. Whole micro-USD per month, so that prices made from it are exact.
#pragma once

#include "providers/cluster.h"
#include "sim/dec18.h"

#include <cstdint>
#include <vector>

namespace providers {

/// Micro-USD per month and unit, unless the name says otherwise.
struct CostModel {
    std::int64_t kwh = 100'000;  ///< per kilowatt-hour
    std::int64_t written_off_months = 36;
    std::int64_t cpu_thread = 800'000;
    std::int64_t memory_gib = 300'000;
    std::int64_t storage_gib = 8'000;
    std::int64_t unknown_gpu = 50'000'000;  ///< a card that the catalogue does not know

    static void fields(auto& self, auto&& visit) {
        visit("kwh", self.kwh);
        visit("written_off_months", self.written_off_months);
        visit("cpu_thread", self.cpu_thread);
        visit("memory_gib", self.memory_gib);
        visit("storage_gib", self.storage_gib);
        visit("unknown_gpu", self.unknown_gpu);
    }
};

/// One card of this model in micro-USD per month.
std::int64_t gpu_cost_per_month(const std::string& model, const CostModel& costs);
/// The same per day: what a supplier weighs rewards against.
std::int64_t gpu_cost_per_day(const std::string& model, const CostModel& costs);

/// Micro-USD per block (429,909 blocks a month, as the price script counts). `picks` are the cards
/// chosen by the reservation; a unit without a pick is taken by its first wish.
sim::Dec18 cost_per_block(const GroupDemand& demand,
                          const std::vector<GpuPick>& picks,
                          const CostModel& costs);

}  // namespace providers
