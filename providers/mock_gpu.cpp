#include "providers/mock_gpu.h"

#include "providers/gpu_catalog.h"
#include "sim/assert.h"

#include <algorithm>
#include <limits>

namespace providers {

bool as_fast_as_claimed(const DeviceFacts& claim, const WorkResult& result, std::int64_t gflop) {
    if (!result.finished || claim.fp16_gflops <= 0) return false;
    // elapsed <= 2 * gflop / speed, without division.
    constexpr std::int64_t kNanoseconds = 1'000'000'000;
    return static_cast<sim::Int128>(result.elapsed_ns) * claim.fp16_gflops <=
           static_cast<sim::Int128>(gflop) * kNanoseconds * 2;
}

DeviceFacts MockHardware::facts(std::size_t device) const {
    const auto& card = cards_.at(device);
    DeviceFacts facts;
    facts.model = card.claimed;
    if (const auto* model = find_gpu_model(card.claimed)) {
        facts.vendor = model->vendor;
        facts.memory = model->memory;
        facts.fp16_gflops = model->fp16_gflops;
        facts.watts = model->watts;
    }
    return facts;
}

WorkResult MockHardware::run(std::size_t device, std::int64_t gflop) {
    constexpr std::int64_t kNanoseconds = 1'000'000'000;
    const auto& card = cards_.at(device);
    const auto* model = find_gpu_model(card.fake() ? card.actual : card.claimed);
    if (card.broken || model == nullptr) return {};
    const auto elapsed = static_cast<sim::Int128>(gflop) * kNanoseconds / model->fp16_gflops;
    constexpr auto kMost = static_cast<sim::Int128>(std::numeric_limits<std::int64_t>::max());
    return {true, static_cast<std::int64_t>(std::min(elapsed, kMost))};
}

sim::SimDuration time_to_first_failure(sim::SimDuration mean_life,
                                       std::int64_t parts,
                                       sim::Rng& rng) {
    if (mean_life.ns <= 0 || parts <= 0) return {};
    return rng.exponential(sim::SimDuration{std::max<std::int64_t>(mean_life.ns / parts, 1)});
}

}  // namespace providers
