// Demand against queueing theory, driven through the event queue: a pool of cards, requests that
// are served, lost or wait. The oracles know nothing of the program (queueing_oracles.h).
#include "sim/event_queue.h"
#include "tenants/demand.h"
#include "tests/property/queueing_oracles.h"
#include "tests/property/queueing_statistics.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace {

using statistics::agrees;
using statistics::BatchMeans;
using tenants::Demand;
using tenants::DemandConfig;
using tenants::DurationConfig;

constexpr double kServiceS = 3600;
constexpr auto kService = sim::SimDuration::seconds(3600);

/// Requests at `load` times the rate at which one card would be busy all the time.
DemandConfig demand_of(double load, DurationConfig durations) {
    DemandConfig config;
    config.arrivals.kind = tenants::ArrivalKind::kPoisson;
    config.arrivals.mean_interval = sim::SimDuration::from_seconds(kServiceS / load);
    tenants::RequestClass one;
    one.durations = std::move(durations);
    config.classes = {{one, 1}};
    return config;
}

/// A lognormal duration with the mean that the others have.
DurationConfig lognormal_of_mean(double sigma) {
    const double median = kServiceS / std::exp(sigma * sigma / 2);
    return DurationConfig::lognormal(sim::SimDuration::from_seconds(median), sigma);
}

struct PoolEvent {
    std::int32_t returned = 0;  ///< cards given back; 0 = an arrival
};

/// Cards shared by requests of any size, no waiting. Calls served(request, bool) for each arrival.
template <class Served>
void run_loss_pool(Demand& demand, std::int32_t cards, int arrivals, Served&& served) {
    sim::EventQueue<PoolEvent> queue;
    queue.push(*demand.next_arrival({}), {});
    std::int32_t free = cards;
    while (arrivals > 0) {
        const auto event = queue.pop();
        if (event.payload.returned > 0) {
            free += event.payload.returned;
            continue;
        }
        --arrivals;
        const tenants::Request request = demand.draw_request();
        const std::int32_t wanted = request.gpus > 0 ? request.gpus : 1;
        const bool fits = wanted <= free;
        if (fits) {
            free -= wanted;
            queue.push(event.time + request.duration, {wanted});
        }
        served(request, fits);
        queue.push(*demand.next_arrival(event.time), {});
    }
}

statistics::Estimate blocking(const DemandConfig& config, int cards, int arrivals) {
    Demand demand{config, 7, "tenant/loss"};
    BatchMeans lost{static_cast<std::size_t>(arrivals) / 100};
    run_loss_pool(
        demand, cards, arrivals, [&](const auto&, bool served) { lost.add(served ? 0 : 1); });
    return lost.estimate();
}

struct LossCase {
    int cards;
    double load;
    double theory;
};

class ErlangB : public testing::TestWithParam<LossCase> {};

