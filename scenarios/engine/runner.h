// Runs a scenario to its end: records it when asked, shows progress on a terminal, looks at
// invariants and expectations, and says with which exit code the program should end.
#pragma once

#include "scenarios/engine/expectations.h"
#include "scenarios/engine/scenario.h"
#include "scenarios/engine/world.h"
#include "sim/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace scenarios {

/// What the program's exit code says (architecture, section 11).
enum class ExitCode : std::uint8_t {
    kFine = 0,
    kExpectationFailed = 1,
    kBadInput = 2,
    kInvariantBroken = 3,
    kNotDeterministic = 4,
};

struct RunOptions {
    enum class Progress : std::uint8_t { kNone, kTerminal };

    std::optional<std::filesystem::path> database;
    bool replace_database = false;
    Progress progress = Progress::kNone;
    InvariantChecks checks;
};

/// A figure of the report, with its unit.
struct Figure {
    std::string key;    ///< "bids_per_order", "gpu_utilization/a100"
    std::string title;  ///< for people
    double value = 0;
    std::string unit;
};

struct RunOutcome {
    ExitCode code = ExitCode::kFine;
    std::string name;
    std::uint64_t seed = 0;
    sim::SimTime ended;
    sim::Height height;
    std::uint64_t events = 0;
    std::vector<Figure> figures;
    std::vector<CheckResult> checks;
    std::optional<Breach> breach;
    std::string digest;  ///< 32 hexadecimal digits
};

/// Errors are of the input: a scenario that makes no world, a database that cannot be written.
sim::Result<RunOutcome> run_scenario(const Scenario& scenario, const RunOptions& options);

/// The checks of a world as it stands: the script's steps, expectations over series, invariants.
/// Queries are left out, they need the finished database.
std::vector<CheckResult> check_world(World& world);

}  // namespace scenarios
