// Demand: when requests for computing come and what they ask for. Arrivals are Poisson, Weibull
// renewal or Hawkes, modulated by the hour of day and by surges; durations and sizes follow real
// traces (reference rival-networks-and-economics section 9). Every tenant draws from streams of its
// own name and every request from a stream of its own number, so that nobody's change shifts
// another's draws.
#pragma once

#include "sim/result.h"
#include "sim/rng.h"
#include "sim/units.h"
#include "tenants/workload.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tenants {

template <class T>
struct Weighted {
    T value{};
    double weight = 1;

    static void fields(auto& self, auto&& visit) {
        visit("value", self.value);
        visit("weight", self.weight);
    }
};

enum class ArrivalKind : std::uint8_t { kNone, kPoisson, kWeibull, kHawkes };

/// From `from` until before `until`, requests come `factor` times as often; 0 stops them.
struct Surge {
    sim::SimTime from;
    sim::SimTime until;
    double factor = 1;

    static void fields(auto& self, auto&& visit) {
        visit("from", self.from);
        visit("until", self.until);
        visit("factor", self.factor);
    }
};

struct ArrivalConfig {
    ArrivalKind kind = ArrivalKind::kPoisson;
    sim::SimDuration mean_interval = sim::SimDuration::seconds(3600);  ///< in the long run
    double weibull_shape = 0.682;                                      ///< Alibaba GPU-2023
    double hawkes_branching = 0.5;  ///< requests caused by each request, below 1
    double hawkes_decay_per_s = 1.0 / 600;
    /// 0 = the same at all hours, 1 = the full daily profile of Helios Earth (May 2020).
    double profile_strength = 0;
    std::int64_t start_second_of_day = 0;  ///< time of day at simulated time 0
    std::vector<Surge> surges;
    std::int64_t limit = 0;  ///< requests in all; 0 = no limit

    static void fields(auto& self, auto&& visit) {
        visit("kind", self.kind);
        visit("mean_interval", self.mean_interval);
        visit("weibull_shape", self.weibull_shape);
        visit("hawkes_branching", self.hawkes_branching);
        visit("hawkes_decay_per_s", self.hawkes_decay_per_s);
        visit("profile_strength", self.profile_strength);
        visit("start_second_of_day", self.start_second_of_day);
        visit("surges", self.surges);
        visit("limit", self.limit);
    }
};

enum class DurationKind : std::uint8_t { kFixed, kExponential, kLognormal };

/// `typical_s` is the value, the mean or the median; `sigma` of the logarithm.
struct DurationPart {
    DurationKind kind = DurationKind::kExponential;
    double typical_s = 3600;
    double sigma = 0;

    static void fields(auto& self, auto&& visit) {
        visit("kind", self.kind);
        visit("typical_s", self.typical_s);
        visit("sigma", self.sigma);
    }
};

/// A mixture. Values outside the bounds are set to the bound: the tails of the fits have no mean
/// worth the name, so they are never used without a cut.
struct DurationConfig {
    std::vector<Weighted<DurationPart>> parts;
    sim::SimDuration least = sim::SimDuration::seconds(1);
    sim::SimDuration most = sim::SimDuration::seconds(180LL * 86'400);

    static void fields(auto& self, auto&& visit) {
        visit("parts", self.parts);
        visit("least", self.least);
        visit("most", self.most);
    }

    static DurationConfig fixed(sim::SimDuration value);
    static DurationConfig exponential(sim::SimDuration mean);
    static DurationConfig lognormal(sim::SimDuration median, double sigma);
    /// Two lognormals fitted to the Philly job runtimes (reference 9.1).
    static DurationConfig philly();
};

/// One kind of request: a workload, its sizes and how long it runs.
struct RequestClass {
    std::string workload =
        "web_service";  ///< a built-in template, or one the scenario gives by name
    WorkloadSize size;  ///< where it differs from the template
    DurationConfig durations;
    std::vector<Weighted<std::string>> gpu_models;   ///< none = as the template has it
    std::vector<Weighted<std::int64_t>> gpu_counts;  ///< none = as the template has it
    /// Added per card to the CPU and memory of `size`; 0 = the number of cards changes nothing.
    std::int64_t cpu_milli_per_gpu = 0;
    std::int64_t memory_bytes_per_gpu = 0;
    /// Share of the time in which its cards compute while it runs, in millionths. Changes nothing
    /// but what is shown of them: a lease is paid for whether they compute or not.
    std::int64_t busy_ppm = 1'000'000;

    static void fields(auto& self, auto&& visit) {
        visit("workload", self.workload);
        visit("size", self.size);
        visit("durations", self.durations);
        visit("gpu_models", self.gpu_models);
        visit("gpu_counts", self.gpu_counts);
        visit("cpu_milli_per_gpu", self.cpu_milli_per_gpu);
        visit("memory_bytes_per_gpu", self.memory_bytes_per_gpu);
        visit("busy_ppm", self.busy_ppm);
    }
};

enum class PaymentCoin : std::uint8_t { kUakt, kAxlUsdc };

/// Highest price as a factor on the reference price: lognormal; sigma 0 = always the median.
struct BudgetConfig {
    double median_factor = 1.5;
    double sigma = 0;

