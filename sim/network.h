// Simulated links between regions: base latency, jitter, loss, duplication, one-way blocks and
// partitions. A plain value: the sender asks what becomes of a message and schedules the arrivals
// itself. Every question takes the same number of draws, so switching loss on does not shift the
// jitter.
#pragma once

#include "sim/rng.h"
#include "sim/units.h"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

/// Index of a region in its network, in order of adding.
struct RegionId {
    std::uint32_t index = 0;

    friend constexpr auto operator<=>(const RegionId&, const RegionId&) = default;

    static void fields(auto& self, auto&& visit) { visit("index", self.index); }
};

/// How a link treats messages while it is not blocked.
struct LinkQuality {
    SimDuration latency = SimDuration{50'000'000};  ///< the median delay
    double jitter = 0;  ///< deviation of the delay's logarithm: 0 none, 0.1 mild, 1 wild
    Ratio loss;
    Ratio duplication;

    static void fields(auto& self, auto&& visit) {
        visit("latency", self.latency);
        visit("jitter", self.jitter);
        visit("loss", self.loss);
        visit("duplication", self.duplication);
    }
};

/// The delays after which copies of a message arrive: none when lost, two when duplicated.
class Deliveries {
  public:
    void add(SimDuration delay) { delays_[count_++] = delay; }

    [[nodiscard]] std::size_t size() const { return count_; }

    [[nodiscard]] bool empty() const { return count_ == 0; }

    [[nodiscard]] const SimDuration* begin() const { return delays_.data(); }

    [[nodiscard]] const SimDuration* end() const { return delays_.data() + count_; }

    [[nodiscard]] SimDuration operator[](std::size_t i) const { return delays_[i]; }

  private:
    std::array<SimDuration, 2> delays_{};
    std::size_t count_ = 0;
};

/// "Until somebody heals it."
inline constexpr SimTime kForever{std::numeric_limits<std::int64_t>::max()};

class Network {
  public:
    Network() = default;

    /// `usual` is the quality of every link until set_link() says otherwise.
    Network(std::uint64_t seed, const LinkQuality& usual) : seed_(seed), usual_(usual) {}

    /// Adds a region, or finds it when the name is known.
    RegionId add_region(std::string_view name);
    [[nodiscard]] std::optional<RegionId> find_region(std::string_view name) const;
    [[nodiscard]] const std::string& region_name(RegionId region) const;

    [[nodiscard]] std::size_t region_count() const { return names_.size(); }

    /// One direction; the way back keeps its own quality. `from` may equal `to`.
    void set_link(RegionId from, RegionId to, const LinkQuality& quality);
    [[nodiscard]] const LinkQuality& link(RegionId from, RegionId to) const;
    /// Base latency both ways.
    void set_latency(RegionId a, RegionId b, SimDuration latency);
    /// Loss and duplication of every link, as a fault of the whole network.
    void set_loss(Ratio loss);
    void set_duplication(Ratio duplication);

    /// Nothing passes from `from` to `to` before `until`; the other direction is not touched.
    void block(RegionId from, RegionId to, SimTime until = kForever);
    /// Nothing passes between different groups before `until`. Regions in no group form one more
    /// group.
    void partition(std::span<const std::vector<RegionId>> groups, SimTime until = kForever);
    void heal(RegionId from, RegionId to);
    void heal();
    [[nodiscard]] bool blocked(RegionId from, RegionId to, SimTime now) const;

    /// What becomes of a message sent now, drawn from the link's own stream.
    Deliveries deliver(RegionId from, RegionId to, SimTime now);
    /// The same, drawn from the sender's stream: other senders on the link change nothing for it.
    [[nodiscard]] Deliveries deliver(RegionId from, RegionId to, SimTime now, Rng& rng) const;

    static void fields(auto& self, auto&& visit) {
        visit("seed", self.seed_);
        visit("usual", self.usual_);
        visit("names", self.names_);
        visit("links", self.links_);
    }

  private:
    struct Link {
        LinkQuality quality;
        SimTime blocked_until;  ///< open when not later than now
        Rng rng;

        static void fields(auto& self, auto&& visit) {
            visit("quality", self.quality);
            visit("blocked_until", self.blocked_until);
            visit("rng", self.rng);
        }
    };

    [[nodiscard]] std::size_t place(RegionId from, RegionId to) const;

    std::uint64_t seed_ = 0;
    LinkQuality usual_;
    std::vector<std::string> names_;
    std::vector<Link> links_;  ///< row by row: from, then to
};

}  // namespace sim
