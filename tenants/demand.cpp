#include "tenants/demand.h"

#include "sim/assert.h"
#include "sim/detmath.h"

#include <boost/container/small_vector.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace tenants {

namespace {

constexpr std::int64_t kHourNs = 3'600'000'000'000;
constexpr std::int64_t kDayNs = 24 * kHourNs;
/// Beyond this moment (146 years) nothing is scheduled; sums of two such times still fit an int64.
constexpr std::int64_t kEndNs = 1LL << 62;
constexpr double kLongestGapS = 4e9;

double profile_mean() {
    return std::accumulate(kHeliosHours.begin(), kHeliosHours.end(), 0.0) / 24;
}

/// Nanoseconds since the last midnight of the scenario's calendar.
std::int64_t time_of_day_ns(const ArrivalConfig& config, sim::SimTime at) {
    const std::int64_t shifted = at.ns % kDayNs + config.start_second_of_day * 1'000'000'000;
    return (shifted % kDayNs + kDayNs) % kDayNs;
}

/// The next moment at which the rate factor may change.
std::int64_t next_change_ns(const ArrivalConfig& config, sim::SimTime at) {
    std::int64_t next = kEndNs;
    if (config.profile_strength != 0) {
        next = at.ns + kHourNs - time_of_day_ns(config, at) % kHourNs;
    }
    for (const Surge& surge : config.surges) {
        for (const std::int64_t edge : {surge.from.ns, surge.until.ns}) {
            if (edge > at.ns) next = std::min(next, edge);
        }
    }
    return next;
}

template <class T>
std::size_t pick_row(const std::vector<Weighted<T>>& rows, sim::Rng& rng) {
    boost::container::small_vector<double, 16> weights;
    for (const auto& row : rows)
        weights.push_back(row.weight);
    return rng.pick({weights.data(), weights.size()});
}

double draw_part(const DurationPart& part, sim::Rng& rng) {
    switch (part.kind) {
        case DurationKind::kFixed:
            return part.typical_s;
        case DurationKind::kExponential:
            return rng.exponential(part.typical_s);
        case DurationKind::kLognormal:
            return rng.lognormal(sim::det_log(part.typical_s), part.sigma);
    }
    SIM_UNREACHABLE("a kind of duration");
}

sim::SimDuration draw_duration(const DurationConfig& config, sim::Rng& rng) {
    const double seconds = draw_part(config.parts[pick_row(config.parts, rng)].value, rng);
    if (seconds >= config.most.to_seconds()) return config.most;
    return std::max(config.least, sim::SimDuration::from_seconds(seconds));
}

sim::Error refuse(std::string text) {
    return {{"tenants", 4}, std::move(text)};
}

template <class T>
sim::Status check_weights(const std::vector<Weighted<T>>& rows, std::string_view what) {
    double sum = 0;
    for (const auto& row : rows) {
        if (!(row.weight >= 0) || !std::isfinite(row.weight)) {
            return refuse(fmt::format("{}: a weight below 0", what));
        }
        sum += row.weight;
    }
    if (!rows.empty() && !(sum > 0)) return refuse(fmt::format("{}: all weights are 0", what));
    return sim::ok();
}

sim::Status check_arrivals(const ArrivalConfig& arrivals) {
    if (arrivals.kind == ArrivalKind::kNone) return sim::ok();
    if (arrivals.mean_interval.ns <= 0)
        return refuse("arrivals: the mean interval must be above 0");
    if (!(arrivals.weibull_shape >= 0.05 && arrivals.weibull_shape <= 100)) {
        return refuse("arrivals: the Weibull shape must be from 0.05 to 100");
    }
    if (!(arrivals.hawkes_branching >= 0 && arrivals.hawkes_branching < 1)) {
        return refuse("arrivals: the Hawkes branching must be from 0 to below 1");
    }
    if (!(arrivals.hawkes_decay_per_s > 0))
        return refuse("arrivals: the Hawkes decay must be above 0");
    if (!(arrivals.profile_strength >= 0 && arrivals.profile_strength <= 1)) {
        return refuse("arrivals: the profile's strength must be from 0 to 1");
    }
    for (const Surge& surge : arrivals.surges) {
        if (!(surge.factor >= 0) || !std::isfinite(surge.factor)) {
            return refuse("arrivals: a surge with a factor below 0");
        }
        if (surge.until <= surge.from)
            return refuse("arrivals: a surge that ends before it begins");
    }
    return sim::ok();
}

sim::Status check_class(const RequestClass& request_class) {
    const std::string& name = request_class.workload;
    if (request_class.durations.parts.empty()) return refuse(name + ": no duration");
    SIM_CHECK(check_weights(request_class.durations.parts, name + ": durations"));
    SIM_CHECK(check_weights(request_class.gpu_models, name + ": GPU models"));
    SIM_CHECK(check_weights(request_class.gpu_counts, name + ": GPU counts"));
    for (const auto& part : request_class.durations.parts) {
        if (!(part.value.typical_s > 0) || !(part.value.sigma >= 0)) {
            return refuse(name + ": a duration must be above 0 and its sigma not below 0");
        }
    }
    if (request_class.durations.most < request_class.durations.least) {
        return refuse(name + ": the longest duration is below the shortest");
    }
    return sim::ok();
}

}  // namespace