    static void fields(auto& self, auto&& visit) {
        visit("median_factor", self.median_factor);
        visit("sigma", self.sigma);
    }
};

struct DemandConfig {
    ArrivalConfig arrivals;
    std::vector<Weighted<RequestClass>> classes;
    std::vector<Weighted<PaymentCoin>> coins{{PaymentCoin::kUakt, 1}};
    BudgetConfig budget;

    static void fields(auto& self, auto&& visit) {
        visit("arrivals", self.arrivals);
        visit("classes", self.classes);
        visit("coins", self.coins);
        visit("budget", self.budget);
    }

    /// Reference 9.3: services and batch jobs 60 to 40, Hawkes arrivals with a damped day. The
    /// service row is an assumption, since no data on the length of Akash leases has been
    /// published.
    static DemandConfig two_classes(sim::SimDuration mean_interval);
};

/// Refuses what cannot be drawn from: weights below 0 or all 0, means of 0, a branching of 1 and
/// more.
sim::Status validate(const DemandConfig& config);

/// What one arrival asks for, as numbers that fit into a row.
struct Request {
    static constexpr std::uint16_t kAsTemplate = 0xffff;

    std::uint64_t number = 0;  ///< counts from 0
    sim::SimDuration duration;
    std::uint16_t class_row = 0;
    std::uint16_t model_row = kAsTemplate;  ///< index into the class's gpu_models
    std::int32_t gpus = -1;                 ///< -1 = as the template has it
    PaymentCoin coin = PaymentCoin::kUakt;
    std::int64_t budget_ppm = 0;  ///< factor on the reference price, in millionths

    static void fields(auto& self, auto&& visit) {
        visit("number", self.number);
        visit("duration", self.duration);
        visit("class_row", self.class_row);
        visit("model_row", self.model_row);
        visit("gpus", self.gpus);
        visit("coin", self.coin);
        visit("budget_ppm", self.budget_ppm);
    }
};

/// Size of the workload this request wants.
WorkloadSize size_of(const Request& request, const RequestClass& request_class);

class Demand {
  public:
    Demand() = default;
    /// `config` must be valid; `name` is the entity the streams are named after.
    Demand(DemandConfig config, std::uint64_t seed, std::string name);
    /// Shares the configuration with whoever else has it.
    Demand(std::shared_ptr<const DemandConfig> config, std::uint64_t seed, std::string name);

    /// The moment of the next arrival, later than `now`, the moment of the last one (or the start).
    /// nullopt when none will come any more.
    std::optional<sim::SimTime> next_arrival(sim::SimTime now);
    /// A surge that nobody knew of when `pending` was drawn, from `now` on at the earliest: the
    /// moment to which the pending arrival moves. No draw is spent. Exact for Poisson and Weibull;
    /// of a Hawkes process the one pending arrival counts as one from outside.
    std::optional<sim::SimTime> add_surge(const Surge& surge,
                                          sim::SimTime now,
                                          std::optional<sim::SimTime> pending);
    /// The request of the arrival that has come; requests are numbered in order.
    Request draw_request();

    /// As it was at the start; surges that came since are not in it.
    [[nodiscard]] const DemandConfig& config() const { return *config_; }

    [[nodiscard]] std::uint64_t requests_drawn() const { return requests_; }

    static void fields(auto& self, auto&& visit) {
        visit("config", self.config_);
        visit("pace", self.pace_);
        visit("seed", self.seed_);
        visit("name", self.name_);
        visit("arrivals", self.arrivals_);
        visit("excitation", self.excitation_);
        visit("requests", self.requests_);
        visit("arrived", self.arrived_);
    }

  private:
    std::optional<sim::SimTime> hawkes_arrival(sim::SimTime now);

    std::shared_ptr<const DemandConfig> config_ = std::make_shared<const DemandConfig>();
    ArrivalConfig pace_;  ///< the configuration's arrivals with the surges that came since
    std::uint64_t seed_ = 0;
    std::string name_;
    sim::Rng arrivals_;
    double excitation_ =
        0;  ///< Hawkes: intensity per second caused by earlier arrivals, at the last one
    std::uint64_t requests_ = 0;
    std::int64_t arrived_ = 0;
};

/// Arrivals per hour over the daily mean, hours 0 to 23 (Helios Earth, reference 9.2).
inline constexpr std::array<double, 24> kHeliosHours{
    1.17, 1.19, .90, .88,  .78,  .65,  .56,  .49,  .50,  .87,  1.07, 1.09,
    1.14, .98,  .93, 1.05, 1.16, 1.13, 1.20, 1.18, 1.28, 1.38, 1.27, 1.17};

/// How many times the long-run rate requests come at this moment: profile x surges.
double rate_factor(const ArrivalConfig& config, sim::SimTime at);

/// The moment at which `work` seconds of the unmodulated clock have passed since `from`; nullopt
/// when the rate is 0 from some time on.
std::optional<sim::SimTime> after_modulated(const ArrivalConfig& config,
                                            sim::SimTime from,
                                            double work_s);

/// Seconds that pass on the unmodulated clock between two moments; `from` is not after `to`.
double modulated_work(const ArrivalConfig& config, sim::SimTime from, sim::SimTime to);

/// Gamma(1 + x) for x in (0, 50]: the mean of a Weibull variable of scale 1 is gamma_one_plus(1 /
/// k).
double gamma_one_plus(double x);

}  // namespace tenants
