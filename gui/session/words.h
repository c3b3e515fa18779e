// Turns what the simulation knows into what people read: times, resources, prices, and the reasons
// for which a provider did not get an order, with the numbers that decided.
#pragma once

#include "gui/session/auction_book.h"
#include "gui/session/model_market.h"
#include "providers/provider.h"
#include "scenarios/engine/world.h"

#include <string>

namespace gui {

/// "day 3, 04:05:06": three whole days have passed, as in `at: 3d`.
std::string clock_text(sim::SimTime at);

/// "3 h 12 min", the two largest parts.
std::string span_text(sim::SimDuration span);

/// "1,234,567".
std::string grouped(std::int64_t number);

/// "2 x a100, 16 CPU, 64 GiB, 100 GiB disk"; of the whole group.
std::string wants_text(const nodes::GroupSpec& spec);

/// One line per unit of the group.
std::vector<std::string> resource_lines(const nodes::GroupSpec& spec);

/// First GPU model asked for; "*" any, empty without cards.
std::string model_wanted(const nodes::GroupSpec& spec);

/// Of the placement's attribute "region"; empty = any.
std::string region_wanted(const nodes::GroupSpec& spec);

/// Prices in dollars at one moment.
class PriceTag {
  public:
    explicit PriceTag(const scenarios::World& world);

    [[nodiscard]] Price of(sim::Dec18 per_block, nodes::Denom denom) const;
    /// Dollars for an amount of micro-units.
    [[nodiscard]] double usd(double micro_units, nodes::Denom denom) const;

    [[nodiscard]] double akt_usd() const { return akt_usd_; }

  private:
    double akt_usd_;
    double blocks_per_hour_;
    nodes::Denom uakt_;
};

/// The numbers that decided, in words.
std::string answer_words(const Answer& answer, const Auction& auction, const PriceTag& tag);

/// "wants region=us-west, has region=us-east": the first key that does not fit, for a provider that
/// the order never reached.
std::string mismatch_words(const nodes::GroupSpec& spec, const nodes::Attributes& registered);

/// Share of its cards that run, or of its CPUs when it has none; 0 to 1.
double utilization_of(const providers::Provider& provider);

/// "foundry/3"; the address where it is no agent's.
std::string name_of(const scenarios::World& world, nodes::Address account);

/// "tenant/dseq/gseq/oseq".
std::string order_text(const scenarios::World& world, const nodes::OrderId& id);

}  // namespace gui
