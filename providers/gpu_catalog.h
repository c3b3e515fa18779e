// GPU models as the market names them, with what a model can do, draws, costs and earns. Rounded
// vendors' figures and dated market prices; a scenario's economics start here.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace providers {

struct GpuModel {
    std::string_view vendor;     ///< "nvidia" or "amd"
    std::string_view key;        ///< as in vendor/nvidia/model/<key>
    std::string_view memory;     ///< "80Gi": the most common card of that name
    std::string_view interface;  ///< "pcie" or "sxm"
    std::int64_t fp16_gflops = 0;
    std::int64_t watts = 0;
    std::int64_t purchase_usd = 0;
    std::int64_t micro_usd_per_hour = 0;  ///< what an hour typically rents for
};

/// Sorted by key.
std::span<const GpuModel> gpu_models();
/// nullptr when there is none of this key.
const GpuModel* find_gpu_model(std::string_view key);

}  // namespace providers
