// Who lives in the world at the start or joins later: groups of providers and tenants that share
// everything but name, region and chance, and the incentive programmes they meet.
#pragma once

#include "nodes/chain/params.h"
#include "providers/provider_config.h"
#include "providers/supply/supply.h"
#include "sim/units.h"
#include "tenants/tenant.h"

#include <cstdint>
#include <string>
#include <vector>

namespace scenarios {

/// How a group's providers come and go by themselves.
struct SupplySpec {
    bool given = false;
    std::uint8_t rule = 0;  ///< place in providers::supply_rules()
    providers::SupplyParams params;
    std::int64_t reserve = 0;  ///< how many can still join
    sim::SimDuration every = sim::SimDuration::seconds(86'400);
    std::int64_t cost_per_day = 0;  ///< micro-USD per card; 0 = from the group's costs

    static void fields(auto& self, auto&& visit) {
        visit("given", self.given);
        visit("rule", self.rule);
        visit("params", self.params);
        visit("reserve", self.reserve);
        visit("every", self.every);
        visit("cost_per_day", self.cost_per_day);
    }
};

/// `config` is what all have in common; name and owner are filled in for each.
struct ProviderGroup {
    std::string name;
    std::int64_t count = 1;
    std::vector<std::string> regions;
    double audited = 0;       ///< share of the group that the auditor signs for
    double price_spread = 0;  ///< deviation of the logarithm of each one's own price and cost level
    std::vector<nodes::DenomAmount> balances;
    std::string programme;  ///< registers its cards with this one
    SupplySpec supply;
    providers::ProviderConfig config;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("count", self.count);
        visit("regions", self.regions);
        visit("audited", self.audited);
        visit("price_spread", self.price_spread);
        visit("balances", self.balances);
        visit("programme", self.programme);
        visit("supply", self.supply);
        visit("config", self.config);
    }
};

/// An SDL that the scenario gives under a name.
struct WorkloadText {
    std::string name;
    std::string sdl;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("sdl", self.sdl);
    }
};

/// `config` is what all have in common; name and account are filled in for each, and the arrivals
/// are those of the whole group, shared out evenly.
struct TenantGroup {
    std::string name;
    std::int64_t count = 1;
    std::vector<std::string> regions;
    std::vector<nodes::DenomAmount> balances;
    std::vector<WorkloadText> workloads;
    std::vector<std::string> auditors;
    tenants::TenantConfig config;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("count", self.count);
        visit("regions", self.regions);
        visit("balances", self.balances);
        visit("workloads", self.workloads);
        visit("auditors", self.auditors);
        visit("config", self.config);
    }
};

/// An incentive programme (nodes/networks/programme.h) before denominations are known.
struct ProgrammeGroup {
    std::string name;
    nodes::DenomAmount pool_per_day;
    sim::SimDuration period = sim::SimDuration::seconds(3'600);
    sim::SimTime start;
    sim::SimTime end;  ///< 0 = with the run
    bool verified = false;
    std::uint32_t detection_ppm = 0;
    std::int64_t stake_per_unit = 0;
    std::uint32_t slash_ppm = 1'000'000;
    std::string place;  ///< "file:line:column"

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("pool_per_day", self.pool_per_day);
        visit("period", self.period);
        visit("start", self.start);
        visit("end", self.end);
        visit("verified", self.verified);
        visit("detection_ppm", self.detection_ppm);
        visit("stake_per_unit", self.stake_per_unit);
        visit("slash_ppm", self.slash_ppm);
        visit("place", self.place);
    }
};

}  // namespace scenarios
