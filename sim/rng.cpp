#include "sim/rng.h"

#include "sim/assert.h"
#include "sim/detmath.h"

#include <cmath>
#include <xxhash.h>

namespace sim {
namespace {

XXH128_hash_t hash_name(std::string_view text, std::uint64_t seed) {
    return XXH3_128bits_withSeed(text.data(), text.size(), seed);
}

/// Counts the terms of the distribution function up to one uniform number. For small means only:
/// the first term must not vanish.
std::int64_t poisson_by_inversion(double mean, double u) {
    double term = det_exp(-mean);
    double sum = term;
    std::int64_t n = 0;
    while (u > sum && n < 1000) {  // beyond 1000 the terms are 0 and the sum stands still
        ++n;
        term *= mean / static_cast<double>(n);
        sum += term;
    }
    return n;
}

}  // namespace

// The two names are hashed one after the other, each with its own length, so that ("a", "bc") and
// ("ab", "c") are different streams.
Rng Rng::stream(std::uint64_t seed, std::string_view entity, std::string_view purpose) {
    const XXH128_hash_t first = hash_name(entity, seed);
    const XXH128_hash_t second = hash_name(purpose, first.low64);
    Rng rng;
    rng.key_ = second.low64 ^ first.high64;
    rng.lane_ = second.high64;
    return rng;
}

// Lemire's multiplication with rejection: the numbers that would make some results likelier are
// redrawn.
std::int64_t Rng::uniform_int(std::int64_t lo, std::int64_t hi) {
    SIM_ASSERT(lo <= hi, "a range that is not empty, got {} to {}", lo, hi);
    const std::uint64_t span = static_cast<std::uint64_t>(hi) - static_cast<std::uint64_t>(lo) + 1;
    const auto from_low = [lo](std::uint64_t offset) {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(lo) + offset);
    };
    if (span == 0) return static_cast<std::int64_t>(next_u64());  // all 2^64
    auto product = static_cast<Uint128>(next_u64()) * span;
    if (static_cast<std::uint64_t>(product) < span) {
        const std::uint64_t uneven = (0 - span) % span;
        while (static_cast<std::uint64_t>(product) < uneven) {
            product = static_cast<Uint128>(next_u64()) * span;
        }
    }
    return from_low(static_cast<std::uint64_t>(product >> 64U));
}

bool Rng::happens(Ratio probability) {
    SIM_ASSERT(
        probability.denominator > 0, "a positive denominator, got {}", probability.denominator);
    return uniform_int(0, probability.denominator - 1) < probability.numerator;
}

double Rng::exponential(double mean) {
    SIM_ASSERT(mean > 0, "a positive mean, got {}", mean);
    return -mean * det_log(uniform01());
}

SimDuration Rng::exponential(SimDuration mean) {
    const double ns = exponential(static_cast<double>(mean.ns));
    return SimDuration{static_cast<std::int64_t>(ns) + 1};
}

double Rng::normal() {
    return det_normal_quantile(uniform01());
}

double Rng::lognormal(double mu, double sigma) {
    SIM_ASSERT(sigma >= 0, "a deviation of 0 or more, got {}", sigma);
    return det_exp(mu + sigma * normal());
}

double Rng::weibull(double k, double lambda) {
    SIM_ASSERT(k > 0 && lambda > 0, "positive shape and scale, got {} and {}", k, lambda);
    return lambda * det_pow(-det_log(uniform01()), 1.0 / k);
}

double Rng::pareto(double minimum, double alpha) {
    SIM_ASSERT(
        minimum > 0 && alpha > 0, "positive minimum and tail, got {} and {}", minimum, alpha);
    return minimum * det_pow(uniform01(), -1.0 / alpha);
}

// Below 10 by inversion; else Hoermann's transformed rejection PTRS (Insurance: Mathematics and
// Economics 12, 1993), whose cost does not grow with the mean.
std::int64_t Rng::poisson(double mean) {
    SIM_ASSERT(mean >= 0 && mean <= 1e15, "a mean between 0 and 1e15, got {}", mean);
    if (mean < 10) return poisson_by_inversion(mean, uniform01());
    const double b = 0.931 + 2.53 * std::sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double quick = 0.9277 - 3.6224 / (b - 2);
    const double log_mean = det_log(mean);
    for (;;) {
        const double u = uniform01() - 0.5;
        const double v = uniform01();
        const double us = 0.5 - std::fabs(u);
        const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= quick) return static_cast<std::int64_t>(k);
        if (k < 0 || (us < 0.013 && v > us)) continue;
        const auto n = static_cast<std::int64_t>(k);
        const double left = det_log(v * inverse_alpha / (a / (us * us) + b));
        if (left <= k * log_mean - mean - det_log_factorial(n)) return n;
    }
}

std::size_t Rng::pick(std::span<const double> weights) {
    double total = 0;
    for (const double weight : weights) {
        SIM_ASSERT(weight >= 0, "weights of 0 or more, got {}", weight);
        total += weight;
    }
    SIM_ASSERT(total > 0 && std::isfinite(total), "a weight above 0, got a sum of {}", total);
    double left = uniform01() * total;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] == 0) continue;
        last = i;
        left -= weights[i];
        if (left < 0) break;
    }
    return last;  // rounding may leave a speck at the end: it belongs to the last one
}

}  // namespace sim