TEST_P(ErlangB, TellsHowManyRequestsFindNoCard) {
    const LossCase& p = GetParam();
    EXPECT_NEAR(oracles::erlang_b(p.cards, p.load), p.theory, 5e-7);
    const auto config = demand_of(p.load, DurationConfig::exponential(kService));
    EXPECT_TRUE(agrees(blocking(config, p.cards, 300'000), p.theory, 0.01));
}

INSTANTIATE_TEST_SUITE_P(Tables,
                         ErlangB,
                         testing::Values(LossCase{1, .5, .333333},
                                         LossCase{2, 1, .2},
                                         LossCase{5, 3, .110054},
                                         LossCase{10, 8, .121661}));

TEST(ErlangB, DoesNotDependOnTheDistributionOfDurations) {
    const double theory = oracles::erlang_b(10, 8);
    const auto fixed = demand_of(8, DurationConfig::fixed(kService));
    EXPECT_TRUE(agrees(blocking(fixed, 10, 300'000), theory, 0.01));
    EXPECT_TRUE(agrees(blocking(demand_of(8, lognormal_of_mean(1)), 10, 600'000), theory, 0.01));
    // As heavy as the fit to the Alibaba pods; its mean converges slowly.
    const auto heavy = demand_of(8, lognormal_of_mean(1.884));
    EXPECT_TRUE(agrees(blocking(heavy, 10, 1'000'000), theory, 0.02));
}

TEST(ErlangB, IsExceededWhenArrivalsComeInBursts) {
    DemandConfig config = demand_of(8, DurationConfig::exponential(kService));
    config.arrivals.kind = tenants::ArrivalKind::kHawkes;
    const auto seen = blocking(config, 10, 300'000);
    EXPECT_GT(seen.mean - 10 * seen.error, oracles::erlang_b(10, 8));
}

// Loads 20, 4, 2, 1 of requests for 1, 2, 4, 8 cards out of 64: rates in that proportion, equal
// durations.
TEST(KaufmanRoberts, TellsHowOftenEachSizeFindsTooFewCards) {
    const std::vector<oracles::SizedLoad> loads{{1, 20}, {2, 4}, {4, 2}, {8, 1}};
    const std::vector<double> theory = oracles::kaufman_roberts(64, loads);
    EXPECT_NEAR(theory[0], .007865, 5e-7);
    EXPECT_NEAR(theory[3], .096058, 5e-7);
    DemandConfig config = demand_of(27, DurationConfig::exponential(kService));
    for (const auto& one : loads) {
        config.classes[0].value.gpu_counts.push_back({one.size, one.load});
    }
    Demand demand{config, 11, "tenant/sizes"};
    std::vector<BatchMeans> lost{
        BatchMeans{10'000}, BatchMeans{2'000}, BatchMeans{1'000}, BatchMeans{500}};
    run_loss_pool(demand, 64, 1'500'000, [&](const tenants::Request& request, bool served) {
        for (std::size_t i = 0; i < loads.size(); ++i) {
            if (loads[i].size == request.gpus) lost[i].add(served ? 0 : 1);
        }
    });
    for (std::size_t i = 0; i < loads.size(); ++i) {
        EXPECT_TRUE(agrees(lost[i].estimate(), theory[i], 0.05)) << loads[i].size << " cards";
    }
}

struct WaitCase {
    int cards;
    double load;
    double theory;
};

struct QueueEvent {
    bool leaves = false;
};

/// What a first-come, first-served queue saw: time integrals of the numbers, and every stay.
struct QueueRun {
    std::vector<double> waits_s;
    double waiting_s = 0;  ///< integral of the number waiting
    double serving_s = 0;  ///< integral of the number in service
    double service_s = 0;  ///< sum of the services of those who have begun
    double end_s = 0;
};

QueueRun run_queue(const DemandConfig& config, std::size_t cards, int arrivals) {
    Demand demand{config, 3, "tenant/queue"};
    sim::EventQueue<QueueEvent> queue;
    queue.push(*demand.next_arrival({}), {});

    struct Waiting {
        sim::SimTime since;
        sim::SimDuration service;
    };

    std::deque<Waiting> line;
    std::size_t busy = 0;
    QueueRun run;
    sim::SimTime before;
    while (!queue.empty()) {
        const auto event = queue.pop();
        const double passed_s = (event.time - before).to_seconds();
        run.waiting_s += static_cast<double>(line.size()) * passed_s;
        run.serving_s += static_cast<double>(busy) * passed_s;
        before = event.time;
        if (event.payload.leaves) {
            --busy;
        } else {
            line.push_back({event.time, demand.draw_request().duration});
            if (--arrivals > 0) queue.push(*demand.next_arrival(event.time), {});
        }
        for (; busy < cards && !line.empty(); ++busy) {
            run.waits_s.push_back((event.time - line.front().since).to_seconds());
            run.service_s += line.front().service.to_seconds();
            queue.push(event.time + line.front().service, {true});
            line.pop_front();
        }
    }
    run.end_s = before.to_seconds();
    return run;
}

class ErlangC : public testing::TestWithParam<WaitCase> {};

TEST_P(ErlangC, TellsHowLongRequestsWaitInLine) {
    const WaitCase& p = GetParam();
    EXPECT_NEAR(oracles::erlang_c_wait(p.cards, p.load), p.theory, 5e-7);
    const auto config = demand_of(p.load, DurationConfig::exponential(kService));
    const QueueRun run = run_queue(config, static_cast<std::size_t>(p.cards), 400'000);
    BatchMeans waits{4'000};
    for (const double wait_s : run.waits_s)
        waits.add(wait_s / kServiceS);
    EXPECT_TRUE(agrees(waits.estimate(), p.theory, 0.03));
}

INSTANTIATE_TEST_SUITE_P(Tables,
                         ErlangC,
                         testing::Values(WaitCase{2, 1, .333333},
                                         WaitCase{5, 3, .118076},
                                         WaitCase{10, 8, .204590}));

// The line begins and ends empty, so that L = lambda W holds exactly, for each state alone.
TEST(Little, HoldsForThoseWaitingAndThoseInService) {
    const auto config = demand_of(8, lognormal_of_mean(1));
    const QueueRun run = run_queue(config, 10, 50'000);
    const auto count = static_cast<double>(run.waits_s.size());
    ASSERT_EQ(count, 50'000);
    double wait_s = 0;
    for (const double one : run.waits_s)
        wait_s += one;
    const double rate = count / run.end_s;
    const double mean_waiting = run.waiting_s / run.end_s;
    const double mean_serving = run.serving_s / run.end_s;
    EXPECT_GT(mean_waiting, 0.1);
    EXPECT_NEAR(mean_waiting, rate * wait_s / count, 1e-6 * mean_waiting);
    EXPECT_NEAR(mean_serving, rate * run.service_s / count, 1e-6 * mean_serving);
    // The load is 8 cards; the lognormal's mean over 50,000 requests is within 2 per cent of its
    // own.
    EXPECT_NEAR(mean_serving, 8, 0.16);
}

// M/G/infinity: the number of leases running is Poisson with mean load, so its variance is the
// same.
TEST(UnlimitedSupply, RunsAPoissonNumberOfLeases) {
    Demand demand{demand_of(20, lognormal_of_mean(1)), 5, "tenant/unlimited"};
    sim::EventQueue<PoolEvent> queue;
    queue.push(*demand.next_arrival({}), {});
    double running = 0;
    BatchMeans mean{2'000};
    BatchMeans squares{2'000};
    for (auto look = sim::SimTime{} + kService * 50; look.ns < (kService * 40'000).ns;
         look = look + kService) {
        for (; queue.next_time() <= look;) {
            const auto event = queue.pop();
            if (event.payload.returned > 0) {
                --running;
                continue;
            }
            ++running;
            queue.push(event.time + demand.draw_request().duration, {1});
            queue.push(*demand.next_arrival(event.time), {});
        }
        mean.add(running);
        squares.add((running - 20) * (running - 20));
    }
    EXPECT_TRUE(agrees(mean.estimate(), 20, 0.01));
    EXPECT_TRUE(agrees(squares.estimate(), 20, 0.05));
}

}  // namespace
