// Makes the parts of the view model from a run; one function per screen, each called only when its
// screen is visible. Nothing here changes the run.
#pragma once

#include "gui/session/run.h"
#include "gui/session/view_model.h"
#include "gui/session/words.h"

#include <optional>
#include <vector>

namespace gui {

/// What all of them look at.
struct Shown {
    const Run& run;
    const scenarios::World& world;
    const Memory& memory;
    const History& history;
    const Interest& interest;
    PriceTag tag;
    bool running = false;

    /// With the bids of the moment; nothing when it is not remembered.
    [[nodiscard]] std::optional<Auction> auction(Key key) const {
        return memory.auctions.look(key, world.chain().state());
    }

    [[nodiscard]] nodes::Address account_of(scenarios::AgentRef agent) const {
        return world.seat(agent).account;
    }
};

// show_cards.cpp
void show_cards(const Shown& shown, const ChecksView& checks, std::vector<Card>& cards);

// show_market.cpp
void show_market(const Shown& shown, MarketView& market);
OrderRow order_row(const Shown& shown, const Auction& auction);

// show_auction.cpp
void show_auction(const Shown& shown, AuctionView& view);

// show_capacity.cpp
void show_capacity(const Shown& shown, MarketView& market);

// show_supply.cpp
void show_supply(const Shown& shown, SupplyView& supply);
ProviderRow provider_row(const Shown& shown, std::uint32_t index);

// show_provider.cpp
void show_provider(const Shown& shown, ProviderView& view);

// show_world.cpp
void show_world(const Shown& shown, WorldMapView& view);
void show_validators(const Shown& shown, ValidatorsView& view);

// show_economy.cpp
void show_economy(const Shown& shown, EconomyView& view);

// show_leases.cpp
void show_leases(const Shown& shown, LeasesView& view);

// show_escrow.cpp
void show_escrow(const Shown& shown, const DeploymentLife& life, EscrowRunOff& view);

// show_scenario.cpp
void show_scenario(const Shown& shown, ScenarioView& view);
void add_plan(const Shown& shown, StripView& strip);

// show_log.cpp
void show_log(const Shown& shown, LogView& view);

}  // namespace gui
