// Runs a recorded run again from what its database holds and compares the digests block by block.
#pragma once

#include "scenarios/engine/runner.h"
#include "sim/result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace scenarios {

struct ReplayOutcome {
    ExitCode code = ExitCode::kFine;
    std::size_t compared = 0;  ///< rows of digests
    std::string text;          ///< what was found, in a line
};

/// Errors are of the database or of the scenario in it.
sim::Result<ReplayOutcome> replay(const std::filesystem::path& path, RunOptions::Progress progress);

}  // namespace scenarios
