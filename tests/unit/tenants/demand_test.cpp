#include "tenants/demand.h"

#include "sim/archive.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace {

using tenants::after_modulated;
using tenants::ArrivalConfig;
using tenants::ArrivalKind;
using tenants::Demand;
using tenants::DemandConfig;
using tenants::DurationConfig;
using tenants::Request;

sim::SimTime at(std::int64_t seconds) {
    return sim::SimTime{} + sim::SimDuration::seconds(seconds);
}

std::vector<std::int64_t> first_arrivals(Demand& demand, int count) {
    std::vector<std::int64_t> times;
    sim::SimTime now;
    for (int i = 0; i < count; ++i) {
        now = *demand.next_arrival(now);
        times.push_back(now.ns);
    }
    return times;
}

DemandConfig poisson() {
    DemandConfig config = DemandConfig::two_classes(sim::SimDuration::seconds(600));
    config.arrivals.kind = ArrivalKind::kPoisson;
    return config;
}

TEST(ModulatedClock, RunsFasterInASurge) {
    ArrivalConfig config;
    config.surges = {{at(100), at(200), 2}};
    EXPECT_EQ(after_modulated(config, at(0), 50)->ns, at(50).ns);
    EXPECT_EQ(after_modulated(config, at(0), 150)->ns, at(125).ns);
    EXPECT_EQ(after_modulated(config, at(0), 350)->ns, at(250).ns);
    EXPECT_EQ(after_modulated(config, at(150), 10)->ns, at(155).ns);
}

TEST(ModulatedClock, StandsStillWhereTheFactorIsZero) {
    ArrivalConfig config;
    config.surges = {{at(100), at(200), 0}};
    EXPECT_EQ(after_modulated(config, at(0), 150)->ns, at(250).ns);
    config.surges = {{at(100), {std::int64_t{1} << 62}, 0}};
    EXPECT_FALSE(after_modulated(config, at(0), 150).has_value());
}

