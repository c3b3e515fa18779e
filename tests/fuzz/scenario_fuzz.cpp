// Any bytes as a scenario: the loader gives a scenario or one clear error, the same each time, and
// a scenario small enough for a fuzzer makes a world that runs a few blocks with every invariant
// whole.
#include "scenarios/engine/loader.h"
#include "scenarios/engine/quiet_observer.h"
#include "scenarios/engine/world.h"
#include "sim/archive.h"
#include "sim/assert.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace {

/// What a scenario may name with `sdl_file`.
constexpr const char* kSdl = R"(version: "2.0"
services: { web: { image: nginx, expose: [{ port: 80, to: [{ global: true }] }] } }
profiles:
  compute: { web: { resources: { cpu: { units: 1 }, memory: { size: 1Gi }, storage: { size: 1Gi } } } }
  placement: { here: { pricing: { web: { denom: uakt, amount: 1000 } } } }
deployment: { web: { here: { profile: web, count: 1 } } }
)";

constexpr std::int64_t kAgentsMost = 30;
constexpr std::int64_t kEventsMost = 300;

/// Worlds of thousands of agents are legal and slow; what they would show, few agents show as well.
bool is_small(const scenarios::Scenario& scenario) {
    std::int64_t agents = 0;
    for (const auto& group : scenario.providers)
        agents += group.count;
    for (const auto& group : scenario.tenants)
        agents += group.count;
    return agents <= kAgentsMost;
}

void run_shortly(const scenarios::Scenario& scenario) {
    auto world = scenarios::World::create(std::make_shared<const scenarios::Scenario>(scenario));
    if (!world) {
        SIM_ASSERT(!world.error().text.empty(), "a reason why there is no world");
        return;
    }
    world->set_checks({.coins = 1, .all = 1});
    scenarios::QuietObserver nobody;
    // Steps of a tenth of the interval, so that few events fall into one.
    const std::int64_t step = std::max<std::int64_t>(1, scenario.block.interval.ns / 10);
    const std::int64_t end = std::min(scenario.run_for.ns, 50 * step);
    for (std::int64_t at = 0; at < end && world->events() < kEventsMost; at += step) {
        world->run_until(sim::SimTime{at}, nobody);
    }
    world->check_everything();
    SIM_ASSERT(!world->breach(), "whole invariants, got {}", world->breach()->text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const scenarios::ScenarioSource source{.file = "fuzz.yaml",
                                           .text = std::string{text},
                                           .files = {{"web.yaml", kSdl}},
                                           .settings = {}};
    const auto first = scenarios::load_scenario(source);
    const auto second = scenarios::load_scenario(source);
    SIM_ASSERT(first.has_value() == second.has_value(), "one verdict for {} bytes", size);
    if (!first) {
        SIM_ASSERT(first.error().text.starts_with("fuzz.yaml"), "a place, {}", first.error().text);
        SIM_ASSERT(first.error().text == second.error().text, "one reason for {} bytes", size);
        return 0;
    }
    SIM_ASSERT(sim::field_bytes(*first) == sim::field_bytes(*second), "one scenario");
    if (is_small(*first)) run_shortly(*first);
    return 0;
}
