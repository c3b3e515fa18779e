// Who lives in the world at the start or joins later: groups of providers and tenants that share
// everything but name, region and chance, and the incentive programmes they meet.
#pragma once

#include "nodes/chain/params.h"
#include "nodes/protocol/resources.h"
#include "sim/units.h"
#include "tenants/tenant.h"

#include <cstdint>
#include <string>
#include <vector>

namespace scenarios {

/// Cards of one model in a node. `actual` is what they really are when the provider lies.
struct CardSpec {
    std::string model;
    std::int64_t count = 1;
    std::string actual;

    static void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("count", self.count);
        visit("actual", self.actual);
    }
};

struct NodeSpec {
    std::int64_t count = 1;
    std::int64_t cpu_milli = 0;
    std::int64_t memory = 0;
    std::int64_t storage = 0;
    std::vector<CardSpec> gpus;

    static void fields(auto& self, auto&& visit) {
        visit("count", self.count);
        visit("cpu_milli", self.cpu_milli);
        visit("memory", self.memory);
        visit("storage", self.storage);
        visit("gpus", self.gpus);
    }
};

/// A pool of persistent storage of the whole cluster.
struct PoolSpec {
    std::string storage_class;
    std::int64_t bytes = 0;

    static void fields(auto& self, auto&& visit) {
        visit("storage_class", self.storage_class);
        visit("bytes", self.bytes);
    }
};

/// Dollars per month, as in the providers' public price script, and the other strategies' numbers.
struct PriceNumber {
    std::string name;
    double value = 0;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("value", self.value);
    }
};

/// How a group's providers come and go by themselves. Empty rule = they stay.
struct SupplySpec {
    std::string rule;
    std::string programme;
    std::vector<PriceNumber> numbers;

    static void fields(auto& self, auto&& visit) {
        visit("rule", self.rule);
        visit("programme", self.programme);
        visit("numbers", self.numbers);
    }
};

struct ProviderGroup {
    std::string name;
    std::int64_t count = 1;
    std::string strategy = "usd_targets";
    std::vector<PriceNumber> prices;
    double price_spread = 0;  ///< deviation of the logarithm of each provider's own price level
    std::vector<std::string> regions;
    std::vector<NodeSpec> nodes;
    std::vector<PoolSpec> pools;
    nodes::Attributes attributes;
    double audited = 0;  ///< share of the group that the auditor signs for
    std::int64_t leased_ips = 0;
    std::vector<nodes::DenomAmount> balances;
    sim::SimDuration withdraw_every = sim::SimDuration::seconds(86'400);
    SupplySpec supply;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("count", self.count);
        visit("strategy", self.strategy);
        visit("prices", self.prices);
        visit("price_spread", self.price_spread);
        visit("regions", self.regions);
        visit("nodes", self.nodes);
        visit("pools", self.pools);
        visit("attributes", self.attributes);
        visit("audited", self.audited);
        visit("leased_ips", self.leased_ips);
        visit("balances", self.balances);
        visit("withdraw_every", self.withdraw_every);
        visit("supply", self.supply);
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
    }
};

}  // namespace scenarios
