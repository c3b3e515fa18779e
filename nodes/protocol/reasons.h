// Why a provider did not bid, or why its bid did not win: one fixed list for agents, recorder,
// window and tests. "Why did nobody bid" is what users of the real network ask most (reference
// window, screen 2).
#pragma once

#include "nodes/protocol/ids.h"
#include "sim/units.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace nodes {

enum class Reason : std::uint8_t {
    kWon,
    kPriceAboveWinner,
    kAboveTenantMaximum,
    kAttributeMismatch,
    kNotAudited,
    kInsufficientCapacity,
    kModelMismatch,
    kDenomRefused,
    kBidDepositLacking,
    kBidAfterClose,
    kProviderOffline,
    kProviderAtBidLimit,
    kOrderClosedByTenant,
    kTenantPreferredOther,
};

inline constexpr std::array<std::string_view, 14> kReasonTexts{
    "won",
    "price above winner",
    "above tenant's maximum",
    "attribute mismatch",
    "not audited by the wanted auditor",
    "insufficient capacity",
    "model mismatch",
    "denom refused",
    "bid deposit lacking",
    "bid after close",
    "provider offline",
    "provider at its bid limit",
    "order closed by tenant",
    "tenant preferred other criterion",
};

constexpr std::string_view text(Reason reason) {
    return kReasonTexts[static_cast<std::size_t>(reason)];
}

/// What a lack or mismatch was about.
enum class Subject : std::uint8_t {
    kNone,
    kCpu,
    kMemory,
    kGpu,
    kEphemeralStorage,
    kPersistentStorage,
    kLeasedIp,
    kVolumes,
    kAttribute,
    kPrice,
    kDeposit,
    kRegion,
    kReputation,
    kAudit,
};

/// The one line a provider leaves about an order: `wanted` and `had` in the subject's unit
/// (milli-CPU, bytes, cards, 10^-18 price units cut to whole micro-units, micro-units of deposit).
struct BidNote {
    OrderId order;
    Address provider;
    Reason reason = Reason::kWon;
    Subject subject = Subject::kNone;
    std::int64_t wanted = 0;
    std::int64_t had = 0;

    static void fields(auto& self, auto&& visit) {
        visit("order", self.order);
        visit("provider", self.provider);
        visit("reason", self.reason);
        visit("subject", self.subject);
        visit("wanted", self.wanted);
        visit("had", self.had);
    }
};

}  // namespace nodes
