// Sets two recorded runs side by side: where they first differ, and their figures.
#pragma once

#include "sim/result.h"

#include <filesystem>
#include <string>

namespace scenarios {

/// Text for people. Runs that differ are no error.
sim::Result<std::string> compare_runs(const std::filesystem::path& left,
                                      const std::filesystem::path& right);

}  // namespace scenarios
