// Named fault points: places in the code where something may go wrong on purpose. Each run draws
// from its seed which points are switched on at all, and a point that is on fires now and then; so
// over many seeds all combinations occur (FoundationDB's BUGGIFY: on in a quarter of runs, then
// firing a quarter of the times). A plain value: the same seed gives the same faults, and a point
// more leaves the others alone.
#pragma once

#include "sim/rng.h"
#include "sim/units.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace sim {

struct FaultSettings {
    Ratio on{0, 1};     ///< share of the points that are switched on in a run; 0 for none
    Ratio fires{1, 4};  ///< how often a point that is on fires

    static void fields(auto& self, auto&& visit) {
        visit("on", self.on);
        visit("fires", self.fires);
    }
};

/// What a point has done so far, for the table of faults.
struct FaultPoint {
    bool on = false;
    Ratio fires;
    std::uint64_t asked = 0;
    std::uint64_t fired = 0;
    Rng rng;

    static void fields(auto& self, auto&& visit) {
        visit("on", self.on);
        visit("fires", self.fires);
        visit("asked", self.asked);
        visit("fired", self.fired);
        visit("rng", self.rng);
    }
};

class FaultPoints {
  public:
    FaultPoints() = default;

    FaultPoints(std::uint64_t seed, const FaultSettings& settings)
        : seed_(seed), settings_(settings) {}

    /// Whether this point goes wrong now. The name says what and where: "provider/lose_manifest".
    [[nodiscard]] bool fires(std::string_view name);
    /// Switches one point on with its own share, or off with 0, whatever the seed says.
    void set(std::string_view name, Ratio share);

    /// From now on nothing fires: the time to show that the system recovers.
    void stop() { stopped_ = true; }

    /// All points that were asked or set, by name.
    [[nodiscard]] const std::map<std::string, FaultPoint, std::less<>>& points() const {
        return points_;
    }

    static void fields(auto& self, auto&& visit) {
        visit("seed", self.seed_);
        visit("settings", self.settings_);
        visit("stopped", self.stopped_);
        visit("points", self.points_);
    }

  private:
    FaultPoint& point(std::string_view name);

    std::uint64_t seed_ = 0;
    FaultSettings settings_;
    bool stopped_ = false;
    std::map<std::string, FaultPoint, std::less<>> points_;
};

}  // namespace sim
