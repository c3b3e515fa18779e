// Provider groups that come and go by themselves: which rule each follows, what it remembers, and
// how many of its reserve are there. The rules are providers/supply; the world carries out what
// they decide.
#pragma once

#include "providers/supply/supply.h"
#include "scenarios/engine/population.h"
#include "sim/rng.h"

#include <cstdint>
#include <string>
#include <vector>

namespace scenarios {

class SupplyDesk {
  public:
    struct Row {
        std::uint32_t group = 0;  ///< place in Scenario::providers
        providers::SupplyState state;
        sim::Rng draws;
        std::int64_t joined = 0;  ///< beyond the first ones, ever

        static void fields(auto& self, auto&& visit) {
            visit("group", self.group);
            visit("state", self.state);
            visit("draws", self.draws);
            visit("joined", self.joined);
        }
    };

    void add(std::uint32_t group, const ProviderGroup& spec, std::uint64_t seed);

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

    /// What the row's group does in this step. `view.reserve` is filled in here.
    providers::SupplyChange decide(Row& row, const SupplySpec& spec, providers::SupplyView view);

    [[nodiscard]] Row& row(std::uint32_t index) { return rows_[index]; }

    static void fields(auto& self, auto&& visit) { visit("rows", self.rows_); }

  private:
    std::vector<Row> rows_;
};

/// Whole cost of one card (or, without cards, of the whole provider) per day in micro-USD.
std::int64_t cost_per_unit_day(const providers::ProviderConfig& config);

/// Cards a provider would register with a programme, one for a provider without cards.
struct ProviderUnits {
    std::int64_t real = 0;
    std::int64_t unreal = 0;
};

ProviderUnits units_of(const providers::ProviderConfig& config);

}  // namespace scenarios
