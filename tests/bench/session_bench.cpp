// What watching costs: a run of the March market alone, watched, and watched through a session
// whose window polls all screens 60 times a second; how long seeking takes; what a model costs.
// Times are the processor's, of the whole process, so that a busy machine does not blur them.
#include "gui/session/session.h"
#include "scenarios/engine/loader.h"
#include "scenarios/engine/quiet_observer.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <ctime>
#include <sched.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr std::int64_t kDayNs = 86'400'000'000'000;
constexpr double kRaceDays = 20;

double cpu_seconds(clockid_t clock = CLOCK_PROCESS_CPUTIME_ID) {
    timespec time{};
    clock_gettime(clock, &time);
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

enum class Looks { kNever, kAtOneScreen, kAtAll };

/// While it lives, this thread and those it starts share one core and so whatever slows that core.
class OneCore {
  public:
    OneCore() {
        sched_getaffinity(0, sizeof before_, &before_);
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
        sched_setaffinity(0, sizeof one, &one);
    }

    ~OneCore() { sched_setaffinity(0, sizeof before_, &before_); }

    OneCore(const OneCore&) = delete;
    OneCore& operator=(const OneCore&) = delete;

  private:
    cpu_set_t before_{};
};

/// A run alone in this thread and the same run in a session, in turn on one core, so that both meet
/// the same disturbances of the machine: how much more processor time the session's thread took, in
/// per cent.
double session_costs(Looks looks) {
    const OneCore both;
    auto world =
        scenarios::World::create(std::make_shared<const scenarios::Scenario>(march_2024())).value();
    scenarios::QuietObserver nobody;
    const auto session = gui::Session::open(march_2024()).value();
    gui::Interest interest;
    if (looks == Looks::kAtOneScreen) {
        interest.screens.bits = 0;
        interest.screens.add(gui::Screen::kMarket);
    }
    session->look(interest);
    const double all_since = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
    const double own_since = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    session->send(gui::RunUntil{.what = gui::RunUntil::What::kTime, .at = days(kRaceDays)});
    double alone = 0;
    while (true) {
        const double until = wall_seconds() + 1.0 / 60;
        while (wall_seconds() < until && world.now() < days(kRaceDays)) {
            const double since = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
            world.run_until(world.now() + sim::SimDuration::seconds(1'200), nobody);
            alone += cpu_seconds(CLOCK_THREAD_CPUTIME_ID) - since;
        }
        const bool over = world.now() >= days(kRaceDays);
        if (looks != Looks::kNever || over) session->fetch();
        if (over && session->model().clock.now >= days(kRaceDays)) break;
        if (over) std::this_thread::sleep_for(std::chrono::milliseconds(16));
    }
    const double own = cpu_seconds(CLOCK_THREAD_CPUTIME_ID) - own_since;
    const double watched = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - all_since - own;
    return 100 * (watched / alone - 1);
}

/// At most 5 are asked for; the median of five races.
void session_overhead_per_cent(benchmark::State& state) {
    std::vector<double> costs;
    for (auto _ : state) {
        for (int race = 0; race < 5; ++race)
            costs.push_back(session_costs(static_cast<Looks>(state.range(0))));
    }
    std::sort(costs.begin(), costs.end());
    state.counters["per_cent"] = costs[costs.size() / 2];
    state.counters["least"] = costs.front();
    state.counters["most"] = costs.back();
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
    const gui::AuctionBook& book = player.selected().present.memory.auctions;
    if (book.closed() > 0) {
        interest.order = gui::key_of(book.closed_at(book.closed() - 1).order.id);
    }
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

BENCHMARK(session_overhead_per_cent)->Unit(benchmark::kSecond)->DenseRange(0, 2)->Iterations(1);
BENCHMARK(session_seek_last_day)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(40);
BENCHMARK(session_seek_anywhere)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(40);
BENCHMARK(session_step_back)->Unit(benchmark::kMillisecond)->Iterations(50);
BENCHMARK(session_model_all_screens)->Unit(benchmark::kMillisecond);
BENCHMARK(session_model_one_screen)
    ->Unit(benchmark::kMicrosecond)
    ->DenseRange(0, static_cast<int>(gui::kScreens) - 1);
BENCHMARK(session_snapshot)->Unit(benchmark::kMillisecond);
