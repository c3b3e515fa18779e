// What a scenario says about one provider: who it is, what it has, how it prices, how fast and how
// reliable it is. Times are the real provider's defaults where it has them.
#pragma once

#include "nodes/protocol/resources.h"
#include "providers/costs.h"
#include "providers/inventory.h"
#include "providers/strategies/strategy.h"
#include "sim/result.h"
#include "sim/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace providers {

/// Cards of one claimed model in each node of a kind. `actual` is what they really are when the
/// provider lies, else empty.
struct NodeCards {
    std::string model;
    std::int64_t count = 0;
    std::string actual;

    static void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("count", self.count);
        visit("actual", self.actual);
    }
};

/// So many equal nodes.
struct NodeKind {
    std::int64_t count = 1;
    std::int64_t cpu = 0;  ///< milli
    std::int64_t memory = 0;
    std::int64_t disk = 0;
    std::vector<NodeCards> gpus;

    static void fields(auto& self, auto&& visit) {
        visit("count", self.count);
        visit("cpu", self.cpu);
        visit("memory", self.memory);
        visit("disk", self.disk);
        visit("gpus", self.gpus);
    }
};

struct ProviderConfig {
    std::string name;  ///< "a100-farm/3": names its random streams
    nodes::Address owner;
    std::string host_uri;            ///< empty = made from the name
    nodes::Attributes attributes;    ///< registered besides those that the hardware gives
    nodes::Attributes order_filter;  ///< orders must ask for all of these
    std::vector<NodeKind> nodes;
    std::vector<Pool> pools;       ///< every node can use every class
    std::uint64_t leased_ips = 0;  ///< 0 = no IP operator
    InventoryRules inventory;

    std::uint8_t strategy = 0;  ///< index in the catalog
    StrategyParams prices;
    CostModel costs;
    std::optional<sim::Dec18> own_cost;  ///< micro-USD per block of any order, instead of `costs`
    bool takes_uakt = true;
    bool takes_usd = true;
    std::int64_t bid_deposit = 0;     ///< 0 = what the chain asks for
    std::uint32_t open_bids_max = 0;  ///< at once; 0 = no limit
    std::uint32_t group_volumes_max = 2;

    sim::SimDuration pricing_time = sim::SimDuration::seconds(2);   ///< the price script's
    sim::SimDuration bid_timeout = sim::SimDuration::seconds(300);  ///< 0 = never
    sim::SimDuration manifest_timeout = sim::SimDuration::seconds(300);
    sim::SimDuration deploy_time = sim::SimDuration::seconds(30);  ///< until reported healthy
    sim::SimDuration withdraw_every = sim::SimDuration::seconds(86'400);  ///< 0 = never
    sim::SimDuration funds_check_every = sim::SimDuration::seconds(600);
    sim::SimDuration snapshot_delay = sim::SimDuration::seconds(5);  ///< after a pod event
    sim::SimDuration credit_delay = sim::SimDuration::seconds(60);  ///< after a release without one

    /// Mean time between failures of one workload on one card (or without cards); 0 = never.
    sim::SimDuration mean_life;
    sim::SimDuration mean_repair = sim::SimDuration::seconds(120);
    /// Chance that a workload on a card that is not what it claims never comes up.
    sim::Ratio fake_exposed{1, 1};

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("owner", self.owner);
        visit("host_uri", self.host_uri);
        visit("attributes", self.attributes);
        visit("order_filter", self.order_filter);
        visit("nodes", self.nodes);
        visit("pools", self.pools);
        visit("leased_ips", self.leased_ips);
        visit("inventory", self.inventory);
        visit("strategy", self.strategy);
        visit("prices", self.prices);
        visit("costs", self.costs);
        visit("own_cost", self.own_cost);
        visit("takes_uakt", self.takes_uakt);
        visit("takes_usd", self.takes_usd);
        visit("bid_deposit", self.bid_deposit);
        visit("open_bids_max", self.open_bids_max);
        visit("group_volumes_max", self.group_volumes_max);
        visit("pricing_time", self.pricing_time);
        visit("bid_timeout", self.bid_timeout);
        visit("manifest_timeout", self.manifest_timeout);
        visit("deploy_time", self.deploy_time);
        visit("withdraw_every", self.withdraw_every);
        visit("funds_check_every", self.funds_check_every);
        visit("snapshot_delay", self.snapshot_delay);
        visit("credit_delay", self.credit_delay);
        visit("mean_life", self.mean_life);
        visit("mean_repair", self.mean_repair);
        visit("fake_exposed", self.fake_exposed);
    }
};

/// Names a model that the catalogue lacks, a strategy index out of range, an attribute key that the
/// chain refuses, or an amount or time below zero.
sim::Status check_config(const ProviderConfig& config);

/// The cluster with its nodes in name order.
Cluster make_cluster(const ProviderConfig& config);

/// What the provider registers: its own attributes, then per storage class a group
/// capabilities/storage/<n>/{class,persistent}, and per GPU model three keys (model, with ram, with
/// ram and interface), as providers usually do. Own attributes win over derived ones of the same
/// key.
nodes::Attributes registered_attributes(const ProviderConfig& config);

/// Cards of this claimed model that are something else, in parts per million of all of them.
std::int64_t fakes_per_million(const ProviderConfig& config, const std::string& model);

}  // namespace providers
