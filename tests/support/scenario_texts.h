// Small scenarios for tests, as texts.
#pragma once

#include "scenarios/engine/loader.h"
#include "scenarios/engine/world.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace tests {

/// A busy little market: GPUs and CPUs, failures, lossy links, top-ups, a programme, an outage,
/// newcomers.
inline std::string busy_market() {
    return R"(
name: busy
run_for: 2d
seed: 7
prune_closed_after: 6h
series_every: 1h
gas_price: 0.025uakt
price: { start: 5, motion: { sigma: 1.5 } }
regions: [us, eu]
links: { latency: 60ms, jitter: 20%, loss: 1/500 }
block: { interval: 6s, jitter: 500ms }
validators: [{ name: a, power: 3 }, { name: b, power: 1 }]
programmes: [{ name: pool, pool_per_day: 500akt, period: 6h, to: 30h }]
providers:
  - { name: gpu, count: 3, region: [us, eu], audited: true, price_spread: 20%, mean_life: 12h, attributes: { host: akash }, nodes: { count: 2, cpu: 32, memory: 128Gi, storage: 1Ti, gpus: { a100: 4 } } }
  - { name: cpu, count: 4, region: [eu, us], strategy: undercut, nodes: { count: 2, cpu: 32, memory: 128Gi, storage: 1Ti } }
  - { name: hunter, count: 1, programme: pool, supply: { rule: opportunist, reserve: 6, every: 6h, entry_rate: 2, exit_rate: 2 }, nodes: { cpu: 8, memory: 32Gi, storage: 200Gi, gpus: { rtx3060ti: 1 } } }
tenants:
  - { name: web, count: 10, region: [us, eu], arrivals: { process: hawkes, rate: 15/h }, pay_with: { akt: 1, usdc: 1 }, requests: { workload: web_service, cpu: 2, memory: 4Gi, lasting: { lognormal: 2h, sigma: 1 } } }
  - { name: ai, count: 5, behaviour: reputation, arrivals: { process: weibull, rate: 3/h }, requests: { workload: llm_inference, gpu: { 1: 2, 2: 1 }, lasting: { exponential: 3h } } }
actions:
  - { at: 8h, fail_providers: { group: gpu, count: 1, for: 3h } }
  - { at: 12h, demand: { factor: 3, for: 2h } }
  - { at: 16h, partition: { groups: [us, eu], for: 20min } }
  - { at: 20h, price: { factor: 0.5 } }
  - { at: 22h, take: code }
  - { at: 24h, add_providers: { name: late, count: 3, over: 1h, nodes: { cpu: 16, memory: 64Gi, storage: 500Gi } } }
  - { at: 40h, remove_providers: { group: cpu, count: 1 } }
expect:
  - { what: coins_conserved }
)";
}

inline std::shared_ptr<const scenarios::Scenario> scenario_of(
    const std::string& text, std::vector<std::string> settings = {}) {
    auto scenario = scenarios::load_scenario(
        {.file = "test.yaml", .text = text, .files = {}, .settings = std::move(settings)});
    EXPECT_TRUE(scenario) << (scenario ? "" : scenario.error().text);
    return std::make_shared<const scenarios::Scenario>(std::move(scenario).value());
}

inline scenarios::World world_of(const std::string& text, std::vector<std::string> settings = {}) {
    auto world = scenarios::World::create(scenario_of(text, std::move(settings)));
    EXPECT_TRUE(world) << (world ? "" : world.error().text);
    return std::move(world).value();
}

}  // namespace tests
