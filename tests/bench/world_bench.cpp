// The market of March 2024 as a whole: how fast a day of it goes by without recording, and what a
// copy of its world costs after ten days, when the population has settled.
#include "scenarios/engine/loader.h"
#include "scenarios/engine/quiet_observer.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/world.h"

#include <benchmark/benchmark.h>
#include <filesystem>
#include <fstream>
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

/// Highest use of memory since the last call, in MB; Linux counts it per process.
double peak_memory_mb() {
    double megabytes = 0;
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word != "VmHWM:") continue;
        status >> megabytes;
        megabytes /= 1'000;
    }
    std::ofstream("/proc/self/clear_refs") << "5";
    return megabytes;
}

/// The thirty days as `orrery run --db` runs them: at most 10 s of one core and 500 MB are asked
/// for.
void world_recorded_month(benchmark::State& state) {
    const std::string path = std::string(ORRERY_SOURCE_DIR) + "/scenarios/akash_march_2024.yaml";
    const auto scenario = scenarios::load_scenario_file(path);
    if (!scenario) throw std::runtime_error(scenario.error().text);
    scenarios::RunOptions options;
    options.database = std::filesystem::temp_directory_path() / "orrery-bench-month.db";
    options.replace_database = true;
    peak_memory_mb();
    for (auto _ : state) {
        const auto outcome = scenarios::run_scenario(*scenario, options);
        if (!outcome) throw std::runtime_error(outcome.error().text);
    }
    state.counters["peak_memory_MB"] = peak_memory_mb();
    std::filesystem::remove(*options.database);
}

}  // namespace

BENCHMARK(world_simulated_day)->Unit(benchmark::kMillisecond);
BENCHMARK(world_copy)->Unit(benchmark::kMillisecond);
// The process's time holds the writer's thread, too: what one core alone would take.
BENCHMARK(world_recorded_month)->Unit(benchmark::kSecond)->Iterations(1)->MeasureProcessCPUTime();
