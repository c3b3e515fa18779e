// The interface to a provider's GPUs: what they say they are, and how long they take for a piece of
// work. A mock answers from a catalogue, a real one runs the work and answers later through the
// recorded inbox; checks of claims (programmes, tenants' benchmarks) see this interface only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace providers {

/// What a device tells about itself. It may lie.
struct DeviceFacts {
    std::string vendor;
    std::string model;
    std::string memory;  ///< "80Gi"
    std::int64_t fp16_gflops = 0;
    std::int64_t watts = 0;
};

/// How a piece of work went.
struct WorkResult {
    bool finished = false;  ///< false: the device is broken
    std::int64_t elapsed_ns = 0;
};

class Hardware {
  public:
    virtual ~Hardware() = default;

    [[nodiscard]] virtual std::size_t devices() const = 0;
    /// `device` < devices().
    [[nodiscard]] virtual DeviceFacts facts(std::size_t device) const = 0;
    /// Runs so many billion FP16 operations.
    virtual WorkResult run(std::size_t device, std::int64_t gflop) = 0;
};

/// True when the device did the work at half the speed or more that its claimed model has.
bool as_fast_as_claimed(const DeviceFacts& claim, const WorkResult& result, std::int64_t gflop);

}  // namespace providers
