// The market of March 2024 as a whole: how fast a day of it goes by without recording, and what a
// copy of its world costs after ten days, when the population has settled.
#include "scenarios/engine/loader.h"
#include "scenarios/engine/quiet_observer.h"
#include "scenarios/engine/world.h"

#include <benchmark/benchmark.h>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

constexpr sim::SimDuration kSettled = sim::SimDuration::seconds(10 * 86'400);
constexpr sim::SimDuration kDay = sim::SimDuration::seconds(86'400);

scenarios::World march_2024() {
    const std::string path = std::string(ORRERY_SOURCE_DIR) + "/scenarios/akash_march_2024.yaml";
    auto scenario = scenarios::load_scenario_file(path);
    if (!scenario) throw std::runtime_error(scenario.error().text);
    auto world =
        scenarios::World::create(std::make_shared<const scenarios::Scenario>(std::move(*scenario)));
    if (!world) throw std::runtime_error(world.error().text);
    return std::move(*world);
}

/// The world after ten days, made once.
const scenarios::World& settled_world() {
    static const scenarios::World world = [] {
        scenarios::World made = march_2024();
        scenarios::QuietObserver observer;
        made.run_until(sim::SimTime{} + kSettled, observer);
        return made;
    }();
    return world;
}

void world_simulated_day(benchmark::State& state) {
    const scenarios::World& start = settled_world();
    scenarios::QuietObserver observer;
    std::uint64_t events = 0;
    for (auto _ : state) {
        scenarios::World world = start;
        world.run_until(world.now() + kDay, observer);
        events += world.events() - start.events();
    }
    state.counters["events_per_second"] =
        benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
}

/// At most 20 ms are asked for.
void world_copy(benchmark::State& state) {
    const scenarios::World& world = settled_world();
    for (auto _ : state) {
        scenarios::World copy = world;
        benchmark::DoNotOptimize(copy);
    }
}

}  // namespace

BENCHMARK(world_simulated_day)->Unit(benchmark::kMillisecond);
BENCHMARK(world_copy)->Unit(benchmark::kMillisecond);
