// What watching costs: a run of the March market alone, watched, and watched through a session
// whose window polls all screens 60 times a second; how long seeking takes; what a model costs.
// Times are the processor's, of the whole process, so that a busy machine does not blur them.
#include "gui/session/session.h"
#include "scenarios/engine/loader.h"
#include "scenarios/engine/quiet_observer.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <ctime>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

constexpr std::int64_t kDayNs = 86'400'000'000'000;

double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

sim::SimTime days(double n) {
    return sim::SimTime{static_cast<std::int64_t>(n * kDayNs)};
}

const scenarios::Scenario& march_2024() {
    static const scenarios::Scenario scenario = [] {
        const std::string path =
            std::string(ORRERY_SOURCE_DIR) + "/scenarios/akash_march_2024.yaml";
        auto loaded = scenarios::load_scenario_file(path);
        if (!loaded) throw std::runtime_error(loaded.error().text);
        return std::move(*loaded);
    }();
    return scenario;
}

void work_off(gui::Player& player) {
    while (player.work(sim::kForever)) {
    }
}

void seek(gui::Player& player, sim::SimTime at) {
    player.obey(gui::SeekTo{at});
    work_off(player);
}

/// Events per second of processor time over ten days from the start.
double alone() {
    auto world =
        scenarios::World::create(std::make_shared<const scenarios::Scenario>(march_2024()));
    scenarios::QuietObserver nobody;
    const double since = cpu_seconds();
    world->run_until(days(10), nobody);
    return static_cast<double>(world->events()) / (cpu_seconds() - since);
}

double collected() {
    auto player = gui::Player::open(march_2024());
    const double since = cpu_seconds();
    seek(**player, days(10));
    return static_cast<double>((*player)->events_done()) / (cpu_seconds() - since);
}

double polled() {
    gui::SessionOptions options;
    options.player.snapshot_bytes = 512U << 20U;
    auto session = gui::Session::open(march_2024(), options);
    const double since = cpu_seconds();
    (*session)->send(gui::RunUntil{.what = gui::RunUntil::What::kTime, .at = days(10)});
    std::uint64_t models = 0;
    while (true) {
        if ((*session)->fetch()) {
            ++models;
            const gui::ClockView& clock = (*session)->model().clock;
            if (clock.now >= days(10) && clock.state == gui::RunState::kPaused) break;
        }
        std::this_thread::sleep_for(std::chrono::microseconds(16'667));
    }
    const double span = cpu_seconds() - since;
    benchmark::DoNotOptimize(models);
    return static_cast<double>((*session)->model().clock.events) / span;
}

/// The best of three rounds each, taken in turn.
void session_overhead(benchmark::State& state) {
    double best_alone = 0;
    double best_collected = 0;
    double best_polled = 0;
    for (auto _ : state) {
        best_alone = std::max(best_alone, alone());
        best_collected = std::max(best_collected, collected());
        best_polled = std::max(best_polled, polled());
    }
    state.counters["alone_events_per_s"] = best_alone;
    state.counters["collected_slower_per_cent"] = 100 * (1 - best_collected / best_alone);
    state.counters["polled_slower_per_cent"] = 100 * (1 - best_polled / best_alone);
}

/// A player that has been to the end of the 30 days.
gui::Player& whole_month() {
    static const std::unique_ptr<gui::Player> player = [] {
        auto made = gui::Player::open(march_2024());
        seek(**made, days(30));
        return std::move(*made);
    }();
    return *player;
}

void seek_within(benchmark::State& state, double from, double to) {
    gui::Player& player = whole_month();
    double worst = 0;
    double worst_wall = 0;
    // Moments spread by the golden ratio: never the same, all over the range.
    double share = 0.5;
    for (auto _ : state) {
        share = share + 0.618'034 < 1 ? share + 0.618'034 : share - 0.381'966;
        const double since = cpu_seconds();
        const double since_wall = wall_seconds();
        seek(player, days(from + (to - from) * share));
        worst = std::max(worst, cpu_seconds() - since);
        worst_wall = std::max(worst_wall, wall_seconds() - since_wall);
        state.SetIterationTime(cpu_seconds() - since);
    }
    gui::ViewModel model;
    player.show({}, model);
    state.counters["worst_ms"] = worst * 1e3;
    state.counters["worst_wall_ms"] = worst_wall * 1e3;
    state.counters["snapshots"] = static_cast<double>(model.performance.snapshots);
    state.counters["snapshot_MiB"] =
        static_cast<double>(model.performance.snapshot_bytes) / (1U << 20U);
    state.counters["history_MiB"] =
        static_cast<double>(model.performance.history_bytes) / (1U << 20U);
}

/// At most 500 ms are asked for.
void session_seek_last_day(benchmark::State& state) {
    seek_within(state, 29, 30);
}

/// At most 3 s are asked for.
void session_seek_anywhere(benchmark::State& state) {
    seek_within(state, 0, 30);
}

/// One block back again and again, as with the key.
void session_step_back(benchmark::State& state) {
    gui::Player& player = whole_month();
    seek(player, days(29.9));
    for (auto _ : state) {
        player.obey(gui::StepBack{});
        work_off(player);
    }
}

gui::Interest all_screens(const gui::Player& player) {
    gui::Interest interest;
    interest.provider = 0;
    interest.tenant = 60;
    const auto& closed = player.selected().present.memory.auctions.closed();
    if (!closed.empty()) interest.order = closed.back();
    return interest;
}

void session_model_all_screens(benchmark::State& state) {
    gui::Player& player = whole_month();
    seek(player, days(29.5));
    const gui::Interest interest = all_screens(player);
    for (auto _ : state) {
        gui::ViewModel model;
        player.show(interest, model);
        benchmark::DoNotOptimize(model);
    }
}

void session_model_one_screen(benchmark::State& state) {
    gui::Player& player = whole_month();
    gui::Interest interest = all_screens(player);
    interest.screens.bits = 0;
    interest.screens.add(static_cast<gui::Screen>(state.range(0)));
    for (auto _ : state) {
        gui::ViewModel model;
        player.show(interest, model);
        benchmark::DoNotOptimize(model);
    }
}

void session_snapshot(benchmark::State& state) {
    const gui::Present& present = whole_month().selected().present;
    for (auto _ : state) {
        gui::Present copy = present;
        benchmark::DoNotOptimize(copy);
    }
}

}  // namespace

BENCHMARK(session_overhead)->Unit(benchmark::kSecond)->Iterations(3);
BENCHMARK(session_seek_last_day)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(40);
BENCHMARK(session_seek_anywhere)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(40);
BENCHMARK(session_step_back)->Unit(benchmark::kMillisecond)->Iterations(50);
BENCHMARK(session_model_all_screens)->Unit(benchmark::kMillisecond);
BENCHMARK(session_model_one_screen)
    ->Unit(benchmark::kMicrosecond)
    ->DenseRange(0, static_cast<int>(gui::kScreens) - 1);
BENCHMARK(session_snapshot)->Unit(benchmark::kMillisecond);
