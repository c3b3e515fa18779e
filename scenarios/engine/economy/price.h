// Price of one AKT in micro-dollars over time: scripted, or a geometric Brownian motion with
// Merton's jumps (reference rival-networks-and-economics section 10), either one multiplied by
// shocks. A value type: the path depends on configuration, seed and time only, not on how often it
// is asked.
#pragma once

#include "sim/result.h"
#include "sim/rng.h"
#include "sim/units.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace scenarios {

enum class PriceKind : std::uint8_t {
    kSteps,   ///< each point's price until the next
    kLinear,  ///< straight lines between the points
    kJumpDiffusion,
};

struct PricePoint {
    sim::SimTime at;
    std::int64_t micro_usd = 0;

    static void fields(auto& self, auto&& visit) {
        visit("at", self.at);
        visit("micro_usd", self.micro_usd);
    }
};

/// Of the logarithm of the price, per year of 365 days. The defaults are for a coin like AKT and
/// are an assumption: sigma 1.0 to 1.3, 10 to 20 jumps a year of deviation .08 to .15.
struct JumpDiffusion {
    double drift = 0;  ///< of the expected price; jumps are compensated
    double sigma = 1.1;
    double jumps_per_year = 15;
    double jump_mean = 0;  ///< of the logarithm
    double jump_sigma = 0.12;
    sim::SimDuration step = sim::SimDuration::seconds(600);  ///< the price is constant in between

    static void fields(auto& self, auto&& visit) {
        visit("drift", self.drift);
        visit("sigma", self.sigma);
        visit("jumps_per_year", self.jumps_per_year);
        visit("jump_mean", self.jump_mean);
        visit("jump_sigma", self.jump_sigma);
        visit("step", self.step);
    }
};

struct PriceConfig {
    PriceKind kind = PriceKind::kSteps;
    /// At least one, in order of time. Before the first its price holds, after the last that one's.
    /// A jump diffusion begins at the first.
    std::vector<PricePoint> points{{sim::SimTime{}, 5'000'000}};
    JumpDiffusion motion;

    static void fields(auto& self, auto&& visit) {
        visit("kind", self.kind);
        visit("points", self.points);
        visit("motion", self.motion);
    }
};

sim::Status validate(const PriceConfig& config);

class PriceProcess {
  public:
    PriceProcess() : PriceProcess(PriceConfig{}, 0) {}

    /// `config` must be valid. `entity` names the random stream.
    PriceProcess(PriceConfig config, std::uint64_t seed, std::string_view entity = "price/akt");

    /// The price at `now`, at least 1 micro-dollar. Time must not go back.
    std::int64_t micro_usd(sim::SimTime now);

    /// From `at` on the price is `factor_ppm` millionths of what it would be. Any number of shocks;
    /// one in the past takes effect at the next question. The factor must be above 0.
    void shock(sim::SimTime at, std::int64_t factor_ppm);

    [[nodiscard]] const PriceConfig& config() const { return config_; }

    static void fields(auto& self, auto&& visit) {
        visit("config", self.config_);
        visit("rng", self.rng_);
        visit("log_factor", self.log_factor_);
        visit("steps", self.steps_);
        visit("asked", self.asked_);
        visit("shocks", self.shocks_);
    }

  private:
    struct Shock {
        sim::SimTime at;
        std::int64_t factor_ppm = 1'000'000;

        static void fields(auto& self, auto&& visit) {
            visit("at", self.at);
            visit("factor_ppm", self.factor_ppm);
        }
    };

    [[nodiscard]] double scripted(sim::SimTime now) const;
    void advance(sim::SimTime now);

    PriceConfig config_;
    sim::Rng rng_;
    double log_factor_ = 0;   ///< log of price over first point's price, before shocks
    std::int64_t steps_ = 0;  ///< taken
    sim::SimTime asked_;
    std::vector<Shock> shocks_;
};

}  // namespace scenarios