DurationConfig DurationConfig::fixed(sim::SimDuration value) {
    return {.parts = {{{DurationKind::kFixed, value.to_seconds(), 0}, 1}}};
}

DurationConfig DurationConfig::exponential(sim::SimDuration mean) {
    return {.parts = {{{DurationKind::kExponential, mean.to_seconds(), 0}, 1}}};
}

DurationConfig DurationConfig::lognormal(sim::SimDuration median, double sigma) {
    return {.parts = {{{DurationKind::kLognormal, median.to_seconds(), sigma}, 1}}};
}

DurationConfig DurationConfig::philly() {
    DurationConfig config;
    config.parts = {{{DurationKind::kLognormal, sim::det_exp(4.168), 0.157}, 0.157},
                    {{DurationKind::kLognormal, sim::det_exp(7.347), 2.000}, 0.843}};
    return config;
}

DemandConfig DemandConfig::two_classes(sim::SimDuration mean_interval) {
    RequestClass service;
    service.workload = "llm_inference";
    service.durations = DurationConfig::lognormal(sim::SimDuration::seconds(5LL * 86'400), 1.5);
    service.gpu_counts = {{1, .75}, {2, .12}, {4, .08}, {8, .05}};
    RequestClass batch;
    batch.workload = "fine_tune";
    batch.durations = DurationConfig::philly();
    batch.gpu_counts = {{1, .70}, {2, .08}, {4, .10}, {8, .12}};
    DemandConfig config;
    config.arrivals.kind = ArrivalKind::kHawkes;
    config.arrivals.mean_interval = mean_interval;
    config.arrivals.profile_strength = 0.3;
    config.classes = {{service, .6}, {batch, .4}};
    return config;
}

sim::Status validate(const DemandConfig& config) {
    SIM_CHECK(check_arrivals(config.arrivals));
    if (config.classes.empty()) return refuse("no class of requests");
    SIM_CHECK(check_weights(config.classes, "classes"));
    for (const auto& row : config.classes)
        SIM_CHECK(check_class(row.value));
    if (config.coins.empty()) return refuse("no coin to pay with");
    SIM_CHECK(check_weights(config.coins, "coins"));
    if (!(config.budget.median_factor > 0) || !(config.budget.sigma >= 0)) {
        return refuse("the budget's factor must be above 0 and its sigma not below 0");
    }
    return sim::ok();
}

WorkloadSize size_of(const Request& request, const RequestClass& request_class) {
    WorkloadSize size = request_class.size;
    if (request.model_row != Request::kAsTemplate) {
        size.gpu_model = request_class.gpu_models[request.model_row].value;
    }
    if (request.gpus >= 0) size.gpus = request.gpus;
    const std::int64_t cards = size.gpus.value_or(0);
    if (request_class.cpu_milli_per_gpu > 0) {
        size.cpu_milli = size.cpu_milli.value_or(0) + cards * request_class.cpu_milli_per_gpu;
    }
    if (request_class.memory_bytes_per_gpu > 0) {
        size.memory_bytes =
            size.memory_bytes.value_or(0) + cards * request_class.memory_bytes_per_gpu;
    }
    return size;
}

double rate_factor(const ArrivalConfig& config, sim::SimTime at) {
    double factor = 1;
    if (config.profile_strength != 0) {
        const auto hour = static_cast<std::size_t>(time_of_day_ns(config, at) / kHourNs);
        factor += config.profile_strength * (kHeliosHours[hour] / profile_mean() - 1);
    }
    for (const Surge& surge : config.surges) {
        if (surge.from <= at && at < surge.until) factor *= surge.factor;
    }
    return factor;
}

std::optional<sim::SimTime> after_modulated(const ArrivalConfig& config,
                                            sim::SimTime from,
                                            double work_s) {
    sim::SimTime at = from;
    while (at.ns < kEndNs) {
        const double factor = rate_factor(config, at);
        const std::int64_t change = next_change_ns(config, at);
        const double until_change_s = static_cast<double>(change - at.ns) / 1e9;
        if (work_s <= factor * until_change_s) {
            if (work_s > factor * kLongestGapS) return std::nullopt;
            const sim::SimTime found = at + sim::SimDuration::from_seconds(work_s / factor);
            return found.ns < kEndNs ? std::optional{found} : std::nullopt;
        }
        work_s -= factor * until_change_s;
        at.ns = change;
    }
    return std::nullopt;
}

double modulated_work(const ArrivalConfig& config, sim::SimTime from, sim::SimTime to) {
    double work_s = 0;
    for (sim::SimTime at = from; at < to;) {
        const sim::SimTime change{std::min(next_change_ns(config, at), to.ns)};
        work_s += rate_factor(config, at) * (change - at).to_seconds();
        at = change;
    }
    return work_s;
}

// Stirling's series for log Gamma, shifted to arguments of 10 and more, where four terms give
// 1e-12.
double gamma_one_plus(double x) {
    SIM_ASSERT(x > 0 && x <= 50, "an argument in (0, 50], got {}", x);
    double product = 1;
    double z = x + 1;
    for (; z < 10; z += 1)
        product *= z;
    const double r = 1 / z;
    const double r2 = r * r;
    const double tail = r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 / 1680)));
    constexpr double kHalfLogTwoPi = 0.91893853320467274178;
    return sim::det_exp((z - 0.5) * sim::det_log(z) - z + kHalfLogTwoPi + tail) / product;
}

