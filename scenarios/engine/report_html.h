// One recorded run as one HTML page that stands alone: what it was, its checks, its figures and its
// series as charts. For those who share results with people who have no Orrery.
#pragma once

#include "sim/result.h"

#include <filesystem>
#include <string>

namespace scenarios {

/// The page; refuses what is no recorded run. A run that was cut off is shown as far as it went.
sim::Result<std::string> html_of_run(const std::filesystem::path& database);

}  // namespace scenarios
