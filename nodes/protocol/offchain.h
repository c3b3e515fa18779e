// What providers and tenants tell each other outside the chain, over the simulated links.
#pragma once

#include "nodes/protocol/ids.h"

#include <cstdint>

namespace nodes {

/// PUT /deployment/{dseq}/manifest after a lease: starts the workload when the version fits.
struct ManifestSubmitted {
    LeaseId lease;
    std::uint64_t version = 0;  ///< first eight bytes of the manifest hash, big-endian
};

/// The provider's answer, and later changes of the workload's state.
enum class WorkloadState : std::uint8_t { kRefused, kRunning, kFailed, kRecovered };

struct WorkloadReport {
    LeaseId lease;
    WorkloadState state = WorkloadState::kRunning;
};

}  // namespace nodes