Demand::Demand(DemandConfig config, std::uint64_t seed, std::string name)
    : Demand(std::make_shared<const DemandConfig>(std::move(config)), seed, std::move(name)) {}

Demand::Demand(std::shared_ptr<const DemandConfig> config, std::uint64_t seed, std::string name)
    : config_(std::move(config)),
      pace_(config_->arrivals),
      seed_(seed),
      name_(std::move(name)),
      arrivals_(sim::Rng::stream(seed, name_, "arrivals")) {
    SIM_ASSERT(validate(*config_).has_value(), "a valid demand of {}", name_);
    // The stationary mean, so that the rate is right from the start.
    if (pace_.kind == ArrivalKind::kHawkes) {
        excitation_ = pace_.hawkes_branching / pace_.mean_interval.to_seconds();
    }
}

std::optional<sim::SimTime> Demand::next_arrival(sim::SimTime now) {
    const ArrivalConfig& arrivals = pace_;
    if (arrivals.limit > 0 && arrived_ >= arrivals.limit) return std::nullopt;
    const double mean_s = arrivals.mean_interval.to_seconds();
    std::optional<sim::SimTime> next;
    switch (arrivals.kind) {
        case ArrivalKind::kNone:
            return std::nullopt;
        case ArrivalKind::kPoisson:
            next = after_modulated(arrivals, now, arrivals_.exponential(mean_s));
            break;
        case ArrivalKind::kWeibull: {
            const double scale = mean_s / gamma_one_plus(1 / arrivals.weibull_shape);
            next = after_modulated(arrivals, now, arrivals_.weibull(arrivals.weibull_shape, scale));
            break;
        }
        case ArrivalKind::kHawkes:
            next = hawkes_arrival(now);
            break;
    }
    if (!next) return std::nullopt;
    ++arrived_;
    return std::max(*next, now + sim::SimDuration{1});
}

