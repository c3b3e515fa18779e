#include "scenarios/engine/economy/price.h"

#include "sim/assert.h"
#include "sim/detmath.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace scenarios {

namespace {

constexpr double kYearS = 365.0 * 86'400;

sim::Error refuse(std::string text) {
    return {{"scenario", 1}, std::move(text)};
}

}  // namespace

sim::Status validate(const PriceConfig& config) {
    if (config.points.empty()) return refuse("price: no point");
    for (std::size_t i = 0; i < config.points.size(); ++i) {
        if (config.points[i].micro_usd <= 0) return refuse("price: a price must be above 0");
        if (i > 0 && config.points[i].at <= config.points[i - 1].at) {
            return refuse("price: the points must be in order of time");
        }
    }
    const JumpDiffusion& motion = config.motion;
    const bool finite = std::isfinite(motion.drift) && std::isfinite(motion.jump_mean);
    if (!finite || !(motion.sigma >= 0) || !(motion.jump_sigma >= 0)) {
        return refuse("price: deviations must not be below 0");
    }
    if (!(motion.jumps_per_year >= 0)) return refuse("price: jumps per year must not be below 0");
    if (motion.step.ns <= 0) return refuse("price: the step must be above 0");
    return sim::ok();
}

PriceProcess::PriceProcess(PriceConfig config, std::uint64_t seed, std::string_view entity)
    : config_(std::move(config)), rng_(sim::Rng::stream(seed, entity, "motion")) {
    SIM_ASSERT(validate(config_).has_value(), "a valid price of {}", entity);
}

std::int64_t PriceProcess::micro_usd(sim::SimTime now) {
    SIM_ASSERT(now >= asked_, "a time not before {} ns, got {} ns", asked_.ns, now.ns);
    asked_ = now;
    double price = 0;
    if (config_.kind == PriceKind::kJumpDiffusion) {
        advance(now);
        price = static_cast<double>(config_.points.front().micro_usd) * sim::det_exp(log_factor_);
    } else {
        price = scripted(now);
    }
    for (const Shock& shock : shocks_) {
        if (shock.at <= now) price *= static_cast<double>(shock.factor_ppm) / 1e6;
    }
    constexpr double kHighest = 1e15;
    return static_cast<std::int64_t>(std::clamp(price + 0.5, 1.0, kHighest));
}

void PriceProcess::shock(sim::SimTime at, std::int64_t factor_ppm) {
    SIM_ASSERT(factor_ppm > 0, "a factor above 0, got {}", factor_ppm);
    shocks_.push_back({at, factor_ppm});
}

double PriceProcess::scripted(sim::SimTime now) const {
    const auto after = std::find_if(
        config_.points.begin(), config_.points.end(), [&](const auto& p) { return p.at > now; });
    if (after == config_.points.begin()) return static_cast<double>(after->micro_usd);
    const PricePoint& before = *(after - 1);
    const auto held = static_cast<double>(before.micro_usd);
    if (after == config_.points.end() || config_.kind == PriceKind::kSteps) return held;
    const double share = (now - before.at).to_seconds() / (after->at - before.at).to_seconds();
    return held + (static_cast<double>(after->micro_usd) - held) * share;
}

// S(t+d) = S(t) exp((drift - sigma^2/2 - compensator) d + sigma sqrt(d) Z + sum of jumps), where
// the compensator rate x (e^(m + s^2/2) - 1) keeps the expected price at the drift. Every step
// draws one normal and one number of jumps, and a jump sum of k jumps is one normal with mean k m
// and variance k s^2.
void PriceProcess::advance(sim::SimTime now) {
    const JumpDiffusion& motion = config_.motion;
    const std::int64_t due =
        std::max<std::int64_t>(0, (now - config_.points.front().at).ns / motion.step.ns);
    const double years = motion.step.to_seconds() / kYearS;
    const double jump_variance = motion.jump_sigma * motion.jump_sigma;
    const double compensator =
        motion.jumps_per_year * (sim::det_exp(motion.jump_mean + jump_variance / 2) - 1);
    const double trend = (motion.drift - motion.sigma * motion.sigma / 2 - compensator) * years;
    const double spread = motion.sigma * std::sqrt(years);
    for (; steps_ < due; ++steps_) {
        log_factor_ += trend + spread * rng_.normal();
        const auto jumps = static_cast<double>(rng_.poisson(motion.jumps_per_year * years));
        const double jump_draw = rng_.normal();
        if (jumps > 0) {
            log_factor_ +=
                jumps * motion.jump_mean + std::sqrt(jumps) * motion.jump_sigma * jump_draw;
        }
    }
}

}  // namespace scenarios
