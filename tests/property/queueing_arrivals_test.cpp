// Arrival processes against their theory: means, dispersion, and what hours and surges do to the
// rate.
#include "tenants/demand.h"
#include "tests/property/queueing_oracles.h"
#include "tests/property/queueing_statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using statistics::agrees;
using statistics::BatchMeans;
using tenants::ArrivalKind;
using tenants::Demand;
using tenants::DemandConfig;

DemandConfig arrivals_of(ArrivalKind kind, sim::SimDuration mean_interval) {
    DemandConfig config;
    config.arrivals.kind = kind;
    config.arrivals.mean_interval = mean_interval;
    tenants::RequestClass one;
    one.durations = tenants::DurationConfig::exponential(mean_interval);
    config.classes = {{one, 1}};
    return config;
}

/// Calls count(n) with the number of arrivals of each of `windows` windows in a row.
template <class Count>
void count_windows(Demand& demand, sim::SimDuration window, int windows, Count&& count) {
    sim::SimTime at = *demand.next_arrival({});
    for (int i = 1; i <= windows; ++i) {
        int arrived = 0;
        for (; at.ns < (window * i).ns; ++arrived)
            at = *demand.next_arrival(at);
        count(arrived);
    }
}

TEST(Weibull, HasTheMeanAndTheSpreadOfTheFit) {
    // Alibaba GPU-2023: shape 0.682, scale 276 s; mean 276 x Gamma(1 + 1/k), CV^2 from the second
    // moment.
    const double k = 0.682;
    const double mean_s = 276 * std::tgamma(1 + 1 / k);
    EXPECT_NEAR(mean_s, 358.4, 0.5);
    const double first = std::tgamma(1 + 1 / k);
    const double cv_squared = std::tgamma(1 + 2 / k) / (first * first) - 1;
    DemandConfig config =
        arrivals_of(ArrivalKind::kWeibull, sim::SimDuration::from_seconds(mean_s));
    config.arrivals.weibull_shape = k;
    Demand demand{config, 1, "tenant/weibull"};
    BatchMeans gaps{4'000};
    BatchMeans squares{4'000};
    sim::SimTime at;
    for (int i = 0; i < 400'000; ++i) {
        const sim::SimTime next = *demand.next_arrival(at);
        const double gap_s = (next - at).to_seconds();
        gaps.add(gap_s);
        squares.add((gap_s - mean_s) * (gap_s - mean_s) / (mean_s * mean_s));
        at = next;
    }
    EXPECT_TRUE(agrees(gaps.estimate(), mean_s, 0.005));
    EXPECT_TRUE(agrees(squares.estimate(), cv_squared, 0.02));
}

/// Mean per window and variance over mean, in windows long against the process's memory.
void expect_counts(const DemandConfig& config, double dispersion) {
    Demand demand{config, 2, "tenant/counts"};
    // 400 mean intervals a window; the excitation forgets within 1 / (decay (1 - n)).
    const sim::SimDuration window = config.arrivals.mean_interval * 400;
    BatchMeans mean{40};
    BatchMeans variance{40};
    count_windows(demand, window, 4'000, [&](int arrived) {
        mean.add(arrived);
        variance.add((arrived - 400.0) * (arrived - 400.0) / 400.0);
    });
    EXPECT_TRUE(agrees(mean.estimate(), 400, 0.01));
    EXPECT_TRUE(agrees(variance.estimate(), dispersion, 0.05));
}

TEST(Poisson, HasDispersionOne) {
    expect_counts(arrivals_of(ArrivalKind::kPoisson, sim::SimDuration::seconds(600)), 1);
}

TEST(Hawkes, HasTheMeanAndTheDispersionOfItsBranching) {
    // mu = 2/h and alpha = .6 give 5 arrivals an hour and a dispersion of 6.25.
    DemandConfig config = arrivals_of(ArrivalKind::kHawkes, sim::SimDuration::seconds(720));
    config.arrivals.hawkes_branching = 0.6;
    config.arrivals.hawkes_decay_per_s = 1.0 / 200;
    EXPECT_NEAR(oracles::hawkes_dispersion(0.6), 6.25, 1e-12);
    expect_counts(config, 6.25);
}

TEST(Hawkes, ComesAtItsMeanRateFromTheStart) {
    DemandConfig config = arrivals_of(ArrivalKind::kHawkes, sim::SimDuration::seconds(60));
    config.arrivals.hawkes_branching = 0.8;
    BatchMeans first_hour{10};
    for (std::uint64_t seed = 0; seed < 4'000; ++seed) {
        Demand demand{config, seed, "tenant/start"};
        count_windows(
            demand, sim::SimDuration::seconds(3600), 1, [&](int n) { first_hour.add(n); });
    }
    EXPECT_TRUE(agrees(first_hour.estimate(), 60, 0.02));
}

TEST(Profile, SpreadsADayAsHeliosDoes) {
    DemandConfig config = arrivals_of(ArrivalKind::kPoisson, sim::SimDuration::seconds(60));
    config.arrivals.profile_strength = 1;
    Demand demand{config, 4, "tenant/day"};
    std::vector<BatchMeans> hours(24, BatchMeans{20});
    int window = 0;
    count_windows(demand, sim::SimDuration::seconds(3600), 24 * 2'000, [&](int n) {
        hours[static_cast<std::size_t>(window++ % 24)].add(n);
    });
    double profile_sum = 0;
    for (const double factor : tenants::kHeliosHours)
        profile_sum += factor;
    for (std::size_t hour = 0; hour < 24; ++hour) {
        const double theory = 60 * tenants::kHeliosHours[hour] * 24 / profile_sum;
        EXPECT_TRUE(agrees(hours[hour].estimate(), theory, 0.01)) << "hour " << hour;
    }
}

TEST(Surge, MultipliesTheRateWhileItLasts) {
    for (const ArrivalKind kind : {ArrivalKind::kPoisson, ArrivalKind::kWeibull}) {
        DemandConfig config = arrivals_of(kind, sim::SimDuration::seconds(60));
        const auto day = sim::SimDuration::seconds(86'400);
        const sim::SimTime start;
        config.arrivals.surges = {{start + day * 100, start + day * 200, 4}};
        Demand demand{config, 5, "tenant/surge"};
        std::vector<BatchMeans> parts(3, BatchMeans{10});
        int window = 0;
        count_windows(demand, day, 300, [&](int n) {
            parts[static_cast<std::size_t>(window++ / 100)].add(n);
        });
        EXPECT_TRUE(agrees(parts[0].estimate(), 1'440, 0.02));
        EXPECT_TRUE(agrees(parts[1].estimate(), 4 * 1'440, 0.02));
        EXPECT_TRUE(agrees(parts[2].estimate(), 1'440, 0.02));
    }
}

}  // namespace
