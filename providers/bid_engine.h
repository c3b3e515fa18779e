// From an order to a bid: the checks in the real provider's order, the reservation, the price. Each
// refusal has a reason from the one fixed list, because "why did nobody bid" is what users ask
// most. Pure functions; the provider's life around them is in provider.h.
#pragma once

#include "nodes/protocol/attributes.h"
#include "nodes/protocol/reasons.h"
#include "providers/inventory.h"
#include "providers/strategies/strategy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace providers {

/// Where an order was turned down.
enum class DeclinedAt : std::uint8_t {
    kProviderAttributes,
    kOrderAttributes,
    kQuery,  ///< own attributes or an auditor's record could not be fetched
    kCapabilities,
    kVolumes,
    kSignatures,
    kValidation,
    kLimits,  ///< the provider's own: denomination, open bids, deposit
    kReservation,
    kPrice,
};

struct Decline {
    DeclinedAt at = DeclinedAt::kProviderAttributes;
    nodes::Reason reason = nodes::Reason::kAttributeMismatch;
    nodes::Subject subject = nodes::Subject::kNone;
    std::int64_t wanted = 0;
    std::int64_t had = 0;
    std::string text = {};  ///< as the real provider logs it, where it does
};

/// What a provider knows of itself when it looks at an order. The attributes outlive the call.
struct OwnFacts {
    const nodes::Attributes* attributes_at_start = nullptr;
    const nodes::Attributes* attributes_now = nullptr;  ///< on chain; null = cannot be fetched
    const nodes::Attributes* order_filter = nullptr;
    std::vector<nodes::AuditedAttributes> audited;
    std::vector<std::string> unreachable_auditors;  ///< whose records cannot be fetched
    std::size_t group_volumes_max = 2;
};

/// provider v0.5.4 bidengine/order.go shouldBid: placement attributes as they were at start, own
/// filter, capabilities as they are now, volumes, signatures, validation. Nothing = bid.
std::optional<Decline> should_bid(const nodes::GroupSpec& spec,
                                  const OwnFacts& own,
                                  const nodes::Names& names);

/// The account's side of a bid, checked before anything is reserved. Not in the real provider,
/// which learns of these from the chain's refusals.
struct Purse {
    bool takes_denom = true;
    std::uint32_t open_bids = 0;
    std::uint32_t open_bids_max = 0;  ///< 0 = no limit
    std::int64_t deposit = 0;
    std::int64_t balance = 0;  ///< less the deposits of bids on their way
};

std::optional<Decline> check_limits(const Purse& purse);

/// The refusal of a reservation in the market's words.
Decline decline_of(const Reserved& refused);

/// Prices the order; a price above its maximum is no bid. `price_level` scales what the strategy
/// says.
struct Priced {
    sim::Dec18 price;
    std::optional<Decline> declined;
};

Priced price_order(std::uint8_t strategy, const PriceView& view, const StrategyParams& params);

}  // namespace providers
