#include "scenarios/engine/runner.h"

#include "scenarios/engine/figures.h"
#include "scenarios/engine/progress.h"
#include "scenarios/engine/quiet_observer.h"
#include "scenarios/engine/recording.h"
#include "sim/assert.h"

#include <fmt/format.h>

#include <algorithm>

namespace scenarios {

namespace {

bool asks_queries(const Scenario& scenario) {
    return std::any_of(scenario.expectations.begin(),
                       scenario.expectations.end(),
                       [](const Expectation& e) { return !e.sql.empty(); });
}

/// A database for the queries of a run that nobody wanted recorded; gone with this object.
class ScratchDatabase {
  public:
    explicit ScratchDatabase(const Scenario& scenario) {
        namespace fs = std::filesystem;
        std::error_code error;
        const fs::path folder = fs::temp_directory_path(error);
        std::string name = scenario.name;
        std::replace(name.begin(), name.end(), '/', '-');
        for (int i = 0; i < 10'000; ++i) {
            path_ = folder / fmt::format("orrery-{}-{}.db", name, i);
            if (!fs::exists(path_, error)) break;
        }
    }

    ~ScratchDatabase() {
        std::error_code error;
        std::filesystem::remove(path_, error);
    }

    ScratchDatabase(const ScratchDatabase&) = delete;
    ScratchDatabase& operator=(const ScratchDatabase&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

void run_to_end(World& world, Observer& observer, RunOptions::Progress shown) {
    constexpr std::int64_t kSteps = 400;
    ProgressLine line(shown == RunOptions::Progress::kTerminal);
    const sim::SimTime end{world.scenario().run_for.ns};
    world.announce(observer);
    for (std::int64_t step = 1; step <= kSteps; ++step) {
        const auto until = static_cast<std::int64_t>(sim::Int128{end.ns} * step / kSteps);
        world.run_until(sim::SimTime{until}, observer);
        if (world.breach() || world.stopped()) break;
        line.update(world.now(), end, world.height(), world.events());
    }
    line.clear();
    world.check_everything();
}

CheckResult check_invariant(const Expectation& expectation, const World& world) {
    const auto& breach = world.breach();
    return {.title = expectation.title,
            .held = !breach.has_value(),
            .text = breach ? breach->text : "held at every block looked at",
            .place = expectation.place};
}

std::vector<CheckResult> check_queries(const Scenario& scenario,
                                       const std::filesystem::path& path) {
    std::vector<CheckResult> out;
    if (!asks_queries(scenario)) return out;
    const auto database = sim::Database::open(path);
    for (const Expectation& expectation : scenario.expectations) {
        if (expectation.sql.empty()) continue;
        if (database) {
            out.push_back(check_query(expectation, database.value()));
        } else {
            out.push_back({.title = expectation.title,
                           .held = false,
                           .text = database.error().text,
                           .place = expectation.place});
        }
    }
    return out;
}

RunOutcome outcome_of(const World& world, std::vector<CheckResult> checks) {
    RunOutcome out;
    out.name = world.scenario().name;
    out.seed = world.scenario().seed;
    out.ended = world.now();
    out.height = world.height();
    out.events = world.events();
    out.figures = figures_of(world);
    out.checks = std::move(checks);
    out.breach = world.breach();
    out.digest = world.final_digest().hex();
    const bool held = std::all_of(out.checks.begin(), out.checks.end(), [](const CheckResult& c) {
        return c.held || !c.reached;
    });
    if (out.breach) {
        out.code = ExitCode::kInvariantBroken;
    } else if (!held) {
        out.code = ExitCode::kExpectationFailed;
    }
    return out;
}

}  // namespace

std::vector<CheckResult> check_world(World& world) {
    std::vector<CheckResult> out = world.script().results();
    for (const Expectation& expectation : world.scenario().expectations) {
        if (!expectation.sql.empty()) continue;
        out.push_back(is_invariant_name(expectation.what)
                          ? check_invariant(expectation, world)
                          : check_series(expectation, world.series(), world.now()));
    }
    return out;
}

sim::Result<RunOutcome> run_scenario(const Scenario& scenario, const RunOptions& options) {
    sim::assert_context() = {.seed = scenario.seed, .time_ns = 0, .height = 0};
    SIM_TRY(world, World::create(std::make_shared<const Scenario>(scenario)));
    world.set_checks(options.checks);
    std::optional<ScratchDatabase> scratch;
    std::optional<std::filesystem::path> path = options.database;
    if (!path && asks_queries(scenario)) path = scratch.emplace(scenario).path();
    if (!path) {
        QuietObserver nobody;
        run_to_end(world, nobody, options.progress);
        return outcome_of(world, check_world(world));
    }
    std::error_code error;
    if (!options.replace_database && std::filesystem::is_regular_file(*path, error)) {
        return sim::Error{{"recording", 3},
                          fmt::format("{} exists; --force replaces it", path->string())};
    }
    const auto existing = options.replace_database ? sim::RecorderOptions::Existing::kOverwrite
                                                   : sim::RecorderOptions::Existing::kRefuse;
    SIM_TRY(recording, Recording::create(*path, existing, scenario));
    run_to_end(world, *recording, options.progress);
    if (!recording->problem().empty()) {
        return sim::Error{{"recording", 1},
                          fmt::format("{}; stopped at block {}, the last whole block is kept",
                                      recording->problem(),
                                      world.height().value)};
    }
    std::vector<CheckResult> checks = check_world(world);
    SIM_CHECK(recording->finish(world, checks));
    for (CheckResult& check : check_queries(scenario, *path))
        checks.push_back(std::move(check));
    return outcome_of(world, std::move(checks));
}

}  // namespace scenarios