TEST(ModulatedClock, KeepsTheLengthOfADay) {
    ArrivalConfig config;
    config.profile_strength = 1;
    config.start_second_of_day = 5'000;
    EXPECT_NEAR(after_modulated(config, at(0), 86'400)->to_seconds(), 86'400, 1e-3);
    EXPECT_NEAR(after_modulated(config, at(777), 3 * 86'400)->to_seconds(), 3 * 86'400 + 777, 1e-3);
    // Hour 7 is the quietest, .49 of a mean of 1.00083.
    config.start_second_of_day = 7 * 3'600;
    EXPECT_NEAR(tenants::rate_factor(config, at(10)), 0.4896, 1e-4);
    config.profile_strength = 0.5;
    EXPECT_NEAR(tenants::rate_factor(config, at(10)), 0.7448, 1e-4);
}

TEST(Demand, IsTheSameForTheSameSeedAndName) {
    Demand one{poisson(), 3, "tenant/1"};
    Demand same{poisson(), 3, "tenant/1"};
    Demand other{poisson(), 3, "tenant/2"};
    const auto times = first_arrivals(one, 50);
    EXPECT_EQ(times, first_arrivals(same, 50));
    EXPECT_NE(times, first_arrivals(other, 50));
}

// Common random numbers: a change in when requests come does not change what they ask for.
TEST(Demand, AsksForTheSameWhenArrivalsChange) {
    DemandConfig busy = poisson();
    busy.arrivals.kind = ArrivalKind::kHawkes;
    busy.arrivals.mean_interval = sim::SimDuration::seconds(5);
    Demand calm{poisson(), 3, "tenant/1"};
    Demand hurried{busy, 3, "tenant/1"};
    first_arrivals(hurried, 20);
    for (std::uint64_t i = 0; i < 20; ++i) {
        const Request a = calm.draw_request();
        const Request b = hurried.draw_request();
        EXPECT_EQ(a.number, i);
        EXPECT_EQ(a.duration, b.duration);
        EXPECT_EQ(a.gpus, b.gpus);
        EXPECT_EQ(a.class_row, b.class_row);
    }
}

TEST(Demand, StopsAtItsLimit) {
    DemandConfig config = poisson();
    config.arrivals.limit = 3;
    Demand demand{config, 1, "tenant/1"};
    sim::SimTime now;
    for (int i = 0; i < 3; ++i)
        now = *demand.next_arrival(now);
    EXPECT_FALSE(demand.next_arrival(now).has_value());
}

TEST(Demand, GoesOnFromASaveAsIfNothingHadHappened) {
    Demand demand{DemandConfig::two_classes(sim::SimDuration::seconds(600)), 3, "tenant/1"};
    first_arrivals(demand, 30);
    demand.draw_request();
    Demand loaded;
    ASSERT_TRUE(sim::read_field_bytes(sim::field_bytes(demand), loaded));
    EXPECT_EQ(loaded.draw_request().duration, demand.draw_request().duration);
    EXPECT_EQ(first_arrivals(loaded, 30), first_arrivals(demand, 30));
}

TEST(Demand, MixesClassesSizesCoinsAndBudgets) {
    DemandConfig config = poisson();
    config.coins = {{tenants::PaymentCoin::kUakt, 3}, {tenants::PaymentCoin::kAxlUsdc, 1}};
    config.budget = {2.0, 0.5};
    config.classes[0].value.gpu_models = {{"a100", 1}, {"h100", 1}};
    Demand demand{config, 1, "tenant/1"};
    constexpr int kRequests = 20'000;
    int services = 0;
    int single = 0;
    int h100 = 0;
    int dollars = 0;
    int above_median = 0;
    for (int i = 0; i < kRequests; ++i) {
        const Request request = demand.draw_request();
        services += request.class_row == 0 ? 1 : 0;
        single += request.gpus == 1 ? 1 : 0;
        h100 += request.model_row == 1 ? 1 : 0;
        dollars += request.coin == tenants::PaymentCoin::kAxlUsdc ? 1 : 0;
        above_median += request.budget_ppm > 2'000'000 ? 1 : 0;
    }
    // Shares .6, .6 x .75 + .4 x .70, .3, .25, .5; four standard errors are at most .0142.
    EXPECT_NEAR(services / double{kRequests}, 0.6, 0.0142);
    EXPECT_NEAR(single / double{kRequests}, 0.73, 0.0142);
    EXPECT_NEAR(h100 / double{kRequests}, 0.3, 0.0142);
    EXPECT_NEAR(dollars / double{kRequests}, 0.25, 0.0142);
    EXPECT_NEAR(above_median / double{kRequests}, 0.5, 0.0142);
}

TEST(Durations, KeepTheirMedianAndTheirCut) {
    DemandConfig config = poisson();
    config.classes = {config.classes[0]};
    config.classes[0].value.durations =
        DurationConfig::lognormal(sim::SimDuration::seconds(1'000), 2);
    config.classes[0].value.durations.most = sim::SimDuration::seconds(50'000);
    Demand demand{config, 1, "tenant/1"};
    int below = 0;
    int cut = 0;
    for (int i = 0; i < 10'000; ++i) {
        const auto duration = demand.draw_request().duration;
        below += duration.ns < 1'000'000'000'000 ? 1 : 0;
        cut += duration == sim::SimDuration::seconds(50'000) ? 1 : 0;
    }
    EXPECT_NEAR(below, 5'000, 200);
    // P(Z > log(50) / 2) = P(Z > 1.956) = .0252: 252 with a deviation of 16.
    EXPECT_NEAR(cut, 252, 64);
}

TEST(Durations, OfPhillyHaveItsMedianAndItsTail) {
    DemandConfig config = poisson();
    config.classes = {config.classes[1]};
    Demand demand{config, 1, "tenant/1"};
    int above_p90 = 0;
    int below_p50 = 0;
    for (int i = 0; i < 20'000; ++i) {
        const double seconds = demand.draw_request().duration.to_seconds();
        below_p50 += seconds < 1'186 ? 1 : 0;
        above_p90 += seconds > 12'860 ? 1 : 0;
    }
    // The fit misses the trace's distribution by at most .056 (its Kolmogorov-Smirnov distance).
    EXPECT_NEAR(below_p50 / 20'000.0, 0.5, 0.056);
    EXPECT_NEAR(above_p90 / 20'000.0, 0.1, 0.056);
}

TEST(Demand, RefusesWhatCannotBeDrawnFrom) {
    const auto refused = [](auto&& change) {
        DemandConfig config = poisson();
        change(config);
        return !tenants::validate(config).has_value();
    };
    EXPECT_FALSE(refused([](DemandConfig&) {}));
    EXPECT_TRUE(refused([](DemandConfig& c) { c.classes.clear(); }));
    EXPECT_TRUE(refused([](DemandConfig& c) { c.classes[0].weight = -1; }));
    EXPECT_TRUE(refused([](DemandConfig& c) { c.coins = {{tenants::PaymentCoin::kUakt, 0}}; }));
    EXPECT_TRUE(refused([](DemandConfig& c) { c.arrivals.mean_interval = {}; }));
    EXPECT_TRUE(refused([](DemandConfig& c) { c.arrivals.hawkes_branching = 1; }));
    EXPECT_TRUE(refused([](DemandConfig& c) { c.arrivals.surges = {{at(2), at(1), 1}}; }));
    EXPECT_TRUE(refused([](DemandConfig& c) { c.arrivals.weibull_shape = std::nan(""); }));
    EXPECT_TRUE(refused([](DemandConfig& c) { c.classes[0].value.durations.parts.clear(); }));
}

TEST(GammaOnePlus, AgreesWithTheStandardLibrary) {
    for (const double x : {0.01, 0.5, 1.0, 1 / 0.682, 5.0, 20.0}) {
        EXPECT_NEAR(tenants::gamma_one_plus(x) / std::tgamma(1 + x), 1, 1e-12) << x;
    }
}

}  // namespace
