// Makes agents from the groups of a scenario and gives them their seats in a world. Only the
// world's own files include this.
#pragma once

#include "scenarios/engine/world.h"

#include <string>
#include <vector>

namespace scenarios {

/// "a100-farm/3": the name of a group's member, counted from 0.
std::string member_name(const std::string& group, std::int64_t number);

/// What a provider of the group starts with.
const std::vector<nodes::DenomAmount>& provider_coins(const ProviderGroup& group);
const std::vector<nodes::DenomAmount>& tenant_coins(const TenantGroup& group);

/// Every GPU model that a provider of the scenario claims, now or later, sorted.
std::vector<std::string> models_of(const Scenario& scenario);

class AgentMaker {
  public:
    explicit AgentMaker(World& world) : world_(world) {}

    /// The group's providers begin now, or one after the other over a time.
    sim::Status add_providers(const ProviderGroup& group, sim::SimDuration over);
    sim::Status add_tenants(const TenantGroup& group);

  private:
    AgentSeat make_seat(const std::string& group,
                        std::int64_t number,
                        const std::vector<std::string>& regions);
    [[nodiscard]] std::int64_t members_of(const std::string& group) const;
    void know_account(nodes::Address account, AgentRef agent);

    World& world_;
};

}  // namespace scenarios
