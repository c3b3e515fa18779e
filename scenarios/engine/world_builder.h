// Builds the world of a scenario: genesis with everybody's first coins, links, agents with their
// seats, and the first events. Only the world's own files include this.
#pragma once

#include "scenarios/engine/world.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace scenarios {

class WorldBuilder {
  public:
    explicit WorldBuilder(std::shared_ptr<const Scenario> scenario);

    sim::Result<World> build();

  private:
    /// An account of genesis: who it is for, and its first coins.
    struct Founder {
        std::string address;
        std::vector<nodes::DenomAmount> balances;
    };

    sim::Status found_chain();
    sim::Status found_consensus();
    sim::Status lay_links();
    sim::Status seat_providers();
    sim::Status seat_tenants();
    sim::Status open_programmes();
    sim::Status write_script();
    void plan_events();

    std::shared_ptr<const Scenario> scenario_;
    World world_;
};

/// The raw account bytes of an agent or account of this name.
std::string account_bytes_of(const std::string& name);

/// The auditor's first coins.
inline constexpr std::int64_t kAuditorCoins = 10'000'000'000;

/// Names of the series that a run of this scenario keeps.
std::vector<std::string> series_names(const Scenario& scenario);

/// The quality of a link with what the scenario changes about it.
sim::LinkQuality changed_quality(sim::LinkQuality quality, const LinkQualitySpec& change);

}  // namespace scenarios
