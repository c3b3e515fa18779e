#include "providers/inventory.h"

#include "sim/assert.h"

#include <fmt/format.h>

#include <algorithm>

namespace providers {
namespace {

nodes::Subject subject_of(Lack lack) {
    switch (lack) {
        case Lack::kNothing:
            return nodes::Subject::kNone;
        case Lack::kCpu:
            return nodes::Subject::kCpu;
        case Lack::kGpu:
            return nodes::Subject::kGpu;
        case Lack::kMemory:
            return nodes::Subject::kMemory;
        case Lack::kDisk:
            return nodes::Subject::kEphemeralStorage;
        case Lack::kPool:
            return nodes::Subject::kPersistentStorage;
    }
    SIM_UNREACHABLE("a known lack");
}

template <class Reservations>
auto first_of(Reservations& reservations, const nodes::OrderId& order) {
    return std::find_if(reservations.begin(), reservations.end(), [&order](const Reservation& r) {
        return r.order == order;
    });
}

Reserved refused(ReserveResult result, std::string text, nodes::Subject subject) {
    Reserved answer;
    answer.result = result;
    answer.text = std::move(text);
    answer.subject = subject;
    return answer;
}

}  // namespace

Inventory::Inventory(Cluster cluster, const InventoryRules& rules)
    : cluster_(std::move(cluster)),
      rules_(rules),
      seen_(idle_use(cluster_)),
      running_(seen_),
      free_ports_(rules.node_ports) {
    SIM_ASSERT(std::is_sorted(cluster_.nodes.begin(),
                              cluster_.nodes.end(),
                              [](const Node& a, const Node& b) { return a.name < b.name; }),
               "nodes sorted by name");
    if (rules_.version == InventoryVersion::kV0511) last_snapshot_ = seen_;
}

const Reservation* Inventory::find(const nodes::OrderId& order) const {
    const auto found = first_of(reservations_, order);
    return found == reservations_.end() ? nullptr : &*found;
}

std::shared_ptr<const GroupDemand> Inventory::demand_of(const Reservation& reservation) const {
    if (reservation.demand) return reservation.demand;
    const Overcommit none;
    return std::make_shared<const GroupDemand>(read_demand(
        *reservation.spec, reservation.scaled ? rules_.overcommit : none, rules_.version));
}

void Inventory::add_existing(const nodes::OrderId& order, nodes::GroupSpecRef spec) {
    Reservation reservation;
    reservation.order = order;
    reservation.spec = std::move(spec);
    reservation.scaled = false;
    reservation.demand = demand_of(reservation);
    reservation.leased_ips = reservation.demand->leased_ips;
    reservations_.push_back(std::move(reservation));
}

std::size_t Inventory::fit_pending() {
    std::size_t not_fitting = 0;
    for (const auto& reservation : reservations_) {
        if (reservation.allocated) continue;
        const auto fit = first_fit(cluster_, seen_, *demand_of(reservation), rules_.version);
        if (!fit.fits) ++not_fitting;
    }
    return not_fitting;
}

std::size_t Inventory::apply_snapshot(const ClusterUse& use) {
    seen_ = use;
    if (rules_.version == InventoryVersion::kV0511) last_snapshot_ = use;
    return fit_pending();
}

bool Inventory::enough_ips(std::uint64_t wanted) const {
    std::uint64_t pending = 0;
    for (const auto& reservation : reservations_) {
        if (!reservation.ips_confirmed) pending += reservation.leased_ips;
    }
    // Wraps when more is in use or pending than there is: then every request passes.
    return wanted <= ips_.total - ips_.in_use - pending;
}

// provider v0.5.4 cluster/inventory.go handleRequest.
Reserved Inventory::reserve(const nodes::OrderId& order, const nodes::GroupSpecRef& spec) {
    SIM_ASSERT(spec != nullptr, "a specification");
    if (auto missing = missing_resource(*spec)) {
        return refused(ReserveResult::kInvalidResource, std::move(*missing), nodes::Subject::kNone);
    }
    Reserved answer;
    answer.demand =
        std::make_shared<const GroupDemand>(read_demand(*spec, rules_.overcommit, rules_.version));
    const auto ips = answer.demand->leased_ips;
    if (ips > 0 && !rules_.ip_operator) {
        return refused(ReserveResult::kNoLeasedIps,
                       "inventory error: no leased IPs available",
                       nodes::Subject::kLeasedIp);
    }
    if (ips > 0 && !enough_ips(ips)) {
        return refused(
            ReserveResult::kTooFewIps,
            fmt::format("inventory error: insufficient number of IPs: unable to reserve {}", ips),
            nodes::Subject::kLeasedIp);
    }
    auto fit = first_fit(cluster_, seen_, *answer.demand, rules_.version);
    if (!fit.fits) {
        auto lacking = refused(
            ReserveResult::kInsufficientCapacity, "insufficient capacity", subject_of(fit.lack));
        lacking.wanted = fit.wanted;
        lacking.had = fit.had;
        return lacking;
    }
    answer.picks = std::move(fit.picks);
    Reservation reservation;
    reservation.order = order;
    reservation.spec = spec;
    reservation.leased_ips = ips;
    reservation.ips_confirmed = ips == 0;
    reservation.demand = answer.demand;
    reservations_.push_back(std::move(reservation));
    return answer;
}

bool Inventory::unreserve(const nodes::OrderId& order) {
    const auto found = first_of(reservations_, order);
    if (found == reservations_.end()) return false;
    SIM_ASSERT(!found->running, "a workload that was stopped before its reservation ends");
    if (found->allocated) free_ports_ += demand_of(*found)->random_ports;
    reservations_.erase(found);
    return true;
}

std::size_t Inventory::set_deployed(const nodes::OrderId& order, bool healthy) {
    const auto found = first_of(reservations_, order);
    if (found == reservations_.end() || found->allocated == healthy) return 0;
    found->allocated = healthy;
    const auto ports = demand_of(*found)->random_ports;
    free_ports_ += healthy ? -ports : ports;
    if (rules_.version != InventoryVersion::kV0511) return 0;
    seen_ = last_snapshot_;
    return fit_pending();
}

void Inventory::update_ips(const IpUsage& usage,
                           const std::vector<std::pair<nodes::OrderId, std::uint64_t>>& confirmed) {
    ips_ = usage;
    for (const auto& reservation : reservations_) {
        if (reservation.ips_confirmed || !reservation.allocated) continue;
        std::uint64_t addresses = 0;
        for (const auto& [order, count] : confirmed) {
            if (order == reservation.order) addresses = count;
        }
        // The confirmation goes to the first reservation of that order, whichever was asked about.
        if (addresses == reservation.leased_ips) {
            first_of(reservations_, reservation.order)->ips_confirmed = true;
        }
    }
}

bool Inventory::start_workload(const nodes::OrderId& order) {
    const auto found = first_of(reservations_, order);
    SIM_ASSERT(found != reservations_.end() && !found->running, "a reservation that does not run");
    auto fit = first_fit(cluster_, running_, *demand_of(*found), rules_.version);
    if (!fit.fits) return false;
    found->placements = std::move(fit.placements);
    found->running = true;
    return true;
}

void Inventory::stop_workload(const nodes::OrderId& order) {
    const auto found = first_of(reservations_, order);
    if (found == reservations_.end() || !found->running) return;
    take_out(cluster_, running_, *demand_of(*found), found->placements);
    found->placements.clear();
    found->running = false;
}

nodes::ResourcesOffer make_offer(const nodes::GroupSpec& spec, const Reserved& reserved) {
    SIM_ASSERT(reserved.demand->units.size() == spec.resources.size(), "the demand of this group");
    nodes::ResourcesOffer offer;
    offer.reserve(spec.resources.size());
    for (std::size_t i = 0; i < spec.resources.size(); ++i) {
        const auto& kept = reserved.demand->units[i];
        auto& entry = offer.emplace_back();
        entry.resources = spec.resources[i].resources;
        entry.count = kept.count;
        entry.resources.cpu->value = kept.cpu;
        entry.resources.memory->value = kept.memory;
        entry.resources.gpu->value = kept.gpu;
        for (std::size_t v = 0; v < kept.volumes.size(); ++v) {
            entry.resources.storage[v].bytes = kept.volumes[v].bytes;
        }
        const auto& pick = reserved.picks[i];
        if (pick.picked) entry.resources.gpu->attributes = {{pick.key, "true"}};
    }
    return offer;
}

}  // namespace providers
