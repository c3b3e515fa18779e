// Kinds of timers a tenant sets for itself; private to its two sources.
#pragma once

#include <cstdint>

namespace tenants {

enum TimerKind : std::uint8_t {
    kArrivalTimer,   ///< the next request
    kAnswerTimer,    ///< news of a message have not come
    kBidTimer,       ///< the window for bids ends
    kPatienceTimer,  ///< no acceptable bid for too long
    kManifestTimer,  ///< the provider has not answered
    kFailureTimer,   ///< the workload has been down for too long
    kReopenTimer,    ///< a lost lease's order may be opened again
    kRetryTimer,     ///< another try after having given up
    kEscrowTimer,    ///< belongs to a lease: its tag holds the order's number instead of the step
    kEndTimer,       ///< belongs to the whole deployment: its tag holds 0 instead of the step
};

}  // namespace tenants
