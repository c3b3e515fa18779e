// How a tenant chooses among the bids on its order. A behaviour is a pure function of what the
// tenant knows about the bids; what it remembers (its own experience with providers) comes in
// through the view. Files in behaviours/ hold one each, behaviours/catalog.cpp lists them.
#pragma once

#include "nodes/protocol/names.h"
#include "nodes/protocol/reasons.h"
#include "sim/dec18.h"
#include "sim/result.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tenants {

/// One open bid at or below the order's maximum, as the tenant sees it.
struct BidInSight {
    nodes::Address provider;
    sim::Dec18 price;             ///< per block
    bool audited = false;         ///< a wanted auditor signed what the order asks for
    bool in_region = false;       ///< the provider's region is the one the tenant wants
    std::uint32_t successes = 0;  ///< leases with this provider that ran to their end
    std::uint32_t failures = 0;   ///< leases that this provider broke off or never started
};

struct BidsInSight {
    std::span<const BidInSight> bids;  ///< in provider byte order
    std::uint64_t draw = 0;            ///< one random number, for behaviours that want it
};

/// `criterion` says what decided besides the price: kPrice when the price alone did, kNone when
/// nothing that can be named did.
struct BidChoice {
    std::size_t index = 0;
    nodes::Subject criterion = nodes::Subject::kPrice;
};

/// A row of the catalog.
struct Behaviour {
    std::uint8_t row = 0;

    friend constexpr auto operator<=>(const Behaviour&, const Behaviour&) = default;

    static void fields(auto& self, auto&& visit) { visit("row", self.row); }
};

struct BehaviourEntry {
    std::string_view name;
    std::string_view description;
};

std::span<const BehaviourEntry> behaviours();
sim::Result<Behaviour> behaviour_named(std::string_view name);
std::string_view name_of(Behaviour behaviour);

/// The bid this behaviour takes; nullopt when it would rather wait. Never an index out of range.
std::optional<BidChoice> choose(Behaviour behaviour, const BidsInSight& view);

/// Why a bid lost against the chosen one: a dearer bid lost by its price, one that was not dearer
/// by the criterion.
nodes::Reason reason_of_loss(sim::Dec18 price, sim::Dec18 winner, nodes::Subject criterion);

}  // namespace tenants
