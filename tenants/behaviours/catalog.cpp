// The list of behaviours. A new one is a file beside this one and a line in BEHAVIOURS.
#include "tenants/behaviour.h"

#include <fmt/format.h>

#include <array>

#define BEHAVIOURS(X)                                                                  \
    X(cheapest, "Takes the lowest price.")                                             \
    X(audited_first, "Takes the cheapest audited provider, else the cheapest of all.") \
    X(cheapest_in_region, "Takes the cheapest provider in its region or waits.")       \
    X(reputation, "Adds to a price what failures with that provider cost it.")         \
    X(random, "Takes any bid, all equally likely.")

namespace tenants {

#define DECLARE(name, description) std::optional<BidChoice> choose_##name(const BidsInSight& view);
BEHAVIOURS(DECLARE)
#undef DECLARE

namespace {

using Choose = std::optional<BidChoice> (*)(const BidsInSight&);

#define ENTRY(name, description) BehaviourEntry{#name, description},
constexpr std::array kEntries{BEHAVIOURS(ENTRY)};
#undef ENTRY

#define FUNCTION(name, description) &choose_##name,
constexpr std::array<Choose, kEntries.size()> kFunctions{BEHAVIOURS(FUNCTION)};
#undef FUNCTION

}  // namespace

std::span<const BehaviourEntry> behaviours() {
    return kEntries;
}

sim::Result<Behaviour> behaviour_named(std::string_view name) {
    for (std::size_t row = 0; row < kEntries.size(); ++row) {
        if (kEntries[row].name == name) return Behaviour{static_cast<std::uint8_t>(row)};
    }
    return sim::Error{{"tenants", 1}, fmt::format("no tenant behaviour named \"{}\"", name)};
}

std::string_view name_of(Behaviour behaviour) {
    return kEntries[behaviour.row].name;
}

std::optional<BidChoice> choose(Behaviour behaviour, const BidsInSight& view) {
    SIM_ASSERT(behaviour.row < kFunctions.size(), "a row of the catalog, got {}", behaviour.row);
    if (view.bids.empty()) return std::nullopt;
    const auto choice = kFunctions[behaviour.row](view);
    SIM_ASSERT(!choice || choice->index < view.bids.size(), "one of {} bids", view.bids.size());
    return choice;
}

nodes::Reason reason_of_loss(sim::Dec18 price, sim::Dec18 winner, nodes::Subject criterion) {
    const bool by_price = price > winner || criterion == nodes::Subject::kPrice;
    return by_price ? nodes::Reason::kPriceAboveWinner : nodes::Reason::kTenantPreferredOther;
}

}  // namespace tenants
