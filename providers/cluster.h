// A provider's cluster: nodes with cards, cluster-wide storage pools, and how much of each is in
// use. Installed amounts and use are kept apart, because one cluster is seen through several states
// of use: the last snapshot with reservations on top, and what really runs.
#pragma once

#include "providers/demand.h"
#include "sim/fields.h"

#include <cstdint>
#include <string>
#include <vector>

namespace providers {

/// Cards of one kind in a node, as the node's discovery reports them.
struct CardRun {
    std::string vendor;
    std::string model;
    std::string memory;     ///< "80Gi"
    std::string interface;  ///< as reported: "PCIe", "SXM4"; may be empty
    std::int64_t count = 1;

    static void fields(auto& self, auto&& visit) {
        visit("vendor", self.vendor);
        visit("model", self.model);
        visit("memory", self.memory);
        visit("interface", self.interface);
        visit("count", self.count);
    }
};

struct Node {
    std::string name;
    std::int64_t cpu = 0;  ///< milli
    std::int64_t gpu = 0;
    std::int64_t memory = 0;
    std::int64_t disk = 0;
    std::vector<CardRun> cards;
    std::vector<std::string> storage_classes;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("cpu", self.cpu);
        visit("gpu", self.gpu);
        visit("memory", self.memory);
        visit("disk", self.disk);
        visit("cards", self.cards);
        visit("storage_classes", self.storage_classes);
    }
};

struct Pool {
    std::string storage_class;
    std::int64_t bytes = 0;  ///< -1 = unlimited

    static void fields(auto& self, auto&& visit) {
        visit("storage_class", self.storage_class);
        visit("bytes", self.bytes);
    }
};

/// Installed amounts. Nodes are sorted by name.
struct Cluster {
    std::vector<Node> nodes;
    std::vector<Pool> pools;

    static void fields(auto& self, auto&& visit) {
        visit("nodes", self.nodes);
        visit("pools", self.pools);
    }
};

struct NodeUse {
    std::int64_t cpu = 0;
    std::int64_t gpu = 0;
    std::int64_t memory = 0;
    std::int64_t disk = 0;

    friend bool operator==(const NodeUse&, const NodeUse&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("cpu", self.cpu);
        visit("gpu", self.gpu);
        visit("memory", self.memory);
        visit("disk", self.disk);
    }
};

/// Amounts in use; as many entries as the cluster has.
struct ClusterUse {
    std::vector<NodeUse> nodes;
    std::vector<std::int64_t> pools;

    friend bool operator==(const ClusterUse&, const ClusterUse&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("nodes", self.nodes);
        visit("pools", self.pools);
    }
};

/// Nothing in use.
ClusterUse idle_use(const Cluster& cluster);

/// Where replicas of one unit went: `replicas` of them on one node.
struct Placement {
    std::uint32_t unit = 0;
    std::uint32_t node = 0;
    std::uint32_t replicas = 0;

    static void fields(auto& self, auto&& visit) {
        visit("unit", self.unit);
        visit("node", self.node);
        visit("replicas", self.replicas);
    }
};

/// The concrete card that a unit's GPU demand was narrowed to.
struct GpuPick {
    bool picked = false;
    std::string vendor;
    std::string model;
    std::string key;  ///< vendor/V/model/M[/ram/R][/interface/I]: the unit's attribute from now on

    static void fields(auto& self, auto&& visit) {
        visit("picked", self.picked);
        visit("vendor", self.vendor);
        visit("model", self.model);
        visit("key", self.key);
    }
};

/// What was lacking, in the subject's unit: most that any node had.
enum class Lack : std::uint8_t { kNothing, kCpu, kGpu, kMemory, kDisk, kPool };

struct Fit {
    bool fits = false;
    std::vector<Placement> placements;
    std::vector<GpuPick> picks;  ///< by unit
    Lack lack = Lack::kNothing;
    std::int64_t wanted = 0;
    std::int64_t had = 0;
};

/// Greedy first fit of provider v0.5.x (cluster/kube/operators/clients/inventory Adjust): units
/// from last to first, replicas one by one, nodes in order; a unit that is finished restarts the
/// scan at the first node; a pool that is too small ends it. On success the amounts are added to
/// `use`, else `use` is as before. The real code compares replicas of a unit among each other and
/// can refuse with "group resource mismatch"; because the first fitting card pins the model for
/// all, that never happens and is not modelled.
Fit first_fit(const Cluster& cluster,
              ClusterUse& use,
              const GroupDemand& demand,
              InventoryVersion version);

/// Takes placed amounts out of use again.
void take_out(const Cluster& cluster,
              ClusterUse& use,
              const GroupDemand& demand,
              const std::vector<Placement>& placements);

}  // namespace providers
