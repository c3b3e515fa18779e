// Counter-based random numbers (Philox4x32-10, Salmon et al., SC 2011). A stream is a key made from
// seed, entity name and purpose, plus the index of the next draw; streams know nothing of each
// other, so a new agent or a new draw elsewhere shifts nobody's numbers. The distributions are our
// own and use detmath.h.
#pragma once

#include "sim/units.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sim {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// One block of the generator: ten rounds over the counter under the key.
constexpr PhiloxCounter philox4x32(PhiloxCounter counter, PhiloxKey key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = 0xD2511F53ULL * counter[0];
        const std::uint64_t second = 0xCD9E8D57ULL * counter[2];
        counter = {static_cast<std::uint32_t>(second >> 32U) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(second),
                   static_cast<std::uint32_t>(first >> 32U) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(first)};
        key = {key[0] + 0x9E3779B9U, key[1] + 0xBB67AE85U};
    }
    return counter;
}

/// A stream of random numbers, 24 bytes, copyable: the copy continues with the same numbers.
class Rng {
  public:
    Rng() = default;
    /// The stream of one user, say stream(seed, "provider/17", "bids").
    static Rng stream(std::uint64_t seed, std::string_view entity, std::string_view purpose);

    std::uint64_t next_u64() {
        const PhiloxCounter block = philox4x32({low(draws_), high(draws_), low(lane_), high(lane_)},
                                               {low(key_), high(key_)});
        ++draws_;
        return (static_cast<std::uint64_t>(block[1]) << 32U) | block[0];
    }

    /// 53 random bits, never 0 and never 1.
    double uniform01() {
        std::uint64_t bits = 0;
        do {
            bits = next_u64() >> 11U;
        } while (bits == 0);
        return static_cast<double>(bits) * 0x1.0p-53;
    }

    /// Every whole number from `lo` to `hi`, both included, equally likely. lo <= hi.
    std::int64_t uniform_int(std::int64_t lo, std::int64_t hi);
    /// True with this probability.
    bool happens(Ratio probability);

    /// mean > 0.
    double exponential(double mean);
    /// Mean 0, deviation 1; one draw, rising with it, which helps comparisons of paired runs.
    double normal();
    /// e^(mu + sigma * normal()).
    double lognormal(double mu, double sigma);
    /// Shape k > 0 and scale lambda > 0.
    double weibull(double k, double lambda);
    /// At least `minimum` > 0, with tail exponent alpha > 0.
    double pareto(double minimum, double alpha);
    /// Number of events when `mean` >= 0 are expected; mean at most 1e15.
    std::int64_t poisson(double mean);
    /// Index of one of the weights, with probability in proportion; none below 0, not all 0.
    std::size_t pick(std::span<const double> weights);
    /// An exponential delay of whole nanoseconds, at least 1.
    SimDuration exponential(SimDuration mean);

    /// How many 64-bit numbers have been drawn.
    [[nodiscard]] std::uint64_t draws() const { return draws_; }

    friend bool operator==(const Rng&, const Rng&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("key", self.key_);
        visit("lane", self.lane_);
        visit("draws", self.draws_);
    }

  private:
    static constexpr std::uint32_t low(std::uint64_t v) { return static_cast<std::uint32_t>(v); }

    static constexpr std::uint32_t high(std::uint64_t v) {
        return static_cast<std::uint32_t>(v >> 32U);
    }

    std::uint64_t key_ = 0;
    std::uint64_t lane_ = 0;  ///< upper half of the counter: with the key, 128 bits name the stream
    std::uint64_t draws_ = 0;
};

}  // namespace sim