// Exact, without thinning (Dassios and Zhao 2013): the next arrival is the earlier of the next one
// from outside, whose rate is modulated, and the next one caused by earlier arrivals, whose
// intensity only decays until then and is inverted. Both are memoryless, so that the later of the
// two may be forgotten.
std::optional<sim::SimTime> Demand::hawkes_arrival(sim::SimTime now) {
    const ArrivalConfig& arrivals = pace_;
    const double decay = arrivals.hawkes_decay_per_s;
    const double mean_outside_s =
        arrivals.mean_interval.to_seconds() / (1 - arrivals.hawkes_branching);
    const double work_s = arrivals_.exponential(mean_outside_s);
    const double log_uniform = sim::det_log(arrivals_.uniform01());
    std::optional<sim::SimTime> next = after_modulated(arrivals, now, work_s);
    // With probability e^(-excitation / decay) the earlier arrivals cause no further one.
    const double left = excitation_ > 0 ? 1 + decay * log_uniform / excitation_ : 0;
    if (left > 0) {
        const double gap_s = -sim::det_log(left) / decay;
        if (gap_s < kLongestGapS) {
            const sim::SimTime caused = now + sim::SimDuration::from_seconds(gap_s);
            next = next ? std::min(*next, caused) : caused;
        }
    }
    if (!next) return std::nullopt;
    const double passed_s = (*next - now).to_seconds();
    excitation_ = excitation_ * sim::det_exp(-decay * passed_s) + arrivals.hawkes_branching * decay;
    return next;
}

std::optional<sim::SimTime> Demand::add_surge(const Surge& surge,
                                              sim::SimTime now,
                                              std::optional<sim::SimTime> pending) {
    SIM_ASSERT(surge.factor >= 0 && surge.from < surge.until, "a surge, factor {}", surge.factor);
    ArrivalConfig& arrivals = pace_;
    const double work_s = pending ? modulated_work(arrivals, now, *pending) : 0;
    // Surges that are over would only make every later question slower.
    std::erase_if(arrivals.surges, [&](const Surge& old) { return old.until <= now; });
    arrivals.surges.push_back(surge);
    arrivals.surges.back().from = std::max(surge.from, now);
    if (!pending) return std::nullopt;
    const auto moved = after_modulated(arrivals, now, work_s);
    if (moved && arrivals.kind == ArrivalKind::kHawkes) {
        const double own = arrivals.hawkes_branching * arrivals.hawkes_decay_per_s;
        const double later_s = (*moved - *pending).to_seconds();
        excitation_ =
            (excitation_ - own) * sim::det_exp(-arrivals.hawkes_decay_per_s * later_s) + own;
    }
    return moved;
}

Request Demand::draw_request() {
    Request request;
    request.number = requests_++;
    // What every request has comes first: a change in one class then leaves it as it was.
    sim::Rng rng = sim::Rng::stream(seed_, name_, fmt::format("request/{}", request.number));
    request.coin = config_->coins[pick_row(config_->coins, rng)].value;
    const double factor =
        config_->budget.median_factor * sim::det_exp(config_->budget.sigma * rng.normal());
    request.budget_ppm = static_cast<std::int64_t>(std::clamp(factor, 1e-6, 1e6) * 1e6);
    const std::size_t row = pick_row(config_->classes, rng);
    request.class_row = static_cast<std::uint16_t>(row);
    const RequestClass& request_class = config_->classes[row].value;
    request.duration = draw_duration(request_class.durations, rng);
    if (!request_class.gpu_models.empty()) {
        request.model_row = static_cast<std::uint16_t>(pick_row(request_class.gpu_models, rng));
    }
    if (!request_class.gpu_counts.empty()) {
        const auto& counts = request_class.gpu_counts;
        request.gpus = static_cast<std::int32_t>(counts[pick_row(counts, rng)].value);
    }
    return request;
}

}  // namespace tenants
