#include "sim/network.h"

#include "sim/assert.h"
#include "sim/detmath.h"

#include <algorithm>

namespace sim {
namespace {

/// The median stretched by e^(jitter z), where z is the normal number at place `u` of its
/// distribution; at most a hundredfold, since real packets time out.
SimDuration jittered(const LinkQuality& quality, double u) {
    if (quality.jitter == 0) return quality.latency;
    const double stretch = std::min(det_exp(quality.jitter * det_normal_quantile(u)), 100.0);
    return SimDuration{
        static_cast<std::int64_t>(static_cast<double>(quality.latency.ns) * stretch)};
}

}  // namespace

RegionId Network::add_region(std::string_view name) {
    if (const auto known = find_region(name)) return *known;
    SIM_ASSERT(!name.empty(), "a region's name");
    const std::size_t before = names_.size();
    const std::size_t after = before + 1;
    names_.emplace_back(name);
    std::vector<Link> links(after * after);
    for (std::size_t from = 0; from < after; ++from) {
        for (std::size_t to = 0; to < after; ++to) {
            Link& link = links[from * after + to];
            if (from < before && to < before) {
                link = links_[from * before + to];
                continue;
            }
            link.quality = usual_;
            link.blocked_until = SimTime{std::numeric_limits<std::int64_t>::min()};
            // By name, so that a region more leaves the other links' draws alone.
            link.rng = Rng::stream(seed_, "link/" + names_[from], "to/" + names_[to]);
        }
    }
    links_ = std::move(links);
    return RegionId{static_cast<std::uint32_t>(before)};
}

std::optional<RegionId> Network::find_region(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return RegionId{static_cast<std::uint32_t>(found - names_.begin())};
}

const std::string& Network::region_name(RegionId region) const {
    SIM_ASSERT(region.index < names_.size(), "a known region, got {}", region.index);
    return names_[region.index];
}

std::size_t Network::place(RegionId from, RegionId to) const {
    SIM_ASSERT(from.index < names_.size(), "a known region, got {}", from.index);
    SIM_ASSERT(to.index < names_.size(), "a known region, got {}", to.index);
    return from.index * names_.size() + to.index;
}

void Network::set_link(RegionId from, RegionId to, const LinkQuality& quality) {
    SIM_ASSERT(quality.latency.ns >= 0, "a latency of 0 or more, got {} ns", quality.latency.ns);
    SIM_ASSERT(quality.jitter >= 0, "a jitter of 0 or more, got {}", quality.jitter);
    links_[place(from, to)].quality = quality;
}

const LinkQuality& Network::link(RegionId from, RegionId to) const {
    return links_[place(from, to)].quality;
}

void Network::set_latency(RegionId a, RegionId b, SimDuration latency) {
    SIM_ASSERT(latency.ns >= 0, "a latency of 0 or more, got {} ns", latency.ns);
    links_[place(a, b)].quality.latency = latency;
    links_[place(b, a)].quality.latency = latency;
}

void Network::set_loss(Ratio loss) {
    usual_.loss = loss;
    for (Link& link : links_)
        link.quality.loss = loss;
}

void Network::set_duplication(Ratio duplication) {
    usual_.duplication = duplication;
    for (Link& link : links_)
        link.quality.duplication = duplication;
}

void Network::block(RegionId from, RegionId to, SimTime until) {
    links_[place(from, to)].blocked_until = until;
}

void Network::partition(std::span<const std::vector<RegionId>> groups, SimTime until) {
    std::vector<std::size_t> group_of(names_.size(), groups.size());
    for (std::size_t group = 0; group < groups.size(); ++group) {
        for (const RegionId region : groups[group]) {
            SIM_ASSERT(region.index < names_.size(), "a known region, got {}", region.index);
            group_of[region.index] = group;
        }
    }
    for (std::size_t from = 0; from < names_.size(); ++from) {
        for (std::size_t to = 0; to < names_.size(); ++to) {
            if (group_of[from] == group_of[to]) continue;
            links_[from * names_.size() + to].blocked_until = until;
        }
    }
}

void Network::heal(RegionId from, RegionId to) {
    links_[place(from, to)].blocked_until = SimTime{std::numeric_limits<std::int64_t>::min()};
}

void Network::heal() {
    for (Link& link : links_) {
        link.blocked_until = SimTime{std::numeric_limits<std::int64_t>::min()};
    }
}

bool Network::blocked(RegionId from, RegionId to, SimTime now) const {
    return now < links_[place(from, to)].blocked_until;
}

Deliveries Network::deliver(RegionId from, RegionId to, SimTime now) {
    return deliver(from, to, now, links_[place(from, to)].rng);
}

Deliveries Network::deliver(RegionId from, RegionId to, SimTime now, Rng& rng) const {
    const Link& link = links_[place(from, to)];
    // All four are drawn in any case: a fault switched on leaves the other draws where they were.
    const bool lost = rng.happens(link.quality.loss);
    const bool doubled = rng.happens(link.quality.duplication);
    const double first = rng.uniform01();
    const double second = rng.uniform01();
    Deliveries deliveries;
    if (lost || now < link.blocked_until) return deliveries;
    deliveries.add(jittered(link.quality, first));
    if (doubled) deliveries.add(jittered(link.quality, second));
    return deliveries;
}

}  // namespace sim
