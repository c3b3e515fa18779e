// A provider's inventory service: what is free according to the last snapshot of the cluster and
// the reservations made since. It keeps the real one's habits: a released reservation is credited
// only by the next snapshot, leased IPs are counted in unsigned numbers, and workloads that run but
// are not yet reported healthy are counted twice (provider v0.5.4 cluster/inventory.go).
#pragma once

#include "nodes/protocol/ids.h"
#include "nodes/protocol/reasons.h"
#include "providers/cluster.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace providers {

struct InventoryRules {
    InventoryVersion version = InventoryVersion::kV054;
    Overcommit overcommit;
    std::int64_t node_ports = 2500;
    bool ip_operator = false;

    static void fields(auto& self, auto&& visit) {
        visit("version", self.version);
        visit("overcommit", self.overcommit);
        visit("node_ports", self.node_ports);
        visit("ip_operator", self.ip_operator);
    }
};

/// What the operator of leased IPs last said. Unsigned, because the real arithmetic wraps.
struct IpUsage {
    std::uint64_t total = 0;
    std::uint64_t in_use = 0;

    static void fields(auto& self, auto&& visit) {
        visit("total", self.total);
        visit("in_use", self.in_use);
    }
};

struct Reservation {
    nodes::OrderId order;
    nodes::GroupSpecRef spec;
    bool scaled = true;      ///< false: found at start, taken without overcommit
    bool allocated = false;  ///< the monitor reports the workload healthy
    bool ips_confirmed = false;
    bool running = false;  ///< its placements count in what really runs
    std::uint64_t leased_ips = 0;
    std::vector<Placement> placements;  ///< of the running workload
    /// What `spec` asks for, read once. Not part of the state: made again when missing.
    std::shared_ptr<const GroupDemand> demand;

    static void fields(auto& self, auto&& visit) {
        visit("order", self.order);
        visit("spec", self.spec);
        visit("scaled", self.scaled);
        visit("allocated", self.allocated);
        visit("ips_confirmed", self.ips_confirmed);
        visit("running", self.running);
        visit("leased_ips", self.leased_ips);
        visit("placements", self.placements);
    }
};

enum class ReserveResult : std::uint8_t {
    kOk,
    kInvalidResource,
    kNoLeasedIps,
    kTooFewIps,
    kInsufficientCapacity,
};

/// The answer to a reservation. `demand` and `picks` are the amounts kept and the cards chosen;
/// `subject`, `wanted` and `had` say what was lacking.
struct Reserved {
    ReserveResult result = ReserveResult::kOk;
    std::string text;  ///< of a refusal, as the real provider words it
    std::shared_ptr<const GroupDemand> demand;
    std::vector<GpuPick> picks;
    nodes::Subject subject = nodes::Subject::kNone;
    std::int64_t wanted = 0;
    std::int64_t had = 0;
};

class Inventory {
  public:
    Inventory() = default;
    Inventory(Cluster cluster, const InventoryRules& rules);

    /// A deployment found at start: it counts as a pending reservation that is not scaled.
    void add_existing(const nodes::OrderId& order, nodes::GroupSpecRef spec);
    /// A snapshot of what the cluster uses; pending reservations are fitted on top, in order.
    /// Returns how many do not fit (they stay).
    std::size_t apply_snapshot(const ClusterUse& use);

    Reserved reserve(const nodes::OrderId& order, const nodes::GroupSpecRef& spec);
    /// Removes the order's first reservation; false when there is none. Nothing is credited.
    bool unreserve(const nodes::OrderId& order);
    /// The monitor's word on the order's first reservation. Returns pending ones that no longer fit
    /// (v0.5.11 fits the last snapshot again on a change), else 0.
    std::size_t set_deployed(const nodes::OrderId& order, bool healthy);
    /// The IP operator's report; `confirmed` holds per order the number of addresses it has.
    void update_ips(const IpUsage& usage,
                    const std::vector<std::pair<nodes::OrderId, std::uint64_t>>& confirmed);

    /// Starts the reserved workload on the cluster itself: false when it cannot be placed there.
    /// The next snapshot sees it.
    bool start_workload(const nodes::OrderId& order);
    /// Ends it there; harmless when it does not run.
    void stop_workload(const nodes::OrderId& order);

    /// A snapshot of what really runs.
    std::size_t take_snapshot() { return apply_snapshot(running_); }

    [[nodiscard]] const Cluster& cluster() const { return cluster_; }

    /// The provider's view: last snapshot plus reservations.
    [[nodiscard]] const ClusterUse& seen() const { return seen_; }

    /// What really runs.
    [[nodiscard]] const ClusterUse& running() const { return running_; }

    [[nodiscard]] const std::vector<Reservation>& reservations() const { return reservations_; }

    [[nodiscard]] std::int64_t free_ports() const { return free_ports_; }

    [[nodiscard]] const InventoryRules& rules() const { return rules_; }

    [[nodiscard]] const Reservation* find(const nodes::OrderId& order) const;

    static void fields(auto& self, auto&& visit) {
        visit("cluster", self.cluster_);
        visit("rules", self.rules_);
        visit("seen", self.seen_);
        visit("running", self.running_);
        visit("last_snapshot", self.last_snapshot_);
        visit("reservations", self.reservations_);
        visit("ips", self.ips_);
        visit("free_ports", self.free_ports_);
    }

  private:
    [[nodiscard]] std::shared_ptr<const GroupDemand> demand_of(
        const Reservation& reservation) const;
    [[nodiscard]] bool enough_ips(std::uint64_t wanted) const;
    std::size_t fit_pending();

    Cluster cluster_;
    InventoryRules rules_;
    ClusterUse seen_;
    ClusterUse running_;
    ClusterUse last_snapshot_;  ///< kept by v0.5.11 only
    std::vector<Reservation> reservations_;
    IpUsage ips_;
    std::int64_t free_ports_ = 0;  ///< goes below zero; nothing checks it
};

/// The offer of a bid: the order's resources with the amounts kept and the cards chosen (v0.5.4
/// offers amounts after overcommit).
nodes::ResourcesOffer make_offer(const nodes::GroupSpec& spec, const Reserved& reserved);

}  // namespace providers
