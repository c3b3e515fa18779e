#include "providers/gpu_catalog.h"

#include <algorithm>
#include <array>

namespace providers {
namespace {

// FP16 with tensor cores where a card has them, dense; FP32 for the old ones. Rents per hour: prop
// 303 of Akash (2025) for h200, h100, a100 and rtx4090, PIP-1 for a6000, akash.network/pricing of
// 2026-09-20 for most others; a10, l40s and mi100 are assumptions. Purchase prices are assumptions
// for a single card at the time when it was a usual offer.
constexpr std::array<GpuModel, 27> kModels{{
    {"nvidia", "a10", "24Gi", "pcie", 125'000, 150, 3'000, 500'000},
    {"nvidia", "a100", "80Gi", "sxm", 312'000, 400, 15'000, 1'648'000},
    {"nvidia", "a6000", "48Gi", "pcie", 155'000, 300, 4'600, 980'000},
    {"nvidia", "b200", "180Gi", "sxm", 2'250'000, 1'000, 45'000, 5'000'000},
    {"nvidia", "gtx1050", "4Gi", "pcie", 1'900, 75, 100, 50'000},
    {"nvidia", "gtx1070ti", "8Gi", "pcie", 8'200, 180, 150, 80'000},
    {"nvidia", "h100", "80Gi", "sxm", 989'000, 700, 30'000, 1'861'000},
    {"nvidia", "h200", "141Gi", "sxm", 989'000, 700, 35'000, 2'468'000},
    {"nvidia", "l40s", "48Gi", "pcie", 362'000, 350, 9'000, 900'000},
    {"nvidia", "m4000", "8Gi", "pcie", 2'600, 120, 150, 60'000},
    {"amd", "mi100", "32Gi", "pcie", 185'000, 300, 3'500, 300'000},
    {"nvidia", "p4", "8Gi", "pcie", 5'500, 75, 150, 30'000},
    {"nvidia", "p40", "24Gi", "pcie", 11'800, 250, 250, 80'000},
    {"nvidia", "rtx3060", "12Gi", "pcie", 25'000, 170, 300, 140'000},
    {"nvidia", "rtx3060ti", "8Gi", "pcie", 32'000, 200, 350, 140'000},
    {"nvidia", "rtx3080", "10Gi", "pcie", 59'000, 320, 600, 150'000},
    {"nvidia", "rtx3090", "24Gi", "pcie", 71'000, 350, 900, 160'000},
    {"nvidia", "rtx3090ti", "24Gi", "pcie", 80'000, 450, 1'100, 250'000},
    {"nvidia", "rtx4000ada", "20Gi", "pcie", 107'000, 130, 1'300, 410'000},
    {"nvidia", "rtx4080", "16Gi", "pcie", 97'000, 320, 1'100, 150'000},
    {"nvidia", "rtx4090", "24Gi", "pcie", 165'000, 450, 1'800, 349'000},
    {"nvidia", "rtx5090", "32Gi", "pcie", 209'000, 575, 2'500, 670'000},
    {"nvidia", "rtx6000", "24Gi", "pcie", 130'000, 260, 3'000, 170'000},
    {"nvidia", "rtx8000", "48Gi", "pcie", 130'000, 260, 4'000, 210'000},
    {"nvidia", "t4", "16Gi", "pcie", 65'000, 70, 1'000, 150'000},
    {"nvidia", "v100", "16Gi", "sxm", 125'000, 300, 2'500, 360'000},
    {"nvidia", "v100s", "32Gi", "pcie", 130'000, 250, 3'000, 170'000},
}};

static_assert(std::is_sorted(kModels.begin(), kModels.end(), [](const auto& a, const auto& b) {
    return a.key < b.key;
}));

}  // namespace

std::span<const GpuModel> gpu_models() {
    return kModels;
}

const GpuModel* find_gpu_model(std::string_view key) {
    const auto found = std::lower_bound(
        kModels.begin(), kModels.end(), key, [](const GpuModel& model, std::string_view k) {
            return model.key < k;
        });
    return found != kModels.end() && found->key == key ? &*found : nullptr;
}

}  // namespace providers
